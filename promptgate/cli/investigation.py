"""What the investigating commands share: the input, limits, a dry run, the live view."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import CommandT, console, finite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import RenderableType

    from promptgate.investigate.asking import Asker
    from promptgate.investigate.diagnosing import Factors
    from promptgate.investigate.opening import Wanted
    from promptgate.investigate.subject import Subject
    from promptgate.reports.sections import Section


def input_options(command: CommandT) -> CommandT:
    """Add what names the input and its check."""
    for option in (
        click.option(
            "--var",
            "variables",
            multiple=True,
            metavar="NAME=VALUE",
            help="A variable of the prompt that the input does not tell; repeatable.",
        ),
        click.option(
            "--expect",
            multiple=True,
            metavar="ENTRY",
            help="What the answer fails, as in a suite; repeatable.  [default: the case's own]",
        ),
        click.option("--prompt", metavar="NAME", help="The prompt that was asked."),
        click.option("--case", metavar="SUITE:CASE", help="A case of a suite."),
        click.option(
            "--input",
            "file",
            metavar="FILE",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="What production captured: a request as JSON, an OpenTelemetry span, or text.",
        ),
    ):
        command = option(command)
    return command


def limit_options(command: CommandT) -> CommandT:
    """Add `--mode`, the limits and `--dry-run`."""
    for option in (
        click.option("--dry-run", is_flag=True, help="Only say what would be asked."),
        click.option(
            "--max-cost",
            type=click.FloatRange(min=0, max=1e9),
            callback=finite,
            metavar="USD",
            help="Most US dollars for new answers.  [default: [investigate] max_cost]",
        ),
        click.option(
            "--max-calls",
            type=click.IntRange(min=1),
            metavar="N",
            help="Most answers to stand on, recorded ones included.  "
            "[default: [investigate] max_calls]",
        ),
        click.option(
            "--mode",
            type=click.Choice(["record", "replay"]),
            default="record",
            show_default=True,
            help="Record what is missing, or use what is recorded.",
        ),
    ):
        command = option(command)
    return command


def wanted_of(
    case: str | None,
    file: Path | None,
    prompt: str | None,
    expect: tuple[str, ...],
    variables: tuple[str, ...],
    revision: str = "worktree",
) -> Wanted:
    """Return what the options say of the input.

    Raises:
        click.UsageError: Neither or both of a case and a file, or a variable without '='.
    """
    from promptgate.investigate.opening import Wanted

    if (case is None) == (file is None):
        raise click.UsageError("give one input: --case SUITE:CASE or --input FILE.")
    values: dict[str, str] = {}
    for one in variables:
        name, equals, value = one.partition("=")
        if not (name and equals):
            raise click.UsageError(f"--var {one!r} is not NAME=VALUE.")
        values[name] = value
    return Wanted(case, file, prompt, expect, values, revision)


def case_or_file(given: str) -> tuple[str | None, Path | None]:
    """Tell a case from a file, where one argument may be either."""
    path = Path(given)
    if path.is_file():
        return None, path
    if ":" in given and not path.suffix:
        return given, None
    raise click.UsageError(f"{given!r} is neither a file nor a case; write a path or SUITE:CASE.")


@contextmanager
def live_view() -> Iterator[Callable[[Callable[[], RenderableType]], None]]:
    """Show the state of a search as it goes, on a terminal only."""
    from rich.live import Live

    screen = console(to_stderr=True)
    if not screen.is_terminal or os.environ.get("TERM") == "dumb":
        yield lambda _view: None
        return
    with Live(console=screen, transient=True, auto_refresh=False) as live:
        yield lambda view: live.update(view(), refresh=True)


def html_option(command: CommandT) -> CommandT:
    """Add `--html FILE`."""
    return click.option("--html", metavar="FILE", help="Also write a report as HTML.")(command)


def write_html(target: str | None, title: str, sections: Sequence[Section]) -> None:
    """Write an investigation as an HTML report; None writes nothing."""
    if target is None:
        return
    from promptgate.cli.common import write_output
    from promptgate.reports.html import page_html

    lead = "What was asked, how sure the answer is, and what it stands on."
    write_output(target, page_html(title, lead, sections))


def say_diagnosis_plan(
    subject: Subject, factors: Factors, asker: Asker, json_file: str | None
) -> int:
    """Print the dry run of a diagnosis; nothing was asked."""
    from promptgate.investigate.diagnosing import cells_of
    from promptgate.investigate.expecting import diagnosis_search, expected

    cells = cells_of(subject, factors)
    request = subject.request(factors.new.arm.with_model(factors.new_model))
    plan = expected(diagnosis_search(cells), asker, request)
    lines = [f"Cells: {', '.join(cells)}.", f"Takes {plan}."]
    return say_plan(lines, plan.to_json() | {"cells": [str(c) for c in cells]}, json_file)


def say_plan(lines: list[str], plan: dict[str, Any], json_file: str | None) -> int:
    """Print a dry run; nothing was asked."""
    from promptgate.cli.common import write_json

    screen = console(to_stderr=json_file == "-")
    for line in lines:
        screen.print(line, soft_wrap=True, markup=False)
    write_json(json_file, {"schema_version": 1, "dry_run": True, **plan})
    return 0
