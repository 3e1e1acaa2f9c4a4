"""`promptgate shrink`: the smallest input that still fails."""

from __future__ import annotations

import click

from promptgate.cli.investigation import Inquiry, input_options, investigating, live_view


@click.command(
    epilog="""\b
Examples:
  promptgate shrink --input request.json --prompt support --expect refusal
  promptgate shrink --case refusal:bomb --max-calls 60 --json -"""
)
@input_options
@click.option(
    "--revision", metavar="REV", default="worktree", show_default=True, help="The prompt."
)
@click.option("--model", metavar="ID", help="Ask this model.  [default: the prompt's own]")
@investigating
def shrink(
    inquiry: Inquiry,
    revision: str,
    model: str | None,
) -> int:
    """Find the smallest conversation that still fails the same check.

    Leaves out messages, then sentences, then words, and keeps what still fails by
    more than chance. Exits 0 when nothing more can go, 3 when the limit or the
    recordings end before; what was found so far is shown either way.
    """
    from promptgate.investigate.show import render_shrunk
    from promptgate.investigate.shrinking import shrink as find
    from promptgate.investigate.shrinking import size
    from promptgate.investigate.versions import check_served, open_version

    subject, asker = inquiry.open(revision)
    version = open_version(inquiry.project, subject.prompt, revision, model)
    check_served([model or version.arm.prompt(subject.prompt).model], asker.today)
    if inquiry.dry_run:
        most = asker.limits.calls
        told = f"Shrinks {size(subject.case)} characters with at most {most} answers."
        return inquiry.say_plan([told], {"most": most})
    with live_view() as show:
        found = find(
            subject,
            version,
            asker,
            told=lambda case, calls: show(lambda: f"{size(case)} characters, {calls} answers"),
        )
    inquiry.screen().print(render_shrunk(found))
    inquiry.write(subject.title, found)

    return int(found.exit_code)
