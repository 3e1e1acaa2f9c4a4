"""How long things took: pure figures from the events. What is not known is None, never 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from promptgate.incidents import kinds
from promptgate.incidents.state import State
from promptgate.incidents.times import parse_time

if TYPE_CHECKING:
    from promptgate.incidents.state import Incident


@dataclass(frozen=True)
class Metrics:
    """The times of one incident.

    Attributes:
        began: When the fault began, where somebody found out; None: unknown.
        detect: From then to the declaration (MTTD is the mean of these).
        isolate: From the declaration to the first probe that passed.
        identify: From the declaration to the cause.
        recover: From the declaration to the verified recovery that held (MTTR).
        impact: From the beginning, or where that is unknown from the declaration, to the recovery.
        close: From the declaration to the end.
        in_state: How long it was in each state.
        hand_overs: How often the commander changed.
        overrides: Decisions that a person overrode.
    """

    began: datetime | None
    detect: timedelta | None
    isolate: timedelta | None
    identify: timedelta | None
    recover: timedelta | None
    impact: timedelta | None
    close: timedelta | None
    in_state: dict[State, timedelta]
    hand_overs: int
    overrides: int


def measure(incident: Incident, now: datetime) -> Metrics:
    """Return the times of an incident.

    Args:
        incident: That was declared.
        now: For the state that it is in.
    """
    opened = incident.opened
    assert opened is not None
    told = incident.declaration.began
    began = parse_time(told) if told is not None else None
    ended = incident.entered(State.CLOSED) if incident.over else None

    def since(moment: datetime | None) -> timedelta | None:
        return None if moment is None else moment - opened

    return Metrics(
        began=began,
        detect=None if began is None else opened - began,
        isolate=since(incident.when(kinds.Probed, lambda probe: probe.passed)),
        identify=since(incident.when(kinds.Diagnosed, lambda found: found.cause is not None)),
        recover=since(incident.recovered),
        impact=None if incident.recovered is None else incident.recovered - (began or opened),
        close=since(ended),
        in_state=_in_state(incident, now),
        hand_overs=sum(data.role == "commander" for _, data in incident.all(kinds.HandedOver)),
        overrides=sum(data.override is not None for _, data in incident.all(kinds.Decided)),
    )


def _in_state(incident: Incident, now: datetime) -> dict[State, timedelta]:
    spent: dict[State, timedelta] = {}
    ends = [*(time for time, _ in incident.steps[1:]), now]
    for (begun, state), ended in zip(incident.steps, ends, strict=True):
        if not state.over:
            spent[state] = spent.get(state, timedelta()) + max(ended - begun, timedelta())
    return spent
