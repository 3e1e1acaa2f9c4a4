"""A parsed file: its data, and the line where each value stands."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from promptgate.errors import InputError

Path = tuple[str | int, ...]


class StrictModel(BaseModel):
    """Base of every file model: unknown keys are errors and values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Document:
    """A parsed file: its data, and the line where each value stands.

    Attributes:
        data: Plain dicts, lists and scalars.
        file: How messages name the file.
        lines: Path to a value, as keys and indices, to its 1-based line.
    """

    data: Any
    file: str
    lines: Mapping[Path, int] = field(repr=False)

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of a value, or of its nearest parent that has one."""
        steps = tuple(path)
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)

    def error(self, kind: type[InputError], message: str, path: Sequence[str | int]) -> InputError:
        """Return (not raise) an error of the given kind that stands at a value's line."""
        return kind(message, file=self.file, line=self.line(path))


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the cyclic garbage collector where millions of live, acyclic values are made.

    Each of its passes would walk all of them: a fifth to a half of the time of a
    large file.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
