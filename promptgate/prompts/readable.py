"""Prompts as one text for a reader, and the comments that let a contradiction of theirs stand.

A comment `{# promptgate: allow contradiction — reason #}` in the line above (in front matter:
`# …`) lets a contradiction stand; it must say why, and it must be needed. Apart from the rules of
language, which whoever asks a model to read does not need.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.prompts.assembly import Place, assemble
from promptgate.prompts.faults import Fault
from promptgate.prompts.library import Library
from promptgate.prompts.prompt import find_source, list_prompts
from promptgate.prompts.structure import structure_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.files import Tree
    from promptgate.prompts.assembly import Assembled
    from promptgate.prompts.library import Source

_COMMENT = re.compile(
    r"(?:\{#-?\s*|^[ \t]*#\s*)promptgate:\s*allow\s+contradiction\b[ \t]*(?:[—–:-]+\s*)?"
    r"(?P<reason>.*?)\s*(?:-?#\}|$(?<!\}))",
    re.DOTALL | re.MULTILINE,
)
_SHOWN = 90


@dataclass(frozen=True)
class Allowance:
    """A comment that lets the contradictions of the next line stand.

    Attributes:
        place: The line in which the comment ends.
        reason: Why; '' where it does not say.
    """

    place: Place
    reason: str

    def covers(self, place: Place) -> bool:
        """Tell whether a place stands in the comment's line or the one below."""
        return self.place.file == place.file and place.line - self.place.line in (0, 1)


@dataclass(frozen=True)
class ReadablePrompt:
    """A prompt without faults of structure, put together for a reader.

    Attributes:
        name: As in `prompts/<name>.md`.
        file: Its own file.
        assembled: Its text, with the place of each character.
        allowed: The comments that let contradictions stand, with a reason.
    """

    name: str
    file: str
    assembled: Assembled
    allowed: tuple[Allowance, ...]

    def allows(self, *places: Place) -> bool:
        """Tell whether a comment covers one of some places."""
        return any(one.covers(place) for one in self.allowed for place in places)


def readable_prompts(tree: Tree, folder: str) -> Iterator[ReadablePrompt]:
    """Yield the prompts of a revision that can be read; what is wrong with others lint says."""
    library = Library(tree, folder)
    for name in list_prompts(tree, folder):
        try:
            source = find_source(library, name)
        except InputError:
            continue
        closure = library.closure(source)
        if closure.faults or list(structure_faults(library, closure)):
            continue
        allowed = (one for part in closure.sources.values() for one in allowances(part))
        reasoned = tuple(one for one in allowed if one.reason)
        yield ReadablePrompt(name, source.file, assemble(library, closure), reasoned)


def allowances(source: Source) -> list[Allowance]:
    """Return the comments of a file that let contradictions stand, with or without a reason."""
    found = []
    for match in _COMMENT.finditer(source.text):
        in_header = source.text.count("\n", 0, match.start()) + 1 < source.split.body_line
        if match.group().startswith("{#") == in_header:
            continue
        line = source.text.count("\n", 0, match.end()) + 1
        found.append(Allowance(Place(source.file, line), " ".join(match.group("reason").split())))
    return found


def unreasoned(allowance: Allowance) -> Fault:
    """Return the fault of a comment that gives no reason."""
    message = (
        "this comment allows a contradiction without saying why, so it allows nothing; write "
        "'{# promptgate: allow contradiction — reason #}'."
    )
    return Fault("suppression", allowance.place.file, allowance.place.line, message)


def unused(allowance: Allowance) -> Fault:
    """Return the fault of a comment that covers no contradiction."""
    message = (
        f"this comment allows a contradiction ({allowance.reason!r}), but there is none in the "
        "line below; remove it."
    )
    return Fault("suppression", allowance.place.file, allowance.place.line, message)


def shown_text(text: str) -> str:
    """Return a text as messages quote it: on one line, cut where it is long."""
    line = " ".join(text.split()).strip("-*• ")
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
