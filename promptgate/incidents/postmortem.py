"""The post-mortem in Markdown, from the events alone; a pure fold like everything else.

Everything that a person or a model wrote is escaped. What is not known is written
unknown; what went well and poorly begins with what the clocks show.
"""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

from promptgate.incidents import kinds
from promptgate.incidents.checklist import checklist
from promptgate.incidents.metrics import measure
from promptgate.incidents.sentences import cause, sentence
from promptgate.incidents.timers import PUBLIC
from promptgate.incidents.times import lasted, parse_time, stamp
from promptgate.language.redaction import redact
from promptgate.reports.escape import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from promptgate.incidents.events import Event
    from promptgate.incidents.metrics import Metrics
    from promptgate.incidents.settings import IncidentSettings
    from promptgate.incidents.state import Entry, Incident

_UNKNOWN = "unknown"


def write_postmortem(
    incident: Incident, settings: IncidentSettings, now: datetime, status: str
) -> str:
    """Return the post-mortem.

    Args:
        incident: That was declared.
        settings: The minutes of the agenda, the numbers of actions, the deadlines.
        now: When it is written.
        status: 'draft', 'reviewed' or 'published'.
    """
    assert incident.opened is not None
    times = measure(incident, now)
    minutes = settings.agenda_minutes
    end = incident.recovered or (incident.steps[-1][0] if incident.over else None)
    due = None if end is None else end + timedelta(hours=settings.postmortem_hours)
    declared = incident.declaration
    lines = [
        f"# {_safe(declared.product)}: {_safe(declared.summary)}",
        "",
        (
            "Written by `promptgate incident postmortem` from the events; add to it with "
            "`promptgate incident note` and write it again."
        ),
        "",
        f"- incident: {incident.id}",
        f"- status: {status}",
        f"- state: {incident.state}, severity {incident.severity}",
        f"- commander: {_safe(incident.commander)}",
        f"- declared: {stamp(incident.opened)}",
        f"- recovered: {stamp(incident.recovered) if incident.recovered else 'not yet'}",
        f"- to recover: {_length(times.recover)}",
        f"- review due: {stamp(due) if due else 'once it has recovered'}",
        "",
        f"## Timeline ({minutes[0]} min)",
        "",
        *_timeline(incident),
        "",
        f"## Root cause ({minutes[1]} min)",
        "",
        *_cause(incident),
        "",
        f"## Impact ({minutes[2]} min)",
        "",
        *_impact(incident, times),
        "",
        f"## What went well ({minutes[3]} min)",
        "",
        *_well(incident, settings, times, now),
        "",
        f"## What went poorly ({minutes[4]} min)",
        "",
        *_poorly(incident, settings, times, now),
        "",
        f"## Actions ({minutes[5]} min)",
        "",
        *_actions(incident, settings),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _safe(text: str) -> str:
    return markdown(redact(text))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _length(length: timedelta | None) -> str:
    return _UNKNOWN if length is None else lasted(length)


def _timeline(incident: Incident) -> Iterator[str]:
    yield "| time (UTC) | who | what | evidence |"
    yield "|---|---|---|---|"
    for entry in incident.timeline:
        if entry.retracted or isinstance(entry.event.data, kinds.Corrected):
            continue
        event = entry.event
        told = _safe(sentence(event)) + (" (corrected)" if entry.corrected else "")
        told += f" (not counted: {_safe(entry.remark)})" if entry.remark else ""
        when = f"{event.time:%Y-%m-%d %H:%M}"
        yield f"| {when} | {_safe(event.actor)} | {told} | {_evidence(entry)} |"


def _evidence(entry: Entry) -> str:
    """Return links to what supports a row; its event where there is nothing else."""
    data = entry.event.data
    links = []
    if isinstance(data, kinds.Gathered):
        for item in data.items:
            if item.path is not None:
                name = item.path.rpartition("/")[2]
                links.append(f"[{_safe(item.name)}](evidence/{name})")
    elif isinstance(data, kinds.RolledBack):
        links.append(f"`{data.commit[:12]}`")
    elif isinstance(data, kinds.Captured | kinds.Verified):
        links.append(f"`{data.digest[:19]}…`")
    elif isinstance(data, kinds.Noted) and data.link:
        links.append(_safe(data.link))
    return ", ".join([*links, f"`{entry.event.id[-6:]}`"])


def _cause(incident: Incident) -> Iterator[str]:
    found = incident.last(kinds.Diagnosed)
    if found is None:
        yield f"The cause is {_UNKNOWN}: nothing was diagnosed."
    else:
        asked = f", after {found.calls} answers" if found.calls else ""
        yield f"The cause: {_safe(cause(found))}{asked}."
        if found.deployed:
            yield f"What ran failed {found.deployed[0]} of {found.deployed[1]} times."
        if found.remedy:
            told = found.move or "what to go back to"
            yield f"{_safe(told)}: {found.remedy[0]} of {found.remedy[1]} failed."
        if found.detail:
            yield _safe(found.detail)
    decided = incident.last(kinds.Decided)
    if decided is not None:
        yield ""
        yield f"Decided: {decided.outcome}, {decided.move}. {_safe(decided.reason)}"
    yield from _learned(incident, "root-cause")


def _impact(incident: Incident, times: Metrics) -> Iterator[str]:
    told = incident.last(kinds.Impact) or kinds.Impact()
    since = "since it began" if times.began is not None else "since it was declared"
    assessed = incident.last(kinds.Assessed)
    yield "| what | how much |"
    yield "|---|---|"
    yield f"| duration | {_length(times.impact)} ({since}) |"
    yield f"| users | {told.users} |"
    yield f"| requests | {told.requests} |"
    yield f"| affected | {_safe(assessed.affected) if assessed else _UNKNOWN} |"
    yield f"| revenue | {_safe(told.revenue)} |"
    yield f"| reputation | {_safe(told.reputation)} |"


def _targets(settings: IncidentSettings, times: Metrics) -> list[tuple[str, timedelta, float]]:
    """Return what was measured beside its limit in minutes."""
    found = [
        ("isolated", times.isolate, settings.isolate_minutes),
        ("recovered", times.recover, settings.review_minutes),
    ]
    return [(name, length, limit) for name, length, limit in found if length is not None]


def _well(
    incident: Incident, settings: IncidentSettings, times: Metrics, now: datetime
) -> Iterator[str]:
    for name, length, limit in _targets(settings, times):
        if length <= timedelta(minutes=limit):
            yield f"- {name} after {lasted(length)}, within {limit:g} min"
    done = [tick for tick in checklist(incident, now) if tick.done]
    yield f"- {len(done)} of {len(checklist(incident, now))} items of the checklist were done"
    yield from _learned(incident, "well")


def _poorly(
    incident: Incident, settings: IncidentSettings, times: Metrics, now: datetime
) -> Iterator[str]:
    before = len(_learned_texts(incident, "poorly"))
    found = [
        f"- {name} after {lasted(length)}, later than {limit:g} min"
        for name, length, limit in _targets(settings, times)
        if length > timedelta(minutes=limit)
    ]
    found += [f"- not done: {tick.text}" for tick in checklist(incident, now) if tick.late]
    found += _late_updates(incident, settings, now)
    found += _missed(incident, now)
    if times.overrides:
        found.append(f"- {_count(times.overrides, 'decision')} overridden")
    found += [f"- {_safe(remark)}" for remark in incident.remarks]
    yield from found
    if not found and not before:
        yield "- nothing that the clocks show"
    yield from _learned(incident, "poorly")


def _late_updates(incident: Incident, settings: IncidentSettings, now: datetime) -> list[str]:
    """Return the gaps between internal updates that were longer than allowed."""
    assert incident.opened is not None
    end = incident.recovered or now
    posts = [e.time for e, data in incident.all(kinds.Queued) if data.audience == "internal"]
    times = [incident.opened, *(time for time in posts if time <= end), end]
    limit = timedelta(minutes=settings.update_minutes)
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    long = [gap for gap in gaps if gap > limit]
    if not long:
        return []
    return [
        (
            f"- {_count(len(long), 'gap')} between updates of more than "
            f"{settings.update_minutes:g} min, the longest {lasted(max(long))}"
        )
    ]


def _missed(incident: Incident, now: datetime) -> Iterator[str]:
    """Yield what was promised and not kept, and what did not work the first time."""
    telling = incident.last(kinds.TellDecided)
    written = {data.template for _, data in incident.all(kinds.Queued)}
    if telling is not None and telling.answer == "tell" and not written.intersection(PUBLIC):
        yield "- customers were to be told, and nobody wrote to them"
    end = incident.recovered or now
    etas = [parse_time(data.eta) for _, data in incident.all(kinds.Queued) if data.eta]
    missed = [eta for eta in etas if eta < end]
    if missed:
        longest = lasted(end - min(missed))
        yield f"- {_count(len(missed), 'ETA')} missed, the first by {longest}"
    failed = [d for _, d in incident.all(kinds.Verified) if not d.passed and not d.uncounted]
    if failed:
        yield f"- the exact input failed {_count(len(failed), 'verification')}"
    stopped = sum(data.stopped for _, data in incident.all(kinds.RolledBack))
    if stopped:
        yield f"- {_count(stopped, 'rollback')} stopped: red, not approved, or refused"
    alone = [data for _, data in incident.all(kinds.Acted) if data.only_here]
    if alone:
        yield f"- {_count(len(alone), 'time')} a freeze or a thaw held in one work tree alone"
    if incident.over and incident.when(kinds.Resolved) is not None:
        if incident.recovered is None:
            yield "- nothing recovered: it was closed with the feature off"
        elif incident.when(kinds.Monitored, lambda data: data.passed) is None:
            yield "- it was closed without being watched"


def _learned_texts(incident: Incident, section: str) -> list[str]:
    return [data.text for _, data in incident.all(kinds.Learned) if data.section == section]


def _learned(incident: Incident, section: str) -> Iterator[str]:
    for text in _learned_texts(incident, section):
        yield f"- {_safe(text)}"


def _actions(incident: Incident, settings: IncidentSettings) -> Iterator[str]:
    actions = incident.all(kinds.ActionAdded)
    done = {data.action for _, data in incident.all(kinds.ActionDone)}
    if not actions:
        yield (
            f"None yet: {settings.min_actions} to {settings.max_actions} are wanted, each with "
            "owner, deadline and priority; add one with `promptgate incident postmortem --action`."
        )
        return
    yield "| action | type | owner | deadline | priority | done | id |"
    yield "|---|---|---|---|---|---|---|"
    for event, action in actions:
        cells = (
            _safe(action.title),
            action.type or _UNKNOWN,
            _safe(action.owner or "nobody"),
            action.due or "none",
            action.priority or _UNKNOWN,
            "yes" if event.id in done else "no",
            f"`{event.id[-6:]}`",
        )
        yield f"| {' | '.join(cells)} |"


def action_faults(found: Incident, settings: IncidentSettings) -> list[str]:
    """Return what is wrong with the actions: too few, too many, without owner or deadline."""
    actions = found.all(kinds.ActionAdded)
    faults = []
    if not settings.min_actions <= len(actions) <= settings.max_actions:
        faults.append(
            f"the post-mortem has {len(actions)} actions, not {settings.min_actions} to "
            f"{settings.max_actions}"
        )
    for event, action in actions:
        lacking = [
            name
            for name, value in (
                ("owner", action.owner),
                ("deadline", action.due),
                ("priority", action.priority),
            )
            if value is None
        ]
        if lacking:
            faults.append(f"{action_name(event, action)} has no {' and no '.join(lacking)}")
    return faults


def action_name(event: Event, action: kinds.ActionAdded) -> str:
    """Return an action as people name it, with its id."""
    return f"the action {action.title!r} ({event.id[-6:]})"
