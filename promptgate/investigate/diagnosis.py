"""What a diagnosis says: the cause, how sure, at what price, and what to do now.

Apart from the code that makes one, so that whoever acts on a diagnosis (a report, an
incident) needs to know nothing of how it came about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from promptgate.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA_VERSION = 1


class Verdict(StrEnum):
    """What makes an input fail."""

    PROMPT = "prompt"
    MODEL = "model"
    INTERACTION = "interaction"
    EACH = "each suffices"
    INTEGRATION = "integration"
    INPUT = "input-specific"
    UPSTREAM = "pre-existing or upstream"
    NOT_REPRODUCED = "not reproduced"


MoveKind = Literal[
    "roll back prompt",
    "roll back model",
    "roll back both",
    "fix integration",
    "guard input",
    "fix forward",
    "watch",
    "ask more",
]


@dataclass(frozen=True)
class Move:
    """What works now.

    Attributes:
        kind: Of a few kinds, for machines.
        sentence: For people.
        prompt: The revision to go back to; None where the prompt stays.
        model: The model to go back to; None where the model stays.
        measured: (failed, answers) of exactly that; None where it was not asked.
    """

    kind: MoveKind
    sentence: str
    prompt: str | None = None
    model: str | None = None
    measured: tuple[int, int] | None = None


@dataclass(frozen=True)
class CellReport:
    """What was asked of one cell of old and new.

    Attributes:
        name: Of the cell, such as 'old prompt, new model'.
        prompt: Its prompt version, as 'support@released'.
        model: Its model.
        fails: Answers that failed the check.
        answers: All answers.
        bad: The probability that this cell is a bad one; None where that was not asked.
        example: One answer, failing where there is one.
    """

    name: str
    prompt: str
    model: str
    fails: int
    answers: int
    bad: float | None = None
    example: str | None = None


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at without asking a model, or beside the cells.

    Attributes:
        check: What was looked at, such as 'drift' or 'stop reason'.
        ok: Whether nothing is wrong there; None: it could not be looked at.
        sentence: What was seen.
    """

    check: str
    ok: bool | None
    sentence: str


@dataclass(frozen=True)
class Diagnosis:
    """Why an input fails.

    Attributes:
        subject: What was looked at, such as 'case refusal:bomb'.
        verdict: The cause, or the most probable one where it is not settled.
        settled: Whether it is sure enough to act on.
        confidence: The probability of the verdict, 0..1.
        posterior: The probability of every verdict; {} where none was worked out.
        calls: Answers that the diagnosis stands on, recorded before or just now.
        recorded: How many of them were asked for just now.
        cost_usd: What all of them cost; None where a price is unknown.
        move: What works now.
        cells: What was asked.
        findings: What the integration and other inputs showed.
        notes: What a reader must know beside, such as that there was no key.
        unsettled: Why it is not sure enough, as a clause; '' where it is.
    """

    subject: str
    verdict: Verdict
    settled: bool
    confidence: float
    posterior: Mapping[Verdict, float]
    calls: int
    recorded: int
    cost_usd: float | None
    move: Move
    cells: tuple[CellReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = field(default=())
    unsettled: str = ""

    @property
    def title(self) -> str:
        """The verdict for people: a failure that comes now and then is not 'not reproduced'."""
        open_still = self.verdict is Verdict.NOT_REPRODUCED and not self.settled
        seldom = open_still and any(cell.fails for cell in self.cells)
        return "fails now and then" if seldom else self.verdict.value

    @property
    def exit_code(self) -> ExitCode:
        """0, or HOLD where it is not settled."""
        return ExitCode.OK if self.settled else ExitCode.HOLD

    def to_json(self) -> dict[str, Any]:
        """Return the diagnosis as plain data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "subject": self.subject,
            "verdict": self.verdict.value,
            "settled": self.settled,
            "confidence": self.confidence,
            "posterior": {verdict.value: p for verdict, p in self.posterior.items()},
            "calls": self.calls,
            "recorded": self.recorded,
            "cost_usd": self.cost_usd,
            "move": vars(self.move) | {"measured": self.move.measured and list(self.move.measured)},
            "cells": [vars(cell) for cell in self.cells],
            "findings": [vars(finding) for finding in self.findings],
            "notes": list(self.notes),
            "unsettled": self.unsettled,
        }
