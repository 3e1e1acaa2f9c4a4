"""What a gate can see, and how often it lets a harmless edit through.

A gate that blocks harmless edits is switched off within a week, so the chance
of releasing one is computed and printed beside every verdict. Closed forms on
the normal scale; benchmarks/operating_characteristics.py holds them against
simulation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import PolicyError
from promptgate.gate.statistics import (
    Moments,
    detectable_drop,
    drop_p,
    floor_units,
    non_inferior,
    t_bounds,
    t_power,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from promptgate.gate.policy import Policy

LARGEST = 1_000_000


def release_chance(n: int, variance: float, margin: float, alpha: float) -> float:
    """Return the chance that a suite of n units passes an edit that changes nothing in truth.

    The plus-two bound is above -margin where the mean difference exceeds what
    its half-width leaves; that difference is normal with the given variance
    over n. Where the units never vary, the floor decides.

    Args:
        n: Units.
        variance: Of the units' differences between two runs of one target.
        margin: Of the suite.
        alpha: Level of the look.
    """
    from scipy.special import ndtr

    if n < 1:
        return 0.0
    if variance <= 0:
        return 1.0 if n >= floor_units(margin, alpha) and _bound(n, 0.0, alpha) > -margin else 0.0
    needed = -(margin + _bound(n, variance, alpha)) * (n + 2) / n
    return float(ndtr(-needed / math.sqrt(variance / n)))


def _bound(n: int, variance: float, alpha: float) -> float:
    """Return the plus-two lower bound of n units with mean 0 and the given variance."""
    import numpy as np

    squares = (n - 1) * variance + 2
    sd = np.asarray(math.sqrt(squares / (n + 1)))
    return float(t_bounds(Moments(n + 2, np.asarray(0.0), sd), alpha)[0])


def detect_chance(n: int, variance: float, drop: float, alpha: float) -> float:
    """Return the chance that a drop is proven.

    Args:
        n: Units.
        variance: Of the units' differences between two runs of one target.
        drop: In points of score, above 0; it adds its own variance drop (1 - drop).
        alpha: Level of the test.
    """
    if n < 2:
        return 0.0
    spread = variance + drop * (1 - drop)
    return 1.0 if spread <= 0 else t_power(drop / math.sqrt(spread), n, alpha)


def units_needed(reaches: Callable[[int], bool], start: int = 2) -> int | None:
    """Return the smallest number of units from `start` that reaches a goal more units make easier.

    None where a million do not.
    """
    high = max(start, 1)
    while not reaches(high):
        high *= 2
        if high > LARGEST:
            return None
    low = max(start, high // 2)
    while low < high:
        middle = (low + high) // 2
        if reaches(middle):
            high = middle
        else:
            low = middle + 1
    return high


def units_to_release(chance: float, variance: float, margin: float, alpha: float) -> int | None:
    """Return the units with which a harmless edit is released with the given chance."""
    return units_needed(lambda n: release_chance(n, variance, margin, alpha) >= chance)


def units_to_detect(drop: float, variance: float, alpha: float, power: float = 0.80) -> int | None:
    """Return the units with which a drop is proven with the given power."""
    return units_needed(lambda n: detectable_drop(n, variance, alpha, power) <= drop)


def units_to_settle(units: Moments, margin: float, alpha: float) -> int | None:
    """Return how many units would decide a suite if the rest looked like those measured.

    Args:
        units: Of one comparison.
        margin: Of the suite.
        alpha: Level of the look.

    Returns:
        The smallest number at which it would either PASS or FAIL; None where a
        million would not.
    """
    if units.n < 2:
        return None

    def settled(n: int) -> bool:
        more = Moments(n, units.mean, units.sd)
        return bool(non_inferior(more, margin, alpha)) or bool(drop_p(more) < alpha)

    return units_needed(settled, units.n)


@dataclass(frozen=True)
class SuitePower:
    """What one suite can see.

    Attributes:
        suite: Its name.
        units: Clusters, or cases that stand alone.
        repeats: Of each case.
        variance: Of the units' differences between two runs of one target.
        margin: Of the suite.
        mde80: The drop that is proven 8 times in 10.
        release_chance: Of a harmless edit.
        units_wanted: With which release_chance reaches the policy's; None: no number does.
    """

    suite: str
    units: int
    repeats: int
    variance: float
    margin: float
    mde80: float
    release_chance: float
    units_wanted: int | None


@dataclass(frozen=True)
class PolicyPower:
    """What a whole policy can see.

    Attributes:
        suites: One entry a suite.
        release_chance: That every suite passes a harmless edit.
        warnings: One sentence for each thing that makes the policy useless in practice.
    """

    suites: tuple[SuitePower, ...]
    release_chance: float
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class SuitePlan:
    """What is known of a suite before, or from, a run.

    Attributes:
        suite: Its name.
        units: Clusters, or cases that stand alone.
        repeats: Of each case.
        variance: Of the units' differences between two runs of one target.
        margin: Of the suite; None takes the policy's.
    """

    suite: str
    units: int
    repeats: int
    variance: float
    margin: float | None = None


def expected_variance(mean: float, correlation: float, repeats: int) -> float:
    """Return the variance of a unit's difference between two runs of one target.

    Args:
        mean: Mean score; scores are taken to be 0 or 1, which varies the most.
        correlation: Share of the variance that lies between cases (intra-class).
        repeats: Of each case in each arm.
    """
    return 2 * mean * (1 - mean) * (1 - correlation) / repeats


def policy_power(
    plans: Sequence[SuitePlan], policy: Policy, *, ladder: bool = False
) -> PolicyPower:
    """Return what a policy can see with the suites it has, and warn where that is too little.

    Args:
        plans: The suites; their noise counts as independent.
        policy: Its numbers.
        ladder: Whether looks share alpha.
    """
    alpha = policy.look_alpha(ladder=ladder)
    each = policy.min_release_chance ** (1 / max(len(plans), 1))
    suites = []
    for plan in plans:
        margin = policy.for_suite(plan.suite, margin=plan.margin).margin
        suites.append(
            SuitePower(
                suite=plan.suite,
                units=plan.units,
                repeats=plan.repeats,
                variance=plan.variance,
                margin=margin,
                mde80=detectable_drop(plan.units, plan.variance, alpha),
                release_chance=release_chance(plan.units, plan.variance, margin, alpha),
                units_wanted=units_to_release(each, plan.variance, margin, alpha),
            )
        )
    chance = math.prod(suite.release_chance for suite in suites)
    warnings = _power_warnings(suites, chance, each, alpha, policy)
    return PolicyPower(tuple(suites), chance, warnings)


def _power_warnings(
    suites: Sequence[SuitePower], chance: float, each: float, alpha: float, policy: Policy
) -> tuple[str, ...]:
    if chance >= policy.min_release_chance or not suites:
        return ()
    wanted_chance = policy.min_release_chance
    lines = [f"A harmless edit is released in {chance:.0%} of runs, below {wanted_chance:.0%}."]
    for suite in suites:
        if suite.release_chance >= each:
            continue
        wanted = suite.units_wanted
        repeats = next(
            (
                k
                for k in range(suite.repeats + 1, 21)
                if release_chance(
                    suite.units, suite.variance * suite.repeats / k, suite.margin, alpha
                )
                >= each
            ),
            None,
        )
        margin = next(
            (
                points / 100
                for points in range(math.ceil(suite.margin * 100), 51)
                if release_chance(suite.units, suite.variance, points / 100, alpha) >= each
            ),
            None,
        )
        ways = [
            f"{wanted} cases" if wanted is not None else None,
            f"{repeats} repeats" if repeats is not None else None,
            f"a margin of {margin * 100:.0f} points" if margin is not None else None,
        ]
        lines.append(
            f"Suite {suite.suite!r} passes one in {suite.release_chance:.0%} with {suite.units} "
            f"cases of {suite.repeats}: {', or '.join(w for w in ways if w)} would do."
        )
    return tuple(lines)


def check_policy(
    units: int,
    policy: Policy,
    *,
    suite: str,
    margin: float | None = None,
    min_score: float | None = None,
    first: bool = False,
    suites: int = 1,
    ladder: bool = False,
) -> None:
    """Refuse numbers with which a suite can never pass, or never fail, whatever the answers are.

    Args:
        units: Of the suite.
        policy: Its numbers.
        suite: Its name.
        margin: As the suite's own file has it.
        min_score: As the suite's own file has it.
        first: There is no baseline.
        suites: How many share the level for FAIL.
        ladder: Whether looks share alpha.

    Raises:
        PolicyError: Says which number stands in the way and what would do.
    """
    numbers = policy.for_suite(suite, margin=margin, min_score=min_score)
    alpha = policy.look_alpha(ladder=ladder)
    if first:
        wanted = numbers.min_score
        if wanted is not None and alpha ** (1 / max(units, 1)) < wanted:
            needed = math.ceil(math.log(alpha) / math.log(wanted) - 1e-9)
            raise PolicyError(
                f"suite {suite!r} can never pass: {units} cases without a fault show a mean score "
                f"of {alpha ** (1 / max(units, 1)):.2f}, below 'min_score' {wanted:g}; "
                f"use at least {needed} cases or lower min_score."
            )
        return

    def best(n: int) -> bool:
        import numpy as np

        return bool(
            non_inferior(Moments(n, np.asarray(1.0), np.asarray(0.0)), numbers.margin, alpha)
        )

    if not best(units):
        raise PolicyError(
            f"suite {suite!r} can never pass: {units} units cannot show a drop of less than "
            f"{numbers.margin * 100:g} points even if all of them improve; use at least "
            f"{floor_units(numbers.margin, alpha)} cases, or a larger margin."
        )
    if 0.5**units >= alpha / suites:
        raise PolicyError(
            f"suite {suite!r} can never fail: {units} units cannot prove a drop even if all of "
            f"them break; use at least {math.floor(math.log2(suites / alpha)) + 1} cases."
        )
