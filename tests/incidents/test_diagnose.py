"""The cause is found from the captured input alone, and becomes what decide and rollback go by."""

import json

import pytest

from promptgate.gate import KnownGood, Policy
from promptgate.incidents.decide import Knowledge, decide_incident
from promptgate.incidents.diagnosis import event_of, told_by_hand
from promptgate.incidents.kinds import Decided, Diagnosed
from promptgate.incidents.sentences import cause as cause_told
from promptgate.incidents.settings import IncidentSettings
from promptgate.incidents.state import State, fold
from promptgate.investigate.diagnosis import CellReport, Diagnosis, Move, Verdict
from tests.support.incident import ID, event, opened

CAUSES = {
    Verdict.PROMPT: "prompt",
    Verdict.MODEL: "model",
    Verdict.INTERACTION: "interaction",
    Verdict.EACH: "interaction",
    Verdict.INTEGRATION: "integration",
    Verdict.INPUT: "input",
    Verdict.UPSTREAM: None,
    Verdict.NOT_REPRODUCED: None,
}


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("settled", [True, False])
def test_event_has_a_cause_when_the_diagnosis_is_settled(verdict, settled):
    found = Diagnosis(
        "x", verdict, settled, 0.97, {}, 12, 0, None,
        Move("roll back prompt", "go back", "released", None, (0, 6)),
        (CellReport("new prompt, new model", "p@x", "m", 6, 6),),
    )  # fmt: skip
    event = event_of(found)
    assert event.cause == (CAUSES[verdict] if settled else None)
    assert event.deployed == (6, 6)
    assert event.remedy == (0, 6)
    assert event.good_prompt == "released"


def test_cause_is_found_offline_from_the_captured_input_and_decides(product):
    product.open()
    given = {"vars": {"question": "Question 0?"}, "expect": [{"contains": "blue"}]}
    product.write("../x.json", json.dumps(given))
    product.incident("evidence", "--input", "../x.json")
    ended = product.incident("diagnose", "--mode", "replay")
    assert "The cause: prompt, 9" in ended.out
    found = product.found
    assert found.state is State.IDENTIFIED
    diagnosed = found.last(Diagnosed)
    assert diagnosed.posterior >= 0.95
    assert diagnosed.good_prompt == "released"
    ended = product.incident("decide", code=1)
    decided = product.found.last(Decided)
    assert decided.move == "roll-back-prompt"
    assert "cause_unknown" not in ended.out, "only what decided is shown"
    assert ("incident.cause_unknown", False) in [(r.rule, r.fired) for r in decided.rules]
    product.incident("rollback", "--push")
    product.incident("verify")
    assert product.found.state is State.MONITORING


def test_dry_run_says_what_would_be_asked_and_asks_nothing(product):
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    before = product.found
    ended = product.incident("diagnose", "--dry-run")
    assert "Takes" in ended.out
    assert product.found == before
    product.incident("diagnose", "--dry-run", "--found", "prompt", code=2)


def test_cause_is_not_claimed_when_the_recordings_end_too_early(product):
    product.open()
    product.incident("evidence", "--case", "facts:q1")
    ended = product.incident("diagnose", "--mode", "replay", code=5)
    assert "no answer" in ended.err
    assert product.found.last(Diagnosed) is None


@pytest.mark.parametrize(
    ("found", "posterior", "cause", "told"),
    [
        ("prompt", 0.97, "prompt", "prompt, 97% sure"),
        ("prompt", 0.90, None, "90% sure, and 95% are wanted"),
        ("prompt", None, None, "not settled, most probably prompt (nobody says how sure that is"),
        ("unknown", 0.99, None, "not settled (nobody found it)"),
    ],
)
def test_cause_of_a_person_counts_when_they_are_sure_enough(found, posterior, cause, told):
    """One threshold, applied once: what diagnose says is what decide goes by."""
    event = told_by_hand(found, posterior, "seen", 0.95)
    assert event.cause == cause
    assert told in cause_told(event)


def test_decision_says_why_the_cause_is_unknown_in_the_words_of_the_diagnosis():
    """97 % that no fresh answers confirmed are not 'unknown, 0.97 sure, limit 0.95'."""
    why = "97% by the answers so far, but fresh ones have to confirm it"
    found = Diagnosed(verdict="prompt", posterior=0.97, unsettled=why)
    incident = fold(ID, [opened(), event("diagnosed", 5, **found.model_dump())])
    decided = decide_incident(incident, Policy(), IncidentSettings(), Knowledge(KnownGood("x")))
    assert f"the cause is unknown: {cause_told(found)}" in decided.reason
