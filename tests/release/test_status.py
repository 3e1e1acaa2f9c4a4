"""`promptgate status`: released against the work tree, the branches and the deployments."""

from __future__ import annotations

import json

from tests.release.conftest import OTHER, PROMPT


def look(promptgate):
    ended = promptgate("status", "--json", "-")
    assert ended.code == 0
    return json.loads(ended.out)


def by_name(found):
    return {prompt["name"]: prompt["worktree"] for prompt in found["prompts"]}


def test_status_is_quiet_when_everything_is_released(shared, promptgate):
    found = look(promptgate)
    assert by_name(found) == {"billing": "same", "support": "same"}
    assert (found["frozen"], found["branches"]) == ([], [])
    ended = promptgate("status")
    assert "Nothing is frozen." in ended.out
    assert "test-model" in ended.out


def test_status_names_what_the_work_tree_changes(shared, promptgate):
    shared.write("prompts/shared/safety.md", "Be bold.")
    shared.write("prompts/new.md", OTHER)
    shared.write("prompts/wrong.md", "---\nmodle: x\n---\n")
    (shared.root / "prompts/billing.md").unlink()
    assert by_name(look(promptgate)) == {
        "billing": "removed",
        "new": "not released",
        "support": "changed",
        "wrong": "broken",
    }
    assert "did you mean 'model'?" in promptgate("status").out


def test_status_names_the_branches_that_differ_from_the_release(shared, promptgate):
    shared.replace("promptgate.toml", "[freeze]", '[project]\nmodel = "m"\n[freeze]')
    shared.commit("a default that no prompt uses")
    shared.git("checkout", "-q", "-b", "edit")
    shared.write("prompts/support.md", PROMPT.replace("the shop", "the bank"))
    shared.commit("edit")
    shared.push("edit")
    shared.git("checkout", "-q", "-b", "broken", "main")
    (shared.root / "prompts" / "a.md").symlink_to("support.md")
    shared.commit("a link")
    shared.git("checkout", "-q", "topic")
    shared.git("fetch", "-q", "origin")
    found = look(promptgate)
    told = {branch["name"]: branch["prompts"] for branch in found["branches"]}
    assert set(told) == {"edit", "broken"}, "origin/edit is the same commit"
    assert told["edit"] == {"support": "changed"}
    assert "symbolic link" in told["broken"][""]
    assert found["branches_as_released"] == 2


def test_status_counts_everything_as_new_when_nothing_was_released(project, promptgate):
    found = look(promptgate)
    assert found["prompts"][0]["released"] is None
    assert by_name(found) == {"support": "not released"}


def test_status_shows_the_freeze_of_the_base_and_what_runs(frozen, promptgate):
    released = look(promptgate)["prompts"][1]["released"]["fingerprint"]
    promptgate("deployed", "--env", "production", "--fingerprint", released)
    ended = promptgate("status")
    assert "FROZEN on origin/main: prompts are frozen since 2026-11-23 09:00:00 UTC" in ended.out
    assert "production: support released" in ended.out


def test_status_works_without_a_repository(tmp_path, monkeypatch, promptgate):
    (tmp_path / "prompts").mkdir()
    (tmp_path / "promptgate.toml").touch()
    (tmp_path / "prompts" / "support.md").write_text(OTHER)
    (tmp_path / "PROMPT_FROZEN.txt").write_text("stop")
    monkeypatch.chdir(tmp_path)
    found = look(promptgate)
    assert by_name(found) == {"support": "not released"}
    assert found["frozen"][0]["where"] == "worktree"
