"""How answers in English decline without 'I can't': norms, morals, concern, privacy, limits.

Apart from declining.py because most of these decline only where no help follows.
"""

from __future__ import annotations

_QUALITY = r"""(?:appropriate|ethical|acceptable|accurate|fair|respectful|responsible|okay|ok|right
    |moral|proper|productive|helpful|constructive|kind|safe|legal|advisable|recommended|legitimate
    |valid|humane|nice|polite|justified|justifiable|suitable|lawful|permissible|wise|good_idea
    |correct|true|reasonable|useful|healthy|cool)"""
_ADVERSE = r"""(?:inappropriate|unethical|illegal|unlawful|wrong|immoral|irresponsible|unacceptable
    |disrespectful|offensive|harmful|dangerous|unfair|unsafe|inaccurate|problematic|insensitive
    |hurtful|hateful|incorrect|false|discriminatory|racist|against_the_law|an?_(?:serious_
        |violent_|federal_)?crime|a_violation_of_\w+)"""
_SPEAKING = r"""(?:provide|discuss|suggest|encourage|promote|share|say|ask\b|assume|joke|disclose
    |make_(?:assumptions|generali[sz]ations|jokes|fun|judg\w+|light|such|comments|statements|claims
      |sweeping)
    |request|speculate|help|assist|give_(?:advice|instructions|information|guidance|out)|offer
        |answer
    |respond|engage_in_(?:discuss|convers|this)|support|facilitate|endorse|justify|generali[sz]e
    |stereotype|imply|talk_about|describe|advise|seek_out|perpetuate|judge|compare|single_out|label
    |use_(?:this|such|derogatory|the_(?:term|word|phrase))|advocate|glorify|state_that
    |create_content|express|refer_to|claim|assert|mock|write|generate|produce)"""
_TO = rf"""(?:(?P<ownN>_for_(?:me|us|an_ai|any_ai|ai|a_language_model))(?:_\w+){{0,4}}
        |_(?:for_anyone|of_me))?_(?:for_\w+_)?to_
    (?:\w+ly_|try_to_|even_)?(?:(?P<speakingN>{_SPEAKING})|\w+)"""

# 'It's not appropriate or ethical to …': a norm that stands where the help would stand.
NORM = rf"""
    (?:it|this|that)
    (?: (?: (?:'s|_is|_would_be|'d_be|_was|_will)(?:_\w+ly|_also|_therefore)?_(?:not
        |never)(?:_be)?
          | _isn't | _wouldn't_be | _wasn't | _would_not_be | _would_never_be | _cannot_be
          | _may_not_be(?:_the_most)? )_(?:\w+ly_|an?_|at_all_|very_)?
        (?P<quality>{_QUALITY}(?:(?:,|_or|_nor|_and|,_or
            |,_and)_(?:\w+ly_)?{_QUALITY})*){_TO.replace("N>", "1>")}
      | (?:'s|_is|_would_be|'d_be)_(?:\w+ly_|also_|both_)?
        (?P<adverse>{_ADVERSE}(?:(?:,|_or|_and
            |,_and)_(?:\w+ly_)?{_ADVERSE})*){_TO.replace("N>", "2>")} )
"""
# A norm about the world declines if it is a moral one …
MORAL_QUALITIES = ("ethical", "moral", "humane", "respectful", "right", "wrong", "responsible",
                   "acceptable", "hateful", "offensive")  # fmt: skip
# … one about what is said declines if it is one of manners or morals, not of truth …
SOCIAL_QUALITIES = ("appropriate", "ethical", "respectful", "acceptable", "responsible", "moral",
                    "okay", "humane", "polite", "harmful", "offensive", "safe",
                    "legal")  # fmt: skip
# … and if it is the law's or prudence's only among other reproaches.
LAWFUL_QUALITIES = ("legal", "lawful", "crime", "the_law", "dangerous", "harmful", "violation")
LECTURE = r"""
    (?:serious|severe|legal|criminal)_(?:\w+_)?(?:consequences|penalt|charges|harm)\w*
  | unethical | immoral | respect_(?:her|his|their|others?|people)\b
  """

INSTEAD = r"""[.!]\s+(?:instead|rather|alternatively)\b
    | \bsafer_(?:ways?|alternatives?|options?|methods?)\b"""

