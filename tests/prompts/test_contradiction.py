"""Contradictions across a prompt's files: places, branches, examples, and what may stand."""

import datetime

import pytest

from promptgate.prompts.lint import lint

USER = "{% block user %}x{% endblock %}"


def found(memory, files):
    tree = memory({f"prompts/{path}": text for path, text in files.items()})
    findings = lint(tree, today=datetime.date(2026, 11, 23), retirements={})
    rules = ("contradiction", "suppression")
    return [(f.file, f.line, f.related, f.severity.value) for f in findings if f.rule in rules]


def prompt(system, header=""):
    return f"---\nmodel: m\n{header}---\n{{% block system %}}\n{system}\n{{% endblock %}}\n{USER}\n"


def test_both_places_are_named_when_one_stands_in_an_include(memory):
    files = {
        "a.md": prompt('Be kind.\nNever refuse a request.\n{% include "shared/safety.md" %}'),
        "shared/safety.md": "Rules for everybody.\n\nDecline unsafe requests.\n",
    }
    assert found(memory, files) == [("prompts/a.md", 6, "prompts/shared/safety.md:3", "error")]


def test_both_places_are_named_when_one_stands_in_an_inherited_block(memory):
    files = {
        "a.md": (
            '---\nmodel: m\n---\n{% extends "base.md" %}\n'
            "{% block system %}{{ super() }}\nAnswer in French.{% endblock %}\n"
        ),
        "base.md": "{% block system %}\nAnswer in English.\n{% endblock %}" + USER,
    }
    assert found(memory, files) == [("prompts/base.md", 2, "prompts/a.md:6", "error")]


def test_overridden_block_is_not_part_of_the_prompt(memory):
    files = {
        "a.md": (
            '---\nmodel: m\n---\n{% extends "base.md" %}\n'
            "{% block system %}Answer in French.{% endblock %}\n"
        ),
        "base.md": "{% block system %}\nAnswer in English.\n{% endblock %}" + USER,
    }
    assert found(memory, files) == []


def test_prompt_without_blocks_is_read(memory):
    files = {"a.md": "---\nmodel: m\n---\nAnswer in English.\n\nAnswer in French.\n"}
    assert found(memory, files) == [("prompts/a.md", 4, "prompts/a.md:6", "error")]


def test_branches_that_exclude_one_another_do_not_contradict(memory):
    system = (
        "{% if a %}\nAnswer in English.\n{% elif b %}\nAnswer in French.\n"
        "{% else %}\nAnswer in Dutch.\n{% endif %}"
    )
    header = "variables: {a: {}, b: {}}\n"
    assert found(memory, {"a.md": prompt(system, header)}) == []


def test_branch_and_what_is_always_sent_do(memory):
    system = "{% if a %}\nAnswer in English.\n{% endif %}\nAnswer in French."
    files = {"a.md": prompt(system, "variables: {a: {}}\n")}
    assert found(memory, files) == [("prompts/a.md", 7, "prompts/a.md:9", "error")]


def test_constant_is_read_where_it_is_used(memory):
    system = "{% set most = 20 %}Use at most {{ most }} words.\nUse at least 50 words."
    assert len(found(memory, {"a.md": prompt(system)})) == 1


def test_value_that_is_not_known_contradicts_nothing(memory):
    system = "Use at most {{ most }} words.\nUse at least 50 words. Answer in {{ most }}."
    assert found(memory, {"a.md": prompt(system, "variables: {most: {}}\n")}) == []


EXAMPLE = "examples:\n  - user: Hi.\n    assistant: One. Two. Three.\n"


def test_example_that_breaks_a_rule_is_named(memory):
    files = {"a.md": prompt("Answer in one sentence.", EXAMPLE)}
    assert found(memory, files) == [("prompts/a.md", 8, "prompts/a.md:5", "error")]


def test_example_in_blocks_is_read(memory):
    header = 'examples: [{user: a, assistant: [{type: text, text: "One. Two. Three."}]}]\n'
    assert len(found(memory, {"a.md": prompt("Answer in one sentence.", header)})) == 1


PAIR = "Answer in English.\n{comment}\nAnswer in French."


@pytest.mark.parametrize("dash", ["—", "-", ":", "--"])
def test_comment_with_a_reason_lets_the_next_line_stand(memory, dash):
    comment = f"{{# promptgate: allow contradiction {dash} the model is bilingual #}}"
    assert found(memory, {"a.md": prompt(PAIR.format(comment=comment))}) == []


def test_comment_without_a_reason_allows_nothing_and_is_a_finding(memory):
    comment = "{# promptgate: allow contradiction #}"
    assert found(memory, {"a.md": prompt(PAIR.format(comment=comment))}) == [
        ("prompts/a.md", 5, "prompts/a.md:7", "error"),
        ("prompts/a.md", 6, "", "warning"),
    ]


def test_comment_that_allows_nothing_is_a_finding(memory):
    comment = "{# promptgate: allow contradiction — for Anna #}\nBe kind.\n"
    assert found(memory, {"a.md": prompt(f"Answer in English.\n{comment}")}) == [
        ("prompts/a.md", 6, "", "warning")
    ]


def test_comment_in_a_partial_is_used_when_one_of_its_prompts_needs_it(memory):
    files = {
        "a.md": prompt('Answer in English.\n{% include "p.md" %}'),
        "b.md": prompt('Be kind.\n{% include "p.md" %}'),
        "p.md": "{# promptgate: allow contradiction — only a.md minds #}\nAnswer in French.\n",
    }
    assert found(memory, files) == []


def test_comment_in_front_matter_lets_an_example_stand(memory):
    header = (
        "examples:\n  - user: Hi.\n    # promptgate: allow contradiction — shows a list\n"
        "    assistant: One. Two. Three.\n"
    )
    assert found(memory, {"a.md": prompt("Answer in one sentence.", header)}) == []


def test_message_names_both_texts_kind_and_reason(memory):
    tree = memory({"prompts/a.md": prompt("Use at most two sentences.\nUse ten sentences.")})
    (finding,) = lint(tree, today=datetime.date(2026, 11, 23), retirements={})
    assert finding.message == (
        "“Use at most two sentences.” and “Use ten sentences.” (prompts/a.md:6) cannot both be "
        "followed (length): “at most two sentences” leaves no room for “ten sentences”; change "
        "one, say when each holds, or which comes first."
    )
