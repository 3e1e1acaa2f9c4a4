"""Answer the SDK inside an application from recordings, at the HTTP boundary.

vcrpy's patch of the SDK's transport asks here for every response, so an
application runs unchanged, with whichever client it makes, and nothing is sent.
The first request without a recording ends the trial: what it asked is noted, and
the client that records for prompts records for applications too. While a trial
runs every other connection is refused as well, since it could not be replayed.
One trial runs at a time; its threads and tasks all belong to it.

Imported late: vcrpy and the SDK are costly.
"""

from __future__ import annotations

import json
import os
import socket
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

from anthropic import AnthropicError
from vcr.cassette import Cassette
from vcr.patch import PATCHER_NAMES

from promptgate.models.request import API_VERSION, MESSAGES, Request
from promptgate.models.response import message_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from promptgate.models.cassette_file import Recording

SAMPLES_A_CALL = 10_000
"""Repeat r's n-th call (from 0) of one request is answered by sample r + n × this many.

So repeat r always draws sample r, however many repeats there are and whatever the
other trials do, and a trial that asks the same twice gets two draws.
"""

_GUARDED = ("connect", "connect_ex", "sendto", "sendmsg")
_RESOLVERS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex")
_KEYS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")


class Unrecorded(AnthropicError):  # named for what it tells
    """A call that cannot be answered. The SDK neither wraps nor retries it."""


class ConnectionRefusedInTrial(ConnectionRefusedError):
    """The application opened a connection that no recording answers."""


@dataclass(frozen=True)
class Call:
    """One request of a trial, with its recorded answer; None where it is missing."""

    request: Request
    sample: int
    recording: Recording | None


@dataclass
class Stage:
    """One trial under way: what it asked, and what it was answered.

    Attributes:
        repeat: Which repeat of the case it is, from 0.
        find: Gives the recordings of a request digest.
        calls: The requests in order; the last lacks a recording where one is missing.
        asked: How often each digest was asked for, after the first miss too.
        problem: What the application did that cannot be replayed, if anything.
    """

    repeat: int
    find: Callable[[str], Sequence[Recording]]
    calls: list[Call] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    problem: str | None = None
    _mutex: threading.Lock = field(default_factory=threading.Lock)

    @property
    def missing(self) -> Call | None:
        """The call that ended the trial for want of a recording."""
        return self.calls[-1] if self.calls and self.calls[-1].recording is None else None

    def answer(self, request: Request) -> str:
        """Return the recorded body of the answer to the trial's next request.

        Raises:
            Unrecorded: There is none, or one before it was missing.
        """
        with self._mutex:
            sample = self.repeat + SAMPLES_A_CALL * self.asked[request.digest]
            self.asked[request.digest] += 1
            if self.missing is None:
                found = {r.sample: r for r in self.find(request.digest)}.get(sample)
                self.calls.append(Call(request, sample, found))
                if found is not None:
                    return found.body
        raise Unrecorded("There is no recording of this request yet.")

    def refuse(self, what: str) -> str:
        """Note what cannot be replayed, the first time, and return it."""
        self.problem = self.problem or what
        return what


_on_stage: Stage | None = None
_one_at_a_time = threading.Lock()


class _Player(Cassette):  # type: ignore[misc]  # vcrpy is not typed
    """A cassette that answers every request from the trial's recordings, or not at all."""

    def _load(self) -> None:
        """Nothing: recordings are found by digest, not by vcrpy's linear search."""

    def _save(self, force: bool = False) -> None:
        """Nothing: playing changes no file."""

    def can_play_response_for(self, request: Any) -> bool:  # noqa: ARG002  # vcrpy's signature
        """Nothing may go out."""
        return True

    def play_response(self, request: Any) -> dict[str, Any]:
        """Return the recorded response in vcrpy's format."""
        stage = _on_stage
        if stage is None:
            raise Unrecorded("The SDK was called when no trial was running.")
        wanted = _as_request(stage, request)
        body = _as_asked(stage.answer(wanted), streaming=wanted.streaming)
        kind = "text/event-stream" if wanted.streaming else "application/json"
        return {
            "status": {"code": 200, "message": "OK"},
            "headers": {"content-type": [kind]},
            "body": {"string": body.encode("utf-8", "surrogatepass")},
        }


