"""Find values and names of an answer that nothing given accounts for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import written
from promptgate.language.facts.conflict import Conflict, clash
from promptgate.language.facts.denials import has_proviso
from promptgate.language.facts.lexicon import SINGLE, canonical
from promptgate.language.facts.names import new_names, titled
from promptgate.language.facts.novelty import is_hedged
from promptgate.language.facts.subjects import comparable, says_too, topic_of
from promptgate.language.facts.values import Amount, Clock, Trait, agree
from promptgate.language.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.novelty import Pool
    from promptgate.language.facts.statement import Statement
    from promptgate.language.facts.values import Value, Words


def invented(
    facts: Sequence[Statement], one: Statement, value: Value, pool: Pool, heard: Words
) -> Conflict | None:
    """Return the conflict of a value that nothing given accounts for with the closest given one."""
    if one.negated or one.reckons or (one.condition and not has_proviso(one.text)):
        return None
    if isinstance(value, Trait):
        if value.slot not in SINGLE:
            return None
    elif value.is_modifier:
        return None
    if value.slot == "plain" or (isinstance(value, Clock) and not value.role):
        return None
    if is_hedged(fold(one.text)) or new_names(one.text, heard):
        return None
    best: tuple[float, Statement, Value] | None = None
    alone = sum(comparable(value, other) for fact in facts for other in fact.values) == 1
    for fact in facts:
        for other in fact.values:
            if not _of_one_kind(value, other, one, fact) or says_too(one, value, other):
                continue
            if agree(value, other):
                return None
            topic = topic_of(one, fact, value, other)
            if alone and topic is not None and not value.slot.startswith(("time", "ordinal")):
                topic += 0.5 * bool(one.asked & (fact.words | fact.context))
            if topic is not None and _is_slip(value, other) and not is_limit(value):
                topic += 0.5
            if cannot_tell(value, other) and not _is_slip(value, other):
                if topic and is_limit(other):
                    return None
                continue
            if topic and (best is None or topic > best[0]):
                best = topic, fact, other
    if best is None:
        return None
    _, fact, other = best
    if not _is_slip(value, other) and pool.explains(value):
        return None
    return clash(fact, one, value, other)


def renamed(
    facts: Sequence[Statement], one: Statement, heard: Words, told: frozenset[tuple[str, Words]]
) -> Conflict | None:
    """Return the conflict of a name nobody gave with the one that ends alike: two seas, streets."""
    if one.negated or one.condition or is_hedged(fold(one.text)):
        return None
    for last, others in titled(one.text):
        if others & heard or last not in heard:
            continue
        given = [(fact, name) for fact in facts for name in titled(fact.text) if name[0] == last]
        if len({name[1] for _, name in given}) != 1 or not given[0][0].positive:
            continue
        fact = given[0][0]
        if given[0][1] in told:
            continue
        if (one.words | one.context | one.asked) & fact.words - {canonical(last)}:
            theirs = " ".join((*sorted(given[0][1][1]), last))
            mine = " ".join((*sorted(others), last))
            return Conflict("entity", fact.span, one.span, f"{mine} is not {theirs}")
    return None


def _of_one_kind(value: Value, other: Value, one: Statement, fact: Statement) -> bool:
    """Tell whether two values can be compared; nouns that are counted may differ in wording."""
    if comparable(value, other):
        return True
    if not (isinstance(value, Amount) and isinstance(other, Amount)) or value.slot != other.slot:
        return False
    return bool(value.near & fact.words or other.near & one.words)


def _is_slip(value: Value, other: Value) -> bool:
    """Tell a wrong unit and a wrong limit from what can be reckoned: '250 mg' for '250 µg'."""
    if not (isinstance(value, Amount) and isinstance(other, Amount)):
        return False
    if value.bound and other.bound:
        return written(value) != written(other)
    same = written(value) == written(other)
    return same and (value.unit, value.per) != (other.unit, other.per)


def is_limit(value: Value) -> bool:
    """Tell whether a value is a limit: 'at most 5', 'from 18'."""
    return isinstance(value, Amount) and value.bound in ("most", "least")


def cannot_tell(value: Value, other: Value) -> bool:
    """Tell whether an amount is an instance beside a limit, or the limit from its other side."""
    if not (isinstance(value, Amount) and isinstance(other, Amount)):
        return False
    return is_limit(other) and (not value.bound or written(value) == written(other))
