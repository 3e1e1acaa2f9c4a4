"""A group of commands that are imported only when called, so that help costs no import."""

from __future__ import annotations

import importlib
from typing import Any, TypeAlias

import click

Table: TypeAlias = "dict[str, dict[str, tuple[str, str]]]"
"""Title to {command: (module:attribute, one line for the overview)}."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports each one when it is called.

    Args:
        table: Its commands by title, in the order of the overview.
        **attributes: As of a click.Group.
    """

    def __init__(self, *, table: Table, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.table = table
        self._targets = {name: entry for group in table.values() for name, entry in group.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all names in the order of the overview."""
        return list(self._targets)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command; None where there is no such name."""
        if cmd_name not in self._targets:
            return None
        module, attribute = self._targets[cmd_name][0].split(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview from the table alone, so that help imports no command."""
        for title, group in self.table.items():
            with formatter.section(title.capitalize()):
                formatter.write_dl([(name, summary) for name, (_, summary) in group.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a name; an unknown one is answered with the nearest."""
        name = args[0]
        if name not in self._targets and not name.startswith("-"):
            from promptgate.documents import unknown_name

            ctx.fail(unknown_name("command", name, list(self._targets)))
        return super().resolve_command(ctx, args)
