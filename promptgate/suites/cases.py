"""Make cases complete: defaults, products of variables, turns.

Variables: the defaults', then the case's own, which win. Expectations and tags: the
defaults' and then the case's own; nothing that a default expects can be left out.
`critical`: the case's own word, else the defaults'.

`matrix: {city: [Paris, Rome], unit: [C, F]}` makes one case for every combination,
named `weather.Paris.C` and so on, in the cluster of the case as written: they share
a source. A list under `vars` stays a list.

Turns: an assistant message without content is generated there, and may carry its
own `expect`. The answer after the last message is generated too. The case's `expect`
and the defaults' are about the last answer.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from promptgate.documents import Document, Path, canonical_json, describe, validate
from promptgate.errors import SuiteError
from promptgate.suites.expectations import fill_entries, parse_entries
from promptgate.suites.model import Case, Expectation, Message, Quarantine, Turn
from promptgate.suites.schema import CaseModel, DefaultsModel, MessageModel
from promptgate.suites.values import check_encodable

MOST_COMBINATIONS = 1000
_LONGEST_SLUG = 24


@dataclass(frozen=True)
class Defaults:
    """What every case of a suite begins with."""

    vars: Mapping[str, Any]
    expect: tuple[Expectation, ...]
    critical: bool | None
    tags: tuple[str, ...]

    def over(self, base: Defaults) -> Defaults:
        """Return these defaults merged over inherited ones, as a case over its defaults."""
        return Defaults(
            vars={**base.vars, **self.vars},
            expect=base.expect + self.expect,
            critical=base.critical if self.critical is None else self.critical,
            tags=base.tags + self.tags,
        )


NO_DEFAULTS = Defaults({}, (), None, ())


def read_defaults(model: DefaultsModel, document: Document, path: Path) -> Defaults:
    """Return the defaults that stand at a path of a document.

    Raises:
        SuiteError: An entry of `expect` or a number is wrong.
    """
    check_encodable(model.vars, document, (*path, "vars"))
    expect = parse_entries(model.expect, document, (*path, "expect"))
    return Defaults(model.vars, expect, model.critical, tuple(model.tags))


def read_cases(document: Document, path: Path, defaults: Defaults) -> Iterator[Case]:
    """Yield the case that stands at a path of a document, or each case of its matrix.

    Raises:
        SuiteError: An unknown key, a wrong value, nothing expected; names the line.
    """
    model = validate(CaseModel, document, SuiteError, path=path, what="a case")
    check_encodable(model.vars, document, (*path, "vars"))
    check_encodable(model.matrix, document, (*path, "matrix"))
    critical = bool(defaults.critical if model.critical is None else model.critical)
    if model.quarantine is not None and critical:
        raise document.error(
            SuiteError,
            f"case {model.id!r} is critical and cannot be in quarantine; remove one of the two.",
            (*path, "quarantine"),
        )
    expect = defaults.expect + parse_entries(model.expect, document, (*path, "expect"))
    turns = _turns(model, expect, document, path)
    _check_expected(model, turns, document, path)
    tags = tuple(sorted({*defaults.tags, *model.tags}))
    aside = model.quarantine
    quarantine = Quarantine(aside.owner, aside.until, aside.reason) if aside else None
    for suffix, combination in _combinations(model, document, path):
        variables = {**defaults.vars, **model.vars, **combination}
        yield Case(
            id=model.id + suffix,
            cluster=model.cluster or model.id,
            vars=variables,
            turns=tuple(
                Turn(turn.messages, fill_entries(turn.expect, variables), turn.line)
                for turn in turns
            ),
            critical=critical,
            tags=tags,
            quarantine=quarantine,
            file=document.file,
            line=document.line(path),
        )


def _check_expected(
    model: CaseModel, turns: Sequence[Turn], document: Document, path: Path
) -> None:
    """Refuse a case whose last answer nobody looks at, or whose score is 0/0."""
    if not turns[-1].expect:
        raise document.error(
            SuiteError,
            f"case {model.id!r} expects nothing of its "
            f"{'last ' if len(turns) > 1 else ''}answer; add 'expect' to it or to the defaults.",
            path,
        )
    if all(entry.weight == 0 for turn in turns for entry in turn.expect):
        raise document.error(
            SuiteError,
            f"case {model.id!r}: every 'weight' is 0, so that there is no score; "
            "give one entry a weight above 0.",
            path,
        )


def _turns(
    model: CaseModel, expect: tuple[Expectation, ...], document: Document, path: Path
) -> tuple[Turn, ...]:
    line = document.line(path)
    if model.messages is None:
        return (Turn((), expect, line),)
    turns: list[Turn] = []
    pending: list[Message] = []
    for index, message in enumerate(model.messages):
        where = (*path, "messages", index)
        _check_message(model, index, document, where)
        if message.role == "assistant" and message.content is None:
            own = parse_entries(message.expect, document, (*where, "expect"))
            turns.append(Turn(tuple(pending), own, document.line(where)))
            pending = []
        else:
            pending.append({"role": message.role, "content": message.content})
    if pending:
        return (*turns, Turn(tuple(pending), expect, line))
    last = turns[-1]
    return (*turns[:-1], Turn(last.messages, expect + last.expect, last.line))


def _check_message(model: CaseModel, index: int, document: Document, where: Path) -> None:
    """Check one message and its place in the conversation."""
    messages: Sequence[MessageModel] = model.messages or ()
    message = messages[index]
    expected_role = "user" if index % 2 == 0 else "assistant"
    if message.role != expected_role:
        fix = (
            "put the user's message before it"
            if expected_role == "user"
            else "write {role: assistant} before it to have an answer generated there"
        )
        raise document.error(
            SuiteError,
            f"message {index + 1} must be the {expected_role}'s: user and assistant take turns "
            f"and the user begins; {fix}.",
            where,
        )
    scripted = message.content is not None
    if message.expect and (scripted or message.role == "user"):
        raise document.error(
            SuiteError,
            "'expect' stands on an answer that is generated; "
            + (
                "remove its 'content' or its 'expect'."
                if message.role == "assistant"
                else "write {role: assistant, expect: …} after the user's message."
            ),
            (*where, "expect"),
        )
    if message.role == "user" and not scripted:
        raise document.error(SuiteError, "a user's message needs 'content'; add it.", where)
    if scripted and message.role == "assistant" and index == len(messages) - 1:
        raise document.error(
            SuiteError,
            "the last message is a written answer, and current models refuse to continue one; "
            "remove its 'content' to have it generated, or end with the user's message.",
            where,
        )
    if scripted:
        _check_content(message.content, document, (*where, "content"))


def _check_content(content: Any, document: Document, where: Path) -> None:
    check_encodable(content, document, where)
    if isinstance(content, str):
        if content.strip():
            return
    elif isinstance(content, list) and content:
        for index, block in enumerate(content):
            if not (isinstance(block, Mapping) and isinstance(block.get("type"), str)):
                raise document.error(
                    SuiteError,
                    f"a content block must be a mapping with a 'type', but is {describe(block)}.",
                    (*where, index),
                )
        return
    raise document.error(
        SuiteError,
        f"'content' must be text or a list of content blocks, but is {describe(content)}.",
        where,
    )


def _combinations(
    model: CaseModel, document: Document, path: Path
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield for each combination of the matrix a suffix of the id, and the variables."""
    both = sorted(set(model.vars) & set(model.matrix))
    if both:
        raise document.error(
            SuiteError,
            f"case {model.id!r}: the variable {both[0]!r} stands under 'vars' and under "
            "'matrix'; keep one.",
            (*path, "matrix", both[0]),
        )
    count = math.prod(len(values) for values in model.matrix.values())
    if count > MOST_COMBINATIONS:
        raise document.error(
            SuiteError,
            f"case {model.id!r}: the matrix makes {count} cases, more than "
            f"{MOST_COMBINATIONS}; split the case or shorten a list.",
            (*path, "matrix"),
        )
    for values in itertools.product(*model.matrix.values()):
        suffix = "".join(f".{_slug(value)}" for value in values)
        yield suffix, dict(zip(model.matrix, values, strict=True))


def _slug(value: Any) -> str:
    """Return a short name for a value that stays the same when others join the list."""
    text = value if isinstance(value, str) else canonical_json(value).decode("utf-8")
    slug = re.sub(r"[^\w.+-]+", "-", text).strip("-.")
    if 0 < len(slug) <= _LONGEST_SLUG:
        return slug
    digest = hashlib.sha256(canonical_json(value)).hexdigest()[:8]
    return f"{slug[: _LONGEST_SLUG - 9]}-{digest}".lstrip("-")
