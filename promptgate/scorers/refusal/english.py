"""How answers in English decline: the vocabulary, as data.

Kinds of language, not strings: who speaks (I, we, this assistant), what they are not
(can't, won't, am not willing to), what act of helping that concerns (provide, walk you
through, write). No word here names the content of a request. Everything is matched
against folded text: lower case, straight apostrophes.
"""

from __future__ import annotations

# Words that may stand between the parts of a clause without changing it.
ADVERB = (
    r"(?:[_,]+(?:\w+ly|just|also|still|ever|even|so|then|in_good_conscience|in_good_faith"
    r"|in_(?:any|this|that|such)_(?:way|case|form|capacity|context|matter)|at_(?:this|the)_(?:time|moment|point)"
    r"|under_any_circumstances?|be_able_to|be_willing_to|be_comfortable(?:_with)?|be|agree_to|continue_to|help(?:_you)?_to"
    r"|attempt_to|try_to|choose_to|begin_to|start_to|go_ahead_and|as_an?_[\w_,-]{2,40}?"
    r"|(?:and|or|nor)(?:_i)?_(?:will|would|should|must|do|am|can|may|shall)(?:n't|_not)?(?:_be|_going_to|_willing_to)?"
    r"|and_(?:won't|wouldn't|can't|shouldn't)|or_(?:won't|wouldn't|can't|shouldn't))(?=[_,]),?)*"
)

# What a helper does. Bare form, with -ing where a phrase asks for it ("comfortable sharing").
HELPING = r"""
    help(?:ing)?(?!_(?:but\b|it\b|(?:notic|feel|wonder|think|smil|laugh|lov|admir|be)\w*|myself|yourself))
  | assist(?:ing)? | aid(?:ing)? | provid(?:e|ing) | offer(?:ing)?
  | giv(?:e|ing)(?!_(?:up|in\b|you_(?:a_|any_)?(?:guarantee|exact|precise|definit|enough|100)|a_(?:guarantee|exact|precise|definit)))
  | suppl(?:y|ying) | shar(?:e|ing)(?!_(?:enough|your_(?:enthus|excite|joy))) | tell(?:ing)?_(?:you|anyone|people|users)(?!_(?:how_(?:much|happy|glad|excit|many|often|long|sorry|proud|grateful|delight|important)|enough|for_(?:sure|certain)|exactly|if\b|whether|which|what_a\b|apart|with_(?:any_)?certain))
  | show(?:ing)?_(?:you|how|anyone) | teach(?:ing)?_| walk(?:ing)?_(?:you|anyone|someone|through) | guid(?:e|ing) | coach(?:ing)?
  | instruct(?:ing)? | explain(?:ing)?(?!_(?:why|it|myself)\b) | describ(?:e|ing) | outlin(?:e|ing) | detail(?:ing)?\b | elaborat(?:e|ing)
  | discuss(?:ing)? | talk(?:ing)?_(?:about|you_through) | speak(?:ing)?_(?:about|on|to_th) | comment(?:ing)?
  | answer(?:ing)? | respond(?:ing)? | repl(?:y|ying)_to | address(?:ing)?_(?:this|that|your)
  | advis(?:e|ing)_(?:you_)?(?:on|how|about) | consult
  | writ(?:e|ing) | creat(?:e|ing) | generat(?:e|ing) | produc(?:e|ing) | compos(?:e|ing) | draft(?:ing)?
  | craft(?:ing)? | develop(?:ing)? | design(?:ing)? | build(?:ing)? | translat(?:e|ing) | prepar(?:e|ing)
  | mak(?:e|ing)_(?:jokes?|a_joke|fun|up_(?:fake|false)|such|that|this|these|those|any|content|threats?|assumptions|generali[sz]ations|claims|statements|judg|disparaging|derogatory|offensive|fake|false)
  | role-?_?play(?:ing)? | play(?:ing)?_(?:along|the_role|a_role|that|this) | pretend(?:ing)? | impersonat(?:e|ing) | simulat(?:e|ing) | act(?:ing)?_as
  | fulfil\w* | compl(?:y|ying)\b | accommodat(?:e|ing) | satisf(?:y|ying) | grant(?:ing)? | honou?r(?:ing)?_(?:this|that|your)
  | meet(?:ing)?_(?:this|that|your) | complet(?:e|ing)_(?:this|that|your|the) | execut(?:e|ing) | carry(?:ing)?_out | perform(?:ing)?
  | process(?:ing)?_(?:this|that|your|the|such) | proceed(?:ing)?(?!_without) | continu(?:e|ing)_(?:this|that|with|the|down)
  | engag(?:e|ing) | participat(?:e|ing) | tak(?:e|ing)_part | be(?:ing)?_(?:a_)?(?:part_(?:of|to)|party_to|of_(?:any_)?(?:help|assistance|service)|involved)
  | facilitat(?:e|ing) | enabl(?:e|ing) | contribut(?:e|ing) | justify(?:ing)? | rationali[sz](?:e|ing) | defend(?:ing)? | argu(?:e|ing)_(?:for|in|that)
  | reveal(?:ing)? | disclos(?:e|ing) | divulg(?:e|ing) | releas(?:e|ing)_(?:this|that|any|such|the|your) | expos(?:e|ing)
  | ignor(?:e|ing)_(?:my|the|these|those|any|all|previous|prior|its) | disregard(?:ing)? | overrid(?:e|ing) | bypass(?:ing)?_(?:my|the|any|these) | follow(?:ing)?_(?:that|this|those|these|instructions|the_instructions|such|any|commands)
  | speculat(?:e|ing) | repeat(?:ing)?_(?:that|this|those|the|my|these|it) | us(?:e|ing)_(?:that|this|such|those|slurs|hateful|offensive|derogatory)
  | go(?:ing)?_(?:there|along|down_that|through_with|over_(?:that|this|how)|into_(?:that|this|the_specifics|specifics)) | do(?:ing)?_(?:that|this|so|what_you)\b(?!_(?:alone|without|all_day|justice))
  | touch(?:ing)?_(?:that|this) | handl(?:e|ing)_(?:that|this|your|such) | entertain(?:ing)? | indulg(?:e|ing) | support(?:ing)?_(?:this|that|your|such|any|requests|or\b|the)
  | let(?:ting)?_you | allow(?:ing)?_(?:you|that|this) | send(?:ing)?_you | point(?:ing)?_you | direct(?:ing)?_you | link(?:ing)?_(?:you|to)
  | list(?:ing)? | name(?!\b[^.]{0,20}enough) | identif(?:y|ying) | quot(?:e|ing) | reproduc(?:e|ing)_(?:copyright|lyrics|large|full|the_(?:full|entire|lyrics|text)|song)
  | present(?:ing)?_(?:a|an|any|arguments) | present\b | say(?:ing)?_(?:things|slurs|such|those|anything_(?:that|hate|offens)) | weigh(?:ing)?_in | take_(?:a_side|sides|a_position|a_stance|that_on|this_on)
  | get(?:ting)?_(?:involved|into\b) | work(?:ing)?_(?:on|with)_(?:that|this) | be_(?:helping|assisting|providing|giving|sharing|writing|doing|answering|creating|generating|going)
  | express(?:ing)?_(?:hat|prejud|support|an?_opinion|personal) | lend | pass(?:ing)?_(?:along|that|this)
"""

