"""What to go back to: the last release of a prompt that is not what runs now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.documents import unknown_name
from promptgate.errors import InputError, LockError, PromptgateError
from promptgate.project import LOCK, open_project
from promptgate.prompts import Lock, LockTree, list_prompts, load_prompt, open_tree, read_lock
from promptgate.prompts.revisions import RELEASED
from promptgate.release.bases import find_bases
from promptgate.release.history import find_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from promptgate.project import Project
    from promptgate.prompts import LockedPrompt, Prompt
    from promptgate.release.history import Repository


@dataclass(frozen=True)
class Base:
    """The branch that the rollback is for.

    Attributes:
        name: 'origin/main', 'main', or 'HEAD'.
        commit: Its tip.
        prompt: As it is there; None: it has no such prompt, or a broken one.
        file: Of the prompt there.
        folder: Of the prompts there.
    """

    name: str
    commit: str
    prompt: Prompt | None
    file: str
    folder: str


@dataclass(frozen=True)
class Good:
    """A version to go back to.

    Attributes:
        label: How people name it: 'released', or a commit.
        commit: That it comes from; None: only the lock has it.
        fingerprint: 'sha256:…'.
        model: That it asks.
        file: Of the prompt, then.
        closure: Path to text, of all files that it is made of.
        locked: Its entry in a lock; None where none has it.
    """

    label: str
    commit: str | None
    fingerprint: str
    model: str
    file: str
    closure: Mapping[str, str]
    locked: LockedPrompt | None


def base_commit(project: Project, repository: Repository) -> tuple[str, str]:
    """Return the released branch as git has it here, and its tip; else 'HEAD'.

    Raises:
        InputError: Nothing is committed.
    """
    bases = find_bases(project, repository)
    where, commit = bases[0] if bases else ("HEAD", repository.commit_of("HEAD") or "")
    if not commit:
        raise InputError("nothing is committed here, so there is nothing to roll back.")
    return where, commit


def find_base(project: Project, repository: Repository, name: str) -> Base:
    """Return the released branch as git has it here, and the prompt on it.

    Raises:
        InputError: Nothing is committed.
    """
    where, commit = base_commit(project, repository)
    tree = open_tree(project, commit)
    settings = open_project(project.root, tree).settings
    file = f"{settings.prompts}/{name}.md"
    try:
        prompt = load_prompt(tree, name, folder=settings.prompts, default_model=settings.model)
    except PromptgateError:
        prompt = None
    if prompt is None and tree.read(file) is None:
        file = _renamed(repository, commit, file) or file
    return Base(where, commit, prompt, file, settings.prompts)


def _renamed(repository: Repository, commit: str, file: str) -> str | None:
    """Return what a file is called now, where history shows that it was renamed."""
    prefix = f"{repository.prefix}/" if repository.prefix else ""
    wanted, seen = file, False
    log = repository.git(
        "log", "--reverse", "-M", "--diff-filter=R", "--name-status", "-z", "--format=", commit
    ).decode("utf-8", "surrogateescape")
    fields = iter(field.strip("\n") for field in log.split("\0"))
    for field in fields:
        if not field.startswith("R"):
            continue
        before, after = next(fields, ""), next(fields, "")
        if before == prefix + wanted:
            wanted, seen = after.removeprefix(prefix), True
    return wanted if seen else None


def find_good(project: Project, base: Base, name: str, wanted: str | None) -> Good:
    """Return what to go back to.

    Args:
        project: As it is on disk.
        base: What the rollback is for.
        name: Of the prompt.
        wanted: A revision, or 'released'; None: the newest release that differs from the base.

    Raises:
        InputError: There is no such prompt there, or no release to go back to.
        RevisionError: The revision cannot be had.
    """
    if wanted is not None and wanted != RELEASED:
        return _at(project, name, wanted)
    running = base.prompt.fingerprint if base.prompt is not None else None
    for label, entry in _releases(project, base, name):
        if wanted == RELEASED or entry.fingerprint != running:
            # Reading it compares the text with the fingerprint beside it.
            tree = LockTree(Lock({name: entry}))
            load_prompt(tree, name, folder=entry.folder(name))
            return Good(
                label,
                entry.revision,
                entry.fingerprint,
                entry.model,
                entry.file,
                entry.closure,
                entry,
            )
    raise InputError(
        f"no release of {name!r} differs from what is on {base.name}: there is nothing to go back "
        "to. Name a revision with --to, or kill the feature."
    )


def _at(project: Project, name: str, revision: str) -> Good:
    tree = open_tree(project, revision)
    settings = open_project(project.root, tree).settings
    known = list_prompts(tree, settings.prompts)
    if name not in known:
        raise InputError(f"--to {revision}: {unknown_name('prompt', name, known)}")
    prompt = load_prompt(tree, name, folder=settings.prompts, default_model=settings.model)
    lock = read_lock(tree)
    entry = lock.prompts.get(name) if lock is not None else None
    if entry is not None and entry.fingerprint != prompt.fingerprint:
        entry = None
    return Good(
        revision, tree.commit, prompt.fingerprint, prompt.model, prompt.file, prompt.closure, entry
    )


def _releases(project: Project, base: Base, name: str) -> Iterator[tuple[str, LockedPrompt]]:
    """Give every release of a prompt that the base's history has, the newest first."""
    seen: set[str] = set()
    repository = find_repository(project.root)
    assert repository is not None
    path = f"{repository.prefix}/{LOCK}" if repository.prefix else LOCK
    log = repository.git("log", "--format=%H", base.commit, "--", path).decode().split()
    for number, commit in enumerate(dict.fromkeys([base.commit, *log])):
        try:
            lock = read_lock(open_tree(project, commit))
        except PromptgateError as error:
            if number == 0:
                raise LockError(f"the lock on {base.name} is damaged: {error}") from None
            continue
        entry = lock.prompts.get(name) if lock is not None else None
        if entry is not None and entry.fingerprint not in seen:
            seen.add(entry.fingerprint)
            label = RELEASED if len(seen) == 1 and number == 0 else entry.revision[:12]
            yield label, entry
