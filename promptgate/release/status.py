"""Where every prompt stands: released, on disk, on the branches, deployed; and any freeze."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from promptgate.errors import PromptgateError
from promptgate.project import CONFIG, open_project
from promptgate.prompts import list_prompts, load_prompt, open_tree, read_lock
from promptgate.prompts.revisions import WORKTREE
from promptgate.release.deployed import Running, environments, running
from promptgate.release.frozen import standing_freezes
from promptgate.release.history import find_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from promptgate.files import Tree
    from promptgate.project import Project
    from promptgate.prompts import LockedPrompt
    from promptgate.release.frozen import Standing
    from promptgate.release.history import Repository


class PromptState(StrEnum):
    """How a prompt stands to what is released."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "not released"
    REMOVED = "removed"
    BROKEN = "broken"


@dataclass(frozen=True)
class PromptStatus:
    """One prompt.

    Attributes:
        name: As in `prompts/<name>.md`.
        released: Its entry in the lock; None: it was never released.
        worktree: How the file on disk stands to that.
        fingerprint: Of the file on disk; None where it is absent or broken.
        fault: Why it is broken.
    """

    name: str
    released: LockedPrompt | None
    worktree: PromptState
    fingerprint: str | None
    fault: str | None = None


@dataclass(frozen=True)
class BranchStatus:
    """A branch with other prompts than the released ones.

    Attributes:
        name: 'topic', 'origin/topic'.
        commit: Its tip.
        prompts: Name to how it stands to the release: 'changed', 'not released', ….
    """

    name: str
    commit: str
    prompts: Mapping[str, str]


@dataclass(frozen=True)
class Status:
    """Everything that `promptgate status` tells.

    Attributes:
        prompts: By name.
        branches: Those whose prompts are not what is released, the newest first.
        unchanged: How many branches have what is released.
        freezes: Those in force here.
        deployed: Environment to what runs there.
    """

    prompts: tuple[PromptStatus, ...]
    branches: tuple[BranchStatus, ...]
    unchanged: int
    freezes: tuple[Standing, ...]
    deployed: Mapping[str, tuple[Running, ...]] = field(default_factory=dict)


def status(project: Project) -> Status:
    """Look at the lock, the work tree, the branches, the deployments and the freeze.

    Raises:
        LockError: The lock is damaged.
        InputError: A log of deployments is damaged.
    """
    tree = open_tree(project, WORKTREE)
    lock = read_lock(tree)
    released = dict(lock.prompts) if lock is not None else {}
    prompts = tuple(_compare(tree, released, project.settings.prompts, project.settings.model))
    repository = find_repository(project.root)
    branches = [] if repository is None else list(_branches(project, repository, released))
    return Status(
        prompts,
        tuple(branch for branch in branches if branch.prompts),
        sum(not branch.prompts for branch in branches),
        standing_freezes(project),
        {name: running(project, name) for name in environments(project)},
    )


def _compare(
    tree: Tree, released: Mapping[str, LockedPrompt], folder: str, model: str | None
) -> Iterator[PromptStatus]:
    """Give how each prompt of a tree, and each that was released, stands to the release."""
    present = list_prompts(tree, folder)
    for name in sorted({*present, *released}):
        entry = released.get(name)
        if name not in present:
            yield PromptStatus(name, entry, PromptState.REMOVED, None)
            continue
        try:
            found = load_prompt(tree, name, folder=folder, default_model=model).fingerprint
        except PromptgateError as error:
            yield PromptStatus(name, entry, PromptState.BROKEN, None, str(error))
            continue
        same = entry is not None and entry.fingerprint == found
        how = PromptState.SAME if same else PromptState.CHANGED
        if entry is None:
            how = PromptState.NEW
        yield PromptStatus(name, entry, how, found)


def _branches(
    project: Project, repository: Repository, released: Mapping[str, LockedPrompt]
) -> Iterator[BranchStatus]:
    """Give every branch, the newest first; one text on many branches is read once."""
    listed = repository.git(
        "for-each-ref",
        "--sort=-committerdate",
        "--format=%(objectname) %(symref) %(refname)",
        "refs/heads",
        "refs/remotes",
    )
    known: dict[str, Mapping[str, str]] = {}
    seen: set[tuple[str, str]] = set()
    for line in listed.decode("utf-8", "surrogateescape").splitlines():
        commit, symbolic, ref = line.split(" ")
        name = ref.removeprefix("refs/heads/").removeprefix("refs/remotes/")
        own = (commit, name.split("/", 1)[-1] if ref.startswith("refs/remotes/") else name)
        if symbolic or own in seen:
            continue
        seen.add(own)
        key = _key(project, repository, commit)
        if key not in known:
            known[key] = _differences(project, commit, released)
        yield BranchStatus(name, commit, known[key])


def _key(project: Project, repository: Repository, commit: str) -> str:
    """Return what decides the prompts of a commit: their folder's tree and the configuration."""
    prefix = f"{repository.prefix}/" if repository.prefix else ""
    config = repository.line("rev-parse", "--verify", "--quiet", f"{commit}:{prefix}{CONFIG}")
    folder = f"{commit}:{prefix}{project.settings.prompts}"
    texts = repository.line("rev-parse", "--verify", "--quiet", folder)
    return commit if config is None or texts is None else f"{config} {texts}"


def _differences(
    project: Project, commit: str, released: Mapping[str, LockedPrompt]
) -> Mapping[str, str]:
    try:
        tree = open_tree(project, commit)
        settings = open_project(project.root, tree).settings
        compared = list(_compare(tree, released, settings.prompts, settings.model))
    except PromptgateError as error:
        return {"": f"{PromptState.BROKEN}: {error}"}
    return {
        prompt.name: prompt.worktree
        for prompt in compared
        if prompt.worktree is not PromptState.SAME
    }
