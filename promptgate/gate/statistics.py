"""The statistics of a paired comparison over units.

Every function works on arrays with leading axes as well as on single numbers,
so that the simulation in benchmarks/ runs the code that decides. All of a
unit's repeats are averaged before they come here: repeats are never pooled as
if they were independent. Bounds are one-sided at level alpha, differences are
candidate minus baseline in points of score from -1 to 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from promptgate.gate.proportions import clopper_pearson, z_quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Number = float | Floats


@dataclass(frozen=True)
class Moments:
    """Number, mean and standard deviation of the units' values, one row a comparison.

    Attributes:
        n: Units; the same for all rows.
        mean: Shape of the rows.
        sd: With n - 1 in the denominator; exactly 0 where no unit differs from
            another, NaN where n < 2.
    """

    n: int
    mean: Floats
    sd: Floats


def moments(values: Floats) -> Moments:
    """Summarise the units' values.

    Args:
        values: Shape (..., n). Sorted before they are summed, so that the order
            of the cases cannot move the last digit.
    """
    import numpy as np

    ordered = np.sort(np.asarray(values, dtype=float), axis=-1)
    n = ordered.shape[-1]
    if n == 0:
        nothing = np.full(ordered.shape[:-1], np.nan)
        return Moments(0, nothing, nothing)
    constant = ordered[..., 0] == ordered[..., -1]
    mean = np.where(constant, ordered[..., 0], ordered.mean(axis=-1))
    if n < 2:
        return Moments(n, mean, np.full(mean.shape, np.nan))
    squares = np.square(ordered - mean[..., None]).sum(axis=-1)
    return Moments(n, mean, np.where(constant, 0.0, np.sqrt(squares / (n - 1))))


def t_quantile(probability: float, freedom: float) -> float:
    """Return a quantile of Student's t; NaN below one degree of freedom."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, probability)) if freedom >= 1 else math.nan


def t_bounds(units: Moments, alpha: float) -> tuple[Floats, Floats]:
    """Return the paired t lower and upper bound of the mean, each at level alpha."""
    half = t_quantile(1 - alpha, units.n - 1) * units.sd / math.sqrt(max(units.n, 1))
    return units.mean - half, units.mean + half


def t_statistic(units: Moments) -> Floats:
    """Return mean / (sd / sqrt(n)); infinite where all units differ alike, NaN where none does."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(units.mean / (units.sd / math.sqrt(max(units.n, 1))))


def drop_p(units: Moments) -> Floats:
    """Return the one-sided p of 'the candidate is not worse': small means a drop.

    Paired t. Where all units have the same difference there is no variance to
    estimate: a drop then has the p of the sign test, 0.5 ** n, so that two
    units cannot prove anything; no difference and a rise have p = 1. Below two
    units p = 1.
    """
    import numpy as np
    from scipy.special import stdtr

    if units.n < 2:
        return np.ones(np.shape(units.mean))
    constant = units.sd == 0
    t = t_statistic(units)
    alike = np.where(units.mean < 0, 0.5**units.n, 1.0)
    return np.where(constant, alike, stdtr(units.n - 1, np.where(constant, 0.0, t)))


def plus_two(units: Moments) -> Moments:
    """Append two pseudo-units, one of +1 and one of -1.

    They stand for the breakage that a small suite could have missed; on binary
    scores with one repeat this is the adjustment of Bonett and Price (2012).
    """
    import numpy as np

    n = units.n
    mean = n * units.mean / (n + 2)
    spread = (n - 1) * np.square(units.sd) if n >= 2 else np.zeros(np.shape(units.mean))
    squares = spread + n * np.square(units.mean) + 2 - (n + 2) * np.square(mean)
    return Moments(n + 2, mean, np.sqrt(squares / (n + 1)))


def plus_two_lower(units: Moments, alpha: float) -> Floats:
    """Return the lower bound that decides PASS: the t bound after plus_two()."""
    return t_bounds(plus_two(units), alpha)[0]


def floor_units(margin: float, alpha: float) -> int:
    """Return how many unchanged units make a drop beyond the margin implausible.

    If a share of `margin` of all units would break, n units all look unchanged
    with probability (1 - margin) ** n, which must be at most alpha.
    """
    return math.ceil(math.log(alpha) / math.log1p(-margin) - 1e-9)


def non_inferior(units: Moments, margin: float, alpha: float) -> NDArray[np.bool_]:
    """Return where the candidate is shown to be no worse than the margin allows.

    The plus-two lower bound is above -margin; where no unit differs at all the
    units must also reach the floor.
    """
    import numpy as np

    unchanged = (units.mean == 0) & ((units.sd == 0) | (units.n == 1))
    above = plus_two_lower(units, alpha) > -margin
    return np.asarray(above & (~unchanged | (units.n >= floor_units(margin, alpha))))


def holm(p: Floats) -> Floats:
    """Return Holm's adjusted p-values along the last axis (Holm 1979)."""
    import numpy as np

    p = np.asarray(p, dtype=float)
    count = p.shape[-1]
    order = np.argsort(p, axis=-1, kind="stable")
    scaled = np.take_along_axis(p, order, axis=-1) * np.arange(count, 0, -1)
    stepped = np.minimum(np.maximum.accumulate(scaled, axis=-1), 1.0)
    adjusted = np.empty_like(p)
    np.put_along_axis(adjusted, order, stepped, axis=-1)
    return adjusted


