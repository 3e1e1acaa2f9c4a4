"""Compare what an answer states with what was given, and name what cannot both be true.

Statement by statement: what is denied (denials), a value that stands against a given one
(clashes), a value or name that nothing given accounts for (inventions). An answer that shows
elsewhere that it knows the fact is given the benefit of the doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.facts.answers import of_answer
from promptgate.language.facts.assignment import cells, misassigned
from promptgate.language.facts.claims import claims, opposed
from promptgate.language.facts.clashes import headed_clash, misplaced, nearest_clash
from promptgate.language.facts.denials import denied
from promptgate.language.facts.inventions import invented, is_limit, renamed
from promptgate.language.facts.names import known_names, titled
from promptgate.language.facts.novelty import pool_of
from promptgate.language.facts.statements import statements, values_of
from promptgate.language.facts.subjects import comparable
from promptgate.language.facts.values import Amount, Day, agree
from promptgate.language.folding import fold
from promptgate.language.stems import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.language.facts.conflict import Conflict
    from promptgate.language.facts.novelty import Pool
    from promptgate.language.facts.statement import Statement
    from promptgate.language.facts.values import Value

_WORKED_OUT = re.compile(
    r"\b(?:works? out|comes? to|adds? up|that's|that is|makes?|making|would|you'd|saves?|saving"
    r"|leaves?|leaving|means|each|apiece|so)\b"
)


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
    facts = of_answer(given, given_question, known)
    said = of_answer(answer, question, known)
    pool = _pool(facts, said, given, question)
    return list(_conflicts(facts, said, pool, given, question))


def states_something(text: str) -> bool:
    """Tell whether a text has a statement that an answer could contradict."""
    return any(one.words or one.values for one in statements(text))


def _conflicts(
    facts: Sequence[Statement], said: Sequence[Statement], pool: Pool, given: str, question: str
) -> Iterator[Conflict]:
    heard = frozenset(WORD.findall(fold(f"{given} {question}")))
    told = frozenset(name for one in said for name in titled(one.text))
    given_cells, told_cells = cells(facts), cells(said)
    given_claims, told_claims = claims(facts), claims(said)
    for one in said:
        found = None
        found = found or next(
            (
                clash
                for mine in told_claims
                if mine.of is one and (clash := opposed(given_claims, mine)) is not None
            ),
            None,
        )
        for value in () if found else one.values:
            if _said_right(facts, said, value) or _sorts_out(facts, said, value):
                continue
            found = None
            if found is not None:
                break
        found = found or renamed(facts, one, heard, told)
        found = found or next(
            (
                clash
                for mine in told_cells
                if mine.of is one
                and (clash := misassigned(given_cells, told_cells, mine, pool)) is not None
            ),
            None,
        )
        if found is not None:
            yield found


def _pool(facts: Sequence[Statement], said: Sequence[Statement], given: str, question: str) -> Pool:
    values = [value for fact in facts for value in fact.values]
    asked = values_of(question)
    values += asked
    values += [value for one in said if one.condition for value in one.values]
    return pool_of(values, (value for one in said for value in one.values), given, question, asked)


def _sorts_out(facts: Sequence[Statement], said: Sequence[Statement], value: Value) -> bool:
    """Tell whether the answer has all given values of a slot: it seems to know which is which."""
    if not isinstance(value, Day | Amount) or value.slot == "plain":
        return False
    given = [other for fact in facts for other in fact.values if comparable(value, other)]
    told = [mine for one in said for mine in one.values]
    return any(agree(value, other) for other in given) and all(
        any(comparable(mine, other) and agree(mine, other) for mine in told) for other in given
    )


def _said_right(facts: Sequence[Statement], said: Sequence[Statement], value: Value) -> bool:
    """Tell whether the answer also has the one given value of a slot: it knows the fact."""
    given = [other for fact in facts for other in fact.values if other.slot == value.slot]
    return (
        len(given) == 1
        and getattr(given[0], "bound", "") != "range"
        and not agree(value, given[0])
        and any(
            other.slot == value.slot and other is not value and agree(other, given[0])
            for one in said
            for other in one.values
        )
    )


def _may_be_reckoned(
    facts: Sequence[Statement], said: Sequence[Statement], one: Statement, value: Value, pool: Pool
) -> bool:
    """Tell whether a value is a result: a day from a span, a sum from a rate or from parts."""
    if not pool.explains(value):
        return False
    if not isinstance(value, Amount):
        return isinstance(value, Day)
    if _WORKED_OUT.search(fold(one.text)):
        return True
    amounts = [v for fact in facts for v in fact.values if isinstance(v, Amount)]
    given = [other for other in amounts if other.slot == value.slot]
    if any(agree(value, other) and not is_limit(other) for other in given):
        return False
    often = any(other.slot == "frequency" for other in amounts)
    rates = not value.per and any(other.per or (often and other.low == 1) for other in given)
    parts = any(
        agree(mine, other)
        for two in said
        for mine in two.values
        for other in given
        if mine is not value and mine.slot == other.slot
    )
    return rates or parts or not one.words or bool(pool.loose)
