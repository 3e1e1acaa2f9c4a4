"""Find what an answer denies and the facts state, or the other way round."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.language.facts.conflict import Conflict
from promptgate.language.facts.lexicon import VERBS
from promptgate.language.facts.statements import content
from promptgate.language.facts.subjects import closeness
from promptgate.language.facts.values import agree
from promptgate.language.folding import fold
from promptgate.language.stems import WORD, stem, stem_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.statement import Statement
    from promptgate.language.facts.values import Words

_SAME_CLAIM = 0.6
_IMPLIED_CLAIM = 0.75
_PROVISO = re.compile(r"\b(?:as long as|provided|unless|only if)\b")
_PART_DENIED = re.compile(
    r"^\W*(?:and |but )?not (?:for|in|on|with|to|from|by|of|this|that|these|every|all)\b"
)
_NOT_ALL = re.compile(r"\bnot (?:all|every|everyone|always|necessarily|each)\b")
_EVERY = re.compile(r"\b(?:all|every|everyone|always|each|any|whole)\b")
_BARE_DENIAL = re.compile(r"(?:n't|\bnot)\W*$")
_LIGHT = stem_set("include available need provide offer want come give get know see help")
_OR = re.compile(r"\b(?:or|nor)\b")


def denied(facts: Sequence[Statement], one: Statement) -> Conflict | None:
    """Return the conflict with a statement that says the opposite."""
    best: tuple[float, Statement] | None = None
    agreed = 0.0
    both_say = any(fact.implied for fact in facts)
    for fact in facts:
        if not same_condition(one, fact) or (both_say and one.implied != fact.implied):
            continue
        free = replace(one, condition=frozenset()) if not fact.condition else one
        close = closeness(free, fact, frozenset())
        said_little = one.implied or fact.implied or not one.words
        least = _IMPLIED_CLAIM if said_little else _SAME_CLAIM
        if close is None or close < least or not same_values(one, fact):
            continue
        if not one.answers_alone and not one.words & fact.words:  # 'No, leave it out.'
            continue
        if _is_of_the_question(one) and not one.asked & fact.words:
            continue
        if fact.positive == one.positive:
            agreed = max(agreed, close)
        elif _covers(one, fact) and (best is None or close > best[0]):
            best = close, fact
    if best is None or agreed >= best[0]:
        return None
    fact = best[1]
    denies = "denies" if fact.positive else "states"
    said = "states" if fact.positive else "denies"
    return Conflict("negation", fact.span, one.span, f"it {denies} what the other {said}")


def same_condition(one: Statement, fact: Statement) -> bool:
    """Tell whether a condition leaves room for both; none does where the facts rule all out."""
    if bool(one.condition) == bool(fact.condition):
        return True
    return has_proviso(one.text) and not fact.positive and not fact.condition and one.positive


def _is_of_the_question(one: Statement) -> bool:
    """Tell 'traffic data doesn't', which denies of another thing what was asked of one."""
    return bool(one.asked) and _BARE_DENIAL.search(fold(one.text)) is not None


def has_proviso(text: str) -> bool:
    """Tell whether a clause holds with a proviso, and not in a case that is only supposed."""
    return _PROVISO.search(fold(text)) is not None


def _covers(one: Statement, fact: Statement) -> bool:
    """Tell whether what is denied is no narrower than what is stated."""
    denied, stated = (fact, one) if one.positive else (one, fact)
    about = denied.words or denied.context
    if denied.elliptic and _PART_DENIED.match(fold(denied.text)):
        about = denied.words | denied.context
    heard = stated.words | stated.context | stated.asked
    narrower = about - heard
    if _NOT_ALL.search(fold(denied.text)) and not _EVERY.search(fold(stated.text)):
        return False
    parts = [content(part) for part in _OR.split(fold(denied.text))]
    if len(parts) > 1:  # 'cannot be refunded or exchanged': neither the one nor the other
        narrower = min(
            (about - frozenset().union(*(q for q in parts if q is not p)) - heard for p in parts),
            key=len,
        )
    shared = (denied.words | denied.context) & (stated.words | stated.context)
    if len(narrower) < len(about):
        narrower -= VERBS
    if len(shared) > 1:
        return not narrower
    alone = len(denied.words | stated.words) == 1
    return not narrower and alone and _light_verbs(denied) == _light_verbs(stated)


def _light_verbs(one: Statement) -> Words:
    """Return the verbs of a statement that are not among its words: 'included', 'needed'."""
    return frozenset(stem(word) for word in WORD.findall(fold(one.text))) & _LIGHT


def same_values(one: Statement, fact: Statement) -> bool:
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
