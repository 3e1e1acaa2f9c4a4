"""`[incidents]` of promptgate.toml: every number that an incident rule uses, with its default.

The numbers are the runbook's. Where it gives several for one thing the choice is
explained in docs/incident-rules.md.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from promptgate.documents import StrictModel


class Level(StrictModel):
    """`[[incidents.escalation]]`: one level of the chain, the first to be called first."""

    name: str = Field(min_length=1, description="What the level is called: 'on call', 'CTO'.")
    contact: str = Field(min_length=1, description="Who is called, and how.")
    after_minutes: float = Field(gt=0, description="Minutes after the declaration.")


class Channel(StrictModel):
    """`[incidents.channels.NAME]`: where messages are posted."""

    kind: Literal["slack", "json"] = Field(
        default="json", description="Slack's Block Kit, or a JSON object for any webhook."
    )
    audience: Literal["internal", "public"] = Field(
        default="internal",
        description="To a public channel only the commander and one communications person post.",
    )
    url_env: str = Field(
        min_length=1, description="Environment variable that holds the webhook's address."
    )


def _positive(default: float, told: str) -> Any:
    """Return a number above 0."""
    return Field(default=default, gt=0, description=told)


def _share(default: float, told: str) -> Any:
    """Return a share above 0, at most 1."""
    return Field(default=default, gt=0, le=1, description=told)


def _count(default: int, told: str, *, least: int = 1) -> Any:
    return Field(default=default, ge=least, description=told)


def _folder(default: str, told: str) -> Any:
    """Return a folder inside the project."""
    return Field(default=default, pattern=r"^[\w][\w.-]*(/[\w][\w.-]*)*$", description=told)


def _command(told: str) -> Any:
    return Field(default=None, min_length=1, description=told)


class IncidentSettings(StrictModel):
    """`[incidents]`: where incidents are kept, clocks, thresholds, hooks and templates."""

    folder: str = _folder("incidents", "Folder of the incidents.")
    templates: str = _folder(
        "incident-templates",
        "Folder of the team's own message templates; a file there replaces ours.",
    )
    commander_minutes: float = _positive(
        60, "How long one commander stays before a hand-over is due."
    )
    update_minutes: float = _positive(10, "An internal update is due so often, news or not.")
    executing_update_minutes: float = _positive(
        5, "The same while a rollback or fix is being carried out."
    )
    public_update_minutes: float = _positive(10, "Customers who were told are told again so often.")
    isolate_minutes: float = _positive(5, "Isolation is to be verified within so many minutes.")
    review_minutes: float = _positive(
        30, "The question 'resolved, or within reach?' is asked then."
    )
    extension_minutes: float = _positive(15, "How much longer is granted where it is within reach.")
    escalate_minutes: float = _positive(
        45, "Beyond this the incident is escalated whatever is hoped."
    )
    timer_minutes: float = _positive(60, "The incident's own timer: an alarm clock, not a limit.")
    critical_affected: float = _share(0.95, "Share of users from which on it is 'all users'.")
    high_affected: float = _share(0.50, "Share of users from which on it is 'about half'.")
    low_affected: float = _share(0.05, "Share of users below which it is 'few users'.")
    fix_lines: int = _count(
        2,
        "Changed lines that a fix forward may have: one line replaced is one removed "
        "and one added.",
    )
    tell_after_minutes: float = _positive(10, "Customers are told of what lasts longer.")
    log_minutes: float = _positive(30, "Evidence: so many minutes of logs before the declaration.")
    change_hours: float = _positive(
        24, "Evidence: changes of so many hours before the declaration."
    )
    logs: tuple[str, ...] = Field(
        default=(), description="Patterns of log files inside the project; evidence."
    )
    metrics: tuple[str, ...] = Field(
        default=(), description="Patterns of files with metrics inside the project; evidence."
    )
    provider_status: str = Field(
        default="https://status.claude.com/api/v2/status.json",
        description="Address of the provider's status, asked by 'incident evidence'; '' asks none.",
    )
    verify_repeats: int = _count(10, "Answers that 'incident verify' needs to the exact input.")
    monitor_minutes: float = _positive(
        30, "How long the recovery is watched before it is resolved."
    )
    postmortem_hours: float = _positive(
        24, "The post-mortem is due so many hours after the recovery."
    )
    agenda_minutes: tuple[int, int, int, int, int, int] = Field(
        default=(10, 15, 5, 5, 10, 15),
        description="The post-mortem's minutes: timeline, root cause, impact, well, poorly, "
        "actions.",
    )
    min_actions: int = _count(3, "A post-mortem has at least so many.", least=0)
    max_actions: int = _count(5, "A post-mortem has at most so many.")
    probe: str | None = _command(
        "Command that ends with 0 where the product is isolated; run without a shell."
    )
    deploy: str | None = _command(
        "Command that deploys the rollback; run without a shell, and timed."
    )
    hook_seconds: float = _positive(900, "A hook that takes longer is ended and has failed.")
    post_attempts: int = Field(default=3, ge=1, le=10, description="Attempts to post a message.")
    post_seconds: float = _positive(10, "Seconds that one attempt to post may take.")
    channels: dict[str, Channel] = Field(
        default_factory=dict, description="Where messages are posted, by name."
    )
    escalation: tuple[Level, ...] = Field(
        default=(), description="Who is called when, in this order."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not self.low_affected < self.high_affected <= self.critical_affected:
            raise ValueError(
                "'low_affected', 'high_affected' and 'critical_affected' must rise in this order"
            )
        if self.min_actions > self.max_actions:
            raise ValueError("'min_actions' must not be above 'max_actions'")
        if self.review_minutes > self.escalate_minutes:
            raise ValueError("'review_minutes' must not be above 'escalate_minutes'")
        for one, other in pairwise(self.escalation):
            if other.after_minutes <= one.after_minutes:
                raise ValueError(
                    f"the level {other.name!r} must come after more minutes than {one.name!r}"
                )
        people = [" ".join(level.contact.split()).casefold() for level in self.escalation]
        if len(set(people)) < len(people):
            raise ValueError("one contact stands at two levels of 'escalation': name another")
        return self
