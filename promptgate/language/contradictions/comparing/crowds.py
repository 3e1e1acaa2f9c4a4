"""Weigh a collision of meaning by how many instructions there are to collide with by chance.

Two sentences of three that touch one theme are about each other; two of three hundred seldom are.
In a long prompt a theme counts only between neighbours; elsewhere it takes the very words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Ban, Identity, Limit, Often, Slot, Turn, Wish
from promptgate.language.contradictions.comparing.forbidden import is_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptgate.language.contradictions.claims import Claim

# Claims that are compared by meaning, not by numbers or the very words.
_MEANT = (Wish, Limit, Slot, Often, Identity, Turn)
_MANY = 30  # instructions; a prompt of half a page has fewer
_NEAR = 2


class Crowd:
    """The places of the instructions of a prompt.

    Attributes:
        is_large: Whether there are so many that some collide by chance.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        spans = sorted({claim.instruction.span for claim in claims})
        self._places = {span: place for place, span in enumerate(spans)}
        self.is_large = len(spans) >= _MANY

    def is_chance(self, a: Claim, b: Claim) -> bool:
        """Tell whether two claims that collide by meaning most likely do so by chance."""
        if not self.is_large or not (isinstance(a, _MEANT) or isinstance(b, _MEANT)):
            return False
        first, second = (self._places[claim.instruction.span] for claim in (a, b))
        if abs(first - second) <= _NEAR:
            return False
        wish, ban = (a, b) if isinstance(a, Wish) else (b, a)
        return not (isinstance(wish, Wish) and isinstance(ban, Ban) and is_plain(wish, ban))
