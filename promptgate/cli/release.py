"""`promptgate release`: gate the work tree and write down what was approved."""

from __future__ import annotations

import click

from promptgate.cli.common import (
    console,
    json_option,
    live_source,
    mode_option,
    open_checked_project,
    write_json,
)


@click.command(
    epilog="""\b
Examples:
  promptgate release
  promptgate release --prompt support --mode record"""
)
@click.option(
    "--prompt", "prompts", multiple=True, metavar="NAME", help="Only this prompt; repeatable."
)
@mode_option
@json_option
def release(
    mode: str,
    prompts: tuple[str, ...],
    json_file: str | None,
    max_calls: int | None,
    max_cost: float | None,
) -> int:
    """Release the committed prompts, if the gate lets them through.

    Compares them with what is released now, or holds prompts that never were to
    their suites' min_score, and writes promptgate.lock when the decision is
    RELEASE. Commit the lock: it is what 'released' means from then on.
    """
    from promptgate.prompts import find_base
    from promptgate.release.approval import release as run_release
    from promptgate.release.examination import examine
    from promptgate.release.frozen import blocking, release_blocked
    from promptgate.reports.console import render_gate
    from promptgate.runs.answers import utc_now
    from promptgate.runs.gating import GateOptions

    project = open_checked_project()
    blocked = release_blocked(project, utc_now(), prompts)
    found = examine(project, find_base(project), "worktree", utc_now())
    with live_source(project, max_calls, max_cost) as source, blocking(blocked):
        options = GateOptions(
            mode=mode,  # type: ignore[arg-type]
            command="release",
            blocked=blocked,
            invalid=found.invalid,
            remarks=found.remarks,
        )
        done = run_release(project, source, options, prompts)
    screen = console(to_stderr=json_file == "-")
    screen.print(render_gate(done.run))
    decision = done.run.decision
    screen.print()
    if done.released:
        screen.print(f"Released {', '.join(done.released)}; commit promptgate.lock.")
    elif decision.exit_code:
        screen.print("Not released; promptgate.lock is as it was.")
    else:
        screen.print("Everything was released already; promptgate.lock is as it was.")
    write_json(
        json_file,
        {"schema_version": 1, "released": list(done.released), "gate": decision.to_json()},
    )
    return int(decision.exit_code)
