"""Decide whether what one instruction asks for falls under what another forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.language.contradictions.words.families import TELLING

if TYPE_CHECKING:
    from promptgate.language.contradictions.claims import Ban, Wish

_ASKING = frozenset({"ask"})
_KEEPING = frozenset({"store"})
_READING = frozenset({"browse", "look", "open"})
# Terms that are not to be used may be explained.
_TERMS = frozenset({"t:jargon", "t:slang", "t:abbreviations", "t:medical terms"})
_EXPLAINING = frozenset({"v:explain", "v:defin"})
_GIVEN = frozenset({"t:discounts", "t:refunds", "t:compensation"})


def falls_under(wish: Wish, ban: Ban) -> bool:
    """Tell whether every item of a prohibition is met by a request of a like verb."""
    if not all(item & wish.things for item in ban.items) or _at_other_times(wish, ban):
        return False
    return _like(wish, ban) and (not wish.owner or not ban.owner or wish.owner == ban.owner)


def _at_other_times(wish: Wish, ban: Ban) -> bool:
    """Tell 'after departure' from 'before departure'."""
    asked, forbidden = (
        frozenset(claim.instruction.quoted.split()) & {"before", "after"} for claim in (wish, ban)
    )
    return bool(asked and forbidden) and not asked & forbidden


def is_plain(wish: Wish, ban: Ban) -> bool:
    """Tell whether a request has the very words and a like verb of a prohibition."""
    same = not ban.families or bool(ban.families & wish.families)
    return same and bool(ban.words) and ban.words <= wish.things and not wish.instruction.when.said


def _like(wish: Wish, ban: Ban) -> bool:
    """Tell whether verbs do not rule out that one thing is meant: giving is not asking for."""
    asked, forbidden = wish.families, ban.families
    if wish.inward or (wish.things & _EXPLAINING and any(item & _TERMS for item in ban.items)):
        return False
    if not asked or asked & forbidden:
        return True
    if asked <= _ASKING | _KEEPING:
        if not forbidden:
            return not any(item & _GIVEN for item in ban.items)
        return "talk" in forbidden and "give" not in forbidden
    if not forbidden:
        return True
    return bool(forbidden & TELLING) and not asked <= _READING
