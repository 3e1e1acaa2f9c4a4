"""Find a case that an answer lets pass and a limit shuts out: 12 kg where up to 10 are allowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.facts.conflict import Conflict
from promptgate.language.facts.families import family
from promptgate.language.facts.sameness import is_limit
from promptgate.language.facts.values import Amount
from promptgate.language.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.cells import Cell
    from promptgate.language.facts.values import Words

_LETS_PASS = re.compile(
    r"\b(?:can|may|could|fine|ok|okay|allowed|permitted|welcome|accepted|works?|suitable|possible"
    r"|enough|eligible|qualif(?:y|ies)|yes|valid|safe|joins?)\b"
)
_BEFORE = re.compile(r" (?:before|ahead|in advance|prior)\b")
_EDGE = 0.01


def let_pass(given: Sequence[Cell], mine: Cell, asked: Words) -> Conflict | None:
    """Return the conflict of a case that an answer allows with the only limit for its kind.

    Args:
        given: The cells of what was given.
        mine: A value of the answer; that of a 'Yes' is the question's.
        asked: Stems of the question.
    """
    one, value = mine.of, mine.value
    if not isinstance(value, Amount) or value.bound or value.slot in ("plain", "percent"):
        return None
    if not one.positive or one.negated or one.condition:
        return None
    if not one.implied and not _LETS_PASS.search(fold(one.text)):
        return None
    limits = [
        cell
        for cell in given
        if isinstance(cell.value, Amount)
        and cell.value.slot == value.slot
        and cell.value.per == value.per
        and (is_limit(cell.value) or cell.value.bound == "range")
    ]
    about = mine.own | mine.borrowed | frozenset(map(family, asked))
    shared = [len(about & (cell.own | cell.borrowed)) for cell in limits]
    most = max(shared, default=0)
    if not most or shared.count(most) > 1:
        return None
    cell = limits[shared.index(most)]
    limit = cell.value
    if not isinstance(limit, Amount) or not cell.of.positive or cell.of.condition or cell.is_case:
        return None
    low, high = limit.low, limit.high
    if limit.bound == "most" and value.slot == "time" and _BEFORE.match(cell.around_it[1]):
        low, high = high, float("inf")  # 'up to 7 days before' is 7 days or more
    if low * (1 - _EDGE) <= value.low <= high * (1 + _EDGE) or low < 0 <= value.low:
        return None
    reason = f"{value.said} is not {limit.said}"
    return Conflict("range", cell.of.span, one.span, reason)
