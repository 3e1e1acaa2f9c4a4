"""Write the reference pages from the code itself; --check fails where one is out of date.

Run after changing a command, a scorer or a key of promptgate.toml:

    python docs/generate.py
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import click

from promptgate.cli import COMMANDS, cli
from promptgate.errors import ExitCode

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
    root = click.Context(cli, info_name="promptgate")
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


def pages() -> dict[str, str]:
    """Return every generated page by its file name."""
    return {"commands.md": commands_page()}


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
