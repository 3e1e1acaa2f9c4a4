"""Roll back, fix forward or kill the feature: the gate's one decision, on what an incident knows.

The gate's function is given the failing input as a suite of its own: what runs
against what a rollback would bring. What it can prove it decides. Where it cannot,
the incident's own rules stand behind it: roll back first; a tie or an unknown rolls
back; with no known-good the feature is killed. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.errors import ExitCode, InputError
from promptgate.gate import Affected, Context, KnownGood, Outcome, SuiteEvidence, decide
from promptgate.gate.critical import FreshRepeats
from promptgate.gate.rules import Rule
from promptgate.gate.table import Arm, CaseRow, SuiteTable, TrialRow
from promptgate.incidents import kinds
from promptgate.incidents.choices import Severity
from promptgate.incidents.sentences import cause as told_cause
from promptgate.incidents.severity import read_affected

if TYPE_CHECKING:
    from promptgate.gate import Decision, Fix, Policy
    from promptgate.gate.rules import Ask
    from promptgate.incidents.choices import Move
    from promptgate.incidents.settings import IncidentSettings
    from promptgate.incidents.state import Incident

SUITE = "incident"


@dataclass(frozen=True)
class Knowledge:
    """What was looked up beside the events.

    Attributes:
        good: What a rollback would go back to; None: there is none.
        fix: That stands ready.
        harm: Why rolling back would do harm; None: nobody says so.
    """

    good: KnownGood | None
    fix: Fix | None = None
    harm: str | None = None


@dataclass(frozen=True)
class Decided:
    """What is to happen.

    Attributes:
        outcome: In the gate's words.
        move: What that is in an incident.
        reason: One sentence.
        rules: All that were asked: the gate's, then the incident's.
        gate: The gate's own decision.
        override: Why a person decided otherwise; None: nobody did.
    """

    outcome: Outcome
    move: Move
    reason: str
    rules: tuple[Rule, ...]
    gate: Decision
    override: str | None = None

    @property
    def decisive(self) -> tuple[Rule, ...]:
        """The rules that fired and led here: the incident's, and the gate's where it proved it."""
        proven = self.gate.outcome is self.outcome
        forward = self.outcome is Outcome.FIX_FORWARD
        conditions = () if proven and forward else ("fix_forward.", "otherwise")
        return tuple(
            rule
            for rule in self.rules
            if rule.fired
            and (rule.rule.startswith("incident.") or proven)
            and not rule.rule.startswith(conditions)
        )

    @property
    def exit_code(self) -> ExitCode:
        """1, as for a gate that ends in ROLLBACK or FIX_FORWARD."""
        return ExitCode.WORSE


def decide_incident(
    incident: Incident, policy: Policy, settings: IncidentSettings, known: Knowledge
) -> Decided:
    """Decide what to do about an incident.

    Args:
        incident: That was declared.
        policy: The gate's numbers; the incident's own limit of lines goes before its.
        settings: The incident's numbers.
        known: What else is known.
    """
    found = incident.last(kinds.Diagnosed)
    cause = found.cause if found is not None else None
    numbers = policy.model_copy(update={"max_fix_lines": settings.fix_lines})
    context = Context(
        known_good=known.good,
        cause=cause,
        prompt_changed=cause != "model",
        fix=known.fix,
        affected=_affected(incident, policy),
    )
    gate = decide([_evidence(incident, found)], numbers, context)
    rules = list(gate.rules)

    def ask(rule: str, fired: bool, value: float | str | None, limit: float | str | None) -> bool:
        rules.append(Rule(f"incident.{rule}", fired, value, limit))
        return fired

    fault = "there is none" if known.good is None else known.good.fault(proven_better=True)
    told = fault or (known.good.revision if known.good else "")
    if ask("no_known_good", bool(fault), told, None):
        told = "" if known.good is None else f" ({fault})"
        reason = f"Nothing to go back to{told}: kill the feature until a fix has passed."
        reason += _why_no_fix(known.fix)
        return Decided(Outcome.FIX_FORWARD, "kill-feature", reason, tuple(rules), gate)
    assert known.good is not None
    back: Move = "roll-back-model" if cause == "model" else "roll-back-prompt"
    first = _roll_back_first(incident, policy, found, known, ask)
    forward = _go_forward(gate, known, ask)
    if forward and not first:
        reason = f"Fix forward: {forward}."
        return Decided(Outcome.FIX_FORWARD, "fix-forward", reason, tuple(rules), gate)
    ask("unknown_or_tie", not first or bool(forward), gate.outcome.value, None)
    why = first or [_measured(found)]
    reason = f"Roll back to {known.good.revision}: {'; '.join(why)}"
    reason += f". It was a tie, as {forward}." if forward else "."
    reason += _why_not_forward(gate, known.fix)
    return Decided(Outcome.ROLLBACK, back, reason, tuple(rules), gate)


def _why_no_fix(fix: Fix | None) -> str:
    """Return why a fix that stands ready was not taken where there is nothing to go back to."""
    if fix is None:
        return ""
    measured = {
        None: "was not measured, as recordings are missing",
        False: "does not pass the gate",
        True: "passes the gate; to take it: --override fix-forward --reason TEXT",
    }
    return f" The fix {fix.revision} ({fix.lines} lines) {measured[fix.passes]}."


def _measured(found: kinds.Diagnosed | None) -> str:
    """Return what was measured of going back, or that nothing was."""
    if found is None or not found.remedy or not found.deployed:
        return "nothing speaks against it, and what is unknown rolls back"
    (still, answers), (fails, asked) = found.remedy, found.deployed
    return f"{still} of {answers} answers fail there, and {fails} of {asked} now"


def _why_not_forward(gate: Decision, fix: Fix | None) -> str:
    """Return which conditions of the gate a fix that stands ready does not meet."""
    if fix is None:
        return ""
    unmet = [
        f"{rule.rule.removeprefix('fix_forward.')} {rule.value}"
        + ("" if rule.limit is None else f" (limit {rule.limit})")
        for rule in gate.rules
        if rule.rule.startswith("fix_forward.") and not rule.fired
    ]
    return f" The fix {fix.revision} is not taken: {', '.join(unmet)}." if unmet else ""


def _roll_back_first(
    incident: Incident,
    policy: Policy,
    found: kinds.Diagnosed | None,
    known: Knowledge,
    ask: Ask,
) -> list[str]:
    """Ask the rules that roll back whatever else holds; return why those that fired did."""
    why = []
    critical = incident.severity is Severity.CRITICAL
    if ask("critical", critical, str(incident.severity), "critical"):
        why.append("it is critical")
    told = "nothing was diagnosed" if found is None else told_cause(found)
    if ask("cause_unknown", found is None or found.cause is None, told, None):
        settled = found is not None and not found.unsettled
        why.append(f"{'no change is the cause' if settled else 'the cause is unknown'}: {told}")
    minutes = None if known.fix is None else known.fix.minutes
    slow = minutes is None or minutes > policy.max_fix_minutes
    shown = "unknown" if minutes is None else minutes
    if ask("fix_minutes", slow and known.fix is not None, shown, policy.max_fix_minutes):
        told = "takes nobody knows how long" if minutes is None else f"takes {minutes:g} min"
        why.append(f"the fix {told}")
    return why


def _go_forward(gate: Decision, known: Knowledge, ask: Ask) -> str:
    """Ask the rules that speak for going on; return why, or ''."""
    proven = gate.outcome is Outcome.FIX_FORWARD
    measured = "all conditions hold" if proven else "not all conditions hold"
    if ask("iterate", proven, measured, None):
        return "the fix is measured, small and fast, and few are affected"
    if ask("rollback_harms", known.harm is not None, known.harm or "nobody says so", None):
        return f"rolling back would harm: {known.harm}"
    return ""


def overridden(decided: Decided, move: Move, reason: str | None) -> Decided:
    """Return a decision that a person took instead.

    Raises:
        InputError: They do not say why.
    """
    outcomes: dict[Move, Outcome] = {
        "roll-back-prompt": Outcome.ROLLBACK,
        "roll-back-model": Outcome.ROLLBACK,
        "fix-forward": Outcome.FIX_FORWARD,
        "kill-feature": Outcome.FIX_FORWARD,
    }
    if not (reason or "").strip():
        raise InputError(f"--override {move} goes against the rules; say why with --reason.")
    told = f"Overridden, {decided.move} to {move}: {reason}"
    return replace(decided, outcome=outcomes[move], move=move, reason=told, override=reason)


def _affected(incident: Incident, policy: Policy) -> Affected | None:
    """Return how many of those looked at are hit; None where nobody counted."""
    assessed = incident.last(kinds.Assessed)
    if assessed is None:
        return None
    counted = read_affected(assessed.affected, policy.alpha).counted
    return None if counted is None else Affected(*counted)


def _evidence(incident: Incident, found: kinds.Diagnosed | None) -> SuiteEvidence:
    """Return the failing input as a suite: one unit a pair of answers, or the alarm alone.

    Answers to one input are independent, and the claim is about this input alone: each
    pair is a unit. Failures are rounded down where it is deployed and up where it would
    go back to, so that no rounding proves anything.
    """
    critical = incident.severity is Severity.CRITICAL
    deployed = found.deployed if found is not None else None
    remedy = found.remedy if found is not None and found.remedy and found.remedy[1] else None
    if deployed is None or not deployed[1]:
        case = CaseRow("alarm", critical=critical, new=True)
        table = SuiteTable.from_rows(SUITE, [case], [TrialRow("alarm", Arm.CANDIDATE, 0, 0.0)])
        return SuiteEvidence(table)
    fails, answers = deployed
    pairs = answers if remedy is None else min(answers, remedy[1])
    bad = fails * pairs // answers
    cases = [CaseRow(f"answer-{n}", critical=critical, new=remedy is None) for n in range(pairs)]
    trials = [TrialRow(case.id, Arm.CANDIDATE, 0, float(n >= bad)) for n, case in enumerate(cases)]
    if remedy is not None:
        still = -(-remedy[0] * pairs // remedy[1])
        trials += [
            TrialRow(case.id, Arm.BASELINE, 0, float(n >= still)) for n, case in enumerate(cases)
        ]
    fresh = {case.id: FreshRepeats(answers, fails) for case in cases} if critical else {}
    return SuiteEvidence(SuiteTable.from_rows(SUITE, cases, trials), fresh=fresh)
