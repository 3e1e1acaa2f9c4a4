"""Tell which given value a value of an answer stands for, by the words around both.

A value belongs to the words that stand beside it and beside no other value of its kind: of
'students get 15% off, seniors 20%', 'students' belongs to 15%. An answer contradicts where it
has another value beside such words, and the one that belongs there nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import ORDINALS, written
from promptgate.language.facts.conflict import clash
from promptgate.language.facts.families import family, family_set
from promptgate.language.facts.inventions import cannot_tell
from promptgate.language.facts.lexicon import MEASURES, PEOPLE, POLAR, STOP, VERBS, canonical
from promptgate.language.facts.names import MENTION
from promptgate.language.facts.novelty import has_share, is_hedged
from promptgate.language.facts.statement import NOT
from promptgate.language.facts.subjects import apart, comparable, implied_words, own_words
from promptgate.language.facts.values import Amount, Clock, Day, Trait, agree
from promptgate.language.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.conflict import Conflict
    from promptgate.language.facts.novelty import Pool
    from promptgate.language.facts.statement import Statement
    from promptgate.language.facts.values import Value, Words

_ALIGNED, _ALONE = 0.9, 0.5
_STEM = 5
_ROUNDED, _CLOSE = 0.07, 0.02
_CONVERTED, _VAGUE = 0.09, 0.5
_PARTICIPLE = re.compile(r"^\W*(?:\w+(?:ing|ed)|with|after|before|as|for|in|at|on|by|from) ")
_PRONOUN = re.compile(r"^\W*(?:and |but |so )?(?:it|they|this|that|these|those|he|she|both)\b")
_SHARE_OF_WORDS, _SEVERAL = 0.3, 2
_PART = re.compile(
    r" (?:of (?:the|them|these|those|our|its|all|which|whom)|out of|in (?:ten|five|four|three))\b"
)
_WHOLE = re.compile(r"\bof (?:the|our|its|all|those|these) $|\bout of $")
_GROWS = re.compile(r"\b(?:r[aio]se|grow|grew|f[ae]ll|drop|increas|decreas|rais|lower|cut|reduc|exten|won|beat|lost|up|down)")
_THROUGH = re.compile(r" ?(?:to|until|till|through|[-–])(?: the)? ?")
_CASE = re.compile(r"\b(?:orders?|purchases?|bookings?|groups?|part(?:y|ies)|stays?|amounts?|anyone|those|for)(?: of)? $")
_EXCEPT = re.compile(r"\bexcept\b")
_COMPARES = re.compile(r"\b(?:less|more|fewer|than|unlike|versus|against)\b")
_LEAD_BY = re.compile(r"(?:^|, )by $")
_ASIDE = re.compile(r"\b(?:not|like|such as|unlike|than|or|instead of|rather than|including|e\.g\.|via) (?:the |a )?$")
_CHANGE = re.compile(r"\bby $")
_BESIDE = re.compile(r"([\w-]+) $")
_HAS_VERB = re.compile(r"\b(?:is|are|was|were|be|has|have|had|\w+(?:s|ed|ing)|can|will)\b|:")
_TURNED = {"most": "least", "least": "most"}
_ANY_COUNT = {"plain", "count:time"}
_SPANS = {"time", "working time"}
_WARMTHS = {"temperature", "degrees"}
_LIGHT_WEIGHT, _COMMON_WEIGHT, _BORROWED = 0.3, 0.5, 0.5
WORKED_OUT = re.compile(
    r"\b(?:works? out|comes? to|adds? up|that's|that is|makes?|making|would|you'd|saves?|saving"
    r"|leaves?|leaving|means|each|apiece|so|free|left|remain\w*|rest|others?|further|another"
    r"|discount\w*|reduc\w*|off|half|twice|double|total)\b"
)
_VERBS = frozenset(map(family, VERBS))
_MEASURES = frozenset(map(family, MEASURES))
_ROLES = frozenset(map(canonical, "open close start end".split()))
_LIGHT = family_set(
    """cost last need want get offer stay remain first one other new full good long short year month week hour minute set stand put keep turn
    run bring"""
)
_FILLERS = family_set(
    """thing way number amount option part kind sort type day time per before after back make take
    use become be have total limit maximum minimum"""
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the words that it stands among."""

    value: Value
    of: Statement
    own: Words
    borrowed: Words
    around: Words = frozenset()

    @property
    def mark(self) -> str:
        """What makes of an amount a part or a change: 'two of the lifts', 'by 8 m'."""
        before, after = self._around
        if _is_count(self.value) and _PART.match(after):
            return "part"
        if _WHOLE.search(before):
            return "whole"
        grows = _CHANGE.search(before) and (_GROWS.search(before) or _LEAD_BY.search(before))
        return "change" if grows else ""

    @property
    def beside(self) -> str:
        """The word that a bare number stands beside: 'gate' in 'gate 12'; '' for a verb."""
        found = _BESIDE.search(self._around[0])
        word = found.group(1) if found else ""
        if word in STOP or canonical(word) in VERBS or word.endswith(("ed", "ing")):
            return ""
        return canonical(word)

    @property
    def is_name(self) -> bool:
        """Whether a bare number only says which one is meant: 'Version 3.1 had bugs'."""
        return (
            self.value.slot == "plain"
            and bool(self.beside)
            and not _HAS_VERB.search(self._around[0])
        )

    @property
    def is_case(self) -> bool:
        """Whether a limit says for which something holds: 'for orders over 40 euros'."""
        return _CASE.search(self._around[0]) is not None

    @property
    def _around(self) -> tuple[str, str]:
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
            words = frozenset(map(family, own - itself)) | beside
            borrowed = frozenset(map(family, one.context | one.asked)) - words
            if own & MEASURES:  # 'and 75 cm high': not what is wide
                borrowed -= _MEASURES
            free = (two.words for two in siblings if not any(_rival(value, v) for v in two.values))
            around = frozenset(map(family, frozenset().union(*free))) - words
            found.append(Cell(value, one, words, borrowed | around, around))
    return found


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


