"""The difference of two texts, by lines, with the words that changed inside them.

For people: hunks with context, as reports and `promptgate diff` show them. Pure; the
renderers choose colours and mark-up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Kind = Literal["same", "removed", "added", "gap"]
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_ALIKE = 0.4
"""Share of a line that must stay for its changed words to be marked: below it is a new line."""
_LONGEST = 4000
"""Characters of a line beyond which its words are not compared."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a line, changed or not."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a difference; of a gap the text says how many lines are left out."""

    kind: Kind
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(piece.text for piece in self.pieces)


def difference(before: str, after: str, context: int = 3) -> tuple[Line, ...]:
    """Return what differs between two texts; () where nothing does.

    Args:
        before: The old text.
        after: The new one.
        context: Lines that stay the same to show around each change.
    """
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    groups = list(matcher.get_grouped_opcodes(context))
    if not groups and before != after:  # only how the last line ends
        return (Line("removed", (Piece(old[-1] if old else ""),)),) if old else ()
    lines: list[Line] = []
    end = 0
    for group in groups:
        lines += _gap(group[0][1] - end)
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                lines += [Line("same", (Piece(text),)) for text in old[i1:i2]]
            else:
                lines += _changed(old[i1:i2], new[j1:j2])
        end = group[-1][2]
    return (*lines, *_gap(len(old) - end if groups else 0))


def _gap(count: int) -> list[Line]:
    told = f"{count} unchanged line{'s' * (count != 1)}"
    return [Line("gap", (Piece(told),))] if count > 0 else []


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Yield removed and then added lines, the words marked where a line was rewritten."""
    pairs = [words(*pair) for pair in zip(old, new, strict=False)]
    for number, text in enumerate(old):
        yield Line("removed", pairs[number][0] if number < len(pairs) else (Piece(text),))
    for number, text in enumerate(new):
        yield Line("added", pairs[number][1] if number < len(pairs) else (Piece(text),))


def words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return two lines in pieces, the words that differ marked; unmarked where little is alike."""
    plain = (Piece(before),), (Piece(after),)
    if max(len(before), len(after)) > _LONGEST:
        return plain
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return plain
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        changed = tag != "equal"
        left += [Piece("".join(old[i1:i2]), changed)] if i2 > i1 else []
        right += [Piece("".join(new[j1:j2]), changed)] if j2 > j1 else []
    return tuple(left), tuple(right)
