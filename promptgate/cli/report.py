"""`promptgate report`: show trials that a run or a gate has stored."""

from __future__ import annotations

import click

from promptgate.cli.common import console, json_option, write_json


@click.command(
    epilog="""\b
Examples:
  promptgate run --output trials.jsonl && promptgate report trials.jsonl
  promptgate report reports/gates/20261123T140000Z-1a2b3c4d/trials.jsonl --json -"""
)
@click.argument("file")
@json_option
def report(file: str, json_file: str | None) -> int:
    """Show the trials in FILE (JSON lines or Parquet): one row a suite and arm.

    'promptgate gate explain' shows a stored decision with every number.
    """
    from pathlib import Path

    from promptgate.reports.runs import render_trials, summarize
    from promptgate.runs.results import read_trials

    trials = list(read_trials(Path(file)))
    console(to_stderr=json_file == "-").print(render_trials(trials))
    groups = dict.fromkeys((trial.suite, trial.arm) for trial in trials)
    rows = [
        {
            "suite": suite,
            "arm": arm,
            **summarize([t for t in trials if (t.suite, t.arm) == (suite, arm)]),
        }
        for suite, arm in groups
    ]
    write_json(json_file, {"schema_version": 1, "suites": rows})
    return 0