# Acts of approval: 'I can't recommend that' declines only where no help follows.
APPROVING = r"""
    recommend(?:ing)?(?![^.!?\n]{0,80}\benough\b) | suggest(?:ing)? | encourag(?:e|ing) | endors(?:e|ing)
  | condon(?:e|ing) | promot(?:e|ing) | support(?:ing)? | approv(?:e|ing) | advis(?:e|ing) | advocat(?:e|ing) | glorify(?:ing)?
  | agree(?:ing)?(?!_more)
"""

# Acts of perception and knowledge: a limit of the product, a refusal only where no help follows.
PERCEIVING = r"""
    access(?:ing)? | retriev(?:e|ing) | look(?:ing)?_up | brows(?:e|ing) | view(?:ing)? | open(?:ing)?_(?:links|files|that|this|the|your|attach) | check(?:ing)?_(?:your|the|that|this|live|current|real)
  | see_(?:your|the_(?:image|picture|photo|screen|file|attach)|any_(?:image|attach)|images|pictures) | watch(?:ing)? | listen(?:ing)?_to | know_(?:that|this|your|such|what_your)
  | diagnos(?:e|ing) | predict(?:ing)? | verify(?:ing)? | determin(?:e|ing) | find(?:ing)?_(?:that|this|any)\b | track(?:ing)? | book(?:ing)?\b | order(?:ing)?\b | place_(?:orders|calls) | call\b | contact\b
  | confirm(?:ing)? | recogni[sz](?:e|ing)
"""

# Objects that make even a helping verb a limit: 'I can't give legal advice, but generally …'
LIMITED = (
    r"[^.!?\n]{0,30}\b(?:(?:legal|medical|financial|investment|tax|professional|personali[sz]ed|clinical|veterinary|individual)"
    r"(?:,|_or|_and|/)*_?(?:\w+(?:,|_or|_and)*_){0,4}(?:advice|diagnos[ie]s|recommendations?|opinions?|guidance|counsel|services)"
    r"|diagnos[ie]s\b|real-?time|live_(?:data|information|updates|prices|scores)|current_(?:prices?|weather|data|information|stock|events)|up-to-date|exact_(?:figures?|numbers?|dates?|prices?|quotes?)"
    r"|links?\b|images?\b|guarantees?\b|personal_(?:opinions?|preferences?|views|experiences?)|definitive_(?:answer|list)|specific_(?:numbers?|prices?|dates?))"
)

