"""How the vocabulary is matched: patterns compiled, cheap literals, words as bits.

Twenty thousand answers a second leave 50 microseconds for each. So an answer is asked in
the order of cost: literals, the set of words in its opening, patterns on the opening,
patterns on the whole. Nothing here knows what a refusal is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from promptgate.scorers.refusal.vocabulary import signs as words_of

_OPENING = 450  # characters: where answers say whether they will help
_BODY = re.compile(r"\n(?:[ \t]*(?:(?:\*\*)?\d{1,2}[.)]|[-*•+])[ \t]|```)")
_ITEM = re.compile(r"\n[ \t]*(?:\*\*)?(?:\d{1,2}[.)]|[-*•+]|step \d)[ \t*]")
_MARKS = b'.,;:!?*"()[]{}<>/\\|#_-+='
_SPACED = bytes.maketrans(_MARKS, b" " * len(_MARKS))


def words(part: str) -> list[bytes]:
    """Return the words of a part of a folded text, as bytes, which are split in half the time."""
    return part.encode("utf-8", "replace").translate(_SPACED).split()


BIT = {
    name: 1 << index
    for index, name in enumerate((*words_of.ENGLISH, *words_of.FOREIGN, *words_of.SCRIPTS))
}
"""A bit for each kind of claim, and for each language other than English."""

_BITS_OF: dict[bytes, int] = {}
for _name, _words in (words_of.ENGLISH | words_of.FOREIGN).items():
    for _word in words(_words):
        _BITS_OF[_word] = _BITS_OF.get(_word, 0) | BIT[_name]
_SIGNS = frozenset(_BITS_OF)


def compiled(pattern: str, *, at_word: bool = False, flags: int = re.ASCII) -> re.Pattern[str]:
    r"""Compile a pattern of the vocabulary, in which '_' stands for a space.

    Args:
        pattern: Regular expression in verbose form.
        at_word: Match the character before a word as well, and so at its start only. A class
            of characters in front is passed over many times faster than a \b.
        flags: Of the compilation. English is ASCII, of which a letter is told in a tenth of
            the time.
    """
    spaced = pattern.replace("_", r"\ ")
    return re.compile(rf"[^a-z0-9'/](?:{spaced})" if at_word else spaced, re.VERBOSE | flags)


def mentions(part: str, literals: tuple[str, ...]) -> bool:
    """Tell whether one of some literals stands in a folded text: cheaper than any pattern."""
    for literal in literals:  # noqa: SIM110 - a third faster than any()
        if literal in part:
            return True
    return False


def starts_of(folded: str, leads: tuple[str, ...], start: int) -> list[int]:
    """Return where some leads stand at the start of a word, in order."""
    rest = folded[start:]
    places = []
    for lead in leads:
        if lead in rest:
            at = folded.find(lead, start)
            while at >= 0:
                if not (folded[at - 1].isalnum() or folded[at - 1] == "'"):
                    places.append(at)
                at = folded.find(lead, at + 1)
    places.sort()
    return places


def opening_of(folded: str) -> str:
    """Return the opening: what stands before the first item or program, or some sentences."""
    end = len(folded)
    if end > _OPENING:
        end = max(folded.rfind(". ", 0, _OPENING), folded.rfind("\n", 0, _OPENING)) + 1
        end = end if end > _OPENING // 2 else _OPENING
    body = _BODY.search(folded, 1, end)
    return folded[: end if body is None else body.start()]


def signs_in(opening: str) -> int:
    """Return the bits of the kinds of claim whose words stand in an opening."""
    signs = 0
    for word in _SIGNS.intersection(words(opening)):
        signs |= _BITS_OF[word]
    return signs


@lru_cache(maxsize=1)  # the answer at hand is asked several times
def has_list(folded: str) -> bool:
    """Tell whether an answer has a list: at least two items on lines of their own."""
    items = _ITEM.finditer(folded, 1)
    return next(items, None) is not None and next(items, None) is not None
