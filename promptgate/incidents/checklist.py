"""The runbook's checklists, by windows of time and of a rollback: ticked by events alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from promptgate.incidents import kinds
from promptgate.incidents.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptgate.incidents.state import Incident

RESTORE = "switch the feature on again"
THAW = "thaw the prompts"
_ASSESS = "incident assess --affected HIT/LOOKED_AT --core yes --workaround no"
Ticked: TypeAlias = "Callable[[Incident], datetime | None]"


@dataclass(frozen=True)
class Item:
    """One thing to do.

    Attributes:
        text: What.
        command: That does it, after 'promptgate '.
        ticked: When the events show it done, or None.
        needed: Whether it is to be done at all.
    """

    text: str
    command: str
    ticked: Ticked
    needed: Callable[[Incident], bool] = lambda _found: True


@dataclass(frozen=True)
class Window:
    """What belongs into a stretch of the incident, in minutes from the declaration."""

    begin: float
    end: float
    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        """'0 to 2 min'."""
        return "24 h" if self.end > 60 else f"{self.begin:g} to {self.end:g} min"


@dataclass(frozen=True)
class Tick:
    """An item, held against an incident."""

    window: str
    text: str
    command: str
    done: datetime | None
    late: bool


def _did(action: str) -> Callable[[Incident], bool]:
    return lambda found: any(data.action == action for _, data in found.all(kinds.Acted))


def _lifted(begun: str, ended: str) -> Ticked:
    """Return when something was ended last, where nothing began it anew since."""

    def when(found: Incident) -> datetime | None:
        done: datetime | None = None
        for event, data in found.all(kinds.Acted):
            if data.action == begun:
                done = None
            elif data.action == ended and not data.only_here:
                done = event.time
        return done

    return when


def _recovers(found: Incident) -> bool:
    """Tell whether something is to recover: not where it was closed with the feature off."""
    resolved = found.last(kinds.Resolved)
    return not (found.state is State.CLOSED and resolved is not None and resolved.feature_off)


def _frozen(found: Incident) -> datetime | None:
    return found.when(kinds.Acted, lambda data: data.action == "freeze" and not data.only_here)


def _contained(found: Incident) -> datetime | None:
    return found.when(kinds.Acted, lambda data: data.action in ("kill", "throttle", "model"))


def _posted(template: str) -> Ticked:
    return lambda found: found.when(kinds.Queued, lambda data: data.template == template)


def _passed(found: Incident) -> datetime | None:
    return found.when(kinds.Verified, lambda data: data.passed and not data.uncounted)


def _carried_out(found: Incident) -> datetime | None:
    rolled = found.when(kinds.RolledBack, lambda data: data.green and not data.stopped)
    return rolled or _passed(found)


def _watched(found: Incident) -> datetime | None:
    return found.when(kinds.Monitored, lambda data: data.passed)


def _green(found: Incident) -> datetime | None:
    return found.when(kinds.RolledBack, lambda data: data.green)


def postmortem_written(found: Incident) -> datetime | None:
    """Return when the post-mortem was written after the end; one begun before it is a sketch."""
    end = found.steps[-1][0] if found.over else None
    times = [event.time for event, _ in found.all(kinds.Postmortem)]
    return next((time for time in times if end is not None and time >= end), None)


def _pushed(found: Incident) -> datetime | None:
    return found.when(kinds.RolledBack, lambda data: data.pushed)


WINDOWS = (
    Window(0, 2, (
        Item("declare the incident", "incident open", lambda found: found.opened),
        Item("write the declaration, and post it", "incident comms draft declaration",
             _posted("declaration")),
        Item("assess the severity", _ASSESS, lambda found: found.when(kinds.Assessed)),
    )),
    Window(2, 5, (
        Item("kill or throttle the feature", "incident isolate --kill FLAG", _contained),
        Item("freeze prompts and models", "incident isolate --freeze --push", _frozen),
        Item("verify that the isolation works", "incident isolate --probe",
             lambda found: found.when(kinds.Probed, lambda data: data.passed)),
    )),
    Window(5, 10, (
        Item("secure the failing input",
             "incident evidence --input FILE --prompt PROMPT --expect SCORER",
             lambda found: found.when(kinds.Captured)),
        Item("gather the evidence", "incident evidence",
             lambda found: found.when(kinds.Gathered)),
        Item("decide whether to tell customers", "incident comms decide",
             lambda found: found.when(kinds.TellDecided)),
    )),
    Window(10, 30, (
        Item("find the cause", "incident diagnose", lambda found: found.when(kinds.Diagnosed)),
        Item("decide", "incident decide", lambda found: found.when(kinds.Decided)),
        Item("write cause, solution and ETA", "incident comms draft cause", _posted("cause")),
        Item("roll back or fix", "incident rollback --push", _carried_out,
             _recovers),
    )),
    Window(30, 45, (
        Item("verify the exact failing input", "incident verify", _passed, _recovers),
        Item("write that it is resolved", "incident comms draft resolution",
             _posted("resolution"), _recovers),
    )),
    Window(45, 60, (
        Item("watch the recovery", "incident note --monitored 30 TEXT", _watched, _recovers),
        Item("close the incident", "incident resolve --summary TEXT",
             lambda found: found.entered(State.CLOSED)),
        Item(RESTORE, "flag restore FLAG", _lifted("kill", "restore"), _did("kill")),
        Item(THAW, "thaw --approved-by COMMANDER --push", _lifted("freeze", "thaw"),
             _did("freeze")),
    )),
    Window(60, 24 * 60, (
        Item("write the post-mortem", "incident postmortem", postmortem_written),
        Item("keep the input as a regression case", "incident verify --keep",
             lambda found: found.when(kinds.Kept)),
    )),
)  # fmt: skip


def checklist(incident: Incident, now: datetime) -> tuple[Tick, ...]:
    """Return every item of the checklist, ticked where the events show it."""
    assert incident.opened is not None
    return tuple(
        Tick(
            window.title,
            item.text,
            item.command,
            done := item.ticked(incident),
            late=done is None and now > incident.opened + timedelta(minutes=window.end),
        )
        for window in WINDOWS
        for item in window.items
        if item.needed(incident)
    )


ROLLBACK = (
    Item("the decision says to roll back", "incident decide",
         lambda found: found.when(kinds.Decided, lambda data: data.move.startswith("roll-back"))),
    Item("what to go back to is known", "incident rollback",
         lambda found: found.when(kinds.RolledBack, lambda data: bool(data.good))),
    Item("a branch of its own was made from the released branch", "incident rollback",
         lambda found: found.when(kinds.RolledBack, lambda data: bool(data.base))),
    Item("nothing outside the prompt's scope is touched", "incident rollback",
         lambda found: found.when(kinds.RolledBack, lambda data: bool(data.files))),
    Item("the suites pass on it", "incident rollback", _green),
    Item("the commander's approval is recorded", "freeze approve BRANCH --by COMMANDER",
         lambda found: found.when(kinds.RolledBack, lambda data: data.approved)),
    Item("it is pushed", "incident rollback --push", _pushed),
    Item("it is deployed", "incident rollback --deploy",
         lambda found: found.when(kinds.Deployed, lambda data: data.passed)),
    Item("the exact failing input passes", "incident verify", _passed),
    Item("it was watched", "incident note --monitored 30 TEXT", _watched),
    Item("the input is a regression case", "incident verify --keep",
         lambda found: found.when(kinds.Kept)),
)  # fmt: skip
"""The eleven steps of a prompt rollback."""


def rollback_checklist(incident: Incident) -> tuple[Tick, ...]:
    """Return the eleven steps of a rollback, ticked where the events show them."""
    return tuple(
        Tick("rollback", item.text, item.command, item.ticked(incident), late=False)
        for item in ROLLBACK
    )
