"""Hand a run to the gate: planned cases and scored trials become one table a suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.gate import Arm, CaseRow, State, SuiteTable, TrialRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.runs.plan import Plan, PlannedCase
    from promptgate.runs.results import Trial

_ARMS = {"baseline": Arm.BASELINE, "candidate": Arm.CANDIDATE, "both": Arm.BOTH}
_STATES = {
    "scored": State.SCORED,
    "errored": State.ERRORED,
    "missing": State.MISSING,
    "unscored": State.UNSCORED,
}


def suite_tables(plan: Plan, trials: Sequence[Trial]) -> dict[str, SuiteTable]:
    """Return the table of each suite of a plan of two arms, in the plan's order.

    Cases in quarantine are not in it: they are run, and do not count.

    Args:
        plan: What was asked; its cases say which requests the arms share.
        trials: Every trial of it.
    """
    cases: dict[str, list[CaseRow]] = {}
    aside: set[tuple[str, str]] = set()
    for planned in plan.cases:
        own = cases.setdefault(planned.suite.name, [])
        if planned.case.quarantine is None:
            own.append(case_row(planned))
        else:
            aside.add((planned.suite.name, planned.key))
    rows: dict[str, list[TrialRow]] = {suite: [] for suite in cases}
    for trial in trials:
        if (trial.suite, trial.case) not in aside:
            rows[trial.suite].append(_trial_row(trial))
    return {suite: SuiteTable.from_rows(suite, cases[suite], rows[suite]) for suite in cases}


def case_row(planned: PlannedCase) -> CaseRow:
    """Return a planned case as the gate's tables hold it."""
    baseline, candidate = (planned.requests.get(arm) for arm in ("baseline", "candidate"))
    case = planned.case
    return CaseRow(
        id=planned.key,
        cluster=case.cluster,
        critical=case.critical,
        baseline=baseline.digest if baseline else None,
        candidate=candidate.digest if candidate else None,
        new=baseline is None,
    )


def _trial_row(trial: Trial) -> TrialRow:
    return TrialRow(
        case=trial.case,
        arm=_ARMS[trial.arm],
        repeat=trial.repeat,
        score=trial.score,
        passed=trial.passed,
        state=_STATES[trial.state],
        response=trial.response_digest,
        cost=trial.cost_usd,
        latency=None if trial.latency_ms is None else trial.latency_ms / 1000,
    )
