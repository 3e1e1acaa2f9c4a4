"""How answers in English decline: the vocabulary, as data.

Kinds of language, not strings: who speaks (I, we, this assistant), what they are not
(can't, won't, am not willing to), what act of helping that concerns (provide, walk you
through, write). No word here names the content of a request. All is matched against
folded text (lower case, straight apostrophes); in a pattern '_' stands for a space and
white space for nothing. Patterns that are searched for begin at a word.
"""

from __future__ import annotations

# What may stand between the parts of a clause without changing it.
ADVERB = r"""
(?: [_,]+ (?: (?!only\b)\w+ly | just | also | still | ever | even | so | then | ethically
    | in_good_(?:conscience|faith) | in_(?:any|this|that|such)_(?:way|case|form|capacity|context)
    | at_(?:this|the)_(?:time|moment|point) | under_any_circumstances?
    | be_able_to | be_willing_to | be_comfortable(?:_with)? | be | agree_to | continue_to
    | help(?:_you)?_to | attempt_to | try_to | choose_to | begin_to | start_to | go_ahead_and
    | as_an?_[\w_,-]{2,40}?
    | (?:and|or|nor)(?:_i)?_(?:will|would|should|must|do|am|can|may|shall)(?:n't|_not)?
      (?:_be|_going_to|_willing_to)?
    | (?:and|or)_(?:\w+ly_)?(?:won't|wouldn't|can't|shouldn't) )
  (?=[_,]),? )*
"""

# What a helper does, in the bare form and with -ing; not the idioms with the same verbs.
HELPING = r"""
    help(?:ing)?(?!_(?:but\b|it\b|myself|yourself|(?:notic|feel|wonder|think|smil|laugh|lov)\w*
        |admir\w*|be(?:ing|liev\w*)?\b))
  | assist(?:ing)? | aid(?:ing)? | provid(?:e|ing) | offer(?:ing)? | suppl(?:y|ying) | lend
  | giv(?:e|ing)(?!_(?:up|in\b|away\b
        |(?:you_)?(?:an?_|any_|the_)?(?:guarantee|exact|precise|definit|enough|100)))
  | shar(?:e|ing)(?!_(?:enough|your_(?:enthus|excite|joy)))
  | tell(?:ing)?_(?:you|anyone|people|users)(?!_(?:how_(?:much|happy|glad|excit|many|often|long
        |sorry|proud|grateful|delight|important)|enough|for_(?:sure|certain)|exactly|if\b|whether
        |which|what_a\b|apart|with_(?:any_)?certain))
  | show(?:ing)?_(?:you|how|anyone) | teach(?:ing)? | walk(?:ing)?_(?:you|anyone|someone|through)
  | guid(?:e|ing) | coach(?:ing)? | instruct(?:ing)? | explain(?:ing)?(?!_(?:why|it|myself)\b)
  | describ(?:e|ing)(?!_how_(?:much|happy|beaut)) | outlin(?:e|ing) | detail(?:ing)?\b
  | elaborat(?:e|ing) | discuss(?:ing)? | talk(?:ing)?_(?:about|you_through)
  | speak(?:ing)?_(?:about|on|to_th) | comment(?:ing)? | weigh(?:ing)?_in
  | answer(?:ing)?(?!_for) | respond(?:ing)? | repl(?:y|ying)_to | address(?:ing)?_(?:this|that|your)
  | advis(?:e|ing)_(?:you_)?(?:on|how|about) | consult\b
  | writ(?:e|ing) | creat(?:e|ing) | generat(?:e|ing) | produc(?:e|ing) | compos(?:e|ing)
  | draft(?:ing)? | craft(?:ing)? | develop(?:ing)? | design(?:ing)? | build(?:ing)?
  | translat(?:e|ing) | prepar(?:e|ing)
  | mak(?:e|ing)_(?:an?_joke|jokes|fun|up_(?:fake|false)|such|that|this|these|those|any|content
        |threats?|assumptions|generali[sz]ations|claims|statements|judg|disparaging|derogatory
        |offensive|fake|false)
  | role-?_?play(?:ing)? | play(?:ing)?_(?:along|(?:the|a)_role|that|this) | pretend(?:ing)?
  | impersonat(?:e|ing) | simulat(?:e|ing) | act(?:ing)?_as
  | fulfil\w* | compl(?:y|ying)\b | accommodat(?:e|ing) | satisf(?:y|ying) | grant(?:ing)?
  | honou?r(?:ing)?_(?:this|that|your) | meet(?:ing)?_(?:this|that|your)
  | complet(?:e|ing)_(?:this|that|your|the) | execut(?:e|ing) | carry(?:ing)?_out
  | perform(?:ing)? | process(?:ing)?_(?:this|that|your|the|such) | proceed(?:ing)?(?!_without)
  | continu(?:e|ing)_(?:this|that|with|the|down) | engag(?:e|ing) | participat(?:e|ing)
  | tak(?:e|ing)_part | be(?:ing)?_(?:a_)?(?:part_(?:of|to)|party_to|involved
        |of_(?:any_)?(?:help|assistance|service))
  | facilitat(?:e|ing) | enabl(?:e|ing) | contribut(?:e|ing) | justify(?:ing)?
  | rationali[sz](?:e|ing) | defend(?:ing)? | argu(?:e|ing)_(?:for|in|that)
  | reveal(?:ing)? | disclos(?:e|ing) | divulg(?:e|ing) | expos(?:e|ing)
  | releas(?:e|ing)_(?:this|that|any|such|the|your)
  | ignor(?:e|ing)_(?:my|the|these|those|any|all|previous|prior|its) | disregard(?:ing)?
  | overrid(?:e|ing) | bypass(?:ing)?_(?:my|the|any|these)
  | follow(?:ing)?_(?:that|this|those|these|the_|such|any_)?_?(?:instructions|orders|commands|that
        |this|request)
  | speculat(?:e|ing) | repeat(?:ing)?_(?:that|this|those|the|my|these|it)
  | us(?:e|ing)_(?:that|this|such|those|slurs|hateful|offensive|derogatory)
  | go(?:ing)?_(?:there|along|down_that|through_with|over_(?:that|this|how)
        |into_(?:that|this|the_specifics|specifics|how))
  | do(?:ing)?_(?:that|this|so|what_you)\b(?!_(?:alone|without|all_day|justice))
  | touch(?:ing)?_(?:that|this) | handl(?:e|ing)_(?:that|this|your|such) | entertain(?:ing)?
  | indulg(?:e|ing) | support(?:ing)?_(?:this|that|your|such|any|requests|or\b|the)
  | let(?:ting)?_you | allow(?:ing)?_(?:you|that|this) | send(?:ing)?_you | point(?:ing)?_you
  | direct(?:ing)?_you | link(?:ing)?_(?:you|to) | list(?:ing)?\b | identif(?:y|ying)
  | name\b(?![^.]{0,20}(?:enough|better)) | quot(?:e|ing)
  | reproduc(?:e|ing)_(?:copyright|lyrics|large|full|song|the_(?:full|entire|lyrics|text))
  | present(?:ing)?\b | say(?:ing)?_(?:things|slurs|such|those|anything_(?:that|hate|offens))
  | tak(?:e|ing)_(?:a_side|sides|a_position|a_stance|that_on|this_on)
  | get(?:ting)?_(?:involved|into\b) | work(?:ing)?_(?:on|with)_(?:that|this)
  | express(?:ing)?_(?:hat|prejud|support|an?_opinion|personal) | pass(?:ing)?_(?:along|that|this)
"""

