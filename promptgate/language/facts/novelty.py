"""Tell whether a value of an answer follows from what was given: it is there, or can be reckoned.

A writer who knows the facts doubles, adds, converts and rounds them. A value that no such step
leads to, where a value of its kind was given, is somebody's invention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import written
from promptgate.language.facts.values import Amount, Clock, Day, Trait

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from promptgate.language.facts.values import Value

_EXACT = 0.006
_FACTORS = (7, 12, 24, 52, 60, 365)
_MOST_VALUES, _MOST_NUMBERS = 8, 14
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])\d+(?:\.\d+)?")
_HUGE = 1e15
_DAY = 86400.0
_HEDGED = re.compile(
    r"\b(?:say|suppose|for example|for instance|e\.g|typically|usually|often|many(?! as)|others?"
    r"|most(?! of the)|elsewhere|next door|could|might|perhaps|probably|maybe|guess|heard|used to"
    r"|formerly|previous(?:ly)?|average|in theory|easily|chances|no longer|originally|earlier"
    r"|instead of|rather than|unlike|compared|competitors?|not sure|outside|besides"
    r"|on top of that)\b"
)


@dataclass(frozen=True, slots=True)
class Pool:
    """What an answer can reckon with.

    Attributes:
        values: Of what was given and of the question.
        numbers: Every number written there, as it stands.
    """

    values: tuple[Value, ...]
    numbers: tuple[float, ...]

    def explains(self, value: Value) -> bool:
        """Tell whether a value is there or follows in a step or two."""
        if isinstance(value, Amount):
            return self._explains_amount(value)
        if isinstance(value, Day):
            return self._explains_day(value)
        if isinstance(value, Clock):
            return self._explains_clock(value)
        return any(
            one.slot == value.slot and isinstance(one, Trait) and one.agrees(value)
            for one in self.values
        )

    def _amounts(self, slot: str) -> list[float]:
        found = []
        for value in self.values:
            if isinstance(value, Amount) and value.slot == slot:
                found += [end for end in {value.low, value.high} if abs(end) != float("inf")]
        return found[:_MOST_VALUES]

    def _explains_amount(self, value: Amount) -> bool:
        slack = max(_EXACT, value.loose)
        ends = {value.low, value.high} - {float("inf"), float("-inf")}
        given = self._amounts(value.slot)
        if any(
            isinstance(one, Amount) and one.slot == "plain" and one.low == written(value)
            for one in self.values
        ):
            return True  # '30 x 20 x 10 cm', 'Berlin has 3.7 million inhabitants, Hamburg 1.9'
        if value.slot.startswith("count:"):
            given += self._amounts("plain")
        own = {*ends, written(value)}
        numbers = [one for one in self.numbers if one not in own]
        reached = list(_reached(given, numbers, self._amounts("percent"), value.slot))
        return all(
            any(abs(end - one) <= slack * abs(end) + value.step for one in reached) for end in ends
        )

    def _explains_day(self, value: Day) -> bool:
        days = [one for one in self.values if isinstance(one, Day)]
        spans = [
            one.low / _DAY
            for one in self.values
            if isinstance(one, Amount) and one.slot in ("time", "working time") and one.low > 0
        ]
        if spans and value.month is None and value.year is None:
            return True  # a weekday that is some days after another
        years = {one.year for one in days if one.year is not None}
        if value.month is None and value.year is not None:
            return any(abs(value.year - year) in self.numbers for year in years)
        return any(_is_after(one, value, span) for one in days for span in spans)

    def _explains_clock(self, value: Clock) -> bool:
        clocks = [one.minutes for one in self.values if isinstance(one, Clock)]
        spans = [
            one.low / 60
            for one in self.values
            if isinstance(one, Amount) and one.slot in ("time", "working time") and one.low > 0
        ]
        return any(
            abs((minutes + sign * span - value.minutes) % 720) < 1
            for minutes in clocks
            for span in spans
            for sign in (1, -1)
        )


def pool_of(values: Iterable[Value], counted: Iterable[Value], *texts: str) -> Pool:
    """Return what an answer can reckon with.

    Args:
        values: That were given.
        counted: Of the answer; how many of something it speaks of can be a factor.
        texts: What was given and the question, for the bare numbers in them.
    """
    numbers = dict.fromkeys(
        float(match.group().replace(",", "")) for text in texts for match in _NUMBER.finditer(text)
    )
    every = tuple(values)
    for value in (*every, *counted):
        if isinstance(value, Amount) and (number := written(value)) > 1 and abs(number) < _HUGE:
            numbers[number] = None
    return Pool(every, tuple(numbers)[:_MOST_NUMBERS])


def is_hedged(clause: str) -> bool:
    """Tell 'it can easily reach 25 degrees' and 'many are two metres tall' from plain claims.

    Args:
        clause: Folded.
    """
    return _HEDGED.search(clause) is not None


def _reached(
    given: Sequence[float], numbers: Sequence[float], rates: Sequence[float], slot: str
) -> Iterator[float]:
    """Yield what one or two steps lead to."""
    yield from given
    whole = slot.startswith(("count:", "ordinal:"))
    for size in range(2, min(len(given), 5) + 1):
        yield from (sum(chosen) for chosen in combinations(given, size))
    for one in given:
        yield from (abs(one - other) for other in given if other != one)
        yield from ((one + other) / 2 for other in given if other != one and not whole)
        for rate in rates:
            yield from (one * rate / 100, one * (1 - rate / 100), one * (1 + rate / 100))
    if slot == "percent":
        yield from (100 - one for one in given)
        for first in numbers:
            yield from (100 * first / other for other in numbers if other)
            yield from (100 * abs(first - other) / other for other in numbers if other)
        return
    factors = [n for n in {*numbers, *(() if whole else _FACTORS)} if n > 0 and n != 1]
    for one in given:
        for factor in factors:
            yield from (one * factor, one / factor)
        for factor in numbers:
            yield from (abs(one * factor - other) for other in given)
            yield from (one * factor + other for other in given if other != one)


def _is_after(first: Day, second: Day, days: float) -> bool:
    """Tell whether a day is about so many days before or after another."""
    if not (first.month and first.day and second.month and second.day):
        return False
    for year in (2023, 2024):
        try:
            start = date(first.year or year, first.month, first.day)
            end = date(second.year or first.year or year, second.month, second.day)
        except ValueError:
            return False
        for sign in (1, -1):
            if abs((start + timedelta(days=sign * days) - end).days) <= max(1, 0.05 * days):
                return True
    return False
