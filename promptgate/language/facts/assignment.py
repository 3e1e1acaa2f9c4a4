"""Tell which given value a value of an answer stands for, by the words around both.

A value belongs to the words that stand beside it and beside no other value of its kind: of
'students get 15% off, seniors 20%', 'students' belongs to 15%. An answer contradicts where it
has another value beside such words, and the one that belongs there nowhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import written
from promptgate.language.facts.cells import HAS_VERB, is_count
from promptgate.language.facts.conflict import clash
from promptgate.language.facts.families import family, family_set
from promptgate.language.facts.lexicon import POLAR, STOP, VERBS, canonical
from promptgate.language.facts.names import MENTION
from promptgate.language.facts.novelty import is_hedged
from promptgate.language.facts.reckoning import is_scaled, may_be_reckoned
from promptgate.language.facts.sameness import (
    VAGUE,
    agrees,
    alike,
    cannot_tell,
    is_slip,
    of_one_kind,
    says_too,
)
from promptgate.language.facts.statement import NOT
from promptgate.language.facts.subjects import apart, implied_words
from promptgate.language.facts.values import Amount, Clock, Trait, agree
from promptgate.language.folding import fold
from promptgate.language.stems import WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.cells import Cell
    from promptgate.language.facts.conflict import Conflict
    from promptgate.language.facts.novelty import Pool
    from promptgate.language.facts.statement import Statement
    from promptgate.language.facts.values import Value, Words

_SURELY, _ALIGNED, _ALONE = 1.5, 0.9, 0.5
"""Scores from which a value stands in another's place: bare numbers, one of several, the only."""
_SHARE_OF_WORDS, _SEVERAL = 0.3, 2
_LIGHT_WEIGHT, _COMMON_WEIGHT, _BORROWED = 0.3, 0.5, 0.5
_PRONOUN = re.compile(r"^\W*(?:and |but |so )?(?:it|they|this|that|these|those|he|she|both)\b")
_EXCEPT = re.compile(r"\b(?:except|unless)\b")
_COMPARES = re.compile(r"\b(?:less|more|fewer|than|unlike|versus|against)\b")
_ASIDE = re.compile(
    r"\b(?:not|like|such as|unlike|than|or|instead of|rather than|including|e\.g\.|via|between|and)"
    r" (?:the |a )?$"
)
_SAYS = re.compile(r"(?:\b(?:to|with|is|be)|[a-z]{3,}) (?:the |a |an |our |your )?$")
_TURNED = {"most": "least", "least": "most"}
_VERBS = frozenset(map(family, VERBS))
_ROLES = frozenset(map(canonical, ["open", "close", "start", "end"]))
_LIGHT = family_set(
    """cost last need want get offer stay remain first one other new full good long short year month
    week hour minute set stand put keep turn run bring"""
)
_FILLERS = family_set(
    """thing way number amount option part kind sort type day time per before after become be have
    do total limit maximum minimum"""
)


def misassigned(
    given: Sequence[Cell], told: Sequence[Cell], mine: Cell, pool: Pool
) -> Conflict | None:
    """Return the conflict of a value with the given one that belongs in its place."""
    if not _is_plain(mine) or mine.value.slot.startswith("name:"):
        return None
    if mine.value.slot.startswith(MENTION) and not _is_named(mine, pool):
        return None
    if any(agrees(mine.value, asked) for asked in pool.premises):
        return None
    if (
        isinstance(mine.value, Amount)
        and is_count(mine.value)
        and written(mine.value) in pool.unread
    ):
        return None  # 'married six times', 'six wives'
    there = alike(mine, given)
    if isinstance(mine.value, Amount) and mine.value.bound:
        there = [cell for cell in there if not is_slip(mine.value, cell.value)]
    rivals = [
        cell
        for cell in given
        if cell not in there and of_one_kind(mine, cell) and not _covers(mine.value, cell.value)
    ]
    others = [cell for cell in rivals if _may_meet(mine, cell)]
    if turned := _turned(mine, given):
        return clash(turned.of, mine.of, mine.value, turned.value)
    if not others:
        return None
    best = max(others, key=lambda cell: _score(mine, cell, rivals))
    if any(agrees(asked, best.value) for asked in pool.premises) or _is_asked(best, pool):
        return None
    if any(says_too(one, best) for one in told if one is not mine):
        return None
    if there and not is_slip(mine.value, best.value):
        if not _belongs(mine, best, there, given) or is_scaled(mine, best, given, told):
            return None
    elif (
        not _is_aligned(mine, best, others, rivals)
        or (not is_slip(mine.value, best.value) and is_scaled(mine, best, given, told))
        or may_be_reckoned(mine, best, rivals, told, pool, _FILLERS)
    ):
        return None
    return clash(best.of, mine.of, mine.value, best.value)


def _is_asked(cell: Cell, pool: Pool) -> bool:
    """Tell whether a given name is in the question: it is what was asked about."""
    value = cell.value
    if not isinstance(value, Trait) or not value.slot.startswith(MENTION):
        return False
    return bool(value.names & pool.asked_words)


def _covers(value: Value, other: Value) -> bool:
    """Tell whether both can hold; two ranges are two claims though one lies in the other."""
    ranges = getattr(value, "bound", "") == getattr(other, "bound", "") == "range"
    return not ranges and agrees(value, other)


def _is_plain(mine: Cell) -> bool:
    one = mine.of
    if one.negated or mine.is_name:
        return False
    if isinstance(mine.value, Amount) and is_count(mine.value) and mine.value.low == 1:
        return False  # 'one dose' may be any
    if getattr(mine.value, "loose", 0.0) > VAGUE:
        return False
    return not mine.value.is_modifier or isinstance(mine.value, Trait)


