"""What a freeze covers, and what of it differs between two trees.

Prompts, their partials wherever links lead, the models and parameters, the lock,
and the freeze itself. Paths are compared as the most forgiving file system would
(case, Unicode, trailing dots): a name that some checkout takes for a frozen file
is that file. Where something cannot be read, more is covered and never less.
"""

from __future__ import annotations

import fnmatch
import hashlib
import posixpath
import re
import tomllib
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from promptgate.errors import PromptgateError
from promptgate.project import CONFIG, LOCK, ProjectSettings, open_project
from promptgate.prompts import list_prompts, load_prompt, read_lock
from promptgate.release.freeze import FREEZE_FILE, Freeze, FreezeSettings, Touched
from promptgate.release.history import LINK, SUBMODULE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from promptgate.files import Tree
    from promptgate.release.history import Entry, Repository

ATTRIBUTES = ".gitattributes"
_FROZEN_SECTIONS = ("project", "models", "freeze")
_PROSE = (".md", ".rst", ".adoc")
_RECORDS = ("incidents", "deployments")
# A model's id, or a variable of the environment that is set to one.
_PIN = rb"claude-[\w.@:-]*\d|\b(?:[A-Z][A-Z0-9]*_)*MODEL(?:_[A-Z0-9]+)*[\"']?\s*[:=]"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


@dataclass(frozen=True)
class Side:
    """One of the two trees that are compared.

    Attributes:
        entries: Every file of the repository by its path from the top.
        repository: What has the objects of the entries.
        tree: The project's files, for prompts and configuration.
    """

    entries: Mapping[str, Entry] = field(repr=False)
    repository: Repository
    tree: Tree

    def content(self, path: str) -> bytes | None:
        """Return a file's bytes, a link's target or a submodule's commit; None: no such file."""
        entry = self.entries.get(path)
        return None if entry is None else self.repository.read(entry)

    def stamp(self, path: str) -> str:
        """Return mode and SHA-256 of a file, '' where there is none."""
        content = self.content(path)
        if content is None:
            return ""
        return f"{self.entries[path].mode} {hashlib.sha256(content).hexdigest()}"


def fold(path: str) -> str:
    """Return a path as the most forgiving file system sees it."""
    plain = unicodedata.normalize("NFKC", path.replace("\\", "/"))
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", plain.casefold()))
    return "/".join(part.split(":")[0].rstrip(". ") or part for part in plain.split("/"))


def touched(freeze: Freeze, root: Path, before: Side, after: Side) -> list[Touched]:
    """Return what differs between two trees of that which a freeze covers.

    Args:
        freeze: What is frozen.
        root: The project's folder on disk.
        before: The tree that the change starts from.
        after: The tree that it arrives at.
    """
    paths = sorted(
        path
        for path in before.entries.keys() | after.entries.keys()
        if before.entries.get(path) != after.entries.get(path)
    )
    if not paths:
        return []
    scope = _Scope(freeze, root, before, after)
    return [
        Touched(path, why, before.stamp(path), after.stamp(path))
        for path in paths
        if (why := scope.why(path)) is not None
    ]


