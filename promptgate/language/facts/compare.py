"""Compare what an answer states with what was given, and name what cannot both be true.

Statement by statement: what is said of one side and given of the other (claims), a value or name
that stands where another belongs (assignment), a name nobody gave (renaming).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.language.facts.answers import of_answer
from promptgate.language.facts.assignment import misassigned
from promptgate.language.facts.cells import cells
from promptgate.language.facts.claims import claims, opposed
from promptgate.language.facts.instances import let_pass
from promptgate.language.facts.listed import miscounted
from promptgate.language.facts.names import known_names, titled
from promptgate.language.facts.novelty import pool_of
from promptgate.language.facts.renaming import renamed
from promptgate.language.facts.statements import statements, values_of
from promptgate.language.folding import fold
from promptgate.language.stems import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.language.facts.cells import Cell
    from promptgate.language.facts.claims import Claim
    from promptgate.language.facts.conflict import Conflict
    from promptgate.language.facts.novelty import Pool
    from promptgate.language.facts.statement import Statement


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
        found = next(_of_claims(one, given_claims, told_claims), None)
        found = found or renamed(facts, one, heard, told)
        found = found or next(_of_values(one, given_cells, told_cells, pool), None)
        found = found or next(
            (
                clash
                for mine in told_cells
                if mine.of is one
                and (clash := miscounted(facts, mine, given, question)) is not None
            ),
            None,
        )
        if found is not None:
            yield found


def _of_claims(one: Statement, given: Sequence[Claim], told: Sequence[Claim]) -> Iterator[Conflict]:
    for mine in told:
        if mine.of is one and (found := opposed(given, mine)) is not None:
            yield found


def _of_values(
    one: Statement, given: Sequence[Cell], told: Sequence[Cell], pool: Pool
) -> Iterator[Conflict]:
    for mine in told:
        if mine.of is not one:
            continue
        found = let_pass(given, mine, one.asked) or misassigned(given, told, mine, pool)
        if found is not None:
            yield found


def _pool(facts: Sequence[Statement], said: Sequence[Statement], given: str, question: str) -> Pool:
    values = [value for fact in facts for value in fact.values]
    asked = values_of(question)
    values += asked
    values += [value for one in said if one.condition for value in one.values]
    return pool_of(values, (value for one in said for value in one.values), given, question, asked)
