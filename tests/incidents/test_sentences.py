"""One sentence an event: what a reader of the timeline is told, and that none is told as a code."""

from __future__ import annotations

import pytest

from promptgate.incidents.kinds import KINDS, Item
from promptgate.incidents.sentences import sentence
from tests.support.incident import event, history

GOT, LACKING = Item(name="logs", got=True, told="x"), Item(name="metrics", got=False, told="none")
TOLD = [
    (event("noted", text="seen", link="https://x.example"), "seen (https://x.example)"),
    (event("gathered", items=[GOT, LACKING]), "evidence: 1 of 2 items, missing metrics"),
    (event("probed", passed=False, detail="it is on"), "the isolation does NOT work: it is on"),
    (event("deployed", passed=False, seconds=90), "the deployment FAILED after 90 s"),
    (event("kept", suite="facts", case="c", file="f"), "the input is kept as facts:c"),
    (event("monitored", minutes=30, passed=False, detail="worse"),
     "watched for 30 min, it does NOT look right: worse"),
    (event("false-alarm", reason="a test"), "a false alarm: a test"),
    (event("reopened", reason="again"), "reopened: again"),
    (event("corrected", event="01ABCDEF", reason="typo"), "corrected ABCDEF: typo"),
    (event("corrected", event="01ABCDEF", reason="typo", retract=True), "retracted ABCDEF: typo"),
    (event("delivered", message="m", channel="chat", attempts=1), "chat took the message"),
    (event("undelivered", message="m", channel="chat", attempts=3, why="404"),
     "chat did NOT take the message: 404"),
    (event("extended", within_reach=False, reason="no idea"), "NOT within reach: no idea"),
    (event("extended", within_reach=True, reason="a fix"), "within reach: a fix"),
    (event("impact"), "impact: unknown users, unknown requests, revenue unknown"),
    (event("action-done", action="01ABCDEF"), "action ABCDEF is done"),
    (event("learned", section="well", text="Fast."), "well: Fast."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "told"), TOLD, ids=lambda value: getattr(value, "kind", None))
def test_sentence_tells_what_happened_when_it_is_read_in_a_timeline(one, told):
    assert sentence(one) == told


def test_no_sentence_is_the_name_of_a_kind():
    """A kind that nobody wrote a sentence for would show as its code."""
    for one in [*history(), *(one for one, _ in TOLD)]:
        assert one.kind in KINDS
        assert sentence(one) != one.kind
