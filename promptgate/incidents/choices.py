"""What may stand in the fields of an event: the choices, and the checks of times and days."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from promptgate.incidents.times import parse_time


class Severity(StrEnum):
    """How bad it is; see severity.py for what each means."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for the mildest."""
        return list(Severity).index(self)


Source = Literal["monitoring", "customer", "internal-test", "social"]
Role = Literal["commander", "fixer", "communications"]
Move = Literal["roll-back-prompt", "roll-back-model", "fix-forward", "kill-feature"]
Answer = Literal["yes", "no", "unknown"]
Cause = Literal["prompt", "model", "interaction", "input", "integration"]
Answered = Literal["tell", "do not tell", "the commander decides"]
Audience = Literal["internal", "public"]
Method = Literal["revert", "restore", "model"]
NOT_PUSHED = "it was not pushed"
"""Why a freeze that nobody asked to push holds in one work tree alone."""
Status = Literal["draft", "reviewed", "published"]


def is_time(value: str | None) -> str | None:
    """Refuse what is no time with its zone."""
    if value is not None:
        parse_time(value)
    return value


def is_day(value: str | None) -> str | None:
    """Refuse what is no day: as ISO 8601 has it."""
    if value is not None:
        date.fromisoformat(value)
    return value
