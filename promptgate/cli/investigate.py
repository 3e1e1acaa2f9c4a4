"""`promptgate investigate`: the cause, the commit, the lines, and one page about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from promptgate.cli.common import write_output
from promptgate.cli.investigation import (
    Inquiry,
    check_options,
    investigating,
    live_view,
    side_options,
)


@click.command(
    epilog="""\b
Examples:
  promptgate investigate refusal:bomb
  promptgate investigate request.json --prompt support --expect refusal --page incident.md"""
)
@click.argument("given", metavar="INPUT")
@check_options
@side_options
@click.option("--good", metavar="REV", help="A revision where it passed, to search from.")
@click.option("--shrink", is_flag=True, help="Also find the smallest input that fails.")
@click.option("--page", metavar="FILE", help="Write the page as Markdown; '-' is stdout.")
@investigating
def investigate(
    inquiry: Inquiry,
    given: str,
    page: str | None,
    good: str | None,
    shrink: bool,
    baseline: str | None,
    candidate: str,
    baseline_model: str | None,
    candidate_model: str | None,
) -> int:
    """Find the cause of a failure, the commit and the lines, and say what works now.

    INPUT is a case (SUITE:CASE) or a file that production captured: a request as
    JSON, an OpenTelemetry span, or text. Exits 0 when all of it is settled, 3 when the
    limit or the recordings end before.
    """
    from promptgate.investigate.diagnosing import cells_of
    from promptgate.investigate.expecting import diagnosis_search, expected
    from promptgate.investigate.investigating import investigate as find
    from promptgate.investigate.opening import Sides, open_factors
    from promptgate.investigate.page import investigation_page
    from promptgate.investigate.show import render_investigation, state_view

    subject, asker = replace(inquiry, **_case_or_file(given)).open(candidate)
    sides = Sides(baseline, candidate, baseline_model, candidate_model)
    factors = open_factors(inquiry.project, subject, sides)
    if inquiry.dry_run:
        cells = cells_of(subject, factors)
        request = subject.request(factors.new.arm.with_model(factors.new_model))
        plan = expected(diagnosis_search(cells), asker, request)
        told = f"The diagnosis takes {plan}; commit and lines share the rest of the limit."
        return inquiry.say_plan([told], plan.to_json())
    with live_view() as show:
        found = find(
            subject,
            factors,
            asker,
            good=good,
            smallest=shrink,
            told=lambda step, state: show(lambda: state_view(step, state)),
        )
    inquiry.screen(page).print(render_investigation(found))
    inquiry.write(found.summary(), found)
    if page is not None:
        write_output(page, investigation_page(found))
    return int(found.exit_code)


def _case_or_file(given: str) -> dict[str, Any]:
    """Tell a case from a file, where one argument may be either."""
    path = Path(given)
    if path.is_file():
        return {"file": path}
    if ":" in given and not path.suffix:
        return {"case": given}
    raise click.UsageError(
        f"{given!r} is neither a file nor a case; write SUITE:CASE, or the path of a file with the "
        "request as JSON, an OpenTelemetry span, or the question as text."
    )
