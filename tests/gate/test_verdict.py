"""The verdict of one suite and the numbers beside it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.gate import (
    Arm,
    Calibration,
    CaseRow,
    Context,
    Judge,
    Labelled,
    Policy,
    SuiteEvidence,
    SuiteOverride,
    SuiteTable,
    TrialRow,
    Verdict,
    decide,
    decision_json,
)
from promptgate.gate.statistics import t_quantile

scores = st.lists(
    st.tuples(st.sampled_from([0.0, 1 / 3, 2 / 3, 1.0]), st.sampled_from([0.0, 1 / 3, 2 / 3, 1.0])),
    min_size=2,
    max_size=60,
)


def suite_of(pairs: list[tuple[float, float]]) -> SuiteEvidence:
    trials = []
    for index, (before, after) in enumerate(pairs):
        trials.append(TrialRow(f"{index}", Arm.BASELINE, 0, before))
        trials.append(TrialRow(f"{index}", Arm.CANDIDATE, 0, after))
    cases = [CaseRow(f"{index}") for index in range(len(pairs))]
    return SuiteEvidence(SuiteTable.from_rows("s", cases, trials))


def verdict_of(evidence: SuiteEvidence, policy: Policy | None = None, **context: object):
    return decide([evidence], policy or Policy(), Context(**context)).suites[0]


@given(scores, st.randoms())
def test_verdict_does_not_depend_on_the_order_of_the_cases(pairs, random):
    shuffled = list(pairs)
    random.shuffle(shuffled)
    before, after = verdict_of(suite_of(pairs)), verdict_of(suite_of(shuffled))
    assert before.verdict is after.verdict
    assert before.comparison == after.comparison


@given(scores)
def test_swapping_the_arms_flips_the_signs(pairs):
    one = verdict_of(suite_of(pairs)).comparison
    other = verdict_of(suite_of([(after, before) for before, after in pairs])).comparison
    assert one.difference == pytest.approx(-other.difference)
    assert one.upper == pytest.approx(-other.t_lower)
    if one.t is not None:
        assert one.t == pytest.approx(-other.t)


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=80))
def test_identical_scores_never_fail_and_pass_only_from_the_floor(values):
    suite = verdict_of(suite_of([(value, value) for value in values]))
    expected = Verdict.PASS if len(values) >= 29 else Verdict.INCONCLUSIVE
    assert suite.verdict is expected
    assert suite.reason.startswith("no unit differs, ")


@given(scores)
def test_cluster_of_one_is_the_same_as_no_cluster(pairs):
    plain = suite_of(pairs).table
    cases = [CaseRow(case.id, cluster=f"own-{case.id}") for case in plain.cases]
    clustered = SuiteTable.from_columns(
        "s", cases, case=plain.case, arm=plain.arm, repeat=plain.repeat, score=plain.score
    )
    assert verdict_of(SuiteEvidence(plain)).comparison == (
        verdict_of(SuiteEvidence(clustered)).comparison
    )


@given(scores)
def test_every_printed_bound_can_be_recomputed_with_a_calculator(pairs):
    numbers = verdict_of(suite_of(pairs)).comparison
    n = numbers.units
    se = numbers.sd / math.sqrt(n)
    assert numbers.difference == pytest.approx(numbers.candidate - numbers.baseline, abs=1e-11)
    assert numbers.upper == pytest.approx(numbers.difference + t_quantile(0.95, n - 1) * se)
    assert numbers.lower == pytest.approx(
        numbers.plus_two_mean
        - t_quantile(0.95, n + 1) * numbers.plus_two_sd / math.sqrt(n + 2)
    )  # fmt: skip
    if numbers.sd > 0:
        assert numbers.t == pytest.approx(numbers.difference / se)


def test_suite_passes_without_any_trial_when_every_request_is_identical():
    cases = [CaseRow("a", baseline="r", candidate="r")]
    suite = verdict_of(SuiteEvidence(SuiteTable.from_rows("s", cases, [])))
    assert suite.verdict is Verdict.PASS
    assert suite.identical


def test_suite_fails_when_half_of_its_cases_break(broken):
    suite = verdict_of(broken())
    assert suite.verdict is Verdict.FAIL
    assert len(suite.regressed) == 30
    assert suite.improved == ()
    assert suite.comparison.upper < 0


def test_suite_is_inconclusive_and_says_what_would_settle_it(unsure):
    suite = verdict_of(unsure())
    assert suite.verdict is Verdict.INCONCLUSIVE
    assert "units instead of 40" in suite.settle
    assert [change.case for change in suite.regressed] == ["case-1", "case-2", "case-3"]
    assert [change.case for change in suite.improved] == ["case-0"]


def test_settling_counts_repeats_when_noise_within_cases_is_the_trouble(evidence):
    noisy = [[1.0, 0.0] if index % 2 else [0.0, 1.0] for index in range(40)]
    mixed = [[1.0, 1.0] if index % 4 == 0 else [0.0, 0.0] if index % 4 == 1 else pair
             for index, pair in enumerate(noisy)]  # fmt: skip
    suite = verdict_of(evidence(noisy, mixed))
    assert suite.verdict is Verdict.INCONCLUSIVE
    assert "repeats instead of 2" in suite.settle


def test_suite_is_inconclusive_below_the_floor_and_names_it(steady):
    suite = verdict_of(steady(n=28))
    assert suite.verdict is Verdict.INCONCLUSIVE
    assert "which takes 29" in suite.reason
    assert suite.settle == "29 units instead of 28"


def test_two_units_that_fall_prove_nothing(evidence):
    suite = verdict_of(evidence([[1.0]] * 2, [[0.0]] * 2))
    assert suite.verdict is Verdict.INCONCLUSIVE
    assert "sign test" in " ".join(suite.notes)


def test_equal_differences_are_equal_whatever_their_last_digit(evidence):
    """1 - 2/3 and 2/3 - 1/3 differ by a rounding error, which must not become a tiny sd."""
    suite = verdict_of(evidence([[1.0], [2 / 3]], [[2 / 3], [1 / 3]]))
    assert suite.comparison.sd == 0
    assert suite.verdict is Verdict.INCONCLUSIVE


def test_scores_added_in_another_order_are_no_change(evidence):
    same = evidence([[0.1, 0.2, 0.3]] * 30, [[0.3, 0.2, 0.1]] * 30)
    suite = verdict_of(same)
    assert suite.comparison.unchanged
    assert suite.regressed == suite.improved == ()


def test_suite_cannot_pass_when_the_missing_trials_might_have_gone_badly(evidence):
    """Of 59 perfect units one is unknown in the candidate, another in the baseline."""
    clean = [[1.0] * 2] * 55
    table = evidence(
        clean + [[1.0, 1.0]] * 4,
        [[1.0, None], *clean[1:], [0.0, 0.0], [1.0, 1.0], [1.0, 1.0], [1.0, 1.0]],
    )
    seen = verdict_of(table, Policy(margin=0.07))
    assert seen.comparison.lower > -0.07 >= seen.comparison.imputed_lower
    assert seen.verdict is Verdict.INCONCLUSIVE
    assert "went badly" in seen.reason


@pytest.mark.parametrize(
    ("missing_before", "missing_after", "verdict"),
    [(2, 2, Verdict.PASS), (1, 2, Verdict.PASS), (3, 3, Verdict.ERROR), (0, 2, Verdict.ERROR)],
)
def test_suite_is_in_error_when_too_much_is_missing_or_too_unevenly(
    evidence, missing_before, missing_after, verdict
):
    """2 % an arm at most, and 1 point more in one arm at most."""
    before = [[None]] * missing_before + [[1.0]] * (100 - missing_before)
    after = [[1.0]] * (100 - missing_after) + [[None]] * missing_after
    assert verdict_of(evidence(before, after)).verdict is verdict


def test_suite_is_in_error_when_nothing_was_scored(evidence):
    assert verdict_of(evidence([[None]] * 30, [[None]] * 30)).verdict is Verdict.ERROR
    assert verdict_of(SuiteEvidence(SuiteTable.from_rows("s", [], []))).verdict is Verdict.ERROR


def first_release(passed: int, of: int, k: int = 1) -> SuiteTable:
    cases = [CaseRow(str(index), new=True) for index in range(of)]
    return SuiteTable.from_rows(
        "s",
        cases,
        [TrialRow(str(index), Arm.CANDIDATE, repeat, float(index < passed))
         for index in range(of) for repeat in range(k)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("passed", "verdict"),
    [(100, Verdict.PASS), (92, Verdict.INCONCLUSIVE), (60, Verdict.FAIL)],
)
@pytest.mark.parametrize("k", [1, 3])
def test_first_release_is_held_to_min_score_by_the_lower_bound(passed, verdict, k):
    suite = verdict_of(SuiteEvidence(first_release(passed, 100, k), min_score=0.9))
    assert suite.verdict is verdict
    assert suite.comparison is None


def test_first_release_is_inconclusive_when_no_min_score_is_set():
    suite = verdict_of(SuiteEvidence(first_release(100, 100)))
    assert suite.verdict is Verdict.INCONCLUSIVE
    assert "no min_score" in suite.reason


def test_new_cases_beside_old_ones_are_held_to_min_score(steady):
    old = steady(n=40).table
    cases = [*old.cases, CaseRow("fresh", new=True)]
    trials = [
        TrialRow(old.cases[c].id, Arm(a), int(r), 1.0)
        for c, a, r in zip(old.case, old.arm, old.repeat, strict=True)
    ]
    trials += [TrialRow("fresh", Arm.CANDIDATE, repeat, 1.0) for repeat in range(3)]
    suite = verdict_of(SuiteEvidence(SuiteTable.from_rows("s", cases, trials)))
    assert suite.verdict is Verdict.INCONCLUSIVE
    assert "1 new units" in suite.reason


def test_suite_that_must_improve_passes_only_when_a_rise_is_proven(steady, evidence):
    policy = Policy(suites={"helpfulness": SuiteOverride(must_improve=True)})
    assert verdict_of(steady(), policy).verdict is Verdict.INCONCLUSIVE
    better = evidence([[0.0] * 3] * 30 + [[1.0] * 3] * 30, [[1.0] * 3] * 60)
    assert verdict_of(better, policy).verdict is Verdict.PASS


def test_creep_is_caught_when_the_anchor_is_compared_too(table, evidence):
    """Each step is inside the margin; ten of them are not."""
    perfect, now = [[1.0] * 3] * 100, [[0.0] * 3] * 25 + [[1.0] * 3] * 75
    last = [[0.0] * 3] * 23 + [[1.0] * 3] * 77
    alone = verdict_of(evidence(last, now))
    anchored = verdict_of(evidence(last, now, anchor=table(perfect, now)))
    assert alone.verdict is Verdict.PASS
    assert anchored.verdict is Verdict.FAIL
    assert "anchor" in anchored.reason


def test_flaky_cases_are_named_from_the_history_of_the_baseline_alone(steady):
    suite = steady()
    history = {"case-0": (3, 5), "case-1": (5, 5), "case-2": (0, 5)}
    evidence = SuiteEvidence(suite.table, history=history)
    assert verdict_of(evidence).flaky == ("case-0",)


def tone(wrong: int | None) -> Judge:
    """A judge with 200 labels, half of them good, of which it gets some wrong."""
    if wrong is None:
        return Judge("tone")
    said = [("good", "bad"), ("bad", "good")] * (wrong // 2)
    said += [("good", "good"), ("bad", "bad")] * (100 - wrong // 2)
    worth = {"good": 1.0, "bad": 0.0}
    items = tuple(Labelled(human, judge, worth=worth[judge]) for human, judge in said)
    return Judge("tone", "sha256:0", Calibration(worth, items))


@pytest.mark.parametrize(
    ("wrong", "verdict", "told"),
    [
        (None, Verdict.INCONCLUSIVE, "it was never calibrated"),
        (42, Verdict.INCONCLUSIVE, "its kappa of 0.58 is below 0.6"),
        (40, Verdict.PASS, "are enough to say so"),
    ],
)
def test_judge_may_not_gate_when_people_do_not_agree_with_it(steady, wrong, verdict, told):
    suite = verdict_of(SuiteEvidence(steady().table, judges=(tone(wrong),)))
    assert suite.verdict is verdict
    assert told in suite.reason


def test_judge_gates_all_the_same_when_policy_says_so_and_the_suite_tells(steady):
    evidence = SuiteEvidence(steady().table, judges=(tone(None),))
    decision = decide([evidence], Policy(uncalibrated_judges="gate"))
    (suite,) = decision.suites
    assert suite.verdict is Verdict.PASS
    assert any("by policy it gates all the same" in note for note in suite.notes)
    (told,) = decision_json(decision)["suites"][0]["judges"]
    assert (told["judge"], told["may_gate"], told["labels"]) == ("tone", False, 0)


def test_every_judge_of_a_suite_must_be_one_that_may_gate(steady):
    suite = verdict_of(SuiteEvidence(steady().table, judges=(tone(0), tone(None))))
    assert suite.verdict is Verdict.INCONCLUSIVE


def test_no_repeat_is_wasted_on_a_suite_when_its_judge_may_not_gate(unsure):
    evidence = SuiteEvidence(unsure(k=1).table, judges=(tone(None),))
    assert decide([evidence], Policy(), Context(ladder=True)).needs == ()


@pytest.mark.parametrize("k", [1, 3])
def test_mcnemar_is_printed_only_when_each_case_ran_once(evidence, k):
    """On majority votes of repeats it would lose power."""
    before = [[1.0] * k] * 40
    suite = verdict_of(evidence(before, [[0.0] * k] * 6 + before[6:]))
    assert (suite.comparison.mcnemar_p is not None) is (k == 1)
    if k == 1:
        assert suite.comparison.mcnemar_p == pytest.approx(2 * 0.5**6)


def test_cases_with_one_request_count_as_one_unit_and_the_report_says_so():
    cases = [CaseRow("a", baseline="x", candidate="r"), CaseRow("b", baseline="y", candidate="r")]
    trials = [TrialRow(name, Arm.BOTH, 0, 1.0) for name in "ab"]
    suite = verdict_of(SuiteEvidence(SuiteTable.from_rows("s", cases, trials)))
    assert (suite.cases, suite.clusters) == (2, 1)
    assert "share requests" in suite.notes[0]


def test_cost_is_noted_and_never_decides(steady):
    table = steady(n=60, k=1).table
    costs = [1.5 if arm == Arm.CANDIDATE else 1.0 for arm in table.arm]
    dear = SuiteTable.from_columns(
        "s", table.cases, case=table.case, arm=table.arm, repeat=table.repeat,
        score=table.score, cost=costs,
    )  # fmt: skip
    suite = verdict_of(SuiteEvidence(dear))
    assert suite.verdict is Verdict.PASS
    assert suite.cost.ratio == pytest.approx(1.5)
    assert any(note.startswith("cost is up") for note in suite.notes)


def test_changes_of_the_suite_stand_first_among_the_notes(steady):
    evidence = SuiteEvidence(steady().table, changes=("case 'x' was removed",))
    assert verdict_of(evidence).notes[0] == "case 'x' was removed"
