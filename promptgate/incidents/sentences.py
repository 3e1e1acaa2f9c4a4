"""One sentence an event, for the timeline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.incidents import kinds

if TYPE_CHECKING:
    from promptgate.incidents.events import Event

_LONGEST = 160


def sentence(event: Event) -> str:
    """Return what happened, without a full stop."""
    match event.data:
        case kinds.Opened() as d:
            return f"declared: {d.summary} ({d.severity}, noticed by {d.source})"
        case kinds.Noted() as d:
            return d.text + (f" ({d.link})" if d.link else "")
        case kinds.HandedOver() as d:
            return f"{d.to} is {d.role} now" + (f" ({d.reason})" if d.reason else "")
        case kinds.Assessed() as d:
            return f"severity {d.severity}: {'; '.join(d.reasons)}"
        case kinds.Gathered() as d:
            lacking = [item.name for item in d.items if not item.got]
            told = f"evidence: {len(d.items) - len(lacking)} of {len(d.items)} items"
            return told + (f", missing {', '.join(lacking)}" if lacking else "")
        case kinds.Captured() as d:
            return f"secured the failing input of {d.prompt}: {d.shown}"
        case kinds.Acted() as d:
            return action(d) + (f", in one work tree ALONE: {d.only_here}" if d.only_here else "")
        case kinds.Probed() as d:
            return f"the isolation {'works' if d.passed else 'does NOT work'}: {d.detail}"
        case kinds.Diagnosed() as d:
            sure = "" if d.posterior is None else f", {d.posterior:.0%} sure"
            asked = f" after {d.calls} answers" if d.calls else ""
            return f"the cause: {d.verdict}{sure}{asked}" + (f"; {d.detail}" if d.detail else "")
        case kinds.Decided() as d:
            return f"decided {d.outcome}, {d.move}: {d.reason}"
    return _later(event)


def short(revision: str) -> str:
    """Return a revision as people say it: a commit by its first letters."""
    return revision[:12] if re.fullmatch(r"[0-9a-f]{40}", revision) else revision


def _cut(text: str) -> str:
    """Return the first sentence of a reason: the whole of it is in the log."""
    first = re.split(r"(?<=[.;]) ", text, maxsplit=1)[0].rstrip(".;")
    return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…"


def action(done: kinds.Acted) -> str:
    """Return what was done to isolate the fault, without a full stop."""
    return f"{_ACTIONS[done.action]} {done.target}" + (f" ({done.detail})" if done.detail else "")


def _later(event: Event) -> str:
    """Return what happened in the second half of an incident."""
    match event.data:
        case kinds.RolledBack() as d:
            where = "pushed" if d.pushed else f"NOT pushed ({_cut(d.refused or '')})"
            return f"rollback branch {d.branch} to {d.good}, gate {_cut(d.gate)}; {where}"
        case kinds.Deployed() as d:
            return f"the deployment {'took' if d.passed else 'FAILED after'} {d.seconds:.0f} s"
        case kinds.Verified() as d:
            how = "passes" if d.passed else "FAILS"
            told = f"the exact input {how} on {short(d.target)}: {d.failures} of {d.trials} fail"
            return told + (f" (a test: {d.uncounted})" if d.uncounted else "")
        case kinds.Kept() as d:
            return f"the input is kept as {d.suite}:{d.case}"
        case kinds.Monitored() as d:
            how = "looks right" if d.passed else "does NOT look right"
            return f"watched for {d.minutes:g} min, it {how}: {d.detail}"
        case kinds.Resolved() as d:
            return (
                f"closed with the feature off: {d.summary}"
                if d.feature_off
                else (f"resolved: {d.summary}")
            )
        case kinds.FalseAlarm() as d:
            return f"a false alarm: {d.reason}"
        case kinds.Reopened() as d:
            return f"reopened: {d.reason}"
        case kinds.Corrected() as d:
            what = "retracted" if d.retract else "corrected"
            return f"{what} {d.event[-6:]}: {d.reason}"
    return _beside(event)


def _beside(event: Event) -> str:
    """Return what happened beside the fault itself: messages, calls, lessons."""
    match event.data:
        case kinds.TellDecided() as d:
            return f"customers: {d.answer} ({'; '.join(d.rules)})"
        case kinds.Queued() as d:
            return f"wrote the message {d.template}" + (f" to {d.channel}" if d.channel else "")
        case kinds.Delivered() as d:
            return f"{d.channel} took the message"
        case kinds.Undelivered() as d:
            return f"{d.channel} did NOT take the message: {d.why}"
        case kinds.Extended() as d:
            return f"{'within reach' if d.within_reach else 'NOT within reach'}: {d.reason}"
        case kinds.Escalated() as d:
            return f"escalated to {d.level} ({d.contact})" + (f": {d.reason}" if d.reason else "")
        case kinds.Impact() as d:
            return f"impact: {d.users} users, {d.requests} requests, revenue {d.revenue}"
        case kinds.ActionAdded() as d:
            return f"action: {d.title} ({d.owner or 'nobody'}, {d.due or 'no deadline'})"
        case kinds.ActionDone() as d:
            return f"action {d.action[-6:]} is done"
        case kinds.Learned() as d:
            return f"{d.section}: {d.text}"
        case kinds.Postmortem() as d:
            return f"post-mortem {d.status}: {d.path}"
    return event.kind


_ACTIONS = {
    "kill": "switched off",
    "freeze": "froze",
    "throttle": "throttled",
    "model": "put the model back:",
    "other": "did:",
    "restore": "switched on again",
    "thaw": "thawed",
}
