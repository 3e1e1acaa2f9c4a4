"""The log on disk: append-only, readable after a kill at any byte, whole after a merge."""

import json
import os
import subprocess
import sys

import pytest

from promptgate.errors import InputError
from promptgate.incidents import log as log_module
from promptgate.incidents.events import make_data
from promptgate.incidents.log import Draft, Incidents, altered_lines, incident_id, parse_log
from promptgate.project import find_project
from tests.support.incident import ID, OPENED, START, at


@pytest.fixture
def incidents(project):
    made = Incidents(find_project())
    made.append(ID, [Draft(make_data("opened", OPENED))], "Dana", START, create=True)
    return made


def note(incidents, text, minutes=1, actor="Ada"):
    return incidents.append(ID, [Draft(make_data("noted", {"text": text}))], actor, at(minutes))


def file_of(incidents):
    return incidents.folder(ID) / "events.jsonl"


def notes(log):
    return [event.data.text for event in log.events if event.kind == "noted"]


def test_log_is_readable_when_writing_was_killed_at_any_byte(incidents):
    """At most the last line is missing, that is said, and the next append is whole."""
    whole = file_of(incidents).read_bytes()
    note(incidents, "lost?")
    both = file_of(incidents).read_bytes()
    for cut in range(len(whole), len(both) + 1):
        log = parse_log(ID, both[:cut], "events.jsonl")
        complete = cut >= len(both) - 1
        assert len(log.events) == 1 + complete
        assert bool(log.damage) == (len(whole) < cut < len(both) - 1)
    file_of(incidents).write_bytes(both[:-30])
    assert "cut off while it was written" in incidents.read(ID).damage[0]
    note(incidents, "after", 2)
    after = incidents.read(ID)
    assert notes(after) == ["after"]
    assert len(after.damage) == 1


def test_append_leaves_the_log_as_it_was_when_the_disk_is_full(incidents, monkeypatch):
    before = file_of(incidents).read_bytes()
    write = os.write
    monkeypatch.setattr(log_module.os, "write", lambda handle, text: write(handle, text[:20]))
    with pytest.raises(InputError, match="no space left"):
        note(incidents, "x")
    assert file_of(incidents).read_bytes() == before


def test_append_is_refused_when_a_step_is_illegal(incidents):
    before = file_of(incidents).read_bytes()
    with pytest.raises(InputError, match="Nothing was written"):
        incidents.append(ID, [Draft(make_data("resolved", {"summary": "x"}))], "Dana", at(5))
    assert file_of(incidents).read_bytes() == before


def test_append_loses_nothing_when_many_processes_write_at_once(incidents, project):
    script = """
import sys
from datetime import UTC, datetime
from promptgate.incidents.events import make_data
from promptgate.incidents.log import Draft, Incidents
from promptgate.project import find_project
incidents = Incidents(find_project())
for number in range(10):
    drafts = [Draft(make_data("noted", {"text": f"{sys.argv[1]}-{number}"}))]
    incidents.append(sys.argv[2], drafts, "Ada", datetime.now(UTC))
"""
    running = [
        subprocess.Popen([sys.executable, "-c", script, name, ID], cwd=project.root)
        for name in ("a", "b")
    ]
    assert [one.wait() for one in running] == [0, 0]
    log = incidents.read(ID)
    assert not log.damage
    assert sorted(notes(log)) == sorted(f"{name}-{n}" for name in "ab" for n in range(10))
    ids = [event.id for event in log.events]
    assert ids == sorted(set(ids))


def test_nothing_is_lost_when_two_branches_write_and_merge(incidents, project):
    project.commit("declared")
    project.git("checkout", "-q", "-b", "other")
    note(incidents, "theirs, second", 2)
    note(incidents, "theirs, last", 9)
    project.commit("theirs")
    project.git("checkout", "-q", "main")
    note(incidents, "ours, first", 1)
    note(incidents, "ours, third", 5)
    project.commit("ours")
    project.git("merge", "-q", "--no-edit", "other")
    log = incidents.read(ID)
    assert not log.damage
    told = [entry.event.data.text for entry in log.fold().timeline if entry.event.kind == "noted"]
    assert told == ["ours, first", "theirs, second", "ours, third", "theirs, last"]
    assert altered_lines(incidents, log) == ()


def test_alteration_is_told_when_a_committed_line_was_changed(incidents, project):
    note(incidents, "as it was")
    project.commit("events")
    assert altered_lines(incidents, incidents.read(ID)) == ()
    project.replace(f"incidents/{ID}/events.jsonl", "as it was", "as it never was")
    [told] = altered_lines(incidents, incidents.read(ID))
    assert "committed line was altered" in told
    project.commit("cover up")
    [told] = altered_lines(incidents, incidents.read(ID))
    assert "altered or removed 1 of its lines" in told


def test_declaration_tells_git_how_to_merge_and_what_to_leave_out(incidents, project):
    assert "merge=union" in project.read("incidents/.gitattributes")
    project.write(f"incidents/{ID}/private/input.json", "a customer's words")
    project.git("add", "-A")
    assert "private" not in project.git("status", "--short")


def test_append_is_refused_when_the_incident_is_unknown(incidents):
    with pytest.raises(InputError, match="did you mean '2026-11-23-support'"):
        incidents.append("2026-11-23-suport", [], "Ada", at(1))
    with pytest.raises(InputError, match="letters, digits"):
        incidents.read("../../etc")


def test_line_of_another_incident_is_left_out_and_told(incidents):
    line = file_of(incidents).read_text().replace(f'"subject": "{ID}"', '"subject": "other"')
    log = parse_log(ID, line.encode(), "events.jsonl")
    assert not log.events
    assert "belongs to the incident 'other'" in log.damage[0]


def test_id_is_short_and_free():
    assert incident_id([], "Support Bot (EU)", START) == "2026-11-23-support-bot-eu"
    assert incident_id(["2026-11-23-x"], "x", START) == "2026-11-23-x-2"
    assert incident_id([], "客服", START) == "2026-11-23-incident"


def test_log_is_plain_json_lines(incidents):
    [line] = file_of(incidents).read_text().splitlines()
    assert json.loads(line)["data"]["commander"] == "Dana"
