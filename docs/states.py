"""The exit codes and named states of states.yaml, each beside the code that knows it.

A state that the code knows and the file does not, or the other way round, is an error:
docs/generate.py prints the tables, and tests/docs/test_states.py finds each line's test.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from promptgate.documents import load_yaml

if TYPE_CHECKING:
    from enum import Enum

FILE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True)
class Line:
    """One state.

    Attributes:
        state: As the code has it: a member of an enum, else a word.
        means: In a clause.
        do: What to do.
        test: Where it is reached: 'folder/test_file.py::test_name'.
        example: A command to type; '' where there is none.
    """

    state: Enum | str
    means: str
    do: str
    test: str
    example: str = ""


@dataclass(frozen=True)
class Table:
    """The states of one kind, under a heading, with what they are states of."""

    title: str
    about: str
    lines: tuple[Line, ...]


def read_tables() -> tuple[Table, ...]:
    """Return the tables of states.yaml.

    Raises:
        TypeError: A line lacks a key, or has one that nobody knows.
        InputError: The file is no YAML, or has a key twice.
        ValueError: The lines of a table are not the members of its enum, each once.
    """
    return tuple(_table(**table) for table in load_yaml(FILE.read_text("utf-8"), FILE.name).data)


def _table(
    title: str,
    lines: dict[str, dict[str, str]],
    states: str = "",
    about: str = "",
    test: str = "",
) -> Table:
    known: dict[str, Enum | str] = {name: name for name in lines}
    if states:
        module, _, name = states.partition(":")
        known = dict(getattr(import_module(module), name).__members__)
    if set(known) != set(lines):
        odd = ", ".join(sorted(set(known) ^ set(lines)))
        raise ValueError(f"{FILE.name}: {title!r} does not list what the code knows: {odd}.")
    told = (Line(known[name], **{"test": test, **line}) for name, line in lines.items())
    return Table(title, about, tuple(told))
