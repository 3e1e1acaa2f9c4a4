"""From an incident's failing input to a diagnosis, and from that to its event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from promptgate.incidents.capture import captured_input
from promptgate.incidents.kinds import Captured, Diagnosed
from promptgate.incidents.rollback.good import base_commit
from promptgate.investigate.diagnosis import Verdict
from promptgate.investigate.subject import Subject, subject_of_case
from promptgate.prompts.revisions import WORKTREE
from promptgate.release.history import find_repository

if TYPE_CHECKING:
    from promptgate.incidents.choices import Cause
    from promptgate.incidents.log import Incidents
    from promptgate.incidents.state import Incident
    from promptgate.investigate.diagnosis import Diagnosis
    from promptgate.project import Project

_NOW = "new prompt, new model"
_CAUSES: dict[Verdict, Cause | None] = {
    Verdict.PROMPT: "prompt",
    Verdict.MODEL: "model",
    Verdict.INTERACTION: "interaction",
    Verdict.EACH: "interaction",
    Verdict.INTEGRATION: "integration",
    Verdict.INPUT: "input",
    Verdict.UPSTREAM: None,
    Verdict.NOT_REPRODUCED: None,
}


def failing_subject(incidents: Incidents, incident: Incident) -> Subject:
    """Return the failing input as investigations take it.

    Raises:
        InputError: None was secured, it is not here, or it was edited since.
    """
    given = captured_input(incidents, incident)
    captured = incident.last(Captured)
    if captured is not None and captured.case is not None:
        return subject_of_case(incidents.project, captured.case)
    return Subject("the captured input", given.prompt, given.suite)


def failing_revision(project: Project) -> str:
    """Return what is held to have failed: the released branch, which a rollback is for, too."""
    repository = find_repository(project.root)
    return WORKTREE if repository is None else base_commit(project, repository)[0]


def event_of(found: Diagnosis, commit: str | None = None) -> Diagnosed:
    """Return a diagnosis as an event; a cause that is not settled is none.

    Args:
        found: What was found.
        commit: Of the prompt that was asked as what fails; None: it was no commit.
    """
    now = next((cell for cell in found.cells if cell.name == _NOW), None)
    return Diagnosed(
        verdict=found.title,
        cause=_CAUSES[found.verdict] if found.settled else None,
        posterior=found.confidence if found.settled or found.posterior else None,
        calls=found.calls,
        move=found.move.sentence,
        detail="; ".join(one.sentence for one in found.findings if one.ok is False),
        deployed=None if now is None else (now.fails, now.answers),
        remedy=found.move.measured,
        good_prompt=found.move.prompt,
        good_model=found.move.model,
        bad_prompt=commit,
        bad_model=None if now is None else now.model,
        unsettled=found.unsettled,
    )


def told_by_hand(
    found: Cause | Literal["unknown"], posterior: float | None, note: str | None, wanted: float
) -> Diagnosed:
    """Return what a person found as an event; who is not sure enough names no cause.

    Args:
        found: The cause.
        posterior: How sure they are, 0 to 1; None: they do not say.
        note: In words.
        wanted: How sure one has to be.
    """
    unsettled = ""
    if found == "unknown":
        unsettled = "nobody found it"
    elif posterior is None:
        unsettled = "nobody says how sure that is: --posterior P"
    elif posterior < wanted:
        unsettled = f"{posterior:.0%} sure, and {wanted:.0%} are wanted"
    return Diagnosed(
        verdict=found,
        cause=None if unsettled or found == "unknown" else found,
        posterior=posterior,
        detail=note or "",
        unsettled=unsettled,
    )
