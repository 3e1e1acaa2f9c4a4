"""`promptgate incident diagnose`: the cause, from the failing input or from a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from promptgate.cli.incident.common import Acting, acting
from promptgate.cli.investigation import limit_options, live_view, say_diagnosis_plan
from promptgate.cli.options import json_option
from promptgate.errors import ExitCode, InputError

if TYPE_CHECKING:
    from promptgate.cli.incident.common import Desk
    from promptgate.incidents.choices import Cause
    from promptgate.incidents.kinds import Diagnosed
    from promptgate.investigate.asking import Asker, AskMode
    from promptgate.investigate.diagnosing import Factors
    from promptgate.investigate.subject import Subject

_CAUSES = click.Choice(["prompt", "model", "interaction", "input", "integration", "unknown"])


@click.command(
    epilog="""\b
Examples:
  promptgate incident diagnose
  promptgate incident diagnose --mode replay --baseline v1.4
  promptgate incident diagnose --found prompt --posterior 0.97 --note "no safety lines\""""
)
@click.option("--baseline", metavar="REV", help="The prompt to go back to.  [default: found]")
@click.option("--candidate", metavar="REV", help="What fails.  [default: the released branch]")
@click.option("--baseline-model", metavar="ID", help="The model to go back to.")
@click.option("--candidate-model", metavar="ID", help="The model that failed.")
@click.option("--found", type=_CAUSES, help="Somebody found the cause: write it down.")
@click.option("--posterior", type=click.FloatRange(0, 1), metavar="P", help="How sure, 0 to 1.")
@click.option("--note", metavar="TEXT", help="What was found, in words.")
@acting
@limit_options
@json_option
def diagnose(
    acting: Acting,
    baseline: str | None,
    candidate: str | None,
    baseline_model: str | None,
    candidate_model: str | None,
    found: Literal[Cause, "unknown"] | None,
    posterior: float | None,
    note: str | None,
    mode: AskMode,
    max_calls: int | None,
    max_cost: float | None,
    *,
    dry_run: bool,
) -> int:
    """Find the cause from the failing input, or write down what somebody found.

    As 'promptgate diagnose': reproduces the failure, then asks old and new prompt on old
    and new model until the cause is clear. Exits 3 where it is not settled.
    """
    from promptgate.incidents.diagnosis import told_by_hand
    from promptgate.incidents.sentences import cause
    from promptgate.investigate.settings import InvestigateSettings

    desk = acting.desk()
    if found is not None:
        if dry_run:
            raise InputError("--dry-run says what would be asked; --found asks nothing.")
        limits = desk.incidents.project.section("investigate", InvestigateSettings)
        event = told_by_hand(found, posterior, note, limits.confidence)
    else:
        if posterior is not None or note is not None:
            raise InputError("--posterior and --note belong to --found.")
        sides = (baseline, candidate, baseline_model, candidate_model)
        search = _prepare(desk, sides, (mode, max_calls, max_cost))
        if dry_run:
            return say_diagnosis_plan(*search, desk.json_file)
        event = _search(desk, *search)
    done = f"The cause: {cause(event)}."
    desk.tell(desk.append(event), done, diagnosis=event.model_dump())
    return ExitCode.OK if event.cause is not None else ExitCode.HOLD


def _prepare(
    desk: Desk,
    sides: tuple[str | None, str | None, str | None, str | None],
    limits: tuple[AskMode, int | None, float | None],
) -> tuple[Subject, Factors, Asker]:
    """Return the failing input, what is compared on it, and what asks."""
    from promptgate.incidents.diagnosis import failing_revision, failing_subject
    from promptgate.investigate.opening import Sides, open_asker, open_factors

    project = desk.incidents.project
    subject = failing_subject(desk.incidents, desk.incident)
    baseline, candidate, old_model, new_model = sides
    chosen = Sides(baseline, candidate or failing_revision(project), old_model, new_model)
    return subject, open_factors(project, subject, chosen), open_asker(project, *limits)


def _search(desk: Desk, subject: Subject, factors: Factors, asker: Asker) -> Diagnosed:
    """Run the diagnosis on the failing input and show it."""
    from promptgate.incidents.diagnosis import event_of
    from promptgate.investigate.diagnosing import diagnose as find
    from promptgate.investigate.show import diagnosis_view, render_diagnosis

    with live_view() as show:
        found = find(
            subject,
            factors,
            asker,
            told=lambda posterior, seen: show(lambda: diagnosis_view(posterior, seen)),
        )
    desk.screen.print(render_diagnosis(found))
    return event_of(found, factors.new.arm.tree.commit)
