"""The fixtures for suites in Python: load a prompt, ask it, run a function on recordings.

Answers are found, and recorded where the mode says so, as for suites in YAML: by
request digest, in the project's folder of recordings. The n-th time that one test
asks the same it gets the n-th recorded answer, whatever other tests do.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from promptgate.errors import EvidenceError, MissingRecording, ModelError
from promptgate.prompts.product import LoadedPrompt, standing_in
from promptgate.runs.scoring import answer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from promptgate.models.cassette_file import Recording
    from promptgate.models.request import Request
    from promptgate.scorers import Answer, Score
    from promptgate.testing.benches import Bench

ResultT = TypeVar("ResultT")

_ROUNDS = 100
"""Requests that one function may lack, before it is said to ask something else each time."""


class LoadPrompt:
    """Loads prompts as one test's candidate has them."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def __call__(self, name: str) -> LoadedPrompt:
        """Load a prompt of the candidate.

        Args:
            name: As in `prompts/<name>.md`.

        Raises:
            PromptError: There is no such prompt, or something is wrong with it.
        """
        arm = self._bench.candidate
        return LoadedPrompt(arm.revision, arm.prompt(name))


class _Recordings:
    """The recordings of one test."""

    def __init__(self, bench: Bench, test: str) -> None:
        self.bench = bench
        self.test = test

    def find(self, digest: str) -> Sequence[Recording]:
        """Return the recordings of a request that count in this mode."""
        return self.bench.source.cassettes.find(digest, generation=self._generation(digest))

    def _generation(self, digest: str) -> str | None:
        """Return the generation that answers must be of: that of this run, once it has one."""
        if self.bench.choice.mode != "refresh":
            return None
        return self.bench.generation(digest)

    def get(self, request: Request, sample: int) -> Recording:
        """Return a recording, making it where it is missing and the mode allows.

        Raises:
            MissingRecording: There is none.
            ModelError: The model gave no answer.
            InputError: There is no key, or it may cost too much.
        """
        found = {r.sample: r for r in self.find(request.digest)}.get(sample)
        if found is not None:
            return found
        if self.bench.choice.mode == "replay":
            raise MissingRecording(
                f"no recording of what {self.test} asks of {request.model} "
                f"(answer {sample + 1} to this request); record it with "
                f"'pytest {self.test} --promptgate-mode record'."
            )
        return self._record(request, sample)

    def _record(self, request: Request, sample: int) -> Recording:
        from promptgate.models.cassette_file import Recording
        from promptgate.models.client import Client, Job

        source = self.bench.source
        file, _, name = self.test.partition("::")
        job = Job(request, sample, (file, name), self._generation(request.digest))
        source.announce([job], [])
        outcomes: list[Any] = []
        client = Client(source.cassettes, source.settings)

        def note(_job: Job, outcome: Any) -> None:
            outcomes.append(outcome)

        asyncio.run(client.record([job], on_result=note))
        outcome = outcomes[0]
        if not isinstance(outcome, Recording):
            raise ModelError(f"{self.test}: {outcome.kind}: {outcome.message}")
        return outcome


class Ask:
    """Asks prompts on behalf of one test."""

    def __init__(self, bench: Bench, test: str) -> None:
        self._load = LoadPrompt(bench)
        self._recordings = _Recordings(bench, test)
        self._asked: Counter[str] = Counter()

    def __call__(
        self,
        prompt: str | LoadedPrompt,
        messages: Sequence[Mapping[str, Any]] | None = None,
        /,
        **variables: Any,
    ) -> Answer:
        """Ask a prompt once and return the answer as scorers see it.

        Args:
            prompt: Its name, or what the fixture `prompt` returned.
            messages: A conversation that replaces the prompt's user block.
            **variables: The values of its variables.

        Returns:
            The answer: text, stop_reason, tool_calls, usage, latency_ms, cost_usd.

        Raises:
            PromptError: A required variable is missing, or the template fails.
            MissingRecording: The answer was never recorded; says which command does it.
            ModelError: The model gave no answer.
        """
        from promptgate.runs.costs import cost_of
        from promptgate.runs.plan import as_request
        from promptgate.scorers.given import text_of

        loaded = self._load(prompt) if isinstance(prompt, str) else prompt
        request = as_request(loaded.request(messages, **variables))
        sample = self._asked[request.digest]
        self._asked[request.digest] += 1
        recording = self._recordings.get(request, sample)
        answer = answer_of(recording, cost_of(self._recordings.bench.project)(recording))
        return replace(
            answer,
            asked=tuple(request.body.get("messages", ())),
            system=text_of(request.body.get("system")) or None,
        )


