"""A project whose suites pytest runs, in this process: what a user's `pytest` does."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.project import Folder, opened, small_project
from tests.support.recorded import record, suite_of

if TYPE_CHECKING:
    from collections.abc import Callable

PLAIN = ("-p", "no:xdist", "-p", "no:hypothesispytest", "-p", "no:randomly")


@dataclass
class Result:
    """What a run gave."""

    code: int
    out: str
    collected: list[str]
    reports: dict[str, Any]

    def outcomes(self) -> dict[str, str]:
        """Return each item's outcome; an answer that is only reported is 'xfailed'."""
        return {
            name: "xfailed" if hasattr(report, "wasxfail") else report.outcome
            for name, report in self.reports.items()
        }


class _Spy:
    def __init__(self) -> None:
        self.collected: list[str] = []
        self.reports: dict[str, Any] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.collected = [item.nodeid for item in session.items]

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.reports[report.nodeid] = report


@pytest.fixture
def run_pytest(capsys, monkeypatch) -> Callable[..., Result]:
    """Run pytest in the current folder, without what the outer run was told."""

    def run(*arguments: str) -> Result:
        for name in ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST"):
            monkeypatch.delenv(name, raising=False)
        capsys.readouterr()
        spy = _Spy()
        code = pytest.main([*PLAIN, "--import-mode=importlib", *arguments], plugins=[spy])
        for name, module in list(sys.modules.items()):  # the next run has others of that name
            if str(getattr(module, "__file__", "")).startswith(str(Path.cwd())):
                del sys.modules[name]
        shown = capsys.readouterr()
        return Result(int(code), shown.out + shown.err, spy.collected, spy.reports)

    return run


@pytest.fixture(scope="session")
def edited_template(tmp_path_factory) -> Path:
    project = small_project(tmp_path_factory.mktemp("edited"))
    project.write("suites/facts.yaml", suite_of(40))
    project.write(".gitignore", "reports\ncassettes\n.promptgate\n")
    project.commit("forty cases")
    project.replace("prompts/support.md", "You answer questions", "You guess at questions")
    record(project, lambda key: "blue", "HEAD")
    record(project, lambda key: "red" if int(key[1:]) < 12 else "blue", "worktree")
    return project.root


@pytest.fixture
def edited(edited_template, tmp_path, monkeypatch) -> Folder:
    """A committed prompt and an edit on disk: 12 of 40 answers lost, all recorded."""
    return opened(edited_template, tmp_path, monkeypatch)
