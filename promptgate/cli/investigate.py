"""`promptgate investigate`: the cause, the commit, the lines, and one page about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import (
    console,
    json_option,
    open_checked_project,
    write_json,
    write_output,
)
from promptgate.cli.investigation import (
    case_or_file,
    html_option,
    limit_options,
    live_view,
    say_plan,
    wanted_of,
    write_html,
)

if TYPE_CHECKING:
    from promptgate.investigate.asking import AskMode


@click.command(
    epilog="""\b
Examples:
  promptgate investigate refusal:bomb
  promptgate investigate request.json --prompt support --expect refusal --page incident.md"""
)
@click.argument("given", metavar="INPUT")
@click.option("--prompt", metavar="NAME", help="The prompt that was asked.")
@click.option(
    "--expect", multiple=True, metavar="ENTRY", help="What the answer fails, as in a suite."
)
@click.option(
    "--var", "variables", multiple=True, metavar="NAME=VALUE", help="A variable of the prompt."
)
@click.option("--baseline", metavar="REV", help="The prompt to go back to.  [default: released]")
@click.option(
    "--candidate", metavar="REV", default="worktree", show_default=True, help="What fails."
)
@click.option("--baseline-model", metavar="ID", help="The model to go back to.")
@click.option("--candidate-model", metavar="ID", help="The model that failed.")
@click.option("--good", metavar="REV", help="A revision where it passed, to search from.")
@click.option("--shrink", is_flag=True, help="Also find the smallest input that fails.")
@click.option("--page", metavar="FILE", help="Write the page as Markdown; '-' is stdout.")
@limit_options
@html_option
@json_option
def investigate(
    given: str,
    json_file: str | None,
    html: str | None,
    page: str | None,
    good: str | None,
    shrink: bool,
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
    """Find the cause of a failure, the commit and the lines, and say what works now.

    INPUT is a case (SUITE:CASE) or a file that production captured. Exits 0 when all
    of it is settled, 3 when the limit or the recordings end before.
    """
    from promptgate.investigate.diagnosing import cells_of
    from promptgate.investigate.expecting import diagnosis_search, expected
    from promptgate.investigate.investigating import investigate as find
    from promptgate.investigate.opening import Sides, open_asker, open_factors, open_subject
    from promptgate.investigate.page import investigation_page
    from promptgate.investigate.sections import sections_of
    from promptgate.investigate.settings import InvestigateSettings
    from promptgate.investigate.show import render_investigation, state_view

    project = open_checked_project()
    case, file = case_or_file(given)
    subject = open_subject(project, wanted_of(case, file, **which, revision=candidate))
    sides = Sides(baseline, candidate, baseline_model, candidate_model)
    factors = open_factors(project, subject, sides)
    first = open_asker(project, mode, max_calls, max_cost)
    if dry_run:
        cells = cells_of(subject, factors)
        request = subject.request(factors.new.arm.with_model(factors.new_model))
        plan = expected(diagnosis_search(cells), first, request)
        told = f"The diagnosis takes {plan}; commit and lines share the rest of the limit."
        return say_plan([told], plan.to_json(), json_file)
    confidence = project.section("investigate", InvestigateSettings).confidence
    with live_view() as show:
        found = find(
            subject,
            factors,
            first.again,
            calls=first.limits.calls,
            good=good,
            smallest=shrink,
            confidence=confidence,
            told=lambda step, state: show(lambda: state_view(step, state)),
        )
    console(to_stderr="-" in (json_file, page)).print(render_investigation(found))
    if page is not None:
        write_output(page, investigation_page(found))
    write_html(html, found.summary(), sections_of(found))
    write_json(json_file, found.to_json())
    return int(found.exit_code)
