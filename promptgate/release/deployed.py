"""What runs where: a log for each environment, and whether a gate has seen what runs.

A deployment is a fact that somebody reports, so it is written down also where it
should not be: drift is what the log is for. The log is one line a deployment
under deployments/, for git to keep.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from promptgate.documents import StrictModel, load_json, unknown_name, validate
from promptgate.errors import InputError, PromptgateError
from promptgate.files import read_text, write_atomic
from promptgate.project import LOCK
from promptgate.prompts import Lock, LockTree, list_prompts, load_prompt, open_tree, read_lock
from promptgate.prompts.revisions import WORKTREE
from promptgate.release.bases import find_bases
from promptgate.release.frozen import HEAD
from promptgate.release.history import find_repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from promptgate.project import Project

FOLDER = "deployments"
_ENVIRONMENT = re.compile(r"[A-Za-z0-9][\w.-]*")
_FINGERPRINT = re.compile(r"sha256:[0-9a-f]{64}")


class State(StrEnum):
    """How what runs stands to what was released."""

    CURRENT = "released"
    EARLIER = "released earlier"
    DRIFT = "drift"


class _Line(StrictModel):
    at: str
    prompt: str
    fingerprint: str
    model: str | None = None


@dataclass(frozen=True)
class Deployment:
    """One line of the log.

    Attributes:
        at: When it was reported, UTC.
        prompt: Its name.
        fingerprint: 'sha256:…' of what runs.
        model: That answers there, where it was reported.
    """

    at: datetime
    prompt: str
    fingerprint: str
    model: str | None = None


@dataclass(frozen=True)
class Running:
    """What runs in an environment, and how that stands to what was released.

    Attributes:
        deployment: As it was reported.
        state: The verdict.
        told: Why, as a sentence without its full stop.
        revision: The commit that was released with this fingerprint; None: none.
    """

    deployment: Deployment
    state: State
    told: str
    revision: str | None


@dataclass(frozen=True)
class _Seen:
    """One prompt that a gate let through."""

    revision: str
    model: str
    current: bool


def record(
    project: Project,
    environment: str,
    fingerprint: str,
    now: datetime,
    *,
    prompt: str | None = None,
    model: str | None = None,
) -> Running:
    """Write down what an environment runs, and say how it stands to what was released.

    Args:
        project: As it is on disk.
        environment: Its name.
        fingerprint: 'sha256:…', as the product logs it.
        now: With its time zone.
        prompt: Whose it is; None finds it among the releases.
        model: The model that answers there.

    Raises:
        InputError: A value is wrong, or nothing tells whose fingerprint it is.
        LockError: The lock is damaged.
    """
    file = _log(project, environment)
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise InputError(
            f"--fingerprint must be 'sha256:' and 64 hexadecimal digits, but got {fingerprint!r}; "
            "the product has it as promptgate.load(NAME).fingerprint."
        )
    seen = dict(_releases(project, fingerprint))
    name = prompt or next(iter(seen), None) or _only_prompt(project)
    if name is None:
        raise InputError(
            f"no release has the fingerprint {fingerprint}; say whose it is with --prompt NAME."
        )
    deployment = Deployment(now, name, fingerprint, model)
    line = _Line(at=now.isoformat(), prompt=name, fingerprint=fingerprint, model=model)
    text = read_text(file) if file.exists() else ""
    _read(text, f"{FOLDER}/{file.name}")  # a damaged log is not written on
    written = json.dumps(line.model_dump(exclude_none=True), ensure_ascii=False)
    write_atomic(file, f"{text}{written}\n")
    return _judge(deployment, seen.get(name))


def running(project: Project, environment: str) -> tuple[Running, ...]:
    """Return what an environment runs: the last report of each prompt, by name.

    Raises:
        InputError: Nothing is recorded for it, or its log is damaged.
        LockError: The lock is damaged.
    """
    file = _log(project, environment)
    if not file.exists():
        known = environments(project)
        hint = unknown_name("environment", environment, known) if known else ""
        raise InputError(
            f"nothing is recorded for {environment!r}; {hint + ' Or ' if hint else ''}record it "
            f"with 'promptgate deployed --env {environment} --fingerprint sha256:…'."
        )
    last = {line.prompt: line for line in _read(read_text(file), f"{FOLDER}/{file.name}")}
    return tuple(
        _judge(last[name], dict(_releases(project, last[name].fingerprint)).get(name))
        for name in sorted(last)
    )


def environments(project: Project) -> list[str]:
    """Return the environments that have a log, sorted."""
    return sorted(file.stem for file in (project.root / FOLDER).glob("*.jsonl"))


def _log(project: Project, environment: str) -> Path:
    if not _ENVIRONMENT.fullmatch(environment):
        raise InputError(
            f"--env must be letters, digits, '.', '_' and '-', but got {environment!r}."
        )
    return project.root / FOLDER / f"{environment}.jsonl"


def _read(text: str, file: str) -> list[Deployment]:
    found = []
    for number, written in enumerate(text.splitlines(), 1):
        if not written.strip():
            continue
        document = load_json(written, file, first_line=number)
        line = validate(_Line, document, InputError, what="the line")
        try:
            at = datetime.fromisoformat(line.at)
        except ValueError:
            raise document.error(InputError, f"'at' is no time: {line.at!r}.", ("at",)) from None
        found.append(Deployment(at, line.prompt, line.fingerprint, line.model))
    return found


def _judge(deployment: Deployment, seen: _Seen | None) -> Running:
    name = deployment.prompt
    if seen is None:
        told = f"no release of {name!r} has this fingerprint: no gate has seen what runs"
        return Running(deployment, State.DRIFT, told, None)
    if deployment.model is not None and deployment.model != seen.model:
        told = f"{deployment.model!r} answers, and {name!r} was released with {seen.model!r}"
        return Running(deployment, State.DRIFT, told, seen.revision)
    if seen.current:
        told = "it is what promptgate.lock approves"
        return Running(deployment, State.CURRENT, told, seen.revision)
    told = "it was released once, and something else is released now"
    return Running(deployment, State.EARLIER, told, seen.revision)


def _releases(project: Project, fingerprint: str) -> Iterator[tuple[str, _Seen]]:
    """Give every prompt that was ever released with a fingerprint, the newest release last.

    Raises:
        LockError: The lock as it is now is damaged, or was edited by hand.
    """
    for lock in _earlier_locks(project):
        for name, entry in lock.prompts.items():
            if entry.fingerprint == fingerprint and entry.evidence is not None:
                yield name, _Seen(entry.revision, entry.model, current=False)
    now = read_lock(open_tree(project, WORKTREE)) or Lock({})
    for name, entry in now.prompts.items():
        if entry.fingerprint == fingerprint and entry.evidence is not None:
            # Reading it compares the text with the fingerprint beside it.
            load_prompt(LockTree(now).closure(name), name, folder=entry.folder(name))
            yield name, _Seen(entry.revision, entry.model, current=True)


def _earlier_locks(project: Project) -> Iterator[Lock]:
    """Give every lock that this branch and the default branch ever had, oldest first."""
    repository = find_repository(project.root)
    if repository is None or repository.commit_of(HEAD) is None:
        return
    tips = [HEAD, *(commit for _, commit in find_bases(project, repository))]
    path = f"{repository.prefix}/{LOCK}" if repository.prefix else LOCK
    log = repository.git("log", "--reverse", "--format=%H", *tips, "--", path)
    for commit in log.decode().split():
        try:
            lock = read_lock(open_tree(project, commit))
        except PromptgateError:
            continue
        if lock is not None:
            yield lock


def _only_prompt(project: Project) -> str | None:
    names = list_prompts(project.tree, project.settings.prompts)
    return names[0] if len(names) == 1 else None