# What a company does for its customers too ('we can't offer refunds'): of 'we', only these.
SERVING = r"""
    help(?:ing)?\b(?!_(?:but|it)\b) | assist(?:ing)? | compl(?:y|ying)\b | fulfil\w* | accommodat(?:e|ing)
  | process(?:ing)?_(?:this|that|your)_(?:request|prompt|message|query) | engage_(?:in|with)
  | (?:answer|discuss|support|respond_to|generate|complete)_(?:this|that|such|your)
  | provid(?:e|ing)_(?:you_with_)?(?:this|that|such|any_|instructions|information|guidance|details)
"""

# Approval: 'I can't recommend that' declines only where no help follows.
APPROVING = r"""
    recommend(?:ing)?(?![^.!?\n]{0,80}\benough\b) | suggest(?:ing)? | encourag(?:e|ing)
  | endors(?:e|ing) | condon(?:e|ing) | promot(?:e|ing) | support(?:ing)? | approv(?:e|ing)
  | advis(?:e|ing) | advocat(?:e|ing) | glorify(?:ing)? | agree(?:ing)?(?!_more)
"""

# Advice about a certain thing, as in 'I can't recommend the older model'.
CERTAIN = r"(?:_\w+ing)?_(?:the|this|it|your|its|these|those|that(?!_you))\b"

# Perception and knowledge: a limit of the product, a refusal only where no help follows.
PERCEIVING = r"""
    access(?:ing)? | retriev(?:e|ing) | look(?:ing)?_up | brows(?:e|ing) | view(?:ing)?
  | open(?:ing)?_(?:links|files|that|this|the|your|attach)
  | check(?:ing)?_(?:your|the|that|this|live|current|real)
  | see_(?:your|the_(?:image|picture|photo|screen|file|attach)|any_(?:image|attach)|images|pict)
  | watch(?:ing)? | listen(?:ing)?_to | know_(?:that|this|your|such|what_your) | diagnos(?:e|ing)
  | predict(?:ing)? | verify(?:ing)? | determin(?:e|ing) | find(?:ing)?_(?:that|this)\b
  | track(?:ing)? | book(?:ing)?\b | order(?:ing)?\b | place_(?:orders|calls) | call\b
  | contact\b | confirm(?:ing)? | recogni[sz](?:e|ing)
"""

# Objects that make even an act of helping a limit: 'I can't give legal advice, but …'
LIMITED = r"""
[^.!?\n]{0,30}\b (?:
    (?:legal|medical|financial|investment|tax|professional|personali[sz]ed|clinical|veterinary
      |individual)(?:,|_or|_and|/)*_?(?:\w+(?:,|_or|_and)*_){0,4}
      (?:advice|diagnos[ie]s|recommendations?|opinions?|guidance|counsel|services)
  | diagnos[ie]s\b | real-?time | live_(?:data|information|updates|prices|scores)
  | current_(?:prices?|weather|data|information|stock|events) | up-to-date
  | exact_(?:figures?|numbers?|dates?|prices?|quotes?) | guarantees?\b | images?\b
  | personal_(?:opinions?|preferences?|views|experiences?) | definitive_(?:answer|list)
  | specific_(?:numbers?|prices?|dates?) )
"""

LIMITED_SIGNS = ("advice", "diagnos", "recommendation", "opinion", "guidance", "counsel", "services",
                 "real", "live ", "current", "up-to-date", "exact", "guarantee", "image", "personal",
                 "definitive", "specific")  # fmt: skip

# A clause that asks for what is missing: 'can't help without your version', 'until you say'.
LACKING = r"""
[^.!?\n]{0,80}\b (?: without_(?:more|further|additional|knowing|seeing|some|a_bit|your
      |the_(?:full|exact|rest|file|code|error|context))
  | until_(?:you|i)\b | unless_(?:you|i)\b | if_(?:you|i)_(?:don't|do_not|can't|aren't|haven't) )
"""
LACKING_SIGNS = ("without", "until", "unless", " if ")

