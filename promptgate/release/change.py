"""What a change touches: every file that differs between where it left the base and its end.

Modes and objects are compared, as a freeze compares them, and not `git diff`, which
attributes and configuration can teach to look away. Paths are from the project's folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from promptgate.prompts import fork_point, open_tree
from promptgate.prompts.revisions import RELEASED, WORKTREE
from promptgate.release.history import LINK, SUBMODULE, find_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from promptgate.project import Project
    from promptgate.prompts import Base
    from promptgate.release.history import Entry, Repository

HEAD = "HEAD"


@dataclass(frozen=True)
class Difference:
    """The files of a project that a change touches.

    Attributes:
        repository: That they are in.
        start: The commit at which the change left the base; the base itself where git
            knows no common commit (a shallow clone), which shows more and never less.
        end: The last commit of the change.
        candidate: Where it arrives: a revision, or 'worktree' for `end` and the files on disk.
        paths: From the project's folder, to what stood there before and what stands there now.
    """

    repository: Repository
    start: str
    end: str
    candidate: str
    paths: Mapping[str, tuple[Entry | None, Entry | None]] = field(repr=False)

    def below(self, folder: str) -> Iterator[str]:
        """Yield the paths in a folder, the folder itself included."""
        for path in self.paths:
            if path == folder or path.startswith(f"{folder}/"):
                yield path

    def before(self, path: str) -> bytes | None:
        """Return what a plain file held before; None where there was none."""
        entry = self.paths[path][0]
        plain = entry is not None and entry.mode not in (LINK, SUBMODULE)
        return self.repository.read(entry) if entry is not None and plain else None

    def same_at(self, commit: str, paths: Iterator[str]) -> bool:
        """Tell whether some touched files are at a commit as the change leaves them."""
        prefix = f"{self.repository.prefix}/" if self.repository.prefix else ""
        entries = self.repository.entries(commit)
        return all(entries.get(prefix + path) == self.paths[path][1] for path in paths)


def difference(project: Project, base: Base, candidate: str) -> Difference | None:
    """Return what a change touches; None where there is no base, or nothing that changes.

    Args:
        project: As it is on disk.
        base: That the change is to go into.
        candidate: A revision, or 'worktree' for HEAD and the files on disk.

    Raises:
        RevisionError: The candidate cannot be had.
    """
    repository = find_repository(project.root)
    if repository is None or base.commit is None or candidate == RELEASED:
        return None
    end = open_tree(project, HEAD if candidate == WORKTREE else candidate).commit
    assert end is not None
    start = fork_point(project, base.commit, end) or base.commit
    before = repository.entries(start)
    if candidate == WORKTREE:
        with repository.snapshot() as (aside, tree):
            after = aside.entries(tree)
    else:
        after = repository.entries(end)
    prefix = f"{repository.prefix}/" if repository.prefix else ""
    paths = {
        path.removeprefix(prefix): (before.get(path), after.get(path))
        for path in sorted(before.keys() | after.keys())
        if path.startswith(prefix) and before.get(path) != after.get(path)
    }
    return Difference(repository, start, end, candidate, paths)
