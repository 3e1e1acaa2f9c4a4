"""Recordings made up for a test: what each revision answers to each case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from promptgate.models.cassette_file import Recording, lay_out
from promptgate.models.cassettes import Cassettes
from promptgate.models.request import Request
from promptgate.project import find_project
from promptgate.runs.answers import Source
from promptgate.runs.arms import open_arm
from promptgate.runs.plan import make_plan
from promptgate.suites import load_suites
from tests.support.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.project import Folder

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def suite_of(count: int, *, name: str = "facts", head: str = "", skip: int = 0) -> str:
    """Return a suite of cases q0, q1, … that expect the answer to hold 'blue'."""
    cases = "".join(
        f'  - {{id: q{i}, vars: {{question: "Question {i}?"}}}}\n' for i in range(skip, count)
    )
    defaults = "defaults: {expect: [{contains: blue}]}\n"
    return f"suite: {name}\nprompt: support\nrepeats: 1\n{head}{defaults}cases:\n{cases}"


def source_of(folder: Folder) -> Source:
    """Return the recordings of a project as a gate takes them."""
    return Source(Cassettes(find_project(folder.root).cassettes))


def record(
    folder: Folder,
    answer: Callable[[str], str],
    *revisions: str,
    suites: str | None = None,
    model: str | None = None,
    repeats: int | None = None,
    when: datetime = NOW,
    only: str | None = None,
) -> None:
    """Record what some revisions answer.

    Args:
        folder: The project.
        answer: Key of a case to text.
        revisions: Whose prompts are asked.
        suites: The revision of the suites; each prompt's own by default.
        model: Asked in place of the prompts' own.
        repeats: In place of the suites'.
        when: Of all recordings.
        only: The one case that is asked; all by default.
    """
    project = find_project(folder.root)
    cassettes = Cassettes(project.cassettes)
    for revision in revisions:
        arm = open_arm(project, "candidate", revision, model)
        tree = arm.tree if suites is None else open_arm(project, "candidate", suites, None).tree
        for planned in make_plan((arm,), load_suites(tree, "suites"), repeats=repeats).cases:
            if only not in (None, planned.key):
                continue
            request = planned.requests["candidate"]
            assert isinstance(request, Request)
            held = len(cassettes.find(request.digest))
            for sample in range(held, planned.repeats):
                body = lay_out(message(answer(planned.key), model=request.model))
                recording = Recording(request.digest, sample, body, when, "anthropic 2.12.0", 5)
                cassettes.append(request, recording, (planned.suite.name, planned.key))