def detectable_drop(n: int, variance: float, alpha: float, power: float = 0.80) -> float:
    """Return the drop that a comparison of n units proves with the given power.

    A drop breaks cases, so it adds its own variance m(1 - m) to the noise of an
    unchanged pair: m solves m**2 = h (variance + m (1 - m)) with
    h = (z_{1-alpha} + z_power)**2 / n. The usual 2.486 standard errors leave
    that out and deliver 59 to 76 % power.

    Args:
        n: Units.
        variance: Of the units' differences between two runs of one target.
        alpha: Level of the test.
        power: Chance of proving the drop.
    """
    h = (z_quantile(1 - alpha) + z_quantile(power)) ** 2 / n
    return min(1.0, (h + math.sqrt(h * h + 4 * (1 + h) * h * variance)) / (2 * (1 + h)))


def t_power(effect: float, n: int, alpha: float, *, two_sided: bool = False) -> float:
    """Return the power of a one-sample t test, by the noncentral t distribution.

    Args:
        effect: Mean over standard deviation.
        n: Units, at least two.
        alpha: Level, of both tails together where two-sided.
        two_sided: Whether the other direction counts as well.
    """
    from scipy.special import nctdtr

    shift = abs(effect) * math.sqrt(n)
    quantile = t_quantile(1 - alpha / (2 if two_sided else 1), n - 1)
    power = 1 - float(nctdtr(n - 1, shift, quantile))
    return power + float(nctdtr(n - 1, shift, -quantile)) if two_sided else power


@dataclass(frozen=True)
class Ratio:
    """How a cost or a latency changed: candidate over baseline, geometric mean over units.

    Attributes:
        ratio: 1.1 is ten per cent more.
        lower: One-sided bound at level alpha.
        upper: One-sided bound at level alpha.
        units: Units with a positive value in both arms.
    """

    ratio: float
    lower: float
    upper: float
    units: int


def log_ratio(baseline: Floats, candidate: Floats, alpha: float) -> Ratio | None:
    """Compare positive quantities by a paired t on the logarithm of their ratio.

    Args:
        baseline: One value a unit.
        candidate: One value a unit, in the same order.
        alpha: Level of each bound.

    Returns:
        None where fewer than two units have a positive value in both arms.
    """
    import numpy as np

    usable = (baseline > 0) & (candidate > 0)
    if int(usable.sum()) < 2:
        return None
    units = moments(np.log(candidate[usable]) - np.log(baseline[usable]))
    lower, upper = t_bounds(units, alpha)
    return Ratio(
        math.exp(float(units.mean)), math.exp(float(lower)), math.exp(float(upper)), units.n
    )


@dataclass(frozen=True)
class MeanScore:
    """A mean score on its own, for what has no baseline to be compared with.

    Attributes:
        units: How many.
        mean: Over the units.
        lower: One-sided bound at level alpha.
        upper: One-sided bound at level alpha.
        p: Of 'the mean is at least the required score': small means it is not.
        sd: Of the units; None for one unit.
    """

    units: int
    mean: float
    lower: float
    upper: float
    p: float
    sd: float | None


def mean_score(values: Floats, required: float, alpha: float, *, binary: bool) -> MeanScore:
    """Bound a mean score from units that number at least one.

    Args:
        values: One mean score a unit.
        required: The score that p is about.
        alpha: Level of each bound.
        binary: One repeat, each score 0 or 1: Clopper and Pearson's exact bounds.
            Otherwise t over the units. Where all units score alike t has no
            variance to work with: the share of units that may have gone unseen,
            1 - alpha ** (1 / n), is then taken to score 0 (or 1 for the upper bound).
    """
    from scipy.special import bdtr, stdtr

    units = moments(values)
    mean, n, sd = float(units.mean), units.n, as_number(units.sd)
    if binary:
        passed = round(mean * n)
        lower, upper = clopper_pearson(passed, n, alpha)
        return MeanScore(n, mean, lower, upper, float(bdtr(passed, n, required)), sd)
    if not sd:
        seen = alpha ** (1 / n)
        p = 0.5**n if mean < required else 1.0
        return MeanScore(n, mean, mean * seen, 1 - (1 - mean) * seen, p, sd)
    low, high = t_bounds(units, alpha)
    t = (mean - required) / (sd / math.sqrt(n))
    p = float(stdtr(n - 1, t))
    return MeanScore(n, mean, max(0.0, float(low)), min(1.0, float(high)), p, sd)


def as_number(value: Any) -> float | None:
    """Return a plain float; None for NaN and infinity, which say that there is no number."""
    number = float(value)
    return number if math.isfinite(number) else None
