"""The anchor: what each release loses, seen over all of them."""

from __future__ import annotations

import pytest

from promptgate.errors import MissingRecording
from promptgate.models.cassettes import Cassettes
from promptgate.project import find_project
from promptgate.runs.answers import Source
from promptgate.runs.gate_options import GateOptions
from promptgate.runs.gating import run_gate
from tests.support.recorded import record, suite_of

OPENING = "You answer questions"


def gate(folder):
    project = find_project(folder.root)
    options = GateOptions(baseline="main", base="worktree")
    return run_gate(project, options, Source(Cassettes(project.cassettes))).decision


@pytest.fixture
def crept(project):
    """Three wordings: the anchor passes all of forty cases, main and the candidate lose twelve."""
    project.write("suites/facts.yaml", suite_of(40))
    project.write(".gitignore", "reports\ncassettes\n")
    project.commit("forty cases")
    project.git("tag", "v1")
    project.replace("prompts/support.md", OPENING, "You briefly answer questions")
    project.commit("a release later")
    project.git("checkout", "-q", "-b", "edit")
    project.replace("prompts/support.md", "You briefly", "You always")
    project.commit("an edit")
    record(project, lambda key: "red" if int(key[1:]) < 12 else "blue", "main", "edit")
    return project


def test_gate_releases_what_crept_when_there_is_no_anchor(crept):
    assert gate(crept).outcome == "RELEASE"


def test_gate_fails_what_crept_when_an_anchor_is_set(crept):
    crept.write("promptgate.toml", '[gate]\nanchor = "v1"\n')
    record(crept, lambda key: "blue", "v1")
    suite = gate(crept).suites[0]
    assert suite.verdict == "FAIL"
    assert suite.reason.startswith("-30.0 points against the anchor release")


def test_gate_allows_a_drop_from_the_anchor_when_its_own_margin_does(crept):
    crept.write("promptgate.toml", '[gate]\nanchor = "v1"\nanchor_margin = 0.6\n')
    record(crept, lambda key: "blue", "v1")
    assert gate(crept).outcome == "RELEASE"


def test_gate_wants_recordings_of_the_anchor_when_it_has_none(crept):
    crept.write("promptgate.toml", '[gate]\nanchor = "v1"\n')
    with pytest.raises(MissingRecording, match="at v1"):
        gate(crept)
