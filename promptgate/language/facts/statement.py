"""One clause that states something: what it is about, its polarity, its values.

Apart from statements.py, which cuts a text into them: here is what can be asked of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.language.facts.values import Day
from promptgate.language.folding import fold

if TYPE_CHECKING:
    from promptgate.language.facts.values import Value, Words
    from promptgate.language.sentences import Span

NOT = "not"
"""Stands among the words of a condition that is denied."""
ELLIPSIS = re.compile(
    r"\b(?:is|are|was|were|does|do|did|can|has|have|will|must|should|(?<!\d )may)(?: not|n't)?\W*$"
)
"""A clause that ends in an auxiliary: 'It is not'."""
_THROUGH = re.compile(r" ?(?:to\b|until\b|till\b|through\b|[-–])")


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause that states something.

    Attributes:
        span: Where it stands in its text.
        text: As it is written.
        words: Stems of what it is about and says, without its amounts and dates.
        context: Stems that its subject or predicate borrows from what stands before it.
        condition: Stems of what must hold for it; empty where it always holds.
        positive: False where it is denied, by a negation or by an opposite word.
        negated: Whether a negation denies it.
        values: What it says in values.
        elliptic: Whether it has no subject of its own.
        reckons: Whether its sentence works an amount out ('together', 'twice the amount').
        implied: Whether it is a 'Yes' or 'No', read with the question.
        asked: Stems of the question that it answers.
        names: The proper names in it.
        claim: What a 'Yes' or 'No' says or denies: the question; '' for any other statement.
        denies: Whether it is a 'No'.
        sentence: Where the sentence stands that it is a part of.
        label: Stems of what it is the value of: 'battery' in 'Battery: 4,500 mAh'.
    """

    span: Span
    text: str
    words: Words
    context: Words
    condition: Words
    positive: bool
    negated: bool
    values: tuple[Value, ...]
    elliptic: bool
    reckons: bool = False
    implied: bool = False
    asked: Words = frozenset()
    names: tuple[Value, ...] = ()
    claim: str = ""
    denies: bool = False
    label: Words = frozenset()
    sentence: Span = (0, 0)


def is_within(value: Day, first: Day, one: Statement) -> bool:
    """Tell whether a day or month lies between a given one and the next: 'November to April'.

    Args:
        value: What is asked of.
        first: A day of the statement.
        one: The statement.
    """
    if first.month is None or value.month is None:
        return False
    for last in one.values:
        if not isinstance(last, Day) or last.month is None or last is first:
            continue
        between = fold(one.text)[
            max(0, first.span[1] - one.span[0]) : max(0, last.span[1] - one.span[0])
        ]
        if not _THROUGH.match(between):
            continue
        begin, end, mine = (
            (day.month or 0, day.day or none) for day, none in ((first, 0), (last, 31), (value, 15))
        )
        return begin <= mine <= end if begin <= end else mine >= begin or mine <= end
    return False
