"""Statistics of pass or fail: exact bounds of one share, and paired 2x2 tables.

Separate from statistics.py because nothing here knows of repeats: it serves
suites run once, the shares that incidents report, and the published examples
that the whole package is held to.

A paired table [[a, b], [c, d]] counts pairs: a passed both times, b passed
first and failed second, c failed first and passed second, d failed both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def z_quantile(probability: float) -> float:
    """Return a quantile of the standard normal distribution."""
    from scipy.special import ndtri

    return float(ndtri(probability))


def clopper_pearson(successes: int, n: int, alpha: float) -> tuple[float, float]:
    """Return the exact lower and upper bound of a share, each one-sided at level alpha.

    The upper bound of 0 successes is 1 - alpha ** (1 / n): 3.0 % for 0 of 100.

    Raises:
        ValueError: The counts are impossible.
    """
    from scipy.special import betaincinv

    if n < 1 or not 0 <= successes <= n:
        raise ValueError(f"successes must be from 0 to n >= 1, but got {successes} of {n}")
    lower = 0.0 if successes == 0 else float(betaincinv(successes, n - successes + 1, alpha))
    upper = 1.0 if successes == n else float(betaincinv(successes + 1, n - successes, 1 - alpha))
    return lower, upper


@dataclass(frozen=True)
class Chi2:
    """A chi-squared statistic on one degree of freedom and its p."""

    statistic: float
    p: float


def mcnemar_exact(b: int, c: int) -> float:
    """Return McNemar's exact two-sided p: a binomial test of the discordant pairs at 1/2.

    No discordant pair is no evidence: p = 1.
    """
    from scipy.special import bdtr

    discordant = b + c
    if discordant == 0:
        return 1.0
    return min(1.0, 2 * float(bdtr(min(b, c), discordant, 0.5)))


def fisher_exact(table: Sequence[Sequence[int]]) -> float:
    """Return Fisher's exact two-sided p of a 2 x 2 table of counts.

    The sum over all tables of the same margins that are no more likely than this one,
    as R's fisher.test has it. A margin of 0 is no evidence: p = 1.
    """
    (a, b), (c, d) = table
    row, column, total = a + b, a + c, a + b + c + d
    lowest, highest = max(0, row + column - total), min(row, column)
    ways = [comb(column, k) * comb(total - column, row - k) for k in range(lowest, highest + 1)]
    seen = ways[a - lowest]
    # Whole numbers: equally likely tables are found without a tolerance.
    return sum(way for way in ways if way <= seen) / sum(ways)


def mcnemar_mid_p(b: int, c: int) -> float:
    """Return McNemar's mid-p: the exact p less the probability of the observed table."""
    if b + c == 0:
        return 1.0
    if b == c:
        return 1.0 - math.comb(b + c, b) * 0.5 ** (b + c)
    return mcnemar_exact(b, c) - math.comb(b + c, b) * 0.5 ** (b + c)


def mcnemar_chi2(b: int, c: int, *, correction: bool) -> Chi2:
    """Return McNemar's asymptotic test, with Edwards' continuity correction or without.

    No discordant pair is no evidence: statistic 0, p = 1.
    """
    from scipy.special import chdtrc

    if b + c == 0:
        return Chi2(0.0, 1.0)
    distance = max(0, abs(b - c) - (1 if correction else 0))
    statistic = distance**2 / (b + c)
    return Chi2(statistic, float(chdtrc(1, statistic)))


def bonett_price(b: int, c: int, n: int, alpha: float) -> tuple[float, float]:
    """Return Bonett and Price's (2012) two-sided interval of the difference (b - c) / n.

    Wald's interval after one pair is added to each discordant cell; alpha is
    the sum of both tails.
    """
    first, second = (b + 1) / (n + 2), (c + 1) / (n + 2)
    half = z_quantile(1 - alpha / 2) * math.sqrt((first + second - (first - second) ** 2) / (n + 2))
    return max(-1.0, first - second - half), min(1.0, first - second + half)


def tango(b: int, c: int, n: int, alpha: float) -> tuple[float, float]:
    """Return Tango's (1998) score interval of the difference (b - c) / n.

    The differences that the score test does not reject; alpha is the sum of
    both tails.
    """
    z = z_quantile(1 - alpha / 2)
    estimate = (b - c) / n

    def score(difference: float) -> float:
        quadratic = 2 * n
        linear = -b - c + (2 * n - b + c) * difference
        constant = -c * difference * (1 - difference)
        root = math.sqrt(max(0.0, linear * linear - 4 * quadratic * constant))
        second = (root - linear) / (2 * quadratic)
        variance = n * (2 * second + difference * (1 - difference))
        distance = b - c - n * difference
        if variance <= 0:
            return math.copysign(math.inf, distance) if distance else 0.0
        return distance / math.sqrt(variance)

    lower = _bisect(lambda x: score(x) - z, -1.0, estimate)
    upper = _bisect(lambda x: score(x) + z, estimate, 1.0)
    return lower, upper


def _bisect(decreasing: Callable[[float], float], low: float, high: float) -> float:
    """Return the root of a decreasing function, or the end where it keeps its sign."""
    if decreasing(low) <= 0:
        return low
    if decreasing(high) >= 0:
        return high
    for _ in range(80):
        middle = (low + high) / 2
        if decreasing(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
