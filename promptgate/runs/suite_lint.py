"""Find what is wrong with suites without asking a model: every file, its scorers too.

Beside the lint of prompts, which knows no scorer: only here do suites and scorers meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.prompts import Finding, Severity
from promptgate.runs.scoring import Scoring
from promptgate.suites import load_suites
from promptgate.suites.loading import load_suite, suite_files

if TYPE_CHECKING:
    from pathlib import Path

    from promptgate.files import Tree
    from promptgate.runs.judging.declared import Judges

RULE = "suite"


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
