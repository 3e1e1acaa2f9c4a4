"""Ways to get past a freeze, each with real git: a bare remote, a base and a branch."""

from __future__ import annotations

import subprocess

import pytest

from promptgate.release.frozen import blocked_by_freeze, check_freeze
from tests.release.conftest import NOW, PROMPT
from tests.support.evasions import EVASIONS, link, paths, renamed


@pytest.mark.parametrize("evasion", EVASIONS, ids=str)
def test_change_is_blocked(frozen, evasion):
    project = frozen.project  # before the change: a promptgate.toml that is broken exits 2
    EVASIONS[evasion](frozen)
    frozen.commit("innocent")
    checked = check_freeze(project, "origin/main", "HEAD", NOW)
    assert checked is not None
    assert checked.ruling.blocked


ON_DISK = (
    "prompt edited",
    "prompt added",
    "prompt made a link",
    "model in the environment",
    "lock edited by hand",
)


@pytest.mark.parametrize("evasion", ON_DISK)
def test_change_on_disk_is_blocked_before_it_is_committed(frozen, evasion):
    EVASIONS[evasion](frozen)
    status = frozen.git("status", "--porcelain")
    assert not frozen.blocked("HEAD")
    assert frozen.blocked("worktree")
    assert frozen.git("status", "--porcelain") == status, "looking has changed the index"


def test_change_is_blocked_when_it_is_taken_back_on_disk_only(frozen):
    """What gets merged is the commit, whatever lies in the work tree."""
    EVASIONS["prompt edited"](frozen)
    frozen.commit("edit")
    frozen.write("prompts/support.md", PROMPT)
    assert frozen.blocked("worktree")


@pytest.mark.parametrize(
    "edit",
    [
        lambda s: s.git("rm", "-q", "PROMPT_FROZEN.txt"),
        lambda s: s.write("PROMPT_FROZEN.txt", s.read("PROMPT_FROZEN.txt") + "Prompts: billing\n"),
        lambda s: renamed(s, "PROMPT_FROZEN.txt", "old.txt"),
        lambda s: s.write("prompt_frozen.TXT", "thawed"),
        lambda s: link(s, "PROMPT_FROZEN.txt", "app/main.py"),
    ],
    ids=["deleted", "narrowed", "renamed", "shadowed", "linked"],
)
def test_change_of_the_freeze_is_blocked_and_does_not_end_it(frozen, edit):
    frozen.git("merge", "-q", "origin/main")
    edit(frozen)
    frozen.commit("no freeze any more")
    assert frozen.blocked()
    EVASIONS["prompt edited"](frozen)
    frozen.commit("and the edit")
    assert "prompts/support.md" in paths(frozen)
    assert blocked_by_freeze(frozen.project, "worktree", NOW)


def test_freeze_file_is_covered_when_the_project_is_below_the_top(shared):
    """Somebody froze the whole repository at its top; the project is in a folder of it."""
    shared.on_main(lambda: (renamed(shared, "promptgate.toml", "bot/promptgate.toml"),
                            renamed(shared, "prompts", "bot/prompts")))  # fmt: skip
    shared.freeze()
    shared.git("merge", "-q", "origin/main")
    bot = type(shared)(shared.root / "bot")
    bot.replace("prompts/support.md", "the shop", "the bank")
    bot.git("rm", "-q", "../PROMPT_FROZEN.txt")
    bot.commit("edit")
    assert paths(bot) == {"PROMPT_FROZEN.txt", "bot/prompts/support.md"}


@pytest.mark.parametrize("place", ["", "elsewhere/"], ids=["to the top", "to another folder"])
def test_project_does_not_leave_its_freeze_behind_when_it_moves(shared, monkeypatch, place):
    files = ("promptgate.toml", "promptgate.lock", "prompts")

    def move(source, target):
        for name in files:
            renamed(shared, f"{source}{name}", f"{target}{name}")

    def begin():
        move("", "bot/")
        shared.write("bot/PROMPT_FROZEN.txt", "stop")

    shared.on_main(begin)
    shared.git("merge", "-q", "origin/main")
    move("bot/", place)
    shared.commit("moved")
    monkeypatch.chdir(shared.root / place)
    moved = type(shared)(shared.root / place)
    assert moved.blocked()
    assert blocked_by_freeze(moved.project, "worktree", NOW)


def test_freeze_of_another_project_does_not_count(shared):
    def other():
        shared.write("other/promptgate.toml", "")
        shared.write("other/PROMPT_FROZEN.txt", "stop")

    shared.on_main(other)
    shared.git("merge", "-q", "origin/main")
    assert shared.check() is None


