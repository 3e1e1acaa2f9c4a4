"""Roll back first; a tie or an unknown rolls back; every rule and its number is told."""

import pytest

from promptgate.errors import InputError
from promptgate.gate import Fix, KnownGood, Outcome, Policy
from promptgate.incidents.decide import Knowledge, decide_incident, overridden
from promptgate.incidents.settings import IncidentSettings
from promptgate.incidents.state import fold
from tests.support.incident import ID, event, opened

GOOD = KnownGood("released")
FIX = Fix("mend", lines=2, files=1, passes=True, minutes=10)
BAD, FINE = (8, 10), (0, 10)


def decide(*events, severity="medium", good=GOOD, fix=None, harm=None):
    found = fold(ID, [opened(severity=severity), *events])
    return decide_incident(found, Policy(), IncidentSettings(), Knowledge(good, fix, harm))


def diagnosed(cause="prompt", posterior=0.98, deployed=BAD, remedy=FINE):
    return event(
        "diagnosed", 5, verdict=cause or "not reproduced", cause=cause, posterior=posterior,
        calls=20, deployed=deployed, remedy=remedy,
    )  # fmt: skip


def assessed(affected="2/100", severity="medium"):
    return event("assessed", 2, severity=severity, affected=affected, core="no", workaround="yes")


def fired(decided):
    return {rule.rule for rule in decided.rules if rule.fired}


def test_incident_rolls_back_when_nothing_is_known():
    decided = decide()
    assert (decided.outcome, decided.move) == (Outcome.ROLLBACK, "roll-back-prompt")
    assert {"incident.cause_unknown", "incident.unknown_or_tie"} & fired(decided)
    assert decided.gate.outcome is Outcome.HOLD, "an alarm alone proves nothing to the gate"


def test_incident_rolls_back_when_it_is_critical_whatever_stands_ready():
    decided = decide(diagnosed(), assessed(severity="critical"), severity="critical", fix=FIX)
    assert decided.outcome is Outcome.ROLLBACK
    assert decided.gate.outcome is Outcome.ROLLBACK
    assert {"critical_fails", "incident.critical"} <= fired(decided)


def test_incident_fixes_forward_when_all_of_row_18_holds():
    decided = decide(diagnosed(), assessed(), fix=FIX)
    assert (decided.outcome, decided.move) == (Outcome.FIX_FORWARD, "fix-forward")
    assert decided.gate.outcome is Outcome.FIX_FORWARD, "it is the gate's own decision"
    limits = {rule.rule: rule.limit for rule in decided.rules}
    assert limits["fix_forward.lines"] == 2, "one line replaced: one removed, one added"
    assert limits["fix_forward.minutes"] == 30


@pytest.mark.parametrize(
    ("events", "fix"),
    [
        ([diagnosed(cause=None), assessed()], FIX),
        ([diagnosed()], FIX),
        ([diagnosed(), assessed("40/100")], FIX),
        ([diagnosed(), assessed()], None),
        ([diagnosed(), assessed()], Fix("mend", 3, 1, True, 10)),
        ([diagnosed(), assessed()], Fix("mend", 2, 2, True, 10)),
        ([diagnosed(), assessed()], Fix("mend", 2, 1, None, 10)),
        ([diagnosed(), assessed()], Fix("mend", 2, 1, True, 31)),
        ([diagnosed(), assessed()], Fix("mend", 2, 1, True, None)),
        ([diagnosed(deployed=(2, 4), remedy=(0, 4)), assessed()], FIX),
    ],
)
def test_incident_rolls_back_when_one_condition_is_not_met(events, fix):
    """Cause or share unknown, too many hit, too large, unmeasured, too slow."""
    assert decide(*events, fix=fix).outcome is Outcome.ROLLBACK


def test_decision_says_what_a_fix_lacks_and_which_rules_led_to_it():
    decided = decide(diagnosed(), assessed(), fix=Fix("mend", 30, 1, True, 10))
    assert "The fix mend is not taken: lines 30 (limit 2)." in decided.reason
    assert "0 of 10 answers fail there, and 8 of 10 now" in decided.reason
    assert [rule.rule for rule in decided.decisive] == ["incident.unknown_or_tie"]
    forward = decide(diagnosed(), assessed(), fix=FIX)
    assert {"fix_forward.lines", "incident.iterate"} <= {rule.rule for rule in forward.decisive}
    killed = decide(good=None, fix=FIX)
    assert "The fix mend (2 lines) passes the gate" in killed.reason


def test_model_is_rolled_back_when_it_is_the_cause():
    assert decide(diagnosed("model")).move == "roll-back-model"


@pytest.mark.parametrize(
    "good",
    [None, KnownGood("released", model_retired=True), KnownGood("released", better=False)],
)
def test_feature_is_killed_when_there_is_nothing_to_go_back_to(good):
    decided = decide(diagnosed(), severity="critical", good=good)
    assert (decided.outcome, decided.move) == (Outcome.FIX_FORWARD, "kill-feature")
    assert "kill the feature" in decided.reason


def test_incident_goes_forward_when_rolling_back_harms_and_nothing_speaks_for_it():
    decided = decide(diagnosed(), harm="the old prompt offers a product that is gone")
    assert decided.move == "fix-forward"
    assert "a product that is gone" in decided.reason


def test_tie_rolls_back():
    decided = decide(harm="it loses the new product")
    assert decided.outcome is Outcome.ROLLBACK
    assert "a tie" in decided.reason


def test_override_needs_a_reason_and_keeps_the_rules():
    decided = decide()
    with pytest.raises(InputError, match="say why"):
        overridden(decided, "fix-forward", " ")
    other = overridden(decided, "fix-forward", "the fix is out already")
    assert other.outcome is Outcome.FIX_FORWARD
    assert other.override == "the fix is out already"
    assert other.rules == decided.rules


def test_command_measures_the_fix_and_writes_the_decision_down(product):
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    product.git("checkout", "-q", "-b", "mend")
    product.write("prompts/shared/safety.md", "Say blue.\n")
    product.git("commit", "-q", "-m", "mend", "--", "prompts")
    product.git("checkout", "-q", "main")
    ended = product.incident("decide", "--fix", "mend", "--fix-minutes", "5", code=1)
    assert "ROLLBACK" in ended.out
    assert "the cause is unknown" in ended.out
    before = product.log
    product.incident("decide", "--dry-run", code=1)
    assert product.log == before
    ended = product.incident("decide", "--no-good", code=1)
    assert "kill the feature" in ended.out
