"""Write the reference pages from the code itself; --check fails where one is out of date.

Run after changing a command, a scorer or a key of promptgate.toml:

    python docs/generate.py
"""

from __future__ import annotations

import argparse
import json
import sys
import types
import typing
from datetime import date
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
EXITS = {
    ExitCode.OK: "RELEASE, or the command did what it was asked",
    ExitCode.WORSE: "the candidate is worse: FIX_FORWARD or ROLLBACK (or a check found problems)",
    ExitCode.BAD_INPUT: "bad usage or bad input: nothing was run, nothing was written",
    ExitCode.HOLD: "HOLD: inconclusive, or a violation waits for a person",
    ExitCode.BLOCKED: "blocked by a freeze or by policy",
    ExitCode.INVALID_EVIDENCE: "the evidence is invalid: recordings missing or unreadable, "
    "the API failing, arms not comparable",
    ExitCode.INTERNAL: "a bug; the traceback is in the file that the message names",
    ExitCode.INTERRUPTED: "interrupted; everything finished so far is kept",
}


def commands_page() -> str:
    """Return the reference of commands and exit codes in Markdown."""
    lines = ["# Commands", "", "Written by `docs/generate.py` from the code.", ""]
    lines += ["| exit | meaning |", "|---|---|"]
    lines += [f"| {int(code)} | {EXITS[code]} |" for code in ExitCode]
    root = click.Context(cli, info_name="promptgate", **cli.context_settings)
    for title, group in COMMANDS.items():
        lines += ["", f"## {title.capitalize()}"]
        for name in group:
            command = cli.get_command(root, name)
            assert command is not None, name
            lines += _help(command, click.Context(command, info_name=name, parent=root))
    return "\n".join(lines) + "\n"


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
        "commands.md": commands_page(),
        "configuration.md": configuration_page(),
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
