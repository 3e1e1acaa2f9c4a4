"""What a claim is: a stretch of an answer that declines, its kind and its force.

Apart, so that the modules that find claims need not import one another.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re


class Kind(Enum):
    """What a claim does, as a clause that follows 'the answer'."""

    WILL_NOT = "says it will not or cannot help"
    DECLINES = "declines"
    POLICY = "appeals to its policy"
    WITHHOLDS = "withholds personal data"
    NORM = "puts a norm in the place of help"
    DISSUADES = "advises against it, for something else"
    JUDGES = "rejects the question"
    MORAL = "rejects what the question takes for granted"
    PREACHES = "preaches"
    CONDEMNS = "condemns the act"
    CONCERN = "shows concern and refers to others"
    PRIVATE = "says that this is private"
    LACKS = "says that it does not have this"
    LIMIT = "names a limit of what it can do"
    DISAPPROVES = "withholds its approval"
    INABILITY = "begins with an inability"


PREACHING = frozenset({Kind.NORM, Kind.DISSUADES, Kind.JUDGES, Kind.MORAL, Kind.PREACHES})
"""What a claim of norms does: an answer that sets about it may say as much."""


class Claim(NamedTuple):
    """A stretch of an answer that declines. (A tuple, as one is made for each of many answers.)

    Attributes:
        start: Its first character.
        end: One past its last.
        kind: What it does.
        firm: Whether it declines whatever else stands there; a soft one (a limit, a
            disapproval) declines only where no help follows.
        language: ISO 639-1 code.
    """

    start: int
    end: int
    kind: Kind
    firm: bool = True
    language: str = "en"


def claim_at_word(match: re.Match[str], kind: Kind, *, firm: bool = True) -> Claim:
    """Make a claim of a match of a pattern at a word: without the character before the word."""
    return Claim(match.start() + 1, match.end(), kind, firm)
