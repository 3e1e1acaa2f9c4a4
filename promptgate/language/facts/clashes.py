"""Find the given value that a value of an answer stands against: of the same slot and thing.

The closest given statements count; where one of them agrees, nothing is said: a wrong alarm
costs more than a miss.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import written
from promptgate.language.facts.conflict import clash
from promptgate.language.facts.inventions import cannot_tell
from promptgate.language.facts.lexicon import canonical
from promptgate.language.facts.novelty import is_hedged
from promptgate.language.facts.subjects import (
    ABOUT_SAME,
    closeness,
    comparable,
    own_words,
    same_subject,
    says_too,
    topic_of,
)
from promptgate.language.facts.values import Amount, Trait, agree
from promptgate.language.folding import fold
from promptgate.language.stems import WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.conflict import Conflict
    from promptgate.language.facts.novelty import Pool
    from promptgate.language.facts.statement import Statement
    from promptgate.language.facts.values import Value, Words

_SWAPPED = 0.6
"""Closeness from which a value counts as wrong here that the facts give elsewhere."""
_LABELLED = 0.75
_WHOLE = 100.0
_CLOSE = 0.2
_MOST_ADDENDS = 6
_OTHERS = re.compile(r"\b(?:others?|another|elsewhere)\b")


def nearest_clash(
    facts: Sequence[Statement], one: Statement, value: Value, pool: Pool
) -> Conflict | None:
    """Return the conflict of one value of the answer with the closest given value.

    Where the two statements do not say quite the same, it may have been reckoned.
    """
    if isinstance(value, Amount) and one.before(value) == "by":  # 'won by seven points'
        return None
    if _OTHERS.search(fold(one.text)):
        return None
    if one.negated or one.reckons or (value.is_modifier and not isinstance(value, Trait)):
        return None
    near: list[tuple[float, Statement, Value]] = []
    for fact in facts:
        if fact.positive != one.positive or _is_multiple(one, fact, value):
            continue
        for other in fact.values:
            if not comparable(value, other) or says_too(one, value, other):
                continue
            if isinstance(value, Trait) and _in_passing(fact, value):
                continue
            if value.slot == "percent" and _is_rest(value, other):
                continue
            own = own_words(value) | own_words(other) | _near(value, other)
            close = closeness(one, fact, own, value.slot)
            if value.slot == "plain" and not _same_label(one, fact, value, other):
                close = close if close is not None and close >= _LABELLED else None
            if close and same_subject(one, fact, value, other):
                near.append((close, fact, other))
    if not near:
        return None
    best = max(close for close, *_ in near)
    given_elsewhere = any(
        (comparable(value, other) and agree(value, other)) or _is_bare(value, other)
        for fact in facts
        for other in fact.values
    )
    if best < (_SWAPPED if given_elsewhere else ABOUT_SAME):
        return None
    if best < 1 and not given_elsewhere and isinstance(value, Amount) and pool.explains(value):
        return None
    alike = [v for v in one.values if v.slot == value.slot] if isinstance(value, Trait) else [value]
    if any(
        agree(mine, other) for mine in alike for close, _, other in near if close >= best - _CLOSE
    ) or _adds_up(value, [other for _, _, other in near]):
        return None
    _, fact, other = max(near, key=lambda row: row[0])
    if value.is_modifier and best < 1:
        return None
    return clash(fact, one, value, other)


def headed_clash(facts: Sequence[Statement], one: Statement, value: Value) -> Conflict | None:
    """Return the conflict of an attribute with the only one that is given of the same noun."""
    if not isinstance(value, Trait) or not value.head or one.condition or not one.positive:
        return None
    given = [
        (fact, other)
        for fact in facts
        for other in fact.values
        if isinstance(other, Trait) and other.slot == value.slot and other.head == value.head
    ]
    if not given or any(agree(value, other) or not fact.positive for fact, other in given):
        return None
    fact, other = given[0]
    return clash(fact, one, value, other)


def misplaced(facts: Sequence[Statement], one: Statement, value: Value) -> Conflict | None:
    """Return the conflict with the value that the facts give beside the same word.

    'Widened in 1894' has the word that the facts have beside 1961.
    """
    if one.negated or one.condition or one.reckons or isinstance(value, Trait):
        return None
    anchor = one.anchor(value)
    if not anchor or is_hedged(fold(one.text)):
        return None
    given = [
        (fact, other)
        for fact in facts
        for other in fact.values
        if fact.anchor(other) == anchor and comparable(value, other)
    ]
    if not given or any(agree(value, other) for _, other in given):
        return None
    if any(
        not topic_of(one, fact, value, other) or cannot_tell(value, other) for fact, other in given
    ):
        return None
    fact, other = given[0]
    return clash(fact, one, value, other)


def _is_bare(value: Value, other: Value) -> bool:
    """Tell whether a number is given without its noun: 'there are 179 seats, the left has 87'."""
    if not (isinstance(value, Amount) and isinstance(other, Amount)):
        return False
    return other.slot == "plain" and other.low == written(value)


def _is_rest(value: Value, other: Value) -> bool:
    """Tell whether two shares make a whole: '20 % are lost', '80 % are left'."""
    if not (isinstance(value, Amount) and isinstance(other, Amount)):
        return False
    return abs(value.low + other.low - _WHOLE) < 1


def _in_passing(fact: Statement, value: Trait) -> bool:
    """Tell whether a statement has a name, too, in no role that could be told."""
    if not value.slot.startswith("name:"):
        return False
    roles = (v.names for v in fact.values if isinstance(v, Trait))
    heard = frozenset(WORD.findall(fold(fact.text)))
    return value.names <= heard and not any(value.names & names for names in roles)


def _same_label(one: Statement, fact: Statement, value: Value, other: Value) -> bool:
    """Tell whether two bare numbers stand beside the same word: 'port 3' and 'port 2'."""
    mine, theirs = one.before(value), fact.before(other)
    return bool(mine) and canonical(mine) == canonical(theirs)


def _is_multiple(one: Statement, fact: Statement, value: Value) -> bool:
    """Tell 'two packages contain 40 bags' from 'a package contains 20'."""
    theirs = {v.slot for v in fact.values}
    return any(
        isinstance(v, Amount)
        and v is not value
        and v.slot.startswith("count:")
        and v.slot not in theirs
        and v.slot.removeprefix("count:") in fact.words
        for v in one.values
    )


def _near(value: Value, other: Value) -> Words:
    """Return what only one of two amounts is said to be of: '20 percent of the price'."""
    if isinstance(value, Amount) and isinstance(other, Amount) and not (value.near and other.near):
        return value.near | other.near
    return frozenset()


def _adds_up(value: Value, others: Sequence[Value]) -> bool:
    """Tell whether an amount is the sum of some that were given."""
    if not isinstance(value, Amount) or value.low != value.high:
        return False
    given = [other for other in others if isinstance(other, Amount) and other.low == other.high]
    amounts = [amount.low for amount in given[:_MOST_ADDENDS]]
    return any(
        abs(sum(chosen) - value.low) <= 1e-6 * abs(value.low)
        for size in range(2, len(amounts) + 1)
        for chosen in combinations(amounts, size)
    )
