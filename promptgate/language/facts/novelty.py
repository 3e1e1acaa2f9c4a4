"""Tell whether a value of an answer follows from what was given: it is there, or can be reckoned.

A writer who knows the facts doubles, adds, converts and rounds them. A value that no such step
leads to, where a value of its kind was given, is somebody's invention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import written
from promptgate.language.facts.numerals import number, numbers_in
from promptgate.language.facts.units import UNITS
from promptgate.language.facts.values import Amount, Clock, Day, Trait
from promptgate.language.folding import fold
from promptgate.language.stems import WORD, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from promptgate.language.facts.values import Value

_EXACT = 0.006
_FACTORS = (7, 12, 24, 52, 60, 365)
_MOST_VALUES, _FEW_NUMBERS = 8, 8
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])\d+(?:\.\d+)?")
_HUGE = 1e15
_SHARES = {"half": 2.0, "twice": 2.0, "double": 2.0, "third": 3.0, "quarter": 4.0}
_SHARE = re.compile(rf"\b(?:{'|'.join(_SHARES)})\b")
_OFTEN = re.compile(r"(?P<number>\w+) times")
_LATER = re.compile(
    r"\b(?P<number>\w+) (?P<unit>day|week|month|year)s? (?:later|after|before|earlier|ago)\b"
)
_MORE = re.compile(r"\bmore\b|\w+er than\b|\bless than\b|\btwice\b")
_DAY = 86400.0
_HALF_A_MONTH = 16
_HEDGED = re.compile(
    r"\b(?:say|suppose|for example|for instance|e\.g|typically|usually|often|many(?! as)|others?"
    r"|(?<!at )most(?! of the)|elsewhere|next door|could|might|perhaps|probably|maybe|guess|heard"
    r"|used to"
    r"|formerly|previous(?:ly)?|average|in theory|easily|chances|no longer|originally|earlier"
    r"|instead of|rather than|unlike|compared|competitors?|not sure|outside|besides"
    r"|on top of that|and you'(?:d|ll)"
    r"|for (?:the |a )?[\w-]+(?: \w+)?,? (?:you'd|you would|you'll|you have to))\b"
)


KNOWS_NOT = re.compile(
    r"\b(?:i|we) (?:don't|do not|can't|cannot|couldn't|could not)(?: \w+)?"
    r" (?:have (?:any )?(?:\w+ )?information|know|see|find|confirm|say|tell)\b"
    r"|\b(?:doesn't|does not|don't|do not|isn't|not)"
    r" (?:say|mention|mentioned|state|stated|specify|specified|clear)\b"
    r"|\bno information\b|\bnot sure\b"
)
"""'I can't confirm that' says nothing of the matter."""


