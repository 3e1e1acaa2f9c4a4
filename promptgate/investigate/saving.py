"""Keep a failing input as a case: redacted, and shown still to fail.

What a customer wrote is private. What is written here has addresses, numbers and keys
replaced, is asked again in that form, and becomes a case only if it still fails.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from promptgate.errors import InputError
from promptgate.files import write_atomic
from promptgate.investigate.inputs import changed
from promptgate.investigate.search.sequential import State, reproduce
from promptgate.language.redaction import redact
from promptgate.suites import load_suite

if TYPE_CHECKING:
    from promptgate.investigate.asking import Asker
    from promptgate.investigate.search.evidence import Tally
    from promptgate.investigate.subject import Subject
    from promptgate.investigate.versions import Version
    from promptgate.project import Project
    from promptgate.suites.model import Case, Expectation

_LINK = re.compile(r"https?://\S+")
_LONG_NUMBER = re.compile(r"(?<!\w)\+?\d[\d ()/-]{6,}\d\b")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


@dataclass(frozen=True)
class Saved:
    """A case that was kept.

    Attributes:
        case: 'suite:case'.
        file: The suite's file.
        seen: The answers of the redacted input.
        changed: Whether redaction changed anything.
    """

    case: str
    file: str
    seen: Tally
    changed: bool

    def __str__(self) -> str:
        """Say it on one line."""
        how = "redacted" if self.changed else "nothing in it had to be redacted"
        return (
            f"Saved as {self.case} in {self.file} ({how}; {self.seen.fails} of {self.seen.calls} "
            "answers fail)."
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "case": self.case,
            "file": self.file,
            "fails": self.seen.fails,
            "answers": self.seen.calls,
            "redacted": self.changed,
        }


def redact_input(text: str) -> str:
    """Return a text without what names a person or opens a door, links and long numbers too.

    A case needs neither; a message to customers, which `language.redaction` is for, may.
    """
    text = redact(_LINK.sub("[link]", text))
    return _LONG_NUMBER.sub("[number]", text)


def save(project: Project, subject: Subject, version: Version, name: str, asker: Asker) -> Saved:
    """Write the redacted input as a case of the prompt's regression suite.

    Raises:
        InputError: The name is taken or no name, or the redacted input no longer fails, or
            that cannot be told; nothing is written.
    """
    if not _ID.fullmatch(name):
        raise InputError(f"--save-case {name!r} is no name; use letters, digits, '-' and '_'.")
    suite = f"{subject.prompt.replace('/', '-')}-regressions"
    path = f"{project.settings.suites}/{suite}.yaml"
    before = project.tree.read(path)
    if before is not None and any(c.id == name for c in load_suite(project.tree, path).cases):
        raise InputError(f"{path} has a case {name!r} already; choose another name.")
    case = replace(changed(subject.case, redact_input), id=name)
    request = subject.request(version.arm, case)
    found = reproduce(lambda _cell: asker.fails(subject, request, case), 0)
    if found.state is not State.BAD:
        told = f"{found.seen.fails} of {found.seen.calls} answers fail"
        raise InputError(
            f"the redacted input is not shown to fail ({told}), so it was not saved; shrink it "
            "first, or add the case by hand."
        )
    head = f"suite: {suite}\nprompt: {subject.prompt}\nbehaviour: regressions\ncases:\n"
    text = head if before is None else before.decode("utf-8")
    write_atomic(project.root / path, text + _yaml(case))
    return Saved(f"{suite}:{name}", path, found.seen, case.vars != subject.case.vars)


def _yaml(case: Case) -> str:
    """Return a case as an item of a suite's list, values in JSON's notation."""
    lines = [f"  - id: {case.id}"]
    if case.vars:
        lines.append(f"    vars: {_json(dict(case.vars))}")
    if case.messages is not None:
        lines.append("    messages:")
        lines += [f"      - {_json(dict(m))}" for turn in case.turns for m in turn.messages]
    lines.append("    expect:")
    lines += [f"      - {_json(_entry(entry))}" for entry in case.expect]
    return "\n".join(lines) + "\n"


def _entry(entry: Expectation) -> Any:
    inner: Any = entry.scorer if entry.argument is None else {entry.scorer: entry.argument}
    if entry.negate:
        inner = {"not": inner}
    beside: dict[str, Any] = {}
    if entry.threshold != 1:
        beside["threshold"] = entry.threshold
    if entry.weight != 1:
        beside["weight"] = entry.weight
    if not beside:
        return inner
    return {**(inner if isinstance(inner, dict) else {inner: None}), **beside}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
