"""Tell whether a value of an answer is given, in other words too, and what it could exclude."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import written
from promptgate.language.facts.cells import HAS_VERB, is_count
from promptgate.language.facts.families import family
from promptgate.language.facts.lexicon import PEOPLE
from promptgate.language.facts.names import MENTION
from promptgate.language.facts.statement import is_within
from promptgate.language.facts.subjects import comparable
from promptgate.language.facts.units import UNITS
from promptgate.language.facts.values import Amount, Clock, Day, Trait, agree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.cells import Cell
    from promptgate.language.facts.values import Value, Words

_STEM, _CODE = 5, 2
_ROUNDED, _CONVERTED = 0.07, 0.09
VAGUE = 0.5
"""Looseness of what is no amount to compare: 'half a day'."""
_ANY_COUNT = {"plain", "count:time"}
_SPANS = {"time", "working time"}
_WARMTHS = {"temperature", "degrees"}
_PERSONS = frozenset(map(family, PEOPLE))
_CAPS = ("up to", "at most", "a max", "max", "no more")


def alike(mine: Cell, given: Sequence[Cell]) -> list[Cell]:
    """Return the given cells that have a value; a year says little where days are given, too."""
    alike = [cell for cell in given if is_there(mine, cell)]
    if isinstance(mine.value, Day):
        alike += [
            cell
            for cell in given
            if isinstance(cell.value, Day) and is_within(mine.value, cell.value, cell.of)
        ]
        if mine.value.month is not None and any(
            isinstance(cell.value, Day) and cell.value.month is not None for cell in given
        ):
            alike = [
                cell
                for cell in alike
                if not isinstance(cell.value, Day)
                or cell.value.month is not None
                or cell.value.weekdays
            ]
    return alike


def is_there(mine: Cell, cell: Cell) -> bool:
    """Tell whether a given cell has the value, in whatever role."""
    value, other = mine.value, cell.value
    if type(value) is not type(other):
        return False
    if isinstance(value, Amount) and isinstance(other, Amount):
        return _is_equal(mine, cell, value, other)
    if isinstance(value, Day) and isinstance(other, Day) and not value.comparable(other):
        return False
    if isinstance(value, Trait) and isinstance(other, Trait) and value.slot.startswith(MENTION):
        return other.slot.startswith(MENTION) and _same_name(value.names, other.names)
    return agree(value, other)


def _is_equal(mine: Cell, cell: Cell, value: Amount, other: Amount) -> bool:
    """Tell whether two amounts are equal, converted and rounded as people do."""
    if value.near and other.near and not value.near & other.near:
        return False
    if _other_period(value, other) and written(value) == written(other):
        return False
    loose = max(value.loose and _ROUNDED, other.loose and _ROUNDED)
    if value.slot != other.slot and {value.slot, other.slot} != _WARMTHS:
        if not all(is_count(one) or one.slot == "age" for one in (value, other)):
            return False
        if not _ANY_COUNT & {value.slot, other.slot} and not of_one_kind(mine, cell):
            return False
        value = replace(value, slot=other.slot)
    if value.bound == other.bound == "range":
        slack = max(loose, _ROUNDED / 2)
        ends = (value.low, other.low), (value.high, other.high)
        return value.slot == other.slot and all(abs(a - b) <= slack * abs(b) for a, b in ends)
    if value.slot != other.slot:
        return abs(written(value) - written(other)) <= loose * abs(written(other))
    if _is_cap(value) and not other.bound and value.slot == other.slot:
        return abs(value.high - other.high) <= loose * abs(other.high)
    value, other = (
        replace(one, per="", loose=_looseness(one, value.unit != other.unit))
        for one in (value, other)
    )
    return agree(value, other)


def _looseness(value: Amount, converted: bool) -> float:
    if not value.loose:
        return 0.0
    if value.loose > VAGUE:  # 'half a day'
        return value.loose
    return _CONVERTED if converted and value.slot == "time" else min(value.loose, _ROUNDED)


def _is_cap(value: Amount) -> bool:
    """Tell 'up to 10', which says how much there is, from 'under 10', which only compares."""
    return value.bound == "most" and value.said.startswith(_CAPS)


def _same_name(one: Words, two: Words) -> bool:
    """Tell whether two names have a word in common, or words that begin alike."""
    codes = [
        {t for t in name if len(t) <= _CODE or any(map(str.isdigit, t))} for name in (one, two)
    ]
    if all(codes):  # 'Terminal B', 'Terminal C'
        return bool(codes[0] & codes[1])
    if one & two:
        return True
    return any(a[:_STEM] == b[:_STEM] for a in one for b in two if min(len(a), len(b)) >= _STEM)


def says_too(mine: Cell, cell: Cell) -> bool:
    """Tell whether a value names a given one; 'under 50 euros' only leaves room for it."""
    value, other = mine.value, cell.value
    if not (isinstance(value, Amount) and isinstance(other, Amount)):
        return is_there(mine, cell)
    if value.slot == "plain" and written(value) == written(other):
        return not mine.is_name
    return value.bound in ("", "range", other.bound) and is_there(mine, cell)


def of_one_kind(mine: Cell, cell: Cell) -> bool:
    """Tell whether two values can exclude each other; a wrong unit is of the same kind."""
    value, other = mine.value, cell.value
    if isinstance(value, Clock) and isinstance(other, Clock):
        return value.role == other.role or not (value.role and other.role)
    if isinstance(value, Trait) and isinstance(other, Trait):
        if value.slot.startswith(MENTION) and other.slot.startswith(MENTION):
            return _roles_meet(value.slot, other.slot)
        if value.slot != other.slot or value.slot.startswith("name:"):
            return False
        if value.is_modifier == other.is_modifier:
            return value.head == other.head or not (value.head and other.head)
        head, two = (value.head, cell) if value.is_modifier else (other.head, mine)
        is_listed = not HAS_VERB.search(two.of.text)  # 'petrol, automatic, one owner'
        return not head or is_listed or family(head) in two.own | two.borrowed
    if not (isinstance(value, Amount) and isinstance(other, Amount)):
        return comparable(value, other)
    if value.near and other.near and not value.near & other.near:
        return False
    if mine.mark != cell.mark and value.slot != "percent":
        return False
    slots = {value.slot, other.slot}
    if len(slots) == 1:
        if slots == {"plain"} and (mine.beside != cell.beside or cell.is_listed):
            return False
        return value.per == other.per or not (value.per and other.per) or is_slip(value, other)
    if slots <= _SPANS or all(slot.startswith("money:") for slot in slots):
        return is_slip(value, other)
    if slots == _WARMTHS:
        return True
    if slots == {"plain", "age"}:
        return not (mine if value.slot == "plain" else cell).beside
    counts = [slot.removeprefix("count:") for slot in slots if slot.startswith("count:")]
    if len(counts) == 2:
        return PEOPLE.issuperset(counts)
    if len(counts) == 1 and "plain" in slots:
        bare = mine if value.slot == "plain" else cell
        words = mine.own if value.slot == "plain" else cell.own | cell.borrowed
        if counts[0] in PEOPLE and not bare.beside:
            return True
        return family(counts[0]) in words or (counts[0] in PEOPLE and bool(words & _PERSONS))
    return False


def _roles_meet(slot: str, other: str) -> bool:
    """Tell whether two names may stand for each other: 'by Ann', and 'Ann' as the subject."""
    (one, kind), (two, its) = ((*name.split(":")[1:], "")[:2] for name in (slot, other))
    if kind != its and {kind, its} & {"street", "country", "code"}:
        return False
    if one == "subject":
        return two in ("subject", "by")
    return one == two or not (one and two) or (two == "subject" and one == "by")


def agrees(value: Value, asked: Value) -> bool:
    """Tell whether two values are of one slot and can both hold."""
    return value.slot == asked.slot and agree(value, asked)


def is_slip(value: Value, other: Value) -> bool:
    """Tell a wrong unit from what can be reckoned: '250 mg' for '250 µg'."""
    if not (isinstance(value, Amount) and isinstance(other, Amount)):
        return False
    if written(value) != written(other) or not (value.unit and other.unit):
        return False
    if {value.slot, other.slot} == _WARMTHS:
        return False
    return value.unit.rstrip("s") != other.unit.rstrip("s") or _other_period(value, other)


def _other_period(value: Amount, other: Amount) -> bool:
    """Tell 'per hour' from 'per day'; 'per person' and 'a day' go together."""
    both = value.per in UNITS and other.per in UNITS
    return both and value.per != other.per


def is_limit(value: Value) -> bool:
    """Tell whether a value is a limit: 'at most 5', 'from 18'."""
    return isinstance(value, Amount) and value.bound in ("most", "least")


def cannot_tell(value: Value, other: Value) -> bool:
    """Tell whether an amount is an instance beside a limit, or the limit from its other side."""
    if not (isinstance(value, Amount) and isinstance(other, Amount)):
        return False
    return is_limit(other) and (not value.bound or written(value) == written(other))
