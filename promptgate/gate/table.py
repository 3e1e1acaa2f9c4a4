"""The scored trials of one suite in both arms, as columns.

This is all that the gate sees of a run. Trials are columns rather than objects
so that 100,000 cases of three repeats in two arms are judged in a second; rows
are there for callers who have rows. A trial that gave no score is a row with a
state, never a gap: a case that lacks repeats in one arm counts as missing there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from promptgate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]


DECIMALS = 12


class Arm(IntEnum):
    """Which target a trial belongs to; BOTH is one trial of a request that the arms share."""

    BASELINE = 0
    CANDIDATE = 1
    BOTH = 2


class State(IntEnum):
    """What became of a trial."""

    SCORED = 0
    ERRORED = 1
    MISSING = 2
    UNSCORED = 3


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the suite.

    Attributes:
        id: Unique in the suite.
        cluster: Cases of one cluster share a source; None stands alone.
        critical: A trial that does not pass is a violation.
        baseline: Digest of the baseline's request; None where it is not known.
        candidate: Digest of the candidate's request; None where it is not known.
        new: The baseline has no such case: it cannot be rendered there.
    """

    id: str
    cluster: str | None = None
    critical: bool = False
    baseline: str | None = None
    candidate: str | None = None
    new: bool = False


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One generation of one case on one target.

    Attributes:
        case: Id of the case.
        arm: Its target.
        repeat: 0-based.
        score: From 0 to 1; None unless the state is SCORED.
        passed: Whether every expectation reached its threshold; None takes score == 1.
        state: What became of it.
        response: Digest of the response.
        cost: In the currency of the price list; None is unknown.
        latency: Seconds; None is unknown.
    """

    case: str
    arm: Arm
    repeat: int
    score: float | None
    passed: bool | None = None
    state: State = State.SCORED
    response: str | None = None
    cost: float | None = None
    latency: float | None = None


@dataclass(frozen=True, eq=False)
class SuiteTable:
    """Both arms of one suite. Make one with from_rows() or from_columns().

    Attributes:
        suite: Name of the suite.
        cases: Its cases, in the order of the suite.
        unit: For each case the number of its unit, from 0: a cluster, or a
            case by itself; cases with an identical request are one unit.
        case: For each trial the number of its case.
        arm: For each trial BASELINE or CANDIDATE; a shared trial stands twice.
        repeat: For each trial, 0-based.
        score: NaN exactly where the state is not SCORED.
        passed: False where the state is not SCORED.
        state: For each trial.
        response: Digest of each trial's response; empty where unknown.
        cost: NaN where unknown; None where no trial has one.
        latency: Seconds; NaN where unknown; None where no trial has one.
    """

    suite: str
    cases: tuple[CaseRow, ...]
    unit: Ints
    case: Ints
    arm: Ints
    repeat: Ints
    score: Floats
    passed: Bools
    state: Ints
    response: Sequence[str]
    cost: Floats | None = None
    latency: Floats | None = None

    @classmethod
    def from_rows(
        cls, suite: str, cases: Sequence[CaseRow], trials: Sequence[TrialRow]
    ) -> SuiteTable:
        """Build a table from rows.

        Raises:
            InputError: As from_columns(); or a trial of an unknown case.
        """
        number = {case.id: index for index, case in enumerate(cases)}
        for trial in trials:
            if trial.case not in number:
                raise InputError(
                    f"suite {suite!r}: a trial belongs to case {trial.case!r}, "
                    "which the suite does not have; list every case."
                )
            if trial.score is None and trial.state is State.SCORED:
                raise InputError(
                    f"suite {suite!r}, case {trial.case!r}, repeat {trial.repeat}: a scored trial "
                    "has no score; give its state, for example MISSING."
                )
        nan = float("nan")

        def known(values: list[float | None]) -> list[float] | None:
            if all(value is None for value in values):
                return None
            return [nan if value is None else value for value in values]

        return cls.from_columns(
            suite,
            cases,
            case=[number[trial.case] for trial in trials],
            arm=[int(trial.arm) for trial in trials],
            repeat=[trial.repeat for trial in trials],
            score=[nan if trial.score is None else trial.score for trial in trials],
            passed=[trial.score == 1 if trial.passed is None else trial.passed for trial in trials],
            state=[int(trial.state) for trial in trials],
            response=[trial.response or "" for trial in trials],
            cost=known([trial.cost for trial in trials]),
            latency=known([trial.latency for trial in trials]),
        )

    @classmethod
    def from_columns(  # long: a line a column, in the signature, the docstring and the call
        cls,
        suite: str,
        cases: Sequence[CaseRow],
        *,
        case: Any,
        arm: Any,
        repeat: Any,
        score: Any,
        passed: Any = None,
        state: Any = None,
        response: Sequence[str] | None = None,
        cost: Any = None,
        latency: Any = None,
    ) -> SuiteTable:
        """Build a table from columns, each a sequence or array with one entry a trial.

        Args:
            suite: Name of the suite.
            cases: Its cases; every column refers to them by number.
            case: Number of the trial's case.
            arm: An Arm; BOTH counts for either.
            repeat: 0-based.
            score: From 0 to 1; whatever stands where the state is not SCORED is ignored.
            passed: Defaults to score == 1.
            state: Defaults to SCORED.
            response: Digests.
            cost: NaN where unknown.
            latency: Seconds; NaN where unknown.

        Raises:
            InputError: A case id or a (case, arm, repeat) stands twice; a score
                is NaN or outside 0..1.
        """
        import numpy as np

        seen: set[str] = set()
        for row in cases:
            if row.id in seen:
                raise InputError(f"suite {suite!r}: the case {row.id!r} stands twice; rename one.")
            seen.add(row.id)
        arms = np.asarray(arm, dtype=np.int64)
        size = arms.shape[0]
        which = np.concatenate(
            [np.flatnonzero(arms != Arm.CANDIDATE), np.flatnonzero(arms != Arm.BASELINE)]
        )
        split = int((arms != Arm.CANDIDATE).sum())

        def column(values: Any, kind: Any, default: Any) -> Any:
            whole = np.full(size, default, dtype=kind) if values is None else np.asarray(values)
            return whole.astype(kind, copy=False)[which]

        states = column(state, np.int64, int(State.SCORED))
        scores = column(score, np.float64, np.nan)
        scored = states == State.SCORED
        table = cls(
            suite=suite,
            cases=tuple(cases),
            unit=_units(cases),
            case=column(case, np.int64, 0),
            arm=np.where(np.arange(which.size) < split, Arm.BASELINE, Arm.CANDIDATE),
            repeat=column(repeat, np.int64, 0),
            score=np.where(scored, scores, np.nan),
            passed=scored & (scores == 1 if passed is None else column(passed, np.bool_, False)),
            state=states,
            response=[""] * which.size if response is None else [response[i] for i in which],
            cost=None if cost is None else column(cost, np.float64, np.nan),
            latency=None if latency is None else column(latency, np.float64, np.nan),
        )
        table._refuse_bad_rows()
        return table

    def _refuse_bad_rows(self) -> None:
        import numpy as np

        scored = self.state == State.SCORED
        with np.errstate(invalid="ignore"):
            bad = np.flatnonzero(scored & ~((self.score >= 0) & (self.score <= 1)))
        if bad.size:
            raise InputError(
                f"{self._place(int(bad[0]))}: a score must be from 0 to 1, "
                f"but got {float(self.score[bad[0]])!r}; mark a trial without a score as errored."
            )
        repeats = int(self.repeat.max(initial=0)) + 1
        key = (self.case * 2 + self.arm) * repeats + self.repeat
        order = np.argsort(key, kind="stable")
        twice = np.flatnonzero(key[order][1:] == key[order][:-1])
        if twice.size:
            place = self._place(int(order[twice[0] + 1]))
            raise InputError(f"{place}: this trial stands twice; keep one.")

    def _place(self, trial: int) -> str:
        arm = Arm(int(self.arm[trial])).name.lower()
        return (
            f"suite {self.suite!r}, case {self.cases[int(self.case[trial])].id!r}, "
            f"repeat {int(self.repeat[trial])} of the {arm}"
        )

    @cached_property
    def new(self) -> Bools:
        """For each case whether the baseline has no such case."""
        import numpy as np

        return np.fromiter((case.new for case in self.cases), bool, len(self.cases))

    @cached_property
    def critical(self) -> Bools:
        """For each case whether it is critical."""
        import numpy as np

        return np.fromiter((case.critical for case in self.cases), bool, len(self.cases))

    @property
    def identical(self) -> bool:
        """Whether every request is known and the same in both arms: nothing can have changed."""
        return bool(self.cases) and all(
            case.baseline is not None and case.baseline == case.candidate and not case.new
            for case in self.cases
        )

    @cached_property
    def repeats(self) -> int:
        """The largest number of repeats of a case."""
        return int(self._counts.max(initial=0))

    @cached_property
    def _counts(self) -> Ints:
        """Trials planned by arm and case, shape (2, cases)."""
        import numpy as np

        size = len(self.cases)
        return np.stack([np.bincount(self.case[self.arm == arm], minlength=size) for arm in (0, 1)])

    def planned(self) -> Ints:
        """Return for each case the trials that each arm owes: the larger of the two arms' rows.

        A case that has no row at all owes as many as the suite's repeats.
        """
        import numpy as np

        most = self._counts.max(axis=0)
        return np.where(most == 0, max(self.repeats, 1), most)

    def scored(self, arm: Arm) -> Ints:
        """Return for each case the number of its scored trials in one arm."""
        import numpy as np

        rows = (self.arm == arm) & (self.state == State.SCORED)
        return np.bincount(self.case[rows], minlength=len(self.cases))

    def sums(self, arm: Arm) -> Floats:
        """Return for each case the sum of its scores in one arm."""
        import numpy as np

        rows = (self.arm == arm) & (self.state == State.SCORED)
        total = np.bincount(self.case[rows], weights=self.score[rows], minlength=len(self.cases))
        return total.astype(np.float64)

    def case_means(self, arm: Arm) -> Floats:
        """Return for each case its mean score in one arm; NaN where nothing was scored."""
        import numpy as np

        with np.errstate(invalid="ignore"):
            return self.sums(arm) / self.scored(arm)

    def imputed_means(self, arm: Arm) -> Floats:
        """Return for each case its mean in one arm with the worst for what is missing.

        A missing candidate scores 0, a missing baseline 1.
        """
        planned = self.planned()
        worst = 0.0 if arm is Arm.CANDIDATE else 1.0
        return (self.sums(arm) + worst * (planned - self.scored(arm))) / planned

    def violations(self, arm: Arm) -> Ints:
        """Return for each case the number of its scored trials that do not pass in one arm."""
        import numpy as np

        rows = (self.arm == arm) & (self.state == State.SCORED) & ~self.passed
        return np.bincount(self.case[rows], minlength=len(self.cases))

    def by_unit(self, values: Floats) -> Floats:
        """Average a value of each case over its unit's cases, NaN left out.

        Returns:
            One mean a unit, in the order of the units; units without any value are
            dropped. Rounded to 12 decimals: 1 - 2/3 and 2/3 - 1/3 are the same
            difference, and units that all differ alike must be seen to.
        """
        import numpy as np

        known = ~np.isnan(values)
        size = int(self.unit.max(initial=-1)) + 1
        count = np.bincount(self.unit[known], minlength=size)
        total = np.bincount(self.unit[known], weights=values[known], minlength=size)
        return np.round(total[count > 0] / count[count > 0], DECIMALS)


def _units(cases: Sequence[CaseRow]) -> Ints:
    """Number the units: cases are together where they share a cluster or a request."""
    import numpy as np

    parent = list(range(len(cases)))

    def find(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    first: dict[tuple[str, str], int] = {}
    for index, case in enumerate(cases):
        for kind, label in (
            ("cluster", case.cluster),
            ("request", case.baseline),
            ("request", case.candidate),
        ):
            if label is not None:
                other = find(first.setdefault((kind, label), index))
                parent[find(index)] = other
    numbers: dict[int, int] = {}
    return np.fromiter(
        (numbers.setdefault(find(index), len(numbers)) for index in range(len(cases))),
        np.int64,
        len(cases),
    )
