"""`promptgate gate explain`: why a gate decided as it did, with every number."""

from __future__ import annotations

from pathlib import Path

import click

from promptgate.cli.common import open_checked_project, screen_for, write_json
from promptgate.cli.options import json_option


@click.command(
    epilog="""\b
Examples:
  promptgate gate explain
  promptgate gate explain 20260131T120000Z
  promptgate compare a.csv b.csv --json c.json; promptgate gate explain c.json"""
)
@click.argument("gate", metavar="[GATE]", required=False)
@json_option
def explain(gate: str | None, json_file: str | None) -> int:
    """Explain a stored gate: each rule, and n, mean, sd, t, bound and margin of each suite.

    GATE is the name of a folder under reports/gates, or how it begins, or a file
    with the JSON of 'gate' or 'compare'. Without it: the newest.
    """
    from promptgate.reports.working import render_working
    from promptgate.runs.stored import find_gate, read_gate

    if gate is not None and Path(gate).exists():
        stored = read_gate(Path(gate))
    else:
        stored = find_gate(open_checked_project(), gate)
    screen_for(json_file).print(render_working(stored))
    write_json(json_file, stored.decision)
    return 0