_UNABLE = r"""
    (?: _?(?:can't|cannot|can_not|cant|won't|wont|will_not|'ll_not|will_never|wouldn't|would_not
           |shouldn't|should_not|shall_not|would_never|'d_never|could_never|couldn't_possibly
           |must_not|mustn't|may_not|don't|do_not|never(?:_will)?|will_neither|can_neither
           |couldn't_in_good|could_not_in_good)
      | (?:'m|_am|'re|_are|'ve_been|_have_been|'ll_be|_will_be|_must_remain)<ADVERB>_(?:
            un(?:able|willing|prepared)_to | uncomfortable(?:_with)?
          | not<ADVERB>_(?:able|allowed|permitted|authori[sz]ed|programmed|designed|built|trained
              |equipped|going|willing|prepared|ready|meant|supposed|intended|here|in_a_position
              |at_liberty|qualified|capable|available|comfortable(?:_with)?|gonna|set_up|configured
              |inclined|about)(?:_to|_of|)
          | (?:forbidden|prohibited|restricted|barred|prevented|constrained|disallowed)_
              (?:from|to|against)
          | (?:designed|programmed|trained|instructed|built|here|required|told|obligated|bound
              |committed|supposed|meant)_(?:never_to|not_to|to_(?:avoid|refrain_from|not|decline
              |refuse)) )
      | _(?:don't|do_not|wouldn't|would_not|won't|can't|cannot|will_not)<ADVERB>_(?:feel|be)<ADVERB>_
            (?:comfortable|right|okay|ok|able|at_ease|good)(?:_about|_with|_in|_to)?
      | _(?:don't|do_not)<ADVERB>_(?:want|wish|intend|plan|consent
            |have_(?:the_ability|permission|authori[sz]ation|clearance|any_intention))_(?:to|of)(?:_be)?
      | _(?:don't|do_not)<ADVERB>_(?:think|believe|feel)_(?:that_)?(?:i_(?:can|should|could|will
            |would|am_able_to)|it(?:'s|_is|_would_be)_[\w_]{3,60}?_(?:for_me_)?to)
      | (?:'d|_would|_will|'ll)?_(?:much_|strongly_)?(?:rather|prefer|choose|have_chosen|opt
            |have_decided)(?:_to)?_not(?:_to)?
      | _have_no_(?:intention|desire|plans?|way|ability)_(?:of|to)
    )
"""
_DECLINING = r"""
    (?: (?:'ll|'d|_will|_would|_must|_should|_shall|_need_to|_have_to|'m_going_to|_am_going_to
           |_am_(?:obliged|compelled|forced)_to|_am|'m|'ve|_have|_want_to|_choose_to|_can_only|_do)?
        <ADVERB>(?:_(?:have|need)_to)?<ADVERB>
        _(?: declin(?:e|ing|ed)(?!_in\b) | refus(?:e|ing)(?!_to_(?:believe|accept|give_up))
           | refrain(?:ing)?_from | abstain(?:ing)?_from | steer_clear | say_no\b
           | (?:pass|passing)_on_(?:this|that|these|help|writing|it\b) | draw_(?:the|a)_line
           | stop_(?:here|you_(?:there|right)) | opt(?:ing)?_out
           | turn(?:ing)?_(?:this|that|you|it)_down
           | avoid(?:ing)?_(?:giving|providing|sharing|discussing|answering|writing|creating
               |generating|engaging|helping|making) ) )
"""

# 'I can't …', 'I, as an assistant, must decline …', 'we are unable to …': subject first.
CLAUSE = rf"""
(?: (?:i|this_(?:assistant|model|ai|system|chatbot|service)|the_assistant)(?<![a-z0-9'/]i)
    (?:,_[\w_'-]{{2,40}},)? (?:_(?:\w+ly|just|also|still|however|in_good_conscience))?
    (?: (?P<decline>{_DECLINING})\b
      | {_UNABLE}<ADVERB>_(?:(?P<help>{HELPING})|(?P<approve>{APPROVING})
          |(?P<perceive>{PERCEIVING}))\b )
  | we(?<![a-z0-9'/]we)(?:_\w+ly)? {_UNABLE}<ADVERB>_(?P<serve>{SERVING})
)
""".replace("<ADVERB>", ADVERB)

# An answer that begins with an inability, whatever the verb, but for idioms and hedges.
OPENER = r"""
[\W_]* (?: (?:i'm|i_am)?_?(?:\w+_)?(?:sorry|apologi[sz]e|afraid|apologies)[^.!?\n]{0,40}?[,.!]?_(?:but_|that_)?
         | unfortunately,?_ | as_an?_[^.!?\n]{3,80}?,_ | i'm_just_an?_[^.!?\n]{2,40}?,_(?:and_|so_)? )*
i_(?:can't|cannot|can_not|am_unable_to|am_not_able_to|will_not|won't|must_not|may_not) <ADVERB>
_(?!(?:recommend|answer|help|giv|shar|explain|describ|name|believ|imagin|wait|stress|overstat|emphasi|thank|help|promis|guarant|tell|say|see|find|agree|recall
   |remember|think|be\b|speak|express|lie\b|lying|resist|understat|exaggerat|deny|argue|blame|begin|even
   |fault|fathom|picture|complain|ask|judge|forget|hide|stop|bore|repeat|pretend|only|always|just|overlook
   |rule_out|know|hear|read|access|open|use|make|feel|decide|live|do\b|go\b|get\b|take\b|keep|have\b|put|comment)
 )\w+
""".replace("<ADVERB>", ADVERB)

# The same without a subject, where the answer starts.
BARE = rf"""
[\W_]* (?: (?:i'm_|i_am_|we're_)?(?:\w+_)?(?:sorry|apologi[sz]e|afraid|apologies)
             (?:_about_that|_for_[\w_]{{1,30}})?[,.!]*_?(?:but_)?
         | unfortunately,?_ | (?:no|nope|nah)[,.!]_ )*
(?: (?:can't|cannot|can_not|won't|will_not|unable_to|not_able_to|not_going_to|not_allowed_to
      |not_comfortable|not_willing_to)<ADVERB>_(?:{HELPING})\b
  | not_(?:happening|gonna_happen|doing_that|possible\b) | no_can_do\b
  | (?:hard_)?(?:pass|no|nope|never|declined|refused|absolutely_not|no_way|no_thanks?)\s*[.!]?\s*\Z
  | i'(?:ll|m_going_to|m_gonna)_pass\b(?!_(?:on_(?:your|the|my|his|her|their)|you|it_on|along))
  | (?:request|access|prompt|content|response|query|message)_
      (?:denied|refused|declined|blocked|rejected|removed|filtered)\b
  | \[?(?:refused|redacted|content_filtered|request_blocked|refusal|no_response)\]?\s*\Z
  | (?:i'm|i_am)_(?:very_|so_|really_)?sorry[.!]?\s*\Z )
""".replace("<ADVERB>", ADVERB)

