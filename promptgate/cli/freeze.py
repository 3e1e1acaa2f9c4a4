"""`promptgate freeze` and `promptgate thaw`: stop every change of prompts, and let it go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import open_checked_project, refuse_group_options, screen_for, write_json
from promptgate.cli.options import json_option
from promptgate.errors import ExitCode

if TYPE_CHECKING:
    from rich.console import Console

    from promptgate.release.freezing import Placed
    from promptgate.release.frozen import Checked

_push_option = click.option(
    "--push", is_flag=True, help="Commit it on the default branch of the remote, and push."
)


@click.group(
    invoke_without_command=True,
    subcommand_metavar="[COMMAND]",
    epilog="""\b
Examples:
  promptgate freeze --reason "invents refunds since 09:20" --by dana --push
  promptgate freeze --reason "tone" --by dana --prompt support --until 2h
  promptgate freeze check --base origin/main""",
)
@click.option("--reason", metavar="TEXT", help="Why, in one line.  [required]")
@click.option("--by", metavar="NAME", help="Who freezes.  [required]")
@click.option(
    "--prompt", "prompts", multiple=True, metavar="NAME", help="Only this prompt; repeatable."
)
@click.option(
    "--until",
    metavar="TIME",
    help="When it should be over: 2h, or '2026-11-23 12:00 UTC'. It ends by 'thaw' alone.",
)
@click.option("--incident", metavar="ID", help="The incident that it belongs to.")
@click.option("--commander", metavar="NAME", help="Who alone may approve changes and thaw.")
@_push_option
@json_option
@click.pass_context
def freeze(
    context: click.Context,
    reason: str | None,
    by: str | None,
    prompts: tuple[str, ...],
    until: str | None,
    incident: str | None,
    commander: str | None,
    *,
    push: bool,
    json_file: str | None,
) -> int:
    """Freeze prompts, models and parameters until the incident commander thaws them.

    Writes PROMPT_FROZEN.txt. Once it is on the default branch, 'gate', 'release'
    and 'freeze check' end with exit 4 for every change of what is frozen, also for
    one that edits or deletes the file. Exits 4 where --push did not get it there.
    """
    if context.invoked_subcommand is not None:
        refuse_group_options(context)
        return 0
    if not reason or not by:
        missing = "--by" if reason else "--reason"
        context.fail(f"{missing} is missing; say who freezes and why.")
    from promptgate.release.freeze_text import Request, read_end
    from promptgate.release.freezing import freeze as write
    from promptgate.runs.answers import utc_now

    project, now = open_checked_project(), utc_now()
    end = None if until is None else read_end(until, now)
    request = Request(reason, by, prompts, end, incident, commander)
    return _tell("Frozen", write(project, request, now, push=push), json_file)


@freeze.command(
    epilog="""\b
Examples:
  promptgate freeze check --base origin/main
  promptgate freeze check --base origin/main --head HEAD --json -"""
)
@click.option("--base", required=True, metavar="REV", help="Where the change goes.")
@click.option(
    "--head",
    metavar="REV",
    default="worktree",
    show_default=True,
    help="The change; 'worktree' is HEAD and what is on disk.",
)
@json_option
def check(base: str, head: str, json_file: str | None) -> int:
    """Check whether a change may go into a branch during its freeze.

    Exits 0 where nothing is frozen, where the change leaves frozen files alone, and
    where the incident commander approved exactly this change; else 4.
    """
    from promptgate.release.frozen import check_freeze
    from promptgate.reports.escape import one_line
    from promptgate.runs.answers import utc_now

    checked = check_freeze(open_checked_project(), base, head, utc_now())
    screen = screen_for(json_file)
    write_json(json_file, _plain(base, head, checked))
    if checked is None:
        screen.print(f"Nothing is frozen on {one_line(base)}.", markup=False)
        return ExitCode.OK
    for warning in checked.ruling.warnings:
        screen.print(f"Warning: {one_line(warning, 400)}.", markup=False, soft_wrap=True)
    if checked.ruling.blocked:
        _show_files(screen, checked)
        click.echo(f"promptgate: Blocked: {one_line(checked.sentence, 2000)}.", err=True)
        return ExitCode.BLOCKED
    told = one_line(checked.standing.freeze.describe(), 400)
    approval = checked.ruling.approval
    if approval is None:
        screen.print(f"Not blocked: {told}, and this change leaves that alone.", markup=False)
    else:
        who = one_line(approval.commander)
        screen.print(f"Not blocked: {told}, and {who} approved this change.", markup=False)
    return ExitCode.OK


def _show_files(screen: Console, checked: Checked) -> None:
    from promptgate.reports.escape import one_line

    for path, why in checked.change.paths.items():
        screen.print(f"frozen: {one_line(path)} ({why})", markup=False, soft_wrap=True)
    screen.print(f"change: {checked.change.digest}", markup=False, soft_wrap=True)


def _plain(base: str, head: str, checked: Checked | None) -> dict[str, Any]:
    result: dict[str, Any] = {"schema_version": 1, "base": base, "head": head}
    if checked is None:
        return {**result, "frozen": False, "blocked": False}
    standing, ruling = checked.standing.freeze, checked.ruling
    return {
        **result,
        "frozen": True,
        "blocked": ruling.blocked,
        "freeze": {
            "file": checked.standing.path,
            "since": standing.since,
            "reason": standing.reason,
            "by": standing.by,
            "prompts": list(standing.prompts),
            "until": standing.until.isoformat() if standing.until else None,
            "incident": standing.incident,
            "commander": standing.commander,
            "unreadable": standing.fault,
        },
        "change": checked.change.digest,
        "files": [{"path": path, "why": why} for path, why in checked.change.paths.items()],
        "approved_by": ruling.approval.commander if ruling.approval else None,
        "objections": list(ruling.objections),
        "warnings": list(ruling.warnings),
    }


@freeze.command(
    epilog="""\b
