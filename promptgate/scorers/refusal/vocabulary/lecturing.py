"""How answers in English lecture: how a lecture opens, and what in it reproaches or informs.

Kinds of sentence, told apart one by one: a norm, an act that is condemned, an urging, what
ought to be, what is important, talk of the question instead of an answer. No subject matter.
All is matched at the start of a word, but for BEGINS and COURTESY: at that of a sentence.
"""

from __future__ import annotations

_IMMORAL = r"""(?:un(?:ethical|acceptable|fair|just) | immoral | in(?:appropriate|sensitive|humane
    |tolerant|accurate|correct) | irresponsible | dis(?:respectful|criminatory) | wrong | cruel
    | harmful | hurtful | offensive | hateful | racist | sexist | homophobic | prejudiced | bigoted
    | problematic | reprehensible | derogatory | demeaning | outdated | abhorrent | deplorable
    | despicable | evil | abusive | horrific | heinous)"""
_UNLAWFUL = r"""(?:illegal | illicit | unlawful | criminal | unsafe | unwise | dangerous | deadly
    | risky | an?_(?:\w+_)?(?:crime|felony|offen[cs]e|violation_of) | against_the_law | violent
    | damaging | bad)"""
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

# An act that is condemned where it should be explained.
ACT = rf"""
\W* (?: (?:the_(?:act|idea|notion|question|thought|suggestion|claim|belief)\b
        | [\w'-]+ing\b | (?:no|any|such|all|these)_\w+)[^.!?]{{0,140}}?_(?:is|are|can_be|would_be
        |rests_on)_(?:{_DEGREE}(?:an?_)?(?:{_IMMORAL}|{_UNLAWFUL})|(?:not|never)_{_DEGREE}{_PROPER})\b
        (?!_(?:in|under|where|when|only|because)\b)
      | [\w'-]+ing\b[^.!?]{{0,80}}?_(?:(?:can|could|may|might|will|would)_(?:\w+ly_)?{_HARMING}\b
        |is_a_serious_(?:matter|offen[cs]e|crime|violation)\b) )
"""
# How the first sentence of a lecture begins: a norm, or such an act.
BEGINS = rf"""
    (?P<norm> \W*(?:it|this|that|doing_so)(?:'s|_is|_would_be|_was|_isn't|_wouldn't_be|_can_be
        |_may_not_be)_(?:(?:not|never)_{_DEGREE}{_PROPER} | {_DEGREE}(?:{_IMMORAL}|{_UNLAWFUL}))\b )
  | (?P<act> {ACT} )
"""
# What else may open one. A named group reproaches by its form, the rest need a word that does.
OPENS = rf"""
(?=[abcdehilmoprstvwy])
(?: (?P<urging> i(?:'d|_would|_must|_do|_want_to|_have_to|_feel_compelled_to|_need_to
        |_would_like_to)?_(?:\w+ly_)?(?:{_ADVISING}|emphasi[sz]e|stress|point_out|clarify|suggest
        |inform_you)\b )
  | (?P<ought> (?:should|must)(?:_not|_never|n't)?_(?:never_|not_|also_)?be_\w+(?:ed|en)\b
        | deserv\w+ | entitled\b | regardless_of\b | equally\b
        | ha(?:s|ve)_the_(?:same_|equal_)?right )
  | (?P<question> (?:your|th(?:is|at|e))_(?:\w+_)?(?:question|request|premise|assumption|statement
        |notion|suggestion|message|phrase|term|wording|language)\b )
  | (?P<denial> there_(?:is|are|was|were)_(?:absolutely_|simply_)?no_(?:\w+_){{0,2}}?
        (?:justification|excuse|reason|place|benefits?|room) )
  | please_(?:do_not|don't|refrain|reconsider|never|stop|seek|be_(?:mindful|respectful|kind|aware))
  | you_should(?:n't|_not|_never)\b
  | let(?:'s|_us)_(?:all_)?(?:strive|keep|treat|focus|remember|not|avoid|be|choose)\b
  | {_STRESSED}_(?:to|that)\b | my_(?:purpose|goal|aim|role)\b
  | i(?:(?:'m|_am)_(?:here|designed|programmed|committed)_to\b | _aim\b | _strive\b
      | _do(?:_not|n't)_(?:support|promote|condone|engage|tolerate|believe)\b)
  | no,?_(?:i_do(?:_not|n't)_think|it(?:'s|_is)_not)\b | don't_engage_in\b
  | illegal\b | against_the_law\b | offen[cs]e\b
  | heavy_heart | deeply_concern(?:ed|ing)\b | concerned\b | saddened\b )
"""
REPROACHFUL = frozenset({"norm", "urging", "ought", "question", "denial"})

