"""What a property of an answer is: its kind, its name and the pattern by which it is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from promptgate.language.traces import Trace


@dataclass(frozen=True)
class Property:
    """One property: its kind, its group (the part of the name before ':'), and how it is said.

    Attributes:
        kind: What a finding is called.
        name: The property, with its group before a colon.
        pattern: How it is said.
        trace: What a text that says it must have.
    """

    kind: str
    name: str
    pattern: re.Pattern[str]
    trace: Trace

    @cached_property
    def group(self) -> str:
        """What the property is a value of: 'language', 'tone', …"""
        return self.name.split(":")[0]


def made_of(kind: str, **patterns: str) -> tuple[Property, ...]:
    """Return properties of one kind.

    Args:
        kind: What a finding is called.
        patterns: By name, with '__' for ':', what is looked for in folded text.
    """
    return tuple(
        Property(
            kind, name.replace("__", ":"),
            re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])"), Trace(pattern),
        )
        for name, pattern in patterns.items()
    )  # fmt: skip
