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
        ceremonious ceremonial dignified statesmanlike official_tone official_language
        official_style officialese buttoned-up stiff corporate academic_tone academic_style
        academic_register academic_voice scholarly_tone like_a_lawyer like_a_diplomat like_a_butler
        decorum distinguished_tone""",
    "casual": """casual informal informality slang slangy colloquial colloquialism chatty laid-back
        relaxed_tone relaxed_style relaxed_voice be_relaxed sound_relaxed breezy conversational
        buddy bro dude mate folksy chummy easy-going_tone off-the-cuff text-speak street-talk
        street_language vernacular like_a_friend like_a_mate like_a_pal like_friends matey
        over_a_coffee over_coffee are_texting textspeak lingo down-to-earth unceremonious
        like_a_pirate like_a_teenager like_a_cowboy like_a_rapper like_a_surfer like_a_gangster lol
        y'all gonna wanna""",
    "contractions": "contraction",
    "apology": """apologise apologize apology apologetic apologetically apologies say_sorry
        say_you_are_sorry saying_sorry be_sorry""",
    "serious": """serious seriousness seriously_worded solemn solemnity sober sombre somber
        earnest_tone grave_tone gravely humourless humorless straight-faced no-nonsense gravity
        keep_a_straight_face dead_serious grave_voice""",
    "humour": """joke jokey jokingly humour humor humorous humorously funny wit witty wittiness
        wisecrack pun punny playful playfulness comedic comedy comical comic light-hearted
        lighthearted silly silliness banter goofy quip whimsy whimsical jocular amusing hilarious
        tongue-in-cheek make_them_laugh make_people_laugh gag facetious make_readers_laugh zany
        levity be_light_and_fun fun_tone playful_tone clown kidding limerick riddles knock-knock
        pranks prank""",
    "warm": """warm warmth warmly friendly friendliness kindness kindly_tone be_kind kind_words
        and_kind kind_and empathy empathetic empathise empathize empathic compassion compassionate
        caring cordial cordiality be_welcoming sound_welcoming welcoming_tone and_welcoming
        welcoming_and approachable personable sympathy sympathetic sympathise
        sympathize tender tenderness affectionate affection good-natured amiable amicable
        supportive nurturing loving hospitable genial comfort comforting consoling console
        warm-hearted kind-hearted neighbourly neighborly heartwarming motherly fatherly big-hearted
        understanding_tone show_understanding kind_tone kind_voice kind_to""",
    "cold": """cold coldness coldly distant aloof impersonal clinical_tone clinically
        clinical_style unfriendly detached detachment stern sternly sternness hostile hostility icy
        robotic frosty chilly like_a_machine like_a_robot remote_tone like_a_computer
        mechanical_tone unwelcoming standoffish unsympathetic indifferent indifference
        without_empathy callous heartless uncaring unfeeling without_feeling apathetic
        reserved_and_distant keep_your_distance""",
    "blunt": """blunt bluntly bluntness brutal_honesty brutally unsparing brutally_honest
        hard-hitting pull_no_punches mince_no_words not_mince_words unvarnished cutting_tone
        straight-talking tell_it_like_it_is no_sugar-coating sugarcoat_nothing unfiltered
        plain-speaking straight_to_their_face to_their_face sharp_tone without_softening""",
    "harsh": """harsh harshly harshness scathing merciless ruthless caustic savage cruel cruelly
        cruelty mean-spirited be_mean nasty vicious unkind hurtful spiteful scold scolding shout
        yell yelling scream berate humiliate humiliating shame_the shame_them bully intimidate
        threaten threatening menacing aggressive aggression hostile brutal bitter acerbic venomous
        biting tear_apart tear_into lash_out angry angrily anger furious fury furiously rage_at
        abrasive belligerent combative confrontational like_a_drill_sergeant""",
    "gentle": """soften softly softened gentle gently gentleness tactful tact tactfully diplomatic
        diplomacy diplomatically sugarcoat sugar-coat cushion delicate delicately considerate
        considerately sensitively sensitive_tone sensitivity mild mildly soft-spoken soft_tone
        soft_voice kid_gloves let_them_down_gently tender tenderly softly-spoken
        spare_their_feelings tread_lightly careful_with_their_feelings kind_words lenient_tone""",
    "encouraging": """encouraging encouragement encouragingly motivating motivational uplifting
        inspiring inspirational cheer_on cheer_them_on heartening affirming supportive
        boost_their_confidence build_their_confidence build_up_their_confidence believe_in_them
        like_a_cheerleader empowering constructive_and_kind motivate""",
    "discouraging": """be_discouraging and_discouraging sound_discouraging discouraging_tone
        demoralise demoralize demoralising demoralizing demotivate demotivating disheartening
        dishearten belittle belittling crush_their_confidence dismissive dismissively disparage
        disparaging defeatist make_them_feel_stupid criticise_everything criticize_everything
        tear_down put_them_down tell_them_they_will_fail""",
    "neutral": """neutral neutrally neutrality impartial impartially impartiality objective
        objectively objectivity unbiased even-handed evenhanded dispassionate nonpartisan
        non-partisan balanced_view balanced_tone balanced_account bipartisan equidistant
        without_taking_sides without_bias non-judgmental nonjudgmental unopinionated
        disinterested_tone remain_balanced stay_balanced both_sides_equally equal_weight""",
    "opinion": """opinionated partisan one-sided biased persuasive persuade advocate editorialise
        editorialize your_opinion your_own_opinion own_opinion personal_opinion personal_view
        your_view your_own_view your_views your_stance strong_opinion strong_opinions strong_view
        own_view stance take_a_side take_sides take_the_side side_of_the take_a_stance take_a_stand
        pick_a_side side_with argue_for_one subjective be_partial favour_one favor_one favour_our
        favor_our in_favour_of_one in_favor_of_one slant biased_towards biased_toward
        express_support argue_in_favour argue_in_favor root_for judgmental""",
    "confident": """confident confidently confidence assertive assertively assertiveness certainty
        authoritative authoritatively decisive decisively decisiveness self-assured self-assurance
        emphatic_tone unequivocal unequivocally unhesitating unhesitatingly self-confident
        bold_tone with_conviction categorical_tone categorical with_authority tone_of_authority
        without_hesitation absolutely_certain absolute_certainty sure_of_yourself with_certainty
        without_hedging without_qualification as_settled definitive firmly""",
    "hedged": """hedge hedging hedged tentative tentatively uncertain uncertainty unsure diffident
        diffidence non-committal noncommittal cautious_tone cautiously_worded cautious_language
        qualifier wishy-washy express_doubt express_doubts doubt_about voice_doubt self-doubt
        doubtful equivocate equivocal weasel_words guarded_tone hesitant hesitantly hesitation
        sound_doubtful insecure may_be_wrong might_be_wrong not_sure hedging_words caveat_every
        cautiously tentativeness second-guess""",
    "excited": """enthusiastic enthusiasm enthusiastically excited excitement excitedly
        exciting_tone energetic energetically energy_and_excitement exuberant exuberance upbeat
        bubbly passionate passionately passion animated cheerful cheerfully cheerfulness cheery
        perky peppy effusive effusively gushing gush high-energy lively vivacious spirited thrilled
        jubilant ecstatic overjoyed zest zestful exclamatory rave full_of_energy
        bursting_with_energy boundless_energy infectious_energy infectious_enthusiasm high_energy
        lots_of_energy with_energy hyped jolly""",
    "flat": """flat_tone flat_voice deadpan restrained restraint reserved_tone reserved monotone
        monotonous subdued bored boredom uninterested disinterested indifferent lifeless
        unemotional unexcited matter-of-fact understated understatement dry_tone dry_style dryly
        be_dry dry_factual dry_manner dry_and dry emotionless stoic stoically toneless impassive
        measured_tone bland lethargic weary tired listless sober_and_flat unenthusiastic
        without_enthusiasm expressionless drab""",
    "polite": """polite politely politeness courteous courteously courtesy respectful respectfully
        respect_for with_respect sincere_respect great_respect utmost_respect show_respect
        well-mannered civil civility gracious graciously gentlemanly chivalrous considerate
        good_manners well-behaved reverent reverence reverential reverently say_please
        deferential""",
    "rude": """rude rudely rudeness impolite impolitely insult insulting insulted mock mockery
        mocking mockingly ridicule snarky snark disrespect disrespectful disrespectfully sassy
        condescending condescendingly condescension cheeky abusive abusive_language belittle
        patronising patronizing patronise patronize sneering contempt contemptuous scorn scornful
        disdain disdainful name-calling insolent vulgar vulgarity profane profanity swear swearing
        swearword curse foul-mouthed foul_language sneer scoff taunt make_fun talk_down_to
        talk_down poke_fun laugh_at
        offensive crass uncivil discourteous ill-mannered obscene obscenities crude_language
        crude_words roast tease expletive bad_language""",
    "humble": """humble humbly humility modest modestly modesty self-effacing unassuming
        unpretentious self-deprecating self-deprecation meek deferential""",
    "boastful": """brag bragging boast boasting boastful boastfully self-important arrogant
        arrogantly arrogance cocky haughty conceited vain self-praise self-congratulatory swagger
        show_off showing_off superior_tone superiority pompous smug know-it-all praise_yourself
        the_greatest toot_your_own_horn blow_your_own_trumpet""",
    "sarcasm": """sarcasm sarcastic sarcastically irony ironic ironically snark snarky sardonic
        satirical satire mocking wry_remarks""",
    "sincere": """sincere sincerely sincerity earnest earnestly earnestness heartfelt
        straight-faced wholehearted genuine_tone genuine_respect""",
    "optimistic": """optimism optimistic optimistically hopeful hopefully_worded hopefulness
        positive_tone positive_outlook positive_light positive_terms positive_spin positive_about
        positive_note positive_voice positive_mood sunny bright_side stay_positive be_positive
        sound_positive remain_positive look_on_the_bright_side upbeat rosy silver_lining
        highlight_the_positive""",
    "pessimistic": """pessimism pessimistic pessimistically gloomy gloom gloomily bleak cynical
        cynically cynicism cynic negative_tone negative_about be_negative sound_negative
        negative_mood negative_light negative_outlook negative_side negative_aspect
        only_the_downside doom downbeat dour worst-case_tone despairing despair hopeless
        hopelessness melancholic melancholy dismal dark_tone dark_mood grim expect_the_worst
        doom-laden dread""",
    "calm": """calm calmly calming calmness soothe soothing soothingly reassuring reassuringly
        reassurance reassure serene serenely serenity tranquil quiet_voice quiet_tone quietly
        composed level-headed unhurried even-tempered peaceful unruffled keep_your_cool
        collected_tone relaxing unflappable cool-headed""",
    "alarming": """alarm alarming alarmist urgent_tone urgent_language urgent_voice sound_urgent
        convey_urgency create_urgency agitated agitation frenzied tense_tone nervous anxious
        hysterically hectic excitable shout yell loud_and sound_loud loudly sense_of_urgency
        urgency panic panicky panicked hysterical frantic frantically fear-mongering fearmongering
        scare frighten frightening_tone scary_tone dramatise dramatize frightened jittery""",
    "strict": """strict_teacher strict_examiner strict_tutor strict_grader strict_coach strict_tone
        strict_judge unforgiving uncompromising demanding_tone harsh_grader tough_grader be_strict
        strict_with rigorous_grader severe severity stern_teacher tough_with tough_tone
        zero_tolerance draconian""",
    "lenient": """lenient leniently leniency forgiving easy-going permissive indulgent easy_on
        generous_grader be_generous overlook_small overlook_mistakes overlook_minor be_easy_on
        go_easy""",
    "flowery": """flowery ornate poetic poetical poetically lyrical literary_style purple_prose
        figurative figuratively metaphorical metaphor elaborate_language grandiose lavish_language
        florid rhetorical_flourish flourishes colourful_language colorful_language vivid_imagery
        rich_imagery imagery simile decorative_language embellished ornamental lush_language
        baroque""",
    "sparse": """unadorned literal_language literally_worded plain-spoken no-frills spartan austere
        matter-of-fact dry_prose without_ornament stripped-down minimalist minimalistic plain_style
        plain_and plain_prose plain_tone bare_style literal_terms simple_and_plain unembellished
        literally""",
    "patient": """be_patient stay_patient patience infinitely_patient unhurried
        remain_patient patient_with endlessly_patient show_patience patient_tone patient_manner
        and_patient patient_and take_your_time""",
    "impatient": """impatient impatiently impatience brusque brusquely brusqueness curt curtly
        curtness snappish abrupt abruptly gruff gruffly rush_the rush_them hurry_them hurry_the
        hurry_along irritated irritable annoyed exasperated snap_at grumpy grumpily grouchy cranky
        short-tempered""",
    "flattering": """flatter flattery flattering compliment complimentary sycophantic sycophancy
        fawning praise praising laud applaud admire admiring admiration tell_them_how_great
        butter_up suck_up""",
    "critical": """criticise criticize criticism critical_tone fault-finding nitpick nitpicking
        critical_of be_critical find_fault faultfinding pick_holes disapproving disapproval""",
    "pushy": """pushy salesy sales_pitch hard_sell hard-sell promotional promotional_language hype
        pressure_the_user pressure_them upsell sales_language urge_them_to_buy push_them_to_buy
        push_the marketing_tone marketing_language revolutionary amazing incredible game-changing
        world-class unbeatable
        push_hard pressure_the pressure_them pressure_users pressure_customers pressure_people
        hyperbole superlatives sell_hard advertise
        aggressive_tone aggressively sales-driven""",
    "low_pressure": """low-pressure no-pressure soft-sell without_pressure without_pressuring
        unpushy non-promotional no_sales_talk""",
    "dramatic": """dramatic dramatically dramatise dramatize theatrical melodramatic sensational
        melodrama suspenseful sensationalise sensationalize over-the-top exaggerate exaggeration
        sensationalist overblown bombastic histrionic""",
    "shy": "shy shyly timid timidly introverted bashful reticent meek withdrawn",
    "outgoing": """outgoing loud extroverted brash boisterous gregarious sociable bold_and
        talkative flamboyant""",
    "modern": """modern_language contemporary_language modern_slang modern_english modern_style
        gen_z millennial contemporary_english current_slang up-to-date_language internet_slang""",
    "archaic": """archaic old-fashioned_language old-fashioned_english shakespearean
        victorian_english medieval_english antiquated_language olde old_english old-fashioned_words
        like_a_medieval like_shakespeare victorian""",
    "emotional": """emotion emotional empathy empathetic sympathy compassion emotionally emotive
        anger sadness tearful sentimental sentimentality feelings_openly passionate_tone
        excitement heartfelt passionate
        gushing tearful moving_language""",
    "unemotional": """unemotional without_emotion emotionless factual_tone purely_factual
        factual_style factual_manner dispassionate dispassionately rational_tone stick_to_facts
        keep_emotions_out""",
    "vague": """vague vaguely vagueness ambiguous ambiguity cryptic cryptically evasive evasively
        enigmatic mysterious speak_in_riddles in_riddles elusive dodge_the noncommittal
        beat_around_the_bush""",
    "precise_wording": """be_direct straightforward straightforwardly frank candid unambiguous
        unambiguously get_to_the_point direct_answers clear_and_direct explicitly_worded
        crystal-clear clear-cut specific_answers exact_wording specific_and_clear""",
    "secretive": "secretive secretively tight-lipped guarded cagey",
    "open": "open_and_honest transparent transparently transparency forthcoming openly_about",
    "skeptical": """skeptical sceptical skepticism scepticism skeptically sceptically distrustful
        suspicious suspicion distrust doubt_everything question_everything disbelief""",
    "trusting": """trusting trustingly credulous take_at_face_value give_the_benefit_of_the_doubt
        believe_everything""",
    "happy": "happy joyful joyous joy joyfully happily merry merrily delighted gleeful",
    "sad": """sad sadly sadness sorrowful mournful mourning gloomy tearful depressed depressing
        melancholic despondent funereal""",
    "tense": "tense_mood suspenseful suspense eerie spooky creepy menacing ominous unsettling",
    "cosy": "cosy cozy comforting soothing reassuring",
    "submissive": """submissive submissively obedient deferential subservient docile servile
        agreeable always_agree agree_with_everything obsequious""",
    "dominant": """dominant domineering bossy bossily commanding_tone authoritarian contradict_them
        contradict_the argumentative disagree_with_everything defiant rebellious overbearing
        contrarian give_orders order_them_around order_users""",
    "smalltalk": """small_talk chit-chat chitchat idle_chat pleasantries chat_about_the_weather
        how_their_day how_the_day gossip ask_how_they_are""",
    "preachy": """moralise moralize moralising moralizing preachy preach lecture_the lecture_them
        lecture_users lecture_people moral_lecture a_lecture sermonise moral_lessons
        finger-wagging""",
    "mysterious": "mysterious mystery_around enigmatic aura_of_mystery",
}  # fmt: skip

