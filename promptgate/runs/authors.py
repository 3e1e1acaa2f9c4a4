"""Whose change it is, asked of git."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptgate.errors import RevisionError
from promptgate.project import CONFIG
from promptgate.prompts import open_tree, read_lock, start_of_change
from promptgate.prompts.revisions import RELEASED, WORKTREE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from git import Repo

    from promptgate.project import Project


def people(
    project: Project, baseline: str, candidate: str, *, everything: bool = False
) -> tuple[str, ...]:
    """Return the names and addresses of everybody who made the change, sorted.

    Authors and co-authors of the commits between the baseline and the candidate
    that touch prompts, suites or promptgate.toml, and whoever is configured in git
    where those are not committed as they are on disk; the author of the last such
    commit where that gives nobody. Empty without a repository.

    Args:
        project: Where the repository is.
        baseline: Revision, as a gate has it.
        candidate: Revision, as a gate has it.
        everything: Count commits and edits of any file.
    """
    repo = _repository(project)
    if repo is None:
        return ()
    settings = project.settings
    judged = (settings.prompts, settings.suites, CONFIG)
    paths = [] if everything else [str(project.root / name) for name in judged]
    end = "HEAD" if candidate in (WORKTREE, RELEASED, "") else candidate
    with repo:
        found: set[str] = set()
        for start in _starts(project, baseline):
            found.update(_authors(repo, paths, f"{start}..{end}"))
        edited = (repo.is_dirty(untracked_files=True, path=p) for p in paths or ["."])
        if end == "HEAD" and any(edited):
            with repo.config_reader() as reader:
                found.update(str(reader.get_value("user", key, "")) for key in ("name", "email"))
        if not found - {""}:
            found.update(_authors(repo, paths, "-1", end))
    return tuple(sorted(found - {""}))


def same_person(reviewer: str, authors: Sequence[str]) -> bool:
    """Whether a reviewer, as 'Name', 'address' or 'Name <address>', is among the authors."""
    name, _, address = reviewer.strip().casefold().partition("<")
    own = {reviewer.strip().casefold(), name.strip(), address.rstrip("> ")} - {""}
    return any(author.strip().casefold() in own for author in authors)


def _authors(repo: Repo, paths: list[str], *commits: str) -> Iterator[str]:
    """Yield names and addresses of the authors and co-authors of some commits."""
    from git.exc import GitError

    layout = "--format=%an%n%ae%n%(trailers:key=Co-authored-by,valueonly)"
    try:
        said = str(repo.git.log(layout, *commits, *(["--", *paths] if paths else [])))
    except GitError:  # a history that a shallow clone does not have
        return
    for line in said.splitlines():
        name, _, address = line.partition("<")
        yield name.strip()
        yield address.rstrip("> ")


def _starts(project: Project, baseline: str) -> list[str]:
    """Return the commits at which the change may begin, as far as git has them."""
    named = [baseline] if baseline not in (RELEASED, WORKTREE, "") else []
    if baseline == RELEASED:
        lock = read_lock(project.governing)
        named = [] if lock is None else [locked.revision for locked in lock.prompts.values()]
    known = []
    for name in dict.fromkeys(named):
        try:
            known.append(open_tree(project, name).commit)
        except RevisionError:
            continue
    if not known:
        known.append(start_of_change(project))
    return [commit for commit in known if commit is not None]


def _repository(project: Project) -> Any:
    """Return the repository that the project is in, or None where there is none, or no git."""
    try:
        import git
    except ImportError:
        return None
    try:
        return git.Repo(project.root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return None
