"""`promptgate init --from`: versions in a Python file become commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptgate.project import find_project
from promptgate.prompts import load_prompt, open_tree
from promptgate.starter.versions import read_versions

if TYPE_CHECKING:
    from pathlib import Path
from tests.support.starting import call, git, init, refused

VERSIONS = '''\
"""The prompts of the bot."""
import textwrap
from elsewhere import nothing
raise SystemExit("this file must never run")
RULES = "Be kind."
PROMPT_VERSIONS: dict[str, object] = {
    "v2": f"You help users of {{product}}. {RULES}",
    "v10": {
        "system": textwrap.dedent("""\\
            You help users of {product}.
            Reply as {{"answer": 1}}.""") + " " + RULES,
        "model": "claude-opus-5-5",
        "max_tokens": 300,
        "temperature": 0.5,
        "reviewed_by": "Ben",
    },
    "v1": "You help.",
}
PROMPT_VERSIONS["v11"] = "Users of {product} ask: {question}"
'''


def past(folder: Path, name: str = "support") -> list[dict[str, object]]:
    """Return the requests that each commit of a prompt makes, oldest first."""
    hashes = git(folder, "log", "--reverse", "--format=%H", "--", f"prompts/{name}.md").split()
    trees = [open_tree(find_project(folder), revision) for revision in hashes]
    return [
        load_prompt(tree, name).request({"product": "Acme", "question": "Why?"}) for tree in trees
    ]


def test_versions_become_commits_oldest_first_when_imported(repository: Path):
    (repository / "prompts.py").write_text(VERSIONS)
    told = init("--from", "prompts.py", "--placeholders", "format")
    assert [request.get("system") for request in past(repository)] == [
        "You help.",
        "You help users of Acme. Be kind.",
        'You help users of Acme.\nReply as {"answer": 1}. Be kind.',
        None,
    ]
    requests = past(repository)
    assert [request["model"] for request in requests] == [
        "claude-sonnet-5-5",
        "claude-sonnet-5-5",
        "claude-opus-5-5",
        "claude-sonnet-5-5",
    ]
    assert requests[2]["max_tokens"] == 300
    assert requests[2]["extra_body"] == {"temperature": 0.5}
    assert requests[3]["messages"] == [{"role": "user", "content": "Users of Acme ask: Why?"}]
    subjects = git(repository, "log", "--reverse", "--format=%s").splitlines()
    assert subjects == ["Begin", *(f"Prompt support: {v}" for v in ("v1", "v2", "v10", "v11"))]
    assert 'reviewed_by: "Ben"' in git(repository, "log", "-1", "--format=%b", "HEAD~1")
    assert git(repository, "status", "--porcelain", "--untracked-files=no") == ""
    assert told.count("committed prompts/support.md") == 4
    assert call("lint").return_value == 0


def test_import_needs_no_commit_before_it_when_the_repository_is_new(folder: Path):
    git(folder, "init", "-q", "-b", "main")
    (folder / "p.py").write_text('PROMPT_VERSIONS = {"a": "One {question}", "b": "Two"}')
    init("--from", "p.py")
    assert git(folder, "log", "--format=%s").splitlines() == [
        "Prompt support: b",
        "Prompt support: a",
    ]
    assert len(past(folder)) == 2


def test_import_keeps_the_order_of_the_file_when_names_are_words(repository: Path):
    (repository / "p.py").write_text('PROMPT_VERSIONS = {"zeta": "1", "alpha": "2", "v1": "3"}')
    init("--from", "p.py")
    assert [request["system"] for request in past(repository)] == ["1", "2", "3"]


def test_import_stays_below_the_projects_folder_when_that_is_not_the_top(
    repository: Path, monkeypatch: pytest.MonkeyPatch
):
    below = repository / "bot"
    below.mkdir()
    monkeypatch.chdir(below)
    (below / "p.py").write_text('PROMPT_VERSIONS = {"v1": "One", "v2": "Two"}')
    init("--from", "p.py")
    assert git(repository, "ls-files", "*.md").splitlines() == [
        "README.md",
        "bot/prompts/support.md",
    ]
    assert [request["system"] for request in past(below)] == ["One", "Two"]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("PROMPT_VERSIONS = {", "p.py:1: this is not valid Python"),
        ("X = 1", "p.py: there is no dict PROMPT_VERSIONS"),
        ("PROMPT_VERSIONS = {}", "is empty"),
        ("PROMPT_VERSIONS = load()", "p.py:1: PROMPT_VERSIONS must be a dict"),
        ("\nPROMPT_VERSIONS = {\n 'v1': open('x').read()}", "p.py:3: this text is computed"),
        ("PROMPT_VERSIONS = {'v1': f'{1 + 1}'}", "p.py:1: this part of an f-string is computed"),
        ("PROMPT_VERSIONS = {'v1': A}", "the name 'A' is not assigned at the top level"),
        ("A = B\nB = A\nPROMPT_VERSIONS = {'v1': A}", "p.py:2: the name 'A' is not assigned once"),
        ("PROMPT_VERSIONS = {'a': 'b',\n'a': 'c'}", "p.py:2: version 'a': it stands in line 1 too"),
        ("PROMPT_VERSIONS = {'a': 'b', **X}", "'**' takes versions from elsewhere"),
        ("PROMPT_VERSIONS = {'a': 'b'}\nPROMPT_VERSIONS.update(X)", "p.py:2: this changes"),
        ("PROMPT_VERSIONS = {'a': 'b'}\ndel PROMPT_VERSIONS['a']", "p.py:2: this changes"),
        ("PROMPT_VERSIONS = {'a': {'model': 'm'}}", "there is no text"),
        ("PROMPT_VERSIONS = {'a': {'system': 's', 'prompt': 'p'}}", "both 'system' and 'prompt'"),
        ("PROMPT_VERSIONS = {'a': ''}", "p.py:1: version 'a': the text is empty"),
        ("PROMPT_VERSIONS = {'a': '{} x'}", "version 'a': the placeholder '{}' has no name"),
        ("PROMPT_VERSIONS = {'a': '{x:.2f}'}", "'{x:.2f}' does more than insert"),
        ("PROMPT_VERSIONS = {'a': '{x.y}'}", "'{x.y}' does more than insert"),
        ("PROMPT_VERSIONS = {'a': 'Hi {{ x }}'}", "say which with --placeholders"),
        (
            "PROMPT_VERSIONS = {'a': {'system': 's', 'max_tokens': 0}}",
            "p.py:1: version 'a': 'max_t",
        ),
        ("PROMPT_VERSIONS = {'a': {'system': 's', 'tools': b''}}", "is no plain data"),
    ],
)
def test_import_refuses_with_its_line_when_a_version_cannot_be_read(
    repository: Path, source: str, sentence: str
):
    (repository / "p.py").write_text(source)
    head = git(repository, "rev-parse", "HEAD")
    assert sentence in refused("--from", "p.py")
    assert git(repository, "rev-parse", "HEAD") == head


def test_import_takes_double_braces_as_variables_when_told_that_they_are_jinja(repository: Path):
    (repository / "p.py").write_text(
        "PROMPT_VERSIONS = {'v1': 'Hi {{ product }}, {json}'}", encoding="utf-8"
    )
    init("--from", "p.py", "--placeholders", "jinja")
    assert past(repository)[0]["system"] == "Hi Acme, {json}"


def test_import_refuses_when_the_repository_is_dirty(repository: Path):
    (repository / "p.py").write_text('PROMPT_VERSIONS = {"v1": "One"}')
    (repository / "README.md").write_text("Changed.\n")
    assert "changes that are not committed ('README.md')" in refused("--from", "p.py")
    git(repository, "add", "README.md")
    assert "not committed" in refused("--from", "p.py")


def test_import_refuses_when_there_is_no_repository_or_git_ignores_the_prompts(folder: Path):
    (folder / "p.py").write_text('PROMPT_VERSIONS = {"v1": "One"}')
    assert "run 'git init' first" in refused("--from", "p.py")
    git(folder, "init", "-q")
    (folder / ".gitignore").write_text("prompts/\n")
    assert "git ignores this path" in refused("--from", "p.py")


def test_import_refuses_when_the_prompt_exists(repository: Path):
    init()
    (repository / "p.py").write_text('PROMPT_VERSIONS = {"v1": "One"}')
    assert "prompts/support.md: the prompt exists already" in refused("--from", "p.py")


def test_import_refuses_when_git_does_not_know_who_commits(
    repository: Path, monkeypatch: pytest.MonkeyPatch
):
    (repository / "p.py").write_text('PROMPT_VERSIONS = {"v1": "One"}')
    git(repository, "config", "user.useConfigOnly", "true")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    assert "--from cannot make git commits" in refused("--from", "p.py")


@settings(deadline=None)
@given(st.dictionaries(st.text(min_size=1).filter(str.isprintable), st.text(), min_size=1))
def test_versions_are_read_as_python_would_when_all_are_literal(versions: dict[str, str]):
    named = {name: text for name, text in versions.items() if name.strip()}
    if not named:
        return
    found = read_versions(f"PROMPT_VERSIONS = {named!r}", "p.py")
    assert {version.name: version.text for version in found} == named
