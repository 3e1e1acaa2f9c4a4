"""Application targets: whole programs under test, recorded and replayed call by call."""

from __future__ import annotations

import json
import os

import pytest

from promptgate.errors import InputError, MissingRecording, ProjectError, SuiteError
from promptgate.models.cassettes import Cassettes
from promptgate.models.maintenance import check
from promptgate.models.playing import SAMPLES_A_CALL, as_stream
from promptgate.models.response import message_of, parse_response
from promptgate.project import find_project
from promptgate.runs.upkeep import clear_away
from tests.runs.conftest import BOT, COMMAND, SUITE, counted
from tests.support.loopback import Scripted, error
from tests.support.messages import message

ASYNC = """
import anthropic
import promptgate

client = anthropic.AsyncAnthropic()
prompt = promptgate.load("support")


async def ask(text):
    return (await client.messages.create(**prompt.request(question=text))).content[0].text


async def answer(question):
    return await ask("Once more: " + await ask(question))
"""


STREAMING = """
import anthropic
import promptgate


def answer(question):
    asked = promptgate.load("support").request(question=question)
    with anthropic.Anthropic().messages.stream(**asked) as stream:
        first = "".join(stream.text_stream)
    asked = promptgate.load("support").request(question="Once more: " + first)
    return anthropic.Anthropic().messages.create(**asked)
"""


THREADS = """
import anthropic
import promptgate
from concurrent.futures import ThreadPoolExecutor

client = anthropic.Anthropic()


def ask(text):
    asked = promptgate.load("support").request(question=text)
    return client.messages.create(**asked).content[0].text


def answer(question):
    with ThreadPoolExecutor(2) as pool:
        return " and ".join(pool.map(ask, [question, question + "?"]))
"""


@pytest.mark.parametrize("module", [BOT, ASYNC, STREAMING, THREADS])
def test_application_is_replayed_when_its_calls_were_recorded(shop, monkeypatch, module):
    """Sync, async, streamed or in threads: two calls a trial are recorded, none is sent again."""
    shop.bot(module)
    recorded = shop.run("record")
    assert shop.sent == 4
    assert {trial.state for trial in recorded} == {"scored"}
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    replayed = shop.run()
    assert shop.sent == 0
    assert replayed == recorded
    assert "ANTHROPIC_API_KEY" not in os.environ
    assert len({trial.answer for trial in replayed}) == 2, "each repeat is its own draw"
    assert [trial.input_tokens for trial in replayed] == [24, 24], "tokens of all calls"


def test_application_calls_are_ordinary_recordings_when_they_are_stored(shop):
    """Found by digest like those of prompts, whole and checked."""
    shop.run("record")
    cassettes = Cassettes(shop.folder.root / "cassettes")
    assert check(cassettes) == []
    assert all("/bot/colour/" in file.path for file in cassettes.files())


def test_equal_calls_of_a_trial_are_different_draws_when_it_asks_twice(shop):
    """Asking three times and voting means nothing if all three are the same answer."""
    shop.bot(
        BOT + "\n\ndef answer(question):\n    return '|'.join(ask('Vote') for _ in range(3))\n"
    )
    trials = shop.run("record")
    answers = [trial.answer.split("|") for trial in trials]
    assert len({text for trial in answers for text in trial}) == 6
    (file,) = Cassettes(shop.folder.root / "cassettes").files()
    samples = [r.sample for r in Cassettes(shop.folder.root / "cassettes").read(file)]
    assert samples == [r + SAMPLES_A_CALL * n for n in range(3) for r in range(2)]


def test_record_asks_for_the_new_repeat_alone_when_repeats_are_raised(shop):
    """A draw belongs to its repeat, however many there are."""
    before = shop.run("record")
    after = shop.run("record", repeats=3)
    assert shop.sent == 2
    assert after[:2] == before


