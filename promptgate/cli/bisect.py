"""`promptgate bisect`: since which commit an input fails."""

from __future__ import annotations

import click

from promptgate.cli.common import write_json
from promptgate.cli.investigation import Inquiry, input_options, investigating, live_view


@click.command(
    epilog="""\b
Examples:
  promptgate bisect --case refusal:bomb --good v1.4 --bad HEAD
  git bisect run promptgate bisect --case refusal:bomb --exit-code"""
)
@input_options
@click.option("--good", metavar="REV", help="An older revision where it passes.")
@click.option(
    "--bad", metavar="REV", default="worktree", show_default=True, help="A newer one: it fails."
)
@click.option("--model", metavar="ID", help="Ask this model.  [default: each version's own]")
@click.option(
    "--exit-code",
    is_flag=True,
    help="Only test the work tree: 0 good, 1 bad, 125 cannot be told; for 'git bisect run'.",
)
@investigating
def bisect(
    inquiry: Inquiry,
    good: str | None,
    bad: str,
    model: str | None,
    exit_code: bool,
) -> int:
    """Find the commit since which an input fails, though answers differ from run to run.

    Asks the versions that change the prompt's fingerprint, each as often as it tells
    most, until one of them is 95 % probable. Exits 0 with the commit, 3 when the limit
    or the recordings end before.
    """
    from promptgate.investigate.bisecting import find_commit, state_of
    from promptgate.investigate.expecting import bisection_search, expected
    from promptgate.investigate.show import bisection_table, render_bisection
    from promptgate.investigate.versions import check_served, history, open_version

    subject, asker = inquiry.open(bad)
    if exit_code:
        here = open_version(inquiry.project, subject.prompt, "worktree", model)
        state, seen = state_of(subject, here, asker)
        told = f"{state.value}: {seen.fails} of {seen.calls} answers fail"
        inquiry.screen().print(told, markup=False)
        tested = {"state": state.value, "fails": seen.fails, "answers": seen.calls}
        write_json(inquiry.json_file, {"schema_version": 1, **tested})
        return {"good": 0, "bad": 1}.get(state.value, 125)
    if good is None:
        raise click.UsageError("--good REV is needed: an older revision where the input passes.")
    versions = history(inquiry.project, subject.prompt, good, bad, model)
    check_served([model or versions[-1].arm.prompt(subject.prompt).model], asker.today)
    if inquiry.dry_run:
        request = subject.request(versions[-1].arm)
        plan = expected(bisection_search(len(versions)), asker, request)
        lines = [f"{len(versions)} versions of {subject.prompt!r}.", f"Takes {plan}."]
        return inquiry.say_plan(lines, plan.to_json() | {"versions": len(versions)})
    shown = [(version.revision, version.subject) for version in versions]
    with live_view() as show:
        found = find_commit(
            subject,
            versions,
            asker,
            told=lambda posterior, seen: show(lambda: bisection_table(shown, seen, posterior)),
        )
    inquiry.screen().print(render_bisection(found))
    inquiry.write(subject.title, found)

    return int(found.exit_code)
