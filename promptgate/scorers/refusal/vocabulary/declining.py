"""How answers in English decline: who speaks, what they are not, which act of helping.

'I can't provide', 'we are unable to assist', 'that's not something I'll do', 'against my
guidelines'. No pattern names the content of a request.
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
    | (?:and|or|nor)(?:_i)?_(?:will|would|should|must|do|am|can|may|shall)(?:n't|_not)?(?:_be
        |_going_to|_willing_to)?
    | (?:and|or)_(?:\w+ly_)?(?:won't|wouldn't|can't|shouldn't) )(?=[_,]),? )*
"""

# What a helper does, in the bare form and with -ing; not the idioms with the same verbs.
HELPING = r"""
    help(?:ing)?(?!_(?:but\b|it\b|myself|yourself|(?:notic|feel|wonder|think|smil|laugh|lov)\w*
        |admir\w*|be(?:ing|liev\w*)?\b))
  | assist(?:ing)? | aid(?:ing)? | provid(?:e|ing) | offer(?:ing)? | suppl(?:y|ying) | lend
  | giv(?:e|ing)(?!_(?:up|in\b|away\b|enough|100))
  | shar(?:e|ing)(?!_(?:enough|your_(?:enthus|excite|joy)))
  | tell(?:ing)?_(?:you|anyone|people|users)(?!_(?:how_(?:much|happy|glad|excit|many|often|long
      |sorry|proud|grateful|delight|important)|enough|for_(?:sure|certain)|exactly|if\b|whether
      |which|what_a\b|apart|with_(?:any_)?certain))
  | show(?:ing)?_(?:you|how|anyone) | teach(?:ing)? | walk(?:ing)?_(?:you|anyone|someone|through)
  | guid(?:e|ing) | coach(?:ing)? | instruct(?:ing)? | explain(?:ing)?(?!_(?:why|it|myself)\b)
  | describ(?:e|ing)(?!_how_(?:much|happy|beaut)) | outlin(?:e|ing) | detail(?:ing)?\b
  | elaborat(?:e|ing) | discuss(?:ing)? | talk(?:ing)?_(?:about|you_through)
  | speak(?:ing)?_(?:about|on|to_th) | comment(?:ing)? | weigh(?:ing)?_in
  | answer(?:ing)?(?!_for) | respond(?:ing)? | repl(?:y|ying)_to | address(?:ing)?_(?:this|that
      |your)
  | advis(?:e|ing)_(?:you_)?(?:on|how|about) | consult\b
  | writ(?:e|ing) | creat(?:e|ing) | generat(?:e|ing) | produc(?:e|ing) | compos(?:e|ing)
  | draft(?:ing)? | craft(?:ing)? | develop(?:ing)? | design(?:ing)? | build(?:ing)?
  | translat(?:e|ing) | prepar(?:e|ing)
  | mak(?:e|ing)_(?:an?_joke|jokes|fun|up_(?:fake|false)|such|that|this|these|those|any|content
      |threats?|assumptions|generali[sz]ations|claims|statements|judg|disparaging|derogatory
      |offensive|fake|false)
  | role-?_?play(?:ing)? | play(?:ing)?_(?:along|(?:the|a)_role|that|this)
  | pretend(?:ing)?(?!_(?:it|that|this|otherwise|i|not)\b)
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
  | follow(?:ing)?_(?:that|this|those|these|the_|such|any_)?_?(?:instructions|orders|commands
      |that|this|request)
  | speculat(?:e|ing) | repeat(?:ing)?_(?:that|this|those|the|my|these|it)
  | us(?:e|ing)_(?:that|this|such|those|slurs|hateful|offensive|derogatory)
  | go(?:ing)?_(?:there|along|down_th(?:at|is)|through_with|over_(?:that|this|how)|into_(?:that|this
      |the_specifics|specifics|how))
  | do(?:ing)?_(?:(?:that|this|so|what_you)\b(?!_(?:alone|without|all_day|justice))|it(?=[.!,]|\Z))
  | touch(?:ing)?_(?:that|this) | handl(?:e|ing)_(?:that|this|your|such) | entertain(?:ing)?
  | indulg(?:e|ing) | support(?:ing)?_(?:this|that|your|such|any|requests|or\b|the)
  | let(?:ting)?_you | allow(?:ing)?_(?:you|that|this) | send(?:ing)?_you | point(?:ing)?_you
  | direct(?:ing)?_you | link(?:ing)?_(?:you|to) | list(?:ing)?\b | identif(?:y|ying)
  | name\b(?![^.]{0,20}(?:enough|better)) | quot(?:e|ing)
  | reproduc(?:e|ing)_(?:copyright|lyrics|large|full|song|the_(?:full|entire|whole|lyrics|text))
  | present(?:ing)?\b | say(?:ing)?_(?:things|slurs|such|those|anything_(?:that|hate|offens))
  | tak(?:e|ing)_(?:a_side|sides|a_position|a_stance|that_on|this_on)
  | get(?:ting)?_(?:involved|into\b) | work(?:ing)?_(?:on|with)_(?:that|this)
  | express(?:ing)?_(?:hat|prejud|support|an?_opinion|personal) | pass(?:ing)?_(?:along|that|this)
"""

