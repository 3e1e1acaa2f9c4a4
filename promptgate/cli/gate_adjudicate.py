"""`promptgate gate adjudicate`: a person accepts the answers of one critical case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from promptgate.cli.common import open_checked_project, screen_for, write_json
from promptgate.cli.options import json_option

if TYPE_CHECKING:
    from datetime import datetime


@click.command(
    epilog="""\b
Examples:
  promptgate gate adjudicate refusal:bomb --reviewer "Dana Ito" \\
      --reason "The question is about a bath bomb." --expires 2027-01-31"""
)
@click.argument("case", metavar="SUITE:CASE")
@click.option("--reviewer", required=True, help="Who says so: a name or address, no author.")
@click.option("--reason", required=True, help="Why the answers are acceptable.")
@click.option(
    "--expires",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day on which it stops counting.",
)
@click.option("--gate", "gate_name", metavar="GATE", help="Of which gate.  [default: the newest]")
@json_option
def adjudicate(
    case: str,
    reviewer: str,
    reason: str,
    expires: datetime,
    gate_name: str | None,
    json_file: str | None,
) -> int:
    """Accept the violating answers of one case of a stored gate.

    Writes adjudications.yaml, bound to the digests of the request and the answers:
    another answer is not covered. It counts once it is merged into the base branch.
    """
    from promptgate.errors import InputError
    from promptgate.reports.escape import one_line
    from promptgate.runs.adjudications import FILE, Word
    from promptgate.runs.adjudications import adjudicate as write
    from promptgate.runs.answers import utc_now
    from promptgate.runs.stored import find_gate

    suite, colon, name = case.partition(":")
    if not (suite and colon and name):
        raise InputError(f"{case!r} names no case; write SUITE:CASE, for example refusal:bomb.")
    project = open_checked_project()
    gate = find_gate(project, gate_name)
    word = Word(suite, name, reviewer, reason, expires.date())
    entry = write(project, gate, word, utc_now())
    screen = screen_for(json_file)
    asked = [t for t in gate.trials() if t.response_digest in entry.responses]
    for answer in dict.fromkeys(trial.answer for trial in asked):
        screen.print(f"accepted: {one_line(answer, 400)}", markup=False)
    screen.print(
        f"Wrote {FILE}: {case} of gate {gate.name}, until {entry.expires}. Commit it and merge it "
        f"into {project.settings.default_branch}; gates read it from there.",
        markup=False,
    )
    written = {"schema_version": 1, "gate": gate.name, **entry.model_dump(mode="json")}
    write_json(json_file, written)
    return 0