def misassigned(
    given: Sequence[Cell], told: Sequence[Cell], mine: Cell, pool: Pool
) -> Conflict | None:
    """Return the conflict of a value with the given one that belongs in its place."""
    if not _is_plain(mine) or mine.value.slot.startswith("name:"):
        return None
    if isinstance(mine.value, Trait) and mine.value.slot.startswith(MENTION):
        if not _is_named(mine, pool):
            return None
    if any(_agrees(mine.value, asked) for asked in pool.premises):
        return None
    if isinstance(mine.value, Amount) and _is_count(mine.value) and written(mine.value) in pool.unread:
        return None  # 'married six times', 'six wives'
    alike = _alike(mine, given)
    rivals = [
        cell
        for cell in given
        if cell not in alike and _of_one_kind(mine, cell) and not _agrees(mine.value, cell.value)
    ]
    others = [cell for cell in rivals if _may_meet(mine, cell)]
    if turned := _turned(mine, given):
        return clash(turned.of, mine.of, mine.value, turned.value)
    if not others:
        return None
    best = max(others, key=lambda cell: _score(mine, cell, rivals))
    if any(_agrees(asked, best.value) for asked in pool.premises):
        return None
    if any(_says_too(one, best) for one in told if one is not mine):
        return None
    if alike and not _is_slip(mine.value, best.value):
        if not _belongs(mine, best, alike, given) or _is_scaled(mine, best, given, told):
            return None
    elif _score(mine, best, rivals) < _least(mine, best, others):
        return None
    elif not _is_slip(mine.value, best.value) and _is_scaled(mine, best, given, told):
        return None
    elif _may_be_reckoned(mine, best, rivals, told, pool):
        return None
    return clash(best.of, mine.of, mine.value, best.value)


def _turned(mine: Cell, given: Sequence[Cell]) -> Cell | None:
    """Return the given limit that a value turns round: 'at most 12' for 'at least 12'."""
    value = mine.value
    if not isinstance(value, Amount) or value.bound not in _TURNED:
        return None
    for cell in given:
        other = cell.value
        if (
            isinstance(other, Amount)
            and other.bound == _TURNED[value.bound]
            and other.slot == value.slot
            and written(other) == written(value)
            and cell.of.positive == mine.of.positive
            and _score(mine, cell, [cell]) >= _ALIGNED
            and all(
                any(v.slot == o.slot and agree(v, o) for o in cell.of.values)
                for v in mine.of.values
                if v is not value
            )
        ):
            return cell
    return None


def _least(mine: Cell, best: Cell, others: Sequence[Cell]) -> float:
    """Return the score from which a value stands in the place of another."""
    if len(others) > 1:
        return _ALIGNED
    return 0.0 if _is_slip(mine.value, best.value) else _ALONE


