"""May a judge gate? What people's labels say of it, and the conditions that must hold.

Kept as the labels themselves and not as figures: whoever reads a calibration computes
everything again. A judge that agrees with people overall may still harm: where it sees
the faults of one arm better than those of the other, it makes differences of its own.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from promptgate.gate.agreement import Kappa, cohen_kappa
from promptgate.gate.proportions import clopper_pearson, fisher_exact, mcnemar_exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from promptgate.gate.policy import Policy

GOOD = 0.5
"""Labels worth at least this are good: the positive class of sensitivity."""
LEVEL = 0.05


@dataclass(frozen=True)
class Labelled:
    """One answer that a person and the judge have judged.

    Attributes:
        human: The person's label.
        judge: The judge's label; None where its votes gave none.
        arm: Which arm the answer is of; '' where that is not known.
        length: Of the answer, in characters.
        worth: What the judge's verdict counts, 0 to 1; None where it has none.
        orders: Of a judge that compares: each pair of what it said with the answer first
            and second.
    """

    human: str
    judge: str | None
    arm: str = ""
    length: int = 0
    worth: float | None = None
    orders: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Share:
    """A share with its two-sided exact interval (Clopper and Pearson)."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """0 to 1; None of none."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """At 95 %; None of none."""
        return clopper_pearson(self.hits, self.of, LEVEL / 2) if self.of else None


@dataclass(frozen=True)
class Slope:
    """A least-squares slope with its two-sided interval at 95 %."""

    slope: float
    lower: float
    upper: float
    items: int

    @property
    def is_shown(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.lower > 0 or self.upper < 0


@dataclass(frozen=True)
class Position:
    """How a judge that compares takes to the order of the two answers.

    Attributes:
        pairs: Compared in both orders with a verdict in each.
        first: Of them, those where whichever stood first was preferred.
        second: Those where whichever stood second was.
        p: Exact two-sided p of 'neither place is preferred'.
    """

    pairs: int
    first: int
    second: int
    p: float


@dataclass(frozen=True)
class Calibration:
    """Labels of people beside those of one judge.

    Attributes:
        worth: What each label of the judge is worth, 0 to 1.
        items: What both have labelled.
    """

    worth: Mapping[str, float]
    items: tuple[Labelled, ...]

    @property
    def scored(self) -> tuple[Labelled, ...]:
        """The items to which the judge gave a label."""
        return tuple(item for item in self.items if item.judge is not None)

    @property
    def unscored(self) -> int:
        """How many items the judge gave no verdict."""
        return sum(item.worth is None for item in self.items)

    @cached_property
    def kappa(self) -> Kappa | None:
        """Cohen's kappa; None where it is undefined: one label only, or no item."""
        counts = Counter((item.human, item.judge) for item in self.items)
        labels = sorted(self.worth)
        table = [[counts[human, judge] for judge in labels] for human in labels]
        try:
            return cohen_kappa(table, LEVEL)
        except ValueError:
            return None

    @property
    def accuracy(self) -> Share:
        """Of the items with a label of both, those with the same one."""
        scored = self.scored
        return Share(sum(item.human == item.judge for item in scored), len(scored))

    @property
    def sensitivity(self) -> Share:
        """Of the answers that people find good, those that the judge finds good."""
        return self._found(good=True)

    @property
    def specificity(self) -> Share:
        """Of the answers that people find bad, those that the judge finds bad."""
        return self._found(good=False)

    def _found(self, *, good: bool) -> Share:
        meant = [item for item in self.scored if self._good(item.human) is good]
        return Share(sum(self._good(item.judge or "") is good for item in meant), len(meant))

    def _good(self, label: str) -> bool:
        return self.worth[label] >= GOOD

    def arms(self) -> dict[str, Calibration]:
        """Return the calibration of each arm apart; {} where no item names one."""
        names = sorted({item.arm for item in self.items if item.arm})
        return {
            name: Calibration(self.worth, tuple(i for i in self.items if i.arm == name))
            for name in names
        }

    def arm_gaps(self) -> Iterator[tuple[str, str, str, float]]:
        """Yield (what, one arm, another, p) for sensitivity and specificity: Fisher's exact."""
        arms = list(self.arms().items())
        for index, (one, first) in enumerate(arms):
            for other, second in arms[index + 1 :]:
                for what in ("sensitivity", "specificity"):
                    a, b = getattr(first, what), getattr(second, what)
                    if a.of and b.of:
                        table = ((a.hits, a.of - a.hits), (b.hits, b.of - b.hits))
                        yield what, one, other, fisher_exact(table)

    def verbosity(self) -> Slope | None:
        """Return how much more than people the judge gives an answer of twice the length.

        The slope of (judge - people), in score, on log2 of the length; None where there
        are fewer than three items or all are equally long.
        """
        import numpy as np

        from promptgate.gate.statistics import t_quantile

        items = [i for i in self.scored if i.length > 0 and i.worth is not None]
        length = np.log2([float(item.length) for item in items])
        excess = np.array([(item.worth or 0.0) - self.worth[item.human] for item in items])
        if len(items) < 3 or float(np.ptp(length)) == 0:
            return None
        centred = length - length.mean()
        squares = float((centred**2).sum())
        slope = float((centred * excess).sum()) / squares
        left = excess - excess.mean() - slope * centred
        error = math.sqrt(float((left**2).sum()) / (len(items) - 2) / squares)
        half = t_quantile(1 - LEVEL / 2, len(items) - 2) * error
        return Slope(slope, slope - half, slope + half, len(items))

    def position(self) -> Position | None:
        """Return how the order of two answers matters; None where none were compared."""
        pairs = [pair for item in self.items for pair in item.orders]
        if not pairs:
            return None
        same = Counter(first for first, second in pairs if first == second)
        return Position(
            len(pairs), same["first"], same["second"], mcnemar_exact(same["first"], same["second"])
        )

    def faults(self, policy: Policy) -> tuple[str, ...]:
        """Return why the judge may not gate, in clauses; () where it may."""
        return tuple(self._faults(policy))

    def _faults(self, policy: Policy) -> Iterator[str]:
        count = len(self.items)
        if count < policy.min_labels:
            yield f"{count} labels are fewer than {policy.min_labels}"
        kappa = self.kappa
        if kappa is None:
            yield "kappa is undefined, as people and judge use one label only"
        elif kappa.kappa < policy.min_kappa:
            yield f"its kappa of {kappa.kappa:.2f} is below {policy.min_kappa:g}"
        elif kappa.lower < policy.min_kappa_lower:
            yield (
                f"its kappa of {kappa.kappa:.2f} may be as low as {kappa.lower:.2f}, below "
                f"{policy.min_kappa_lower:g}: label more answers"
            )
        if count and self.unscored / count > policy.max_missing:
            are = "is" if self.unscored == 1 else "are"
            yield (
                f"{self.unscored} of {count} replies {are} no verdict, more than "
                f"{policy.max_missing:.0%}"
            )
        gaps = [gap for gap in self.arm_gaps() if gap[3] < LEVEL]
        for what, one, other, p in gaps:
            yield f"its {what} differs between {one} and {other} (Fisher's exact p {p:.2g})"