OPPOSITE = (
    "formal | casual sarcasm rude humour contractions",
    "serious | humour sarcasm excited rude",
    "warm | cold rude harsh",
    "gentle | blunt cold rude harsh alarming",
    "encouraging | discouraging harsh cold rude",
    "neutral | opinion excited emotional pushy rude harsh flattering dramatic",
    "confident | hedged shy",
    "excited | flat cold sad unemotional",
    "polite | rude sarcasm harsh",
    "humble | boastful dominant",
    "sincere | sarcasm",
    "optimistic | pessimistic sad",
    "calm | alarming dramatic harsh",
    "dramatic | serious flat sparse unemotional",
    "shy | outgoing dominant",
    "strict | lenient",
    "flowery | sparse flat",
    "patient | impatient harsh",
    "flattering | critical harsh rude",
    "archaic | modern",
    "emotional | flat cold unemotional",
    "vague | precise_wording confident",
    "secretive | open",
    "skeptical | trusting",
    "happy | sad",
    "tense | cosy calm",
    "submissive | dominant",
    "low_pressure | pushy",
    "harsh | lenient",
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
MANNER_STEMS = frozenset(
    word for phrases in PHRASES.values() for stems, _ in phrases for word in stems
)
"""The stems of all words that name a manner."""
SHUT_OUT = frozenset(
    frozenset({one, other})
    for line in OPPOSITE
    for one in line.split(" | ")[0].split()
    for other in line.split(" | ")[1].split()
)
