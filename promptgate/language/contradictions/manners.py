"""The words for how an answer sounds, as families of words with their opposites.

A family is one manner of speaking in all the words that prompts have for it: adjectives, adverbs,
nouns and verbs, compared by their stems, so that 'sarcasm', 'sarcastic' and 'sarcastically' need
one another's stems only. Phrases of several words are written with underscores. A family shuts
out the families that stand in one line of OPPOSITE with it, on the other side of the bar.
To teach the rules a new word, add it to its family.
"""

from __future__ import annotations

from promptgate.language.stems import stem, word_list

FAMILIES = {
    "formal": """formal formality professional professionalism businesslike business-like
        ceremonious ceremonial dignified statesmanlike official buttoned-up stiff corporate
        academic_tone academic_style academic_register academic_voice scholarly_tone""",
    "casual": """casual informal informality slang slangy colloquial colloquialism chatty laid-back
        relaxed breezy conversational buddy contraction folksy chummy easy-going_tone off-the-cuff
        text-speak street-talk vernacular like_a_friend like_a_mate like_a_pal matey
        over_a_coffee over_coffee are_texting textspeak""",
    "serious": """serious seriousness solemn solemnity sober sombre somber earnest_tone grave_tone
        humourless humorless straight-faced no-nonsense gravity""",
    "humour": """joke jokey joking humour humor humorous humorously funny wit witty wittiness
        wisecrack pun punny playful playfulness comedic comedy comical comic light-hearted
        lighthearted silly silliness banter goofy quip whimsy whimsical jocular amusing hilarious
        tongue-in-cheek crack_a_joke crack_jokes make_them_laugh make_people_laugh gag facetious
        zany levity""",
    "warm": """warm warmth friendly friendliness kindness be_kind and_kind kind_and empathy
        empathetic empathise
        empathize empathic compassion compassionate caring cordial cordiality welcoming approachable
        personable sympathy sympathetic sympathise tender tenderness affectionate affection
        good-natured amiable amicable supportive encouraging encouragement nurturing loving
        hospitable genial""",
    "cold": """cold coldness coldly distant aloof impersonal clinical_tone clinically unfriendly
        detached detachment stern sternness hostile icy robotic frosty chilly like_a_machine
        like_a_robot remote_tone
        standoffish unsympathetic indifferent without_empathy callous heartless uncaring""",
    "blunt": """blunt bluntness brutal_honesty brutally harsh harshness unsparing scathing
        hard-hitting pull_no_punches mince_no_words unvarnished merciless ruthless caustic
        savage cutting_tone tear_apart""",
    "gentle": """soften softly gentle gentleness tactful tact diplomatic diplomacy sugarcoat
        sugar-coat cushion delicate considerate sensitively sensitive_tone mild mildly
        soft-spoken kid_gloves let_them_down_gently""",
    "neutral": """neutral neutrality impartial impartiality objective objectivity unbiased
        even-handed evenhanded dispassionate nonpartisan non-partisan balanced_view bipartisan
        without_taking_sides without_bias non-judgmental nonjudgmental""",
    "opinion": """opinionated partisan one-sided biased persuasive persuade advocate editorialise
        editorialize your_opinion your_own_opinion own_opinion personal_opinion personal_view
        your_view your_own_view your_views your_stance strong_opinion strong_view own_view
        stance take_a_side take_sides take_a_stance take_a_stand pick_a_side side_with
        subjective""",
    "confident": """confident confidence assertive assertiveness certainty authoritative decisive
        decisiveness self-assured self-assurance emphatic_tone unequivocal unhesitating
        with_conviction categorical_tone with_authority tone_of_authority""",
    "hedged": """hedge hedging tentative uncertain uncertainty unsure diffident diffidence
        non-committal noncommittal cautious_tone cautiously_worded qualifier wishy-washy
        express_doubt
        doubtful equivocate equivocal weasel_words guarded_tone hesitant hesitantly
        sound_doubtful""",
    "excited": """enthusiastic enthusiasm enthusiastically excited excitement exciting_tone
        energetic energy_and_excitement exuberant exuberance upbeat bubbly passionate
        animated cheerful cheerfulness cheery perky peppy effusive gushing gush high-energy
        zestful exclamatory""",
    "flat": """flat_tone deadpan restrained restraint reserved_tone reserved monotone subdued
        unemotional unexcited matter-of-fact understated understatement dry_tone dry_style dry
        emotionless stoic toneless impassive measured_tone bland""",
    "polite": """polite politeness courteous courtesy respectful respectfully well-mannered
        civil civility gracious graciously gentlemanly chivalrous""",
    "rude": """rude rudeness impolite insult insulting mock mockery mocking ridicule snarky snark
        disrespect disrespectful sassy condescending condescension cheeky abusive_language belittle
        insolent vulgar profane profanity swear cuss curse foul-mouthed sneer scoff taunt
        make_fun poke_fun laugh_at offensive
        crude_language roast""",
    "humble": """humble humility modest modesty self-effacing unassuming unpretentious
        self-deprecating""",
    "boastful": """brag bragging boast boastful self-important arrogant arrogance cocky haughty
        swagger show_off superior_tone pompous smug""",
    "sarcasm": "sarcasm sarcastic irony ironic ironically snark snarky sardonic satirical satire",
    "sincere": "sincere sincerity earnest earnestness heartfelt",
    "optimistic": """optimism optimistic hopeful hopefulness positive_tone positive_outlook
        positive_note sunny bright_side stay_positive be_positive look_on_the_bright_side""",
    "pessimistic": """pessimism pessimistic gloomy gloom bleak cynical cynicism cynic negative_tone
        negative_outlook negative_side negative_aspect only_the_downside doom downbeat
        worst-case_tone despairing melancholic melancholy""",
    "calm": """calm calming calmness soothing soothe reassuring reassurance reassure serene tranquil
        composed level-headed unhurried""",
    "alarming": """alarm alarming alarmist urgent_tone
        sense_of_urgency urgency panic panicky hysterical frantic fear-mongering scare frighten""",
    "strict": """strict_teacher strict_examiner strict_tutor strict_grader strict_coach strict_tone
        strict_judge unforgiving uncompromising demanding_tone harsh_grader tough_grader""",
    "lenient": "lenient leniency forgiving easy-going permissive indulgent",
    "flowery": """flowery ornate poetic poetical lyrical literary_style purple_prose
        figurative metaphorical metaphor elaborate_language grandiose lavish_language florid
        rhetorical_flourish""",
    "sparse": """unadorned literal_language literally_worded plain-spoken no-frills spartan austere
        matter-of-fact dry_prose without_ornament stripped-down""",
    "patient": "be_patient stay_patient patience infinitely_patient unhurried",
    "impatient": "impatient impatience brusque brusqueness curt curtness snappish abrupt gruff",
    "flattering": """flatter flattery flattering compliment complimentary sycophantic sycophancy
        fawning praise praising laud""",
    "critical": """criticise criticize criticism critical_tone fault-finding nitpick
        find_fault faultfinding""",
    "pushy": """pushy salesy sales_pitch hard_sell promotional hype pressure_the_user upsell
        aggressive_tone aggressively sales-driven""",
    "dramatic": """dramatic dramatise dramatize theatrical melodramatic sensational
        sensationalist overblown""",
    "shy": "shy timid introverted bashful reticent meek",
    "outgoing": "outgoing loud extroverted brash boisterous gregarious sociable",
    "modern": "modern_language contemporary_language modern_slang gen_z millennial",
    "archaic": """archaic old-fashioned_language shakespearean victorian_english medieval_english
        olde""",
    "emotional": """emotion emotional empathy empathetic sympathy compassion emotionally
        sentimental sentimentality feelings_openly
        excitement heartfelt passionate gushing""",
    "vague": """vague vaguely vagueness ambiguous ambiguity cryptic cryptically evasive
        noncommittal beat_around_the_bush""",
    "precise_wording": """be_direct straightforward frank candid unambiguous unambiguously
        explicitly_worded crystal-clear clear-cut
        exact_wording specific_and_clear""",
}  # fmt: skip

