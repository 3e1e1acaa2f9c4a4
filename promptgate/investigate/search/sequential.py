"""Does it fail? Ask one answer at a time and stop as soon as that is clear enough.

Two questions. *Reproduce* a failure of which nothing is known yet: Wald's sequential
probability ratio test of a failure rate of 5 % against 30 % (A. Wald, Sequential Tests
of Statistical Hypotheses, 1945). *Classify* a further form once bad and good ones
have been measured: a Bayes factor with the rates that those had.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import TYPE_CHECKING

from promptgate.investigate.search.evidence import NONE, RATES, Cell, Oracle, Rates, Tally

if TYPE_CHECKING:
    from collections.abc import Callable


class State(StrEnum):
    """What a test says of one cell."""

    BAD = "bad"
    GOOD = "good"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Ratio:
    """Wald's test of one failure rate against a higher one.

    Attributes:
        p0: The rate of what is good.
        p1: The rate of what is bad, above p0.
        alpha: The chance to call a cell bad that fails at p0.
        beta: The chance to call a cell good that fails at p1.
    """

    p0: float = 0.05
    p1: float = 0.30
    alpha: float = 0.02
    beta: float = 0.02

    def __post_init__(self) -> None:
        if not 0 < self.p0 < self.p1 < 1:
            raise ValueError(f"rates must be 0 < p0 < p1 < 1, but got {self.p0} and {self.p1}")
        if not (0 < self.alpha < 0.5 and 0 < self.beta < 0.5):
            raise ValueError(f"errors must be below 0.5, but got {self.alpha} and {self.beta}")

    def state(self, seen: Tally) -> State:
        """Return what a tally says so far; UNRESOLVED asks for another answer."""
        evidence = seen.fails * self._step(failed=True) + seen.passes * self._step(failed=False)
        if evidence >= log((1 - self.beta) / self.alpha):
            return State.BAD
        if evidence <= log(self.beta / (1 - self.alpha)):
            return State.GOOD
        return State.UNRESOLVED

    def _step(self, *, failed: bool) -> float:
        return log(self.p1 / self.p0) if failed else log((1 - self.p1) / (1 - self.p0))


REPRODUCE = Ratio()


@dataclass(frozen=True, slots=True)
class Reproduction:
    """Whether a failure happens again.

    Attributes:
        state: BAD: it does; GOOD: it does not; UNRESOLVED: no more answers were to be had.
        seen: The answers.
    """

    state: State
    seen: Tally


def reproduce(
    oracle: Oracle[Cell],
    cell: Cell,
    *,
    test: Ratio = REPRODUCE,
    budget: int = 60,
    told: Callable[[Tally], None] = lambda _seen: None,
) -> Reproduction:
    """Ask one cell until it is clear whether it fails.

    Args:
        oracle: Draws an answer.
        cell: Of which.
        test: The two rates and the errors.
        budget: The most answers.
        told: Given the tally after each answer.
    """
    seen = Tally()
    while test.state(seen) is State.UNRESOLVED and seen.calls < budget:
        failed = oracle(cell)
        if failed is None:
            break
        seen = seen.plus(failed)
        told(seen)
    return Reproduction(test.state(seen), seen)


def odds_of_bad(seen: Tally, bad: Tally = NONE, good: Tally = NONE, rates: Rates = RATES) -> float:
    """Return the logarithm of the Bayes factor for 'this cell is a bad one'.

    Args:
        seen: What the cell answered.
        bad: What cells answered that are known to be bad.
        good: What cells answered that are known to be good.
        rates: What is held of the rates before any of that.
    """
    return rates.bad.after(bad).log_likelihood(seen) - rates.good.after(good).log_likelihood(seen)
