"""Post a message: written down before anything is sent, sent again until it is taken.

The address is in an environment variable and never in an event, an error or a log.
A message that no channel took is not lost: it is an event, and `retry` sends it.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from promptgate.errors import InputError
from promptgate.incidents import kinds
from promptgate.incidents.events import new_id
from promptgate.incidents.kinds import Queued

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from promptgate.incidents.comms.render import Message
    from promptgate.incidents.settings import Channel, IncidentSettings
    from promptgate.incidents.state import Incident

SECTION = 3000
"""Characters that Slack takes in one section."""
BLOCKS = 50
"""Blocks that Slack takes in one message."""
_SUMMARY = 150
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 30.0


@dataclass(frozen=True)
class Outcome:
    """What became of a post: how often it was tried, and why it was not taken, if it was not."""

    attempts: int
    why: str | None


def slack_body(text: str) -> dict[str, Any]:
    """Return a message as Slack's Block Kit: escaped, cut into sections within its limits."""
    escaped = escape_slack(text)
    pieces = _pieces(escaped)
    if len(pieces) > BLOCKS:
        pieces = [*pieces[: BLOCKS - 1], "…"]
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": piece, "verbatim": True}}
        for piece in pieces
    ]
    first = escaped.strip().splitlines()[0] if escaped.strip() else ""
    return {"text": _cut(first, _SUMMARY), "blocks": blocks}


def escape_slack(text: str) -> str:
    """Escape what Slack obeys: & < > carry links and mentions."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _pieces(text: str) -> list[str]:
    """Cut a text at ends of lines into pieces that fit a section, never inside an escape."""
    pieces: list[str] = []
    here = ""
    for line in text.splitlines(keepends=True):
        while len(line) > SECTION:
            part = _cut(line, SECTION)
            pieces += [here, part] if here else [part]
            here, line = "", line[len(part) :]
        if len(here) + len(line) > SECTION:
            pieces.append(here)
            here = ""
        here += line
    return [piece for piece in [*pieces, here] if piece.strip()]


def _cut(text: str, length: int) -> str:
    """Return at most so many characters, without half an escape at the end."""
    if len(text) <= length:
        return text
    part = text[:length]
    amp = part.rfind("&")
    return part[:amp] if amp >= 0 and ";" not in part[amp:] else part


def json_body(incident: Incident, message: Queued) -> dict[str, Any]:
    """Return a message as plain JSON for any webhook."""
    return {
        "schema_version": 1,
        "id": message.message,
        "incident": incident.id,
        "state": incident.state,
        "severity": incident.severity,
        "template": message.template,
        "audience": message.audience,
        "text": message.text,
    }


def queue(message: Message, channel: str | None, now: datetime, *, public: bool = False) -> Queued:
    """Return the event that a message is to be posted, or was given out for pasting by hand."""
    return Queued(
        message=new_id(now, secrets.token_bytes(10)),
        template=message.template,
        channel=channel,
        audience="public" if public else message.audience,
        text=message.text,
        eta=message.eta,
    )


def channel_named(settings: IncidentSettings, name: str) -> Channel:
    """Return a channel.

    Raises:
        InputError: promptgate.toml has no such one.
    """
    from promptgate.documents import unknown_name

    if name not in settings.channels:
        known = list(settings.channels)
        told = unknown_name("channel", name, known) if known else f"there is no channel {name!r}."
        raise InputError(
            f'{told} Write [incidents.channels.{name}] url_env = "VARIABLE" in promptgate.toml.'
        )
    return settings.channels[name]


def address_of(name: str, channel: Channel) -> str:
    """Return the address of a channel.

    Raises:
        InputError: Its variable is not set, or holds no address.
    """
    address = os.environ.get(channel.url_env, "").strip()
    if not address.startswith(("https://", "http://")):
        what = "is not set" if not address else "holds no http address"
        raise InputError(f"{channel.url_env}, the address of the channel {name!r}, {what}.")
    return address


def deliver(
    address: str,
    body: dict[str, Any],
    attempts: int,
    seconds: float,
    *,
    send: Callable[[str, bytes, float], tuple[int, float | None]] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Outcome:
    """Post a body; try again where that may help, as long as the receiver asks to wait.

    Args:
        address: Where.
        body: What.
        attempts: At most.
        seconds: That one attempt may take.
        send: Posts once and returns the status and how long to wait; for tests.
        sleep: Waits; for tests.
    """
    data = json.dumps(body, ensure_ascii=False).encode()
    why = ""
    for attempt in range(1, attempts + 1):
        wait: float | None = None
        try:
            status, wait = (send or _send)(address, data, seconds)
        except (OSError, http.client.HTTPException, ValueError) as error:
            why = f"no answer ({type(error).__name__})"  # the text may hold the address
        else:
            if 200 <= status < 300:
                return Outcome(attempt, None)
            why = f"status {status}"
            if status not in _AGAIN:
                return Outcome(attempt, why)
        if attempt < attempts:
            sleep(min(wait if wait is not None else 2.0 ** (attempt - 1), _LONGEST_WAIT))
    return Outcome(attempts, why)


def _send(address: str, data: bytes, seconds: float) -> tuple[int, float | None]:
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked
        address, data, {"Content-Type": "application/json", "User-Agent": "promptgate"}
    )
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310 - as above
            return answer.status, None
    except urllib.error.HTTPError as error:
        wait = error.headers.get("Retry-After", "")
        return error.code, float(wait) if wait.isdigit() else None


def undelivered(incident: Incident) -> list[Queued]:
    """Return the messages that were to be posted and were not taken, oldest first."""
    taken = {data.message for _, data in incident.all(kinds.Delivered)}
    return [
        data
        for _, data in incident.all(Queued)
        if data.channel is not None and data.message not in taken
    ]
