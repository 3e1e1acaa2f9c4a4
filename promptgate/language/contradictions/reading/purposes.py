"""Read what a property is for: 'metric units for distances' says nothing of weights."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.language.contradictions.reading.languages import addressee
from promptgate.language.contradictions.reading.nouns import canonical_words, scope_of
from promptgate.language.contradictions.reading.persons import INTERLOCUTORS
from promptgate.language.contradictions.words.lexicon import canonical_set
from promptgate.language.stems import stem

if TYPE_CHECKING:
    from promptgate.language.conditions import Words

_SEPARATING = canonical_set(
    "separate separated comma commas semicolon semicolons tab tabs pipe pipes comma-separated"
    " vertical bar between"
)
_ROUNDING = canonical_set("round show write give display use number value always")


@dataclass(frozen=True)
class Found:
    """Words of a clause that name a property."""

    kind: str
    name: str
    start: int
    end: int
    said: str

    @property
    def group(self) -> str:
        """The slot that the name is a value of."""
        return self.name.split(":")[0]


def purpose_of(text: str, one: Found, subject: str) -> Words:
    """Return the words for what a property is for; empty where it is for everything."""
    if one.kind == "audience":
        return frozenset()
    if one.group == "separator":
        return canonical_words(f"{one.said} {subject}") - _SEPARATING
    if one.group == "address":
        return addressee(text)
    if one.group == "decimals":
        return canonical_words(text[: one.start]) - _ROUNDING
    if one.said.startswith("number "):  # 'number the steps' says nothing of notes
        return frozenset({stem(one.said.split()[-1])})
    named = scope_of(text, one.said, one.end, one.kind)
    if one.group == "indent":
        named -= {"indentation", "indent", "cod", "code"}
    if one.kind == "tone":  # 'sugarcoat every piece of criticism' is for everything
        of = re.search(r"\bof ([^,;:.]*)", text[one.end :])
        named -= INTERLOCUTORS | (canonical_words(of.group(1)) if of else frozenset())
    return named
