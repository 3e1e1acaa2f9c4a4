"""What init needs to know of the git repository around a folder.

Separate from the reading of revisions: a project is started where there may be
no repository, no commit and no configuration yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from git import Repo


@dataclass(frozen=True)
class Surroundings:
    """Where a project stands.

    Attributes:
        top: The top of the repository's work tree; the folder itself outside of one.
        folder: The project's folder below the top, '' for the top.
        branch: The branch that is released from, as far as git tells; else 'main'.
        versioned: Whether there is a repository.
    """

    top: Path
    folder: str
    branch: str
    versioned: bool


def look_around(root: Path) -> Surroundings:
    """Look at the repository that a folder is in, if it is in one."""
    repo = open_repository(root)
    if repo is None:
        return Surroundings(root, "", "main", versioned=False)
    with repo:
        top = Path(str(repo.working_tree_dir)).resolve()
        folder = root.resolve().relative_to(top).as_posix()
        return Surroundings(
            top, "" if folder == "." else folder, _default_branch(repo), versioned=True
        )


def open_repository(root: Path) -> Repo | None:
    """Open the repository of a folder; None where there is none, or no git."""
    try:
        import git
    except ImportError:
        return None
    try:
        repo = git.Repo(root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return None
    if repo.working_tree_dir is None:
        repo.close()
        return None
    repo.git.update_environment(LC_ALL="C")
    return repo


def _default_branch(repo: Repo) -> str:
    from git.exc import GitError

    for arguments in (
        ("refs/remotes/origin/HEAD",),
        ("HEAD",) if "main" not in [head.name for head in repo.heads] else (),
    ):
        try:
            if arguments:
                name = str(repo.git.symbolic_ref("--quiet", "--short", *arguments))
                return name.removeprefix("origin/")
        except GitError:
            continue
    return "main"
