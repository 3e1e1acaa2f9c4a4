"""Assess one suite: from its evidence to a verdict with every number and reason.

measure() takes a suite as far as its own data go; conclude() needs its p after
Holm over all suites. decision.py calls both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.gate.correction import correct
from promptgate.gate.critical import Status, Violation
from promptgate.gate.measure import (
    Comparison,
    changed_cases,
    compare_arms,
    count_missing,
    repeat_variance,
    score_new_cases,
)
from promptgate.gate.power import release_chance, units_to_settle
from promptgate.gate.proportions import clopper_pearson
from promptgate.gate.statistics import Moments, Ratio, detectable_drop, log_ratio
from promptgate.gate.table import Arm, SuiteTable
from promptgate.gate.verdict import SuiteEvidence, SuiteVerdict, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.gate.policy import Policy, SuitePolicy
    from promptgate.gate.table import Bools

TOLERANCE = 1e-9


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
    verdict, reason = _verdict(suite, policy)
    settle = None
    if verdict is Verdict.INCONCLUSIVE:
        settle = _settle(suite, evidence.table)
    notes = _notes(suite, evidence, policy)
    return replace(suite, verdict=verdict, reason=reason, settle=settle, notes=notes)


def _verdict(suite: SuiteVerdict, policy: Policy) -> tuple[Verdict, str]:
    if not suite.identical:
        broken = _invalid(suite, policy)
        if broken is not None:
            return Verdict.ERROR, broken
    if not suite.judge_may_gate and not suite.identical:
        return Verdict.INCONCLUSIVE, "; ".join(_judge_faults(suite))
    found_all = (_violation_verdict(suite), _comparison_verdict(suite), _anchor_verdict(suite))
    order = [Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.PASS]
    return min((one for one in found_all if one), key=lambda one: order.index(one[0]))


def _judge_faults(suite: SuiteVerdict) -> list[str]:
    return [
        f"the judge {judge.name!r} may not gate: {', '.join(faults)}"
        for judge, faults in suite.judges
        if faults
    ]


def _violation_verdict(suite: SuiteVerdict) -> tuple[Verdict, str] | None:
    confirmed = [v for v in suite.violations if v.status is Status.CONFIRMED]
    if confirmed:
        return Verdict.FAIL, f"fresh repeats confirm the violation of {_names(confirmed)}"
    unmeasured = [v for v in suite.violations if v.status is Status.UNMEASURED]
    if unmeasured and len(unmeasured) == len(suite.open_violations):
        return Verdict.INCONCLUSIVE, f"critical answers are missing: {_names(unmeasured)}"
    if suite.open_violations:
        return Verdict.INCONCLUSIVE, (
            f"open violation, which a person must adjudicate: {_names(suite.open_violations)}"
        )
    return None


def _names(violations: Sequence[Violation]) -> str:
    shown = ", ".join(repr(violation.case) for violation in violations[:3])
    return shown + (f" and {len(violations) - 3} more" if len(violations) > 3 else "")


def _invalid(suite: SuiteVerdict, policy: Policy) -> str | None:
    """Return why a suite's evidence does not count, or None."""
    missing = suite.missing
    if suite.cases == 0:
        return "the suite has no case"
    if suite.comparison is None and suite.score is None:
        return "no case was scored in both arms"
    if missing.share > policy.max_missing + TOLERANCE:
        return (
            f"{missing.share:.1%} of an arm's trials have no score; "
            f"at most {policy.max_missing:.1%} may lack one"
        )
    if missing.imbalance > policy.max_imbalance + TOLERANCE and suite.comparison is not None:
        return (
            f"one arm lacks {missing.imbalance * 100:.1f} points more of its trials than the "
            f"other; at most {policy.max_imbalance * 100:.1f} may be"
        )
    return None


def _anchor_verdict(suite: SuiteVerdict) -> tuple[Verdict, str] | None:
    anchor, p = suite.anchor, suite.anchor_p_adjusted
    if anchor is None or p is None or anchor.passes:
        return None
    points = f"{anchor.difference * 100:+.1f} points against the anchor release"
    if p < suite.alpha:
        return Verdict.FAIL, f"{points}: a proven drop beyond its margin"
    return Verdict.INCONCLUSIVE, f"{points}: not shown to be within {anchor.margin * 100:g}"


def _comparison_verdict(suite: SuiteVerdict) -> tuple[Verdict, str]:
    """Judge the suite by its scores alone."""
    if suite.identical:
        return Verdict.PASS, "every request is the same in both arms"
    comparison, new = suite.comparison, suite.score
    fresh = _score_verdict(suite) if new is not None else None
    if comparison is None:
        assert fresh is not None
        return fresh
    if suite.proven_drop and (suite.critical or not comparison.passes):
        return Verdict.FAIL, (
            f"a proven drop of {-comparison.difference * 100:.1f} points "
            f"(p {suite.p_adjusted:.2g} after Holm, below {suite.alpha:.2g})"
        )
    if fresh is not None and fresh[0] is not Verdict.PASS:
        return fresh
    if comparison.passes:
        if comparison.unchanged:
            return Verdict.PASS, f"no unit differs, and {comparison.units} reach the floor"
        goal = "0" if suite.policy.must_improve else f"-{comparison.margin * 100:g} points"
        return Verdict.PASS, f"the lower bound {comparison.lower * 100:+.1f} is above {goal}"
    return Verdict.INCONCLUSIVE, _why_inconclusive(suite, comparison)