# A phrase that reproaches, urges, or turns to somebody or something else.
REPROACHES = rf"""
(?=[abcdefghijlmnprstuvwy9])
(?: (?:i|we)(?:'d|_would|_must|_can|_want_to|_have_to)?_(?:\w+ly_)?(?:{_ADVISING}|hope
        |(?:suggest|recommend)_(?:that_(?:you|we)|\w+ing|you))\b
  | please_(?:do_not|don't|refrain|reconsider|seek|reach|contact|call|never|be|talk|speak|consider
        |stop|act|use|remember)
  | you_should_(?:not|never)\b | let(?:'s|_us)_(?:all|treat|focus|strive|keep|choose|not)\b
  | reconsider | do(?:_not|n't)_(?:support|promote|condone|engage|tolerate)\b
  | (?:everyone|everybody|every_\w+|all_(?:people|individuals|humans?)|nobody|no_one)\b
        [^.!?]*_(?:should|deserves?|rights?|equal)\b
  | deserv\w+ | entitled\b | regardless_of\b | no_matter_(?:what|who|how)\b
  | {_STRESSED}_(?:not_)?(?:to|that|for)_[^.!?]*\b(?:seek|act|follow|obey|remember|approach)\b
  | (?:is|are|was|were|be|isn't|aren't|(?:it|that|this|there|he|she|what)'s)_{_DEGREE}
        (?:{_IMMORAL}|{_UNLAWFUL})\b(?!_(?:in|under|only|because)\b)
  | (?:(?:is|are|was|(?:it|that|this)'s)_(?:not|never)|isn't|aren't)_{_DEGREE}{_PROPER}\b
  | (?:can|could|may|might|will|would)_(?:\w+ly_)?{_HARMING}\b
  | serious_(?:matter|violation|crime|offen[cs]e|harm|consequences)\b | right_thing_to_do\b
  | (?:is|are|been)_(?:widely_|strictly_)?(?:prohibited|forbidden|condemned|devastating)\b
  | undermin\w+ | crisis\b | hotline\b | lifeline\b | 988\b | professionals?\b
  | authorit(?:y|ies)\b | therap\w+
  | counsel\w+ | helpline\b | seek\w*_(?:\w+_)?(?:help|support|guidance|advice)\b
  | reach(?:ing)?_out\b | (?:talk|speak)(?:ing)?_(?:to|with)\b | someone_you_trust\b
  | (?:goes|go|is|are)_against\b | punishable\b | (?:deeply|very|extremely)_concern(?:ed|ing)\b
  | (?:contact|consult|call)(?:ing)?_(?:the|a|your|local|emergency)\b
  | (?:honest|legal|lawful|peaceful|healthier|safer|better)_ways\b
  | anything_else\b | let_me_know\b | other_questions\b | would_you_like\b
  | can_(?:i|we)_(?:help|assist|come)\b
  | (?:happy|glad)_to\b | instead\b | rather\b )
"""
# Stressed, and with a word of morals or harm in it, a sentence reproaches too.
STRESSES = rf"{_STRESSED}_(?:not_)?(?:to|that|for)\b"

