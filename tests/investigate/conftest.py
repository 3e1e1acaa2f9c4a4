"""A project with a history of one prompt, and a scripted server in place of a model.

The server fails by rule, not by chance: what an investigation must find is known.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.project import opened, small_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.project import Folder

SUITE = """suite: facts
prompt: support
repeats: 1
defaults: {expect: [{contains: blue}]}
cases:
  - {id: colour, vars: {question: "What colour is it?"}}
  - {id: shade, vars: {question: "Which shade is it?"}}
"""
TITLES = ("start", "be kind", "be brief", "be bold", "be calm", "be plain")


def prompt_text(*lines: str, model: str = "test-model", tokens: int = 100) -> str:
    told = "\n\n".join(("You answer questions about a router.", *lines))
    return (
        f"---\nmodel: {model}\nmax_tokens: {tokens}\nvariables:\n"
        "  question: {required: true}\n---\n"
        f"{{% block system %}}\n{told}\n{{% endblock %}}\n"
        "{% block user %}{{ question }}{% endblock %}\n"
    )


@pytest.fixture(scope="session")
def history_template(tmp_path_factory) -> Path:
    project = small_project(tmp_path_factory.mktemp("history"))
    lines: list[str] = []
    project.write("suites/facts.yaml", SUITE)
    for title in TITLES:
        if title == "be bold":
            lines = ["Be bolder.", *lines[1:], "Never say blue.", "Smile."]
        elif title != "start":
            lines.append(f"{title.capitalize()}.")
        tokens = 120 if title == "be bold" else 100
        project.write("prompts/support.md", prompt_text(*lines, tokens=tokens))
        project.commit(title)
    project.pack()
    return project.root


@pytest.fixture
def history(history_template, tmp_path, monkeypatch) -> Folder:
    """Six versions of a prompt; 'be bold' brought the line that hurts, with three others."""
    return opened(history_template, tmp_path, monkeypatch)


@pytest.fixture
def keyless(monkeypatch):
    """No key and no address: nothing can be asked."""
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def never_blue(body: dict[str, Any]) -> bool:
    """Tell whether the system prompt has the line that hurts."""
    return "Never say blue" in json.dumps(body.get("system", ""))
