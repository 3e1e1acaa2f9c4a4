"""An edit on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from promptgate.reports.console import render_example
from promptgate.reports.difference import difference
from promptgate.reports.escape import one_line, terminal
from promptgate.reports.styles import ADDED, BAD, DOUBT, GOOD, QUIET, REMOVED, STRONG
from promptgate.reports.summary import share_text
from promptgate.reports.tables import plain_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from promptgate.reports.difference import Line
    from promptgate.reports.edit import EditAccount, PromptEdit, Rendered, SuiteMove

_SIGN = {"same": "  ", "removed": "- ", "added": "+ ", "gap": "⋯ "}
_STYLE = {"same": QUIET, "removed": REMOVED, "added": ADDED, "gap": "dim italic"}
_MOST_WAYS = 3
_MOST_CASES = 3
_MOST_LINES = 80


def render_edit(account: EditAccount) -> RenderableType:
    """Return everything that differs for a terminal."""
    arms = f"{account.before} → {account.after}"
    parts: list[RenderableType] = [Text(terminal(note), style=DOUBT) for note in account.notes]
    if not account.prompts:
        return Group(*parts, Text(f"{terminal(arms)}: no prompt differs."))
    parts += [Text()] if parts else []
    for one in account.prompts:
        parts += [Text.assemble((one.prompt.name, STRONG), f"  {terminal(arms)}"), *_prompt(one)]
        parts.append(Text())
    return Group(*parts[:-1])


def _prompt(one: PromptEdit) -> Iterator[RenderableType]:
    change = one.prompt
    if change.remark:
        yield Text(change.remark, style=QUIET if change.same_fingerprint else "")
    for value in change.values:
        yield Text.assemble(
            f"  {value.name}: ",
            (one_line(value.shown_before), REMOVED),
            " → ",
            (one_line(value.shown_after), ADDED),
        )
    for file in change.files:
        yield Text()
        yield Text(terminal(file.file), style="bold dim")
        yield from _lines(difference(file.before or "", file.after or ""))
    yield Text()
    yield from _requests(one)
    if one.moves:
        yield Text()
        yield _moves(one.moves)
        yield from _examples(one.moves)


def _lines(lines: Sequence[Line], most: int = 400) -> Iterator[RenderableType]:
    table = plain_table()  # a line that wraps stays behind its sign
    table.padding = (0, 0, 0, 0)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for line in lines[:most]:
        style = _STYLE[line.kind]
        text = Text(style=style)
        for piece in line.pieces:
            text.append(terminal(piece.text), style="bold reverse" if piece.changed else None)
        table.add_row(Text(f"  {_SIGN[line.kind]}", style=style), text)
    yield table
    if len(lines) > most:
        yield Text(f"  … {len(lines) - most} more lines", style=QUIET)


def _requests(one: PromptEdit) -> Iterator[RenderableType]:
    if one.fault:
        yield Text(f"The cases were not rendered: {terminal(one.fault)}", style=DOUBT)
    if one.cases is None:
        return
    told = f"{one.cases:,} cases: {one.same:,} send the same request"
    differing = one.cases - one.same - one.new
    told += f", {differing:,} another" if differing else ""
    told += f", {one.new:,} are new" if one.new else ""
    yield Text(f"Requests  {told}.", style=STRONG)
    for group in one.rendered[:_MOST_WAYS]:
        yield from _way(group)
    if len(one.rendered) > _MOST_WAYS:
        left = one.rendered[_MOST_WAYS:]
        cases = sum(len(group.cases) for group in left)
        yield Text(f"  {cases:,} more cases differ in {len(left):,} other ways.", style=QUIET)


def _way(group: Rendered) -> Iterator[RenderableType]:
    count = len(group.cases)
    first = one_line(group.cases[0])
    yield Text(f"  {first}" if count == 1 else f"  {count:,} cases alike, such as {first}")
    yield Padding(Group(*_lines(group.lines, _MOST_LINES)), (0, 0, 0, 2))


def _moves(moves: Iterable[SuiteMove]) -> Table:
    numbers = ("compared", "changed", "before", "after", "fell", "rose", "missing")
    table = plain_table("answers", *numbers, right=numbers)
    for move in moves:
        table.add_row(
            Text(one_line(move.suite)),
            f"{len(move.cases):,}",
            f"{move.changed:,}",
            share_text(move.mean("before")),
            share_text(move.mean("after")),
            Text(f"{move.fell:,}", style=BAD if move.fell else ""),
            Text(f"{move.rose:,}", style=GOOD if move.rose else ""),
            Text(f"{move.unrecorded:,}" if move.unrecorded else "", style=DOUBT),
        )
    return table


def _examples(moves: Sequence[SuiteMove]) -> Iterator[RenderableType]:
    fell = sorted(
        (case for move in moves for case in move.cases if (case.change or 0) < 0),
        key=lambda case: case.change or 0,
    )
    for case in fell[:_MOST_CASES]:
        yield Text()
        yield Padding(render_example(case), (0, 0, 0, 2))
    if any(move.unrecorded for move in moves):
        yield Text()
        yield Text(
            "Answers are missing: 'promptgate gate --mode record' records those of both revisions.",
            style=QUIET,
        )
