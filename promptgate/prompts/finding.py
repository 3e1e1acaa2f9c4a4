"""What lint finds, as a value: apart from the rules, which whoever shows it need not load."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: an error fails, a warning asks for a look, an info tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that lint found.

    Attributes:
        file: Path in the project.
        line: 1-based; 0 where the whole file or folder is meant.
        rule: The rule's name.
        severity: How bad it is.
        message: One sentence with value and fix.
        related: The other place that it is about, as `file:line`; '' where there is none.
    """

    file: str
    line: int
    rule: str
    severity: Severity
    message: str
    related: str = ""