def _is_named(mine: Cell, pool: Pool) -> bool:
    """Tell whether a name of the answer says who or where it was, and not another matter."""
    before = mine.around_it[0]
    if not isinstance(mine.value, Trait) or mine.value.names & pool.asked_words:
        return False
    if _ASIDE.search(before):
        return False
    return mine.value.slot != f"{MENTION}:" or _SAYS.search(before) is not None


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


def _is_aligned(mine: Cell, best: Cell, others: Sequence[Cell], rivals: Sequence[Cell]) -> bool:
    """Tell whether a value stands in the place of another, and of no third as well."""
    score = _score(mine, best, rivals)
    if mine.value.slot == best.value.slot == "plain" and not mine.beside:
        return score >= _SURELY
    if len(others) == 1:
        light = frozenset(map(family, implied_words(mine.value))) | _FILLERS
        if not (mine.own | mine.borrowed | best.own | best.borrowed) - light:
            return True  # 'It weighs 640 grams.' and 'It weighs 6.4 kg.'
        if len(rivals) == 1 and frozenset(map(family, mine.of.asked)) & (light - _FILLERS):
            return True  # asked for the only value of its kind
        return score >= (0.0 if is_slip(mine.value, best.value) else _ALONE)
    second = max(
        (
            _score(mine, cell, rivals)
            for cell in others
            if cell is not best and not agrees(cell.value, best.value)
        ),
        default=0.0,
    )
    return score >= _ALIGNED or (score >= _ALONE and score - second >= _ALONE)


def _may_meet(mine: Cell, cell: Cell) -> bool:
    """Tell whether the conditions and polarity of two cells leave them comparable."""
    one, fact = mine.of, cell.of
    if is_hedged(fold(one.text), fact.words | fact.context) and not is_hedged(fold(fact.text)):
        return False
    excepted = _EXCEPT.search(fold(one.text)) is not None
    if fact.negated != one.negated or _is_opposite(one, fact):
        return False
    if not excepted and (NOT in fact.condition) != (NOT in one.condition):
        return False
    if cannot_tell(mine.value, cell.value) and not is_slip(mine.value, cell.value):
        if agree(mine.value, cell.value) or not (one.positive and fact.positive):
            return False
        if one.condition or fact.condition or cell.is_case:
            return False
    heard = cell.own | cell.borrowed | frozenset(map(family, one.asked))
    if one.condition and not excepted and not frozenset(map(family, one.condition)) & heard:
        return False
    free = _ROLES if isinstance(mine.value, Clock) else frozenset()
    a, b = one.words | one.context | one.asked, fact.words | fact.context | fact.label
    return not (
        apart(one.words - b - free, b - free)
        or apart((fact.words | fact.label) - a - free, a - free)
    )


def _is_opposite(one: Statement, fact: Statement) -> bool:
    """Tell 'closed until 5 pm' from 'open until 5 pm'."""
    return fact.positive != one.positive and bool(one.words & fact.words & POLAR)


def _score(mine: Cell, cell: Cell, rivals: Sequence[Cell]) -> float:
    """Return how much two cells share; words that tell the given one from its rivals weigh most."""
    light = frozenset(map(family, implied_words(mine.value)))
    if len(rivals) > 1:
        light |= _LIGHT
    score = 0.0
    for word in (mine.own | mine.borrowed) & (cell.own | cell.borrowed):
        everywhere = all(word in rival.own | (rival.borrowed - rival.beyond) for rival in rivals)
        weight = 1.0
        if word in _FILLERS or (everywhere and word in light):
            weight = _LIGHT_WEIGHT
        weight *= _BORROWED ** ((word not in mine.own) + (word not in cell.own))
        if len(rivals) > 1 and everywhere:
            weight *= _COMMON_WEIGHT
        score += weight
    return score


def _belongs(mine: Cell, cell: Cell, there: Sequence[Cell], given: Sequence[Cell]) -> bool:
    """Tell whether words of a cell stand for another one, and none for those that agree."""
    own = mine.own | mine.around
    if _PRONOUN.match(fold(mine.of.text)) or not own - _FILLERS:
        own |= mine.borrowed
    own -= _FILLERS
    theirs = frozenset().union(*(one.own | (one.borrowed - one.beyond) for one in there))
    belongs = own & (cell.own | cell.around) - theirs
    if _is_whole_label(cell, own) and not any(_is_whole_label(one, own) for one in there):
        return True
    if belongs:
        belongs = own & (cell.own | cell.around | cell.borrowed) - theirs
    if not HAS_VERB.search(cell.of.text):
        theirs -= _VERBS
    if _COMPARES.search(fold(mine.of.text)):
        return False
    if not belongs - _VERBS and len(belongs) < _SEVERAL and not belongs & _last_word(mine):
        return False
    known = frozenset().union(*(one.own | one.borrowed for one in given))
    keys = sum(" " in word for word in belongs)  # 'weekday 4' tells more than a word
    if len(belongs) + keys < _SHARE_OF_WORDS * len(own & known):
        return False
    return not (own | mine.borrowed) & (theirs - cell.own - (cell.borrowed - cell.beyond))


def _last_word(mine: Cell) -> Words:
    """Return the family of the last word before a value: 'made' of 'made in Portugal'."""
    words = [word for word in WORD.findall(mine.around_it[0]) if word not in STOP]
    return frozenset(family(canonical(word)) for word in words[-1:])


def _is_whole_label(cell: Cell, words: Words) -> bool:
    """Tell whether words have all of a label: 'Saver' and not 'Saver Plus'."""
    label = frozenset(map(family, cell.of.label)) - _FILLERS
    return bool(label) and label <= words
