"""Tell whether a text states a fact: by its words, or by equal values in other words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.facts.statements import statements
from promptgate.language.facts.values import Trait, agree
from promptgate.language.facts.wording import content
from promptgate.language.folding import fold
from promptgate.language.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.values import Value
    from promptgate.language.sentences import Span

_AFTERTHOUGHT = re.compile(r"\bwithout\b")  # 'up to eight visitors without the password'


def states(text: str, fact: str) -> Span | None:
    """Return where a text states a fact; None where it does not.

    A fact is there when its words stand there as written, or when one sentence has all its
    content words (by their stems), its values ('24 months' for 'two years') and its polarity.

    Args:
        text: An answer.
        fact: A sentence, or as little as '30 days' or 'Mill Street'.
    """
    needle = " ".join(fold(fact).strip(" .!").split())
    folded = fold(text)
    read = statements(fact)
    denied = any(not one.positive for one in read)
    pattern = re.compile(
        rf"(?<!\w){re.escape(needle).replace(chr(92) + ' ', chr(92) + 's+')}(?!\w)"
    )
    for match in pattern.finditer(folded):
        if denied or not _denied_at(text, match.start()):
            return match.span()
    values = [value for value in values_in(fact) if not isinstance(value, Trait)]
    wanted = frozenset().union(*(one.words for one in read))
    if not wanted and not values:
        wanted = content(fact)
    if not wanted and not values:
        return None
    for start, end in sentences(text):
        sentence = statements(text[start:end])
        words = frozenset().union(*(one.words | one.context for one in sentence), frozenset())
        held = [value for one in sentence if not one.negated or denied for value in one.values]
        positive = all(one.positive for one in sentence)
        if (
            wanted - _counted(values) <= words
            and all(any(_equal(value, other) for other in held) for value in values)
            and (positive != denied or bool(values))
        ):
            return start, end
    return None


def values_in(text: str) -> list[Value]:
    """Return the amounts, dates, times, names and attributes that a text states."""
    return [value for one in statements(text) for value in one.values]


def _equal(value: Value, other: Value) -> bool:
    if value.slot == "plain" and other.slot.startswith("count:"):
        return getattr(value, "low", None) == getattr(other, "low", None)
    return value.slot == other.slot and agree(other, value)


def _counted(values: Sequence[Value]) -> frozenset[str]:
    return frozenset(v.slot.removeprefix("count:") for v in values if v.slot.startswith("count:"))


def _denied_at(text: str, position: int) -> bool:
    """Tell whether a negation that stands at a position, or before it, denies what is there."""
    return any(
        one.negated
        and one.span[0] <= position < one.span[1]
        and not _AFTERTHOUGHT.search(fold(text[position : one.span[1]]))
        for one in statements(text)
    )
