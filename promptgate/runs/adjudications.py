"""`adjudications.yaml`: a person's word on single answers, committed and reviewed.

The gate reads the file from the base branch, so that a change cannot clear its
own violations: an adjudication counts once it is merged. Each is bound to the
digests of one request and its answers, and ends on a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import yaml
from pydantic import Field, field_validator

from promptgate.documents import StrictModel, load_yaml, unknown_name, validate
from promptgate.errors import InputError, PromptgateError
from promptgate.files import decode, read_text, write_atomic
from promptgate.gate import Adjudication
from promptgate.prompts import find_base, govern
from promptgate.runs.authors import people, same_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.files import Tree
    from promptgate.project import Project
    from promptgate.runs.stored import StoredGate

FILE = "adjudications.yaml"
_HEADER = "# Answers that a person has accepted; the gate reads this file from the base branch.\n"


class AdjudicationEntry(StrictModel):
    """One entry: a case's answers that a person accepts."""

    suite: str = Field(min_length=1, description="Name of the suite.")
    case: str = Field(min_length=1, description="Id of the case.")
    request: str = Field(pattern=r"^sha256:", description="Digest of the request.")
    responses: tuple[str, ...] = Field(min_length=1, description="Digests of the answers.")
    reviewer: str = Field(min_length=1, description="Who says so; no author of the change.")
    reason: str = Field(min_length=1, description="Why the answers are acceptable.")
    expires: date = Field(description="The day on which it stops counting, UTC.")

    @field_validator("reviewer", "reason")
    @classmethod
    def _not_blank(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("must not be blank")
        return value


class AdjudicationFile(StrictModel):
    """The whole of adjudications.yaml."""

    adjudications: tuple[AdjudicationEntry, ...] = Field(description="In any order.")


@dataclass(frozen=True)
class Word:
    """What a reviewer says of one case of a stored gate.

    Attributes:
        suite: Name of the suite.
        case: Id of the case.
        reviewer: Name or e-mail address.
        reason: Why the answers are acceptable.
        expires: The day on which it stops counting, UTC.
    """

    suite: str
    case: str
    reviewer: str
    reason: str
    expires: date


def read_adjudications(project: Project) -> tuple[Adjudication, ...]:
    """Return the adjudications that count: those of the files that govern.

    Raises:
        InputError: The file is wrong, with its line.
    """
    return _expanded(project.governing)


def adjudicate(project: Project, gate: StoredGate, word: Word, now: datetime) -> AdjudicationEntry:
    """Write a reviewer's word on a violation of a stored gate into adjudications.yaml.

    Args:
        project: Where the file is.
        gate: It names the request and the answers.
        word: What the reviewer says.
        now: The expiry must be later.

    Raises:
        InputError: The gate has no such violation, or one without digests; the
            reviewer is an author of the change; the expiry has passed; the file
            on disk is wrong.
    """
    if datetime.combine(word.expires, time(), UTC) <= now:
        raise InputError(
            f"--expires: {word.expires} has begun or passed; give a later day, at which "
            "somebody will look again."
        )
    for name, value in (("--reviewer", word.reviewer), ("--reason", word.reason)):
        if not value.strip():
            raise InputError(f"{name} is blank; say who accepts the answer, and why.")
    request, responses = _digests(gate, word.suite, word.case)
    governed = govern(project, find_base(project))
    authors = people(governed, gate.baseline, gate.candidate)
    if same_person(word.reviewer, authors):
        raise InputError(
            f"--reviewer: {word.reviewer} is an author of the change; ask somebody who is not."
        )
    entry = AdjudicationEntry(
        suite=word.suite,
        case=word.case,
        request=request,
        responses=responses,
        reviewer=word.reviewer.strip(),
        reason=word.reason.strip(),
        expires=word.expires,
    )
    _append(project, entry)
    return entry


def _digests(gate: StoredGate, suite: str, case: str) -> tuple[str, tuple[str, ...]]:
    """Return the digests of the request and of the answers that wait for a person."""
    suites = {found["suite"]: found for found in gate.decision["suites"]}
    if suite not in suites:
        raise InputError(f"gate {gate.name}: {unknown_name('suite', suite, list(suites))}")
    violations = {found["case"]: found for found in suites[suite]["violations"]}
    if case not in violations:
        known = ", ".join(repr(name) for name in list(violations)[:5]) or "none"
        raise InputError(
            f"gate {gate.name}: case {case!r} of suite {suite!r} has no violation to "
            f"adjudicate; those that have: {known}."
        )
    found = violations[case]
    answers = tuple(answer for answer in found["responses"] if answer)
    if found["status"] == "adjudicated":
        raise InputError(
            f"gate {gate.name}: case {case!r} of suite {suite!r} is adjudicated already."
        )
    if not found["request"] or not answers or len(answers) != len(found["responses"]):
        raise InputError(
            f"gate {gate.name}: the digests of case {case!r} of suite {suite!r} are not known, so "
            "nothing can be bound to them; run 'promptgate gate' on recordings."
        )
    return found["request"], answers


def _expanded(tree: Tree) -> tuple[Adjudication, ...]:
    """Return the adjudications of a tree's file, one a response."""
    data = tree.read(FILE)
    if data is None:
        return ()
    shown = FILE if tree.revision == "worktree" else f"{FILE} at {tree.revision}"
    return tuple(
        Adjudication(
            suite=entry.suite,
            case=entry.case,
            request=entry.request,
            response=response,
            reviewer=entry.reviewer,
            reason=entry.reason,
            expires=datetime.combine(entry.expires, time(), UTC),
        )
        for entry in _parse(decode(data, shown), shown).adjudications
        for response in entry.responses
    )


def authors_like(reviewers: Sequence[str], authors: Sequence[str]) -> tuple[str, ...]:
    """Return the authors, and each reviewer who is one of them under another spelling.

    The gate compares names as they are written; 'Name <address>' is known here.
    """
    extra = [reviewer for reviewer in reviewers if same_person(reviewer, authors)]
    return tuple(dict.fromkeys((*authors, *extra)))


def _parse(text: str, file: str) -> AdjudicationFile:
    return validate(AdjudicationFile, load_yaml(text, file), InputError)


def _append(project: Project, entry: AdjudicationEntry) -> None:
    """Add an entry; what people wrote into the file stays where that is possible."""
    path = project.root / FILE
    old = read_text(path, FILE) if path.exists() else ""
    kept = _parse(old, FILE).adjudications if old.strip() else ()
    head = old if kept else f"{_HEADER}adjudications:\n"
    text = f"{head.rstrip()}\n{_yaml(entry)}"
    try:
        as_meant = _parse(text, FILE).adjudications == (*kept, entry)
    except PromptgateError:  # the file is written in another style: write all of it anew
        as_meant = False
    if not as_meant:
        text = f"{_HEADER}adjudications:\n" + "".join(_yaml(one) for one in (*kept, entry))
    write_atomic(path, text)


def _yaml(entry: AdjudicationEntry) -> str:
    """Return an entry of the list, every value quoted so that none is read as another type."""
    lines = []
    for key, value in entry.model_dump(mode="json").items():
        if isinstance(value, list):
            lines.append(f"    {key}:\n" + "".join(f"      - {_quoted(one)}\n" for one in value))
        else:
            lines.append(f"    {key}: {_quoted(value)}\n")
    return "".join(lines).replace("    ", "  - ", 1)


def _quoted(value: str) -> str:
    text = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=float("inf"))
    return str(text).strip()
