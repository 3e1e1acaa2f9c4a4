"""promptgate.lock: reading it, writing it as text, and its prompts as a tree.

The lock keeps the text of every released prompt and of all it uses, so that
`released` resolves in a shallow clone, after a squash and after a rebase. It is
written in literal blocks: a pull request shows the prompt's text as it is. This
package reads it and knows its format; `promptgate release` decides what goes in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from promptgate.documents import Document, StrictModel, load_yaml, unknown_name, validate
from promptgate.errors import InputError, LockError
from promptgate.files import decode
from promptgate.project import LOCK

if TYPE_CHECKING:
    from promptgate.files import Tree

VERSION = 1
JUDGED = "judged"
"""In place of a generation: the next baseline is what let the prompt through."""
_HEADER = "# What the gate approved. Written by 'promptgate release'; do not edit by hand.\n"
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*")
_NOT_LITERAL = re.compile(
    "[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class _PromptModel(StrictModel):
    file: str
    fingerprint: str
    revision: str
    model: str
    parameters: dict[str, Any]
    evidence: str | None = None
    recordings: str | None = None
    closure: dict[str, str]


class _ApplicationModel(StrictModel):
    fingerprint: str
    revision: str


class _AnchorModel(StrictModel):
    by: str
    reason: str
    moved: str
    prompts: dict[str, _PromptModel]


class _LockModel(StrictModel):
    version: Literal[1]
    prompts: dict[str, _PromptModel]
    applications: dict[str, _ApplicationModel] = Field(default_factory=dict)
    anchor: _AnchorModel | None = None


@dataclass(frozen=True)
class LockedPrompt:
    """What was approved of one prompt.

    Attributes:
        file: Path of the prompt's own file when it was released.
        fingerprint: 'sha256:…' of the prompt.
        revision: The commit that was released.
        model: The model as resolved then.
        parameters: What is sent beside model, system and messages.
        evidence: Digest of what the decision stood on; None for a first release.
        closure: Path in the project to text, of all files that the prompt is made of.
        recordings: Generation that was recorded as the next baseline and that no gate has
            judged; JUDGED where the release went without; None where nothing was asked.
    """

    file: str
    fingerprint: str
    revision: str
    model: str
    parameters: Mapping[str, Any]
    evidence: str | None
    closure: Mapping[str, str] = field(repr=False)
    recordings: str | None = None

    def folder(self, name: str) -> str:
        """Return the prompts folder at the time of the release."""
        return self.file.removesuffix(f"/{name}.md")


@dataclass(frozen=True)
class LockedApplication:
    """What was approved of one application beside its prompts.

    Attributes:
        fingerprint: 'sha256:…' of its code.
        revision: The commit whose code was approved.
    """

    fingerprint: str
    revision: str


@dataclass(frozen=True)
class LockedAnchor:
    """The release that every candidate is compared with too, until a person moves it.

    Attributes:
        by: Who moved it here.
        reason: Why.
        moved: The day, UTC, as '2026-11-27'.
        prompts: What was released then.
    """

    by: str
    reason: str
    moved: str
    prompts: Mapping[str, LockedPrompt] = field(repr=False)


@dataclass(frozen=True)
class Lock:
    """What is released: prompts by name, applications by target; and the anchor, if any."""

    prompts: Mapping[str, LockedPrompt]
    applications: Mapping[str, LockedApplication] = field(default_factory=dict)
    anchor: LockedAnchor | None = None


class LockTree:
    """The files of the released prompts. It has no others: no suites, no promptgate.toml.

    Two prompts that were released at different times may hold different texts of
    one partial: `closure(name)` is the tree of one prompt.
    """

    def __init__(self, lock: Lock, revision: str = "released") -> None:
        self.lock = lock
        self._revision = revision

    @property
    def revision(self) -> str:
        """'released', or 'anchor'."""
        return self._revision

    @property
    def commit(self) -> str | None:
        """None: each prompt has its own, `lock.prompts[name].revision`."""
        return None

    def read(self, path: str) -> bytes | None:
        """Return the text of a file, or None where no released prompt uses it.

        Raises:
            LockError: Two prompts were released with different texts of it.
        """
        texts = {p.closure[path] for p in self.lock.prompts.values() if path in p.closure}
        if len(texts) > 1:
            raise LockError(
                f"{path!r} has {len(texts)} released texts, as its prompts were released at "
                "different times; read it for one prompt.",
                file=LOCK,
            )
        return texts.pop().encode() if texts else None

    def list(self, folder: str) -> list[str]:
        """Return the paths of all released files below a folder, sorted."""
        paths = {path for prompt in self.lock.prompts.values() for path in prompt.closure}
        return sorted(path for path in paths if path.startswith(f"{folder}/"))

    def locked(self, name: str) -> LockedPrompt:
        """Return one prompt's entry.

        Raises:
            LockError: It was never released.
        """
        if name not in self.lock.prompts:
            message = unknown_name("released prompt", name, list(self.lock.prompts))
            raise LockError(f"{message} Release it with 'promptgate release'.", file=LOCK)
        return self.lock.prompts[name]

    def closure(self, name: str) -> LockTree:
        """Return the tree of one prompt alone.

        Raises:
            LockError: It was never released.
        """
        return LockTree(Lock({name: self.locked(name)}), self._revision)


def read_lock(tree: Tree) -> Lock | None:
    """Read the lock of a revision; None where it has none.

    Raises:
        LockError: It cannot be read, or holds what this version does not know.
    """
    data = tree.read(LOCK)
    if data is None:
        return None
    try:
        document = load_yaml(decode(data, LOCK), LOCK)
    except InputError as error:
        raise LockError(error.message, file=error.file, line=error.line) from None
    version = document.data.get("version") if isinstance(document.data, Mapping) else None
    if isinstance(version, int) and version > VERSION:
        raise document.error(
            LockError,
            f"the lock has version {version}, newer than {VERSION}; upgrade promptgate.",
            ("version",),
        )
    model = validate(_LockModel, document, LockError, what="the lock")
    prompts = _read_prompts(document, model.prompts, ("prompts",))
    anchor = None
    if (at := model.anchor) is not None:
        own = _read_prompts(document, at.prompts, ("anchor", "prompts"))
        anchor = LockedAnchor(at.by, at.reason, at.moved, own)
    applications = {
        name: LockedApplication(**dict(app)) for name, app in model.applications.items()
    }
    return Lock(prompts, applications, anchor)


def _read_prompts(
    document: Document, prompts: Mapping[str, _PromptModel], place: tuple[str, ...]
) -> dict[str, LockedPrompt]:
    """Return entries as they are used, each with its own text.

    Raises:
        LockError: One lacks it.
    """
    for name, entry in prompts.items():
        if entry.file not in entry.closure or not entry.file.endswith(f"{name}.md"):
            raise document.error(
                LockError,
                f"'closure' of {name!r} lacks its own file {entry.file!r}; "
                "restore the lock from git.",
                (*place, name, "file"),
            )
    return {name: LockedPrompt(**dict(entry)) for name, entry in prompts.items()}


def dump_lock(lock: Lock) -> str:
    """Return the lock as text that `read_lock` reads back exactly.

    Prompts are sorted by name, so that two releases of different prompts merge.
    """
    content: dict[str, Any] = {"version": VERSION, "prompts": _plain(lock.prompts)}
    if lock.applications:
        content["applications"] = {
            target: {"fingerprint": app.fingerprint, "revision": app.revision}
            for target, app in sorted(lock.applications.items())
        }
    if (at := lock.anchor) is not None:
        told = {"by": at.by, "reason": at.reason, "moved": at.moved}
        content["anchor"] = {**told, "prompts": _plain(at.prompts)}
    return _HEADER + "".join(_lines(content, 0))


def _plain(prompts: Mapping[str, LockedPrompt]) -> dict[str, Any]:
    return {
        name: {
            "file": entry.file,
            "fingerprint": entry.fingerprint,
            "revision": entry.revision,
            "model": entry.model,
            "parameters": entry.parameters,
            "evidence": entry.evidence,
            **({"recordings": entry.recordings} if entry.recordings else {}),
            "closure": entry.closure,
        }
        for name, entry in sorted(prompts.items())
    }


def _lines(value: Mapping[str, Any], indent: int) -> list[str]:
    """Return the YAML lines of a mapping: keys plain, scalars as JSON, texts as blocks."""
    written = []
    for key, inner in value.items():
        name = key if _PLAIN_KEY.fullmatch(key) else _quoted(key)
        head = f"{' ' * indent}{name}:"
        if isinstance(inner, Mapping) and inner:
            written += [f"{head}\n", *_lines(inner, indent + 2)]
        elif isinstance(inner, str) and "\n" in inner and _fits_block(inner):
            written += [f"{head} |2{_chomp(inner)}\n", *_block(inner, indent + 2)]
        else:
            written.append(f"{head} {_flow(inner)}\n")
    return written


def _fits_block(text: str) -> bool:
    return not _NOT_LITERAL.search(text) and bool(text.strip("\n"))


def _chomp(text: str) -> str:
    """Return the mark that keeps none, one or all of the newlines at the end."""
    if not text.endswith("\n"):
        return "-"
    return "+" if text.endswith("\n\n") else ""


def _block(text: str, indent: int) -> list[str]:
    body = text.removesuffix("\n")
    return [f"{' ' * indent}{line}\n" if line else "\n" for line in body.split("\n")]


def _flow(value: Any) -> str:
    """Return a value in JSON's notation, which YAML shares."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quoted(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return json.dumps(value, allow_nan=False)


def _quoted(text: str) -> str:
    """Return a text in double quotes, with what YAML cannot show escaped."""

    def escape(match: re.Match[str]) -> str:
        return f"\\u{ord(match.group()):04x}"

    return _NOT_LITERAL.sub(escape, json.dumps(text, ensure_ascii=False))
