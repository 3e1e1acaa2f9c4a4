"""A file of flags in flagd's JSON: read it, switch a flag off, switch it back.

A killed flag keeps how it was in its own metadata, so that `restore` needs no
other file and no memory. Writing replaces the file as a whole: a reader sees the
old one or the new one.
"""

from __future__ import annotations

import difflib
import fcntl
import json
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SAVED = "promptgate-before-kill"
KILLED_AT = "promptgate-killed-at"
REASON = "promptgate-reason"
_EXAMPLE = (
    '{"flags": {"support_bot": {"state": "ENABLED", "variants": {"on": true, "off": false}, '
    '"defaultVariant": "on"}}}'
)


class FlagError(Exception):
    """The file of flags, or a flag in it, is not what it has to be; one sentence with the fix."""


@dataclass(frozen=True)
class Flag:
    """One boolean flag.

    Attributes:
        name: Its key.
        on: What it evaluates to; None: it has targeting rules, which a file alone cannot tell.
        killed: When it was killed, as written; None: it is not.
        reason: Why it was killed.
    """

    name: str
    on: bool | None
    killed: str | None = None
    reason: str = ""


def parse_flags(data: bytes) -> dict[str, Flag]:
    """Read a file of flags; flags of another type than boolean are left out.

    Raises:
        FlagError: It is cut, no JSON, or not flagd's format.
    """
    return {
        name: flag
        for name, definition in _definitions(_document(data)).items()
        if (flag := _flag(name, definition)) is not None
    }


def _document(data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise FlagError("it is no whole JSON; restore it, or write the whole file anew.") from None
    if not isinstance(document, dict) or not isinstance(document.get("flags"), dict):
        raise FlagError(f"it has no 'flags'; flagd's format is {_EXAMPLE}.")
    return document


def _definitions(document: Mapping[str, Any]) -> dict[str, Any]:
    flags: dict[str, Any] = document["flags"]
    return flags


def _flag(name: str, definition: Any) -> Flag | None:
    """Return a flag; None where it is not boolean.

    Raises:
        FlagError: It is no definition of a flag.
    """
    if not isinstance(definition, dict) or not isinstance(definition.get("variants"), dict):
        raise FlagError(f"the flag {name!r} has no 'variants'; flagd's format is {_EXAMPLE}.")
    variants = definition["variants"]
    if not variants or not all(isinstance(value, bool) for value in variants.values()):
        return None
    state = definition.get("state", "ENABLED")
    if state not in ("ENABLED", "DISABLED"):
        raise FlagError(f"the flag {name!r} has the state {state!r}; write ENABLED or DISABLED.")
    metadata = definition.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    killed = metadata.get(KILLED_AT) if SAVED in metadata else None
    if state == "DISABLED":
        on: bool | None = False
    elif definition.get("targeting"):
        on = None
    else:
        variant = definition.get("defaultVariant")
        if variant not in variants:
            raise FlagError(f"the flag {name!r} has no variant {variant!r}, its default.")
        on = variants[variant]
    return Flag(name, on, killed, str(metadata.get(REASON, "")) if killed else "")


def read_flags(path: Path) -> dict[str, Flag]:
    """Read the flags of a file.

    Raises:
        FlagError: As parse_flags(), or it cannot be read.
    """
    return parse_flags(_bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FlagError(f"there is no such file; begin with {_EXAMPLE}.") from None
    except OSError as error:
        raise FlagError(f"it cannot be read ({error.strerror}).") from None


def kill(path: Path, name: str, when: str, reason: str) -> Flag:
    """Switch a flag off for everyone, whatever its targeting says; killing twice changes nothing.

    Args:
        path: The file.
        name: The flag.
        when: For the record.
        reason: For the record.

    Raises:
        FlagError: There is no such flag, or the file cannot be read or written.
    """
    with _edited(path) as document:
        definition = _boolean(document, name)
        metadata = definition.setdefault("metadata", {})
        if SAVED not in metadata:
            kept = ("state", "variants", "defaultVariant", "targeting")
            before = {key: definition[key] for key in kept if key in definition}
            off = next((key for key, value in definition["variants"].items() if not value), None)
            if off is None:
                off = "off"
                definition["variants"] = {**definition["variants"], off: False}
            definition["state"] = "ENABLED"  # flagd gives a DISABLED flag the caller's default
            definition["defaultVariant"] = off
            definition.pop("targeting", None)
            metadata[SAVED] = json.dumps(before)
            metadata[KILLED_AT] = when
            metadata[REASON] = reason
    return read_flags(path)[name]


def restore(path: Path, name: str) -> Flag:
    """Give a killed flag back what it had before.

    Raises:
        FlagError: There is no such flag, it was not killed, or the file cannot be read or written.
    """
    with _edited(path) as document:
        definition = _boolean(document, name)
        metadata = definition.get("metadata")
        if not isinstance(metadata, dict) or SAVED not in metadata:
            raise FlagError(f"the flag {name!r} was not killed, so there is nothing to restore.")
        try:
            before = json.loads(metadata[SAVED])
            definition.update(before)
        except (TypeError, ValueError):
            raise FlagError(
                f"what the flag {name!r} was before is damaged; write it by hand and remove "
                f"{SAVED!r}."
            ) from None
        for key in (SAVED, KILLED_AT, REASON):
            metadata.pop(key, None)
        if not metadata:
            del definition["metadata"]
    return read_flags(path)[name]


def _boolean(document: Mapping[str, Any], name: str) -> dict[str, Any]:
    definitions = _definitions(document)
    known = sorted(
        key for key, definition in definitions.items() if _flag(key, definition) is not None
    )
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        told = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known) or 'none'}."
        raise FlagError(f"unknown flag {name!r}; {told}")
    found: dict[str, Any] = definitions[name]
    return found


@contextmanager
def _edited(path: Path) -> Iterator[dict[str, Any]]:
    """Give the document for editing and write it back, one editor at a time."""
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError:
        raise FlagError(f"there is no such file; begin with {_EXAMPLE}.") from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        document = _document(_bytes(path))
        before = json.dumps(document)
        yield document
        if json.dumps(document) != before:
            _replace(path, json.dumps(document, indent=2, ensure_ascii=False) + "\n")
            os.fsync(folder)
    finally:
        os.close(folder)


def _replace(path: Path, text: str) -> None:
    real = Path(os.path.realpath(path))
    try:
        handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(real.stat().st_mode & 0o777)
            Path(name).replace(real)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FlagError(f"it cannot be written ({error.strerror}); it is as it was.") from None
