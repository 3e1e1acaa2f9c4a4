"""What production captured, in the three forms that it comes in."""

from __future__ import annotations

import json

import pytest

from promptgate.errors import InputError
from promptgate.files import DiskTree
from promptgate.investigate.captured import read_captured
from promptgate.investigate.hunks import Hunk, apply_hunks, hunks_between, lines_of
from promptgate.investigate.saving import redact_input
from promptgate.investigate.unrender import recover
from promptgate.prompts import load_prompt

MESSAGES = [{"role": "user", "content": "What colour is it?"}]


def read(tmp_path, data, name="call.json"):
    file = tmp_path / name
    file.write_text(data if isinstance(data, str) else json.dumps(data))
    return read_captured(file)


def test_request_is_read_with_what_became_of_it(tmp_path):
    found = read(
        tmp_path,
        {
            "request": {"model": "m", "messages": MESSAGES},
            "error": "RateLimitError: slow down",
            "prompt": "support",
            "vars": {"product": "Larch"},
        },
    )
    assert (found.source, found.model, found.prompt) == ("API request", "m", "support")
    assert found.failure is not None
    assert (found.failure.kind, found.failure.message) == ("RateLimitError", "slow down")


@pytest.mark.parametrize("exported", [False, True])
def test_span_is_read_whichever_way_it_was_exported(tmp_path, exported):
    held = {
        "gen_ai.request.model": "m",
        "gen_ai.system_instructions": json.dumps([{"type": "text", "content": "Be kind."}]),
        "gen_ai.input.messages": json.dumps(
            [{"role": "user", "parts": [{"type": "text", "content": "What colour?"}]}]
        ),
        "gen_ai.output.messages": json.dumps(
            [{"role": "assistant", "parts": [{"type": "text", "content": "Red."}]}]
        ),
    }
    span = {"attributes": {**held, "gen_ai.response.finish_reasons": ["length"]}}
    if exported:
        pairs = [{"key": k, "value": {"stringValue": v}} for k, v in held.items()]
        reasons = {"arrayValue": {"values": [{"stringValue": "length"}]}}
        pairs.append({"key": "gen_ai.response.finish_reasons", "value": reasons})
        span = {"resourceSpans": [{"scopeSpans": [{"spans": [{"attributes": pairs}]}]}]}
    found = read(tmp_path, span)
    assert found.request == {
        "model": "m",
        "system": "Be kind.",
        "messages": [{"role": "user", "content": "What colour?"}],
    }
    assert (found.answer, found.stop_reason) == ("Red.", "length")


def test_text_is_read_as_it_is(tmp_path):
    assert read(tmp_path, "What {colour} is it?\n", "call.txt").text == "What {colour} is it?"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("{not json", "not valid JSON"),
        ([1], "object"),
        ({"model": "m"}, "messages"),
        ({"messages": []}, "empty"),
        ({"messages": [{"role": "robot", "content": "x"}]}, "'robot'"),
        ({"messages": [{"role": "user"}]}, "no content"),
        ({"request": {"messages": MESSAGES}, "promt": "x"}, "'promt'"),
        ({"request": {"messages": MESSAGES}, "vars": []}, "'vars'"),
        ({"attributes": {"gen_ai.request.model": "m"}}, "gen_ai.input.messages"),
    ],
)
def test_bad_capture_is_named(tmp_path, data, says):
    with pytest.raises(InputError, match=says):
        read(tmp_path, data)


PROMPT = """---
model: test-model
variables:
  product: {required: true}
  question: {required: true}
  notes: {default: ""}
examples:
  - {user: "Hello?", assistant: "Hello."}
---
{% block system %}You help with {{ product }}.{% endblock %}
{% block user %}{% if notes %}Notes: {{ notes }}

{% endif %}Question: {{ question }}{% endblock %}
"""


@pytest.mark.parametrize(
    "values",
    [
        {"product": "Larch One", "question": "What (colour)?", "notes": "It is *blue*."},
        {"product": "Larch One", "question": "Why?"},
    ],
)
def test_variables_are_recovered_from_what_they_rendered_to(tmp_path, values):
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts/support.md").write_text(PROMPT)
    prompt = load_prompt(DiskTree(tmp_path), "support")
    assert recover(prompt, prompt.request(values), {}) == values


def test_variables_are_not_guessed_when_another_prompt_rendered_the_request(tmp_path):
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts/support.md").write_text(PROMPT)
    prompt = load_prompt(DiskTree(tmp_path), "support")
    assert recover(prompt, {"system": "You are a poet.", "messages": MESSAGES}, {}) is None


def test_hunks_turn_the_old_text_into_the_new_one(tmp_path):
    versions = []
    for place, text in enumerate((PROMPT, PROMPT.replace("Hello.", "Hi.").replace("Why", "X"))):
        folder = tmp_path / str(place) / "prompts"
        folder.mkdir(parents=True)
        (folder / "support.md").write_text(text)
        versions.append(load_prompt(DiskTree(folder.parent), "support"))
    hunks = hunks_between(*versions)
    assert apply_hunks(versions[0].closure, hunks) == dict(versions[1].closure)
    assert apply_hunks(versions[0].closure, ()) == dict(versions[0].closure)


def test_lines_of_a_hunk_together_are_the_hunk():
    hunk = Hunk("a", 2, ("x\n", "y\n"), ("p\n", "q\n", "r\n"), 2)
    old = {"a": "0\nx\ny\n9\n"}
    assert apply_hunks(old, lines_of(hunk)) == apply_hunks(old, [hunk]) == {"a": "0\np\nq\nr\n9\n"}


@pytest.mark.parametrize(
    "secret",
    [
        "ada@shop.example",
        "+49 170 1234567",
        "4111 1111 1111 1111",
        "10.11.12.13",
        "sk-ant-abcdefgh1",
    ],
)
def test_redaction_takes_out_what_names_a_person_or_opens_a_door(secret):
    assert secret not in redact_input(f"Please use {secret} from now on.")
    assert (
        redact_input("The router costs 129 euros since 2024.")
        == "The router costs 129 euros since 2024."
    )
