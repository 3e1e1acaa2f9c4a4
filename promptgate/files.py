"""Bytes in and out: trees of files at one revision, strict UTF-8, atomic writes.

A Tree is the files of the project as they are at one revision; the work tree is
one, a git commit and the lock are others (see promptgate.prompts.revisions).
Paths in a tree are relative to the project's root, with forward slashes.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Protocol

from promptgate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Tree(Protocol):
    """The files of the project at one revision."""

    @property
    def revision(self) -> str:
        """The revision as the user wrote it, for messages: 'worktree', 'HEAD~3', …"""
        ...

    def read(self, path: str) -> bytes | None:
        """Return the content of a file, or None where the revision has no such file."""
        ...

    def list(self, folder: str) -> list[str]:
        """Return the paths of all files below a folder, sorted; [] where there is none."""
        ...


class DiskTree:
    """The files as they are on disk, under a root that reads never leave."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    @property
    def revision(self) -> str:
        """Always 'worktree'."""
        return "worktree"

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None when absent.

        Raises:
            InputError: The path leads out of the root, through '..' or a link, or the
                file cannot be read.
        """
        full = self._locate(path)
        try:
            return full.read_bytes() if full.is_file() else None
        except OSError as error:
            raise InputError(f"it cannot be read ({error.strerror}).", file=path) from None

    def list(self, folder: str) -> list[str]:
        """Return the paths of all files below a folder, sorted, hidden ones left out."""
        base = self._locate(folder)
        found = (file.relative_to(self.root) for file in base.rglob("*") if file.is_file())
        return sorted(p.as_posix() for p in found if not any(n.startswith(".") for n in p.parts))

    def _locate(self, path: str) -> Path:
        full = self.root / path
        try:
            inside = full.resolve().is_relative_to(self.root)
        except (OSError, RuntimeError):
            raise InputError("it is a link that leads to itself; remove it.", file=path) from None
        if PurePosixPath(path).is_absolute() or not inside:
            raise InputError(f"The path {path!r} leads out of the project; use one inside it.")
        return full


def decode(data: bytes, file: str) -> str:
    """Decode strict UTF-8 and normalise line ends to LF, so that a checkout's do not matter.

    Raises:
        InputError: The bytes are not UTF-8; names the line of the first bad one.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8.",
            file=file,
            line=line,
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(path: Path, shown: str | None = None) -> str:
    """Read a file from disk as strict UTF-8 with LF line ends.

    Args:
        path: Where it is.
        shown: How messages name it; the path itself by default.

    Raises:
        InputError: It is absent, unreadable or not UTF-8.
    """
    name = shown or str(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("there is no such file; check the path.", file=name) from None
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror}).", file=name) from None
    return decode(data, name)


@contextmanager
def replacing(path: Path, *, durable: bool = False) -> Iterator[BinaryIO]:
    """Open a file for writing that takes its place only when all is written.

    What is no regular file (a pipe, a device) is written as it comes; a link is
    followed.

    Args:
        path: The file; its folder is created.
        durable: Also wait until the disk has it (a recording that was paid for).

    Raises:
        OSError: It cannot be written; the old file is as it was.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def output_file(path: Path) -> Iterator[BinaryIO]:
    """Open, as replacing() does, a file that the user chose.

    Raises:
        InputError: It cannot be written; the old file is as it was.
    """
    try:
        with replacing(path) as stream:
            yield stream
    except OSError as error:
        raise InputError(
            f"the file cannot be written ({error.strerror}); it is as it was.", file=str(path)
        ) from None


def write_atomic(path: Path, content: str | bytes, *, durable: bool = False) -> None:
    """Write a whole file or leave the old one: never half of it.

    Args:
        path: As for replacing().
        content: Text is written as UTF-8.
        durable: As for replacing().

    Raises:
        OSError: It cannot be written; the old file is as it was.
    """
    data = content.encode() if isinstance(content, str) else content
    with replacing(path, durable=durable) as stream:
        stream.write(data)
