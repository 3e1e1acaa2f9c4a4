"""The cause is found from the captured input alone, and becomes what decide and rollback go by."""

import json
import re

import pytest

from promptgate.incidents.diagnosis import event_of
from promptgate.incidents.kinds import Decided, Diagnosed
from promptgate.incidents.state import State
from promptgate.investigate.diagnosis import CellReport, Diagnosis, Move, Verdict

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
    assert "The cause: prompt." in ended.out
    found = product.found
    assert found.state is State.IDENTIFIED
    diagnosed = found.last(Diagnosed)
    assert diagnosed.posterior >= 0.95
    assert diagnosed.good_prompt == "released"
    ended = product.incident("decide", code=1)
    assert product.found.last(Decided).move == "roll-back-prompt"
    assert re.search(r"· +incident\.cause_unknown", ended.out), "it was asked, and did not fire"
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
