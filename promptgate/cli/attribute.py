"""`promptgate attribute`: which hunks of an edit make an input fail."""

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
  promptgate attribute --case refusal:bomb released worktree
  promptgate attribute --input request.json --prompt support --expect refusal v1.4 HEAD"""
)
@input_options
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option("--model", metavar="ID", help="Ask this model.  [default: that of B]")
@click.option("--lines", is_flag=True, help="Also take guilty changes apart, line by line.")
@limit_options
@html_option
@json_option
def attribute(
    json_file: str | None,
    html: str | None,
    old: str,
    new: str,
    model: str | None,
    lines: bool,
    mode: AskMode,
    max_calls: int | None,
    max_cost: float | None,
    dry_run: bool,
    **which: Any,
) -> int:
    """Find the hunks, lines and parameters between A and B that make an input fail.

    A passes, B fails. Applies subsets of the changes and asks each until its answers
    speak clearly; what comes out suffices alone and is needed. Exits 0 with the
    changes, 3 when the limit or the recordings end before.
    """
    from promptgate.investigate.attributing import attribute as find
    from promptgate.investigate.expecting import attribution_search, expected
    from promptgate.investigate.hunks import hunks_between
    from promptgate.investigate.opening import open_asker, open_subject
    from promptgate.investigate.sections import section_of
    from promptgate.investigate.show import attribution_view, render_attribution
    from promptgate.investigate.versions import check_served, open_version

    project = open_checked_project()
    subject = open_subject(project, wanted_of(**which, revision=new))
    first = open_version(project, subject.prompt, old, model)
    second = open_version(project, subject.prompt, new, model)
    asker = open_asker(project, mode, max_calls, max_cost)
    check_served([model or second.arm.prompt(subject.prompt).model], asker.today)
    if dry_run:
        both = (v.arm.prompt(subject.prompt) for v in (first, second))
        hunks = len(hunks_between(*both))
        plan = expected(attribution_search(max(1, hunks)), asker, subject.request(second.arm))
        told = [f"{hunks} changes from {old} to {new}.", f"Takes {plan}."]
        return say_plan(told, plan.to_json() | {"hunks": hunks}, json_file)
    with live_view() as show:
        found = find(
            subject,
            first,
            second,
            asker,
            by_line=lines,
            told=lambda seen: show(lambda: attribution_view(seen)),
        )
    console(to_stderr=json_file == "-").print(render_attribution(found))
    write_html(html, subject.title, (section_of(found),))
    write_json(json_file, found.to_json())
    return int(found.exit_code)