def test_application_is_errored_when_it_raises(shop, monkeypatch):
    """An exception is the trial's state, with class and message, without traceback or key."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "a-key-of-the-gateway")
    shop.bot(
        "import os\n\n\ndef answer(question):\n"
        "    raise LookupError('no page\\nfor ' + os.environ['ANTHROPIC_API_KEY'])\n"
    )
    trials = shop.run()
    assert [trial.state for trial in trials] == ["errored", "errored"]
    assert trials[0].note == "LookupError: no page for [redacted]"
    assert trials[0].score is None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("return None", "returns text or a message, but got nothing"),
        ("return {'role': 'assistant'}", "UnusableAnswer"),
        ("return client.messages.count_tokens(model='m', messages=[])", "count_tokens"),
        ("__import__('socket').create_connection(('127.0.0.1', 9))", "opens a connection"),
        (
            (
                "try:\n        __import__('urllib.request').request.urlopen('http://localhost:9')\n"
                "    except OSError:\n        return 'from the cache'"
            ),
            "opens a connection",
        ),
    ],
)
def test_application_is_errored_when_it_does_what_cannot_be_replayed(shop, body, told):
    """Also where it catches the refusal and goes on as it would not in production."""
    shop.bot(BOT + f"\n\ndef answer(question):\n    {body}\n")
    trials = shop.run()
    assert [trial.state for trial in trials] == ["errored", "errored"]
    assert told in trials[0].note


def test_application_is_errored_when_it_asks_something_else_each_time(shop):
    """Recording would go on for ever and no replay find anything: told before it is paid for."""
    shop.bot(
        "import itertools\n" + BOT + "\nnumbers = itertools.count()\n\n\ndef answer(question):\n"
        "    return ask(f'{question} {next(numbers)}')\n"
    )
    trials = shop.run("record")
    assert [trial.state for trial in trials] == ["errored", "errored"]
    assert "asks something else each time" in trials[0].note
    assert shop.sent == 0


@pytest.mark.parametrize("caught", ["anthropic.APIError", "Exception"])
def test_replay_stops_when_an_application_has_no_recording(shop, caught):
    """An application that catches errors must not hide that its evidence is missing."""
    shop.bot(
        BOT + "\n\ndef answer(question):\n    try:\n        return ask(question)\n"
        f"    except {caught}:\n        return 'No. I am sorry'\n"
    )
    with pytest.raises(MissingRecording) as raised:
        shop.run()
    told = str(raised.value)
    assert "case bot:colour, repeat 1 of 2, of target 'python:shop.bot:answer'" in told
    assert COMMAND in told
    assert shop.sent == 0


def test_application_trial_is_missing_when_the_api_fails(shop):
    """A fault has the same name as for a prompt, whatever the application makes of it."""

    def script(seen):
        if "Once more" in str(seen.question):
            return error(400, "invalid_request_error", "As scripted")
        return counted(seen)

    trials = shop.run("record", script)
    assert [trial.state for trial in trials] == ["missing", "missing"]
    assert "invalid_request: the API answered 400" in trials[0].note


def test_application_is_refused_when_it_loads_a_prompt_that_it_does_not_declare(shop):
    """A change of that prompt would go unseen."""
    shop.folder.write("promptgate.toml", "")
    with pytest.raises(ProjectError, match=r'add prompts = \["support"\] under \[applications'):
        shop.run()


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ('files = ["shop/bot.py", "shop/none.md"]', "declares 'shop/none.md', which does not"),
        ('modules = ["shop.none"]', "declares 'shop.none', which does not exist"),
        ('files = ["prompts"]', "without 'shop/bot.py', its own"),
        ('file = ["shop"]', "unknown key 'file'"),
        ('prompts = ["none"]', "unknown prompt 'none'"),
    ],
)
def test_declaration_is_refused_when_it_is_wrong(shop, config, told):
    """What is misspelt would not be watched."""
    shop.folder.write("promptgate.toml", f'[applications."shop.bot:answer"]\n{config}\n')
    with pytest.raises(InputError, match=told.replace("[", r"\[")):
        shop.run()


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("python:shop.none:answer", "there is no 'shop/none.py'"),
        ("python:json:loads", "there is no 'json.py'"),
        ("python:shop.bot:none", "has no function 'none'"),
        ("python:shop.broken:answer", r"cannot be imported \(ZeroDivisionError"),
    ],
)
def test_target_is_refused_when_it_cannot_be_loaded(shop, target, told):
    """Bad input: nothing was run."""
    shop.folder.write("suites/bot.yaml", SUITE.replace("python:shop.bot:answer", target))
    shop.folder.write("shop/broken.py", "1 / 0\n")
    shop.folder.write("promptgate.toml", "")
    shop.bot("def answer(question):\n    return ''\n")
    with pytest.raises(InputError, match=told) as raised:
        shop.run()
    if "there is no" in told:
        assert isinstance(raised.value, SuiteError)
        assert raised.value.file == "suites/bot.yaml"


@pytest.mark.parametrize(
    ("signature", "told"),
    [
        ("()", "does not take 'question'"),
        ("(question, language)", "needs 'language'"),
        ("(question, *, language)", "needs 'language'"),
        ("(question, language='en', *, more=None)", None),
        ("(*, question)", None),
        ("(**variables)", None),
    ],
)
def test_case_is_refused_when_the_function_does_not_take_its_variables(shop, signature, told):
    """At the case's line, before anything is asked."""
    shop.bot(f"async def answer{signature}:\n    return 'No.'\n")
    if told is None:
        assert {trial.state for trial in shop.run()} == {"scored"}
        return
    with pytest.raises(SuiteError, match=told) as raised:
        shop.run()
    assert str(raised.value).startswith("suites/bot.yaml:5: case 'colour': answer()")


