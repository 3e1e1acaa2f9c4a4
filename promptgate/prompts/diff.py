"""What differs between two versions of a prompt: its files, its model, its parameters.

Pure: texts in, values out. How texts are shown line by line is the reports' business.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Version(Protocol):
    """A prompt at one revision, as a loaded prompt or a stored one has it."""

    @property
    def fingerprint(self) -> str:
        """'sha256:…' over what decides its behaviour."""

    @property
    def model(self) -> str:
        """What is asked."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What is sent beside model, system and messages."""

    @property
    def closure(self) -> Mapping[str, str]:
        """Path in the project to text, of all files that it is made of."""


@dataclass(frozen=True)
class FileDiff:
    """A file of a prompt that differs; None where one version does not use it."""

    file: str
    before: str | None = field(repr=False)
    after: str | None = field(repr=False)


@dataclass(frozen=True)
class ValueDiff:
    """A model or parameter that differs; None where one version does not give it."""

    name: str
    before: Any
    after: Any

    @property
    def shown_before(self) -> str:
        """The old value as text."""
        return _shown(self.before)

    @property
    def shown_after(self) -> str:
        """The new value as text."""
        return _shown(self.after)


def _shown(value: Any) -> str:
    if value is None:
        return "not given"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True)
class PromptDiff:
    """What differs of one prompt.

    Attributes:
        name: Of the prompt.
        exists: Whether there is such a prompt: before, after.
        same_fingerprint: Both versions have one, and ask one model.
        values: Models and parameters.
        files: Files whose text differs, partials included.
    """

    name: str
    exists: tuple[bool, bool]
    same_fingerprint: bool
    values: tuple[ValueDiff, ...]
    files: tuple[FileDiff, ...]

    @property
    def differs(self) -> bool:
        """Whether anything does, be it a comment."""
        return bool(self.values or self.files) or self.exists[0] != self.exists[1]

    @property
    def remark(self) -> str:
        """A sentence where the difference is not what it looks like; '' where it is."""
        if self.exists == (False, True):
            return f"The prompt {self.name!r} is new."
        if self.exists == (True, False):
            return f"The prompt {self.name!r} is gone."
        if self.same_fingerprint and self.differs:
            return f"Nothing that decides what {self.name!r} does: the fingerprint is the same."
        return ""


def diff_prompts(name: str, before: Version | None, after: Version | None) -> PromptDiff:
    """Compare two versions of a prompt.

    Args:
        name: Of the prompt.
        before: The old version; None where there was no such prompt.
        after: The new version; None where there is none any more.
    """
    same = (
        before is not None
        and after is not None
        and (before.fingerprint, before.model) == (after.fingerprint, after.model)
    )
    return PromptDiff(
        name,
        (before is not None, after is not None),
        same,
        tuple(_values(before, after)) if before is not None and after is not None else (),
        tuple(_files(before, after)),
    )


def _values(before: Version, after: Version) -> Iterator[ValueDiff]:
    old = {"model": before.model, **before.parameters}
    new = {"model": after.model, **after.parameters}
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield ValueDiff(name, old.get(name), new.get(name))


def _files(before: Version | None, after: Version | None) -> Iterator[FileDiff]:
    old: Mapping[str, str] = before.closure if before is not None else {}
    new: Mapping[str, str] = after.closure if after is not None else {}
    for file in dict.fromkeys((*new, *old)):
        if old.get(file) != new.get(file):
            yield FileDiff(file, old.get(file), new.get(file))
