"""From a plan and its recordings to scored trials. The only way to a score, live or replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from promptgate.errors import MissingRecording
from promptgate.models.cassette_file import Recording
from promptgate.runs.conversation import Exchange, Find, follow
from promptgate.runs.results import Part, Trial
from promptgate.runs.scoring import Scoring, answer_of, response_digest

if TYPE_CHECKING:
    from promptgate.runs.arms import Arm
    from promptgate.runs.plan import Plan, PlannedCase

Costs: TypeAlias = Callable[[Recording], float | None]
"""A recording to what it cost in US dollars; None where the price is unknown."""

Faults: TypeAlias = Mapping[tuple[str, int], str]
"""(request digest, sample) to why there is no recording, for what was tried and failed."""


@dataclass(frozen=True)
class Evaluation:
    """How to score: what evaluate() needs beside the plan."""

    scoring: Scoring
    find: Find
    cost: Costs
    faults: Faults
    record_command: str


@dataclass(frozen=True)
class _Outcome:
    """What became of a trial; the fields are those of Trial."""

    state: str
    score: float | None = None
    passed: bool | None = None
    parts: tuple[Part, ...] = ()
    cost_usd: float | None = None
    note: str = ""


def evaluate(plan: Plan, how: Evaluation) -> Iterator[Trial]:
    """Score every trial of a plan, case by case.

    A request that both arms share gives one trial, of the arm 'both'.

    Raises:
        MissingRecording: A recording is needed and none was tried; names the case,
            the repeat and the command that records it.
        CassetteError: A recording is torn or altered.
    """
    by_name = {arm.name: arm for arm in plan.arms}
    for planned in plan.cases:
        if planned.identical:
            yield from _evaluate_arm(plan.arms[-1], "both", planned, how)
            continue
        for name in planned.requests:
            yield from _evaluate_arm(by_name[name], name, planned, how)


def _evaluate_arm(arm: Arm, label: str, planned: PlannedCase, how: Evaluation) -> Iterator[Trial]:
    request = planned.requests[arm.name]
    if request is None:
        return
    case = planned.case
    for repeat, exchanges in enumerate(follow(request, case.turns, planned.repeats, how.find)):
        recordings = [e.recording for e in exchanges if e.recording is not None]
        if len(recordings) < len(case.turns):
            note = _why_missing(arm, planned, repeat, exchanges[-1], how)
            outcome = _Outcome("missing", note=note)
            yield _trial(arm, label, planned, repeat, recordings, outcome)
            continue
        yield _scored(arm, label, planned, repeat, recordings, how)


def _why_missing(
    arm: Arm, planned: PlannedCase, repeat: int, last: Exchange, how: Evaluation
) -> str:
    fault = how.faults.get((last.request.digest, last.sample))
    if fault is None:
        raise MissingRecording(
            f"no recording of case {planned.suite.name}:{planned.case.id}, repeat {repeat + 1} "
            f"of {planned.repeats}, of prompt {planned.prompt!r} at {arm.revision}; "
            f"to record it, run: {how.record_command}"
        )
    return fault


def _scored(
    arm: Arm,
    label: str,
    planned: PlannedCase,
    repeat: int,
    recordings: Sequence[Recording],
    how: Evaluation,
) -> Trial:
    costs = [how.cost(recording) for recording in recordings]
    answers = [answer_of(r, cost) for r, cost in zip(recordings, costs, strict=True)]
    found = how.scoring.score(planned.suite.name, planned.case, answers)
    parts = tuple(
        Part(part.metric, part.scorer, part.score.value, part.passed, part.score.reason)
        for part in found.parts
    )
    state = "unscored" if found.value is None else "scored"
    total = None if None in costs else sum(cost for cost in costs if cost is not None)
    outcome = _Outcome(state, found.value, found.passed, parts, total)
    return _trial(arm, label, planned, repeat, recordings, outcome)


def _trial(
    arm: Arm,
    label: str,
    planned: PlannedCase,
    repeat: int,
    recordings: Sequence[Recording],
    outcome: _Outcome,
) -> Trial:
    request = planned.requests[arm.name]
    assert request is not None
    last = recordings[-1] if recordings else None
    usages = [recording.response.usage for recording in recordings]
    return Trial(
        suite=planned.suite.name,
        case=planned.key,
        cluster=planned.case.cluster,
        prompt=planned.prompt,
        arm=label,
        revision=arm.revision,
        repeat=repeat,
        state=outcome.state,
        score=outcome.score,
        passed=outcome.passed,
        critical=planned.case.critical,
        parts=outcome.parts,
        request_digest=request.digest,
        response_digest=response_digest(recordings) if recordings else None,
        answer=last.response.text if last else "",
        stop_reason=last.response.stop_reason if last else None,
        model=request.model,
        served_model=last.served_model if last else None,
        recorded_at=last.recorded_at.isoformat() if last else None,
        input_tokens=sum(usage.total_input_tokens for usage in usages) if usages else None,
        output_tokens=sum(usage.output_tokens for usage in usages) if usages else None,
        latency_ms=sum(recording.latency_ms for recording in recordings) if usages else None,
        cost_usd=outcome.cost_usd,
        note=outcome.note,
    )
