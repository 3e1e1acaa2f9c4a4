"""A rollback ends in a clear state whatever git is in, and never touches the user's work tree."""

import json
import shutil
import subprocess

import pytest

from promptgate.incidents.checklist import checklist
from promptgate.incidents.kinds import RolledBack
from promptgate.project import find_project
from promptgate.prompts import load_prompt, open_tree
from tests.support.incident import ID, at
from tests.support.recorded import record

BRANCH = f"incident/rollback-{ID}"
GOOD = "Say blue.\n"


@pytest.fixture
def ready(product):
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    return product


def roll_back(product, *more, code=0):
    """Roll back; the work tree, the index and the branch must be as they were."""
    before = product.state_of_work_tree()
    ended = product.incident("rollback", *more, code=code)
    assert product.state_of_work_tree() == before
    assert "prunable" not in product.git("worktree", "list", "--porcelain")
    assert product.git("worktree", "list").count("\n") == 0, "its own work tree is gone"
    return product.found.last(RolledBack), ended


def safety_on(product, branch=BRANCH):
    return product.git("show", f"{branch}:prompts/shared/safety.md") + "\n"


def changed_on(product, branch=BRANCH):
    return product.git("diff", "--name-only", "origin/main", branch).split()


def test_rollback_reverts_when_that_is_clean_and_pushes_when_green(ready):
    rolled, _ = roll_back(ready, "--push")
    assert (rolled.method, rolled.green, rolled.pushed) == ("revert", True, True)
    assert rolled.files == ("prompts/shared/safety.md",)
    assert rolled.gate.startswith("RELEASE")
    ready.git("fetch", "-q")
    assert safety_on(ready, f"origin/{BRANCH}") == GOOD
    assert "This reverts commit" in ready.git("log", "-1", "--format=%B", BRANCH)


def test_rollback_is_not_pushed_when_that_was_not_asked(ready):
    rolled, ended = roll_back(ready)
    assert rolled.green
    assert not rolled.pushed
    assert f"git push origin {BRANCH}" in ended.out
    assert ready.git("ls-remote", "origin", BRANCH) == ""


def test_rollback_restores_when_the_edit_came_by_a_merge(ready):
    ready.git("reset", "-q", "--hard", "HEAD~2")
    ready.git("checkout", "-q", "-b", "topic")
    ready.write("prompts/shared/safety.md", "Say red.\n")
    ready.commit("bad")
    ready.git("checkout", "-q", "main")
    ready.write("app.py", "print('meanwhile')\n")
    ready.commit("meanwhile")
    ready.git("merge", "-q", "--no-ff", "--no-edit", "topic")
    ready.git("push", "-q", "-f", "origin", "main")
    rolled, _ = roll_back(ready, "--push")
    assert rolled.method == "restore"
    assert "is a merge" in rolled.gate
    assert changed_on(ready) == ["prompts/shared/safety.md"]
    assert safety_on(ready) == GOOD


def test_rollback_restores_when_a_later_edit_conflicts(ready):
    ready.write("prompts/shared/safety.md", "Say red, loudly.\n")
    ready.write("docs.md", "unrelated\n")
    ready.commit("a later edit, with another file")
    ready.push()
    rolled, _ = roll_back(ready, "--push")
    assert rolled.method == "restore"
    assert "changes docs.md too" in rolled.gate
    assert changed_on(ready) == ["prompts/shared/safety.md"]
    assert ready.git("show", f"{BRANCH}:docs.md") == "unrelated"


def test_rollback_restores_when_a_revert_conflicts(ready):
    """The bad edit renamed what a later commit then edited outside the prompt's files."""
    ready.git("reset", "-q", "--hard", "HEAD~2")
    ready.write("prompts/shared/safety.md", "Say red.\nAnd more.\n")
    ready.commit("bad")
    ready.git("checkout", "-q", "-b", "side", "HEAD~1")
    ready.write("prompts/shared/safety.md", "Say green.\n")
    ready.commit("another")
    ready.git("checkout", "-q", "main")
    ready.git("merge", "-q", "--no-commit", "-s", "ours", "side")
    ready.write("prompts/shared/safety.md", "Say red.\nAnd green.\n")
    ready.commit("merged by hand")
    ready.git("push", "-q", "-f", "origin", "main")
    rolled, _ = roll_back(ready)
    assert rolled.method == "restore"
    assert safety_on(ready) == GOOD


