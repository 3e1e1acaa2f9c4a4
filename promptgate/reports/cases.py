"""The cases of a gate as reports show them: both arms' trials, what was asked, and marks.

Built once from what was stored; the console, Markdown, JUnit and HTML show parts of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from promptgate.gate import DecisionJson
    from promptgate.reports.asking import Asking
    from promptgate.runs.results import Trial

NumberT = TypeVar("NumberT", int, float)


class Mark(StrEnum):
    """Something worth knowing of a case; it may have several."""

    REGRESSED = "regressed"
    IMPROVED = "improved"
    FAILING = "failing"
    PRE_EXISTING = "pre-existing"
    VIOLATION = "open violation"
    FLAKY = "flaky"
    ERRORED = "errored"
    NEW = "new"


MEANINGS = {
    Mark.REGRESSED: "its mean score fell",
    Mark.IMPROVED: "its mean score rose",
    Mark.FAILING: "the candidate has an answer that does not pass",
    Mark.PRE_EXISTING: "fails now, and failed with the baseline too",
    Mark.VIOLATION: "critical, and an answer violates it that nobody has cleared",
    Mark.FLAKY: "the baseline's own history shows it both passing and failing",
    Mark.ERRORED: "an answer is missing, failed or could not be scored",
    Mark.NEW: "the baseline does not have it",
}


@dataclass(frozen=True)
class CaseAccount:
    """One case with its trials.

    Attributes:
        suite: Its suite.
        case: Its name in the suite.
        baseline: Trials of the baseline, by repeat; those that count for both arms too.
        candidate: Trials of the candidate, by repeat.
        marks: What is worth knowing of it.
        asked: What each arm was asked, where that is known: baseline, candidate.
    """

    suite: str
    case: str
    baseline: tuple[Trial, ...]
    candidate: tuple[Trial, ...]
    marks: frozenset[Mark] = frozenset()
    asked: tuple[Asking | None, Asking | None] = field(default=(None, None), repr=False)

    @property
    def question(self) -> str:
        """What was asked last; '' where it is not known."""
        asking = self.asked[1] or self.asked[0]
        return asking.question if asking else ""

    @property
    def before(self) -> float | None:
        """Mean score of the baseline, 0..1; None without a scored trial."""
        return mean(self.baseline, lambda trial: trial.score)

    @property
    def after(self) -> float | None:
        """Mean score of the candidate, 0..1; None without a scored trial."""
        return mean(self.candidate, lambda trial: trial.score)

    @property
    def change(self) -> float | None:
        """Mean score of the candidate minus the baseline's."""
        before, after = self.before, self.after
        return None if before is None or after is None else after - before

    @property
    def identical(self) -> bool:
        """Whether both arms asked the same."""
        return bool(self.candidate) and self.candidate == self.baseline

    @property
    def shown(self) -> tuple[Trial | None, Trial | None]:
        """A trial of each arm that shows the change: of a fall one that passed and one that fails.

        Where the case rose it is the other way round.
        """
        rose = (self.change or 0) > 0
        return _pick(self.baseline, passed=not rose), _pick(self.candidate, passed=rose)


def _pick(trials: Sequence[Trial], *, passed: bool) -> Trial | None:
    """Return a trial with the outcome asked for, where there is one."""
    return next((t for t in trials if t.passed is passed), next(iter(trials), None))


def mean(trials: Iterable[Trial], value: Callable[[Trial], NumberT | None]) -> float | None:
    """Return the mean over the trials that have the value; None where none has."""
    known = [found for trial in trials if (found := value(trial)) is not None]
    return sum(known) / len(known) if known else None


def case_accounts(
    decision: DecisionJson, trials: Iterable[Trial], asked: Mapping[str, Asking]
) -> tuple[CaseAccount, ...]:
    """Return every case that has trials, in the order of the trials.

    Args:
        decision: As stored.
        trials: Of both arms.
        asked: By request digest.
    """
    marked = _marked(decision)
    groups: dict[tuple[str, str], tuple[list[Trial], list[Trial]]] = {}
    for trial in trials:
        baseline, candidate = groups.setdefault((trial.suite, trial.case), ([], []))
        if trial.arm in ("baseline", "both"):
            baseline.append(trial)
        if trial.arm in ("candidate", "both"):
            candidate.append(trial)
    return tuple(
        CaseAccount(
            *key,
            tuple(baseline),
            tuple(candidate),
            frozenset((*marked.get(key, ()), *_own_marks(baseline, candidate))),
            (_asking(baseline, asked), _asking(candidate, asked)),
        )
        for key, (baseline, candidate) in groups.items()
    )


def _asking(trials: Sequence[Trial], asked: Mapping[str, Asking]) -> Asking | None:
    return asked.get(trials[0].request_digest) if trials else None


def _marked(decision: DecisionJson) -> dict[tuple[str, str], set[Mark]]:
    """Return what the decision says of single cases."""
    found: dict[tuple[str, str], set[Mark]] = {}
    for suite in decision["suites"]:
        told = (
            *((case, Mark.REGRESSED) for case in suite["regressed"]),
            *((case, Mark.IMPROVED) for case in suite["improved"]),
            *((case, Mark.FLAKY) for case in suite["flaky"]),
            *(
                (one["case"], Mark.VIOLATION)
                for one in suite["violations"]
                if one["status"] != "adjudicated"
            ),
        )
        for case, mark in told:
            found.setdefault((suite["suite"], case), set()).add(mark)
    return found


def _own_marks(baseline: Sequence[Trial], candidate: Sequence[Trial]) -> Iterator[Mark]:
    """Yield what the trials themselves say."""
    fails = any(trial.passed is False for trial in candidate)
    if fails:
        yield Mark.FAILING
    if fails and any(trial.passed is False for trial in baseline):
        yield Mark.PRE_EXISTING
    if any(trial.state != "scored" for trial in (*baseline, *candidate)):
        yield Mark.ERRORED
    if not baseline:
        yield Mark.NEW
