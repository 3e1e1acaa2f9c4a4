"""The place where vcrpy hands over what went through the wire.

vcrpy patches the transport for the whole process, so there is one context for
the process, however many clients are at work, and a ContextVar tells which
request a response belongs to (one cassette per task leaks patches and loses
recordings). What arrives is kept in the task's slot; deciding whether it is an
answer, and storing it, is the client's business. Imported late: vcrpy is costly.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vcr.cassette import Cassette
from vcr.filters import decode_response
from vcr.patch import PATCHER_NAMES
from vcr.record_mode import RecordMode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass
class Slot:
    """What one task's request brought back; filled while the request is under way.

    Attributes:
        sent: The body that went out, as bytes.
        status: The HTTP status; None until there is one.
        headers: Of the response, keys in lower case.
        body: The whole raw body, decompressed.
    """

    sent: bytes = b""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


_slot: ContextVar[Slot | None] = ContextVar("promptgate_slot", default=None)
_mutex = threading.Lock()
_open = 0
_context: Any = None


class _Listener(Cassette):  # type: ignore[misc]  # vcrpy is not typed
    """A cassette that plays nothing, saves nothing and hands every response to its slot."""

    def _load(self) -> None:
        """Nothing: recordings are found by digest, not by vcrpy's linear search."""

    def _save(self, force: bool = False) -> None:
        """Nothing: an answer is stored as it arrives, not at exit."""

    def can_play_response_for(self, request: Any) -> bool:  # noqa: ARG002  # vcrpy's signature
        """Nothing is played: replay needs no transport."""
        return False

    def append(self, request: Any, response: Any) -> None:
        """Put what came into the slot of the task that asked."""
        slot = _slot.get()
        if slot is None:
            return
        names = {name.lower() for name in response["headers"]}
        decoded = decode_response(response) if "content-encoding" in names else response
        slot.sent = request.body or b""
        slot.status = decoded["status"]["code"]
        slot.headers = {key.lower(): ", ".join(v) for key, v in decoded["headers"].items()}
        slot.body = decoded["body"]["string"]


@contextmanager
def listening() -> Iterator[None]:
    """Have vcrpy's patches in place while anything is inside, in any thread or task."""
    global _open, _context
    with _mutex:
        if _open == 0:
            others = [name for name in PATCHER_NAMES if name != "httpx2"]
            _context = _Listener.use(
                path="promptgate", record_mode=RecordMode.NEW_EPISODES, skip_patchers=others
            )
            _context.__enter__()
        _open += 1
    try:
        yield
    finally:
        with _mutex:
            _open -= 1
            if _open == 0:
                _context.__exit__(None, None, None)


@contextmanager
def slot() -> Iterator[Slot]:
    """Receive what the current task's request brings back."""
    fresh = Slot()
    token = _slot.set(fresh)
    try:
        yield fresh
    finally:
        _slot.reset(token)
