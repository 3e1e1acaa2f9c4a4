"""`promptgate flag`: switch a feature of the running product off, and back on."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import screen_for, write_json
from promptgate.cli.options import json_option
from promptgate.errors import ExitCode, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptgate.guard.flagfile import Flag

_file_option = click.option(
    "--file",
    metavar="FILE",
    help="The flags, in flagd's JSON.  [default: $PROMPTGATE_FLAGS, else flags.json here or above]",
)


@click.group(
    epilog="""\b
Examples:
  promptgate flag kill support_bot --reason "invents refunds"
  promptgate flag status
  promptgate flag restore support_bot"""
)
def flag() -> None:
    """Switch a feature off in the running product, and back on.

    The product asks promptgate.guard.enabled("NAME") before each call and sees a
    change at the next one. CLAUDE_ENABLED=false in its environment switches
    everything off.
    """


@flag.command(
    epilog="""\b
Examples:
  promptgate flag kill support_bot --reason "invents refunds"
  promptgate flag kill support_bot --file deploy/flags.json --json -"""
)
@click.argument("name")
@click.option("--reason", default="", metavar="TEXT", help="Why; kept beside the flag.")
@_file_option
@json_option
def kill(name: str, reason: str, file: str | None, json_file: str | None) -> int:
    """Switch one flag off for everybody, whatever its targeting says."""
    from promptgate.guard.flagfile import kill as switch_off
    from promptgate.runs.answers import utc_now

    when = utc_now().isoformat(timespec="seconds")
    return _change(file, json_file, lambda path: switch_off(path, name, when, reason))


@flag.command(
    epilog="""\b
Examples:
  promptgate flag restore support_bot"""
)
@click.argument("name")
@_file_option
@json_option
def restore(name: str, file: str | None, json_file: str | None) -> int:
    """Give a killed flag back exactly what it had before."""
    from promptgate.guard.flagfile import restore as switch_back

    code = _change(file, json_file, lambda path: switch_back(path, name))
    _note_restored(name)
    return code


def _note_restored(name: str) -> None:
    """Note it in the incident that killed the flag, where this folder has one."""
    from promptgate.cli.common import open_checked_project
    from promptgate.errors import PromptgateError
    from promptgate.incidents.kinds import Acted
    from promptgate.incidents.lifting import write_lifted
    from promptgate.release.history import find_repository
    from promptgate.runs.answers import utc_now

    with suppress(PromptgateError):  # a flag needs no project: the folder may have none
        project = open_checked_project()
        repository = find_repository(project.root)
        who = repository.line("config", "user.name") if repository is not None else None
        lifted = Acted(action="restore", target=name)
        write_lifted(project, None, lifted, who or "flag restore", utc_now())


@flag.command(
    epilog="""\b
Examples:
  promptgate flag status
  promptgate flag status support_bot --json -"""
)
@click.argument("name", required=False)
@_file_option
@json_option
def status(name: str | None, file: str | None, json_file: str | None) -> int:
    """Show what each flag is, or one; exits 2 where the file cannot be read."""
    from promptgate.documents import unknown_name
    from promptgate.guard.flagfile import read_flags
    from promptgate.guard.switch import SWITCH_VARIABLE, switched_off

    path = _path(file)
    with _told(path):
        flags = read_flags(path)
    if name is not None and name not in flags:
        raise InputError(unknown_name("flag", name, list(flags)), file=str(path))
    chosen = [flags[key] for key in sorted(flags) if name in (None, key)]
    screen = screen_for(json_file)
    if switched_off():
        screen.print(f"{SWITCH_VARIABLE} switches everything off in this environment.")
    for one in chosen:
        screen.print(_line(one), markup=False)
    if not chosen:
        screen.print(f"{path} has no boolean flag.", markup=False)
    plain = [_plain(one) for one in chosen]
    write_json(json_file, {"schema_version": 1, "file": str(path), "flags": plain})
    return ExitCode.OK


def _change(file: str | None, json_file: str | None, edit: Callable[[Path], Flag]) -> int:
    path = _path(file)
    with _told(path):
        changed = edit(path)
    screen_for(json_file).print(f"{path}: {_line(changed)}", markup=False)
    plain = [_plain(changed)]
    write_json(json_file, {"schema_version": 1, "file": str(path), "flags": plain})
    return ExitCode.OK


def _path(file: str | None) -> Path:
    from promptgate.guard.switch import flags_file

    return flags_file() if file is None else Path(file)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the guard says into the errors of the command line.

    Raises:
        InputError: The file or the flag is not what it has to be.
    """
    from promptgate.guard.flagfile import FlagError

    try:
        yield
    except FlagError as error:
        raise InputError(str(error), file=str(path)) from None


def _line(flag: Flag) -> str:
    from promptgate.reports.escape import one_line

    state = {True: "on", False: "off", None: "decided by targeting rules"}[flag.on]
    killed = f", killed {flag.killed}" if flag.killed else ""
    return one_line(
        f"{flag.name} is {state}{killed}{f' ({flag.reason})' if flag.reason else ''}", 300
    )


def _plain(flag: Flag) -> dict[str, Any]:
    return {"name": flag.name, "on": flag.on, "killed": flag.killed, "reason": flag.reason}
