"""Tell from a pattern which letters a text must have before it is worth looking.

Searching hundreds of patterns in each clause is slow; looking for a few letters is not.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(
    r"(?P<open>\((?:\?:|(?P<look>\?<?[=!])|\?P<\w+>)?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<skipped>\\.|\[(?:\\.|[^\]])*\]|[.^$])|(?P<some>[?*+]\??|\{[^}]*\})|(?P<letter>.)",
    re.S,
)
_SHORTEST = 3


def traces(pattern: str) -> tuple[str, ...]:
    """Return letters of which every text that a pattern fits has one; nothing where it has none.

    For each alternative these are the longest letters that it cannot do without or, where it has
    none outside parentheses, those of the first pair of parentheses that must be there.
    """
    found: set[str] = set()
    best, run = "", ""
    inner: tuple[str, ...] = ()
    depth, start = 0, 0
    looks = False
    for piece in _PIECE.finditer(f"{pattern}|"):
        kind, text = piece.lastgroup, piece.group()
        if depth:
            depth += text.startswith("(") - (text == ")")
            after = pattern[piece.end() : piece.end() + 1]
            if not depth and not looks and not inner and (after == "" or after not in "?*{"):
                inner = traces(pattern[start : piece.start()])
            continue
        if kind == "letter":
            run += text
            continue
        if kind == "some" and text[0] != "+":
            run = run[:-1]
        best, run = max(best, run, key=len), ""
        if text.startswith("("):
            depth, start, looks = 1, piece.end(), piece.group("look") is not None
        if kind == "bar":
            if len(best.strip()) < _SHORTEST and not inner:
                return ()
            found |= {best} if len(best.strip()) >= _SHORTEST else set(inner)
            best, inner = "", ()
    return tuple(sorted(one for one in found if not any(o != one and o in one for o in found)))


class Trace:
    """Letters of which a text must have one, looked for quickly."""

    def __init__(self, pattern: str) -> None:
        self._letters = traces(pattern)
        self._beginnings = frozenset(one[:_SHORTEST] for one in self._letters)

    def may_be_in(self, text: str) -> bool:
        """Tell whether it is worth looking for the pattern in a text."""
        if not self._letters:
            return True
        if self._beginnings.isdisjoint(_threes(text)):
            return False
        return any(map(text.__contains__, self._letters))


@lru_cache(maxsize=1024)
def _threes(text: str) -> frozenset[str]:
    """Return every three letters that stand together."""
    return frozenset(map("".join, zip(text, text[1:], text[2:], strict=False)))