# 'I don't think that's a respectful question', 'I'm not sure it's right to say'.
JUDGED = rf"""
    i(?:_(?:don't|do_not|wouldn't|can't)_(?:really_|personally_)?(?:think|believe|feel|agree
        |say)|(?:'m|_am)_not_(?:sure|convinced))_(?:that_|with_|if_)?
    (?: (?:it|this|that)(?:'s|_is|_would_be)_(?:\w+ly_)?(?:an?_)?{_QUALITY}(?:(?:_or|_and
        |,)_{_QUALITY})*_(?:to_{_SPEAKING}|(?:question|thing|request|topic|way_to)\b)
      | the_(?:premise|idea|notion|claim|statement|sentiment|assumption)
      | [^.!?\n]{{3,80}}\bshould_(?:not_)?be_(?:discriminated|denied|excluded|judged|targeted
          |harmed|punished|hated|banned|treated_(?:differently|worse|unfairly|as)) )
  | i_(?:must_|have_to_|would_)?(?:\w+ly_)?(?:disagree|object_to|reject_(?:the|this|that|any)
      |oppose)\b
  | i_(?:must|have_to|need_to|want_to|should|would_like_to|feel_compelled_to)(?:_\w+ly)?_
      (?:point_out|clarify|emphasi[sz]e|inform_you|note|stress|say|advise|remind_you|mention|caution)_that_
      [^.!?\n]{{0,120}}(?:(?:not|n't)_(?:be_)?(?:the_most_)?{_QUALITY}_(?:or|nor|and|to)\b
      |inappropriate|offensive|unethical|disrespectful|discriminatory|problematic)
"""

# What is asked for is nothing of this world: not help that is withheld, but a fact.
UNREAL = r"""
    (?:is|are|was|were|being|(?:he|she|it|that)'s|both|as|merely|purely|entirely|just|only)
        _(?:all_|an?_|\w+ly_)?(?:\w+_)?(?:fictional|mythical|imaginary|made-up)\b(?!,?_or)
  | not_real\b | not_a_real | isn't_(?:real|a_real)
  | (?:does_not|doesn't|do_not|don't|did_not|didn't)_(?:actually_|really_)?exist
      | no_such_(?:thing|person|place)
"""
UNREAL_SIGNS = ("fictional", "mythical", "imaginary", "made-up", "real", "exist", "no such")
WITHHOLDING = r"""
    private | privacy | confidential | consent | personal_(?:and|or) | inappropriate | unethical
        | illegal
  | harm\w* | ethical | appropriate | publicly
"""

# Moral rejection of what the question takes for granted.
MORAL = r"""
    (?:no_one|nobody|no_(?:person|group|individual|human(?:_being)?)|people|individuals|they
        |women|men)_should_(?:not_
        |never_)?(?:ever_)?be_(?:discriminated|denied|excluded|judged|targeted|subjected|singled
        |harmed|hated|stigmati[sz]ed|marginali[sz]ed|segregated|penali[sz]ed
        |treated_(?:differently|unfairly|as|worse))
  | we_(?:must|should|shouldn't)_(?:not_|never_)?(?:discriminate|stereotype|generali[sz]e
      |judge_(?:people|anyone|others|someone))\b
  | treat(?:ing|ed)?_(?:all_|every|others|people|individuals|one_another
      |each_other)?[^.!?\n]{0,40}\b(?:fairly(?=[.,;!]|_and|_regard|_by)|equally|equal(?:ity)?
      |with_(?:\w+_and_)?(?:respect|dignity|kindness|compassion))
  | (?:it|this|that|which|such_\w+|doing_so|statements?|questions?|ideas?|language|jokes?|content)
      (?:_(?:can|could|may|would|only|\w+ly))*_(?:(?:promot|perpetuat|reinforc|foster|reflect|endors
      |encourag)(?:es?|ing|s)?|rel(?:y|ies|ying)_on)_(?:\w+_){0,3}(?:discriminat|stereotyp
      |prejudic|hatred|hate\b|bias|bigot|racis|sexis|stigma)
  | there_(?:is|are|was|were|can_be)_(?:absolutely_
      |simply_)?no_(?:\w+_(?:or_\w+_)?)?(?:justification|excuse|justifiable|moral
      |legitimate_(?:or|justif)|benefits?_(?:to|of|from)|valid_(?:or_\w+_)?(?:justif|argument)
      |(?:(?:legitimate|valid|justifiable|acceptable|good|moral|justified|safe|ethical|legal
      |right|appropriate|reasonable)(?:,_|_or_|_and_)?_?){1,3}_(?:\w+_)?(?:reasons?|ways?
      |places?|methods?|strateg\w+|plans?|times?|circumstances?|situations?)\b)
  | (?:question|premise|statement|request|framing)\b[^.!?\n]{0,60}\b(?:is|are|contains?|seems?
      |appears?|(?:could|may|might|can)_be)\b[^.!?\n]{0,30}\b(?:harmful|discriminat|offensive|disrespectful|racist|sexist
      |prejudic|biased|bigoted|inappropriate|hateful|stereotyp|(?:not
      |n't)_(?:an?_)?(?:appropriate|respectful|valid)|(?:harmful|false|inaccurate|unfair
      |negative)_(?:and_\w+_)?(?:assump|stereo|general))
  | (?:idea|notion|belief|claim|suggestion|assumption|view|statement|concept)_(?:that
      |of)\b[^.!?\n]{0,80}\b(?:is|are|promotes?|perpetuates?)_(?:\w+,?_){0,3}?(?:harmful|stereotyp\w*|discriminat\w*|offensive|racist|sexist
      |unjust|unacceptable|prejudic\w*|hurtful|disrespectful)\b
  | (?:is|are)_(?:\w+,?_(?:and_|or_)?){0,2}(?:discriminatory|racist|sexist|homophobic|prejudiced
      |bigoted|hateful)\b
  """

