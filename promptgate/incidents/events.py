"""An event: what happened when, who wrote it down when, and its line in the log.

The names are CloudEvents' (specversion 1.0), with its documented extension
`recordedtime` and one of our own, `actor`. Ids sort by the time of writing. Pure:
the clock and the random bytes are handed in.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from promptgate.documents import Document, load_json, validate
from promptgate.errors import InputError
from promptgate.incidents.kinds import KINDS, Data
from promptgate.incidents.times import iso, parse_time

if TYPE_CHECKING:
    from datetime import datetime

PREFIX = "promptgate.incident."
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_REQUIRED = ("specversion", "id", "source", "type", "subject", "time", "recordedtime", "actor")
_FIELDS = (*_REQUIRED, "datacontenttype", "data")


@dataclass(frozen=True)
class Event:
    """One line of a log.

    Attributes:
        id: 26 characters that sort by the time of writing.
        incident: Its id.
        time: When it happened, UTC.
        recorded: When it was written down, UTC.
        actor: Who says so.
        data: What.
    """

    id: str
    incident: str
    time: datetime
    recorded: datetime
    actor: str
    data: Data

    @property
    def kind(self) -> str:
        """The kind of its data: 'opened', 'noted', …"""
        return self.data.kind

    @property
    def order(self) -> tuple[datetime, datetime, str]:
        """What events are sorted by: when they happened, then when and in which order written."""
        return self.time, self.recorded, self.id


def new_id(now: datetime, chance: bytes, last: str = "") -> str:
    """Return an id that sorts after `last` and after all that were written in earlier milliseconds.

    Args:
        now: The clock.
        chance: Ten random bytes, so that two people never write one id.
        last: The last id in the log.
    """
    value = int(now.timestamp() * 1000) << 80 | int.from_bytes(chance[:10], "big")
    made = _encode(value)
    if made > last:
        return made
    number = 0
    for letter in last:
        number = number * 32 + _ALPHABET.index(letter)
    return _encode(number + 1 + int.from_bytes(chance[:4], "big"))


def _encode(value: int) -> str:
    letters = []
    for _ in range(26):
        value, digit = divmod(value, 32)
        letters.append(_ALPHABET[digit])
    return "".join(reversed(letters))


def dump_event(event: Event) -> str:
    """Return the event as one line, without its newline.

    Raises:
        InputError: A text in it is not Unicode, as what a terminal in another encoding gives.
    """
    line = json.dumps(
        {
            "specversion": "1.0",
            "id": event.id,
            "source": "promptgate",
            "type": PREFIX + event.kind,
            "subject": event.incident,
            "time": iso(event.time),
            "recordedtime": iso(event.recorded),
            "actor": event.actor,
            "datacontenttype": "application/json",
            "data": event.data.model_dump(mode="json", exclude_none=True),
        },
        ensure_ascii=False,
        allow_nan=False,
    )
    try:
        line.encode()
    except UnicodeEncodeError:
        raise InputError("a text is not Unicode; write it in UTF-8.") from None
    return line


def parse_event(line: str, file: str, number: int) -> Event:
    """Read one line.

    Raises:
        InputError: It is cut, or no event.
    """
    document = load_json(line, file, first_line=number)
    data = document.data
    if not isinstance(data, dict):
        raise document.error(InputError, "the line is no event; restore it from git.", ())
    for name in _REQUIRED:
        if not isinstance(data.get(name), str) or not data[name]:
            raise document.error(InputError, f"the event has no {name!r}; restore it from git.", ())
    unknown = sorted(set(data) - set(_FIELDS))
    if unknown:
        raise document.error(InputError, f"the event has an unknown key {unknown[0]!r}.", ())
    if data["specversion"] != "1.0" or not _ID.fullmatch(data["id"]):
        raise document.error(InputError, "the event's 'specversion' or 'id' is wrong.", ())
    kind = data["type"].removeprefix(PREFIX)
    if kind not in KINDS:
        raise document.error(
            InputError, f"the event's type {data['type']!r} is unknown; upgrade promptgate.", ()
        )
    return Event(
        data["id"],
        data["subject"],
        _time(document, "time"),
        _time(document, "recordedtime"),
        data["actor"],
        validate(KINDS[kind], document, InputError, path=("data",), what="'data'")
        if "data" in data
        else make_data(kind, {}),
    )


def _time(document: Document, name: str) -> datetime:
    try:
        return parse_time(document.data[name])
    except InputError as error:
        raise document.error(InputError, f"{name!r}: {error.message}", ()) from None


def make_data(kind: str, fields: dict[str, Any]) -> Data:
    """Return the data of an event from plain fields.

    Raises:
        InputError: The kind or a field is unknown or wrong.
    """
    if kind not in KINDS:
        raise InputError(f"there is no event of kind {kind!r}.")
    return validate(KINDS[kind], Document(fields, f"event {kind}", {(): 1}), InputError)


def with_fields(data: Data, changes: dict[str, Any]) -> Data | None:
    """Return the data with some fields replaced; None where that is no data of the kind."""
    try:
        return type(data).model_validate({**data.model_dump(), **changes})
    except (ValidationError, InputError):
        return None
