"""The table of the decision, rule by rule, and what it asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from promptgate.gate import (
    Affected,
    Arm,
    CaseRow,
    Context,
    Fix,
    FreshRepeats,
    KnownGood,
    NeedKind,
    Outcome,
    Policy,
    Recorded,
    State,
    SuiteEvidence,
    SuiteOverride,
    SuiteTable,
    TrialRow,
    Verdict,
    decide,
)
from promptgate.gate.rules import apply_rules, listed

GOOD = KnownGood("released")
SMALL = Context(
    known_good=GOOD,
    cause="prompt",
    fix=Fix("fix", lines=10, files=1, passes=True, minutes=30),
    affected=Affected(0, 100),
)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def last(decision) -> str:
    assert decision.rules[-1].fired
    return decision.rules[-1].rule


def test_gate_holds_with_exit_5_when_there_is_no_suite():
    decision = decide([], Policy())
    assert (decision.outcome, decision.exit_code, last(decision)) == (Outcome.HOLD, 5, "evidence")


def test_gate_holds_with_exit_5_when_a_suite_is_in_error(steady, evidence):
    broken = evidence([[None]] * 30, [[1.0]] * 30, suite="dead")
    decision = decide([steady(), broken], Policy())
    assert decision.exit_code == 5
    assert "'dead'" in decision.reason


def test_gate_holds_with_exit_5_when_the_caller_says_the_evidence_is_invalid(steady):
    decision = decide([steady()], Policy(), Context(invalid=("scorers differ",)))
    assert (decision.exit_code, "scorers differ" in decision.reason) == (5, True)


def recorded(days: float, *, spread: float = 0, served: str = "m-1") -> Recorded:
    newest = NOON - timedelta(days=days)
    return Recorded(newest - timedelta(days=spread), newest, {"m": frozenset({served})})


@pytest.mark.parametrize(
    ("baseline", "candidate", "code"),
    [
        (recorded(7), recorded(0), 0),
        (recorded(7.1), recorded(0), 5),
        (recorded(0, spread=8), recorded(0), 5),
        (recorded(0, served="m-2"), recorded(0), 5),
        (None, recorded(0), 0),
    ],
)
def test_arms_must_be_of_one_time_and_one_model(steady, baseline, candidate, code):
    context = Context(baseline_recorded=baseline, candidate_recorded=candidate)
    assert decide([steady()], Policy(), context).exit_code == code
    allowed = decide([steady()], Policy(), replace(context, allow_gap=True))
    assert allowed.exit_code == 0
    assert bool(allowed.warnings) is (code == 5)


def test_gate_holds_with_exit_4_when_it_is_blocked_whatever_the_scores(steady, broken):
    for suites in ([steady()], [broken()], [steady(identical=True)]):
        decision = decide(suites, Policy(), Context(blocked=("frozen by Ada",)))
        assert (decision.outcome, decision.exit_code) == (Outcome.HOLD, 4)
        assert last(decision) == "blocked"


def test_blocked_candidate_that_is_worse_is_told_to_be_worse_too(steady, broken):
    context = Context(blocked=("frozen by Ada",), known_good=GOOD)
    decision = decide([steady(), broken(suite="b")], Policy(), context)
    assert (decision.outcome, decision.exit_code) == (Outcome.HOLD, 4)
    assert decision.worse == apply_rules(decision.suites, Policy(), Context(known_good=GOOD))
    assert decision.worse.outcome is Outcome.ROLLBACK
    assert decision.advice == decision.worse.advice
    assert decision.advice
    assert decide([steady()], Policy(), context).worse is None


def test_invalid_evidence_outranks_a_freeze(steady):
    context = Context(blocked=("frozen",), invalid=("no recording",))
    assert decide([steady()], Policy(), context).exit_code == 5


def test_gate_releases_unchanged_when_every_request_is_the_same(broken):
    decision = decide([broken(identical=True)], Policy())
    assert (decision.outcome, decision.exit_code) == (Outcome.RELEASE, 0)
    assert last(decision) == "unchanged"


def test_gate_releases_when_every_suite_passes(steady):
    decision = decide([steady(suite="a"), steady(suite="b")], Policy())
    assert (decision.outcome, last(decision)) == (Outcome.RELEASE, "all_pass")


def test_gate_holds_with_exit_3_when_one_suite_is_inconclusive(steady, unsure):
    decision = decide([steady(), unsure(suite="u")], Policy())
    assert (decision.outcome, decision.exit_code) == (Outcome.HOLD, 3)
    assert last(decision) == "none_fails"


def test_inconclusive_suite_passes_aloud_when_the_policy_says_warn(steady, unsure):
    decision = decide([steady(), unsure(suite="u")], Policy(on_inconclusive="warn"))
    assert decision.outcome is Outcome.RELEASE
    assert any("'u' is inconclusive" in line for line in decision.warnings)
    assert decision.suites[1].verdict is Verdict.INCONCLUSIVE


def test_policy_cannot_wave_an_inconclusive_suite_through_when_it_is_critical(unsure):
    policy = Policy(on_inconclusive="warn")
    assert decide([unsure(critical=True)], policy).exit_code == 3


def test_warn_waits_for_the_end_of_the_ladder(unsure):
    policy = Policy(on_inconclusive="warn")
    assert decide([unsure(k=3)], policy, Context(ladder=True)).exit_code == 3
    assert decide([unsure(k=5)], policy, Context(ladder=True)).exit_code == 0


def test_worse_candidate_is_fixed_forward_when_there_is_no_known_good(broken):
    decision = decide([broken()], Policy())
    assert (decision.outcome, decision.exit_code) == (Outcome.FIX_FORWARD, 1)
    assert last(decision) == "no_known_good"
    assert "Switch the feature off" in decision.advice[0]


def test_first_release_is_refused_when_its_scores_are_too_low():
    """There is nothing to go back to, and no drop: it was never good."""
    rows = [CaseRow(f"q{n}", candidate=f"new-{n}", new=True) for n in range(30)]
    trials = [TrialRow(f"q{n}", Arm.CANDIDATE, 0, 0.0, state=State.SCORED) for n in range(30)]
    suite = SuiteEvidence(SuiteTable.from_rows("facts", rows, trials), min_score=0.9)
    decision = decide([suite], Policy())
    assert (decision.outcome, decision.exit_code) == (Outcome.FIX_FORWARD, 1)
    assert decision.reason.startswith("Not good enough for a first release. facts: ")
    assert "Improve the prompt" in decision.advice[0]


@pytest.mark.parametrize(
    ("good", "outcome"),
    [
        (GOOD, Outcome.ROLLBACK),
        (KnownGood("released", model_retired=None), Outcome.ROLLBACK),
        (KnownGood("released", model_retired=True), Outcome.FIX_FORWARD),
        (KnownGood("released", better=False), Outcome.FIX_FORWARD),
    ],
)
def test_known_good_must_answer_and_be_better(broken, good, outcome):
    """Offline 'unknown' is not 'no'."""
    assert decide([broken()], Policy(), Context(known_good=good)).outcome is outcome


def test_critical_failure_rolls_back_even_when_a_small_fix_is_ready(broken, evidence):
    assert last(decide([broken(critical=True)], Policy(), SMALL)) == "critical_fails"
    clean = [[1.0] * 3] * 60
    one = evidence(
        clean, [[0.0] * 3, *clean[1:]], critical=True, fresh={"case-0": FreshRepeats(4, 2)}
    )
    decision = decide([one], Policy(), SMALL)
    assert (decision.outcome, last(decision)) == (Outcome.ROLLBACK, "critical_fails")
    assert decision.exit_code == 1
    assert "Worse in helpfulness, which is critical: roll back to released." in decision.reason
    assert decision.roll_back == "prompt"
    assert decision.advice[0].startswith("Do not merge")


def test_worse_candidate_is_fixed_forward_when_every_condition_holds(broken):
    decision = decide([broken()], Policy(), SMALL)
    assert (decision.outcome, decision.exit_code) == (Outcome.FIX_FORWARD, 1)
    assert last(decision) == "fix_forward"


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({"affected": Affected(5, 100)}, "fix_forward.affected"),
        ({"affected": None}, "fix_forward.affected"),
        ({"cause": None}, "fix_forward.cause"),
        ({"fix": None}, "fix_forward.lines"),
        ({"fix": replace(SMALL.fix, lines=11)}, "fix_forward.lines"),
        ({"fix": replace(SMALL.fix, files=2)}, "fix_forward.files"),
        ({"fix": replace(SMALL.fix, passes=None)}, "fix_forward.measured"),
        ({"fix": replace(SMALL.fix, passes=False)}, "fix_forward.measured"),
        ({"fix": replace(SMALL.fix, minutes=31)}, "fix_forward.minutes"),
        ({"fix": replace(SMALL.fix, minutes=None)}, "fix_forward.minutes"),
    ],
)
def test_worse_candidate_is_rolled_back_when_one_condition_of_the_fix_is_not_met(
    broken, change, missed
):
    """5 of 100 affected: the upper bound is 10.2 %, though the share is 5 %."""
    decision = decide([broken()], Policy(), replace(SMALL, **change))
    assert (decision.outcome, decision.exit_code) == (Outcome.ROLLBACK, 1)
    assert last(decision) == "otherwise"
    asked = {rule.rule: rule.fired for rule in decision.rules}
    assert asked[missed] is False


@pytest.mark.parametrize(
    ("cause", "prompt_changed", "roll_back"),
    [("model", False, "model"), ("model", True, "prompt"), (None, False, "prompt"),
     ("prompt", True, "prompt")],
)  # fmt: skip
def test_model_pin_is_rolled_back_when_the_model_is_the_cause_and_the_prompt_is_unchanged(
    broken, cause, prompt_changed, roll_back
):
    context = Context(known_good=GOOD, cause=cause, prompt_changed=prompt_changed)
    decision = decide([broken()], Policy(), context)
    assert decision.roll_back == roll_back
    assert ("model pin" in decision.advice[0]) is (roll_back == "model")


def seen(decision) -> list[tuple[str, object, object]]:
    return [(rule.rule, rule.value, rule.limit) for rule in decision.rules]


def test_rules_that_release_or_hold_tell_what_they_saw(steady, unsure, broken):
    sound = [("evidence", "sound", None), ("blocked", "nothing stands in the way", None)]
    released = decide([steady()], Policy())
    assert released.reason == "Every suite passes."
    assert seen(released) == [
        *sound,
        ("unchanged", 1, 0),
        ("all_pass", "every suite passes", None),
    ]
    same = decide([broken(identical=True)], Policy())
    assert same.reason.startswith("Nothing changed: every request is the same in both arms")
    assert seen(same)[0] == ("evidence", "none asked", None)
    assert seen(same)[-1] == ("unchanged", 0, 0)
    held = decide([steady(), unsure(suite="u"), unsure(suite="v")], Policy())
    assert held.reason.startswith("Not decided. u: ")
    assert "; v: " in held.reason
    assert seen(held)[-2] == ("all_pass", "u is INCONCLUSIVE; v is INCONCLUSIVE", None)
    assert seen(held)[-1] == ("none_fails", 0, 0)
    waved = decide([steady(), unsure(suite="u")], Policy(on_inconclusive="warn"))
    assert "u inconclusive, which the policy lets pass" in waved.reason


def test_every_rule_up_to_the_deciding_one_is_printed_with_its_numbers(broken):
    names = [rule.rule for rule in decide([broken()], Policy(), replace(SMALL, cause=None)).rules]
    assert names == [
        "evidence",
        "blocked",
        "unchanged",
        "all_pass",
        "none_fails",
        "no_known_good",
        "critical_fails",
        "fix_forward.affected",
        "fix_forward.lines",
        "fix_forward.files",
        "fix_forward.minutes",
        "fix_forward.cause",
        "fix_forward.measured",
        "fix_forward",
        "otherwise",
    ]


@pytest.mark.parametrize(
    ("fix", "measured"),
    [
        (None, "no fix"),
        (replace(SMALL.fix, passes=None), "not measured"),
        (replace(SMALL.fix, passes=False), "does not pass"),
        (replace(SMALL.fix, passes=True), "passes"),
    ],
)
def test_rules_tell_what_they_saw_and_what_is_unknown(broken, fix, measured):
    decision = decide([broken()], Policy(), Context(known_good=GOOD, fix=fix))
    told = {rule.rule: rule.value for rule in decision.rules}
    lines, limit = ("unknown" if fix is None else 10), Policy().max_fix_lines
    (asked,) = [rule.limit for rule in decision.rules if rule.rule == "fix_forward.lines"]
    assert (told["fix_forward.lines"], asked) == (lines, limit)
    assert told["no_known_good"] == "released"
    assert told["critical_fails"] == "no critical suite fails"
    assert (told["fix_forward.cause"], told["otherwise"]) == ("unknown", "cause: unknown")
    assert told["fix_forward.measured"] == measured
    assert told["fix_forward"].startswith("not met: affected")
    assert told["fix_forward"].endswith("cause" if measured == "passes" else "cause, measured")


def test_failure_needs_holms_correction_when_there_are_several_suites(evidence):
    """p = .03 alone is a FAIL; among ten suites it is not, and the report says why."""
    before = [[1.0] * 3] * 20
    after = [[0.0] * 3] * 4 + before[4:]
    drop = evidence(before, after, margin=0.05)
    alone = decide([drop], Policy())
    among = decide([drop, *(evidence(before, before, suite=f"s{i}") for i in range(9))], Policy())
    assert alone.suites[0].verdict is Verdict.FAIL
    first = among.suites[0]
    assert first.verdict is Verdict.INCONCLUSIVE
    assert first.comparison.p == alone.suites[0].comparison.p
    assert first.p_adjusted == pytest.approx(10 * first.comparison.p)
    assert any("Holm" in note for note in first.notes)


def test_suites_without_a_changed_request_do_not_cost_the_others_level(evidence):
    before = [[1.0] * 3] * 20
    drop = evidence(before, [[0.0] * 3] * 4 + before[4:], margin=0.05)
    same = [evidence(before, before, suite=f"s{i}", identical=True) for i in range(9)]
    assert decide([drop, *same], Policy()).suites[0].verdict is Verdict.FAIL


@pytest.mark.parametrize(("k", "rung"), [(1, 3), (3, 5), (5, None)])
def test_gate_asks_for_the_next_rung_of_both_arms_when_a_suite_is_inconclusive(
    steady, unsure, k, rung
):
    decision = decide([steady(), unsure(k=k, suite="u")], Policy(), Context(ladder=True))
    expected = [] if rung is None else [(NeedKind.LADDER, "u", (), rung)]
    assert [(n.kind, n.suite, n.cases, n.repeats) for n in decision.needs] == expected
    assert all(need.arms == (Arm.BASELINE, Arm.CANDIDATE) for need in decision.needs)


def test_gate_asks_for_nothing_when_no_ladder_was_declared(unsure):
    assert decide([unsure(k=1)], Policy()).needs == ()


def test_looks_of_a_ladder_share_alpha_for_pass_and_for_fail(unsure):
    one = decide([unsure()], Policy()).suites[0].comparison
    ladder = decide([unsure()], Policy(), Context(ladder=True)).suites[0].comparison
    assert ladder.alpha == pytest.approx(0.05 / 3)
    assert ladder.lower < one.lower < one.upper < ladder.upper


def test_attempts_are_shown_when_a_release_was_tried_before(steady):
    decision = decide([steady()], Policy(), Context(attempts=4))
    assert decision.attempts == 4
    assert "attempt 4" in decision.warnings[0]


def test_gate_warns_when_harmless_edits_would_rarely_pass(evidence):
    noisy = [[float(i % 2), float((i + 1) % 2)] for i in range(40)]
    other = [[float(i % 3 == 0), float(i % 3 == 1)] for i in range(40)]
    decision = decide([evidence(noisy, other, margin=0.02)], Policy())
    assert decision.release_chance < 0.8
    assert any("harmless edit" in line for line in decision.warnings)


def test_must_improve_and_warn_can_be_set_for_one_suite(steady):
    policy = Policy(
        suites={"helpfulness": SuiteOverride(must_improve=True, on_inconclusive="warn")}
    )
    decision = decide([steady()], policy)
    assert decision.suites[0].verdict is Verdict.INCONCLUSIVE
    assert decision.outcome is Outcome.RELEASE


def test_rules_can_be_applied_to_verdicts_that_were_reached_before(broken):
    """Incidents ask the same table about a gate that was stored."""
    verdicts = decide([broken()], Policy()).suites
    assert apply_rules(verdicts, Policy(), SMALL).outcome is Outcome.FIX_FORWARD


def test_names_are_counted_when_they_are_more_than_five():
    assert listed("abcde") == "a, b, c, d, e"
    assert listed("abcdefg") == "a, b, c, d, e and 2 more"
