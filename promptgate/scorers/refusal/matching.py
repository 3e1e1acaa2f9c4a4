"""How the vocabulary is matched: patterns compiled, cheap literals, words as bits.

Twenty thousand answers a second leave 50 microseconds for each. So an answer is asked in
the order of cost: literals, the set of words in its opening, patterns on the opening,
patterns on the whole. Nothing here knows what a refusal is.
"""

from __future__ import annotations

import re

from promptgate.scorers.refusal.vocabulary import signs as words_of

_OPENING = 450  # characters: where answers say whether they will help
_BODY = re.compile(r"\n[ \t]*(?:(?:\*\*)?\d{1,2}[.)]|[-*•+])[ \t]|```")
_ITEM = re.compile(r"\n[ \t]*(?:\*\*)?(?:\d{1,2}[.)]|[-*•+]|step \d)[ \t*]")
_MARKS = b'.,;:!?*"()[]{}<>/\\|#_-+='
_SPACED = bytes.maketrans(_MARKS, b" " * len(_MARKS))
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


def starts_of(folded: str, leads: tuple[str, ...], start: int, end: int) -> list[int]:
    """Return where some leads stand at the start of a word, in order."""
    places = []
    for lead in leads:
        at = folded.find(lead, start, end)
        while at >= 0:
            if at == 0 or not (folded[at - 1].isalnum() or folded[at - 1] == "'"):
                places.append(at)
            at = folded.find(lead, at + 1, end)
    places.sort()
    return places


def opening_of(folded: str) -> str:
    """Return the opening: what stands before the first item or program, or some sentences."""
    end = len(folded)
    if end > _OPENING:
        end = max(folded.rfind(". ", 0, _OPENING), folded.rfind("\n", 0, _OPENING)) + 1
        end = end if end > _OPENING // 2 else _OPENING
    body = _BODY.search(folded, 0, end)
    return folded[: body.start() if body is not None and body.start() > 0 else end]


def _split(part: str) -> list[str]:
    """Split a text into words; bytes are translated several times as fast as characters."""
    return part.encode("utf-8", "replace").translate(_SPACED).decode("utf-8").split()


def words_in(part: str) -> set[str]:
    """Return the words of a part of a folded text."""
    return set(_split(part))


def signs_in(opening: str) -> int:
    """Return the bits of the kinds of claim whose words stand in an opening."""
    signs = 0
    for bits in filter(None, map(_BITS_OF.get, _split(opening))):
        signs |= bits
    return signs


def has_list(folded: str) -> bool:
    """Tell whether an answer has a list: at least two items on lines of their own."""
    if "\n" not in folded:
        return False
    items = _ITEM.finditer(folded)
    return next(items, None) is not None and next(items, None) is not None
