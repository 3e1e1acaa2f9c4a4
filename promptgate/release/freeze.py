"""PROMPT_FROZEN.txt: what it says, and whether it lets a change through.

Text and values in, a ruling out. Reads no file, git or clock, so that every way
round a freeze can be tried in one line; `frozen` brings the file and the change.
Whatever cannot be read freezes everything: nothing in the file can weaken a
freeze by being wrong.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import Field

from promptgate.documents import StrictModel, describe
from promptgate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

FREEZE_FILE = "PROMPT_FROZEN.txt"
NOTICE = "Do not modify until incident commander approves"
_TIME_LINE = re.compile(
    r"(?:[A-Za-z][A-Za-z _]*:\s*|(?:prompts? )?frozen(?: at| on| since)?\s+)?(?P<value>.+)", re.I
)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
_REASON_LINE = re.compile(r"(?:reason\s*[:\-–]\s*)?(?P<value>.+)", re.I)
_BY_LINE = re.compile(
    r"(?:(?:frozen\s+)?by(?:\s+whom)?\s*(?:[:\-–]\s*|\s+)|(?:owner|name)\s*:\s*)?(?P<value>.+)",
    re.I,
)
_NOTICE_LINE = re.compile(r"do not modify until (?:the )?incident commander approves?\b", re.I)
_FURTHER_LINE = re.compile(
    r"(?P<key>Prompts|Until|Incident|Commander|Note|Approved)\s*:(?P<value>.+)"
)
_APPROVED = re.compile(
    r"(?P<change>sha256:[0-9a-f]{64}) by (?P<by>.+) for (?P<incident>\S+) until (?P<until>.+)"
)


class FreezeSettings(StrictModel):
    """`[freeze]`: where a freeze is pushed, how long an approval holds, what else is frozen."""

    remote: str | None = Field(
        default=None,
        min_length=1,
        pattern=r"^[^-\s]\S*$",
        description="Remote whose default branch `--push` pushes the freeze to.  Default: the only "
        "remote that git has; with several, `--push` prints what to do instead.",
    )
    approval_minutes: int = Field(
        default=60, ge=1, le=10080, description="How long an approval holds unless it says."
    )
    files: tuple[str, ...] = Field(
        default=(),
        description="Patterns of further files that a freeze covers: configuration that decides "
        "which prompt or model is used. `*` stands for any characters.",
    )


@dataclass(frozen=True)
class Approval:
    """The incident commander's leave for one change, until a time.

    Attributes:
        change: 'sha256:…' of the change; see `Change.digest`.
        commander: Who gave it.
        incident: Of the freeze that it was given in; see `Freeze.incident`.
        until: When it ends, with its time zone.
        under: Who commanded when it was given: the last `Commander:` line above it; None: no
            line stands above it.
    """

    change: str
    commander: str
    incident: str
    until: datetime
    under: str | None = None


@dataclass(frozen=True)
class Freeze:
    """What a freeze file says.

    Attributes:
        since: The time as the file has it.
        reason: Why.
        by: Who froze.
        incident: Id of the incident; where the file names none, one made of its text, so that
            an approval of an earlier freeze says nothing about this one.
        prompts: The prompts that are frozen; () is all.
        until: When it should be over. It stays in force: only a person thaws.
        commander: Who may approve and thaw, the last that is named; None: whoever leads the
            incident.
        approvals: In the order of the file.
        notes: Free text.
        fault: Why the file cannot be read, which freezes everything; None where it can.
    """

    since: str
    reason: str
    by: str
    incident: str
    prompts: tuple[str, ...] = ()
    until: datetime | None = None
    commander: str | None = None
    approvals: tuple[Approval, ...] = ()
    notes: tuple[str, ...] = ()
    fault: str | None = None

    def describe(self) -> str:
        """Return who froze what and when, as the middle of a sentence."""
        if self.fault is not None:
            return f"everything is frozen, as {FREEZE_FILE} cannot be read ({self.fault})"
        what = f"the prompts {', '.join(self.prompts)} are" if self.prompts else "prompts are"
        return f"{what} frozen since {self.since} by {self.by} ({self.reason})"


@dataclass(frozen=True, order=True)
class Touched:
    """A change of something that a freeze covers.

    Attributes:
        path: Of the file, from the top of the repository.
        why: What it is: 'a prompt or partial', 'the lock', …
        before: Mode and SHA-256 of the content; '' where there was no such file.
        after: The same, afterwards.
    """

    path: str
    why: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """Everything that a change does to what is frozen."""

    files: tuple[Touched, ...]

    @property
    def digest(self) -> str:
        """'sha256:…' over each file with its content before and after: what an approval binds."""
        lines = [f"{f.path!r} {f.before} {f.after}\n" for f in sorted(self.files)]
        content = "".join(lines).encode("utf-8", "surrogateescape")
        return f"sha256:{hashlib.sha256(content).hexdigest()}"

    @property
    def paths(self) -> dict[str, str]:
        """Path to what it is; one that HEAD and the work tree change differently stands once."""
        return {file.path: file.why for file in self.files}


@dataclass(frozen=True)
class Ruling:
    """Whether a freeze lets a change through.

    Attributes:
        approval: What lets it through; None where nothing does, or nothing is needed.
        objections: Why each approval in the file does not count.
        warnings: What a person should look at; none of them blocks.
        blocked: Whether it does not get through.
    """

    approval: Approval | None
    objections: tuple[str, ...]
    warnings: tuple[str, ...]
    blocked: bool


def rule(freeze: Freeze, change: Change, now: datetime) -> Ruling:
    """Decide whether a change gets through a freeze.

    Args:
        freeze: As the base branch has it.
        change: What it does to the frozen files.
        now: With its time zone.
    """
    warnings = []
    if freeze.until is not None and now > freeze.until:
        warnings.append(
            f"the freeze was to end at {show_time(freeze.until)} and is still in force; "
            "end it with 'promptgate thaw --approved-by NAME'"
        )
    if not change.files:
        return Ruling(None, (), tuple(warnings), blocked=False)
    objections = []
    for approval in freeze.approvals:
        objection = _objection(freeze, approval, change.digest, now)
        if objection is None:
            return Ruling(approval, (), tuple(warnings), blocked=False)
        objections.append(f"the approval by {approval.commander} {objection}")
    return Ruling(None, tuple(objections), tuple(warnings), blocked=True)


def _objection(freeze: Freeze, approval: Approval, digest: str, now: datetime) -> str | None:
    if approval.change != digest:
        return "is for another change"
    if approval.incident != freeze.incident:
        return f"is for the incident {approval.incident}, and this is {freeze.incident}"
    commanding = approval.under or freeze.commander
    if commanding is not None and not same_person(commanding, approval.commander):
        return f"does not count, as {commanding} commands this incident"
    if now >= approval.until:
        return f"ended at {show_time(approval.until)}"
    return None


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are the same but for case and white space."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def parse_freeze(data: bytes) -> Freeze:
    """Read a freeze file; one that cannot be read becomes a freeze of everything.

    The runbook's four lines (time, reason, by whom, the notice) come first, with or
    without labels; further lines are `Prompts:`, `Until:`, `Incident:`, `Commander:`,
    `Note:` and `Approved:`. A hand-over adds a second `Commander:` line: the last one
    commands, and an approval counts that was given by whom the lines above it name.
    """
    try:
        return _parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        fault = "it is not UTF-8"
    except InputError as error:
        fault = error.message.rstrip(".")
    return Freeze("", "", "", _made_up_incident([data.hex()]), fault=fault)


def _parse(text: str) -> Freeze:
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) < 4:
        raise InputError(f"it has {len(lines)} of the four lines: time, reason, by whom, notice")
    (_, first), (_, second), (_, third), (fourth, notice) = lines[:4]
    since, reason, by = (
        found["value"].strip() if (found := pattern.fullmatch(line)) else ""
        for pattern, line in ((_TIME_LINE, first), (_REASON_LINE, second), (_BY_LINE, third))
    )
    if not _CLOCK.search(since):
        raise InputError(f"line {lines[0][0]} has no time: {describe(first)}")
    if not _NOTICE_LINE.search(notice):
        raise InputError(f"line {fourth} is {describe(notice)} and not {NOTICE!r}")
    if not reason or not by:
        raise InputError("the reason or the name is missing")
    further: dict[str, list[str]] = {}
    for number, line in lines[4:]:
        found = _FURTHER_LINE.fullmatch(line)
        if found is None:
            raise InputError(f"line {number} is none that a freeze has: {describe(line)}")
        further.setdefault(found["key"], []).append(found["value"].strip())
    for key, values in further.items():
        if len(values) > 1 and key not in ("Note", "Approved", "Commander"):
            raise InputError(f"'{key}:' stands twice")
    return _read_further(Freeze(since, reason, by, ""), further, [line for _, line in lines])


def _read_further(freeze: Freeze, further: dict[str, list[str]], lines: list[str]) -> Freeze:
    incident, commander, until, prompts = (
        further[key][-1] if key in further else None
        for key in ("Incident", "Commander", "Until", "Prompts")
    )
    if incident is None:
        incident = _made_up_incident([line for line in lines if not line.startswith("Approved")])
    names = () if prompts is None else tuple(name.strip() for name in prompts.split(","))
    if not all(names):
        raise InputError(f"'Prompts:' has an empty name: {describe(prompts)}")
    return Freeze(
        freeze.since,
        freeze.reason,
        freeze.by,
        incident,
        prompts=names,
        until=None if until is None else read_time(until),
        commander=commander,
        approvals=tuple(_read_approvals(lines)),
        notes=tuple(further.get("Note", [])),
    )


def _read_approvals(lines: list[str]) -> Iterator[Approval]:
    """Yield the approvals, each with who commanded when it was given.

    Raises:
        InputError: One is none.
    """
    under: str | None = None
    for line in lines[4:]:
        found = _FURTHER_LINE.fullmatch(line)
        if found is not None and found["key"] == "Commander":
            under = found["value"].strip()
        elif found is not None and found["key"] == "Approved":
            yield _read_approval(found["value"].strip(), under)


def _read_approval(value: str, under: str | None) -> Approval:
    found = _APPROVED.fullmatch(value)
    if found is None:
        raise InputError(
            f"'Approved:' is not 'sha256:… by NAME for INCIDENT until TIME': {describe(value)}"
        )
    end = read_time(found["until"].strip())
    return Approval(found["change"], found["by"].strip(), found["incident"], end, under)


def _made_up_incident(lines: list[str]) -> str:
    return f"freeze-{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:12]}"


def read_time(text: str) -> datetime:
    """Read a point in time that names its zone: '2026-11-23 09:35 UTC', '2026-11-23T09:35Z', ….

    Raises:
        InputError: It is none, or names no zone.
    """
    try:
        found = datetime.fromisoformat(re.sub(r"\s*UTC$", "+00:00", text.strip()))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise InputError(f"{text!r} is no time with its zone; write it as '2026-11-23 09:35 UTC'.")
    return found.astimezone(UTC)


def show_time(when: datetime) -> str:
    """Return a time as freeze files have it."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
