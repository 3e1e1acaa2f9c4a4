"""Apply a suite's expectations to answers: built and checked before anything is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from promptgate.errors import InputError, ScorerError
from promptgate.models.response import Usage
from promptgate.runs.plugins import discover_scorers, load_callable
from promptgate.scorers import (
    Answer,
    Entry,
    Scope,
    Score,
    Scorer,
    TrialScore,
    TrialScorer,
    apply,
    build,
    combine,
    negate,
    scope_of,
)
from promptgate.scorers.given import text_of
from promptgate.scorers.judge import JudgeCheck

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from promptgate.models.cassette_file import Recording
    from promptgate.models.request import Request
    from promptgate.runs.applications.trials import Performance
    from promptgate.runs.judging.declared import Judges
    from promptgate.scorers.judge import Judge
    from promptgate.suites import Case, Expectation, Suite

DEFAULT_JUDGE = "default"
"""The judge of an entry that gives a rubric and no name."""


class Scoring:
    """The scorers of some suites, each case's entries built once.

    Args:
        suites: What will be asked.
        root: The project's root, where functions that suites name are looked for.
        judges: Of the project; without them a suite that names one is refused.

    Raises:
        ScorerError: An unknown scorer or a wrong option, at the entry's file and line.
    """

    def __init__(self, suites: Iterable[Suite], root: Path, judges: Judges | None = None) -> None:
        discover_scorers()
        self._root = root
        self._declared = judges
        self._built: dict[str, Entry] = {}
        self._judges: dict[str, JudgeCheck] = {}
        self._judged: dict[tuple[str, str], tuple[tuple[JudgeCheck, ...], ...]] = {}
        self._gating: dict[str, dict[str, Judge]] = {}
        self._shares: dict[tuple[str, str], float] = {}
        self._single: dict[tuple[str, str], TrialScorer] = {}
        self._turns: dict[tuple[str, str], list[list[Entry]]] = {}
        self._scopes: dict[tuple[str, str], Scope] = {}
        for suite in suites:
            for case in suite.cases:
                turns = [[self._entry(e) for e in turn.expect] for turn in case.turns]
                whole = self._combined(case, turns)
                seen = {scope_of(entry.check) for entries in turns for entry in entries}
                if seen != {"trial"}:
                    wide: Scope = "cluster" if "cluster" in seen else "case"
                    self._scopes[suite.name, case.id] = wide
                judged = tuple(tuple(self._judges_in(turn.expect)) for turn in case.turns)
                if any(judged):
                    self._judged[suite.name, case.id] = judged
                    self._note_gating(suite, case)
                if len(turns) == 1:
                    self._single[suite.name, case.id] = whole
                else:
                    self._turns[suite.name, case.id] = turns

    def score(self, suite: str, case: Case, answers: Sequence[Answer]) -> TrialScore:
        """Score one trial over the entries of all its turns.

        Args:
            suite: Name of the suite.
            case: The case.
            answers: One for each turn.
        """
        single = self._single.get((suite, case.id))
        if single is not None:
            return single(case, answers[0])
        turns = self._turns[suite, case.id]
        checked = [
            replace(entry, check=_given(apply(entry, case, answer)))
            for entries, answer in zip(turns, answers, strict=True)
            for entry in entries
        ]
        return combine(checked)(case, answers[-1])

    def scope(self, suite: str, case: Case) -> Scope:
        """Return the widest view that a check of a case takes."""
        return self._scopes.get((suite, case.id), "trial")

    def judges(self, suite: str, case: Case) -> tuple[tuple[JudgeCheck, ...], ...]:
        """Return the judges of each turn of a case; () where no model judges it."""
        return self._judged.get((suite, case.id), ())

    def gating_judges(self, suite: str) -> tuple[Judge, ...]:
        """Return the judges whose verdicts count in a suite: with a weight or a threshold."""
        return tuple(self._gating.get(suite, {}).values())

    def judge_share(self, suite: str, case: Case) -> float | None:
        """Return how much a trial's score moves with its judge's, negative under 'not'.

        None where not exactly one entry of the case asks a judge.
        """
        return self._shares.get((suite, case.id))

    def _note_gating(self, suite: Suite, case: Case) -> None:
        entries = [entry for turn in case.turns for entry in turn.expect]
        judged = [entry for entry in entries if _key(entry) in self._judges]
        for entry in judged:
            if entry.weight or entry.threshold:
                judge = self._judges[_key(entry)].judge
                self._gating.setdefault(suite.name, {})[judge.digest] = judge
        if len(judged) == 1:
            share = judged[0].weight / sum(entry.weight for entry in entries)
            self._shares[suite.name, case.id] = -share if judged[0].negate else share

    def may_judge_itself(self, name: str) -> bool:
        """Tell whether a judge may judge answers of its own model."""
        return self._declared is not None and self._declared.may_judge_itself(name)

    def _judges_in(self, expect: Iterable[Expectation]) -> Iterator[JudgeCheck]:
        for expectation in expect:
            found = self._judges.get(_key(expectation))
            if found is not None:
                yield found

    def _combined(self, case: Case, turns: Sequence[Sequence[Entry]]) -> TrialScorer:
        """Combine the entries of all turns, which also checks their weights together."""
        try:
            return combine([entry for entries in turns for entry in entries])
        except ScorerError as error:
            raise ScorerError(
                f"case {case.id!r}: {error.message}", file=case.file, line=case.line
            ) from None

    def _entry(self, expectation: Expectation) -> Entry:
        """Build an entry; equal ones are built once, however many cases have them."""
        e, key = expectation, _key(expectation)
        if key not in self._built:
            try:
                check = build(e.scorer, self._argument(e))
            except InputError as error:
                if error.file is not None:  # a judge's rubric is at fault, not the suite
                    raise
                raise ScorerError(error.message, file=e.file, line=e.line) from None
            if isinstance(check, JudgeCheck):
                self._judges[key] = check
            name = e.scorer
            if e.negate:
                check, name = negate(check), f"not {name}"
            self._built[key] = Entry(name, check, e.weight, e.threshold, e.metric)
        return self._built[key]

    def _argument(self, expectation: Expectation) -> Any:
        """Return the argument of an entry, with the function or judge that it names."""
        argument = expectation.argument
        if expectation.scorer == "judge":
            return self._with_judge(argument)
        if expectation.scorer != "python":
            return argument
        if isinstance(argument, Mapping) and isinstance(argument.get("function"), str):
            return {**argument, "function": load_callable(argument["function"], self._root)}
        return load_callable(argument, self._root) if isinstance(argument, str) else argument

    def _with_judge(self, argument: Any) -> Any:
        options = dict(argument) if isinstance(argument, Mapping) else {"name": argument}
        name = options.get("name") or DEFAULT_JUDGE
        if not isinstance(name, str):
            return argument
        if self._declared is None:
            raise ScorerError(f"the judge {name!r} can only be asked in a project.")
        return {**options, "name": self._declared.find(name)}


def _key(e: Expectation) -> str:
    """Return what equal entries have in common."""
    return repr((e.scorer, e.argument, e.negate, e.weight, e.threshold, e.metric))


def _given(score: Score) -> Scorer:
    """Return a check that says what was found already."""
    return lambda _case, _response: score


def answer_of(recording: Recording, cost_usd: float | None) -> Answer:
    """Return what scorers see of a recorded answer."""
    response = recording.response
    return Answer(
        text=response.text,
        stop_reason=response.stop_reason,
        stop_category=response.stop_category,
        tool_calls=response.tool_calls,
        usage=response.usage,
        latency_ms=recording.latency_ms,
        cost_usd=cost_usd,
    )


def turn_answers(
    case: Case,
    request: Request,
    recordings: Sequence[Recording],
    costs: Sequence[float | None] | None = None,
) -> list[Answer]:
    """Return what scorers see of each turn of a trial, with what was said before it.

    Args:
        case: Whose turns they are.
        request: Of the first turn; its system prompt is that of all.
        recordings: One for each turn, as far as they are there.
        costs: Of each, in US dollars.
    """
    system = text_of(request.body.get("system")) or None
    answers: list[Answer] = []
    said: list[Mapping[str, Any]] = []
    for number, (turn, recording) in enumerate(zip(case.turns, recordings, strict=False)):
        said += turn.messages
        answer = answer_of(recording, None if costs is None else costs[number])
        asked = tuple(said) if number else None
        answers.append(replace(answer, asked=asked, system=system))
        said.append({"role": "assistant", "content": answer.text})
    return answers


def performed_answer(performance: Performance, cost_usd: float | None) -> Answer:
    """Return what scorers see of an application's answer: its text, and all that it took.

    Where it returned text, the stop reason is that of its last call; the tool calls
    and tokens are those of all calls.
    """
    said = performance.outcome
    recordings = [call.recording for call in performance.calls if call.recording is not None]
    responses = [recording.response for recording in recordings]
    last = responses[-1] if responses and said.stop_reason is None else None
    return Answer(
        text=said.text,
        stop_reason=last.stop_reason if last else said.stop_reason,
        stop_category=last.stop_category if last else said.stop_category,
        tool_calls=tuple(call for response in responses for call in response.tool_calls),
        usage=Usage(
            input_tokens=sum(response.usage.total_input_tokens for response in responses),
            output_tokens=sum(response.usage.output_tokens for response in responses),
        ),
        latency_ms=sum(recording.latency_ms for recording in recordings),
        cost_usd=cost_usd,
    )


def text_digest(text: str) -> str:
    """Return the SHA-256 of what an application answered, 'sha256:…'."""
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def response_digest(recordings: Sequence[Recording]) -> str:
    """Return the SHA-256 of the raw answers of a trial, 'sha256:…'."""
    digest = hashlib.sha256()
    for recording in recordings:
        digest.update(recording.body.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return f"sha256:{digest.hexdigest()}"
