"""Draw one more answer: from the recordings, or from the model where recording is allowed.

Every answer is recorded before it is scored, so an investigation that is repeated
draws the same answers and goes on where it stopped. Without a key, or when the API
fails, what is recorded is still drawn, and what is not ends that cell, not the search.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from promptgate.errors import EvidenceError, InputError, ModelError
from promptgate.files import write_atomic
from promptgate.investigate.subject import CAPTURED
from promptgate.models.cassette_file import Recording
from promptgate.models.client import Client, Job
from promptgate.runs.conversation import follow
from promptgate.runs.costs import bill_for
from promptgate.runs.scoring import Scoring, answer_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from promptgate.investigate.subject import Subject
    from promptgate.models.cassettes import Cassettes
    from promptgate.models.request import Request
    from promptgate.models.settings import ModelSettings
    from promptgate.project import Project
    from promptgate.runs.evaluate import Costs
    from promptgate.suites.model import Case

AskMode = Literal["replay", "record"]


@dataclass(frozen=True)
class Limits:
    """What an investigation may use, and when it has enough.

    Attributes:
        calls: Most answers, recorded ones included.
        confidence: The probability from which on a cause or a commit is told.
        usd: Most dollars for new answers; None sets no limit.
        strict: Whether `usd` holds also where a price is unknown: nothing is asked then.
    """

    calls: int
    confidence: float = 0.95
    usd: float | None = None
    strict: bool = False


@dataclass(frozen=True)
class Draw:
    """One answer, scored.

    Attributes:
        failed: Whether it fails the check.
        score: 0..1.
        text: What was answered.
        reason: What the failing check, or else the first, says.
        new: Whether it was asked for just now.
        cost_usd: None where the price is unknown.
    """

    failed: bool
    score: float
    text: str
    reason: str
    new: bool
    cost_usd: float | None


@dataclass
class Asker:
    """Draws answers for one investigation.

    Attributes:
        project: As it is on disk.
        cassettes: Where answers are and go.
        settings: How models are called.
        mode: 'replay' never sends anything.
        limits: What may be used.
        cost: Prices a recording.
        today: For the estimate of a price.
        draws: Everything drawn, by the request's digest.
        why_not: Why nothing more can be asked, as a sentence; '' while it can.
        lacking: Requests for which a recording was missing, by model.
    """

    project: Project
    cassettes: Cassettes
    settings: ModelSettings
    mode: AskMode
    limits: Limits
    cost: Costs
    today: date
    draws: dict[str, list[Draw]] = field(default_factory=dict)
    why_not: str = ""
    lacking: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    _spent: list[float] = field(default_factory=list)
    _scorings: dict[int, Scoring] = field(default_factory=dict)
    _found: dict[str, Sequence[Recording]] = field(default_factory=dict)

    @property
    def calls(self) -> int:
        """All answers drawn."""
        return sum(len(drawn) for drawn in self.draws.values())

    @property
    def recorded(self) -> int:
        """Those of them that were asked for just now."""
        return sum(draw.new for drawn in self.draws.values() for draw in drawn)

    @property
    def cost_usd(self) -> float | None:
        """What all drawn answers cost; None where a price is unknown."""
        costs = [draw.cost_usd for drawn in self.draws.values() for draw in drawn]
        known = [cost for cost in costs if cost is not None]
        return sum(known) if len(known) == len(costs) else None

    def again(self, calls: int) -> Asker:
        """Return an asker that draws from the first answers again, with a limit of its own.

        What it may spend is what this one has left; that nothing can be asked is known.
        """
        return replace(
            self,
            limits=replace(self.limits, calls=max(calls, 0)),
            draws={},
            lacking=Counter(),
            notes=[],
            _scorings={},
            _found={},
        )

    def draw(self, subject: Subject, request: Request, case: Case | None = None) -> Draw | None:
        """Return one more answer to a request, or None where none can be had.

        Args:
            subject: Whose check it is scored by.
            request: What is asked.
            case: Another input than the subject's, of the same suite.

        Raises:
            CassetteError: A recording is torn or altered.
            EvidenceError: An answer cannot be stored.
        """
        if self.calls >= self.limits.calls:
            return None
        case = case or subject.case
        drawn = self.draws.setdefault(request.digest, [])
        place = self._first(subject, request) + len(drawn)
        new = False
        while True:
            exchanges = follow(request, case.turns, place + 1, self._find)[place]
            last = exchanges[-1]
            if last.recording is not None:
                break
            if not self._record(Job(last.request, last.sample, (subject.suite.name, case.id))):
                return None
            new = True
        recordings = [e.recording for e in exchanges if e.recording is not None]
        costs = [self.cost(recording) for recording in recordings]
        answers = [answer_of(r, c) for r, c in zip(recordings, costs, strict=True)]
        found = self._scoring(subject, case).score(subject.suite.name, case, answers)
        if found.passed is None or found.value is None:
            why = next((p.score.reason for p in found.parts if p.score.value is None), "")
            self._note(f"an answer could not be scored: {why}")
            return None
        part = next((p for p in found.parts if p.passed is False), found.parts[0])
        known = [cost for cost in costs if cost is not None]
        total = sum(known) if len(known) == len(costs) else None
        text = recordings[-1].response.text
        draw = Draw(not found.passed, found.value, text, part.score.reason, new, total)
        drawn.append(draw)
        return draw

    def fails(self, subject: Subject, request: Request, case: Case | None = None) -> bool | None:
        """Return whether one more answer fails the check, or None; raises as draw() does."""
        drawn = self.draw(subject, request, case)
        return None if drawn is None else drawn.failed

    def nothing_recorded(self, what: str) -> EvidenceError:
        """Return (not raise) the error of a search that had no answer at all to go by.

        Args:
            what: That was to be asked.
        """
        if self.limits.calls <= 0:
            return EvidenceError(
                f"the limit was reached before {what} could be asked; raise --max-calls."
            )
        why = (self.why_not or "this run replays recordings only").rstrip(".")
        return EvidenceError(
            f"no answer of {what} is recorded, and none can be asked for ({why}); set "
            "ANTHROPIC_API_KEY and run it again."
        )

    def ended(self) -> tuple[str, ...]:
        """Say why a search stopped before it was settled; () where answers alone are to blame."""
        if self.calls >= self.limits.calls:
            return (f"the limit of {self.limits.calls} answers was reached; raise --max-calls",)
        if self.lacking:
            models = ", ".join(sorted(self.lacking))
            return (
                f"recordings ended for {models}; with a key the same command goes on from here",
            )
        return ()

    def _first(self, subject: Subject, request: Request) -> int:
        """Return the first sample that is drawn: behind those that a gate has judged.

        Where nothing can be recorded and nothing lies behind them, they are drawn, with
        a note: they are why this input was picked, so they say less than they seem to.
        """
        if subject.judged == 0:
            return 0
        behind = any(r.sample >= subject.judged for r in self._find(request.digest))
        if behind or (self.mode == "record" and not self.why_not):
            return subject.judged
        if self._find(request.digest):
            self._note(
                "only answers that the suite's runs have judged are recorded for some cells; "
                "they are why this case was picked, so they make it look worse than it is"
            )
        return 0

    def _find(self, digest: str) -> Sequence[Recording]:
        if digest not in self._found:
            self._found[digest] = self.cassettes.find(digest)
        return self._found[digest]

    def _scoring(self, subject: Subject, case: Case) -> Scoring:
        key = id(case)
        if key not in self._scorings:
            one = subject.with_case(case).suite
            self._scorings[key] = Scoring((one,), self.project.root)
        return self._scorings[key]

    def _record(self, job: Job) -> bool:
        """Ask for one answer; return whether it is there now."""
        if self.mode == "replay" or self.why_not:
            self.lacking[job.request.model] += 1
            return False
        if not self._affordable(job):
            self.lacking[job.request.model] += 1
            return False
        if CAPTURED in job.folder:
            keep_private(self.cassettes.root / CAPTURED)
        outcomes: list[object] = []
        client = Client(self.cassettes, self.settings)
        try:
            asyncio.run(client.record([job], on_result=lambda _job, out: outcomes.append(out)))
        except (InputError, ModelError) as error:
            self.why_not = error.message
            self._note(f"nothing more could be asked: {error.message}")
            self.lacking[job.request.model] += 1
            return False
        self._found.pop(job.request.digest, None)
        if isinstance(outcomes[0], Recording):
            return True
        fault = outcomes[0]
        self._note(f"{job.request.model} gave no answer: {getattr(fault, 'message', fault)}")
        return False

    def _affordable(self, job: Job) -> bool:
        if self.limits.usd is None:
            return True
        most = bill_for(self.project, [job], self.today).most_usd
        if most is None:
            if self.limits.strict:
                self.why_not = (
                    f"--max-cost {self.limits.usd:g} cannot be held: the price of "
                    f"{job.request.model} is unknown; add it under [[prices.price]] in "
                    "promptgate.toml, or use --max-calls."
                )
                raise InputError(self.why_not)
            return True
        if sum(self._spent) + most > self.limits.usd:
            self.why_not = f"the limit of ${self.limits.usd:g} is reached"
            self._note(f"{self.why_not}: the next answer could pass it")
            return False
        self._spent.append(most)
        return True

    def _note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


def keep_private(folder: Path) -> None:
    """Have git ignore the recordings of captured inputs: what a customer wrote is private."""
    if not (folder / ".gitignore").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_atomic(folder / ".gitignore", "*\n")
