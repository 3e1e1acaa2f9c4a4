"""What the project's own suites can see under its own policy, before anything is asked.

The noise of a suite is measured where a stored gate repeated the baseline's
cases, and assumed where none did; every row says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import InputError, PolicyError
from promptgate.gate import (
    CaseRow,
    Policy,
    PolicyPower,
    SuitePlan,
    SuitePower,
    SuiteTable,
    check_policy,
    expected_variance,
    policy_power,
    units_to_detect,
)
from promptgate.gate.statistics import detectable_drop
from promptgate.prompts.revisions import WORKTREE
from promptgate.runs.answers import utc_now
from promptgate.runs.arms import open_arm
from promptgate.runs.counting import hold
from promptgate.runs.plan import make_plan
from promptgate.runs.stored import find_gate
from promptgate.suites import load_suites, select

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from promptgate.project import Project
    from promptgate.runs.results import Trial
    from promptgate.suites import Suite

RATE, CORRELATION = 0.80, 0.50
MOST_REPEATS = 20


@dataclass(frozen=True)
class PowerOptions:
    """What to assume and to ask.

    Attributes:
        suites: Names or patterns; () takes all.
        drop: To be caught 8 times in 10; None takes each suite's margin.
        rate: Mean score, 0..1; None: measured where possible, else RATE.
        correlation: Share of the variance between cases; None: as rate, else CORRELATION.
    """

    suites: tuple[str, ...] = ()
    drop: float | None = None
    rate: float | None = None
    correlation: float | None = None


@dataclass(frozen=True)
class SuiteSight:
    """What one suite can see, and what it would take to see a drop.

    Attributes:
        power: From the gate's formulas.
        source: Where the variance comes from, in words.
        drop: That is asked about.
        units_to_detect: With the repeats it has; None: no number does.
        repeats_to_detect: With the units it has; None: not even MOST_REPEATS.
        refusal: Why the policy can never pass or never fail with it; None where it can.
    """

    power: SuitePower
    source: str
    drop: float
    units_to_detect: int | None
    repeats_to_detect: int | None
    refusal: str | None


@dataclass(frozen=True)
class Together:
    """The suites that one gate judges together: those of a prompt or of an application.

    Attributes:
        tested: The prompt, or the application's target.
        policy: What the policy can see with them.
    """

    tested: str
    policy: PolicyPower


@dataclass(frozen=True)
class Sight:
    """What all suites can see.

    Attributes:
        suites: One by one.
        gates: As they are judged together.
        alpha: Of one look.
        least_chance: How often a gate should let a harmless edit through.
    """

    suites: tuple[SuiteSight, ...]
    gates: tuple[Together, ...]
    alpha: float
    least_chance: float


def project_power(project: Project, options: PowerOptions) -> Sight:
    """Work out what the suites of the work tree can see.

    Raises:
        InputError: A suite, a prompt or the policy is wrong; `drop`, `rate` or
            `correlation` is out of its range.
    """
    for name, value in (
        ("--drop", options.drop),
        ("--rate", options.rate),
        ("--icc", options.correlation),
    ):
        if value is not None and not 0 < value < 1:
            raise InputError(f"{name} must be above 0 and below 1, but got {value!r}.")
    policy = project.section("gate", Policy)
    arm = open_arm(project, "candidate", WORKTREE, None)
    loaded = hold(load_suites(arm.tree, project.settings.suites), None, "", utc_now().date())
    suites = select(loaded.suites, options.suites, (), ())
    planned = make_plan((arm,), suites)
    rows: dict[str, list[CaseRow]] = {suite.name: [] for suite in suites}
    for one in planned.cases:
        if one.case.quarantine is not None:
            continue
        request = one.requests["candidate"]
        digest = None if request is None else request.digest
        rows[one.suite.name].append(CaseRow(one.key, one.case.cluster, candidate=digest))
    noise = {} if options.rate or options.correlation else _measured(project)
    plans, sources = [], []
    for suite in suites:
        cases = rows[suite.name] or [CaseRow(case.id, case.cluster) for case in suite.cases]
        plan, source = _plan(suite, cases, noise, options)
        plans.append(plan)
        sources.append(source)
    gates = tuple(_gates(suites, plans, policy))
    sights = []
    for suite, source in zip(suites, sources, strict=True):
        own = [one.policy.suites for one in gates if one.tested in _tested(suite)]
        most = max(own, key=len)
        power = next(one for one in most if one.suite == suite.name)
        sights.append(_sight(suite, power, source, policy, len(most), options.drop))
    alpha = policy.look_alpha(ladder=False)
    return Sight(tuple(sights), gates, alpha, policy.min_release_chance)


def _gates(
    suites: Sequence[Suite], plans: Sequence[SuitePlan], policy: Policy
) -> Iterator[Together]:
    """Yield what is judged together: a change of one prompt asks none of the others' suites."""
    for tested in dict.fromkeys(name for suite in suites for name in _tested(suite)):
        own = [p for s, p in zip(suites, plans, strict=True) if tested in _tested(s)]
        yield Together(tested, policy_power(own, policy))


