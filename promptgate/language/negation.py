"""Tell a statement from one that is denied, supposed, wished or reported.

'I can't help' is a statement; in 'it is not that I can't help', 'if I can't help' and
'he said I can't help' the same words state nothing of the kind. What decides stands
directly before the clause, so the rules read that and no more.
"""

from __future__ import annotations

import re

_SUPPOSED = re.compile(
    r"""(?:
      \b(?: if | when(?:ever)? | unless | until | before | whether(?:\ or\ not)? | in\ case
          | lest | as\ if | as\ though | suppose | supposing | imagin(?:e|ing) | pretend(?:ing)?
          | wish | what\ if | where | wherever )
    | \b(?:not|never|isn't|n't\ (?:say|mean|think|believe|saying|claim(?:ing)?|suggest(?:ing)?))
        (?:\ (?:say|saying|mean|claim|because|true))?\ that
    | \bit's\ not | \bit\ is\ not | \bit\ isn't
    | \bno\ (?:reason|way|rule|law)(?:\ why|\ that)?
    | \b(?:say|says|said|saying|told|tells?|repl(?:y|ies|ied)|respond(?:s|ed)?|answer(?:s|ed)
         |claim(?:s|ed)|think|thinks|thought|believed?|assumed?|worr(?:y|ied))
        (?:\ (?:him|her|them|you|me|us|people|someone|everyone|the\ \w+))?(?:\ that|\ with|:)?
    | \bnothing(?:\ that)? | \bthere(?:'s|\ is|\ are)\ (?:nothing|little|not\ much)(?:\ that)?
    )\s*,?\s*$""",
    re.VERBOSE,
)
_OWN_VOICE = re.compile(
    r"\bi\ (?:must|have\ to|need\ to|should|will|would|can\ only|'d)?\ ?(?:say|think|believe)"
    r"(?:\ that)?\s*$|\bi'(?:d|ll)\ (?:say|think)(?:\ that)?\s*$",
    re.VERBOSE,
)
# The last word of what cancels: most clauses follow none of these, which is cheap to see.
_LAST_WORDS = """
    if when whenever unless until before whether not case lest though suppose supposing
    imagine imagining pretend pretending wish where wherever that because true it's is isn't
    reason way rule law why say says said saying told tell tells reply replies replied respond
    responds responded answer answers answered claims claimed think thinks thought believe
    believed assume assumed worry worried him her them you me us people someone everyone with
    nothing little much
"""
_LAST = frozenset(_LAST_WORDS.split())
_WINDOW = 48


def is_supposed(folded: str, start: int) -> bool:
    """Tell whether the clause that starts at a position is denied, supposed or reported.

    Args:
        folded: The text, folded (see fold()).
        start: Where the clause starts, at its subject.

    English only: in other languages the answer is always False.
    """
    before = folded[max(0, start - _WINDOW) : start]
    last = before.rsplit(None, 1)[-1:]
    if not last or last[0].strip(",: ") not in _LAST:
        return False
    return _SUPPOSED.search(before) is not None and _OWN_VOICE.search(before) is None
