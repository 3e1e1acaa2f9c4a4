"""How an incident ends: also where nothing makes the input pass; and what is not forgotten then."""

import io
import re

import pytest
from rich.console import Console

from promptgate.cli.incident.status import keep_live
from promptgate.incidents.comms.render import facts
from promptgate.incidents.next_step import next_step
from promptgate.incidents.postmortem import write_postmortem
from promptgate.incidents.settings import IncidentSettings
from promptgate.incidents.state import State, fault_of, fold
from tests.support.incident import ID, at, event, history, opened

FAILED = {"target": "c0ffee", "digest": "d", "trials": 10, "failures": 2, "passed": False}
ROLLED = history()[:7]


def following(events, minutes=30):
    """Return the next step after events, with every clock stopped."""
    said = event("extended", 25, within_reach=True, reason="x")
    called = event("escalated", 25, level="CTO", contact="Lee")
    return next_step(fold(ID, [*events, said, called]), IncidentSettings(), at(minutes))


def test_failed_verification_leads_to_a_decision_and_that_to_an_end():
    """The version that is gone back to may fail now and then itself."""
    failed = [*ROLLED, event("verified", 24, **FAILED)]
    assert following(failed).command == "incident decide"
    decided = [*failed, event("decided", 26, outcome="FIX_FORWARD", move="kill-feature",
                              reason="x")]  # fmt: skip
    assert following(decided).command.startswith("incident resolve --feature-off")
    closed = event("resolved", 27, summary="stays off", feature_off=True)
    found = fold(ID, [*decided, closed])
    assert found.state is State.CLOSED
    assert found.recovered is None
    assert following([*decided, closed]).command == "thaw --approved-by Dana --push" or (
        "postmortem" in following([*decided, closed]).command
    )


def test_incident_is_not_closed_with_the_feature_off_when_nobody_saw_that():
    closed = event("resolved", 27, summary="x", feature_off=True)
    assert "nobody saw" in (fault_of(ID, ROLLED[:1], [closed]) or "")
    restored = event("acted", 20, action="restore", target="support_bot")
    assert "nobody saw" in (fault_of(ID, [*ROLLED, restored], [closed]) or "")


def test_test_of_another_revision_moves_nothing():
    passed = {**FAILED, "failures": 0, "passed": True, "uncounted": "it runs nowhere"}
    found = fold(ID, [*ROLLED, event("verified", 24, **passed)])
    assert found.state is State.RECOVERING
    assert not found.remarks


def test_end_names_what_is_still_open_and_so_does_the_check(product):
    product.open()
    product.incident("comms", "decide", "--visible", "yes")
    product.incident("isolate", "--kill", "bot")
    product.incident("isolate", "--freeze", "--push")
    product.git("fetch", "-q")
    product.incident("decide", "--override", "kill-feature", "--reason", "x", code=1)
    ended = product.incident("resolve", "--feature-off", "--summary", "the bot stays off")
    for told in ("flag restore bot", "thaw --approved-by Dana", "nobody wrote to them"):
        assert told in ended.out
        assert told in product.incident("check", code=1).out
    assert product.run("flag", "restore", "bot").code == 0
    assert product.run("thaw", "--approved-by", "Dana", "--push").code == 0
    product.git("fetch", "-q")
    product.incident("comms", "draft", "status", "--field", "impact=x", "--field", "workaround=y",
                     "--field", "eta=unknown")  # fmt: skip
    out = product.incident("check", code=None).out
    assert "still" not in out
    assert "nobody wrote" not in out
    assert [data.action for data in actions(product.found)] == ["kill", "freeze", "restore", "thaw"]


def actions(found):
    """Return what was done to isolate, and to end that."""
    return [one.data for one in found.events if one.kind == "acted"]


def test_false_alarm_leaves_what_it_switched_off_as_the_next_step(product):
    product.open()
    product.incident("isolate", "--kill", "bot")
    ended = product.incident("resolve", "--false-alarm", "--summary", "a monitor's fault")
    assert "promptgate flag restore bot" in ended.out
    product.run("flag", "restore", "bot")
    assert "nothing, it was a false alarm" in product.incident("status").out


def test_screen_that_is_watched_shows_what_the_clock_and_the_log_say_then(product):
    product.open()
    shown = io.StringIO()
    screen = Console(file=shown, force_terminal=True, width=100, height=24)
    waited = []

    def sleep(seconds):
        waited.append(seconds)
        if len(waited) == 3:
            raise KeyboardInterrupt
        product.clock.minutes(11)
        if len(waited) == 2:
            product.incident("note", "the zebra widget")

    with pytest.raises(KeyboardInterrupt):
        keep_live(product.incidents, ID, screen, sleep=sleep)
    assert waited == [1, 1, 1]
    first, _, later = shown.getvalue().partition("OVERDUE by 1 min")
    assert "NEXT" in first
    assert "zebra" not in first
    assert "zebra" in later
    assert "… " in later
    assert not re.search(r"^ *\.\.\. *$", shown.getvalue(), re.M), "it fits the screen"


def test_texts_say_what_was_done_and_since_when(product):
    """Whoever asked 'decide' for an outlook after the rollback did not undo it."""
    log = [opened(began="2026-11-23T02:40:00Z"), *history()[1:8]]
    idea = event("decided", 24, outcome="FIX_FORWARD", move="kill-feature", reason="x")
    told = facts(fold(ID, [*log, idea]), product.incidents, at(30))
    assert told["solution"] == "the prompt went back to the version before"
    assert told["began"] == "2026-11-23 02:40 UTC"


def test_eta_is_refused_when_it_is_over_and_a_resolution_waits(product):
    product.open()
    ended = product.incident("comms", "draft", "cause", "--field", "eta=09:00 UTC", "--field",
                             "cause=x", "--field", "solution=y", code=2)  # fmt: skip
    assert "is over, it is 2026-11-23 09:32 UTC now" in ended.err
    assert "not recovered yet" in product.incident("comms", "draft", "resolution", code=2).err


def test_postmortem_says_what_was_promised_and_not_kept():
    log = [
        *ROLLED,
        event("tell-decided", 16, answer="tell"),
        event("queued", 17, message="1", template="cause", audience="internal", text="x",
              eta=at(20).isoformat()),
        event("verified", 24, **FAILED),
        event("resolved", 27, summary="x", feature_off=True),
    ]  # fmt: skip
    text = write_postmortem(fold(ID, log), IncidentSettings(), at(60), "draft")
    for told in ("nobody wrote to them", "1 ETA missed", "failed 1 verification",
                 "closed with the feature off"):  # fmt: skip
        assert told in text
