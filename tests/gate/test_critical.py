"""Critical cases: what is open, what is confirmed, what clears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from promptgate.gate import (
    Adjudication,
    Context,
    FreshRepeats,
    NeedKind,
    Outcome,
    Policy,
    Status,
    SuiteOverride,
    Verdict,
    decide,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CLEAN = [[1.0] * 3] * 60
ONE_BAD = [[1.0, 0.0, 1.0], *CLEAN[1:]]


def word(**changes: object) -> Adjudication:
    values = {
        "suite": "helpfulness",
        "case": "case-0",
        "request": "new-0",
        "response": "CANDIDATE-0-1",
        "reviewer": "Ada",
        "reason": "The answer names no method.",
        "expires": NOW + timedelta(days=30),
    } | changes
    return Adjudication(**values)


def test_gate_holds_and_asks_for_four_fresh_repeats_when_a_critical_case_is_violated(evidence):
    decision = decide([evidence(CLEAN, ONE_BAD, critical=True)], Policy())
    (violation,) = decision.violations
    assert (decision.outcome, decision.exit_code) == (Outcome.HOLD, 3)
    assert (violation.status, violation.responses) == (Status.OPEN, ("CANDIDATE-0-1",))
    (need,) = decision.needs
    assert (need.kind, need.cases, need.repeats) == (NeedKind.FRESH, ("case-0",), 4)


def test_gate_releases_when_the_same_answer_fails_on_a_case_that_is_not_critical(evidence):
    assert decide([evidence(CLEAN, ONE_BAD)], Policy()).outcome is Outcome.RELEASE


@pytest.mark.parametrize("critical", [True, False])
def test_policy_decides_what_is_critical_when_it_says_so(evidence, critical):
    policy = Policy(suites={"helpfulness": SuiteOverride(critical=critical)})
    decision = decide([evidence(CLEAN, ONE_BAD, critical=not critical)], policy)
    assert bool(decision.violations) is critical


@pytest.mark.parametrize(("violations", "status"), [(1, Status.OPEN), (2, Status.CONFIRMED)])
def test_violation_is_confirmed_only_when_two_of_the_fresh_repeats_violate(
    evidence, violations, status
):
    suite = evidence(CLEAN, ONE_BAD, critical=True, fresh={"case-0": FreshRepeats(4, violations)})
    decision = decide([suite], Policy())
    assert decision.violations[0].status is status
    assert decision.needs == ()
    assert decision.exit_code == (1 if status is Status.CONFIRMED else 3)


@pytest.mark.parametrize(("second", "told"), [(True, "agrees"), (False, "does not"), (None, "")])
def test_violation_tells_what_a_second_opinion_says_when_there_is_one(evidence, second, told):
    fresh = {"case-0": FreshRepeats(4, 1, second_opinion=second)}
    decision = decide([evidence(CLEAN, ONE_BAD, critical=True, fresh=fresh)], Policy())
    assert decision.violations[0].notes[-1].partition("; a second opinion ")[2] == told


def test_clean_fresh_repeats_do_not_clear_a_violation(evidence):
    """Only a person does."""
    suite = evidence(CLEAN, ONE_BAD, critical=True, fresh={"case-0": FreshRepeats(4, 0, False)})
    decision = decide([suite], Policy())
    assert decision.exit_code == 3
    assert "a second opinion does not" in decision.violations[0].notes[0]


def test_adjudication_clears_the_answer_that_it_binds(evidence):
    context = Context(now=NOW, authors=("Grace",), adjudications=(word(),))
    decision = decide([evidence(CLEAN, ONE_BAD, critical=True)], Policy(), context)
    assert decision.violations[0].status is Status.ADJUDICATED
    assert decision.outcome is Outcome.RELEASE


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"reviewer": " grace "}, "author of the change"),
        ({"expires": NOW}, "expired on 2026-11-23"),
        ({"reason": " "}, "lacks a reviewer or a reason"),
        ({"reviewer": ""}, "lacks a reviewer or a reason"),
        ({"request": "old-0"}, "another request"),
    ],
)
def test_adjudication_does_not_count_when_it_is_not_a_valid_word(evidence, changes, reason):
    context = Context(now=NOW, authors=("Grace",), adjudications=(word(**changes),))
    decision = decide([evidence(CLEAN, ONE_BAD, critical=True)], Policy(), context)
    assert decision.exit_code == 3
    assert reason in decision.violations[0].notes[0]


@pytest.mark.parametrize("changes", [{"response": "other"}, {"case": "case-1"}, {"suite": "x"}])
def test_adjudication_clears_nothing_when_it_is_of_something_else(evidence, changes):
    context = Context(now=NOW, adjudications=(word(**changes),))
    assert decide([evidence(CLEAN, ONE_BAD, critical=True)], Policy(), context).exit_code == 3


def test_every_violating_answer_needs_its_own_adjudication(evidence):
    twice = [[0.0, 0.0, 1.0], *CLEAN[1:]]
    context = Context(now=NOW, adjudications=(word(),))
    decision = decide([evidence(CLEAN, twice, critical=True)], Policy(), context)
    assert decision.violations[0].responses == ("CANDIDATE-0-0",)
    words = (word(case="case-1"), word(), word(response="CANDIDATE-0-0"))
    both = Context(now=NOW, adjudications=words)
    decision = decide([evidence(CLEAN, twice, critical=True)], Policy(), both)
    assert decision.outcome is Outcome.RELEASE


def test_decide_wants_to_know_the_time_when_there_are_adjudications(evidence):
    with pytest.raises(ValueError, match="give 'now'"):
        decide([evidence(CLEAN, CLEAN)], Policy(), Context(adjudications=(word(),)))


def test_gate_holds_when_a_critical_case_never_ran(evidence):
    """Absence of a result is not evidence of a pass."""
    clean = [[1.0]] * 120
    after = [[None], *clean[1:]]
    plain = decide([evidence(clean, after)], Policy())
    critical = decide([evidence(clean, after, critical=True)], Policy())
    assert plain.outcome is Outcome.RELEASE
    assert (critical.outcome, critical.exit_code) == (Outcome.HOLD, 3)
    assert critical.violations[0].status is Status.UNMEASURED
    assert critical.needs[0].kind is NeedKind.MISSING


def test_violation_is_pre_existing_when_the_baseline_has_it_too(evidence):
    """Still open; but rolling back will not help, and no repeat is wasted on confirming it."""
    decision = decide([evidence(ONE_BAD, ONE_BAD, critical=True)], Policy())
    assert decision.exit_code == 3
    assert decision.violations[0].pre_existing
    assert decision.needs == ()
    assert any("rolling back will not help" in note for note in decision.suites[0].notes)


def test_nothing_is_held_for_a_shared_violation_when_no_request_changed(evidence):
    decision = decide([evidence(ONE_BAD, ONE_BAD, critical=True, identical=True)], Policy())
    assert decision.outcome is Outcome.RELEASE
    assert decision.rules[-1].rule == "unchanged"


def test_critical_suite_fails_at_once_when_its_drop_is_proven(evidence):
    """Also inside the margin, which is for suites that are not critical."""
    before = [[1.0] * 3] * 400
    after = [[0.0] * 3] * 8 + before[8:]
    plain = decide([evidence(before, after)], Policy())
    critical = decide([evidence(before, after, critical=True)], Policy())
    assert plain.suites[0].verdict is Verdict.PASS
    assert "a real drop" in plain.suites[0].notes[0]
    assert critical.suites[0].verdict is Verdict.FAIL


def test_violation_bound_is_printed_with_and_without_violations(evidence):
    clean = decide([evidence(CLEAN, CLEAN, critical=True)], Policy()).suites[0]
    assert clean.violation_upper == pytest.approx(1 - 0.05 ** (1 / 60))
    hit = decide([evidence(CLEAN, ONE_BAD, critical=True)], Policy()).suites[0]
    assert hit.violation_upper > clean.violation_upper
    assert decide([evidence(CLEAN, CLEAN)], Policy()).suites[0].violation_upper is None
