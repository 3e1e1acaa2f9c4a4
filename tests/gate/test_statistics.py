from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import special, stats

from promptgate.gate.proportions import bonett_price, clopper_pearson
from promptgate.gate.statistics import (
    Moments,
    detectable_drop,
    drop_p,
    floor_units,
    holm,
    log_ratio,
    mean_score,
    moments,
    non_inferior,
    plus_two,
    plus_two_lower,
    t_bounds,
    t_statistic,
)

differences = hnp.arrays(
    float,
    st.integers(2, 60),
    elements=st.sampled_from([-1.0, -2 / 3, -1 / 3, 0.0, 1 / 3, 2 / 3, 1.0]),
)


@given(differences)
def test_t_test_agrees_with_scipy(d):
    units = moments(d)
    if units.sd == 0:
        return
    expected = stats.ttest_1samp(d, 0, alternative="less")
    assert float(drop_p(units)) == pytest.approx(expected.pvalue, abs=1e-12)
    assert float(t_statistic(units)) == pytest.approx(expected.statistic)
    assert float(t_bounds(units, 0.05)[1]) == pytest.approx(expected.confidence_interval(0.95).high)


@given(differences)
def test_drop_is_proven_exactly_when_the_upper_bound_is_below_zero(d):
    units = moments(d)
    if units.sd > 0:
        assert (float(drop_p(units)) < 0.05) == (float(t_bounds(units, 0.05)[1]) < 0)


@given(differences)
def test_plus_two_is_the_t_bound_of_the_units_with_one_up_and_one_down(d):
    by_hand = moments(np.append(d, [1.0, -1.0]))
    adjusted = plus_two(moments(d))
    assert adjusted.n == by_hand.n
    assert float(adjusted.mean) == pytest.approx(float(by_hand.mean))
    assert float(adjusted.sd) == pytest.approx(float(by_hand.sd))


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 60))
def test_plus_two_is_bonett_price_up_to_t_against_z(fell, rose, same):
    """With one repeat and binary scores both add one pair to each discordant cell.

    Bonett and Price divide by n + 2 where a sample variance divides by n + 1.
    """
    n = fell + rose + same
    if n < 2:
        return
    d = np.array([-1.0] * fell + [1.0] * rose + [0.0] * same)
    adjusted = plus_two(moments(d))
    half = float(adjusted.mean) - float(plus_two_lower(moments(d), 0.05))
    as_wald = half * special.ndtri(0.95) / special.stdtrit(n + 1, 0.95)
    as_wald *= math.sqrt((n + 1) / (n + 2))
    expected = bonett_price(rose, fell, n, 0.10)[0]
    assert max(-1.0, float(adjusted.mean) - as_wald) == pytest.approx(expected)


@given(differences, st.randoms())
def test_order_of_units_changes_nothing_not_even_the_last_digit(d, random):
    shuffled = list(d)
    random.shuffle(shuffled)
    before, after = moments(d), moments(np.array(shuffled))
    assert (before.mean, before.sd) == (after.mean, after.sd)


@given(differences)
def test_swapping_the_arms_flips_the_signs(d):
    lower, upper = t_bounds(moments(d), 0.05)
    flipped = t_bounds(moments(-d), 0.05)
    assert float(flipped[0]) == pytest.approx(-float(upper))
    assert float(flipped[1]) == pytest.approx(-float(lower))


@given(st.integers(1, 300), st.sampled_from([0.02, 0.05, 0.10, 0.2]))
def test_unchanged_units_never_fail_and_pass_only_from_the_floor(n, margin):
    units = moments(np.zeros(n))
    assert float(drop_p(units)) == 1
    assert bool(non_inferior(units, margin, 0.05)) == (n >= floor_units(margin, 0.05))


@given(st.integers(2, 12))
def test_units_that_all_fall_alike_have_the_p_of_the_sign_test(n):
    """Their t is infinite, which two units must not turn into a proof."""
    assert float(drop_p(moments(np.full(n, -1 / 3)))) == 0.5**n


def test_one_unit_proves_nothing():
    units = moments(np.array([-1.0]))
    assert float(drop_p(units)) == 1
    assert not non_inferior(moments(np.array([1.0])), 0.1, 0.05)


def test_functions_take_a_leading_axis_of_runs():
    """The simulation runs the code that decides: rows must be the single results."""
    rng = np.random.default_rng(3)
    d = rng.choice([-1, 0, 1], p=[0.2, 0.7, 0.1], size=(50, 40)).astype(float)
    rows = moments(d)
    singles = [moments(row) for row in d]
    assert np.allclose(drop_p(rows), [float(drop_p(one)) for one in singles])
    assert np.allclose(
        plus_two_lower(rows, 0.05), [float(plus_two_lower(one, 0.05)) for one in singles]
    )
    assert (
        non_inferior(rows, 0.1, 0.05) == [bool(non_inferior(one, 0.1, 0.05)) for one in singles]
    ).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_agrees_with_statsmodels(p):
    from statsmodels.stats.multitest import multipletests  # slow to import: by one worker only

    expected = multipletests(p, method="holm")[1]
    assert holm(np.array(p)) == pytest.approx(expected)


