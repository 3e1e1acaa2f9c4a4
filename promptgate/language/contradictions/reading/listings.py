"""Read counts that no number says: 'a second question', 'another tip', 'one poem and one essay'."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Amount
from promptgate.language.contradictions.reading.containers import NOT_NOUNS, container, is_adverb
from promptgate.language.contradictions.reading.nouns import canonical_words
from promptgate.language.contradictions.reading.numbers import ORDINALS, number_of
from promptgate.language.contradictions.reading.numbers import WORDS as NUMBER_WORDS
from promptgate.language.contradictions.reading.verbs import phrase
from promptgate.language.contradictions.words.lexicon import LANGUAGE_NAMES
from promptgate.language.contradictions.words.measures import (
    GENRES,
    LOOSE,
    SAME_UNIT,
    WORDS_PER_UNIT,
)
from promptgate.language.stems import stem, stem_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_NTH = re.compile(
    rf"\b(?:an?|one|with a|then a|its|plus a|the) (?P<nth>{'|'.join(ORDINALS)})"
    r"(?: (?:and (?:last|final)|short|shorter|longer|different"
    r"|new))? (?P<noun>(?:[a-z][\w'-]* ?){1,3})"
)
_ANOTHER = re.compile(
    r"\b(?:another|an? (?:additional|extra|further)|one more) (?P<noun>(?:[a-z][\w'-]* ?){1,2})"
)
_ONE_OF = re.compile(r"\b(?:an?|some) (?P<noun>[a-z][\w'-]*(?: [a-z][\w'-]*)?)")
_GERUND = re.compile(r"ing $")
_NO_UNITS = GENRES | {"tim", "time", "person", "languag"}
_ARTICLE = r"(?:an?|one|the)"
_PAIR = re.compile(
    rf"\b(?:both )?{_ARTICLE} (?P<one>[\w'-]+(?: [\w'-]+)?)(?P<more>(?:, {_ARTICLE} [\w'-]+"
    rf"(?: [\w'-]+)?)*),? (?:and|plus|as well as|and also) (?:also |then )?{_ARTICLE}"
    r" (?P<other>[\w'-]+(?: [\w'-]+)?)"
)
OFFERS = stem_set("recommend suggest propose offer advise")
_LANGUAGES = re.compile(
    rf"\b(?P<first>{'|'.join(sorted(LANGUAGE_NAMES))})"
    rf"(?P<more>(?:,? (?:and |or )?(?:{'|'.join(sorted(LANGUAGE_NAMES))})\b)+)"
)
_COUNT = rf"(?:\d+|{'|'.join(NUMBER_WORDS)})"
_TIMES = re.compile(
    rf"\b(?P<one>{_COUNT}) \w+s (?:of|with) (?P<other>{_COUNT}) (?P<unit>\w+s)\b(?: each)?"
)
_LETTERS = re.compile(r"\b(?P<noun>[\w-]+s) (?P<list>[a-h](?:, [a-h])*,? and [a-h])\b(?! )?")
_ADDS = re.compile(
    r"\b(?:add|includ|ask|giv|mention|us|writ|get|need|append|recommend|offer|follow|suggest|list"
    r"|provid|put|send|attach|insert|contain|hav|has|must|should|with|plus|tell|propos|end|finish"
    r"|clos|crack|mak|cit|nam|pick|assign|carr|show)\w*\b"
)


def listings(instruction: Instruction) -> Iterator[Amount]:
    """Yield how many there are at least, where they are told one by one."""
    text = instruction.text
    if instruction.is_foreign and not text.lstrip().startswith(("each ", "every ", "all ")):
        return
    for pattern, least in ((_NTH, 0.0), (_ANOTHER, 2.0), (_ONE_OF, 1.0)):
        for match in pattern.finditer(text):
            if not _ADDS.search(text[: match.start()]) or instruction.denies(match.start()):
                continue
            if number_of(match.group("noun").split()[0]) is None:
                count = least or ORDINALS[match.groupdict()["nth"]]
                yield from _at_least(instruction, match, count)
    for match in _PAIR.finditer(text):
        if not instruction.denies(match.start()):
            yield from _told(instruction, match)
    for match in _TIMES.finditer(text):
        one, other = number_of(match.group("one")), number_of(match.group("other"))
        if one and other and not instruction.denies(match.start()):
            unit = stem(match.group("unit"))
            product, unit = one * other, SAME_UNIT.get(unit, unit)
            counted = _amount(instruction, match, unit, product, product)
            yield replace(counted, target=container(text[: match.start()] + "x", match, unit))
    for match in _LANGUAGES.finditer(text):
        if " or " not in match.group() and not instruction.denies(match.start()):
            count = 1.0 + len(re.findall(r"[a-z]{4,}", match.group("more")))
            yield _amount(instruction, match, "languag", count, count)


def _at_least(instruction: Instruction, match: re.Match[str], count: float) -> Iterator[Amount]:
    words: list[str] = []
    for word in match.group("noun").split():
        if word in NOT_NOUNS or word == "one" or is_adverb(word):
            break
        words.append(stem(word))
    if _GERUND.search(instruction.text[: match.start()]) or not words or words[-1] in _NO_UNITS:
        return
    one = _amount(instruction, match, SAME_UNIT.get(words[-1], words[-1]), count, math.inf)
    yield replace(one, mods=frozenset(words[:-1]) - LOOSE)


def _told(instruction: Instruction, match: re.Match[str]) -> Iterator[Amount]:
    """Yield two of what both members are called: 'a Python example and a Java example'."""
    first, second = match.group("one").split(), match.group("other").split()
    count = 2.0 + match.group("more").count(",")
    one, other = stem(first[-1]), {stem(word) for word in second}
    found = phrase(instruction)
    if (one in other and len(first) > 1) or (len(first) > 1 and stem(second[0]) == one):
        yield _amount(instruction, match, SAME_UNIT.get(one, one), count, math.inf)
    elif found is not None and found.verb in OFFERS and found.start < match.start():
        yield _amount(instruction, match, ANYTHING, count, math.inf)


ANYTHING = "*"
"""The unit of what is told one by one under different names."""


def _amount(
    instruction: Instruction, match: re.Match[str], unit: str, low: float, high: float
) -> Amount:
    text = instruction.text
    kind = "length" if unit in WORDS_PER_UNIT else "language" if unit == "languag" else "count"
    found = phrase(instruction)
    verb = "ask" if unit == "question" else ""
    if unit == ANYTHING and found is not None:
        verb = found.verb
    words = canonical_words(text[: match.start()] + " " + text[match.end() :])
    target = container(text, match, unit)
    said = " ".join(match.group().split())
    return Amount(instruction, kind, unit, verb, target, low, high, words, frozenset(), said)