def _tested(suite: Suite) -> tuple[str, ...]:
    return suite.prompts if suite.target is None else (suite.target,)


def _plan(
    suite: Suite,
    cases: Sequence[CaseRow],
    noise: Mapping[str, tuple[float, str]],
    options: PowerOptions,
) -> tuple[SuitePlan, str]:
    """Return a suite's plan and where its variance comes from."""
    table = SuiteTable.from_rows(suite.name, cases, ())
    units = int(table.unit.max(initial=-1)) + 1
    if suite.name in noise:
        once, source = noise[suite.name]
        variance = once / suite.repeats
    else:
        rate, correlation = options.rate or RATE, options.correlation or CORRELATION
        variance = expected_variance(rate, correlation, suite.repeats)
        source = f"assumed: rate {rate:g}, icc {correlation:g}"
    return SuitePlan(suite.name, units, suite.repeats, variance, suite.margin), source


def _measured(project: Project) -> dict[str, tuple[float, str]]:
    """Return for each suite of the newest gate the variance of a unit's difference at one repeat.

    From the baseline's own repeats; a suite that was not repeated is left out.
    """
    try:
        gate = find_gate(project)
    except InputError:  # nothing is stored yet, or nothing readable: noise is assumed, and said so
        return {}
    by_suite: dict[str, list[Trial]] = {}
    for trial in gate.trials():
        if trial.arm in ("baseline", "both") and trial.score is not None:
            by_suite.setdefault(trial.suite, []).append(trial)
    found = {suite: repeat_noise(trials) for suite, trials in by_suite.items()}
    source = f"measured: {gate.name}"
    return {suite: (noise, source) for suite, noise in found.items() if noise is not None}


def repeat_noise(trials: Sequence[Trial]) -> float | None:
    """Return the variance of a unit's difference between two runs of one repeat each.

    Twice the variance of a case's repeats, averaged over the cases of a unit and
    then over units.

    Args:
        trials: Scored trials of one target and one suite.

    Returns:
        None where no case has two repeats.
    """
    scores: dict[tuple[str, str], list[float]] = {}
    for trial in trials:
        if trial.score is not None:
            scores.setdefault((trial.cluster, trial.case), []).append(trial.score)
    units: dict[str, list[float]] = {}
    for (cluster, _), values in scores.items():
        if len(values) > 1:
            mean = sum(values) / len(values)
            spread = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
            units.setdefault(cluster, []).append(2 * spread)
    if not units:
        return None
    return sum(sum(unit) / len(unit) ** 2 for unit in units.values()) / len(units)


def _sight(
    suite: Suite, power: SuitePower, source: str, policy: Policy, suites: int, drop: float | None
) -> SuiteSight:
    alpha = policy.look_alpha(ladder=False)
    wanted = drop or power.margin
    refusal = None
    try:
        check_policy(power.units, policy, suite=suite.name, margin=suite.margin, suites=suites)
    except PolicyError as error:
        refusal = error.message
    return SuiteSight(
        power=power,
        source=source,
        drop=wanted,
        units_to_detect=units_to_detect(wanted, power.variance, alpha),
        repeats_to_detect=next(_enough_repeats(power, wanted, alpha), None),
        refusal=refusal,
    )


def _enough_repeats(power: SuitePower, drop: float, alpha: float) -> Iterator[int]:
    """Yield the numbers of repeats with which the units that there are prove a drop."""
    for repeats in range(1, MOST_REPEATS + 1):
        variance = power.variance * power.repeats / repeats
        if detectable_drop(max(power.units, 1), variance, alpha) <= drop:
            yield repeats
