"""How far a judge can be trusted: agreement with people, and correction by them.

Kappa says whether a judge may gate at all; prediction-powered inference uses
the labels that people gave to a part of the cases to correct the judge's view
of the difference between the arms.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa of two raters.

    Attributes:
        kappa: 1 is full agreement, 0 what chance gives.
        lower: Of the two-sided interval.
        upper: Of the two-sided interval.
        items: Rated by both.
    """

    kappa: float
    lower: float
    upper: float
    items: int


def cohen_kappa(counts: Sequence[Sequence[int]], alpha: float = 0.05) -> Kappa:
    """Return Cohen's kappa with its large-sample interval (Fleiss, Cohen and Everitt 1969).

    Args:
        counts: Square table: counts[i][j] items that the first rater put into
            category i and the second into j.
        alpha: Both tails together.

    Raises:
        ValueError: The table is not square, is empty, or both raters put all
            items into one category, which says nothing about agreement.
    """
    import numpy as np

    from promptgate.gate.proportions import z_quantile

    table = np.asarray(counts, dtype=float)
    total = table.sum()
    if table.ndim != 2 or table.shape[0] != table.shape[1] or total <= 0:
        raise ValueError("kappa needs a square table with at least one item")
    share = table / total
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    observed, chance = float(np.trace(share)), float(rows @ columns)
    if chance >= 1:
        raise ValueError("kappa is undefined where both raters use one category only")
    kappa = (observed - chance) / (1 - chance)
    weights = columns[:, None] + rows[None, :]
    diagonal = np.diag(share)
    agree = float((diagonal * np.square(1 - (rows + columns) * (1 - kappa))).sum())
    squared = share * np.square(weights)
    differ = (1 - kappa) ** 2 * float(squared.sum() - np.trace(squared))
    variance = (agree + differ - (kappa - chance * (1 - kappa)) ** 2) / (total * (1 - chance) ** 2)
    half = z_quantile(1 - alpha / 2) * math.sqrt(max(0.0, variance))
    return Kappa(kappa, max(-1.0, kappa - half), min(1.0, kappa + half), int(total))


@dataclass(frozen=True)
class Corrected:
    """A mean difference after correction by people's labels.

    Attributes:
        difference: Mean over all units, corrected.
        se: Its standard error.
        lower: One-sided bound that PASS looks at: with pseudo-units.
        upper: One-sided bound that FAIL looks at: without them.
        freedom: Degrees of freedom of the quantile (Welch and Satterthwaite).
        p: One-sided, of no drop; 1 where there is no variance to tell by.
        units: Judged.
        labelled: Those among them that people have labelled.
        judged: Mean difference by the judge alone.
        error: Mean of what people add to it, over the labelled units.
    """

    difference: float
    se: float
    lower: float
    upper: float
    freedom: float
    p: float
    units: int
    labelled: int
    judged: float
    error: float


def prediction_powered(
    judged: Floats, errors: Floats, alpha: float, certain: NDArray[np.bool_] | None = None
) -> Corrected:
    """Correct a judge's paired differences by people's labels on a part of the units.

    mean(judged) + mean over the labelled of (people - judge): paired prediction-powered
    inference (Angelopoulos et al. 2023), with the labelled units among all units. A
    labelled unit carries weight in both means, so the variance is taken of its whole
    share in the sum; with every unit labelled this is the plain mean of people's
    differences. The lower bound is that after four pseudo-units, a judge's difference of
    +1 and of -1 and an error of +1 and of -1, as in statistics.plus_two(): they stand for
    breakage, and for errors of the judge, that a small sample could have missed.

    Args:
        judged: The judge's difference for every unit.
        errors: People's difference minus the judge's for each labelled unit, NaN elsewhere.
        alpha: Level of each bound.
        certain: Units that cannot differ, as nothing was asked differently: they need no
            label, and their difference is 0.

    Raises:
        ValueError: Lengths differ, or fewer than two units are labelled.
    """
    import numpy as np
    from scipy.special import stdtr

    known = np.zeros(judged.shape, bool) if certain is None else certain
    if not judged.shape == errors.shape == known.shape:
        raise ValueError("every unit needs the judge's difference and an error or NaN")
    labelled = ~np.isnan(errors) & ~known
    if int(labelled.sum()) < 2:
        raise ValueError("the correction needs at least two labelled units")
    weight = float((~known).mean())
    plain = _weighted(judged, errors, labelled, weight)
    pseudo = np.array([1.0, -1.0, 0.0, 0.0])
    padded = _weighted(
        np.concatenate([judged, pseudo]),
        np.concatenate([errors, pseudo[::-1]]),
        np.concatenate([labelled, np.ones(4, bool)]),
        weight,
    )
    p = float(stdtr(plain.freedom, plain.mean / plain.se)) if plain.se > 0 else 1.0
    return Corrected(
        difference=plain.mean,
        se=plain.se,
        lower=padded.bounds(alpha)[0],
        upper=plain.bounds(alpha)[1],
        freedom=plain.freedom,
        p=p,
        units=int(judged.size),
        labelled=int(labelled.sum()),
        judged=float(judged.mean()),
        error=float(errors[labelled].mean()),
    )


@dataclass(frozen=True)
class _Sum:
    """A corrected mean, its standard error and the degrees of freedom of that."""

    mean: float
    se: float
    freedom: float

    def bounds(self, alpha: float) -> tuple[float, float]:
        from promptgate.gate.statistics import t_quantile

        half = t_quantile(1 - alpha, self.freedom) * self.se
        return self.mean - half, self.mean + half


def _weighted(judged: Floats, errors: Floats, labelled: NDArray[np.bool_], weight: float) -> _Sum:
    """Add up what each unit contributes: its judged part, and its error where it is labelled."""
    total, count = judged.size, int(labelled.sum())
    own = judged[labelled] / total + weight * errors[labelled] / count
    shares = (own, judged[~labelled] / total)
    parts = [
        (share.size * float(share.var(ddof=1)), share.size - 1) if share.size > 1 else (0.0, 1)
        for share in shares
    ]
    variance = sum(part for part, _ in parts)
    spread = sum(part**2 / freedom for part, freedom in parts)
    freedom = variance**2 / spread if spread > 0 else float(count - 1)
    return _Sum(float(sum(share.sum() for share in shares)), math.sqrt(variance), freedom)
