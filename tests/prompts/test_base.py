"""Which commit governs a change: real repositories, clones of a bare remote, and pipelines."""

import json
import subprocess

import pytest

from promptgate.errors import ProjectError, RevisionError
from promptgate.gate import Policy
from promptgate.project import find_project
from promptgate.prompts import (
    Base,
    Lock,
    default_baseline,
    dump_lock,
    find_base,
    govern,
    governing_section,
    load_prompt,
    locked_prompt,
    open_tree,
)

PROMPT = "---\nmodel: m\n---\n{% block user %}x{% endblock %}\n"


def lock_of(repo, text=PROMPT):
    repo.write({"prompts/a.md": text})
    loaded = load_prompt(open_tree(repo.project, "worktree"), "a")
    return dump_lock(Lock({"a": locked_prompt(loaded, revision="c", evidence=None)}))


@pytest.fixture
def started(repository):
    repo = repository()
    repo.commit({"promptgate.toml": "", "prompts/a.md": PROMPT})
    return repo


@pytest.fixture
def pushed(started, tmp_path):
    """The same, on a bare remote, on a branch of its own."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", tmp_path / "r.git"], check=True)
    started.git("remote", "add", "origin", str(tmp_path / "r.git"))
    started.git("push", "-q", "origin", "main")
    started.git("checkout", "-q", "-b", "topic")
    return started


def base_of(repo, given=None, **environment):
    return find_base(repo.project, given, environment)


def test_base_is_the_work_tree_when_nothing_is_committed(repository, tmp_path):
    repo = repository()
    repo.write({"promptgate.toml": ""})
    assert base_of(repo) == Base("worktree", None, "nothing is committed yet")
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "promptgate.toml").touch()
    found = find_base(find_project(tmp_path / "alone"), None, {})
    assert found == Base("worktree", None, "there is no git repository")


def test_base_is_what_head_has_committed_on_the_branch_itself(started):
    head = started.git("rev-parse", "HEAD")
    assert base_of(started) == Base("main", head, "the branch that is released from")


def test_base_is_head_when_there_is_no_other_branch(started):
    started.git("branch", "-m", "trunk")
    head = started.git("rev-parse", "HEAD")
    assert base_of(started) == Base("HEAD", head, "there is no branch 'main'")


def test_base_is_the_remote_branch_whatever_the_local_one_says(pushed):
    """The local branch is the author's to move."""
    tip = pushed.git("rev-parse", "origin/main")
    pushed.git("branch", "-f", "main", pushed.commit({"x": "y"}))
    assert base_of(pushed).commit == tip
    assert base_of(pushed).revision == "origin/main"


def test_base_is_the_tip_and_not_where_the_branch_began(pushed):
    pushed.git("checkout", "-q", "main")
    tip = pushed.commit({"promptgate.toml": "[gate]\nmargin = 0.02\n"})
    pushed.git("push", "-q", "origin", "main")
    pushed.git("checkout", "-q", "topic")
    assert base_of(pushed).commit == tip


@pytest.mark.parametrize("remotes", [("company",), ("fork", "company"), ("fork", "company", "x")])
def test_base_is_on_the_remote_that_the_branch_goes_to_when_none_is_origin(pushed, remotes):
    """The only one, else the upstream's; a local branch is the author's to move."""
    pushed.git("remote", "rename", "origin", "company")
    for name in set(remotes) - {"company"}:
        pushed.git("remote", "add", name, "../nowhere.git")
    pushed.git("branch", "-q", "--set-upstream-to", "company/main")
    pushed.git("branch", "-f", "main", pushed.commit({"x": "y"}))
    assert base_of(pushed).revision == "company/main"


def test_base_is_refused_when_several_remotes_leave_it_open(pushed):
    """Neither is guessed, and the author's own branch does not stand in."""
    pushed.git("remote", "rename", "origin", "company")
    pushed.git("remote", "add", "fork", "../nowhere.git")
    pushed.git("branch", "-D", "-q", "main")
    with pytest.raises(RevisionError, match="nobody can tell what governs this change"):
        base_of(pushed)


@pytest.mark.parametrize("how", ["detached", "rebased", "squashed"])
def test_base_is_the_same_when_history_is_rewritten(pushed, how):
    pushed.commit({"one": "1"})
    pushed.commit({"two": "2"})
    if how == "detached":
        pushed.git("checkout", "-q", "--detach")
    elif how == "rebased":
        pushed.git("rebase", "-q", "--force-rebase", "main")
    else:
        pushed.git("reset", "-q", "--soft", "main")
        pushed.commit({})
    assert base_of(pushed).commit == pushed.git("rev-parse", "origin/main")


def test_base_governs_in_a_shallow_clone(pushed, tmp_path):
    pushed.git("checkout", "-q", "main")
    pushed.commit({"promptgate.lock": lock_of(pushed)})
    pushed.git("push", "-q", "origin", "main")
    remote = f"file://{tmp_path / 'r.git'}"
    subprocess.run(["git", "clone", "-q", "--depth", "1", remote, tmp_path / "c"], check=True)
    project = find_project(tmp_path / "c")
    governed = govern(project, find_base(project, None, {}))
    assert open_tree(governed, "released").read("prompts/a.md") == PROMPT.encode()


def test_base_is_refused_when_there_is_a_remote_and_its_branch_is_unknown(pushed):
    pushed.git("update-ref", "-d", "refs/remotes/origin/main")
    pushed.git("branch", "-D", "-q", "main")
    with pytest.raises(RevisionError, match="nobody can tell what governs this change"):
        base_of(pushed)


def test_change_cannot_name_the_branch_that_governs_it(pushed):
    pushed.git("checkout", "-q", "-b", "lax")
    pushed.commit({"promptgate.toml": '[project]\ndefault_branch = "lax"\n'})
    pushed.git("push", "-q", "origin", "lax")
    assert base_of(pushed).revision == "origin/main"


