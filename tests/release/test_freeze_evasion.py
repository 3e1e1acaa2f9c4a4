"""Ways to get past a freeze, each with real git: a bare remote, a base and a branch."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta

import pytest

from promptgate.release.freeze_text import with_approval
from promptgate.release.frozen import blocked_by_freeze, check_freeze
from tests.release.conftest import NOW, PROMPT


def paths(shared, head="HEAD"):
    checked = shared.check(head)
    assert checked is not None
    return set(checked.change.paths)


def link(shared, path, target):
    place = shared.root / path
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.symlink_to(target)


def submodule(shared, path):
    commit = shared.git("rev-parse", "HEAD")
    shared.git("rm", "-rq", "--cached", "--ignore-unmatch", path)
    shutil.rmtree(shared.root / path, ignore_errors=True)
    shared.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{path}")
    shared.git("commit", "-q", "-m", "submodule")
    (shared.root / path).mkdir(parents=True)


def renamed(shared, old, new):
    (shared.root / new).parent.mkdir(parents=True, exist_ok=True)
    shared.git("mv", old, new)


EVASIONS = {
    "prompt edited": lambda s: s.replace("prompts/support.md", "the shop", "the bank"),
    "prompt deleted": lambda s: s.git("rm", "-q", "prompts/support.md"),
    "prompt added": lambda s: s.write("prompts/new.md", PROMPT),
    "prompt renamed": lambda s: renamed(s, "prompts/support.md", "prompts/help.md"),
    "prompt moved away": lambda s: renamed(s, "prompts/support.md", "app/support.md"),
    "parameters changed": lambda s: s.replace(
        "prompts/support.md", "model: test-model", "model: test-model\nmax_tokens: 9"
    ),
    "partial edited": lambda s: s.write("prompts/shared/safety.md", "Be bold."),
    "partial outside prompts/": lambda s: s.write("common/tone.md", "Be rude."),
    "link pointed elsewhere": lambda s: link(s, "prompts/linked", "../app"),
    "prompt made a link": lambda s: (
        s.write("app/other.md", "Be rude."),
        link(s, "prompts/support.md", "../app/other.md"),
    ),
    "folder made a link": lambda s: (
        shutil.copytree(s.root / "prompts", s.root / "texts", symlinks=True),
        link(s, "prompts", "texts"),
    ),
    "mode changed": lambda s: (s.root / "prompts/support.md").chmod(0o755),
    "submodule in prompts/": lambda s: submodule(s, "prompts/vendor"),
    "prompts/ made a submodule": lambda s: submodule(s, "prompts"),
    "folder in another case": lambda s: s.write("Prompts/support.md", "Be rude."),
    "name in another case": lambda s: s.write("prompts/SUPPORT.md", "Be rude."),
    "full-width name": lambda s: s.write("ｐrompts/support.md", "Be rude."),
    "name with an invisible character": lambda s: s.write("prom\u200bpts/support.md", "Be rude."),
    "folder with a trailing dot": lambda s: s.write("prompts./support.md", "Be rude."),
    "model in promptgate.toml": lambda s: s.write(
        "promptgate.toml", '[project]\nmodel = "cheap-model"\n' + s.read("promptgate.toml")
    ),
    "candidate model in promptgate.toml": lambda s: s.write(
        "promptgate.toml", '[project]\ncandidate_model = "x"\n' + s.read("promptgate.toml")
    ),
    "another endpoint": lambda s: s.write(
        "promptgate.toml", s.read("promptgate.toml") + '[models]\nbase_url = "http://x"\n'
    ),
    "another folder of prompts": lambda s: (
        shutil.copytree(s.root / "prompts", s.root / "texts", symlinks=True),
        s.write("promptgate.toml", '[project]\nprompts = "texts"\n' + s.read("promptgate.toml")),
    ),
    "promptgate.toml broken": lambda s: s.write("promptgate.toml", "= ="),
    "promptgate.toml deleted": lambda s: s.git("rm", "-q", "promptgate.toml"),
    "promptgate.toml made a link": lambda s: (
        s.write("app/other.toml", s.read("promptgate.toml")),
        link(s, "promptgate.toml", "app/other.toml"),
    ),
    "a project in the product's folder": lambda s: (
        s.write("app/promptgate.toml", ""),
        s.write("app/prompts/support.md", "Be rude."),
    ),
    "model in the environment": lambda s: s.replace(".env", "sonnet", "haiku"),
    "model in a workflow": lambda s: s.write(
        ".github/workflows/deploy.yml", "env:\n  ANTHROPIC_MODEL: haiku\n"
    ),
    "model in the product's code": lambda s: s.replace("app/main.py", "'test-model'", "'other'"),
    "model id in a new file": lambda s: s.write("deploy.json", '{"m": "claude-haiku-4-5"}'),
    "file named in [freeze]": lambda s: s.write("deploy/app.yaml", "replicas: 0\n"),
    "file named in [freeze], with the name taken out": lambda s: (
        s.replace("promptgate.toml", "deploy/*.yaml", "none"),
        s.write("deploy/app.yaml", "replicas: 0\n"),
    ),
    "lock edited by hand": lambda s: s.replace("promptgate.lock", "c0ffee", "abcdef"),
    "lock deleted": lambda s: s.git("rm", "-q", "promptgate.lock"),
    "lock in another case": lambda s: s.write("PromptGate.lock", "version: 1\n"),
    "how git checks out": lambda s: s.write(".gitattributes", "prompts/* eol=crlf"),
}


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


PASSING = {
    "the product's code": lambda s: s.replace("app/main.py", "hello", "goodbye"),
    "a case": lambda s: s.replace("suites/facts.yaml", "hello", "goodbye"),
    "a page about models": lambda s: s.write("docs/models.md", "We use claude-sonnet-4-5."),
    "an incident's record": lambda s: s.write("incidents/1/events.jsonl", '"claude-haiku-4-5"'),
    "a recording": lambda s: s.write("cassettes/a.yaml", "model: test-model"),
    "another variable": lambda s: s.replace(".env", "blue", "red"),
    "the gate's policy": lambda s: s.write(
        "promptgate.toml", s.read("promptgate.toml") + "[gate]\nmargin = 0.1\n"
    ),
    "attributes of other files": lambda s: s.write("app/.gitattributes", "* text\n"),
}


@pytest.mark.parametrize("change", PASSING, ids=str)
def test_change_passes_when_it_leaves_frozen_things_alone(frozen, change):
    """A freeze that blocks everything is switched off by the next team that has to ship."""
    PASSING[change](frozen)
    frozen.commit("fine")
    assert not frozen.blocked()
    assert blocked_by_freeze(frozen.project, "worktree", NOW) == ()


def test_change_that_adds_the_freeze_passes(shared):
    """Where nobody may push to main, the freeze itself comes by a pull request."""
    shared.write("PROMPT_FROZEN.txt", "stop")
    shared.commit("freeze")
    assert shared.check() is None
    assert blocked_by_freeze(shared.project, "worktree", NOW) == ()


def test_branch_passes_when_main_changed_prompts_after_it_began(shared):
    shared.on_main(lambda: shared.replace("prompts/support.md", "the shop", "our shop"))
    shared.freeze()
    PASSING["the product's code"](shared)
    shared.commit("fine")
    assert paths(shared) == set()


# ---------------------------------------------------------------- a freeze of one prompt


SCOPED = {
    "prompts/support.md": True,
    "prompts/shared/safety.md": True,
    "prompts/billing.md": False,
    "prompts/new.md": False,
    "prompts/Support.md": True,
}


@pytest.mark.parametrize(("path", "blocked"), SCOPED.items())
def test_freeze_of_one_prompt_covers_its_closure(shared, path, blocked):
    shared.freeze(prompts=("support",))
    shared.write(path, PROMPT.replace("the shop", "the bank") if "safety" not in path else "x")
    shared.commit("edit")
    assert shared.blocked() is blocked


def test_freeze_of_one_prompt_covers_a_partial_that_it_begins_to_use(shared):
    """After the approval of one text another must not slip in under it."""
    shared.freeze(prompts=("support",))
    shared.replace("prompts/support.md", "shared/safety.md", "shared/new.md")
    shared.write("prompts/shared/new.md", "Be bold.")
    shared.commit("edit")
    assert paths(shared) == {"prompts/support.md", "prompts/shared/new.md"}


def test_freeze_of_one_prompt_covers_its_entry_in_the_lock_alone(shared):
    shared.freeze(prompts=("support",))
    lock = shared.read("promptgate.lock")
    first, second = lock.split("  support:", 1)
    shared.write("promptgate.lock", first.replace("c0ffee", "abcdef") + "  support:" + second)
    shared.commit("release billing")
    assert not shared.blocked()
    shared.write("promptgate.lock", first + "  support:" + second.replace("c0ffee", "abcdef"))
    shared.commit("release support")
    assert shared.blocked()


def test_freeze_of_a_prompt_that_is_not_there_covers_all(shared):
    """A misspelt name must not freeze nothing."""
    shared.freeze("Prompts: suport")
    EVASIONS["prompt edited"](shared)
    shared.commit("edit")
    assert shared.blocked()


# ---------------------------------------------------------------- approvals


def approve(shared, head="HEAD", *, until=NOW + timedelta(minutes=1), by="dana"):
    digest = shared.check(head).change.digest

    def write():
        data = (shared.root / "PROMPT_FROZEN.txt").read_bytes()
        shared.write("PROMPT_FROZEN.txt", with_approval(data, digest, by, until))

    shared.on_main(write, "approve")


@pytest.fixture
def approved(shared):
    """A branch with an edit that its commander approved."""
    shared.freeze(commander="Dana", incident="inc-42")
    EVASIONS["prompt edited"](shared)
    shared.commit("edit")
    assert shared.blocked()
    approve(shared)
    assert not shared.blocked()
    return shared


def test_approved_change_passes_the_gate_too(approved):
    assert blocked_by_freeze(approved.project, "worktree", NOW) == ()


def test_approval_counts_after_a_rebase_and_after_a_merge_of_main(approved):
    """Bringing the branch up to date, as a protected branch asks for, is no other change."""
    before = approved.git("rev-parse", "HEAD")
    approved.git("merge", "-q", "--no-edit", "origin/main")
    assert not approved.blocked()
    approved.git("reset", "-q", "--hard", before)
    approved.git("rebase", "-q", "origin/main")
    assert not approved.blocked()


def test_approval_counts_after_a_squash(approved):
    approved.replace("prompts/support.md", "the bank", "the bakery")
    approved.commit("there")
    approved.replace("prompts/support.md", "the bakery", "the bank")
    approved.commit("and back")
    approved.git("reset", "-q", "--soft", approved.git("merge-base", "main", "HEAD"))
    approved.commit("squashed")
    assert not approved.blocked()


@pytest.mark.parametrize("evasion", ["partial edited", "model in the environment", "mode changed"])
def test_approval_does_not_count_when_something_is_added(approved, evasion):
    EVASIONS[evasion](approved)
    approved.commit("and this")
    assert approved.blocked()
    assert "is for another change" in approved.check().sentence


def test_approval_does_not_count_when_main_has_changed_the_prompt(approved):
    """What was approved is a difference: from another text it leads somewhere else."""
    approved.on_main(lambda: approved.write("prompts/shared/safety.md", "Be careful."))
    approved.git("rebase", "-q", "origin/main")
    assert not approved.blocked(), "another file"
    approved.on_main(lambda: approved.replace("prompts/support.md", "the shop", "the shop, always"))
    approved.git("rebase", "-q", "-X", "theirs", "origin/main")
    assert approved.blocked()


def test_approval_does_not_count_when_it_has_expired(frozen):
    EVASIONS["prompt edited"](frozen)
    frozen.commit("edit")
    approve(frozen, until=NOW)
    assert frozen.blocked()
    assert "ended at 2026-11-23 10:00:00 UTC" in frozen.check().sentence


def test_approval_does_not_count_when_it_is_for_another_branch(approved):
    approved.git("checkout", "-q", "-b", "second", "main")
    approved.replace("prompts/support.md", "the shop", "the casino")
    approved.commit("edit")
    assert approved.blocked()


def test_approval_that_the_change_writes_itself_does_not_count(frozen):
    EVASIONS["prompt edited"](frozen)
    frozen.commit("edit")
    frozen.git("merge", "-q", "--no-edit", "origin/main")
    digest = frozen.check().change.digest
    data = (frozen.root / "PROMPT_FROZEN.txt").read_bytes()
    text = with_approval(data, digest, "dana", NOW + timedelta(hours=1))
    frozen.write("PROMPT_FROZEN.txt", text)
    frozen.commit("approved, honestly")
    assert frozen.blocked()


def test_nothing_is_approved_when_the_freeze_cannot_be_read(approved):
    approved.on_main(
        lambda: approved.write(
            "PROMPT_FROZEN.txt", approved.read("PROMPT_FROZEN.txt") + "all clear?\n"
        )
    )
    assert approved.blocked()
    assert "everything is frozen, as PROMPT_FROZEN.txt cannot be read" in approved.check().sentence


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
