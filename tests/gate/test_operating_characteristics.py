"""A small part of benchmarks/operating_characteristics.py, on every run of the tests.

Limits are those of docs/error-rates.md plus three standard errors of 4,000 runs.
"""

from __future__ import annotations

import numpy as np
import pytest

from promptgate.gate.statistics import Moments, drop_p, holm, moments, non_inferior

RUNS = 4_000


def simulate(seed: int, n: int, k: int, mean: float, broken: float = 0.0) -> Moments:
    """Cases of Beta pass rates with intra-class correlation .5; a share of them breaks."""
    rng = np.random.default_rng(seed)
    p = rng.beta(mean, 1 - mean, (RUNS, n))
    q = np.where(rng.random(p.shape) < broken, 0.0, p)
    return moments((rng.binomial(k, q) - rng.binomial(k, p)) / k)


def rate(flags: np.ndarray) -> float:
    return 100 * float(flags.mean())


@pytest.mark.parametrize("mean", [0.80, 0.95, 0.99])
@pytest.mark.parametrize(("n", "k"), [(20, 3), (100, 1), (100, 3)])
def test_drop_is_rarely_proven_when_nothing_changed(n, k, mean):
    assert rate(drop_p(simulate(1, n, k, mean)) < 0.05) < 6.0 + 1.1


@pytest.mark.parametrize("mean", [0.80, 0.95, 0.99])
@pytest.mark.parametrize("margin", [0.05, 0.10])
@pytest.mark.parametrize("n", [30, 100])
def test_suite_rarely_passes_when_it_is_worse_by_the_whole_margin(n, margin, mean):
    paired = simulate(2, n, 3, mean, broken=margin / mean)
    assert rate(non_inferior(paired, margin, 0.05)) < 6.5 + 1.2


def test_drop_of_10_points_is_proven_nine_times_in_ten_at_100_cases_of_3_repeats():
    paired = simulate(3, 100, 3, 0.80, broken=0.125)
    assert rate(drop_p(paired) < 0.05) == pytest.approx(89, abs=2)


def test_harmless_edit_is_released_at_100_cases_of_3_repeats_and_10_points():
    assert rate(non_inferior(simulate(4, 100, 3, 0.80), 0.10, 0.05)) > 98


def test_holm_keeps_five_suites_at_five_per_cent():
    p = np.stack([drop_p(simulate(10 + i, 100, 3, 0.80)) for i in range(5)], axis=1)
    assert rate((p < 0.05).any(axis=1)) > 18
    assert rate((holm(p) < 0.05).any(axis=1)) < 6.0 + 1.1
