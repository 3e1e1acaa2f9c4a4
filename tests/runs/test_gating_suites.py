"""Suites change too: both arms run what is removed, and the verdict says what got easier."""

from __future__ import annotations

import pytest

from promptgate.errors import MissingRecording
from promptgate.gate import Policy
from promptgate.models.cassettes import Cassettes
from promptgate.project import find_project
from promptgate.runs.answers import Source
from promptgate.runs.gate_options import GateOptions
from promptgate.runs.gating import run_gate
from promptgate.runs.suite_changes import unite
from promptgate.suites import load_suites
from tests.support.project import opened, small_project
from tests.support.recorded import record, suite_of


def gate(folder, baseline="main"):
    project = find_project(folder.root)
    return run_gate(project, GateOptions(baseline=baseline), Source(Cassettes(project.cassettes)))


@pytest.fixture(scope="module")
def edited_template(tmp_path_factory):
    project = small_project(tmp_path_factory.mktemp("edited"))
    project.write("suites/facts.yaml", suite_of(40))
    project.write(".gitignore", "cassettes\n")
    project.commit("forty cases")
    project.git("checkout", "-q", "-b", "edit")
    project.replace("prompts/support.md", "You answer", "You briefly answer")
    project.commit("an edit")
    record(project, lambda key: "blue", "main")
    return project.root


@pytest.fixture
def edited(edited_template, tmp_path, monkeypatch):
    """Forty cases on main, recorded for an edit of the prompt on a branch."""
    return opened(edited_template, tmp_path, monkeypatch)


def changes_of(folder, old: str, new: str) -> tuple[str, ...]:
    """Return what is said of two texts of one suite."""
    loaded = []
    for text in (old, new):
        folder.write("suites/facts.yaml", text)
        loaded.append(load_suites(find_project(folder.root).tree, "suites"))
    return unite(loaded[0], loaded[1], Policy()).changes.get("facts", ())


def test_gate_fails_on_cases_when_the_change_removed_them(edited):
    """A change cannot hide what it breaks by taking the cases away."""
    record(edited, lambda key: "red" if int(key[1:]) < 10 else "blue", "worktree")
    edited.write("suites/facts.yaml", suite_of(40, skip=10))
    suite = gate(edited).decision.suites[0]
    assert (suite.verdict, suite.cases) == ("FAIL", 40)
    assert suite.notes[0].startswith("removed, and run as the base has it: 'q0', 'q1'")


def test_gate_names_removed_cases_when_they_have_no_recordings(edited):
    edited.write("suites/facts.yaml", suite_of(40, skip=2))
    record(edited, lambda key: "blue", "worktree")
    run = gate(edited)
    suite = run.decision.suites[0]
    assert (suite.verdict, suite.cases) == ("PASS", 38)
    assert "no recordings" in suite.notes[0]
    assert "'q0', 'q1'" in suite.notes[0]


def test_gate_wants_recordings_of_a_removed_case_when_it_is_critical(edited):
    """To take a critical case away is no way around it."""
    edited.git("checkout", "-q", "main")
    edited.replace("suites/facts.yaml", "{id: q0, ", "{id: q0, critical: true, ")
    edited.commit("a critical case")
    edited.git("checkout", "-q", "edit")
    edited.git("merge", "-q", "main", "-m", "merge")
    edited.write("suites/facts.yaml", suite_of(40, skip=1))
    record(edited, lambda key: "blue", "worktree")
    with pytest.raises(MissingRecording, match="facts:q0"):
        gate(edited)


def test_gate_names_a_removed_case_when_the_candidate_cannot_be_asked_it(edited):
    edited.replace("prompts/support.md", "  question: {required: true}", "  text: {required: true}")
    edited.replace("prompts/support.md", "{{ question }}", "{{ text }}")
    text = suite_of(40).replace("question:", "text:").replace("id: q", "id: t")
    edited.write("suites/facts.yaml", text)
    edited.write("promptgate.toml", "[gate]\nmin_score = 0.5\n")
    record(edited, lambda key: "blue", "worktree")
    suite = gate(edited).decision.suites[0]
    assert suite.cases == 40
    assert any("cannot be asked" in note for note in suite.notes)