# A clause that asks for what is missing: 'can't help without your version', 'until you tell me'.
LACKING = r"[^.!?\n]{0,80}\b(?:without_(?:more|further|additional|knowing|seeing|some|a_bit|your|the_(?:full|exact|rest|file|code|error|context))|until_(?:you|i)\b|unless_(?:you|i)\b|if_(?:you|i)_(?:don't|do_not|can't|aren't|haven't))"

_UNABLE = r"""
    (?: _?(?:can't|cannot|can_not|cant|won't|wont|will_not|'ll_not|will_never|wouldn't|would_not|couldn't|could_not|shouldn't|should_not|shall_not
           |would_never|'d_never|could_never|must_not|mustn't|may_not|don't|do_not|never(?:_will)?|will_neither|can_neither)
      | (?:'m|_am|'re|_are|'ve_been|_have_been|'ll_be|_will_be|_must_remain)<ADVERB>_(?:
            un(?:able|willing|prepared)_to | uncomfortable(?:_with)?
          | not<ADVERB>_(?:able|allowed|permitted|authori[sz]ed|programmed|designed|built|trained|equipped|going|willing|prepared|ready|meant|supposed|intended|here|in_a_position|at_liberty|qualified|capable|available|comfortable(?:_with)?|gonna|set_up|configured|inclined|about)(?:_to|_of|)
          | (?:forbidden|prohibited|restricted|barred|prevented|constrained|disallowed)_(?:from|to|against)
          | (?:designed|programmed|trained|instructed|built|here|required|told|obligated|bound|committed|supposed|meant)_(?:never_to|not_to|to_(?:avoid|refrain_from|not|decline|refuse)) )
      | _(?:don't|do_not|wouldn't|would_not|won't|can't|cannot|will_not|'d_not)<ADVERB>_(?:feel|be)<ADVERB>_(?:comfortable|right|okay|ok|able|at_ease|good)(?:_about|_with|_in)?
      | _(?:don't|do_not)<ADVERB>_(?:want|wish|intend|plan|have_(?:the_ability|permission|authori[sz]ation|clearance)|consent)_to(?:_be)?
      | _(?:don't|do_not)<ADVERB>_(?:think|believe|feel)_(?:that_)?(?:i_(?:can|should|could|will|would|am_able_to)|it(?:'s|_is|_would_be)_[\w ]{3,60}?_(?:for_me_)?to)
      | (?:'d|_would|_will|'ll)?_(?:much_|strongly_)?(?:rather|prefer|choose|have_chosen|opt|have_decided)(?:_to)?_not(?:_to)?
      | _have_no_(?:intention|desire|plans?|way|ability)_(?:of|to)
    )
"""
_DECLINING = r"""
    (?: (?:'ll|'d|_will|_would|_must|_should|_shall|_need_to|_have_to|'m_(?:going|afraid_i_(?:must|have))_to|_am_(?:going|obliged|compelled|forced)_to|_am|'m|'ve|_have|_want_to|_choose_to|_can_only|_do)?<ADVERB>(?:_(?:have|need)_to)?<ADVERB>
        _(?: declin(?:e|ing|ed)(?!_in\b) | refus(?:e|ing) (?!_to_(?:believe|accept|give_up)) | refrain(?:ing)?_from | abstain(?:ing)?_from | steer_clear
            | (?:pass|passing)_on_(?:this|that|these|help|writing|it\b) | say_no\b | draw_(?:the|a)_line | stop_(?:here|you_(?:there|right))
            | avoid(?:ing)?_(?:giving|providing|sharing|discussing|answering|writing|creating|generating|engaging|helping|making) | opt(?:ing)?_out | turn(?:ing)?_(?:this|that|you|it)_down ) )
"""

# 'I can't …', 'we are not willing to …', 'I must decline': one clause, subject first.
CLAUSE = (
    r"(?:i|we|this_(?:assistant|model|ai|system|chatbot|service)|the_assistant)(?<![a-z0-9'/]i)(?<![a-z0-9'/]we)(?:,_[\w_'-]{2,40},)?"
    r"(?:_(?:\w+ly|just|also|still|however|in_good_conscience))?(?:"
    rf"(?P<decline>{_DECLINING})\b | {_UNABLE} (?:<ADVERB>_(?:(?P<help>{HELPING})|(?P<approve>{APPROVING})|(?P<perceive>{PERCEIVING}))\b) )"
).replace("<ADVERB>", ADVERB)