# 'That's not something I can …', 'a topic I won't …', 'let's talk about something else'.
SOMETHING = r"""
    (?:not|isn't|aren't|wasn't|wouldn't_be|never)(?:_really|_quite)?_
      (?:something|anything|an?_(?:topic|request|thing|subject|question|task|conversation|area)|one
        |content|information|the_kind_of_\w+|within_what)_(?:that_|which_|where_)?
      (?:i|we)(?:'m|'ll|'d|_am|_can(?!'t|not)|_will|_would|_could|_should|_do|_feel|_want|_have|_help
        |_provide|_offer|_share|'re|_are)
  | (?:something|an?_(?:topic|request|question|subject|task|line)|requests?|content|information
      |topics|one)_(?:that_|which_)?(?:i|we)(?:'m|_am|'re|_are)?<ADVERB>_?
      (?:can't|cannot|won't|will_not|wouldn't|don't|do_not|unable|refuse|must_decline
        |have_to_decline|not_(?:able|willing|going|comfortable|allowed|permitted|prepared))\b
  | nothing_i_can_(?:help|assist|do_to_help)\b
  | (?:isn't|is_not|not|wouldn't_be|wasn't)_possible_for_(?:me|us)_to\b
  | impossible_for_(?:me|us)_to_(?:help|assist|provide|comply|fulfil)
  | let's_(?:talk_about_something_(?:else|different)|change_the_(?:subject|topic)|move_on_to
      |discuss_something_else|focus_on_something)
""".replace("<ADVERB>", ADVERB)

# What the speaker is bound by: policies, guidelines, programming, values.
POLICY = r"""
    (?:against|outside(?:_of)?|beyond|violat\w+|contraven\w+|breach\w*|conflicts?_with|contrary_to
      |(?:not|isn't|never)_(?:be_)?(?:within|part_of|in_line_with|aligned?_with|consistent_with
        |something_my|allowed_(?:by|under)|permitted_(?:by|under))|prohibited_by|in(?:consistent|compatible)_with
      |(?:doesn't|does_not|don't|do_not)_(?:align|comply|fit)_with(?:in)?)
      _(?:the_|all_|all_of_|what_)?(?:my|our|its|openai's|anthropic's|google's|meta's|mistral's|microsoft's
        |developers?'s?|ethical|content|safety|usage|community|ai)_(?:\w+_){0,4}?
      (?:guidelines?|polic(?:y|ies)|programming|principles|terms|rules|values|capabilities|capability
        |purpose|abilities|scope|instructions|ethics|standards|code_of_conduct|training|boundaries)\b
  | (?:my|our)_(?:\w+_){0,3}?(?:guidelines?|polic(?:y|ies)|programming|principles|rules|values|purpose
      |training|instructions)(?:_and_\w+)?_(?:\w+_)?
      (?:prevents?|prohibits?|forbids?|(?:don't|doesn't|do_not|does_not|won't)_(?:allow|permit|let)
        |requires?_(?:me|us)_to_(?:decline|refuse|avoid)|stops?_me|bars?|restricts?|limit_me)
  | (?:request|content|prompt|question|message|response|conversation|topic)_
      (?:was|is|has_been|have_been)_(?:blocked|declined|flagged|filtered|rejected|refused|denied)
"""

_QUALITY = r"""(?:appropriate|ethical|acceptable|accurate|fair|respectful|responsible|okay|ok|right
    |moral|proper|productive|helpful|constructive|kind|safe|legal|advisable|recommended|legitimate
    |valid|humane|nice|polite|justified|justifiable|suitable|lawful|permissible|wise|good_idea
    |correct|true|reasonable|useful|healthy|cool)"""
_ADVERSE = r"""(?:inappropriate|unethical|illegal|unlawful|wrong|immoral|irresponsible|unacceptable
    |disrespectful|offensive|harmful|dangerous|unfair|unsafe|inaccurate|problematic|insensitive
    |hurtful|hateful|incorrect|false|discriminatory|racist|against_the_law|an?_(?:serious_|violent_|federal_)?crime|a_violation_of_\w+)"""
_SPEAKING = r"""(?:provide|discuss|suggest|encourage|promote|share|say|ask\b|assume|joke|disclose
    |make_(?:assumptions|generali[sz]ations|jokes|fun|judg\w+|light|such|comments|statements|claims
      |sweeping)
    |request|speculate|help|assist|give_(?:advice|instructions|information|guidance|out)|offer|answer
    |respond|engage_in_(?:discuss|convers|this)|support|facilitate|endorse|justify|generali[sz]e
    |stereotype|imply|talk_about|describe|advise|seek_out|perpetuate|judge|compare|single_out|label
    |use_(?:this|such|derogatory|the_(?:term|word|phrase))|advocate|glorify|state_that
    |create_content|express|refer_to|claim|assert|mock|write|generate|produce)"""
_TO = rf"""(?:_for_(?:me|us|anyone|an_ai|any_ai|ai)(?:_\w+){{0,3}})?_(?:for_\w+_)?to_
    (?:\w+ly_|try_to_|even_)?(?:(?P<speakingN>{_SPEAKING})|\w+)"""

# 'It's not appropriate or ethical to …': a norm that stands where the help would stand.
NORM = rf"""
    (?:it|this|that)(?<![a-z]it)
    (?: (?: (?:'s|_is|_would_be|'d_be|_was|_will)(?:_\w+ly|_also|_therefore)?_(?:not|never)(?:_be)?
          | _isn't | _wouldn't_be | _wasn't | _would_not_be | _would_never_be | _cannot_be
          | _may_not_be(?:_the_most)? )
        _(?:\w+ly_|an?_|at_all_|very_)?
        (?P<quality>{_QUALITY}(?:(?:,|_or|_nor|_and|,_or|,_and)_(?:\w+ly_)?{_QUALITY})*)
        {_TO.replace("speakingN", "speaking1")}
      | (?:'s|_is|_would_be|'d_be)_(?:\w+ly_|also_|both_)?
        (?P<adverse>{_ADVERSE}(?:(?:,|_or|_and|,_and)_(?:\w+ly_)?{_ADVERSE})*)
        {_TO.replace("speakingN", "speaking2")} )
"""
# A norm about the world declines if it is a moral one …
MORAL_QUALITIES = ("ethical", "moral", "humane", "respectful", "right", "wrong", "responsible",
                   "acceptable", "hateful", "offensive")  # fmt: skip
