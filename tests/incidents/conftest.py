"""A product with an incident: a good release, a bad edit on main, a remote, and a clock to turn."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from promptgate.incidents.log import Incidents
from promptgate.project import find_project
from promptgate.prompts import Lock, dump_lock, list_prompts, load_prompt, locked_prompt, open_tree
from tests.support.incident import ID, at
from tests.support.project import Folder, bare_repository
from tests.support.recorded import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from promptgate.incidents.state import Incident

PROMPT = """---
model: test-model
variables:
  question: {required: true}
---
{% block system %}
You answer questions about a router.
{% include "shared/safety.md" %}
{% endblock %}
{% block user %}{{ question }}{% endblock %}
"""
SUITE = """suite: facts
prompt: support
repeats: 1
defaults: {expect: [{contains: blue}]}
cases:
""" + "".join(f"  - {{id: q{n}, vars: {{question: 'Question {n}?'}}}}\n" for n in range(30))
CONFIG = """[freeze]
remote = "origin"

[incidents]
provider_status = ""
"""
FLAGS = {
    "flags": {
        "bot": {
            "state": "ENABLED",
            "variants": {"on": True, "off": False},
            "defaultVariant": "on",
        }
    }
}


class Clock:
    """The time, turned by tests."""

    def __init__(self) -> None:
        self.now = at(0)

    def __call__(self) -> datetime:
        return self.now

    def set(self, text: str) -> None:
        """Set it to a clock time of the day."""
        hour, minute = text.split(":")
        self.now = datetime(2026, 11, 23, int(hour), int(minute), tzinfo=UTC)

    def minutes(self, passed: float) -> None:
        """Set it to so many minutes after the declaration."""
        self.now = at(passed)


@dataclass(frozen=True)
class Product(Folder):
    """A clone of the product, with the bare remote beside it, and its incident commands."""

    run: Callable[..., object] = field(compare=False)
    clock: Clock = field(compare=False)

    def incident(self, *arguments: str, code: int | None = 0):
        """Run `promptgate incident …`; it must end with the code."""
        ended = self.run("incident", *arguments)
        if code is not None:
            assert ended.code == code, f"{arguments}: {ended.code}\n{ended.out}\n{ended.err}"
        return ended

    def open(self, **more: str) -> Incident:
        """Declare the incident."""
        given = {
            "product": "support",
            "summary": "says red",
            "source": "customer",
            "severity": "high",
            "commander": "Dana",
            "prompt": "support",
            "flag": "bot",
        } | more
        words = [word for name, value in given.items() for word in (f"--{name}", value)]
        self.incident("open", *words)
        return self.found

    @property
    def incidents(self) -> Incidents:
        return Incidents(find_project(self.root))

    @property
    def found(self) -> Incident:
        return self.incidents.read(ID).fold()

    @property
    def log(self) -> bytes:
        return (self.incidents.folder(ID) / "events.jsonl").read_bytes()

    def release(self) -> None:
        """Write the lock for the prompts as they are on disk."""
        tree = open_tree(find_project(self.root), "worktree")
        commit = self.git("rev-parse", "HEAD")
        prompts = {name: load_prompt(tree, name) for name in list_prompts(tree)}
        entries = {
            name: locked_prompt(prompt, revision=commit, evidence="sha256:0")
            for name, prompt in prompts.items()
        }
        self.write("promptgate.lock", dump_lock(Lock(entries)))

    def push(self) -> None:
        self.git("push", "-q", "origin", "HEAD:refs/heads/main")
        self.git("fetch", "-q", "origin")

    def state_of_work_tree(self) -> tuple[str, str, str]:
        """What a rollback must not touch: the branch, the index and work tree, the files."""
        changes = self.git("status", "--short", "--untracked-files=all", "--", ":!incidents")
        return self.git("rev-parse", "HEAD"), changes, self.git("diff", "--", ":!incidents")


@pytest.fixture(autouse=True)
def _git_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Dana")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "dana@example.org")
    for name in ("CLAUDE_ENABLED", "PROMPTGATE_FLAGS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("promptgate.runs.answers.utc_now", made)
    return made


@pytest.fixture(scope="session")
def product_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("product")
    remote = bare_repository(top / "remote.git")
    (top / "clone").mkdir()
    folder = Product(top / "clone", print, Clock())
    folder.git("init", "-q", "-b", "main")
    folder.git("remote", "add", "origin", "../remote.git")
    folder.git("config", "user.name", "Dana")
    folder.git("config", "user.email", "dana@example.org")
    folder.write("promptgate.toml", CONFIG)
    folder.write("prompts/support.md", PROMPT)
    folder.write("prompts/shared/safety.md", "Say blue.\n")
    folder.write("suites/facts.yaml", SUITE)
    folder.write("flags.json", json.dumps(FLAGS))
    folder.write("app.py", "print('hello')\n")
    folder.commit("good")
    folder.release()
    folder.commit("release")
    record(folder, lambda _: "It is blue.", "HEAD", repeats=10, only="q0")
    folder.commit("recordings")
    folder.write("prompts/shared/safety.md", "Say red.\n")
    folder.commit("bad edit")
    record(folder, lambda _: "It is red.", "HEAD", repeats=10, only="q0")
    folder.commit("recordings of the bad edit")
    folder.push()
    for repository in (folder, remote):
        repository.pack()
    return top


@pytest.fixture
def product(
    product_template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    promptgate: Callable[..., object],
    clock: Clock,
) -> Product:
    """The clone as the current folder, on main, with the bad edit at its tip."""
    shutil.copytree(product_template, tmp_path, symlinks=True, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path / "clone")
    return Product(tmp_path / "clone", promptgate, clock)
