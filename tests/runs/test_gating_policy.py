"""A gate refuses suites that could never pass, and hands the suite's own numbers to the policy."""

from __future__ import annotations

import json

import pytest

from promptgate.errors import MissingRecording, PolicyError
from promptgate.gate import decision_json
from promptgate.models.cassettes import Cassettes
from promptgate.project import find_project
from promptgate.runs.answers import Source
from promptgate.runs.gate_options import GateOptions
from promptgate.runs.gating import run_gate
from tests.support.recorded import record, suite_of


def gate(folder, **options):
    project = find_project(folder.root)
    return run_gate(
        project, GateOptions(baseline="main", **options), Source(Cassettes(project.cassettes))
    )


def edit(folder):
    folder.git("checkout", "-q", "-b", "edit")
    folder.replace("prompts/support.md", "You answer", "You briefly answer")
    folder.commit("an edit")


def test_gate_refuses_a_suite_when_it_can_never_pass_before_anything_is_asked(project):
    """Two cases cannot show a drop of less than ten points, whatever they answer."""
    edit(project)
    with pytest.raises(PolicyError, match=r"'facts' can never pass: 2 units"):
        gate(project)


def test_gate_asks_a_few_cases_when_a_person_picks_them(project):
    """Whoever picks one case wants to see it; the decision says that it is too little."""
    edit(project)
    with pytest.raises(MissingRecording):
        gate(project, cases=("colour",))


def test_gate_releases_a_small_suite_when_nothing_changed(project):
    project.git("checkout", "-q", "-b", "edit")
    assert gate(project).decision.exit_code == 0


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ("", 0),
        ('[gate]\non_inconclusive = "hold"\n', 0),
        ('[gate.suites.facts]\non_inconclusive = "hold"\n', 3),
    ],
)
def test_gate_lets_an_inconclusive_suite_pass_when_its_file_says_so(project, config, code):
    """The suite's file stands over [gate], and [gate.suites.NAME] over the file."""
    project.write("suites/facts.yaml", suite_of(40, head="on_inconclusive: warn\n"))
    project.write("promptgate.toml", config)
    project.commit("forty cases")
    edit(project)
    record(project, lambda key: "red" if key == "q0" else "blue", "main")
    record(project, lambda key: "red" if key in ("q1", "q2", "q3") else "blue", "worktree")
    decision = gate(project).decision
    assert [suite.verdict for suite in decision.suites] == ["INCONCLUSIVE"]
    assert decision.exit_code == code
    assert json.dumps(decision_json(decision))
