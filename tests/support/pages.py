"""What the pages and the help show: blocks of commands, commands in sentences, examples."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from promptgate.cli import COMMANDS, cli
from tests.support.project import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GENERATED = "commands.md"
"""Shows the help, which is read from the commands themselves."""
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")

_STEP = re.compile(r"^ *- (?:run: )?promptgate (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """One command as it is shown.

    Attributes:
        place: 'docs/ci.md:12', or the command whose help shows it.
        words: As a shell would split it, settings of variables in front included.
        code: The exit code that is promised beside it ('# exit 4'); 0 unless one is.
        prints: The lines that are shown as printed by it.
    """

    place: str
    words: tuple[str, ...]
    code: int = 0
    prints: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}: {shlex.join(self.words)}"


@dataclass(frozen=True)
class Section:
    """The blocks of commands under one heading of a page, in order."""

    page: str
    heading: str
    commands: tuple[Command, ...]


def pages() -> list[Path]:
    """Return the pages that people read, generated ones included."""
    own = [EXAMPLE / name for name in ("README.md", "CONTRIBUTING.md", "cassettes/README.md")]
    return own + sorted((EXAMPLE / "docs").rglob("*.md"))


def sections() -> Iterator[Section]:
    """Yield each section of a page whose blocks show a command of promptgate or pytest."""
    for path in pages():
        if path.name == GENERATED:
            continue
        name = path.relative_to(EXAMPLE).as_posix()
        text = path.read_text(encoding="utf-8")
        under: dict[str, list[Command]] = {}
        for match in _FENCE.finditer(text):
            line = text.count("\n", 0, match.start()) + 2
            heading = re.findall(r"^#+ (.*)$", _without_blocks(text[: match.start()]), re.M)[-1]
            known = under.setdefault(heading, [])
            if match[2] in ("sh", "console"):
                known += _commands(name, line, match[3], match[2])
            elif match[2] == "text" and known and _follows(text, match.start()):
                known[-1] = Command(
                    known[-1].place, known[-1].words, known[-1].code, tuple(_lines(match[3]))
                )
        for heading, commands in under.items():
            if any({"promptgate", "pytest"} & set(command.words) for command in commands):
                yield Section(name, heading, tuple(commands))


def _without_blocks(text: str) -> str:
    return _FENCE.sub("", text)


def _follows(text: str, place: int) -> bool:
    """Tell whether nothing stands between a block and the one before it."""
    return text[:place].rstrip().endswith("```")


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def _commands(page: str, first: int, text: str, language: str) -> Iterator[Command]:
    """Yield the commands of a block; in a console's, each with what it prints."""
    console = language == "console"
    joined = re.sub(r"\\\n\s*", lambda match: " " * len(match[0]), text)
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(text.splitlines() if console else joined.splitlines()):
        if not console and line.strip():
            found.append((number, line, []))
        elif console and line.startswith("$ "):
            found.append((number, line[2:], []))
        elif console and found and line.strip():
            found[-1][2].append(line.rstrip())
    for number, line, printed in found:
        promised = re.search(r"#.*\bexit (\d+)", line)
        split = split_line(line)
        for words in split:
            last = words is split[-1]
            yield Command(
                f"{page}:{first + number}",
                tuple(words),
                int(promised[1]) if promised and last else 0,
                tuple(printed) if last else (),
            )


def split_line(line: str) -> list[list[str]]:
    """Split a line of a shell into its commands, without remarks."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=";&|")
    lexer.whitespace_split = True
    commands: list[list[str]] = [[]]
    for word in lexer:
        if set(word) <= set(";&|"):
            commands.append([])
        else:
            commands[-1].append(word)
    return [words for words in commands if words]


def spans() -> Iterator[Command]:
    """Yield each command that a sentence or a table names, `promptgate …` or `gate --x`.

    Their words are without 'promptgate'.
    """
    known = tuple(f"{name} " for group in COMMANDS.values() for name in group)
    for path in pages():
        name = path.relative_to(EXAMPLE).as_posix()
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(_FENCE.sub(_blank, text).splitlines(), start=1):
            for span in _SPAN.findall(line):
                command = span.removeprefix("promptgate ")
                if command != span or span.startswith(known):
                    yield Command(f"{name}:{number}", tuple(split_line(command)[0]))
        for match in _STEP.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield Command(f"{name}:{line}", tuple(split_line(match[1])[0]))


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def help_examples() -> dict[str, list[list[Command]]]:
    """Return the examples at the end of each command's help, a line a list, by its name."""
    found: dict[str, list[list[Command]]] = {}
    for command, context in all_commands():
        epilog = re.sub(r"\\\n\s*", " ", command.epilog or "")
        lines = [line for line in epilog.splitlines() if "promptgate " in line]
        name = context.command_path.removeprefix("promptgate").strip()
        found[name] = [
            [Command(f"{context.command_path} --help", tuple(words)) for words in split_line(line)]
            for line in lines
            if not line.startswith("Start with")
        ]
    return found


def all_commands() -> Iterator[tuple[click.Command, click.Context]]:
    """Yield the whole tree of commands, each with a context of its own."""
    waiting: list[tuple[click.Command, click.Context]] = [
        (cli, click.Context(cli, info_name="promptgate", **cli.context_settings))
    ]
    while waiting:
        command, context = waiting.pop(0)
        yield command, context
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                assert inner is not None, name
                waiting.append((inner, click.Context(inner, info_name=name, parent=context)))
