"""Read who the assistant is to be: its name and its role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Has

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_NAME = re.compile(
    r"\b(?i:your name is|you are called|you're called|call yourself|introduce yourself as"
    r"|you go by(?: the name of)?|sign (?:[\w-]+ ){0,4}?as|refer to yourself as|you are named"
    r"|identify yourself as|present yourself as)\W+(?P<name>[A-Z]\w+(?: [A-Z]\w+)*)"
)
_CALLED = re.compile(
    r"^\W*(?:You are|You're) (?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)*)"
    r"(?=,|\.|!|$| from\b| and\b| the\b)"
)
_ROLE = re.compile(
    r"\b(?:you are|you're|act as|play|pretend to be|act like|speak like|talk like"
    r"|in character as|role of|persona of"
    r"|behave like|as if you were|write like)\b(?: the role of)? (?:a|an"
    r"|the) (?P<role>(?:[\w-]+ ){0,2}?[\w-]+)(?= at| unless| and|[ ,.;:]*$| who| from| for"
    r"| in)"
)


def personas(instruction: Instruction) -> Iterator[Has]:
    """Yield the names and roles that an instruction gives the assistant."""
    quoted = instruction.quoted
    original = instruction.original
    if (match := _NAME.search(original) or _CALLED.search(original)) is not None:
        name = match.group("name")
        names = frozenset(f"name:{word}" for word in name.lower().split())
        positive = not instruction.denies(match.start())
        yield Has(instruction, "persona", names, name, positive, None, frozenset())
    if match := _ROLE.search(quoted):
        role = match.group("role").split()[-1]
        positive = not instruction.denies(match.start())
        yield Has(
            instruction, "persona", frozenset({f"role:{role}"}), role, positive, None, frozenset()
        )
