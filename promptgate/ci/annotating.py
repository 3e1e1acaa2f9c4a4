"""Remarks at lines of files, in the formats that forges show beside a change.

GitHub reads commands from a step's output, so whatever else is printed there has to be
kept from being read as one: see quiet(). GitLab reads a Code Quality report.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from promptgate.reports.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Level = Literal["error", "warning", "notice"]
_RANK: dict[Level, int] = {"error": 0, "warning": 1, "notice": 2}
_SEVERITY: dict[Level, str] = {"error": "critical", "warning": "minor", "notice": "info"}
_MOST = 10
"""Annotations of one level that GitHub shows of one step."""
_LONGEST = 1000


@dataclass(frozen=True)
class Annotation:
    """One remark.

    Attributes:
        level: How bad it is.
        message: In one sentence.
        file: From the top of the repository; None: about the change as a whole.
        first: Line, from 1; None: the file as a whole.
        last: Line.
        rule: What found it.
    """

    level: Level
    message: str
    file: str | None = None
    first: int | None = None
    last: int | None = None
    rule: str = "gate"


def workflow_commands(annotations: Iterable[Annotation]) -> list[str]:
    """Return annotations as GitHub's commands, a line each, as many as it shows."""
    left = dict.fromkeys(_RANK, _MOST)
    lines = []
    for one in sorted(annotations, key=lambda a: _RANK[a.level]):
        left[one.level] -= 1
        if left[one.level] >= 0:
            lines.append(_command(one))
    return lines


def _command(one: Annotation) -> str:
    places = (("file", one.file), ("line", one.first), ("endLine", one.last))
    told = [f"{name}={_property(str(value))}" for name, value in places if value is not None]
    told.append(f"title={_property(f'promptgate: {one.rule}')}")
    return f"::{one.level} {','.join(told)}::{_data(one_line(one.message, _LONGEST))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text, _LONGEST)).replace(":", "%3A").replace(",", "%2C")


@contextmanager
def quiet(say: Callable[[str], None]) -> Iterator[None]:
    """Keep GitHub from obeying what is printed inside: answers of models are among it."""
    token = secrets.token_hex(16)
    say(f"::stop-commands::{token}")
    try:
        yield
    finally:
        say(f"::{token}::")


def code_quality(annotations: Sequence[Annotation]) -> list[dict[str, Any]]:
    """Return annotations as GitLab's Code Quality report; those about no file are left out."""
    return [
        {
            "description": one_line(one.message, _LONGEST),
            "check_name": f"promptgate-{one.rule}",
            "fingerprint": hashlib.sha256(
                repr((one.rule, one.file, one.first, one.message)).encode("utf-8", "replace")
            ).hexdigest(),
            "severity": _SEVERITY[one.level],
            "location": {"path": one.file, "lines": {"begin": one.first or 1}},
        }
        for one in annotations
        if one.file is not None
    ]
