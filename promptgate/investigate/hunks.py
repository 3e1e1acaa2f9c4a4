"""The difference of two versions of a prompt as hunks that can be applied one by one.

All files of both closures are compared, front matter included, so a changed parameter
or example is a hunk like any other. A form is a tree with some hunks applied; the
prompt is loaded from it by the code that loads every prompt.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from promptgate.prompts import Prompt


@dataclass(frozen=True)
class Hunk:
    """One change.

    Attributes:
        file: Path in the project.
        start: The first line of `old` in the old file, from 1; where nothing is removed,
            the line that the new ones come in front of.
        old: Lines that go, with their ends.
        new: Lines that come.
        new_start: The first line of `new` in the new file, from 1.
    """

    file: str
    start: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    new_start: int


class Form:
    """The files of a prompt with some hunks applied; a tree to load it from.

    Args:
        old: Path to text of the old version.
        hunks: Those to apply.
    """

    revision = "form"
    commit: str | None = None

    def __init__(self, old: Mapping[str, str], hunks: Sequence[Hunk]) -> None:
        self._files = apply_hunks(old, hunks)

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None where the form has no such file."""
        text = self._files.get(path)
        return None if text is None else text.encode("utf-8", "surrogatepass")

    def list(self, folder: str) -> list[str]:
        """Return the paths of all files below a folder, sorted."""
        return sorted(path for path in self._files if path.startswith(f"{folder}/"))


def hunks_between(old: Prompt, new: Prompt) -> tuple[Hunk, ...]:
    """Return every change from one version to another, in the order of file and line."""
    found: list[Hunk] = []
    before, after = dict(old.closure), dict(new.closure)
    # A prompt that was renamed is one file that changed, not two.
    if old.file != new.file:
        before[new.file] = before.pop(old.file)
    for file in dict.fromkeys([*before, *after]):
        found += _of_file(file, before.get(file, ""), after.get(file, ""))
    return tuple(found)


def _of_file(file: str, old: str, new: str) -> list[Hunk]:
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [
        Hunk(file, i1 + 1, tuple(before[i1:i2]), tuple(after[j1:j2]), j1 + 1)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def lines_of(hunk: Hunk) -> tuple[Hunk, ...]:
    """Return a hunk's lines as hunks of their own: pairs while both sides have one."""
    paired = min(len(hunk.old), len(hunk.new))
    if len(hunk.old) + len(hunk.new) - paired <= 1:
        return (hunk,)
    found = []
    for place in range(max(len(hunk.old), len(hunk.new))):
        old, new = hunk.old[place : place + 1], hunk.new[place : place + 1]
        start = hunk.start + min(place, len(hunk.old))
        found.append(Hunk(hunk.file, start, old, new, hunk.new_start + min(place, len(hunk.new))))
    return tuple(found)


def apply_hunks(old: Mapping[str, str], hunks: Sequence[Hunk]) -> dict[str, str]:
    """Return the old files with some hunks applied; a file that becomes empty goes."""
    files = {path: text.splitlines(keepends=True) for path, text in old.items()}
    by_file: dict[str, list[Hunk]] = {}
    for hunk in hunks:
        by_file.setdefault(hunk.file, []).append(hunk)
    for file, own in by_file.items():
        before, after, place = files.get(file, []), [], 0
        for hunk in sorted(own, key=lambda h: (h.start, h.new_start)):
            after += before[place : hunk.start - 1]
            after += hunk.new
            place = hunk.start - 1 + len(hunk.old)
        files[file] = after + before[place:]
    return {path: "".join(lines) for path, lines in files.items() if lines}
