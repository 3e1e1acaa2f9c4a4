"""A project in a folder, a git repository around it, and files in memory."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from promptgate.project import Project, find_project

SUPPORT = """\
---
model: claude-sonnet-5-5
max_tokens: 300
variables:
  product: {required: true}
  question: {required: true}
examples:
  - {user: "Where is my {{ product }}?", assistant: "Open Orders, then Track."}
---
{% block system %}
You support {{ product }}.
{% include "shared/safety.md" %}
{% endblock %}
{% block user %}{{ question }}{% endblock %}
"""
SAFETY = "Decline what is unsafe.\n"


class MemoryTree:
    """A tree held in memory: path to text or bytes."""

    revision = "worktree"

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self.files = {p: t.encode() if isinstance(t, str) else t for p, t in files.items()}

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def list(self, folder: str) -> list[str]:
        return sorted(path for path in self.files if path.startswith(f"{folder}/"))


class Repository:
    """A project inside a real git repository."""

    def __init__(self, top: Path, root: Path) -> None:
        self.top = top
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=self.top, check=True, capture_output=True, text=True
        ).stdout.strip()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for path, text in files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, files: Mapping[str, str | bytes], message: str = "change") -> str:
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    @property
    def project(self) -> Project:
        return find_project(self.root)


@pytest.fixture(autouse=True)
def _git_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ann Example")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ann@example.com")


@pytest.fixture
def memory() -> type[MemoryTree]:
    return MemoryTree


@pytest.fixture
def repository(tmp_path: Path) -> Callable[..., Repository]:
    def make(below: str = "") -> Repository:
        top = tmp_path / "repository"
        return Repository(top, top / below)

    return make


@pytest.fixture
def support_files() -> dict[str, str]:
    return {
        "promptgate.toml": "",
        "prompts/support.md": SUPPORT,
        "prompts/shared/safety.md": SAFETY,
    }
