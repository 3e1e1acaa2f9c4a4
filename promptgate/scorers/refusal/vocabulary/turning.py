r"""How answers in English decline without an 'I can't': the request as subject, a line, a turn.

'This request can't be completed', 'that's off the table', 'I'd rather help you find …',
'instead of writing that, I can …'. Apart from declining.py because nobody there is the
speaker: what the answer will not do is told of the request or by what it turns to.
"""

from __future__ import annotations

_ASKED = r"""(?:requests?|content|topics?|subjects?|questions?|prompts?|quer(?:y|ies)|material
    |information|instructions|output|messages?|conversation|tasks?|guidance)"""
_KIND = r"(?:_of_(?:this|that)_(?:\w+_)?(?:type|kind|nature|sort)|_like_(?:this|that|these|those))"
_MAKING = r"""(?:generating|providing|creating|writing|producing|sharing|giving|offering|describing
    |discussing|explaining|drafting|answering|helping|assisting|composing|detailing|revealing)"""
_BOUND = r"""(?:\w+_){0,4}?(?:polic(?:y|ies)|guidelines|rules|terms|standards|principles|values
    |programming)"""

# The request, or what would answer it, is the subject of what declines.
REQUEST = rf"""
    (?: (?:this|that|your|such|the_requested|these|those)_(?:\w+_){{0,2}}?{_ASKED}{_KIND}?
      | {_ASKED}{_KIND} | {_ASKED}_(?:for|on|about|to)\b[^.!?\n]{{0,50}}?(?=_(?:can't|cannot)_be_)
      | {_MAKING}_(?:this|that|such|content|material|any)\b[^.!?\n]{{0,40}}? )
    (?: _(?:can't|cannot|can_not|may_not|won't|will_not|must_not)_be_(?:\w+ly_)?(?:completed
          |fulfilled|answered|processed|provided|generated|given|shared|produced|written|created
          |discussed|accommodated|honou?red|met|granted|displayed|supported|shown|handled)
      | _(?:is|are)(?:n't|_not)_(?:\w+ly_)?(?:supported|allowed|permitted
          |available(?=\W*(?:\Z|\n|_to_me|_here|_for_discussion)))
      | _(?:is|are)_(?:\w+ly_)?(?:prohibited|forbidden|off[_-]limits|off_the_table|disallowed
          |out_of_(?:the_question|scope|bounds)|unavailable(?=\W*\Z))
      | _(?:falls?|is|are|goes|go|lies?)_(?:\w+ly_|well_)?(?:outside|beyond)_(?:of_)?(?:what_(?:i
          |we)|my|our|the_(?:scope|bounds|limits))\b
      | _(?:(?:may|might|would|appears?_to|seems?_to)_)?(?:violates?|breach(?:es)?|contravenes?
          |conflicts?_with|goes?_against)_{_BOUND}
      | _(?:(?:has|have|needs?|will_have)_to_|will_|must_)?(?:remains?|stays?|goes?|go)_unanswered )
  | \w+_(?:questions|requests|topics|content)_(?:is|are)_(?:out_of_scope
        |outside_(?:of_)?(?:my|our|its|the)_scope)
  | {_MAKING}\b[^.!?\n]{{3,100}}?_(?:is|are)(?:n't|_not|_simply_not)?_(?:something_(?:that_)?(?:i
        |we|my)\b | something_that_(?:aligns|fits|goes)_with | out_of_the_question
        | (?:\w+ly_)?(?:prohibited|forbidden|ruled_out)_by_(?:my|our|the_\w+_(?:polic|guide)) )
  | (?:question|request|prompt|message)_(?:asks|calls)_for_something_(?:harmful|illegal|dangerous
        |unsafe|unethical)
"""

# A line that is drawn, or a figure of speech that says no.
LINE = r"""
    (?:this|that|here)(?:'s|_is)_where_i_(?:have_to_|must_)?(?:draw_the_line|stop)
  | a_line_(?:that_)?i_(?:don't|won't|can't|cannot|will_not|do_not|never)(?:_\w+)?_cross
  | (?:that's|it's|this_is|is|are|stays?|remains?)_(?:\w+ly_)?(?:off_the_table|off[_-]limits
        |out_of_bounds)_(?:for_me|here|with_me)
  | (?:sit|sitting)_(?:this|that|it)(?:_one)?_out
        | i(?:'m|_am)_(?:going_to|gonna)_sit_out
  | no_(?:version|way|scenario|framing|circumstances?|context|situation|wording)_(?:of_(?:this
        |that)_)?(?:in_which_|where_|under_which_|that_)?i(?:'d|'ll|'m|_would|_will|_am
        |_can|_could)_(?:ever_)?(?:be_|feel_)?(?:comfortable|willing|going_to|help|write|tell|give
        |provide|produce|share|do_(?:this|that|it)|explain|support)
  | my_answer_(?:is|stays|remains)_(?:still_)?(?:a_)?(?:\w+_)?no\b
  | i(?:_(?:can't|cannot|won't|will_not)|(?:'m|_am)_not_(?:allowed|able|permitted|authori[sz]ed)_to)
        (?=[.!](?:[\s*_"]|\Z))
  | i'd_(?:much_|really_)?(?:rather|prefer(?:_to)?)_not(?=[.,!]|_(?:guess|say|name|rank|choose
        |pick|go|get|take|be)\b)
  | no_\w+_(?:that_)?(?:would|will|could|can)_(?:ever_)?(?:make|get|let)_me\b
  | this_(?:chat|assistant|bot|service)_is_(?:limited|restricted)_to\b
  | i_(?:can_)?only_(?:answer|handle|cover|discuss|help_with|deal_with)\b
  | (?:that|this|it)(?:_one)?(?:'s|_is)_a_(?:\w+_)?no\b | (?:count_me_out|leave_me_out_of)\b
  | you(?:'ll|_will)_(?:have|need)_to_(?:look|ask|go|try)_(?:\w+_)?elsewhere
  | cross(?:es|ing)?_(?:a|the|that|my)_line_(?:for_me|i_(?:won't|can't|will_not|don't))
  """

# The answer begins with what it would rather do; matched at its start only.
TURN = rf"""
[\W_]* (?:\w+,_)?
(?: i(?:'d|_would)_(?:much_|far_)?(?:rather|prefer_to|sooner)_(?:help|talk|discuss|focus
        |offer_you|point_you|speak)\b
  | (?:instead_of|rather_than)_{_MAKING}\b[^.!?\n]{{0,120}}?,_(?:i_(?:can|could|'d|would)\b
        |i'd_be|let_me|let's|how_about|what_about|perhaps_(?:i|we)|why_(?:not|don't)|would_you)
  | (?:nah|no|nope)[,.!]_(?:i'm_good|no_way|not_(?:today|for_me|a_chance)|sorry)\b
  | (?:let's_not)\b(?=[.!,]|_(?:go_there|do_that)) )
"""