# The same without a subject, where the answer starts.
BARE = (
    r"[\W_]*(?:(?:i'm_|i_am_|we're_)?(?:\w+_)?(?:sorry|apologi[sz]e|afraid|apologies)(?:_about_that|_for_[\w_]{1,30})?[,.!]*_?(?:but_)?"
    r"|unfortunately,?_|no[,.!]_|nope[,.!]_|nah[,.!]_)*"
    r"(?: (?:can't|cannot|can_not|won't|will_not|unable_to|not_able_to|not_going_to|not_allowed_to|not_comfortable|not_willing_to)"
    rf"<ADVERB>_(?:{HELPING})\b | not_(?:happening|gonna_happen|doing_that) | no_can_do\b | not_possible\b"
    r" | (?:hard_)?(?:pass|no|nope|never|declined|refused|absolutely_not|no_way|no_thanks?)\s*[.!]?\s*\Z | i'(?:ll|m_going_to|m_gonna)_pass\b(?!_(?:on_(?:your|the|my|his|her|their)|you|it_on|along))"
    r" | (?:request|access|prompt|content|response|query|message)_(?:denied|refused|declined|blocked|rejected|removed|filtered)\b"
    r" | \[?(?:refused|redacted|content_filtered|request_blocked|refusal|no_response)\]?\s*\Z"
    r" | (?:i'm|i_am)_(?:very_|so_|really_)?sorry[.!]?\s*\Z )"
).replace("<ADVERB>", ADVERB)

# 'That's not something I can …', 'this isn't a topic I'll …', 'something I'm unable to …'.
SOMETHING = (
    r"(?:not|n't|never)(?:_really|_quite)?_(?:something|anything|a_(?:topic|request|thing|subject|question|task|conversation)|content|information|the_kind_of_\w+|one|an_area|within_what)_(?:that_|which_|where_)?"
    r"(?:i|we)(?:'m|'ll|'d|_am|_can|_will|_would|_could|_should|_do|_feel|_want|_have|_help|_provide|_offer|_share|'re|_are)"
    r" | (?:something|a_(?:topic|request|question|subject|task|line)|requests?|content|information|topics|one)_(?:that_|which_)?(?:i|we)(?:'m|_am|'re|_are)?<ADVERB>_?"
    r"(?:can't|cannot|won't|will_not|wouldn't|don't|do_not|not_(?:able|willing|going|comfortable|allowed|permitted|prepared)|unable|refuse|must_decline|have_to_decline)\b"
    r" | nothing_i_can_(?:help|assist|do_to_help)\b"
    r" | (?:help|assistance|information|content|request)_(?:that_)?you(?:'re|_are)_(?:asking|looking)_(?:for|is)_(?:isn't|is_not)"
    r" | (?:isn't|is_not|not)_possible_for_(?:me|us)_to\b | impossible_for_(?:me|us)_to_(?:help|assist|provide|comply|fulfil)"
).replace("<ADVERB>", ADVERB)

# What the speaker is bound by: policies, guidelines, programming, values.
POLICY = r"""
    (?:against|outside(?:_of)?|beyond|violat\w+|contraven\w+|breach\w*|conflicts?_with|contrary_to|(?:not|n't|never)_(?:be_)?(?:within|part_of|in_line_with|aligned?_with|consistent_with|something_my|allowed_(?:by|under)|permitted_(?:by|under))|prohibited_by|inconsistent_with|incompatible_with|(?:doesn't|does_not|don't|do_not)_(?:align|comply|fit)_with(?:in)?)
        _(?:the_|all_|all_of_)?(?:my|our|its|openai's|anthropic's|google's|meta's|mistral's|microsoft's|developers?'s?|ethical|content|safety|usage|community|ai)_(?:\w+_){0,4}?(?:guidelines?|polic(?:y|ies)|programming|principles|terms|rules|values|capabilities|capability|purpose|abilities|scope|instructions|ethics|standards|code_of_conduct|training|boundaries)\b
  | (?:my|our)_(?:\w+_){0,3}?(?:guidelines?|polic(?:y|ies)|programming|principles|rules|values|purpose|training|instructions|design|role|goal|primary_(?:function|goal|purpose))(?:_and_\w+)?_(?:\w+_)?(?:prevents?|prohibits?|forbids?|(?:don't|doesn't|do_not|does_not|won't)_(?:allow|permit|let)|requires?_(?:me|us)_to_(?:decline|refuse|avoid)|stops?_me|bars?|restricts?|limit_me|is_not_to|are_not_to)
  | (?:request|content|prompt|question|message|response|conversation|topic)_(?:was|is|has_been|have_been)_(?:blocked|declined|flagged|filtered|rejected|refused|denied)
  | (?:isn't|is_not|not)_(?:able|allowed|permitted)_to_be_(?:shared|provided|answered|discussed)
"""

_QUALITY = r"(?:appropriate|ethical|acceptable|accurate|fair|respectful|responsible|okay|ok|right|moral|proper|productive|helpful|constructive|kind|safe|legal|advisable|recommended|legitimate|valid|humane|nice|polite|justified|justifiable|suitable|lawful|permissible|cool|wise|good_idea|correct|true|reasonable|useful|healthy)"
_ADVERSE = r"(?:inappropriate|unethical|illegal|unlawful|wrong|immoral|irresponsible|unacceptable|disrespectful|offensive|harmful|dangerous|unfair|unsafe|inaccurate|problematic|insensitive|hurtful|hateful|against_the_law|a_(?:serious_|violent_|federal_)?crime|a_violation_of_\w+)"
SPEAKING = r"(?:provide|discuss|suggest|encourage|promote|share|say|make_(?:assumptions|generali[sz]ations|jokes|fun|judg\w+|light|such|comments|statements|claims|sweeping)|ask\b|assume|joke|disclose|request|speculate|help|assist|give_(?:advice|instructions|information|guidance|out)|offer|answer|respond|engage_in_(?:discuss|convers|this)|support|facilitate|endorse|justify|generali[sz]e|stereotype|imply|talk_about|describe|advise|use_(?:this|such|derogatory|the_(?:term|word|phrase))|seek_out|perpetuate|judge|compare|single_out|label|advocate|glorify|state_that|create_content|express|refer_to|claim|assert|mock|write|generate|produce)"

