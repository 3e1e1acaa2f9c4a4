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

    from promptgate.gate.statistics import z_quantile

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
        lower: One-sided bound.
        upper: One-sided bound.
        units: Judged.
        labelled: Those among them that people have labelled.
    """

    difference: float
    se: float
    lower: float
    upper: float
    units: int
    labelled: int


def prediction_powered(
    judged: Floats, judged_labelled: Floats, human_labelled: Floats, alpha: float
) -> Corrected:
    """Correct a judge's paired differences by people's labels on a part of the units.

    mean(judged) + mean over the labelled of (human - judged): paired
    prediction-powered inference (Angelopoulos et al. 2023). Its variance is the
    sum of both parts', its quantile Student's with labelled - 1 degrees of freedom.

    Args:
        judged: The judge's difference for each unit that is not labelled.
        judged_labelled: The judge's difference for each labelled unit.
        human_labelled: People's difference for each labelled unit, in the same order.
        alpha: Level of each bound.

    Raises:
        ValueError: Fewer than two units of either kind, or lengths that differ.
    """
    from promptgate.gate.statistics import moments, t_quantile

    if len(judged_labelled) != len(human_labelled):
        raise ValueError("every labelled unit needs both the judge's and people's difference")
    if len(judged) < 2 or len(human_labelled) < 2:
        raise ValueError("the correction needs at least two units with labels and two without")
    plain, error = moments(judged), moments(human_labelled - judged_labelled)
    difference = float(plain.mean + error.mean)
    se = math.sqrt(float(plain.sd) ** 2 / plain.n + float(error.sd) ** 2 / error.n)
    half = t_quantile(1 - alpha, error.n - 1) * se
    return Corrected(
        difference, se, difference - half, difference + half, plain.n + error.n, error.n
    )
