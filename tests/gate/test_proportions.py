from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, special, stats

from promptgate.gate.proportions import (
    Chi2,
    bonett_price,
    clopper_pearson,
    mcnemar_chi2,
    mcnemar_exact,
    mcnemar_mid_p,
    tango,
)

counts = st.integers(0, 60)


@given(counts, counts)
def test_mcnemar_exact_agrees_with_scipy_binomtest(b, c):
    expected = stats.binomtest(b, b + c, 0.5).pvalue if b + c else 1.0
    assert mcnemar_exact(b, c) == pytest.approx(expected, abs=1e-10)


@given(counts, counts)
def test_mcnemar_mid_p_is_never_above_the_exact_p(b, c):
    assert 0 < mcnemar_mid_p(b, c) <= mcnemar_exact(b, c)


def test_mcnemar_says_nothing_when_no_pair_is_discordant():
    """statsmodels 0.15 answers p = 0 here; no evidence is p = 1."""
    assert mcnemar_exact(0, 0) == 1
    assert mcnemar_mid_p(0, 0) == 1
    assert mcnemar_chi2(0, 0, correction=False) == mcnemar_chi2(0, 0, correction=True)
    assert mcnemar_chi2(0, 0, correction=False).p == 1


@given(st.integers(1, 200), st.floats(0.001, 0.4), st.data())
def test_clopper_pearson_agrees_with_scipy(n, alpha, data):
    """Two one-sided bounds at alpha are the two-sided interval at 2 alpha."""
    successes = data.draw(st.integers(0, n))
    interval = stats.binomtest(successes, n).proportion_ci(1 - 2 * alpha, method="exact")
    assert clopper_pearson(successes, n, alpha) == pytest.approx(tuple(interval), abs=1e-9)


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_clopper_pearson_refuses_when_counts_are_impossible(successes, n):
    with pytest.raises(ValueError, match=f"got {successes} of {n}"):
        clopper_pearson(successes, n, 0.05)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 40))
def test_intervals_flip_when_the_arms_are_swapped(b, c, concordant):
    n = b + c + concordant
    if n == 0:
        return
    for interval in (bonett_price, tango):
        lower, upper = interval(b, c, n, 0.05)
        swapped = interval(c, b, n, 0.05)
        assert swapped == pytest.approx((-upper, -lower), abs=1e-9)
        assert -1 <= lower <= upper <= 1


def test_tango_reaches_the_end_when_every_pair_falls():
    lower, upper = tango(10, 0, 10, 0.05)
    assert upper == pytest.approx(1.0)
    assert 0 < lower < 1


@pytest.mark.parametrize(("b", "c", "n"), [(6, 16, 161), (3, 0, 20), (5, 5, 40), (9, 1, 12)])
def test_tango_ends_where_the_score_test_begins_to_reject(b, c, n):
    """The nuisance parameter is the maximum of the likelihood, here found by search."""

    def score(difference):
        def unlikely(second):
            p = np.array([second + difference, second, 1 - 2 * second - difference])
            return -float(np.sum(special.xlogy([b, c, n - b - c], p)))

        ends = max(0.0, -difference), (1 - difference) / 2
        second = optimize.minimize_scalar(
            unlikely, bounds=ends, method="bounded", options={"xatol": 1e-12}
        ).x
        variance = n * (2 * second + difference * (1 - difference))
        return (b - c - n * difference) / math.sqrt(variance)

    z = stats.norm.ppf(0.975)
    lower, upper = tango(b, c, n, 0.05)
    assert (score(lower), score(upper)) == (
        pytest.approx(z, abs=1e-3),
        pytest.approx(-z, abs=1e-3),
    )


def test_mcnemar_says_nothing_when_falls_and_rises_are_as_many():
    assert mcnemar_mid_p(3, 3) == 1 - 20 / 64
    assert mcnemar_exact(1, 0) == 1
    assert (mcnemar_chi2(0, 0, correction=True), mcnemar_chi2(3, 3, correction=True)) == (
        Chi2(0, 1),
        Chi2(0, 1),
    )
