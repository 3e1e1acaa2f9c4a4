"""Run `promptgate init` and see what it wrote."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from promptgate.cli import cli
from promptgate.errors import InputError

if TYPE_CHECKING:
    from click.testing import Result


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def call(*arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=answers, standalone_mode=False)


def init(*arguments: str) -> str:
    result = call("init", "--yes", *arguments)
    if result.exception is not None:
        raise result.exception
    return result.output


def refused(*arguments: str) -> str:
    """Return the sentence with which init refuses, after checking that it wrote nothing."""
    before = content(Path.cwd())
    result = call("init", "--yes", *arguments)
    assert isinstance(result.exception, InputError), result.output
    assert content(Path.cwd()) == before
    return str(result.exception)


def content(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but git's own."""
    files = (path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in files)
    return {name: path.read_bytes() for name, path in named if not name.startswith(".git/")}
