"""Which answers a gate lacks: what recording would ask, without asking it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.errors import PromptgateError
from promptgate.runs.answers import Source, utc_now
from promptgate.runs.costs import Bill, bill_for
from promptgate.runs.gating import run_gate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from promptgate.models.client import Job
    from promptgate.project import Project
    from promptgate.runs.gate_options import GateOptions


@dataclass(frozen=True)
class Lacking:
    """The answers that are to be recorded first; later turns of conversations follow them.

    Attributes:
        suites: Name of a suite to how many of its answers.
        folder: Of the recordings, in the project.
        edited: Folders of what is edited, which an author has to commit with them.
        bill: How many in all, those of judges included, of which models, at what cost.
    """

    suites: Mapping[str, int]
    folder: str
    bill: Bill
    edited: tuple[str, ...] = ()


class _Asked(Exception):  # a signal that ends a rehearsal, and no error
    """What recording was about to ask."""

    def __init__(self, jobs: Sequence[Job], later: Sequence[Job]) -> None:
        super().__init__()
        self.jobs = jobs
        self.later = later


def lacking(project: Project, options: GateOptions, source: Source) -> Lacking | None:
    """Rehearse the recording of a gate as far as its first question; None where that tells nothing.

    Args:
        project: As it is on disk.
        options: Of the gate.
        source: Where recordings are.
    """

    def stop(jobs: Sequence[Job], later: Sequence[Job]) -> None:
        raise _Asked(jobs, later)

    try:
        run_gate(project, replace(options, mode="record"), replace(source, announce=stop))
    except _Asked as asked:
        suites = Counter(job.folder[0] for job in asked.jobs)
        bill = bill_for(project, [*asked.jobs, *asked.later], utc_now().date())
        settings = project.settings
        return Lacking(suites, settings.cassettes, bill, (settings.prompts, settings.suites))
    except PromptgateError:
        return None
    return None
