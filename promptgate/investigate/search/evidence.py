"""How often something failed, and what that says of two kinds of cells: bad and good ones.

Bad cells share one failure rate and good ones another; neither is known. Each has a
Beta distribution, so that the probability of what was seen has a closed form.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import lgamma
from typing import TypeAlias, TypeVar

Cell = TypeVar("Cell", bound=Hashable)
Oracle: TypeAlias = Callable[[Cell], bool | None]
"""Draws one more answer of a cell: whether it failed; None where there is none to be had."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a cell was asked.

    Attributes:
        fails: Answers that failed the check.
        passes: Answers that passed it.
    """

    fails: int = 0
    passes: int = 0

    @property
    def calls(self) -> int:
        """All answers."""
        return self.fails + self.passes

    def plus(self, failed: bool) -> Tally:
        """Return the tally with one more answer."""
        return Tally(self.fails + failed, self.passes + (not failed))

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.fails + other.fails, self.passes + other.passes)


NONE = Tally()


@dataclass(frozen=True, slots=True)
class Beta:
    """A distribution of a failure rate.

    Attributes:
        a: Failures seen beforehand, so to say; above 0.
        b: Passes likewise.
    """

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The expected failure rate."""
        return self.a / (self.a + self.b)

    def after(self, seen: Tally) -> Beta:
        """Return what is known of the rate when a tally was seen."""
        return Beta(self.a + seen.fails, self.b + seen.passes)

    def log_likelihood(self, seen: Tally) -> float:
        """Return the logarithm of the probability of a tally, in any one order of its answers."""
        after = self.after(seen)
        return _log_beta(after.a, after.b) - _log_beta(self.a, self.b)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


@dataclass(frozen=True, slots=True)
class Rates:
    """What is held of the two failure rates before anything is asked.

    Attributes:
        bad: Of cells that have the fault; Jeffreys' distribution, which favours nothing.
        good: Of cells that do not: about one answer in twenty fails nevertheless.
    """

    bad: Beta = Beta(0.5, 0.5)
    good: Beta = Beta(1.0, 19.0)


RATES = Rates()
