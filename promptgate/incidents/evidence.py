"""Evidence: logs, changes, reproduction, provider status, metrics; each got, or missing and why.

What is kept is redacted first: it is committed with the incident.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import socket
import urllib.request
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.files import write_atomic
from promptgate.incidents.kinds import Captured, Diagnosed, Item
from promptgate.incidents.times import iso, parse_time
from promptgate.language.redaction import redact
from promptgate.project import CONFIG
from promptgate.release.history import GitRefused, find_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from promptgate.incidents.log import Incidents
    from promptgate.incidents.state import Incident

FOLDER = "evidence"
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|UTC|[+-]\d\d:?\d\d)?"
)
_LARGEST = 5_000_000
_STATUS_SECONDS = 5.0


def gather(
    incidents: Incidents, incident: Incident, now: datetime, fetch: Callable[[str], bytes]
) -> tuple[Item, ...]:
    """Collect what an incident needs to be understood; a fault of one item is its reason.

    Args:
        incidents: Where.
        incident: That was declared.
        now: The end of the window.
        fetch: How the provider's status is asked; see fetch_status().
    """
    assert incident.opened is not None
    settings = incidents.settings
    folder = incidents.folder(incident.id) / FOLDER
    since = incident.opened - timedelta(minutes=settings.log_minutes)
    return (
        _logs(incidents, folder, since, now),
        _changes(incidents, folder, incident.opened - timedelta(hours=settings.change_hours)),
        _reproduction(incident),
        _status(incidents, folder, fetch),
        _metrics(incidents, folder),
    )


def _logs(incidents: Incidents, folder: Path, since: datetime, now: datetime) -> Item:
    name = f"logs of {incidents.settings.log_minutes:g} min"
    if not incidents.settings.logs:
        return _missing(name, "no pattern in [incidents] logs of promptgate.toml")
    files, kept, undated = 0, [], 0
    for file in _matching(incidents, incidents.settings.logs):
        files += 1
        lines, without = _within(file, since, now)
        undated += without
        if lines:
            kept += [f"== {incidents.shown(file)} ==", *lines]
    if not kept:
        told = f"no line since {iso(since)} in {files} files" if files else "no file matches"
        return _missing(name, told + (f"; {undated} lines have no time" if undated else ""))
    return _got(incidents, name, folder / "logs.txt", "\n".join(kept), f"{len(kept)} lines")


def _within(file: Path, since: datetime, now: datetime) -> tuple[list[str], int]:
    """Return the lines of a log between two times; what has no time belongs to the line above."""
    kept, without, inside = [], 0, False
    with file.open(encoding="utf-8", errors="replace") as stream:
        for line in stream:
            if found := _TIME.search(line[:400]):
                when = _time_of(found.group())
                inside = when is not None and since <= when <= now
            else:
                without += 1
            if inside:
                kept.append(line.rstrip("\n"))
    return kept, without


def _time_of(text: str) -> datetime | None:
    """Return a time of a log; one that names no zone is UTC, as logs are."""
    plain = text.replace(",", ".").strip()
    named = plain if re.search(r"(?:Z|UTC|[+-]\d\d:?\d\d)$", plain) else f"{plain}Z"
    try:
        return parse_time(named)
    except InputError:
        return None


def _changes(incidents: Incidents, folder: Path, since: datetime) -> Item:
    name = f"changes of {incidents.settings.change_hours:g} h"
    repository = find_repository(incidents.project.root)
    if repository is None:
        return _missing(name, "this is no git repository")
    ask = ("log", "--all", f"--since={iso(since)}", "--date=iso-strict",
           "--format=%h %cd %an: %s")  # fmt: skip
    behaviour = (
        f":(top,literal){posixpath.join(repository.prefix, path)}"
        for path in (incidents.project.settings.prompts, CONFIG)
    )
    try:
        log = repository.git(*ask, "--name-status").decode("utf-8", "replace")
        mine = repository.git(*ask, "--", *behaviour).decode("utf-8", "replace").splitlines()
    except GitRefused as refusal:
        return _missing(name, refusal.message)
    commits = len(re.findall(r"^[0-9a-f]{7,} \d{4}-", log, re.M))
    if not commits:
        return Item(name=name, got=True, told=f"none since {iso(since)}")
    told = f"{commits} commits, {len(mine)} of prompts" + (f", last {mine[0]}" if mine else "")
    text = "\n".join(("== of prompts ==", *mine, "", "== all ==", log))
    return _got(incidents, name, folder / "changes.txt", text, told)


def _reproduction(incident: Incident) -> Item:
    captured, found = incident.last(Captured), incident.last(Diagnosed)
    if captured is None:
        return _missing("reproduction", "no failing input yet; give --input or --case")
    told = f"the input is secured ({captured.digest[:19]}…)"
    if found is not None:
        told += f"; asked {found.calls} times: {found.verdict}"
    return Item(name="reproduction", got=True, told=told, digest=captured.digest)


def _status(incidents: Incidents, folder: Path, fetch: Callable[[str], bytes]) -> Item:
    address = incidents.settings.provider_status
    if not address:
        return _missing("provider status", "no address in [incidents] provider_status")
    try:
        text = fetch(address).decode("utf-8", "replace")
    except OSError as error:
        return _missing("provider status", f"{address} did not answer ({_why(error)})")
    return _got(incidents, "provider status", folder / "provider.txt", text, _described(text))


def _described(text: str) -> str:
    """Return the one sentence of a status page's JSON, or the beginning of what it is."""
    try:
        return str(json.loads(text)["status"]["description"])
    except (ValueError, KeyError, TypeError):
        return " ".join(text.split())[:80] or "an empty answer"