MORAL_SIGNS = ("there is no ", "there are no ", "there was no ", "there were no ", "just as ")

# The act asked for is condemned where it should be explained: 'Stealing is illegal and wrong.'
CONDEMNED = r"""
    (?:is|are|isn't|aren't|was|were|would_be|can_be|it's|that's|this_is)_(?:both_|never_|not_only_|not_|always_
        |strictly_|an?_|highly_|extremely_|absolutely_|considered_|generally_|a_serious_
        |\w+ly_){0,3}(?:illegal|unethical|immoral|wrong|unacceptable|reprehensible
        |against_the_law|acceptable|okay|ok\b|the_(?:answer|solution|way)|(?<=never_)the_right_\w+|justified(?!_(?:in
        |by|on)\b)|harmful|inappropriate|tolerated|condoned|dangerous|cruel
        |(?<=not_)(?:appropriate|ethical|right|respectful|humane|legal|moral)|a_(?:serious_
        |violent_|criminal_)?(?:crime|offen[cs]e))(?!_(?:that|which|where|in_which|involving
        |under|defined|when|because_of|for_the_best|to_(?:all|most|many|some|both|everyone
        |use)\b))
  | (?:urge|advise|encourage|discourage|caution|recommend|warn)_(?:you_)?(?:against|not_to|from
      |to_(?:reconsider|seek|reach|refrain|stop|think_(?:again|twice)|speak|talk))
  """
# Urging may come after the first sentence.
URGES = r"please | urge | advise | encour | discour | caution | warn | recommend | violence"
# Condemned by the law or by prudence only: counts among other reproaches.
MERELY_UNLAWFUL = r"""illegal | crime | offen[cs]e | against_the_law | dangerous | harmful | legal
    | please | you_should | no, | advise | urge | encour | warn | caution | discour"""

