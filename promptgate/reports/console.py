"""A gate on the terminal: the decision, one row a suite, why, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from promptgate.gate import Outcome, Rule, Verdict
from promptgate.reports.escape import one_line, terminal
from promptgate.reports.forest import Scale, draw, p_text, scale_of
from promptgate.reports.styles import (
    BAD,
    BADGE_BAD,
    BADGE_DOUBT,
    BADGE_GOOD,
    DOUBT,
    GOOD,
    QUIET,
    STRONG,
)
from promptgate.reports.summary import (
    Account,
    change_text,
    changes_line,
    failing_reasons,
    heads,
    power_line,
)
from promptgate.reports.tables import plain_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from promptgate.gate import DecisionJson
    from promptgate.gate.schema import SuiteJson
    from promptgate.reports.cases import CaseAccount

_FIX = "fix_forward"
_LEGEND = "p (Holm): of such a drop by chance, over all suites; more by 'promptgate gate explain'"
_ROOM_FOR_CHART = 104
"""Columns of terminal from which on the table of suites has its intervals drawn."""

OUTCOME_STYLE = {
    Outcome.RELEASE: BADGE_GOOD,
    Outcome.HOLD: BADGE_DOUBT,
    Outcome.FIX_FORWARD: BADGE_BAD,
    Outcome.ROLLBACK: BADGE_BAD,
}
VERDICT_STYLE = {
    Verdict.PASS: GOOD,
    Verdict.FAIL: BAD,
    Verdict.INCONCLUSIVE: DOUBT,
    Verdict.ERROR: BAD,
}


def render(account: Account) -> RenderableType:
    """Return the whole explanation of a decision for a terminal."""
    decision = account.decision
    parts: list[RenderableType] = [*render_heads(decision)]
    parts += [_beside(f"• {text}") for text in decision["advice"]]
    parts += [Text(account.headline, style=QUIET), Text()]
    if any(not suite["identical"] for suite in decision["suites"]):
        parts.append(_Suites(decision))
    if any(_is_compared(suite) for suite in decision["suites"]):
        parts.append(Text(_LEGEND, style=QUIET))
    for suite in decision["suites"]:
        parts += _beneath(account, suite)
    parts += [_beside(f"! {text}", DOUBT) for text in decision["warnings"]]
    parts += [_beside(remark, QUIET) for remark in account.remarks]
    parts += [Text(), render_rules(_told_rules(decision))]
    power = power_line(decision)
    if power:
        parts += [Text(), Text(power, style=QUIET)]
    return Group(*parts)


def _beside(text: str, style: str = "") -> Padding:
    """Return a line that stays indented where it wraps."""
    return Padding(Text(text, style=style), (0, 0, 0, 2))


def _told_rules(decision: DecisionJson) -> list[Rule]:
    """Return the rules without the conditions of a fix forward, where that did not decide.

    The row of the fix itself names those that are not met; `gate explain` lists them.
    """
    rules = [Rule(**rule) for rule in decision["rules"]]
    if any(rule.rule == _FIX and rule.fired for rule in rules):
        return rules
    return [rule for rule in rules if not rule.rule.startswith(f"{_FIX}.")]


def render_heads(decision: DecisionJson) -> list[Text]:
    """Return what was decided and why, the worst first."""
    return [
        Text.assemble((f" {outcome} ", OUTCOME_STYLE[outcome]), "  ", terminal(reason))
        for outcome, reason in heads(decision)
    ]


@dataclass(frozen=True)
class _Suites:
    """The table of suites; on a narrow terminal the intervals give way to the numbers."""

    decision: DecisionJson

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        compared = any(_is_compared(suite) for suite in self.decision["suites"])
        chart = compared and options.max_width >= _ROOM_FOR_CHART
        yield _suites(self.decision, chart=chart)


def _is_compared(suite: SuiteJson) -> bool:
    return suite["comparison"] is not None and not suite["identical"]


def _suites(decision: DecisionJson, *, chart: bool) -> Table:
    scale = scale_of(decision["suites"])
    numbers = ("cases", "baseline", "candidate", "change", "p (Holm)")
    axis = (_axis(scale),) if chart else ()
    table = plain_table("suite", "verdict", *numbers[:-1], *axis, numbers[-1], right=numbers)
    for column in table.columns:
        column.no_wrap = True
    for suite in decision["suites"]:
        row = _row(suite, scale)
        if not chart:
            *start, change, _, p = row
            row = [*start, Text("same", QUIET) if suite["identical"] else change, p]
        table.add_row(*row)
    return table


def _axis(scale: Scale) -> str:
    left, right = f"{100 * scale.low:+.0f}", f"{100 * scale.high:+.0f}"
    row = [" "] * scale.width
    zero = scale.column(0.0)
    row[zero] = "0"
    row[: len(left)] = left
    row[scale.width - len(right) :] = right
    return "".join(row)


def _row(suite: SuiteJson, scale: Scale) -> list[RenderableType]:
    name = suite["suite"] + (" (critical)" if suite["critical"] else "")
    verdict = Text(suite["verdict"], style=VERDICT_STYLE[Verdict(suite["verdict"])])
    cases = f"{suite['cases']} × {suite['repeats']}" if suite["repeats"] else f"{suite['cases']}"
    numbers = suite["comparison"]
    if suite["identical"]:
        return [name, verdict, cases, "", "", "", Text("identical requests", QUIET), ""]
    if numbers is None:
        mean = "" if suite["score"] is None else f"{100 * suite['score']['mean']:.1f} %"
        return [name, verdict, cases, "new", mean, "", "", ""]
    return [
        name,
        verdict,
        cases,
        f"{100 * numbers['baseline']:.1f} %",
        f"{100 * numbers['candidate']:.1f} %",
        f"{100 * numbers['difference']:+.1f}",
        draw(scale, numbers),
        p_text(numbers["p_adjusted"]),
    ]


def _beneath(account: Account, suite: SuiteJson) -> Iterator[RenderableType]:
    """Yield what belongs to one suite: why, notes, violations, the cases that fell."""
    if suite["identical"]:
        return
    yield Text()
    yield Text.assemble(
        (suite["suite"], STRONG),
        (f"  {suite['verdict']}", VERDICT_STYLE[Verdict(suite["verdict"])]),
        f"  {suite['reason']}",
    )
    for note in suite["notes"]:
        yield _beside(note, QUIET)
    if suite["settle"]:
        yield Text(f"  would be settled by {suite['settle']}", style=DOUBT)
    changes = changes_line(suite)
    if changes:
        yield _beside(one_line(changes, 400))
    for example in account.examples(suite):
        yield Padding(render_example(example), (0, 0, 0, 4))


def render_example(case: CaseAccount) -> Table:
    """Return one case that fell: what was asked, and an answer of each arm."""
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0), expand=False)
    table.add_column(style=QUIET, no_wrap=True)
    table.add_column(overflow="fold", max_width=110)
    before, after = case.shown
    table.add_row("case", Text(f"{one_line(case.case)}  {change_text(case)}"))
    if case.question:
        table.add_row("asked", Text(one_line(case.question, 200)))
    if before is not None:
        table.add_row("before", Text(one_line(before.answer, 200), style=GOOD))
    table.add_row("after", Text(one_line(after.answer if after else "", 200), style=BAD))
    for reason in failing_reasons(case):
        table.add_row("because", Text(one_line(reason, 200)))
    return table


def render_rules(rules: Sequence[Rule], asks: Mapping[str, str] | None = None) -> Table:
    """Return the rules in the order in which they were asked; the last one decided.

    Args:
        rules: As decided.
        asks: By rule, what it asks, for readers who do not know the names.
    """
    table = plain_table()
    table.add_column(no_wrap=True)
    table.add_column(style=QUIET, no_wrap=True)
    table.add_column(style=QUIET, overflow="fold")
    for rule in rules:
        mark = Text("▶ ", style=STRONG) if rule.fired else Text("· ", style=QUIET)
        value = "" if rule.value is None else one_line(str(rule.value), 160)
        limit = "" if rule.limit is None else f" (limit {one_line(str(rule.limit))})"
        name = rule.rule if asks is None else f"{rule.rule}: {asks.get(rule.rule, '')}"
        table.add_row(mark, name, value + limit)
    return table
