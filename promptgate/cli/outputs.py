"""The files that a decision can be written to: `--markdown`, `--html`, `--junit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from promptgate.cli.common import write_output

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptgate.cli.options import CommandT
    from promptgate.reports.summary import Account

_FORMATS = {
    "markdown": "the explanation as Markdown",
    "html": "the whole report as one HTML file",
    "junit": "the suites and cases as JUnit XML",
}


def report_options(command: CommandT) -> CommandT:
    """Add the options; the command hands their values to write_reports()."""
    for name, what in reversed(_FORMATS.items()):
        command = click.option(
            f"--{name}", metavar="FILE", help=f"Also write {what}; '-' is stdout."
        )(command)
    return command


def write_reports(account: Account, reports: dict[str, str | None]) -> None:
    """Write an account in every format that was asked for.

    Args:
        account: What to show.
        reports: Format to file, or None.
    """
    from promptgate.reports.escape import one_line
    from promptgate.reports.html import gate_html
    from promptgate.reports.junit import gate_junit
    from promptgate.reports.markdown import render_markdown

    render: dict[str, Callable[[Account], str]] = {
        "markdown": render_markdown,
        "html": gate_html,
        "junit": gate_junit,
    }
    for name, file in reports.items():
        if file is not None:
            write_output(file, render[name](account))
            if file != "-":
                click.echo(f"Wrote {one_line(file)}.", err=True)
