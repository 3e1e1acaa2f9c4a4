"""incidents/<id>/events.jsonl on disk: append, read whatever is there, hold it against git.

An append is one write and an fsync under a lock: killed at any byte it leaves at
most a last line that is cut, which is read around and told, and which the next
append ends with a newline. Lines are never changed: `git log` tells where one was.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.documents import unknown_name
from promptgate.errors import InputError
from promptgate.files import write_atomic
from promptgate.incidents.events import Event, dump_event, new_id, parse_event
from promptgate.incidents.settings import IncidentSettings
from promptgate.incidents.state import Incident, fault_of, fold
from promptgate.incidents.times import iso
from promptgate.release.history import GitRefused, find_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from promptgate.incidents.kinds import Data
    from promptgate.project import Project

EVENTS = "events.jsonl"
PRIVATE = "private"
_ID = re.compile(r"[A-Za-z0-9][\w.-]*")
_ATTRIBUTES = "*/events.jsonl merge=union text eol=lf\n"
_IGNORED = "*/private/\n"


@dataclass(frozen=True)
class Log:
    """What a file of events holds.

    Attributes:
        incident: Its id.
        events: In the order of the file.
        damage: Sentences on lines that cannot be read.
        lines: Every line, for the comparison with git.
    """

    incident: str
    events: tuple[Event, ...]
    damage: tuple[str, ...]
    lines: tuple[bytes, ...] = ()

    def fold(self) -> Incident:
        """Return what the events say."""
        return fold(self.incident, self.events)


@dataclass(frozen=True)
class Draft:
    """An event that is to be written.

    Attributes:
        data: What.
        time: When it happened; None: now.
    """

    data: Data
    time: datetime | None = None


class Incidents:
    """The folder of a project's incidents."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.settings = project.section("incidents", IncidentSettings)
        self.root = project.root / self.settings.folder

    def ids(self) -> list[str]:
        """Return the ids of all incidents, sorted."""
        return sorted(file.parent.name for file in self.root.glob(f"*/{EVENTS}"))

    def running(self) -> list[Incident]:
        """Return the incidents that are not over, in order of id.

        Raises:
            InputError: A log cannot be read.
        """
        found = (self.read(incident).fold() for incident in self.ids())
        return [incident for incident in found if not incident.over]

    def folder(self, incident: str) -> Path:
        """Return the folder of an incident.

        Raises:
            InputError: The id is none.
        """
        if not _ID.fullmatch(incident):
            raise InputError(
                f"--incident must be letters, digits, '.', '_' and '-', but got {incident!r}."
            )
        return self.root / incident

    def shown(self, path: Path) -> str:
        """Return a path as messages have it: from the project's root."""
        return path.relative_to(self.project.root).as_posix()

    def read(self, incident: str) -> Log:
        """Read a log; lines that cannot be read are told and left out.

        Raises:
            InputError: There is no such incident, or the file cannot be read.
        """
        file = self.folder(incident) / EVENTS
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            known = self.ids()
            if not known:
                raise InputError(
                    f"there is no incident {incident!r}, and none at all; declare one with "
                    "'promptgate incident open'."
                ) from None
            raise InputError(unknown_name("incident", incident, known)) from None
        except OSError as error:
            raise InputError(
                f"it cannot be read ({error.strerror}).", file=self.shown(file)
            ) from None
        return parse_log(incident, data, self.shown(file))

    def append(
        self,
        incident: str,
        drafts: Sequence[Draft],
        actor: str,
        now: datetime,
        *,
        create: bool = False,
        check: Callable[[Incident], None] = lambda _incident: None,
    ) -> Incident:
        """Append events, all or none; when this returns, the disk has them.

        Args:
            incident: Its id.
            drafts: What is to be written, in this order.
            actor: Who says so.
            now: When it is written down.
            create: The log is to be new.
            check: Told what the log says before; it may raise to prevent the append.

        Returns:
            What the log says afterwards.

        Raises:
            InputError: An event may not follow, a text is not Unicode, or nothing can be written.
        """
        if not actor.strip() or len(actor.splitlines()) > 1:
            raise InputError(f"--by must be one line of text, but got {actor!r}.")
        folder = self.folder(incident)
        if create:
            self._prepare(folder)
        elif not (folder / EVENTS).exists():
            self.read(incident)
        with _locked(folder / EVENTS, create=create) as handle:
            log = parse_log(incident, _whole(handle), self.shown(folder / EVENTS))
            check(log.fold())
            made: list[Event] = []
            last = max((event.id for event in log.events), default="")
            for draft in drafts:
                last = new_id(now, secrets.token_bytes(10), last)
                made.append(
                    Event(last, incident, draft.time or now, now, actor.strip(), draft.data)
                )
            fault = fault_of(incident, log.events, made)
            if fault is not None:
                raise InputError(f"incident {incident}: {fault}. Nothing was written.")
            text = "".join(f"{dump_event(event)}\n" for event in made).encode()
            _write(handle, text, self.shown(folder / EVENTS))
        return fold(incident, [*log.events, *made])

    def _prepare(self, folder: Path) -> None:
        """Make the folder, and tell git how to merge logs and what to leave out."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in ((".gitattributes", _ATTRIBUTES), (".gitignore", _IGNORED)):
                file = self.root / name
                if not file.exists() or content not in file.read_text():
                    before = file.read_text() if file.exists() else ""
                    write_atomic(file, before + content)
        except OSError as error:
            raise InputError(
                f"the folder cannot be written ({error.strerror}).", file=self.shown(folder)
            ) from None


def parse_log(incident: str, data: bytes, file: str) -> Log:
    """Read the bytes of a log.

    Args:
        incident: Its id.
        data: All of it.
        file: How messages name it.
    """
    events, damage = [], []
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            event = parse_event(line.decode(), file, number)
            if event.incident != incident:
                raise InputError(
                    f"the event belongs to the incident {event.incident!r}.", file=file, line=number
                )
            events.append(event)
        except UnicodeDecodeError:
            damage.append(f"{file}:{number}: the line is cut or altered, and is left out.")
        except InputError as error:
            cut = number == len(lines)
            what = "the last line was cut off while it was written" if cut else error.message
            damage.append(f"{file}:{number}: {what.rstrip('.')}; it is left out.")
    kept = tuple(line for line in lines if line.strip())
    return Log(incident, tuple(events), tuple(damage), kept)


@contextmanager
def _locked(file: Path, *, create: bool) -> Iterator[int]:
    flags = os.O_RDWR | os.O_APPEND | (os.O_CREAT if create else 0)
    try:
        handle = os.open(file, flags, 0o644)
    except OSError as error:
        raise InputError(f"it cannot be opened ({error.strerror}).", file=file.name) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    except BaseException:
        if create and os.fstat(handle).st_size == 0:
            file.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)


def _whole(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    parts = []
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _write(handle: int, text: bytes, file: str) -> None:
    """Append in one write, or leave the file as it was."""
    size = os.fstat(handle).st_size
    if size and os.pread(handle, 1, size - 1) != b"\n":
        text = b"\n" + text
    try:
        if os.write(handle, text) < len(text):
            raise OSError(28, "no space left on the device")
        os.fsync(handle)
    except OSError as error:
        os.ftruncate(handle, size)
        raise InputError(
            f"the event cannot be written ({error.strerror}); the log is as it was.", file=file
        ) from None


def altered_lines(incidents: Incidents, log: Log) -> tuple[str, ...]:
    """Return where committed lines of a log were changed or removed; () where none was.

    Raises:
        InputError: The id of the log is none.
    """
    repository = find_repository(incidents.project.root)
    if repository is None or repository.commit_of("HEAD") is None:
        return ()
    file = incidents.shown(incidents.folder(log.incident) / EVENTS)
    path = f"{repository.prefix}/{file}" if repository.prefix else file
    found = []
    try:
        committed = repository.git("cat-file", "blob", f"HEAD:{path}").split(b"\n")
    except GitRefused:
        committed = []
    here = set(log.lines)
    if any(line.strip() and line not in here for line in committed):
        found.append(f"{file}: a committed line was altered or removed; restore it from git.")
    history = repository.git("log", "-m", "--format=%h", "--numstat", "HEAD", "--", path).decode()
    commit = ""
    for row in history.splitlines():
        cells = row.split("\t")
        if len(cells) < 3:
            commit = row.strip() or commit
        elif cells[1] not in ("0", "-"):
            found.append(f"{file}: the commit {commit} altered or removed {cells[1]} of its lines.")
    return tuple(dict.fromkeys(found))


def incident_id(known: Sequence[str], product: str, now: datetime) -> str:
    """Return an id for a new incident: '2026-11-23-support', with a number where that is taken."""
    slug = re.sub(r"[^a-z0-9]+", "-", product.lower()).strip("-")[:32].strip("-") or "incident"
    base = f"{iso(now)[:10]}-{slug}"
    taken = set(known)
    numbered = (base if count == 1 else f"{base}-{count}" for count in range(1, len(taken) + 3))
    return next(name for name in numbered if name not in taken)