def _as_request(stage: Stage, request: Any) -> Request:
    """Return what the SDK sends; a gateway's prefix of the path is no part of it."""
    address = urlsplit(request.uri)
    if request.method != "POST" or not address.path.endswith(MESSAGES):
        told = f"{request.method} {address.path}"
        raise Unrecorded(stage.refuse(f"it calls {told}, and only {MESSAGES} can be recorded"))
    beta = request.headers.get("anthropic-beta", "")
    return Request(
        json.loads(request.body),
        query=address.query,
        version=request.headers.get("anthropic-version", API_VERSION),
        beta=tuple(part.strip() for part in beta.split(",") if part.strip()),
    )


def _as_asked(body: str, *, streaming: bool) -> str:
    """Return a recorded body in the form that was asked for: whole, or as a stream."""
    recorded_whole = body.lstrip().startswith("{")
    if recorded_whole != streaming:
        return body
    message = message_of(body)
    return as_stream(message) if streaming else json.dumps(message, ensure_ascii=False)


def as_stream(message: Mapping[str, Any]) -> str:
    """Return the server-sent events that tell a whole message, a piece a block."""
    start = {**message, "content": [], "stop_reason": None, "stop_sequence": None}
    ending = {k: message.get(k) for k in ("stop_reason", "stop_sequence", "stop_details")}
    events: list[dict[str, Any]] = [{"type": "message_start", "message": start}]
    for index, block in enumerate(message["content"]):
        opening, deltas = _in_pieces(block)
        place = {"index": index}
        events.append({"type": "content_block_start", **place, "content_block": opening})
        events += [{"type": "content_block_delta", **place, "delta": delta} for delta in deltas]
        events.append({"type": "content_block_stop", **place})
    events.append({"type": "message_delta", "delta": ending, "usage": message["usage"]})
    events.append({"type": "message_stop"})
    return "".join(
        f"event: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
        for event in events
    )


def _in_pieces(block: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return how a stream opens a block and what it adds; unknown kinds come whole."""
    kind = block.get("type")
    if kind == "text":
        return {**block, "text": ""}, [{"type": "text_delta", "text": block["text"]}]
    if kind == "tool_use":
        whole = json.dumps(block["input"])
        return {**block, "input": {}}, [{"type": "input_json_delta", "partial_json": whole}]
    if kind == "thinking":
        return {**block, "thinking": "", "signature": ""}, [
            {"type": "thinking_delta", "thinking": block["thinking"]},
            {"type": "signature_delta", "signature": block.get("signature", "")},
        ]
    return dict(block), []


@contextmanager
def playing() -> Iterator[None]:
    """Have the SDK's transport answered from recordings and every connection refused.

    Where no key is set there is one meanwhile, since the SDK wants one to be there.
    """
    others = [name for name in PATCHER_NAMES if name != "httpx2"]
    given = any(os.environ.get(name) for name in _KEYS)
    if not given:
        os.environ[_KEYS[0]] = "replay"
    try:
        with _Player.use(path="promptgate", skip_patchers=others), _no_connections():
            yield
    finally:
        if not given:
            os.environ.pop(_KEYS[0], None)


@contextmanager
def on_stage(stage: Stage) -> Iterator[None]:
    """Give the calls of the process to one trial; a second one waits until it has ended."""
    global _on_stage
    with _one_at_a_time:
        _on_stage = stage
        try:
            yield
        finally:
            _on_stage = None


@contextmanager
def _no_connections() -> Iterator[None]:
    """Refuse what Python's sockets would connect to, send to or look up."""

    def refuse(*arguments: Any, **_: Any) -> NoReturn:
        where = next((a for a in arguments if isinstance(a, str | tuple)), "")
        told = f"it opens a connection ({where!r}), which replay cannot answer"
        if _on_stage is not None:
            _on_stage.refuse(told)
        raise ConnectionRefusedInTrial(told)

    places = [(socket.socket, name) for name in _GUARDED] + [(socket, name) for name in _RESOLVERS]
    before = [vars(owner).get(name) for owner, name in places]
    for owner, name in places:
        setattr(owner, name, refuse)
    try:
        yield
    finally:
        for (owner, name), original in zip(places, before, strict=True):
            if original is None:
                delattr(owner, name)
            else:
                setattr(owner, name, original)
