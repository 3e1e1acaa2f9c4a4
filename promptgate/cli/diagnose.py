"""`promptgate diagnose`: is it the prompt, the model, our integration or this input?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import console, json_option, open_checked_project, write_json
from promptgate.cli.investigation import (
    html_option,
    input_options,
    limit_options,
    live_view,
    say_diagnosis_plan,
    wanted_of,
    write_html,
)

if TYPE_CHECKING:
    from promptgate.investigate.asking import AskMode


@click.command(
    epilog="""\b
Examples:
  promptgate diagnose --case refusal:bomb
  promptgate diagnose --input request.json --prompt support --expect refusal
  promptgate diagnose --case triage:bill --candidate-model claude-sonnet-5-5 \\
      --baseline-model claude-sonnet-5"""
)
@input_options
@click.option(
    "--baseline",
    metavar="REV",
    help="The prompt to go back to.  [default: released; else the version before]",
)
@click.option(
    "--candidate", metavar="REV", default="worktree", show_default=True, help="What fails."
)
@click.option("--baseline-model", metavar="ID", help="The model to go back to.")
@click.option("--candidate-model", metavar="ID", help="The model that failed.")
@limit_options
@html_option
@json_option
def diagnose(
    json_file: str | None,
    html: str | None,
    baseline: str | None,
    candidate: str,
    baseline_model: str | None,
    candidate_model: str | None,
    mode: AskMode,
    max_calls: int | None,
    max_cost: float | None,
    dry_run: bool,
    **which: Any,
) -> int:
    """Find out why an input fails, and what works now.

    Looks at the captured call first, then reproduces the failure, then asks old and
    new prompt on old and new model until the cause is clear. Exits 0 with a verdict,
    3 when the limit or the recordings end before it is settled.
    """
    from promptgate.investigate.diagnosing import diagnose as find
    from promptgate.investigate.opening import Sides, open_asker, open_factors, open_subject
    from promptgate.investigate.sections import section_of
    from promptgate.investigate.settings import InvestigateSettings
    from promptgate.investigate.show import diagnosis_view, render_diagnosis

    project = open_checked_project()
    subject = open_subject(project, wanted_of(**which, revision=candidate))
    sides = Sides(baseline, candidate, baseline_model, candidate_model)
    factors = open_factors(project, subject, sides)
    asker = open_asker(project, mode, max_calls, max_cost)
    if dry_run:
        return say_diagnosis_plan(subject, factors, asker, json_file)
    confidence = project.section("investigate", InvestigateSettings).confidence
    with live_view() as show:
        found = find(
            subject,
            factors,
            asker,
            confidence=confidence,
            told=lambda posterior, seen: show(lambda: diagnosis_view(posterior, seen)),
        )
    console(to_stderr=json_file == "-").print(render_diagnosis(found))
    write_html(html, subject.title, (section_of(found),))
    write_json(json_file, found.to_json())
    return int(found.exit_code)
