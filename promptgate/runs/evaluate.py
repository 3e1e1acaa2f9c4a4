"""From a plan and its recordings to scored trials. The only way to a score, live or replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from promptgate.errors import MissingRecording
from promptgate.models.cassette_file import Recording
from promptgate.runs.applications.call import ApplicationCall
from promptgate.runs.conversation import Exchange, Find, follow, missing
from promptgate.runs.judging.calls import (
    JudgeCall,
    hearing,
    judge_calls,
    recorded,
    refuse_own_model,
    served_models,
)
from promptgate.runs.results import Part, Trial
from promptgate.runs.scoring import (
    Scoring,
    performed_answer,
    response_digest,
    text_digest,
    turn_answers,
)
from promptgate.runs.siblings import Siblings

if TYPE_CHECKING:
    from promptgate.models.playing import Call
    from promptgate.models.request import Request
    from promptgate.runs.applications.trials import Performance, Performances
    from promptgate.runs.arms import Arm
    from promptgate.runs.plan import Plan, PlannedCase
    from promptgate.scorers import Answer

Costs: TypeAlias = Callable[[Recording], float | None]
"""A recording to what it cost in US dollars; None where the price is unknown."""

Faults: TypeAlias = Mapping[tuple[str, int], str]
"""(request digest, sample) to why there is no recording, for what was tried and failed."""


_OTHERWISE = (
    " If it was recorded before, the application now asks something else, as one that tells the "
    "model today's date does."
)


@dataclass(frozen=True)
class Evaluation:
    """How to score: what evaluate() needs beside the plan."""

    scoring: Scoring
    find: Find
    cost: Costs
    faults: Faults
    performances: Performances
    record_command: str
    siblings: Siblings | None = None
    """The other answers to the same question; evaluate() puts them here."""
    paid: set[tuple[str, int]] = field(default_factory=set)
    """The judgements that a trial has borne the cost of; others share them."""


@dataclass(frozen=True)
class _Outcome:
    """What became of a trial; the fields are those of Trial."""

    state: str
    score: float | None = None
    passed: bool | None = None
    parts: tuple[Part, ...] = ()
    cost_usd: float | None = None
    note: str = ""
    judge_cost_usd: float | None = 0.0


@dataclass(frozen=True)
class _Answered:
    """What a trial got, from a model or an application; the fields are those of Trial."""

    recordings: Sequence[Recording]
    answer: str = ""
    stop_reason: str | None = None
    response_digest: str | None = None
    model: str = ""


def evaluate(plan: Plan, how: Evaluation) -> Iterator[Trial]:
    """Score every trial of a plan, case by case.

    A request that both arms share gives one trial, of the arm 'both'.

    Raises:
        MissingRecording: A recording is needed and none was tried; names the case,
            the repeat and the command that records it.
        CassetteError: A recording is torn or altered.
    """
    try:
        yield from _evaluate(plan, how)
    except MissingRecording as error:
        count = sum(1 for _ in missing(plan, how.find))
        many = f"{count:,} recordings are missing; of the first: " if count > 1 else ""
        raise MissingRecording(many + error.message) from None


def _evaluate(plan: Plan, how: Evaluation) -> Iterator[Trial]:
    siblings = Siblings(plan, how.scoring, how.find, how.performances)
    how = replace(how, siblings=siblings)
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
    if isinstance(request, ApplicationCall):
        held = how.performances[arm.name, planned.suite.name, planned.key]
        for repeat, performance in enumerate(held):
            answered, outcome = _performed(arm, planned, repeat, performance, how)
            yield _trial(arm, label, planned, repeat, answered, outcome)
        return
    refuse_own_model(how.scoring, planned, [request.model])
    case = planned.case
    for repeat, exchanges in enumerate(follow(request, case.turns, planned.repeats, how.find)):
        recordings = [e.recording for e in exchanges if e.recording is not None]
        answered = _asked(request, recordings)
        if len(recordings) < len(case.turns):
            note = _why_missing(arm, planned, repeat, exchanges[-1], how)
            yield _trial(arm, label, planned, repeat, answered, _Outcome("missing", note=note))
            continue
        costs = [how.cost(recording) for recording in recordings]
        answers = turn_answers(case, request, recordings, costs)
        outcome = replace(_scored(arm, planned, repeat, answers, how), cost_usd=_total(costs))
        yield _trial(arm, label, planned, repeat, answered, outcome)


def _asked(request: Request, recordings: Sequence[Recording]) -> _Answered:
    """Return what a model answered."""
    if not recordings:
        return _Answered((), model=request.model)
    response = recordings[-1].response
    digest = response_digest(recordings)
    return _Answered(recordings, response.text, response.stop_reason, digest, request.model)


def _performed(
    arm: Arm, planned: PlannedCase, repeat: int, performance: Performance, how: Evaluation
) -> tuple[_Answered, _Outcome]:
    """Return what became of one trial of an application."""
    recordings = [call.recording for call in performance.calls if call.recording is not None]
    costs = [how.cost(recording) for recording in recordings]
    model = performance.calls[len(recordings) - 1].request.model if recordings else ""
    nothing = _Answered(recordings, model=model)
    if performance.missing is not None:
        note = _why_missing(arm, planned, repeat, performance.missing, how)
        return nothing, _Outcome("missing", note=note)
    if performance.outcome.error is not None:
        note = performance.outcome.error
        return nothing, _Outcome("errored", cost_usd=_total(costs), note=note)
    refuse_own_model(how.scoring, planned, [call.request.model for call in performance.calls])
    answer = performed_answer(performance, _total(costs))
    outcome = replace(_scored(arm, planned, repeat, [answer], how), cost_usd=_total(costs))
    digest = text_digest(answer.text)
    return _Answered(recordings, answer.text, answer.stop_reason, digest, model), outcome


def _why_missing(
    arm: Arm, planned: PlannedCase, repeat: int, last: Exchange | Call, how: Evaluation
) -> str:
    fault = how.faults.get((last.request.digest, last.sample))
    if fault is None:
        what = "target" if planned.suite.target else "prompt"
        at = arm.revision[:9] if arm.revision == arm.tree.commit else arm.revision
        raise MissingRecording(
            f"no recording of case {planned.suite.name}:{planned.case.id}, repeat {repeat + 1} "
            f"of {planned.repeats}, of {what} {planned.prompt!r} at {at}; "
            f"record what is missing with '{how.record_command}'."
            + (_OTHERWISE if planned.suite.target else "")
        )
    return fault


def _scored(
    arm: Arm, planned: PlannedCase, repeat: int, answers: Sequence[Answer], how: Evaluation
) -> _Outcome:
    if how.siblings is not None:
        answers = how.siblings.beside(arm, planned, repeat, answers)
    calls = judge_calls(how.scoring, planned.suite.name, planned.case, answers)
    heard: dict[tuple[str, int], Recording] = {}
    for call in calls:
        said = recorded(how.find, call)
        if said is None:
            return _Outcome("missing", note=_why_unjudged(arm, planned, repeat, call, how))
        heard[call.key] = said
    found = how.scoring.score(planned.suite.name, planned.case, hearing(answers, heard))
    served = served_models(calls, heard)
    parts = tuple(
        Part(
            part.metric,
            part.scorer,
            part.score.value,
            part.passed,
            part.score.reason,
            part.score.judge,
            served.get(part.score.judge or "", ()),
        )
        for part in found.parts
    )
    state = "unscored" if found.value is None else "scored"
    cost = _total([how.cost(said) for key, said in heard.items() if key not in how.paid])
    how.paid.update(heard)
    return _Outcome(state, found.value, found.passed, parts, judge_cost_usd=cost)


def _why_unjudged(
    arm: Arm, planned: PlannedCase, repeat: int, call: JudgeCall, how: Evaluation
) -> str:
    name = call.check.judge.name
    fault = how.faults.get(call.key)
    if fault is None:
        raise MissingRecording(
            f"no recording of what the judge {name!r} says of case {planned.suite.name}:"
            f"{planned.case.id}, repeat {repeat + 1} of {planned.repeats}, at {arm.revision}; "
            f"record it with '{how.record_command}'."
        )
    return f"the judge {name!r} could not be asked: {fault}"


def _total(costs: Sequence[float | None]) -> float | None:
    """Add up costs; one that is unknown makes the sum unknown."""
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _trial(
    arm: Arm,
    label: str,
    planned: PlannedCase,
    repeat: int,
    answered: _Answered,
    outcome: _Outcome,
) -> Trial:
    request = planned.requests[arm.name]
    assert request is not None
    recordings = answered.recordings
    # By time and not by place: the order of calls from an application's threads is no fact.
    last = max(recordings, key=lambda r: (r.recorded_at, r.digest, r.sample), default=None)
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
        response_digest=answered.response_digest,
        answer=answered.answer,
        stop_reason=answered.stop_reason,
        model=answered.model,
        served_model=last.served_model if last else None,
        recorded_at=last.recorded_at.isoformat() if last else None,
        input_tokens=sum(usage.total_input_tokens for usage in usages) if usages else None,
        output_tokens=sum(usage.output_tokens for usage in usages) if usages else None,
        latency_ms=sum(recording.latency_ms for recording in recordings) if usages else None,
        cost_usd=outcome.cost_usd,
        note=outcome.note,
        judge_cost_usd=outcome.judge_cost_usd,
    )
