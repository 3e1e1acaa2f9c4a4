"""A judge's scores corrected by people's labels, as the gate uses them."""

from __future__ import annotations

import numpy as np
import pytest

from promptgate.gate import (
    Arm,
    CaseRow,
    Policy,
    State,
    SuiteEvidence,
    SuiteOverride,
    SuiteTable,
    TrialRow,
    Verdict,
    decide,
    decision_json,
    prediction_powered,
)
from tests.gate.conftest import build_table


def scores(rng, rate: float, count: int = 100, k: int = 2):
    return (rng.random((count, k)) < rate).astype(float)


def people(scored, labelled):
    """Return scores of which only the labelled cases are known."""
    return [list(row) if i in labelled else [None] * len(row) for i, row in enumerate(scored)]


def evidence(judge_b, judge_c, human_b, human_c, labelled) -> SuiteEvidence:
    return SuiteEvidence(
        build_table(judge_b.tolist(), judge_c.tolist()),
        people=build_table(people(human_b, labelled), people(human_c, labelled)),
    )


def test_gate_does_not_fail_a_candidate_that_only_the_judge_finds_worse():
    """The judge is harsher on the candidate; on forty cases people saw no drop."""
    rng = np.random.default_rng(1)
    human_b = human_c = scores(rng, 0.9)
    judge_c = np.where(rng.random(human_c.shape) < 0.15, 0.0, human_c)
    one = evidence(human_b, judge_c, human_b, human_c, range(40))
    (alone,) = decide([SuiteEvidence(one.table)], Policy()).suites
    decision = decide([one], Policy())
    (suite,) = decision.suites
    assert alone.verdict is Verdict.FAIL
    assert suite.verdict is not Verdict.FAIL
    assert suite.comparison.corrected.labelled == 40
    assert suite.comparison.difference > alone.comparison.difference + 0.1
    assert any("corrected by people's labels on 40 of 100 units" in n for n in suite.notes)
    stored = decision_json(decision)["suites"][0]["comparison"]
    assert stored["corrected"]["labelled"] == 40
    assert stored["lower"] == pytest.approx(
        stored["plus_two_mean"]
        - stored["plus_two_quantile"] * stored["plus_two_sd"] / np.sqrt(stored["units"] + 2)
    )
    assert stored["upper"] == pytest.approx(
        stored["difference"] + stored["t_quantile"] * stored["sd"] / np.sqrt(stored["units"])
    )


def mixed(judge_b, judge_c, same: int) -> SuiteTable:
    """Return a table whose first cases were asked the same in both arms."""
    rows = [
        CaseRow(f"q{n}", baseline=f"old-{n}", candidate=f"{'old' if n < same else 'new'}-{n}")
        for n in range(len(judge_b))
    ]
    trials = [
        TrialRow(f"q{n}", arm, 0, score, state=State.MISSING if score is None else State.SCORED)
        for arm, scores in ((Arm.BASELINE, judge_b), (Arm.CANDIDATE, judge_c))
        for n, score in enumerate(scores)
    ]
    return SuiteTable.from_rows("facts", rows, trials)


@pytest.mark.parametrize("must_improve", [False, True])
def test_comparison_has_the_numbers_of_the_correction_when_some_answers_are_labelled(must_improve):
    """The judge misses one of twelve labelled drops; ten cases were asked the same."""
    judge_b = [1.0] * 60
    judge_c = [1.0] * 58 + [0.0] * 2
    known, told = range(10, 22), [None] * 10 + [1.0] * 11 + [0.0] + [None] * 38
    table = mixed(judge_b, judge_c, same=10)
    people = mixed([1.0 if n in known else None for n in range(60)], told, same=10)
    policy = Policy(margin=0.3, suites={"facts": SuiteOverride(must_improve=must_improve)})
    (alone,) = decide([SuiteEvidence(table)], policy).suites
    (suite,) = decide([SuiteEvidence(table, people=people)], policy).suites
    errors = np.full(60, np.nan)
    errors[:10], errors[10:21], errors[21] = 0, 0, -1
    certain = np.arange(60) < 10
    expected = prediction_powered(
        np.array(judge_c) - np.array(judge_b), errors, alone.comparison.alpha, certain
    )
    found = suite.comparison
    assert found.corrected == expected
    assert expected.labelled == 12
    assert (found.difference, found.lower, found.upper, found.p) == (
        expected.difference, expected.lower, expected.upper, expected.p,
    )  # fmt: skip
    assert found.candidate == pytest.approx(1 + expected.difference)
    assert found.t == pytest.approx(expected.difference / expected.se)
    assert found.t_lower == pytest.approx(2 * expected.difference - expected.upper)
    assert found.imputed_lower == pytest.approx(expected.lower)
    assert (found.unchanged, found.mcnemar_p) == (False, None)
    assert found.passes is (not must_improve)


def test_unchanged_comparison_stays_below_its_floor_when_people_agree_with_the_judge():
    """Labels do not add units: eleven cases that did not move are too few to pass."""
    ones = [1.0] * 11
    table = mixed(ones, ones, same=0)
    (alone,) = decide([SuiteEvidence(table)], Policy()).suites
    (suite,) = decide([SuiteEvidence(table, people=table)], Policy()).suites
    assert suite.comparison.corrected is not None
    assert (suite.comparison.unchanged, suite.comparison.passes) == (True, False)
    assert suite.comparison.floor == alone.comparison.floor > 11


def test_gate_fails_a_candidate_that_only_people_find_worse():
    rng = np.random.default_rng(2)
    judged = scores(rng, 0.9)
    human_c = np.where(rng.random(judged.shape) < 0.5, 0.0, judged)
    one = evidence(judged, judged, judged, human_c, range(60))
    (alone,) = decide([SuiteEvidence(one.table)], Policy()).suites
    (suite,) = decide([one], Policy()).suites
    assert alone.verdict is Verdict.PASS
    assert suite.verdict is Verdict.FAIL


def test_correction_uses_the_labelled_answers_of_a_case_alone():
    """One repeat of two is labelled: the other says nothing of the judge's error."""
    judged = np.tile([1.0, 0.0], (40, 1))
    table = build_table(judged.tolist(), judged.tolist())
    said = build_table([[1.0, None]] * 40, [[0.0, None]] * 20 + [[1.0, None]] * 20)
    (suite,) = decide([SuiteEvidence(table, people=said)], Policy()).suites
    assert suite.comparison.corrected.error == pytest.approx(-0.5)


def test_comparison_stays_as_it_is_when_too_few_are_labelled():
    rng = np.random.default_rng(3)
    judged = scores(rng, 0.9)
    one = evidence(judged, judged, judged, judged, range(9))
    (suite,) = decide([one], Policy()).suites
    assert suite.comparison.corrected is None


def test_missing_answers_count_at_their_worst_after_the_correction():
    rng = np.random.default_rng(4)
    judged = scores(rng, 0.9)
    lacking = judged.tolist()
    lacking[99] = [None, 1.0]
    table = build_table(judged.tolist(), lacking)
    said = build_table(judged.tolist(), lacking)
    (suite,) = decide([SuiteEvidence(table, people=said)], Policy()).suites
    assert suite.comparison.imputed_lower < suite.comparison.lower
