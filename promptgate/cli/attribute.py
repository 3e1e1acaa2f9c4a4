"""`promptgate attribute`: which hunks of an edit make an input fail."""

from __future__ import annotations

import click

from promptgate.cli.investigation import Inquiry, input_options, investigating, live_view


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
@investigating
def attribute(
    inquiry: Inquiry,
    old: str,
    new: str,
    model: str | None,
    lines: bool,
) -> int:
    """Find the hunks, lines and parameters between A and B that make an input fail.

    A passes, B fails. Applies subsets of the changes and asks each until its answers
    speak clearly; what comes out suffices alone and is needed. Exits 0 with the
    changes, 3 when the limit or the recordings end before.
    """
    from promptgate.investigate.attributing import attribute as find
    from promptgate.investigate.expecting import attribution_search, expected
    from promptgate.investigate.hunks import hunks_between
    from promptgate.investigate.show import attribution_view, render_attribution
    from promptgate.investigate.versions import check_served, open_version

    subject, asker = inquiry.open(new)
    first = open_version(inquiry.project, subject.prompt, old, model)
    second = open_version(inquiry.project, subject.prompt, new, model)
    check_served([model or second.arm.prompt(subject.prompt).model], asker.today)
    if inquiry.dry_run:
        both = (v.arm.prompt(subject.prompt) for v in (first, second))
        hunks = len(hunks_between(*both))
        plan = expected(attribution_search(max(1, hunks)), asker, subject.request(second.arm))
        told = [f"{hunks} changes from {old} to {new}.", f"Takes {plan}."]
        return inquiry.say_plan(told, plan.to_json() | {"hunks": hunks})
    with live_view() as show:
        found = find(
            subject,
            first,
            second,
            asker,
            by_line=lines,
            told=lambda seen: show(lambda: attribution_view(seen)),
        )
    inquiry.screen().print(render_attribution(found))
    inquiry.write(subject.title, found)

    return int(found.exit_code)
