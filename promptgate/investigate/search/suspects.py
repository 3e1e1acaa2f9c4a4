"""Which cells are bad? Ask the cell that is expected to tell most, until one answer stands out.

A hypothesis says of every cell whether it is bad. The cells of one kind share a failure
rate that nobody knows (evidence.py). Each answer shifts the probability of every
hypothesis; the next cell asked is the one whose answer lowers the expected entropy
most. The causes of a failure and the commits of a history are both such hypotheses.

The idea, for histories, is that of git_bayesect by Shantanu Jain; a test holds the
posterior here against that package's.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from promptgate.investigate.search.evidence import RATES, Beta, Oracle, Rates, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

CellT = TypeVar("CellT", bound=Hashable)
LabelT = TypeVar("LabelT", bound=Hashable)


@dataclass(frozen=True)
class Hypothesis(Generic[LabelT, CellT]):
    """One possible truth.

    Attributes:
        label: What it means; hypotheses may share a label, and then count together.
        bad: The cells that are bad if it is true.
        prior: Its weight before anything is asked.
    """

    label: LabelT
    bad: frozenset[CellT]
    prior: float = 1.0


class Suspects(Generic[LabelT, CellT]):
    """Hypotheses over cells, and what answers say of them.

    Args:
        hypotheses: At least one; the weights are scaled to 1.
        cells: All cells, also those that no hypothesis calls bad.
        rates: What is held of the two failure rates.
    """

    def __init__(
        self,
        hypotheses: Sequence[Hypothesis[LabelT, CellT]],
        cells: Sequence[CellT],
        rates: Rates = RATES,
    ) -> None:
        self.cells = tuple(cells)
        self.labels = tuple(dict.fromkeys(h.label for h in hypotheses))
        self._rates = rates
        self._bad = np.array([[cell in h.bad for cell in self.cells] for h in hypotheses])
        weights = np.array([h.prior for h in hypotheses])
        self._log_prior = np.log(weights / weights.sum())
        self._of_label = np.array(
            [[h.label == label for h in hypotheses] for label in self.labels], dtype=float
        )

    def posterior(self, seen: Mapping[CellT, Tally]) -> dict[LabelT, float]:
        """Return the probability of each label; they add up to 1."""
        weights = self._of_label @ self._weights(*self._counts(seen))
        return dict(zip(self.labels, weights.tolist(), strict=True))

    def bad_share(self, seen: Mapping[CellT, Tally]) -> dict[CellT, float]:
        """Return for each cell the probability that it is a bad one."""
        shares = self._weights(*self._counts(seen)) @ self._bad
        return dict(zip(self.cells, shares.tolist(), strict=True))

    def next_cell(
        self, seen: Mapping[CellT, Tally], closed: frozenset[CellT] = frozenset()
    ) -> CellT | None:
        """Return the cell whose answer is expected to tell most; None where all are closed.

        Args:
            seen: The answers so far.
            closed: Cells of which no more answers are to be had.
        """
        fails, passes = self._counts(seen)
        weights = self._weights(fails, passes)
        rate_bad = _means(self._rates.bad, self._bad @ fails, self._bad @ passes)
        rate_good = _means(self._rates.good, ~self._bad @ fails, ~self._bad @ passes)
        rate = np.where(self._bad, rate_bad[:, None], rate_good[:, None])
        joint_fail = self._of_label @ (weights[:, None] * rate)
        joint_pass = self._of_label @ (weights[:, None] * (1 - rate))
        left = _entropy(joint_fail) + _entropy(joint_pass)
        left[[cell in closed for cell in self.cells]] = np.inf
        if not np.isfinite(left).any():
            return None
        # Among equals the middle one, which halves a history of which nothing is known.
        best = np.flatnonzero(left <= left.min() + 1e-12)
        middle = (len(self.cells) - 1) / 2
        return self.cells[int(best[np.argmin(np.abs(best - middle))])]

    def _counts(self, seen: Mapping[CellT, Tally]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        tallies = [seen.get(cell, Tally()) for cell in self.cells]
        return np.array([t.fails for t in tallies]), np.array([t.passes for t in tallies])

    def _weights(self, fails: NDArray[np.int64], passes: NDArray[np.int64]) -> Floats:
        """Return the probability of each hypothesis."""
        log = self._log_prior + _log_likelihoods(
            self._rates.bad, self._bad @ fails, self._bad @ passes
        )
        log += _log_likelihoods(self._rates.good, ~self._bad @ fails, ~self._bad @ passes)
        weights: Floats = np.exp(log - log.max())
        weights /= weights.sum()
        return weights


def _means(prior: Beta, fails: NDArray[np.int64], passes: NDArray[np.int64]) -> Floats:
    """Return the expected rate after so many answers."""
    means: Floats = (prior.a + fails) / (prior.a + prior.b + fails + passes)
    return means


def _log_likelihoods(prior: Beta, fails: NDArray[np.int64], passes: NDArray[np.int64]) -> Floats:
    """Return Beta.log_likelihood for arrays; each distinct count is worked out once."""
    known = {
        pair: prior.log_likelihood(Tally(*pair))
        for pair in set(zip(fails.tolist(), passes.tolist(), strict=True))
    }
    return np.array([known[pair] for pair in zip(fails.tolist(), passes.tolist(), strict=True)])


def _entropy(joint: Floats) -> Floats:
    """Return for each cell (column) the entropy over labels, times the chance of the answer."""
    total = joint.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(joint > 0, joint * np.log2(joint), 0.0).sum(axis=0)
        entropy: Floats = np.where(total > 0, total * np.log2(total), 0.0) - terms
    return entropy


@dataclass(frozen=True)
class Found(Generic[LabelT, CellT]):
    """Where a search ended.

    Attributes:
        label: The most probable one.
        settled: Whether its probability reached what was asked for.
        posterior: The probability of every label.
        seen: The answers by cell.
        closed: Cells of which no more answers were to be had.
    """

    label: LabelT
    settled: bool
    posterior: Mapping[LabelT, float]
    seen: Mapping[CellT, Tally]
    closed: frozenset[CellT] = frozenset()

    @property
    def calls(self) -> int:
        """All answers that were asked for."""
        return sum(tally.calls for tally in self.seen.values())


def find_suspect(
    suspects: Suspects[LabelT, CellT],
    oracle: Oracle[CellT],
    *,
    seen: Mapping[CellT, Tally] | None = None,
    confidence: float = 0.95,
    budget: int = 100,
    confirm: Callable[[LabelT], CellT | None] = lambda _label: None,
    fresh: int = 3,
    told: Callable[[Mapping[LabelT, float], Mapping[CellT, Tally]], None] = lambda _p, _s: None,
) -> Found[LabelT, CellT]:
    """Ask until one label is probable enough, and still is after fresh answers at the fix.

    Args:
        suspects: The hypotheses.
        oracle: Draws an answer of a cell.
        seen: Answers that there are already.
        confidence: The probability to reach.
        budget: The most answers, those in `seen` counted.
        confirm: The cell that a label proposes to go to; None: it proposes none.
        fresh: How many answers of that cell must be drawn after the label has come out.
        told: Given the posterior and the answers after each one.
    """
    tallies: dict[CellT, Tally] = dict(seen or {})
    closed: set[CellT] = set()
    confirmed: tuple[LabelT | None, int] = (None, 0)
    while True:
        posterior = suspects.posterior(tallies)
        label = max(posterior, key=lambda one: posterior[one])
        reached = posterior[label] >= confidence
        if not reached or confirmed[0] != label:
            confirmed = (label, 0)
        fix = confirm(label) if reached else None
        if reached and (fix is None or confirmed[1] >= fresh):
            return Found(label, True, posterior, tallies, frozenset(closed))
        cell = suspects.next_cell(tallies, frozenset(closed)) if fix is None else fix
        spent = sum(tally.calls for tally in tallies.values())
        if spent >= budget or cell is None or cell in closed:
            return Found(label, False, posterior, tallies, frozenset(closed))
        failed = oracle(cell)
        if failed is None:
            closed.add(cell)
            continue
        confirmed = (label, confirmed[1] + (cell == fix))
        tallies[cell] = tallies.get(cell, Tally()).plus(failed)
        told(suspects.posterior(tallies), tallies)
