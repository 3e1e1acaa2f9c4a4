import os
import subprocess
import sys
from pathlib import Path

import pytest

from promptgate.errors import ExitCode, InputError, PromptError, RevisionError
from promptgate.files import DiskTree
from promptgate.project import open_project
from promptgate.prompts import (
    list_prompts,
    load_prompt,
    open_tree,
)


def prompt(text):
    return "---\nmodel: m\n---\n{% block user %}" + text + "{% endblock %}\n"


def text_at(project, revision):
    loaded = load_prompt(open_tree(project, revision), "a")
    return loaded.request({})["messages"][0]["content"]


def refused(project, revision):
    with pytest.raises(RevisionError) as caught:
        open_tree(project, revision)
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    return str(caught.value)


def test_each_revision_has_its_own_files(repository):
    repo = repository()
    first = repo.commit({"promptgate.toml": "", "prompts/a.md": prompt("one")})
    second = repo.commit({"prompts/a.md": prompt("two")})
    repo.git("tag", "-a", "v1", first, "-m", "tag")
    repo.write({"prompts/a.md": prompt("three")})
    texts = {r: text_at(repo.project, r) for r in ("HEAD~1", first[:9], "v1", "main", "worktree")}
    assert texts == {"HEAD~1": "one", first[:9]: "one", "v1": "one", "main": "two",
                     "worktree": "three"}  # fmt: skip
    assert open_tree(repo.project, "v1").commit == first
    assert open_tree(repo.project, "main").commit == second
    assert open_tree(repo.project, "worktree").commit is None
    assert repo.git("status", "--porcelain") == "M prompts/a.md", "nothing was checked out"


def test_partials_are_those_of_the_revision(repository):
    repo = repository()
    repo.commit({
        "promptgate.toml": "",
        "prompts/a.md": prompt('{% include "shared/s.md" %}'),
        "prompts/shared/s.md": "old",
    })  # fmt: skip
    repo.write({"prompts/shared/s.md": "new"})
    assert (text_at(repo.project, "HEAD"), text_at(repo.project, "worktree")) == ("old", "new")


def test_project_below_the_top_reads_its_own_folder(repository):
    repo = repository("apps/bot")
    repo.commit({"promptgate.toml": "", "prompts/a.md": prompt("x"), "prompts/.hidden": "x"})
    tree = open_tree(repo.project, "HEAD")
    assert tree.list("prompts") == ["prompts/a.md"]
    assert tree.read("promptgate.toml") == b""
    assert tree.read("prompts") is None
    assert tree.read("prompts/a.md/b") is None
    assert tree.list("prompts/a.md") == tree.list("nothing") == []
    assert text_at(repo.project, "HEAD") == "x"


def test_fingerprint_is_the_same_when_the_checkout_has_crlf(repository):
    repo = repository()
    repo.commit({"promptgate.toml": "", "prompts/a.md": prompt("one\ntwo")})
    repo.write({"prompts/a.md": prompt("one\ntwo").replace("\n", "\r\n")})
    prompts = [load_prompt(open_tree(repo.project, r), "a") for r in ("HEAD", "worktree")]
    assert prompts[0].fingerprint == prompts[1].fingerprint
    assert prompts[0].request({}) == prompts[1].request({})


def test_fingerprint_is_the_same_after_a_rebase(repository):
    repo = repository()
    repo.commit({"promptgate.toml": "", "prompts/a.md": prompt("one")})
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit({"prompts/a.md": prompt("two")})
    before = load_prompt(open_tree(repo.project, "HEAD"), "a")
    repo.git("checkout", "-q", "main")
    repo.commit({"other.txt": "x"})
    repo.git("checkout", "-q", "topic")
    repo.git("rebase", "-q", "main")
    after = load_prompt(open_tree(repo.project, "HEAD"), "a")
    assert before.fingerprint == after.fingerprint


@pytest.mark.parametrize("revision", ["nope", "HEAD~9", "a..b", "HEAD^{tree}", "HEAD:prompts",
                                      "0" * 40, "main@{9}"])  # fmt: skip
def test_unknown_revision_is_refused(repository, revision):
    repo = repository()
    repo.commit({"promptgate.toml": ""})
    assert refused(repo.project, revision) == (
        f"git knows no commit {revision!r}; check it with 'git log', or give 'worktree' or "
        "'released'."
    )


@pytest.mark.parametrize("revision", ["-n", "--all", "--output=x", "", "a\0b"])
def test_revision_that_git_would_take_for_an_option_is_refused(repository, revision):
    repo = repository()
    repo.commit({"promptgate.toml": ""})
    assert "is no revision" in refused(repo.project, revision)
    assert not (repo.root / "x").exists()


def test_ghost_of_a_shallow_clone_is_refused_with_the_way_out(repository, tmp_path):
    repo = repository()
    first = repo.commit({"promptgate.toml": "", "prompts/a.md": prompt("one")})
    repo.commit({"prompts/a.md": prompt("two")})
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth", "1", repo.top.as_uri(), str(clone))
    project = open_project(clone, DiskTree(clone))
    assert text_at(project, "HEAD") == "two"
    for revision in ("HEAD~1", first):
        assert "this clone is shallow: run 'git fetch --unshallow'" in refused(project, revision)


