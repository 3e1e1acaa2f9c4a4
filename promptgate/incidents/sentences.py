"""One sentence an event, for the timeline: a table, a row a kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from promptgate.incidents import kinds

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptgate.incidents.events import Event

_LONGEST = 160
_NO_CAUSE = ("unknown", "not reproduced", "fails now and then")
_ACTIONS = {
    "kill": "switched off",
    "freeze": "froze",
    "throttle": "throttled",
    "model": "put the model back:",
    "other": "did:",
    "restore": "switched on again",
    "thaw": "thawed",
}


def sentence(event: Event) -> str:
    """Return what happened, without a full stop."""
    return _SENTENCES[type(event.data)](event.data)


def short(revision: str) -> str:
    """Return a revision as people say it: a commit by its first letters."""
    return revision[:12] if re.fullmatch(r"[0-9a-f]{40}", revision) else revision


def action(done: kinds.Acted) -> str:
    """Return what was done to isolate the fault, without a full stop."""
    return f"{_ACTIONS[done.action]} {done.target}{_more(' ({})', done.detail)}"


def cause(found: kinds.Diagnosed) -> str:
    """Return the cause and how sure it is, without a full stop."""
    if found.unsettled:
        guess = "" if found.verdict in _NO_CAUSE else f", most probably {found.verdict}"
        return f"not settled{guess} ({found.unsettled})"
    return found.verdict + _more(", {:.0%} sure", found.posterior)


def _more(form: str, text: object) -> str:
    """Return what is added where there is something to add."""
    return form.format(text) if text not in (None, "") else ""


def _cut(text: str) -> str:
    """Return the first sentence of a reason: the whole of it is in the log."""
    first = re.split(r"(?<=[.;]) ", text, maxsplit=1)[0].rstrip(".;")
    return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…"


def _gathered(d: kinds.Gathered) -> str:
    lacking = ", ".join(item.name for item in d.items if not item.got)
    got = sum(item.got for item in d.items)
    return f"evidence: {got} of {len(d.items)} items{_more(', missing {}', lacking)}"


def _diagnosed(d: kinds.Diagnosed) -> str:
    asked = _more(" after {} answers", d.calls or None)
    return f"the cause: {cause(d)}{asked}{_more('; {}', d.detail)}"


def _rolled_back(d: kinds.RolledBack) -> str:
    where = "pushed" if d.pushed else f"NOT pushed ({_cut(d.refused or '')})"
    return f"rollback branch {d.branch} to {d.good}, gate {_cut(d.gate)}; {where}"


def _verified(d: kinds.Verified) -> str:
    told = f"the exact input {'passes' if d.passed else 'FAILS'} on {short(d.target)}: "
    return f"{told}{d.failures} of {d.trials} fail{_more(' (a test: {})', d.uncounted)}"


def _monitored(d: kinds.Monitored) -> str:
    how = "looks right" if d.passed else "does NOT look right"
    return f"watched for {d.minutes:g} min, it {how}: {d.detail}"


_SENTENCES: dict[type[kinds.Data], Callable[[Any], str]] = {
    kinds.Opened: lambda d: f"declared: {d.summary} ({d.severity}, noticed by {d.source})",
    kinds.Noted: lambda d: f"{d.text}{_more(' ({})', d.link)}",
    kinds.HandedOver: lambda d: f"{d.to} is {d.role} now{_more(' ({})', d.reason)}",
    kinds.Assessed: lambda d: f"severity {d.severity}: {'; '.join(d.reasons)}",
    kinds.Gathered: _gathered,
    kinds.Captured: lambda d: f"secured the failing input of {d.prompt}: {d.shown}",
    kinds.Acted: lambda d: action(d) + _more(", in one work tree ALONE: {}", d.only_here),
    kinds.Probed: lambda d: f"the isolation {'works' if d.passed else 'does NOT work'}: {d.detail}",
    kinds.Diagnosed: _diagnosed,
    kinds.Decided: lambda d: f"decided {d.outcome}, {d.move}: {d.reason}",
    kinds.RolledBack: _rolled_back,
    kinds.Deployed: lambda d: (
        f"the deployment {'took' if d.passed else 'FAILED after'} {d.seconds:.0f} s"
    ),
    kinds.Verified: _verified,
    kinds.Kept: lambda d: f"the input is kept as {d.suite}:{d.case}",
    kinds.Monitored: _monitored,
    kinds.Resolved: lambda d: (
        f"{'closed with the feature off' if d.feature_off else 'resolved'}: {d.summary}"
    ),
    kinds.FalseAlarm: lambda d: f"a false alarm: {d.reason}",
    kinds.Reopened: lambda d: f"reopened: {d.reason}",
    kinds.TellDecided: lambda d: f"customers: {d.answer} ({'; '.join(d.rules)})",
    kinds.Queued: lambda d: f"wrote the message {d.template}{_more(' to {}', d.channel)}",
    kinds.Delivered: lambda d: f"{d.channel} took the message",
    kinds.Undelivered: lambda d: f"{d.channel} did NOT take the message: {d.why}",
    kinds.Extended: lambda d: (
        f"{'within reach' if d.within_reach else 'NOT within reach'}: {d.reason}"
    ),
    kinds.Escalated: lambda d: f"escalated to {d.level} ({d.contact}){_more(': {}', d.reason)}",
    kinds.Impact: lambda d: f"impact: {d.users} users, {d.requests} requests, revenue {d.revenue}",
    kinds.ActionAdded: lambda d: (
        f"action: {d.title} ({d.owner or 'nobody'}, {d.due or 'no deadline'})"
    ),
    kinds.ActionDone: lambda d: f"action {d.action[-6:]} is done",
    kinds.Learned: lambda d: f"{d.section}: {d.text}",
    kinds.Postmortem: lambda d: f"post-mortem {d.status}: {d.path}",
    kinds.Corrected: lambda d: (
        f"{'retracted' if d.retract else 'corrected'} {d.event[-6:]}: {d.reason}"
    ),
}
