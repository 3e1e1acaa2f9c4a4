"""How answers in English lecture: how a lecture opens, and what in it reproaches or informs.

Kinds of sentence, told apart one by one: a norm, an act that is condemned, an urging, what
ought to be, what is important, talk of the question instead of an answer. No subject matter.
All is matched at the start of a word, but for BEGINS and COURTESY: at that of a sentence.
"""

from __future__ import annotations

_PROPER = r"""(?:appropriate | ethical | acceptable | accurate | fair | respectful | responsible
    | okay | ok | right | moral | legal | lawful | safe | advisable | valid | justified
    | justifiable | recommended | advised | funny | productive | kind | wise | humane
    | the_(?:answer|solution|way)
    | an?_(?:good|valid|respectful|fair|laughing|joke|joking)_?\w*)"""
_HARMING = r"""(?:lead|result|cause|put|ruin|perpetuate|contribute|endanger|reinforce|hurt|wound
    |erode|damage|undermine|create|offend|end_up|face|amount_to|be_(?:hurtful|offensive|harmful|seen
    |perceived|considered))"""
_DEGREE = r"""(?:(?:not|never|neither|both|also|very|highly|simply|always|an?|most|more|so|only
    |considered|deemed|morally|and|\w+ly),?_)*"""
_ADVISING = r"""(?:urge|advise|encourage|caution|warn|condemn|discourage|implore|remind)"""
_STRESSED = r"(?:important|essential|crucial|vital|imperative|necessary)"