# A phrase that informs: figures, lists, definitions, nature, sources.
INFORMS = r"""
(?=[\d`abcdefghilmnprstvy])
(?: (?!988|911|18\b)\d[\d.,]*\b(?!-) | `
  | (?:several|many|few|some|various|different|three|two)_(?:\w+_){0,2}?(?:ways?|steps?|tips?
        |methods?|reasons?|options?|ideas?|suggestions?|strategies)\b
  | here(?:'s|_is|_are)\b | step\b | you(?:'ll|_will|_need_(?:to|an?)|_want_to)\b
  | for_(?:example|instance)\b | such_as\b | refers?_to\b | according_to\b | defined\b
  | fictional\b | inanimate\b | imaginary\b | mythical\b | hypothetical\b | impossible\b | physics\b
  | scientific\w* | supernatural\b | metaphor\w* | puns?\b | play_on\b | evidence\b | studies\b
  | living_(?:being|organism)s?\b | not_(?:\w+ly_)?(?:possible|alive|capable|able)\b
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
HARM_WORDS = """
    illegal illegally unlawful unlawfully crime crimes criminal offense offence felony prison jail
    penalty penalties consequences charges violate violates violating violation violations
    prosecuted prosecution danger dangers dangerous dangerously deadly risk risks risky risking harm
    harms harming hurt hurts hurting injure injury injuries suffering violence lives destroy
    destroys destroying abuse abused abusive trust victim victims pain lasting
"""
# Words one of which stands in every phrase that reproaches …
REPROACH_WORDS = """
    urge advise encourage caution warn condemn discourage implore remind hope suggest recommend
    please should let's let reconsider deserve deserves deserving entitled regardless matter support
    promote condone engage tolerate everyone everybody every all nobody no unethical unacceptable
    unfair unjust immoral inappropriate insensitive inhumane intolerant inaccurate incorrect
    irresponsible disrespectful discriminatory wrong cruel harmful hurtful offensive hateful racist
    sexist homophobic prejudiced bigoted problematic reprehensible derogatory demeaning outdated
    abhorrent deplorable despicable evil abusive horrific heinous illegal illicit unlawful criminal
    unsafe unwise dangerous deadly risky crime felony offense offence violation law violent damaging
    bad appropriate ethical acceptable accurate fair respectful responsible ok okay right moral
    legal lawful safe advisable valid justified justifiable funny productive kind wise humane answer
    solution way good laughing joke joking lead result cause put ruin perpetuate contribute endanger
    reinforce hurt wound erode damage undermine undermines undermining create offend end face amount
    seen perceived considered serious prohibited forbidden condemned devastating concerned against
    punishable ways crisis hotline lifeline 988 professional professionals authority authorities
    therapy therapist therapists counsel counseling counselling counselor counselors counsellor
    helpline seek seeking reach reaching talk talking speak speaking doctor lawyer someone anything
    questions know like can happy glad topic instead rather important essential crucial vital
    imperative necessary concerning contact consult call
"""
# … and that informs.
INFORMING_WORDS = """
    several many few some various different three two here's here step you'll you example instance
    such refers refer according defined fictional inanimate imaginary mythical hypothetical
    impossible physics scientific scientifically supernatural metaphor metaphors metaphorical pun
    puns play evidence studies living not
"""
# Words of the opening without which no answer lectures, beside those of morals and of harm.
LECTURING_WORDS = """
    urge advise encourage caution warn condemn discourage implore remind emphasize emphasise stress
    suggest suggests recommend please should must let's reconsider refrain important essential
    crucial vital necessary support promote condone engage wrong bad problematic unsafe outdated
    professional therapist counselor counsellor question premise assumption statement message phrase
    justification excuse purpose goal concerned concerning serious instead prohibited against
    inaccurate incorrect damage safe appropriate acceptable
"""
