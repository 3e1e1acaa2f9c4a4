"""Where an incident stands: a pure fold over its events.

    INVESTIGATING → ISOLATED → IDENTIFIED → RECOVERING → MONITORING → CLOSED
                                                        FALSE_ALARM, REOPENED

Events count in the order in which they happened, however two branches were
merged. A step that is illegal there is never lost: it is a remark. The same fold
refuses it beforehand, when it is about to be written: see fault_of().
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from promptgate.incidents import kinds
from promptgate.incidents.events import Event, with_fields
from promptgate.incidents.times import parse_time, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from promptgate.incidents.choices import Severity

DataT = TypeVar("DataT", bound=kinds.Data)


class State(StrEnum):
    """How far an incident is."""

    INVESTIGATING = "INVESTIGATING"
    ISOLATED = "ISOLATED"
    IDENTIFIED = "IDENTIFIED"
    RECOVERING = "RECOVERING"
    MONITORING = "MONITORING"
    CLOSED = "CLOSED"
    FALSE_ALARM = "FALSE_ALARM"
    REOPENED = "REOPENED"

    @property
    def over(self) -> bool:
        """Whether nothing more is to be done about the fault itself."""
        return self in (State.CLOSED, State.FALSE_ALARM)


_STAGES = (State.INVESTIGATING, State.ISOLATED, State.IDENTIFIED, State.RECOVERING)


@dataclass(frozen=True)
class Entry:
    """One row of the timeline.

    Attributes:
        event: As it counts: corrected, where it was.
        state: The state after it.
        corrected: Why it was corrected; '' where it was not.
        retracted: It counts no more.
        remark: Why it did not count where it stands; '' where it did.
    """

    event: Event
    state: State | None
    corrected: str = ""
    retracted: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Incident:
    """Everything that the events say, in the order in which it happened.

    Attributes:
        id: Of the incident.
        timeline: Every event.
        state: Now; None where nothing was declared.
        opened: When it was declared.
        steps: When each state was entered, in order.
        severity: As last assessed.
        roles: Who has which: commander, fixer, communications.
        recovered: When the exact failing input was verified last, while that still holds.
        remarks: Sentences on events that contradict each other.
    """

    id: str
    timeline: tuple[Entry, ...] = ()
    state: State | None = None
    opened: datetime | None = None
    steps: tuple[tuple[datetime, State], ...] = ()
    severity: Severity | None = None
    roles: dict[str, str] = field(default_factory=dict)
    recovered: datetime | None = None
    remarks: tuple[str, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that count."""
        return tuple(e.event for e in self.timeline if not (e.retracted or e.remark))

    @property
    def over(self) -> bool:
        """Whether it is closed or was none."""
        return self.state is not None and self.state.over

    def all(self, kind: type[DataT]) -> list[tuple[Event, DataT]]:
        """Return the events of a kind that count, each with its data."""
        return [(e, e.data) for e in self.events if isinstance(e.data, kind)]

    def last(self, kind: type[DataT]) -> DataT | None:
        """Return what the last event of a kind says, or None."""
        found = self.all(kind)
        return found[-1][1] if found else None

    def when(
        self, kind: type[DataT], holds: Callable[[DataT], bool] = lambda _data: True
    ) -> datetime | None:
        """Return when something of a kind happened first, or None."""
        return next((e.time for e, data in self.all(kind) if holds(data)), None)

    def entered(self, state: State) -> datetime | None:
        """Return when a state was entered first, or None."""
        return next((time for time, entered in self.steps if entered is state), None)

    @property
    def declaration(self) -> kinds.Opened:
        """What was declared.

        Raises:
            ValueError: Nothing was.
        """
        found = self.last(kinds.Opened)
        if found is None:
            raise ValueError(f"incident {self.id} was never declared")
        return found

    @property
    def feature_off(self) -> bool:
        """Whether the last look at the isolation found it working, and nothing ended it since."""
        off = False
        for event in self.events:
            if isinstance(event.data, kinds.Probed):
                off = event.data.passed
            elif isinstance(event.data, kinds.Acted) and event.data.action == "restore":
                off = False
        return off

    @property
    def still_fails(self) -> kinds.Verified | None:
        """The exact input's failure on what was carried out, if nothing was done since; or None."""
        carried_out = False
        failed: kinds.Verified | None = None
        for event in self.events:
            data = event.data
            match data:
                case kinds.Verified(uncounted=""):
                    failed = data if carried_out and not data.passed else None
                case kinds.Decided():
                    carried_out, failed = data.move == "fix-forward", None
                case kinds.RolledBack(stopped=False) | kinds.Deployed():
                    carried_out, failed = True, None
        return failed

    @property
    def commander(self) -> str:
        """Who commands; '' where nobody does."""
        return self.roles.get("commander", "")


