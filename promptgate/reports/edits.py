"""What was edited between two arms: of each prompt its files, model and parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.prompts.diff import diff_prompts
from promptgate.reports.sections import Difference, Facts, Paragraph, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.prompts.diff import PromptDiff
    from promptgate.reports.sections import Block
    from promptgate.runs.asked import Prompts


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
