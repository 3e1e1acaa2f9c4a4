"""The gate as functions, for notebooks and scripts: `promptgate.gate()`, `promptgate.compare()`.

They return the frozen Decision and write nothing. The commands do the same and
keep what they decided.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptgate.documents import unknown_name
from promptgate.errors import InputError
from promptgate.gate import Policy
from promptgate.models.cassettes import Cassettes
from promptgate.models.settings import ModelSettings
from promptgate.project import find_project
from promptgate.runs.answers import Source
from promptgate.runs.external.comparing import compare_files, make_policy
from promptgate.runs.gate_options import GateOptions
from promptgate.runs.gating import run_gate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.gate import Decision


def gate(
    *,
    baseline: str | None = None,
    candidate: str = "worktree",
    root: str | Path | None = None,
    **options: Any,
) -> Decision:
    """Compare two revisions of a project's prompts on recorded answers and decide.

    Args:
        baseline: Revision; None: what was released, else where the branch began.
        candidate: Revision.
        root: A folder of the project; the current one by default.
        **options: Further fields of promptgate.runs.gating.GateOptions, for example
            suites=("refusal",) or candidate_model="…".

    Raises:
        InputError: Something that the user wrote is wrong, or an option is unknown.
        EvidenceError: A recording is missing or unsound.
    """
    known = [field.name for field in fields(GateOptions)]
    for name in options:
        if name not in known:
            raise InputError(f"promptgate.gate(): {unknown_name('option', name, known)}")
    project = find_project(None if root is None else Path(root))
    source = Source(Cassettes(project.cassettes), project.section("models", ModelSettings))
    chosen = GateOptions(baseline=baseline, candidate=candidate, **options)
    return run_gate(project, chosen, source).decision


def compare(
    baseline: str | Path,
    candidate: str | Path,
    *,
    critical: Sequence[str] = (),
    allow_gap: bool = False,
    policy: Policy | None = None,
    **numbers: Any,
) -> Decision:
    """Compare two CSV or JSONL files of scored trials and decide.

    Args:
        baseline: A file with the columns suite, case, score.
        candidate: A file.
        critical: Suites in which every score below 1 is a violation.
        allow_gap: Whether the arms may have been recorded far apart.
        policy: Its numbers; the defaults where None.
        **numbers: Keys of `[gate]` that replace the policy's, for example margin=0.05.

    Raises:
        InputError: A file is wrong, or a key is unknown.
        PolicyError: A number is out of its range, or a suite could never pass or fail.
    """
    known = [name for name in Policy.model_fields if name != "suites"]
    for name in numbers:
        if name not in known:
            raise InputError(f"promptgate.compare(): {unknown_name('key', name, known)}")
    chosen = make_policy(policy or Policy(), numbers)
    compared = compare_files(
        Path(baseline), Path(candidate), chosen, critical=critical, allow_gap=allow_gap
    )
    return compared.decision