def test_gate_runs_a_whole_suite_when_the_change_removed_it(edited):
    record(edited, lambda key: "blue", "worktree")
    (edited.root / "suites/facts.yaml").unlink()
    edited.write("suites/other.yaml", suite_of(40, name="other").replace("Question", "Other"))
    record(edited, lambda key: "blue", "main", "worktree", suites="worktree")
    suites = {suite.suite: suite for suite in gate(edited).decision.suites}
    assert set(suites) == {"facts", "other"}
    assert "removes the whole suite" in suites["facts"].notes[0]


def test_gate_takes_the_suites_of_the_merge_base_when_git_lost_the_released_revision(edited):
    from promptgate.prompts import Lock, dump_lock, load_prompt, locked_prompt, open_tree

    project = find_project(edited.root)
    prompt = load_prompt(open_tree(project, "main"), "support")
    lost = Lock({"support": locked_prompt(prompt, revision="0" * 40, evidence=None)})
    edited.git("checkout", "-q", "main")
    edited.write("promptgate.lock", dump_lock(lost))
    edited.commit("released")
    edited.git("checkout", "-q", "edit")
    edited.write("suites/facts.yaml", suite_of(40, skip=1))
    record(edited, lambda key: "blue", "worktree", suites="main")
    suite = gate(edited, baseline="released").decision.suites[0]
    assert suite.cases == 40
    assert "'q0'" in suite.notes[0]


def test_nothing_was_removed_when_a_case_came_after_the_candidate_left(edited):
    """A branch that is behind has taken nothing away."""
    record(edited, lambda key: "blue", "worktree")
    edited.git("checkout", "-q", "main")
    edited.write("suites/facts.yaml", suite_of(45))
    edited.commit("five more")
    edited.git("checkout", "-q", "edit")
    suite = gate(edited).decision.suites[0]
    assert (suite.verdict, suite.cases) == ("PASS", 40)
    assert not any("removed" in note for note in suite.notes)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("expect: [{contains: blue}]", "expect: [complete]", "weakened, no longer expects 'cont"),
        ("expect: [{contains: blue}]", "expect: [complete]", "edited, also expects 'complete'"),
        ("expect: [{contains: blue}]", "expect: [{contains: b}]", "edited, expects another 'cont"),
        (
            "expect: [{contains: blue}]",
            "expect: [{contains: blue, threshold: 0.5}]",
            "weakened, threshold of 'contains' is 0.5, and was 1: 'q0', 'q1'",
        ),
        ("repeats: 1", "repeats: 1\nmargin: 0.2", "weakened: margin is 0.2, and was 0.1"),
        ("repeats: 1", "repeats: 1\nmargin: 0.05", "edited: margin is 0.05, and was 0.1"),
        ("repeats: 1", "repeats: 1\non_inconclusive: warn", "weakened: on_inconclusive is warn"),
        ("repeats: 3", "repeats: 1", "weakened: 1 repeats instead of 3"),
        ("{id: q1, critical: true,", "{id: q1,", "weakened, no longer critical: 'q1'"),
        ("Question 1?", "Question one?", "edited, asks something else: 'q1'"),
    ],
)
def test_change_is_named_when_it_makes_a_suite_other(project, old, new, said):
    text = suite_of(40)
    if old.startswith("repeats"):
        text = text.replace("repeats: 1", old)
    elif old not in text:
        text = text.replace("{id: q1,", old)
    found = changes_of(project, text, text.replace(old, new))
    assert any(sentence.startswith(said) for sentence in found), found


def test_nothing_is_said_when_cases_and_suites_are_renamed_moved_or_added(project):
    """To rename loses nothing: a case is the same where it asks the same."""
    new = suite_of(41).replace("id: q", "id: case-").replace("briefly", "")
    assert changes_of(project, suite_of(40), new) == ()


def test_many_cases_are_counted_when_all_changed_alike(project):
    old = suite_of(40)
    found = changes_of(project, old, old.replace("[{contains: blue}]", "[{contains: b}]"))
    assert len(found) == 1
    assert found[0].endswith("'q7' and 32 more")
