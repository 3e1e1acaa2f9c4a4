"""`promptgate lint`: check prompts without calling a model."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from promptgate.cli.common import (
    cap_options,
    json_option,
    live_source,
    open_checked_project,
    screen_for,
    write_json,
    write_output,
)
from promptgate.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="""\b
Examples:
  promptgate lint
  promptgate lint --revision HEAD~3 --json -
  promptgate lint --sarif lint.sarif
  promptgate lint --judge careful --mode record"""
)
@click.option(
    "--revision", metavar="REV", default="worktree", show_default=True, help="What to check."
)
@click.option("--judge", "name", metavar="NAME", help="Also have a judge look for contradictions.")
@click.option(
    "--mode",
    type=click.Choice(["replay", "record"]),
    default="replay",
    show_default=True,
    help="With --judge: replay its recordings, or record what is missing.",
)
@cap_options
@json_option
@click.option(
    "--sarif", metavar="FILE", help="Also write the findings as SARIF 2.1.0; '-' is stdout."
)
def lint(
    revision: str,
    json_file: str | None,
    sarif: str | None,
    name: str | None,
    mode: str,
    max_calls: int | None,
    max_cost: float | None,
) -> int:
    """Check prompts and suites without calling a model, or with one that is named.

    Of prompts: variables, includes, structure, models that retire, instructions that
    contradict each other. Of suites: everything that a run would refuse.

    Exits 1 when there is an error; warnings and remarks alone exit 0.
    """
    from datetime import UTC, datetime

    from promptgate.models.catalogue import sdk_catalogue
    from promptgate.prompts import Severity, open_tree
    from promptgate.prompts import lint as find
    from promptgate.reports.escape import one_line
    from promptgate.runs.judging.declared import open_judges
    from promptgate.runs.judging.lint import judge_prompts
    from promptgate.runs.suite_lint import lint_suites

    project = open_checked_project()
    settings = project.settings
    tree = open_tree(project, revision)
    findings = find(
        tree,
        today=datetime.now(UTC).date(),
        retirements=sdk_catalogue().end_of_life,
        folder=settings.prompts,
        default_model=settings.model,
    )
    findings += lint_suites(tree, settings.suites, project.root, open_judges(project))
    if name is not None:
        with live_source(project, max_calls, max_cost) as source:
            judge = open_judges(project).find(name)
            words = ["promptgate", "lint", "--judge", name, "--mode", "record"]
            words += [] if revision == "worktree" else ["--revision", revision]
            told = judge_prompts(
                tree, settings.prompts, judge, source, shlex.join(words), live=mode == "record"
            )
        known = {(one.file, one.line, one.related) for one in findings}
        findings += [one for one in told if (one.file, one.line, one.related) not in known]
    screen = screen_for(json_file, sarif)
    style = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
    for found in findings:
        place = f"{found.file}:{found.line}" if found.line else found.file
        screen.print(one_line(place), end=" ", markup=False)
        screen.print(str(found.severity), style=style[found.severity], end=" ")
        screen.print(one_line(f"{found.message} [{found.rule}]", 400), markup=False, soft_wrap=True)
    errors = sum(found.severity is Severity.ERROR for found in findings)
    if not findings:
        screen.print("No findings.")
    write_json(
        json_file,
        {
            "schema_version": 1,
            "findings": [
                {
                    "file": found.file,
                    "line": found.line,
                    "rule": found.rule,
                    "severity": str(found.severity),
                    "message": found.message,
                    "related": found.related or None,
                }
                for found in findings
            ],
        },
    )
    if sarif is not None:
        from importlib.metadata import version

        from promptgate.reports.sarif import lint_sarif

        write_output(sarif, lint_sarif(findings, version("promptgate"), _folder_in(project.root)))
    return ExitCode.WORSE if errors else ExitCode.OK


def _folder_in(root: Path) -> str:
    """Return a project's folder in the repository that holds it; '' at the top, or outside one."""
    for parent in (root, *root.parents):
        if (parent / ".git").exists():
            relative = root.relative_to(parent).as_posix()
            return "" if relative == "." else relative
    return ""