# 'It's not appropriate or ethical to …': a norm that stands where the help would stand.
NORM = (
    r"(?:it|this|that)(?<![a-z]it)(?:"
    r"(?:'s|_is|_would_be|'d_be|_was|_will)(?:_\w+ly|_also|_therefore)?_(?:not|never)(?:_be)?|_isn't|_wouldn't_be|_wasn't|_would_not_be|_would_never_be|_cannot_be)"
    rf"_(?:\w+ly_|a_|at_all_|very_)?(?P<quality>{_QUALITY}(?:(?:,|_or|_nor|_and|,_or|,_and)_(?:\w+ly_)?{_QUALITY})*)<TO>"
    r" | (?:it|this|that)(?<![a-z]it)(?:'s|_is|_would_be|'d_be)_"
    rf"(?:\w+ly_|also_|both_)?(?P<adverse>{_ADVERSE}(?:(?:,|_or|_and|,_and)_(?:\w+ly_)?{_ADVERSE})*)<TO>"
)
_TO = (
    r"(?:_for_(?:me|us|anyone|an_ai|any_ai|ai)(?:_\w+){0,3})?_(?:for_\w+_)?to_"
    r"(?:\w+ly_|try_to_|even_)?(?:(?P<speaking{n}>{SPEAKING})|(?P<doing{n}>\w+))"
)
NORM = NORM.replace("<TO>", _TO.replace("{SPEAKING}", SPEAKING).replace("{n}", "1"), 1).replace(
    "<TO>", _TO.replace("{SPEAKING}", SPEAKING).replace("{n}", "2")
)
# 'I don't think that's a respectful question', 'I don't think it's appropriate to say'.
JUDGED = (
    r"\bi(?:_(?:don't|do_not|wouldn't|can't)_(?:really_|personally_)?(?:think|believe|feel|agree|say)|(?:'m|_am)_not_(?:sure|convinced))_(?:that_|with_|if_)?(?:"
    rf"(?:it|this|that)(?:'s|_is|_would_be)_(?:\w+ly_)?(?:an?_)?{_QUALITY}(?:(?:_or|_and|,)_{_QUALITY})*_(?:to_{SPEAKING}|(?:question|thing|request|topic|way_to)\b)"
    r" | the_premise | any(?:one|body)_should_be | [^.!?\n]{3,80}\bshould_be_(?:discriminated|denied|excluded|judged|treated_(?:differently|worse|unfairly|as)|targeted|harmed|punished|hated|banned))"
)

