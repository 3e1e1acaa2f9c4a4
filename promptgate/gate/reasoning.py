"""From a suite's numbers to its verdict and the reason, in one clause.

Each kind of evidence (violations, the comparison, the anchor, new cases) is judged by
itself; the worst of what they say is the suite's verdict. Start at reach_verdict().
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.gate.critical import Status, Violation
from promptgate.gate.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.gate.measure import Comparison
    from promptgate.gate.policy import Policy
    from promptgate.gate.verdict import SuiteVerdict

TOLERANCE = 1e-9


def reach_verdict(suite: SuiteVerdict, policy: Policy) -> tuple[Verdict, str]:
    """Return the verdict of a measured suite, and why."""
    if not suite.identical:
        broken = _invalid(suite, policy)
        if broken is not None:
            return Verdict.ERROR, broken
    if not suite.judge_may_gate and not suite.identical:
        return Verdict.INCONCLUSIVE, "; ".join(judge_faults(suite))
    found_all = (_violation_verdict(suite), _comparison_verdict(suite), _anchor_verdict(suite))
    order = [Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.PASS]
    return min((one for one in found_all if one), key=lambda one: order.index(one[0]))


def judge_faults(suite: SuiteVerdict) -> list[str]:
    """Return, for each judge that may not gate, a clause with the reasons."""
    return [
        f"the judge {judge.name!r} may not gate: {', '.join(faults)}"
        for judge, faults in suite.judges
        if faults
    ]


def _violation_verdict(suite: SuiteVerdict) -> tuple[Verdict, str] | None:
    confirmed = [v for v in suite.violations if v.status is Status.CONFIRMED]
    if confirmed:
        return Verdict.FAIL, f"fresh repeats confirm the violation of {names(confirmed)}"
    unmeasured = [v for v in suite.violations if v.status is Status.UNMEASURED]
    if unmeasured and len(unmeasured) == len(suite.open_violations):
        return Verdict.INCONCLUSIVE, f"critical answers are missing: {names(unmeasured)}"
    if suite.open_violations:
        return Verdict.INCONCLUSIVE, (
            f"open violation, which a person must adjudicate: {names(suite.open_violations)}"
        )
    return None


def names(violations: Sequence[Violation]) -> str:
    """Return the cases of violations as a list in words."""
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
            return Verdict.PASS, f"no unit differs, and {comparison.units} are enough to say so"
        goal = "0" if suite.policy.must_improve else f"-{comparison.margin * 100:g} points"
        return Verdict.PASS, f"the lower bound {comparison.lower * 100:+.1f} is above {goal}"
    return Verdict.INCONCLUSIVE, _why_inconclusive(suite, comparison)


def _why_inconclusive(suite: SuiteVerdict, comparison: Comparison) -> str:
    if comparison.unchanged and not suite.policy.must_improve:
        return (
            f"no unit differs, but {comparison.units} are too few to rule out a drop of "
            f"{comparison.margin * 100:g} points, which takes {comparison.floor}"
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
