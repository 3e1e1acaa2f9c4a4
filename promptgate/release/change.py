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
        stood: Every file before the change.
    """

    repository: Repository
    start: str
    end: str
    candidate: str
    paths: Mapping[str, tuple[Entry | None, Entry | None]] = field(repr=False)
    stood: Mapping[str, Entry] = field(repr=False)

    def below(self, folder: str) -> Iterator[str]:
        """Yield the paths in a folder, the folder itself included."""
        for path in self.paths:
            if path == folder or path.startswith(f"{folder}/"):
                yield path

    def stood_below(self, folder: str) -> list[str]:
        """Return the files that a folder held before the change, touched or not."""
        return [path for path in self.stood if path.startswith(f"{folder}/")]

    def before(self, path: str) -> bytes | None:
        """Return what a plain file held before; None where there was none."""
        entry = self.stood.get(path)
        plain = entry is not None and entry.mode not in (LINK, SUBMODULE)
        return self.repository.read(entry) if entry is not None and plain else None

    def same_at(self, commit: str, paths: Iterator[str]) -> bool:
        """Tell whether some touched files are at a commit as the change leaves them."""
        entries = _below(self.repository.prefix, self.repository.entries(commit))
        return all(entries.get(path) == self.paths[path][1] for path in paths)


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
        with repository.as_committed() as (aside, tree):
            after = aside.entries(tree)
    else:
        after = repository.entries(end)
    before, after = (_below(repository.prefix, entries) for entries in (before, after))
    paths = {
        path: (before.get(path), after.get(path))
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    }
    return Difference(repository, start, end, candidate, paths, before)


def _below(prefix: str, entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
    """Return the entries of the project's folder, by their path from there."""
    if not prefix:
        return entries
    above = f"{prefix}/"
    return {p.removeprefix(above): e for p, e in entries.items() if p.startswith(above)}
