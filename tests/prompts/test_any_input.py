"""Whatever a file holds, it is a prompt or one sentence: never a traceback."""

import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from promptgate.errors import InputError
from promptgate.prompts import Severity, load_prompt
from promptgate.prompts.lint import lint

PIECES = [
    "---\n", "model: m\n", "variables: {q: {}}\n", "variables:\n", "examples:\n", "  - {user: ",
    "'", "\"", "{{ q }}", "{{ ", " }}", "{% block user %}", "{% block system %}",
    "{% endblock %}", "{% include 'a.md' %}", "{% extends 'a.md' %}", "{% set q = ", " %}",
    "{% if q %}", "{% endif %}", "{% macro f(x) %}", "{% endmacro %}", "{{ f(f) }}",
    "{% for i in q %}", "{% endfor %}", "{#", "#}", "{% raw %}", "{% endraw %}",
    "{% import 'a.md' as q %}", "{{ super() }}", "{{ self.user() }}", "{{ q|join }}",
    "{{ q.x }}", "{{ q() }}", "{{ 1/0 }}", "{% call f(1) %}", "{% endcall %}",
    "{% filter upper %}", "{% endfilter %}", "{{ caller() }}", "{{ loop.index }}", "text", "\n",
    "\x00",
]  # fmt: skip


class Tree:
    revision = "worktree"

    def __init__(self, **files):
        self.files = files

    def read(self, path):
        text = self.files.get(path.removeprefix("prompts/").removesuffix(".md"))
        return text.encode() if text is not None else None

    def list(self, folder):
        return [f"prompts/{name}.md" for name in self.files]


texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(max_examples=300, deadline=None)
@given(body=texts, partial=texts, header=st.sampled_from(["---\nmodel: m\n---\n", ""]))
@example(
    body="{% block user %}{{ super() }}{% endblock %}", partial="", header="---\nmodel: m\n---\n"
)
@example(body="{% extends 'a.md' %}", partial="{% extends 'p.md' %}", header="---\nmodel: m\n---\n")
def test_any_text_is_a_prompt_or_one_sentence(body, partial, header):
    tree = Tree(p=header + body, a=partial)
    findings = lint(tree, today=datetime.date(2026, 1, 1), retirements={})
    told, faulty = "", False
    try:
        prompt = load_prompt(tree, "p")
    except InputError as error:
        told = str(error)
        faulty = True
    else:
        try:
            assert prompt.request({"q": "Q"})["messages"][-1]["content"].strip()
        except InputError as error:
            told = str(error)
    assert "\n" not in told
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert errors or not faulty, "what cannot be loaded is found by lint"
