"""The one look of a table on the terminal: no lines, quiet titles, numbers to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from promptgate.reports.styles import QUIET

if TYPE_CHECKING:
    from collections.abc import Collection


def plain_table(*titles: str, right: Collection[str] = ()) -> Table:
    """Return an empty table.

    Args:
        titles: Of its columns; none: the table has no header, and columns come with the rows.
        right: Titles of the columns that hold numbers.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=QUIET, show_header=bool(titles))
    for title in titles:
        table.add_column(title, justify="right" if title in right else "left")
    return table
