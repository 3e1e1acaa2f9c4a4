"""A scripted server on the loopback address, for tests of faults. Not a model.

It speaks just enough HTTP to answer the SDK, and does on request what a network
does unasked: slow answers, dropped connections, streams that end early. A script
is a function from what was asked to what to do.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from tests.support.messages import message

if TYPE_CHECKING:
    from types import TracebackType


@dataclass(frozen=True)
class Seen:
    """One request that arrived."""

    number: int
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def question(self) -> Any:
        """The content of the last message."""
        return self.body["messages"][-1]["content"]


@dataclass(frozen=True)
class Scripted:
    """What to do about it.

    Attributes:
        body: Sent as it is; a mapping as JSON.
        status: The HTTP status.
        headers: More headers.
        delay: Seconds to wait first.
        drop: Close the connection after so many bytes of the body (0: before any).
        compress: Send gzip.
    """

    body: str | bytes | Mapping[str, Any] = field(default_factory=message)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: int | None = None
    compress: bool = False


Script = Callable[[Seen], Scripted]


def error(status: int, kind: str, told: str = "As scripted", **headers: str) -> Scripted:
    """Return a refusal in the API's format; underscores in names of headers become hyphens."""
    body = {"type": "error", "error": {"type": kind, "message": told}}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Scripted(body, status, named)


def in_turn(*replies: Scripted) -> Script:
    """Return a script that gives these replies one after another, the last for ever."""
    return lambda seen: replies[min(seen.number, len(replies) - 1)]


class Loopback:
    """The server; use it as a context. `seen` holds what arrived, `url` where it listens."""

    def __init__(self, script: Script = lambda _: Scripted(), *, keep: bool = True) -> None:
        self._script = script
        self._keep = keep
        self._count = 0
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self.seen: list[Seen] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    @property
    def count(self) -> int:
        """How many requests arrived."""
        return self._count

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, backlog=512)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether the connection stays open."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:] if line)
        }
        data = await reader.readexactly(int(headers.get("content-length", "0")))
        seen = Seen(self._count, head[0].split()[1], headers, json.loads(data or b"{}"))
        self._count += 1
        if self._keep:
            self.seen.append(seen)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            return await self._answer(self._script(seen), writer)
        finally:
            self.in_flight -= 1

    async def _answer(self, reply: Scripted, writer: asyncio.StreamWriter) -> bool:
        if reply.delay:
            await asyncio.sleep(reply.delay)
        body = reply.body
        if isinstance(body, Mapping):
            body = json.dumps(body)
        data = body.encode() if isinstance(body, str) else body
        streamed = data.startswith(b"event:")
        headers = {
            "content-type": "text/event-stream" if streamed else "application/json",
            "request-id": "req_scripted",
            **reply.headers,
        }
        if reply.compress:
            data = gzip.compress(data)
            headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(data))
        if reply.drop == 0:
            return False
        lines = [f"HTTP/1.1 {reply.status} Scripted", *(f"{k}: {v}" for k, v in headers.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + data[: reply.drop])
        await writer.drain()
        return reply.drop is None
