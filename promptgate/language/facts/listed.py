"""Hold a number of things against the list of their names: 'six countries' where five are named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.facts.conflict import Conflict
from promptgate.language.facts.families import family
from promptgate.language.facts.values import Amount
from promptgate.language.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.cells import Cell
    from promptgate.language.facts.statement import Statement

_NAME = r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*"
_LIST = re.compile(rf"{_NAME}(?:, {_NAME})+,? and {_NAME}")
_MORE = re.compile(r"\b(?:other|others|more|including|among|such as|e\.g|for example|like|etc)\b")
_ASKED = re.compile(r"\b(?:how many|which|what)\b")


def miscounted(
    facts: Sequence[Statement], mine: Cell, given: str, question: str
) -> Conflict | None:
    """Return the conflict of a counted number with the only list of names about the same.

    Args:
        facts: What was given, read.
        given: The same, as it is written.
        mine: A value of the answer.
        question: What was asked, which must ask how many or which.
    """
    value, one = mine.value, mine.of
    if not isinstance(value, Amount) or not value.slot.startswith("count:") or value.bound:
        return None
    if mine.mark or value.low < 2 or one.negated or one.condition:
        return None
    if not _ASKED.search(fold(question)) or _MORE.search(fold(one.text)):
        return None
    noun = family(value.slot.removeprefix("count:"))
    if noun not in map(family, one.asked):
        return None
    if any(v.slot == value.slot for fact in facts for v in fact.values):
        return None
    about = (mine.own | mine.borrowed) - {noun}
    lists = [
        (fact, match)
        for match in _LIST.finditer(given)
        for fact in facts
        if fact.span[0] <= match.start() < fact.span[1]
        and frozenset(map(family, fact.words | fact.context)) & about
        and not _MORE.search(fold(given[slice(*fact.sentence)]))
    ]
    if len(lists) != 1:
        return None
    fact, match = lists[0]
    named = len(re.split(r",? and |, ", match.group()))
    if named == value.low:
        return None
    return Conflict("count", fact.span, one.span, f"{value.said} is not the {named} that are named")
