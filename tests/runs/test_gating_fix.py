"""Worse: is it the prompt or the model, and is there a fix that is small, fast and measured?"""

from __future__ import annotations

import json
import shutil

import pytest

from promptgate.errors import InputError, RevisionError
from promptgate.gate import Affected, decision_json
from promptgate.models.cassettes import Cassettes
from promptgate.project import find_project
from promptgate.prompts import Lock, dump_lock, load_prompt, locked_prompt, open_tree
from promptgate.runs.answers import Source
from promptgate.runs.fixing import changed_lines, parse_affected
from promptgate.runs.gate_options import GateOptions
from promptgate.runs.gating import run_gate
from tests.support.project import Folder, opened, small_project
from tests.support.recorded import record, suite_of

OPENING = "You answer questions"


def gate(folder, **options):
    project = find_project(folder.root)
    return run_gate(project, GateOptions(**options), Source(Cassettes(project.cassettes)))


def rules(decision):
    """Return what each rule looked at."""
    return {rule.rule: rule.value for rule in decision.rules}


@pytest.fixture(scope="module")
def released_template(tmp_path_factory):
    project = small_project(tmp_path_factory.mktemp("released"))
    project.write("suites/facts.yaml", suite_of(40))
    project.write(".gitignore", "reports\ncassettes\n")
    project.commit("forty cases")
    opened = find_project(project.root)
    prompt = load_prompt(open_tree(opened, "main"), "support")
    commit = project.git("rev-parse", "HEAD")
    lock = Lock({"support": locked_prompt(prompt, revision=commit, evidence=None)})
    project.write("promptgate.lock", dump_lock(lock))
    project.commit("released")
    record(project, lambda key: "blue", "main")
    project.git("checkout", "-q", "-b", "edit")
    return project.root


@pytest.fixture(scope="module")
def broken_template(released_template, tmp_path_factory):
    released = Folder(tmp_path_factory.mktemp("broken"))
    shutil.copytree(released_template, released.root, dirs_exist_ok=True)
    released.replace("prompts/support.md", OPENING, "You guess at questions")
    released.commit("an edit")
    released.git("checkout", "-q", "-b", "fix")
    released.replace("prompts/support.md", "You guess at questions", "You do answer questions")
    released.commit("a fix")
    released.git("checkout", "-q", "edit")
    record(released, some_red, "edit")
    return released.root


@pytest.fixture
def released(released_template, tmp_path, monkeypatch):
    """Forty cases and a released prompt that passes them all."""
    return opened(released_template, tmp_path, monkeypatch)


def some_red(key: str) -> str:
    return "red" if int(key[1:]) < 12 else "blue"


@pytest.fixture
def broken(broken_template, tmp_path, monkeypatch):
    """An edit that breaks twelve cases, and on the branch 'fix' one line that mends them."""
    return opened(broken_template, tmp_path, monkeypatch)


FULL = {"fix": "fix", "fix_minutes": 10.0, "affected": Affected(1, 200), "cause": "prompt"}


def test_gate_fixes_forward_when_the_fix_is_small_fast_and_measured(broken):
    record(broken, lambda key: "blue", "fix")
    decision = gate(broken, **FULL).decision
    asked = rules(decision)
    assert decision.outcome == "FIX_FORWARD"
    assert (asked["fix_forward.lines"], asked["fix_forward.files"]) == (2, 1)
    assert asked["fix_forward.measured"] == "passes"
    assert json.dumps(decision_json(decision))


@pytest.mark.parametrize(
    ("missing", "rule"),
    [
        ({"fix": None, "fix_minutes": None}, "measured"),
        ({"fix_minutes": None}, "minutes"),
        ({"affected": None}, "affected"),
        ({"affected": Affected(30, 200)}, "affected"),
        ({"cause": None}, "cause"),
    ],
)
def test_gate_rolls_back_when_one_condition_of_a_fix_is_not_met(broken, missing, rule):
    record(broken, lambda key: "blue", "fix")
    decision = gate(broken, **{**FULL, **missing}).decision
    assert decision.outcome == "ROLLBACK"
    assert rule in str(rules(decision)["fix_forward"])


def test_gate_rolls_back_when_the_fix_does_not_pass(broken):
    record(broken, some_red, "fix")
    decision = gate(broken, **FULL).decision
    assert (decision.outcome, rules(decision)["fix_forward.measured"]) == (
        "ROLLBACK",
        "does not pass",
    )


def test_gate_rolls_back_when_the_fix_was_never_recorded(broken):
    """What was not measured is not known to pass, and the decision does not wait for it."""
    decision = gate(broken, **FULL).decision
    assert decision.outcome == "ROLLBACK"
    assert rules(decision)["fix_forward.measured"] == "not measured"


def test_gate_refuses_a_fix_when_git_does_not_know_it(broken):
    with pytest.raises(RevisionError, match="nowhere"):
        gate(broken, fix="nowhere")


def test_gate_refuses_minutes_when_no_fix_is_named():
    with pytest.raises(InputError, match="--fix-minutes"):
        GateOptions(fix_minutes=5)


@pytest.mark.parametrize("text", ["3", "a/b", "3/2", "0/0", "-1/5", ""])
def test_affected_is_refused_when_it_is_no_share(text):
    with pytest.raises(InputError, match="--affected"):
        parse_affected(text)


def test_lines_are_counted_as_added_and_removed():
    assert changed_lines("a\nb\nc\n", "a\nB\nc\nd\n") == 3


def change_both(released):
    released.replace("prompts/support.md", OPENING, "You guess at questions")
    released.commit("another prompt")


def cells(released, *, old_prompt: bool, old_model: bool):
    """Record the cells with a new prompt or model: True where the drop shows there."""
    for revision, model, drops in (
        ("edit", "test-model", old_model),
        ("main", "new-model", old_prompt),
        ("edit", "new-model", old_prompt or old_model),
    ):
        record(
            released,
            some_red if drops else lambda key: "blue",
            revision,
            model=model,
        )


@pytest.mark.parametrize(
    ("old_prompt", "old_model", "cause"),
    [(True, False, "model"), (False, True, "prompt")],
)
def test_gate_attributes_the_drop_when_prompt_and_model_changed(
    released, old_prompt, old_model, cause
):
    change_both(released)
    cells(released, old_prompt=old_prompt, old_model=old_model)
    decision = gate(released, candidate_model="new-model").decision
    assert rules(decision)["otherwise"] == f"cause: {cause}"


def test_gate_leaves_the_cause_unknown_when_the_other_cells_were_never_recorded(released):
    change_both(released)
    record(released, some_red, "edit", model="new-model")
    decision = gate(released, candidate_model="new-model").decision
    assert rules(decision)["otherwise"] == "cause: unknown"


def test_gate_rolls_back_the_model_when_the_prompt_did_not_change(released):
    """The cells are the same two by two: there is nothing further to record."""
    record(released, some_red, "edit", model="new-model")
    decision = gate(released, candidate_model="new-model").decision
    assert (decision.outcome, decision.roll_back) == ("ROLLBACK", "model")
    assert decision.advice == ("Put the model pin back; the prompt is not the cause.",)
