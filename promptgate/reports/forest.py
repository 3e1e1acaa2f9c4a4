"""A forest plot: every suite's interval on one scale, with no change and the margin marked.

In text here; the HTML report draws the same scale in SVG.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptgate.gate.schema import ComparisonJson, SuiteJson

_DEFAULT_MARGIN = 0.1


@dataclass(frozen=True)
class Scale:
    """A shared horizontal scale of differences.

    Attributes:
        low: Difference at the left end, e.g. -0.3.
        high: Difference at the right end.
        width: Characters, or units of a drawing.
    """

    low: float
    high: float
    width: int = 31

    def place(self, value: float) -> float:
        """Return where a value stands, from 0 to width, clipped to the plot."""
        share = (value - self.low) / (self.high - self.low)
        return min(1.0, max(0.0, share)) * self.width

    def column(self, value: float) -> int:
        """Return the column of a value, clipped to the plot."""
        return round(self.place(value) * (self.width - 1) / self.width)


def scale_of(suites: Iterable[SuiteJson], width: int = 31) -> Scale:
    """Return a scale that shows every interval, the widest margin and zero."""
    compared = [
        s["comparison"] for s in suites if s["comparison"] is not None and not s["identical"]
    ]
    margin = max([c["margin"] for c in compared], default=_DEFAULT_MARGIN)
    low = min([-1.5 * margin, *(c["lower"] for c in compared)])
    high = max([0.5 * margin, *(min(c["upper"], 1.0) for c in compared)])
    room = 0.04 * (high - low)
    return Scale(max(-1.0, low - room), min(1.0, high + room), width)


def draw(scale: Scale, numbers: ComparisonJson) -> str:
    """Return one row: `├──●──┤` over the marks `┊` (margin) and `│` (no change)."""
    row = [" "] * scale.width
    row[scale.column(-numbers["margin"])] = "┊"
    row[scale.column(0.0)] = "│"
    first, last = scale.column(numbers["lower"]), scale.column(numbers["upper"])
    for column in range(first, last + 1):
        row[column] = "─"
    row[first], row[last] = "├", "┤"
    row[scale.column(numbers["difference"])] = "●"
    return "".join(row)


def p_text(p: float | None) -> str:
    """Return a p-value as tables show it; '' where there was no test."""
    return "" if p is None else "<.001" if p < 0.001 else f"{p:.3f}".removeprefix("0")
