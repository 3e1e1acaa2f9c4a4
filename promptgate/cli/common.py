"""What commands share: the project, progress, where output goes."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console

    from promptgate.documents import StrictModel
    from promptgate.models.cassette_file import Recording
    from promptgate.models.client import Job, Summary
    from promptgate.project import Project
    from promptgate.runs.answers import Source


def sections() -> dict[str, type[StrictModel]]:
    """Return every section of promptgate.toml with the model that its package brings."""
    from promptgate.gate import Policy, ReviewPolicy
    from promptgate.incidents.settings import IncidentSettings
    from promptgate.investigate.settings import InvestigateSettings
    from promptgate.models.prices import PriceSettings
    from promptgate.models.settings import ModelSettings
    from promptgate.project import ProjectSettings
    from promptgate.release.freeze import FreezeSettings
    from promptgate.runs.applications.code import ApplicationsSettings
    from promptgate.runs.judging.declared import JudgesSettings

    return {
        "project": ProjectSettings,
        "models": ModelSettings,
        "prices": PriceSettings,
        "gate": Policy,
        "freeze": FreezeSettings,
        "review": ReviewPolicy,
        "investigate": InvestigateSettings,
        "applications": ApplicationsSettings,
        "incidents": IncidentSettings,
        "judges": JudgesSettings,
    }


def open_checked_project(start: Path | None = None) -> Project:
    """Find the project here or above and check the whole of its promptgate.toml.

    Args:
        start: The folder to look from; the current one by default.

    Raises:
        ProjectError: There is none, or a section or key is wrong.
    """
    from promptgate.project import find_project

    project = find_project(start)
    known = sections()
    project.check_sections(list(known))
    for name, model in known.items():
        project.section(name, model)
    return project


def refuse_group_options(context: click.Context) -> None:
    """Refuse options of a group in front of one of its commands, where they would do nothing."""
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if source is click.core.ParameterSource.COMMANDLINE:
            context.fail(
                f"{parameter.opts[0]} belongs to {context.info_name!r} itself; write it behind "
                f"{context.invoked_subcommand!r} if that has it, or leave it out."
            )


def console(*, to_stderr: bool = False) -> Console:
    """Return the terminal that people read; plain where NO_COLOR or a pipe asks for it."""
    from rich.console import Console

    stream = sys.stderr if to_stderr else sys.stdout
    width = None if stream.isatty() else 140
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


def screen_for(*targets: str | None) -> Console:
    """Return the terminal for people: standard error where a document takes standard output.

    Args:
        *targets: Where the documents of the command go; '-' is standard output.
    """
    return console(to_stderr="-" in targets)


def write_json(target: str | None, data: Any) -> None:
    """Write a result for machines to a file or standard output; None writes nothing."""
    if target is None:
        return
    text = json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    write_output(target, text)


def write_output(target: str, text: str) -> None:
    """Write a document to a file, whole or not at all, or to standard output ('-')."""
    from promptgate.files import output_file

    if target == "-":
        click.echo(text, nl=False)
    else:
        with output_file(Path(target)) as stream:
            stream.write(text.encode("utf-8", "surrogatepass"))


@contextmanager
def patience(what: str) -> Iterator[Callable[[], None]]:
    """Show on a terminal that something is under way; yields how to end that early."""
    screen = console(to_stderr=True)
    if not screen.is_terminal:
        yield lambda: None
        return
    with screen.status(what) as status:
        yield status.stop


@contextmanager
def live_source(
    project: Project,
    max_calls: int | None = None,
    max_cost: float | None = None,
    ready: Callable[[], None] = lambda: None,
) -> Iterator[Source]:
    """Open the recordings of a project, with progress on a terminal while answers come in.

    Args:
        project: As it is on disk.
        max_calls: The most answers to ask for; None: any number.
        max_cost: The most that they may cost, in US dollars; None: anything.
        ready: Called before anything is asked: ends what else moves on the terminal.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    from promptgate.models.cassettes import Cassettes
    from promptgate.models.session import ensure_key
    from promptgate.models.settings import ModelSettings
    from promptgate.reports.runs import recording_lines
    from promptgate.runs.answers import Source, utc_now
    from promptgate.runs.costs import Bill, Caps, bill_for, cache_use, sum_of

    settings = project.section("models", ModelSettings)
    caps = Caps(max_calls, max_cost)
    bills: list[Bill] = []
    screen = console(to_stderr=True)
    columns = (TextColumn("recording"), BarColumn(), MofNCompleteColumn(), Remaining())
    progress = Progress(*columns, console=screen, disable=not screen.is_terminal)
    task = progress.add_task("recording", total=None)

    def announce(jobs: Sequence[Job], later: Sequence[Job]) -> None:
        ready()
        ensure_key(settings)
        bills.append(bill_for(project, jobs, utc_now().date()))
        screen.print(f"Asking for {bills[-1]}.")
        judged = [bill_for(project, later, utc_now().date())] if later else []
        for bill in judged:
            screen.print(f"Judged after that: {bill}.")
        caps.check(sum_of([*bills, *judged]))
        progress.update(task, total=len(jobs))
        progress.start()

    def tell(done: int, total: int) -> None:
        progress.update(task, completed=done, total=total)

    def ended(summary: Summary, recordings: Sequence[Recording]) -> None:
        for line in recording_lines(summary, cache_use(project, recordings)):
            screen.print(line, markup=False)

    try:
        yield Source(Cassettes(project.cassettes), settings, announce, tell, ended)
    finally:
        progress.stop()
