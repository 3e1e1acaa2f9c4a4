"""What a reader must know of a suite beside its verdict, and what would settle an open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.gate.measure import repeat_variance
from promptgate.gate.power import units_to_settle
from promptgate.gate.reasoning import judge_faults, names
from promptgate.gate.statistics import Moments, drop_p, non_inferior

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.gate.measure import Comparison
    from promptgate.gate.policy import Policy
    from promptgate.gate.table import SuiteTable
    from promptgate.gate.verdict import SuiteEvidence, SuiteVerdict


def take_notes(suite: SuiteVerdict, evidence: SuiteEvidence, policy: Policy) -> tuple[str, ...]:
    """Return what a reader must know of a suite that has its verdict, in clauses."""
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
        notes.append(f"the baseline violates {names(shared)} too: rolling back will not help")
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
        for fault in judge_faults(suite):
            yield f"{fault}; by policy it gates all the same"
    corrected = None if suite.comparison is None else suite.comparison.corrected
    if corrected is not None:
        yield (
            f"corrected by people's labels on {corrected.labelled} of {corrected.units} units: "
            f"{corrected.judged * 100:+.1f} points by the judge alone, "
            f"{corrected.difference * 100:+.1f} with them"
        )


def settle(suite: SuiteVerdict, table: SuiteTable) -> str | None:
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

    less = Moments(comparison.units, np.asarray(comparison.difference), np.asarray(variance**0.5))
    return bool(non_inferior(less, comparison.margin, comparison.alpha)) or bool(
        drop_p(less) < comparison.alpha
    )