@dataclass(frozen=True, slots=True)
class Pool:
    """What an answer can reckon with.

    Attributes:
        values: Of what was given and of the question.
        numbers: Every number written there, as it stands.
        factors: Those that amounts may be multiplied by: of the question, and of the facts
            where these are so few that not every number can be reached by some of them.
        counted: The numbers of the answer itself: 'four mugs' is a factor.
        loose: Of the factors, those that are no amount that was read: '11 more than'.
        compares: Whether something is given by comparison: '11 more than'.
        asked_words: Folded words of the question.
        unread: Numbers that stand in what was given and are no amount that was read.
        premises: Values of the question: an answer may take them up.
        asked: Those of the factors that only the question has.
        days_later: Spans in days that are told by their end: 'two days later'.
    """

    values: tuple[Value, ...]
    numbers: tuple[float, ...]
    factors: tuple[float, ...] = ()
    counted: tuple[float, ...] = ()
    loose: tuple[float, ...] = ()
    days_later: tuple[float, ...] = ()
    asked: tuple[float, ...] = ()
    premises: tuple[Value, ...] = ()
    unread: tuple[float, ...] = ()
    compares: bool = False
    asked_words: frozenset[str] = frozenset()

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

    def discounts(self, value: Amount, other: Amount) -> bool:
        """Tell whether an amount is another one with a given percentage taken off or added."""
        return any(
            abs(other.low * (1 + sign * rate / 100) - value.low) <= _EXACT * abs(value.low)
            for rate in self._amounts("percent")
            for sign in (1, -1)
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
        alone = [one for one in self.values if isinstance(one, Amount) and one.slot == value.slot]
        itself = {written(one) for one in alone} if len(alone) == 1 else set()
        numbers = [one for one in self.factors if one > 0 and one not in itself]
        numbers += [one for one in self.counted if one not in own]
        reached = list(_reached(given, numbers, self._amounts("percent"), value.slot))
        unit = UNITS[value.unit].factor if value.unit in UNITS else 1.0
        reached += [one + s * unit * step for one in given for step in self.loose for s in (1, -1)]
        return all(
            any(abs(end - one) <= slack * abs(end) + value.step for one in reached) for end in ends
        )

    def _explains_day(self, value: Day) -> bool:
        days = [one for one in self.values if isinstance(one, Day)]
        spans = [*self._spans(_DAY), *self.days_later]
        if spans and value.month is None and value.year is None:
            return True  # a weekday that is some days after another
        years = {one.year for one in days if one.year is not None}
        if value.month is None and value.year is not None:
            ages = [round(span / 365.25) for span in spans]
            return any(abs(value.year - year) in ages for year in years)
        return any(_is_after(one, value, span) for one in days for span in spans)

    def _spans(self, unit: float) -> list[float]:
        """Return the given spans of time in a unit, which is given in seconds."""
        return [
            one.low / unit
            for one in self.values
            if isinstance(one, Amount) and one.slot in ("time", "working time") and one.low > 0
        ]

    def _explains_clock(self, value: Clock) -> bool:
        clocks = [one.minutes for one in self.values if isinstance(one, Clock)]
        spans = self._spans(60)
        return any(
            abs((minutes + sign * span - value.minutes) % 720) < 1
            for minutes in clocks
            for span in spans
            for sign in (1, -1)
        )


def pool_of(
    values: Iterable[Value],
    counted: Iterable[Value],
    given: str,
    question: str,
    values_of_question: Iterable[Value] = (),
) -> Pool:
    """Return what an answer can reckon with.

    Args:
        values: That were given.
        counted: Of the answer; how many of something it speaks of can be a factor.
        given: The text that was given, for the bare numbers in it.
        question: What was asked, for the same.
    """
    every = tuple(values)
    read = frozenset(_numbers(every))
    amounts = [one for one in every if isinstance(one, Amount)]
    amounts += [replace(one, low=one.high, bound="") for one in amounts if one.bound == "range"]
    numbers = {**_written_in(given), **dict.fromkeys(read)}
    few = numbers if len(numbers) <= _FEW_NUMBERS else _written_in(question)
    later = tuple(
        (number(match.group("number")) or 0.0) * UNITS[match.group("unit")].factor / _DAY
        for text in (given, question)
        for match in _LATER.finditer(fold(text))
    )
    factors = tuple({**few, **_written_in(question)})[:_FEW_NUMBERS]
    loose = tuple(one for one in factors if one not in read)
    asked = tuple(one for one in _written_in(question) if one not in _written_in(given))
    return Pool(
        every,
        tuple(numbers),
        factors,
        tuple(_numbers(counted)),
        loose,
        later,
        asked,
        tuple(values_of_question),
        tuple(one for one in numbers_in(given) if one not in {*map(written, amounts), 1.0}),
        _MORE.search(fold(given)) is not None,
        frozenset(WORD.findall(fold(question))),
    )


def _written_in(text: str) -> dict[float, None]:
    """Return the numbers that a text has in digits, and its shares: 'half of it' is a factor 2."""
    digits = [float(one.group().replace(",", "")) for one in _NUMBER.finditer(text)]
    shares = [_SHARES[one.group()] for one in _SHARE.finditer(fold(text))]
    return dict.fromkeys([*digits, *shares])


def _numbers(values: Iterable[Value]) -> Iterator[float]:
    """Yield the numbers above 1 of amounts as they are written."""
    for value in values:
        if not isinstance(value, Amount):
            continue
        often = _OFTEN.search(value.said) if value.slot == "frequency" else None
        ends = [written(value)]
        if often:
            ends = [number(often.group("number")) or 0.0]
        elif value.bound == "range":
            ends.append(written(replace(value, low=value.high)))
        yield from (end for end in ends if 1 < end < _HUGE)


def has_share(text: str) -> bool:
    """Tell whether a text speaks of a share or a multiple: 'half in cash'."""
    return _SHARE.search(fold(text)) is not None


def is_hedged(clause: str, unless: frozenset[str] = frozenset()) -> bool:
    """Tell 'it can easily reach 25 degrees' and 'many are two metres tall' from plain claims.

    Args:
        clause: Folded.
        unless: Stems of hedges that the facts have, too: 'average'.
    """
    return any(stem(match.group()) not in unless for match in _HEDGED.finditer(clause))


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
            yield from (one * factor / other for other in numbers if other != factor)
            yield from (abs(one * factor - other) for other in given)
            yield from (one * factor + other for other in given if other != one)


def _is_after(first: Day, second: Day, days: float) -> bool:
    """Tell whether a day is about so many days before or after another."""
    if not (first.month and second.month):
        return False
    if not (first.day and second.day):  # 'two years' from September 2023
        if not (first.year and second.year):
            return False
        months = 12 * (second.year - first.year) + second.month - first.month
        return abs(abs(months) * 30.44 - days) <= _HALF_A_MONTH
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
