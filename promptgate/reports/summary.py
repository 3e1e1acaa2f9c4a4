"""What every report of a gate shows, taken from the run once: headline, rows, examples.

The renderers (console, Markdown, …) differ in mark-up only; what is worth showing,
and in which order, is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from promptgate.gate import NeedKind
from promptgate.models.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from promptgate.gate import CaseChange, Decision, SuiteVerdict
    from promptgate.runs.external.comparing import Compared
    from promptgate.runs.gating import GateRun
    from promptgate.runs.results import Trial


@dataclass(frozen=True)
class Example:
    """One case that changed, with an answer of each arm.

    Attributes:
        suite: Its suite.
        case: Its name in the suite.
        question: What was asked last; '' where it is no text.
        baseline: Mean score of the baseline, 0..1.
        candidate: Mean score of the candidate, 0..1.
        before: An answer of the baseline.
        after: An answer of the candidate: one that fails, where the case fell.
        reasons: Why the scorers say so of `after`.
    """

    suite: str
    case: str
    question: str
    baseline: float
    candidate: float
    before: str
    after: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Account:
    """What a report shows of a decision, wherever its trials came from.

    Attributes:
        decision: What the gate decided.
        headline: What was compared, on one line.
        remarks: Sentences on what was not looked at.
        trials: With their answers; empty where there are none to show.
        questions: (suite, case) to what was asked last.
    """

    decision: Decision
    headline: str
    remarks: tuple[str, ...] = ()
    trials: Sequence[Trial] = field(default=(), repr=False)
    questions: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)


def account_of_gate(run: GateRun) -> Account:
    """Return what reports show of a gate."""
    remarks = [needs_line(run.decision)]
    if run.skipped:
        remarks.append(f"Not run, as no prompt of theirs changed: {', '.join(run.skipped)}")
    questions = {}
    for planned in run.plan.cases:
        request = planned.requests.get("candidate")
        if isinstance(request, Request):
            text = last_user_text(request.body.get("messages", ()))
            questions[planned.suite.name, planned.key] = text
    told = tuple(remark for remark in remarks if remark)
    return Account(run.decision, headline(run), told, run.trials, questions)


def account_of_files(compared: Compared) -> Account:
    """Return what reports show of a comparison of two files."""
    suites = compared.decision.suites
    cases = sum(suite.cases for suite in suites)
    repeats = max((suite.repeats for suite in suites), default=0)
    line = (
        f"{compared.baseline} → {compared.candidate} · {len(suites)} "
        f"suite{'s' * (len(suites) != 1)} · {cases:,} cases × {repeats} repeats × 2 arms"
    )
    unused = ", ".join(compared.unused)
    remarks = (f"Columns that nothing reads: {unused}",) if unused else ()
    return Account(compared.decision, line, remarks)


def headline(run: GateRun) -> str:
    """Return what was compared, on one line."""
    counted = len(run.plan.cases)
    repeats = sorted({planned.repeats for planned in run.plan.cases})
    times = f"{repeats[0]}" if len(repeats) == 1 else f"{repeats[0]}–{repeats[-1]}"
    suites = len(run.decision.suites)
    models = _models(run)
    return (
        f"{shown_revision(run.baseline.revision)} → {shown_revision(run.candidate.revision)} · "
        f"{suites} suite{'s' * (suites != 1)} · {counted:,} cases × {times} repeats × 2 arms"
        + (f" · {models}" if models else "")
    )


def shown_revision(revision: str) -> str:
    """Return a revision for people: a full hash is shortened."""
    full = len(revision) == 40 and all(c in "0123456789abcdef" for c in revision)
    return revision[:9] if full else revision


def _models(run: GateRun) -> str:
    asked: list[set[str]] = []
    for arm in ("baseline", "candidate"):
        requests = [planned.requests.get(arm) for planned in run.plan.cases]
        asked.append({request.model for request in requests if request is not None})
    before, after = (", ".join(sorted(models)) for models in asked)
    return after if before in (after, "") else f"{before} → {after}"


def power_line(decision: Decision) -> str | None:
    """Say what this gate could have seen, and how often it lets a harmless edit through."""
    compared = [suite for suite in decision.suites if suite.mde80 is not None]
    if not compared:
        return None
    blind = max(compared, key=lambda suite: suite.mde80 or 0)
    sentence = (
        f"Of 10 real drops of {100 * (blind.mde80 or 0):.1f} points in {blind.suite} "
        "this gate would catch 8"
    )
    chance = decision.release_chance
    if chance is not None:
        sentence += f"; a harmless edit is released in {100 * chance:.0f} % of gates"
    return sentence + "."


def needs_line(decision: Decision) -> str | None:
    """Say which further answers would take a HOLD on, or None where there are none."""
    fresh = [need for need in decision.needs if need.kind is NeedKind.FRESH]
    if not fresh:
        return None
    cases = sum(len(need.cases) for need in fresh)
    return (
        f"{fresh[0].repeats} fresh answers to each of {cases} violating "
        f"case{'s' * (cases != 1)} would confirm or not: run this gate with --mode record"
    )


def examples(
    trials: Sequence[Trial],
    questions: Mapping[tuple[str, str], str],
    suite: str,
    regressed: Sequence[CaseChange],
    most: int = 3,
) -> Iterator[Example]:
    """Yield the cases of a suite that fell the most, with answers of both arms.

    Args:
        trials: Of any suite.
        questions: (suite, case) to what was asked.
        suite: Its name.
        regressed: Its cases that fell, the largest fall first.
        most: How many to yield.
    """
    by_arm: dict[tuple[str, str], list[Trial]] = {}
    for trial in trials:
        if trial.suite == suite:
            by_arm.setdefault((trial.case, trial.arm), []).append(trial)
    for change in regressed[:most]:
        before = _pick(by_arm.get((change.case, "baseline"), ()), passed=True)
        after = _pick(by_arm.get((change.case, "candidate"), ()), passed=False)
        if before is not None and after is not None:
            yield Example(
                suite,
                change.case,
                questions.get((suite, change.case), ""),
                change.baseline,
                change.candidate,
                before.answer,
                after.answer,
                tuple(f"{part.scorer}: {part.reason}" for part in after.parts if not part.passed),
            )


def _pick(trials: Sequence[Trial], *, passed: bool) -> Trial | None:
    """Return a trial that shows the change: one with the outcome asked for, where there is one."""
    return next((trial for trial in trials if trial.passed is passed), next(iter(trials), None))


def changes_line(suite: SuiteVerdict) -> str:
    """Say how many cases fell and rose, and which fell the most."""
    worst = ", ".join(
        f"{c.case} ({c.baseline:.2f} → {c.candidate:.2f})" for c in suite.regressed[:5]
    )
    fell = len(suite.regressed)
    most = f"; fell most: {worst}" if worst else ""
    return f"{fell} case{'s' * (fell != 1)} fell, {len(suite.improved)} rose{most}"


def last_user_text(messages: Sequence[object]) -> str:
    """Return the text of the last user message; '' where it has none."""
    for message in reversed(messages):
        if isinstance(message, dict) and message.get("role") == "user":
            content = message.get("content")
            if isinstance(content, str):
                return content
            return "\n".join(
                str(block.get("text", ""))
                for block in content or ()
                if isinstance(block, dict) and block.get("type") == "text"
            )
    return ""
