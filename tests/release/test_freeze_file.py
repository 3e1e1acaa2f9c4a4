"""What PROMPT_FROZEN.txt says, and when an approval in it counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import BlockedError, InputError
from promptgate.release.freeze import NOTICE, Change, Touched, parse_freeze, rule
from promptgate.release.freeze_text import Request, freeze_text, read_end, with_approval
from promptgate.release.scope import fold

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CHANGE = Change((Touched("prompts/a.md", "a prompt", "100644 a", "100644 b"),))
TEXT = freeze_text(Request("refunds", "dana"), NOW)


@pytest.mark.parametrize(
    "text",
    [
        f"2026-11-23 09:35 UTC\nInvents refunds\ndana\n{NOTICE.lower()}\n",
        f"PROMPT FROZEN: Mon Nov 23 09:35 UTC 2026\nReason: Invents refunds\nBy dana\n{NOTICE}",
        f"Time: 09:35\r\nReason: Invents refunds\r\nFrozen by: dana\r\n{NOTICE.upper()}.\r\n",
        "\ufeffFrozen at 2026-11-23T09:35Z\n\nreason - Invents refunds\nby dana\n\n" + NOTICE,
    ],
)
def test_four_lines_are_read_when_labels_differ(text):
    """In an incident the file is written by hand or by 'echo', and each does it its own way."""
    freeze = parse_freeze(text.encode())
    assert freeze.fault is None
    assert "09:35" in freeze.since
    assert (freeze.reason, freeze.by, freeze.prompts) == ("Invents refunds", "dana", ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "0 of the four lines"),
        ("frozen\n", "1 of the four lines"),
        ("soon\nwhy\nwho\n" + NOTICE, "no time"),
        ("09:35\nwhy\nwho\nplease ask first", "and not"),
        (TEXT + "Prompt: support\n", "none that a freeze has"),
        (TEXT + "Prompts: support,\n", "empty name"),
        (TEXT + "Prompts: support\nPrompts: billing\n", "stands twice"),
        (TEXT + "Until: tomorrow\n", "no time with its zone"),
        (TEXT + "Until: 2026-11-23 12:00\n", "no time with its zone"),
        (TEXT + "Approved: everything by dana\n", "'Approved:' is not"),
    ],
)
def test_broken_file_freezes_everything(text, told):
    freeze = parse_freeze(text.encode())
    assert told in (freeze.fault or "")
    assert freeze.prompts == freeze.approvals == ()
    assert rule(freeze, CHANGE, NOW).blocked


@given(st.binary(max_size=200) | st.binary(max_size=80).map(lambda more: TEXT.encode() + more))
def test_any_bytes_freeze_and_approve_nothing(data):
    """No content of the file may let a change through that nobody approved."""
    freeze = parse_freeze(data)
    assert rule(freeze, CHANGE, NOW).blocked
    if freeze.fault is not None:
        assert freeze.prompts == ()


_LINE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)


@given(reason=_LINE, by=_LINE, commander=st.none() | _LINE)
def test_file_reads_back_what_was_written(reason, by, commander):
    request = Request(reason, by, ("support", "billing"), NOW, "inc-42", commander)
    freeze = parse_freeze(freeze_text(request, NOW).encode())
    assert freeze.fault is None
    assert freeze.prompts == ("support", "billing")
    assert (freeze.until, freeze.incident, freeze.commander) == (NOW, "inc-42", commander)
    assert freeze.reason in reason
    assert freeze.by in by


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"reason": "a\nPrompts: none"}, "--reason must be one line"),
        ({"by": " "}, "--by must be one line"),
        ({"commander": "a\u2028b"}, "--commander must be one line"),
        ({"incident": "a b"}, "--incident must be letters"),
    ],
)
def test_value_that_could_forge_a_line_is_refused(values, told):
    with pytest.raises(InputError, match=told):
        freeze_text(Request(**{"reason": "r", "by": "b", **values}), NOW)


def approved(by="dana", change=None, until=NOW + timedelta(hours=1), text=TEXT):
    return with_approval(text.encode(), change or CHANGE.digest, by, until)


def test_approval_lets_its_change_through():
    ruling = rule(parse_freeze(approved().encode()), CHANGE, NOW)
    assert not ruling.blocked
    assert ruling.approval is not None
    assert ruling.approval.commander == "dana"


def test_second_approval_leaves_the_first_in_force():
    """The made-up id of the incident must not depend on the approvals."""
    other = Change((Touched("prompts/b.md", "a prompt", "", "100644 c"),))
    freeze = parse_freeze(approved(change=other.digest, text=approved()).encode())
    assert not rule(freeze, CHANGE, NOW).blocked
    assert not rule(freeze, other, NOW).blocked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (approved(until=NOW), "ended at 2026-11-23 10:00:00 UTC"),
        (approved(change="sha256:" + "0" * 64), "is for another change"),
        (approved().replace(" for freeze-", " for yesterday-"), "is for the incident yesterday-"),
        (approved() + "Commander: eve\n", "eve commands this incident"),
    ],
)
def test_approval_does_not_count(text, told):
    if "Commander" in text:  # the id made of the text is another one with the line
        text = text.replace(approved().rsplit(" for ", 1)[1].split()[0],
                            parse_freeze(text.encode()).incident)  # fmt: skip
    ruling = rule(parse_freeze(text.encode()), CHANGE, NOW)
    assert ruling.blocked
    assert told in ruling.objections[0]


def test_approval_of_an_earlier_freeze_does_not_count_in_the_next():
    """The same people freeze twice a day; an approval belongs to one of the freezes."""
    line = approved().splitlines()[-1]
    later = freeze_text(Request("refunds", "dana"), NOW + timedelta(minutes=1))
    assert rule(parse_freeze(f"{later}{line}\n".encode()), CHANGE, NOW).blocked


def test_approval_is_refused_when_another_commands():
    text = freeze_text(Request("refunds", "dana", commander="Eve"), NOW)
    assert "by eve for" in approved("eve", text=text)
    with pytest.raises(BlockedError, match="Eve commands this incident, and not 'dana'"):
        approved("dana", text=text)


def test_approval_is_refused_when_the_file_or_the_change_is_broken():
    with pytest.raises(InputError, match="no approval can be added"):
        approved(text="broken")
    with pytest.raises(InputError, match="is no change; give 'sha256:'"):
        approved(change="sha256:abc")


def test_freeze_stays_when_its_time_is_over():
    """Only a person thaws: the clock does not know whether the incident is over."""
    text = freeze_text(Request("refunds", "dana", until=NOW - timedelta(hours=1)), NOW)
    ruling = rule(parse_freeze(text.encode()), CHANGE, NOW)
    assert ruling.blocked
    assert "was to end at 2026-11-23 09:00:00 UTC and is still in force" in ruling.warnings[0]


def test_nothing_is_blocked_when_nothing_frozen_changes():
    assert not rule(parse_freeze(b"broken"), Change(()), NOW).blocked


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("45m", 45), ("2h", 120), ("1d", 1440), ("2026-11-23 10:05 UTC", 5),
     ("2026-11-23T11:07:00+01:00", 7)],
)  # fmt: skip
def test_end_is_read_as_a_length_or_a_time(text, minutes):
    assert read_end(text, NOW) == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "soon", "0m", "2026-11-23 09:00 UTC", "2026-11-23 12:00"])
def test_end_is_refused_when_it_is_none_or_over(text):
    with pytest.raises(InputError):
        read_end(text, NOW)


@pytest.mark.parametrize(
    "path",
    ["Prompts/Support.MD", "prompts\\support.md", "prompts/support.md.", "prompts /support.md",
     "prompts/sup\u200bport.md", "ｐrompts/support.md", "prompts/support.md::$DATA",
     "prompts/ſupport.md"],
)  # fmt: skip
def test_path_folds_to_the_file_that_some_checkout_takes_it_for(path):
    assert fold(path) == "prompts/support.md"


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(path):
    assert fold(fold(path)) == fold(path)
