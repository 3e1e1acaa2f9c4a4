"""Tell what forbids a feature of the answer from what forbids only a part of it.

'No headings' leaves none; 'no level-one headings', 'no headings in the table' and 'do not cluster
the headings' leave some, and contradict nobody who asks for headings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.reading.nouns import STOP
from promptgate.language.contradictions.reading.verbs import PREPOSITION, phrase
from promptgate.language.contradictions.words.lexicon import WHOLE_STEMS
from promptgate.language.stems import WORD, stem, stem_set, word_set

if TYPE_CHECKING:
    from promptgate.language.instructions import Instruction

_USES = stem_set(
    """use include add insert write output return give provide show display produce put have employ
    append generate create make embed apply format render contain send reply answer respond start
    end begin open close deliver resort rely fall present carry bear feature hold get receive
    need sign wrap utilise utilize emit print adopt"""
)
_DENIED_HERE = re.compile(
    r"\b(?:without|no|avoid(?:ing)?|omit\w*|skip\w*)(?: (?:any|a|an|the|using|kind of|all))* $"
)
_BESIDE = re.compile(
    r" (?:in|at(?! all)|on|after|before|around|within|to|for|between|with|as|inside|from|into)\b"
    r" (?P<where>[^,;:.]*)"
)
_ANYWHERE = re.compile(
    r"\W*(?:any|all|each|every|your|the|their|its|a|an|any of your|this|whole|of)?\W*(?P<noun>\w+)"
)
# Words beside a feature that make it no smaller: 'fancy formatting', 'tables here'.
_LOOSE = word_set(
    """any all use using include including write writing markdown html plain fancy special extra
    decorative form formatting format syntax markup style anywhere whatsoever here either today
    please at whatever ever permitted allowed forbidden"""
)


def rules_out(instruction: Instruction, start: int, end: int) -> bool:
    """Tell whether a clause that denies what stands at a position denies all of it.

    Args:
        instruction: The clause.
        start: Where the words for the feature begin.
        end: Where they end.
    """
    text, found = instruction.text, phrase(instruction)
    beside_it = _DENIED_HERE.search(text[:start]) is not None
    if found is not None and found.start < start and not beside_it:
        if found.verb != "any" and found.verb not in _USES:
            return False
        if _is_narrowed(text, found.start, start, of_object=found.verb == "any"):
            return False
    following = re.match(r" (?P<noun>[\w'-]+)", text[end:])
    if following is not None and _tells(following.group("noun")):
        return False
    beside = _BESIDE.match(text, end)
    if beside is None:
        return True
    where = _ANYWHERE.match(beside.group("where"))
    return where is not None and stem(where.group("noun")) in WHOLE_STEMS


def _is_narrowed(text: str, verb: int, start: int, of_object: bool) -> bool:
    """Tell whether another object or an adjective stands between a verb and a feature."""
    between = WORD.findall(text[verb:start])[not of_object :]
    telling = [index for index, word in enumerate(between) if _tells(word)]
    if not telling:
        return False
    if any(PREPOSITION.match(f" {word} ") for word in between[telling[0] :]):
        return True
    return telling[-1] == len(between) - 1 and text[start - 2 : start] != ", "


def _tells(word: str) -> bool:
    return word not in STOP and word not in _LOOSE and not word.endswith("ly")
