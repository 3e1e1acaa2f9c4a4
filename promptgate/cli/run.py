"""`promptgate run` and `promptgate record`: one target, its answers and their scores."""

from __future__ import annotations

import shlex
from contextlib import nullcontext
from typing import Any

import click

from promptgate.cli.common import live_source, open_checked_project, screen_for, write_json
from promptgate.cli.options import (
    COUNT,
    CommandT,
    cap_options,
    json_option,
    mode_option,
    selection_options,
)
from promptgate.errors import ExitCode


def _target_options(command: CommandT) -> CommandT:
    for option in (
        click.option("--repeats", type=COUNT, help="Answers to each case."),
        click.option("--model", metavar="ID", help="Ask this model."),
        click.option(
            "--revision", metavar="REV", default="worktree", show_default=True, help="The prompts."
        ),
    ):
        command = option(command)
    return command


@click.command(
    epilog="""\b
Examples:
  promptgate run
  promptgate run --suite refusal --revision HEAD~3 --output trials.jsonl"""
)
@_target_options
@selection_options
@mode_option
@click.option(
    "--output", metavar="FILE", help="Also write every trial: JSON lines, or Parquet for *.parquet."
)
@json_option
def run(json_file: str | None, output: str | None, **options: Any) -> int:
    """Run suites on one target and score the answers.

    Exits 0 when every case was asked and scored, whatever the scores: a verdict
    needs a comparison, which is 'promptgate gate'.
    """
    return _run(json_file, output, **options)


@click.command(
    epilog="""\b
Examples:
  promptgate record --max-cost 5
  promptgate record --suite refusal --refresh
  promptgate record --check"""
)
@_target_options
@selection_options
@cap_options
@click.option("--refresh", is_flag=True, help="Record everything again, as a new generation.")
@click.option("--check", is_flag=True, help="Only say what is wrong with the recordings.")
@click.option("--prune", is_flag=True, help="Only remove recordings that nothing refers to.")
@click.option(
    "--keep", multiple=True, metavar="REV", help="With --prune: also keep what this asks for."
)
@json_option
def record(
    json_file: str | None,
    refresh: bool,
    check: bool,
    prune: bool,
    keep: tuple[str, ...],
    **options: Any,
) -> int:
    """Record the answers that are missing, and score all of them.

    Needs a key in ANTHROPIC_API_KEY; every answer is on disk before it is counted,
    so an interrupted recording goes on where it stopped.
    """
    if refresh + check + prune > 1:
        raise click.UsageError("--refresh, --check and --prune exclude one another; choose one.")
    if keep and not prune:
        raise click.UsageError("--keep goes with --prune.")
    if check:
        return _check(json_file)
    if prune:
        return _prune(json_file, keep)
    return _run(json_file, None, mode="refresh" if refresh else "record", **options)


def _check(json_file: str | None) -> int:
    """Say what is wrong with the recordings; unsound evidence is exit 5."""
    from promptgate.models.cassettes import Cassettes
    from promptgate.models.maintenance import check
    from promptgate.reports.escape import one_line

    cassettes = Cassettes(open_checked_project().cassettes)
    problems = check(cassettes)
    screen = screen_for(json_file)
    for problem in problems:
        screen.print(one_line(f"{problem.file}: {problem.message}", 400), markup=False)
    files = sum(1 for _ in cassettes.files())
    screen.print(f"{files:,} cassettes, {len(problems)} problems.")
    shown = [{"file": p.file, "message": p.message, "invalid": p.invalid} for p in problems]
    write_json(json_file, {"schema_version": 1, "cassettes": files, "problems": shown})
    if any(problem.invalid for problem in problems):
        return ExitCode.INVALID_EVIDENCE
    return ExitCode.WORSE if problems else ExitCode.OK


def _prune(json_file: str | None, keep: tuple[str, ...]) -> int:
    """Remove the recordings that nothing refers to: no revision that counts, no open incident."""
    from dataclasses import asdict

    from promptgate.incidents.log import Incidents
    from promptgate.models.cassettes import Cassettes
    from promptgate.runs.upkeep import clear_away

    project = open_checked_project()
    opened = [one.opened for one in Incidents(project).running() if one.opened is not None]
    done = clear_away(project, Cassettes(project.cassettes), keep, min(opened, default=None))
    screen = screen_for(json_file)
    if done.kept:
        screen.print(f"Kept {done.kept:,} cassettes of the time since an open incident began.")
    screen.print(
        f"Removed {done.unused:,} cassettes that nothing refers to and {done.superseded:,} "
        f"that newer ones replace: {done.freed / 1e6:.1f} MB."
    )
    write_json(json_file, {"schema_version": 1, **asdict(done)})
    return ExitCode.OK


def _run(
    json_file: str | None,
    output: str | None,
    max_calls: int | None,
    max_cost: float | None,
    **options: Any,
) -> int:
    from pathlib import Path

    from promptgate.reports.runs import render_trials, summarize
    from promptgate.runs.results import trial_writer
    from promptgate.runs.single import RunOptions, run_target

    chosen = RunOptions(**options)
    project = open_checked_project()
    writer = trial_writer(Path(output)) if output else nullcontext(lambda _trial: None)
    with live_source(project, max_calls, max_cost) as source, writer as write:
        done = run_target(project, chosen, source, _record_command(chosen), write)
    screen_for(json_file).print(render_trials(done.trials))
    suites = dict.fromkeys(trial.suite for trial in done.trials)
    write_json(
        json_file,
        {
            "schema_version": 1,
            "recorded": done.recorded,
            "suites": [
                {"suite": name, **summarize([t for t in done.trials if t.suite == name])}
                for name in suites
            ],
        },
    )
    unscored = any(trial.state != "scored" for trial in done.trials)
    return ExitCode.INVALID_EVIDENCE if unscored else ExitCode.OK


def _record_command(options: object) -> str:
    """Return the command that records what this run needs."""
    from promptgate.runs.single import RunOptions

    assert isinstance(options, RunOptions)
    words = ["promptgate", "record"]
    if options.revision != "worktree":
        words += ["--revision", options.revision]
    if options.model:
        words += ["--model", options.model]
    if options.repeats:
        words += ["--repeats", str(options.repeats)]
    for name, values in (
        ("--suite", options.suites),
        ("--case", options.cases),
        ("--tag", options.tags),
    ):
        words += [word for value in values for word in (name, value)]
    return shlex.join(words)
