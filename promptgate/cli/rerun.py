"""`promptgate rerun`: one input on several prompt versions and models."""

from __future__ import annotations

from dataclasses import replace

import click

from promptgate.cli.investigation import Inquiry, input_options, investigating, live_view
from promptgate.cli.options import COUNT
from promptgate.errors import ExitCode


@click.command(
    epilog="""\b
Examples:
  promptgate rerun --case refusal:bomb --revisions released,worktree
  promptgate rerun --input request.json --prompt support --expect refusal \\
      --revisions v1.4..HEAD --models claude-sonnet-5-5 --before 2"""
)
@input_options
@click.option(
    "--revisions",
    metavar="A,B,…",
    help="Revisions, and ranges A..B of those that change the prompt.  "
    "[default: released, where there is a lock, and worktree]",
)
@click.option("--models", metavar="M,N,…", default="", help="Models.  [default: the prompt's own]")
@click.option(
    "--before",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Also the N models in front of each, by [investigate] models.",
)
@click.option("--repeats", type=COUNT, default=5, show_default=True, help="Answers a cell.")
@click.option(
    "--save-case",
    metavar="ID",
    help="Keep the input as a case of '<prompt>-regressions', redacted and shown still to fail.",
)
@investigating
def rerun(
    inquiry: Inquiry,
    revisions: str | None,
    models: str,
    before: int,
    repeats: int,
    save_case: str | None,
) -> int:
    """Ask one input of several prompt versions and models, cell by cell.

    Exits 0 when every cell has its answers, whatever they are, and 3 when recordings
    or the limit ended before. What is missing is recorded; without a key it says what
    the recordings can still answer.
    """
    from promptgate.investigate.rerunning import rerun as ask
    from promptgate.investigate.saving import save
    from promptgate.investigate.settings import InvestigateSettings
    from promptgate.investigate.show import render_matrix
    from promptgate.investigate.versions import (
        check_served,
        expand_models,
        expand_revisions,
        misspelt,
    )
    from promptgate.project import LOCK

    released = inquiry.project.tree.read(LOCK) is not None
    written = _listed(revisions or ("released,worktree" if released else "worktree"))
    subject, asker = inquiry.open(_rendered_by(written))
    versions = expand_revisions(inquiry.project, subject.prompt, written)
    listed = inquiry.project.section("investigate", InvestigateSettings).models
    own = [version.arm.prompt(subject.prompt).model for version in versions]
    named = _listed(models) if models else own if before else []
    asked = expand_models(listed, named, before)
    check_served(asked or own, asker.today)
    if inquiry.dry_run:
        calls = len(versions) * max(1, len(asked)) * repeats
        told = (
            f"{len(versions)} versions × {max(1, len(asked))} models × {repeats} = {calls} answers"
        )
        return inquiry.say_plan([told + ", as far as they are not recorded."], {"calls": calls})
    with live_view() as show:
        matrix = ask(
            subject,
            versions,
            asked,
            repeats,
            asker,
            told=lambda done, total: show(lambda: f"asking: {done} of {total} answers"),
        )
    if not matrix.complete:
        matrix = replace(matrix, notes=(*matrix.notes, *misspelt(inquiry.project, asked, own)))
    inquiry.screen().print(render_matrix(matrix))
    more = {}
    if save_case is not None:
        saved = save(inquiry.project, subject, versions[-1], save_case, asker)
        inquiry.screen().print(f"\n{saved}\n{saved.left}", markup=False)
        more = {"saved": saved.to_json()}
    inquiry.write(subject.title, matrix, more)
    return ExitCode.OK if matrix.complete else ExitCode.HOLD


def _listed(text: str) -> list[str]:
    found = [part.strip() for part in text.split(",") if part.strip()]
    if not found:
        raise click.UsageError(f"{text!r} names nothing.")
    return found


def _rendered_by(revisions: list[str]) -> str:
    """Return the newest of the revisions: it is held to have rendered a captured request."""
    return revisions[-1].rpartition("..")[2] or "HEAD"
