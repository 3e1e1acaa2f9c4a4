from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import InputError
from promptgate.gate import Arm, CaseRow, State, SuiteTable, TrialRow


def rows(*trials: TrialRow, cases: list[CaseRow] | None = None) -> SuiteTable:
    named = cases or [CaseRow(name) for name in dict.fromkeys(trial.case for trial in trials)]
    return SuiteTable.from_rows("s", named, trials)


def test_table_counts_a_shared_trial_in_both_arms_when_the_request_is_the_same():
    table = rows(TrialRow("a", Arm.BOTH, 0, 0.5))
    assert table.case_means(Arm.BASELINE)[0] == table.case_means(Arm.CANDIDATE)[0] == 0.5


def test_table_averages_repeats_within_a_case_and_cases_within_a_cluster():
    """Neither repeats nor cases of one source are independent evidence."""
    cases = [CaseRow("a", cluster="x"), CaseRow("b", cluster="x"), CaseRow("c")]
    table = rows(
        TrialRow("a", Arm.CANDIDATE, 0, 1.0),
        TrialRow("a", Arm.CANDIDATE, 1, 0.0),
        TrialRow("b", Arm.CANDIDATE, 0, 1.0),
        TrialRow("c", Arm.CANDIDATE, 0, 0.0),
        cases=cases,
    )
    assert table.by_unit(table.case_means(Arm.CANDIDATE)).tolist() == [0.75, 0.0]


@pytest.mark.parametrize("arm", ["baseline", "candidate"])
def test_cases_are_one_unit_when_they_share_a_request_in_an_arm(arm):
    """They share recordings there, so their differences are not independent."""
    shared = {arm: "same"}
    cases = [CaseRow("a", **shared), CaseRow("b", **shared), CaseRow("c", baseline="other")]
    table = SuiteTable.from_rows("s", cases, [])
    assert table.unit.tolist() == [0, 0, 1]


def test_units_merge_through_chains_of_clusters_and_requests():
    cases = [
        CaseRow("a", cluster="x"),
        CaseRow("b", cluster="x", candidate="r"),
        CaseRow("c", cluster="y", candidate="r"),
        CaseRow("d", cluster="y"),
        CaseRow("e"),
    ]
    assert SuiteTable.from_rows("s", cases, []).unit.tolist() == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("score", [float("nan"), -0.01, 1.01, float("inf")])
def test_table_refuses_a_score_when_it_is_not_from_0_to_1(score):
    with pytest.raises(InputError, match=r"case 'a', repeat 2 of the candidate.*from 0 to 1"):
        rows(TrialRow("a", Arm.CANDIDATE, 2, score))


def test_table_refuses_a_trial_when_it_stands_twice():
    with pytest.raises(InputError, match=r"case 'a', repeat 0 of the baseline.*twice"):
        rows(TrialRow("a", Arm.BASELINE, 0, 1.0), TrialRow("a", Arm.BOTH, 0, 1.0))


def test_table_refuses_a_case_when_its_id_stands_twice():
    with pytest.raises(InputError, match="'a' stands twice"):
        SuiteTable.from_rows("s", [CaseRow("a"), CaseRow("a")], [])


def test_table_refuses_a_trial_when_its_case_is_unknown():
    with pytest.raises(InputError, match="case 'b', which the suite does not have"):
        rows(TrialRow("b", Arm.BOTH, 0, 1.0), cases=[CaseRow("a")])


def test_table_refuses_a_scored_trial_when_it_has_no_score():
    with pytest.raises(InputError, match="give its state"):
        rows(TrialRow("a", Arm.BOTH, 0, None))


@pytest.mark.parametrize("state", [State.ERRORED, State.MISSING, State.UNSCORED])
def test_trial_without_a_score_is_neither_a_pass_nor_a_fail(state):
    table = rows(
        TrialRow("a", Arm.CANDIDATE, 0, 1.0),
        TrialRow("a", Arm.CANDIDATE, 1, None, passed=True, state=state),
    )
    assert table.case_means(Arm.CANDIDATE)[0] == 1
    assert table.violations(Arm.CANDIDATE)[0] == 0
    assert table.scored(Arm.CANDIDATE)[0] == 1


def test_imputed_means_take_the_worst_for_what_is_missing():
    """A missing candidate scores 0, a missing baseline 1; a repeat of one arm only is missing."""
    table = rows(
        TrialRow("a", Arm.BASELINE, 0, 0.0),
        TrialRow("a", Arm.CANDIDATE, 0, 1.0),
        TrialRow("a", Arm.CANDIDATE, 1, 1.0),
        TrialRow("b", Arm.BASELINE, 0, 0.0),
        TrialRow("b", Arm.CANDIDATE, 0, None, state=State.ERRORED),
    )
    assert table.imputed_means(Arm.BASELINE).tolist() == [0.5, 0.0]
    assert table.imputed_means(Arm.CANDIDATE).tolist() == [1.0, 0.0]


def test_case_owes_the_suites_repeats_when_it_has_no_row_at_all():
    """A case that was forgotten is missing, not absent."""
    table = SuiteTable.from_rows(
        "s",
        [CaseRow("a"), CaseRow("b")],
        [TrialRow("a", arm, repeat, 1.0) for arm in (Arm.BASELINE, Arm.CANDIDATE)
         for repeat in range(3)],
    )  # fmt: skip
    assert table.planned().tolist() == [3, 3]


def test_table_is_identical_only_when_every_request_is_known_and_the_same():
    same, unknown = CaseRow("a", baseline="r", candidate="r"), CaseRow("b")
    assert SuiteTable.from_rows("s", [same], []).identical
    assert not SuiteTable.from_rows("s", [same, unknown], []).identical
    assert not SuiteTable.from_rows("s", [], []).identical


@given(st.integers(1, 30), st.integers(1, 4), st.randoms())
def test_columns_and_rows_give_the_same_table_in_any_order(n, k, random):
    """Trials pair by case and repeat, never by position."""
    trials = [
        TrialRow(str(case), arm, repeat, random.random())
        for case in range(n)
        for arm in (Arm.BASELINE, Arm.CANDIDATE)
        for repeat in range(k)
    ]
    cases = [CaseRow(str(case)) for case in range(n)]
    ordered = SuiteTable.from_rows("s", cases, trials)
    random.shuffle(trials)
    shuffled = SuiteTable.from_columns(
        "s",
        cases,
        case=[int(trial.case) for trial in trials],
        arm=[trial.arm for trial in trials],
        repeat=[trial.repeat for trial in trials],
        score=[trial.score for trial in trials],
    )
    for arm in (Arm.BASELINE, Arm.CANDIDATE):
        assert np.allclose(ordered.case_means(arm), shuffled.case_means(arm))
