"""The table of the decision: first match wins.

    0 evidence        the evidence is invalid                    HOLD         5
    1 review.*        what [review] wants of the change          (asked for row blocked)
      blocked         frozen, or against policy                  HOLD         4
                      (`worse` then says what 4 to 7 make of it)
    2 unchanged       every request is the same in both arms     RELEASE      0
      all_pass        every suite passes, no violation is open   RELEASE      0
    3 none_fails      inconclusive, or violations unconfirmed    HOLD         3
    4 no_known_good   nothing to go back to                      FIX_FORWARD  1
    5 critical_fails  a critical suite fails, or a violation
                      is confirmed                               ROLLBACK     1
    6 fix_forward     all of fix_forward.* hold                  FIX_FORWARD  1
    7 otherwise       unknown cause included                     ROLLBACK     1

Separate from decision.py so that the table can be read in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from promptgate.errors import ExitCode
from promptgate.gate.circumstances import Context, Fix, arms_gap
from promptgate.gate.critical import Status
from promptgate.gate.proportions import clopper_pearson
from promptgate.gate.review import ReviewState
from promptgate.gate.verdict import SuiteVerdict, Verdict

if TYPE_CHECKING:
    from promptgate.gate.policy import Policy

_KEEP_OUT = (
    "Do not merge or release it. Where it runs already, put the released prompt back: "
    "promptgate incident open."
)
Ask = Callable[[str, bool, "float | str | None", "float | str | None"], bool]


class Outcome(StrEnum):
    """What is to happen."""

    RELEASE = "RELEASE"
    HOLD = "HOLD"
    FIX_FORWARD = "FIX_FORWARD"
    ROLLBACK = "ROLLBACK"


@dataclass(frozen=True)
class Rule:
    """One rule that was asked.

    Attributes:
        rule: Its name.
        fired: Whether it held.
        value: What it looked at, as a number or in words.
        limit: What that was compared with; None where the rule has no limit.
    """

    rule: str
    fired: bool
    value: float | str | None
    limit: float | str | None


@dataclass(frozen=True)
class Ruling:
    """What the table says.

    Attributes:
        outcome: What is to happen.
        exit_code: Of the command.
        reason: One sentence.
        advice: What to do, in sentences.
        roll_back: "prompt" or "model"; None unless the outcome is ROLLBACK.
        rules: All that were asked, in order; the deciding one is last.
        worse: What the table says of a blocked candidate that is worse, too, were
            nothing in the way; None where it is not worse, or not blocked.
    """

    outcome: Outcome
    exit_code: ExitCode
    reason: str
    advice: tuple[str, ...] = ()
    roll_back: str | None = None
    rules: tuple[Rule, ...] = ()
    worse: Ruling | None = None


def apply_rules(verdicts: Sequence[SuiteVerdict], policy: Policy, context: Context) -> Ruling:
    """Ask the rules in order and stop at the first that matches."""
    asked: list[Rule] = []

    def ask(rule: str, fired: bool, value: float | str | None, limit: float | str | None) -> bool:
        asked.append(Rule(rule, fired, value, limit))
        return fired

    ruling = _hold_or_release(verdicts, policy, context, ask)
    if ruling is None:
        failed = [v for v in verdicts if v.verdict is Verdict.FAIL]
        ruling = _worse(failed, policy, context, ask)
    return replace(ruling, rules=tuple(asked))


def tolerated(suite: SuiteVerdict, policy: Policy, context: Context) -> bool:
    """Whether a suite may stay inconclusive: not critical, by policy, and the ladder is climbed."""
    return (
        suite.verdict is Verdict.INCONCLUSIVE
        and suite.policy.on_inconclusive == "warn"
        and not suite.critical
        and not suite.open_violations
        and next_rung(suite, policy, context) is None
    )


def next_rung(suite: SuiteVerdict, policy: Policy, context: Context) -> int | None:
    """Return the repeats of a suite's next look, or None where there is none."""
    if not context.ladder:
        return None
    return next((rung for rung in policy.ladder if rung > suite.repeats), None)


def listed(names: Sequence[str]) -> str:
    """Join names for a sentence, at most five of them."""
    shown = ", ".join(names[:5])
    return shown + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _joined(sentences: Sequence[str]) -> str:
    return "; ".join(sentence.rstrip(". ") for sentence in sentences)


