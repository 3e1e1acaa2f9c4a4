"""What every report of a gate shows, taken from the run once: headline, rows, examples.

The renderers (console, Markdown, …) differ in mark-up only; what is worth showing,
and in which order, is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.gate import CaseChange, SuiteVerdict
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


def power_line(run: GateRun) -> str | None:
    """Say what this gate could have seen, and how often it lets a harmless edit through."""
    compared = [suite for suite in run.decision.suites if suite.mde80 is not None]
    if not compared:
        return None
    blind = max(compared, key=lambda suite: suite.mde80 or 0)
    sentence = (
        f"Of 10 real drops of {100 * (blind.mde80 or 0):.1f} points in {blind.suite} "
        "this gate would catch 8"
    )
    chance = run.decision.release_chance
    if chance is not None:
        sentence += f"; a harmless edit is released in {100 * chance:.0f} % of gates"
    return sentence + "."


def examples(run: GateRun, suite: SuiteVerdict, most: int = 3) -> Iterator[Example]:
    """Yield the cases of a suite that fell the most, with answers of both arms."""
    trials: dict[tuple[str, str], list[Trial]] = {}
    for trial in run.trials:
        if trial.suite == suite.suite:
            trials.setdefault((trial.case, trial.arm), []).append(trial)
    questions = {p.key: _question(run, p.key, suite.suite) for p in run.plan.cases}
    for change in suite.regressed[:most]:
        before = _pick(trials.get((change.case, "baseline"), ()), passed=True)
        after = _pick(trials.get((change.case, "candidate"), ()), passed=False)
        if before is not None and after is not None:
            yield _example(suite, change, questions.get(change.case, ""), before, after)


def _example(
    suite: SuiteVerdict, change: CaseChange, question: str, before: Trial, after: Trial
) -> Example:
    return Example(
        suite.suite,
        change.case,
        question,
        change.baseline,
        change.candidate,
        before.answer,
        after.answer,
        tuple(f"{part.scorer}: {part.reason}" for part in after.parts if not part.passed),
    )


def _pick(trials: Sequence[Trial], *, passed: bool) -> Trial | None:
    """Return a trial that shows the change: one with the outcome asked for, where there is one."""
    return next((trial for trial in trials if trial.passed is passed), next(iter(trials), None))


def _question(run: GateRun, key: str, suite: str) -> str:
    """Return the text of the last user turn that a case sends."""
    for planned in run.plan.cases:
        request = planned.requests.get("candidate")
        if planned.key == key and planned.suite.name == suite and request is not None:
            return last_user_text(request.body.get("messages", ()))
    return ""


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
