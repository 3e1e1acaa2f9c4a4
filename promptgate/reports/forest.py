"""A forest plot in text: every interval on one scale, with no change and the margin marked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """A shared horizontal scale of differences.

    Attributes:
        low: Difference at the left end, e.g. -0.3.
        high: Difference at the right end.
        width: Characters.
    """

    low: float
    high: float
    width: int = 31

    def column(self, value: float) -> int:
        """Return the column of a value, clipped to the plot."""
        share = (value - self.low) / (self.high - self.low)
        return min(self.width - 1, max(0, round(share * (self.width - 1))))


def scale_for(intervals: list[tuple[float, float]], margin: float, width: int = 31) -> Scale:
    """Return a scale that shows every interval, the margin and zero."""
    low = min([-1.5 * margin, *(lower for lower, _ in intervals)])
    high = max([0.5 * margin, *(upper for _, upper in intervals)])
    room = 0.04 * (high - low)
    return Scale(max(-1.0, low - room), min(1.0, high + room), width)


def draw(scale: Scale, lower: float, point: float, upper: float, margin: float) -> str:
    """Return one row: `├──●──┤` over the marks `┊` (margin) and `│` (no change)."""
    row = [" "] * scale.width
    row[scale.column(-margin)] = "┊"
    row[scale.column(0.0)] = "│"
    first, last = scale.column(lower), scale.column(upper)
    for column in range(first, last + 1):
        row[column] = "─"
    row[first], row[last] = "├", "┤"
    row[scale.column(point)] = "●"
    return "".join(row)
