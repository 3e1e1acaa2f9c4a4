"""What the commands of an incident share: which one, who acts, when it happened, the answer."""

from __future__ import annotations

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


def actor_options(command: CommandT) -> CommandT:
    """Add `--by` and `--at`, and `--incident` in front of them."""
    at = click.option(
        "--at",
        metavar="TIME",
        help="When it happened: '09:35 UTC' or a whole time.  [default: now]",
    )
    by = click.option("--by", metavar="NAME", help="Who.  [default: git's user.name]")
    return incident_option(by(at(command)))


@dataclass(frozen=True)
class Desk:
    """Where one command works.

    Attributes:
        incidents: Of the project.
        id: Of the incident.
        actor: Who acts.
        now: The clock.
        at: When it happened.
    """

    incidents: Incidents
    id: str
    actor: str
    now: datetime
    at: datetime

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

    def command(self, text: str) -> str:
        """Return a command to type, with the incident where there is more than one open."""
        several = len(open_ids(self.incidents)) != 1
        return f"promptgate {text}" + (f" --incident {self.id}" if several else "")


def clock() -> datetime:
    """Return the time: the one clock of all commands of an incident."""
    from promptgate.runs import answers

    return answers.utc_now()


def open_incidents() -> Incidents:
    """Return the incidents of the project that is here."""
    from promptgate.incidents.log import Incidents

    return Incidents(open_checked_project())


def open_ids(incidents: Incidents) -> list[str]:
    """Return the ids of the incidents that are not over."""
    return [one for one in incidents.ids() if not incidents.read(one).fold().over]


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
    known, running = incidents.ids(), open_ids(incidents)
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


def open_desk(
    given: str | None, by: str | None = None, at: str | None = None, *, over: bool = False
) -> Desk:
    """Return where a command works.

    Args:
        given: `--incident`.
        by: `--by`.
        at: `--at`.
        over: Whether the latest incident that is over will do.

    Raises:
        InputError: The incident is unknown or not clear, nobody acts, or the time is none.
    """
    from promptgate.incidents.times import parse_past

    incidents, now = open_incidents(), clock()
    when = now if at is None else parse_past(at, now, "--at")
    return Desk(incidents, which(incidents, given, over=over), who(incidents, by), now, when)


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


def tell(desk: Desk, after: Incident, done: str, json_file: str | None, **more: Any) -> None:
    """Say what was written, the state, and what is next."""
    from promptgate.incidents.next_step import next_step

    screen = screen_for(json_file)
    say(screen, done)
    step = next_step(after, desk.incidents.settings, desk.now)
    say(screen, f"{after.id} is {after.state}. Next: {step.told}.")
    if step.command:
        say(screen, f"  {desk.command(step.command)}")
    write_json(
        json_file,
        {
            "schema_version": 1,
            "incident": after.id,
            "state": after.state,
            "severity": after.severity,
            "next": desk.command(step.command) if step.command else None,
            **more,
        },
    )
