"""The JSON that scripts rely on."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from promptgate.gate import (
    Arm,
    CaseRow,
    Context,
    FreshRepeats,
    Policy,
    SuiteEvidence,
    SuiteTable,
    TrialRow,
    decide,
    decision_json,
    decision_schema,
)
from promptgate.gate.schema import schema_text

PROMISED = {"schema_version", "decision", "exit_code", "rules", "suites"}
PROMISED_SUITE = {
    "suite", "verdict", "cases", "clusters", "repeats", "baseline", "candidate", "difference",
    "lower", "upper", "margin", "mde80", "missing", "notes", "regressed", "improved",
}  # fmt: skip


def test_shipped_schema_is_the_one_that_the_code_makes():
    """Regenerate with: python -c "from promptgate.gate.schema import *; print(schema_text())"."""
    shipped = files("promptgate.gate").joinpath("decision.schema.json").read_text("utf-8")
    assert shipped == schema_text()


def new_suite() -> SuiteEvidence:
    cases = [CaseRow("a", new=True)]
    trials = [TrialRow("a", Arm.CANDIDATE, 0, 1.0, cost=1.0, latency=2.0)]
    return SuiteEvidence(SuiteTable.from_rows("new", cases, trials), min_score=0.9)


@pytest.fixture
def decisions(steady, broken, unsure, evidence):
    hit = [[0.0]] + [[1.0]] * 59
    violated = evidence(
        [[1.0]] * 60, hit, critical=True, suite="c", fresh={"case-0": FreshRepeats(4, 1)}
    )
    return [
        decide([], Policy()),
        decide([steady(), broken(suite="b"), unsure(suite="u")], Policy()),
        decide([violated, new_suite()], Policy(), Context(ladder=True)),
        decide([steady(n=1, k=1)], Policy()),
        decide([evidence([[1.0]] * 2, [[0.0]] * 2)], Policy()),
        decide([evidence([[None]] * 5, [[None]] * 5)], Policy()),
    ]


def test_every_decision_is_valid_by_the_shipped_schema_and_has_no_nan(decisions):
    for decision in decisions:
        data = json.loads(json.dumps(decision_json(decision), allow_nan=False))
        jsonschema.validate(data, decision_schema(), cls=jsonschema.Draft202012Validator)
        assert data.keys() >= PROMISED
        assert all(suite.keys() >= PROMISED_SUITE for suite in data["suites"])
        assert all(rule.keys() == {"rule", "fired", "value", "limit"} for rule in data["rules"])


def test_json_says_null_when_a_number_does_not_exist(steady):
    data = decision_json(decide([steady(n=1, k=1)], Policy()))["suites"][0]
    assert data["comparison"]["sd"] is None
    assert data["comparison"]["t"] is None


def test_bounds_of_one_unit_are_the_ends_of_the_scale(steady):
    """One unit shows nothing: its bound excludes no difference."""
    data = decision_json(decide([steady(n=1, k=1)], Policy()))["suites"][0]
    assert data["upper"] == 1
    assert data["comparison"]["t_lower"] == -1


def test_decision_repeats_to_the_last_digit(broken):
    assert decide([broken()], Policy()) == decide([broken()], Policy())
