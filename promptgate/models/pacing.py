"""Room for requests in flight, and lanes to the disk: the client's two queues.

Both belong to one event loop and hold no policy: the limit decides how much
room there is, and the caller what is written. Separate from the client so that
it reads as what is done, not as how waiting is arranged.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from promptgate.models.limiter import AdaptiveLimit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ResultT = TypeVar("ResultT")

LANES = 4
"""Threads that write: one waits for the disk while another prepares."""


class Room:
    """Admits as many requests at once as an adaptive limit allows.

    Args:
        cap: Most requests in flight.
        longest_pause: Most seconds to send nothing because the API's headers ask for it.
    """

    def __init__(self, cap: int, longest_pause: float) -> None:
        self._limit = AdaptiveLimit(cap)
        self._longest_pause = longest_pause
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._in_flight = 0
        self._paused_until = 0.0

    async def enter(self) -> None:
        """Wait until one more request may be in flight."""
        if self._waiting or self._in_flight >= self._limit.limit:
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self.leave()
                raise
        else:
            self._in_flight += 1
        clock = asyncio.get_running_loop().time
        while (pause := self._paused_until - clock()) > 0:
            await asyncio.sleep(pause)

    def leave(self) -> None:
        """Make room for the next."""
        self._in_flight -= 1
        while self._waiting and self._in_flight < self._limit.limit:
            turn = self._waiting.popleft()
            if not turn.done():
                self._in_flight += 1
                turn.set_result(None)

    def learn(self, *, congested: bool, headers: Mapping[str, str]) -> None:
        """Adjust to what came back, before leaving."""
        self._limit.count(congested=congested)
        pause = self._limit.observe(headers, datetime.now(UTC))
        if pause > 0:
            until = asyncio.get_running_loop().time() + min(pause, self._longest_pause)
            self._paused_until = max(self._paused_until, until)


class Lanes(Generic[ResultT]):
    """Runs blocking work in a few threads, in batches of what has gathered meanwhile.

    A batch costs one trip between threads instead of one for each piece of work.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LANES, thread_name_prefix="cassette")
        self._gathered: deque[tuple[Callable[[], ResultT], asyncio.Future[ResultT]]] = deque()
        self._lanes: set[asyncio.Task[None]] = set()

    async def run(self, work: Callable[[], ResultT]) -> ResultT:
        """Return what the work returns, or raise what it raises.

        Work that was handed over is done even where its caller is cancelled.
        """
        done: asyncio.Future[ResultT] = asyncio.get_running_loop().create_future()
        self._gathered.append((work, done))
        if len(self._lanes) < LANES:
            lane = asyncio.create_task(self._drive())
            self._lanes.add(lane)
            lane.add_done_callback(self._lanes.discard)
        return await done

    async def close(self) -> None:
        """Finish what was handed over."""
        await asyncio.gather(*self._lanes)
        self._threads.shutdown()

    async def _drive(self) -> None:
        loop = asyncio.get_running_loop()
        while self._gathered:
            size = -(-len(self._gathered) // LANES)
            batch = [self._gathered.popleft() for _ in range(size)]
            outcomes = await loop.run_in_executor(
                self._threads, _run_all, [work for work, _ in batch]
            )
            for (_, done), (result, error) in zip(batch, outcomes, strict=True):
                if done.cancelled():
                    continue
                if error is not None:
                    done.set_exception(error)
                else:
                    done.set_result(result)  # type: ignore[arg-type]  # one of the two is set


def _run_all(
    batch: Sequence[Callable[[], ResultT]],
) -> list[tuple[ResultT | None, Exception | None]]:
    outcomes: list[tuple[ResultT | None, Exception | None]] = []
    for work in batch:
        try:
            outcomes.append((work(), None))
        except Exception as error:  # noqa: BLE001  # raised again where the work came from
            outcomes.append((None, error))
    return outcomes
