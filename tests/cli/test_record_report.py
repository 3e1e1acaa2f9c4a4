"""What `promptgate record` says of a recording, told by a scripted server in place of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.loopback import Loopback, Scripted, error
from tests.support.messages import message

if TYPE_CHECKING:
    from tests.support.loopback import Seen

MODEL = "claude-sonnet-5-5"
CACHED = {
    "input_tokens": 10,
    "output_tokens": 5,
    "cache_read_input_tokens": 1000,
    "cache_creation_input_tokens": 0,
}


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")


def record(promptgate: Any, monkeypatch: pytest.MonkeyPatch, script: Any, *options: str) -> Any:
    """Record the small project from a scripted server; return how it ended and what was sent."""
    with Loopback(script) as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        ended = promptgate("record", "--model", MODEL, *options)
    return ended, server.seen


def test_record_marks_system_prompts_and_shows_the_saving_when_the_cache_is_on(
    project, promptgate, monkeypatch
):
    """1,000 tokens a request at $2 a million, read at a tenth: each saves $0.0018."""
    project.write("promptgate.toml", "[models]\ncache_system_prompt = true\n")
    ended, seen = record(
        promptgate, monkeypatch, lambda _: Scripted(message("It is blue.", usage=CACHED))
    )
    assert ended.code == 0
    assert "Prompt cache: 2,000 tokens read, 0 written, which saved $0.0036." in ended.err
    assert [one.body["system"][-1]["cache_control"] for one in seen] == [{"type": "ephemeral"}] * 2
    assert promptgate("run", "--model", MODEL).code == 0  # a replay finds what was recorded


def test_record_sends_system_prompts_as_they_are_when_the_cache_is_off(
    project, promptgate, monkeypatch
):
    ended, seen = record(promptgate, monkeypatch, lambda _: Scripted(message("It is blue.")))
    assert "rompt cache" not in ended.err
    assert {one.body["system"] for one in seen} == {"You answer questions about a router."}


def test_record_names_the_models_when_the_served_one_changes(project, promptgate, monkeypatch):
    def script(seen: Seen) -> Scripted:
        return Scripted(message("It is blue.", model=f"{MODEL}-v{seen.number % 2}"))

    ended, _ = record(promptgate, monkeypatch, script)
    assert f"served by several models meanwhile: {MODEL}-v0, {MODEL}-v1." in ended.err


def test_record_counts_answers_repeats_and_faults(project, promptgate, monkeypatch):
    project.write("promptgate.toml", "[models]\nretries = 1\nlongest_wait = 0.01\n")

    def script(seen: Seen) -> Scripted:
        if seen.question.startswith("How large"):
            return error(529, "overloaded_error", retry_after="0.01")
        return Scripted(message("It is blue."))

    ended, _ = record(promptgate, monkeypatch, script)
    assert ended.code == 5
    assert "Recorded 1 answer with 3 requests, 1 of them repeated attempts." in ended.err
    assert "Without an answer: 1 overloaded." in ended.err
