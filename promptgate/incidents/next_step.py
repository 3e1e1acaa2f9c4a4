"""The next step: one sentence and the exact command, from the state, the clocks and the ticks."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.incidents import choices, kinds
from promptgate.incidents.checklist import RESTORE, THAW, checklist
from promptgate.incidents.postmortem import action_faults
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
        return _lift(incident, now) or Step("nothing, it was a false alarm", "")
    late = [timer for timer in timers(incident, settings, now) if timer.overdue]
    for timer in late:
        if timer.name in _FIRST:
            return Step(timer.told, _filled(timer.command, incident))
    if not incident.over and (step := _off_the_path(incident)) is not None:
        return step
    wanted = _towards_the_end(incident)
    for tick in checklist(incident, now):
        if tick.done is None and tick.text in wanted:
            return Step(tick.text, _filled(tick.command, incident))
    if late:
        return Step(late[0].told, _filled(late[0].command, incident))
    if faults := action_faults(incident, settings):
        add = 'incident postmortem --action "…" --owner NAME --due DAY --priority high'
        return Step(faults[0], add)
    return Step("nothing is left but the check", "incident check")


def _off_the_path(incident: Incident) -> Step | None:
    """Return what is to be done where a rollback was stopped or did not help; None: go on."""
    rolled, decided = incident.last(kinds.RolledBack), incident.last(kinds.Decided)
    if incident.still_fails is not None:
        told = "it still fails: decide again, for another revision, a fix, or the feature off"
        return Step(told, "incident decide")
    if decided is not None and decided.move == "kill-feature" and _later(incident, decided, rolled):
        if incident.feature_off:
            told = "the feature stays off: close the incident so, and mend it by daylight"
            return Step(told, 'incident resolve --feature-off --summary "…"')
        return Step("switch the feature off", "incident isolate --kill FLAG")
    if rolled is None or incident.state is State.MONITORING:
        return None
    if rolled.stopped and _later(incident, rolled, decided):
        return _unstopped(incident, rolled)
    verified = [data for _, data in incident.all(kinds.Verified) if not data.uncounted]
    if rolled.pushed and _later(incident, rolled, verified[-1] if verified else None):
        return Step("merge the rollback, then ask the exact input again", "incident verify")
    return None


def _unstopped(incident: Incident, rolled: kinds.RolledBack) -> Step:
    """Return what lets a rollback go on."""
    if not rolled.green:
        told = "the gate of the rollback is red: go back to another revision, or decide again"
        return Step(told, "incident rollback --to REV --push")
    if not rolled.approved:
        told = f"{incident.commander} approves the rollback by pushing it"
        by = shlex.quote(incident.commander)
        return Step(told, f"incident rollback --push --by {by}")
    return Step("the rollback is not pushed: try again, or push it by hand", (
        "incident rollback --push"))  # fmt: skip


def _later(incident: Incident, one: kinds.Data, other: kinds.Data | None) -> bool:
    """Tell whether one of two events' data came after the other, or alone."""
    order = [event.data for event in incident.events]
    places = {id(data): place for place, data in enumerate(order)}
    return other is None or places[id(one)] > places[id(other)]


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
    after = [THAW, "write the post-mortem", "keep the input as a regression case"]
    if incident.recovered is not None:
        after.append(RESTORE)
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
    """Return a command with what the events say in the place of its words."""
    killed = [data.target for _, data in incident.all(kinds.Acted) if data.action == "kill"]
    flag = killed[-1] if killed else incident.declaration.flag
    filled = command.replace("FLAG", shlex.quote(flag) if flag else "FLAG")
    if (prompt := incident.declaration.prompt) is not None:
        filled = filled.replace("--prompt PROMPT", f"--prompt {shlex.quote(prompt)}")
    return filled.replace("COMMANDER", shlex.quote(incident.commander))


def _lift(incident: Incident, now: datetime) -> Step | None:
    """Return what a false alarm leaves to be given back; None: nothing."""
    for tick in checklist(incident, now):
        if tick.text in (RESTORE, THAW) and tick.done is None:
            return Step(tick.text, _filled(tick.command, incident))
    return None