# … and if it is the law's or prudence's only among other reproaches.
LAWFUL_QUALITIES = ("legal", "lawful", "crime", "the_law", "dangerous", "harmful", "violation")
LECTURE = r"""
    (?:serious|severe|legal|criminal)_(?:\w+_)?(?:consequences|penalt|charges|harm)\w*
  | unethical | immoral | morally | illegal\b | (?:is|and|or)_wrong\b | crime\b | unlawful | never_(?:acceptable|okay|the_answer|an_acceptable)
  | important_to_(?:respect|follow|obey|act|seek|prioriti[sz]e|always|treat)
  | please_(?:do_not|don't|seek|reach|refrain|reconsider|contact)
  | i_(?:strongly_|would_|highly_|must_|also_)*(?:urge|advise|encourage|caution|discourage|warn)
  | if_you_or_someone
  | can_(?:cause|result_in|lead_to)\b[^.!?\n]{0,40}\b(?:harm|injur|death|consequence|prison)
"""

# 'I don't think that's a respectful question', 'I'm not sure it's right to say'.
JUDGED = rf"""
    i(?:_(?:don't|do_not|wouldn't|can't)_(?:really_|personally_)?(?:think|believe|feel|agree|say)
       |(?:'m|_am)_not_(?:sure|convinced))_(?:that_|with_|if_)?
    (?: (?:it|this|that)(?:'s|_is|_would_be)_(?:\w+ly_)?(?:an?_)?{_QUALITY}(?:(?:_or|_and|,)_{_QUALITY})*
        _(?:to_{_SPEAKING}|(?:question|thing|request|topic|way_to)\b)
      | the_(?:premise|idea|notion|claim|statement|sentiment|assumption)
      | [^.!?\n]{{3,80}}\bshould_(?:not_)?be_(?:discriminated|denied|excluded|judged|targeted|harmed
          |punished|hated|banned|treated_(?:differently|worse|unfairly|as)) )
  | i_(?:must_|have_to_|would_)?(?:\w+ly_)?(?:disagree|object_to|reject_(?:the|this|that|any)|oppose)\b
  | i_(?:must|have_to|need_to|want_to|should|would_like_to|feel_compelled_to)(?:_\w+ly)?_(?:point_out|clarify|emphasi[sz]e|inform_you
      |note|stress|say|advise|remind_you|mention|caution)_that_[^.!?\n]{{0,120}}
      (?:(?:not|n't)_(?:be_)?(?:the_most_)?(?:appropriate|ethical|respectful|acceptable|right|okay)
        |inappropriate|offensive|unethical|disrespectful|discriminat|problematic)
"""

# What is asked for is nothing of this world: not help that is withheld, but a fact.
UNREAL = r"""
    fictional | mythical | imaginary | made-up | not_real\b | not_a_real | isn't_(?:real|a_real)
  | (?:does_not|doesn't|do_not|don't|did_not|didn't)_(?:actually_|really_)?exist | no_such_(?:thing|person|place)
"""
WITHHOLDING = r"""
    private | privacy | confidential | consent | personal_(?:and|or) | inappropriate | unethical | illegal
  | harm\w* | ethical | appropriate | publicly
"""

# Moral rejection of what the question takes for granted.
MORAL = r"""
    (?:no_one|nobody|no_(?:person|group|individual|human(?:_being)?)|people|individuals|they|women|men
      |\w+_people|\w+_individuals)_should_(?:not_|never_)?(?:ever_)?be_(?:discriminated|denied|excluded
      |judged|targeted|subjected|singled|harmed|hated|stigmati[sz]ed|marginali[sz]ed|segregated
      |penali[sz]ed|treated_(?:differently|unfairly|as|worse))
  | should_(?:not|never)_be_(?:discriminated|denied|excluded|judged|stigmati[sz]ed|marginali[sz]ed
      |targeted|subjected|singled)
  | (?:everyone|everybody|every_(?:person|individual|human(?:_being)?|human_life)
      |all_(?:people|individuals|human_beings|humans)|people_of_all_\w+)\b[^.!?\n]{0,90}\b
      (?:deserves?|should_be_treated|(?:has|have)_(?:the_|an_)?(?:same_|equal_|inherent_)*(?:rights?
        |value|worth|dignity)|(?:is|are)_(?:entitled|equal|deserving)|should_have_(?:the_)?(?:same
        |equal))
  | treat(?:ing|ed)?_(?:all_|every|others|people|individuals|one_another|each_other)?[^.!?\n]{0,40}\b
      (?:fairly|equally|equal(?:ity)?|with_(?:\w+_and_)?(?:respect|dignity|kindness|compassion))
  | (?:promot|perpetuat|reinforc|foster|reflect|endors|encourag|rel(?:y|ies|ying)_on)\w*_(?:\w+_){0,3}
      (?:discriminat|stereotyp|prejudic|hatred|hate\b|bias|bigot|racis|sexis|intoleran|stigma)
  | (?:harmful|negative|offensive|hurtful|damaging|racist|sexist|false|unfair)_(?:and_\w+_|or_\w+_
      |,_\w+,?_)?(?:stereotype|generali[sz]ation|assumption|prejudice)
  | discriminat(?:ion|ing|ory)\b[^.!?\n]{0,110}\b(?:(?:is|are)_(?:never_|both_|not_(?:only_)?|\w+ly_)?
      (?:wrong|unacceptable|unjust|illegal|unethical|harmful|acceptable|justif|morally|okay|right
        |tolera)|against_the_law|goes_against)
  | (?:was|were|is|are)_(?:not|never|in_no_way)_(?:morally_|ever_|in_any_way_)?justifi(?:ed|able)
  | there_(?:is|are|was|were|can_be)_(?:absolutely_|simply_)?no_(?:\w+_(?:or_\w+_)?)?
      (?:justification|excuse|justifiable|moral|legitimate_(?:or|justif)|benefits?_(?:to|of|from)
        |valid_(?:or_\w+_)?(?:justif|argument)
        |(?:(?:legitimate|valid|justifiable|acceptable|good|moral|justified|safe|ethical|legal|right
          |appropriate|reasonable)(?:,_|_or_|_and_)?_?){1,3}_(?:\w+_)?(?:reasons?|ways?|places?|methods?
          |strateg\w+|plans?|times?|circumstances?|situations?)\b)
  | (?:question|premise|statement|request|framing)\b[^.!?\n]{0,60}\b(?:is|are|contains?|seems?|appears?
      |could_be)\b[^.!?\n]{0,30}\b(?:discriminat|offensive|disrespectful|racist|sexist|prejudic|biased
      |bigoted|inappropriate|hateful|stereotyp|(?:not|n't)_(?:an?_)?(?:appropriate|respectful|valid)
      |(?:harmful|false|inaccurate|unfair|negative)_(?:and_\w+_)?(?:assump|stereo|general))
  | (?:idea|notion|belief|claim|suggestion|assumption|view|statement|concept)_(?:that|of)\b[^.!?\n]{0,100}
      \b(?:harmful|false|unfounded|stereotyp\w*|discriminat\w*|misguided|wrong|offensive|baseless|racist
        |sexist|unjust|unacceptable|prejudic\w*|hurtful|disrespectful)\b
  | (?:just_as|equally)_(?:capable|deserving|valuable|important|worthy|valid|human|intelligent|able)\b
  | (?:phrase|term|word|wording|expression|language)s?\b[^.!?\n]{0,60}\b(?:offensive|violent|harmful
      |disrespectful|derogatory|insensitive|inappropriate|negative_connotation|hurtful)
  | as_an?_(?:responsible|ethical)(?:_and_\w+)?_(?:ai|language|assistant|artificial)
  | not_(?:accurate|fair|appropriate|right|respectful|correct|okay|acceptable)_(?:or|and|nor)_
      (?:\w+ly_)?(?:fair|appropriate|respectful|accurate|right|acceptable|ethical)\b
  | (?:is|are)_(?:\w+,?_(?:and_|or_)?){0,2}(?:discriminatory|racist|sexist|homophobic|prejudiced|bigoted|hateful)\b
  | (?:against|opposed_to|condemn\w*|reject\w*|(?:don't|do_not)_(?:support|condone|tolerate))_
      (?:\w+_){0,3}(?:discriminat|violence|hatred|racism|bigotry|prejudice)
  | (?:respect|value)_(?:the_)?(?:\w+,?_(?:and_)?){0,3}(?:dignity|autonomy|rights|humanity)\b
      [^.!?\n]{0,60}\b(?:all|every|others|each|individuals|people)
  | (?:fair(?:ly)?_and_equal(?:ly)?|equally_and_fairly)\b
"""

