"""Read what alone is to be done: 'review only the style', 'on flaws and on nothing besides'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Only
from promptgate.language.contradictions.reading.nouns import object_words
from promptgate.language.contradictions.reading.numbers import number_of
from promptgate.language.contradictions.reading.verbs import PREPOSITION, phrase
from promptgate.language.stems import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_STRICT = re.compile(
    r"\b(?:exclusively|solely|alone"
    r"|and (?:\w+ )?(?:nothing|nobody|no one|none) (?:else|besides|beyond|more|other)"
    r"|and (?:\w+ )?no other(?: \w+)?|nothing (?:but|else))\b"
)
_ONLY = re.compile(
    r"\b(?:only|just)\b(?! (?:if|when|after|once|then|as|in|for|with|on|by|at|to)\b)"
)


def exclusives(instruction: Instruction) -> Iterator[Only]:
    """Yield what an instruction limits the assistant to."""
    text = instruction.text
    found = phrase(instruction)
    if found is None or instruction.is_foreign or instruction.denies(found.start):
        return
    strict = _STRICT.search(text)
    if strict is None and _ONLY.search(text) is None:
        return
    said = _ONLY.sub(" ", _STRICT.sub(" ", found.object_text))
    first = WORD.search(said)
    if first is None or number_of(first.group()) is not None:
        return
    said = said[: end.start()] if (end := PREPOSITION.search(said, first.end())) else said
    words, heads = object_words(said)
    if words:
        yield Only(
            instruction, "scope", found.verb, found.groups, words, heads, strict is not None,
            " ".join(said.split()).strip(" .,;!"),
        )  # fmt: skip
