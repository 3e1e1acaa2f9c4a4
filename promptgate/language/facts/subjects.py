"""Tell whether two statements are about the same thing, and which of their values to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import written
from promptgate.language.facts.lexicon import APART, EXTREME, MEASURES, VERBS, canonical
from promptgate.language.facts.statement import NOT
from promptgate.language.facts.units import IMPLIED
from promptgate.language.facts.values import Amount, Clock, Day, Trait, agree
from promptgate.language.stems import WORD, stem_set, word_set

if TYPE_CHECKING:
    from promptgate.language.facts.statement import Statement
    from promptgate.language.facts.values import Value, Words

ABOUT_SAME = 0.5
"""Closeness from which values of two statements are compared."""
_BOTH_DIFFER = 0.6
_IMPLIED = {slot: frozenset(map(canonical, words.split())) for slot, words in IMPLIED.items()}
_SUBJECTS = frozenset(map(canonical, word_set("price fee cost capacity rate speed")))
_GENERIC = stem_set("thing item time way step point option part piece people person one number")


def closeness(one: Statement, fact: Statement, own: Words, slot: str = "") -> float | None:
    """Return how far two statements are about the same thing, 0 to 1; None where they are not.

    Args:
        one: A statement of the answer.
        fact: A given statement.
        own: Stems of the values that are compared, which decide nothing.
        slot: What the values are of; '' where no values are compared.
    """
    implied = _IMPLIED.get(slot.split(":")[0], frozenset()) | own
    a, b = _bare(one.words, implied), _bare(fact.words, implied)
    a_context, b_context = one.context | a, fact.context | b
    if fact.condition or one.condition:
        if (NOT in fact.condition) != (NOT in one.condition):
            return None
        if fact.condition and not fact.condition & (one.condition | a_context):
            return None
        if one.condition and not one.condition & (fact.condition | b_context):
            return None
    a, b = a | (one.condition & b_context), b | (fact.condition & a_context)
    if slot and ((a - b_context) | (b - a_context)) & MEASURES:
        return None
    shared = (a & b_context) | (b & a_context)
    mine, theirs = a - b_context, b - a_context - one.asked
    if not a and not b:  # '12 euros.' and 'It costs 9 euros.'
        together = not one.context or not fact.context or one.context & fact.context
        return 1.0 if together else None
    if not shared:
        return None
    if mine - VERBS and (theirs - VERBS or (one.elliptic and slot)):
        return None
    if apart(mine, b_context) or apart(theirs, a_context):
        return None
    if slot.startswith(("name:", "clock")):
        mine, theirs = mine - VERBS, theirs - VERBS
    closeness = len(shared) / (len(shared) + len(mine) + len(theirs))
    if slot.startswith("name:") and not mine:
        closeness = max(closeness, ABOUT_SAME)
    return None if mine and theirs and closeness < _BOTH_DIFFER else closeness


def topic_of(one: Statement, fact: Statement, value: Value, other: Value) -> float | None:
    """Return how many words of weight two statements share; None where they speak of two things."""
    slot = value.slot.split(":")[0]
    light = _IMPLIED.get(slot, frozenset()) | VERBS | MEASURES | own_words(value) | own_words(other)
    if slot == "ordinal":
        light |= {value.slot.removeprefix("ordinal:")}
    a, b = one.words - light, fact.words - light
    a_all, b_all = a | one.context | one.asked, b | fact.context
    if (NOT in fact.condition) != (NOT in one.condition) or fact.positive != one.positive:
        return None
    if not same_subject(one, fact, value, other):
        return None
    if apart(a - b_all, b_all) or apart(b - a_all, a | one.context):
        return None
    shared = len(a & b_all) + 0.5 * len(one.context & b_all) * one.elliptic
    if value.slot == "time":
        return shared if a & b_all else 0.0
    if value.slot.startswith("count:") and value.slot.removeprefix("count:") in _GENERIC:
        return shared - 1
    return shared


def _bare(words: Words, implied: Words) -> Words:
    return words - implied or words - (implied - _SUBJECTS)


def apart(only: Words, others: Words) -> bool:
    """Tell whether a word of one side tells its subject from the other's."""
    return any(only & group and (others & group) - only for group in APART)


def implied_words(value: Value) -> Words:
    """Return the stems that the kind of a value implies: 'cost' of money."""
    return _IMPLIED.get(value.slot.split(":")[0], frozenset()) | MEASURES


def same_subject(one: Statement, fact: Statement, value: Value, other: Value) -> bool:
    """Tell whether the values that only say which one is meant agree, besides those compared."""
    if value.slot != EXTREME and _extremes(one) != _extremes(fact):
        return False
    for mine in one.values:
        for theirs in fact.values:
            if mine is value or theirs is other or mine.slot != theirs.slot:
                continue
            if (mine.is_modifier or theirs.is_modifier) and not agree(mine, theirs):
                return False
    return True


def _extremes(one: Statement) -> Words:
    """Return which of several a statement is about: 'the newest version'."""
    found = (v.names for v in one.values if isinstance(v, Trait) and v.slot == EXTREME)
    return frozenset().union(*found)


def comparable(value: Value, other: Value) -> bool:
    """Tell whether two values can exclude each other: of one slot, kind and role."""
    if type(value) is not type(other):
        return False
    if value.slot != other.slot and not _other_currency(value, other):
        return False
    if value.is_modifier != other.is_modifier:
        return False
    if isinstance(value, Amount) and isinstance(other, Amount):
        if value.slot == "time" and bool(value.per) != bool(other.per):  # '30 days a year'
            return False
        if value.per and other.per and value.per != other.per and written(value) != written(other):
            return False  # 20 euros a week and 80 a month
        return not (value.near and other.near and not value.near & other.near)
    if isinstance(value, Day) and isinstance(other, Day):
        return value.comparable(other)
    if isinstance(value, Clock) and isinstance(other, Clock):
        return value.role == other.role
    return True


def _other_currency(value: Value, other: Value) -> bool:
    """Tell '30 dollars' beside '30 euros': the same number of another currency is a slip."""
    return (
        isinstance(value, Amount)
        and isinstance(other, Amount)
        and value.slot.startswith("money:")
        and other.slot.startswith("money:")
        and written(value) == written(other)
    )


def says_too(one: Statement, value: Value, other: Value) -> bool:
    """Tell whether a statement has a given value beside another: '96 of the 240'."""
    if isinstance(other, Amount) and other.bound == "range":
        return False
    return any(
        mine is not value
        and (
            (mine.slot == other.slot and agree(mine, other))
            or (
                mine.slot == "plain"
                and isinstance(mine, Amount)
                and isinstance(other, Amount)
                and mine.low == written(other)
            )
        )
        for mine in one.values
    )


def own_words(value: Value) -> Words:
    """Return the stems that a value itself puts among the words of its statement."""
    if isinstance(value, Trait):
        return frozenset(canonical(word) for word in WORD.findall(value.said.lower()))
    return frozenset()
