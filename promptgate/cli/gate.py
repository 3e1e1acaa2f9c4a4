"""`promptgate gate`: compare two versions of the prompts and decide on a release."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from promptgate.cli.common import (
    live_source,
    open_checked_project,
    patience,
    refuse_group_options,
    screen_for,
    write_json,
)
from promptgate.cli.gate_adjudicate import adjudicate
from promptgate.cli.gate_explain import explain
from promptgate.cli.gate_power import power
from promptgate.cli.options import (
    MINUTES,
    json_option,
    judging_options,
    mode_option,
    selection_options,
)
from promptgate.cli.outputs import report_options, write_reports

TRAILERS = "trailers"


@click.group(
    invoke_without_command=True,
    subcommand_metavar="[COMMAND]",
    epilog="""\b
Examples:
  promptgate gate
  promptgate gate --baseline v1.4 --candidate HEAD --suite refusal
  promptgate gate --html report.html --junit junit.xml
  promptgate gate --candidate-model claude-sonnet-5-5 --mode record""",
)
@click.option(
    "--baseline",
    metavar="REV",
    help="What to compare with.  [default: released, else where the branch began]",
)
@click.option(
    "--candidate", metavar="REV", default="worktree", show_default=True, help="What to judge."
)
@click.option(
    "--base",
    metavar="REV",
    help="Where the change goes: its policy and lock hold.  [default: the branch released from]",
)
@click.option("--model", metavar="ID", help="Ask this model in both arms.")
@click.option("--candidate-model", metavar="ID", help="Ask this model in the candidate arm.")
@selection_options
@judging_options
@click.option("--fix", metavar="REV", help="A fix that stands ready: measured where it is worse.")
@click.option("--fix-minutes", metavar="N", type=MINUTES, help="Time until the fix is out.")
@click.option("--affected", metavar="K/N", help="How many of those looked at are hit.")
@click.option(
    "--cause",
    type=click.Choice(["prompt", "model", "interaction", "input", "integration"]),
    metavar="CAUSE",
    help="Of the drop: prompt, model, interaction, input or integration.",
)
@click.option(
    "--review",
    metavar="FILE",
    help=f"Also ask [review]: a forge's export, or '{TRAILERS}' of commits.",
)
@click.option(
    "--spot-check",
    metavar="SHARE",
    type=float,
    help="Ask this share of the replayed trials again, live: 0.05.",
)
@click.option("--seed", type=int, metavar="N", help="Of --spot-check.  [default: random]")
@click.option("--all", "everything", is_flag=True, help="Also suites of prompts that are the same.")
@mode_option
@json_option
@report_options
@click.pass_context
def gate(
    context: click.Context,
    /,
    json_file: str | None,
    markdown: str | None,
    html: str | None,
    junit: str | None,
    suites: tuple[str, ...],
    cases: tuple[str, ...],
    tags: tuple[str, ...],
    max_calls: int | None,
    max_cost: float | None,
    affected: str | None,
    base: str | None,
    review: str | None,
    **options: Any,
) -> int:
    """Compare a candidate with a baseline and decide.

    Replays recorded answers of both, judges every suite of the prompts that
    changed, and ends with RELEASE (exit 0), HOLD (3), FIX_FORWARD or ROLLBACK (1).
    Revisions are git's, or 'released' (what promptgate.lock approves), or
    'worktree' (the files as they are).
    """
    if context.invoked_subcommand is not None:
        refuse_group_options(context)
        return 0
    from promptgate.gate import decision_json
    from promptgate.prompts import find_base
    from promptgate.release.examination import Review, examine
    from promptgate.release.frozen import blocking
    from promptgate.reports.console import render
    from promptgate.reports.summary import account_of_gate
    from promptgate.runs.answers import utc_now
    from promptgate.runs.fixing import parse_affected
    from promptgate.runs.gate_options import GateOptions
    from promptgate.runs.gating import run_gate
    from promptgate.runs.store import store_gate

    project = open_checked_project()
    chosen = GateOptions(suites=suites, cases=cases, tags=tags, **options)
    asked = None if review is None else Review(None if review == TRAILERS else Path(review))
    with patience("Judging …") as ready:
        governing = find_base(project, base)
        found = examine(project, governing, chosen.candidate, utc_now(), asked, foresee=True)
        chosen = replace(
            found.applied(chosen),
            affected=None if affected is None else parse_affected(affected),
        )
        recordings = live_source(project, max_calls, max_cost, ready)
        with recordings as source, blocking(found.in_the_way):
            run = run_gate(project, chosen, source)
        account = account_of_gate(run, store_gate(project, run).name)
    screen_for(json_file, markdown, html, junit).print(render(account))
    write_json(json_file, decision_json(run.decision))
    write_reports(account, {"markdown": markdown, "html": html, "junit": junit})
    return int(run.decision.exit_code)


gate.add_command(power)
gate.add_command(explain)
gate.add_command(adjudicate)