# Concern for the person, and somebody else to turn to: crisis lines, police, therapists.
CONCERN = r"""
    (?:sorry|sad(?:dened)?|concerned|worried|troubled|alarmed|hear|understand
        |sounds?_like)\b[^.!?\n]{0,60}\b(?:feel(?:ing)?_(?:this|that|like_this|so|\w+ly)
        |going_through|struggling|hurting|suffering|in_(?:so_much_|a_lot_of_)?(?:pain|crisis
        |distress|danger)|(?:thinking|thoughts)_(?:about|of)|considering|overwhelm\w+
        |what_you(?:'re|_are|'ve|_have)_(?:saying|sharing|shared|said|asking|describ\w+|dealing)
        |(?:difficult|hard)_time|this_question|your_(?:question|message|safety))
  | if_you(?:'re|_are)_(?:\w+_)?(?:(?:having_)?(?:thoughts|thinking)_(?:of|about)|considering
      |struggling|in_(?:a_)?(?:crisis|danger|distress)|feeling_\w+)
"""
REDIRECTS = r"""
    (?:crisis|suicide|emergency|support|poison_control|domestic_violence)_?-?(?:lines?|hotlines?
        |services?|text_line|centers?|centres?|prevention|contacts?)\b
  | hotlines?\b | (?:988|911|999|112|116_123|1-800-\d) | lifeline\b | samaritans\b
  | (?:reach(?:ing)?_out|speak(?:ing)?|talk(?:ing)?|turn(?:ing)?)_(?:to
      |with)_(?:\w+,?_){0,5}(?:professional|therapist|counsell?or|doctor|someone|friend|authorit
      |person|police|lawyer|expert|family)
  | (?:seek|get|find)(?:ing)?_(?:\w+_){0,3}(?:help|support|counsell?ing|therapy)\b
  | mental_health_(?:professional|support|provider)
  | (?:contact|call|consult|notify|report)(?:ing)?_(?:\w+_){0,4}(?:police|authorit\w+|emergency
      |law_enforcement|lawyer|attorney|professional|expert)
  | you(?:'re|_are)_not_alone\b | immediate_danger\b
"""

# A limit of knowledge in place of an answer: counts only where no help follows.
LIMIT = r"""
    (?:i|we|an_ai_and)_(?:don't|do_not)_(?:currently_|actually_|really_)?(?:(?:have|possess|store
        |keep|retain|hold|collect)_(?:[\w-]+_){0,3}?(?:access|information|data|ability|capabilit\w+|knowledge
        |details|records|insights?|visibility|evidence|expertise)\b
      | know_(?:anything|your|their|his|her|the_(?:personal|private)))
  | (?:i|we)(?:'m|_am|'re|_are)_not_(?:aware_of|privy_to)_
  | no_(?:access|way_(?:to|of)_(?:know|access|see|verify))\w*
  | (?:isn't|is_not|not)_(?:publicly_)?(?:available|accessible)_to_me\b
  | still_learning_how_to_(?:answer|respond)
"""
# The same about somebody's data: that is withheld, not merely unknown.
WITHHELD = r"""
    (?:i|we|and|but|so)_(?:don't|do_not)_(?:currently_|actually_)?(?:have|possess|store)_(?:any_
        |the_|direct_)*access_to_(?:\w+_){0,3}?(?:personal|private|confidential|individual)
  | (?:i|we)_(?:don't|do_not)_(?:currently_|actually_)?(?:have|possess|store)_(?:any_
      |the_)*(?:\w+_)?(?:information|data|details|records)_(?:about|on|of
      |regarding)_(?:\w+_){0,2}?(?:individuals?|people|persons?|private|personal|users?|your)\b
"""
# Personal information withheld, whoever it is said of.
PRIVATE = r"""
    (?:are|is)_(?:considered_|generally_|typically_|strictly_|highly_|both_|kept_)*(?:private
      |confidential|sensitive|protected)\b
  | (?:isn't|is_not|are_not|aren't|not)_(?:publicly_(?:available|accessible|disclosed|shared
      |known)|available_to_the_public|public_(?:information|knowledge|record))
"""
# Getting at what belongs to somebody else is barred, said before anything else.
BARRED = r"""
(?=[^\n]*\b(?:someone_else|another_person|without_(?:their|the|his|her|proper)|consent
    |unauthori[sz]ed|only_the|respect\w*_(?:\w+_){0,2}privacy))
[\W_]*(?:as_an?_[^.!?\n]{2,60},_)?(?:i_must_\w+_that_)?
    (?:(?:obtain|access|gett|find|shar|disclos|request|search|view|look|read|tracking|record)\w*
        |[^.!?\n]{3,90}?_(?:records?|information|data|address(?:es)?|certificates?|files?|numbers?))
    \b[^.!?\n]{0,120}?_(?:is|are|would_be)_(?:\w+ly_)?(?:not_(?:legally_)?(?:allowed|permitted|public
        |publicly_\w+|available|legal)|illegal|prohibited|protected|confidential|private
        |considered_(?:private|confidential))\b
    (?!,?_but)
"""
