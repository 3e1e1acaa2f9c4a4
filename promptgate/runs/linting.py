"""Find what is wrong with a project without asking a model: its prompts, and its suites.

The lint of prompts knows no suite and no scorer: only here do they meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.models.catalogue import sdk_catalogue
from promptgate.prompts import Finding, Severity
from promptgate.prompts.lint import lint
from promptgate.runs.judging.declared import open_judges
from promptgate.runs.scoring import Scoring
from promptgate.suites import load_suites
from promptgate.suites.loading import load_suite, suite_files

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from promptgate.files import Tree
    from promptgate.project import Project
    from promptgate.runs.judging.declared import Judges

RULE = "suite"


def lint_project(project: Project, tree: Tree, today: date) -> list[Finding]:
    """Return all that is wrong with the prompts and the suites of a project.

    Args:
        project: As it is on disk.
        tree: The files to look at.
        today: For the models that are retired.
    """
    settings = project.settings
    of_prompts = lint(
        tree,
        today=today,
        retirements=sdk_catalogue().end_of_life,
        folder=settings.prompts,
        default_model=settings.model,
    )
    return [*of_prompts, *lint_suites(tree, settings.suites, project.root, open_judges(project))]


def lint_suites(tree: Tree, folder: str, root: Path, judges: Judges) -> list[Finding]:
    """Return the first fault of each suite, in order of file.

    Args:
        tree: The files at one revision.
        folder: The folder of the suites.
        root: The project's root, where functions that suites name are looked for.
        judges: Of the project.
    """
    findings = []
    for file in suite_files(tree, folder):
        try:
            Scoring([load_suite(tree, file)], root, judges)
        except InputError as error:
            findings.append(_finding(error, file))
    if not findings:
        try:
            load_suites(tree, folder)
        except InputError as error:  # what is wrong between suites: a name that stands twice
            findings.append(_finding(error, folder))
    return findings


def _finding(error: InputError, file: str) -> Finding:
    return Finding(error.file or file, error.line or 0, RULE, Severity.ERROR, error.message)