def fold(incident: str, events: Sequence[Event]) -> Incident:
    """Return what a log says.

    Args:
        incident: Its id.
        events: In any order; one that stands twice counts once.
    """
    found = Incident(incident)
    for entry in _corrected(events):
        found = _apply(found, entry)
    return found


def fault_of(incident: str, events: Sequence[Event], new: Sequence[Event]) -> str | None:
    """Return why new events may not follow, or None: the fold would have to ignore one."""
    known = Counter(fold(incident, events).remarks)
    caused = Counter(fold(incident, [*events, *new]).remarks) - known
    return next(iter(caused), None)


def _corrected(events: Sequence[Event]) -> list[Entry]:
    """Return every event once, corrected, in order."""
    unique = {event.id: event for event in events}
    entries = {
        event.id: Entry(event, None)
        for event in unique.values()
        if not isinstance(event.data, kinds.Corrected)
    }
    notes: list[Entry] = []
    for event in sorted(unique.values(), key=lambda event: event.id):
        if not isinstance(event.data, kinds.Corrected):
            continue
        target = entries.get(event.data.event)
        changed = None if target is None else _correct(target, event.data)
        if changed is None:
            told = f"the correction {event.id} is of no event here, or does not fit it"
            notes.append(Entry(event, None, remark=told))
            continue
        entries[event.data.event] = changed
        notes.append(Entry(event, None))
    return sorted([*entries.values(), *notes], key=lambda entry: entry.event.order)


def _correct(entry: Entry, correction: kinds.Corrected) -> Entry | None:
    data = with_fields(entry.event.data, correction.fields)
    if data is None:
        return None
    time = entry.event.time if correction.time is None else parse_time(correction.time)
    return replace(
        entry,
        event=replace(entry.event, data=data, time=time),
        corrected=correction.reason,
        retracted=entry.retracted or correction.retract,
    )


def _apply(found: Incident, entry: Entry) -> Incident:
    event = entry.event
    if entry.retracted:
        return replace(found, timeline=(*found.timeline, replace(entry, state=found.state)))
    try:
        after = found if entry.remark else _step(found, event)
    except _IllegalStep as illegal:
        entry = replace(entry, remark=str(illegal))
        after = found
    if entry.remark:
        after = replace(after, remarks=(*after.remarks, entry.remark))
    return replace(after, timeline=(*after.timeline, replace(entry, state=after.state)))


class _IllegalStep(Exception):
    """An event that cannot follow; the message says why."""


