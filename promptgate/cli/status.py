"""`promptgate status`: what is released, what is on disk and on the branches, what is frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import open_checked_project, screen_for, write_json
from promptgate.cli.deployed import plain_running
from promptgate.cli.options import json_option
from promptgate.errors import ExitCode
from promptgate.reports.styles import BAD

if TYPE_CHECKING:
    from rich.console import Console

    from promptgate.release.status import PromptStatus, Status

_SHOWN = 20


@click.command(
    epilog="""\b
Examples:
  promptgate status
  promptgate status --json -"""
)
@json_option
def status(json_file: str | None) -> int:
    """Show every prompt as it is released, on disk, on the branches and deployed.

    Says first whether prompts are frozen. Reads only what is here: 'git fetch' first
    to see what others pushed.
    """
    from promptgate.release.status import status as look

    found = look(open_checked_project())
    screen = screen_for(json_file)
    _show(screen, found)
    write_json(json_file, _plain(found))
    return ExitCode.OK


def _show(screen: Console, found: Status) -> None:
    from rich.text import Text

    from promptgate.reports.escape import one_line
    from promptgate.reports.tables import plain_table

    for standing in found.freezes:
        told = f"FROZEN on {standing.where}: {standing.freeze.describe()}."
        screen.print(Text(one_line(told, 600), style=BAD), soft_wrap=True)
    if not found.freezes:
        screen.print("Nothing is frozen.")
    table = plain_table("prompt", "released", "model", "revision", "work tree")
    for prompt in found.prompts:
        table.add_row(*(Text(one_line(text)) for text in _row(prompt)))
    screen.print(table)
    for branch in found.branches[:_SHOWN]:
        changes = ", ".join(f"{name} {how}".strip() for name, how in branch.prompts.items())
        told = f"branch {branch.name} ({branch.commit[:12]}): {changes}"
        screen.print(one_line(told, 400), markup=False, soft_wrap=True)
    if (more := len(found.branches) - _SHOWN) > 0:
        screen.print(f"{more} more branches differ; --json lists them.")
    if found.unchanged:
        are = "branch holds" if found.unchanged == 1 else "branches hold"
        screen.print(f"{found.unchanged} {are} just what is released.")
    for environment, running in found.deployed.items():
        for one in running:
            told = f"{environment}: {one.deployment.prompt} {one.state}: {one.told}"
            screen.print(one_line(told, 400), markup=False, soft_wrap=True)


def _row(prompt: PromptStatus) -> tuple[str, ...]:
    how = prompt.worktree if prompt.fault is None else f"{prompt.worktree}: {prompt.fault}"
    if prompt.released is None:
        return prompt.name, "never", "", "", how
    entry = prompt.released
    return prompt.name, entry.fingerprint[:19], entry.model, entry.revision[:12], how


def _plain(found: Status) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "frozen": [
            {
                "where": standing.where,
                "since": standing.freeze.since,
                "reason": standing.freeze.reason,
                "by": standing.freeze.by,
                "prompts": list(standing.freeze.prompts),
                "incident": standing.freeze.incident,
                "unreadable": standing.freeze.fault,
            }
            for standing in found.freezes
        ],
        "prompts": [
            {
                "name": prompt.name,
                "released": None
                if prompt.released is None
                else {
                    "fingerprint": prompt.released.fingerprint,
                    "revision": prompt.released.revision,
                    "model": prompt.released.model,
                    "evidence": prompt.released.evidence,
                },
                "worktree": prompt.worktree,
                "fingerprint": prompt.fingerprint,
                "fault": prompt.fault,
            }
            for prompt in found.prompts
        ],
        "branches": [
            {"name": branch.name, "commit": branch.commit, "prompts": dict(branch.prompts)}
            for branch in found.branches
        ],
        "branches_as_released": found.unchanged,
        "deployed": {
            environment: [plain_running(one) for one in running]
            for environment, running in found.deployed.items()
        },
    }
