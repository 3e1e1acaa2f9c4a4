from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from promptgate.gate import cohen_kappa, prediction_powered


@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=3, max_size=3))
def test_kappa_and_its_interval_agree_with_statsmodels(counts):
    """Where each rater uses each category: statsmodels divides by zero elsewhere."""
    table = np.array(counts)
    assume(bool(table.sum(axis=0).all()) and bool(table.sum(axis=1).all()))
    expected = cohens_kappa(table)
    found = cohen_kappa(counts)
    assert found.kappa == pytest.approx(expected.kappa, abs=1e-9)
    if expected.var_kappa > 0:
        assert found.lower == pytest.approx(max(-1, expected.kappa_low), abs=1e-7)
        assert found.upper == pytest.approx(min(1, expected.kappa_upp), abs=1e-7)


def test_kappa_agrees_with_cohen_on_his_clinicians():
    """Cohen (1960), two clinicians, 200 patients, three diagnoses: .49."""
    assert f"{cohen_kappa([[88, 14, 18], [10, 40, 10], [2, 6, 12]]).kappa:.2f}" == "0.49"


@pytest.mark.parametrize("counts", [[[0, 0], [0, 0]], [[5, 0], [0, 0]], [[1, 2]]])
def test_kappa_refuses_a_table_when_it_says_nothing(counts):
    with pytest.raises(ValueError, match="kappa"):
        cohen_kappa(counts)


def test_correction_takes_the_judges_bias_out():
    """The judge sees a drop of .1 that people do not see."""
    rng = np.random.default_rng(7)
    judged = rng.normal(-0.1, 0.2, 400)
    labelled = rng.normal(-0.1, 0.2, 80)
    found = prediction_powered(judged, labelled, labelled + 0.1, 0.05)
    assert found.difference == pytest.approx(judged.mean() + 0.1)
    assert found.se == pytest.approx(judged.std(ddof=1) / 20)
    assert found.lower < found.difference < found.upper
    assert (found.units, found.labelled) == (480, 80)


def test_correction_covers_the_truth_as_often_as_it_says():
    """One-sided bounds at 5 %: 4,000 runs leave an error of a third of a point."""
    rng = np.random.default_rng(17)
    misses = 0
    for _ in range(4_000):
        human = rng.normal(0, 0.3, 140)
        judge = human + rng.normal(-0.05, 0.1, 140)
        found = prediction_powered(judge[40:], judge[:40], human[:40], 0.05)
        misses += found.upper < 0
    assert misses / 4_000 < 0.06


@pytest.mark.parametrize(("judged", "labelled"), [(1, 5), (5, 1)])
def test_correction_refuses_when_there_is_too_little(judged, labelled):
    with pytest.raises(ValueError, match="at least two"):
        prediction_powered(np.zeros(judged), np.zeros(labelled), np.zeros(labelled), 0.05)


def test_correction_refuses_labels_when_they_do_not_pair():
    with pytest.raises(ValueError, match="both"):
        prediction_powered(np.zeros(5), np.zeros(4), np.zeros(3), 0.05)
