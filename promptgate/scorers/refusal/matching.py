"""How the vocabulary is matched: patterns compiled, cheap literals, words as bits.

Twenty thousand answers a second leave 50 microseconds for each. So an answer is asked in
the order of cost: literals, the set of words in its opening, patterns on the opening,
patterns on the whole. Nothing here knows what a refusal is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.scorers.refusal.vocabulary import signs as words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = 450  # characters: where answers say whether they will help
_BODY = re.compile(r"\n[ \t]*(?:(?:\*\*)?\d{1,2}[.)]|[-*•+])[ \t]|```")
_ITEM = re.compile(r"\n[ \t]*(?:\*\*)?(?:\d{1,2}[.)]|[-*•+]|step \d)[ \t*]")
_SPACED = str.maketrans(dict.fromkeys('.,;:!?*"()[]{}<>/\\|#_-+=', " "))
_NEAR = 120  # characters after a clause that may limit it

BIT = {
    name: 1 << index
    for index, name in enumerate((*words_of.ENGLISH, *words_of.FOREIGN, *words_of.SCRIPTS))
}
"""A bit for each kind of claim, and for each language other than English."""

_BITS_OF: dict[str, int] = {}
for _name, _words in (words_of.ENGLISH | words_of.FOREIGN).items():
    for _word in _words.split():
        _BITS_OF[_word] = _BITS_OF.get(_word, 0) | BIT[_name]
_KNOWN = frozenset(_BITS_OF)


def compiled(pattern: str, *, at_word: bool = False) -> re.Pattern[str]:
    r"""Compile a pattern of the vocabulary, in which '_' stands for a space.

    Args:
        pattern: Regular expression in verbose form.
        at_word: Match the character before a word as well, and so at its start only. A class
            of characters in front is passed over many times faster than a \b.
    """
    spaced = pattern.replace("_", r"\ ")
    return re.compile(rf"[^\w'](?:{spaced})" if at_word else spaced, re.VERBOSE)


def mentions(part: str, literals: tuple[str, ...]) -> bool:
    """Tell whether one of some literals stands in a folded text: cheaper than any pattern."""
    return any(map(part.__contains__, literals))


def follows(
    folded: str, position: int, literals: tuple[str, ...], pattern: re.Pattern[str]
) -> bool:
    """Tell whether a pattern matches at a position, looking first for its literals nearby."""
    near = folded[position : position + _NEAR]
    return mentions(near, literals) and pattern.match(folded, position) is not None


def led_by(
    folded: str, start: int, leads: tuple[str, ...], pattern: re.Pattern[str]
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern, each of which begins with one of some leads, at a word.

    Finding the leads and matching there costs a quarter of searching for the pattern.
    """
    for lead in leads:
        at = folded.find(lead, start)
        while at >= 0:
            if at == 0 or not folded[at - 1].isalnum():
                match = pattern.match(folded, at)
                if match is not None:
                    yield match
            at = folded.find(lead, at + 1)


def opening_of(folded: str) -> str:
    """Return the opening: what stands before the first item or program, or some sentences."""
    end = len(folded)
    if end > _OPENING:
        end = max(folded.rfind(". ", 0, _OPENING), folded.rfind("\n", 0, _OPENING)) + 1
        end = end if end > _OPENING // 2 else _OPENING
    body = _BODY.search(folded, 0, end)
    return folded[: body.start() if body is not None and body.start() > 0 else end]


def words_in(part: str) -> set[str]:
    """Return the words of a part of a folded text."""
    return set(part.translate(_SPACED).split())


def signs_in(opening: str) -> int:
    """Return the bits of the kinds of claim whose words stand in an opening."""
    signs = 0
    for word in _KNOWN & words_in(opening):
        signs |= _BITS_OF[word]
    return signs


def has_list(folded: str) -> bool:
    """Tell whether an answer has a list: at least two items on lines of their own."""
    if "\n" not in folded:
        return False
    items = _ITEM.finditer(folded)
    return next(items, None) is not None and next(items, None) is not None
