"""The folder of recordings: found by request digest, wherever the files stand.

A file holds the recordings of one request in one generation. Its name is the
head of the digest; the folders above it are for people, so a suite can be
renamed and nothing is lost. A refresh writes new files, marked with its stamp,
and the newest generation of a request is the one that counts. Nothing is kept
in memory but an index of names.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from promptgate.errors import CassetteError
from promptgate.files import write_atomic
from promptgate.models.cassette_file import Recording, insert, read, render

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from promptgate.models.request import Request

KEY_LENGTH = 32
"""Hexadecimal digits of the digest in a file's name: 128 bits."""

_NAME = re.compile(r"([0-9a-f]{32})(?:\.(\d{8}T\d{6}Z))?\.yaml")
_LOCKS = 16


@dataclass(frozen=True, order=True)
class CassettePath:
    """One cassette, as its name tells.

    Attributes:
        generation: '' for the first, else the stamp of its refresh; stamps sort by time.
        path: Where it stands.
        key: The head of the digest of its request.
    """

    generation: str
    path: str
    key: str


def new_generation(now: datetime | None = None) -> str:
    """Return the stamp of a refresh that begins now: '20261123T124100Z'."""
    return (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


class Cassettes:
    """The recordings below one folder, which need not exist yet.

    Threads and processes may append at the same time; locks stand outside the
    folder, in `.promptgate/` beside it.

    Args:
        root: The folder.
        without: Stamps of generations that are not seen.
    """

    def __init__(self, root: Path, *, without: Collection[str] = ()) -> None:
        self.root = root
        self._without = without
        self._above = f"{root.parent}{os.sep}"
        self._index: dict[str, list[CassettePath]] | None = None
        self._mutex = threading.Lock()
        self._locks: str | None = None

    def find(self, digest: str, *, generation: str | None = None) -> tuple[Recording, ...]:
        """Return the recordings of a request, in order of sample.

        Args:
            digest: The request's digest, 'sha256:…'.
            generation: The stamp of one; by default the newest there is.

        Raises:
            CassetteError: A file was cut, altered or merged badly.
        """
        files = self._files(digest)
        if not files:
            return ()
        wanted = files[-1].generation if generation is None else generation
        found: dict[int, Recording] = {}
        for file in files:
            if file.generation == wanted:
                for recording in self.read(file):
                    found.setdefault(recording.sample, recording)
        return tuple(found[sample] for sample in sorted(found))

    def read(self, file: CassettePath) -> tuple[Recording, ...]:
        """Return the recordings of one file.

        Raises:
            CassetteError: It was cut, altered or merged badly, or cannot be read.
        """
        shown = self.shown(file.path)
        try:
            with open(file.path, "rb") as stream:  # noqa: PTH123  # no Path for 10,000 files
                data = stream.read()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise CassetteError(
                f"it cannot be read ({error.strerror}); check its permissions.", file=shown
            ) from None
        return read(data, shown, file.key, file.generation)

    def generations(self, digest: str) -> tuple[str, ...]:
        """Return the stamps of a request's generations, oldest first; '' is the first."""
        return tuple(dict.fromkeys(file.generation for file in self._files(digest)))

    def files(self) -> Iterator[CassettePath]:
        """Yield every cassette in the folder, in order of path."""
        index = self._indexed()
        yield from sorted((f for files in index.values() for f in files), key=lambda f: f.path)

    def append(
        self,
        request: Request,
        recording: Recording,
        folder: Sequence[str] = (),
        *,
        generation: str | None = None,
    ) -> Recording:
        """Store an answer; when this returns, the disk has it.

        Where the sample is there already (another process was faster), the one on
        disk stands and the new answer is kept as the next free sample: it was paid
        for, and a replay gives what this call returned.

        Args:
            request: What was asked.
            recording: The answer; its sample says which one it is.
            folder: Suite and case, for the path of a new file.
            generation: The stamp of a refresh; by default the newest there is.

        Returns:
            What the disk now holds as that sample.

        Raises:
            CassetteError: The file that it belongs to is not a whole cassette.
            OSError: The disk is full or the folder cannot be written.
        """
        key = _key(recording.digest)
        file = self._target(key, request.model, folder, generation)
        path = Path(file.path)
        placed = replace(recording, generation=file.generation, file=self.shown(file.path))
        with self._lock(key):
            text = path.read_text(encoding="utf-8") if path.exists() else None
            standing = placed
            while True:
                try:
                    merged, is_new = insert(text, placed.sample, render(request, placed))
                except ValueError:
                    self.read(file)
                    raise CassetteError(
                        "it is not laid out as promptgate writes it, so nothing can be added; "
                        "remove it and record again.",
                        file=placed.file,
                    ) from None
                if is_new:
                    break
                if standing is placed:
                    stored = {r.sample: r for r in self.read(file)}
                    standing = stored[placed.sample]
                    placed = replace(placed, sample=max(stored) + 1)
            write_atomic(path, merged, durable=True)
        return standing

    def forget(self) -> None:
        """Drop the index, so that files that others added are seen."""
        with self._mutex:
            self._index = None

    def shown(self, path: str) -> str:
        """Return a path as messages show it: relative to the folder's parent."""
        if path.startswith(self._above):  # no Path for 10,000 files
            return path[len(self._above) :].replace(os.sep, "/")
        return Path(os.path.relpath(path, self.root.parent)).as_posix()

    def _files(self, digest: str) -> list[CassettePath]:
        return self._indexed().get(_key(digest), [])

    def _indexed(self) -> dict[str, list[CassettePath]]:
        with self._mutex:
            if self._index is None:
                self._index = {}
                for file in _walk(str(self.root)):
                    if file.generation in self._without:
                        continue
                    self._index.setdefault(file.key, []).append(file)
                for files in self._index.values():
                    files.sort()
            return self._index

    def _target(
        self, key: str, model: str, folder: Sequence[str], generation: str | None
    ) -> CassettePath:
        """Return the file that an answer belongs to: the one that exists, or a new one."""
        index = self._indexed()
        with self._mutex:
            files = index.setdefault(key, [])
            wanted = generation
            if wanted is None:
                wanted = files[-1].generation if files else ""
            for file in files:
                if file.generation == wanted:
                    return file
            name = f"{key}.{wanted}.yaml" if wanted else f"{key}.yaml"
            parts = [path_part(part) for part in (*folder, model or "model")]
            new = CassettePath(wanted, str(self.root.joinpath(*parts, name)), key)
            files.append(new)
            files.sort()
        return new

    @contextmanager
    def _lock(self, key: str) -> Iterator[None]:
        """Hold the lock of a request against other threads and processes."""
        if self._locks is None:
            state = self.root.parent / ".promptgate"
            whose = hashlib.sha256(str(self.root.resolve()).encode()).hexdigest()[:8]
            (state / "locks").mkdir(parents=True, exist_ok=True)
            if not (state / ".gitignore").exists():
                write_atomic(state / ".gitignore", "*\n")
            self._locks = f"{state / 'locks' / whose}-"
        number = int(key[:8], 16) % _LOCKS
        handle = os.open(f"{self._locks}{number}", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _key(digest: str) -> str:
    return digest.removeprefix("sha256:")[:KEY_LENGTH]


def _walk(folder: str) -> Iterator[CassettePath]:
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        elif found := cassette_path(entry.path):
            yield found


def cassette_path(path: str) -> CassettePath | None:
    """Return what a file's name tells; None where it is no cassette."""
    found = _NAME.fullmatch(path.rsplit("/", 1)[-1])
    return None if found is None else CassettePath(found.group(2) or "", path, found.group(1))


def path_part(name: str) -> str:
    """Return a name of a suite, case or model as a folder's name: plain, short, never hidden."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).lstrip(".-")
    if plain == name and 0 < len(name) <= 80:
        return name
    return f"{plain[:60]}-{hashlib.sha256(name.encode()).hexdigest()[:6]}".lstrip("-")
