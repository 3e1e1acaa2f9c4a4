"""Rules that others use, applied to the same draws as the gate's."""

from __future__ import annotations

import numpy as np
from scipy.special import bdtr, ndtr, ndtri

from error_rates.simulation import ALPHA, Array, units
from promptgate.gate.statistics import drop_p, non_inferior


def bootstrap_bounds(rng: np.random.Generator, b: Array, c: Array, k: int) -> tuple[Array, Array]:
    """Percentile bootstrap over cases, 1,000 resamples.

    Differences take 2k + 1 values, so resampling cases is drawing their counts.
    """
    n, values = b.shape[1], np.arange(-k, k + 1) / k
    lower, upper = [], []
    for before, after in zip(b, c, strict=True):
        counts = np.bincount(after - before + k, minlength=2 * k + 1)
        means = rng.multinomial(n, counts / n, size=1_000) @ values / n
        low, high = np.quantile(means, [ALPHA, 1 - ALPHA])
        lower.append(low)
        upper.append(high)
    return np.array(lower), np.array(upper)


def pooled_lower(b: Array, c: Array, k: int) -> Array:
    """z bound that takes all trials for independent ones."""
    trials = b.shape[1] * k
    before, after = b.sum(axis=1) / trials, c.sum(axis=1) / trials
    se = np.sqrt((before * (1 - before) + after * (1 - after)) / trials)
    return after - before - ndtri(1 - ALPHA) * se


def majority_mcnemar_p(b: Array, c: Array, k: int) -> Array:
    """One-sided exact McNemar on each case's majority vote."""
    before, after = 2 * b > k, 2 * c > k
    fell = (before & ~after).sum(axis=1)
    rose = (~before & after).sum(axis=1)
    return np.where(fell + rose > 0, bdtr(rose, np.maximum(fell + rose, 1), 0.5), 1.0)


def mann_whitney_p(b: Array, c: Array, k: int) -> Array:
    """One-sided Mann-Whitney of the cases' means, unpaired, normal with ties."""
    n = b.shape[1]
    old = np.stack([(b == v).sum(axis=1) for v in range(k + 1)], axis=1)
    new = np.stack([(c == v).sum(axis=1) for v in range(k + 1)], axis=1)
    below = np.cumsum(old, axis=1) - old
    statistic = (new * (below + old / 2)).sum(axis=1)
    ties = ((old + new) ** 3 - (old + new)).sum(axis=1)
    variance = n * n / 12 * (2 * n + 1 - ties / (2 * n * (2 * n - 1)))
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (statistic - n * n / 2 + 0.5) / np.sqrt(variance)
    return np.where(variance > 0, ndtr(z), 1.0)


def blocked_by_rule(rng: np.random.Generator, b: Array, c: Array, k: int) -> dict[str, Array]:
    """What each rule blocks."""
    n = b.shape[1]
    change = (c.sum(axis=1) - b.sum(axis=1)) / (n * k)
    paired = units(b, c, k)
    return {
        "the gate: drop proven": drop_p(paired) < ALPHA,
        "pass rate dropped": change < 0,
        "dropped by more than 5 points": change < -0.05 - 1e-12,
        "McNemar on majority votes": majority_mcnemar_p(b, c, k) < ALPHA,
        "percentile bootstrap": bootstrap_bounds(rng, b, c, k)[1] < 0,
        "Mann-Whitney, unpaired": mann_whitney_p(b, c, k) < ALPHA,
        "the gate: not released": ~non_inferior(paired, 0.10, ALPHA),
    }
