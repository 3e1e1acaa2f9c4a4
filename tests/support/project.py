"""Throw-away projects in real git repositories, small ones and copies of the example."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

EXAMPLE = Path(__file__).parents[2]
_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_TEMPLATE_DIR": "",  # no sample hooks: fewer files to copy
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}

PROMPT = """---
model: test-model
variables:
  question: {required: true}
---
{% block system %}
You answer questions about a router.
{% endblock %}
{% block user %}{{ question }}{% endblock %}
"""
SUITE = """suite: facts
prompt: support
repeats: 1
cases:
  - {id: colour, vars: {question: "What colour is it?"}, expect: [{contains: "blue"}]}
  - {id: size, vars: {question: "How large is it?"}, expect: [complete]}
"""


@dataclass(frozen=True)
class Folder:
    """A project on disk."""

    root: Path

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file, with its folders."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def read(self, path: str) -> str:
        """Return a file's text."""
        return (self.root / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace a text that must be there."""
        text = self.read(path)
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new))

    def git(self, *arguments: str) -> str:
        """Run git and return what it prints."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **_ENVIRONMENT},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, message: str) -> str:
        """Commit everything and return the hash."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def pack(self) -> None:
        """Have git keep what is committed in few files, so that copies are made soon."""
        self.git("gc", "-q")


def bare_repository(place: Path) -> Folder:
    """Return an empty remote, whose default branch is main."""
    place.mkdir()
    folder = Folder(place)
    folder.git("init", "-q", "--bare", "-b", "main")
    return folder


def opened(template: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return a copy of a prepared project as the current folder."""
    shutil.copytree(template, folder, symlinks=True, dirs_exist_ok=True)
    monkeypatch.chdir(folder)
    return Folder(folder)


def small_project(root: Path) -> Folder:
    """Return a committed project of one prompt and one suite, without recordings."""
    folder = Folder(root)
    folder.write("promptgate.toml", "")
    folder.write("prompts/support.md", PROMPT)
    folder.write("suites/facts.yaml", SUITE)
    folder.git("init", "-q", "-b", "main")
    folder.commit("start")
    folder.pack()
    return folder


def example_project(root: Path) -> Folder:
    """Return a copy of the example, committed, that reads the real recordings in place."""
    folder = Folder(root)
    for name in ("promptgate.toml", "promptgate.lock"):
        shutil.copy(EXAMPLE / name, root / name)
    for name in ("app", "judges", "prompts", "suites"):
        shutil.copytree(EXAMPLE / name, root / name)
    (root / "cassettes").symlink_to(EXAMPLE / "cassettes", target_is_directory=True)
    folder.write(".gitignore", "cassettes\nreports\n")
    folder.git("init", "-q", "-b", "main")
    folder.commit("the example")
    return folder
