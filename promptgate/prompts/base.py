"""The base of a change: the branch that it is to go into, which alone governs it.

What is released, the policy, the freeze, the adjudications and the rules of review
are read from the base and never from the change: nobody moves the bar in the change
that has to clear it.

    base = find_base(project)             # or find_base(project, "origin/main")
    governed = govern(project, base)      # the same project; its `governing` files are the base's
    governed.governing.read("promptgate.lock")
    governing_section(governed, "gate", Policy)
    open_tree(governed, "released")       # what the base's lock approves

The base is a tip, not the point where the change left it: a branch that was begun
before a rule was made is held to the rule. So it resolves in a shallow clone, and
a rebase or a squash changes nothing. See find_base() for which commit it is.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from promptgate.errors import ProjectError, PromptgateError, RevisionError
from promptgate.project import CONFIG, LOCK, open_project
from promptgate.prompts.pipelines import named_base
from promptgate.prompts.remotes import base_remote
from promptgate.prompts.revisions import (
    RELEASED,
    WORKTREE,
    commit_of,
    git_errors,
    open_repository,
    open_tree,
    resolve,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from git import Repo
    from pydantic import BaseModel

    from promptgate.project import Project

    SectionT = TypeVar("SectionT", bound=BaseModel)

HEAD = "HEAD"
_LOCAL = "refs/heads/"


@dataclass(frozen=True)
class Base:
    """The commit whose files govern a change.

    Attributes:
        revision: As people write it: 'origin/main', 'main', 'HEAD', or as it was given;
            'worktree' where nothing is committed, or there is no repository.
        commit: The full hash; None for 'worktree'.
        why: How it was found, to stand behind 'the base is …': 'given', 'the branch that
            is released from', …
    """

    revision: str
    commit: str | None
    why: str


def find_base(
    project: Project, given: str | None = None, environment: Mapping[str, str] | None = None
) -> Base:
    """Find the commit that governs a change made here.

    The first of these that there is:

    1. what is given (continuous integration knows best), a commit or 'worktree';
    2. where continuous integration says what it runs for: the commit that the merge
       queue builds on, the target branch of the pull request, or on a push to the
       branch that is released from, that branch as it was before;
    3. the branch that is released from: `default_branch` of promptgate.toml, as the
       remote's default branch (else `main`) has it, so that a change cannot name
       another; as the remote has that branch, else as it is here;
    4. HEAD, in a repository that has no such branch and no remote;
    5. the work tree, where nothing is committed or there is no repository.

    On the branch itself, without a remote, 3 is what HEAD has committed. The remote is
    that of base_remote().

    Args:
        project: As it is on disk.
        given: A revision.
        environment: Of the process; os.environ by default.

    Raises:
        RevisionError: What is given or what continuous integration names is no commit
            here; or there is a remote, and git knows no branch to be released from.
    """
    environment = os.environ if environment is None else environment
    if given == RELEASED:
        raise RevisionError(
            "'released' is no base: the base says what is released; give a branch or commit."
        )
    if given is not None:
        return Base(given, open_tree(project, given).commit, "given")
    try:
        repo = open_repository(project)
    except RevisionError:
        return Base(WORKTREE, None, "there is no git repository")
    with repo:
        if not repo.head.is_valid():
            return Base(WORKTREE, None, "nothing is committed yet")
        return _found(project, repo, environment)


def govern(project: Project, base: Base) -> Project:
    """Return a project whose governing files are those of a base.

    Raises:
        RevisionError: The base cannot be read.
    """
    if base.commit is None:
        return replace(project, base=None)
    return replace(project, base=open_tree(project, base.commit))


def governing_section(project: Project, name: str, model: type[SectionT]) -> SectionT:
    """Return one section of promptgate.toml as the governing files have it.

    Raises:
        ProjectError: The file is wrong there.
    """
    tree = project.governing
    try:
        return open_project(project.root, tree).section(name, model)
    except ProjectError as error:
        shown = CONFIG if tree.revision == WORKTREE else f"{CONFIG} at {tree.revision}"
        raise ProjectError(error.message, file=shown, line=error.line) from None


def fork_point(project: Project, one: str, other: str) -> str | None:
    """Return the commit at which two revisions parted; None where git knows none.

    Raises:
        RevisionError: There is no repository or no git.
    """
    failures: tuple[type[Exception], ...] = (RevisionError, *git_errors())
    with open_repository(project) as repo, suppress(*failures):
        return str(repo.git.merge_base(commit_of(one), commit_of(other))).split()[0]
    return None


def default_baseline(project: Project) -> str:
    """Return the revision that a gate compares with when none is given.

    'released' where the governing files have a lock; else where HEAD left the base,
    or 'HEAD' where that is not known.

    Raises:
        RevisionError: There is no lock and no repository.
    """
    if project.governing.read(LOCK) is not None:
        return RELEASED
    return start_of_change(project) or HEAD


def start_of_change(project: Project, end: str = HEAD) -> str | None:
    """Return the commit at which a revision left the base that governs; None where unknown.

    Raises:
        RevisionError: There is no repository or no git.
    """
    commit = getattr(project.governing, "commit", None)
    return fork_point(project, commit, end) if commit else None


def _found(project: Project, repo: Repo, environment: Mapping[str, str]) -> Base:
    """Find the base in a repository that has commits."""
    head = resolve(repo, HEAD)
    branches = _branches(repo)
    remote = base_remote(partial(_ask, repo), branches)
    there = f"refs/remotes/{remote}/"
    name = _released_from(project, branches, there)
    named = named_base(environment, name)
    if named is not None:
        for revision in named.revisions:
            with suppress(RevisionError):
                return Base(_short(revision), resolve(repo, revision), named.why)
        raise RevisionError(
            f"the base is {named.why}, {_short(named.revisions[0])!r}, which git does not know "
            "here; run 'promptgate ci fetch' first, or fetch the whole history: 'fetch-depth: 0' "
            "on GitHub, 'GIT_DEPTH: 0' on GitLab."
        )
    for shown, ref in ((f"{remote}/{name}", there + name), (name, _LOCAL + name)):
        if ref in branches:
            return Base(shown, branches[ref], "the branch that is released from")
    if repo.remotes:
        raise RevisionError(
            f"git knows no branch {name!r} here, so nobody can tell what governs this change; run "
            f"'git fetch {remote} {name}:{there}{name}', or correct 'default_branch' "
            f"in {CONFIG}."
        )
    return Base(HEAD, head, f"there is no branch {name!r}")


def _ask(repo: Repo, *arguments: str) -> str | None:
    """Return what git prints; None where it ends with an error."""
    try:
        return str(repo.git.execute(["git", *arguments])).strip() or None
    except git_errors():
        return None


def _short(revision: str) -> str:
    """Return a revision as people write it."""
    return revision.removeprefix("refs/remotes/").removeprefix("refs/heads/")


def _branches(repo: Repo) -> dict[str, str]:
    """Return the full name of every branch with its commit, or with what it points to."""
    listed = str(
        repo.git.for_each_ref(
            "--format=%(refname) %(objectname) %(symref)", "refs/heads", "refs/remotes"
        )
    )
    found = {}
    for line in listed.splitlines():
        ref, commit, *symbolic = line.split(" ")
        found[ref] = (symbolic and symbolic[0]) or commit
    return found


def _released_from(project: Project, branches: Mapping[str, str], there: str) -> str:
    """Return the branch that is released from, by the word of a branch and not of the change.

    Where neither the remote's default branch nor `main` holds this project, the files
    on disk are all there is to ask.
    """
    own = project.settings.default_branch
    default = branches.get(f"{there}HEAD", "").removeprefix(there)
    for ref in (f"{there}{default}", f"{there}main", f"{_LOCAL}main"):
        if ref not in branches or ref == f"{there}HEAD":
            continue
        with suppress(PromptgateError):
            tree = open_tree(project, ref)
            if tree.read(CONFIG) is not None:
                return open_project(project.root, tree).settings.default_branch
    return own