def test_prune_keeps_recordings_when_an_application_uses_them(shop):
    """They look like nobody's: only running the application tells whose they are."""
    before = shop.run("record")
    project = find_project(shop.folder.root)
    shop.forget()
    assert clear_away(project, Cassettes(project.cassettes), ()).unused == 0
    assert shop.run() == before


@pytest.mark.parametrize(
    "content",
    [
        [{"type": "text", "text": "Hello."}],
        [
            {"type": "thinking", "thinking": "Hm.", "signature": "s"},
            {"type": "text", "text": "One. "},
            {"type": "tool_use", "id": "t", "name": "look", "input": {"at": [1, "é"]}},
        ],
        [],
    ],
)
def test_stream_tells_the_same_message_when_a_whole_one_was_recorded(content):
    """An application may stream what was recorded whole."""
    whole = message(content=content, stop_reason="tool_use", stop_details=None)
    told = as_stream(json.loads(whole))
    assert parse_response(told) == parse_response(whole)
    assert message_of(told)["content"] == content


def test_application_streams_when_the_recording_is_whole(shop):
    """The digest leaves out how an answer travels."""
    shop.bot(BOT)
    before = shop.run("record")
    shop.bot(STREAMING)
    assert [trial.answer for trial in shop.run()] == [trial.answer for trial in before]


def test_scorers_see_tools_and_stop_reason_of_the_calls_when_an_application_returns_text(shop):
    """Whether the right tool was called is a question about the whole bot."""
    shop.folder.write(
        "suites/bot.yaml",
        SUITE.replace('{contains: "No."}', "{tool-called: look}, {stop-reason: end_turn}"),
    )

    def script(seen):
        if "Once more" in str(seen.question):
            return counted(seen)
        text = {"type": "text", "text": "Looking."}
        use = {"type": "tool_use", "id": "t", "name": "look", "input": {}}
        return Scripted(message(content=[text, use], stop_reason="tool_use"))

    trials = shop.run("record", script)
    assert [(trial.score, trial.stop_reason) for trial in trials] == [(1.0, "end_turn")] * 2
