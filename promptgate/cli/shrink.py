"""`promptgate shrink`: the smallest input that still fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import console, json_option, open_checked_project, write_json
from promptgate.cli.investigation import (
    html_option,
    input_options,
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
  promptgate shrink --input request.json --prompt support --expect refusal
  promptgate shrink --case refusal:bomb --max-calls 60 --json -"""
)
@input_options
@click.option(
    "--revision", metavar="REV", default="worktree", show_default=True, help="The prompt."
)
@click.option("--model", metavar="ID", help="Ask this model.  [default: the prompt's own]")
@limit_options
@html_option
@json_option
def shrink(
    json_file: str | None,
    html: str | None,
    revision: str,
    model: str | None,
    mode: AskMode,
    max_calls: int | None,
    max_cost: float | None,
    dry_run: bool,
    **which: Any,
) -> int:
    """Find the smallest conversation that still fails the same check.

    Leaves out messages, then sentences, then words, and keeps what still fails by
    more than chance. Exits 0 when nothing more can go, 3 when the limit or the
    recordings end before; what was found so far is shown either way.
    """
    from promptgate.investigate.opening import open_asker, open_subject
    from promptgate.investigate.sections import section_of
    from promptgate.investigate.show import render_shrunk
    from promptgate.investigate.shrinking import shrink as find
    from promptgate.investigate.shrinking import size
    from promptgate.investigate.versions import check_served, open_version

    project = open_checked_project()
    subject = open_subject(project, wanted_of(**which, revision=revision))
    version = open_version(project, subject.prompt, revision, model)
    asker = open_asker(project, mode, max_calls, max_cost)
    check_served([model or version.arm.prompt(subject.prompt).model], asker.today)
    if dry_run:
        most = asker.limits.calls
        told = f"Shrinks {size(subject.case)} characters with at most {most} answers."
        return say_plan([told], {"most": most}, json_file)
    with live_view() as show:
        found = find(
            subject,
            version,
            asker,
            told=lambda case, calls: show(lambda: f"{size(case)} characters, {calls} answers"),
        )
    console(to_stderr=json_file == "-").print(render_shrunk(found))
    write_html(html, subject.title, (section_of(found),))
    write_json(json_file, found.to_json())
    return int(found.exit_code)