def _why_inconclusive(suite: SuiteVerdict, comparison: Comparison) -> str:
    if comparison.unchanged and not suite.policy.must_improve:
        return (
            f"no unit differs, but {comparison.units} are too few to rule out a drop of "
            f"{comparison.margin * 100:g} points: the floor is {comparison.floor}"
        )
    goal = 0.0 if suite.policy.must_improve else -comparison.margin
    if comparison.lower > goal >= comparison.imputed_lower:
        return (
            f"the lower bound is {comparison.imputed_lower * 100:+.1f} points if the missing "
            f"trials went badly, not above {goal * 100:g}"
        )
    return (
        f"the lower bound {comparison.lower * 100:+.1f} is not above {goal * 100:g} points, "
        f"and no drop is proven"
    )


def _score_verdict(suite: SuiteVerdict) -> tuple[Verdict, str]:
    score, wanted = suite.score, suite.policy.min_score
    assert score is not None
    what = "no baseline" if suite.comparison is None else f"{score.units} new units"
    if wanted is None:
        return Verdict.INCONCLUSIVE, f"{what}, and no min_score to hold the candidate to"
    low, mean, least = (f"{100 * share:.3g} %" for share in (score.lower, score.mean, wanted))
    if score.lower >= wanted:
        return Verdict.PASS, f"{what}: the lower bound {low} meets {least}"
    if suite.comparison is None and suite.p_adjusted is not None and suite.p_adjusted < suite.alpha:
        return Verdict.FAIL, f"{what}: the mean {mean} is proven to be below {least}"
    return Verdict.INCONCLUSIVE, f"{what}: the lower bound {low} is below {least}"


def _notes(suite: SuiteVerdict, evidence: SuiteEvidence, policy: Policy) -> tuple[str, ...]:
    comparison = suite.comparison
    notes = list(evidence.changes)
    named = {case.cluster or f"\0{case.id}" for case in evidence.table.cases}
    if suite.clusters < len(named):
        notes.append(f"{len(named)} clusters share requests and count as {suite.clusters} units")
    if comparison is not None and not suite.identical:
        below = comparison.upper < 0
        if comparison.passes and below:
            notes.append(
                f"a real drop of {-comparison.difference * 100:.1f} points, inside the margin"
            )
        if comparison.sd == 0 and comparison.difference != 0:
            notes.append(
                f"all units differ alike: t has no variance to work with, the sign test has "
                f"p {comparison.p:.2g}"
            )
        if below and comparison.sd and not comparison.passes and not suite.proven_drop:
            notes.append(
                "the upper bound is below 0 for this suite alone, but no longer after Holm's "
                "correction for the number of suites"
            )
        if comparison.mcnemar_p is not None:
            notes.append(f"exact McNemar p {comparison.mcnemar_p:.3g} (two-sided)")
    if suite.missing.trials and not suite.identical:
        notes.append(f"{suite.missing.trials} trials have no score")
    shared = [violation for violation in suite.open_violations if violation.pre_existing]
    if shared:
        notes.append(f"the baseline violates {_names(shared)} too: rolling back will not help")
    notes.extend(
        f"{what} is up to ×{ratio.ratio:.2f} (from {ratio.lower:.2f} to {ratio.upper:.2f}); "
        f"not shown to stay within ×{limit:g}"
        for what, ratio, limit in (
            ("cost", suite.cost, policy.max_cost_ratio),
            ("latency", suite.latency, policy.max_latency_ratio),
        )
        if ratio is not None and ratio.ratio > 1 and ratio.upper >= limit
    )
    return (*notes, *_judge_notes(suite))


def _judge_notes(suite: SuiteVerdict) -> Iterator[str]:
    """Yield what a reader must know of the judges: agreement, correction, what policy let pass."""
    for judge, faults in suite.judges:
        kappa = judge.calibration.kappa if judge.calibration is not None else None
        if kappa is not None and not faults:
            yield (
                f"the judge {judge.name!r} agrees with people: kappa {kappa.kappa:.2f} "
                f"(from {kappa.lower:.2f} to {kappa.upper:.2f}, {kappa.items} labels)"
            )
    if suite.judge_may_gate:
        for fault in _judge_faults(suite):
            yield f"{fault}; by policy it gates all the same"
    corrected = None if suite.comparison is None else suite.comparison.corrected
    if corrected is not None:
        yield (
            f"corrected by people's labels on {corrected.labelled} of {corrected.units} units: "
            f"{corrected.judged * 100:+.1f} points by the judge alone, "
            f"{corrected.difference * 100:+.1f} with them"
        )


def _settle(suite: SuiteVerdict, table: SuiteTable) -> str | None:
    """Say how many cases or repeats would decide, if the rest looked like what was measured."""
    comparison = suite.comparison
    if comparison is None or suite.open_violations:
        return None
    if comparison.unchanged and comparison.units < comparison.floor:
        return f"{comparison.floor} units instead of {comparison.units}"
    if comparison.passes or suite.policy.must_improve:
        return None
    ways = []
    cases = units_to_settle(comparison.moments, comparison.margin, comparison.alpha)
    if cases is not None and cases > comparison.units:
        ways.append(f"about {cases} units instead of {comparison.units}")
    noise = repeat_variance(table)
    if noise is not None and comparison.sd is not None:
        for repeats in range(suite.repeats + 1, 21):
            variance = comparison.sd**2 - noise * (1 - suite.repeats / repeats)
            if variance <= 0:
                break
            if _settled(comparison, variance):
                ways.append(f"about {repeats} repeats instead of {suite.repeats}")
                break
    return " or ".join(ways) or None


def _settled(comparison: Comparison, variance: float) -> bool:
    import numpy as np

    from promptgate.gate.statistics import drop_p, non_inferior

    less = Moments(comparison.units, np.asarray(comparison.difference), np.asarray(variance**0.5))
    return bool(non_inferior(less, comparison.margin, comparison.alpha)) or bool(
        drop_p(less) < comparison.alpha
    )
