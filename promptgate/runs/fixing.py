"""A fix that stands ready: how large it is, beside the candidate that it mends.

Whether it passes is found by the gate itself, in gating.py.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.gate import Affected
from promptgate.runs.applications.code import code_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from promptgate.runs.arms import Arm
    from promptgate.runs.plan import Plan


def parse_affected(text: str) -> Affected:
    """Return how many of those looked at are hit, from 'K/N'.

    Raises:
        InputError: It is not two whole numbers with 0 <= K <= N and N above 0.
    """
    hit, slash, of = text.partition("/")
    if not slash or not hit.strip().isdecimal() or not of.strip().isdecimal():
        raise InputError(f"--affected must be K/N, for example 3/200, but got {text!r}.")
    affected = Affected(int(hit), int(of))
    if affected.of == 0 or affected.affected > affected.of:
        raise InputError(
            f"--affected must be K of N with K at most N and N above 0, but got {text!r}."
        )
    return affected


def fix_size(plan: Plan, fix: Arm) -> tuple[int, int]:
    """Return the changed lines and files of a fix, in what decides the tested behaviour.

    Lines are counted as `git diff --numstat` does: those added plus those removed. The
    texts are compared rather than git's commits, as the candidate may be on disk only.

    Args:
        plan: The gate's; its last arm is the candidate.
        fix: The arm of the fix.
    """
    candidate = plan.arms[-1]
    lines = files = 0
    before, after = _files(plan, candidate), _files(plan, fix)
    for path in before.keys() | after.keys():
        changed = changed_lines(before.get(path, ""), after.get(path, ""))
        lines += changed
        files += before.get(path) != after.get(path)
    return lines, files


def changed_lines(before: str, after: str) -> int:
    """Return how many lines are removed and added on the way from one text to another."""
    matcher = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return len(before.splitlines()) + len(after.splitlines()) - 2 * same


def _files(plan: Plan, arm: Arm) -> Mapping[str, str]:
    """Return the texts that decide what the plan's prompts and applications do in an arm."""
    texts: dict[str, str] = {}
    prompts = {planned.prompt for planned in plan.cases if planned.suite.target is None}
    for target in {planned.prompt for planned in plan.cases if planned.suite.target is not None}:
        settings = arm.applications.of(target)
        prompts.update(settings.prompts)
        code = code_files(arm.code_of(target), settings, target, strict=False) or {}
        texts |= {path: text.decode("utf-8", "replace") for path, text in code.items()}
    for name in prompts:
        if arm.has(name):
            texts |= arm.prompt(name).closure
    return texts
