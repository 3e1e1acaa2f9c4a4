"""Find a name that nobody gave in the place of one that ends alike: two seas, two streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.language.facts.conflict import Conflict
from promptgate.language.facts.lexicon import canonical
from promptgate.language.facts.names import titled
from promptgate.language.facts.novelty import is_hedged
from promptgate.language.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.statement import Statement
    from promptgate.language.facts.values import Words


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
