"""`promptgate release`: gate the work tree and write down what was approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from promptgate.cli.common import live_source, open_checked_project, screen_for, write_json
from promptgate.cli.options import json_option, mode_option

if TYPE_CHECKING:
    from promptgate.release.approval import Approval
    from promptgate.runs.answers import Mode
    from promptgate.runs.gate_run import GateRun


@click.command(
    epilog="""\b
Examples:
  promptgate release
  promptgate release --prompt support --mode record
  promptgate release --offline
  promptgate release --anchor --by dana --reason "The wording that customers know." """
)
@click.option(
    "--prompt", "prompts", multiple=True, metavar="NAME", help="Only this prompt; repeatable."
)
@click.option(
    "--offline",
    is_flag=True,
    help="Without a key: let the answers that were judged be the next baseline.",
)
@click.option("--anchor", is_flag=True, help="Only move the anchor to what is released now.")
@click.option("--by", metavar="NAME", help="With --anchor: who moves it.")
@click.option("--reason", metavar="TEXT", help="With --anchor: why.")
@mode_option
@json_option
def release(
    mode: Mode,
    prompts: tuple[str, ...],
    by: str | None,
    reason: str | None,
    json_file: str | None,
    max_calls: int | None,
    max_cost: float | None,
    *,
    offline: bool,
    anchor: bool,
) -> int:
    """Release the committed prompts, if the gate lets them through.

    Compares them with what is released now, or holds prompts that never were to
    their suites' min_score, and writes promptgate.lock when the decision is
    RELEASE. Commit the lock: it is what 'released' means from then on.

    What was released is then asked once more, as the baseline of the next gate: the
    answers that let a prompt through flatter it. That needs a key. --offline goes
    without; the lock and the next gate say so.
    """
    if anchor:
        return _move_anchor(prompts, by, reason, json_file)
    if by is not None or reason is not None:
        raise click.UsageError("--by and --reason go with --anchor.")
    from promptgate.gate import decision_json
    from promptgate.prompts import find_base
    from promptgate.release.approval import release as run_release
    from promptgate.release.examination import examine
    from promptgate.release.frozen import blocking, release_blocked
    from promptgate.reports.console import render
    from promptgate.reports.summary import account_of_gate
    from promptgate.runs.answers import utc_now
    from promptgate.runs.gate_options import GateOptions

    project = open_checked_project()
    blocked = release_blocked(project, utc_now(), prompts)
    found = examine(project, find_base(project), "worktree", utc_now())
    screen = screen_for(json_file)
    with live_source(project, max_calls, max_cost) as source, blocking(blocked):
        options = GateOptions(
            mode=mode,
            command="release",
            blocked=blocked,
            invalid=found.invalid,
            remarks=found.remarks,
        )

        def told(run: GateRun) -> None:
            screen.print(render(account_of_gate(run)))

        done = run_release(project, source, options, prompts, offline=offline, told=told)
    decision = done.run.decision
    screen.print(f"\n{_outcome(done)}")
    write_json(
        json_file,
        {"schema_version": 1, "released": list(done.released), "gate": decision_json(decision)},
    )
    return int(decision.exit_code)


def _outcome(done: Approval) -> str:
    if done.released:
        return f"Released {', '.join(done.released)}; commit promptgate.lock and the recordings."
    if done.run.decision.exit_code:
        return "Not released; promptgate.lock is as it was."
    return "Everything was released already; promptgate.lock is as it was."


def _move_anchor(
    prompts: tuple[str, ...], by: str | None, reason: str | None, json_file: str | None
) -> int:
    from promptgate.errors import BlockedError
    from promptgate.release.anchoring import move_anchor
    from promptgate.release.frozen import standing_freezes
    from promptgate.reports.escape import one_line
    from promptgate.runs.answers import utc_now

    if prompts:
        raise click.UsageError("--anchor moves to all that is released; leave --prompt out.")
    if by is None or reason is None:
        raise click.UsageError("--anchor needs --by NAME and --reason TEXT.")
    project = open_checked_project()
    for standing in standing_freezes(project):
        raise BlockedError(
            f"Blocked: {standing.freeze.describe()}, and the lock with them; end the freeze with "
            "'promptgate thaw --approved-by NAME'."
        )
    moved = move_anchor(project, by, reason, utc_now())
    names = ", ".join(moved.prompts)
    screen_for(json_file).print(
        f"The anchor is what is released now of {one_line(names)}, by {one_line(moved.by)}: "
        f"{one_line(moved.reason)}. Commit promptgate.lock; it counts once it is merged.",
        markup=False,
    )
    write_json(
        json_file,
        {
            "schema_version": 1,
            "anchor": {
                "by": moved.by,
                "reason": moved.reason,
                "moved": moved.moved,
                "prompts": sorted(moved.prompts),
            },
        },
    )
    return 0
