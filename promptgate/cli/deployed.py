"""`promptgate deployed`: record what an environment runs, or answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import open_checked_project, screen_for, write_json
from promptgate.cli.options import json_option
from promptgate.errors import ExitCode
from promptgate.reports.styles import BAD, DOUBT, GOOD

if TYPE_CHECKING:
    from promptgate.release.deployed import Running


@click.command(
    epilog="""\b
Examples:
  promptgate deployed --env production
  promptgate deployed --env production --fingerprint sha256:… --model claude-sonnet-5-5"""
)
@click.option("--env", "environment", required=True, metavar="NAME", help="Which environment.")
@click.option(
    "--fingerprint",
    metavar="F",
    help="Record this, as the product logs it: load(…).fingerprint.",
)
@click.option("--prompt", metavar="NAME", help="Whose fingerprint it is, where no release tells.")
@click.option("--model", metavar="ID", help="The model that answers there.")
@json_option
def deployed(
    environment: str,
    fingerprint: str | None,
    prompt: str | None,
    model: str | None,
    json_file: str | None,
) -> int:
    """Record what an environment runs, or without --fingerprint say what it runs.

    Exits 4 on drift: something runs that no gate has seen, or another model answers
    than the one that was released. The log is deployments/NAME.jsonl; commit it.
    """
    from promptgate.release.deployed import State, record, running
    from promptgate.reports.escape import one_line
    from promptgate.runs.answers import utc_now

    project = open_checked_project()
    if fingerprint is None:
        if prompt is not None or model is not None:
            raise click.UsageError("--prompt and --model describe what --fingerprint records.")
        found = running(project, environment)
    else:
        now = utc_now()
        found = (record(project, environment, fingerprint, now, prompt=prompt, model=model),)
    screen = screen_for(json_file)
    for one in found:
        style = {State.CURRENT: GOOD, State.EARLIER: DOUBT, State.DRIFT: BAD}[one.state]
        screen.print(one_line(f"{environment}: {one.deployment.prompt}"), end=" ", markup=False)
        screen.print(str(one.state), style=style, end=" ")
        told = f"{one.deployment.fingerprint[:19]} since {one.deployment.at:%Y-%m-%d %H:%M} UTC"
        screen.print(one_line(f"{told}: {one.told}", 400), markup=False, soft_wrap=True)
    plain = [plain_running(one) for one in found]
    write_json(json_file, {"schema_version": 1, "environment": environment, "running": plain})
    drift = any(one.state is State.DRIFT for one in found)
    return ExitCode.BLOCKED if drift else ExitCode.OK


def plain_running(one: Running) -> dict[str, Any]:
    """Return what runs, for machines."""
    return {
        "prompt": one.deployment.prompt,
        "fingerprint": one.deployment.fingerprint,
        "model": one.deployment.model,
        "at": one.deployment.at.isoformat(),
        "state": str(one.state),
        "why": one.told,
        "revision": one.revision,
    }
