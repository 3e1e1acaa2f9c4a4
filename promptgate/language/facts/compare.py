"""Compare what an answer states with what was given, and name what cannot both be true.

A value of the answer is compared with the values of its slot in the given statements that are
about the same thing, the closest first. Where one of the closest agrees, nothing is said:
a wrong alarm costs more than a miss.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from promptgate.language.facts.lexicon import APART, MEASURES, VERBS, canonical
from promptgate.language.facts.names import known_names
from promptgate.language.facts.statements import NOT, Statement, of_answer, statements
from promptgate.language.facts.units import IMPLIED
from promptgate.language.facts.values import Amount, Clock, Day, Trait
from promptgate.language.stems import WORD, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.language.facts.values import Value, Words
    from promptgate.language.sentences import Span


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements that cannot both be true.

    Attributes:
        kind: 'number', 'count', 'unit', 'date', 'time', 'range', 'negation', 'entity' or
            'attribute'.
        given: Span of the statement in what was given.
        answer: Span of the statement in the answer.
        reason: Why, as a clause: '12 euros is not 9 euros'.
    """

    kind: str
    given: Span
    answer: Span
    reason: str

    def turned(self) -> Conflict:
        """Return the conflict as seen from the other side."""
        return Conflict(self.kind, self.answer, self.given, self.reason)


_ABOUT_SAME = 0.5
_SAME_CLAIM = 0.6
_IMPLIED_CLAIM = 0.75
_BOTH_DIFFER = 0.6
_CLOSE = 0.2
_MOST_ADDENDS = 6
_IMPLIED = {slot: frozenset(map(canonical, words.split())) for slot, words in IMPLIED.items()}


def conflicts(
    given: str, answer: str, question: str = "", given_question: str = ""
) -> list[Conflict]:
    """Return where an answer contradicts what was given, in the order of the answer.

    Args:
        given: What holds: facts, a conversation, or another answer.
        answer: The answer.
        question: What was asked; helps to read a short answer.
        given_question: What was asked where `given` is an answer too.
    """
    known = known_names(given) | known_names(answer)
    return list(
        _conflicts(of_answer(given, given_question, known), of_answer(answer, question, known))
    )


def states_something(text: str) -> bool:
    """Tell whether a text has a statement that an answer could contradict."""
    return any(one.words or one.values for one in statements(text))


def _conflicts(facts: Sequence[Statement], said: Sequence[Statement]) -> Iterator[Conflict]:
    for one in said:
        found = _denied(facts, one)
        if found is None:
            found = next(
                (clash for value in one.values if (clash := _against(facts, one, value))), None
            )
        if found is not None:
            yield found


def _denied(facts: Sequence[Statement], one: Statement) -> Conflict | None:
    """Return the conflict with a statement that says the opposite."""
    best: tuple[float, Statement] | None = None
    agreed = 0.0
    both_say = any(fact.implied for fact in facts)
    for fact in facts:
        if bool(one.condition) != bool(fact.condition) or (
            both_say and one.implied != fact.implied
        ):
            continue
        closeness = _closeness(one, fact, frozenset())
        said_little = one.implied or fact.implied or not one.words
        least = _IMPLIED_CLAIM if said_little else _SAME_CLAIM
        if closeness is None or closeness < least or not _same_values(one, fact):
            continue
        if fact.positive == one.positive:
            agreed = max(agreed, closeness)
        elif _covers(one, fact) and (best is None or closeness > best[0]):
            best = closeness, fact
    if best is None or agreed >= best[0]:
        return None
    fact = best[1]
    denies = "denies" if fact.positive else "states"
    said = "states" if fact.positive else "denies"
    return Conflict("negation", fact.span, one.span, f"it {denies} what the other {said}")


def _covers(one: Statement, fact: Statement) -> bool:
    """Tell whether what is denied is no narrower than what is stated."""
    denied, stated = (fact, one) if one.positive else (one, fact)
    about = denied.words if denied.words and not denied.elliptic else denied.words | denied.context
    narrower = about - stated.words - stated.context
    shared = (denied.words | denied.context) & (stated.words | stated.context)
    enough = len(shared) > 1 or len(denied.words | stated.words) == 1
    return not narrower and enough


def _same_values(one: Statement, fact: Statement) -> bool:
    """Tell whether what a denial is about is the same in all values."""
    denied, stated = (fact, one) if one.positive else (one, fact)
    for value in denied.values:
        theirs = [v for v in stated.values if v.slot == value.slot]
        if not any(agree(v, value) for v in theirs):
            return False
    return all(
        any(agree(v, value) for v in denied.values if v.slot == value.slot)
        for value in stated.values
        if any(v.slot == value.slot for v in denied.values)
    )


