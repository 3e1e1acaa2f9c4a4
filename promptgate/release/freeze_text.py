"""Write PROMPT_FROZEN.txt: the text of a freeze, and an approval added to it.

Apart from reading it, which has to take what anybody wrote by hand: what is
written here is held to read back as it was meant, so that no value can forge a
line. Who may approve and thaw is checked here, as a courtesy to the commander;
the lock on the door is who may push to the base branch.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from datetime import datetime, timedelta

from promptgate.documents import describe
from promptgate.errors import BlockedError, InputError
from promptgate.release.freeze import (
    FREEZE_FILE,
    NOTICE,
    Freeze,
    parse_freeze,
    read_time,
    same_person,
    show_time,
)

_CHANGE = re.compile(r"sha256:[0-9a-f]{64}")
_INCIDENT = re.compile(r"[A-Za-z0-9][\w.-]*")
_LASTING = re.compile(r"(\d{1,4})\s*([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def read_end(text: str, now: datetime) -> datetime:
    """Read when something is to end: a time, or how long from now ('45m', '2h', '1d').

    Raises:
        InputError: It is neither, or is over already.
    """
    if lasting := _LASTING.fullmatch(text.strip()):
        end = now + timedelta(**{_UNITS[lasting[2]]: int(lasting[1])})
    else:
        end = read_time(text)
    if end <= now:
        raise InputError(f"{text!r} is over already; give a time to come, or a length such as 2h.")
    return end


@dataclass(frozen=True)
class Request:
    """What somebody who freezes says.

    Attributes:
        reason: Why.
        by: Who.
        prompts: Names; () freezes all.
        until: When it should be over.
        incident: Its id.
        commander: Who may approve and thaw.
    """

    reason: str
    by: str
    prompts: tuple[str, ...] = ()
    until: datetime | None = None
    incident: str | None = None
    commander: str | None = None


def freeze_text(request: Request, now: datetime) -> str:
    """Return the freeze file that says what was requested.

    Raises:
        InputError: A value is empty, or would not read back as it was given.
    """
    values = {"reason": request.reason, "by": request.by}
    if request.commander is not None:
        values["commander"] = request.commander
    for name, value in values.items():
        if not value.strip() or len(value.splitlines()) > 1:
            raise InputError(f"--{name} must be one line of text, but got {describe(value)}.")
    if request.incident is not None and not _INCIDENT.fullmatch(request.incident):
        raise InputError(
            f"--incident must be letters, digits, '.', '_' and '-', but got {request.incident!r}."
        )
    lines = [
        f"Frozen at: {show_time(now)}",
        f"Reason: {request.reason.strip()}",
        f"Frozen by: {request.by.strip()}",
        NOTICE,
    ]
    if request.prompts:
        lines.append(f"Prompts: {', '.join(request.prompts)}")
    if request.until is not None:
        lines.append(f"Until: {show_time(request.until)}")
    if request.incident is not None:
        lines.append(f"Incident: {request.incident}")
    if request.commander is not None:
        lines.append(f"Commander: {request.commander.strip()}")
    return "\n".join(lines) + "\n"


def with_approval(data: bytes, change: str, by: str, until: datetime) -> str:
    """Return a freeze file with one more approval.

    Args:
        data: The file as the base branch has it.
        change: 'sha256:…' of the change, as a blocked check names it.
        by: The incident commander.
        until: When the approval ends.

    Raises:
        InputError: The file cannot be read, or a value is wrong.
        BlockedError: Somebody else commands the incident.
    """
    freeze = parse_freeze(data)
    if freeze.fault is not None:
        raise InputError(f"no approval can be added: {freeze.fault}; correct it.", file=FREEZE_FILE)
    if not _CHANGE.fullmatch(change):
        raise InputError(
            f"{change!r} is no change; give 'sha256:' and 64 hexadecimal digits, as the blocked "
            "check names them, or a revision."
        )
    check_commander(freeze, by, "--by")
    line = f"Approved: {change} by {by.strip()} for {freeze.incident} until {show_time(until)}"
    return "\n".join([*data.decode("utf-8-sig").splitlines(), line]) + "\n"


def with_commander(data: bytes, commander: str) -> str:
    """Return a freeze file that somebody else commands from now on.

    Raises:
        InputError: The file cannot be read, or it is no name.
    """
    freeze = parse_freeze(data)
    if freeze.fault is not None:
        raise InputError(f"nobody can be named: {freeze.fault}; correct it.", file=FREEZE_FILE)
    if not commander.strip() or len(commander.splitlines()) > 1:
        raise InputError(f"a name must be one line of text, but got {describe(commander)}.")
    line = f"Commander: {commander.strip()}"
    return "\n".join([*data.decode("utf-8-sig").splitlines(), line]) + "\n"


def check_commander(freeze: Freeze, by: str, option: str) -> None:
    """Check that somebody may approve or thaw.

    Raises:
        InputError: It is no name.
        BlockedError: The freeze names another commander.
    """
    if not by.strip() or len(by.splitlines()) > 1:
        raise InputError(f"{option} must be one line of text, but got {describe(by)}.")
    if freeze.commander is not None and not same_person(freeze.commander, by):
        raise BlockedError(
            f"{freeze.commander} commands this incident, and not {by!r}; only the commander "
            f"approves and thaws: add {option} {shlex.quote(freeze.commander)} if that is you. "
            f"Handed over? 'promptgate incident handover --to {shlex.quote(by.strip())}' writes it "
            "into the freeze.",
            file=FREEZE_FILE,
        )
