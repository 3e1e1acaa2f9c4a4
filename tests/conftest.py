"""Fixtures that many tests share."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support.loopback import Loopback, Scripted
from tests.support.messages import message
from tests.support.project import Folder, example_project, opened, small_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


settings.register_profile(
    "shared", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine is no counterexample
settings.load_profile("shared")


@pytest.fixture(scope="session", autouse=True)
def _cheap_processes(tmp_path_factory) -> Iterator[None]:
    """Spare each process what all would do again: compiling, and reading what TLS trusts.

    Nothing outside of this machine is asked, so nobody needs to be trusted.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(shared / "compiled"))
        patch.delenv("SSL_CERT_FILE", raising=False)
        patch.setenv("SSL_CERT_DIR", str(tmp_path_factory.mktemp("nobody")))
        yield


@pytest.fixture(autouse=True)
def _outside_of_pipelines(monkeypatch) -> None:
    """What continuous integration says of its own change is not about throw-away projects."""
    for name in [n for n in os.environ if n.startswith(("GITHUB_", "CI_"))]:
        monkeypatch.delenv(name)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def small_template(tmp_path_factory) -> Path:
    """A small committed project, made once and copied by each test."""
    return small_project(tmp_path_factory.mktemp("small")).root


@pytest.fixture(scope="session")
def example_template(tmp_path_factory) -> Path:
    """The example, committed, made once and copied by each test."""
    return example_project(tmp_path_factory.mktemp("example")).root


@pytest.fixture
def project(small_template, tmp_path, monkeypatch) -> Folder:
    """A small project, without recordings, as the current folder."""
    return opened(small_template, tmp_path, monkeypatch)


@pytest.fixture
def example(example_template, tmp_path, monkeypatch) -> Folder:
    """A copy of the example with its real recordings, as the current folder."""
    return opened(example_template, tmp_path, monkeypatch)


@pytest.fixture
def promptgate(monkeypatch, capsys) -> Callable[..., Ended]:
    """Run the command line in this process and return how it ended."""

    def run(*arguments: str) -> Ended:
        from promptgate.cli import main

        monkeypatch.setattr(sys, "argv", ["promptgate", *arguments])
        for name in [n for n in sys.modules if n.partition(".")[0] == "app"]:
            del sys.modules[name]  # a process belongs to one project, these tests to many
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capsys.readouterr()
        return Ended(int(ended.value.code or 0), shown.out, shown.err)

    return run


@pytest.fixture
def served(monkeypatch) -> Iterator[Callable[..., Loopback]]:
    """Start a scripted server that answers 'blue' unless a rule says that it fails."""
    servers: list[Loopback] = []

    def start(fails: Callable[[dict[str, Any]], bool]) -> Loopback:
        def script(seen: Any) -> Scripted:
            body = dict(seen.body)
            text = "I cannot say." if fails(body) else "It is blue."
            return Scripted(message(text, model=body["model"]))

        server = Loopback(script)
        server.__enter__()
        servers.append(server)
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        monkeypatch.setenv("ANTHROPIC_API_KEY", "local")
        return server

    yield start
    for server in servers:
        server.__exit__(None, None, None)
