"""The command's own options for a fix: what is read from the command line, and refused there."""

from __future__ import annotations

import json

import pytest

from promptgate.project import find_project
from promptgate.prompts import Lock, dump_lock, load_prompt, locked_prompt, open_tree
from tests.support.project import opened, small_project
from tests.support.recorded import record, suite_of


@pytest.fixture(scope="module")
def broken_template(tmp_path_factory):
    project = small_project(tmp_path_factory.mktemp("broken"))
    project.write("suites/facts.yaml", suite_of(40))
    project.write(".gitignore", "reports\ncassettes\n")
    project.commit("forty cases")
    prompt = load_prompt(open_tree(find_project(project.root), "main"), "support")
    commit = project.git("rev-parse", "HEAD")
    entry = locked_prompt(prompt, revision=commit, evidence=None)
    project.write("promptgate.lock", dump_lock(Lock({"support": entry})))
    project.commit("released")
    project.git("checkout", "-q", "-b", "fix")
    project.replace("prompts/support.md", "You answer questions", "You do answer questions")
    project.commit("a fix")
    project.git("checkout", "-q", "-b", "edit")
    project.replace("prompts/support.md", "You do answer questions", "You guess at questions")
    project.commit("an edit")
    record(project, lambda key: "blue", "main", "fix")
    record(project, lambda key: "red" if int(key[1:]) < 12 else "blue", "edit")
    return project.root


@pytest.fixture
def broken(broken_template, tmp_path, monkeypatch):
    """A released prompt, an edit that breaks twelve of forty cases, and a fix on a branch."""
    return opened(broken_template, tmp_path, monkeypatch)


def test_gate_fixes_forward_when_all_that_it_needs_is_on_the_command_line(broken, promptgate):
    ended = promptgate(
        "gate", "--fix", "fix", "--fix-minutes", "15", "--affected", "2/300",
        "--cause", "prompt", "--json", "-",
    )  # fmt: skip
    decision = json.loads(ended.out)
    assert (ended.code, decision["decision"]) == (1, "FIX_FORWARD")
    stored = next((broken.root / "reports").glob("gates/*/decision.json"))
    held = json.loads(stored.read_text("utf-8"))["identities"]
    assert held["baseline"]["support"] != held["candidate"]["support"]


def test_gate_rolls_back_when_no_fix_is_named(broken, promptgate):
    ended = promptgate("gate", "--json", "-")
    assert json.loads(ended.out)["decision"] == "ROLLBACK"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--affected", "3"], "--affected must be K/N"),
        (["--fix-minutes", "10"], "name it with --fix"),
        (["--fix", "fix", "--fix-minutes", "-1"], "'-1' must be a number of minutes from 0"),
        (["--fix", "nowhere"], "git knows no commit 'nowhere'"),
        (["--cause", "weather"], "'weather'"),
    ],
)
def test_gate_refuses_an_option_of_the_fix_when_it_is_wrong(broken, promptgate, arguments, told):
    ended = promptgate("gate", *arguments)
    assert ended.code == 2
    assert told in ended.err
    assert not (broken.root / "reports").exists()