def _alike(mine: Cell, given: Sequence[Cell]) -> list[Cell]:
    """Return the given cells that have a value; a year says little where days are given, too."""
    alike = [cell for cell in given if _is_there(mine, cell)]
    if isinstance(mine.value, Day):
        alike += [cell for cell in given if _is_within(mine.value, cell, given)]
        if mine.value.month is not None and any(
            isinstance(cell.value, Day) and cell.value.month is not None for cell in given
        ):
            alike = [
                cell
                for cell in alike
                if not isinstance(cell.value, Day)
                or cell.value.month is not None
                or cell.value.weekdays
            ]
    return alike


def _is_within(value: Day, cell: Cell, given: Sequence[Cell]) -> bool:
    """Tell whether a day or month lies between a given one and the next: 'November to April'."""
    first = cell.value
    if not isinstance(first, Day) or first.month is None or value.month is None:
        return False
    for other in given:
        last = other.value
        if other.of is not cell.of or not isinstance(last, Day) or last.month is None:
            continue
        between = fold(cell.of.text)[
            max(0, first.span[1] - cell.of.span[0]) : max(0, last.span[0] - cell.of.span[0])
        ]
        if not _THROUGH.fullmatch(between):
            continue
        one, two, mine = (
            (day.month or 0, day.day or none)
            for day, none in ((first, 0), (last, 31), (value, 15))
        )
        return one <= mine <= two if one <= two else mine >= one or mine <= two
    return False


def _is_there(mine: Cell, cell: Cell) -> bool:
    """Tell whether a given cell has the value, in whatever role."""
    value, other = mine.value, cell.value
    if type(value) is not type(other):
        return False
    if isinstance(value, Amount) and isinstance(other, Amount):
        loose = max(value.loose and _ROUNDED, other.loose and _ROUNDED)
        if value.slot != other.slot and {value.slot, other.slot} != _WARMTHS:
            if not all(_is_count(one) for one in (value, other)):
                return False
            if not _ANY_COUNT & {value.slot, other.slot} and not _of_one_kind(mine, cell):
                return False
            value = replace(value, slot=other.slot)
        if value.bound == other.bound == "range":
            slack = max(loose, _ROUNDED / 2)
            ends = (value.low, other.low), (value.high, other.high)
            return value.slot == other.slot and all(abs(a - b) <= slack * abs(b) for a, b in ends)
        if value.slot != other.slot:
            return abs(written(value) - written(other)) <= loose * abs(written(other))
        if _is_cap(value) and not other.bound and value.slot == other.slot:
            return abs(value.high - other.high) <= loose * abs(other.high)
        value, other = (
            replace(one, per="", loose=_looseness(one, value.unit != other.unit))
            for one in (value, other)
        )
    if isinstance(value, Trait) and isinstance(other, Trait) and value.slot.startswith(MENTION):
        return other.slot.startswith(MENTION) and _same_name(value.names, other.names)
    return agree(value, other)


def _same_name(one: Words, two: Words) -> bool:
    """Tell whether two names have a word in common, or words that begin alike."""
    if one & two:
        return True
    return any(a[:_STEM] == b[:_STEM] for a in one for b in two if min(len(a), len(b)) >= _STEM)


def _of_one_kind(mine: Cell, cell: Cell) -> bool:
    """Tell whether two values can exclude each other; a wrong unit is of the same kind."""
    value, other = mine.value, cell.value
    if isinstance(value, Clock) and isinstance(other, Clock):
        return value.role == other.role or not (value.role and other.role)
    if isinstance(value, Trait) and isinstance(other, Trait):
        if value.slot.startswith(MENTION) and other.slot.startswith(MENTION):
            return _roles_meet(value.slot, other.slot)
        if value.slot != other.slot or value.slot.startswith("name:"):
            return False
        if value.is_modifier == other.is_modifier:
            return value.head == other.head or not (value.head and other.head)
        one, two = (mine, cell) if value.is_modifier else (cell, mine)
        return not one.value.head or family(one.value.head) in two.own | two.borrowed
    if not (isinstance(value, Amount) and isinstance(other, Amount)):
        return comparable(value, other)
    if value.near and other.near and not value.near & other.near:
        return False
    if mine.mark != cell.mark and value.slot != "percent":
        return False
    slots = {value.slot, other.slot}
    if len(slots) == 1:
        if slots == {"plain"} and mine.beside != cell.beside:
            return False
        return value.per == other.per or not (value.per and other.per) or _is_slip(value, other)
    if slots <= _SPANS or all(slot.startswith("money:") for slot in slots):
        return _is_slip(value, other)
    if slots == _WARMTHS:
        return True
    counts = [slot.removeprefix("count:") for slot in slots if slot.startswith("count:")]
    if len(counts) == 2:
        return PEOPLE.issuperset(counts)
    if len(counts) == 1 and "plain" in slots:
        bare = mine if value.slot == "plain" else cell
        words = mine.own if value.slot == "plain" else cell.own | cell.borrowed
        if counts[0] in PEOPLE and not bare.beside:
            return True
        return family(counts[0]) in words or (counts[0] in PEOPLE and bool(words & frozenset(map(family, PEOPLE))))
    return False


