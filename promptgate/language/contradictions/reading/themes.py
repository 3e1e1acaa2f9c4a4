"""Find the themes that a clause names, and those that it touches without naming them.

'Medical advice' names a theme; 'which antibiotic to take' touches it. The themes are data
(`subjects`, `conduct`); here they are looked up, word by word, in one pass over a clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from promptgate.language.contradictions.words.conduct import CONDUCT
from promptgate.language.contradictions.words.subjects import SUBJECTS
from promptgate.language.stems import WORD, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Theme = str
_ANY = "_"
_OWN = "t:persona "


@dataclass(frozen=True)
class Token:
    """A word of a clause: as it stands, its stem, and where it begins and ends."""

    word: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """A theme, and the tokens (from, to) that stand for it."""

    theme: Theme
    first: int
    last: int


@lru_cache(maxsize=2048)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a folded text."""
    return tuple(Token(m.group(), stem(m.group()), *m.span()) for m in WORD.finditer(text))


class _Index:
    """Phrases by their first word."""

    def __init__(self, phrases: Iterable[tuple[Theme, str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Theme]]] = {}
        for theme, phrase in phrases:
            parts = tuple(_part(word) for word in phrase.split())
            self._by_first.setdefault(parts[0].lstrip("="), []).append((parts, theme))

    def find(self, words: Sequence[Token]) -> Iterator[Found]:
        """Yield what stands in a clause, from left to right."""
        for index, token in enumerate(words):
            candidates = self._by_first.get(token.stem, ())
            if token.word != token.stem:
                candidates = [*candidates, *self._by_first.get(token.word, ())]
            for parts, theme in candidates:
                last = index + len(parts)
                if last <= len(words) and all(map(_fits, parts, words[index:last])):
                    yield Found(theme, index, last)


def _part(word: str) -> str:
    return word if word == _ANY or word.startswith("=") else stem(word)


def _fits(part: str, token: Token) -> bool:
    return part in (token.stem, _ANY) or (part[0] == "=" and part[1:] == token.word)


def _lines(table: str) -> Iterator[tuple[Theme, list[list[str]]]]:
    """Yield the themes of a table: name, and the phrases of each of its parts."""
    for entry in table.strip().replace("\n    ", " ").split("\n"):
        name, parts = entry.split(":", 1)
        yield f"t:{name}", [[one.strip() for one in part.split(",")] for part in parts.split("|")]


def _part_of(*numbers: int) -> Iterator[tuple[Theme, str]]:
    """Yield the phrases of some parts of the tables; names that say too little stand alone."""
    for table in (SUBJECTS, CONDUCT):
        for name, parts in _lines(table):
            for number in numbers:
                for phrase in parts[number] if number < len(parts) else ():
                    asks = number == 0 and len(numbers) > 1
                    if phrase and not (asks and (phrase[0] == "~" or name.startswith(_OWN))):
                        yield name, phrase.lstrip("~")


_NAMES, _FALLS_UNDER, _UNLIKE = (_Index(_part_of(*numbers)) for numbers in ((0,), (0, 1), (2,)))


def named(words: Sequence[Token]) -> list[Found]:
    """Return the themes that a clause names, each as often as it is named."""
    return list(_NAMES.find(words))


def touched(words: Sequence[Token], whole: Sequence[Token] | None = None) -> list[Found]:
    """Return the themes that a clause touches, without those that it only seems to.

    Args:
        words: The words that count.
        whole: Those of the whole clause, with its condition; the same where not given.
    """
    found = list(_FALLS_UNDER.find(words))
    unlike = {one.theme for one in _UNLIKE.find(whole or words)} if found else set()
    return [one for one in found if one.theme not in unlike]


def kind_of(theme: Theme, otherwise: str) -> str:
    """Return how a contradiction about a theme is called."""
    return "persona" if theme.startswith(_OWN) else otherwise