def test_tag_or_branch_cannot_stand_in_for_the_remote_branch(pushed):
    tip = pushed.git("rev-parse", "refs/remotes/origin/main")
    pushed.commit({"promptgate.toml": "[gate]\nmargin = 0.9\n"})
    pushed.git("tag", "origin/main")
    pushed.git("branch", "origin/main")
    assert base_of(pushed).commit == tip
    assert base_of(pushed, GITHUB_BASE_REF="main").commit == tip


def test_branch_that_is_released_from_is_the_one_that_the_default_branch_names(pushed):
    pushed.git("checkout", "-q", "main")
    pushed.commit({"promptgate.toml": '[project]\ndefault_branch = "stable"\n'})
    pushed.git("push", "-q", "origin", "main", "main:stable")
    assert base_of(pushed).revision == "origin/stable"


def test_default_branch_is_asked_on_disk_when_main_has_no_project(repository):
    repo = repository()
    repo.commit({"readme": ""})
    repo.git("checkout", "-q", "-b", "develop")
    repo.commit({"promptgate.toml": '[project]\ndefault_branch = "develop"\n'})
    repo.git("checkout", "-q", "-b", "topic")
    assert base_of(repo).revision == "develop"


def test_given_base_comes_first(pushed):
    first = pushed.git("rev-parse", "HEAD")
    pushed.commit({"x": "1"})
    assert base_of(pushed, "HEAD~1", GITHUB_BASE_REF="main") == Base("HEAD~1", first, "given")
    assert base_of(pushed, "worktree").commit is None
    with pytest.raises(RevisionError, match="git knows no commit 'nowhere'"):
        base_of(pushed, "nowhere")
    with pytest.raises(RevisionError, match="'released' is no base"):
        base_of(pushed, "released")


@pytest.mark.parametrize("variable", ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"])
def test_base_is_the_target_of_the_pull_request(pushed, variable):
    pushed.git("push", "-q", "origin", "main:release/1.x")
    found = base_of(pushed, **{variable: "release/1.x"})
    assert (found.revision, found.why) == ("origin/release/1.x", "the target of the pull request")
    with pytest.raises(
        RevisionError, match="'origin/gone', which git does not know here; run 'promptgate ci"
    ):
        base_of(pushed, **{variable: "gone"})


def event(tmp_path, name, **content):
    file = tmp_path / "event.json"
    file.write_text(json.dumps(content))
    return {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(file)}


def test_base_is_what_a_merge_queue_builds_on(pushed, tmp_path):
    """The entries before this one are merged before it, or it is built anew without them."""
    queued = pushed.commit({"first in the queue": "1"})
    pushed.commit({"second in the queue": "2"})
    told = event(tmp_path, "merge_group", merge_group={"base_sha": queued})
    assert base_of(pushed, **told).commit == queued
    train = base_of(pushed, CI_MERGE_REQUEST_EVENT_TYPE="merge_train",
                    CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")  # fmt: skip
    assert train.commit == queued


@pytest.mark.parametrize("before", ["named", "zeros", "gone"])
def test_base_of_a_push_is_the_branch_before_it(pushed, tmp_path, before):
    pushed.git("checkout", "-q", "main")
    old = pushed.git("rev-parse", "HEAD")
    new = pushed.commit({"x": "1"})
    pushed.git("push", "-q", "origin", "main")
    sha = {"named": old, "zeros": "0" * 40, "gone": "1" * 40}[before]
    github = {**event(tmp_path, "push", before=sha), "GITHUB_REF_NAME": "main"}
    gitlab = {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main",
              "CI_COMMIT_BEFORE_SHA": sha}  # fmt: skip
    assert base_of(pushed, **github).commit == base_of(pushed, **gitlab).commit == old
    assert base_of(pushed).commit == new
    assert base_of(pushed, **{**github, "GITHUB_REF_NAME": "topic"}).commit == new


def test_policy_and_lock_are_those_of_the_base(pushed):
    pushed.git("checkout", "-q", "main")
    pushed.commit({
        "promptgate.toml": "[gate]\nmargin = 0.02\n",
        "promptgate.lock": lock_of(pushed),
    })  # fmt: skip
    pushed.git("push", "-q", "origin", "main")
    pushed.git("checkout", "-q", "topic")
    assert default_baseline(pushed.project) == "HEAD"
    pushed.write({
        "promptgate.toml": "[gate]\nmargin = 0.9\n",
        "promptgate.lock": lock_of(pushed, PROMPT.replace("x", "y")),
    })  # fmt: skip
    project = pushed.project
    governed = govern(project, find_base(project, None, {}))
    assert governing_section(governed, "gate", Policy).margin == 0.02
    assert governing_section(project, "gate", Policy).margin == 0.9
    assert open_tree(governed, "released").read("prompts/a.md") == PROMPT.encode()
    (pushed.root / "promptgate.lock").unlink()
    assert default_baseline(governed) == "released"


def test_lock_that_only_the_change_has_is_no_baseline(pushed):
    start = pushed.git("rev-parse", "HEAD")
    pushed.commit({"promptgate.lock": lock_of(pushed)})
    governed = govern(pushed.project, base_of(pushed))
    assert default_baseline(governed) == start


def test_policy_that_is_wrong_on_the_base_is_refused_and_named(pushed):
    bad = pushed.commit({"promptgate.toml": "[gate]\nmargin = 3\n"})
    pushed.write({"promptgate.toml": ""})
    governed = govern(pushed.project, base_of(pushed, "HEAD"))
    with pytest.raises(ProjectError, match=f"promptgate.toml at {bad[:7]}.*margin"):
        governing_section(governed, "gate", Policy)