def test_holm_works_on_rows():
    p = np.array([[0.01, 0.04, 0.03], [0.5, 0.001, 0.2]])
    assert holm(p) == pytest.approx(np.array([holm(p[0]), holm(p[1])]))


def test_standard_error_agrees_with_cluster_robust_ols_when_clusters_are_balanced():
    """CR1 with one regressor, the constant: its correction G/(G-1) is that of the sample sd."""
    from statsmodels.regression.linear_model import OLS

    rng = np.random.default_rng(11)
    d = rng.normal(size=(25, 4)) + rng.normal(size=(25, 1))
    fit = OLS(d.ravel(), np.ones(100)).fit(
        cov_type="cluster",
        cov_kwds={"groups": np.repeat(np.arange(25), 4), "use_correction": True},
    )
    units = moments(d.mean(axis=1))
    own = float(units.sd) / math.sqrt(25)
    assert own == pytest.approx(float(fit.bse[0]), rel=1e-9)


def test_detectable_drop_grows_with_noise_and_shrinks_with_units():
    assert detectable_drop(100, 0.1, 0.05) > detectable_drop(100, 0.05, 0.05)
    assert detectable_drop(100, 0.1, 0.05) > detectable_drop(200, 0.1, 0.05)


def test_mean_score_is_clopper_pearson_when_scores_are_binary():
    values = np.array([1.0] * 95 + [0.0] * 5)
    score = mean_score(values, 0.9, 0.05, binary=True)
    assert (score.lower, score.upper) == clopper_pearson(95, 100, 0.05)
    assert score.lower == pytest.approx(0.8977, abs=5e-4)


def test_mean_score_is_a_t_interval_over_units_when_there_are_repeats():
    values = np.array([1, 2 / 3, 1, 1 / 3, 1, 1, 2 / 3, 1])
    score = mean_score(values, 0.9, 0.05, binary=False)
    expected = stats.ttest_1samp(values, 0.9, alternative="less")
    assert score.p == pytest.approx(expected.pvalue)
    low = stats.ttest_1samp(values, 0.9, alternative="greater").confidence_interval(0.95).low
    assert score.lower == pytest.approx(low)
    spread = np.array([0.5, 0.3, 0.6, 0.4])
    wide = mean_score(spread, 0.9, 0.05, binary=False)
    assert wide.upper == pytest.approx(
        stats.ttest_1samp(spread, 0.9, alternative="less").confidence_interval(0.95).high
    )
    assert (wide.units, wide.sd) == (4, pytest.approx(np.std(spread, ddof=1)))


def test_mean_score_of_units_that_all_score_alike_still_has_a_width():
    """Ten perfect cases do not show a mean of 1."""
    score = mean_score(np.ones(10), 0.9, 0.05, binary=False)
    assert score.lower == pytest.approx(0.05 ** (1 / 10))
    assert score.upper == 1
    low = mean_score(np.full(10, 0.8), 0.9, 0.05, binary=False)
    assert (low.units, low.mean, low.sd) == (10, pytest.approx(0.8), 0)
    assert low.upper == pytest.approx(1 - 0.2 * 0.05 ** (1 / 10))


@pytest.mark.parametrize(("required", "p"), [(0.9, 0.5**10), (0.75, 1.0), (0.5, 1.0)])
def test_mean_score_of_units_that_all_score_alike_has_the_p_of_a_sign_test(required, p):
    """That all of ten units fell short by chance is as likely as ten heads."""
    assert mean_score(np.full(10, 0.75), required, 0.05, binary=False).p == p


def test_log_ratio_is_the_geometric_mean_and_ignores_what_is_not_positive():
    before, after = np.array([1.0, 2.0, 0.0, 3.0]), np.array([0.5, 2.0, 5.0, 0.0])
    ratio = log_ratio(before, after, 0.05)
    assert ratio is not None
    assert ratio.units == 2
    assert ratio.ratio == pytest.approx(math.sqrt(0.5))
    assert log_ratio(np.array([1.0]), np.array([2.0]), 0.05) is None


def test_moments_of_nothing_are_not_numbers():
    units = moments(np.array([]))
    assert units.n == 0
    assert math.isnan(float(units.mean))


def test_plus_two_of_one_unit_needs_no_variance():
    adjusted = plus_two(Moments(1, np.asarray(0.0), np.asarray(math.nan)))
    assert float(adjusted.sd) == 1
