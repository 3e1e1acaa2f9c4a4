"""Keep a failing input as a case: redacted, and shown still to fail.

What a customer wrote is private. What is written here has addresses, numbers and keys
replaced, is asked again in that form, and becomes a case only if it still fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptgate.errors import EvidenceError, InputError, PromptgateError
from promptgate.files import write_atomic
from promptgate.investigate.search.sequential import State, reproduce
from promptgate.investigate.subject import CAPTURED
from promptgate.investigate.versions import RELEASED, open_version
from promptgate.language.redaction import redact
from promptgate.models.cassettes import path_part
from promptgate.prompts.revisions import WORKTREE
from promptgate.suites import load_suite

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        revision: Where it was asked.
        seen: The answers of the redacted input.
        changed: Whether redaction changed anything.
    """

    case: str
    file: str
    revision: str
    seen: Tally
    changed: bool

    def __str__(self) -> str:
        """Say it on one line."""
        how = "redacted" if self.changed else "nothing in it had to be redacted"
        return (
            f"Saved as {self.case} in {self.file} ({how}; {self.seen.fails} of {self.seen.calls} "
            f"answers fail on {self.revision})."
        )

    @property
    def left(self) -> str:
        """What is left for a person, on one line."""
        suite = self.case.partition(":")[0]
        return (
            "Names have no shape: look at it. Then record what the gate replays: promptgate "
            f"record --suite {suite}"
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "case": self.case,
            "file": self.file,
            "revision": self.revision,
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

    Args:
        project: As it is on disk.
        subject: The failing input and its check.
        version: Where it fails.
        name: Of the case.
        asker: Draws answers; those that it has drawn are drawn again.

    Raises:
        InputError: The name is taken or no name, or the redacted input no longer fails;
            nothing is written.
        EvidenceError: Too few answers are recorded to tell; nothing is written.
    """
    if not _ID.fullmatch(name):
        raise InputError(f"{name!r} is no name of a case; use letters, digits, '-' and '_'.")
    suite = f"{subject.prompt.replace('/', '-')}-regressions"
    path = f"{project.settings.suites}/{suite}.yaml"
    before = project.tree.read(path)
    if before is not None and any(c.id == name for c in load_suite(project.tree, path).cases):
        raise InputError(f"{path} has a case {name!r} already; look at it, or choose another name.")
    case = _redacted_case(subject.case, name)
    kept = replace(subject, suite=replace(subject.suite, name=suite, cases=(case,)))
    seen = _still_fails(kept, version, asker.again(asker.limits.calls))
    head = f"suite: {suite}\nprompt: {subject.prompt}\nbehaviour: regressions\nrepeats: 3\ncases:\n"
    text = head if before is None else before.decode("utf-8")
    write_atomic(project.root / path, text + _yaml(case))
    redacted = (case.vars, case.turns) != (subject.case.vars, subject.case.turns)
    if not redacted:
        _publish(project, kept, version, asker)
    return Saved(f"{suite}:{name}", path, version.revision, seen, redacted)


def _redacted_case(case: Case, name: str) -> Case:
    turns = tuple(
        replace(turn, messages=tuple(_redacted(dict(message)) for message in turn.messages))
        for turn in case.turns
    )
    return replace(case, id=name, vars=_redacted(dict(case.vars)), turns=turns)


def _redacted(value: Any) -> Any:
    """Return a value with every text in it redacted, but for the bytes of an image or a file."""
    if isinstance(value, str):
        return redact_input(value)
    if isinstance(value, Mapping):
        if value.get("type") == "base64":
            return value
        return {key: _redacted(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(inner) for inner in value]
    return value


def _still_fails(kept: Subject, version: Version, asker: Asker) -> Tally:
    """Return the answers that show a redacted input failing.

    Raises:
        InputError: It no longer fails.
        EvidenceError: That cannot be told.
    """
    request = kept.request(version.arm)
    found = reproduce(
        lambda _cell: asker.fails(kept, request), 0, budget=max(asker.limits.calls, 1)
    )
    where = f"{kept.prompt}@{version.revision}"
    told = f"{found.seen.fails} of {found.seen.calls} answers fail"
    if found.state is State.GOOD:
        raise InputError(
            f"the redacted input no longer fails on {where} ({told}), so it was not saved: name "
            "the version where it fails, or write the case by hand, with invented data where "
            "redaction took some out."
        )
    if found.state is State.UNRESOLVED:
        why = f" ({asker.why_not.rstrip('.')})" if asker.why_not else ""
        raise EvidenceError(
            f"whether the redacted input still fails on {where} cannot be told yet ({told} of "
            f"those recorded), so it was not saved{why}; ask it with ANTHROPIC_API_KEY set and "
            "--mode record."
        )
    return found.seen


def _publish(project: Project, kept: Subject, version: Version, asker: Asker) -> None:
    """Take the answers to a case out of the private folder: its text stands in the suite now."""
    digests = {kept.request(version.arm).digest}
    for revision in (WORKTREE, RELEASED):
        with suppress(PromptgateError):  # it may not be there, or not take this input
            digests.add(kept.request(open_version(project, kept.prompt, revision).arm).digest)
    root = asker.cassettes.root
    for file in list(asker.cassettes.files()):
        at = Path(file.path)
        private = at.is_relative_to(root / CAPTURED)
        if private and any(d.removeprefix("sha256:").startswith(file.key) for d in digests):
            parts = (path_part(kept.suite.name), path_part(kept.case.id), at.parent.name)
            folder = root.joinpath(*parts)
            folder.mkdir(parents=True, exist_ok=True)
            at.rename(folder / at.name)
    asker.cassettes.forget()


def _yaml(case: Case) -> str:
    """Return a case as an item of a suite's list, values in JSON's notation."""
    lines = [f"  - id: {case.id}"]
    if case.critical:
        lines.append("    critical: true")
    if case.vars:
        lines.append(f"    vars: {_json(dict(case.vars))}")
    if case.messages is not None:
        lines.append("    messages:")
        lines += [f"      - {_json(message)}" for message in _messages(case)]
    lines.append("    expect:")
    lines += [f"      - {_json(_entry(entry))}" for entry in case.expect]
    return "\n".join(lines) + "\n"


def _messages(case: Case) -> Iterator[dict[str, Any]]:
    """Yield the messages of a conversation, with a place for each answer but the last."""
    for turn in case.turns:
        yield from (dict(message) for message in turn.messages)
        if turn is not case.turns[-1]:
            expect = [_entry(entry) for entry in turn.expect]
            yield {"role": "assistant", **({"expect": expect} if expect else {})}


def _entry(entry: Expectation) -> Any:
    inner: Any = entry.scorer if entry.argument is None else {entry.scorer: entry.argument}
    if entry.negate:
        inner = {"not": inner}
    plain = (("threshold", 1), ("weight", 1), ("metric", None))
    beside = {key: getattr(entry, key) for key, usual in plain if getattr(entry, key) != usual}
    if not beside:
        return inner
    return {**(inner if isinstance(inner, dict) else {inner: None}), **beside}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