OPPOSITE = (
    "formal | casual sarcasm rude humour_slang",
    "serious | humour sarcasm",
    "warm | cold rude",
    "gentle | blunt cold rude",
    "neutral | opinion",
    "confident | hedged",
    "excited | flat cold",
    "polite | rude sarcasm",
    "humble | boastful",
    "sincere | sarcasm",
    "optimistic | pessimistic",
    "calm | alarming dramatic",
    "dramatic | serious flat",
    "shy | outgoing",
    "strict | lenient",
    "flowery | sparse",
    "patient | impatient",
    "flattering | critical",
    "archaic | modern",
    "emotional | flat cold",
    "vague | precise_wording",
)


def _index() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return for the stem that a phrase begins with its stems and its family, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for family, words in FAMILIES.items():
        for phrase in word_list(words):
            stems = tuple(stem(word) for word in phrase.split("_"))
            found.setdefault(stems[0], []).append((stems, family))
    return {
        first: tuple(sorted(set(phrases), key=lambda one: (-len(one[0]), one)))
        for first, phrases in found.items()
    }


PHRASES = _index()
SHUT_OUT = frozenset(
    frozenset({one, other})
    for line in OPPOSITE
    for one in line.split(" | ")[0].split()
    for other in line.split(" | ")[1].split()
)
