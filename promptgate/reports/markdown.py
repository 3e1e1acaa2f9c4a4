"""A gate in Markdown, for a pull request: the same content as on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.gate import Outcome, Verdict
from promptgate.reports.escape import markdown
from promptgate.reports.forest import draw, scale_for
from promptgate.reports.summary import (
    Account,
    Example,
    account_of_gate,
    changes_line,
    examples,
    power_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.gate import Decision, SuiteVerdict
    from promptgate.runs.gating import GateRun

_SIGN = {
    Outcome.RELEASE: "✅",
    Outcome.HOLD: "⏸️",
    Outcome.FIX_FORWARD: "🛠️",
    Outcome.ROLLBACK: "⛔",
}
_MOST = 200


def gate_markdown(run: GateRun) -> str:
    """Return the explanation of a gate; text of models and customers is escaped."""
    return render_markdown(account_of_gate(run))


def render_markdown(account: Account) -> str:
    """Return the explanation of a decision; text of models and customers is escaped."""
    decision = account.decision
    lines = [
        f"## {_SIGN[decision.outcome]} {decision.outcome}",
        "",
        markdown(decision.reason),
        "",
        f"<sub>{markdown(account.headline)}</sub>",
        "",
        *_table(decision),
        *_plot(decision),
    ]
    for text in (*decision.advice, *decision.warnings, *account.remarks):
        lines += [f"- {markdown(text)}"]
    for suite in decision.suites:
        lines += _details(account, suite)
    lines += ["", "<details><summary>Rules, in order</summary>", ""]
    lines += ["| rule | fired | value | limit |", "|---|---|---|---|"]
    lines += [
        f"| {markdown(r.rule)} | {'**yes**' if r.fired else 'no'} | {_cell(r.value)} "
        f"| {_cell(r.limit)} |"
        for r in decision.rules
    ]
    lines += ["", "</details>", ""]
    power = power_line(decision)
    if power:
        lines += [f"<sub>{markdown(power)}</sub>", ""]
    return "\n".join(lines)


def _cell(value: float | str | None) -> str:
    return "" if value is None else markdown(str(value))


def _table(decision: Decision) -> list[str]:
    lines = ["| suite | verdict | cases | baseline | candidate | change | p (Holm) |"]
    lines += ["|---|---|--:|--:|--:|--:|--:|"]
    for suite in decision.suites:
        numbers, p = suite.comparison, suite.p_adjusted
        cells = [markdown(suite.suite), f"**{suite.verdict}**", f"{suite.cases} × {suite.repeats}"]
        if suite.identical:
            cells += ["", "", "identical requests", ""]
        elif numbers is None:
            mean = "" if suite.score is None else f"{100 * suite.score.mean:.1f} %"
            cells += ["new", mean, "", ""]
        else:
            cells += [
                f"{100 * numbers.baseline:.1f} %",
                f"{100 * numbers.candidate:.1f} %",
                f"{100 * numbers.difference:+.1f}",
                "" if p is None else f"{p:.3g}",
            ]
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def _plot(decision: Decision) -> list[str]:
    compared = [
        (s.suite, s.comparison)
        for s in decision.suites
        if s.comparison is not None and not s.identical
    ]
    if not compared:
        return []
    margin = max(numbers.margin for _, numbers in compared)
    scale = scale_for([(n.lower, n.upper) for _, n in compared], margin, width=51)
    width = max(len(name) for name, _ in compared)
    rows = [
        f"{name:{width}}  {draw(scale, n.lower, n.difference, n.upper, n.margin)}"
        for name, n in compared
    ]
    low, high = f"{100 * scale.low:+.0f}", f"{100 * scale.high:+.0f} points"
    axis = " " * (width + 2) + low + high.rjust(scale.width - len(low))
    return ["```text", *rows, axis, "```", ""]


def _details(account: Account, suite: SuiteVerdict) -> Iterator[str]:
    if suite.identical:
        return
    yield ""
    yield f"### {markdown(suite.suite)}: {suite.verdict}"
    yield ""
    yield markdown(suite.reason)
    for note in suite.notes:
        yield f"- {markdown(note)}"
    if suite.settle:
        yield f"- would be settled by {markdown(suite.settle)}"
    if suite.regressed or suite.improved:
        yield f"- {markdown(changes_line(suite))}"
    if suite.verdict in (Verdict.FAIL, Verdict.INCONCLUSIVE):
        shown = list(examples(account.trials, account.questions, suite.suite, suite.regressed))
        if shown:
            yield ""
            yield "| case | asked | baseline | candidate | because |"
            yield "|---|---|---|---|---|"
            yield from (_example(example) for example in shown)


def _example(example: Example) -> str:
    cells = (
        f"{example.case} ({example.baseline:.2f} → {example.candidate:.2f})",
        example.question,
        example.before,
        example.after,
        "; ".join(example.reasons),
    )
    return "| " + " | ".join(markdown(_cut(cell)) for cell in cells) + " |"


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"