class _Scope:
    """Decides for a path that differs whether a freeze covers it, and as what."""

    def __init__(self, freeze: Freeze, root: Path, before: Side, after: Side) -> None:
        self._freeze = freeze
        self._sides = (before, after)
        self._prefix = before.repository.prefix
        self._everything = False
        self._files: tuple[str, ...] = ()
        self._models: set[str] = set()
        self._records = {fold(self._from_top(name)) for name in _RECORDS}
        self._covered: set[str] = set()
        for side in self._sides:
            self._open(root, side)
        if self._configure(root, before):
            self._everything = True
        self._follow_links()
        named = "|".join(re.escape(model) for model in sorted(self._models, reverse=True))
        known = rf"|(?<![\w-])(?:{named})(?![\w-])" if named else ""
        self._pin = re.compile(_PIN + known.encode())

    def why(self, path: str) -> str | None:
        """Return what the freeze covers a path as, or None where it does not."""
        folded = fold(path)
        name = posixpath.basename(folded)
        if name == fold(FREEZE_FILE) and self._is_above(posixpath.dirname(folded)):
            stood = any(fold(other) == folded for other in self._sides[0].entries)
            return "the freeze itself" if stood else None
        if name == CONFIG:
            return self._why_config(path)
        if folded == fold(self._from_top(LOCK)):
            return self._why_lock(path)
        if _overlaps(folded, self._covered):
            return "a prompt, a partial or the way to one"
        if name == ATTRIBUTES and _overlaps(posixpath.dirname(folded), self._covered):
            return "how git checks prompts out"
        if any(fnmatch.fnmatchcase(folded, fold(pattern)) for pattern in self._files):
            return "named in [freeze] of promptgate.toml"
        if self._pins_differ(path, folded):
            return "a model pin"
        return "something that may be frozen" if self._everything else None

    def _from_top(self, path: str) -> str:
        return posixpath.join(self._prefix, path) if self._prefix else path

    def _is_above(self, folder: str) -> bool:
        """Tell whether a folder is the project's, or one above it."""
        return folder == "" or _within(fold(self._prefix), folder)

    def _configure(self, root: Path, side: Side) -> bool:
        """Read `[freeze]` where the change starts; return whether it cannot be read."""
        try:
            settings = open_project(root, side.tree).section("freeze", FreezeSettings)
        except PromptgateError:
            return True
        self._files = tuple(self._from_top(pattern) for pattern in settings.files)
        return False

    def _open(self, root: Path, side: Side) -> None:
        """Cover the prompts of a side, and learn the ids of its models."""
        try:
            settings = open_project(root, side.tree).settings
        except PromptgateError:
            settings = ProjectSettings()
        recorded = (settings.cassettes, settings.reports)
        self._records |= {fold(self._from_top(name)) for name in recorded}
        closures: set[str] = {settings.prompts}
        try:
            lock = read_lock(side.tree)
            locked = dict(lock.prompts) if lock is not None else {}
            self._models |= {entry.model for entry in locked.values()}
            for name in self._freeze.prompts or locked:
                closures |= set(locked[name].closure) if name in locked else set()
            if self._freeze.prompts:
                closures |= self._closures(side, settings)
                closures.discard(settings.prompts)
        except PromptgateError:
            closures.add(settings.prompts)
        self._models |= {m for m in (settings.model, settings.candidate_model) if m}
        self._models |= _models_of(side, settings)
        self._covered |= {fold(self._from_top(path)) for path in closures}

    def _closures(self, side: Side, settings: ProjectSettings) -> set[str]:
        """Return the files of the frozen prompts.

        Raises:
            PromptError: One is broken, or is not there: its name alone does not tell
                which files it is made of.
        """
        found: set[str] = set()
        for name in self._freeze.prompts:
            prompt = load_prompt(
                side.tree, name, folder=settings.prompts, default_model=settings.model
            )
            found |= set(prompt.closure)
        return found

    def _follow_links(self) -> None:
        """Cover what links lead to from anything covered, until nothing is added."""
        links = [
            (fold(path), side.content(path) or b"")
            for side in self._sides
            for path, entry in side.entries.items()
            if entry.mode == LINK
        ]
        grown = True
        while grown:
            grown = False
            for path, target in links:
                if not self._leads_to_frozen(path):
                    continue
                place = posixpath.join(posixpath.dirname(path), fold(_text(target)))
                found = posixpath.normpath(place)
                if found == ".":
                    self._everything = True
                elif not found.startswith(("..", "/")) and found not in self._covered:
                    self._covered.add(found)
                    grown = True

    def _leads_to_frozen(self, path: str) -> bool:
        own = {fold(self._from_top(name)) for name in (CONFIG, LOCK, FREEZE_FILE)}
        return _overlaps(path, self._covered | own)

    def _why_config(self, path: str) -> str | None:
        """Compare what a configuration says of prompts and models.

        One in another folder is covered whole: it makes that folder a project of its own.
        """
        if path != self._from_top(CONFIG):
            return "another promptgate.toml"
        before, after = (_sections(side, path) for side in self._sides)
        same = before is not None and before == after
        return None if same else "the models or folders of promptgate.toml"

    def _why_lock(self, path: str) -> str | None:
        if path == self._from_top(LOCK) and self._freeze.prompts:
            before, after = (self._locked(side) for side in self._sides)
            if before is not None and before == after:
                return None
        return "the lock"

    def _locked(self, side: Side) -> dict[str, Any] | None:
        """Return what a lock says of the frozen prompts; None where it cannot be read."""
        try:
            lock = read_lock(side.tree)
        except PromptgateError:
            return None
        return {n: lock.prompts.get(n) if lock else None for n in self._freeze.prompts}

    def _pins_differ(self, path: str, folded: str) -> bool:
        if folded.endswith(_PROSE) or any(_within(folded, folder) for folder in self._records):
            return False
        before, after = (self._pins(side, path) for side in self._sides)
        return before != after

    def _pins(self, side: Side, path: str) -> list[bytes]:
        """Return the lines of a file that name a model."""
        if path not in side.entries or side.entries[path].mode in (LINK, SUBMODULE):
            return []
        lines = (side.content(path) or b"").splitlines()
        return sorted(line.strip() for line in lines if self._pin.search(line))


def _models_of(side: Side, settings: ProjectSettings) -> set[str]:
    """Return the models that prompts ask, as far as the prompts can be read."""
    found = set()
    with suppress(PromptgateError):
        for name in list_prompts(side.tree, settings.prompts):
            with suppress(PromptgateError):
                prompt = load_prompt(
                    side.tree, name, folder=settings.prompts, default_model=settings.model
                )
                found.add(prompt.model)
    return found


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _overlaps(path: str, covered: Iterable[str]) -> bool:
    """Tell whether a path is, is in, or is on the way to, something covered."""
    return any(path == "" or _within(path, other) or _within(other, path) for other in covered)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _sections(side: Side, path: str) -> dict[str, Any] | None:
    """Return the frozen sections of a promptgate.toml; None where it is absent or broken."""
    data = side.content(path)
    if data is None or side.entries[path].mode == LINK:
        return None
    try:
        parsed = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None
    return {name: parsed[name] for name in _FROZEN_SECTIONS if name in parsed}
