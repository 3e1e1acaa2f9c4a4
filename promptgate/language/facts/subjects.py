"""What can be compared: values of one slot, of subjects that no word tells apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import written
from promptgate.language.facts.lexicon import APART, MEASURES, canonical
from promptgate.language.facts.units import IMPLIED
from promptgate.language.facts.values import Amount, Clock, Day, Trait
from promptgate.language.stems import WORD

if TYPE_CHECKING:
    from promptgate.language.facts.values import Value, Words

_IMPLIED = {slot: frozenset(map(canonical, words.split())) for slot, words in IMPLIED.items()}


def apart(only: Words, others: Words) -> bool:
    """Tell whether a word of one side tells its subject from the other's."""
    return any(only & group and (others & group) - only for group in APART)


def implied_words(value: Value) -> Words:
    """Return the stems that the kind of a value implies: 'cost' of money."""
    return _IMPLIED.get(value.slot.split(":")[0], frozenset()) | MEASURES


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


def own_words(value: Value) -> Words:
    """Return the stems that a value itself puts among the words of its statement."""
    if isinstance(value, Trait):
        return frozenset(canonical(word) for word in WORD.findall(value.said.lower()))
    return frozenset()