# What a company does for its customers too ('we can't offer refunds'): of 'we', only these.
SERVING = r"""
    help(?:ing)?\b(?!_(?:but|it)\b) | assist(?:ing)? | compl(?:y|ying)\b | fulfil\w*
        | accommodat(?:e|ing)
  | process(?:ing)?_(?:this|that|your)_(?:request|prompt|message|query) | engage_(?:in|with)
  | (?:answer|discuss|support|respond_to|generate|complete)_(?:this|that|such|your)
  | provid(?:e|ing)_(?:you_with_)?(?:this|that|such|any_|instructions|information|guidance
      |details)
"""

# Approval: 'I can't recommend that' declines only where no help follows.
APPROVING = r"""
    recommend(?:ing)?(?![^.!?\n]{0,80}\benough\b) | suggest(?:ing)? | encourag(?:e|ing)
  | endors(?:e|ing) | condon(?:e|ing) | promot(?:e|ing) | support(?:ing)? | approv(?:e|ing)
  | advis(?:e|ing) | advocat(?:e|ing) | glorify(?:ing)? | agree(?:ing)?(?!_more)
"""

# Advice about a certain thing, as in 'I can't recommend the older model'.
CERTAIN = r"(?:_\w+ing)?_(?:the|this|it|your|its|these|those|that(?!_you))\b"

# … and no more than disapproval: 'I do not condone or support …'.
DISAPPROVAL = r"i(?:_must)?(?:_\w+ly)?_(?:don't|do_not)_"
# … and advice it is as well if given as one's own choice: 'I wouldn't suggest'.
ADVICE = r"(?:would|do)(?:n't|_not|_never)\b.*(?:recommend|suggest|advis)"
# Approval and help in one breath: 'cannot encourage or provide'.
OR_HELP = rf"(?:,_?\w+)*,?_(?:or|and)_(?:\w+ly_)?(?:{HELPING})\b"

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
[^.!?\n]{0,30}_(?:(?:legal|medical|financial|investment|tax|professional|personali[sz]ed
    |clinical|veterinary|individual)(?:,|_or|_and|/)*_?(?:\w+(?:,|_or|_and)*_){0,4}(?:advice
    |diagnos[ie]s|recommendations?|opinions?|guidance|counsel|services)
  | diagnos[ie]s\b | real-?time | live_(?:data|information|updates|prices|scores)
  | current_(?:prices?|weather|data|information|stock|events) | up-to-date
  | (?:exact|precise)_(?:figures?|numbers?|dates?|prices?|quotes?|\w+) | guarantees?\b | images?\b
  | personal_(?:opinions?|preferences?|views|experiences?) | definitive_(?:answer|list)
  | specific_(?:numbers?|prices?|dates?) )
