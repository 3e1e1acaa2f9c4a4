"""A project whose suites test an application, with a scripted server in place of the API."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from promptgate.models.cassettes import Cassettes
from promptgate.models.settings import ModelSettings
from promptgate.project import find_project
from promptgate.runs.answers import Source
from promptgate.runs.gate_options import GateOptions
from promptgate.runs.gating import run_gate
from promptgate.runs.single import RunOptions, run_target
from tests.support.loopback import Loopback, Script, Scripted
from tests.support.messages import message, stream
from tests.support.project import opened, small_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.project import Folder

COMMAND = "promptgate record"
CONFIG = """
[applications."shop.bot:answer"]
prompts = ["support"]
"""
BOT = """
import anthropic
import promptgate

client = anthropic.Anthropic()
prompt = promptgate.load("support")


def ask(text):
    return client.messages.create(**prompt.request(question=text)).content[0].text


def answer(question):
    first = ask(question)
    return ask("Once more: " + first)
"""
SUITE = """suite: bot
target: python:shop.bot:answer
repeats: 2
cases:
  - {id: colour, vars: {question: "What colour is it?"}, expect: [{contains: "No."}]}
"""


def counted(seen: Any) -> Scripted:
    """Answer each request with its number, streamed where that was asked."""
    told = message(f"No. {seen.number}")
    return Scripted(stream(told) if seen.body.get("stream") else told)


@dataclass
class Shop:
    """The project, and what can be done with it."""

    folder: Folder
    sent: int = 0

    def bot(self, text: str) -> None:
        """Replace the application's module."""
        self.folder.write("shop/bot.py", text)
        self.forget()

    def forget(self) -> None:
        """Drop imported modules: a command imports an application once, a test many."""
        for name in [n for n in sys.modules if n.partition(".")[0] == "shop"]:
            del sys.modules[name]

    def run(self, mode: str = "replay", script: Script = counted, **options: Any) -> list[Any]:
        """Run the suites and return the trials; `sent` is how many requests arrived."""
        self.forget()
        project = find_project(self.folder.root)
        with Loopback(script) as server:
            source = self._source(project, server)
            chosen = RunOptions(mode=mode, **options)
            try:
                return list(run_target(project, chosen, source, COMMAND).trials)
            finally:
                self.sent = server.count

    def gate(self, mode: str = "replay", script: Script = counted, **options: Any) -> Any:
        """Run the gate; on all cases by name, as so few could never pass a whole suite."""
        self.forget()
        project = find_project(self.folder.root)
        with Loopback(script) as server:
            source = self._source(project, server)
            try:
                return run_gate(
                    project, GateOptions(mode=mode, **{"cases": ("*",), **options}), source
                )
            finally:
                self.sent = server.count

    def _source(self, project: Any, server: Loopback) -> Source:
        settings = ModelSettings(base_url=server.url, retries=0)
        return Source(Cassettes(project.cassettes), settings)


@pytest.fixture(scope="session")
def shop_template(tmp_path_factory) -> Path:
    project = small_project(tmp_path_factory.mktemp("shop"))
    (project.root / "suites/facts.yaml").unlink()
    project.write("promptgate.toml", CONFIG)
    project.write("shop/__init__.py", "")
    project.write("shop/bot.py", BOT)
    project.write("suites/bot.yaml", SUITE)
    project.commit("an application")
    return project.root


@pytest.fixture
def shop(shop_template, tmp_path, monkeypatch) -> Any:
    """A committed project with one application and one prompt; no recordings."""
    for name in ("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    made = Shop(opened(shop_template, tmp_path, monkeypatch))
    made.forget()
    yield made
    made.forget()
