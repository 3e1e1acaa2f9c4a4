"""`promptgate report`: show again what was stored: a gate, trials, the released versions."""

from __future__ import annotations

from pathlib import Path

import click

from promptgate.cli.common import open_checked_project, screen_for, write_json, write_output
from promptgate.cli.options import json_option
from promptgate.cli.outputs import report_options, write_reports

_TRIALS = (".jsonl", ".parquet")


class _ShowsByDefault(click.Group):
    """A group whose command `show` need not be named: `report X` is `report show X`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put 'show' in front of what is no command and no call for help."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_ShowsByDefault,
    epilog="""\b
Examples:
  promptgate report --html report.html
  promptgate report 20260131T120000Z --markdown -
  promptgate report trend""",
)
def report() -> None:
    """Show what was stored: a gate, the trials of a run, or how released versions did.

    'promptgate report WHAT' is 'promptgate report show WHAT'.
    """


@report.command(
    epilog="""\b
Examples:
  promptgate report show --html report.html
  promptgate report show 20260131T120000Z --junit junit.xml
  promptgate run --output trials.jsonl && promptgate report show trials.jsonl"""
)
@click.argument("what", required=False)
@json_option
@report_options
def show(
    what: str | None,
    json_file: str | None,
    markdown: str | None,
    html: str | None,
    junit: str | None,
) -> int:
    """Show a stored gate in any format, or the trials in a file.

    WHAT is the name of a folder under reports/gates, or how it begins; a file with the
    JSON of 'gate' or 'compare'; or trials as JSON lines or Parquet. Without it: the
    newest gate. 'promptgate gate explain' shows the calculation behind a decision.
    """
    reports = {"markdown": markdown, "html": html, "junit": junit}
    if what is not None and what.endswith(_TRIALS):
        for name, file in reports.items():
            if file is not None:
                raise click.UsageError(f"--{name} shows a gate, and {what} holds trials alone.")
        return _trials(Path(what), json_file)
    from promptgate.reports.console import render
    from promptgate.reports.summary import account_of_stored
    from promptgate.runs.stored import find_gate, read_gate

    if what is not None and Path(what).exists():
        stored = read_gate(Path(what))
    else:
        stored = find_gate(open_checked_project(), what)
    account = account_of_stored(stored)
    screen_for(json_file, *reports.values()).print(render(account))
    write_json(json_file, stored.decision)
    write_reports(account, reports)
    return 0


def _trials(file: Path, json_file: str | None) -> int:
    """Show stored trials: one row a suite and arm."""
    from promptgate.reports.runs import render_trials, summarize
    from promptgate.runs.results import read_trials

    trials = list(read_trials(file))
    screen_for(json_file).print(render_trials(trials))
    groups = dict.fromkeys((trial.suite, trial.arm) for trial in trials)
    rows = [
        {
            "suite": suite,
            "arm": arm,
            **summarize([t for t in trials if (t.suite, t.arm) == (suite, arm)]),
        }
        for suite, arm in groups
    ]
    write_json(json_file, {"schema_version": 1, "suites": rows})
    return 0


@report.command(
    epilog="""\b
Examples:
  promptgate report trend
  promptgate report trend --html trend.html --json -"""
)
@json_option
@click.option("--html", metavar="FILE", help="Also write it as one HTML file; '-' is stdout.")
def trend(json_file: str | None, html: str | None) -> int:
    """Show pass rate, cost and latency by released version.

    Read from the stored gates. A version is released where a gate had it as what is
    released, or where promptgate.lock has it now. A recording counts once.
    """
    from promptgate.prompts import find_base, govern
    from promptgate.reports.trend import render_trend, trend_html, trend_json, trend_rows
    from promptgate.runs.released import released_versions

    project = open_checked_project()
    rows = trend_rows(released_versions(govern(project, find_base(project))))
    screen_for(json_file, html).print(render_trend(rows))
    write_json(json_file, trend_json(rows))
    if html is not None:
        write_output(html, trend_html(rows))
    return 0
