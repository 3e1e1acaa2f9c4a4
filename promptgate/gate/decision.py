"""Decide whether a candidate may replace its baseline.

Takes scored trials, a policy and the circumstances; returns a Decision. Reads no
file, clock, network or random source. Missing evidence is INCONCLUSIVE or ERROR,
never PASS. The gate and incidents use the same function. Start at decide().
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from promptgate.errors import ExitCode
from promptgate.gate.assess import conclude, measure
from promptgate.gate.circumstances import Context, arms_gap
from promptgate.gate.critical import Status, Violation, find_violations
from promptgate.gate.review import ReviewState
from promptgate.gate.rules import Outcome, Rule, Ruling, apply_rules, next_rung, tolerated
from promptgate.gate.table import Arm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.gate.policy import Policy
    from promptgate.gate.verdict import SuiteEvidence, SuiteVerdict


class NeedKind(StrEnum):
    """Why more trials are wanted."""

    LADDER = "ladder"
    FRESH = "fresh"
    MISSING = "missing"


@dataclass(frozen=True)
class Need:
    """Trials that would take the decision further; what runs turns into a plan.

    Attributes:
        kind: LADDER: raise all cases of the suite to `repeats`; FRESH: `repeats`
            new answers of each case, which never enter the suite's table;
            MISSING: the trials of these cases that have no score.
        suite: Name of the suite.
        cases: Ids; empty means all.
        arms: In which arms.
        repeats: How many a case; for LADDER in all.
    """

    kind: NeedKind
    suite: str
    cases: tuple[str, ...]
    arms: tuple[Arm, ...]
    repeats: int


@dataclass(frozen=True)
class Decision:
    """What the gate decided and everything it stands on.

    Attributes:
        outcome: What is to happen.
        exit_code: Of the command.
        reason: One sentence.
        rules: All rules that were asked, the deciding one last.
        suites: The verdicts, in the order given.
        needs: Trials that would take a HOLD further; empty where there are none.
        advice: What to do, in sentences.
        warnings: What a reader must not miss, in sentences.
        release_chance: That an edit that changes nothing in truth passes every
            suite; None where nothing was compared.
        attempts: How often a candidate was gated against this baseline, this time included.
        roll_back: "prompt" or "model": what a rollback puts back; None unless ROLLBACK.
        worse: Of a blocked candidate that is worse, too: what the gate would say were
            nothing in the way. It is the first that a reader has to be told.
    """

    outcome: Outcome
    exit_code: ExitCode
    reason: str
    rules: tuple[Rule, ...]
    suites: tuple[SuiteVerdict, ...]
    needs: tuple[Need, ...]
    advice: tuple[str, ...]
    warnings: tuple[str, ...]
    release_chance: float | None
    attempts: int
    roll_back: str | None
    worse: Ruling | None = None

    @property
    def violations(self) -> tuple[Violation, ...]:
        """All violations of all suites."""
        return tuple(violation for suite in self.suites for violation in suite.violations)


def decide(
    suites: Sequence[SuiteEvidence], policy: Policy, context: Context | None = None
) -> Decision:
    """Judge every suite and take the one decision: the first rule that matches.

    Args:
        suites: The evidence, one entry a suite.
        policy: The numbers.
        context: Everything that is not a trial.

    Raises:
        ValueError: There are adjudications but `context.now` is None.
    """
    context = context or Context()
    verdicts = judge_suites(suites, policy, context)
    ruling = apply_rules(verdicts, policy, context)
    chances = [v.release_chance for v in verdicts if v.release_chance is not None]
    chance = math.prod(chances) if chances else None
    held = ruling.exit_code is ExitCode.HOLD
    return Decision(
        outcome=ruling.outcome,
        exit_code=ruling.exit_code,
        reason=ruling.reason,
        rules=ruling.rules,
        suites=verdicts,
        needs=_needs(verdicts, policy, context) if held else (),
        advice=ruling.advice,
        warnings=_warnings(verdicts, policy, context, chance),
        release_chance=chance,
        attempts=context.attempts,
        roll_back=ruling.roll_back,
        worse=ruling.worse,
    )


def judge_suites(
    suites: Sequence[SuiteEvidence], policy: Policy, context: Context
) -> tuple[SuiteVerdict, ...]:
    """Give every suite its verdict: bounds as they are, FAIL after Holm over all tests."""
    import numpy as np

    from promptgate.gate.statistics import holm

    alpha = policy.look_alpha(ladder=context.ladder)
    measured = []
    for evidence in suites:
        violations = find_violations(
            evidence.table,
            critical=policy.for_suite(evidence.table.suite).critical,
            fresh=evidence.fresh,
            confirm=policy.confirm_violations,
            adjudications=context.adjudications,
            authors=context.authors,
            now=context.now,
        )
        measured.append(measure(evidence, policy, alpha=alpha, violations=violations))
    raw = [p for suite in measured for p in suite.p_values]
    tested = [p for p in raw if p is not None]
    adjusted = iter(holm(np.asarray(tested)).tolist())
    spread = [None if p is None else float(next(adjusted)) for p in raw]
    return tuple(
        conclude(suite, evidence, policy, spread[2 * index], spread[2 * index + 1])
        for index, (suite, evidence) in enumerate(zip(measured, suites, strict=True))
    )


def _needs(verdicts: Sequence[SuiteVerdict], policy: Policy, context: Context) -> tuple[Need, ...]:
    """Return the trials that would take a HOLD further."""
    needs = []
    both = (Arm.BASELINE, Arm.CANDIDATE)
    for suite in verdicts:
        unmeasured = tuple(v.case for v in suite.violations if v.status is Status.UNMEASURED)
        if unmeasured:
            needs.append(
                Need(NeedKind.MISSING, suite.suite, unmeasured, (Arm.CANDIDATE,), suite.repeats)
            )
        fresh = tuple(
            v.case
            for v in suite.violations
            if v.status is Status.OPEN and not v.pre_existing and v.fresh is None
        )
        if fresh:
            needs.append(
                Need(NeedKind.FRESH, suite.suite, fresh, (Arm.CANDIDATE,), policy.fresh_repeats)
            )
        rung = next_rung(suite, policy, context)
        if suite.wants_trials and rung is not None:
            needs.append(Need(NeedKind.LADDER, suite.suite, (), both, rung))
    return tuple(needs)


def _warnings(
    verdicts: Sequence[SuiteVerdict], policy: Policy, context: Context, chance: float | None
) -> tuple[str, ...]:
    lines = list(context.remarks)
    lines += [
        f"{finding.message[:1].upper()}{finding.message[1:]}."
        for finding in context.review
        if finding.state is ReviewState.WARN
    ]
    if context.allow_gap:
        gap = arms_gap(context, policy.max_age_days)
        if gap is not None:
            lines.append(f"Allowed by --allow-gap: {gap}.")
    if context.attempts > 1:
        lines.append(
            f"This is attempt {context.attempts} against the same release: trying until it "
            "passes makes a false PASS more likely."
        )
    lines.extend(
        f"Suite {suite.suite!r} is inconclusive and the policy lets it pass: {suite.reason}."
        for suite in verdicts
        if tolerated(suite, policy, context)
    )
    if chance is not None and chance < policy.min_release_chance:
        lines.append(
            f"A harmless edit passes these suites in {chance:.0%} of runs, below "
            f"{policy.min_release_chance:.0%}: add cases or repeats, or widen the margin."
        )
    return tuple(lines)
