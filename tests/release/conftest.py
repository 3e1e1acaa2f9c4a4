"""A project whose default branch is on a bare remote, and a change on a branch of its own."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from promptgate.project import find_project
from promptgate.prompts import Lock, dump_lock, list_prompts, load_prompt, locked_prompt, open_tree
from promptgate.release.freeze_text import Request, freeze_text
from promptgate.release.frozen import Checked, check_freeze
from tests.support.governed import Governed, governed_project
from tests.support.project import Folder, bare_repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from promptgate.project import Project

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PROMPT = """---
model: test-model
variables:
  number: {default: 0}
---
{% block system %}
You answer for the shop.
{% include "shared/safety.md" %}
{% endblock %}
{% block user %}Hello {{ number }}{% endblock %}
"""
OTHER = "---\nmodel: test-model\n---\n{% block user %}Bill{% endblock %}\n"
SUITE = """suite: facts
prompt: support
repeats: 1
cases:
""" + "".join(
    f"  - {{id: hello-{number}, vars: {{number: {number}}}, expect: [complete]}}\n"
    for number in range(30)
)
CONFIG = """[freeze]
remote = "origin"
files = ["deploy/*.yaml"]
"""


@dataclass(frozen=True)
class Shared(Folder):
    """A clone, with the bare remote beside it."""

    @property
    def project(self) -> Project:
        return find_project(self.root)

    @property
    def remote(self) -> Path:
        return self.root.parent / "remote.git"

    def push(self, branch: str = "main") -> None:
        self.git("push", "-q", "origin", f"HEAD:refs/heads/{branch}")

    def on_main(self, edit: Callable[[], object], message: str = "on main") -> None:
        """Commit and push something on main, and come back."""
        branch = self.git("branch", "--show-current")
        self.git("checkout", "-q", "main")
        self.git("pull", "-q", "--ff-only", "origin", "main")
        edit()
        self.commit(message)
        self.push()
        self.git("checkout", "-q", branch)

    def freeze(self, *further: str, **request: object) -> str:
        """Freeze on main, an hour ago; return the file's text."""
        text = freeze_text(
            Request(**{"reason": "refunds", "by": "dana", **request}), NOW - timedelta(hours=1)
        )
        text += "".join(f"{line}\n" for line in further)
        self.on_main(lambda: self.write("PROMPT_FROZEN.txt", text), "freeze")
        return text

    def check(self, head: str = "HEAD", base: str = "origin/main") -> Checked | None:
        return check_freeze(self.project, base, head, NOW)

    def blocked(self, head: str = "HEAD") -> bool:
        checked = self.check(head)
        assert checked is not None, "main is frozen"
        return checked.ruling.blocked

    def write_lock(self) -> None:
        tree = open_tree(self.project, "worktree")
        prompts = {name: load_prompt(tree, name) for name in list_prompts(tree)}
        entries = {
            name: locked_prompt(prompt, revision="c0ffee", evidence="sha256:0")
            for name, prompt in prompts.items()
        }
        self.write("promptgate.lock", dump_lock(Lock(entries)))


@pytest.fixture(autouse=True)
def _git_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ada@example.org")


@pytest.fixture(scope="session")
def shared_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("shared")
    remote = bare_repository(top / "remote.git")
    (top / "clone").mkdir()
    folder = Shared(top / "clone")
    folder.git("init", "-q", "-b", "main")
    folder.git("remote", "add", "origin", "../remote.git")
    folder.write("promptgate.toml", CONFIG)
    folder.write("prompts/support.md", PROMPT)
    folder.write("prompts/billing.md", OTHER)
    folder.write("prompts/shared/safety.md", "Be safe.")
    folder.write("common/tone.md", "Be kind.")
    (folder.root / "prompts" / "linked").symlink_to("../common")
    folder.write("suites/facts.yaml", SUITE)
    folder.write(".gitignore", "reports/\n")
    folder.write("app/main.py", "MODEL = 'test-model'\nprint('hello')\n")
    folder.write(".env", "CLAUDE_MODEL=sonnet\nCOLOUR=blue\n")
    folder.write("deploy/app.yaml", "replicas: 2\n")
    folder.write_lock()
    folder.commit("start")
    folder.push()
    folder.git("fetch", "-q", "origin")
    for repository in (folder, remote):
        repository.pack()
    return top


@pytest.fixture(scope="session")
def frozen_template(shared_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("frozen")
    shutil.copytree(shared_template, top, symlinks=True, dirs_exist_ok=True)
    Shared(top / "clone").git("checkout", "-q", "-b", "topic")
    Shared(top / "clone").freeze()
    return top


@pytest.fixture
def shared(shared_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shared:
    """The clone, on the branch 'topic', as the current folder."""
    folder = _copied(shared_template, tmp_path, monkeypatch)
    folder.git("checkout", "-q", "-b", "topic")
    return folder


@pytest.fixture
def frozen(frozen_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shared:
    """The same, after main was frozen."""
    return _copied(frozen_template, tmp_path, monkeypatch)


def _copied(template: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Shared:
    shutil.copytree(template, folder, symlinks=True, dirs_exist_ok=True)
    monkeypatch.chdir(folder / "clone")
    return Shared(folder / "clone")


@pytest.fixture(scope="session")
def governed_template(tmp_path_factory):
    return governed_project(tmp_path_factory.mktemp("governed")).root.parent


@pytest.fixture
def change(governed_template, tmp_path, monkeypatch):
    """The good change, as the current folder."""
    shutil.copytree(governed_template, tmp_path, symlinks=True, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path / "clone")
    return Governed(tmp_path / "clone")


@pytest.fixture
def gate(change, promptgate):
    """Run the gate as continuous integration does; return how it ended and what it decided."""

    def run(*options):
        ended = promptgate("gate", "--review", str(change.export), "--json", "-", *options)
        decision = json.loads(ended.out) if ended.out.startswith("{") else {}
        return ended.code, decision, " ".join(ended.err.split())

    return run