def test_merge_that_drops_what_is_on_main_is_blocked(shared):
    shared.on_main(lambda: shared.replace("prompts/support.md", "the shop", "our shop"))
    shared.freeze()
    shared.git("merge", "-q", "-s", "ours", "origin/main")
    assert shared.blocked()
    assert paths(shared) == {"PROMPT_FROZEN.txt", "prompts/support.md"}


def test_history_of_its_own_is_compared_with_the_base(frozen):
    EVASIONS["prompt edited"](frozen)
    frozen.git("checkout", "-q", "--orphan", "fresh")
    frozen.commit("all new")
    assert "prompts/support.md" in paths(frozen)


def test_shallow_clone_is_blocked(frozen, tmp_path, monkeypatch):
    EVASIONS["prompt edited"](frozen)
    frozen.commit("edit")
    frozen.push("topic")
    place = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", "--no-single-branch", "-b", "topic",
         frozen.remote.as_uri(), place],
        check=True,
    )  # fmt: skip
    clone = type(frozen)(place)
    assert "prompts/support.md" in paths(clone)
    assert clone.blocked()


def test_replaced_object_is_not_believed(frozen):
    """`git replace` shows another commit in the place of one, to whoever does not ask."""
    EVASIONS["prompt edited"](frozen)
    edited = frozen.commit("edit")
    frozen.git("replace", edited, "origin/main")
    assert frozen.blocked(edited)


@pytest.mark.parametrize(
    ("name", "value"),
    [("PROMPTGATE_MODEL", "x"), ("ANTHROPIC_MODEL", "x"), ("GIT_DIR", "/nowhere"),
     ("GIT_INDEX_FILE", "/nowhere/index"), ("GIT_EXTERNAL_DIFF", "true")],
)  # fmt: skip
def test_environment_changes_no_verdict(frozen, monkeypatch, name, value):
    EVASIONS["prompt edited"](frozen)
    frozen.commit("edit")
    project = frozen.project
    before = blocked_by_freeze(project, "worktree", NOW)
    assert before
    monkeypatch.setenv(name, value)
    assert blocked_by_freeze(project, "worktree", NOW) == before


def test_another_default_branch_in_the_change_does_not_hide_the_freeze(frozen):
    EVASIONS["prompt edited"](frozen)
    config = '[project]\ndefault_branch = "topic"\n' + frozen.read("promptgate.toml")
    frozen.write("promptgate.toml", config)
    frozen.commit("edit")
    frozen.push("topic")
    assert blocked_by_freeze(frozen.project, "worktree", NOW)


def test_target_named_by_continuous_integration_counts(shared, monkeypatch):
    shared.git("push", "-q", "origin", "main:stable")
    shared.git("fetch", "-q", "origin")
    EVASIONS["prompt edited"](shared)
    shared.commit("edit")
    assert blocked_by_freeze(shared.project, "worktree", NOW) == ()
    shared.git("checkout", "-q", "-b", "freezing", "origin/stable")
    shared.write("PROMPT_FROZEN.txt", "frozen")
    shared.commit("freeze")
    shared.push("stable")
    shared.git("checkout", "-q", "topic")
    assert blocked_by_freeze(shared.project, "worktree", NOW) == ()
    monkeypatch.setenv("GITHUB_BASE_REF", "stable")
    assert "origin/stable" in blocked_by_freeze(shared.project, "worktree", NOW)[0]


def test_base_that_cannot_be_seen_blocks(shared):
    """A checkout of the branch alone does not know whether main is frozen."""
    shared.git("update-ref", "-d", "refs/remotes/origin/main")
    shared.git("update-ref", "-d", "refs/heads/main")
    (sentence,) = blocked_by_freeze(shared.project, "worktree", NOW)
    assert "nobody can tell whether prompts are frozen; run 'git fetch origin main" in sentence


def test_freeze_of_this_work_tree_counts_before_it_is_pushed(shared):
    shared.write("PROMPT_FROZEN.txt", "stop")
    assert blocked_by_freeze(shared.project, "worktree", NOW) == (), "nothing else has changed"
    EVASIONS["prompt edited"](shared)
    (sentence,) = blocked_by_freeze(shared.project, "worktree", NOW)
    assert sentence.startswith("on worktree, everything is frozen")


@pytest.mark.parametrize("kind", ["folder", "link", "twice"])
def test_freeze_that_is_no_plain_file_freezes_everything(shared, kind):
    def write():
        if kind == "folder":
            shared.write("PROMPT_FROZEN.txt/why", "x")
        elif kind == "link":
            link(shared, "PROMPT_FROZEN.txt", "app/main.py")
        else:
            shared.write("PROMPT_FROZEN.txt", "x")
            shared.write("Prompt_Frozen.txt", "x")

    shared.on_main(write)
    EVASIONS["prompt edited"](shared)
    shared.commit("edit")
    assert shared.blocked()
