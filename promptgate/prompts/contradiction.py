"""Find the contradictions of one prompt across its files.

Brings together the prompt's text with its places (assembly), the rules of language
(promptgate.language.contradictions) and the examples of the front matter. What is allowed to
stand is told in readable.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from promptgate.language.contradictions import Contradiction, breaches, contradictions
from promptgate.prompts.assembly import Place, assemble
from promptgate.prompts.readable import shown_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.documents import Document
    from promptgate.prompts.assembly import Assembled
    from promptgate.prompts.library import Closure, Library


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
