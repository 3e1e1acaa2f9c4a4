"""What the items of pytest show: one answer of a case, and the gate of a suite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from promptgate.runs.results import Trial


@dataclass(frozen=True)
class Said:
    """What became of one repeat of a case in one arm.

    Attributes:
        trial: None where there is no recording.
        missing: Why there is none, and which command makes it; '' where there is one.
    """

    trial: Trial | None
    missing: str = ""


@dataclass(frozen=True)
class Gated:
    """The gate of one suite, as its item shows it.

    Attributes:
        outcome: 'passed', 'failed' or 'skipped'.
        headline: The decision and its reason, on one line.
        text: The whole explanation.
    """

    outcome: str
    headline: str
    text: str
