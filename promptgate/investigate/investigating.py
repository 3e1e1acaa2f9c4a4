"""The whole chain for one input: the cause, the commit, the lines, and one page about it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from promptgate.errors import EvidenceError, ExitCode, InputError, PromptgateError
from promptgate.investigate.attributing import Attribution, attribute
from promptgate.investigate.bisecting import Bisection, find_commit
from promptgate.investigate.diagnosing import Factors, diagnose
from promptgate.investigate.diagnosis import SCHEMA_VERSION, Diagnosis, Verdict
from promptgate.investigate.shrinking import Shrunk, shrink
from promptgate.investigate.versions import Version, history, previous_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptgate.investigate.asking import Asker
    from promptgate.investigate.subject import Subject

Told: TypeAlias = "Callable[[str, tuple[Any, ...]], None]"
_BY_PROMPT = (Verdict.PROMPT, Verdict.INTERACTION, Verdict.EACH)


@dataclass(frozen=True)
class Investigation:
    """What is known in the end.

    Attributes:
        diagnosis: The cause.
        bisection: The commit; None where the prompt is not to blame, or has no history.
        attribution: The lines; None likewise.
        shrunk: The smallest input; None where it was not asked for.
        notes: Why a step was left out.
        unfinished: Whether a step was left out for want of answers.
    """

    diagnosis: Diagnosis
    bisection: Bisection | None = None
    attribution: Attribution | None = None
    shrunk: Shrunk | None = None
    notes: tuple[str, ...] = field(default=())
    unfinished: bool = False

    @property
    def steps(self) -> tuple[Diagnosis | Bisection | Attribution | Shrunk, ...]:
        """What was done, in order."""
        every = (self.diagnosis, self.bisection, self.attribution, self.shrunk)
        return tuple(step for step in every if step is not None)

    @property
    def calls(self) -> int:
        """The answers of all steps; one that served two of them counts in both."""
        return sum(step.calls for step in self.steps)

    @property
    def recorded(self) -> int:
        """The answers that were asked for just now."""
        return sum(step.recorded for step in self.steps)

    @property
    def confidence(self) -> float:
        """The probability that cause, commit and lines are all right."""
        sure = self.diagnosis.confidence
        if self.bisection is not None:
            sure *= self.bisection.confidence
        if self.attribution is not None:
            sure *= self.attribution.found.confidence
        return sure

    @property
    def exit_code(self) -> ExitCode:
        """0, or HOLD where a step did not settle, or had no answers to go by."""
        if self.unfinished:
            return ExitCode.HOLD
        return max(step.exit_code for step in self.steps)

    def summary(self) -> str:
        """Return it in one sentence."""
        found = self.diagnosis
        seldom = found.title != found.verdict.value
        words = [f"it {found.title}" if seldom else _CAUSES[found.verdict]]
        if self.bisection is not None:
            first = self.bisection.first_bad
            words.append(f"since {first.revision} ({first.subject})")
        if self.attribution is not None and self.attribution.guilty:
            places = [f"{r.hunk.file}:{r.hunk.new_start}" for r in self.attribution.guilty]
            words.append(f"by {', '.join(places)}")
        good = self.bisection.last_good if self.bisection is not None else None
        back = found.move.sentence
        if good is not None and found.move.prompt is not None:
            back = f"go back to {self.bisection.prompt}@{good.revision}" if self.bisection else back
            if found.move.model is not None:
                back += f" and {found.move.model}"
        sure = f"{100 * self.confidence:.0f} % sure, {self.calls} answers"
        if not found.settled:
            sure = found.unsettled
        settled = "" if self.exit_code is ExitCode.OK else "not settled: most probably "
        return f"{settled}{', '.join(words)}: {back} ({sure})."

    def to_json(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "summary": self.summary(),
            "confidence": self.confidence,
            "calls": self.calls,
            "recorded": self.recorded,
            "diagnosis": self.diagnosis.to_json(),
            "bisection": None if self.bisection is None else self.bisection.to_json(),
            "attribution": None if self.attribution is None else self.attribution.to_json(),
            "shrunk": None if self.shrunk is None else self.shrunk.to_json(),
            "notes": list(self.notes),
        }


_CAUSES = {
    Verdict.PROMPT: "it is the prompt",
    Verdict.MODEL: "it is the model",
    Verdict.INTERACTION: "it is the new prompt on the new model, neither alone",
    Verdict.EACH: "it is the prompt, and the model as well",
    Verdict.INTEGRATION: "it is the integration",
    Verdict.INPUT: "it is this input",
    Verdict.UPSTREAM: "it was so before, or comes from upstream",
    Verdict.NOT_REPRODUCED: "it does not happen again",
}


def investigate(
    subject: Subject,
    factors: Factors,
    asker: Asker,
    *,
    good: str | None = None,
    smallest: bool = False,
    told: Told = lambda _step, _state: None,
) -> Investigation:
    """Diagnose an input; where the prompt is to blame, find the commit and the lines.

    Args:
        subject: The input and its check.
        factors: The prompts and models to compare.
        asker: Draws answers; its limit is that of all steps together.
        good: A revision where the input passed; None: the old prompt in the history.
        smallest: Whether to shrink the input, too.
        told: Given the name of a step and its state, after each answer.

    Raises:
        PromptgateError: As the first step does; what goes wrong later becomes a note.
    """
    steps = _Steps(subject, factors, asker, told)
    found = steps.cause()
    commit, lines, small = None, None, None
    if found.settled and found.verdict in _BY_PROMPT:
        commit = steps.commit(good)
        lines = steps.lines(commit)
    failing = found.settled and found.verdict not in (Verdict.NOT_REPRODUCED, Verdict.INTEGRATION)
    if smallest and failing:
        small = steps.input()
    return Investigation(found, commit, lines, small, tuple(steps.notes), steps.unfinished)


@dataclass
class _Steps:
    """The steps of one investigation; each leaves the rest of the limit to the next."""

    subject: Subject
    factors: Factors
    asker: Asker
    told: Told
    notes: list[str] = field(default_factory=list)
    unfinished: bool = False

    def __post_init__(self) -> None:
        self._left = self.asker.limits.calls

    def cause(self) -> Diagnosis:
        found = diagnose(
            self.subject,
            self.factors,
            self.asker.again(self._left),
            told=lambda *state: self.told("diagnose", state),
        )
        self._left -= found.calls
        return found

    def commit(self, good: str | None) -> Bisection | None:
        with self._noted("the commit was not found"):
            found = find_commit(
                self.subject,
                _history(self.subject, self.factors, good),
                self.asker.again(self._left),
                told=lambda *state: self.told("bisect", state),
            )
            self._left -= found.calls
            return found
        return None

    def lines(self, commit: Bisection | None) -> Attribution | None:
        """Compare the two versions around the commit; without one the old and the new prompt."""
        old, new = self.factors.old, self._failing(self.factors.new.fingerprint)
        if commit is not None and commit.found.settled:
            old, new = commit.last_good, commit.first_bad
        if old is None:
            return None
        with self._noted("the lines were not found"):
            found = attribute(
                self.subject,
                old,
                new,
                self.asker.again(self._left),
                told=lambda seen: self.told("attribute", (seen,)),
            )
            self._left -= found.calls
            return found
        return None

    def input(self) -> Shrunk | None:
        with self._noted("the input was not shrunk"):
            return shrink(
                self.subject,
                self._failing(None),
                self.asker.again(self._left),
                told=lambda *state: self.told("shrink", state),
            )
        return None

    def _failing(self, fingerprint: str | None) -> Version:
        new = self.factors.new
        arm = new.arm.with_model(self.factors.new_model)
        return Version(arm, new.revision, "", fingerprint)

    @contextmanager
    def _noted(self, what: str) -> Iterator[None]:
        try:
            yield
        except PromptgateError as error:
            self.notes.append(f"{what}: {error}")
            self.unfinished |= isinstance(error, EvidenceError)


def _history(subject: Subject, factors: Factors, good: str | None) -> list[Version]:
    """Return the versions to search: from the old prompt on, where it is among them."""
    arm, model = factors.new.arm, factors.new_model
    if good is not None:
        return history(arm.project, subject.prompt, good, factors.new.revision, model)
    versions = previous_versions(arm.project, subject.prompt, factors.new, model)
    old = factors.old.fingerprint if factors.old is not None else None
    place = max((n for n, v in enumerate(versions[:-1]) if v.fingerprint == old), default=0)
    if len(versions) < 2:
        raise InputError(f"{subject.prompt!r} has no older version in git; there is one.")
    return versions[place:]
