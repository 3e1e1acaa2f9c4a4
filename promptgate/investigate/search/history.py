"""Since which revision? Bisection that survives answers which differ from run to run.

Revisions stand in order, oldest first; all from some one on are bad. That the newest is
bad at all is asked first, and that the oldest is already is a hypothesis beside the
others: ends that are not what they are said to be come out with their numbers, instead
of a wrong commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.investigate.search.evidence import RATES, Oracle, Rates, Tally
from promptgate.investigate.search.sequential import State, reproduce
from promptgate.investigate.search.suspects import Hypothesis, Suspects, find_suspect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PRIOR_OF_A_BAD_START = 0.05
"""Of the oldest revision to be bad already; 1 is shared by the others."""


@dataclass(frozen=True)
class Bisected:
    """What the search found.

    Attributes:
        first_bad: The most probable first bad revision, as its place in the history: 0,
            where the oldest is bad already, and `count`, where not even the newest is.
        settled: Whether it is probable enough.
        posterior: The probability of each; {} where the newest did not fail.
        seen: The answers by place.
        count: How many revisions there are.
    """

    first_bad: int
    settled: bool
    posterior: Mapping[int, float]
    seen: Mapping[int, Tally]
    count: int

    @property
    def calls(self) -> int:
        """All answers."""
        return sum(tally.calls for tally in self.seen.values())

    @property
    def good_is_bad(self) -> bool:
        """Whether the oldest revision fails already."""
        return self.first_bad == 0

    @property
    def bad_is_good(self) -> bool:
        """Whether not even the newest revision fails."""
        return self.first_bad == self.count


def bisect(
    oracle: Oracle[int],
    count: int,
    *,
    rates: Rates = RATES,
    confidence: float = 0.95,
    budget: int = 150,
    told: Callable[[Mapping[int, float], Mapping[int, Tally]], None] = lambda _p, _s: None,
) -> Bisected:
    """Find the first bad revision.

    Args:
        oracle: Draws an answer of a revision, given its place.
        count: How many revisions there are, at least 2; 0 is held to be good, the last bad.
        rates: What is held of the failure rates of bad and good revisions.
        confidence: The probability to reach.
        budget: The most answers.
        told: Given the posterior and the answers after each one.
    """
    last = count - 1
    end = reproduce(oracle, last, budget=budget, told=lambda seen: told({}, {last: seen}))
    seen = {last: end.seen}
    if end.state is not State.BAD:
        return Bisected(count, end.state is State.GOOD, {}, seen, count)
    found = find_suspect(
        Suspects(_hypotheses(count), range(count), rates),
        oracle,
        seen=seen,
        confidence=confidence,
        budget=budget,
        confirm=lambda first: first - 1 if first > 0 else None,
        told=told,
    )
    return Bisected(found.label, found.settled, found.posterior, found.seen, count)


def _hypotheses(count: int) -> list[Hypothesis[int, int]]:
    def prior(first: int) -> float:
        return 1 / (count - 1) if first else _PRIOR_OF_A_BAD_START

    return [Hypothesis(b, frozenset(range(b, count)), prior(b)) for b in range(count)]
