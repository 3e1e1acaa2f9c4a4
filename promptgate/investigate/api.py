"""Diagnose an input from code: for incidents, and for whoever scripts an investigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.investigate.diagnosing import diagnose
from promptgate.investigate.opening import (
    Sides,
    Wanted,
    open_asker,
    open_factors,
    open_subject,
)

if TYPE_CHECKING:
    from promptgate.investigate.asking import AskMode
    from promptgate.investigate.diagnosis import Diagnosis
    from promptgate.project import Project

__all__ = ["Sides", "Wanted", "diagnose_input"]


def diagnose_input(
    project: Project,
    wanted: Wanted,
    sides: Sides = Sides(),  # noqa: B008  # frozen
    *,
    mode: AskMode = "record",
    max_calls: int | None = None,
    max_cost: float | None = None,
) -> Diagnosis:
    """Find out why an input fails; what `promptgate diagnose` does.

    Args:
        project: As it is on disk.
        wanted: The input, as a case or a file, and its check.
        sides: The prompts and models to compare; found out where not given.
        mode: 'replay' sends nothing.
        max_calls: Most answers; the project's limit where None.
        max_cost: Most dollars for new answers; likewise.

    Raises:
        InputError: Something that the user wrote is wrong.
        EvidenceError: Nothing is recorded of what failed, and nothing can be asked.
    """
    subject = open_subject(project, wanted)
    factors = open_factors(project, subject, sides)
    asker = open_asker(project, mode, max_calls, max_cost)
    return diagnose(subject, factors, asker)
