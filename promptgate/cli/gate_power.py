"""`promptgate gate power`: what the suites could detect, and what they would let pass."""

from __future__ import annotations

import click

from promptgate.cli.common import open_checked_project, screen_for, write_json
from promptgate.cli.options import json_option
from promptgate.errors import ExitCode


@click.command(
    epilog="""\b
Examples:
  promptgate gate power
  promptgate gate power --suite refusal --drop 0.05 --rate 0.95"""
)
@click.option(
    "--suite", "suites", multiple=True, metavar="NAME", help="Only this suite; takes * and ?."
)
@click.option("--drop", type=float, help="The drop to catch, 0..1.  [default: the margin]")
@click.option("--rate", type=float, help="Assume this mean score.  [default: measured, else 0.80]")
@click.option(
    "--icc",
    "correlation",
    type=float,
    help="Assume that this share of the variance lies between cases.  [default: 0.50]",
)
@json_option
def power(
    suites: tuple[str, ...],
    drop: float | None,
    rate: float | None,
    correlation: float | None,
    json_file: str | None,
) -> int:
    """Show what the suites can detect, before anything is asked.

    For each suite: the drop that it proves 8 times in 10, the cases or repeats that
    a smaller one needs, and how often an edit that changes nothing passes. Noise is
    measured on the newest stored gate, else assumed. A suite that is too small to
    ever pass or fail is named, with the cases that it needs.
    """
    from promptgate.reports.power import power_json, render_power
    from promptgate.runs.power import PowerOptions, project_power

    options = PowerOptions(suites, drop, rate, correlation)
    sight = project_power(open_checked_project(), options)
    screen_for(json_file).print(render_power(sight))
    write_json(json_file, power_json(sight))
    return ExitCode.OK