def test_rollback_restores_when_the_commit_has_an_unrelated_file(ready):
    ready.git("reset", "-q", "--hard", "HEAD~2")
    ready.write("prompts/shared/safety.md", "Say red.\n")
    ready.write("app.py", "print('a feature that must stay')\n")
    ready.commit("bad, and a feature")
    ready.git("push", "-q", "-f", "origin", "main")
    rolled, _ = roll_back(ready, "--push")
    assert rolled.method == "restore"
    assert "changes app.py too" in rolled.gate
    assert changed_on(ready) == ["prompts/shared/safety.md"]
    assert "must stay" in ready.git("show", f"{BRANCH}:app.py")


def test_rollback_works_on_a_detached_head(ready):
    ready.git("checkout", "-q", "--detach", "HEAD~1")
    rolled, _ = roll_back(ready, "--push")
    assert rolled.pushed
    assert rolled.base == "origin/main"


def test_rollback_leaves_a_dirty_work_tree_as_it_is(ready):
    ready.write("prompts/support.md", "half an edit")
    ready.write("app.py", "print('staged')\n")
    ready.git("add", "app.py")
    ready.write("prompts/shared/safety.md", "half another")
    ready.write("new.txt", "untracked\n")
    rolled, _ = roll_back(ready, "--push")
    assert rolled.pushed
    assert ready.read("prompts/support.md") == "half an edit"
    assert safety_on(ready) == GOOD


def test_rollback_follows_a_prompt_that_was_renamed_since(ready):
    ready.git("mv", "prompts/support.md", "prompts/helper.md")
    ready.replace("suites/facts.yaml", "prompt: support", "prompt: helper")
    ready.replace("prompts/helper.md", "You answer questions about a router.", "You say red.")
    ready.commit("rename, and edit")
    ready.push()
    rolled, _ = roll_back(ready, code=None)
    assert rolled.method == "restore"
    assert "prompts/helper.md" in rolled.files
    assert "prompts/support.md" not in ready.git("ls-tree", "-r", "--name-only", BRANCH)
    tree = open_tree(find_project(ready.root), BRANCH)
    then = load_prompt(open_tree(find_project(ready.root), "released"), "support")
    assert load_prompt(tree, "helper").fingerprint == then.fingerprint


def test_rollback_restores_from_the_lock_in_a_shallow_clone(ready, tmp_path, monkeypatch):
    place = tmp_path / "shallow"
    address = f"file://{tmp_path}/remote.git"
    subprocess.run(["git", "clone", "-q", "--depth", "1", address, place], check=True)
    shutil.copytree(ready.root / "incidents", place / "incidents")
    monkeypatch.chdir(place)
    shallow = type(ready)(place, ready.run, ready.clock)
    shallow.git("config", "user.name", "Dana")
    shallow.git("config", "user.email", "dana@example.org")
    rolled, _ = roll_back(shallow, "--push")
    assert rolled.method == "restore"
    assert "does not reach back" in rolled.gate
    assert safety_on(shallow) == GOOD
    assert rolled.pushed


def test_rollback_is_kept_here_when_the_remote_rejects_it(ready, tmp_path):
    hook = tmp_path / "remote.git" / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'branches are protected' >&2\nexit 1\n")
    hook.chmod(0o755)
    rolled, ended = roll_back(ready, "--push", code=4)
    assert rolled.green
    assert not rolled.pushed
    assert "branches are protected" in rolled.refused
    assert "Not pushed" in ended.out
    assert safety_on(ready) == GOOD


def test_rollback_passes_the_freeze_by_its_recorded_approval(ready):
    ready.incident("isolate", "--freeze", "--push")
    ready.git("fetch", "-q")
    rolled, _ = roll_back(ready, "--push")
    assert rolled.approved
    assert rolled.pushed
    ready.git("fetch", "-q")
    assert rolled.change in ready.git("show", "origin/main:PROMPT_FROZEN.txt")
    ended = ready.run("freeze", "check", "--base", "origin/main", "--head", rolled.commit)
    assert ended.code == 0
    assert "approved this change" in ended.out


def test_rollback_waits_for_the_commander_when_somebody_else_makes_it(ready):
    ready.incident("isolate", "--freeze", "--push")
    ready.git("fetch", "-q")
    rolled, ended = roll_back(ready, "--push", "--by", "Kim", code=4)
    assert not rolled.pushed
    assert not rolled.approved
    assert "Dana commands this incident" in ended.out
    assert rolled.change in ended.out


def test_rollback_of_a_model_pins_it_and_waits_for_recordings(ready):
    record(ready, lambda _: "It is blue.", "origin/main", model="old-model", only="q0")
    rolled, ended = roll_back(ready, "--model", "old-model", "--push", code=1)
    assert rolled.method == "model"
    assert not rolled.green
    assert "the gate is red" in ended.out
    assert "--mode record" in rolled.gate
    assert rolled.files == ("prompts/support.md",)
    front = ready.git("show", f"{BRANCH}:prompts/support.md")
    assert "model: old-model" in front