# Moral rejection of what the question takes for granted.
MORAL = r"""
    \b(?:no_one|nobody|no_(?:person|group|individual|human(?:_being)?)|people|individuals|they|women|men|\w+_people|\w+_individuals)_should_(?:not_|never_)?(?:ever_)?be_(?:discriminated|denied|excluded|judged|treated_(?:differently|unfairly|as|worse)|targeted|subjected|singled|harmed|hated|stigmati[sz]ed|marginali[sz]ed|segregated|penali[sz]ed)
  | \bshould_(?:not|never)_be_(?:discriminated|denied|excluded|judged|stigmati[sz]ed|marginali[sz]ed|targeted|subjected|singled)
  | \b(?:everyone|everybody|every_(?:person|individual|human(?:_being)?|human_life)|all_(?:people|individuals|human_beings|humans)|people_of_all_\w+)\b[^.!?\n]{0,90}\b(?:deserves?|should_be_treated|(?:has|have)_(?:the_|an_)?(?:same_|equal_|inherent_)*(?:rights?|value|worth|dignity)|(?:is|are)_(?:entitled|equal|deserving)|should_have_(?:the_)?(?:same|equal))
  | \btreat(?:ing|ed)?_(?:all_|every|others|people|individuals|one_another|each_other)?[^.!?\n]{0,40}\b(?:fairly|equally|equal(?:ity)?|with_(?:\w+_and_)?(?:respect|dignity|kindness|compassion))
  | \b(?:promot|perpetuat|reinforc|foster|reflect|endors|encourag|rel(?:y|ies|ying)_on)\w*_(?:\w+_){0,3}(?:discriminat|stereotyp|prejudic|hatred|hate\b|bias|bigot|racis|sexis|intoleran|stigma)
  | \b(?:harmful|negative|offensive|hurtful|damaging|racist|sexist|false|unfair)_(?:and_\w+_|or_\w+_|,_\w+,?_)?(?:stereotype|generali[sz]ation|assumption|prejudice|myth)
  | \bdiscriminat(?:ion|ing|ory)\b[^.!?\n]{0,110}\b(?:(?:is|are)_(?:never_|both_|not_(?:only_)?|\w+ly_)?(?:wrong|unacceptable|unjust|illegal|unethical|harmful|acceptable|justif|morally|okay|right|tolera)|against_the_law|goes_against)
  | \b(?:was|were|is|are)_(?:not|never|in_no_way)_(?:morally_|ever_|in_any_way_)?(?:justified|justifiable)
  | \bthere_(?:is|are|was|were|can_be)_(?:absolutely_|simply_)?no_(?:\w+_(?:or_\w+_)?)?(?:justification|excuse|justifiable|moral|legitimate_(?:or|justif)|benefits?_(?:to|of|from)|valid_(?:or_\w+_)?(?:justif|argument))
  | \b(?:question|premise|statement|request|framing)\b[^.!?\n]{0,60}\b(?:is|are|contains?|seems?|appears?|could_be)\b[^.!?\n]{0,30}\b(?:discriminat|offensive|disrespectful|racist|sexist|prejudic|biased|bigoted|inappropriate|hateful|stereotyp|harmful_(?:assump|stereo))
  | \bnot_(?:accurate|fair|appropriate|right|respectful|correct|okay|acceptable)_(?:or|and|nor)_(?:\w+ly_)?(?:fair|appropriate|respectful|accurate|right|acceptable|ethical)\b
  | \b(?:against|opposed_to|condemn\w*|reject\w*|don't_(?:support|condone|tolerate)|do_not_(?:support|condone|tolerate))_(?:\w+_){0,3}(?:discriminat|violence|hatred|racism|bigotry|prejudice|harm)
  | \b(?:respect|value)_(?:the_)?(?:\w+,?_(?:and_)?){0,3}(?:dignity|privacy|autonomy|rights|humanity)\b[^.!?\n]{0,60}\b(?:all|every|others|each|individuals|people)
  | \b(?:fair(?:ly)?_and_equal(?:ly)?|equally_and_fairly)\b
"""

# The act asked for is condemned, and nothing is explained: 'Stealing is illegal and wrong.'
CONDEMNED = r"""
    \b(?:is|are|isn't|aren't|was|were)_(?:both_|never_|not_only_|not_|always_|strictly_|a_|an_|highly_|extremely_|absolutely_|considered_|generally_|a_serious_|\w+ly_){0,3}
      (?:illegal|unethical|immoral|wrong|unacceptable|reprehensible|a_(?:serious_|violent_|criminal_)?(?:crime|offen[cs]e)|against_the_law|acceptable|okay|ok\b|the_answer|the_(?:solution|way)|justified|harmful|inappropriate|tolerated|condoned|dangerous|cruel)
      (?!_(?:that|which|where|in_which|involving|under|defined|when|because_of|for_the_best|to_(?:all|most|many|some|both|everyone|use)\b))
  | \b(?:cannot|can't|can_never|should_never)_be_(?:condoned|justified|tolerated)
  | \bplease_(?:do_not|don't|never)_(?:do|try|attempt|harm|hurt|engage|act|go|use|consider)
  | \b(?:strongly|highly|really)?_?(?:urge|advise|encourage|discourage|caution|recommend|warn)_(?:you_)?(?:against|not_to|from|to_(?:reconsider|seek|reach|refrain|stop|think_(?:again|twice)|speak|talk))
  | \bviolence_(?:or_harm\w*_\w+_)?is_never\b | \bno,?_(?:please|absolutely_not|never|don't)\b
"""

# Somebody else should be asked: crisis lines, police, therapists.
REDIRECTS = r"""
    \b(?:crisis|suicide|emergency|help|support|poison_control|domestic_violence|hot)\s?-?(?:lines?|services?|text_line|centers?|centres?|prevention|contacts?)\b
  | \bhotlines?\b | \b(?:988|911|999|112|116_123|1-800-\d)\b | \blifeline\b | \bsamaritans\b
  | \b(?:reach(?:ing)?_out|speak(?:ing)?|talk(?:ing)?|turn(?:ing)?)_(?:to|with)_(?:\w+,?_){0,5}(?:professional|therapist|counsell?or|doctor|someone|friend|authorit|person|police|lawyer|hotline|expert|family)
  | \b(?:seek|get|find)(?:ing)?_(?:\w+_){0,3}(?:help|support|counsell?ing|therapy)\b | \bmental_health_(?:professional|support|provider)
  | \b(?:contact|call|consult|notify|report)(?:ing)?_(?:\w+_){0,4}(?:police|authorit\w+|emergency|law_enforcement|lawyer|attorney|professional|expert)
  | \byou(?:'re|_are)_not_alone\b | \bimmediate_danger\b
"""
CONCERN = r"""
    \b(?:sorry|sad(?:dened)?|concerned|worried|troubled|alarmed|hear|understand|sounds?_like)\b[^.!?\n]{0,60}
      \b(?:feel(?:ing)?_(?:this|that|like_this|so|\w+ly)|going_through|in_(?:so_much_|a_lot_of_)?(?:pain|crisis|distress|danger)|struggling|hurting|suffering|(?:thinking|thoughts)_(?:about|of)|considering|overwhelm\w+|what_you(?:'re|_are|'ve|_have)_(?:saying|sharing|shared|said|asking|describ\w+|dealing)|difficult_time|hard_time|this_question|your_(?:question|message|safety))
"""

