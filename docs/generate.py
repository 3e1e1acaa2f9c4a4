"""Write the reference pages from the code itself; --check fails where one is out of date.

Run after changing a command, a scorer, a state, a key of promptgate.toml or what a package imports:

    python docs/generate.py
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import types
import typing
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Union

import click
from pydantic import BaseModel

from promptgate.cli import COMMANDS, cli
from promptgate.cli.common import sections
from promptgate.errors import ExitCode
from promptgate.scorers import reference

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER))
from states import read_tables  # noqa: E402 - it stands beside this script


def commands_page() -> str:
    """Return the reference of commands and exit codes in Markdown."""
    lines = ["# Commands", "", "Written by `docs/generate.py` from the code.", ""]
    lines += ["| exit | meaning |", "|---|---|"]
    lines += [f"| {line.state:d} | {line.means} |" for line in read_tables()[0].lines]
    lines += ["", "[What to do about each, and every named state](exit-codes.md)"]
    root = click.Context(cli, info_name="promptgate", **cli.context_settings)
    for title, group in COMMANDS.items():
        named = (_linked(name, cli.get_command(root, name), root) for name in group)
        lines += ["", f"**{title.capitalize()}**: " + " · ".join(named)]
    for title, group in COMMANDS.items():
        lines += ["", f"## {title.capitalize()}"]
        for name in group:
            command = cli.get_command(root, name)
            assert command is not None, name
            lines += _help(command, click.Context(command, info_name=name, parent=root))
    return "\n".join(lines) + "\n"


def _linked(path: str, command: click.Command | None, parent: click.Context) -> str:
    """Return a link to a command, with those below it in brackets."""
    assert command is not None, path
    link = f"[{path.rpartition(' ')[2]}](#promptgate-{path.replace(' ', '-')})"
    if not isinstance(command, click.Group):
        return link
    context = click.Context(command, info_name=path, parent=parent)
    inner = (
        _linked(f"{path} {name}", command.get_command(context, name), context)
        for name in command.list_commands(context)
    )
    return f"{link} ({', '.join(inner)})"


def _help(command: click.Command, context: click.Context) -> list[str]:
    context.max_content_width = 100
    context.terminal_width = 100
    lines = ["", f"### `{context.command_path}`", "", "```text", command.get_help(context), "```"]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None, name
            lines += _help(inner, click.Context(inner, info_name=name, parent=context))
    return lines


def states_page() -> str:
    """Return every exit code and every named state in Markdown.

    Raises:
        ValueError: A state has no line in states.yaml, or a line no state.
    """
    lines = ["# Exit codes and states", "", "Written by `docs/generate.py` from the code."]
    for table in read_tables():
        lines += ["", f"## {table.title}", ""]
        lines += [table.about, ""] if table.about else []
        lines += ["| | means | do | for example |", "|---|---|---|---|"]
        for line in table.lines:
            state = f"{line.state:d}" if isinstance(line.state, ExitCode) else _word(line.state)
            command = f"`{line.example}`" if line.example else ""
            lines.append(f"| {state} | {line.means} | {line.do} | {command} |")
    return "\n".join(lines) + "\n"


def _word(state: object) -> str:
    """Return a state as people meet it: its value, or where that is a number its name."""
    return state.name.lower() if isinstance(state, IntEnum) else f"`{state}`"


_IMPORT = re.compile(r"^\s*(?:from|import) promptgate\.(\w+)", re.MULTILINE)
_DRAWN = re.compile(r"(<!-- graph: begin -->\n).*?(<!-- graph: end -->)", re.DOTALL)
_CONTRACT = re.compile(r'^type = "layers"\n.*?^layers = \[\n(.*?)^\]', re.MULTILINE | re.DOTALL)


def architecture_page() -> str:
    """Return docs/architecture.md with the graph and the table of what the packages are now."""
    text = (FOLDER / "architecture.md").read_text(encoding="utf-8")
    contract = _CONTRACT.search((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert contract is not None, "pyproject.toml has no contract of layers"
    layers = [re.findall(r"\w+", line) for line in contract[1].splitlines()]
    drawn = _graph(layers, _imports())
    return _DRAWN.sub(lambda match: match[1] + drawn + match[2], text)


def _imports() -> dict[str, set[str]]:
    """Return each package or module below promptgate with those that it really imports."""
    found: dict[str, set[str]] = {}
    for path in sorted((FOLDER.parent / "promptgate").rglob("*.py")):
        name = path.relative_to(FOLDER.parent / "promptgate").parts[0].removesuffix(".py")
        found.setdefault(name, set()).update(_IMPORT.findall(path.read_text(encoding="utf-8")))
    return {name: (seen & set(found)) - {name} for name, seen in found.items()}


def _graph(layers: list[list[str]], imports: dict[str, set[str]]) -> str:
    """Return the layers from top to bottom, then what each package is for.

    An arrow that follows from others is left out: where a package imports one that imports a
    third, the arrow to the third says nothing new.
    """
    lines = ["```mermaid", "flowchart TD"]
    for number, layer in enumerate(layers):
        inside = [f"    {name}" for name in layer]
        side_by_side = [f"  subgraph {number} [ ]", "    direction LR", *inside, "  end"]
        lines += side_by_side if len(layer) > 1 else inside
    reached = _reached(imports)
    for name in (name for layer in layers for name in layer):
        beyond = set().union(*(reached[other] for other in imports[name]))
        lines += [f"  {name} --> {other}" for other in sorted(imports[name] - beyond)]
    lines += ["  guard[guard: imports nothing of the rest]", "```", ""]
    lines += ["| package | what it is for | imports |", "|---|---|---|"]
    for name in (*(name for layer in layers for name in layer), "guard"):
        others = ", ".join(sorted(imports[name]))
        lines.append(f"| `{name}` | {_first_line(name)} | {others} |")
    return "\n".join(lines) + "\n"


def _reached(imports: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return everything that each imports, directly or not."""
    reached = {name: set(others) for name, others in imports.items()}
    while True:
        wider = {n: o.union(*(reached[other] for other in o)) for n, o in reached.items()}
        if wider == reached:
            return reached
        reached = wider


