"""`promptgate diagnose`: is it the prompt, the model, our integration or this input?"""

from __future__ import annotations

import click

from promptgate.cli.investigation import (
    Inquiry,
    input_options,
    investigating,
    live_view,
    say_diagnosis_plan,
    side_options,
)


@click.command(
    epilog="""\b
Examples:
  promptgate diagnose --case refusal:bomb
  promptgate diagnose --input request.json --prompt support --expect refusal
  promptgate diagnose --case triage:bill --candidate-model claude-sonnet-5-5 \\
      --baseline-model claude-sonnet-5"""
)
@input_options
@side_options
@investigating
def diagnose(
    inquiry: Inquiry,
    baseline: str | None,
    candidate: str,
    baseline_model: str | None,
    candidate_model: str | None,
) -> int:
    """Find out why an input fails, and what works now.

    Looks at the captured call first, then reproduces the failure, then asks old and
    new prompt on old and new model until the cause is clear. Exits 0 with a verdict,
    3 when the limit or the recordings end before it is settled.
    """
    from promptgate.investigate.diagnosing import diagnose as find
    from promptgate.investigate.opening import Sides, open_factors
    from promptgate.investigate.show import diagnosis_view, render_diagnosis

    subject, asker = inquiry.open(candidate)
    sides = Sides(baseline, candidate, baseline_model, candidate_model)
    factors = open_factors(inquiry.project, subject, sides)
    if inquiry.dry_run:
        return say_diagnosis_plan(subject, factors, asker, inquiry.json_file)
    with live_view() as show:
        found = find(
            subject,
            factors,
            asker,
            told=lambda posterior, seen: show(lambda: diagnosis_view(posterior, seen)),
        )
    inquiry.screen().print(render_diagnosis(found))
    inquiry.write(subject.title, found)

    return int(found.exit_code)
