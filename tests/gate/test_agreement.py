from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from promptgate.gate import Calibration, Labelled, cohen_kappa, prediction_powered
from promptgate.gate.statistics import moments, t_bounds


@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=3, max_size=3))
def test_kappa_and_its_interval_agree_with_statsmodels(counts):
    """Where each rater uses each category: statsmodels divides by zero elsewhere."""
    from statsmodels.stats.inter_rater import cohens_kappa

    table = np.array(counts)
    assume(bool(table.sum(axis=0).all()) and bool(table.sum(axis=1).all()))
    expected = cohens_kappa(table)
    found = cohen_kappa(counts)
    assert found.kappa == pytest.approx(expected.kappa, abs=1e-9)
    if expected.var_kappa > 0:
        assert found.lower == pytest.approx(max(-1, expected.kappa_low), abs=1e-7)
        assert found.upper == pytest.approx(min(1, expected.kappa_upp), abs=1e-7)


@pytest.mark.parametrize("counts", [[[0, 0], [0, 0]], [[5, 0], [0, 0]], [[1, 2]]])
def test_kappa_refuses_a_table_when_it_says_nothing(counts):
    with pytest.raises(ValueError, match="kappa"):
        cohen_kappa(counts)


PUBLISHED = [
    # table, kappa, its 95 % interval where it was published, source
    ([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]], "0.3449", (0.2030, 0.4868)),
    ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], "0.49", None),
    ([[22, 2], [4, 11]], "0.67", None),
    ([[15, 5], [10, 70]], "0.57", None),
    ([[40, 9], [6, 45]], "0.70", None),
    ([[80, 10], [5, 5]], "0.32", None),
]
SOURCES = [
    "SAS/STAT 15.1, PROC FREQ, getting started: two dermatologists, 88 patients",
    "Cohen (1960): two clinicians, 200 patients",
    "Sim and Wright (2005), Physical Therapy 85: two clinicians, 39 patients",
    "Viera and Garrett (2005), Family Medicine 37: the noon lectures",
    "Feinstein and Cicchetti (1990), J Clin Epidemiol 43: balanced margins",
    "Feinstein and Cicchetti (1990): the same agreement of .85, skewed margins",
]


@pytest.mark.parametrize(("counts", "kappa", "interval"), PUBLISHED, ids=SOURCES)
def test_calibration_reproduces_published_kappas_to_their_digits(counts, kappa, interval):
    """Each table becomes labels, one item a count, so the whole way from labels is held."""
    worth = {str(index): index / (len(counts) - 1) for index in range(len(counts))}
    items = tuple(
        Labelled(str(i), str(j), worth=worth[str(j)])
        for i, row in enumerate(counts)
        for j, count in enumerate(row)
        for _ in range(count)
    )
    found = Calibration(worth, items).kappa
    digits = len(kappa) - 2
    assert f"{found.kappa:.{digits}f}" == kappa
    if interval is not None:
        assert (round(found.lower, 4), round(found.upper, 4)) == interval


def spread(values, labelled, errors):
    """Return errors for the labelled units and NaN for the others."""
    found = np.full(len(values), np.nan)
    found[labelled] = errors
    return found


def test_correction_takes_the_judges_bias_out():
    """The judge sees a drop of .1 that people do not see."""
    rng = np.random.default_rng(7)
    judged = rng.normal(-0.1, 0.2, 480)
    found = prediction_powered(judged, spread(judged, slice(0, 80), 0.1), 0.05)
    assert found.difference == pytest.approx(judged.mean() + 0.1)
    assert found.se == pytest.approx(judged.std(ddof=1) / np.sqrt(480), rel=0.02)
    assert found.lower < found.difference < found.upper
    assert (found.units, found.labelled) == (480, 80)
    assert (found.judged, found.error) == (pytest.approx(judged.mean()), pytest.approx(0.1))


def test_correction_is_peoples_own_mean_when_every_unit_is_labelled():
    rng = np.random.default_rng(8)
    judged, human = rng.normal(-0.1, 0.3, 60), rng.normal(0.05, 0.2, 60)
    found = prediction_powered(judged, human - judged, 0.05)
    expected = stats.ttest_1samp(human, 0, alternative="less")
    assert found.difference == pytest.approx(human.mean())
    assert found.se == pytest.approx(human.std(ddof=1) / np.sqrt(60))
    assert found.p == pytest.approx(expected.pvalue)


def test_correction_leaves_out_what_cannot_differ():
    """A quarter of the units was asked the same: they are 0 and need no label."""
    judged = np.array([0.0, 1.0, -1.0, 0.0] * 10)
    certain = np.arange(40) % 4 == 0
    errors = np.where(certain, 0.0, -0.2)
    found = prediction_powered(judged, errors, 0.05, certain)
    assert found.difference == pytest.approx(0.75 * -0.2)
    assert found.labelled == 30


@pytest.mark.parametrize(("units", "labelled"), [(100, 40), (400, 60)])
def test_correction_covers_the_truth_as_often_as_it_says(units, labelled):
    """One-sided bounds at 5 % with a judge that is biased against one arm.

    3,000 runs leave an error of .4 points; the lower bound is conservative by its
    pseudo-units. The judge alone would prove a drop that is not there in most runs.
    """
    rng = np.random.default_rng(17)
    below = above = alone = 0
    for _ in range(3_000):
        rate = rng.beta(0.8, 0.2, units)
        human = (rng.random((2, units)) < rate).astype(float)
        seen = rng.random((2, units))
        judge = np.where(human == 1, seen < np.array([[0.95], [0.83]]), seen > 0.9)
        judged, truth = judge[1].astype(float) - judge[0], human[1] - human[0]
        some = rng.choice(units, labelled, replace=False)
        found = prediction_powered(judged, spread(judged, some, (truth - judged)[some]), 0.05)
        below += found.upper < 0
        above += found.lower > 0
        alone += t_bounds(moments(judged), 0.05)[1] < 0
    assert below / 3_000 < 0.062
    assert above / 3_000 < 0.062
    assert alone / 3_000 > 0.3


def test_correction_stays_unsure_when_the_judge_was_never_seen_to_err():
    """Ten labels without an error prove little: the pseudo-units keep the bound open."""
    judged = np.zeros(1000)
    found = prediction_powered(judged, spread(judged, slice(0, 10), 0.0), 0.05)
    assert found.lower < -0.1
    assert found.p == 1


def test_correction_refuses_when_there_is_too_little():
    with pytest.raises(ValueError, match="at least two"):
        prediction_powered(np.zeros(9), spread(np.zeros(9), [0], 0.0), 0.05)
    with pytest.raises(ValueError, match="every unit"):
        prediction_powered(np.zeros(5), np.zeros(4), 0.05)
