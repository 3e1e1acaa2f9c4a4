"""The whole chain for one input: the cause, the commit, the lines, and one page about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from promptgate.errors import EvidenceError, ExitCode, InputError, PromptgateError
from promptgate.investigate.attributing import Attribution, attribute
from promptgate.investigate.bisecting import Bisection, find_commit
from promptgate.investigate.diagnosing import Factors, diagnose
from promptgate.investigate.diagnosis import SCHEMA_VERSION, Diagnosis, Verdict
from promptgate.investigate.shrinking import Shrunk, shrink
from promptgate.investigate.versions import Version, history, previous_versions

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptgate.investigate.asking import Asker
    from promptgate.investigate.subject import Subject

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
    """

    diagnosis: Diagnosis
    bisection: Bisection | None = None
    attribution: Attribution | None = None
    shrunk: Shrunk | None = None
    notes: tuple[str, ...] = field(default=())

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
        """0, or HOLD where a step did not settle."""
        return max(step.exit_code for step in self.steps)

    def summary(self) -> str:
        """Return it in one sentence."""
        found = self.diagnosis
        words = [_CAUSES[found.verdict]]
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
    new_asker: Callable[[int], Asker],
    *,
    calls: int,
    good: str | None = None,
    smallest: bool = False,
    confidence: float = 0.95,
    told: Callable[[str, tuple[Any, ...]], None] = lambda _step, _state: None,
) -> Investigation:
    """Diagnose an input; where the prompt is to blame, find the commit and the lines.

    Args:
        subject: The input and its check.
        factors: The prompts and models to compare.
        new_asker: Returns what draws answers for one step, given its limit.
        calls: Most answers of all steps together.
        good: A revision where the input passed; None: the old prompt in the history.
        smallest: Whether to shrink the input, too.
        confidence: The probability from which on a step is settled.
        told: Given the name of a step and its state, after each answer.

    Raises:
        PromptgateError: As the first step does; what goes wrong later becomes a note.
    """
    found = diagnose(
        subject,
        factors,
        new_asker(calls),
        confidence=confidence,
        told=lambda *state: told("diagnose", state),
    )
    left = calls - found.calls
    notes: list[str] = []
    commit, lines, small = None, None, None
    model = factors.new_model
    failing = found.settled and found.verdict not in (Verdict.NOT_REPRODUCED, Verdict.INTEGRATION)
    if found.settled and found.verdict in _BY_PROMPT:
        try:
            versions = _history(subject, factors, good, model)
            commit = find_commit(
                subject,
                versions,
                new_asker(left),
                confidence=confidence,
                told=lambda *state: told("bisect", state),
            )
            left -= commit.calls
        except (InputError, EvidenceError) as error:
            notes.append(f"the commit was not found: {error}")
        old, new = factors.old, factors.new.arm.with_model(model)
        after: Version = Version(new, factors.new.revision, "", factors.new.fingerprint)
        if commit is not None and commit.found.settled:
            old, after = commit.last_good, commit.first_bad
        if old is not None:
            try:
                lines = attribute(
                    subject,
                    old,
                    after,
                    new_asker(left),
                    told=lambda seen: told("attribute", (seen,)),
                )
                left -= lines.calls
            except (InputError, EvidenceError) as error:
                notes.append(f"the lines were not found: {error}")
    if smallest and failing:
        version = Version(factors.new.arm.with_model(model), factors.new.revision, "", None)
        try:
            small = shrink(
                subject, version, new_asker(left), told=lambda *state: told("shrink", state)
            )
        except PromptgateError as error:
            notes.append(f"the input was not shrunk: {error}")
    return Investigation(found, commit, lines, small, tuple(notes))


def _history(subject: Subject, factors: Factors, good: str | None, model: str) -> list[Version]:
    """Return the versions to search: from the old prompt on, where it is among them."""
    arm = factors.new.arm
    if good is not None:
        return history(arm.project, subject.prompt, good, factors.new.revision, model)
    versions = previous_versions(arm.project, subject.prompt, factors.new, model)
    old = factors.old.fingerprint if factors.old is not None else None
    place = max((n for n, v in enumerate(versions[:-1]) if v.fingerprint == old), default=0)
    if len(versions) < 2:
        raise InputError(f"{subject.prompt!r} has no older version in git; there is one.")
    return versions[place:]
