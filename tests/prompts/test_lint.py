import datetime

import pytest

from promptgate.prompts import Severity
from promptgate.prompts.lint import lint

TODAY = datetime.date(2026, 11, 23)
RETIREMENTS = {
    "claude-sonnet-4-5": datetime.date(2026, 11, 30),
    "claude-2.1": datetime.date(2025, 7, 21),
    "claude-today": TODAY,
}


def check(memory, files, **options):
    tree = memory({f"prompts/{path}": text for path, text in files.items()})
    return lint(tree, today=TODAY, retirements=RETIREMENTS, **options)


def rules(memory, files, **options):
    return [(f.file, f.line, f.rule, f.severity.value) for f in check(memory, files, **options)]


def one(memory, body, header="model: m\n", **partials):
    files = {"a.md": f"---\n{header}---\n{body}", **partials}
    return rules(memory, files)


USER = "{% block user %}x{% endblock %}"


def test_sound_prompt_has_no_findings(memory, support_files):
    tree = memory(support_files)
    assert lint(tree, today=TODAY, retirements=RETIREMENTS) == []


CASES = {
    "undefined variable": (
        "variables: {q: {}}\n",
        "{% block user %}{{ q }}\n{{ oops }}{% endblock %}",
        [(5, "undefined-variable", "error")],
    ),
    "undeclared variable": (
        "",
        "{% block user %}\n{{ q }}{% endblock %}",
        [(4, "undeclared-variable", "warning")],
    ),
    "unused variable": (
        "variables:\n  q: {}\n  r: {}\n",
        "{% block user %}{{ q }}{% endblock %}",
        [(4, "unused-variable", "warning")],
    ),
    "variable used only in an example": (
        "variables: {q: {}}\nexamples: [{user: '{{ q }}', assistant: A}]\n",
        USER,
        [],
    ),
    "undefined variable in an example": (
        "variables: {q: {}}\nexamples:\n  - user: '{{ q }}'\n    assistant: '{{ r }}'\n",
        USER,
        [(5, "undefined-variable", "error")],
    ),
    "syntax in an example": (
        "examples:\n  - user: '{{ q'\n    assistant: A\n",
        USER,
        [(3, "template-syntax", "error")],
    ),
    "include in an example": (
        "examples:\n  - user: '{% include \"a.md\" %}'\n    assistant: A\n",
        USER,
        [(3, "template-syntax", "error")],
    ),
    "names that the template sets itself": (
        "variables: {q: {}}\n",
        (
            "{% set who = q %}{% macro m(a) %}{{ a }}{% endmacro %}"
            "{% if q %}{% set z = 1 %}{% endif %}"
            "{% block user %}{{ who }}{{ m(1) }}{{ z }}{% for i in [1] %}{{ i }}{{ loop.index }}"
            "{% endfor %}{% set b %}x{% endset %}{{ b }}{{ namespace(x=1).x }}{% endblock %}"
        ),
        [],
    ),
    "loop variable outside its loop": (
        "variables: {q: {}}\n",
        "{% block user %}{% for i in q %}{% endfor %}{{ i }}{% endblock %}",
        [(4, "undefined-variable", "error")],
    ),
    "missing include": (
        "",
        "{% block user %}{% include 'no.md' %}{% endblock %}",
        [(3, "missing-include", "error")],
    ),
    "dynamic include": (
        "",
        "{% block user %}{% include x %}{% endblock %}",
        [(3, "dynamic-include", "error")],
    ),
    "include of itself": (
        "",
        "{% block user %}{% include 'a.md' %}{% endblock %}",
        [(3, "include-cycle", "error")],
    ),
    "text outside blocks": ("", USER + "\nstray", [(4, "text-outside-blocks", "error")]),
    "unknown block": (
        "",
        "{% block usr %}{% endblock %}",
        [(3, "block-structure", "error")],
    ),
    "syntax": ("", "\n{% if %}", [(4, "template-syntax", "error")]),
    "unknown filter in a branch never taken": (
        "",
        "{% block user %}{% if false %}{{ 1|shout }}{% endif %}{% endblock %}",
        [(3, "template-syntax", "error")],
    ),
    "unknown test": (
        "",
        "{% block user %}{{ 1 is odder }}{% endblock %}",
        [(3, "template-syntax", "error")],
    ),
    "block twice": ("", USER + "\n" + USER, [(4, "template-syntax", "error")]),
    "half an example": (
        "examples:\n  - user: a\n",
        USER,
        [(3, "front-matter", "error")],
    ),
    "no text": ("", " \n", [(3, "empty-prompt", "error")]),
    "unknown key": ("owne: a\n", USER, [(2, "unknown-key", "error")]),
    "key of another place": ("temperature: 0\n", USER, [(2, "unknown-key", "error")]),
    "wrong value": ("max_tokens: a\n", USER, [(2, "front-matter", "error")]),
    "front matter that is a list": ("- a\n", USER, [(2, "front-matter", "error")]),
    "deprecated model": ("model: claude-sonnet-4-5\n", USER, [(2, "deprecated-model", "warning")]),
    "retired model": ("model: claude-2.1\n", USER, [(2, "retired-model", "error")]),
    "model that retires today": ("model: claude-today\n", USER, [(2, "retired-model", "error")]),
}


