"""Decide whether two orders of rank can both hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.language.contradictions.words.lexicon import ANTONYMS, canonical_set

if TYPE_CHECKING:
    from promptgate.language.conditions import Words
    from promptgate.language.contradictions.claims import Over, Policy, Turn

_FOLLOWING = canonical_set(
    "follow obey win prevail apply go trust believe use take prefer always carry"
)
# Those who are served out of turn.
_SPECIAL = canonical_set(
    """urgent vip premium emergency important gold paying loyal business critical priority serious
    high new sick enterprise platinum angry partner member escalated complaint"""
)
_QUEUED = canonical_set(
    """ticket customer request call order question message case patient email user complaint issue
    caller client guest item task claim report job article flight result"""
)


def winners_differ(a: Policy, b: Policy) -> bool:
    """Tell whether two rules name different winners where instructions disagree."""
    if {"first", "last"} == a.winner | b.winner:
        return a.winner != b.winner
    first, second = a.winner - _FOLLOWING, b.winner - _FOLLOWING
    same = a.instruction.when.condition == b.instruction.when.condition
    stated = bool(a.winner & _FOLLOWING) and bool(b.winner & _FOLLOWING)
    return same and stated and bool(first and second) and not first & second


def ranks_apart(a: Over, b: Over) -> str | None:
    """Return why two rankings cannot both hold, as a clause; None where they can."""
    if a.equal or b.equal:
        same = a.equal != b.equal and (a.first | a.second) == (b.first | b.second)
        return "one ranks what the other has count alike" if same else None
    if "*" in b.first and a.first & b.second:
        return "one gives up what the other puts first"
    if not a.second and not b.second:
        return "each puts something else first" if not a.first & b.first else None
    if a.second and b.second:
        ahead = _alike(_beyond(a.first, a.second), _beyond(b.second, b.first))
        behind = _alike(_beyond(b.first, b.second), _beyond(a.second, a.first))
        return "each puts first what the other puts second" if ahead and behind else None
    if b.second and not a.second and a.first & b.second and not a.first & b.first:
        return "one puts first what the other puts second"
    return None


def turns_apart(a: Turn, b: Turn) -> str | None:
    """Return why two places in a queue cannot both hold, as a clause; None where they can."""
    places = {a.place, b.place}
    if a.place == "arrival" != b.place:
        if "remain" in a.words or not (b.words & _SPECIAL or a.words & b.words & _QUEUED):
            return None
        return "one takes all in the order of arrival, the other takes some out of turn"
    if places == {"first", "last"}:
        own, others = a.words - b.words, b.words - a.words
        same = bool(a.words & b.words) and not (own and others)
        return "one thing comes first and last" if same else None
    if places == {"first"} and a.of_all and b.of_all and not a.words & b.words:
        return "each puts something else first"
    if places == {"first"} and (shared := a.words & b.words):
        own, others = a.words - shared, b.words - shared
        apart = frozenset(own | others) in ANTONYMS or shared & _QUEUED
        return "each puts something else first" if own and others and apart else None
    return None


def _alike(words: Words, others: Words) -> bool:
    return words <= others or others <= words


def _beyond(words: Words, others: Words) -> Words:
    """Return what tells one side of a comparison from the other."""
    return words - others or words
