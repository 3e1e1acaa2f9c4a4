"""Two statements that cannot both be true, and what kind of contradiction that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.language.facts.values import Amount, Clock, Day

if TYPE_CHECKING:
    from promptgate.language.facts.statement import Statement
    from promptgate.language.facts.values import Value
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


def clash(fact: Statement, one: Statement, value: Value, other: Value) -> Conflict:
    """Return the conflict of a value of the answer with a given one."""
    reason = f"{value.said} is not {other.said}"
    return Conflict(kind_of(value, other), fact.span, one.span, reason)


def kind_of(value: Value, other: Value) -> str:
    """Return what kind of contradiction two values make."""
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
    return "entity" if value.slot.startswith("mention:") else "attribute"
