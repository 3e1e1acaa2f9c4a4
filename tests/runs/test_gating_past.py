"""What earlier gates count for: attempts against one release, and the baseline's own history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from promptgate.models.cassettes import Cassettes
from promptgate.project import find_project
from promptgate.runs.answers import Source
from promptgate.runs.gate_options import GateOptions
from promptgate.runs.gating import run_gate
from promptgate.runs.store import store_gate
from tests.support.recorded import NOW, record, suite_of

OPENING = "You answer questions"


def gate(folder):
    project = find_project(folder.root)
    run = run_gate(project, GateOptions(baseline="main"), Source(Cassettes(project.cassettes)))
    store_gate(project, run)
    return run.decision


@pytest.fixture
def branch(project):
    """Thirty cases on main, recorded, and a branch."""
    project.write("suites/facts.yaml", suite_of(30))
    project.commit("thirty cases")
    project.git("checkout", "-q", "-b", "edit")
    record(project, lambda key: "blue", "main")
    return project


def attempt(folder, word):
    """Gate a wording of the prompt."""
    text = folder.git("show", "main:prompts/support.md") + "\n"
    folder.write("prompts/support.md", text.replace(OPENING, f"You {word} answer questions"))
    record(folder, lambda key: "blue", "worktree")
    return gate(folder)


def test_attempts_count_different_candidates_when_the_release_is_the_same(branch):
    assert attempt(branch, "briefly").attempts == 1
    assert attempt(branch, "kindly").attempts == 2
    third = attempt(branch, "gladly")
    assert third.attempts == 3
    assert third.warnings[0].startswith("This is attempt 3 against the same release")


def test_attempts_do_not_grow_when_the_same_candidate_is_gated_again(branch):
    attempt(branch, "briefly")
    assert attempt(branch, "briefly").attempts == 1


def test_attempts_do_not_grow_when_nothing_changed(branch):
    """A gate that compared nothing tried nothing."""
    assert gate(branch).rules[-1].rule == "unchanged"
    assert attempt(branch, "briefly").attempts == 1


def test_attempts_leave_out_what_the_base_has_or_once_had(branch):
    """To look at what history did is no attempt to get an edit released."""
    attempt(branch, "briefly")
    branch.commit("an edit, merged")
    branch.git("checkout", "-q", "main")
    branch.git("merge", "-q", "--ff-only", "edit")
    text = branch.read("prompts/support.md").replace("briefly", "kindly")
    branch.write("prompts/support.md", text)
    record(branch, lambda key: "blue", "worktree")
    past = branch.git("rev-parse", "HEAD~1")
    project = find_project(branch.root)
    source = Source(Cassettes(project.cassettes))
    found = [
        run_gate(project, GateOptions(baseline=past, candidate=candidate), source)
        for candidate in ("HEAD", "worktree")
    ]
    assert [run.attempt for run in found] == [False, True]
    assert found[0].decision.attempts == 1


def test_attempts_begin_anew_when_another_release_is_the_baseline(branch):
    attempt(branch, "briefly")
    branch.commit("merged")
    branch.git("branch", "-f", "main", "edit")
    assert attempt(branch, "kindly").attempts == 1


def test_attempts_leave_out_a_stored_gate_when_it_is_damaged(branch):
    attempt(branch, "briefly")
    file = next((branch.root / "reports").glob("gates/*/decision.json"))
    file.write_text("{", encoding="utf-8")
    assert attempt(branch, "kindly").attempts == 1


def test_case_is_flaky_when_the_earlier_baseline_passed_and_failed_it(branch):
    """Only draws of the baseline count, and none that this gate itself stands on."""
    branch.replace("suites/facts.yaml", "repeats: 1", "repeats: 2")
    branch.commit("two repeats")
    branch.git("branch", "-f", "main", "edit")
    mixed = iter(["red"])
    record(branch, lambda key: next(mixed, "blue") if key == "q3" else "blue", "main")
    assert attempt(branch, "briefly").suites[0].flaky == ()
    assert attempt(branch, "kindly").suites[0].flaky == ()
    cassettes = branch.root / "cassettes"
    cassettes.rename(branch.root / "old")
    record(branch, lambda key: "blue", "main", when=NOW + timedelta(hours=1))
    assert attempt(branch, "gladly").suites[0].flaky == ("q3",)
