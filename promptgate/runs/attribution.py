"""Why a candidate is worse when prompt and model changed together: the 2x2 of both.

The gate has measured two of the four cells. The other two, new prompt on the old
model and old prompt on the new one, are asked only when it has found a drop, and
only of the suites that fail.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.errors import MissingRecording
from promptgate.gate import Arm as GateArm
from promptgate.gate import SuiteTable, Verdict, attribute_drop
from promptgate.runs.arms import Arm, open_arm
from promptgate.runs.plan import Plan, make_plan
from promptgate.runs.tables import suite_tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from promptgate.gate import Decision
    from promptgate.gate.circumstances import Cause
    from promptgate.runs.results import Trial
    from promptgate.runs.rounds import Ask


@dataclass(frozen=True)
class Attribution:
    """What is to blame, as far as it can be told.

    Attributes:
        cause: None: unknown, or more than one.
        prompt_changed: Whether the requests differ by more than the model.
    """

    cause: Cause | None = None
    prompt_changed: bool = True


def attribute(
    plan: Plan, trials: Sequence[Trial], decision: Decision, ask: Ask, alpha: float
) -> Attribution:
    """Attribute a drop to the prompt or the model, where both could be the cause.

    Where the model alone changed, the cells are the same two by two and the model is
    the cause. Where it did not change, a design of one factor attributes nothing.

    Args:
        plan: What the gate asked.
        trials: Its trials.
        decision: Names the suites that fail.
        ask: Gets the trials of the two further cells.
        alpha: Level of the three tests together.
    """
    failed = {suite.suite for suite in decision.suites if suite.verdict is Verdict.FAIL}
    own = replace(plan, cases=tuple(c for c in plan.cases if c.suite.name in failed))
    models = _models(own)
    if models is None:
        return Attribution()
    crossed = _crossed(own, *models)
    if all(
        there is not None and here is not None and here.digest == there.digest
        for one, other in zip(own.cases, crossed.cases, strict=True)
        for here, there in [(one.requests["baseline"], other.requests["candidate"])]
    ):
        return Attribution("model", prompt_changed=False)
    try:
        further = ask(crossed)
    except MissingRecording:  # the cells can only be had by recording: --mode record does
        return Attribution()
    measured = [trial for trial in trials if trial.suite in failed]
    return Attribution(_blame(suite_tables(own, measured), suite_tables(crossed, further), alpha))


def _models(plan: Plan) -> tuple[str, str] | None:
    """Return the one old and the one new model; None where they are one, or several."""
    if any(planned.suite.target is not None for planned in plan.cases):
        return None
    found = []
    for arm in plan.arms:
        asked = {arm.asking(c.prompt)[1] for c in plan.cases if arm.has(c.prompt)}
        if len(asked) != 1:
            return None
        found.append(asked.pop())
    return None if found[0] == found[1] else (found[0], found[1])


def _crossed(plan: Plan, old: str, new: str) -> Plan:
    """Plan the other two cells: the baseline's prompts on the new model, and the reverse."""
    baseline, candidate = plan.arms
    arms: tuple[Arm, Arm] = (
        open_arm(baseline.project, "baseline", baseline.revision, new),
        open_arm(candidate.project, "candidate", candidate.revision, old),
    )
    suites = {planned.suite.name: planned.suite for planned in plan.cases}
    repeats = {planned.suite.name: planned.repeats for planned in plan.cases}
    crossed = make_plan(arms, list(suites.values()))
    return replace(
        crossed, cases=tuple(replace(c, repeats=repeats[c.suite.name]) for c in crossed.cases)
    )


def _blame(
    main: Mapping[str, SuiteTable], crossed: Mapping[str, SuiteTable], alpha: float
) -> Cause | None:
    """Return the cause over the units of all failing suites together."""
    import numpy as np

    cells: list[list[float]] = [[], [], [], []]
    for name, table in main.items():
        other = crossed[name]
        means = np.stack(
            [
                table.case_means(GateArm.BASELINE),
                other.case_means(GateArm.CANDIDATE),
                other.case_means(GateArm.BASELINE),
                table.case_means(GateArm.CANDIDATE),
            ]
        )
        means[:, np.isnan(means).any(axis=0)] = np.nan
        for cell, values in zip(cells, means, strict=True):
            cell += table.by_unit(values).tolist()
    if len(cells[0]) < 2:
        return None
    neither, prompt, model, both = (np.asarray(cell) for cell in cells)
    found = attribute_drop(neither, prompt, model, both, alpha).cause
    return None if found == "both" else found
