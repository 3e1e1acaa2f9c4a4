"""How many requests may be in flight: start low, grow until the API slows down, back off.

Until congestion is first met the limit grows by one with each good answer, which
doubles it in the time of one answer; then it grows by steps and halves (additive
increase, multiplicative decrease). It acts on the share of congested
answers in a window and not on a single one: an API that sheds one request in
fifty at any load would otherwise be asked one at a time. Rate-limit headers
bind it further. The class knows no clock and no event loop.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

START = 4
WINDOW = 20
TOLERATED = 0.1
"""Share of congested answers in a window up to which the limit still grows."""

_BUCKETS = ("requests", "tokens", "input-tokens", "output-tokens")


class AdaptiveLimit:
    """The number of requests that may be in flight now.

    Args:
        cap: It never grows above this.
    """

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._limit = min(START, cap)
        self._ceiling = cap
        self._step = max(1, cap // 20)
        self._doubling = True
        self._begin_window()

    @property
    def limit(self) -> int:
        """How many requests may be in flight, at least 1."""
        return max(1, min(self._limit, self._ceiling))

    def count(self, *, congested: bool) -> None:
        """Take note of one answer, or of one fault that says too much is asked."""
        self._seen += 1
        self._congested += congested
        if self._doubling and not congested:
            self._limit = min(self._cap, self._limit + 1)
        if self._seen < self._window:
            return
        if self._congested > TOLERATED * self._seen:
            self._limit = max(1, self._limit // 2)
            self._doubling = False
        elif not self._doubling:
            self._limit = min(self._cap, self._limit + self._step)
        self._begin_window()

    def _begin_window(self) -> None:
        self._window = max(WINDOW, self._limit)
        self._seen = self._congested = 0

    def observe(self, headers: Mapping[str, str], now: datetime) -> float:
        """Take note of the rate-limit headers of an answer.

        Never are more requests in flight than the API says remain.

        Args:
            headers: Of the answer, keys in lower case.
            now: The time, UTC.

        Returns:
            Seconds to send nothing at all, because an allowance is used up.
        """
        pause = 0.0
        self._ceiling = self._cap
        for bucket in _BUCKETS:
            remaining = headers.get(f"anthropic-ratelimit-{bucket}-remaining", "")
            if not remaining.isdecimal():
                continue
            if bucket == "requests":
                self._ceiling = max(1, min(self._cap, int(remaining)))
            if int(remaining) == 0:
                pause = max(pause, _until(headers.get(f"anthropic-ratelimit-{bucket}-reset"), now))
        return pause


def _until(moment: str | None, now: datetime) -> float:
    try:
        reset = datetime.fromisoformat(moment or "")
    except ValueError:
        return 0.0
    if reset.tzinfo is None:
        reset = reset.replace(tzinfo=UTC)
    return max(0.0, (reset - now).total_seconds())
