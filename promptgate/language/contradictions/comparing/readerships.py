"""Decide whether an answer can be written for two audiences at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.language.contradictions.reading.persons import ALL_OF_THEM
from promptgate.language.contradictions.words.readers import (
    OPPOSITE_ROLES,
    PEOPLE_BY_STEM,
    steps_of,
)

if TYPE_CHECKING:
    from promptgate.language.contradictions.claims import Has

_SCHOOL_ENDS = 12


def ladders_apart(first: str, second: str) -> bool:
    """Tell whether what is written for one step of schooling cannot be for the other."""
    lower, upper = sorted((first, second))
    a, b = steps_of(lower), steps_of(upper)
    if lower.startswith("able:"):  # what a child can follow may be for its parents, not for lawyers
        return upper.startswith("ladder:") and max(a[1], _SCHOOL_ENDS + 1) < b[0]
    return a[1] < b[0] or b[1] < a[0]


def readers_apart(a: Has, b: Has) -> str | None:
    """Return why nobody can be the reader of both; None where somebody can."""
    for one, other in ((a, b), (b, a)):
        for name in one.names:
            kind, _, who = name.partition(":")
            sides = (frozenset({who, w[4:]}) for w in other.names if w.startswith("for:"))
            if kind == "for" and any(side in OPPOSITE_ROLES for side in sides):
                return f"“{one.said}” and “{other.said}” are on two sides"
            if kind == "only":
                for word in other.names:
                    sort, _, them = word.partition(":")
                    if sort == "not" and them == who and other.positive:
                        return f"one is for “{one.said}” only, the other is not"
                    if them in ALL_OF_THEM:
                        continue
                    if sort in ("for", "can") and other.positive and not _are_alike(who, them):
                        return f"one is for “{one.said}” only, the other for “{other.said}”"
    return None


def _are_alike(first: str, second: str) -> bool:
    """Tell people who may be the same: 'employees' and 'warehouse staff'."""
    if first == second:
        return True
    one, two = (
        {name for phrase, name in PEOPLE_BY_STEM.get(who, ()) if phrase == (who,)}
        for who in (first, second)
    )
    return bool(one & two - {"audience:expert", "age:adult", "side:outside"})
