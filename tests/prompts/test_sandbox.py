"""A template can neither leave the sandbox, nor fill the memory, nor roll dice."""

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import PromptError
from promptgate.prompts import load_prompt
from promptgate.prompts.sandbox import MAX_TEXT

TALK = [{"role": "user", "content": "x"}]


def render(memory, body, **variables):
    prompt = load_prompt(memory({"prompts/p.md": f"---\nmodel: m\n---\n{body}"}), "p")
    return prompt.request(variables, messages=TALK).get("system")


ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ (''|attr)('__class__') }}",
    "{{ '{0.__class__}'.format('') }}",
    "{{ '{0.__class__}'|format('') ~ x.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ self.__init__ }}",
    "{% set f = x.append %}{{ f(1) }}",
    "{{ namespace.__init__.__globals__ }}",
]


@pytest.mark.parametrize("body", ESCAPES)
def test_template_is_refused_when_it_tries_to_leave_the_sandbox(memory, body):
    with pytest.raises(PromptError, match=r"^prompts/p\.md:4: ") as caught:
        render(memory, body, x=[])
    assert "\n" not in str(caught.value)


BOMBS = [
    "{{ 'a' * 10**9 }}",
    "{{ 10**9 * 'a' }}",
    "{{ [1] * 10**9 }}",
    "{{ 9 ** (9 ** 9) }}",
    "{% set n = namespace(x=9) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}",
    "{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    (
        "{% set n = namespace(x='ab') %}{% for i in range(99) %}"
        "{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}"
    ),
    (
        "{% set n = namespace(x='ab') %}{% for i in range(99) %}"
        "{% set n.x = n.x|replace('a', n.x) %}{% endfor %}"
    ),
    (
        "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{% set n = namespace(x='ab') %}"
        "{% for i in range(99) %}{% set n.x = m(n.x) %}{% endfor %}"
    ),
    "{{ 'a'|center(1000000000) }}",
    "{{ 'a'|indent(1000000000, true) }}",
    "{{ [1]|tojson(indent=1000000000) }}",
    "{{ range(99999)|join('a' * 1000000) }}",
    "{{ [1]|slice(1000000000)|list }}",
    "{{ 'a'.ljust(1000000000) }}",
    "{{ 'a'.zfill(1000000000) }}",
    "{{ ('a' * 1000000).replace('a', 'b' * 1000000) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%*d' % (1000000000, 1) }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '%(a)1000000000d' % {'a': 1} }}",
    "{{ '%.1000000000f' % 1 }}",
    "{{ '{:>1000000000}'.format('a') }}",
    "{{ '{:>{w}}'.format('a', w=1000000000) }}",
    "{{ (1).to_bytes(1000000000) }}",
    "{% for i in range(90000) %}{{ 'a' * 1000 }}{% endfor %}",
]


@pytest.mark.parametrize("body", BOMBS)
def test_template_is_refused_when_it_would_fill_the_memory(memory, body):
    tracemalloc.start()
    started = time.monotonic()
    try:
        with pytest.raises(PromptError, match="the sandbox refuses this"):
            render(memory, body)
        assert tracemalloc.get_traced_memory()[1] < 300_000_000
    finally:
        tracemalloc.stop()
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("body", ["{{ lipsum() }}", "{{ [1, 2]|random }}"])
def test_template_is_refused_when_it_asks_for_chance(memory, body):
    with pytest.raises(PromptError, match=r"^prompts/p\.md:4: "):
        render(memory, body)


def test_text_up_to_the_bound_is_rendered(memory):
    assert len(render(memory, "{{ x }}", x="a" * MAX_TEXT)) == MAX_TEXT
    with pytest.raises(PromptError, match="beyond 4,000,000 characters"):
        render(memory, "{{ x }}", x="a" * (MAX_TEXT + 1))


ORDINARY = {
    "{{ 1763900000 ~ '' }}": "1763900000",
    "{{ 1763900000|string }}": "1763900000",
    "{{ '%d' % 1763900000 }}": "1763900000",
    "{{ '{:,}'.format(1763900000) }}": "1,763,900,000",
    "{{ '2 * %d = 123456789' % 3 }}": "2 * 3 = 123456789",
    "{{ '{{\"a\": {}}} * 123456789'.format(x) }}": '{"a": 4} * 123456789',
    '{{ \'{"a": {"b": %d}}\'|format(x) }}': '{"a": {"b": 4}}',
    "{{ missing|default(1763900000) }}": "1763900000",
    "{{ [1763900000, 2]|join(', ') }}": "1763900000, 2",
    "{{ 1763900000|tojson }}": "1763900000",
    "{{ range(3)|map('string')|join('-') }}": "0-1-2",
    "{{ {'a': 1}|tojson(2) }}": '{\n  "a": 1\n}',
    "{{ 'a-b'|replace('-', '+') }}": "a+b",
    "{{ 'a b'|wordwrap(1) }}": "a\nb",
    "{{ 'a'.ljust(3) ~ '.' }}": "a  .",
    "{{ 'x'|center(5) ~ '.' }}": "x  .",
    "{{ 'a' * 3 }}": "aaa",
    "{{ 3 * [1] }}": "[1, 1, 1]",
    "{{ 2 ** 10 + 7 % 4 }}": "1027",
    "{{ 2.5 * 2 }}": "5.0",
    "{{ [1] + [2] }}": "[1, 2]",
    "{{ x is divisibleby 2 }}": "True",
    "{{ 'a{}'.format(x) }}": "a4",
    "{{ ['b', 'a']|sort|first|upper }}": "A",
}


@pytest.mark.parametrize("body", ORDINARY)
def test_ordinary_expression_is_left_as_jinja2_has_it(memory, body):
    assert render(memory, body, x=4) == ORDINARY[body]


@given(st.text())
def test_value_is_sent_as_it_is_whatever_it_holds(text):
    """A customer's text is a value: braces in it are never rendered."""

    class Tree:
        revision = "memory"

        def read(self, path):
            body = b"{% block user %}<{{ q }}>{% endblock %}"
            return b"---\nmodel: m\n---\n" + body if path == "prompts/p.md" else None

        def list(self, folder):
            return ["prompts/p.md"]

    request = load_prompt(Tree(), "p").request({"q": text})
    assert request["messages"] == [{"role": "user", "content": f"<{text}>"}]