def _hold_or_release(
    verdicts: Sequence[SuiteVerdict], policy: Policy, context: Context, ask: Ask
) -> Ruling | None:
    """Rules 0 to 3; None where a suite fails."""
    fault = _evidence_fault(verdicts, policy, context)
    changed = sum(not v.identical for v in verdicts)
    if ask("evidence", fault is not None, fault or ("sound" if changed else "none asked"), None):
        reason = f"The evidence is invalid: {fault}."
        return Ruling(Outcome.HOLD, ExitCode.INVALID_EVIDENCE, reason)
    in_the_way = list(context.blocked)
    for finding in context.review:
        stops = finding.state is ReviewState.BLOCK
        ask(f"review.{finding.rule}", stops, f"{finding.value}: {finding.state}", None)
        in_the_way += [finding.message] if stops else []
    blocked = _joined(in_the_way)
    if ask("blocked", bool(blocked), blocked or "nothing stands in the way", None):
        rest = apply_rules(verdicts, policy, replace(context, blocked=(), review=()))
        worse = rest if rest.exit_code is ExitCode.WORSE else None
        advice = () if worse is None else worse.advice
        reason = f"Blocked: {blocked}."
        return Ruling(Outcome.HOLD, ExitCode.BLOCKED, reason, advice, worse=worse)
    if ask("unchanged", changed == 0, changed, 0):
        reason = "Nothing changed: every request is the same in both arms, so nothing was asked."
        return Ruling(Outcome.RELEASE, ExitCode.OK, reason)
    beside = [v.suite for v in verdicts if tolerated(v, policy, context)]
    waiting = [v for v in verdicts if v.verdict is not Verdict.PASS and v.suite not in beside]
    violations = [violation.case for v in verdicts for violation in v.open_violations]
    value = "; ".join(
        [f"{v.suite} is {v.verdict}" for v in waiting]
        + [f"{len(violations)} open violations" for _ in violations[:1]]
    )
    if ask("all_pass", not waiting and not violations, value or "every suite passes", None):
        by_policy = f"; {listed(beside)} inconclusive, which the policy lets pass" if beside else ""
        return Ruling(Outcome.RELEASE, ExitCode.OK, f"Every suite passes{by_policy}.")
    failed = sum(v.verdict is Verdict.FAIL for v in verdicts)
    if ask("none_fails", failed == 0, failed, 0):
        reason = "; ".join(f"{v.suite}: {v.reason}" for v in waiting)
        return Ruling(Outcome.HOLD, ExitCode.HOLD, f"Not decided. {reason}.")
    return None


def _evidence_fault(
    verdicts: Sequence[SuiteVerdict], policy: Policy, context: Context
) -> str | None:
    """Return why the evidence does not count, or None."""
    if context.invalid:
        return _joined(context.invalid)
    if not verdicts:
        return "there is no suite"
    for suite in verdicts:
        if suite.verdict is Verdict.ERROR:
            return f"suite {suite.suite!r}: {suite.reason}"
    return None if context.allow_gap else arms_gap(context, policy.max_age_days)


def _worse(failed: Sequence[SuiteVerdict], policy: Policy, context: Context, ask: Ask) -> Ruling:
    """Rules 4 to 7: the candidate is worse, so go back or fix forward."""
    names = listed([v.suite for v in failed])
    confirmed = [
        v.suite
        for v in failed
        if any(violation.status is Status.CONFIRMED for violation in v.violations)
    ]
    good = context.known_good
    if good is None:
        fault, revision = "there is none", ""
    else:
        better = bool(confirmed) or any(v.proven_drop for v in failed)
        fault, revision = good.fault(proven_better=better) or "", good.revision
    if ask("no_known_good", bool(fault), fault or revision, None):
        if good is None and all(v.comparison is None for v in failed):  # a first release
            told = "; ".join(f"{v.suite}: {v.reason}" for v in failed)
            return Ruling(
                Outcome.FIX_FORWARD,
                ExitCode.WORSE,
                f"Not good enough for a first release. {told}.",
                ("Improve the prompt, or correct what the suites ask of it.",),
            )
        return Ruling(
            Outcome.FIX_FORWARD,
            ExitCode.WORSE,
            f"Worse in {names}, with no known-good to go back to: {fault}.",
            ("Switch the feature off until a fix has passed this gate.",),
        )
    scope, advice = "prompt", (_KEEP_OUT,)
    if context.cause == "model" and not context.prompt_changed:
        scope, advice = "model", ("Put the model pin back; the prompt is not the cause.",)
    severe = [v.suite for v in failed if v.critical or v.suite in confirmed]
    if ask("critical_fails", bool(severe), listed(severe) or "no critical suite fails", None):
        reason = f"Worse in {listed(severe)}, which is critical: roll back to {revision}."
        return Ruling(Outcome.ROLLBACK, ExitCode.WORSE, reason, advice, scope)
    missed = _fix_conditions(policy, context, ask)
    value = f"not met: {', '.join(missed)}" if missed else "all conditions hold"
    if ask("fix_forward", not missed, value, None):
        reason = f"Worse in {names}; a fix is measured, small, fast, and few are affected."
        return Ruling(Outcome.FIX_FORWARD, ExitCode.WORSE, reason)
    ask("otherwise", True, f"cause: {context.cause or 'unknown'}", None)
    reason = f"Worse in {names}: roll back to {revision}."
    return Ruling(Outcome.ROLLBACK, ExitCode.WORSE, reason, advice, scope)


def _fix_conditions(policy: Policy, context: Context, ask: Ask) -> list[str]:
    """Ask each condition of rule 6 and return those not met; what is unknown is not met."""
    share: float | None = None
    if context.affected is not None:
        share = clopper_pearson(context.affected.affected, context.affected.of, policy.alpha)[1]
    fix = context.fix
    numbers: list[tuple[str, float | None, float]] = [
        ("affected", share, policy.max_affected),
        ("lines", None if fix is None else fix.lines, policy.max_fix_lines),
        ("files", None if fix is None else fix.files, policy.max_fix_files),
        ("minutes", None if fix is None else fix.minutes, policy.max_fix_minutes),
    ]
    missed = []
    for name, value, limit in numbers:
        shown = "unknown" if value is None else value
        if not ask(f"fix_forward.{name}", value is not None and value <= limit, shown, limit):
            missed.append(name)
    if not ask("fix_forward.cause", context.cause is not None, context.cause or "unknown", None):
        missed.append("cause")
    measured = fix is not None and fix.passes is True
    if not ask("fix_forward.measured", measured, _measured(fix), "passes"):
        missed.append("measured")
    return missed


def _measured(fix: Fix | None) -> str:
    if fix is None:
        return "no fix"
    if fix.passes is None:
        return "not measured"
    return "passes" if fix.passes else "does not pass"