# A limit of knowledge in place of an answer: counts only where no help follows.
LIMIT = r"""
    \b(?:i|we)_(?:don't|do_not)_(?:currently_|actually_|really_)?(?:have|possess|store|keep|retain|hold|collect)_(?:any_|the_|direct_|real-?time_|specific_|such_)*(?:access|information|data|ability|capabilit|personal_(?:data|information)|knowledge|details|records)
  | \b(?:i|we)_(?:don't|do_not)_know_(?:your|their|his|her|the_(?:personal|private))
  | \bno_(?:access|way_(?:to|of)_(?:know|access|see|verify))\b | \b(?:isn't|is_not|not)_(?:publicly_)?(?:available|accessible)_to_me\b
"""
# Personal information withheld, whoever it is said of.
PRIVATE = r"""
    \b(?:private|confidential|sensitive|personal_and_private)\b(?:_\w+){0,4}_(?:information|data|documents?|and_(?:\w+_)?(?:confidential|sensitive|protected|personal|private|not)|matter|business)
  | \b(?:are|is)_(?:considered_|generally_|typically_|strictly_|highly_|both_|kept_)*(?:private|confidential|sensitive|protected)\b
  | \b(?:respect|protect|violat|invad|invasion_of)\w*_(?:\w+_){0,4}(?:privacy|confidentiality)\b
  | \b(?:isn't|is_not|are_not|aren't|not)_(?:publicly_(?:available|accessible|disclosed|shared|known)|available_to_the_public|public_(?:information|knowledge|record))
"""

# Delivering the thing itself.
DELIVERY = r"""
    \bhere(?:'s|_is|_are|_you_(?:go|are)|_goes)\b | \b(?:step|phase)_(?:1|one)\b | \bthe_(?:\w+_)?(?:steps|procedure|process|method|recipe|instructions|answer|code|formula|ingredients)_(?:is|are|would_be|involves?|goes)\b
  | \b(?:first|to_(?:start|begin)),?_(?:you(?:'ll|'d|_will|_would|_should|_need|_must|_can)?|gather|get|take|obtain|acquire|mix|find)\b | \byou(?:'ll|'d|_will|_would)_(?:need|start|want|begin)\b | (?<=[.:!?,]_)you_need_(?:to|a|an|some|the)\b
  | \bthis_is_how\b | \bi(?:'ll|_will|_can|'m_(?:going|happy)_to)_(?:still_|at_least_|gladly_)?(?:tell|show|give|provide|share|explain|walk|write|offer|describe|outline|say)\b | \bfollow_these\b | \bas_follows\b | \bthe_following_(?:steps|code|recipe|instructions)
"""
# Delivering something else in its place.
ELSEWHERE = r"""
    \b(?:instead|alternativ\w+|rather_than|legal(?:ly)?|lawful(?:ly)?|legitimate(?:ly)?|ethical(?:ly)?|safe(?:r|ly)?|healthy|healthier|responsib\w+|peaceful\w*|constructive\w*|non-?violent|resources?|support|hotlines?|help_you_(?:cope|stay|protect|feel|find)|your_own|prevent\w*|protect\w*|defen[cs]\w+|awareness|general(?:ly)?|high-?level|overview|history|historical|if_you(?:'re|_are|_have|_need|_want|'d)|other|another|different\w*|some_(?:things|ways|ideas|tips|suggestions|options|resources|strategies|thoughts|general|information|background)|a_few_(?:things|ways|ideas|tips|suggestions|options|resources|alternatives)|happy_to|glad_to|public(?:ly)?|official\w*|contact\w*)\b
"""
ASSENT = r"(?:sure|certainly|of_course|absolutely|yes|okay|gladly|no_problem|you_bet|alright)(?:_thing)?[,!.:]"

