"""`promptgate init --prompt`: a prompt's text from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from promptgate.files import DiskTree
from promptgate.prompts import load_prompt
from promptgate.starter.placeholders import to_jinja
from promptgate.suites import load_suites

if TYPE_CHECKING:
    from pathlib import Path
from tests.support.starting import call, init, refused


def test_prompt_text_is_kept_word_for_word_when_taken_from_a_file(folder: Path):
    text = "You are kind.\n\n- 50 % off {not a variable}\n- <b>1 & 2</b>"
    (folder / "system.txt").write_text(text + "\n")
    init("--prompt", "system.txt", "--ci", "none")
    request = load_prompt(DiskTree(folder), "support").request({"question": "Hi?"})
    assert request["system"] == text
    assert request["messages"][0]["content"] == "Hi?"


@pytest.mark.parametrize(
    ("style", "system"), [("format", "About Acme, {x}"), ("jinja", "About {product}, x")]
)
def test_prompt_text_has_the_variables_that_its_style_says_when_told(
    folder: Path, style: str, system: str
):
    (folder / "system.txt").write_text("About {product}, {{x}}")
    init("--prompt", "system.txt", "--placeholders", style, "--var", "x=x", "--product", "Acme")
    case = load_suites(DiskTree(folder), "suites")[0].cases[0]
    assert load_prompt(DiskTree(folder), "support").request(case.vars)["system"] == system


def test_prompt_text_is_the_users_turn_when_it_holds_the_question(folder: Path):
    (folder / "whole.txt").write_text("Answer briefly: {{ query }}")
    init("--prompt", "whole.txt", "--question", "query")
    request = load_prompt(DiskTree(folder), "support").request({"query": "Why?"})
    assert "system" not in request
    assert request["messages"] == [{"role": "user", "content": "Answer briefly: Why?"}]
    assert call("lint").return_value == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One\nuse {{ braces", "system.txt:2: "),
        ("  \n", "system.txt: the file is empty"),
        ("Hello\n{product}", "system.txt:2: '{product}' may be a placeholder of str.format"),
        ("---\nmodel: m\n---\nHi", "front matter already"),
        ("\n{% block user %}x{% endblock %}", "system.txt:2: this template has blocks already"),
        ('{% include "none.md" %}', "prompts/support.md:8: "),
    ],
)
def test_init_refuses_a_prompt_file_when_it_cannot_be_one(folder: Path, text: str, sentence: str):
    (folder / "system.txt").write_text(text)
    assert sentence in refused("--prompt", "system.txt")


NAMES = st.sampled_from(["a", "product", "_x"])


LITERALS = st.text(st.sampled_from("{}%#-'\" ab\n"), max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(LITERALS, NAMES), max_size=5), LITERALS)
def test_converted_text_renders_as_str_format_when_it_is_a_format_string(
    pairs: list[tuple[str, str]], tail: str
):
    """The oracle is str.format itself."""

    def doubled(text: str) -> str:
        return text.replace("{", "{{").replace("}", "}}")

    text = "".join(f"{doubled(literal)}{{{name}}}" for literal, name in pairs) + doubled(tail)
    values = {"a": "{{ 1 }}", "product": "}", "_x": "{%"}
    converted = to_jinja(text)
    environment = Environment(keep_trailing_newline=True, autoescape=False)
    assert environment.from_string(converted.text).render(values) == text.format(**values)
    assert set(converted.variables) == {name for _, name in pairs}


def test_only_named_placeholders_count_when_the_text_is_no_format_string():
    text = 'Reply as {"a": {product}, "b": []} {% x'
    converted = to_jinja(text)
    assert converted.variables == ("product",)
    rendered = Environment(autoescape=False).from_string(converted.text).render(product=1)
    assert rendered == 'Reply as {"a": 1, "b": []} {% x'
