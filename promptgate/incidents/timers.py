"""What is due when: the runbook's clocks, from the events and the numbers in promptgate.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from promptgate.incidents import kinds
from promptgate.incidents.checklist import postmortem_written
from promptgate.incidents.state import State
from promptgate.incidents.times import clock, parse_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.incidents.settings import IncidentSettings
    from promptgate.incidents.state import Incident

INTERNAL = ("declaration", "update", "cause", "review")
PUBLIC = ("status", "email", "resolution")


@dataclass(frozen=True)
class Timer:
    """Something that is due at a time.

    Attributes:
        name: A word.
        due: When.
        told: What is due, as a sentence without its full stop.
        command: That does it, after 'promptgate '.
        overdue: Whether it is late now.
    """

    name: str
    due: datetime
    told: str
    command: str
    overdue: bool


def timers(incident: Incident, settings: IncidentSettings, now: datetime) -> tuple[Timer, ...]:
    """Return what is due, the most urgent first."""
    assert incident.opened is not None
    found = [
        Timer(name, due, told, command, overdue=now > due)
        for name, due, told, command in _running(incident, settings, incident.opened)
    ]
    return tuple(sorted(found, key=lambda timer: (timer.due, timer.name)))


_Running = tuple[str, datetime, str, str]


def _running(
    incident: Incident, settings: IncidentSettings, opened: datetime
) -> Iterator[_Running]:
    if incident.over:
        yield from _afterwards(incident, settings)
        return
    executing = incident.state is State.RECOVERING
    every = settings.executing_update_minutes if executing else settings.update_minutes
    last = _last_post(incident, INTERNAL) or opened
    yield (
        "update",
        last + timedelta(minutes=every),
        f"an internal update every {every:g} min, also with nothing new",
        "incident comms draft update",
    )
    yield from _watch(incident, settings, opened)
    yield from _towards_customers(incident, settings, opened)


def _watch(incident: Incident, settings: IncidentSettings, opened: datetime) -> Iterator[_Running]:
    """Give the clocks of those who work on it."""
    begun = _commanding_since(incident, opened)
    yield (
        "commander",
        begun + timedelta(minutes=settings.commander_minutes),
        f"{incident.commander} has commanded for {settings.commander_minutes:g} min: hand over",
        "incident handover --to NAME",
    )
    if incident.when(kinds.Probed, lambda probe: probe.passed) is None:
        yield (
            "isolate",
            opened + timedelta(minutes=settings.isolate_minutes),
            "the isolation is to be verified",
            "incident isolate --kill FLAG",
        )
    if incident.state not in (State.MONITORING, State.CLOSED):
        if incident.when(kinds.Extended) is None:
            yield (
                "review",
                opened + timedelta(minutes=settings.review_minutes),
                "ask whether it is resolved or within reach",
                "incident escalate check",
            )
        if incident.when(kinds.Escalated) is None:
            yield (
                "escalate",
                opened + timedelta(minutes=settings.escalate_minutes),
                f"escalate: {settings.escalate_minutes:g} min without a recovery",
                "incident escalate now",
            )
    if incident.state is State.MONITORING and incident.recovered is not None:
        yield (
            "monitor",
            incident.recovered + timedelta(minutes=settings.monitor_minutes),
            f"the recovery was watched for {settings.monitor_minutes:g} min: say what was seen",
            f"incident note --monitored {settings.monitor_minutes:g} TEXT",
        )
    eta = _eta(incident)
    if eta is not None and incident.state is not State.MONITORING:
        yield "eta", eta, f"the ETA of {clock(eta)} has come", "incident comms draft update"
    yield (
        "timer",
        opened + timedelta(minutes=settings.timer_minutes),
        f"the {settings.timer_minutes:g}-minute timer",
        "incident escalate check",
    )


def _towards_customers(
    incident: Incident, settings: IncidentSettings, opened: datetime
) -> Iterator[_Running]:
    telling = incident.last(kinds.TellDecided)
    if telling is None:
        yield (
            "tell",
            opened + timedelta(minutes=settings.tell_after_minutes),
            "decide whether customers are told",
            "incident comms decide",
        )
    elif telling.answer == "tell":
        last = _last_post(incident, PUBLIC) or incident.all(kinds.TellDecided)[-1][0].time
        told = _last_post(incident, PUBLIC) is not None
        yield (
            "public",
            last + timedelta(minutes=settings.public_update_minutes if told else 0),
            f"tell customers every {settings.public_update_minutes:g} min"
            if told
            else "tell customers",
            "incident comms draft status",
        )


def _afterwards(incident: Incident, settings: IncidentSettings) -> Iterator[_Running]:
    if incident.state is State.CLOSED and postmortem_written(incident) is None:
        ended = incident.recovered or incident.entered(State.CLOSED)
        assert ended is not None
        yield (
            "postmortem",
            ended + timedelta(hours=settings.postmortem_hours),
            f"the post-mortem within {settings.postmortem_hours:g} h",
            "incident postmortem",
        )


def _last_post(incident: Incident, templates: tuple[str, ...]) -> datetime | None:
    return max(
        (event.time for event, data in incident.all(kinds.Queued) if data.template in templates),
        default=None,
    )


def _commanding_since(incident: Incident, opened: datetime) -> datetime:
    return max(
        (event.time for event, data in incident.all(kinds.HandedOver) if data.role == "commander"),
        default=opened,
    )


def _eta(incident: Incident) -> datetime | None:
    given = [data.eta for _, data in incident.all(kinds.Queued) if data.eta]
    return parse_time(given[-1]) if given else None
