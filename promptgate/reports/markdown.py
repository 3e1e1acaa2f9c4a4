"""A gate in Markdown, for a pull request: the same content as on the terminal, within a limit.

A forge cuts or refuses a comment that is too long. What a reader needs first is kept
whole: the decision, the table with the suites that fail at its top. Details follow as
long as they fit, and what was left out is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.gate import Outcome
from promptgate.reports.cases import Mark
from promptgate.reports.escape import markdown
from promptgate.reports.forest import draw, p_text, scale_of
from promptgate.reports.summary import (
    Account,
    change_text,
    changes_line,
    failing_reasons,
    heads,
    power_line,
    worst_first,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.gate import DecisionJson
    from promptgate.gate.schema import SuiteJson
    from promptgate.reports.cases import CaseAccount

LIMIT = 65_000
"""Characters: GitHub refuses a comment of more than 65,536; GitLab takes a million."""

_SIGN = {
    Outcome.RELEASE: "✅",
    Outcome.HOLD: "⏸️",
    Outcome.FIX_FORWARD: "🛠️",
    Outcome.ROLLBACK: "⛔",
}
_MOST = 200
_MOST_LISTED = 20
_ROWS_SHARE = 0.5


def render_markdown(account: Account, limit: int = LIMIT) -> str:
    """Return the explanation of a decision; text of models and customers is escaped.

    Args:
        account: What to show.
        limit: Characters that the result may have.
    """
    suites = worst_first(account.decision["suites"])
    page = _Page(limit)
    page.add(_head(account))
    page.add(_table(suites, round(_ROWS_SHARE * limit)))
    page.add(_plot(suites))
    page.add(_bullets(account))
    page.add(_power(account.decision))
    for suite in suites:
        if not suite["identical"]:
            page.add(_details(account, suite), _details(account, suite, examples=0))
    page.add(_rules(account.decision))
    return page.text()


class _Page:
    """Takes blocks of lines as long as they fit, and says in the end how many did not."""

    _left_out = "_Shortened: {} of what follows did not fit; the HTML report shows everything._"

    def __init__(self, limit: int) -> None:
        self._room = limit - len(self._left_out) - 8
        self._lines: list[str] = []
        self._dropped = 0

    def add(self, *forms: Sequence[str]) -> None:
        """Add a block in the first of its forms that fits."""
        for lines in forms:
            size = sum(len(line) + 1 for line in lines)
            if size <= self._room:
                self._room -= size
                self._lines += lines
                return
        self._dropped += 1

    def text(self) -> str:
        """Return the page."""
        parts = f"{self._dropped} part{'s' * (self._dropped != 1)}"
        told = [self._left_out.format(parts), ""] if self._dropped else []
        return "\n".join((*self._lines, *told))


def _head(account: Account) -> list[str]:
    (outcome, reason), *others = heads(account.decision)
    lines = [f"## {_SIGN[outcome]} {outcome}", "", markdown(_cut(reason, 2000)), ""]
    for beside, why in others:
        lines += [f"**{_SIGN[beside]} {beside}**, too: {markdown(_cut(why, 2000))}", ""]
    return [*lines, f"<sub>{markdown(_cut(account.headline, 500))}</sub>", ""]


def _bullets(account: Account) -> list[str]:
    decision = account.decision
    told = (*decision["advice"], *decision["warnings"], *account.remarks)
    lines = [f"- {markdown(_cut(text, 1000))}" for text in told[:_MOST_LISTED]]
    if len(told) > _MOST_LISTED:
        lines.append(f"- and {len(told) - _MOST_LISTED} more")
    return lines


def _power(decision: DecisionJson) -> list[str]:
    power = power_line(decision)
    return ["", f"<sub>{markdown(power)}</sub>", ""] if power else []


def _rules(decision: DecisionJson) -> list[str]:
    rows = (
        f"| {markdown(r['rule'])} | {'**yes**' if r['fired'] else 'no'} | {_cell(r['value'])} "
        f"| {_cell(r['limit'])} |"
        for r in decision["rules"]
    )
    head = ["", "<details><summary>Rules, in order</summary>", ""]
    return [
        *head,
        "| rule | fired | value | limit |",
        "|---|---|---|---|",
        *rows,
        "",
        "</details>",
        "",
    ]


def _cell(value: float | str | None) -> str:
    return "" if value is None else markdown(_cut(str(value)))


def _table(suites: Sequence[SuiteJson], room: int) -> list[str]:
    lines = ["| suite | verdict | cases | baseline | candidate | change | p (Holm) |"]
    lines += ["|---|---|--:|--:|--:|--:|--:|"]
    for number, suite in enumerate(suites):
        row = _row(suite)
        room -= len(row) + 1
        if room < 0:
            lines += ["", f"and {len(suites) - number} suites more."]
            break
        lines.append(row)
    return [*lines, ""]


def _row(suite: SuiteJson) -> str:
    numbers = suite["comparison"]
    cells = [
        markdown(_cut(suite["suite"])),
        f"**{suite['verdict']}**",
        f"{suite['cases']} × {suite['repeats']}" if suite["repeats"] else f"{suite['cases']}",
    ]
    if suite["identical"]:
        cells += ["", "", "identical requests", ""]
    elif numbers is None:
        mean = "" if suite["score"] is None else f"{100 * suite['score']['mean']:.1f} %"
        cells += ["new", mean, "", ""]
    else:
        cells += [
            f"{100 * numbers['baseline']:.1f} %",
            f"{100 * numbers['candidate']:.1f} %",
            f"{100 * numbers['difference']:+.1f}",
            markdown(p_text(numbers["p_adjusted"])),
        ]
    return f"| {' | '.join(cells)} |"


def _plot(suites: Sequence[SuiteJson]) -> list[str]:
    compared = [
        (_plain(s["suite"]), s["comparison"])
        for s in suites
        if s["comparison"] is not None and not s["identical"]
    ][:_MOST_LISTED]
    if not compared:
        return []
    scale = scale_of(suites, width=51)
    width = max(len(name) for name, _ in compared)
    rows = [f"{name:{width}}  {draw(scale, numbers)}" for name, numbers in compared]
    low, high = f"{100 * scale.low:+.0f}", f"{100 * scale.high:+.0f} points"
    axis = " " * (width + 2) + low + high.rjust(scale.width - len(low))
    return ["```text", *rows, axis, "```", ""]


def _plain(name: str) -> str:
    """Return a name for a block of code, which nothing in it may end."""
    return _cut("".join(c if c.isprintable() and c != "`" else "·" for c in name), 40)


def _details(account: Account, suite: SuiteJson, *, examples: int = 3) -> list[str]:
    lines = ["", f"### {markdown(_cut(suite['suite']))}: {suite['verdict']}", ""]
    lines.append(markdown(_cut(suite["reason"], 1000)))
    lines += [f"- {markdown(_cut(note, 1000))}" for note in suite["notes"][:_MOST_LISTED]]
    if suite["settle"]:
        lines.append(f"- would be settled by {markdown(suite['settle'])}")
    lines += [
        f"- {markdown(_cut(line, 1000))}" for line in (changes_line(suite), *_open(suite)) if line
    ]
    shown = list(account.examples(suite, examples))
    if shown:
        lines += ["", "| case | asked | baseline | candidate | because |", "|---|---|---|---|---|"]
        lines += [_example(case) for case in shown]
    return lines


def _open(suite: SuiteJson) -> list[str]:
    """Say which critical cases are violated."""
    cases = [v["case"] for v in suite["violations"] if v["status"] != "adjudicated"]
    if not cases:
        return []
    named = ", ".join(cases[:_MOST_LISTED])
    more = f" and {len(cases) - _MOST_LISTED} more" if len(cases) > _MOST_LISTED else ""
    return [f"{Mark.VIOLATION}: {named}{more}"]


def _example(case: CaseAccount) -> str:
    before, after = case.shown
    cells = (
        f"{case.case} ({change_text(case)})",
        case.question,
        before.answer if before else "",
        after.answer if after else "",
        "; ".join(failing_reasons(case)),
    )
    return "| " + " | ".join(markdown(_cut(cell)) for cell in cells) + " |"


def _cut(text: str, most: int = _MOST) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
