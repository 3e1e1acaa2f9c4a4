"""What a statement can say of its subject: an amount, a date, a time of day, an attribute, a name.

A value knows its slot: only values of one slot can exclude each other. Reading them is apart
(amounts, calendar, names); so is deciding that two statements speak of the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from promptgate.language.sentences import Span

Words: TypeAlias = frozenset[str]
Bound: TypeAlias = Literal["", "most", "least", "range"]

_CONVERTED = 0.015  # relative: 0.62 miles for a kilometre
_EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of something.

    Attributes:
        slot: 'mass', 'money:eur', 'count:port', 'ordinal:floor', 'plain', …
        low: Smallest, in the slot's base unit.
        high: Largest; infinity where there is no limit.
        bound: Whether it is one number (''), a limit or a range.
        loose: Relative error that the words allow ('about').
        near: Stems of the noun phrase that it counts, without its head.
        said: As it is written.
        span: Where.
        unit: The unit as written, folded; '' for none.
        step: Half of the last decimal place that is written, in the base unit; 0 for whole numbers.
        is_modifier: Whether it only says which one is meant ('the 500 GB disk').
        per: Stem of what it is for each of: 'week' for '20 euros a week'; '' for none.
    """

    slot: str
    low: float
    high: float
    bound: Bound
    loose: float
    near: Words
    said: str
    span: Span
    unit: str = ""
    step: float = 0.0
    is_modifier: bool = False
    per: str = ""

    def agrees(self, given: Amount) -> bool:
        """Tell whether this amount can hold where another is given."""
        if self.slot != given.slot or (self.per and given.per and self.per != given.per):
            return False
        converted = _CONVERTED if self.unit != given.unit else _EXACT
        slack = max(self.loose, given.loose, converted)
        if self.bound in ("most", "least") and given.bound:
            return self._limits_agree(given, slack)
        if self.bound == given.bound == "range" and not self._nests(given, slack):
            return False
        low, high = given.low - slack * abs(given.low), given.high + slack * abs(given.high)
        return self.low - self.step <= high and self.high + self.step >= low

    def _nests(self, given: Amount, slack: float) -> bool:
        """Tell whether one of two ranges lies in the other: '3 to 5' and '5 to 7' do not."""
        edge = slack * abs(given.high)
        inner = self.low >= given.low - edge and self.high <= given.high + edge
        return inner or (self.low <= given.low + edge and self.high >= given.high - edge)

    def _limits_agree(self, given: Amount, slack: float) -> bool:
        """Compare limits of the same side: 'up to 50' with 'up to 40', or with '0 to 40'."""
        is_most = self.bound == "most"
        if given.bound not in (self.bound, "range"):  # 'under 50' goes with 'over 50': two cases
            return self.low <= given.high and self.high >= given.low
        mine, theirs = (self.high, given.high) if is_most else (self.low, given.low)
        apart = abs(mine - theirs) > slack * max(abs(mine), abs(theirs))
        if given.bound == "range":
            return not apart or (mine < theirs) == is_most
        return not apart


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or what is said of one: any of year, month, day of the month and weekday.

    Attributes:
        year: For example 2024; None where it is not said.
        month: 1 to 12.
        day: 1 to 31.
        weekdays: 0 (Monday) to 6; several for 'Monday to Friday'.
        said: As it is written.
        span: Where.
    """

    year: int | None
    month: int | None
    day: int | None
    weekdays: frozenset[int]
    said: str
    span: Span
    slot: str = "date"
    is_modifier: bool = False

    def agrees(self, given: Day) -> bool:
        """Tell whether both can be the same day; what only one says decides nothing."""
        for mine, theirs in (
            (self.year, given.year),
            (self.month, given.month),
            (self.day, given.day),
        ):
            if mine is not None and theirs is not None and mine != theirs:
                return False
        return not (self.weekdays and given.weekdays and not self.weekdays & given.weekdays)

    def comparable(self, given: Day) -> bool:
        """Tell whether both say something of the same field."""
        return any(
            mine is not None and theirs is not None
            for mine, theirs in (
                (self.year, given.year),
                (self.month, given.month),
                (self.day, given.day),
            )
        ) or bool(self.weekdays and given.weekdays)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.

    Attributes:
        minutes: After midnight.
        role: 'start' or 'end' of something that lasts; '' for neither.
        said: As it is written.
        span: Where.
        half: Whether it may as well be twelve hours later ('at 5').
    """

    minutes: int
    role: Literal["", "start", "end"]
    said: str
    span: Span
    half: bool = False
    slot: str = "clock"
    is_modifier: bool = False

    def agrees(self, given: Clock) -> bool:
        """Tell whether both are the same time."""
        day = 720 if self.half or given.half else 1440
        return self.minutes % day == given.minutes % day


@dataclass(frozen=True, slots=True)
class Trait:
    """One of a class of attributes that shut each other out, or a name in a role.

    Attributes:
        slot: 'colour', 'language', … or 'name:by', 'name:in', …
        names: What it is; several where several are said.
        said: As it is written.
        span: Where.
        is_modifier: Whether it only says which one is meant ('the red door').
        head: Stem of the noun that it describes ('door'); '' where that is not plain.
    """

    slot: str
    names: Words
    said: str
    span: Span
    is_modifier: bool = False
    head: str = ""

    def agrees(self, given: Trait) -> bool:
        """Tell whether they have something in common."""
        return bool(self.names & given.names)


Value: TypeAlias = Amount | Day | Clock | Trait


def agree(value: Value, other: Value) -> bool:
    """Tell whether a value of an answer can hold where another of its slot is given."""
    if isinstance(value, Amount) and isinstance(other, Amount):
        return value.agrees(other)
    if isinstance(value, Day) and isinstance(other, Day):
        return value.agrees(other)
    if isinstance(value, Clock) and isinstance(other, Clock):
        return value.agrees(other)
    if isinstance(value, Trait) and isinstance(other, Trait):
        return value.agrees(other)
    return True
