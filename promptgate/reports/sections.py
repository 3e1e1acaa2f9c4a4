"""Sections that another part of the product adds to an HTML report: titled blocks, no mark-up.

A section is a title and blocks; a block is one of the types here. Texts are given as
they are: whatever a model or a customer wrote in them is shown as text. Example:

    Section(
        "Cause",
        (
            Paragraph("The safety line was dropped."),
            Facts((("first bad", "421c084"), ("minutes", "12"))),
            Table(("model", "refuses"), (("claude-sonnet-5-5", "98 %"),)),
        ),
    )

Hand sections to `html.gate_html(account, sections)`, or to `html.page_html` for a page
without a decision.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from promptgate.reports.difference import Line, difference


@dataclass(frozen=True)
class Paragraph:
    """A sentence or more."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Names with values, a line each."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Rows under a head. The first column is text, the others are aligned as numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Verbatim:
    """A text shown as it stands, in a fixed width: an answer, a log, a command."""

    text: str


@dataclass(frozen=True)
class Difference:
    """What differs between two texts.

    Attributes:
        title: Whose texts they are, such as a path.
        before: The old text; '' where there was none.
        after: The new one; '' where there is none.
        context: Unchanged lines to show around a change.
        given: The difference where it is known already.
    """

    title: str
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)
    context: int = 3
    given: tuple[Line, ...] | None = field(default=None, repr=False)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The difference by lines."""
        if self.given is not None:
            return self.given
        return difference(self.before, self.after, self.context)


@dataclass(frozen=True)
class Curve:
    """One line of a chart: a name, and a value for each label; None leaves a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """Values over labels, one small chart a curve, all on one scale.

    Attributes:
        title: What is measured, with its unit.
        labels: Of the horizontal axis, in order.
        curves: With a value for each label.
        top: Upper end of the scale; None: the largest value.
        unit: Written behind a value, such as ' %'.
        digits: After the decimal point.
    """

    title: str
    labels: tuple[str, ...]
    curves: tuple[Curve, ...]
    top: float | None = None
    unit: str = ""
    digits: int = 1


Block: TypeAlias = Paragraph | Facts | Table | Verbatim | Difference | Chart


@dataclass(frozen=True)
class Section:
    """A part of a report.

    Attributes:
        title: Its heading.
        blocks: What it shows, in order.
        closed: Whether it is folded at first.
    """

    title: str
    blocks: tuple[Block, ...]
    closed: bool = False

    @property
    def anchor(self) -> str:
        """The fragment by which a link finds it."""
        return "section-" + re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")


def kind(block: Block) -> str:
    """Return the name by which the template knows a block."""
    return type(block).__name__.lower()