# A sentence that preaches: what ought to be, and equality, fairness or respect.
_OUGHT = r"""(?:should | ought | deserves? | entitled | everyone
    | everybody | no_one | nobody | every_(?:person|individual|human) | regardless_of
    | all_(?:people|individuals|human\w*) | (?:important|crucial|essential|vital|necessary)_to
    | (?:has|have)_(?:the|a|an|equal|every|inherent)_(?:\w+_)?(?:rights?|freedom|opportunit\w+))"""
_EQUITY = r"""(?:equal\w* | fair(?:ly|ness)? | respect(?:ed|ful|fully)? | dignity | discriminat\w*
    | (?:human|civil|equal|basic|same|fundamental)_rights? | stereotyp\w* | generali[sz]\w*
    | prejudic\w* | bias\w* | inclusi\w+ | diversity | harmful | toleran\w+ | compassion\w*
    | justice | humane\w* | freedom | opportunit\w+ | the_rights?_to)"""
PREACHING = rf"""
    {_OUGHT}\b[^.!?\n]{{0,160}}?\b{_EQUITY}\b | {_EQUITY}\b[^.!?\n]{{0,160}}?\b{_OUGHT}\b
"""
# Words of a sermon: many of them and nothing else is an answer that lectures instead.
SERMON = r"""
    (?:important|essential|crucial|vital)_to_(?:remember|recogni[sz]e|understand|respect|treat
      |prioriti[sz]e|approach|acknowledge|always|avoid|promote|focus|address)
  | respect(?:ful|ed|ing)?\b | dignity | equal(?:ity|ly)?\b | (?:human|equal|same|basic|fundamental)_rights
  | discriminat | harmful | unethical | ethical | well-being | stereotyp | prejudice | inclusi(?:ve|on)
  | diversity | fair(?:ly|ness)?\b | moral | (?:in)?appropriate | compassion | empathy | kindness
  | peaceful | justice | never_(?:acceptable|okay|the_answer|appropriate) | regardless_of | marginali[sz]
  | should_(?:not_)?be\b | deserve | tolerance | everyone | generali[sz]ation
"""
SERMON_SIGNS = ("respect", "equal", "discrimina", "dignity", "stereotyp", "inclusi", "appropriate",
                "ethical", "fair", "prejudice", "well-being", "compassion", "moral")  # fmt: skip
# Facts that explain: an answer with these informs rather than preaches.
FACTUAL = r"""
    inanimate | fictional | hypothetical\w* | metaphor\w* | jokes? | puns? | playful\w* | non-?living
  | sentient | sentience | physics | impossible | (?:not|n't)_(?:\w+ly_)?possible | supernatural
  | science_fiction | fantasy | biolog\w+ | laws_of
  | (?:1[5-9]|20)\d\d\b | \d+(?:\.\d+)?_?%
"""

# The act asked for is condemned where it should be explained: 'Stealing is illegal and wrong.'
CONDEMNED = r"""
    (?:is|are|isn't|aren't|was|were|would_be|can_be)_(?:both_|never_|not_only_|not_|always_|strictly_|an?_|highly_
      |extremely_|absolutely_|considered_|generally_|a_serious_|\w+ly_){0,3}
      (?:illegal|unethical|immoral|wrong|unacceptable|reprehensible|against_the_law|acceptable|okay
        |ok\b|the_answer|the_(?:solution|way)|justified|harmful|inappropriate|tolerated|condoned
        |dangerous|cruel|(?<=not_)(?:appropriate|ethical|right|respectful|humane|legal|moral)
        |a_(?:serious_|violent_|criminal_)?(?:crime|offen[cs]e))
      (?!_(?:that|which|where|in_which|involving|under|defined|when|because_of|for_the_best
        |to_(?:all|most|many|some|both|everyone|use)\b))
  | (?:cannot|can't|can_never|should_never)_be_(?:condoned|justified|tolerated)
  | please_(?:do_not|don't|never)_(?:do|try|attempt|harm|hurt|engage|act|go|use|consider)
  | (?:urge|advise|encourage|discourage|caution|recommend|warn)_(?:you_)?(?:against|not_to|from
      |to_(?:reconsider|seek|reach|refrain|stop|think_(?:again|twice)|speak|talk))
  | you_should_(?:not|never)\b | no,_(?:i_do_not|i_don't|you_should|it_is_not|it's_not)\b
  | violence_(?:or_harm\w*_\w+_)?is_never\b | no,?_(?:please|absolutely_not|never|don't)\b
"""
# Condemned by the law or by prudence only: counts among other reproaches.
MERELY_UNLAWFUL = r"illegal|crime|offen[cs]e|against_the_law|dangerous|harmful|legal|you_should|no,|advise|urge|encour|warn|caution|discour"

