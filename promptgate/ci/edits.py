"""Which lines of prompts a change touches, so that a remark can stand at them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.prompts import list_prompts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.runs.arms import Arm


@dataclass(frozen=True)
class Edit:
    """Lines of a file as the candidate has them.

    Attributes:
        file: Path in the project.
        first: The first line that was touched, from 1.
        last: The last.
        prompts: The prompts that are made of the file.
    """

    file: str
    first: int
    last: int
    prompts: tuple[str, ...]


def edits(baseline: Arm, candidate: Arm) -> tuple[Edit, ...]:
    """Return what was edited in the prompts that changed, in the order of files and lines.

    A prompt that cannot be read has no edits here: lint and the gate say what is wrong.
    """
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    users: dict[str, list[str]] = {}
    for name in list_prompts(candidate.tree, candidate.folder):
        try:
            if baseline.identity(name) == candidate.identity(name):
                continue
            closure = candidate.prompt(name).closure
            before.update(baseline.prompt(name).closure if baseline.has(name) else {})
        except InputError:
            continue
        after.update(closure)
        for file in closure:
            users.setdefault(file, []).append(name)
    return tuple(
        Edit(file, first, last, tuple(users[file]))
        for file, text in sorted(after.items())
        for first, last in _lines(before.get(file, "").splitlines(), text.splitlines())
    )


def _lines(before: list[str], after: list[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last line of each place that differs; a removal is at the line before it."""
    for kind, _, _, start, end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind != "equal" and after:
            yield (start + 1, end) if end > start else (max(start, 1), max(start, 1))
