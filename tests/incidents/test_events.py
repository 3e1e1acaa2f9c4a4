"""An event's line reads back exactly, ids sort by the time of writing, bad lines are told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import InputError
from promptgate.incidents.events import dump_event, make_data, new_id, parse_event
from promptgate.incidents.kinds import KINDS
from promptgate.incidents.times import parse_past, parse_time
from tests.support.incident import ID, OPENED, START, at, event, history, opened


@given(text=st.text(min_size=1), minutes=st.integers(-10_000, 10_000))
def test_event_reads_back_when_it_holds_any_text(text, minutes):
    """Line separators of Unicode included: a line ends with a newline alone."""
    made = event("noted", minutes, text=text)
    try:
        line = dump_event(made)
    except InputError:
        assert any("\ud800" <= letter <= "\udfff" for letter in text)
        return
    assert "\n" not in line
    assert parse_event(line, "events.jsonl", 1) == made


def test_event_has_cloudevents_names_and_both_times():
    line = dump_event(event("noted", 3, text="seen"))
    assert '"specversion": "1.0"' in line
    assert '"time": "2026-11-23T09:35:00Z"' in line
    assert '"recordedtime": "2026-11-23T09:35:00Z"' in line
    assert '"type": "promptgate.incident.noted"' in line
    assert f'"subject": "{ID}"' in line


@given(
    gaps=st.lists(st.integers(0, 3), max_size=30),
    chance=st.lists(st.binary(min_size=10, max_size=10), min_size=30, max_size=30),
)
def test_ids_rise_when_many_are_made_in_one_millisecond(gaps, chance):
    last, now = "", START
    for gap, random in zip(gaps, chance, strict=False):
        now += timedelta(milliseconds=gap)
        made = new_id(now, random, last)
        assert made > last
        assert len(made) == 26
        last = made


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_documented(kind):
    assert KINDS[kind].__doc__


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"actor": "Dana", ', "", "no 'actor'"),
        ("promptgate.incident.opened", "promptgate.incident.sung", "is unknown"),
        ("2026-11-23T09:32:00Z", "2026-11-23T09:32:00", "no time with its zone"),
        ('"severity": "high"', '"severity": "bad"', "severity"),
        ('"source": "promptgate"', '"source": "promptgate", "x": 1', "unknown key 'x'"),
        ("support", "\\u00", "not valid JSON"),
        ('"specversion": "1.0"', '"specversion": "2.0"', "'specversion' or 'id' is wrong"),
    ],
)
def test_line_is_refused_when_something_is_wrong(old, new, told):
    line = dump_event(opened())
    assert old in line
    with pytest.raises(InputError, match=told):
        parse_event(line.replace(old, new), "events.jsonl", 7)


def test_line_is_refused_when_it_is_no_event_at_all():
    with pytest.raises(InputError, match="the line is no event"):
        parse_event("[1]", "events.jsonl", 7)


def test_all_events_of_the_runbook_read_back():
    for made in history():
        assert parse_event(dump_event(made), "events.jsonl", 1) == made


@pytest.mark.parametrize("text", ["2026-11-23 09:32", "2026-11-23T09:32:00", "yesterday", ""])
def test_time_is_refused_when_it_names_no_zone(text):
    with pytest.raises(InputError, match="no time with its zone"):
        parse_time(text)


def test_time_is_refused_when_it_is_still_to_come():
    with pytest.raises(InputError, match="still to come"):
        parse_past("2026-11-23 10:00 UTC", at(0), "--at")


@pytest.mark.parametrize("text", ["09:32 UTC", "9:32 UTC", "09:32Z", "10:32+01:00"])
def test_clock_time_alone_is_todays(text):
    assert parse_past(text, at(10), "--at") == START


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("opened", {"began": "soon"}),
        ("queued", {"eta": "soon"}),
        ("action", {"due": "soon"}),
        ("corrected", {"time": "09:30"}),
    ],
)
def test_data_is_refused_when_a_time_or_day_is_none(kind, fields):
    """A fold trusts what it reads: nothing in a log may break one."""
    whole = {
        "opened": OPENED,
        "queued": {"message": "1", "template": "update", "audience": "internal", "text": "x"},
        "action": {"title": "x"},
        "corrected": {"event": "x", "reason": "x"},
    }
    with pytest.raises(InputError):
        make_data(kind, {**whole[kind], **fields})
