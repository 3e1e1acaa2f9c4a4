"""What items say: an answer that does not pass, and the gate of a suite.

Everything from a model or a customer is made harmless for a terminal.
"""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

from promptgate.gate import Outcome, Verdict
from promptgate.models.request import Request
from promptgate.reports.escape import one_line, terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.gate import SuiteVerdict
    from promptgate.reports.summary import Account
    from promptgate.runs.gate_run import GateRun
    from promptgate.runs.plan import PlannedCase
    from promptgate.runs.results import Trial
    from promptgate.testing.outcomes import Said

_WIDTH = 120


def score_text(trial: Trial) -> str:
    """Return a trial's score, or why it has none."""
    return trial.state if trial.score is None else f"{trial.score:g}"


def answer_text(trial: Trial) -> str:
    """Return the answer of a trial, safe for a terminal."""
    return terminal(trial.answer)


def reasons_line(trial: Trial) -> str:
    """Say on one line why a trial does not pass."""
    if trial.state in ("missing", "errored"):
        return one_line(f"{trial.state}: {trial.note}", 300)
    failed = [part for part in trial.parts if not part.passed]
    return one_line("; ".join(f"{part.scorer}: {part.reason}" for part in failed), 300)


def case_text(planned: PlannedCase, trial: Trial, before: Said | None) -> str:
    """Explain an answer that does not pass.

    Args:
        planned: Its case with what was asked.
        trial: The answer, scored.
        before: The same repeat in the baseline; None where that does not have the case.
    """
    about = (
        f"{trial.suite}: {trial.case}, repeat {trial.repeat + 1} of {planned.repeats}, "
        f"{trial.prompt} at {trial.revision}, {trial.model}"
    )
    lines = [about, "", *_asked(planned)]
    stopped = f" (stopped: {trial.stop_reason})" if trial.stop_reason else ""
    lines += [f"answer{stopped}", *_indented(trial.answer or trial.note or "(empty)"), ""]
    lines += [f"score {score_text(trial)}"]
    for part in trial.parts:
        mark = {True: "passes", False: "does not pass", None: "unscored"}[part.passed]
        lines += _indented(f"{part.scorer}: {mark}: {part.reason}")
    lines += ["", *_difference(planned, trial, before)]
    return terminal("\n".join(lines))


def _asked(planned: PlannedCase) -> Iterator[str]:
    """Yield what was sent, message by message, or what an application was called with."""
    request = planned.requests["candidate"]
    if not isinstance(request, Request):
        yield "called with"
        yield from _indented(json.dumps(dict(planned.case.vars), ensure_ascii=False, default=str))
    else:
        if system := request.body.get("system"):
            yield "system"
            yield from _indented(_content(system))
        for message in request.body.get("messages", ()):
            yield str(message["role"])
            yield from _indented(_content(message["content"]))
    yield ""


def _content(content: Any) -> str:
    """Return the text of a message; other blocks as JSON, their data cut."""
    if isinstance(content, str):
        return content
    return "\n".join(
        str(block["text"])
        if isinstance(block, dict) and block.get("type") == "text"
        else one_line(json.dumps(block, ensure_ascii=False, default=str), 200)
        for block in content
    )


def _difference(planned: PlannedCase, trial: Trial, before: Said | None) -> Iterator[str]:
    """Yield how the answer differs from the baseline's."""
    if before is None:
        yield "the baseline does not have this case"
    elif planned.identical:
        yield "the baseline asks the same, so this is its answer too"
    elif before.trial is None:
        yield "the baseline's answer is not recorded"
    else:
        old = before.trial
        yield f"difference from the baseline's answer (score {score_text(old)}, {old.revision})"
        if old.answer == trial.answer:
            yield "    none: the answers are the same"
            return
        changes = difflib.ndiff(old.answer.splitlines(), trial.answer.splitlines())
        yield from _indented("\n".join(line for line in changes if not line.startswith("?")))


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]


def gate_of_suites(run: GateRun, names: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return for each suite what its gate's item shows, as the fields of Gated.

    Where the decision is not RELEASE at least one suite fails: those that stand in
    its way, or all of them where none does (a freeze, arms that are not comparable).
    """
    from promptgate.reports.summary import account_of_gate

    decision = run.decision
    account = account_of_gate(run)
    verdicts = {suite.suite: suite for suite in decision.suites}
    guilty = {name for name, verdict in verdicts.items() if _in_the_way(verdict)}
    if decision.outcome is Outcome.RELEASE:
        guilty = set()
    elif not guilty:
        guilty = set(verdicts)
    headline = one_line(f"{decision.outcome}: {decision.reason}", 600)
    shown: dict[str, dict[str, str]] = {}
    for name in names:
        verdict = verdicts.get(name)
        if verdict is None:
            text = "no prompt of this suite changed, so there is nothing to decide"
            shown[name] = {"outcome": "skipped", "headline": headline, "text": text}
            continue
        outcome = "failed" if name in guilty else "passed"
        text = _gate_text(account.of_suite(name))
        shown[name] = {"outcome": outcome, "headline": headline, "text": text}
    return shown


def _in_the_way(suite: SuiteVerdict) -> bool:
    """Tell whether a suite keeps the gate from RELEASE, as the rules have it."""
    if suite.open_violations:
        return True
    return suite.verdict is not Verdict.PASS and not (
        suite.verdict is Verdict.INCONCLUSIVE
        and suite.policy.on_inconclusive == "warn"
        and not suite.critical
    )


def _gate_text(account: Account) -> str:
    """Return the gate's explanation as on a terminal."""
    from io import StringIO

    from rich.console import Console

    from promptgate.reports.console import render

    screen = Console(file=StringIO(), width=_WIDTH, color_system=None, highlight=False)
    with screen.capture() as shown:
        screen.print(render(account))
    return shown.get().rstrip()
