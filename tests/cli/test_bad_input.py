"""Bad input ends with exit 2 and one sentence that names place and fix; nothing is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.project import Folder


def snapshot(folder: Folder) -> dict[str, bytes]:
    """Return every file outside git's own folder."""
    return {
        str(path.relative_to(folder.root)): path.read_bytes()
        for path in sorted(folder.root.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder.root).parts
    }


HEAD = "suite: facts\nprompt: support\ncases:\n"
CASES = {
    "unknown key in promptgate.toml": (
        "promptgate.toml",
        "[gate]\nmargn = 0.1\n",
        r"promptgate.toml:2: unknown key 'margn'; did you mean 'margin'\?",
    ),
    "unknown section in promptgate.toml": (
        "promptgate.toml",
        "[gat]\n",
        r"promptgate.toml:1: unknown section 'gat'; did you mean 'gate'\?",
    ),
    "unknown key in a prompt": (
        "prompts/support.md",
        "---\nmodel: m\nmax_token: 5\n---\nHi {{ question }}\n",
        r"prompts/support.md:3: unknown key 'max_token'; did you mean 'max_tokens'\?",
    ),
    "unknown key in a suite": (
        "suites/facts.yaml",
        "suite: facts\nprompt: support\ncase: []\ncases: []\n",
        r"suites/facts.yaml:3: unknown key 'case'; did you mean 'cases'\?",
    ),
    "unknown scorer": (
        "suites/facts.yaml",
        HEAD + "  - {id: a, vars: {question: x}, expect: [containz: a]}\n",
        r"suites/facts.yaml:4: unknown scorer 'containz'; did you mean 'contains'\?",
    ),
    "undefined variable": (
        "prompts/support.md",
        "---\nmodel: m\n---\n{% block user %}\n{{ question }}\n{{ nobody }}\n{% endblock %}",
        r"prompts/support.md:6.*nobody",
    ),
    "missing include": (
        "prompts/support.md",
        "---\nmodel: m\n---\n{% include 'shared/none.md' %}",
        r"prompts/support.md:4: 'include' of 'shared/none.md'",
    ),
    "dynamic include": (
        "prompts/support.md",
        "---\nmodel: m\n---\n{% include question %}",
        r"prompts/support.md:4: the target of 'include' is computed",
    ),
    "text outside blocks": (
        "prompts/support.md",
        "---\nmodel: m\n---\nStray.\n{% block user %}{{ question }}{% endblock %}",
        r"prompts/support.md:4: .*outside",
    ),
    "front matter that is no mapping": (
        "prompts/support.md",
        "---\n- a\n---\nHi",
        r"prompts/support.md:2: .*must be a mapping",
    ),
    "not UTF-8": (
        "prompts/support.md",
        b"---\nmodel: m\n---\nol\xe9",
        r"prompts/support.md:4: byte 0xe9 is not UTF-8",
    ),
    "a YAML tag": (
        "suites/facts.yaml",
        "suite: !!python/object/apply:os.system ['true']\n",
        r"suites/facts.yaml:1: the YAML tag .* is not allowed",
    ),
    "a template that leaves the sandbox": (
        "prompts/support.md",
        "---\nmodel: m\n---\n{% block user %}{{ question.__class__.__mro__ }}{% endblock %}",
        r"prompts/support.md:4.*__class__",
    ),
    "duplicate case id": (
        "suites/facts.yaml",
        HEAD + 2 * "  - {id: a, vars: {question: x}, expect: [complete]}\n",
        r"suites/facts.yaml:5: .*'a'",
    ),
    "a suite without a case": (
        "suites/facts.yaml",
        "suite: facts\nprompt: support\ncases: []\n",
        r"suites/facts.yaml:3: .*case",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_gate_refuses_a_bad_file(name, project, promptgate):
    path, content, expected = CASES[name]
    project.write(path, content)
    before = snapshot(project)
    ended = promptgate("gate")
    assert ended.code == 2, ended.err
    assert ended.out == ""
    assert ended.err.count("\n") == 1, "one sentence"
    assert re.search(expected, ended.err), ended.err
    assert snapshot(project) == before


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["gate", "--baseline", "no-such-branch"], "git knows no commit 'no-such-branch'"),
        (["gate", "--candidate", "--output=/etc/passwd"], "'--output=/etc/passwd' is no revision"),
        (["gate", "--suite", "fact"], "unknown suite 'fact'; did you mean 'facts'?"),
        (["gate", "--case", "facts:color"], "'facts:color'"),
        (["gate", "--tag", "none"], "tag 'none'"),
        (["gate", "--mode", "liv"], "'liv' is not one of"),
        (["gaet"], "unknown command 'gaet'; did you mean 'gate'?"),
        (["freeze", "chek"], "unknown command 'chek'; did you mean 'check'?"),
        (["incident", "comms", "post"], "Missing argument 'TEMPLATE'. Choose from: declaration, "),
        (["gate", "--basline", "HEAD"], "--baseline"),
    ],
)
def test_command_refuses_bad_usage(arguments, expected, project, promptgate):
    before = snapshot(project)
    ended = promptgate(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert expected in ended.err
    assert snapshot(project) == before


def test_command_refuses_a_folder_that_is_no_project(tmp_path, monkeypatch, promptgate):
    monkeypatch.chdir(tmp_path)
    ended = promptgate("gate")
    assert ended.code == 2
    assert "run 'promptgate init'" in ended.err


def test_release_refuses_a_prompt_that_is_not_committed(project, promptgate):
    """The lock names a revision; what is in no revision cannot be released."""
    project.replace("prompts/support.md", "a router", "two routers")
    ended = promptgate("release")
    assert ended.code == 2
    assert "not committed" in ended.err
    assert not (project.root / "promptgate.lock").exists()
