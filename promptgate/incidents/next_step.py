"""The next step: one sentence and the exact command, from the state, the clocks and the ticks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.incidents import choices, kinds
from promptgate.incidents.checklist import checklist
from promptgate.incidents.state import State
from promptgate.incidents.timers import timers

if TYPE_CHECKING:
    from datetime import datetime

    from promptgate.incidents.settings import IncidentSettings
    from promptgate.incidents.state import Incident

_FIRST = ("isolate", "escalate", "review")
"""Timers that go before the checklist when they are overdue."""


@dataclass(frozen=True)
class Step:
    """What to do now.

    Attributes:
        told: A sentence without its full stop.
        command: After 'promptgate '; '' where nothing is left.
    """

    told: str
    command: str


def next_step(incident: Incident, settings: IncidentSettings, now: datetime) -> Step:
    """Return the one thing that is to be done next."""
    if incident.state is State.FALSE_ALARM:
        return Step("nothing, it was a false alarm", "")
    late = [timer for timer in timers(incident, settings, now) if timer.overdue]
    for timer in late:
        if timer.name in _FIRST:
            return Step(timer.told, _filled(timer.command, incident))
    wanted = _towards_the_end(incident)
    for tick in checklist(incident, now):
        if tick.done is None and tick.text in wanted:
            return Step(tick.text, _filled(tick.command, incident))
    if late:
        return Step(late[0].told, _filled(late[0].command, incident))
    return Step("nothing is left but the check", "incident check")


def _towards_the_end(incident: Incident) -> set[str]:
    """Return the texts of the checklist that still lead on from the state."""
    early = ["declare the incident", "assess the severity"]
    contain = ["kill or throttle the feature", "verify that the isolation works"]
    if _freeze_to_push(incident):
        contain.append("freeze prompts and models")
    find = ["secure the failing input", "gather the evidence", "find the cause", "decide"]
    recover = ["roll back or fix", "verify the exact failing input"]
    decided = incident.last(kinds.Decided)
    if decided is not None and not decided.move.startswith("roll-back"):
        recover = recover[1:]
    end = ["watch the recovery", "close the incident"]
    after = ["write the post-mortem", "keep the input as a regression case"]
    match incident.state:
        case State.RECOVERING:
            return {*recover, *end}
        case State.MONITORING:
            return {*end}
        case State.CLOSED:
            return {*after}
    return {*early, *contain, *find, *recover}


def _freeze_to_push(incident: Incident) -> bool:
    """Tell whether nobody tried yet to push the freeze; one that was refused is not asked again."""
    frozen = [data for _, data in incident.all(kinds.Acted) if data.action == "freeze"]
    return not frozen or frozen[-1].only_here == choices.NOT_PUSHED


def _filled(command: str, incident: Incident) -> str:
    """Return a command with what the declaration says in the place of its words."""
    declared = incident.declaration
    return command.replace("FLAG", declared.flag or "FLAG")
