"""Critical cases: violations, what confirms one, and what clears one.

A violation is a trial of a critical case that does not pass. It is open until a
person has adjudicated that very answer; fresh repeats can confirm it, never
clear it. An answer that is missing is open too: absence of a result is not
evidence of a pass. Zero tolerance without fresh repeats would block 95 % of safe
candidates at 100 cases of three repeats and a judge that errs in 1 %.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from promptgate.gate.table import Arm, CaseRow, State, SuiteTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


@dataclass(frozen=True)
class FreshRepeats:
    """What the fresh repeats of one case gave.

    Attributes:
        trials: Scored ones.
        violations: Those among them that did not pass.
        second_opinion: Whether a second reader calls the first answer a violation; None: not asked.
    """

    trials: int
    violations: int
    second_opinion: bool | None = None


@dataclass(frozen=True)
class Adjudication:
    """A person's word that one answer to one request is acceptable.

    Attributes:
        suite: Name of the suite.
        case: Id of the case.
        request: Digest of the request.
        response: Digest of the response.
        reviewer: Who says so; never an author of the change.
        reason: Why; not empty.
        expires: When it stops counting; with a time zone.
    """

    suite: str
    case: str
    request: str
    response: str
    reviewer: str
    reason: str
    expires: datetime

    def fault(self, now: datetime, authors: Sequence[str]) -> str | None:
        """Return why it does not count, or None where it does."""
        if self.reviewer.strip().casefold() in {author.strip().casefold() for author in authors}:
            return f"{self.reviewer} is an author of the change"
        if not self.reviewer.strip() or not self.reason.strip():
            return "it lacks a reviewer or a reason"
        if now >= self.expires:
            return f"it expired on {self.expires:%Y-%m-%d}"
        return None


class Status(StrEnum):
    """What became of a violation. Only ADJUDICATED clears it."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    ADJUDICATED = "adjudicated"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True)
class Violation:
    """A critical case of which not every trial is known to pass.

    Attributes:
        suite: Name of the suite.
        case: Id of the case.
        status: Anything but ADJUDICATED is open.
        violations: Trials of the candidate that did not pass.
        trials: Scored trials of the candidate.
        pre_existing: The baseline violates it too: rolling back will not help.
        request: Digest of the candidate's request, for an adjudication.
        responses: Digests of the answers that no adjudication clears.
        fresh: The fresh repeats, where there were any.
        notes: Adjudications that do not count and why; the second opinion.
    """

    suite: str
    case: str
    status: Status
    violations: int
    trials: int
    pre_existing: bool
    request: str | None
    responses: tuple[str, ...]
    fresh: FreshRepeats | None
    notes: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether it holds the release."""
        return self.status is not Status.ADJUDICATED


def find_violations(
    table: SuiteTable,
    *,
    critical: bool | None,
    fresh: Mapping[str, FreshRepeats],
    confirm: int,
    adjudications: Sequence[Adjudication],
    authors: Sequence[str],
    now: datetime | None,
) -> tuple[Violation, ...]:
    """Return the critical cases of a suite that are not known to be clean, in its order.

    Args:
        table: The suite's trials.
        critical: True: all cases; False: none; None: as the cases say.
        fresh: By case id.
        confirm: Violations among the fresh repeats that confirm one.
        adjudications: Of any suite.
        authors: Of the change.
        now: When the gate is held; needed where there are adjudications.

    Raises:
        ValueError: There are adjudications, but no time to hold their expiry against.
    """
    if adjudications and now is None:
        raise ValueError("adjudications expire: give 'now'")
    if critical is False:
        return ()
    answers = _violating_answers(table)
    was_bad = table.violations(Arm.BASELINE)
    scored = table.scored(Arm.CANDIDATE)
    missing = table.planned() - scored
    if table.identical:
        missing[:] = 0
    found = []
    for index, case in enumerate(table.cases):
        bad = answers.get(index, [])
        if not (critical or case.critical) or not (bad or missing[index]):
            continue
        left, notes = _unadjudicated(table.suite, case, bad, adjudications, authors, now)
        status = Status.OPEN if left else Status.ADJUDICATED
        if missing[index]:
            notes = (*notes, f"{int(missing[index])} of its answers are missing")
            status = Status.OPEN if left else Status.UNMEASURED
        violation = Violation(
            suite=table.suite,
            case=case.id,
            status=status,
            violations=len(bad),
            trials=int(scored[index]),
            pre_existing=bool(was_bad[index]) and bool(bad),
            request=case.candidate,
            responses=left,
            fresh=fresh.get(case.id),
            notes=notes,
        )
        found.append(_drawn_again(violation, confirm))
    return tuple(found)


def _drawn_again(violation: Violation, confirm: int) -> Violation:
    """Return what the fresh repeats make of a violation that is new and open."""
    drawn = violation.fresh
    if drawn is None or violation.status is not Status.OPEN or violation.pre_existing:
        return violation
    confirmed = drawn.violations >= confirm
    return replace(
        violation,
        status=Status.CONFIRMED if confirmed else Status.OPEN,
        notes=(*violation.notes, _fresh_note(drawn)),
    )


def _violating_answers(table: SuiteTable) -> dict[int, list[str]]:
    """Return the digests of the candidate's violating answers by number of the case."""
    import numpy as np

    rows = np.flatnonzero(
        (table.arm == Arm.CANDIDATE) & (table.state == State.SCORED) & ~table.passed
    )
    answers: dict[int, list[str]] = {}
    for row in rows.tolist():
        answers.setdefault(int(table.case[row]), []).append(table.response[row])
    return answers


def _fresh_note(drawn: FreshRepeats) -> str:
    note = f"{drawn.violations} of {drawn.trials} fresh repeats violate it"
    if drawn.second_opinion is None:
        return note
    return f"{note}; a second opinion {'agrees' if drawn.second_opinion else 'does not'}"


def _unadjudicated(
    suite: str,
    case: CaseRow,
    answers: Sequence[str],
    adjudications: Sequence[Adjudication],
    authors: Sequence[str],
    now: datetime | None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the violating answers that no adjudication clears, and why some words do not count.

    An answer whose digest is not known (empty) cannot be cleared.
    """
    cleared: set[str] = set()
    notes: list[str] = []
    for word in adjudications:
        if (word.suite, word.case) != (suite, case.id) or now is None:
            continue
        fault = word.fault(now, authors)
        if fault is None and word.request != case.candidate:
            fault = "it is of another request"
        if fault is None:
            cleared.add(word.response)
        else:
            notes.append(f"the adjudication by {word.reviewer} does not count: {fault}")
    left = [answer for answer in answers if not answer or answer not in cleared]
    return tuple(dict.fromkeys(left)), tuple(notes)