@pytest.mark.parametrize("name", CASES)
def test_lint_finds_each_fault_at_its_line(memory, name):
    header, body, expected = CASES[name]
    found = rules(memory, {"a.md": f"---\n{header}---\n{body}"}, default_model="m")
    assert found == [("prompts/a.md", *finding) for finding in expected]


def test_lint_lists_every_fault_of_every_prompt_and_goes_on(memory):
    files = {
        "a.md": "---\nmodl: m\nmax_tokens: x\nvariables: {q: {requird: 1}}\n---\n"
        "{% block user %}{% include 'no.md' %}\n{% include y %}{% endblock %}",
        "b.md": "---\nmodel: claude-2.1\n---\nstray {% block user %}x{% endblock %}\nmore",
        "c.md": "---\nnever closed",
        "d.md": b"---\nmodel: m\n---\n\xff",
        "e.md": "---\nmodel: m\n---\n{% block user %}{% include 'part.md' %}{% endblock %}",
        "f.md": "---\nmodel: m\n---\n{% block user %}{% include 'open.md' %}{% endblock %}",
        "part.md": b"a\n\xff",
        "open.md": "---\nnever closed",
    }
    assert rules(memory, files) == [
        ("prompts/a.md", 1, "missing-model", "error"),
        ("prompts/a.md", 2, "unknown-key", "error"),
        ("prompts/a.md", 3, "front-matter", "error"),
        ("prompts/a.md", 4, "unknown-key", "error"),
        ("prompts/a.md", 6, "missing-include", "error"),
        ("prompts/a.md", 7, "dynamic-include", "error"),
        ("prompts/b.md", 2, "retired-model", "error"),
        ("prompts/b.md", 4, "text-outside-blocks", "error"),
        ("prompts/b.md", 5, "text-outside-blocks", "error"),
        ("prompts/c.md", 1, "front-matter", "error"),
        ("prompts/d.md", 4, "encoding", "error"),
        ("prompts/open.md", 1, "front-matter", "error"),
        ("prompts/part.md", 2, "encoding", "error"),
    ]


def test_partial_is_checked_with_the_prompts_that_use_it(memory):
    """What a loop of the includer sets is known; what only one prompt declares is not."""
    include = (
        "{% block user %}{% for item in items %}{% include 's.md' %}{% endfor %}{% endblock %}"
    )
    files = {
        "a.md": "---\nmodel: m\nvariables: {items: {}, tone: {}}\n---\n" + include,
        "b.md": "---\nmodel: m\nvariables: {items: {}}\n---\n" + include,
        "s.md": "{{ item }}\n{{ tone }}",
    }
    findings = check(memory, files)
    assert [(f.file, f.line, f.rule) for f in findings] == [
        ("prompts/s.md", 2, "undefined-variable")
    ]
    assert "the prompt 'b' does not declare it" in findings[0].message


def test_fault_of_a_shared_partial_is_listed_once(memory):
    prompt = "---\nmodel: m\n---\n{% block user %}{% include 's.md' %}{% endblock %}"
    files = {"a.md": prompt, "b.md": prompt, "s.md": "{% if %}"}
    assert rules(memory, files) == [("prompts/s.md", 1, "template-syntax", "error")]


def test_partial_that_no_prompt_uses_is_mentioned(memory):
    files = {"a.md": f"---\nmodel: m\n---\n{USER}", "shared/old.md": "x", "README.md": "About"}
    assert rules(memory, files) == [("prompts/shared/old.md", 1, "unused-partial", "info")]


def test_folder_without_a_prompt_is_an_error_and_not_silence(memory):
    files = {"notes.md": "no front matter"}
    assert ("prompts", 0, "no-prompts", "error") in rules(memory, files)


def test_model_of_the_project_is_checked_too(memory):
    files = {"a.md": f"---\nowner: a\n---\n{USER}"}
    found = rules(memory, files, default_model="claude-2.1")
    assert found == [("prompts/a.md", 1, "retired-model", "error")]


def test_messages_are_one_sentence_with_a_fix(memory):
    files = {"a.md": f"---\nmodel: claude-sonnet-4-5\n---\n{USER}"}
    (finding,) = check(memory, files)
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "the model 'claude-sonnet-4-5' retires on 2026-11-30, in 7 days; compare a successor "
        "with 'promptgate gate --candidate-model'."
    )


def test_file_that_the_tree_refuses_is_a_finding(repository, support_files, tmp_path):
    repo = repository()
    repo.write(support_files)
    (tmp_path / "outside.md").write_text("secret")
    (repo.root / "prompts" / "link.md").symlink_to(tmp_path / "outside.md")
    (finding,) = lint(repo.project.tree, today=TODAY, retirements={})
    assert (finding.rule, finding.severity) == ("unreadable", Severity.ERROR)
    assert "'prompts/link.md' leads out of the project" in finding.message
