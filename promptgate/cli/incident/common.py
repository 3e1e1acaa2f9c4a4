"""What the commands of an incident share: which one, who acts, when it happened, the answer."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from promptgate.cli.common import open_checked_project, screen_for, write_json
from promptgate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rich.console import Console
    from rich.text import Text

    from promptgate.incidents.kinds import Data
    from promptgate.incidents.log import Incidents
    from promptgate.incidents.state import Incident

CommandT = TypeVar("CommandT", bound="Callable[..., Any]")
_LONGEST = 2000


def incident_option(command: CommandT) -> CommandT:
    """Add `--incident`."""
    return click.option(
        "--incident", "incident_id", metavar="ID", help="Which.  [default: the only open one]"
    )(command)


def acting(command: Callable[..., int]) -> Callable[..., int]:
    """Add `--incident`, `--by` and `--at`; hand them to the command as one Acting.

    `--json` goes below it: where the result goes for machines is part of the Acting.
    """

    @functools.wraps(command)
    def with_acting(
        incident_id: str | None, by: str | None, at: str | None, json_file: str | None, **own: Any
    ) -> int:
        return command(Acting(incident_id, by, at, json_file), **own)

    when = click.option(
        "--at",
        metavar="TIME",
        help="When it happened: '09:35 UTC' or a whole time.  [default: now]",
    )
    who = click.option("--by", metavar="NAME", help="Who.  [default: git's user.name]")
    return incident_option(who(when(with_acting)))


@dataclass(frozen=True)
class Acting:
    """Who acts in which incident, and when, as a command was told.

    Attributes:
        incident_id: `--incident`; None: the only open one.
        by: `--by`; None: as git knows them.
        at: `--at`; None: now.
        json_file: Where the result goes for machines.
    """

    incident_id: str | None
    by: str | None
    at: str | None
    json_file: str | None

    def desk(self, *, over: bool = False) -> Desk:
        """Return where the command works.

        Args:
            over: Whether the latest incident that is over will do.

        Raises:
            InputError: The incident is unknown or not clear, nobody acts, or the time is none.
        """
        incidents, now = open_incidents(), clock()
        name = which(incidents, self.incident_id, over=over)
        return Desk(
            incidents, name, who(incidents, self.by), now, moment(self.at, now), self.json_file
        )


@dataclass(frozen=True)
class Desk:
    """Where one command works.

    Attributes:
        incidents: Of the project.
        id: Of the incident.
        actor: Who acts.
        now: The clock.
        at: When it happened.
        json_file: Where the result goes for machines.
    """

    incidents: Incidents
    id: str
    actor: str
    now: datetime
    at: datetime
    json_file: str | None

    @property
    def incident(self) -> Incident:
        """What its log says now."""
        return self.incidents.read(self.id).fold()

    def append(
        self, *data: Data, check: Callable[[Incident], None] = lambda _incident: None
    ) -> Incident:
        """Append events that happened at this desk's time."""
        from promptgate.incidents.log import Draft

        drafts = [Draft(one, self.at) for one in data]
        return self.incidents.append(self.id, drafts, self.actor, self.now, check=check)

    @property
    def screen(self) -> Console:
        """The terminal for people."""
        return screen_for(self.json_file)

    def say(self, text: str, *, style: str | None = None) -> None:
        """Print one line that may hold what a person wrote."""
        say(self.screen, text, style=style)

    def tell(self, after: Incident, done: str = "", **more: Any) -> None:
        """Say what was written, the state, and what is next; all of it for machines, too.

        Args:
            after: The incident as it is now.
            done: What was done; '' where that was said.
            **more: Of the result for machines.
        """
        from promptgate.incidents.next_step import next_step

        if done:
            self.say(done)
        step = next_step(after, self.incidents.settings, self.now)
        self.say(f"{after.id} is {after.state}. Next: {step.told}.")
        if step.command:
            self.say(f"  {self.command(step.command)}")
        write_json(
            self.json_file,
            {
                "schema_version": 1,
                "incident": after.id,
                "state": after.state,
                "severity": after.severity,
                "next": self.command(step.command) if step.command else None,
                **more,
            },
        )

    def command(self, text: str) -> str:
        """Return a command to type, with the incident where there is more than one open."""
        several = len(self.incidents.running()) != 1
        return f"promptgate {text}" + (f" --incident {self.id}" if several else "")


def clock() -> datetime:
    """Return the time: the one clock of all commands of an incident."""
    from promptgate.runs import answers

    return answers.utc_now()


def open_incidents() -> Incidents:
    """Return the incidents of the project that is here."""
    from promptgate.incidents.log import Incidents

    return Incidents(open_checked_project())


def which(incidents: Incidents, given: str | None, *, over: bool = False) -> str:
    """Return the id of the incident that is meant.

    Args:
        incidents: Of the project.
        given: What was written; None: the only open one.
        over: Where none is open, the latest that is over is meant.

    Raises:
        InputError: It is unknown, or not clear.
    """
    if given is not None:
        incidents.read(given)
        return given
    known, running = incidents.ids(), [one.id for one in incidents.running()]
    if len(running) == 1:
        return running[0]
    if len(running) > 1:
        raise InputError(
            f"{len(running)} incidents are open: {', '.join(running)}; say --incident."
        )
    if over and known:
        return max(known, key=lambda one: incidents.read(one).fold().opened or clock())
    raise InputError(
        "no incident is open; declare one with 'promptgate incident open', or name one with "
        "--incident."
    )


def moment(at: str | None, now: datetime) -> datetime:
    """Return what `--at` says; None is now.

    Raises:
        InputError: It is no time, or one that is still to come.
    """
    from promptgate.incidents.times import parse_past

    return now if at is None else parse_past(at, now, "--at")


def who(incidents: Incidents, by: str | None) -> str:
    """Return who acts: as written, else as git knows them.

    Raises:
        InputError: Neither says.
    """
    if by is not None and by.strip():
        return by.strip()
    from promptgate.release.history import find_repository

    repository = find_repository(incidents.project.root)
    name = repository.line("config", "user.name") if repository is not None else None
    if by is not None or not name:
        raise InputError("nobody acts: say who with --by NAME, or set git's user.name.")
    return name


def say(screen: Console, text: str, *, style: str | None = None) -> None:
    """Print one line that may hold what a person wrote."""
    screen.print(line(text, style or ""), soft_wrap=True)


def line(text: str, style: str = "") -> Text:
    """Return one line for a terminal, its spaces kept and its controls shown."""
    from rich.text import Text

    from promptgate.reports.escape import terminal

    flat = terminal(text.replace("\n", " ").replace("\t", " "))
    return Text(flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…", style=style)
