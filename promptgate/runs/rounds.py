"""Ask for more where the gate needs more: the ladder of looks, fresh repeats of a violation.

The gate is pure: it answers which trials would take a decision further. Here that
answer becomes a further plan, until there is a decision or nothing more to ask.
Fresh repeats come last and lie behind the samples of every look, so that no answer
is both a look's evidence and a fresh draw.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.errors import MissingRecording
from promptgate.gate import FreshRepeats, NeedKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from promptgate.gate import Decision, Policy
    from promptgate.runs.plan import Plan, PlannedCase
    from promptgate.runs.results import Trial

    Ask = Callable[[Plan], tuple[Trial, ...]]
    Fresh = Mapping[str, Mapping[str, FreshRepeats]]
    Decide = Callable[[Plan, tuple[Trial, ...], Fresh], Decision]


def decide_in_rounds(
    plan: Plan, ask: Ask, decide: Decide, *, policy: Policy, ladder: bool
) -> tuple[Plan, tuple[Trial, ...], Decision]:
    """Decide, asking for what the gate needs on the way.

    Args:
        plan: All trials; a ladder starts with its first rung instead of the suites' repeats.
        ask: Gets and scores the trials of a plan.
        decide: The gate, given the plan, its trials and the fresh repeats by suite and case.
        policy: The ladder and the number of fresh repeats.
        ladder: Whether to climb.

    Returns:
        The plan as it ended, its trials and the decision.

    Raises:
        MissingRecording: A look needs recordings that there are not.
    """
    if ladder:
        plan = _at_repeats(plan, {c.suite.name: policy.ladder[0] for c in plan.cases})
    while True:
        trials = ask(plan.changed())
        decision = decide(plan, trials, {})
        rungs = {n.suite: n.repeats for n in decision.needs if n.kind is NeedKind.LADDER}
        if not rungs:
            break
        plan = _at_repeats(plan, rungs)
    wanted = {n.suite: set(n.cases) for n in decision.needs if n.kind is NeedKind.FRESH}
    if wanted:
        reserved = max(policy.ladder) if ladder else 0
        fresh = _draw_fresh(plan, ask, wanted, policy.fresh_repeats, reserved)
        if fresh:
            decision = decide(plan, trials, fresh)
    return plan, trials, decision


def _at_repeats(plan: Plan, repeats: Mapping[str, int]) -> Plan:
    """Return the plan with other repeats for some suites."""
    cases = (replace(c, repeats=repeats.get(c.suite.name, c.repeats)) for c in plan.cases)
    return replace(plan, cases=tuple(cases))


def _draw_fresh(
    plan: Plan, ask: Ask, wanted: Mapping[str, set[str]], count: int, reserved: int
) -> Fresh:
    """Return what fresh repeats of the candidate's violations give.

    Offline, where they were never recorded, nothing: the decision then says which
    command records them.
    """
    cases = [c for c in plan.cases if c.key in wanted.get(c.suite.name, ())]
    try:
        trials = ask(replace(plan, cases=tuple(_candidate_only(c, count, reserved) for c in cases)))
    except MissingRecording:
        return {}
    fresh: dict[str, dict[str, FreshRepeats]] = {}
    for planned in cases:
        first = max(planned.repeats, reserved)
        own = [
            t
            for t in trials
            if (t.suite, t.case) == (planned.suite.name, planned.key) and t.repeat >= first
        ]
        fresh.setdefault(planned.suite.name, {})[planned.key] = _count(own)
    return fresh


def _candidate_only(planned: PlannedCase, count: int, reserved: int) -> PlannedCase:
    """Return the case on the candidate alone, with as many more repeats."""
    return replace(
        planned,
        requests={"candidate": planned.requests["candidate"]},
        repeats=max(planned.repeats, reserved) + count,
    )


def _count(trials: Sequence[Trial]) -> FreshRepeats:
    scored = [trial for trial in trials if trial.state == "scored"]
    return FreshRepeats(len(scored), sum(trial.passed is False for trial in scored))