class Judged:
    """Has answers judged by the judges of promptgate.toml on behalf of one test."""

    def __init__(self, bench: Bench, test: str) -> None:
        self._recordings = _Recordings(bench, test)

    def __call__(
        self,
        answer: Answer | str,
        name: str = "default",
        *,
        rubric: str = "",
        reference: str = "",
        against: str = "",
    ) -> Score:
        """Have a judge say how good an answer is.

        Args:
            answer: What `ask` returned, with what was asked; or a text.
            name: Of the judge, as `[judges.NAME]` has it.
            rubric: Takes the place of the judge's own.
            reference: What a right answer says.
            against: Another answer, for a judge that compares.

        Returns:
            The score: value from 0 to 1, or None where the judge gave no verdict; reason
            and label.

        Raises:
            ProjectError: There is no such judge.
            ScorerError: It has no rubric, or lacks what it compares with.
            MissingRecording: Its verdict was never recorded; says which command does it.
        """
        from promptgate.models.request import Request
        from promptgate.runs.judging.declared import open_judges
        from promptgate.scorers import Answer, build

        told = {"rubric": rubric, "reference": reference, "against": against}
        given = {key: value for key, value in told.items() if value}
        judge = open_judges(self._recordings.bench.project).find(name)
        check = build("judge", {"name": judge, **given})

        def hear(body: Mapping[str, Any], sample: int) -> Answer:
            return answer_of(self._recordings.get(Request(body), sample), None)

        shown = Answer(answer) if isinstance(answer, str) else answer
        return check(_AsTest(self._recordings.test), replace(shown, ask=hear))


@dataclass(frozen=True)
class _AsTest:
    """A test in the place of a case: what was asked comes with the answer."""

    id: str
    vars: Mapping[str, Any] = field(default_factory=dict)
    messages: Sequence[Any] | None = None


class Cassette:
    """Runs functions whose calls of the SDK are answered from recordings."""

    def __init__(self, bench: Bench, test: str) -> None:
        self._recordings = _Recordings(bench, test)
        self._runs = 0

    def __call__(
        self, function: Callable[..., ResultT], /, *arguments: Any, **named: Any
    ) -> ResultT:
        """Call a function, with the candidate's prompts and recorded answers, and return its value.

        While it runs nothing is sent: what it asks is found among the recordings. In the
        modes that record, it is run again for each answer that was missing. The n-th call
        in a test is a trial of its own and gets the n-th answers.

        Args:
            function: Of yours; whatever it raises is raised.
            *arguments: Handed to it.
            **named: Handed to it.

        Raises:
            MissingRecording: An answer was never recorded; says which command does it.
            EvidenceError: It opens other connections, or asks something else each time.
        """
        from promptgate.models.playing import Stage, on_stage, playing

        repeat = self._runs
        self._runs += 1
        for _ in range(_ROUNDS):
            stage = Stage(repeat, self._recordings.find)
            value: ResultT | None = None
            raised: Exception | None = None
            with playing(), on_stage(stage), standing_in(self._recordings.bench.candidate.asking):
                try:
                    value = function(*arguments, **named)
                except Exception as error:  # noqa: BLE001  # raised below, unless it is ours
                    raised = error
            lacking = next((call for call in stage.calls if call.recording is None), None)
            if lacking is not None:
                self._recordings.get(lacking.request, lacking.sample)
                continue
            if stage.problem is not None:
                raise EvidenceError(
                    f"{self._recordings.test}: {function!r} cannot be replayed: {stage.problem}."
                )
            if raised is not None:
                raise raised
            return value  # type: ignore[return-value]  # it returned: this is what it returned
        raise EvidenceError(
            f"{self._recordings.test}: {function!r} asks something else each time it runs; what it "
            "asks must not depend on the clock, on chance or on the order of a set."
        )
