"""The stages on which the commands of pages and of the help are run."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import stages
from tests.support.forge import ScriptedForge
from tests.support.loopback import Loopback
from tests.support.project import EXAMPLE, Folder
from tests.testing.conftest import run_pytest  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Ended
    from tests.support.pages import Command

INSTALLING = ("cd", "pip", "python", "python3", ".")
"""What comes before the first command of a page; where tests run it has been done."""


@dataclass
class Clock:
    """What every clock of a stage shows; 'sleep' turns it."""

    now: datetime = stages.NOW

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def kind(self) -> type[datetime]:
        """Return a datetime whose now() is this clock's."""
        clock = self

        class Datetime(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> Any:
                return clock.now.astimezone(tz)

        return Datetime


@pytest.fixture(scope="session")
def stage_templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make each stage's folder once, when it is first asked for."""
    made: dict[str, Path] = {}

    def template(name: str) -> Path:
        if name not in made:
            top = tmp_path_factory.mktemp("stage")
            made[name] = _make(name, top, template)
        return made[name]

    return template


def _make(name: str, top: Path, template: Callable[[str], Path]) -> Path:
    """Make a stage below a folder; return what is the current folder there."""
    if name == "empty folder":
        return stages.empty_folder(top)
    if name in ("good edit", "bad edit"):
        return stages.product(top, bad=name == "bad edit")
    if name == "history":
        found = subprocess.run(
            ["git", "rev-parse", "--verify", "--quiet", "HEAD^{/^Sort messages}"],
            cwd=EXAMPLE,
            capture_output=True,
            check=False,
        )
        if found.returncode:
            pytest.skip("this clone has no history to search; clone it in full")
        clone = ["git", "clone", "-q", "--shared", str(EXAMPLE), str(top / "clone")]
        subprocess.run(clone, check=True, capture_output=True)
        return top / "clone"
    before, make = stages.LATER[name]
    shutil.copytree(template(before).parent, top, symlinks=True, dirs_exist_ok=True)
    folder = Folder(top / template(before).name)
    make(folder)
    return folder.root


@dataclass
class Reader:
    """Somebody who types what a page shows."""

    root: Path
    call: Callable[..., Ended]
    pytest: Callable[..., Any]
    setenv: Callable[[str, str], None]
    names: dict[str, Callable[[Path], str]]
    clock: Clock

    def type(self, command: Command) -> tuple[int, str]:
        """Run a command; return its exit code and what it printed."""
        words = [self._real(word) for word in command.words]
        while "=" in words[0] or words[0] in ("export", "unset"):
            if "=" in words[0]:
                name, _, value = words[0].partition("=")
                if name != "ANTHROPIC_BASE_URL":  # it stays the scripted server's
                    self.setenv(name, value.replace("…", "scripted"))
            if not (words := words[1:]) or command.words[0] == "unset":
                return 0, ""
        if words[:3] == ["git", "bisect", "run"]:
            words = words[3:]
        if words[0] in INSTALLING:
            return 0, ""
        if words[0] == "sleep":
            self.clock.now += timedelta(seconds=float(words[1]))
            return 0, ""
        if words[0] == "promptgate":
            ended = self.call(*words[1:])
            return ended.code, ended.out + ended.err
        if words[0] == "pytest":
            result = self.pytest(*words[1:])
            return result.code, result.out
        assert words[0] in ("git", "sed"), f"{command}: nobody here knows {words[0]!r}"
        done = subprocess.run(words, cwd=self.root, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def _real(self, word: str) -> str:
        for shown, real in self.names.items():
            if shown in word:
                word = word.replace(shown, real(self.root))
        return word


@pytest.fixture
def reader(
    stage_templates: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    promptgate: Callable[..., Ended],
    run_pytest: Callable[..., Any],  # noqa: F811
) -> Iterator[Callable[..., Reader]]:
    """Put a reader on a stage: a copy of its folder, its clock, and a scripted server."""
    for name in [n for n in os.environ if n.startswith(("GIT_", "ANTHROPIC_", "PROMPTGATE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "dana")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "dana@example.org")
    monkeypatch.setattr("promptgate.incidents.comms.post.time.sleep", lambda _: None)
    monkeypatch.setattr("os.fsync", lambda _: None)  # nobody pulls the plug of a stage
    with Loopback(stages.script()) as server, ScriptedForge() as forge:
        copies = iter(range(1000))

        def stand(stage: str, names: dict[str, Callable[[Path], str]] | None = None) -> Reader:
            template, clock = stage_templates(stage), Clock()
            top = tmp_path / str(next(copies))
            if stage == "history":
                root = template  # what is run there writes nothing but reports
            else:
                shutil.copytree(template.parent, top, symlinks=True)
                root = top / template.name
                monkeypatch.setattr("promptgate.runs.answers.utc_now", clock)
                monkeypatch.setattr("promptgate.models.client.datetime", clock.kind())
                monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
                monkeypatch.setenv("ANTHROPIC_API_KEY", "scripted")
                for hook in ("TEAM_HOOK", "STATUS_HOOK"):
                    monkeypatch.setenv(hook, server.url)
            if "pull request" in stage:
                for name, value in stages.github(root, forge.url).items():
                    monkeypatch.setenv(name, value)
            monkeypatch.chdir(root)
            monkeypatch.setattr(sys, "stdin", io.StringIO("\n" * 20))  # every default
            return Reader(root, promptgate, run_pytest, monkeypatch.setenv, names or {}, clock)

        yield stand


def printed(shown: str, output: str) -> bool:
    """Tell whether a line that a page shows was printed: '…' is anything, times and ids vary."""
    pattern = re.escape(" ".join(shown.split())).replace("…", ".*")
    for varying in (
        r"\d{4}\\-\d\d\\-\d\d(T|\\ )\d\d:\d\d(:\d\d)?(\\\+00:00)?",
        r"\b\d{8}T\d{6}Z\b",
        r"\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b",
    ):
        pattern = re.sub(varying, "[-+0-9a-fTZ: ]+", pattern)
    return re.search(pattern, " ".join(output.split())) is not None  # long lines are wrapped
