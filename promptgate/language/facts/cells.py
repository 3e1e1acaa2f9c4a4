"""Values with the words that they stand among: what tells one of its kind from another.

Of 'red is 60%, white 30%' the cell of 30% has 'white' for its own, and borrows what the clause
and the one before it are about. assignment.py compares cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.language.facts.calendar import MONTHS, WEEKDAYS
from promptgate.language.facts.families import family
from promptgate.language.facts.lexicon import MEASURES, STOP, VERBS, canonical
from promptgate.language.facts.names import MENTION
from promptgate.language.facts.numerals import ORDINALS
from promptgate.language.facts.statement import NOT
from promptgate.language.facts.subjects import own_words
from promptgate.language.facts.units import UNITS
from promptgate.language.facts.values import Amount, Clock, Day, Trait
from promptgate.language.facts.wording import content
from promptgate.language.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.statement import Statement
    from promptgate.language.facts.values import Value, Words

_PART = re.compile(
    r" (?:of (?:the|them|these|those|our|your|my|its|all|which|whom)|out of"
    r"|in (?:ten|five|four|three)\b(?! \w)|(?:in )?each\b|apiece)"
)
_WHOLE = re.compile(r"\bof (?:the|our|your|my|its|all|those|these) $|\bout of $")
_CHANGE = re.compile(
    r"(?:^|, |\b(?:r[aio]se|gr[eo]w|f[ae]ll|drop|increas|decreas|rais|lower|cut|reduc|exten|won"
    r"|beat|lost|up|down).*\b)by $"
)
_CASE = re.compile(
    r"\b(?:orders?|purchases?|bookings?|groups?|part(?:y|ies)|stays?|amounts?|anyone|those|for)"
    r"(?: of)? $"
)
_BESIDE = re.compile(r"([\w-]+) $")
HAS_VERB = re.compile(r"\b(?:is|are|was|were|be|has|have|had|\w+(?:s|ed|ing)|can|will)\b|:")
"""Whether a piece of a clause has a verb, roughly."""
_PARTICIPLE = re.compile(r"^\W*(?:\w+(?:ing|ed)|with|after|before|as|for|in|at|on|by|from) ")
_CALENDAR = {canonical(name): f"month {number}" for name, number in MONTHS.items()} | {
    canonical(name): f"weekday {number}" for name, number in WEEKDAYS.items()
}
_MEASURES = frozenset(map(family, MEASURES))


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the words that it stands among.

    Attributes:
        value: The value.
        of: Its statement.
        own: Families of the words that are its own, and keys of the values beside it.
        borrowed: Those of the rest of its clause, of its subject, and of the question.
        beyond: Those of the borrowed ones that stand beside a rival in its clause.
        around: Those of what hangs on its clause: 'listing in Oslo'.
    """

    value: Value
    of: Statement
    own: Words
    borrowed: Words
    around: Words = frozenset()
    beyond: Words = frozenset()

    @property
    def mark(self) -> str:
        """What makes of an amount a part or a change: 'two of the lifts', 'by 8 m'."""
        before, after = self.around_it
        if is_count(self.value) and _PART.match(after):
            return "part"
        if _WHOLE.search(before):
            return "whole"
        return "change" if _CHANGE.search(before) else ""

    @property
    def beside(self) -> str:
        """The word that a bare number stands beside: 'gate' in 'gate 12'; '' for a verb."""
        found = _BESIDE.search(self.around_it[0])
        word = found.group(1) if found else ""
        root = canonical(word)
        tells_nothing = word in STOP and word != "number"
        return "" if tells_nothing or root in VERBS or word.endswith(("ed", "ing")) else root

    @property
    def is_name(self) -> bool:
        """Whether a bare number only says which one is meant: 'Version 3.1 had bugs'."""
        return (
            self.value.slot == "plain"
            and bool(self.beside)
            and not HAS_VERB.search(self.around_it[0])
        )

    @property
    def is_listed(self) -> bool:
        """Whether it is one of several bare numbers: 'Adams (12, 55)'."""
        return self.around_it[0].endswith("(") or (
            not self.beside
            and any(other is not self.value and other.slot == "plain" for other in self.of.values)
        )

    @property
    def is_case(self) -> bool:
        """Whether a limit says for which something holds: 'for orders over 40 euros'."""
        return _CASE.search(self.around_it[0]) is not None

    @property
    def around_it(self) -> tuple[str, str]:
        """What stands before it in its clause, and after it; folded."""
        begin, end = (max(0, place - self.of.span[0]) for place in self.value.span)
        text = fold(self.of.text)
        return text[:begin], text[end:]


