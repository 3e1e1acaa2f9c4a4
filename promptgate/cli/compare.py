"""`promptgate compare`: the gate on results that some other tool made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from promptgate.cli.common import screen_for, write_json
from promptgate.cli.options import json_option
from promptgate.cli.outputs import report_options, write_reports


@click.command(
    epilog="""\b
Examples:
  promptgate compare baseline.csv candidate.csv
  promptgate compare v1.jsonl v2.jsonl --margin 0.05 --critical refusal --json -"""
)
@click.argument("baseline", metavar="BASE", type=click.Path(path_type=Path))
@click.argument("candidate", metavar="CAND", type=click.Path(path_type=Path))
@click.option("--margin", type=float, help="Largest harmless drop.  [default: 0.10, 10 points]")
@click.option("--alpha", type=float, help="One-sided level of each verdict.  [default: 0.05]")
@click.option(
    "--critical", multiple=True, metavar="SUITE", help="Every score below 1 in it is a violation."
)
@click.option("--min-score", type=float, help="Judge cases that only CAND has by this mean score.")
@click.option("--superiority", is_flag=True, help="PASS needs a proven rise.")
@click.option("--allow-gap", is_flag=True, help="Accept arms recorded far apart, with a warning.")
@click.option(
    "--policy",
    "policy_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take every other number from [gate] of this promptgate.toml.",
)
@json_option
@report_options
def compare(
    baseline: Path,
    candidate: Path,
    critical: tuple[str, ...],
    allow_gap: bool,
    policy_file: Path | None,
    json_file: str | None,
    markdown: str | None,
    html: str | None,
    junit: str | None,
    **numbers: Any,
) -> int:
    """Decide on results from anywhere: two CSV or JSONL files, one trial a row.

    Columns: suite, case, score (0 to 1); and where there are any: cluster, repeat,
    error (not empty: no score), cost, latency (seconds), recorded_at (ISO 8601),
    scorer_digest, judge_digest. Rows pair by suite and case. Needs no project;
    exits like 'promptgate gate'.
    """
    from promptgate.gate import Policy
    from promptgate.reports.console import render
    from promptgate.reports.summary import account_of_files
    from promptgate.runs.external.comparing import compare_files, make_policy, read_policy

    numbers["must_improve"] = numbers.pop("superiority") or None
    policy = make_policy(Policy() if policy_file is None else read_policy(policy_file), numbers)
    compared = compare_files(baseline, candidate, policy, critical=critical, allow_gap=allow_gap)
    account = account_of_files(compared)
    screen_for(json_file, markdown, html, junit).print(render(account))
    write_json(json_file, compared.to_json())
    write_reports(account, {"markdown": markdown, "html": html, "junit": junit})
    return int(compared.decision.exit_code)
