"""Find the contradictions of one prompt across its files, and what is allowed to stand.

Brings together the prompt's text with its places (assembly), the rules of language
(promptgate.language.contradictions) and the examples of the front matter. A comment
`{# promptgate: allow contradiction — reason #}` in the line above (in front matter: `# …`)
lets a contradiction stand; it must say why, and it must be needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from promptgate.errors import InputError
from promptgate.language.contradictions import Contradiction, breaches, contradictions
from promptgate.prompts.assembly import Place, assemble
from promptgate.prompts.faults import Fault
from promptgate.prompts.library import Library
from promptgate.prompts.prompt import find_source, list_prompts
from promptgate.prompts.structure import structure_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.documents import Document
    from promptgate.files import Tree
    from promptgate.prompts.assembly import Assembled
    from promptgate.prompts.library import Closure, Source

_COMMENT = re.compile(
    r"(?:\{#-?\s*|^[ \t]*#\s*)promptgate:\s*allow\s+contradiction\b[ \t]*(?:[—–:-]+\s*)?"
    r"(?P<reason>.*?)\s*(?:-?#\}|$(?<!\}))",
    re.DOTALL | re.MULTILINE,
)
_SHOWN = 90


@dataclass(frozen=True)
class Collision:
    """Two places of a prompt that contradict each other.

    Attributes:
        kind: format, count, length, …
        first: Where the one stands.
        first_text: What it says, on one line.
        second: Where the other stands.
        second_text: What that says.
        reason: Why both cannot be followed.
        is_sure: Whether numbers or the very words say so, not a weighing of meaning.
    """

    kind: str
    first: Place
    first_text: str
    second: Place
    second_text: str
    reason: str
    is_sure: bool

    @property
    def message(self) -> str:
        """One sentence with both texts, the place of the second, why, and the fix."""
        return (
            f"“{self.first_text}” and “{self.second_text}” ({self.second.file}:{self.second.line}) "
            f"cannot both be followed ({self.kind}): {self.reason}; change one, say when each "
            "holds, or which comes first."
        )


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


def collisions(library: Library, closure: Closure, front: Document) -> list[Collision]:
    """Return the contradictions of a prompt that has no fault of structure.

    Args:
        library: The templates of the tree.
        closure: The prompt with everything it uses.
        front: Its front matter, for the examples.
    """
    assembled = assemble(library, closure)
    found = [
        _collision(assembled, one)
        for one in contradictions(assembled.text)
        if not assembled.exclude_one_another(one.first[0], one.second[0])
    ]
    return found + list(_broken_by_examples(assembled, front))


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


def _collision(assembled: Assembled, one: Contradiction) -> Collision:
    return Collision(
        one.kind,
        assembled.place(one.first[0]),
        shown_text(assembled.text[slice(*one.first)]),
        assembled.place(one.second[0]),
        shown_text(assembled.text[slice(*one.second)]),
        one.reason,
        one.is_sure,
    )


def _broken_by_examples(assembled: Assembled, front: Document) -> Iterator[Collision]:
    examples: Any = front.data.get("examples") or []
    for index, example in enumerate(examples):
        answer = _text(example.get("assistant"))
        place = Place(front.file, front.line(("examples", index, "assistant")))
        for breach in breaches(assembled.text, answer):
            yield Collision(
                breach.kind,
                assembled.place(breach.rule[0]),
                shown_text(assembled.text[slice(*breach.rule)]),
                place,
                shown_text(answer),
                f"the example's answer {breach.reason}",
                breach.is_sure,
            )


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    blocks = content if isinstance(content, list) else []
    return "\n".join(block.get("text", "") for block in blocks if block.get("type") == "text")


def shown_text(text: str) -> str:
    """Return a text as messages quote it: on one line, cut where it is long."""
    line = " ".join(text.split()).strip("-*• ")
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