Examples:
  promptgate freeze approve rollback-support --base origin/main --by dana --push
  promptgate freeze approve sha256:… --by dana --until 30m"""
)
@click.argument("change")
@click.option("--by", required=True, metavar="NAME", help="The incident commander.")
@click.option("--base", metavar="REV", help="Where the change goes.  [default: the default branch]")
@click.option(
    "--until",
    metavar="TIME",
    help="When it ends: 30m, or a time.  [default: after [freeze] approval_minutes]",
)
@_push_option
@json_option
def approve(
    change: str, by: str, base: str | None, until: str | None, *, push: bool, json_file: str | None
) -> int:
    """Let one change through the freeze, as its incident commander.

    CHANGE is a revision, or the 'sha256:…' that a blocked check names. The approval
    is a line of PROMPT_FROZEN.txt, holds for this content of these files alone, and
    counts once it is on the default branch.
    """
    from datetime import timedelta

    from promptgate.release.freeze import FreezeSettings
    from promptgate.release.freeze_text import read_end
    from promptgate.release.freezing import approve as write
    from promptgate.runs.answers import utc_now

    project, now = open_checked_project(), utc_now()
    screen = screen_for(json_file)
    lasting = project.section("freeze", FreezeSettings).approval_minutes
    end = now + timedelta(minutes=lasting) if until is None else read_end(until, now)
    if not change.startswith("sha256:"):
        from promptgate.release.freezing import change_of

        checked = change_of(project, change, base, now)
        _show_files(screen, checked)
        change = checked.change.digest
    return _tell("Approved", write(project, change, by, end, push=push), json_file)


@click.command(
    epilog="""\b
Examples:
  promptgate thaw --approved-by dana --push"""
)
@click.option("--approved-by", required=True, metavar="NAME", help="The incident commander.")
@_push_option
@json_option
def thaw(approved_by: str, *, push: bool, json_file: str | None) -> int:
    """End a freeze: delete PROMPT_FROZEN.txt, and with it every approval.

    It counts once it is on the default branch. Exits 4 where somebody else commands
    the incident, or where --push did not get it there.
    """
    from promptgate.incidents.isolate import only_here
    from promptgate.incidents.kinds import Acted
    from promptgate.incidents.lifting import write_lifted
    from promptgate.release.freezing import thaw as write
    from promptgate.release.frozen import standing_freezes
    from promptgate.runs.answers import utc_now

    project = open_checked_project()
    frozen_for = {one.freeze.incident for one in standing_freezes(project)}
    placed = write(project, approved_by, push=push)
    alone = only_here(project, placed, push=push)
    lifted = Acted(action="thaw", target="prompts", only_here=alone)
    for incident in sorted(frozen_for):
        write_lifted(project, incident, lifted, approved_by, utc_now())
    return _tell("Thawed", placed, json_file)


def _tell(done: str, placed: Placed, json_file: str | None) -> int:
    """Say what was written and what is left to do; 4 where it was to be pushed and was not."""
    from promptgate.reports.escape import one_line

    screen = screen_for(json_file)
    if placed.commit is not None:
        screen.print(
            f"{done}: {placed.path} is on {placed.branch} as {placed.commit[:12]}.", markup=False
        )
        if placed.remote is not None:
            told = f"Pushed to {one_line(placed.remote)}, the only remote there is."
            screen.print(told, markup=False)
    else:
        verb = "Deleted" if placed.text is None else "Wrote"
        if placed.refused is not None:
            told = one_line(placed.refused, 1000)
            click.echo(f"promptgate: Not pushed: {told}.", err=True)
        screen.print(
            f"{verb} {placed.path} here. It counts for others once it is on {placed.branch}:",
            markup=False,
        )
        for line in _by_hand(done, placed):
            screen.print(f"  {line}", markup=False, soft_wrap=True)
    write_json(
        json_file,
        {
            "schema_version": 1,
            "done": done.lower(),
            "file": placed.path,
            "branch": placed.branch,
            "commit": placed.commit,
            "not_pushed": placed.refused,
            "text": placed.text,
        },
    )
    return ExitCode.BLOCKED if placed.refused is not None else ExitCode.OK


def _by_hand(done: str, placed: Placed) -> list[str]:
    """Return the way to the protected branch without --push."""
    import shlex

    file, branch = shlex.quote(placed.path), shlex.quote(placed.branch)
    return [
        f"git add --all -- {file}",
        f"git commit -m '{done} prompts' -- {file}",
        f"git push origin HEAD:refs/heads/{branch}    # on {placed.branch}, as someone who may",
        "or make the same edit in the forge's web editor, on that branch.",
    ]
