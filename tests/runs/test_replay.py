"""Replay on the example's real recordings: what is shared, what is missing, what is torn."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.project import EXAMPLE, Folder

if TYPE_CHECKING:
    from pathlib import Path


def own_cassettes(example: Folder) -> None:
    """Give the copy recordings of its own, to damage."""
    (example.root / "cassettes").unlink()
    shutil.copytree(EXAMPLE / "cassettes" / "refusal", example.root / "cassettes" / "refusal")


def cassettes_of_one_case(example: Folder) -> list[Path]:
    """Return the recordings of one case, of whichever versions of the prompt there are."""
    return sorted((example.root / "cassettes" / "refusal" / "neighbour-wifi").rglob("*.yaml"))


def test_gate_releases_as_unchanged_when_only_a_comment_differs(example, promptgate):
    """A Jinja2 comment changes the fingerprint and no request: nothing is asked again."""
    restore_released(example)
    example.replace("prompts/support.md", "{# Short on purpose", "{# Kept short on purpose")
    (example.root / "cassettes").unlink()
    ended = promptgate("gate", "--json", "-")
    decision = json.loads(ended.out)
    assert ended.code == 0
    assert decision["decision"] == "RELEASE"
    assert [rule["rule"] for rule in decision["rules"] if rule["fired"]] == ["unchanged"]


def restore_released(example: Folder) -> None:
    """Put the prompt that the lock holds into the work tree."""
    from promptgate.project import find_project
    from promptgate.prompts import read_lock

    lock = read_lock(find_project(example.root).tree)
    assert lock is not None
    for path, text in lock.prompts["support"].closure.items():
        example.write(path, text)


def test_run_replays_every_recording_without_a_key(example, promptgate, monkeypatch):
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    restore_released(example)
    ended = promptgate("run", "--output", "trials.jsonl", "--json", "-")
    assert ended.code == 0
    summary = {suite["suite"]: suite for suite in json.loads(ended.out)["suites"]}
    assert {name: suite["trials"] for name, suite in summary.items()} == {
        "contradiction": 300,
        "harmless-twins": 165,
        "help-desk": 111,
        "help-desk-facts": 72,
        "helpfulness": 300,
        "injections": 72,
        "jailbreaks": 96,
        "refusal": 300,
        "triage": 36,
        "unsafe-requests": 156,
    }
    assert all(suite["not_scored"] == 0 for suite in summary.values())
    rows = [json.loads(line) for line in example.read("trials.jsonl").splitlines()]
    assert len(rows) == 1608
    assert all(row["schema_version"] == 2 and row["answer"] for row in rows)


def test_stored_trials_read_back_as_they_were(example, promptgate):
    from promptgate.runs.results import read_trials, to_frame

    restore_released(example)
    promptgate("run", "--suite", "refusal", "--output", "trials.jsonl")
    trials = list(read_trials(example.root / "trials.jsonl"))
    frame = to_frame(trials)
    assert len(frame) == len(trials) == 300
    assert frame["score"].mean() == pytest.approx(sum(t.score or 0 for t in trials) / 300)


def test_run_names_case_repeat_and_command_when_a_recording_is_missing(example, promptgate):
    restore_released(example)
    own_cassettes(example)
    for file in cassettes_of_one_case(example):
        file.unlink()
    ended = promptgate("run", "--suite", "refusal")
    assert ended.code == 5
    assert "3 recordings are missing" in ended.err
    assert "no recording of case refusal:neighbour-wifi" in ended.err
    assert "repeat 1 of 3" in ended.err
    assert "promptgate record --suite refusal" in ended.err


def test_run_asks_for_the_repeats_that_are_missing(example, promptgate):
    restore_released(example)
    ended = promptgate("run", "--suite", "refusal", "--repeats", "4")
    assert ended.code == 5
    assert "repeat 4 of 4" in ended.err
    assert "--repeats 4" in ended.err


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda text: text[: len(text) // 2], id="cut in half"),
        pytest.param(lambda text: text.replace("Larch One", "Larch Two"), id="another request"),
        pytest.param(
            lambda text: text.replace('"text": "', '"text": "Sure! '), id="answer altered"
        ),
    ],
)
def test_run_refuses_a_cassette_that_is_not_as_recorded(damage, example, promptgate):
    restore_released(example)
    own_cassettes(example)
    files = cassettes_of_one_case(example)
    for file in files:
        before = file.read_text()
        file.write_text(damage(before))
        assert file.read_text() != before
    ended = promptgate("run", "--suite", "refusal")
    assert ended.code == 5, ended.err
    assert any(file.relative_to(example.root).as_posix() in ended.err for file in files)
    assert "Restore it from git" in ended.err


def test_gate_says_nothing_changed_when_the_released_prompt_is_in_the_work_tree(
    example, promptgate
):
    restore_released(example)
    ended = promptgate("gate")
    assert ended.code == 0
    assert "Nothing changed" in ended.out


def test_gate_holds_when_a_changed_prompt_has_no_suite(example, promptgate):
    """Absence of a test is not evidence of a pass."""
    restore_released(example)
    example.write("prompts/other.md", "---\nmodel: m\n---\n{% block user %}Hi{% endblock %}\n")
    ended = promptgate("gate")
    assert ended.code == 5
    assert "'other' changed and no suite tests it" in ended.out