def _first_line(name: str) -> str:
    """Return the first sentence of the docstring of a package or module."""
    path = FOLDER.parent / "promptgate" / name
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    told = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return " ".join(told.split("\n\n")[0].split())


def scorers_page() -> str:
    """Return the reference of scorers in Markdown."""
    lines = [
        "# Scorers",
        "",
        "Written by `docs/generate.py` from the code; `promptgate scorers NAME` says the same.",
        "",
        "A suite writes a scorer under `expect`: its name alone, `{name: value}` for its first",
        "option, or `{name: {option: value}}`. `{not: entry}` is the opposite. Beside the name may",
        "stand `threshold` (the score from which on the entry passes, 1 by default), `weight` (its",
        "share in the trial's score, 1 by default) and `metric` (the name it is summed up under).",
        "An empty answer passes neither a check nor its opposite; only a `python` function judges",
        "for itself. Names that you know from promptfoo are in",
        "[from-promptfoo.md](from-promptfoo.md).",
        "",
        "## Reference",
        "",
        reference().rstrip(),
    ]
    return "\n".join(lines) + "\n"


def configuration_page() -> str:
    """Return the reference of promptgate.toml in Markdown.

    Raises:
        TypeError: A key has a type that _words() has no words for.
    """
    lines = [
        "# Configuration",
        "",
        "Written by `docs/generate.py` from the code. Every key of `promptgate.toml` has a",
        "default, so the file may be empty; an unknown section or key is an error with its line.",
    ]
    for name, model in sections().items():
        lines += _table(name, model, "##", f"[{name}]")
    return "\n".join(lines) + "\n"


def _table(path: str, model: type[BaseModel], level: str, heading: str) -> list[str]:
    """Return the section of a model and those of the models inside it."""
    about = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    about = about.removeprefix(f"`{heading}`").removeprefix(": ")
    lines = ["", f"{level} `{heading}`", "", about[:1].upper() + about[1:], ""]
    lines += ["| key | value | default | |", "|---|---|---|---|"]
    inner: list[str] = []
    for name, info in model.model_fields.items():
        key = info.alias or name
        assert info.description, f"{heading} {key} has no description"
        value = _words(info.annotation)
        if (found := _model_in(info.annotation)) is not None:
            below, form = found
            title = form.format(f"{path}.{key}")
            value = f"`{title}`"
            inner += _table(f"{path}.{key}", below, "###", title)
        lines.append(
            f"| `{key}` | {value}{_limits(info)} | {_default(info)} | {info.description} |"
        )
    return lines + inner


def _model_in(annotation: Any) -> tuple[type[BaseModel], str] | None:
    """Return the model that a key holds, and how TOML writes the heading of it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, "[{}]"
    form = {dict: "[{}.NAME]", list: "[[{}]]", tuple: "[[{}]]"}.get(typing.get_origin(annotation))
    for argument in typing.get_args(annotation):
        if (found := _model_in(argument)) is not None:
            return found[0], form or found[1]
    return None


_PLAIN = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    date: "a day, as 2026-01-31",
}


def _words(annotation: Any) -> str:
    """Return a type in the words of someone who writes TOML."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Literal:
        return " or ".join(f"`{json.dumps(choice)}`" for choice in inner)
    if origin in (Union, types.UnionType):
        return " or ".join(_words(choice) for choice in inner if choice is not type(None))
    if origin in (list, tuple) and inner:
        return f"a list of {_plural(_words(inner[0]))}"
    if origin is dict:
        return f"a table of {_plural(_words(inner[1]))}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "a table"
    raise TypeError(f"docs/generate.py has no words for the type {annotation!r}; add them.")


def _plural(words: str) -> str:
    return words.removeprefix("a ") + "s" if words in ("a number", "a whole number") else words


def _limits(info: FieldInfo) -> str:
    """Return the bounds of a number in words, ', from 1 to 9'; '' where it has none."""
    words = {"gt": "above", "ge": "from", "lt": "below", "le": "to"}
    bounds = [
        f"{word} {bound:g}"
        for limit in info.metadata
        for attribute, word in words.items()
        if (bound := getattr(limit, attribute, None)) is not None
    ]
    between = " " if [bound.split()[0] for bound in bounds] == ["from", "to"] else " and "
    return f", {between.join(bounds)}" if bounds else ""


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "required"
    value = info.get_default(call_default_factory=True, validated_data={})
    if value is None or (isinstance(value, dict | list | tuple) and not value):
        return "none"
    return f"`{json.dumps(value, default=str)}`"


def pages() -> dict[str, str]:
    """Return every generated page by its file name."""
    return {
        "architecture.md": architecture_page(),
        "commands.md": commands_page(),
        "configuration.md": configuration_page(),
        "exit-codes.md": states_page(),
        "scorers.md": scorers_page(),
    }


def main() -> int:
    """Write the pages, or with --check say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 on a difference"
    )
    check = parser.parse_args().check
    stale = []
    for name, text in pages().items():
        path = FOLDER / name
        if not path.exists() or path.read_text() != text:
            stale.append(name)
            if not check:
                path.write_text(text)
    if check and stale:
        sys.stderr.write(f"out of date: {', '.join(stale)}; run 'python docs/generate.py'\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