def _metrics(incidents: Incidents, folder: Path) -> Item:
    if not incidents.settings.metrics:
        return _missing("metrics", "no pattern in [incidents] metrics of promptgate.toml")
    parts = []
    for file in _matching(incidents, incidents.settings.metrics):
        if file.stat().st_size > _LARGEST:
            return _missing("metrics", f"{incidents.shown(file)} is over {_LARGEST} bytes")
        parts += [f"== {incidents.shown(file)} ==", file.read_text("utf-8", "replace")]
    if not parts:
        return _missing("metrics", "no file matches")
    told = f"{len(parts) // 2} files"
    return _got(incidents, "metrics", folder / "metrics.txt", "\n".join(parts), told)


def _matching(incidents: Incidents, patterns: Sequence[str]) -> Iterator[Path]:
    """Yield the files of the patterns that are inside the project."""
    root = incidents.project.root.resolve()
    for pattern in patterns:
        if pattern.startswith("/") or ".." in pattern.split("/"):
            raise InputError(f"[incidents]: {pattern!r} leads out of the project; use one inside.")
        for file in sorted(root.glob(pattern)):
            if file.is_file() and file.resolve().is_relative_to(root):
                yield file


def _got(incidents: Incidents, name: str, path: Path, text: str, told: str) -> Item:
    clean = redact(text)
    write_atomic(path, clean if clean.endswith("\n") else clean + "\n", durable=True)
    return Item(
        name=name,
        got=True,
        told=redact(told),
        path=incidents.shown(path),
        digest=f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
    )


def _missing(name: str, why: str) -> Item:
    return Item(name=name, got=False, told=why)


def _why(error: OSError) -> str:
    reason = getattr(error, "reason", None) or error
    if isinstance(reason, socket.gaierror):
        return "its name cannot be found: is there a network?"
    return str(getattr(reason, "strerror", None) or reason)


def fetch_status(address: str) -> bytes:
    """Return what an address answers, for a few seconds.

    Raises:
        OSError: It does not answer, or is none.
    """
    if not address.startswith(("https://", "http://")):
        raise OSError("it is no http address")
    agent = {"User-Agent": "promptgate"}
    request = urllib.request.Request(address, headers=agent)  # noqa: S310 - the scheme was checked
    try:
        with urllib.request.urlopen(request, timeout=_STATUS_SECONDS) as answer:  # noqa: S310 - as above
            found: bytes = answer.read(_LARGEST)
    except (HTTPException, ValueError) as error:
        raise OSError(f"{type(error).__name__}") from None
    return found
