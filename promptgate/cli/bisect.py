"""`promptgate bisect`: since which commit an input fails."""

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
from promptgate.errors import ExitCode

if TYPE_CHECKING:
    from promptgate.investigate.asking import AskMode


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
@limit_options
@html_option
@json_option
def bisect(
    json_file: str | None,
    html: str | None,
    good: str | None,
    bad: str,
    model: str | None,
    exit_code: bool,
    mode: AskMode,
    max_calls: int | None,
    max_cost: float | None,
    dry_run: bool,
    **which: Any,
) -> int:
    """Find the commit since which an input fails, though answers differ from run to run.

    Asks the versions that change the prompt's fingerprint, each as often as it tells
    most, until one of them is 95 % probable. Exits 0 with the commit, 3 when the limit
    or the recordings end before.
    """
    from promptgate.investigate.bisecting import find_commit, state_of
    from promptgate.investigate.expecting import bisection_search, expected
    from promptgate.investigate.opening import open_asker, open_subject
    from promptgate.investigate.sections import section_of
    from promptgate.investigate.settings import InvestigateSettings
    from promptgate.investigate.show import bisection_table, render_bisection
    from promptgate.investigate.versions import check_served, history, open_version

    project = open_checked_project()
    subject = open_subject(project, wanted_of(**which, revision=bad))
    asker = open_asker(project, mode, max_calls, max_cost)
    if exit_code:
        here = open_version(project, subject.prompt, "worktree", model)
        state, seen = state_of(subject, here, asker)
        console().print(f"{state.value}: {seen.fails} of {seen.calls} answers fail", markup=False)
        return {"good": 0, "bad": 1}.get(state.value, 125)
    if good is None:
        raise click.UsageError("--good REV is needed: an older revision where the input passes.")
    versions = history(project, subject.prompt, good, bad, model)
    check_served([model or versions[-1].arm.prompt(subject.prompt).model], asker.today)
    if dry_run:
        request = subject.request(versions[-1].arm)
        plan = expected(bisection_search(len(versions)), asker, request)
        lines = [f"{len(versions)} versions of {subject.prompt!r}.", f"Takes {plan}."]
        return say_plan(lines, plan.to_json() | {"versions": len(versions)}, json_file)
    shown = [(version.revision, version.subject) for version in versions]
    confidence = project.section("investigate", InvestigateSettings).confidence
    with live_view() as show:
        found = find_commit(
            subject,
            versions,
            asker,
            confidence=confidence,
            told=lambda posterior, seen: show(lambda: bisection_table(shown, seen, posterior)),
        )
    console(to_stderr=json_file == "-").print(render_bisection(found))
    write_html(html, subject.title, (section_of(found),))
    write_json(json_file, found.to_json())
    return ExitCode(found.exit_code)