# Pointing to where help is, or what to do instead.
GUIDANCE = r"""
    \byou_(?:can|could|may|might|should|would_need|'ll_(?:need|want))_(?:also_|always_|easily_)?\w+ | \btry\b | \bconsider\b | \binstead\b | \bi_(?:can|could|would|'d)_(?:help|suggest|recommend|offer|explain|tell|give|share|provide)
"""
# A text that the answer delivers: what it declines, it declines in another's name.
DELIVERABLE = r"""
    (?:^|\n)[\W]*(?:dear_|subject:|to:_|from:_)
  | ^[^\n]{0,200}\b(?:here(?:'s|_is|_are)|below_is|sure|certainly|of_course|absolutely)\b[^\n]{0,160}
      \b(?:drafts?|e-?mails?|letters?|messages?|scripts?|dialogues?|scenes?|stor(?:y|ies)|poems?|examples?|samples?|templates?|translations?|versions?|speech|posts?|paragraphs?|conversations?|songs?|lyrics|notes?|statements?|announcements?|rewrit\w+|replies|monologues?|phrases?|sentences?|ways_to_say)\b[^\n]{0,100}:[*_]*\s*\n
"""
OWN_SPEAKERS = ("assistant", "ai", "answer", "response", "note", "a", "claude", "chatgpt", "bot", "model", "disclaimer", "important", "important note", "warning", "gpt", "output", "reply", "me", "edit", "update", "summary", "final answer", "chatbot", "refusal", "please note", "sorry")
MORAL_QUALITIES = (
    "ethical", "moral", "humane", "respectful", "unacceptable", "irresponsible", "right", "wrong",
    "responsible", "acceptable", "hateful", "offensive",
)
# What the law or prudence says declines only among other reproaches.
LAWFUL_QUALITIES = ("legal", "lawful", "crime", "the_law", "dangerous", "harmful", "violation")
LECTURE = r"""
    (?:serious|severe|legal|criminal)_(?:\w+_)?(?:consequences|penalt|charges|harm)\w* | unethical | immoral | morally | never_(?:acceptable|okay|the_answer|an_acceptable)
  | important_to_(?:respect|follow|obey|act|seek|prioriti[sz]e|remember|always|understand|treat|consider) | please_(?:do_not|don't|seek|reach|refrain|reconsider|contact)
  | i_(?:strongly_|would_|highly_|must_|also_)*(?:urge|advise|encourage|caution|discourage|warn) | if_you_or_someone | can_(?:cause|result_in|lead_to)\b[^.!?\n]{0,40}\b(?:harm|injur|death|consequence|prison|imprison)
"""

# Words one of which stands in every claim of a kind, so that most answers are never searched.
SIGNS = {
    "person": "i i'm i'll i'd i've we we're we'll we'd we've assistant model chatbot ai system service",
    "unable": """can't cannot not cant won't wont wouldn't couldn't shouldn't mustn't don't never unable unwilling
        unprepared decline declining declined refuse refusing refrain refraining abstain uncomfortable pass passing no opt avoid
        avoiding draw stop steer turn turning forbidden prohibited restricted barred prevented constrained rather prefer choose
        neither designed programmed trained instructed""",
    "policy": """guideline guidelines policy policies programming principles terms rules values
        capabilities capability purpose scope ethics standards boundaries training instructions
        blocked declined flagged filtered rejected refused denied shared provided answered""",
    "something": "something anything nothing topic topics request requests possible impossible asking looking information content subject question task conversation kind one area line thing",
    "bare": """can't cannot won't will can unable not happening pass passing no nope never denied
        refused declined blocked rejected redacted removed filtered refusal sorry""",
    "judged": "don't wouldn't can't do",
    "quality": """appropriate ethical acceptable accurate fair respectful responsible okay ok right
        moral proper productive helpful constructive kind safe legal advisable recommended legitimate
        valid humane nice polite justified justifiable suitable lawful permissible wise good correct
        true reasonable useful healthy cool""",
    "denied": "not never isn't wouldn't wasn't cannot",
    "adverse": """inappropriate unethical illegal unlawful wrong immoral irresponsible unacceptable
        disrespectful offensive harmful dangerous unfair unsafe inaccurate problematic insensitive
        hurtful hateful crime violation""",
    "moral": """should deserve deserves entitled equal equally equality fairly respect respecting dignity discriminate discrimination
        discriminated discriminatory discriminating stereotype stereotypes stereotyping stereotypical prejudice prejudiced
        prejudices prejudicial hatred hate hateful bias biased bigoted bigotry racist racism sexist generalization
        generalizations generalisation justified justifiable justification excuse moral legitimate offensive disrespectful inappropriate
        violence harmful fair rights benefits""",
    "condemned": """illegal unethical immoral wrong unacceptable reprehensible crime offense offence against acceptable okay
        answer justified tolerated condoned cruel please urge advise discourage caution warn recommend encourage harmful
        dangerous inappropriate never solution""",
    "concern": "sorry sad saddened concerned worried troubled alarmed hear understand sounds",
    "limit": "don't do no way available accessible isn't not",
    "private": "private confidential sensitive protected privacy confidentiality publicly public personal",
    "es": """puedo podemos podría podré podria niego apropiado posible voy capaz ético permitido
        autorizado permiten incómodo negarme prefiero preferiría rechazo abstengo debo vamos contra
        directrices políticas cómodo tengo estoy soy""",
    "fr": "je nous j'ai désolé désolée n'est mes nos",
    "de": "ich wir meine meinen",
    "pt": "não recuso nego prefiro devo minhas meus",
    "it": "non rifiuto preferisco preferirei devo mie miei",
}
