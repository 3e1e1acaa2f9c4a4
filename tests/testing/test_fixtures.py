"""The fixtures for suites in Python: a user's tests, run on recordings and with a server."""

from __future__ import annotations

import json

import pytest

from tests.support.loopback import Loopback, Scripted
from tests.support.messages import message
from tests.support.recorded import record

ASKING = """
def test_colour(ask):
    assert ask("support", question="What colour is it?").text == "blue"

def test_prompt(prompt, ask):
    support = prompt("support")
    assert support.revision == "worktree"
    assert ask(support, question="How large is it?").text == "small"
"""
BOT = """
import anthropic
import promptgate

client = anthropic.Anthropic()
support = promptgate.load("support")

def bot(question):
    said = []
    for _ in range(2):
        answer = client.messages.create(**support.request(question=question))
        said.append(answer.content[0].text)
    return said

def test_bot(cassette):
    assert cassette(bot, "Why?") == ["No. 0", "No. 1"]
    assert cassette(bot, question="Why?") == ["No. 2", "No. 3"]
"""


@pytest.fixture
def server(monkeypatch):
    """A scripted server that numbers its answers."""
    for name in ("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    with Loopback(lambda seen: Scripted(message(f"No. {seen.number}"))) as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        yield server


def test_ask_replays_what_was_recorded(project, run_pytest):
    project.write("tests/test_router.py", ASKING)
    record(project, lambda key: {"colour": "blue", "size": "small"}[key], "worktree")
    result = run_pytest("tests")
    assert result.code == 0, result.out
    assert len(result.reports) == 2


def test_ask_names_the_command_when_an_answer_was_never_recorded(project, run_pytest):
    project.write("tests/test_router.py", ASKING)
    result = run_pytest("tests", "-k", "colour")
    told = "record it with 'pytest tests/test_router.py::test_colour --promptgate-mode record'"
    assert result.code == 1
    assert told in result.out


def test_ask_records_once_when_the_mode_says_so(project, run_pytest, server):
    project.write(
        "test_twice.py",
        'def test_twice(ask):\n    said = [ask("support", question="Q?").text for _ in "ab"]\n'
        '    assert said == ["No. 0", "No. 1"]\n',
    )
    assert run_pytest("test_twice.py").code == 1
    assert run_pytest("test_twice.py", "--promptgate-mode", "record").code == 0
    assert run_pytest("test_twice.py", "--promptgate-mode", "record").code == 0
    assert run_pytest("test_twice.py").code == 0
    assert server.count == 2
    run_pytest("test_twice.py", "--promptgate-mode", "refresh")
    assert server.count == 4


def test_ask_sends_nothing_when_it_may_cost_too_much(project, run_pytest, server):
    project.write("test_it.py", 'def test_it(ask):\n    ask("support", question="Q?")\n')
    result = run_pytest("test_it.py", "--promptgate-mode=record", "--promptgate-max-cost=0.01")
    assert result.code == 1
    assert "--max-cost 0.01 cannot be held" in result.out
    assert server.count == 0


def test_cassette_replays_the_calls_of_a_function(project, run_pytest, server):
    project.write("test_bot.py", BOT)
    result = run_pytest("test_bot.py")
    assert "no recording of what test_bot.py::test_bot asks" in result.out
    result = run_pytest("test_bot.py", "--promptgate-mode", "record")
    assert result.code == 0, result.out
    assert server.count == 4
    assert run_pytest("test_bot.py").code == 0
    assert server.count == 4


def test_cassette_refuses_a_function_that_connects_elsewhere(project, run_pytest):
    project.write(
        "test_it.py",
        "import socket\ndef look():\n    try:\n        socket.getaddrinfo('example.org', 80)\n"
        "    except OSError:\n        return 'caught'\n"
        "def test_it(cassette):\n    cassette(look)\n",
    )
    result = run_pytest("test_it.py")
    assert result.code == 1
    assert "cannot be replayed: it opens a connection ('example.org')" in result.out


def test_judge_replays_its_verdict_of_what_was_asked(project, run_pytest, monkeypatch):
    project.write(
        "promptgate.toml", '[judges.kind]\nmodel = "judge-model"\nprompt = "prompts/kind.txt"\n'
    )
    project.write("prompts/kind.txt", "Is the answer kind?")
    project.write(
        "test_kind.py",
        "def test_kind(ask, judge):\n"
        '    score = judge(ask("support", question="Why?"), "kind")\n'
        '    assert (score.value, score.label) == (1.0, "pass"), score.reason\n'
        '    assert judge("Go away.", "kind").value == 0\n',
    )

    def answer(seen):
        if "output_config" not in seen.body:
            return Scripted(message("Gladly."))
        kind = "Gladly." in seen.question
        assert ("Why?" in seen.question) is kind
        told = {"reason": "As scripted.", "verdict": "pass" if kind else "fail"}
        return Scripted(message(json.dumps(told), model="judge-model"))

    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    with Loopback(answer) as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        result = run_pytest("test_kind.py", "--promptgate-mode", "record")
    assert result.code == 0, result.out
    assert server.count == 3
    assert run_pytest("test_kind.py").code == 0


def test_suites_are_recorded_when_the_mode_says_so(project, run_pytest, server):
    result = run_pytest("suites/facts.yaml::size[1]", "--promptgate-mode", "record")
    assert result.code == 0, result.out
    assert server.count == 1
    assert run_pytest("suites/facts.yaml::size[1]").code == 0


def test_fixture_says_so_when_there_is_no_project(tmp_path, run_pytest, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "test_it.py").write_text("def test_it(ask):\n    pass\n")
    result = run_pytest("test_it.py")
    assert result.code == 1
    assert "no promptgate.toml here or in a folder above" in result.out