def test_rollback_of_a_model_is_refused_when_it_is_retired(ready):
    before = ready.log
    ended = ready.incident("rollback", "--model", "claude-3-5-sonnet-20241022", code=4)
    assert "it is gone" in ended.err
    assert ready.log == before


def test_rollback_goes_to_the_release_before_when_the_bad_edit_was_released(ready):
    """And the lock approves the good one again."""
    ready.release()
    ready.commit("release the bad edit")
    ready.push()
    rolled, _ = roll_back(ready, code=None)
    assert safety_on(ready) == GOOD
    assert "promptgate.lock" in rolled.files
    assert "Say blue." in ready.git("show", f"{BRANCH}:promptgate.lock")


def test_rollback_is_refused_when_there_is_nothing_to_go_back_to(ready):
    ready.git("rm", "-q", "promptgate.lock")
    ready.git("reset", "-q", "--hard", "HEAD~4")
    ready.git("push", "-q", "-f", "origin", "main")
    ended = ready.incident("rollback", "--prompt", "support", code=2)
    assert "nothing to go back to" in ended.err
    assert ready.git("branch", "--list", "incident/*") == ""


def test_rollback_is_refused_when_it_is_done_already(ready):
    rolled, _ = roll_back(ready)
    ready.git("merge", "-q", "--ff-only", rolled.branch)
    ready.push()
    ended = ready.incident("rollback", "--to", "released", code=2)
    assert "nothing to roll back" in ended.err


def test_check_fails_until_the_default_branch_contains_the_rollback(ready):
    rolled, _ = roll_back(ready, "--push")
    assert "main does not contain the rollback" in ready.incident("check", code=None).out
    ready.git("merge", "-q", "--no-ff", "--no-edit", rolled.branch)
    ready.push()
    assert "does not contain" not in ready.incident("check", code=None).out


def test_check_is_content_when_the_rollback_was_squashed_and_edited_since(ready):
    rolled, _ = roll_back(ready, "--push")
    ready.git("merge", "-q", "--squash", rolled.branch)
    ready.commit("squashed")
    ready.write("prompts/shared/safety.md", "Say blue, kindly.\n")
    ready.commit("fix forward later")
    ready.push()
    assert "does not contain" not in ready.incident("check", code=None).out


def test_rollback_command_says_all_of_it_to_machines(ready):
    ended = ready.incident("rollback", "--json", "-")
    plain = json.loads(ended.out)["rollback"]
    assert plain["branch"] == BRANCH
    assert plain["green"] is True


def test_second_rollback_gets_a_branch_of_its_own_when_the_first_was_pushed(ready):
    first, _ = roll_back(ready)
    again, _ = roll_back(ready, "--push")
    assert again.branch == first.branch, "what nobody pushed is made anew"
    rolled, _ = roll_back(ready)
    assert rolled.branch == f"{BRANCH}.2"


def test_rollback_goes_where_the_decision_said_and_says_how_to_merge(ready):
    ready.git("commit", "-q", "--allow-empty", "-m", "nothing")
    good = ready.git("rev-parse", "HEAD~4")
    ready.incident("decide", "--good", good, code=1)
    rolled, ended = roll_back(ready, "--push")
    assert rolled.good == good
    assert f"git push origin {BRANCH}:main" in ended.out
    assert "promptgate incident verify" in ended.out


def test_refused_rollback_moves_nothing_on_and_names_the_way(ready):
    """The branch that waits for its commander is no step towards the recovery."""
    ready.incident("isolate", "--freeze", "--push")
    ready.git("fetch", "-q")
    before = ready.found.state
    _, ended = roll_back(ready, "--push", "--by", "Kim", code=4)
    assert ready.found.state is before
    assert "promptgate incident rollback --push --by Dana" in ended.out
    ticks = {tick.text: tick.done for tick in checklist(ready.found, at(9))}
    assert ticks["roll back or fix"] is None
    _, ended = roll_back(ready, "--model", "old-model", "--push", code=1)
    assert "does not contain" not in ready.incident("check", code=None).out


def test_deployment_is_the_users_hook_and_is_timed(ready):
    ready.replace("promptgate.toml", "[incidents]", '[incidents]\ndeploy = "echo done"')
    ended = ready.incident("rollback", "--push", "--deploy")
    assert "The deployment took" in ended.out
    ready.replace("promptgate.toml", "echo done", "false")
    assert "FAILED" in ready.incident("rollback", "--push", "--deploy", code=1).out