def _step(found: Incident, event: Event) -> Incident:
    """Return the incident after one more event."""
    data = event.data
    if isinstance(data, kinds.Opened):
        return _open(found, event, data)
    if found.state is None:
        early = (kinds.Noted, kinds.Captured, kinds.Corrected)
        if isinstance(data, early):
            return found
        raise _IllegalStep(
            f"{event.kind} at {stamp(event.time)} is before the incident was declared"
        )
    match data:
        case kinds.HandedOver():
            return replace(found, roles={**found.roles, data.role: data.to})
        case kinds.Assessed():
            return replace(found, severity=data.severity)
        case kinds.Reopened():
            _need(found.state.over, found, event, "only a closed incident is reopened")
            return _enter(replace(found, recovered=None), State.REOPENED, event)
        case kinds.FalseAlarm():
            _need(not found.state.over, found, event, "it is over")
            return _enter(found, State.FALSE_ALARM, event)
        case kinds.Resolved(feature_off=True):
            _need(not found.state.over, found, event, "it is over")
            told = "nobody saw that the feature is off; use 'incident isolate --kill FLAG' or --saw"
            _need(found.feature_off, found, event, told)
            return _enter(found, State.CLOSED, event)
        case kinds.Resolved():
            told = "only an incident that is MONITORING can be resolved; verify the failing input"
            _need(found.state is State.MONITORING, found, event, told)
            return _enter(found, State.CLOSED, event)
    return _progress(found, event, data)


def _open(found: Incident, event: Event, data: kinds.Opened) -> Incident:
    if found.state is not None:
        raise _IllegalStep(
            f"it was declared a second time at {stamp(event.time)} by {event.actor}; the first "
            "declaration counts"
        )
    roles = {
        role: name
        for role, name in (
            ("commander", data.commander),
            ("fixer", data.fixer),
            ("communications", data.communications),
        )
        if name
    }
    opened = replace(found, opened=event.time, severity=data.severity, roles=roles)
    return _enter(opened, State.INVESTIGATING, event)


def _progress(found: Incident, event: Event, data: Any) -> Incident:
    """Move on where the event is a step; what only adds to the record leaves the state."""
    assert found.state is not None
    target: State | None = None
    match data:
        case kinds.Probed(passed=True):
            target = State.ISOLATED
        case kinds.Diagnosed() if data.cause is not None:
            target = State.IDENTIFIED
        case kinds.Decided(outcome="ROLLBACK" | "FIX_FORWARD"):
            target = State.RECOVERING
        case kinds.RolledBack(stopped=False) | kinds.Deployed():
            target = State.RECOVERING
        case kinds.Verified():
            return _verified(found, event, data)
        case kinds.Monitored():
            _need(
                found.state is State.MONITORING,
                found,
                event,
                "verify the exact failing input first",
            )
            return found if data.passed else _enter(_lost(found), State.RECOVERING, event)
    if target is None:
        return found
    _need(not found.state.over, found, event, "reopen it first")
    if found.state is State.MONITORING and isinstance(data, kinds.RolledBack):
        return _enter(_lost(found), target, event)
    begun = found.state in (*_STAGES, State.REOPENED)
    stage = _STAGES.index(found.state) if found.state in _STAGES else 0
    if begun and _STAGES.index(target) > stage:
        return _enter(found, target, event)
    return found


def _verified(found: Incident, event: Event, data: kinds.Verified) -> Incident:
    assert found.state is not None
    _need(not found.state.over, found, event, "reopen it first")
    if data.uncounted:
        return found
    if not data.passed:
        after = _lost(found)
        return _enter(after, State.RECOVERING, event) if found.state is State.MONITORING else after
    if found.state is State.RECOVERING:
        return _enter(replace(found, recovered=event.time), State.MONITORING, event)
    if found.state is State.MONITORING:
        return found
    raise _IllegalStep(
        f"{event.kind} at {stamp(event.time)}: it passed while the incident is {found.state}, and "
        "nothing was decided or rolled back that it could confirm; decide first"
    )


def _lost(found: Incident) -> Incident:
    return replace(found, recovered=None)


def _need(holds: bool, found: Incident, event: Event, why: str) -> None:
    if not holds:
        raise _IllegalStep(f"{event.kind} at {stamp(event.time)} while it is {found.state}: {why}")


def _enter(found: Incident, state: State, event: Event) -> Incident:
    return replace(found, state=state, steps=(*found.steps, (event.time, state)))