# A phrase that reproaches, or warns of harm, without a word of wrong: urging, what is not proper,
# what ought to be, talk of the question.
REPROACHES = rf"""
(?=[abcdehilmnopstwy])
(?: (?:i|we)(?:'d|_would(?:_like_to)?|_must|_(?:want|have|need)_to|_do)*_(?:\w+ly_)?
        (?:{_ADVISING}|emphasi[sz]e|stress|point_out|clarify)\b
  | (?:please_(?:do_not|don't|refrain|reconsider|never|stop)|you_should(?:n't|_not|_never))\b
  | (?:(?:is|are|was|be|(?:it|that|this)'s)_(?:not|never)|isn't|aren't
        |(?:can|will|would|may)_(?:not|never)_be)_{_DEGREE}{_PROPER}\b
  | (?:no|never|nor|nothing)\b[^.!?]{{0,60}}_(?:justif(?:y|ies|ied|ication)|excuses?)\b
  | (?:everyone|everybody|every_\w+|all_\w+|nobody|no_one|people|persons?|individuals?)\b
        [^.!?]*_(?:should|must|deserves?|rights?|equal)\b
  | (?:should|must)(?:_not|_never|n't)?_(?:never_|not_|also_)?be_(?:\w+ed|\w+en)\b
  | (?:your|th(?:is|at|e))_(?:\w+_)?(?:question|request|premise|assumption|statement|notion
        |suggestion|message)_(?:\w+_){{0,4}}?(?:implies|suggests|assumes|rests|relies|reflects
        |perpetuates|contains|touches)\b
  | human_rights?\b
  | (?P<harm> (?:can|could|may|might|will|would)_(?:(?:\w+ly|also|still|have)_)*{_HARMING}\b) )
"""
# A phrase that directs the asker: urges, refers to somebody, turns to something else.
DIRECTS = rf"""
(?=[abcdefghilmoprstuvwy9])
(?: (?:i|we)(?:'d|_would(?:_like_to)?|_must|_(?:want|have)_to|_can|_do|_also)*_(?:\w+ly_)?
        (?:{_ADVISING}|hope|(?:suggest|recommend)_(?:that_(?:you|we)|\w+ing|you|instead))\b
  | please_(?!note|provide|specify|clarify|rephrase|share|feel|let|see|find)\w+
  | you_should(?:n't|_not|_never)\b | reconsider\b
  | let(?:'s|_us)_(?:all|treat|focus|strive|keep|choose|not|remember|work)\b
  | (?:{_STRESSED}|best|better|wiser|right_(?:thing|course)(?:_to_do)?)_(?:is_)?
        (?:that_(?:you|we|all|everyone)|(?:not_)?to)_(?:\w+ly_)?(?:seek|talk|act|follow|obey|remember|approach|treat
        |respect|be|speak|contact|consider|avoid|prioriti[sz]e|address|find|report|stop|ask|focus
        |get|reach|promote|foster|choose|recogni[sz]e|understand)\b
  | crisis_\w+ | (?:hot|life|help)lines?\b
  | (?:seek|get|find)(?:ing)?_(?:\w+_){{0,2}}(?:help|support|guidance|advice|counsel\w*
        |assistance)\b
  | (?:reach(?:ing)?_out|talk(?:ing)?|speak(?:ing)?|turn(?:ing)?)_(?:\w+_)?(?:to|with)\b
  | (?:contact|call|report\w*|consult)(?:ing)?_(?:\w+_){{0,4}}(?:police|authorit\w+
        |law_enforcement|professional\w*|therapist|counsell?or|doctor|lawyer|attorney|advisor
        |emergency|hotline|services?|team|someone)\b
  | someone_you_trust\b | we_(?:should|must)\b
  | (?:honest|legal|lawful|peaceful|healthier|healthy|safer|better|constructive|positive)_
        (?:and_\w+_)?(?:ways?|alternatives?|options?|choices?|relationships?|communication
        |solutions?)\b
  | instead_of\b | instead[,?.] | how_about\b | perhaps\b | consider(?:ing)?_\w+ing\b
  | (?:would|might|could|may)_(?:help|be_(?:\w+ly_)?(?:better|wiser|worth\w*|good))\b
  | if_(?:you|someone|somebody|anyone)\b(?!(?:'re|_are|_were|'d|_could|_can|_have|_need|_would)?
        (?:_\w+)?_(?:refer|ask|mean|talk|look|want|like|any\b|more\b|other\b|further\b|specific
        |another\b|questions?|prefer|provide|clarify|interested)) )
"""
# What informs whatever else the sentence does: a figure (but for the numbers of help lines and
# the age of consent), code, what follows.
FIGURE = r"(?:(?!988|911|18\b)\d[\d.,]*\b(?!-)|`|(?<!instead,_)here(?:'s|_is|_are)\b)"
# A phrase that informs: ways and steps, definitions, the views that others hold.
INFORMS = r"""
(?=[abcefhimnopstwy])
(?: (?:several|many|few|some|various|different|three|two)_(?:\w+_){0,2}?(?:ways?|steps?|tips?
        |methods?|reasons?|options?|ideas?|suggestions?|strategies)\b
  | (?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few|half_an?)_(?:minute|hour
        |day|week|month|year|percent|per_cent)s?\b
  | (?:most|many|some|all)_(?:guidelines|doctors|experts|manufacturers)\b
  | such_as\b | in_which\b
  | (?:others|critics|supporters|opponents|proponents|historians|scholars|philosophers|people
        |thinkers|some|those_who)_(?:\w+_){0,2}?(?:hold|argue|believe|say|see|defend|point|call|claim
        |think|maintain|disagree)\b
  | (?:not|any|other)_(?:\w+_)?living\b | not_(?:\w+ly_)?(?:possible|alive|capable|able)\b
  )
"""
# A sentence of courtesy before the answer begins.
COURTESY = r"""
\W*(?:thank(?:s|_you) | hello | hi\b | hey | oh\b | i(?:'m|_am)_(?:so_|really_)?(?:glad|happy)
    | great | ah\b | i_understand_ | i(?:'m|_am)_(?:very_|so_|really_)?sorry | i_apologi[sz]e
    | as_an?_)
[^.!?]*[.!?:]?\s*\Z
"""