def _against(facts: Sequence[Statement], one: Statement, value: Value) -> Conflict | None:
    """Return the conflict of one value of the answer with the closest given value."""
    if one.negated or one.reckons or (value.is_modifier and not isinstance(value, Trait)):
        return None
    near: list[tuple[float, Statement, Value]] = []
    for fact in facts:
        if fact.positive != one.positive or _is_multiple(one, fact, value):
            continue
        for other in fact.values:
            if not _comparable(value, other):
                continue
            own = _own(value) | _own(other) | _near(value, other)
            closeness = _closeness(one, fact, own, value.slot)
            if closeness is not None and closeness > 0 and _same_subject(one, fact, value, other):
                near.append((closeness, fact, other))
    if not near:
        return None
    best = max(closeness for closeness, *_ in near)
    if best < _ABOUT_SAME:
        return None
    alike = [v for v in one.values if v.slot == value.slot] if isinstance(value, Trait) else [value]
    if any(
        agree(mine, other)
        for mine in alike
        for closeness, _, other in near
        if closeness >= best - _CLOSE
    ) or _adds_up(value, [other for _, _, other in near]):
        return None
    _, fact, other = max(near, key=lambda row: row[0])
    if value.is_modifier and best < 1:
        return None
    return Conflict(_kind(value, other), fact.span, one.span, f"{value.said} is not {other.said}")


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


def _closeness(one: Statement, fact: Statement, own: Words, slot: str = "") -> float | None:
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
    mine, theirs = a - b_context, b - a_context
    if not a and not b:  # '12 euros.' and 'It costs 9 euros.'
        together = not one.context or not fact.context or one.context & fact.context
        return 1.0 if together else None
    if not shared:
        return None
    if mine - VERBS and (theirs - VERBS or (one.elliptic and slot)):
        return None
    if _apart(mine, b_context) or _apart(theirs, a_context):
        return None
    closeness = len(shared) / (len(shared) + len(mine) + len(theirs))
    return None if mine and theirs and closeness < _BOTH_DIFFER else closeness


def _bare(words: Words, implied: Words) -> Words:
    return words - implied or words - (implied - _SUBJECTS)


_SUBJECTS = frozenset(map(canonical, word_set("price fee cost capacity rate speed")))


def _apart(only: Words, others: Words) -> bool:
    """Tell whether a word of one side tells its subject from the other's."""
    return any(only & group and (others & group) - only for group in APART)


def _same_subject(one: Statement, fact: Statement, value: Value, other: Value) -> bool:
    """Tell whether the values that only say which one is meant agree, besides those compared."""
    for mine in one.values:
        for theirs in fact.values:
            if mine is value or theirs is other or mine.slot != theirs.slot:
                continue
            if (mine.is_modifier or theirs.is_modifier) and not agree(mine, theirs):
                return False
    return True


def _comparable(value: Value, other: Value) -> bool:
    if value.slot != other.slot or type(value) is not type(other):
        return False
    if value.is_modifier != other.is_modifier:
        return False
    if isinstance(value, Amount) and isinstance(other, Amount):
        return not (value.near and other.near and not value.near & other.near)
    if isinstance(value, Day) and isinstance(other, Day):
        return value.comparable(other)
    if isinstance(value, Clock) and isinstance(other, Clock):
        return value.role == other.role
    return True


def agree(value: Value, other: Value) -> bool:
    """Tell whether a value of an answer can hold where another of its slot is given."""
    if isinstance(value, Amount) and isinstance(other, Amount):
        return value.agrees(other)
    if isinstance(value, Day) and isinstance(other, Day):
        return value.agrees(other)
    if isinstance(value, Clock) and isinstance(other, Clock):
        return value.agrees(other)
    if isinstance(value, Trait) and isinstance(other, Trait):
        return value.agrees(other)
    return True


def _near(value: Value, other: Value) -> Words:
    """Return what only one of two amounts is said to be of: '20 percent of the price'."""
    if isinstance(value, Amount) and isinstance(other, Amount) and not (value.near and other.near):
        return value.near | other.near
    return frozenset()


def _own(value: Value) -> Words:
    """Return the stems that a value itself puts among the words of its statement."""
    if isinstance(value, Trait):
        return frozenset(canonical(word) for word in WORD.findall(value.said.lower()))
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


def _kind(value: Value, other: Value) -> str:
    if isinstance(value, Amount) and isinstance(other, Amount):
        if value.bound or other.bound:
            return "range"
        if value.slot.startswith(("count", "ordinal")):
            return "count"
        return "unit" if value.unit != other.unit else "number"
    if isinstance(value, Day):
        return "date"
    if isinstance(value, Clock):
        return "time"
    return "entity" if value.slot.startswith("name:") else "attribute"
