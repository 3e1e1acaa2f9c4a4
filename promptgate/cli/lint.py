"""`promptgate lint`: check prompts without calling a model."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from promptgate.cli.common import (
    live_source,
    open_checked_project,
    screen_for,
    write_json,
    write_output,
)
from promptgate.cli.options import json_option, record_option
from promptgate.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from promptgate.investigate.asking import AskMode
    from promptgate.project import Project
    from promptgate.prompts import Finding
    from promptgate.runs.answers import Source


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
@record_option
@json_option
@click.option(
    "--sarif", metavar="FILE", help="Also write the findings as SARIF 2.1.0; '-' is stdout."
)
def lint(
    revision: str,
    json_file: str | None,
    sarif: str | None,
    name: str | None,
    mode: AskMode,
    max_calls: int | None,
    max_cost: float | None,
) -> int:
    """Check prompts and suites without calling a model, or with one that is named.

    Of prompts: variables, includes, structure, models that retire, instructions that
    contradict each other. Of suites: everything that a run would refuse.

    Exits 1 when there is an error; warnings and remarks alone exit 0.
    """
    from promptgate.prompts import Severity, open_tree
    from promptgate.reports.findings import findings_json, render_findings
    from promptgate.runs.answers import utc_now
    from promptgate.runs.linting import lint_project

    project = open_checked_project()
    findings = lint_project(project, open_tree(project, revision), utc_now().date())
    if name is not None:
        with live_source(project, max_calls, max_cost) as source:
            told = _judged(project, revision, name, source, live=mode == "record")
        known = {(one.file, one.line, one.related) for one in findings}
        findings += [one for one in told if (one.file, one.line, one.related) not in known]
    screen_for(json_file, sarif).print(render_findings(findings), soft_wrap=True)
    write_json(json_file, findings_json(findings))
    if sarif is not None:
        from importlib.metadata import version

        from promptgate.reports.sarif import lint_sarif

        write_output(sarif, lint_sarif(findings, version("promptgate"), _folder_in(project.root)))
    errors = any(found.severity is Severity.ERROR for found in findings)
    return ExitCode.WORSE if errors else ExitCode.OK


def _judged(
    project: Project, revision: str, name: str, source: Source, *, live: bool
) -> list[Finding]:
    """Return the contradictions that a judge finds in the prompts."""
    from promptgate.prompts import open_tree
    from promptgate.runs.judging.declared import open_judges
    from promptgate.runs.judging.lint import judge_prompts

    words = ["promptgate", "lint", "--judge", name, "--mode", "record"]
    words += [] if revision == "worktree" else ["--revision", revision]
    judge, tree = open_judges(project).find(name), open_tree(project, revision)
    return judge_prompts(
        tree, project.settings.prompts, judge, source, shlex.join(words), live=live
    )


def _folder_in(root: Path) -> str:
    """Return a project's folder in the repository that holds it; '' at the top, or outside one."""
    for parent in (root, *root.parents):
        if (parent / ".git").exists():
            relative = root.relative_to(parent).as_posix()
            return "" if relative == "." else relative
    return ""