def _says_too(mine: Cell, cell: Cell) -> bool:
    """Tell whether a value names a given one; 'under 50 euros' only leaves room for it."""
    value, other = mine.value, cell.value
    if not (isinstance(value, Amount) and isinstance(other, Amount)):
        return _is_there(mine, cell)
    if value.slot == "plain" and written(value) == written(other):
        return True
    return value.bound in ("", "range", other.bound) and _is_there(mine, cell)


def _looseness(value: Amount, converted: bool) -> float:
    if not value.loose:
        return 0.0
    if value.loose > _VAGUE:  # 'half a day'
        return value.loose
    return _CONVERTED if converted and value.slot == "time" else min(value.loose, _ROUNDED)


def _is_count(value: Value) -> bool:
    return value.slot == "plain" or value.slot.startswith("count:")


def _is_named(mine: Cell, pool: Pool) -> bool:
    """Tell whether a name of the answer says who or where it was, and not another matter."""
    before, _ = mine._around
    return not _ASIDE.search(before) and not mine.value.names & pool.asked_words


def _is_cap(value: Amount) -> bool:
    """Tell 'up to 10', which says how much there is, from 'under 10', which only compares."""
    return value.bound == "most" and value.said.startswith(("up to", "at most", "a max", "max", "no more"))


def _roles_meet(slot: str, other: str) -> bool:
    """Tell whether two names may stand for each other: 'by Ann', and 'Ann' as the subject."""
    (one, kind), (two, its) = ((*name.split(":")[1:], "")[:2] for name in (slot, other))
    if kind != its and "street" in (kind, its) or (kind == "country") != (its == "country"):
        return False
    if one == "subject":
        return two in ("subject", "by")
    return one == two or not (one and two) or (two == "subject" and one == "by")


def _agrees(value: Value, asked: Value) -> bool:
    return value.slot == asked.slot and agree(value, asked)


def _is_slip(value: Value, other: Value) -> bool:
    """Tell a wrong unit from what can be reckoned: '250 mg' for '250 µg'."""
    if not (isinstance(value, Amount) and isinstance(other, Amount)):
        return False
    if written(value) != written(other):
        return False
    return (value.unit.rstrip("s"), value.per) != (other.unit.rstrip("s"), other.per)


def _is_plain(mine: Cell) -> bool:
    one = mine.of
    if one.negated or mine.is_name:
        return False
    if isinstance(mine.value, Amount) and _is_count(mine.value) and mine.value.low == 1:
        return False  # 'one dose' may be any
    if getattr(mine.value, "loose", 0.0) > _VAGUE:
        return False
    return not mine.value.is_modifier or isinstance(mine.value, Trait)


def _may_meet(mine: Cell, cell: Cell) -> bool:
    """Tell whether the conditions and polarity of two cells leave them comparable."""
    one, fact = mine.of, cell.of
    if is_hedged(fold(one.text)) and not is_hedged(fold(fact.text)):
        return False
    if fact.negated != one.negated or _is_opposite(one, fact) or (NOT in fact.condition) != (NOT in one.condition):
        return False
    if cannot_tell(mine.value, cell.value) and not _is_slip(mine.value, cell.value):
        if agree(mine.value, cell.value) or not (one.positive and fact.positive):
            return False
        if one.condition or fact.condition or cell.is_case:
            return False
    if one.condition and not _EXCEPT.search(fold(one.text)) and not frozenset(map(family, one.condition)) & (cell.own | cell.borrowed | frozenset(map(family, one.asked))):
        return False
    free = _ROLES if isinstance(mine.value, Clock) else frozenset()
    a, b = one.words | one.context | one.asked, fact.words | fact.context | fact.label
    return not (
        apart(one.words - b - free, b - free) or apart((fact.words | fact.label) - a - free, a - free)
    )


