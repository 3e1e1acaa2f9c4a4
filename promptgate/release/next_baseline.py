"""The answers that the next gate takes for the baseline: a fresh set, which no gate has judged.

Answers that let a candidate through were lucky more often than not. Taken for the next
baseline they make identical releases fail, in one gate of five by the eighth release. So
a release asks everything once more and the lock names that generation; until the lock
is merged, no gate sees it. Offline that cannot be done, and is not done silently.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from promptgate.errors import EvidenceError, ModelError
from promptgate.models.cassettes import new_generation
from promptgate.prompts.lock import JUDGED
from promptgate.runs.answers import get_answers, utc_now
from promptgate.runs.judging.declared import open_judges
from promptgate.runs.scoring import Scoring

if TYPE_CHECKING:
    from promptgate.runs.answers import Source
    from promptgate.runs.gate_run import GateRun
    from promptgate.runs.plan import Plan

_KEYS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")


def next_baseline(run: GateRun, source: Source, *, offline: bool) -> tuple[str | None, set[str]]:
    """Record what was released once more, as a generation of its own.

    Args:
        run: The gate that passed.
        source: Where answers are kept and how to ask for them.
        offline: Go without.

    Returns:
        The stamp of the generation (JUDGED where it went without; None where the gate
        asked nothing of the candidate alone), and the prompts that it is of.

    Raises:
        EvidenceError: There is no key to ask with, and it is not to go without.
        ModelError: Something was not answered.
    """
    plan = _of_candidate(run.plan)
    if not plan.cases:
        return None, set()
    asked = {planned.prompt for planned in plan.cases}
    for planned in plan.cases:
        if planned.suite.target is not None:
            asked.update(run.candidate.applications.of(planned.suite.target).prompts)
    if offline:
        return JUDGED, asked
    if not any(os.environ.get(name) for name in _KEYS):
        raise EvidenceError(
            "The gate passed, and nothing was released: the next baseline has to be asked afresh, "
            f"as answers that were judged flatter it, and there is no key in {_KEYS[0]}. Set it, "
            "or go without by --offline: up to one in five later gates then fails, though nothing "
            "got worse."
        )
    # A stamp has seconds: what this gate itself recorded must not pass for the fresh set.
    now = max(utc_now(), run.decided_at + timedelta(seconds=1))
    suites = {planned.suite.name: planned.suite for planned in plan.cases}
    project = run.candidate.project
    scoring = Scoring(suites.values(), project.root, open_judges(project))
    answers = get_answers(plan, source, "refresh", now, scoring)
    if answers.faults:
        raise ModelError(
            "The gate passed, and nothing was released: the next baseline is incomplete, as "
            f"{len(answers.faults)} answers failed ({next(iter(answers.faults.values()))}). "
            "Run it again."
        )
    return new_generation(now), asked


def _of_candidate(plan: Plan) -> Plan:
    """Return the trials that only the candidate has: what both arms share is judged by no gate."""
    cases = tuple(
        replace(planned, requests={"candidate": planned.requests["candidate"]})
        for planned in plan.changed().cases
        if not planned.identical
    )
    return replace(plan, arms=plan.arms[-1:], cases=cases)