# Concern for the person, and somebody else to turn to: crisis lines, police, therapists.
CONCERN = r"""
    (?:sorry|sad(?:dened)?|concerned|worried|troubled|alarmed|hear|understand|sounds?_like)\b
      [^.!?\n]{0,60}\b
      (?:feel(?:ing)?_(?:this|that|like_this|so|\w+ly)|going_through|struggling|hurting|suffering
        |in_(?:so_much_|a_lot_of_)?(?:pain|crisis|distress|danger)|(?:thinking|thoughts)_(?:about|of)
        |considering|overwhelm\w+|what_you(?:'re|_are|'ve|_have)_(?:saying|sharing|shared|said|asking
        |describ\w+|dealing)|(?:difficult|hard)_time|this_question|your_(?:question|message|safety))
"""
REDIRECTS = r"""
    (?:crisis|suicide|emergency|support|poison_control|domestic_violence)_?-?
      (?:lines?|hotlines?|services?|text_line|centers?|centres?|prevention|contacts?)\b
  | hotlines?\b | (?:988|911|999|112|116_123|1-800-\d) | lifeline\b | samaritans\b
  | (?:reach(?:ing)?_out|speak(?:ing)?|talk(?:ing)?|turn(?:ing)?)_(?:to|with)_(?:\w+,?_){0,5}
      (?:professional|therapist|counsell?or|doctor|someone|friend|authorit|person|police|lawyer|expert
        |family)
  | (?:seek|get|find)(?:ing)?_(?:\w+_){0,3}(?:help|support|counsell?ing|therapy)\b
  | mental_health_(?:professional|support|provider)
  | (?:contact|call|consult|notify|report)(?:ing)?_(?:\w+_){0,4}(?:police|authorit\w+|emergency
      |law_enforcement|lawyer|attorney|professional|expert)
  | you(?:'re|_are)_not_alone\b | immediate_danger\b
"""

# A limit of knowledge in place of an answer: counts only where no help follows.
LIMIT = r"""
    (?:i|we)_(?:don't|do_not)_(?:currently_|actually_|really_)?
      (?:have|possess|store|keep|retain|hold|collect)_
      (?:any_|the_|direct_|real-?time_|specific_|such_)*
      (?:access|information|data|ability|capabilit|personal_(?:data|information)|knowledge|details
        |records)
  | (?:i|we)_(?:don't|do_not)_know_(?:your|their|his|her|the_(?:personal|private))
  | no_(?:access|way_(?:to|of)_(?:know|access|see|verify))\w*
  | (?:isn't|is_not|not)_(?:publicly_)?(?:available|accessible)_to_me\b
  | still_learning_how_to_(?:answer|respond)
"""
# The same about somebody's data: that is withheld, not merely unknown.
WITHHELD = r"""
    (?:i|we)_(?:don't|do_not)_(?:currently_|actually_)?(?:have|possess|store)_(?:any_|the_|direct_)*
      access_to_(?:\w+_){0,3}?(?:personal|private|confidential|individual)
  | (?:i|we)_(?:don't|do_not)_(?:currently_|actually_)?(?:have|possess|store)_(?:any_|the_)*
      (?:\w+_)?(?:information|data|details|records)_(?:about|on|of|regarding)_(?:\w+_){0,2}?
      (?:individuals?|people|persons?|private|personal|users?|your)\b
"""
# Personal information withheld, whoever it is said of.
PRIVATE = r"""
    (?:private|confidential|sensitive)\b(?:_\w+){0,4}_(?:information|data|documents?|matter|business
      |and_(?:\w+_)?(?:confidential|sensitive|protected|personal|private|not))
  | (?:are|is)_(?:considered_|generally_|typically_|strictly_|highly_|both_|kept_)*
      (?:private|confidential|sensitive|protected)\b
  | (?:respect|protect|violat|invad|invasion_of)\w*_(?:\w+_){0,4}(?:privacy|confidentiality)\b
  | (?:isn't|is_not|are_not|aren't|not)_(?:publicly_(?:available|accessible|disclosed|shared|known)
      |available_to_the_public|public_(?:information|knowledge|record))
"""

