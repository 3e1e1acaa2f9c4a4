"""Following a conversation through recordings: samples, later turns, what is missing."""

from __future__ import annotations

from datetime import UTC, datetime

from promptgate.models.cassette_file import Recording
from promptgate.models.request import Request
from promptgate.runs.conversation import follow
from promptgate.suites import Expectation, Turn
from tests.support.messages import message

FIRST = Request({"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]})
CHECK = (Expectation("complete"),)
TURNS = (
    Turn((), ()),
    Turn(({"role": "user", "content": "And then?"},), CHECK),
)


class Memory:
    """Recordings in memory, as a cassette folder gives them."""

    def __init__(self) -> None:
        self.by_digest: dict[str, list[Recording]] = {}

    def add(self, request: Request, sample: int, text: str) -> None:
        body = message(text)
        recording = Recording(request.digest, sample, body, datetime(2026, 1, 1, tzinfo=UTC))
        self.by_digest.setdefault(request.digest, []).append(recording)

    def find(self, digest: str) -> list[Recording]:
        return self.by_digest.get(digest, [])


def test_follow_gives_each_repeat_its_own_sample():
    memory = Memory()
    for sample in range(3):
        memory.add(FIRST, sample, f"answer {sample}")
    held = follow(FIRST, TURNS[:1], 3, memory.find)
    texts = [one[0].recording.response.text for one in held if one[0].recording]
    assert texts == ["answer 0", "answer 1", "answer 2"]


def test_follow_stops_a_repeat_at_its_first_missing_recording():
    memory = Memory()
    memory.add(FIRST, 0, "answer")
    held = follow(FIRST, TURNS, 2, memory.find)
    assert [len(exchanges) for exchanges in held] == [2, 1]
    assert held[0][1].recording is None
    assert held[1][0].recording is None


def test_follow_sends_the_answers_so_far_with_the_next_turn():
    memory = Memory()
    memory.add(FIRST, 0, "Well.")
    ((_, later),) = follow(FIRST, TURNS, 1, memory.find)
    roles = [(m["role"], m["content"]) for m in later.request.body["messages"]]
    assert roles == [
        ("user", "Hi"),
        ("assistant", [{"type": "text", "text": "Well."}]),
        ("user", "And then?"),
    ]


def test_follow_draws_further_samples_when_two_repeats_ask_the_same_later_question():
    """Two repeats with equal first answers are still two draws of the second."""
    memory = Memory()
    for sample in range(2):
        memory.add(FIRST, sample, "Well.")
    held = follow(FIRST, TURNS, 2, memory.find)
    assert [exchanges[1].sample for exchanges in held] == [0, 1]
    assert held[0][1].request.digest == held[1][1].request.digest
