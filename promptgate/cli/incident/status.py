"""`promptgate incident status`: the commander's one screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NoReturn

import click

from promptgate.cli.common import screen_for, write_json
from promptgate.cli.incident.common import (
    clock,
    incident_option,
    line,
    open_incidents,
    which,
)
from promptgate.cli.options import json_option
from promptgate.errors import ExitCode, InputError
from promptgate.reports.styles import BAD, BADGE_BAD, BADGE_OVER, DOUBT, GOOD, QUIET, STRONG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from rich.console import Console, RenderableType
    from rich.text import Text

    from promptgate.incidents.log import Incidents
    from promptgate.incidents.state import Incident

_SHOWN = 6
_LAST = 3


@click.command(
    epilog="""\b
Examples:
  promptgate incident status
  promptgate incident status --watch
  promptgate incident status --timeline --incident 2026-11-23-support"""
)
@incident_option
@click.option("--watch", is_flag=True, help="Keep it live until Ctrl-C.")
@click.option("--timeline", is_flag=True, help="Every event, with its id.")
@json_option
def status(incident_id: str | None, json_file: str | None, *, watch: bool, timeline: bool) -> int:
    """Show state, severity, clock, what is overdue, and the exact next command."""
    incidents = open_incidents()
    name = which(incidents, incident_id, over=True)
    screen = screen_for(json_file)
    if watch:
        if not screen.is_terminal or json_file is not None:
            raise InputError("--watch needs a terminal, and no --json; leave it out.")
        keep_live(incidents, name, screen, timeline=timeline)
    now = clock()
    screen.print(render(incidents, name, now, timeline=timeline))
    write_json(json_file, plain(incidents, name, now))
    return ExitCode.OK


def keep_live(
    incidents: Incidents,
    name: str,
    screen: Console,
    *,
    timeline: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> NoReturn:
    """Draw the screen anew every second, with what the log and the clock say then, until Ctrl-C."""
    from rich.live import Live

    with Live(console=screen, auto_refresh=False) as live:
        while True:
            shown = render(incidents, name, clock(), timeline=timeline, rows=screen.height)
            live.update(shown, refresh=True)
            sleep(1)


def render(
    incidents: Incidents,
    name: str,
    now: datetime,
    *,
    timeline: bool = False,
    rows: int | None = None,
) -> RenderableType:
    """Return the screen.

    Args:
        incidents: Where.
        name: The incident's.
        now: The clock.
        timeline: Every event, with its id.
        rows: Where it has to fit: what is not done yet goes before what is; None: as long as it is.
    """
    from rich.console import Group
    from rich.text import Text

    log = incidents.read(name)
    found = log.fold()
    parts: list[Text] = [line(f"! {told}", BAD) for told in log.damage]
    if found.opened is None or found.state is None:
        return Group(*parts, line("Nothing was declared in this log.", STRONG))
    parts += _head(incidents, found, now)
    due = list(_due(incidents, name, now))
    remarks = [line(f"! {told}", DOUBT) for told in found.remarks]
    events = list(_timeline(incidents, name, whole=timeline))
    left = None
    if rows is not None:
        due, events = due[:_SHOWN], events if timeline else events[-_LAST:]
        left = max(1, rows - len(parts) - len(due) - len(remarks) - len(events) - 4)
        for part in (*parts, *due, *remarks, *events):
            part.no_wrap, part.overflow = True, "ellipsis"
    checks = _checks(incidents, name, now, left)
    return Group(*parts, Text(), *due, Text(), checks, *remarks, Text(), *events)


def _head(incidents: Incidents, found: Incident, now: datetime) -> Iterator[Text]:
    """Give what it is, who has which role, and what is to be done next."""
    from rich.text import Text

    from promptgate.incidents.next_step import next_step
    from promptgate.incidents.times import lasted, stamp

    assert found.opened is not None
    end = found.steps[-1][0] if found.over else now
    declared = found.declaration
    yield Text.assemble(
        (f" {found.state} ", BADGE_OVER if found.over else BADGE_BAD),
        line(f"  {declared.product}: {declared.summary}"),
    )
    roles = ", ".join(f"{role} {who}" for role, who in found.roles.items())
    yield line(f"{found.id} · {found.severity} · {lasted(end - found.opened)} since "
               f"{stamp(found.opened)} · {roles}", QUIET)  # fmt: skip
    yield Text()
    step = next_step(found, incidents.settings, now)
    several = len(incidents.running()) > 1 or found.over
    yield line(f"NEXT: {step.told}", STRONG)
    if step.command:
        suffix = f" --incident {found.id}" if several else ""
        yield line(f"  promptgate {step.command}{suffix}", STRONG)


def _due(incidents: Incidents, name: str, now: datetime) -> Iterator[Text]:
    from promptgate.incidents.timers import timers
    from promptgate.incidents.times import clock as clock_time
    from promptgate.incidents.times import lasted

    found = incidents.read(name).fold()
    for timer in timers(found, incidents.settings, now):
        away = f"OVERDUE by {lasted(now - timer.due)}" if timer.overdue else (
            f"in {lasted(timer.due - now)}")  # fmt: skip
        style = BAD if timer.overdue else ""
        yield line(f"{clock_time(timer.due)}  {away}: {timer.told}", style)


def _checks(
    incidents: Incidents, name: str, now: datetime, most: int | None = None
) -> RenderableType:
    """Return the checklist; in so many rows what is to be done alone, in order."""
    from promptgate.incidents.checklist import checklist, rollback_checklist
    from promptgate.incidents.kinds import Decided
    from promptgate.incidents.times import clock as clock_time
    from promptgate.reports.tables import plain_table

    found = incidents.read(name).fold()
    table = plain_table()
    ticks = checklist(found, now)
    decided = found.last(Decided)
    if decided is not None and decided.move.startswith("roll-back"):
        ticks += rollback_checklist(found)
    if most is not None:
        ticks = tuple(tick for tick in ticks if not tick.done)
    before, hidden = "", 0 if most is None else len(ticks) - most
    for tick in ticks if hidden <= 0 else ticks[: max(0, len(ticks) - hidden - 1)]:
        mark = "✓" if tick.done else "✗" if tick.late else "·"
        style = GOOD if tick.done else BAD if tick.late else ""
        window = tick.window if tick.window != before else ""
        before = tick.window
        table.add_row(line(window, QUIET), line(f"{mark} {tick.text}", style),
                      line(clock_time(tick.done) if tick.done else "", QUIET))  # fmt: skip
    if hidden > 0:
        table.add_row("", line(f"… {hidden + 1} more", QUIET), "")
    return table


def _timeline(incidents: Incidents, name: str, *, whole: bool) -> Iterator[Text]:
    from promptgate.incidents.sentences import sentence
    from promptgate.incidents.times import clock as clock_time

    entries = incidents.read(name).fold().timeline
    shown = entries if whole else entries[-_SHOWN:]
    if len(entries) > len(shown):
        yield line(f"… {len(entries) - len(shown)} earlier events; --timeline shows them", QUIET)
    for entry in shown:
        own = f"{entry.event.id[-6:]}  " if whole else ""
        marks = " (retracted)" if entry.retracted else " (corrected)" if entry.corrected else ""
        marks += " (not counted)" if entry.remark else ""
        told = sentence(entry.event)
        yield line(f"{clock_time(entry.event.time)}  {own}{entry.event.actor}: {told}{marks}",
                    "strike" if entry.retracted else "")  # fmt: skip


def plain(incidents: Incidents, name: str, now: datetime) -> dict[str, Any]:
    """Return the same for machines."""
    from promptgate.incidents.checklist import checklist
    from promptgate.incidents.metrics import measure
    from promptgate.incidents.next_step import next_step
    from promptgate.incidents.timers import timers
    from promptgate.incidents.times import iso

    log = incidents.read(name)
    found = log.fold()
    if found.opened is None:
        return {"schema_version": 1, "incident": name, "state": None, "damage": list(log.damage)}
    times = measure(found, now)
    lengths = ("detect", "isolate", "identify", "recover", "impact", "close")
    return {
        "schema_version": 1,
        "incident": name,
        "state": found.state,
        "severity": found.severity,
        "opened": iso(found.opened),
        "roles": found.roles,
        "next": next_step(found, incidents.settings, now).command,
        "timers": [
            {"name": t.name, "due": iso(t.due), "overdue": t.overdue, "what": t.told}
            for t in timers(found, incidents.settings, now)
        ],
        "checklist": [
            {"window": t.window, "what": t.text, "done": t.done and iso(t.done), "late": t.late}
            for t in checklist(found, now)
        ],
        "seconds": {
            name: None if (value := getattr(times, name)) is None else value.total_seconds()
            for name in lengths
        },
        "events": len(found.timeline),
        "remarks": list(found.remarks),
        "damage": list(log.damage),
    }
