"""Decide whether two amounts can both be met: ranges that meet, a part no longer than the whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.reading.containers import (
    NOT_NOUNS,
    PERIODS,
    WHOLE_CONVERSATION,
)
from promptgate.language.contradictions.reading.listings import ANYTHING, OFFERS
from promptgate.language.contradictions.words.lexicon import GROUPS_OF, PART_STEMS, WHOLE_STEMS
from promptgate.language.contradictions.words.measures import INWARD, WORDS_PER_UNIT
from promptgate.language.stems import stem, stems

if TYPE_CHECKING:
    from promptgate.language.contradictions.claims import Amount, Has

_SHORT_SENTENCE = 25
_BARE_WORDS, _NO_REASON = 4, 3
_SHORT_WORDS, _DETAIL_WORDS, _LONG_WORDS = 100, 60, 300
_ANSWER = frozenset({"answer", "reply", "respons", "messag", "output", "text", "writing"})


def is_answer(target: str | None) -> bool:
    """Tell whether a claim speaks of the answer as a whole."""
    return target is None or target in _ANSWER


def same_part(first: str | None, second: str | None) -> bool:
    """Tell whether two claims speak of the same part of the answer."""
    if first == second:
        return True
    if first in _ANSWER and second in _ANSWER:
        return True
    part = next((one for one in (first, second) if one is not None), None)
    return (first is None or second is None) and part not in PART_STEMS and part != "each"


def amounts_apart(a: Amount, b: Amount) -> str | None:
    """Return why two amounts cannot both be met; None where they can."""
    if a.unit == b.unit and (
        a.unit.startswith(("money", "%")) or a.unit in ("minut", "date", "clock")
    ):
        return _measured(a, b)
    if _is_part_of(b, a):
        words = a.high * WORDS_PER_UNIT[a.unit][1]
        longer = words < b.low * WORDS_PER_UNIT[b.unit][0]
        return f"a part with “{b.said}” is longer than “{a.said}”" if longer else None
    if not _of_one_thing(a, b) or _stand_apart(a, b):
        return None
    if ANYTHING in (a.unit, b.unit):
        apart = a.unit != ANYTHING and a.kind == "count" and a.high < b.low
        return _no_room(a, b) if apart and OFFERS & set(stems(a.instruction.text)) else None
    if not _done_alike(a, b):
        return None
    if a.unit == b.unit or {a.unit, b.unit} == {"item", "bullet"} or _are_members(a, b):
        apart = a.high < b.low
        # 'At least five questions' leaves room for 'at most two follow-up questions'.
        apart = apart and not (a.mods and b.mods and not a.mods & b.mods)
        apart = apart and (not a.mods or bool(b.mods & a.mods) or _is_exact(a))
    elif a.unit in WORDS_PER_UNIT and b.unit in WORDS_PER_UNIT:
        # A paragraph has at least one sentence.
        parts = (a.unit, b.unit) == ("sentenc", "paragraph") and a.high < b.low
        apart = parts or a.high * WORDS_PER_UNIT[a.unit][1] < b.low * WORDS_PER_UNIT[b.unit][0]
    else:
        return None
    return _no_room(a, b) if apart else None


def _no_room(a: Amount, b: Amount) -> str:
    return f"“{a.said}” leaves no room for “{b.said}”"


def _is_exact(a: Amount) -> bool:
    return a.low == a.high


def _of_one_thing(a: Amount, b: Amount) -> bool:
    """Tell whether two amounts are of the same part, the same conversation, the same list."""
    if {a.target, b.target} & ({WHOLE_CONVERSATION} | PERIODS):
        return a.target == b.target
    if not (a.instruction.directs and b.instruction.directs):
        return a.target == b.target and a.target is not None
    return same_part(a.target, b.target)


def _done_alike(a: Amount, b: Amount) -> bool:
    """Tell 'call the tool twice' and 'read three pages' from what is only to be there."""
    if a.unit == "tim" or b.unit == "tim":
        return a.verb == b.verb and (a.words <= b.words or b.words <= a.words)
    if a.verb == b.verb or a.unit == b.unit == "languag":
        return True
    if a.target == b.target is not None and not {a.verb, b.verb} & INWARD:
        return True
    if "" in (a.verb, b.verb):
        return not {a.verb, b.verb} & INWARD and "ask" in (a.verb, b.verb)
    return bool(GROUPS_OF.get(a.verb, set()) & GROUPS_OF.get(b.verb, set()))


_PLACED = re.compile(r"\b(?P<where>(?:before|after|between|around) (?:the |each |every |an? )?\w+)")


def _stand_apart(a: Amount, b: Amount) -> bool:
    """Tell 'two spaces before the dash' from 'three spaces after the number'."""
    first, second = (
        _PLACED.search(one.instruction.text, one.instruction.text.find(one.said)) for one in (a, b)
    )
    if a.unit in ("spac", "lin", "comma", "dash") and (first is None) != (second is None):
        return True
    return bool(first and second and first.group("where") != second.group("where"))


_ANY_MEMBER = frozenset({"item", "entry", "element"})
_OF_LIST = re.compile(r"\blists?\b|\btop\b")


def _are_members(a: Amount, b: Amount) -> bool:
    """Tell whether one counts the items of a list whose members the other calls by name."""
    return bool(_ANY_MEMBER & {a.unit, b.unit}) and all(
        _OF_LIST.search(one.instruction.text)
        and one.unit not in WORDS_PER_UNIT
        and one.kind == "count"
        for one in (a, b)
    )


# 'A 300-word disclaimer' is part of the answer that has it.
_DESCRIBED = re.compile(
    r"(?:[a-z]+ )?[\w,]+[ -](?:word|sentence|line|page"
    r"|paragraph)[ -](?P<noun>\w+)"
)


def _is_part_of(part: Amount, whole: Amount) -> bool:
    """Tell whether one amount is of a part of the answer, the other of the answer as a whole."""
    if not {part.unit, whole.unit} <= WORDS_PER_UNIT.keys() or whole.verb:
        return False
    if not part.instruction.directs or not whole.instruction.directs:
        return False
    inside = part.target in PART_STEMS or (part.verb != "" and part.verb not in INWARD)
    described = _DESCRIBED.match(part.instruction.text, part.instruction.text.find(part.said))
    if (
        described is not None
        and described.group("noun") not in NOT_NOUNS
        and stem(described.group("noun")) not in WHOLE_STEMS
    ):
        inside = True
    return inside and (
        is_answer(whole.target) or (whole.target in WHOLE_STEMS and part.target in PART_STEMS)
    )


def _measured(a: Amount, b: Amount) -> str | None:
    """Compare money, percentages and times, which mean something only with what they are of."""
    shared = len(a.words & b.words) / max(1, min(len(a.words), len(b.words)))
    if shared <= (0.25 if a.unit == "date" else 0.5) or not same_part(a.target, b.target):
        return None
    if a.unit == "clock":
        same = a.words == b.words and a.low != b.low
        return f"“{a.said}” and “{b.said}” are said of the same thing" if same else None
    limited = a.unit.startswith(("money", "%")) or (
        a.unit == "minut" and (a.words <= b.words or b.words <= a.words)
    )
    limits = limited and a.low == b.low and a.high != b.high
    if a.high < b.low or (limits and a.high < b.high):
        return f"“{a.said}” and “{b.said}” are said of the same thing"
    return None


def length_apart(a: Amount, b: Has) -> str | None:
    """Return why an amount and a word such as 'detailed' cannot both be met."""
    if (
        a.unit not in WORDS_PER_UNIT
        or not b.positive
        or not same_part(a.target, b.target)
        or b.scope
        or a.verb
    ):
        return None
    if a.target == b.target == "sentenc" and a.unit == "word" and "short" in b.names:
        return f"“{a.said}” is not “{b.said}”" if a.low > _SHORT_SENTENCE else None
    if a.target in PART_STEMS or a.target == "each":
        return None
    words = a.high * WORDS_PER_UNIT[a.unit][1]
    if "bare" in b.names:
        longer = a.low * WORDS_PER_UNIT[a.unit][0] >= _BARE_WORDS
        return f"“{b.said}” leaves no room for “{a.said}”" if longer else None
    if "explained" in b.names:
        return f"“{a.said}” leaves no room for “{b.said}”" if words <= _NO_REASON else None
    if ("long" in b.names and words <= _SHORT_WORDS + 80) or (
        "detailed" in b.names and words <= _DETAIL_WORDS
    ):
        return f"“{a.said}” leaves no room for “{b.said}”"
    if "short" in b.names and a.low * WORDS_PER_UNIT[a.unit][0] >= _LONG_WORDS:
        return f"“{a.said}” cannot be “{b.said}”"
    return None
