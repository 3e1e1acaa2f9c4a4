"""Decide whether two amounts can both be met: ranges that meet, a part no longer than the whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.amounts import WHOLE_CONVERSATION, WORDS_PER_UNIT
from promptgate.language.contradictions.lexicon import PART_STEMS

if TYPE_CHECKING:
    from promptgate.language.contradictions.claims import Amount, Has

_SHORT_SENTENCE = 25
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
    if not same_part(a.target, b.target) or a.verb != b.verb:
        return None
    if WHOLE_CONVERSATION in (a.target, b.target) and a.target != b.target:
        return None
    if _stand_apart(a, b):
        return None
    if a.unit == b.unit or {a.unit, b.unit} == {"item", "bullet"} or _are_members(a, b):
        apart = a.high < b.low
    elif a.unit in WORDS_PER_UNIT and b.unit in WORDS_PER_UNIT:
        # A paragraph has at least one sentence.
        parts = (a.unit, b.unit) == ("sentenc", "paragraph") and a.high < b.low
        apart = parts or a.high * WORDS_PER_UNIT[a.unit][1] < b.low * WORDS_PER_UNIT[b.unit][0]
    else:
        return None
    return f"“{a.said}” leaves no room for “{b.said}”" if apart else None


_PLACED = re.compile(r"\b(?P<where>(?:before|after|between|around) (?:the |each |every |an? )?\w+)")


def _stand_apart(a: Amount, b: Amount) -> bool:
    """Tell 'two spaces before the dash' from 'three spaces after the number'."""
    first, second = (
        _PLACED.search(one.instruction.text, one.instruction.text.find(one.said)) for one in (a, b)
    )
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


_NAMES_WHOLE = re.compile(
    r"\b(?:answers?|repl(?:y|ies)|responses?|messages?|outputs?|whole|in total|altogether"
    r"|overall)\b"
)


def _is_part_of(part: Amount, whole: Amount) -> bool:
    """Tell whether one amount is of a part of the answer, the other of the answer as a whole."""
    return (
        part.target in PART_STEMS
        and is_answer(whole.target)
        and {part.unit, whole.unit} <= WORDS_PER_UNIT.keys()
        and not part.verb
        and not whole.verb
        and _NAMES_WHOLE.search(whole.instruction.text) is not None
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
    if ("long" in b.names and words <= _SHORT_WORDS + 80) or (
        "detailed" in b.names and words <= _DETAIL_WORDS
    ):
        return f"“{a.said}” leaves no room for “{b.said}”"
    if "short" in b.names and a.low * WORDS_PER_UNIT[a.unit][0] >= _LONG_WORDS:
        return f"“{a.said}” cannot be “{b.said}”"
    return None
