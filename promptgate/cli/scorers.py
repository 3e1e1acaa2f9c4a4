"""`promptgate scorers`: what there is to write under `expect`, read from the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from promptgate.cli.common import screen_for, write_json
from promptgate.cli.options import json_option
from promptgate.reports.styles import STRONG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from promptgate.scorers import Description

# module of promptgate.scorers → what its scorers look at, in the order of the list
GROUPS = {
    "text": "Text",
    "shape": "Length and end",
    "refusal": "Refusal",
    "contradiction": "Contradiction",
    "helpfulness": "Helpfulness",
    "structure": "JSON",
    "markup": "XML and HTML",
    "sql": "SQL",
    "similarity": "Likeness to a reference",
    "exchange": "Stop reason, tools, cost, time",
    "judge": "A model as judge",
    "custom": "Your own",
}
_INSTALLED = "From installed packages"


@click.command(
    epilog="""\b
Examples:
  promptgate scorers
  promptgate scorers word-count
  promptgate scorers --json -"""
)
@click.argument("name", required=False)
@json_option
def scorers(name: str | None, json_file: str | None) -> int:
    """List the scorers that a suite can expect, or explain the one called NAME.

    With NAME: what it checks, an entry as a suite writes it, and its options.
    """
    from promptgate.runs.plugins import discover_scorers
    from promptgate.scorers import describe_all, describe_scorer

    discover_scorers()
    described = [describe_scorer(name)] if name else describe_all()
    screen = screen_for(json_file)
    if name:
        _explain(screen, described[0])
    else:
        _overview(screen, described)
    write_json(json_file, {"schema_version": 1, "scorers": [_plain(found) for found in described]})
    return 0


def group_of(scorer: Description) -> str:
    """Return the title under which the list shows a scorer."""
    from promptgate.scorers import BUILT_IN

    return GROUPS[BUILT_IN[scorer.name].split(".")[2]] if scorer.built_in else _INSTALLED


def _overview(screen: Console, described: Sequence[Description]) -> None:
    from rich.text import Text

    from promptgate.reports.tables import plain_table

    width = max(len(scorer.name) for scorer in described)
    for title in (*GROUPS.values(), _INSTALLED):
        members = [scorer for scorer in described if group_of(scorer) == title]
        if not members:
            continue
        screen.print(Text(title, style=STRONG))
        table = plain_table()
        table.add_column(min_width=width + 2, no_wrap=True)
        for scorer in members:
            table.add_row(f"  {scorer.name}", Text(scorer.summary))
        screen.print(table)
        screen.print()
    screen.print("'promptgate scorers NAME' explains one. All take {not: …}, weight and threshold.")


def _explain(screen: Console, scorer: Description) -> None:
    from rich.text import Text

    from promptgate.reports.tables import plain_table

    also = f"  (also {', '.join(scorer.aliases)})" if scorer.aliases else ""
    screen.print(Text(scorer.name, style=STRONG), also, sep="", markup=False)
    for paragraph in (scorer.summary, *filter(None, scorer.details.split("\n\n"))):
        screen.print()
        screen.print(Text(paragraph))
    if scorer.example:
        screen.print()
        screen.print(Text("expect:\n  - " + scorer.example.replace("\n", "\n    ")))
    if scorer.options:
        screen.print()
        table = plain_table("option", "value", "default", "")
        for option in scorer.options:
            default = "required" if option.default is None else option.default
            table.add_row(*map(Text, (option.name, option.wants, default, option.text)))
        screen.print(table)


def _plain(scorer: Description) -> dict[str, object]:
    return {
        "name": scorer.name,
        "group": group_of(scorer),
        "aliases": list(scorer.aliases),
        "summary": scorer.summary,
        "details": scorer.details,
        "example": scorer.example,
        "options": [
            {
                "name": option.name,
                "value": option.wants,
                "required": option.default is None,
                "default": option.default,
                "text": option.text,
            }
            for option in scorer.options
        ],
        "built_in": scorer.built_in,
    }
