"""What a run found: tables in Markdown, and the promises that did not hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass
class Report:
    """What the run found: Markdown and the promises that did not hold."""

    lines: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def title(self, text: str, *paragraphs: str) -> None:
        """Begin a section."""
        self.lines += [f"## {text}", ""]
        for paragraph in paragraphs:
            self.lines += [paragraph, ""]

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table; all columns but the first are numbers."""
        self.lines.append("| " + " | ".join(head) + " |")
        self.lines.append("|---|" + "---:|" * (len(head) - 1))
        self.lines += ["| " + " | ".join(row) + " |" for row in rows]
        self.lines.append("")

    def promise(self, name: str, found: float, runs: int, *, at_most: float) -> None:
        """Note a rate in per cent that exceeds a limit by more than twice its own error."""
        error = 100 * (at_most / 100 * (1 - at_most / 100) / runs) ** 0.5
        if found > at_most + 2 * error:
            self.broken.append(f"{name}: {found:.1f} is above {at_most:g}")

    def reference(self, name: str, found: Sequence[float], expected: Sequence[float]) -> None:
        """Note where a row is more than two points from what the rule was chosen by.

        Those rates were themselves simulated, and are printed without decimals.
        """
        for got, wanted in zip(found, expected, strict=True):
            if abs(got - wanted) > 2:
                self.broken.append(f"{name}: {got:.1f} where the reference has {wanted:g}")


def shown(value: float) -> str:
    """Write a rate with as many digits as its error leaves."""
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"