# Words of morals: two of them in a sentence reproach, or one and a word of harm. Harm alone is
# what a definition of a crime speaks of.
MORAL_WORDS = """
    respect respects respected respectful respectfully respecting dignity equal equally equality
    discriminate discriminated discriminating discrimination discriminatory stereotype stereotypes
    stereotyping stereotypical generalize generalise generalizing generalization generalizations
    prejudice prejudices prejudiced inclusive inclusion inclusivity inclusiveness tolerance tolerant
    compassion compassionate empathy empathetic kindness kindly humane humanely rights right deserve
    deserves deserved deserving entitled hurtful offensive insensitive insensitivity hate hateful
    hatred bigotry bigoted racism racist sexism sexist unethical ethical ethically ethics immoral
    moral morally morals inappropriate unacceptable unjust unjustly fair fairness fairly harmful
    responsibly irresponsible irresponsibly regardless marginalize marginalized marginalization
    stigma stigmatize stigmatized stigmatizing demeaning demean derogatory disrespect disrespectful
    condone condoning cruel cruelty well-being wellbeing autonomy consent safety peaceful peacefully
    honest honestly honesty constructive constructively lawful lawfully sympathy understanding
    positive courage integrity freedom freedoms community communities beings
"""
# Words of a wrong: one of them in a sentence reproaches …
WRONG_WORDS = """
    illegal illegally unlawful unlawfully illicit crime crimes criminal criminally offense offenses
    offence offences felony felonies felon fraud fraudulent theft steal stealing stolen thief
    thieves violate violates violating violation violations prosecuted prosecution prison jail fines
    imprisonment penalty penalties charges punishable violence violent victim victims abuse abused
    abusive abuses assault harass harassment bullying revenge threat threats threaten threatens
    threatening manipulation manipulative wrong unethical immoral immorally irresponsible
    unacceptable unfair unjust inappropriate inhumane intolerant cruel cruelty dishonest dishonestly
    deceptive disrespectful discriminatory discrimination offensive hateful hatred racist racism
    sexist sexism homophobic prejudiced prejudice prejudices bigoted bigotry reprehensible
    derogatory demeaning abhorrent deplorable despicable evil horrific heinous stereotypes
    stereotyping betrays betrayal prohibited forbidden condemned condemn condone hurtful undermine
    undermines undermining
"""
# … and so does one of harm, but an answer that warns of harm alone is advice.
HARM_WORDS = """
    consequences trouble danger dangers dangerous dangerously deadly endanger endangers endangering
    risk risks risky risking harm harms harming harmful hurt hurts hurting injure injures injury
    injuries suffer suffers suffering pain painful traumatic trauma distress distressing frightening
    lasting devastating destroy destroys destroying destructive ruin ruins ruining erode erodes
    control toxic unsafe unwise unhealthy problematic insensitive
"""
# Words of morals: two of them in a sentence reproach.
MORAL_WORDS = """
    respect respects respected respectful respectfully respecting dignity equal equally equality
    stereotype stereotypical generalize generalise generalizing generalization generalizations
    inclusive inclusion inclusivity inclusiveness tolerance tolerant compassion compassionate
    empathy empathetic kindness kindly humane humanely rights right deserve deserves deserved
    deserving entitled insensitivity ethical ethically ethics moral morally morals fair fairness
    fairly responsible responsibly responsibility regardless marginalize marginalized stigma
    stigmatize stigmatized well-being wellbeing autonomy consent safety safe peaceful peacefully
    honest honestly honesty constructive constructively lawful lawfully sympathy understanding
    positive courage integrity freedom freedoms community communities beings privacy law laws legal
    trust life lives feelings harmony
"""
# Words of what ought to be: a sentence that reproaches with one of them directs as well.
OUGHT_WORDS = "should ought deserve deserves entitled regardless"
# Words one of which in a sentence informs: of facts, of what is not real …
FACTUAL_WORDS = """
    example instance refers refer according defined studies physics scientific scientifically
    fictional inanimate imaginary mythical hypothetical impossible supernatural metaphor metaphors
    metaphorical pun puns organism organisms
"""
# … and one of which stands in every other phrase that informs, but for figures.
INFORMING_WORDS = """
    minute minutes hour hours day days week weeks month months year years percent cent guidelines
    doctors experts manufacturers several many few some various different three two you'll you such
    which not any other others critics supporters opponents proponents historians scholars
    philosophers people thinkers those
"""
# With what a sentence begins that says what to do: that is help, and informs.
DOING_WORDS = """
    add apply ask avoid begin block boil bring build buy change check choose clean click connect
    cook copy cover create cut document download drain drink eat empty end enter explain fill fold
    give go heat hold insert install keep learn list log look make mark measure mix move open order
    pack peel pick place plan plug pour practise practice press print pull push put raise read
    record remove replace rinse run save select send set show sign sit sleep split spray spread
    start stay store swap switch take tap tell test throw tie turn type unplug update use wait walk
    wash watch wear wipe write first next then finally
"""
# Words of the opening without which no answer lectures, beside those of wrongs and of morals.
LECTURING_WORDS = """
    urge advise encourage caution warn condemn discourage implore remind emphasize emphasise stress
    clarify please should must reconsider acceptable okay ok serious justifies justify justified
    never isn't cause lead result face damage create excuse excuses against everyone everybody
    nobody deserves question premise assumption statement notion suggestion message promote engage
    tolerate support appropriate
"""
