"""An edit as one HTML file: texts, requests and answers of each prompt that differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.reports.edits import edit_blocks
from promptgate.reports.html import page_html
from promptgate.reports.sections import Difference, Facts, Paragraph, Section, Table
from promptgate.reports.summary import share_text

if TYPE_CHECKING:
    from promptgate.reports.edit import EditAccount, PromptEdit

_MOST_WAYS = 10
"""Ways in which requests differ that a page shows."""


def edit_html(account: EditAccount) -> str:
    """Return an edit as one HTML file."""
    lead = f"{account.before} → {account.after}" + ("" if account.prompts else ": nothing differs")
    return page_html("What the edit does", lead, [_prompt_section(p) for p in account.prompts])


def _prompt_section(one: PromptEdit) -> Section:
    blocks = list(edit_blocks(one.prompt))
    if one.fault:
        blocks.append(Paragraph(f"The cases were not rendered: {one.fault}"))
    if one.cases is not None:
        facts = [("cases", f"{one.cases:,}"), ("send the same request", f"{one.same:,}")]
        facts += [("new", f"{one.new:,}")] if one.new else []
        blocks.append(Facts(tuple(facts)))
    for group in one.rendered[:_MOST_WAYS]:
        alike = f"{len(group.cases):,} cases alike, such as " if len(group.cases) > 1 else ""
        blocks.append(Difference(f"request of {alike}{group.cases[0]}", given=group.lines))
    if len(one.rendered) > _MOST_WAYS:
        blocks.append(Paragraph(f"{len(one.rendered) - _MOST_WAYS:,} other ways are not shown."))
    if one.moves:
        head = ("answers", "compared", "changed", "before", "after", "fell", "rose", "missing")
        rows = tuple(
            (
                move.suite,
                f"{len(move.cases):,}",
                f"{move.changed:,}",
                share_text(move.mean("before")),
                share_text(move.mean("after")),
                f"{move.fell:,}",
                f"{move.rose:,}",
                f"{move.unrecorded:,}",
            )
            for move in one.moves
        )
        blocks.append(Table(head, rows))
    return Section(one.prompt.name, tuple(blocks))
