"""Say what 'at most', 'or more', 'the limit is' and a negation make of a number: a range."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.reading.numbers import VAGUE

if TYPE_CHECKING:
    from promptgate.language.instructions import Instruction

_UPPER = re.compile(
    r"at most|no more|not more|max|up to|under|below|fewer|less than|within|exceed|no longer"
    r"|shorter|not over|no greater|not longer"
)
_LOWER = re.compile(
    r"at least|min|no fewer|no less|not less|not fewer|more than|over|above|longer than|beyond"
    r"|exceed|past|upwards of"
)
_AFTER_UPPER = re.compile(
    r"^\W*(?:or (?:fewer|less|shorter|under|below)|max(?:imum)?\b|at (?:the |a )?(?:very )?"
    r"(?:most|max\w*)|tops\b|and no more|, no more|, not more|but no more)"
)
_AFTER_LOWER = re.compile(
    r"^\W*(?:or (?:more|longer|above|over)|min(?:imum)?\b|at (?:the |a )?(?:very )?(?:least|min\w*)"
    r"|and up\b|and above)"
)
_LIMIT = re.compile(
    r"\b(?:limit|restrict|cap|keep|cut|shorten|confine|trim|squeeze|hold|stick|fit|reduce|stay"
    r"|condense|compress)\w*\b"
)
_NOUN_BEFORE = re.compile(
    r"\b(?:(?P<upper>max(?:imum)?|limit|cap|ceiling|upper bound)|(?P<lower>min(?:imum)?|floor))\b"
    r"[^,;.]*\b(?:is|are|at|of|be|to)\W*$"
)
_OWN = ("at most", "at least", "no more than", "not more than", "no fewer than", "no less than",
        "no longer than", "not longer than", "not fewer than", "not less than")  # fmt: skip
_STRICT_UPPER = ("fewer than", "less than", "below", "under", "shorter than")
_STRICT_LOWER = ("more than", "over", "above", "longer than", "beyond", "exceed", "past")
_SMALL = 20
_ENDING = re.compile(
    r"\b(?:end|expire|close|finish|stop|time out|delete|erase|remove|discard|purge)s?\b"
)
NOWHERE = (-math.inf, math.inf)
"""The range of a number that says nothing."""


def bounds(
    instruction: Instruction, match: re.Match[str], number: float, first: float | None, tail: str
) -> tuple[float, float]:
    """Return the smallest and the largest amount that a number stands for in its clause.

    Args:
        instruction: The clause.
        match: The amount in it, with the word before it as `before`.
        number: The number, the second one in 'three to five'.
        first: The first one there.
        tail: What follows what is counted.
    """
    if found := re.match(r"or (?:more|fewer|less)\b", match.group("noun")):
        tail = found.group()
    before, text = match.group("before").strip(), instruction.text
    denied = instruction.denies(match.start()) and before not in _OWN
    if first is not None and first < number:
        return NOWHERE if denied else (first, number)
    if before in ("before", "after"):
        if before == "after" and _ENDING.search(text[: match.start()]):
            return number, number
        passed = before == "before" and denied
        return (number, math.inf) if passed or before == "after" else (-math.inf, number)
    side = _side(before, text[: match.start("number")], tail.lstrip())
    small = number < _SMALL
    if side == "upper":
        strict = before in _STRICT_UPPER and small
        return (number, math.inf) if denied else (0.0, number - 1 if strict else number)
    if side == "lower":
        strict = before in _STRICT_LOWER and small
        return (0.0, number) if denied else (number + 1 if strict else number, math.inf)
    return NOWHERE if denied else _plain(match, before, text, number)


def _side(before: str, said: str, tail: str) -> str:
    """Tell 'at most', 'two … or fewer', 'the maximum is two' from 'at least' and the like."""
    named = _NOUN_BEFORE.search(said)
    upper = _UPPER.search(before) and not before.startswith(
        ("exceed", "no fewer", "no less", "not less", "not fewer")
    )
    if upper or _AFTER_UPPER.match(tail) or (named and named.group("upper")):
        return "upper"
    if _LOWER.search(before) or _AFTER_LOWER.match(tail) or named:
        return "lower"
    return ""


def _plain(match: re.Match[str], before: str, text: str, number: float) -> tuple[float, float]:
    limited = _LIMIT.search(text[: match.start()]) is not None
    if limited and before not in ("exactly", "precisely"):
        return 0.0, number
    if before in ("about", "around", "roughly", "approximately"):
        return number * 0.7, number * 1.3
    if match.group("number").strip() in VAGUE:
        return number, math.inf
    return number, number
