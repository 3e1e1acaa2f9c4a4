"""What an event may be: one model a kind, so that nothing unreadable gets into a log.

A time inside the data is text in ISO 8601 with its zone. Fields are only added,
always with a default: a log that was written once is read for ever.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from promptgate.documents import StrictModel
from promptgate.incidents.choices import (
    Answer,
    Answered,
    Audience,
    Cause,
    Method,
    Move,
    Role,
    Severity,
    Source,
    Status,
    is_day,
    is_time,
)

Text = str


class Data(StrictModel):
    """Base of what an event says."""

    kind: ClassVar[str]


class Opened(Data):
    """The declaration."""

    kind = "opened"
    product: Text = Field(min_length=1)
    summary: Text = Field(min_length=1)
    severity: Severity
    commander: Text = Field(min_length=1)
    source: Source
    fixer: Text | None = None
    communications: Text | None = None
    prompt: Text | None = None
    flag: Text | None = None
    began: Text | None = None

    _times = field_validator("began")(is_time)


class Noted(Data):
    """A remark, with a link to what supports it."""

    kind = "noted"
    text: Text = Field(min_length=1)
    link: Text | None = None


class HandedOver(Data):
    """Somebody takes a role."""

    kind = "handed-over"
    role: Role
    to: Text = Field(min_length=1)
    reason: Text | None = None


class Assessed(Data):
    """How bad it is, and from what that follows."""

    kind = "assessed"
    severity: Severity
    affected: Text
    share: float | None = Field(default=None, ge=0, le=1)
    core: Answer
    workaround: Answer
    reasons: tuple[Text, ...] = ()


class Item(StrictModel):
    """One piece of evidence: got, or missing and why."""

    name: Text
    got: bool
    told: Text
    path: Text | None = None
    digest: Text | None = None


class Gathered(Data):
    """Evidence was collected."""

    kind = "gathered"
    items: tuple[Item, ...]


class Captured(Data):
    """The failing input was secured; it is in the private folder, and here only its digest."""

    kind = "captured"
    prompt: Text
    digest: Text
    model: Text | None = None
    shown: Text = ""
    case: Text | None = None


class Acted(Data):
    """Something was done to isolate the fault, or to end the isolation: 'restore' and 'thaw'.

    `only_here` says why a freeze, or a thaw, holds in one work tree alone, and for nobody else.
    """

    kind = "acted"
    action: Literal["kill", "freeze", "throttle", "model", "other", "restore", "thaw"]
    target: Text
    detail: Text = ""
    only_here: Text | None = None


class Probed(Data):
    """Somebody, or a hook, looked whether the isolation works."""

    kind = "probed"
    passed: bool
    detail: Text = Field(min_length=1)


class Diagnosed(Data):
    """The cause, as far as it was found; `unsettled`: why it is not sure, as a clause.

    `deployed` and `remedy` are (failed, answers): of what runs, and of the move that was measured.
    `bad_prompt` is the commit that was asked as what fails, where it was one.
    """

    kind = "diagnosed"
    verdict: Text
    cause: Cause | None = None
    posterior: float | None = Field(default=None, ge=0, le=1)
    calls: int = Field(default=0, ge=0)
    move: Text = ""
    detail: Text = ""
    deployed: tuple[int, int] | None = None
    remedy: tuple[int, int] | None = None
    good_prompt: Text | None = None
    good_model: Text | None = None
    bad_prompt: Text | None = None
    bad_model: Text | None = None
    unsettled: Text = ""


class Asked(StrictModel):
    """A rule that was asked; see promptgate.gate.rules."""

    rule: Text
    fired: bool
    value: float | Text | None = None
    limit: float | Text | None = None


class Decided(Data):
    """Roll back, fix forward, or kill the feature; `good`: the revision that somebody named."""

    kind = "decided"
    outcome: Text
    move: Move
    reason: Text
    rules: tuple[Asked, ...] = ()
    override: Text | None = None
    good: Text | None = None


class RolledBack(Data):
    """A branch with the rollback was made, gated, and perhaps pushed.

    `stopped`: it got no further than a branch here, though more was wanted: the gate is
    red, or it was not approved, or the remote refused it. The state stays as it was.
    `bad`: the commit of `base` that it undoes.
    """

    kind = "rolled-back"
    branch: Text
    commit: Text
    base: Text
    good: Text
    method: Method
    files: tuple[Text, ...]
    gate: Text
    green: bool
    pushed: bool
    refused: Text | None = None
    change: Text | None = None
    approved: bool = False
    stopped: bool = False
    bad: Text | None = None


class Deployed(Data):
    """The deployment hook ran."""

    kind = "deployed"
    passed: bool
    seconds: float = Field(ge=0)
    detail: Text = ""


class Verified(Data):
    """The exact failing input was asked again.

    `uncounted` says why it was a test alone, which leaves the state as it is.
    """

    kind = "verified"
    target: Text
    digest: Text
    trials: int = Field(ge=0)
    failures: int = Field(ge=0)
    passed: bool
    upper: float | None = None
    uncounted: Text = ""


class Kept(Data):
    """The failing input became a regression case."""

    kind = "kept"
    suite: Text
    case: Text
    file: Text


class Monitored(Data):
    """The recovery was watched."""

    kind = "monitored"
    minutes: float = Field(ge=0)
    passed: bool
    detail: Text = ""


class Resolved(Data):
    """The end; `feature_off`: nothing recovered, the feature stays switched off."""

    kind = "resolved"
    summary: Text = Field(min_length=1)
    feature_off: bool = False


class FalseAlarm(Data):
    """There was nothing."""

    kind = "false-alarm"
    reason: Text = Field(min_length=1)


class Reopened(Data):
    """It is back."""

    kind = "reopened"
    reason: Text = Field(min_length=1)


class TellDecided(Data):
    """Whether customers are told."""

    kind = "tell-decided"
    answer: Answered
    rules: tuple[Text, ...] = ()


class Queued(Data):
    """A message is to be posted: written down before anything is sent."""

    kind = "queued"
    message: Text
    template: Text
    channel: Text | None = None
    audience: Audience
    text: Text
    eta: Text | None = None

    _times = field_validator("eta")(is_time)


class Delivered(Data):
    """A message was taken by its channel."""

    kind = "delivered"
    message: Text
    channel: Text
    attempts: int = Field(ge=1)


class Undelivered(Data):
    """A message was not taken; 'comms retry' sends it again."""

    kind = "undelivered"
    message: Text
    channel: Text
    attempts: int = Field(ge=1)
    why: Text


class Extended(Data):
    """At the 30-minute question: is it resolved, or within reach?"""

    kind = "extended"
    within_reach: bool
    reason: Text = Field(min_length=1)


class Escalated(Data):
    """A level of the chain was called."""

    kind = "escalated"
    level: Text
    contact: Text
    reason: Text = ""


class Impact(Data):
    """What it did; what is not known is the word unknown."""

    kind = "impact"
    users: int | Literal["unknown"] = "unknown"
    requests: int | Literal["unknown"] = "unknown"
    revenue: Text = "unknown"
    reputation: Text = "unknown"


class ActionAdded(Data):
    """Something to be done so that it does not happen again."""

    kind = "action"
    title: Text = Field(min_length=1)
    owner: Text | None = None
    due: Text | None = None
    priority: Literal["high", "medium", "low"] | None = None
    type: Literal["detective", "preventative", "corrective"] | None = None

    _days = field_validator("due")(is_day)


class ActionDone(Data):
    """An action is finished."""

    kind = "action-done"
    action: Text


class Learned(Data):
    """What a person adds to the post-mortem."""

    kind = "learned"
    section: Literal["root-cause", "well", "poorly"]
    text: Text = Field(min_length=1)


class Postmortem(Data):
    """The post-mortem was written, reviewed or published."""

    kind = "postmortem"
    status: Status
    path: Text


class Corrected(Data):
    """An earlier event was wrong: it counts no more, or with another time or other fields."""

    kind = "corrected"
    event: Text
    reason: Text = Field(min_length=1)
    retract: bool = False
    time: Text | None = None
    fields: dict[str, Any] = Field(default_factory=dict)

    _times = field_validator("time")(is_time)


KINDS: dict[str, type[Data]] = {
    model.kind: model
    for model in (
        Opened, Noted, HandedOver, Assessed, Gathered, Captured, Acted, Probed, Diagnosed,
        Decided, RolledBack, Deployed, Verified, Kept, Monitored, Resolved, FalseAlarm, Reopened,
        TellDecided, Queued, Delivered, Undelivered, Extended, Escalated, Impact, ActionAdded,
        ActionDone, Learned, Postmortem, Corrected,
    )
}  # fmt: skip
