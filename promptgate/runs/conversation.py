"""Follow a case's turns through the recordings, and say which ones are still missing.

The first request of a conversation is known from the plan. Each later one holds
the answers before it, so it is known only when they are: recording goes in
rounds, one a turn. Later requests that happen to be equal take further samples,
so that no two repeats are the same draw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from promptgate.models.cassette_file import Recording
from promptgate.models.request import Request

if TYPE_CHECKING:
    from promptgate.runs.arms import ArmName
    from promptgate.runs.plan import Plan, PlannedCase
    from promptgate.suites import Turn

Find: TypeAlias = Callable[[str], Sequence[Recording]]
"""Request digest to its recordings, in order of sample."""


@dataclass(frozen=True)
class Exchange:
    """One request of a conversation with its recorded answer; None where it is missing."""

    request: Request
    sample: int
    recording: Recording | None


@dataclass(frozen=True)
class Need:
    """A recording that does not exist yet.

    Attributes:
        folder: For the path of its cassette; () takes suite and case.
    """

    request: Request
    sample: int
    planned: PlannedCase
    arm: ArmName
    repeat: int
    folder: tuple[str, ...] = ()


def follow(
    first: Request, turns: Sequence[Turn], repeats: int, find: Find
) -> tuple[tuple[Exchange, ...], ...]:
    """Follow every repeat of a conversation as far as recordings go.

    Args:
        first: The request of the first turn.
        turns: The case's turns.
        repeats: How often the conversation is held.
        find: Gives the recordings of a digest.

    Returns:
        For each repeat its exchanges in order of turn. One that lacks a recording
        ends its repeat.
    """
    conversations: list[list[Exchange]] = [[] for _ in range(repeats)]
    following: list[Request | None] = [first] * repeats
    known: dict[str, dict[int, Recording]] = {}
    for number in range(len(turns)):
        taken: dict[str, int] = {}
        for repeat, request in enumerate(following):
            if request is None:
                continue
            sample = taken.get(request.digest, 0)
            taken[request.digest] = sample + 1
            if request.digest not in known:
                known[request.digest] = {r.sample: r for r in find(request.digest)}
            recording = known[request.digest].get(sample)
            conversations[repeat].append(Exchange(request, sample, recording))
            more = number + 1 < len(turns) and recording is not None
            following[repeat] = (
                _continue(request, recording, turns[number + 1]) if more and recording else None
            )
    return tuple(tuple(conversation) for conversation in conversations)


def _continue(request: Request, recording: Recording, turn: Turn) -> Request:
    """Return the request of the next turn: what was said so far, then what the case says next."""
    answer = {"role": "assistant", "content": [dict(b) for b in recording.response.blocks]}
    messages = [*request.body["messages"], answer, *(dict(m) for m in turn.messages)]
    body = {**request.body, "messages": messages}
    return Request(body, request.path, request.query, request.version, request.beta)


def missing(plan: Plan, find: Find) -> Iterator[Need]:
    """Yield each recording that the plan's prompts lack and that can be made now, once, by arm.

    Later turns of a conversation appear when the answers before them exist.
    """
    seen: set[tuple[str, int]] = set()
    for planned in plan.cases:
        for arm, request in planned.requests.items():
            if not isinstance(request, Request):
                continue
            held = follow(request, planned.case.turns, planned.repeats, find)
            for repeat, exchanges in enumerate(held):
                last = exchanges[-1]
                key = (last.request.digest, last.sample)
                if last.recording is None and key not in seen:
                    seen.add(key)
                    yield Need(last.request, last.sample, planned, arm, repeat)
