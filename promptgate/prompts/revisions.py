"""The project's files at a revision: on disk, in git's objects, or in the lock.

Git objects are read without a checkout, so a comparison never touches the work
tree. What git can name but not give is refused with a sentence instead of read
as something else: the ghost commits of a shallow clone, symbolic links (whose
blob is a path, not a text), submodules, and a revision that begins with '-'.
"""

from __future__ import annotations

import stat
import weakref
from copy import copy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from promptgate.errors import RevisionError
from promptgate.files import DiskTree, Tree
from promptgate.project import LOCK
from promptgate.prompts.lock import Lock, LockTree, read_lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from git import Repo
    from git.objects import Tree as GitFolder

    from promptgate.project import Project

T = TypeVar("T")

WORKTREE = "worktree"
RELEASED = "released"
ANCHOR = "anchor"
_SUBMODULE = 0o160000


class RevisionTree(Tree, Protocol):
    """A tree that knows its commit."""

    @property
    def commit(self) -> str | None:
        """The full hash of the commit; None for the work tree and the lock."""
        ...


class WorkTree(DiskTree):
    """The files as they are on disk."""

    @property
    def commit(self) -> str | None:
        """None: what is on disk may be in no commit."""
        return None


class GitTree:
    """The files of the project in one commit.

    Args:
        repo: Closed when this tree is closed or collected.
        revision: As the user wrote it.
        commit: The full hash.
        prefix: The project's folder below the top of the repository, '' for the top.
    """

    def __init__(self, repo: Repo, revision: str, commit: str, prefix: str) -> None:
        self._repo = repo
        self._revision = revision
        self._commit = commit
        self._prefix = tuple(part for part in prefix.split("/") if part not in ("", "."))
        self._texts: dict[str, bytes | None] = {}
        self._folders: dict[bytes, Mapping[str, Any]] = {}
        self._lists: dict[str, list[str]] = {}
        self._top: GitFolder | None = None
        self._close = weakref.finalize(self, repo.close)
        self._opened: GitTree | None = None

    @property
    def revision(self) -> str:
        """The revision as the user wrote it."""
        return self._revision

    @property
    def commit(self) -> str | None:
        """The full hash of the commit."""
        return self._commit

    def named(self, revision: str) -> GitTree:
        """Return the same commit under another name, for messages."""
        other = copy(self)
        other._revision = revision
        other._opened = self  # which ends git's processes when it is gone
        return other

    def close(self) -> None:
        """Release git's processes; reading again starts new ones."""
        self._repo.close()

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None where the commit has no such file.

        Raises:
            RevisionError: It is a symbolic link, or lies in a submodule, or git
                cannot give the object.
        """
        if path not in self._texts:
            entry = self._find(path)
            if entry is None or entry.type != "blob":
                self._texts[path] = None
            else:
                self._texts[path] = self._guard(path, lambda: entry.data_stream.read())
        return self._texts[path]

    def list(self, folder: str) -> list[str]:
        """Return the paths of all files below a folder, sorted, hidden ones left out.

        Raises:
            RevisionError: The folder holds a submodule, or git cannot give it.
        """
        if folder not in self._lists:
            entry = self._find(folder)
            found: Iterable[str] = ()
            if entry is not None and entry.type == "tree":
                found = self._guard(folder, lambda: list(self._walk(entry, folder.rstrip("/"))))
            self._lists[folder] = sorted(found)
        return list(self._lists[folder])

    def _walk(self, folder: GitFolder, path: str) -> Iterator[str]:
        for name, entry in self._entries(folder).items():
            inner = f"{path}/{name}"
            if name.startswith("."):
                continue
            if entry.type == "tree":
                yield from self._walk(entry, inner)
            elif entry.mode == _SUBMODULE:
                raise self._error(f"{inner!r} is a submodule, which is not read", "move its files")
            else:
                yield inner

    def _find(self, path: str) -> Any:
        """Return the blob or tree at a path, or None."""
        if self._top is None:
            self._top = self._guard(path, lambda: self._repo.commit(self._commit).tree)
        here: Any = self._top
        for part in (*self._prefix, *path.split("/")):
            if here.type != "tree":
                return None
            entry = self._guard(path, partial(self._entries, here)).get(part)
            if entry is None:
                return None
            if stat.S_ISLNK(entry.mode):
                raise self._error(
                    f"{path!r} is or goes through the symbolic link {part!r}, which is not "
                    "followed",
                    "commit the file itself",
                )
            if entry.mode == _SUBMODULE:
                raise self._error(
                    f"{path!r} lies in the submodule {part!r}, which is not read",
                    "move it into this repository",
                )
            here = entry
        return here

    def _entries(self, folder: GitFolder) -> Mapping[str, Any]:
        """Return what a folder holds by name, parsed once."""
        if folder.binsha not in self._folders:
            self._folders[folder.binsha] = {_name(entry): entry for entry in folder}
        return self._folders[folder.binsha]

    def _guard(self, path: str, read: Callable[[], T]) -> T:
        """Run a read and translate what git raises when an object is absent or damaged."""
        failures: tuple[type[Exception], ...] = (ValueError, OSError, *git_errors())
        try:
            return read()
        except failures as error:
            raise self._error(
                f"git cannot give {path!r} ({type(error).__name__})",
                "the clone may be shallow, partial or damaged: run 'git fetch --unshallow' or "
                "'git fsck'",
            ) from None

    def _error(self, what: str, fix: str) -> RevisionError:
        return RevisionError(f"revision {self._revision!r}: {what}; {fix}.")


def open_tree(project: Project, revision: str) -> RevisionTree:
    """Open the project's files at a revision.

    Args:
        project: Where the files are.
        revision: 'worktree', 'released' or 'anchor' (by the governing files' lock), or
            whatever git resolves to a commit.

    Raises:
        RevisionError: There is no such revision, no repository, no git or no lock.
        LockError: The lock is damaged.
    """
    if revision == WORKTREE:
        return WorkTree(project.root)
    if revision in (RELEASED, ANCHOR):
        lock = read_lock(project.governing)
        if lock is not None and revision == ANCHOR:
            if lock.anchor is None:
                raise RevisionError(
                    f"there is no anchor in {LOCK}; set it with 'promptgate release --anchor'."
                )
            return LockTree(Lock(lock.anchor.prompts), ANCHOR)
        if lock is None:
            where = "" if project.base is None else f" at {project.base.revision}, the base"
            raise RevisionError(
                f"nothing is released: there is no {LOCK}{where}; run 'promptgate release' or "
                "give a git revision."
            )
        return LockTree(lock)
    return _commit(project, revision).named(revision)


def _commit(project: Project, revision: str) -> GitTree:
    """Open a commit, or find it among those that were opened."""
    known = project.commits.get(revision)
    if isinstance(known, GitTree):
        return known
    repo = open_repository(project)
    try:
        commit = resolve(repo, revision)
        prefix = project.root.resolve().relative_to(Path(str(repo.working_tree_dir)).resolve())
    except BaseException:
        repo.close()
        raise
    known = project.commits.get(commit)
    if isinstance(known, GitTree):
        repo.close()
        return known
    tree = project.commits[commit] = GitTree(repo, commit, commit, prefix.as_posix())
    return tree


@dataclass(frozen=True)
class Commit:
    """One commit, as people name it.

    Attributes:
        hash: The full hash.
        subject: The first line of its message.
    """

    hash: str
    subject: str


def first_parents(project: Project, old: str | None, new: str) -> list[Commit]:
    """Return the commits from one revision to another along first parents, oldest first.

    Args:
        project: Where the repository is.
        old: The first of them; None: the beginning of the history.
        new: The last of them.

    Raises:
        RevisionError: One is unknown, or the older is not an ancestor of the newer.
    """
    with open_repository(project) as repo:
        newest = resolve(repo, new)
        oldest = None if old is None else resolve(repo, old)
        told = repo.git.log("--first-parent", "--format=%H %s", newest)
        commits = [Commit(*line.split(" ", 1)) for line in told.splitlines()]
        if oldest is None:
            return commits[::-1]
        place = next((n for n, commit in enumerate(commits) if commit.hash == oldest), None)
        if place is None:
            raise RevisionError(
                f"{old!r} is not among the first parents of {new!r}; give an older commit of the "
                "same branch."
            )
        return commits[: place + 1][::-1]


def _name(entry: Any) -> str:
    """Return the last part of an entry's path; a submodule has no other name of its own."""
    return str(entry.path).rsplit("/", 1)[-1]


def git_errors() -> tuple[type[Exception], ...]:
    """Return what GitPython raises; asked for late, as importing it takes long."""
    from git.exc import GitError, ODBError

    return (GitError, ODBError)


def open_repository(project: Project) -> Repo:
    """Open the repository that a project is in, which never fetches by itself.

    Raises:
        RevisionError: There is none, or no git.
    """
    try:
        import git
    except ImportError:
        raise RevisionError(
            "git is not installed, or not on PATH; install it, or compare 'released' with "
            "'worktree', which need none."
        ) from None
    try:
        repo = git.Repo(project.root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        repo = None
    if repo is None or repo.working_tree_dir is None:
        raise RevisionError(
            f"{project.root} is in no git work tree; run 'git init' and commit, or compare "
            "'released' with 'worktree', which need none."
        )
    repo.git.update_environment(GIT_NO_LAZY_FETCH="1", GIT_OPTIONAL_LOCKS="0", LC_ALL="C")
    return repo


def commit_of(revision: str) -> str:
    """Return how git is asked for the commit of a revision, which is never taken for an option.

    Raises:
        RevisionError: No revision is written like that.
    """
    if not revision or revision.startswith("-") or "\0" in revision:
        raise RevisionError(
            f"{revision!r} is no revision; give a commit, branch or tag, 'worktree' or 'released'."
        )
    return f"{revision}^{{commit}}"


def resolve(repo: Repo, revision: str) -> str:
    """Return the full hash of the commit that a revision names.

    Raises:
        RevisionError: git knows none.
    """
    asked = commit_of(revision)
    try:
        return str(repo.git.rev_parse("--verify", "--quiet", asked))
    except git_errors() as error:
        told = str(getattr(error, "stderr", "")).strip().removeprefix("stderr:").strip(" '\n")
        if "dubious ownership" in told:
            raise RevisionError(
                "git refuses this repository, as another user owns it; "
                f"run 'git config --global --add safe.directory {repo.working_tree_dir}'."
            ) from None
    if not repo.head.is_valid():
        raise RevisionError(
            "nothing is committed in this repository yet; run 'git add -A' and 'git commit'."
        )
    if Path(repo.common_dir, "shallow").exists():
        fix = "this clone is shallow: run 'git fetch --unshallow'"
    else:
        fix = "check it with 'git log', or give 'worktree' or 'released'"
    raise RevisionError(f"git knows no commit {revision!r}; {fix}.") from None
