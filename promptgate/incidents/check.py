"""What was forgotten: every promise of the rules that the events or git do not show kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from promptgate.incidents import kinds
from promptgate.incidents.checklist import checklist
from promptgate.incidents.comms.post import undelivered
from promptgate.incidents.declare import role_warning
from promptgate.incidents.escalation import due_levels
from promptgate.incidents.lifting import still_isolated
from promptgate.incidents.log import altered_lines
from promptgate.incidents.postmortem import action_faults, action_name
from promptgate.incidents.rollback.prepare import on_branch
from promptgate.incidents.state import State
from promptgate.incidents.timers import PUBLIC, timers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from promptgate.incidents.log import Incidents
    from promptgate.incidents.settings import IncidentSettings
    from promptgate.incidents.state import Incident


def problems(incidents: Incidents, incident: str, now: datetime) -> tuple[str, ...]:
    """Return everything that is wrong with an incident, as sentences without full stops.

    Raises:
        InputError: There is no such incident.
    """
    log = incidents.read(incident)
    found = log.fold()
    told = [told.rstrip(".") for told in (*log.damage, *altered_lines(incidents, log))]
    told += found.remarks
    if found.opened is None:
        return (*told, "nothing was declared")
    told += _in_time(found, incidents.settings, now)
    told += _recovered(incidents, found)
    if found.over:
        told += left_open(incidents, found)
    told += _learned(found, incidents.settings, now)
    return tuple(told)


def _in_time(found: Incident, settings: IncidentSettings, now: datetime) -> Iterator[str]:
    for timer in timers(found, settings, now):
        if timer.overdue and timer.name != "timer":
            yield f"overdue since {timer.due:%H:%M} UTC: {timer.told}"
    if not found.over:
        for level in due_levels(found, settings, now):
            if found.recovered is None:
                yield f"the level {level.name!r} ({level.contact}) was to be called and was not"
        if (warning := role_warning(found)) is not None:
            yield warning
    for message in undelivered(found):
        yield f"the message {message.template} to {message.channel} was not delivered"


def _recovered(incidents: Incidents, found: Incident) -> Iterator[str]:
    pushed = [data for _, data in found.all(kinds.RolledBack) if data.pushed]
    rolled = pushed[-1] if pushed and found.state is not State.FALSE_ALARM else None
    if rolled is not None and not on_branch(incidents.project, rolled):
        base = incidents.project.settings.default_branch
        yield (
            f"{base} does not contain the rollback {rolled.branch} ({rolled.commit[:12]}): the "
            "next deployment brings the fault back; merge it"
        )
    captured = found.when(kinds.Captured) is not None
    if found.over and captured and found.when(kinds.Kept) is None:
        yield "the failing input is no regression case: 'promptgate incident verify --keep'"


def left_open(incidents: Incidents, found: Incident) -> tuple[str, ...]:
    """Return what an incident that is over promised and nobody did, as sentences."""
    told = list(still_isolated(incidents, found))
    public = [data for _, data in found.all(kinds.Queued) if data.template in PUBLIC]
    telling = found.last(kinds.TellDecided)
    if found.state is State.CLOSED and telling is not None and telling.answer == "tell":
        if not public:
            told.append(
                "customers were to be told, and nobody wrote to them: 'promptgate incident comms "
                "draft resolution', or 'status' while the feature is off"
            )
        elif found.recovered is not None and public[-1].template != "resolution":
            told.append(
                "customers were told of it, and not that it is resolved: 'promptgate incident "
                "comms draft resolution'"
            )
    return tuple(told)


def never_done(found: Incident, now: datetime) -> tuple[str, ...]:
    """Return the items of the checklist that the events of an incident never show done."""
    return tuple(tick.text for tick in checklist(found, now) if tick.done is None)


def _learned(found: Incident, settings: IncidentSettings, now: datetime) -> Iterator[str]:
    if found.when(kinds.Postmortem) is None:
        return
    yield from action_faults(found, settings)
    done = {data.action for _, data in found.all(kinds.ActionDone)}
    for event, action in found.all(kinds.ActionAdded):
        if action.due and event.id not in done and date.fromisoformat(action.due) < now.date():
            owner = action.owner or "nobody"
            yield f"{action_name(event, action)} of {owner} was due on {action.due}"
