"""All commands speak alike: help on a screen, an example, --json, choices as their types."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
import typing
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union

import click
import pytest

import promptgate.cli
from promptgate.cli import cli

HEAVY = {"anthropic", "git", "jinja2", "numpy", "pandas", "pydantic", "rich", "scipy", "vcr"}
LINES = 40
LONGER = {
    "promptgate": "it names every command",
    "promptgate gate": "it has an option for whatever a decision depends on",
}
LONGEST = 52


def commands(
    command: click.Command = cli, name: str = "promptgate", parent: click.Context | None = None
) -> typing.Iterator[tuple[str, click.Command, click.Context]]:
    settings: Any = cli.context_settings
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100, **settings)
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from commands(found, below, context)


EVERY = list(commands())
PATHS = [path for path, _, _ in EVERY]


@pytest.mark.parametrize(("path", "command", "context"), EVERY, ids=PATHS)
def test_help_fits_a_screen_and_ends_with_an_example(path, command, context):
    lines = command.get_help(context).splitlines()
    assert len(lines) <= (LONGEST if path in LONGER else LINES)
    titles = [
        number for number, line in enumerate(lines) if line.strip() in ("Example:", "Examples:")
    ]
    assert titles, "no example"
    below = lines[titles[-1] + 1 :]
    assert below
    assert all("promptgate" in line or line.startswith("      ") for line in below)


def test_every_command_has_json():
    """A group that only holds commands has nothing to say of its own."""
    silent = [
        path
        for path, command, _ in EVERY
        if not (isinstance(command, click.Group) and not command.invoke_without_command)
        and not any("--json" in option.opts for option in command.params)
    ]
    assert silent == []


def named_in(function: Any) -> dict[str, Any]:
    """Return the names of a function's module, with those that it imports for types alone."""
    module = sys.modules[function.__module__]
    names = dict(vars(module))
    tree = ast.parse(Path(inspect.getfile(module)).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.col_offset == 4 and node.module:
            found = importlib.import_module(node.module)
            names |= {a.asname or a.name: getattr(found, a.name, None) for a in node.names}
    return names


def literals(annotation: Any) -> set[str] | None:
    """Return the strings that an annotation allows; None where it allows any."""
    if typing.get_origin(annotation) in (Union, UnionType):
        allowed = [literals(one) for one in typing.get_args(annotation) if one is not NoneType]
        return None if None in allowed else set().union(*(one or set() for one in allowed))
    if typing.get_origin(annotation) is Literal:
        return set(typing.get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {str(member.value) for member in annotation}
    return None


def test_choices_are_what_their_parameters_take():
    """The type checker does not see what click hands over; a new member would go missing."""
    checked = 0
    for path, command, _ in EVERY:
        function: Any = inspect.unwrap(command.callback)  # type: ignore[arg-type]
        for option in command.params:
            annotation = function.__annotations__.get(option.name)
            if not isinstance(option.type, click.Choice) or annotation is None:
                continue
            allowed = literals(eval(annotation, named_in(function)))
            if allowed is not None:
                assert set(option.type.choices) == allowed, f"{path} {option.opts[0]}"
                checked += 1
    assert checked > 15


def test_help_imports_nothing_heavy():
    """Help of any command is there at once; what a command needs comes when it runs."""
    modules = [m.name for m in pkgutil.walk_packages(promptgate.cli.__path__, "promptgate.cli.")]
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, {', '.join(modules)}; print({HEAVY!r} & sys.modules.keys())",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "set()"
