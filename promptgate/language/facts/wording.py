"""Read the words of a clause: what it is about, and whether it is denied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.facts.lexicon import PHRASES, POLAR, STOP, canonical, opposite
from promptgate.language.facts.numerals import is_number_word
from promptgate.language.facts.values import Amount
from promptgate.language.folding import fold
from promptgate.language.stems import WORD, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.language.facts.values import Value, Words

_LETTERED = re.compile(
    r"\b(model|type|terminal|router|block|tower|series|group|team|version) ([a-z])\b(?!')"
)  # 'model b' is a word of its own
_NEGATOR = re.compile(
    r"\b(?:not|never|cannot|no(?!\s+(?:later|more|less|fewer|earlier|longer\ than|problem))|without"
    r"|neither|nor|none|nobody|nothing|lacks?|lacking|fails?\ to|failed\ to|unable\ to"
    r"|rather\ than|instead\ of)\b|n't\b"
)
NO_DENIAL = re.compile(
    r"^\W*(?:(?:probably|perhaps|maybe|certainly|definitely|sorry|unfortunately|better),? )?not"
    r"(?: (?:really|yet|quite|necessarily|entirely|exactly|always|any ?more))?[,:;.]"
    r"|\bnot (?:only|just|more than|less than|exceed|be \w+er than|\w+er than)"
    r"|\bnot? (?:doubt|wonder|worr\w+)\b"
    r"|\bdon't (?:worry|hesitate)\b|\bno\. ?(?:[a-z]{1,4}-?)?\d|^\W*no\b[,.!:]"
)
NEITHER = re.compile(r"\bneither\b(.{0,60}?)\bnor\b")
_CONTRACTED = re.compile(r"'(?:d|ll|ve|re|m|s)$")
_STOP_STEMS = frozenset(map(stem, STOP))


def content(text: str) -> Words:
    """Return the stems of a text that say what it is about."""
    return words_of(phrases(fold(text)))


def phrases(text: str) -> str:
    """Put one word for each phrase that is one word; positions move."""
    text = _LETTERED.sub(r"\1\2", text)
    for phrase, word in PHRASES.items():
        if phrase in text:
            text = text.replace(phrase, word)
    return text


def words_of(text: str, values: Sequence[Value] = ()) -> Words:
    """Return the stems of a folded text that say what it is about, without its values.

    Args:
        text: Folded, with phrases() put in.
        values: Blanked, but for the nouns that are counted.
    """
    text = without_values(text, values, 0)
    found = set()
    for match in WORD.finditer(text):
        word = match.group()
        word = _CONTRACTED.sub("", word)
        if word in STOP or word.isdigit() or is_number_word(word):
            continue
        root = opposite(word)
        if root not in _STOP_STEMS:
            found.add(root or canonical(word))
    return frozenset(found)


def without_values(text: str, values: Sequence[Value], offset: int) -> str:
    """Blank amounts, dates and times, but leave the nouns that are counted."""
    for value in values:
        start, end = value.span[0] - offset, value.span[1] - offset
        if isinstance(value, Amount) and value.slot.startswith(("count:", "ordinal:")):
            number = re.match(r"\W*\S+", text[start:end])
            end = start + (number.end() if number else 0)
        elif value.slot.startswith("name:"):
            continue
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def is_denied(text: str) -> bool:
    """Tell whether a clause is denied: an odd number of negations and opposite words."""
    words = WORD.findall(text)
    opposites = {root for word in words if (root := opposite(word)) is not None}
    plain = {stem(word) for word in words} & POLAR  # 'open or closed'
    return (negations(text) + len(opposites - plain)) % 2 == 1


def negations(text: str) -> int:
    """Return how many words of a folded text deny; 'neither … nor' is one."""
    return len(_NEGATOR.findall(NEITHER.sub(r"not \1 and", NO_DENIAL.sub(" ", text))))
