"""Tell whether an amount of an answer may have been reckoned from what was given."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import written
from promptgate.language.facts.novelty import has_share
from promptgate.language.facts.sameness import is_slip
from promptgate.language.facts.values import Amount
from promptgate.language.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.cells import Cell
    from promptgate.language.facts.novelty import Pool
    from promptgate.language.facts.values import Words

_CLOSE = 0.02
_WORKED_OUT = re.compile(
    r"\b(?:works? out|comes? to|adds? up|that's|that is|makes?|making|would|you'd|saves?|saving"
    r"|leaves?|leaving|means|each|apiece|so|free|left|remain\w*|rest|others?|further|another"
    r"|discount\w*|reduc\w*|off|half|twice|double|total)\b"
)


def may_be_reckoned(
    mine: Cell,
    best: Cell,
    rivals: Sequence[Cell],
    told: Sequence[Cell],
    pool: Pool,
    fillers: Words,
) -> bool:
    """Tell whether a value follows from what was given, and something says that it was reckoned.

    That is a word ('in total'), another period, a number to reckon with that was not given,
    or that it stands beside no word of any one of the given values.

    Args:
        mine: The value.
        best: The given one that it would stand for.
        rivals: All given ones of its kind.
        told: The cells of the answer.
        pool: What can be reckoned with.
        fillers: Words that tell nothing from another.
    """
    value, other = mine.value, best.value
    if is_slip(value, other):
        return False
    if not isinstance(value, Amount) or not isinstance(other, Amount):
        return mine.of.reckons or pool.explains(value)
    if value.slot == "frequency":
        return False
    exact = [written(one.value) for one in rivals if isinstance(one.value, Amount)]
    if len(exact) > 1 and abs(sum(exact) - written(value)) <= _CLOSE * abs(written(value)):
        return True
    if not pool.explains(replace(value, loose=min(value.loose, _CLOSE))):
        return False
    said_so = mine.of.reckons or _WORKED_OUT.search(fold(mine.of.text)) or pool.asked
    if said_so or value.per != other.per or (pool.loose and pool.compares):
        return True
    if has_share(best.of.text) or pool.discounts(value, other):
        return True
    if any(
        isinstance(one.value, Amount)
        and one.value is not value
        and written(one.value) not in (*pool.numbers, 1.0)
        for one in told
    ):
        return True
    if len(rivals) == 1:
        return False
    shared = [rival.own | rival.borrowed for rival in rivals if rival is not best]
    return not (mine.own & best.own) - fillers - frozenset().union(*shared)


def is_scaled(mine: Cell, best: Cell, given: Sequence[Cell], told: Sequence[Cell]) -> bool:
    """Tell whether another amount of the answer has grown by the same factor: a double batch."""
    ratio = _ratio(mine, best)
    return ratio is not None and any(
        abs((_ratio(one, cell) or 0.0) - ratio) < _CLOSE * ratio
        for one in told
        for cell in given
        if one is not mine and cell is not best and one.value.slot == cell.value.slot
    )


def _ratio(mine: Cell, cell: Cell) -> float | None:
    value, other = mine.value, cell.value
    if not (isinstance(value, Amount) and isinstance(other, Amount)) or value.bound or other.bound:
        return None
    if min(value.low, other.low) <= 0 or value.low == other.low:
        return None
    return value.low / other.low
