"""What the investigating commands share: the input, the limits, a dry run, the live view."""

from __future__ import annotations

import functools
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import (
    console,
    open_checked_project,
    screen_for,
    write_json,
    write_output,
)
from promptgate.cli.options import COUNT, DOLLARS, PAIR, CommandT, json_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console, RenderableType

    from promptgate.investigate.asking import Asker, AskMode
    from promptgate.investigate.diagnosing import Factors
    from promptgate.investigate.investigating import Investigation
    from promptgate.investigate.sections import Step
    from promptgate.investigate.subject import Subject
    from promptgate.project import Project

_LEAD = "What was asked, how sure the answer is, and what it stands on."


@dataclass(frozen=True)
class Inquiry:
    """What an investigating command was told: its input, the limits, where the answer goes.

    Attributes:
        mode: Whether what is missing is recorded.
        max_calls: The most answers to stand on; None: as promptgate.toml has it.
        max_cost: The most US dollars for new answers; None: as promptgate.toml has it.
        dry_run: Only say what would be asked.
        json_file: Where the result goes for machines.
        html: Where the report goes.
        prompt: The prompt that was asked, where it was named.
        expect: What the answer fails.
        variables: Of the prompt, by name.
        case: The input as 'suite:case'; else `file` holds it.
        file: What production captured.
        project: The one that is here.
    """

    mode: AskMode
    max_calls: int | None
    max_cost: float | None
    dry_run: bool
    json_file: str | None
    html: str | None
    prompt: str | None
    expect: tuple[str, ...]
    variables: tuple[tuple[str, str], ...]
    case: str | None = None
    file: Path | None = None
    project: Project = field(default_factory=open_checked_project)

    def open(self, revision: str) -> tuple[Subject, Asker]:
        """Return the input with its check, and what draws answers.

        Args:
            revision: Of the prompt that is held to have rendered a captured request.

        Raises:
            click.UsageError: Neither or both of a case and a file were given.
            InputError: The input is wrong or says too little.
        """
        from promptgate.investigate.opening import Wanted, open_asker, open_subject

        if (self.case is None) == (self.file is None):
            raise click.UsageError("give one input: --case SUITE:CASE or --input FILE.")
        variables = dict(self.variables)
        wanted = Wanted(self.case, self.file, self.prompt, self.expect, variables, revision)
        subject = open_subject(self.project, wanted)
        return subject, open_asker(self.project, self.mode, self.max_calls, self.max_cost)

    def say_plan(self, lines: list[str], plan: dict[str, Any]) -> int:
        """Print a dry run; nothing was asked."""
        return say_plan(lines, plan, self.json_file)

    def screen(self, *targets: str | None) -> Console:
        """Return the terminal for people, given where more documents of the command go."""
        return screen_for(self.json_file, self.html, *targets)

    def write(
        self, title: str, found: Investigation | Step, more: dict[str, Any] | None = None
    ) -> None:
        """Write what was found as HTML and as JSON, where either was asked for.

        Args:
            title: Of the HTML page.
            found: What was found.
            more: To add to the JSON.
        """
        if self.html is not None:
            from promptgate.investigate.sections import sections_of
            from promptgate.reports.html import page_html

            write_output(self.html, page_html(title, _LEAD, sections_of(found)))
        write_json(self.json_file, {**found.to_json(), **(more or {})})


def investigating(command: Callable[..., int]) -> Callable[..., int]:
    """Add the limits and the outputs; hand the command all that was told as one Inquiry."""

    @functools.wraps(command)
    def with_inquiry(**options: Any) -> int:
        told = {name: options.pop(name) for name in _TOLD if name in options}
        return command(Inquiry(**told), **options)

    html = click.option("--html", metavar="FILE", help="Also write a report as HTML.")
    return limit_options(html(json_option(with_inquiry)))


_TOLD = [name for name in Inquiry.__dataclass_fields__ if name != "project"]


def check_options(command: CommandT) -> CommandT:
    """Add what names the prompt, its variables and the check that fails."""
    for option in (
        click.option(
            "--var",
            "variables",
            multiple=True,
            type=PAIR,
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
    ):
        command = option(command)
    return command


def input_options(command: CommandT) -> CommandT:
    """Add what names the input and its check."""
    case = click.option("--case", metavar="SUITE:CASE", help="A case of a suite.")
    file = click.option(
        "--input",
        "file",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="What production captured: a request as JSON, an OpenTelemetry span, or text.",
    )
    return file(case(check_options(command)))


def side_options(command: CommandT) -> CommandT:
    """Add the two sides of a diagnosis: what fails, and what to go back to."""
    for option in (
        click.option("--candidate-model", metavar="ID", help="The model that failed."),
        click.option("--baseline-model", metavar="ID", help="The model to go back to."),
        click.option(
            "--candidate", metavar="REV", default="worktree", show_default=True, help="What fails."
        ),
        click.option(
            "--baseline",
            metavar="REV",
            help="The prompt to go back to.  [default: released; else the version before]",
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
            type=DOLLARS,
            metavar="USD",
            help="Most US dollars for new answers.  [default: [investigate] max_cost]",
        ),
        click.option(
            "--max-calls",
            type=COUNT,
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


def say_diagnosis_plan(
    subject: Subject, factors: Factors, asker: Asker, json_file: str | None
) -> int:
    """Print the dry run of a diagnosis; nothing was asked."""
    from promptgate.investigate.diagnosing import cells_of
    from promptgate.investigate.expecting import diagnosis_search, expected

    cells = cells_of(subject, factors)
    request = subject.request(factors.new.arm.with_model(factors.new_model))
    plan = expected(diagnosis_search(cells), asker, request)
    lines = [f"Cells: {' · '.join(cells)}.", f"Takes {plan}."]
    return say_plan(lines, plan.to_json() | {"cells": [str(c) for c in cells]}, json_file)


def say_plan(lines: list[str], plan: dict[str, Any], json_file: str | None) -> int:
    """Print a dry run; nothing was asked."""
    screen = screen_for(json_file)
    for line in lines:
        screen.print(line, soft_wrap=True, markup=False)
    write_json(json_file, {"schema_version": 1, "dry_run": True, **plan})
    return 0