def test_object_that_is_gone_is_refused(repository):
    repo = repository()
    repo.commit({"promptgate.toml": "", "prompts/a.md": prompt("one")})
    blob = repo.git("rev-parse", "HEAD:prompts/a.md")
    (repo.top / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    tree = open_tree(repo.project, "HEAD")
    with pytest.raises(RevisionError, match=r"git cannot give 'prompts/a\.md'"):
        load_prompt(tree, "a")


def test_symbolic_link_is_refused_and_not_read_as_text(repository):
    repo = repository()
    repo.write({"promptgate.toml": "", "real/a.md": prompt("x"), "prompts/b.md": prompt("x")})
    (repo.root / "prompts" / "a.md").symlink_to("../real/a.md")
    (repo.root / "linked").symlink_to("real")
    repo.commit({})
    tree = open_tree(repo.project, "HEAD")
    with pytest.raises(RevisionError, match=r"'prompts/a\.md' is or goes through the symbolic"):
        load_prompt(tree, "a")
    with pytest.raises(RevisionError, match="symbolic link 'linked'"):
        load_prompt(tree, "a", folder="linked")


def test_submodule_is_refused(repository):
    repo = repository()
    commit = repo.commit({"promptgate.toml": "", "prompts/a.md": prompt("x")})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},prompts/sub")
    repo.git("commit", "-q", "-m", "submodule")
    tree = open_tree(repo.project, "HEAD")
    with pytest.raises(RevisionError, match="'prompts/sub' is a submodule"):
        list_prompts(tree)
    with pytest.raises(RevisionError, match="lies in the submodule 'sub'"):
        tree.read("prompts/sub/a.md")


def test_folder_without_a_repository_is_refused_with_the_way_out(tmp_path):
    (tmp_path / "promptgate.toml").touch()
    project = open_project(tmp_path, DiskTree(tmp_path))
    with pytest.raises(RevisionError, match="is in no git work tree; run 'git init'"):
        open_tree(project, "HEAD")
    assert open_tree(project, "worktree").revision == "worktree"


def test_repository_without_a_commit_is_refused(repository):
    repo = repository()
    repo.write({"promptgate.toml": ""})
    assert "nothing is committed in this repository yet" in refused(repo.project, "HEAD")


def test_missing_git_is_said_when_it_is_not_on_the_path(tmp_path):
    (tmp_path / "promptgate.toml").touch()
    code = (
        "from pathlib import Path\n"
        "from promptgate.errors import RevisionError\n"
        "from promptgate.project import find_project\n"
        "from promptgate.prompts import open_tree\n"
        "try:\n    open_tree(find_project(Path('.')), 'HEAD')\n"
        "except RevisionError as error:\n    print(error)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.startswith("git is not installed, or not on PATH")


def test_work_tree_is_never_left(repository):
    repo = repository()
    repo.write({"promptgate.toml": ""})
    with pytest.raises(InputError, match="leads out of the project"):
        open_tree(repo.project, "worktree").read("../outside")


def test_released_is_refused_when_there_is_no_lock(repository):
    repo = repository()
    repo.commit({"promptgate.toml": ""})
    assert refused(repo.project, "released").startswith(
        "nothing is released: there is no promptgate.lock; run 'promptgate release'"
    )


def test_tree_leaves_no_process_when_it_is_closed(repository):
    repo = repository()
    repo.commit({"promptgate.toml": "", "prompts/a.md": prompt("x")})
    tree = open_tree(repo.project, "HEAD")
    assert tree.list("prompts")
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    if not children.exists():
        pytest.skip("the kernel does not list children")
    before = set(children.read_text().split())
    tree.close()
    assert len(set(children.read_text().split())) < len(before)
    assert tree.read("prompts/a.md") is not None, "a closed tree can be read again"
    tree.close()


def test_error_names_the_revision_whose_file_is_at_fault(repository):
    """Of two arms, the baseline's file is not the one on the screen."""
    repo = repository()
    repo.commit({"promptgate.toml": "", "prompts/a.md": prompt("{{ x }}"), "prompts/b.md": "---\n"})
    loaded = load_prompt(open_tree(repo.project, "HEAD"), "a")
    with pytest.raises(PromptError, match=r"^HEAD:prompts/a\.md:4: the variable 'x' is undefined"):
        loaded.request({})
    with pytest.raises(PromptError, match=r"^HEAD:prompts/b\.md:1: .* never closed"):
        load_prompt(open_tree(repo.project, "HEAD"), "b")


def test_linked_work_tree_has_its_own_head(repository, tmp_path):
    repo = repository()
    repo.commit({"promptgate.toml": "", "prompts/a.md": prompt("main")})
    linked = tmp_path / "linked"
    repo.git("worktree", "add", "-q", "-b", "topic", str(linked))
    repo.commit({"prompts/a.md": prompt("later")})
    assert text_at(open_project(linked, DiskTree(linked)), "HEAD") == "main"


def test_project_is_found_inside_a_git_hook(repository, monkeypatch):
    """A pre-commit hook runs with GIT_DIR and GIT_INDEX_FILE set, relative to the top."""
    repo = repository("apps/bot")
    repo.commit({"promptgate.toml": "", "prompts/a.md": prompt("x")})
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert text_at(repo.project, "HEAD") == "x"
