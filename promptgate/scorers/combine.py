"""From the checks of one case to the score of one trial.

A trial's score is the weighted mean of its entries; it passes when each entry
reaches its threshold. What could not be measured stays visible as unscored: a
scorer that raises, or that returns no number from 0 to 1, is never turned into a
pass or a fail.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from promptgate.errors import ScorerError
from promptgate.scorers.interface import (
    EMPTY_LABEL,
    Case,
    Response,
    Score,
    Scorer,
    over_trials,
    scope_of,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One expectation of a case, ready to apply.

    Attributes:
        scorer: The scorer's name, 'not ' before it when negated, for reports.
        check: What computes the score.
        weight: Its share in the trial's score, from 0.
        threshold: The score from which on the entry passes, 0 to 1.
        metric: The name under which scores are summed up; the scorer's by default.
    """

    scorer: str
    check: Scorer
    weight: float = 1.0
    threshold: float = 1.0
    metric: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one entry gave in one trial."""

    metric: str
    scorer: str
    score: Score
    threshold: float
    weight: float

    @property
    def passed(self) -> bool | None:
        """Whether the score reaches the threshold; None when unscored."""
        value = self.score.value
        return None if value is None else value >= self.threshold


@dataclass(frozen=True, slots=True)
class TrialScore:
    """The score of one trial.

    Attributes:
        value: Weighted mean of the parts, 0 to 1; None when a part is unscored.
        passed: Whether each part reaches its threshold; None when a part is unscored.
        parts: One for each entry, in order.
    """

    value: float | None
    passed: bool | None
    parts: tuple[Part, ...]


TrialScorer: TypeAlias = Callable[[Case, Response], TrialScore]
"""All checks of one case as one function."""


def negate(check: Scorer) -> Scorer:
    """Return the opposite of a check: 1 minus its score, with the same reason.

    Unscored stays unscored, and an empty answer stays a fail: it passes neither a
    check nor its opposite.
    """

    def negated(case: Case, response: Response) -> Score:
        score = check(case, response)
        if score.value is None or score.label == EMPTY_LABEL:
            return score
        return replace(score, value=1.0 - score.value)

    return over_trials(negated, scope_of(check))


def combine(entries: Sequence[Entry]) -> TrialScorer:
    """Make one function from all entries of a case.

    Raises:
        ScorerError: No entry, a weight or threshold out of range, or only weights of 0.
    """
    entries = tuple(entries)
    _check(entries)
    total = math.fsum(entry.weight for entry in entries)

    def score(case: Case, response: Response) -> TrialScore:
        parts: list[Part] = []
        value, passed, scored = 0.0, True, True
        for entry in entries:
            found = apply(entry, case, response)
            name = entry.scorer
            parts.append(Part(entry.metric or name, name, found, entry.threshold, entry.weight))
            if found.value is None:
                scored = False
                continue
            value += found.value * entry.weight
            passed = passed and found.value >= entry.threshold
        if not scored:
            return TrialScore(None, None, tuple(parts))
        return TrialScore(min(value / total, 1.0), passed, tuple(parts))

    return score


def apply(entry: Entry, case: Case, response: Response) -> Score:
    """Apply one entry; whatever goes wrong inside it becomes an unscored result."""
    try:
        score = entry.check(case, response)
        value = score.value
        if value is None or 0.0 <= value <= 1.0:
            return score
    except Exception as error:  # noqa: BLE001  # a plugin's fault is a state of the trial
        return Score(None, f"scorer {entry.scorer!r} raised {type(error).__name__}: {error}")
    return Score(None, f"scorer {entry.scorer!r} gave {value!r}, which is no score from 0 to 1")


def _check(entries: Sequence[Entry]) -> None:
    if not entries:
        raise ScorerError("a case without 'expect' cannot be scored; add an entry.")
    for entry in entries:
        if not (math.isfinite(entry.weight) and entry.weight >= 0):
            raise ScorerError(
                f"'weight' of {entry.scorer!r} must be a number from 0 up, "
                f"but got {entry.weight!r}."
            )
        if not 0 <= entry.threshold <= 1:
            raise ScorerError(
                f"'threshold' of {entry.scorer!r} must be from 0 to 1, "
                f"but got {entry.threshold!r}. Write a fraction, for example 0.95."
            )
    if not any(entry.weight for entry in entries):
        raise ScorerError("every entry has weight 0, so there is no score; give one a weight.")
