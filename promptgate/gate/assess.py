"""Assess one suite: from its evidence to a verdict with every number and reason.

measure() takes a suite as far as its own data go; conclude() needs its p after
Holm over all suites. decision.py calls both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.gate.correction import correct
from promptgate.gate.measure import (
    Comparison,
    changed_cases,
    compare_arms,
    count_missing,
    score_new_cases,
)
from promptgate.gate.notes import settle, take_notes
from promptgate.gate.power import release_chance
from promptgate.gate.proportions import clopper_pearson
from promptgate.gate.reasoning import reach_verdict
from promptgate.gate.statistics import Ratio, detectable_drop, log_ratio
from promptgate.gate.table import Arm, SuiteTable
from promptgate.gate.verdict import SuiteEvidence, SuiteVerdict, Verdict

if TYPE_CHECKING:
    from promptgate.gate.critical import Violation
    from promptgate.gate.policy import Policy, SuitePolicy
    from promptgate.gate.table import Bools


def measure(
    evidence: SuiteEvidence,
    policy: Policy,
    *,
    alpha: float,
    violations: tuple[Violation, ...],
) -> SuiteVerdict:
    """Measure one suite; the verdict stays open (INCONCLUSIVE or ERROR) until conclude().

    Args:
        evidence: The suite.
        policy: Its numbers.
        alpha: Level of this look.
        violations: From critical.find_violations().
    """
    table = evidence.table
    numbers = policy.for_suite(
        table.suite,
        margin=evidence.margin,
        min_score=evidence.min_score,
        on_inconclusive=evidence.on_inconclusive,
    )
    comparison = _against_baseline(evidence, numbers, alpha)
    regressed, improved = changed_cases(table)
    critical = _critical(table, numbers)
    mde, chance = _power(comparison, table.identical)
    judges = tuple((judge, judge.faults(policy)) for judge in evidence.judges)
    return SuiteVerdict(
        suite=table.suite,
        verdict=Verdict.INCONCLUSIVE,
        reason="",
        critical=bool(critical.size) and bool(critical.all()),
        policy=numbers,
        alpha=alpha,
        cases=len(table.cases),
        clusters=len(set(table.unit.tolist())),
        repeats=table.repeats,
        comparison=comparison,
        score=score_new_cases(table, numbers.min_score or 0.0, alpha),
        p_adjusted=None,
        anchor=_against_anchor(evidence.anchor, policy, alpha),
        anchor_p_adjusted=None,
        missing=count_missing(table),
        mde80=mde,
        release_chance=None if numbers.must_improve else chance,
        violation_upper=_violation_upper(table, critical, violations, policy.alpha),
        violations=violations,
        regressed=regressed,
        improved=improved,
        flaky=_flaky(evidence),
        cost=_ratio(table, table.cost, alpha),
        latency=_ratio(table, table.latency, alpha),
        notes=(),
        settle=None,
        identical=table.identical,
        judges=judges,
        judge_may_gate=policy.uncalibrated_judges == "gate" or not any(f for _, f in judges),
    )


def _against_baseline(
    evidence: SuiteEvidence, numbers: SuitePolicy, alpha: float
) -> Comparison | None:
    """Compare the arms, corrected by people's labels where there are any."""
    table, improve = evidence.table, numbers.must_improve
    found = compare_arms(table, margin=numbers.margin, alpha=alpha, must_improve=improve)
    if found is None or evidence.people is None:
        return found
    return correct(found, table, evidence.people, must_improve=improve)


def _against_anchor(anchor: SuiteTable | None, policy: Policy, alpha: float) -> Comparison | None:
    if anchor is None or anchor.identical:
        return None
    return compare_arms(anchor, margin=policy.anchor_margin, alpha=alpha)


def _critical(table: SuiteTable, numbers: SuitePolicy) -> Bools:
    """Return which cases are critical: as the policy says, else as each of them does."""
    every = table.critical | True
    return table.critical if numbers.critical is None else every & numbers.critical


def _flaky(evidence: SuiteEvidence) -> tuple[str, ...]:
    """Return the cases that passed in some past gates and not in others."""
    counts = ((case.id, evidence.history.get(case.id, (0, 0))) for case in evidence.table.cases)
    return tuple(case for case, (passed, gates) in counts if 0 < passed < gates)


def _violation_upper(
    table: SuiteTable, critical: Bools, violations: tuple[Violation, ...], alpha: float
) -> float | None:
    units = set(table.unit[critical].tolist())
    if not units:
        return None
    named = {violation.case for violation in violations if violation.violations}
    hit = {
        int(unit) for case, unit in zip(table.cases, table.unit, strict=True) if case.id in named
    }
    return clopper_pearson(len(hit), len(units), alpha)[1]


def _power(comparison: Comparison | None, identical: bool) -> tuple[float | None, float | None]:
    if comparison is None or identical:
        return None, None
    variance = 0.0 if comparison.sd is None else comparison.sd**2
    n, margin, alpha = comparison.units, comparison.margin, comparison.alpha
    return detectable_drop(n, variance, alpha), release_chance(n, variance, margin, alpha)


def _ratio(table: SuiteTable, values: object, alpha: float) -> Ratio | None:
    """Compare a cost or latency over the cases: the mean of a case's trials in each arm."""
    import numpy as np

    if values is None:
        return None
    column = np.asarray(values, dtype=float)
    means = []
    for arm in (Arm.BASELINE, Arm.CANDIDATE):
        rows = (table.arm == arm) & ~np.isnan(column)
        count = np.bincount(table.case[rows], minlength=len(table.cases))
        total = np.bincount(table.case[rows], weights=column[rows], minlength=len(table.cases))
        means.append(np.divide(total, count, out=np.zeros(total.shape), where=count > 0))
    return log_ratio(means[0], means[1], alpha)


def conclude(
    measured: SuiteVerdict,
    evidence: SuiteEvidence,
    policy: Policy,
    p_adjusted: float | None,
    anchor_p_adjusted: float | None,
) -> SuiteVerdict:
    """Give a measured suite its verdict, now that its p is adjusted for the number of suites."""
    suite = replace(measured, p_adjusted=p_adjusted, anchor_p_adjusted=anchor_p_adjusted)
    verdict, reason = reach_verdict(suite, policy)
    return replace(
        suite,
        verdict=verdict,
        reason=reason,
        settle=settle(suite, evidence.table) if verdict is Verdict.INCONCLUSIVE else None,
        notes=take_notes(suite, evidence, policy),
    )
