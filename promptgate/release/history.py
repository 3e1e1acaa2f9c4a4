"""Git as a freeze needs it: whole trees by mode and content, and a commit on another branch.

Separate from reading prompts at a revision: that refuses links and submodules,
and a freeze has to see them. Trees are compared entry by entry and not by
`git diff`, which attributes and configuration can teach to look away. The work
tree counts as the tree that a commit of it would have, made aside: neither the
index nor the objects of the repository are touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from promptgate.errors import RevisionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LINK = "120000"
SUBMODULE = "160000"
_ATTEMPTS = 5
_OVERTAKEN = ("fetch first", "non-fast-forward", "cannot lock ref", "failed to lock")
# A hook's own repository must not stand in for this one, nor another object for a commit's.
_LOCAL = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
)  # fmt: skip
_FIXED = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


class GitRefused(RevisionError):
    """Git did not do what it was asked; the message is what it said."""


@dataclass(frozen=True)
class Entry:
    """A file in a tree: its mode (a link and a submodule have their own) and its object."""

    mode: str
    id: str


@dataclass(frozen=True)
class Repository:
    """The repository that a project is in.

    Attributes:
        top: Of its work tree.
        prefix: The project's folder below it, '' for the top.
        environment: More variables for git.
    """

    top: Path
    prefix: str
    environment: tuple[tuple[str, str], ...] = ()

    def git(self, *arguments: str, given: bytes | None = None) -> bytes:
        """Run git at the top and return what it prints.

        Raises:
            GitRefused: It ended with an error, or there is no git.
        """
        return _run(self.top, arguments, dict(self.environment), given)

    def line(self, *arguments: str) -> str | None:
        """Run git and return its one line; None where it ended with an error or said nothing."""
        try:
            return self.git(*arguments).decode("utf-8", "surrogateescape").strip() or None
        except GitRefused:
            return None

    def commit_of(self, revision: str) -> str | None:
        """Return the full hash of the commit that a revision names, or None."""
        return self.line("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")

    def entries(self, tree: str) -> Mapping[str, Entry]:
        """Return every file of a tree or commit, by its full hash, by its path from the top."""
        return _entries(self, tree)

    def read(self, entry: Entry) -> bytes:
        """Return a file's content, a link's target, or a submodule's commit."""
        if entry.mode == SUBMODULE:
            return entry.id.encode()
        return self.git("cat-file", "blob", entry.id)

    def merge_bases(self, one: str, other: str) -> list[str]:
        """Return the commits at which two histories parted; [] where git knows none."""
        return (self.line("merge-base", "--all", one, other) or "").split()

    @contextmanager
    def as_committed(self) -> Iterator[tuple[Repository, str]]:
        """Give the tree that a commit of the work tree would have, and a repository that has it."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            objects = folder / "objects"
            (objects / "info").mkdir(parents=True)
            (objects / "info" / "alternates").write_text(f"{self._place('objects')}\n")
            if (index := self._place("index")).exists():
                shutil.copyfile(index, folder / "index")
            aside = Repository(
                self.top,
                self.prefix,
                (
                    ("GIT_INDEX_FILE", str(folder / "index")),
                    ("GIT_OBJECT_DIRECTORY", str(objects)),
                ),
            )
            aside.git("-c", "advice.addEmbeddedRepo=false", "add", "--all")
            yield aside, aside.git("write-tree").decode().strip()

    def _place(self, name: str) -> Path:
        return self.top / self.git("rev-parse", "--git-path", name).decode().strip()

    def commit_on(self, parent: str, path: str, content: bytes | None, message: str) -> str:
        """Make a commit that writes or deletes one file; no branch and no file on disk changes.

        Args:
            parent: The commit that it follows.
            path: From the top of the repository.
            content: None deletes the file.
            message: Of the commit.

        Raises:
            GitRefused: Nobody's name is configured, or the file is not there to be deleted.
        """
        with tempfile.TemporaryDirectory() as folder:
            aside = Repository(
                self.top, self.prefix, (("GIT_INDEX_FILE", str(Path(folder, "index"))),)
            )
            aside.git("read-tree", parent)
            if content is None:
                aside.git("update-index", "--force-remove", "--", path)
            else:
                blob = aside.git("hash-object", "-w", "--stdin", given=content).decode().strip()
                aside.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
            tree = aside.git("write-tree").decode().strip()
        made = self.git("commit-tree", tree, "-p", parent, given=message.encode())
        return made.decode().strip()

    def push_edit(
        self, remote: str, branch: str, edit: Callable[[str], tuple[str, bytes | None, str]]
    ) -> str:
        """Commit one file on a remote's branch as it is now, and push it.

        Args:
            remote: Name or address.
            branch: Its branch.
            edit: From the branch's commit to path, content (None deletes) and message;
                called again where somebody else pushed in between.

        Returns:
            The commit that was pushed.

        Raises:
            GitRefused: The branch cannot be fetched, or the remote refused the push.
        """
        told = ""
        for _ in range(_ATTEMPTS):
            self.git("fetch", "--quiet", "--no-tags", remote, f"refs/heads/{branch}")
            tip = self.git("rev-parse", "--verify", "FETCH_HEAD").decode().strip()
            commit = self.commit_on(tip, *edit(tip))
            try:
                self.git("push", "--quiet", "--no-verify", remote, f"{commit}:refs/heads/{branch}")
            except GitRefused as refusal:
                told = refusal.message
                if not any(sign in told for sign in _OVERTAKEN):
                    break
            else:
                return commit
        raise GitRefused(f"{remote} refused the push to {branch}: {told}")


def find_repository(root: Path) -> Repository | None:
    """Return the repository whose work tree a folder is in; None where there is none, or no git."""
    try:
        return _repository_of(root)
    except GitRefused:
        return None


@lru_cache(maxsize=4)
def _repository_of(root: Path) -> Repository:
    """Ask git once where a work tree begins; that there is none is asked again."""
    top = _run(root, ("rev-parse", "--show-toplevel"), {}, None)
    place = Path(os.fsdecode(top).rstrip("\n")).resolve()
    prefix = root.resolve().relative_to(place).as_posix()
    return Repository(place, "" if prefix == "." else prefix)


@lru_cache(maxsize=8)
def _entries(repository: Repository, tree: str) -> Mapping[str, Entry]:
    """List a tree once: what a hash names never changes."""
    found = {}
    for record in repository.git("ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0"):
        if record:
            head, _, path = record.partition(b"\t")
            mode, _, name = head.decode().split()
            found[path.decode("utf-8", "surrogateescape")] = Entry(mode, name)
    return MappingProxyType(found)


def _run(
    folder: Path, arguments: tuple[str, ...], more: Mapping[str, str], given: bytes | None
) -> bytes:
    kept = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env={**kept, **_FIXED, **more},
            input=given if given is not None else b"",
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise GitRefused("git is not installed, or not on PATH; install it.") from None
    if done.returncode:
        told = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise GitRefused(f"'git {arguments[0]}' failed: {told or done.returncode}")
    return done.stdout