def _is_opposite(one: Statement, fact: Statement) -> bool:
    """Tell 'closed until 5 pm' from 'open until 5 pm'."""
    return fact.positive != one.positive and bool(one.words & fact.words & POLAR)


def _score(mine: Cell, cell: Cell, rivals: Sequence[Cell]) -> float:
    """Return how much two cells share: words that tell the given cell from its rivals weigh most."""
    light = _LIGHT | frozenset(map(family, implied_words(mine.value)))
    score = 0.0
    alone = len(rivals) == 1
    for word in (mine.own | mine.borrowed) & (cell.own | cell.borrowed):
        everywhere = all(word in rival.own | rival.borrowed for rival in rivals)
        weight = 1.0
        if word in _FILLERS or (everywhere and word in light and not (word in _LIGHT and alone)):
            weight = _LIGHT_WEIGHT
        weight *= _BORROWED ** ((word not in mine.own) + (word not in cell.own))
        if len(rivals) > 1 and everywhere:
            weight *= _COMMON_WEIGHT
        score += weight
    return score


def _belongs(
    mine: Cell, cell: Cell, alike: Sequence[Cell], given: Sequence[Cell]
) -> bool:
    """Tell whether words of a cell stand for another one, and none for those that agree."""
    own = mine.own | mine.around
    if _PRONOUN.match(fold(mine.of.text)) or not own - _FILLERS:
        own |= mine.borrowed
    own -= _FILLERS
    theirs = frozenset().union(*(one.own | one.borrowed for one in alike))
    belongs = own & (cell.own | cell.around) - theirs
    if _COMPARES.search(fold(mine.of.text)):
        return False
    if not belongs - _VERBS and len(belongs) < _SEVERAL:
        return False
    known = frozenset().union(*(one.own | one.borrowed for one in given))
    if len(belongs) < _SHARE_OF_WORDS * len(own & known):
        return False
    return not (own | mine.borrowed) & (theirs - cell.own - cell.borrowed)


def _is_scaled(mine: Cell, best: Cell, given: Sequence[Cell], told: Sequence[Cell]) -> bool:
    """Tell whether another amount of the answer has grown by the same factor: a double batch."""
    ratio = _ratio(mine, best)
    return ratio is not None and any(
        abs((_ratio(one, cell) or 0.0) - ratio) < _CLOSE * ratio
        for one in told
        for cell in given
        if one is not mine and cell is not best and one.value.slot == cell.value.slot
    )


def _ratio(mine: Cell, cell: Cell) -> float | None:
    value, other = mine.value, cell.value
    if not (isinstance(value, Amount) and isinstance(other, Amount)) or value.bound or other.bound:
        return None
    return value.low / other.low if value.low > 0 and other.low > 0 and value.low != other.low else None


def _may_be_reckoned(
    mine: Cell, best: Cell, rivals: Sequence[Cell], told: Sequence[Cell], pool: Pool
) -> bool:
    """Tell whether a value follows from what was given, and something says that it was reckoned.

    That is a word ('in total'), another period, a number to reckon with that was not given,
    or that it stands beside no word of any one of the given values.
    """
    value, other = mine.value, best.value
    if _is_slip(value, other):
        return False
    if not isinstance(value, Amount) or not isinstance(other, Amount):
        return mine.of.reckons or pool.explains(value)
    exact = [written(one.value) for one in rivals if isinstance(one.value, Amount)]
    if len(exact) > 1 and abs(sum(exact) - written(value)) <= _CLOSE * abs(written(value)):
        return True
    if not pool.explains(replace(value, loose=min(value.loose, _CLOSE))):
        return False
    if mine.of.reckons or WORKED_OUT.search(fold(mine.of.text)) or value.per != other.per or pool.asked or pool.loose:
        return True
    if has_share(best.of.text) or pool.discounts(value, other):
        return True
    if any(
        isinstance(one.value, Amount)
        and one.value is not value
        and written(one.value) not in (*pool.numbers, 1.0)
        for one in told
    ):
        return True
    if len(rivals) == 1:
        return False
    shared = [rival.own | rival.borrowed for rival in rivals if rival is not best]
    return not (mine.own & best.own) - _FILLERS - frozenset().union(*shared)
