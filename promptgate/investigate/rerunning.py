"""The matrix: one input on several prompt versions and models, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from promptgate.errors import PromptError
from promptgate.gate.proportions import clopper_pearson
from promptgate.investigate.diagnosis import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from promptgate.investigate.asking import Asker, Draw
    from promptgate.investigate.subject import Subject
    from promptgate.investigate.versions import Version


@dataclass(frozen=True)
class MatrixCell:
    """One prompt version on one model.

    Attributes:
        revision: Of the prompt.
        title: The first line of its commit; '' where there is none.
        model: That was asked.
        wanted: How many answers were wanted.
        draws: Those that could be had.
        note: Why the prompt cannot be asked there; '' where it can.
    """

    revision: str
    title: str
    model: str
    wanted: int
    draws: tuple[Draw, ...]
    note: str = ""

    @property
    def fails(self) -> int:
        """Answers that failed the check."""
        return sum(draw.failed for draw in self.draws)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Clopper-Pearson interval of the failure rate; None without answers."""
        return clopper_pearson(self.fails, len(self.draws), 0.025) if self.draws else None

    @property
    def cost_usd(self) -> float | None:
        """What the answers cost; None where a price is unknown."""
        known = [draw.cost_usd for draw in self.draws if draw.cost_usd is not None]
        return sum(known) if len(known) == len(self.draws) else None

    def to_json(self) -> dict[str, Any]:
        """Return the cell as plain data."""
        return {
            "revision": self.revision,
            "title": self.title,
            "model": self.model,
            "wanted": self.wanted,
            "answers": len(self.draws),
            "fails": self.fails,
            "interval": self.interval and list(self.interval),
            "cost_usd": self.cost_usd,
            "note": self.note,
            "draws": [vars(draw) for draw in self.draws],
        }


@dataclass(frozen=True)
class Matrix:
    """What was asked of every cell."""

    subject: str
    prompt: str
    cells: tuple[MatrixCell, ...]
    notes: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every cell has the answers that were wanted."""
        return all(len(cell.draws) >= cell.wanted for cell in self.cells)

    def to_json(self) -> dict[str, Any]:
        """Return the matrix as plain data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "subject": self.subject,
            "prompt": self.prompt,
            "complete": self.complete,
            "cells": [cell.to_json() for cell in self.cells],
            "notes": list(self.notes),
        }


def rerun(
    subject: Subject,
    versions: Sequence[Version],
    models: Sequence[str],
    repeats: int,
    asker: Asker,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Matrix:
    """Ask one input of every version on every model.

    Args:
        subject: The input and its check.
        versions: Of its prompt.
        models: To ask; () obeys each version's front matter.
        repeats: Answers a cell.
        asker: Draws answers.
        told: Given how many answers are done, of how many.
    """
    cells: list[MatrixCell] = []
    total = len(versions) * max(1, len(models)) * repeats
    for version in versions:
        for model in models or [version.arm.prompt(subject.prompt).model]:
            draws: list[Draw] = []
            note = ""
            try:
                request = subject.request(version.arm.with_model(model))
            except PromptError as error:
                note = str(error)
            else:
                while len(draws) < repeats:
                    draw = asker.draw(subject, request)
                    if draw is None:
                        break
                    draws.append(draw)
                    told(sum(len(c.draws) for c in cells) + len(draws), total)
            cells.append(
                MatrixCell(version.revision, version.subject, model, repeats, tuple(draws), note)
            )
    notes = list(asker.notes)
    if asker.lacking:
        notes.append(
            f"{sum(asker.lacking.values())} of {len(cells)} cells lack recordings; with "
            "ANTHROPIC_API_KEY set the same command records them"
        )
    return Matrix(subject.title, subject.prompt, tuple(cells), tuple(notes))