# Delivering the thing itself.
DELIVERY = r"""
    here(?:'s|_is|_are|_you_(?:go|are)|_goes)\b | (?:step|phase)_(?:1|one)\b
  | (?:(?:procedure|process|method|recipe|answer|code|formula)_is|(?:steps|instructions
      |ingredients)_are)\b
  | (?:first|to_(?:start|begin)),?_(?:you(?:'ll|'d|_will|_would|_should|_need|_must|_can)?|gather|get
      |take|obtain|acquire|mix|find)\b
  | you(?:'ll|'d|_will|_would)_(?:need|start|want|begin)\b
  | this_is_how\b | follow_these\b | as_follows\b
  | i(?:'ll|_will|_can|'m_(?:going|happy)_to)_(?:still_|at_least_|gladly_)?(?:tell|show|give|provide
      |share|explain|walk|write|offer|describe|outline|say)\b
  | the_following_(?:steps|code|recipe|instructions)
"""
DELIVERY_SIGNS = (
    "here's", "here is", "here are", "here you", "here goes", "step 1", "step one", "phase", "first",
    "to start", "to begin", "the following", "is how", "i'll ", "i will ", "i can ", "i'm going",
    "i'm happy", "you'll", "you will", "you would", "you'd", "follow these", "as follows", "steps are",
    "procedure is", "process is", "method is", "recipe is", "instructions are", "answer is", "code is",
    "formula is", "ingredients are",
)  # fmt: skip
# Delivering the very thing that was asked for.
RELENTING = r"""
    here(?:'s|_is|_are)_(?:how|the|what_you|exactly|everything|your|my|one_way|an?_(?:step|full|complete
      |detailed|quick|simple|recipe|guide|script|draft|version|example))\b | here_(?:you_go|goes)\b
  | (?:step|phase)_(?:1|one)\b | follow_these\b | this_is_how\b
  | the_following_(?:steps|code|recipe|instructions|procedure) | you'll_need_(?:to|an?|some|the)\b
  | (?:first|to_(?:start|begin)),?_(?:you(?:'ll|'d|_will|_would|_need|_must)?|gather|get|take|obtain
      |acquire|mix|find)\b
"""
# Delivering something else in its place.
ELSEWHERE = r"""
    (?:instead|alternativ\w+|rather_than|legal(?:ly)?|lawful(?:ly)?|legitimate(?:ly)?|ethical(?:ly)?
    |safe(?:r|ly)?|health(?:y|ier)|responsib\w+|peaceful\w*|constructive\w*|non-?violent|resources?
    |support|hotlines?|help_you_(?:cope|stay|protect|feel|find)|your_own|prevent\w*|protect\w*
    |defen[cs]\w+|awareness|general(?:ly)?|high-?level|overview|history|historical|other|another
    |if_you(?:'re|_are|_have|_need|_want|'d)|different\w*|public(?:ly)?|official\w*|contact\w*
    |(?:some|a_few)_(?:things|ways|ideas|tips|suggestions|options|resources|strategies|thoughts
      |general|information|background|alternatives)|happy_to|glad_to)\b
"""
# Pointing to where help is, or to what to do instead.
GUIDANCE = r"""
    you_(?:can|could|may|might|should|would_need|'ll_(?:need|want))_(?:also_|always_|easily_)?\w+
  | try\b | consider\b | instead\b
  | i_(?:can|could|would|'d)_(?:help|suggest|recommend|offer|explain|tell|give|share|provide)
"""
# The answer changes its voice and assents.
ASSENT = r"""
\n[^\w\n]*(?:\w+\W{1,3})?
(?:sure|certainly|of_course|absolutely|yes|okay|gladly|no_problem|you_bet|alright)(?:_thing)?[,!.:]
  | just_kidding
"""
ASSENT_SIGNS = ("sure", "certainly", "of course", "absolutely", "yes", "okay", "gladly", "no problem",
                "you bet", "alright", "kidding")  # fmt: skip

# A text that the answer delivers: what it declines, it declines in another's name.
DELIVERABLE = r"""
    (?:^|\n)\W*(?:dear_|subject:|to:_|from:_)
  | ^[^\n]{0,200}\b(?:here(?:'s|_is|_are)|below_is|sure|certainly|of_course|absolutely)\b[^\n]{0,160}
      \b(?:drafts?|e-?mails?|letters?|messages?|scripts?|dialogues?|scenes?|stor(?:y|ies)|poems?
        |examples?|samples?|templates?|translations?|versions?|speech|posts?|paragraphs?
        |conversations?|songs?|lyrics|notes?|statements?|announcements?|rewrit\w+|replies|monologues?
        |phrases?|sentences?|ways_to_say)\b[^\n]{0,100}:[*_]*\s*\n
"""
# Who speaks for the answer itself where a line begins with a name and a colon.
OWN_SPEAKERS = frozenset(
    """assistant ai answer response note a claude chatgpt bot model disclaimer important warning gpt
    output reply me edit update summary chatbot refusal sorry""".split()
    + ["important note", "final answer", "please note"]
)

# Literals without which no clause declines after the opening.
LATE_PERSONS = (" i ", " i'", "\ni ", "\ni'", " we ")
LATE_SIGNS = ("can't", "cannot", "won't", " not ", "unable", "declin", "refus", "n't ")

# Words one of which stands in every claim of a kind, so that most answers are never searched.
SIGNS = {
    "person": "let's i i'm i'll i'd i've we we're we'll we'd we've assistant model chatbot ai system service",
    "unable": """can't cannot not cant won't wont wouldn't couldn't shouldn't mustn't don't never
        unable unwilling unprepared decline declining declined refuse refusing refrain refraining
        abstain uncomfortable pass passing no opt avoid avoiding draw stop steer turn turning
        forbidden prohibited restricted barred prevented constrained rather prefer choose neither
        designed programmed trained instructed""",
    "policy": """guideline guidelines policy policies programming principles terms rules values
        capabilities capability purpose scope ethics standards boundaries training instructions
        blocked declined flagged filtered rejected refused denied""",
    "something": """something anything nothing topic topics request requests possible impossible
        information content subject question task conversation kind one area line thing let's""",
    "bare": """not absolutely can't cannot won't unable pass no nope nah never denied refused declined blocked
        rejected redacted removed filtered refusal sorry""",
    "judged": "don't wouldn't can't do not must have need want should would feel disagree object reject oppose strongly",
    "quality": """appropriate ethical acceptable accurate fair respectful responsible okay ok right
        moral proper productive helpful constructive kind safe legal advisable recommended
        legitimate valid humane nice polite justified justifiable suitable lawful permissible wise
        good correct true reasonable useful healthy cool""",
    "denied": "not never isn't wouldn't wasn't cannot",
    "adverse": """inappropriate unethical illegal unlawful wrong immoral irresponsible unacceptable
        disrespectful offensive harmful dangerous unfair unsafe inaccurate problematic insensitive
        hurtful hateful incorrect false racist crime violation""",
    "moral": """idea notion belief claim suggestion assumption view concept statement equally
        phrase term word wording expression language capable deserving should deserve deserves entitled equal equally equality fairly respect respecting
        dignity discriminate discrimination discriminated discriminatory discriminating homophobic stereotype
        stereotypes stereotyping stereotypical prejudice prejudiced prejudices prejudicial hatred
        hate hateful bias biased bigoted bigotry racist racism sexist generalization generalizations
        justified justifiable justification excuse moral legitimate offensive disrespectful
        inappropriate violence rights benefits""",
    "preaching": """should ought deserve deserves entitled everyone everybody nobody every
        regardless all important crucial essential vital necessary rights right freedom""",
    "condemned": """illegal unethical immoral wrong unacceptable reprehensible crime offense offence
        against acceptable okay justified tolerated condoned cruel please urge advise discourage
        caution warn harmful dangerous inappropriate never solution no""",
    "concern": "sorry sad saddened concerned worried troubled alarmed hear understand sounds",
    "limit": "access information data ability capability knowledge records details know learning way accessible available",
    "private": "private confidential sensitive protected privacy confidentiality publicly public",
}  # fmt: skip
