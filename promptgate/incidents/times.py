"""Times as incidents write them: aware, UTC, to the second or finer; never a guess of the zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from promptgate.errors import InputError

_SKEW = timedelta(minutes=1)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2}.*)")
_NO_TIME = (
    "is no time with its zone; write it as '2026-11-23 09:32 UTC' or '2026-11-23T10:32+01:00'."
)


def parse_time(text: str) -> datetime:
    """Read a point in time that names its zone.

    Raises:
        InputError: It is none, or names no zone.
    """
    written = text.strip()
    if written.endswith("UTC"):
        written = written.removesuffix("UTC").rstrip() + "+00:00"
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise InputError(f"{text!r} {_NO_TIME}")
    return found.astimezone(UTC)


def parse_clock(text: str, now: datetime) -> datetime:
    """Read a point in time; a clock time alone ('09:32 UTC') is today's.

    Raises:
        InputError: It is none, or names no zone.
    """
    alone = _CLOCK.fullmatch(text.strip())
    day = f"{now.astimezone(UTC):%Y-%m-%d}"
    try:
        return parse_time(f"{day} {int(alone[1]):02}:{alone[2]}" if alone else text)
    except InputError:
        raise InputError(f"{text!r} {_NO_TIME}") from None


def parse_past(text: str, now: datetime, option: str) -> datetime:
    """Read when something happened, as parse_clock().

    Raises:
        InputError: It is no time with its zone, or is still to come.
    """
    try:
        found = parse_clock(text, now)
    except InputError as error:
        raise InputError(f"{option}: {error.message}") from None
    if found > now + _SKEW:
        raise InputError(
            f"{option}: {text!r} is still to come; an event has happened already. "
            f"It is {iso(now)} now."
        )
    return found


def iso(when: datetime) -> str:
    """Return a time as events have it: '2026-11-23T09:32:00Z'."""
    text = when.astimezone(UTC).isoformat()
    return text.removesuffix("+00:00") + "Z"


def clock(when: datetime) -> str:
    """Return the clock time that people say: '09:32'."""
    return f"{when.astimezone(UTC):%H:%M}"


def stamp(when: datetime) -> str:
    """Return day and clock time: '2026-11-23 09:32 UTC'."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def lasted(length: timedelta) -> str:
    """Return a length in words: '23 min', '1 h 05 min', '40 s'."""
    seconds = max(0, round(length.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours < 48 else f"{hours // 24} days"
