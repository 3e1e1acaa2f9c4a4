"""What a property of an answer is: its kind, its name and the pattern by which it is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Property:
    """One property: its kind, its group (the part of the name before ':'), and how it is said.

    Attributes:
        kind: What a finding is called.
        name: The property, with its group before a colon.
        pattern: How it is said.
        traces: Letters of which a text that says it has one; none where that cannot be told.
    """

    kind: str
    name: str
    pattern: re.Pattern[str]
    traces: tuple[str, ...] = ()

    def may_be_in(self, text: str) -> bool:
        """Tell quickly whether it is worth looking for the property in a text."""
        return not self.traces or any(trace in text for trace in self.traces)

    @cached_property
    def group(self) -> str:
        """What the property is a value of: 'language', 'tone', …"""
        return self.name.split(":")[0]


def made_of(kind: str, **patterns: str) -> tuple[Property, ...]:
    """Return properties of one kind.

    Args:
        kind: What a finding is called.
        patterns: By name, with '__' for ':', what is looked for in folded text.
    """
    return tuple(
        Property(
            kind, name.replace("__", ":"),
            re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])"), _traces(pattern),
        )
        for name, pattern in patterns.items()
    )  # fmt: skip


_PIECE = re.compile(
    r"(?P<open>\((?:\?:|(?P<look>\?<?[=!])|\?P<\w+>)?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<skipped>\\.|\[(?:\\.|[^\]])*\]|[.^$])|(?P<some>[?*+]\??|\{[^}]*\})|(?P<letter>.)",
    re.S,
)
_SHORTEST = 3


def _traces(pattern: str) -> tuple[str, ...]:
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
                inner = _traces(pattern[start : piece.start()])
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