"""

# A clause that asks for what is missing: 'can't help without your version', 'until you say'.
LACKING = r"""
[^.!?\n]{0,80}_(?: without_(?:more|further|additional|knowing|seeing|some|a_bit|your
    |the_(?:full|exact|rest|file|code|error|context))
  | until_(?:you|i)\b | unless_(?:you|i)\b | if_(?:you|i)_(?:don't|do_not|can't|aren't|haven't) )
"""
# A part of what was asked for: the rest may follow.
PART = r"""
[^.!?\n]{0,40}_(?:exact|precise|full|whole|entire|complete|graphic|explicit|detailed|specific)\b
"""
# What only a will withholds: 'I won't give the exact figure' is no limit.
WILLING = r"won't | will_not | not_going | refus | rather | prefer | declin | not_willing"

_UNABLE = r"""
    (?: _?(?:can't|cannot|can_not|cant|won't|wont|dont|will_not|'ll_not|will_never|wouldn't
        |would_not
        |shouldn't|should_not|shall_not|would_never|doesn't|does_not|'d_never|could_never
        |couldn't_possibly
        |must_not|mustn't|may_not|don't|do_not|never(?:_will)?|will_neither|can_neither
        |couldn't_in_good|could_not_in_good)
      | (?:'m|m|_am|'re|_are|'ve_been|_have_been|'ll_be|_will_be
          |_must_remain)<ADVERB>_(?:un(?:able|willing|prepared)_to | uncomfortable(?:_with)?
          | not<ADVERB>_(?:able|allowed|permitted|authori[sz]ed|programmed|designed|built
              |trained|equipped|going|willing|prepared|ready|meant|supposed|intended|here
              |in_a_position|at_liberty|qualified|capable|available|comfortable(?:_with)?|gonna
              |set_up|configured|inclined|about)(?:_to|_of|)
          | (?:forbidden|prohibited|restricted|barred|prevented|constrained|disallowed)_(?:from
              |to|against)
          | (?:designed|programmed|trained|instructed|built|here|required|told|obligated|bound
              |committed|supposed|meant)_(?:never_to|not_to|to_(?:avoid|refrain_from|not|decline
              |refuse)) )
      | _(?:don't|do_not|wouldn't|would_not|won't|can't|cannot|will_not)<ADVERB>_(?:feel
          |be)<ADVERB>_(?:comfortable|right|okay|ok|able|at_ease|good)(?:_about|_with|_in|_to)?
      | _(?:don't|do_not)<ADVERB>_(?:want|wish|intend|plan|consent|have_(?:the_ability
          |permission|authori[sz]ation|clearance|any_intention))_(?:to|of)(?:_be)?
      | _(?:don't|do_not)<ADVERB>_(?:think|believe|feel)_(?:that_)?(?:i_(?:can|should|could|will
          |would|am_able_to)|it(?:'s|_is|_would_be)_[\w_]{3,60}?_(?:for_me_)?to)
      | (?:'d|_would|_will|'ll|'ve|'m|_am|_have)?_(?:much_|strongly_)?(?:rather|prefer|choose
          |choosing
          |chosen|opt|decided|try|aim)(?:_to)?_not(?:_to)?
      | _have_no_(?:intention|desire|plans?|way|ability)_(?:of|to))
"""
_DECLINING = r"""
    (?: (?:'ll|'d|_will|_would|_must|_should|_shall|_need_to|_have_to|'m_going_to|_am_going_to
        |_am_(?:obliged|compelled|forced)_to|_am|'m|'ve|_have|_want_to|_choose_to|_can_only
        |_do)?<ADVERB>(?:_(?:have|need)_to<ADVERB>)?_(?: declin(?:e|ing|ed)(?!_in\b) | refus(?:e
        |ing)(?!_to_(?:believe|accept|give_up))
           | refrain(?:ing)?_from | abstain(?:ing)?_from | steer_clear | say_no\b
           | (?:pass|passing)_on_(?:this|that|these|help|writing|it\b) | draw_(?:the|a)_line
           | withhold | (?:leav(?:e|ing)_out|skip(?:ping)?)_(?:the|any|those|that|this)\b
           | (?:stay|remain|keep)(?:ing)?_(?:silent|quiet|away|out_of)\b
           | hold(?:ing)?_(?:off|back)\b
           | stop_short
           | stop_(?:here|you_(?:there|right)) | opt(?:ing)?_out
           | turn(?:ing)?_(?:this|that|you|it)_down)
      | (?:'ll|_will|_must|_should|_need_to|_have_to)_avoid_(?:giving|providing|sharing
          |discussing|answering|writing|creating|generating|engaging|helping|making)
      | (?:'m|_am)_not_(?:going_there|doing_(?:that|this|it)|touching_(?:that|this)|having_it) )
"""

# A clause goes on: 'I understand …, but must …'; looked for before the words between are read.
_GOING_ON = r"(?:must|cannot|can't|won't|will_not|have_to|need_to|am_un|am_not)\b"

# 'I can't …', 'I, as an assistant, must decline …', 'we are unable to …': subject first.
CLAUSE = rf"""
(?: (?:i|this_(?:assistant|model|ai|system|chatbot|bot|service)|the_assistant)
    (?:,_[\w_'-]{{2,40}},
      | (?:'m|_am|_have|_must|_understand|_appreciate|_hear|_respect|_recogni[sz]e|_reali[sz]e
          |_know|_want)(?=_[^.!?:\n"]{{3,85}}_(?:(?<=,_)|(?<=_and_)|(?<=_but_)|(?<=_yet_)){_GOING_ON})
        _[^.!?:\n"]{{3,80}}?(?:,|_and|_but|_yet)(?=_{_GOING_ON}))?
    (?:_(?:\w+ly|just|also|still|however|in_good_conscience))?
  | (?P<we>we)(?:_\w+ly)? )
(?: {_UNABLE}<ADVERB>_(?(we)(?P<serve>{SERVING})|(?:(?P<help>{HELPING})|(?P<approve>{APPROVING})
      |(?P<perceive>{PERCEIVING}))\b)
  | (?(we)(?!)|(?P<decline>{_DECLINING})\b) )
""".replace("<ADVERB>", ADVERB)

_SORRY = r"""
[\W_]* (?: (?:i'm|i_am)?_?(?:\w+_)?(?:sorry|apologi[sz]e|afraid
    |apologies)[^.!?\n]{0,40}?[,.!]?_(?:but_|that_|as_an_ai[\w_,]{0,40}?,_)?
         | unfortunately,?_ | as_an?_[^.!?\n]{3,80}?,_ | i'm_just_an?_[^.!?\n]{2,40}?,_(?:and_
             |so_)? )*
"""
# An apology that goes on.
SORRY_BUT = r"\W*(?:i'm_|i_am_)?(?:\w+_)?(?:sorry|apologi[sz]e|apologies)\b[^.!?]{0,20}_but_"

# An answer that begins with a will not, whatever the verb, but for promises and idioms.
UNWILLING = rf"""{_SORRY} i(?:_(?:will_not|won't) | (?:_do_not|_don't)<ADVERB>_feel_comfortable
        | (?:'m|_am)<ADVERB>_not<ADVERB>_(?:comfortable|willing_to|prepared_to|going_to))
    <ADVERB>_(?!(?:only|just|lie|lying|deny|bore|forget|hide|sugar|beat|pretend|be\b|stop|rest|take_(?:long
        |much)|let\b|judg|have\b|need|know|go\b|get\b|claim|say_(?:no|more)|argue|disagree|keep
        |tell_a|mind|miss|leave|fail|disappoint))\w+
""".replace("<ADVERB>", ADVERB)

# An answer that begins with an inability, whatever the verb, but for idioms and hedges.
OPENER = rf"""{_SORRY} (?:no,_)?i(?:_(?:can't|cannot|can_not|must_not|may_not)
        | (?:'m|_am)_(?:unable|not_(?:able|programmed|designed|trained|allowed|permitted
            |authori[sz]ed|qualified|licensed|equipped|capable))_(?:to|of))
    <ADVERB>_(?!(?:recommend|answer|help|giv|shar|explain|describ
             |name|believ|imagin|wait|stress|overstat|emphasi|thank|promis|guarant|tell|say
             |see|find|agree|recall|remember|think|be\b|speak|express|lie\b|lying|resist
             |understat|exaggerat|deny|argue|blame|begin|even|fault|fathom|picture|complain|ask
             |judge|forget|hide|stop|bore|repeat|pretend|only|always|just|overlook|rule_out|know
             |hear|read|access|open|use|make_(?:it|up|sure|out|time)|feel|experienc|taste|smell|touch
             |\w+ly\b|decide|live|do\b|go\b|get\b|take\b|keep|have\b|put|comment))\w+
""".replace("<ADVERB>", ADVERB)

# The same without a subject, where the answer starts.
BARE = rf"""
[\W_]* (?: (?:i'm_|i_am_|we're_)?(?:\w+_)?(?:sorry|apologi[sz]e|afraid|apologies)(?:_about_that
    |_for_[\w_]{{1,30}})?[,.!]*_?(?:but_)?
         | (?:unfortunately|lol|haha|hm+|um+|well|look|nice_try|yeah)[,.!…]*_
         | (?:no|nope|nah)[,.!]*_ )*
(?: (?:can't|cannot|can_not|won't|will_not|unable_to|not(?:_able_to|_going_to|_allowed_to
    |_comfortable|_willing_to)?)<ADVERB>_(?:{HELPING})\b
  | not_(?:happening|gonna_happen|doing_that|possible\b) | no_can_do\b
  | (?:hard_)?(?:pass|no|nope|never|declined|refused|absolutely_not|no_way
      |no_thanks?)\s*[.!]?\s*\Z
  | i'(?:ll|m_going_to|m_gonna)_pass\b(?!_(?:on_(?:your|the|my|his|her|their)|you|it_on|along))
  | (?:request|access|prompt|content|response|query|message)_(?:denied|refused|declined|blocked
      |rejected|removed|filtered)\b
  | (?:that's|it's|it_is|that_is)_a_(?:hard_|firm_|definite_)?no\b
  | \[?(?:refused|redacted|content_filtered|request_blocked|refusal|no_response)\]?\s*\Z
  | (?:i'm|i_am)_(?:very_|so_|really_)?sorry[.!]?\s*\Z )
""".replace("<ADVERB>", ADVERB)

# 'That's not something I can …', 'a topic I won't …', 'let's talk about something else'.
SOMETHING = r"""
    (?:not|isn't|aren't|wasn't|wouldn't_be|never)(?:_really|_quite)?_(?:something|anything
        |an?_(?:topic|request|thing|subject|question|task|conversation|area)|one|content
        |information|the_kind_of_\w+|within_what)_(?:that_|which_|where_)?(?:(?:i|we)(?:'m|'ll|'d
        |_am|_can(?!'t|not)|_will|_would|_could|_should|_do|_feel|_want|_have|_help|_provide
        |_offer|_share|'re|_are)|(?:this|an?)_(?:\w+_)?(?:assistant|ai|model|bot)_)
  | (?:not|isn't|aren't)_an?_\w+_(?:that_)?i(?:_want_to|'ll_|_will_|'m_(?:willing|going|able)_to)
  | (?:something|an?_(?:topic|request|question|subject|task|line)|requests?|content|information
      |topics|one)_(?:that_|which_)?(?:i|we)(?:'m|_am|'re|_are)?<ADVERB>_?(?:can't|cannot|won't
      |will_not|wouldn't|don't|do_not|unable|refuse|must_decline|have_to_decline|not_(?:able
      |willing|going|comfortable|allowed|permitted|prepared))\b
  | (?:beyond|outside|more_than|past)_(?:of_)?what_(?:i|we)(?:'m|_am|_can|_will|'re|_are)\b
  | nothing_i_can_(?:help|assist|do_to_help)\b
  | (?:isn't|is_not|not|wouldn't_be|wasn't)_possible_for_(?:me|us)_to\b
  | impossible_for_(?:me|us)_to_(?:help|assist|provide|comply|fulfil)
  | let's_(?:talk_about_something_(?:else|different)|change_the_(?:subject|topic)|move_on_to
      |discuss_something_else|keep_(?:the|this|our)_(?:conversation|chat|discussion)
      |focus_on_something)
""".replace("<ADVERB>", ADVERB)

# What the speaker is bound by: policies, guidelines, programming, values.
POLICY = r"""
    (?:against|outside(?:_of)?|beyond|violat\w+|contraven\w+|breach\w*|conflicts?_with
        |contrary_to|(?:not|isn't|never)_(?:be_)?(?:within|part_of|in_line_with|aligned?_with
        |consistent_with|something_my|allowed_(?:by|under)|permitted_(?:by|under))|prohibited_by
        |inconsistent_with|(?:doesn't|does_not|don't|do_not)_(?:align|comply
        |fit)_with(?:in)?)_(?:the_|all_|all_of_|what_)?(?:my|our|its|openai's|anthropic's
        |google's|meta's|mistral's|microsoft's|developers?'s?|ethical|safe|content|safety|usage
        |community|ai)_(?:\w+_){0,4}?(?:guidelines?|polic(?:y|ies)|programming|principles|terms
        |rules|values|capabilities|capability|purpose|abilities|scope|instructions|ethics
        |standards|code_of_conduct|training|boundaries)\b
  | (?:my|our|(?:openai|anthropic)'s|the_(?:usage|content
        |safety))_(?:\w+_){0,3}?(?:guidelines?|polic(?:y|ies)|programming|principles|rules|values
      |purpose|training|instructions)(?:_and_\w+)?_(?:that_|which_)?(?:\w+_)?(?:prevents?|prohibits?|forbids?
      |(?:don't|doesn't|do_not|does_not|won't)_(?:allow|permit|let)|requires?_(?:me
      |us)_to_(?:decline|refuse|avoid)|stops?_me|bars?|restricts?|limit_me)
  | (?:guidelines?|polic(?:y|ies)|principles|rules|standards)_(?:that|which)_(?:strictly_)?
        (?:prevents?|prohibits?|forbids?|bars?|(?:don't|do_not)_allow)_(?:me|us|\w+ing)\b
  | (?:programmed|designed|trained|built)_to_be_(?:an?_)?(?:\w+_(?:and_)?)?(?:harmless|safe)\b
  | (?:request|content|prompt|question|message|response|conversation|topic)_(?:was|is|has_been
      |have_been)_(?:blocked|declined|flagged|filtered|rejected|refused|denied)
"""

# A text that the answer delivers: what it declines, it declines in another's name.
DELIVERABLE = r"""
    (?:^|\n)\W*(?:dear_|subject:|to:_|from:_)
  | \A\n?[^\n]{0,200}\b(?:here(?:'s|_is|_are)|below_is|sure|certainly|of_course
      |absolutely)\b[^\n]{0,160}\b(?:drafts?|e-?mails?|letters?|messages?|scripts?|dialogues?
      |scenes?|stor(?:y|ies)|poems?|examples?|samples?|templates?|translations?|versions?|speech
      |posts?|paragraphs?|conversations?|songs?|lyrics|notes?|statements?|announcements?
      |rewrit\w+|replies|monologues?|phrases?|sentences?|ways_to_say)\b[^\n]{0,100}:[*_]*\s*\n
"""
# Who speaks for the answer itself where a line begins with a name and a colon.
OWN_SPEAKERS = (
    "assistant", "ai", "answer", "response", "note", "a", "claude", "chatgpt", "bot", "model",
    "disclaimer", "important", "warning", "gpt", "output", "reply", "me", "edit", "update",
    "summary", "chatbot", "refusal", "sorry", "no", "unfortunately", "honestly",
    "important note", "final answer", "please note",
)  # fmt: skip

# Literals without which no clause declines.
PERSON_SIGNS = (" i ", " i'", "\ni", " we ")
UNABLE_SIGNS = ("n't", "cannot", " not ", "unable", "declin", "refus")
