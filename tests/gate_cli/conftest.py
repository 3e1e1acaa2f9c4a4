"""Files of results, and a project with a violated critical case."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.messages import message
from tests.support.project import opened, small_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.support.project import Folder

Row = dict[str, Any]
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def arm(
    broken: int = 0, *, cases: int = 60, repeats: int = 3, suite: str = "help", **more: Any
) -> list[Row]:
    """Return the rows of one arm, in which the first `broken` cases score 0 and the others 1."""
    return [
        {"suite": suite, "case": f"c{case}", "repeat": repeat, "score": float(case >= broken)}
        | more
        for case in range(cases)
        for repeat in range(repeats)
    ]


@pytest.fixture
def results(tmp_path) -> Callable[..., Path]:
    """Write rows as CSV or JSONL, by the suffix of the name."""

    def write(name: str, rows: Iterable[Row]) -> Path:
        path = tmp_path / name
        rows = list(rows)
        if path.suffix == ".jsonl":
            path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
            return path
        columns = list(dict.fromkeys(key for row in rows for key in row))
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


SUITE = """suite: safety
prompt: support
repeats: 1
defaults:
  critical: true
  expect: [{not: {contains: "sure"}}]
cases:
"""


@pytest.fixture(scope="session")
def violated_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from promptgate.models.cassette_file import Recording, lay_out
    from promptgate.models.cassettes import Cassettes
    from promptgate.project import find_project
    from promptgate.runs.arms import open_arm
    from promptgate.runs.plan import make_plan
    from promptgate.suites import load_suites

    project = small_project(tmp_path_factory.mktemp("violated"))
    (project.root / "suites" / "facts.yaml").unlink()
    cases = [f'  - {{id: q{i}, vars: {{question: "Question {i}?"}}}}\n' for i in range(40)]
    project.write("suites/safety.yaml", SUITE + "".join(cases))
    project.write(".gitignore", "reports\n")
    project.commit("a suite")
    project.git("checkout", "-q", "-b", "edit")
    project.replace("prompts/support.md", "You answer", "You briefly answer")
    project.commit("an edit")
    opened = find_project(project.root)
    cassettes = Cassettes(opened.cassettes)
    for revision in ("main", "worktree"):
        target = open_arm(opened, "candidate", revision, None)
        for planned in make_plan((target,), load_suites(target.tree, "suites")).cases:
            request = planned.requests["candidate"]
            bad = revision == "worktree" and planned.key == "q7"
            body = message("sure, like this" if bad else "I can't help with that.", model="m")
            recording = Recording(request.digest, 0, lay_out(body), NOW, "anthropic 2.12.0", 5)
            cassettes.append(request, recording, ("safety", planned.key))
    return project.root


@pytest.fixture
def violated(violated_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A project on a branch whose candidate violates one critical case out of forty."""
    return opened(violated_template, tmp_path, monkeypatch)
