"""Fetch what the gate reads of git, and see that the change is what is checked out.

A pipeline's clone is shallow and knows one branch. The gate needs the branch that
the change is to go into, which governs it, and the commit at which they parted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.ci.forges import Event
from promptgate.errors import InputError
from promptgate.release.history import GitRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.ci.forges import Pipeline
    from promptgate.project import Project
    from promptgate.release.history import Repository

_STEPS = ("--deepen=100", "--deepen=1000", "--unshallow")


def fetch_history(project: Project, repository: Repository, pipeline: Pipeline) -> tuple[str, ...]:
    """Fetch the branches and commits that govern a change, and history as far as they part.

    Returns:
        Names of what was fetched.

    Raises:
        GitRefused: The remote does not give a branch that governs.
    """
    repository.git("check-ref-format", "--branch", project.settings.default_branch)
    names = (pipeline.target, pipeline.default_branch, project.settings.default_branch)
    branches = list(dict.fromkeys(name for name in names if name))
    needed = [name for name in branches if name == (pipeline.target or branches[0])]
    for name in branches:
        try:
            _fetch(repository, name)
        except GitRefused:
            if name in needed:
                raise
    if pipeline.default_branch in branches:
        head = f"refs/remotes/origin/{pipeline.default_branch}"
        repository.line("symbolic-ref", "refs/remotes/origin/HEAD", head)
    for commit in pipeline.commits:
        if repository.commit_of(commit) is None:
            repository.line("fetch", "--quiet", "--no-tags", *_depth(repository), "origin", commit)
    bases = [f"refs/remotes/origin/{name}" for name in needed]
    bases += [commit for commit in pipeline.commits if repository.commit_of(commit)]
    _deepen(repository, bases)
    return (*needed, *pipeline.commits)


def _fetch(repository: Repository, branch: str, *more: str) -> None:
    ref = f"+refs/heads/{branch}:refs/remotes/origin/{branch}"
    depth = more or _depth(repository)
    repository.git("fetch", "--quiet", "--no-tags", *depth, "origin", ref)


def _depth(repository: Repository) -> tuple[str, ...]:
    """Return what keeps a shallow clone from becoming a whole one."""
    return ("--depth=1",) if _shallow(repository) else ()


def _shallow(repository: Repository) -> bool:
    return repository.line("rev-parse", "--is-shallow-repository") == "true"


def _deepen(repository: Repository, bases: list[str]) -> None:
    """Fetch more history until HEAD and each base meet, or there is no more."""
    for step in _STEPS:
        apart = [base for base in bases if not repository.merge_bases("HEAD", base)]
        if not apart or not _shallow(repository):
            return
        wanted = [commit for base in ("HEAD", *apart) if (commit := repository.commit_of(base))]
        repository.line("fetch", "--quiet", "--no-tags", step, "origin", *wanted)


def check_checked_out(repository: Repository, pipeline: Pipeline) -> None:
    """Refuse to judge anything but the change: nothing differs where the base is checked out.

    That is so by default under `pull_request_target`, whose runs hold the repository's
    secrets and must not run what a stranger wrote.

    Raises:
        InputError: HEAD does not hold the commit that was proposed.
    """
    head = pipeline.head
    if pipeline.event is not Event.REQUEST or head is None or head in _ancestry(repository):
        return
    if repository.line("rev-list", "--max-count=1", f"HEAD..{head}") or not repository.commit_of(
        head
    ):
        raise InputError(
            f"what is checked out does not hold {head[:12]}, the commit that was proposed, so "
            "there is no change to judge; run on 'pull_request' (not 'pull_request_target'), "
            "and leave 'ref' of actions/checkout alone."
        )


def _ancestry(repository: Repository) -> Iterator[str]:
    """Yield HEAD and its parents, which a shallow clone names without having them."""
    yield repository.commit_of("HEAD") or ""
    for line in (repository.line("cat-file", "commit", "HEAD") or "").splitlines():
        if not line:
            return
        if line.startswith("parent "):
            yield line.removeprefix("parent ")
