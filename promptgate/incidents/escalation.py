"""Escalate or go on: the 30-minute question, the 15 minutes more, the 45 that end it. Pure.

Between 15 and 45 minutes the runbook says nothing of what happens when nobody
answers the question: then it escalates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.incidents import kinds

if TYPE_CHECKING:
    from datetime import datetime

    from promptgate.incidents.settings import IncidentSettings, Level
    from promptgate.incidents.state import Incident

RUNBOOK = "CTO, VP, CEO, and the provider's support"


@dataclass(frozen=True)
class Escalation:
    """What the clock says.

    Attributes:
        escalate: Whether somebody is to be called now.
        told: Why, as a sentence without its full stop.
        levels: Levels of the chain that are due and were not called.
    """

    escalate: bool
    told: str
    levels: tuple[Level, ...]


def judge(incident: Incident, settings: IncidentSettings, now: datetime) -> Escalation:
    """Say whether an incident is to be escalated now.

    Args:
        incident: That was declared.
        settings: The minutes and the chain.
        now: The clock.
    """
    assert incident.opened is not None
    levels = due_levels(incident, settings, now)
    if incident.recovered is not None or incident.over:
        return Escalation(escalate=False, told="it has recovered", levels=())
    minutes = (now - incident.opened).total_seconds() / 60
    if minutes < settings.review_minutes:
        left = settings.review_minutes - minutes
        told = f"{minutes:.0f} min in; the question is asked in {left:.0f} min"
        return Escalation(bool(levels), told, levels)
    if minutes >= settings.escalate_minutes:
        told = f"{minutes:.0f} min in, beyond {settings.escalate_minutes:g}: escalate, and go over "
        told += "to 24-hour mode (a new commander every hour, updates as before)"
        return Escalation(escalate=True, told=told, levels=levels)
    answered = incident.all(kinds.Extended)
    if not answered:
        told = f"{minutes:.0f} min in and nobody said that it is within reach: escalate"
        return Escalation(escalate=True, told=told, levels=levels)
    event, answer = answered[-1]
    end = event.time + timedelta(minutes=settings.extension_minutes)
    if not answer.within_reach:
        return Escalation(escalate=True, told=f"not within reach: {answer.reason}", levels=levels)
    if now > end:
        told = f"the {settings.extension_minutes:g} min more are over: escalate"
        return Escalation(escalate=True, told=told, levels=levels)
    told = f"within reach ({answer.reason}): go on until {end:%H:%M} UTC"
    return Escalation(bool(levels), told, levels)


def check_asked(incident: Incident, settings: IncidentSettings, at: datetime) -> None:
    """Check that the question, whether it is within reach, is asked by now.

    Raises:
        InputError: It is not: an answer now would be none when it is.
    """
    assert incident.opened is not None
    minutes = (at - incident.opened).total_seconds() / 60
    if minutes < settings.review_minutes:
        raise InputError(
            f"the question is asked at {settings.review_minutes:g} min, and it is minute "
            f"{minutes:.0f}; until then write it down with 'promptgate incident note'."
        )


def due_levels(incident: Incident, settings: IncidentSettings, now: datetime) -> tuple[Level, ...]:
    """Return the levels of the chain whose minutes have passed and that were not called."""
    assert incident.opened is not None
    called = {data.level for _, data in incident.all(kinds.Escalated)}
    minutes = (now - incident.opened).total_seconds() / 60
    return tuple(
        level
        for level in settings.escalation
        if level.after_minutes <= minutes and level.name not in called
    )


def next_level(incident: Incident, settings: IncidentSettings) -> Level | None:
    """Return the first level that was not called, or None."""
    called = {data.level for _, data in incident.all(kinds.Escalated)}
    return next((level for level in settings.escalation if level.name not in called), None)
