"""What an incident needs before it is closed: that the recovery was watched for long enough."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from promptgate.errors import BlockedError, InputError
from promptgate.incidents import kinds
from promptgate.incidents.state import State

if TYPE_CHECKING:
    from datetime import datetime

    from promptgate.incidents.settings import IncidentSettings
    from promptgate.incidents.state import Incident

_ROUNDED = 1.0
"""Minutes by which people round up."""


def check_watched(incident: Incident, settings: IncidentSettings) -> None:
    """Check that the recovery was watched; an illegal step is for the fold to refuse.

    Raises:
        BlockedError: It was watched too briefly, or not at all.
    """
    if incident.state is not State.MONITORING or incident.recovered is None:
        return
    watched = sum(
        data.minutes
        for event, data in incident.all(kinds.Monitored)
        if data.passed and event.time >= incident.recovered
    )
    if watched < settings.monitor_minutes:
        raise BlockedError(
            f"the recovery was watched for {watched:g} min of {settings.monitor_minutes:g}; write "
            f"down what was seen with 'promptgate incident note --monitored "
            f"{settings.monitor_minutes:g} TEXT', or close it with --unwatched REASON."
        )


def check_minutes(minutes: object) -> None:
    """Check a number of minutes.

    Raises:
        InputError: It is none above 0.
    """
    if not isinstance(minutes, float) or not 0 < minutes < math.inf:
        raise InputError(f"--monitored must be above 0 minutes, but got {minutes!r}.")


def check_monitored(incident: Incident, minutes: float, when: datetime) -> None:
    """Check that a recovery can have been watched for so long.

    Raises:
        InputError: It has not lasted that long.
    """
    if incident.recovered is None:
        return  # an illegal step, which the fold refuses with its own words
    lasted = (when - incident.recovered).total_seconds() / 60
    if minutes > lasted + _ROUNDED:
        raise InputError(
            f"--monitored {minutes:g}: it was verified {lasted:.0f} min ago and cannot have been "
            "watched for longer; give the minutes that it was, or its time with --at."
        )
