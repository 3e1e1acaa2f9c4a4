"""What people's labels say of a judge, and when it may gate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from promptgate.gate import Calibration, Labelled, Policy
from promptgate.gate.proportions import fisher_exact

WORTH = {"pass": 1.0, "fail": 0.0}


def items(agree: int, wrong_pass: int = 0, wrong_fail: int = 0, arm: str = "", length: int = 80):
    """Half of those that agree pass; `wrong_pass` are fails that the judge passes."""
    pairs = [("pass", "pass")] * (agree // 2) + [("fail", "fail")] * (agree - agree // 2)
    pairs += [("fail", "pass")] * wrong_pass + [("pass", "fail")] * wrong_fail
    return tuple(
        Labelled(human, judge, arm, length + n, WORTH[judge])
        for n, (human, judge) in enumerate(pairs)
    )


def of(*groups) -> Calibration:
    return Calibration(WORTH, tuple(item for group in groups for item in group))


def test_figures_are_shares_of_what_people_said():
    found = of(items(80, wrong_pass=15, wrong_fail=5))
    assert (found.accuracy.hits, found.accuracy.of) == (80, 100)
    assert (found.sensitivity.hits, found.sensitivity.of) == (40, 45)
    assert (found.specificity.hits, found.specificity.of) == (40, 55)
    low, high = found.sensitivity.interval
    exact = stats.binomtest(40, 45).proportion_ci(method="exact")
    assert (low, high) == (pytest.approx(exact.low), pytest.approx(exact.high))


def test_judge_may_gate_when_people_agree():
    assert of(items(90, 5, 5)).faults(Policy()) == ()


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (of(items(70, 15, 15)), "kappa of 0.40 is below 0.6"),
        (of(items(36, 2, 2)), "may be as low as"),
        (of(items(20)), "20 labels are fewer than 40"),
        (of(), "0 labels are fewer"),
        (of(tuple(Labelled("pass", "pass", worth=1.0) for _ in range(50))), "undefined"),
        (
            of(items(90, 2, 2), tuple(Labelled("pass", None) for _ in range(6))),
            "6 of 100 replies are no verdict",
        ),
        (
            of(items(100, arm="baseline"), items(70, 0, 30, arm="candidate")),
            "sensitivity differs between baseline and candidate",
        ),
    ],
)
def test_judge_may_not_gate_when_a_condition_fails(found, told):
    assert any(told in fault for fault in found.faults(Policy(min_kappa_lower=0.65)))


def test_judge_may_gate_when_its_arms_differ_by_chance():
    found = of(items(95, 2, 3, arm="baseline"), items(94, 3, 3, arm="candidate"))
    assert set(found.arms()) == {"baseline", "candidate"}
    assert found.faults(Policy()) == ()


def test_verbosity_is_the_slope_that_regression_gives():
    rng = np.random.default_rng(3)
    lengths = rng.integers(20, 2000, 120)
    chance = 0.2 + 0.08 * np.log2(lengths / 20)
    judged = ["pass" if u < p else "fail" for u, p in zip(rng.random(120), chance, strict=True)]
    found = Calibration(
        WORTH,
        tuple(
            Labelled("fail", judge, "", int(length), WORTH[judge])
            for judge, length in zip(judged, lengths, strict=True)
        ),
    ).verbosity()
    line = stats.linregress(np.log2(lengths), [WORTH[judge] for judge in judged])
    assert found.slope == pytest.approx(line.slope)
    half = stats.t.ppf(0.975, 118) * line.stderr
    assert (found.lower, found.upper) == (
        pytest.approx(line.slope - half),
        pytest.approx(line.slope + half),
    )
    assert found.is_shown


def test_verbosity_is_not_measurable_when_all_answers_are_equally_long():
    same = tuple(Labelled("pass", "pass", length=50, worth=1.0) for _ in range(9))
    assert of(same).verbosity() is None
    assert of().verbosity() is None


def test_position_counts_the_pairs_in_which_one_place_wins_both_times():
    orders = (("first", "first"),) * 9 + (("second", "second"),) + (("first", "second"),) * 20
    found = of((Labelled("pass", "pass", orders=orders),)).position()
    assert (found.pairs, found.first, found.second) == (30, 9, 1)
    assert found.p == pytest.approx(stats.binomtest(9, 10).pvalue)
    assert of(items(5)).position() is None


@given(st.lists(st.integers(0, 25), min_size=4, max_size=4))
def test_fisher_agrees_with_scipy(cells):
    table = [cells[:2], cells[2:]]
    assert fisher_exact(table) == pytest.approx(stats.fisher_exact(table).pvalue, abs=1e-12)
