"""What was edited between two arms: of each prompt its files, model and parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.prompts.diff import diff_prompts
from promptgate.reports.sections import Difference, Facts, Paragraph, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.prompts.diff import PromptDiff
    from promptgate.reports.edit import EditAccount, PromptEdit
    from promptgate.reports.sections import Block
    from promptgate.runs.asked import Prompts

_MOST_WAYS = 10
"""Ways in which requests differ that a page shows."""


def edits_section(prompts: Prompts) -> Section | None:
    """Return what differs between the prompts of two arms; None where nothing does."""
    before, after = prompts.get("baseline", {}), prompts.get("candidate", {})
    blocks: list[Block] = []
    for name in dict.fromkeys((*before, *after)):
        change = diff_prompts(name, before.get(name), after.get(name))
        if change.differs:
            blocks += edit_blocks(change)
    return Section("What was edited", tuple(blocks)) if blocks else None


def edit_blocks(change: PromptDiff) -> Iterator[Block]:
    """Yield the blocks that show what differs of one prompt."""
    if change.remark:
        yield Paragraph(change.remark)
    if change.values:
        yield Facts(tuple((v.name, f"{v.shown_before} → {v.shown_after}") for v in change.values))
    for file in change.files:
        yield Difference(file.file, file.before or "", file.after or "")


def edit_html(account: EditAccount) -> str:
    """Return an edit as one HTML file."""
    from promptgate.reports.html import page_html

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
                _score(move.mean("before")),
                _score(move.mean("after")),
                f"{move.fell:,}",
                f"{move.rose:,}",
                f"{move.unrecorded:,}",
            )
            for move in one.moves
        )
        blocks.append(Table(head, rows))
    return Section(one.prompt.name, tuple(blocks))


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.2f}"