def cells(statements: Sequence[Statement]) -> list[Cell]:
    """Return the values of statements, each with its words."""
    found = []
    for one in statements:
        siblings = [
            two
            for two in statements
            if two is not one
            and two.sentence == one.sentence != (0, 0)
            and _PARTICIPLE.match(fold(two.text))
        ]
        own = one.words | one.label | (one.condition - {NOT})
        for value in (*one.values, *one.names):
            beside = frozenset().union(*(_keys(v) for v in one.values if v is not value))
            itself = own_words(value)
            if isinstance(value, Trait) and value.slot.startswith(MENTION):
                beside, itself = frozenset(), itself | frozenset(map(canonical, value.names))
            words = frozenset(map(_key, own - itself)) | beside
            if isinstance(value, Amount) and value.per and value.per not in UNITS:
                words |= {family(value.per)}
            if (gap := _gap(one, value)) is not None:
                gap = frozenset(map(_key, gap - itself))
                label = frozenset(map(family, one.label))
                words, apart_words = gap | label, words - gap - label
            else:
                apart_words = frozenset()
            borrowed = (frozenset(map(family, one.context | one.asked)) | apart_words) - words
            if not words:  # '9 euros.'
                words, borrowed = borrowed, words
            if own & MEASURES:  # 'and 75 cm high': not what is wide
                borrowed -= _MEASURES
            free = (two.words for two in siblings if not any(_rival(value, v) for v in two.values))
            around = frozenset(map(family, frozenset().union(*free))) - words
            found.append(Cell(value, one, words, borrowed | around, around, apart_words))
    return found


def _gap(one: Statement, value: Value) -> Words | None:
    """Return the words between a value and the one of its kind before it in the clause.

    None where it has no rival there: all words of the clause are its own.
    """
    every = one.names if value.slot.startswith(MENTION) else one.values
    rivals = [
        other
        for other in every
        if other is not value
        and _rival(value, other)
        and getattr(value, "role", "") == getattr(other, "role", "")
        and (not value.slot.startswith(MENTION) or value.slot == other.slot)
    ]
    if not rivals:
        return None
    before = one.span[0]
    first = value.span[0]
    for rival in sorted(rivals, key=lambda rival: -rival.span[1]):
        if rival.span[1] > value.span[0]:
            continue
        if content(one.text[rival.span[1] - one.span[0] : first - one.span[0]]):
            before = rival.span[1]
            break
        first = rival.span[0]  # '1821-1879': both stand beside the same words
    after = min((r.span[0] for r in rivals if r.span[0] >= value.span[1]), default=one.span[1])
    for begin, end in ((before, value.span[0]), (value.span[1], after)):
        words = content(one.text[begin - one.span[0] : end - one.span[0]])
        if words:
            return words
    return None


def _key(word: str) -> str:
    """Return what a word tells a value by: a month in whatever form, or the word's family."""
    return _CALENDAR.get(word) or family(word)


def _rival(value: Value, other: Value) -> bool:
    slots = {one.slot.split(":")[0].replace("plain", "count") for one in (value, other)}
    return type(value) is type(other) and len(slots) == 1


def _keys(value: Value) -> Words:
    """Return what a value adds to the words that another one stands among."""
    if isinstance(value, Day):
        parts = (("year", value.year), ("month", value.month), ("day", value.day))
        days = {f"weekday {one}" for one in value.weekdays}
        return frozenset(days | {f"{name} {part}" for name, part in parts if part is not None})
    if isinstance(value, Clock):
        return frozenset({f"clock {value.minutes % 720}"})
    if isinstance(value, Amount) and value.slot.startswith("ordinal"):
        return frozenset(family(canonical(word)) for word, n in ORDINALS.items() if n == value.low)
    if isinstance(value, Amount):
        return frozenset({f"{value.slot} {end:g}" for end in (value.low, value.high)})
    return frozenset(f"{value.slot} {name}" for name in value.names)


def is_count(value: Value) -> bool:
    """Tell whether a value is a bare number or a number of things."""
    return value.slot == "plain" or value.slot.startswith("count:")
