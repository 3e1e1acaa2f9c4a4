"""The circumstances of a gate that are not trials: what was released, when arms were recorded.

Separate from gating.py, which knows the order of things and none of these.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.gate import Context, KnownGood, Recorded
from promptgate.models.catalogue import sdk_catalogue
from promptgate.prompts.revisions import RELEASED
from promptgate.runs.adjudications import authors_like, read_adjudications
from promptgate.runs.authors import people
from promptgate.runs.judging.evidence import different_judges, judge_models

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.project import Project
    from promptgate.runs.arms import Arm
    from promptgate.runs.gate_options import GateOptions
    from promptgate.runs.results import Trial


def circumstances(
    options: GateOptions,
    arms: tuple[Arm, Arm],
    trials: Sequence[Trial],
    untested: Sequence[str],
    now: datetime,
) -> Context:
    """Return the circumstances that are not trials.

    Args:
        options: What the caller chose.
        arms: The baseline first.
        trials: Of this gate.
        untested: Prompts that changed and that no suite tests.
        now: When the gate is held.

    Raises:
        InputError: The file of adjudications is wrong.
    """
    baseline, candidate = arms
    good = None
    if baseline.revision == RELEASED:
        good = KnownGood(RELEASED, model_retired=_retired(trials, now))
    context = Context(
        ladder=options.ladder,
        now=now,
        known_good=good,
        blocked=options.blocked,
        review=options.review,
        remarks=options.remarks,
        allow_gap=options.allow_gap,
        invalid=(
            *options.invalid,
            *(
                f"the prompt {name!r} changed and no suite tests it; add a suite"
                for name in untested
            ),
            *different_judges(trials),
        ),
        baseline_recorded=_recorded(trials, "baseline"),
        candidate_recorded=_recorded(trials, "candidate"),
    )
    if all(trial.passed is not False for trial in trials):  # nothing is to adjudicate
        return context
    return _with_adjudications(context, candidate.project, baseline, candidate)


def _retired(trials: Sequence[Trial], now: datetime) -> bool | None:
    """Tell whether the SDK knows a model of the baseline to be retired; None: it cannot tell."""
    models = {trial.model for trial in trials if trial.arm in ("baseline", "both")}
    try:
        known = [sdk_catalogue().status(model) for model in models if model]
    except InputError:
        return None
    if any(status.retired(now.date()) for status in known):
        return True
    return False if known and all(status.known for status in known) else None


def _with_adjudications(
    context: Context, project: Project, baseline: Arm, candidate: Arm
) -> Context:
    """Add what people have said of single answers, and who may not say it."""
    words = read_adjudications(project)
    if not words:
        return context
    authors = people(project, baseline.revision, candidate.revision)
    reviewers = [word.reviewer for word in words]
    return replace(context, adjudications=words, authors=authors_like(reviewers, authors))


def _recorded(trials: Sequence[Trial], arm: str) -> Recorded | None:
    """Return when an arm's own recordings were made and by which models."""
    own = [t for t in trials if t.arm == arm and t.recorded_at and t.served_model]
    if not own:
        return None
    times = [datetime.fromisoformat(trial.recorded_at or "") for trial in own]
    served: dict[str, set[str]] = {}
    for trial in own:
        served.setdefault(trial.model, set()).add(trial.served_model or "")
    for judge, models in judge_models(own).items():
        served[f"judge {judge}"] = models
    return Recorded(min(times), max(times), {k: frozenset(v) for k, v in served.items()})
