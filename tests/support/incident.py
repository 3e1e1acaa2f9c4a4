"""Events made up for tests of folds: short calls instead of long records."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from promptgate.incidents.events import Event, make_data, new_id

START = datetime(2026, 11, 23, 9, 32, tzinfo=UTC)
ID = "2026-11-23-support"
OPENED: dict[str, Any] = {
    "product": "support",
    "summary": "invents refunds",
    "severity": "high",
    "commander": "Dana",
    "source": "customer",
}


def at(minutes: float) -> datetime:
    """Return a time so many minutes after the declaration."""
    return START + timedelta(minutes=minutes)


def event(
    kind: str, minutes: float = 0, /, *, number: int = 0, actor: str = "Dana", **fields: Any
) -> Event:
    """Return an event so many minutes after the declaration, written down at once."""
    when = at(minutes)
    made = new_id(when, number.to_bytes(10, "big"))
    return Event(made, ID, when, when, actor, make_data(kind, fields))


def opened(minutes: float = 0, **fields: Any) -> Event:
    """Return a declaration."""
    return event("opened", minutes, **{**OPENED, **fields})


def history() -> list[Event]:
    """Return the runbook's own incident: 09:32 declared, 09:55 recovered, 10:26 closed."""
    rolled = {
        "branch": "incident/rollback-support",
        "commit": "c0ffee",
        "base": "main",
        "good": "released",
        "method": "revert",
        "files": ["prompts/support.md"],
        "gate": "RELEASE",
        "green": True,
        "pushed": True,
        "approved": True,
    }
    return [
        opened(),
        event("acted", 3, action="kill", target="support_bot"),
        event("probed", 3.5, passed=True, detail="the flag is off"),
        event("captured", 5, prompt="support", digest="sha256:1"),
        event("diagnosed", 8, verdict="prompt", cause="prompt", posterior=0.98, calls=14),
        event("decided", 10, outcome="ROLLBACK", move="roll-back-prompt", reason="worse"),
        event("rolled-back", 15, **rolled),
        event("verified", 23, target="x", digest="sha256:1", trials=10, failures=0, passed=True),
        event("monitored", 53, minutes=30, passed=True),
        event("resolved", 54, summary="rolled back"),
    ]
