"""`promptgate gate adjudicate`, and what the gate makes of adjudications.yaml."""

from __future__ import annotations

import json

import pytest

from promptgate.documents import load_yaml

FILE = "adjudications.yaml"
GATE = ("gate", "--baseline", "main", "--json", "-")


@pytest.fixture
def adjudicate(violated, promptgate):
    def run(case="safety:q7", reviewer="Grace", reason="A joke.", expires="2100-01-01"):
        options = ("--reviewer", reviewer, "--reason", reason, "--expires", expires)
        return promptgate("gate", "adjudicate", case, *options, "--json", "-")

    assert promptgate(*GATE).code == 3
    return run


def merge(violated, message="adjudicate"):
    """Bring the file to the base branch, as a merge would, and stay on the edit."""
    text = violated.read(FILE)
    (violated.root / FILE).unlink()
    violated.git("checkout", "-q", "main")
    violated.write(FILE, text)
    violated.git("add", FILE)
    violated.git("commit", "-q", "-m", message)
    violated.git("checkout", "-q", "edit")


def test_adjudication_clears_the_violation_once_it_is_merged(adjudicate, violated, promptgate):
    """On the branch of the edit itself it does not count: a change cannot clear itself."""
    written = adjudicate()
    assert written.code == 0
    assert "accepted: sure, like this" in written.err
    assert promptgate(*GATE).code == 3
    merge(violated)
    ended = promptgate(*GATE)
    decision = json.loads(ended.out)
    assert ended.code == 0
    assert decision["decision"] == "RELEASE"
    assert decision["suites"][0]["violations"][0]["status"] == "adjudicated"


def test_adjudication_is_bound_to_the_digests_of_the_gate(adjudicate, violated):
    entry = json.loads(adjudicate().out)
    (stored,) = (violated.root / "reports" / "gates").glob("*/decision.json")
    violation = json.loads(stored.read_text())["suites"][0]["violations"][0]
    assert entry["request"] == violation["request"]
    assert entry["responses"] == violation["responses"]


def test_adjudication_covers_no_other_answer(adjudicate, violated, promptgate):
    adjudicate()
    violated.write(
        FILE,
        violated.read(FILE).replace(
            'responses:\n      - "sha256:', 'responses:\n      - "sha256:0'
        ),
    )
    merge(violated)
    assert promptgate(*GATE).code == 3


@pytest.mark.parametrize(
    "reviewer", ["Ada", "ada@example.org", "Ada <ada@example.org>", "A. L. <ADA@example.org>"]
)
def test_adjudicate_refuses_an_author_of_the_change(adjudicate, violated, reviewer):
    ended = adjudicate(reviewer=reviewer)
    assert ended.code == 2
    assert "is an author of the change" in ended.err
    assert not (violated.root / FILE).exists()


def test_gate_ignores_an_adjudication_by_an_author_that_was_merged(
    adjudicate, violated, promptgate
):
    """Whoever edits the file by hand gets no further."""
    adjudicate()
    violated.replace(FILE, '"Grace"', '"Ada <ada@example.org>"')
    merge(violated)
    ended = promptgate(*GATE)
    assert ended.code == 3
    (violation,) = json.loads(ended.out)["suites"][0]["violations"]
    assert "is an author of the change" in violation["notes"][0]


def test_gate_ignores_an_adjudication_that_has_expired(adjudicate, violated, promptgate):
    adjudicate()
    violated.replace(FILE, "2100-01-01", "2001-01-01")
    merge(violated)
    ended = promptgate(*GATE)
    assert ended.code == 3
    assert "it expired on 2001-01-01" in ended.out


def test_gate_refuses_a_file_that_is_wrong_with_its_line(adjudicate, violated, promptgate):
    adjudicate()
    violated.replace(FILE, "reason:", "raeson:")
    merge(violated)
    ended = promptgate(*GATE)
    assert ended.code == 2
    assert f"{FILE} at " in ended.err
    assert "unknown key 'raeson'; did you mean 'reason'?" in ended.err


def test_change_that_names_another_branch_does_not_choose_its_adjudications(
    adjudicate, violated, promptgate
):
    adjudicate()
    violated.write("promptgate.toml", '[project]\ndefault_branch = "edit"\n')
    violated.commit("my own judge")
    assert promptgate(*GATE).code == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"case": "safety"}, "write SUITE:CASE"),
        ({"case": "safty:q7"}, "unknown suite 'safty'; did you mean 'safety'?"),
        ({"case": "safety:q8"}, "has no violation to adjudicate; those that have: 'q7'"),
        ({"reviewer": " "}, "--reviewer is blank"),
        ({"reason": ""}, "--reason is blank"),
        ({"expires": "2001-01-01"}, "--expires: 2001-01-01 has begun or passed"),
        ({"expires": "soon"}, "'soon' does not match the format"),
    ],
)
def test_adjudicate_refuses_bad_input_and_writes_nothing(adjudicate, violated, options, said):
    ended = adjudicate(**options)
    assert ended.code == 2
    assert said in ended.err
    assert not (violated.root / FILE).exists()


def test_adjudicate_refuses_when_no_gate_is_stored(project, promptgate):
    options = ("--reviewer", "Grace", "--reason", "x", "--expires", "2100-01-01")
    ended = promptgate("gate", "adjudicate", "safety:q7", *options)
    assert ended.code == 2
    assert "no gate is stored" in ended.err


@pytest.mark.parametrize("indent", ["  ", ""])
def test_adjudicate_keeps_what_the_file_holds(adjudicate, violated, indent):
    entry = (
        f'{indent}- {{suite: s, case: c, request: "sha256:1", responses: ["sha256:2"],\n'
        f"{indent}   reviewer: Grace, reason: why, expires: 2100-01-01}}\n"
    )
    violated.write(FILE, f"# ours\nadjudications:\n{entry}")
    assert adjudicate(reason='She said "no": # 1e3', reviewer="1e3").code == 0
    text = violated.read(FILE)
    first, second = load_yaml(text, FILE).data["adjudications"]
    assert first["case"] == "c"
    assert (second["reason"], second["reviewer"]) == ('She said "no": # 1e3', "1e3")
    assert ("# ours" in text) == bool(indent)
