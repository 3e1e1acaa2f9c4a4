"""Which judgements trials need: a second round, known when their answers are.

A judge is asked about an answer, so its requests cannot be planned with those of the
prompts. They are pure functions of a case and its answers, though: once a trial's
answers are recorded, its judgements are looked up, and what is missing is recorded
like everything else. Equal answers to one case are one request, judged once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from promptgate.errors import InputError
from promptgate.models.client import Job
from promptgate.models.request import Request
from promptgate.runs.applications.call import ApplicationCall
from promptgate.runs.conversation import Find, Need, follow
from promptgate.runs.scoring import Scoring, answer_of, performed_answer, turn_answers
from promptgate.scorers import Answer

if TYPE_CHECKING:
    from promptgate.models.cassette_file import Recording
    from promptgate.runs.applications.trials import Applications
    from promptgate.runs.arms import ArmName
    from promptgate.runs.plan import Plan, PlannedCase
    from promptgate.scorers import Ask
    from promptgate.scorers.judge import JudgeCheck
    from promptgate.suites import Case

FOLDER = "judge-"
"""What the folder of a judge's recordings begins with, below that of their case."""

Asked: TypeAlias = Mapping[tuple[str, int], "Recording"]
"""(request digest, sample) to what a judge said."""

_DATE = re.compile(r"[-@]20\d{6}$")
_BYTES_PER_TOKEN = 4
_LONGEST_UNKNOWN = 1024


@dataclass(frozen=True)
class JudgeCall:
    """One request to a judge."""

    check: JudgeCheck
    request: Request
    sample: int

    @property
    def key(self) -> tuple[str, int]:
        """What its recording is found by."""
        return self.request.digest, self.sample


def judge_calls(
    scoring: Scoring, suite: str, case: Case, answers: Sequence[Answer]
) -> tuple[JudgeCall, ...]:
    """Return every request that judges make about the answers of one trial."""
    return tuple(
        JudgeCall(check, Request(body), sample)
        for checks, answer in zip(scoring.judges(suite, case), answers, strict=False)
        for check in checks
        for body, sample in check.calls(case, answer)
    )


def hearing(answers: Sequence[Answer], heard: Asked) -> list[Answer]:
    """Return the answers with the way to ask a judge about them: on recordings alone."""

    def ask(body: Mapping[str, Any], sample: int) -> Answer:
        return answer_of(heard[Request(body).digest, sample], None)

    way: Ask = ask
    return [replace(answer, ask=way) for answer in answers]


def served_models(calls: Sequence[JudgeCall], heard: Asked) -> dict[str, tuple[str, ...]]:
    """Return for each judge, by name and digest, the models that answered for it."""
    served: dict[str, set[str]] = {}
    for call in calls:
        served.setdefault(call.check.judge.identity, set()).add(heard[call.key].served_model)
    return {judge: tuple(sorted(models)) for judge, models in served.items()}


def missing_judgements(plan: Plan, scoring: Scoring, applications: Applications) -> Iterator[Need]:
    """Yield each judgement that has no recording and can be asked for now, once.

    Raises:
        InputError: A judge would judge answers of its own model.
    """
    seen: set[tuple[str, int]] = set()
    for trial in _trials(plan, scoring, applications):
        planned = trial.planned
        if trial.answers is None:
            continue
        for call in judge_calls(scoring, planned.suite.name, planned.case, trial.answers):
            if call.key in seen:
                continue
            seen.add(call.key)
            if recorded(applications.find, call) is None:
                folder = (planned.suite.name, planned.case.id, FOLDER + call.check.judge.name)
                yield Need(call.request, call.sample, planned, trial.arm, trial.repeat, folder)


def judgement_digests(plan: Plan, scoring: Scoring, applications: Applications) -> Iterator[str]:
    """Yield the digest of every judgement of the answers that are recorded."""
    for trial in _trials(plan, scoring, applications):
        planned = trial.planned
        answers = trial.answers or ()
        for call in judge_calls(scoring, planned.suite.name, planned.case, answers):
            yield call.request.digest


def recorded(find: Find, call: JudgeCall) -> Recording | None:
    """Return what a judge said, if it is recorded."""
    return next((held for held in find(call.request.digest) if held.sample == call.sample), None)


def expected_judgements(plan: Plan, scoring: Scoring, applications: Applications) -> list[Job]:
    """Return stand-ins for the judgements of answers that are still to be recorded.

    What they will ask is not known, only its length at the most: good for a bill, never
    to be sent.
    """
    jobs = []
    for trial in _trials(plan, scoring, applications):
        if trial.answers is not None:
            continue
        planned = trial.planned
        longest = _LONGEST_UNKNOWN
        request = planned.requests[trial.arm]
        if isinstance(request, Request):
            longest = request.body.get("max_tokens", longest)
        unknown = Answer("x" * (_BYTES_PER_TOKEN * longest))
        stand_ins = [unknown] * len(planned.case.turns)
        calls = judge_calls(scoring, planned.suite.name, planned.case, stand_ins)
        jobs += [Job(call.request, call.sample) for call in calls]
    return jobs


@dataclass(frozen=True)
class _Trial:
    """A trial that judges score; its answers are None while some are missing."""

    planned: PlannedCase
    arm: ArmName
    repeat: int
    answers: Sequence[Answer] | None


def _trials(plan: Plan, scoring: Scoring, applications: Applications) -> Iterator[_Trial]:
    """Yield the trials that judges score, a shared one once; those that failed are left out."""
    for planned in plan.cases:
        if not any(scoring.judges(planned.suite.name, planned.case)):
            continue
        arms = list(planned.requests)[-1:] if planned.identical else list(planned.requests)
        for arm in arms:
            request = planned.requests[arm]
            if isinstance(request, Request):
                refuse_own_model(scoring, planned, [request.model])
                held = follow(request, planned.case.turns, planned.repeats, applications.find)
                for repeat, exchanges in enumerate(held):
                    said = [e.recording for e in exchanges if e.recording is not None]
                    whole = len(said) == len(planned.case.turns)
                    answers = turn_answers(planned.case, request, said) if whole else None
                    yield _Trial(planned, arm, repeat, answers)
            elif isinstance(request, ApplicationCall):
                done = applications.performances()[arm, planned.suite.name, planned.key]
                for repeat, performance in enumerate(done):
                    models = [call.request.model for call in performance.calls]
                    refuse_own_model(scoring, planned, models)
                    if performance.missing is not None:
                        yield _Trial(planned, arm, repeat, None)
                    elif performance.outcome.error is None:
                        answer = performed_answer(performance, None)
                        yield _Trial(planned, arm, repeat, [answer])


def refuse_own_model(scoring: Scoring, planned: PlannedCase, models: Iterable[str]) -> None:
    """Refuse a judge that is the model under test: it is lenient with what it would say itself.

    Raises:
        InputError: It is, and nothing allows it.
    """
    tested = {_undated(model): model for model in models}
    for check in chain.from_iterable(scoring.judges(planned.suite.name, planned.case)):
        judge = check.judge
        if scoring.may_judge_itself(judge.name):
            continue
        for model in judge.models:
            if _undated(model) in tested:
                raise InputError(
                    f"the judge {judge.name!r} is {model!r}, the model under test in suite "
                    f"{planned.suite.name!r}; give [judges.{judge.name}] another model, or write "
                    "allow_model_under_test = true there.",
                    file=planned.case.file,
                    line=planned.case.line,
                )


def _undated(model: str) -> str:
    """Return a model's id without its date."""
    return _DATE.sub("", model)
