"""Whether prompts are frozen, and whether a change may pass all the same.

The freeze is read from the base branch, never from the change that is judged: a
branch that deletes or edits the file meets it as it stands on the base. A freeze
that only this work tree has (just written, not pushed) counts as well. Where the
base cannot be seen, nobody knows, and that blocks.
"""

from __future__ import annotations

import posixpath
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import BlockedError, EvidenceError, PromptgateError
from promptgate.project import CONFIG
from promptgate.prompts import list_prompts, load_prompt, open_tree, read_lock
from promptgate.prompts.remotes import base_remote
from promptgate.prompts.revisions import RELEASED, WORKTREE
from promptgate.release.bases import find_bases
from promptgate.release.freeze import FREEZE_FILE, Change, Freeze, Ruling, parse_freeze, rule
from promptgate.release.history import LINK, SUBMODULE, Repository, find_repository
from promptgate.release.scope import Side, fold, touched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from promptgate.project import Project
    from promptgate.prompts import Base

HEAD = "HEAD"
_SHOWN = 4


@dataclass(frozen=True)
class Standing:
    """A freeze, and where it stands.

    Attributes:
        where: A branch, a revision, or 'worktree'.
        commit: That a change is measured from; None where there is none.
        path: Of the file, from the top of the repository.
        data: What it holds.
        freeze: What that says.
    """

    where: str
    commit: str | None
    path: str
    data: bytes
    freeze: Freeze


@dataclass(frozen=True)
class Checked:
    """A change held against a freeze.

    Attributes:
        standing: The freeze.
        change: What the change does to frozen files.
        ruling: Whether it gets through.
    """

    standing: Standing
    change: Change
    ruling: Ruling

    @property
    def sentence(self) -> str:
        """Why the change is blocked and which command lets it through."""
        files = [f"{path} ({why})" for path, why in self.change.paths.items()]
        if (more := len(files) - _SHOWN) > 0:
            files[_SHOWN:] = [f"{more} more"]
        told = "".join(f"; {one}" for one in (*self.ruling.objections, *self.ruling.warnings))
        if self.standing.freeze.fault is not None:
            way = "correct the file there, or end the freeze with"
            command = "promptgate thaw --approved-by NAME"
        else:
            way = "the incident commander lets exactly this change through with"
            command = f"promptgate freeze approve {self.change.digest} --by NAME"
        return (
            f"on {self.standing.where}, {self.standing.freeze.describe()}, and this change "
            f"touches {', '.join(files)}{told}; {way} '{command}'"
        )


def check_freeze(project: Project, base: str, head: str, now: datetime) -> Checked | None:
    """Hold a change against the freeze that a base has; None where it has none.

    Args:
        project: As it is on disk.
        base: The revision that the change is to go into.
        head: The change: a revision, or 'worktree' for HEAD and the files on disk.
        now: With its time zone.

    Raises:
        RevisionError: A revision cannot be had, or there is no repository.
    """
    commit = open_tree(project, base).commit
    repository = find_repository(project.root)
    assert commit is not None
    assert repository is not None
    standing = freeze_at(repository, base, commit)
    return None if standing is None else _check(project, repository, standing, head, now)


def _check(
    project: Project, repository: Repository, standing: Standing, head: str, now: datetime
) -> Checked:
    change = change_between(project, repository, standing, head)
    return Checked(standing, change, rule(standing.freeze, change, now))


def change_between(
    project: Project, repository: Repository, standing: Standing, head: str
) -> Change:
    """Return what a change does to frozen files, from where it left the base.

    Where git knows no common commit (a shallow clone, another history) the base
    itself is compared, which shows more and never less.

    Raises:
        RevisionError: The change cannot be had.
    """
    assert standing.commit is not None
    tip = repository.commit_of(HEAD) if head == WORKTREE else open_tree(project, head).commit
    starts = repository.merge_bases(standing.commit, tip) if tip is not None else []
    found = set()
    for start in starts or [standing.commit]:
        before = Side(repository.entries(start), repository, open_tree(project, start))
        for after in _arrivals(project, repository, head, tip):
            found.update(touched(standing.freeze, project.root, before, after))
    return Change(tuple(sorted(found)))


def _arrivals(
    project: Project, repository: Repository, head: str, tip: str | None
) -> Iterator[Side]:
    """Give the trees that a change arrives at; for the work tree what is committed, too."""
    if tip is not None:
        yield Side(repository.entries(tip), repository, open_tree(project, tip))
    if head == WORKTREE:
        with repository.as_committed() as (aside, tree):
            if tip is None or tree != repository.line("rev-parse", f"{tip}^{{tree}}"):
                yield Side(aside.entries(tree), aside, open_tree(project, WORKTREE))


def freeze_at(repository: Repository, where: str, commit: str) -> Standing | None:
    """Return the freeze that a commit has for this project.

    It is in the project's folder, in one above it, or in that of a project that is
    gone from the disk: moving a frozen project must not leave its freeze behind.
    """
    entries = repository.entries(commit)
    ours = _folders(repository)
    found: dict[str, bytes | None] = {}
    for path in filter(_may_be_freeze, entries):
        folder, name, rest = _split_at_freeze(path)
        moved = f"{folder}/{CONFIG}" in entries and not (repository.top / folder / CONFIG).exists()
        if name and (folder in ours or moved):
            plain = not rest and entries[path].mode not in (LINK, SUBMODULE)
            found[posixpath.join(folder, name)] = repository.read(entries[path]) if plain else None
    return _standing(where, commit, list(found.items()))


def _may_be_freeze(path: str) -> bool:
    """Tell quickly, for trees of many files, whether a path is worth folding."""
    return not path.isascii() or "frozen" in path.lower()


def _split_at_freeze(path: str) -> tuple[str, str, str]:
    """Return the folder, the freeze file's name as written, and what is below it as a folder."""
    parts = path.split("/")
    for index, part in enumerate(parts):
        if fold(part) == fold(FREEZE_FILE):
            return "/".join(parts[:index]), part, "/".join(parts[index + 1 :])
    return path, "", ""


def freeze_on_disk(
    repository: Repository | None, root: Path, commit: str | None
) -> Standing | None:
    """Return the freeze that the work tree has, committed or not."""
    tops = [repository.top / folder for folder in _folders(repository)] if repository else [root]
    files = [file for top in tops for file in top.iterdir() if fold(file.name) == fold(FREEZE_FILE)]
    home = repository.top if repository is not None else root
    return _standing(
        WORKTREE,
        commit,
        [
            (
                file.relative_to(home).as_posix(),
                file.read_bytes() if file.is_file() and not file.is_symlink() else None,
            )
            for file in files
        ],
    )


def _folders(repository: Repository) -> list[str]:
    """Return '' and every folder from the top down to the project's."""
    parts = repository.prefix.split("/") if repository.prefix else []
    return ["", *("/".join(parts[: count + 1]) for count in range(len(parts)))]


def _standing(
    where: str, commit: str | None, found: list[tuple[str, bytes | None]]
) -> Standing | None:
    if not found:
        return None
    path, data = found[0]
    if len(found) > 1 or data is None:
        what = "no plain file" if len(found) == 1 else "there more than once"
        broken = Freeze("", "", "", "unknown", fault=f"it is {what}")
        return Standing(where, commit, path, b"", broken)
    return Standing(where, commit, path, data, parse_freeze(data))


def standing_freezes(project: Project, base: Base | None = None) -> tuple[Standing, ...]:
    """Return every freeze in force here: those of the base branches, else this branch's own.

    Args:
        project: As it is on disk.
        base: Of the change, where that may be none of the branches.
    """
    repository = find_repository(project.root)
    if repository is None:
        own = freeze_on_disk(None, project.root, None)
        return () if own is None else (own,)
    return _standing_in(project, repository, find_bases(project, repository), base)


def _standing_in(
    project: Project,
    repository: Repository,
    bases: Sequence[tuple[str, str]],
    base: Base | None,
) -> tuple[Standing, ...]:
    """Return the freezes in force in a repository, given the branches that a change may be for."""
    bases = list(bases)
    if base is not None and base.commit not in (None, *(commit for _, commit in bases)):
        bases.append((base.revision, str(base.commit)))
    found = [freeze_at(repository, where, commit) for where, commit in bases]
    standing = tuple(one for one in found if one is not None)
    if standing:
        return standing
    head = repository.commit_of(HEAD)
    start = bases[0][1] if bases else head
    own = freeze_on_disk(repository, project.root, start)
    if own is None and head is not None and start is not None:
        own = freeze_at(repository, HEAD, head)
        own = own and Standing(own.where, start, own.path, own.data, own.freeze)
    return () if own is None else (own,)


def blocked_by_freeze(
    project: Project, candidate: str, now: datetime, base: Base | None = None
) -> tuple[str, ...]:
    """Say why a candidate may not be released during a freeze; () where nothing stands against it.

    Args:
        project: As it is on disk.
        candidate: The revision that the gate judges.
        now: With its time zone.
        base: Of the change, where that may be none of the branches.

    Raises:
        RevisionError: The candidate cannot be had.
    """
    if candidate == RELEASED:
        return ()
    repository = find_repository(project.root)
    if repository is None:
        found = standing_freezes(project)
    else:
        bases = find_bases(project, repository)
        given = base is not None and base.commit is not None
        if not bases and not given and _has_remote(repository):
            return (_unseen(project, repository),)
        found = _standing_in(project, repository, bases, base)
    sentences = []
    for standing in found:
        if repository is None or standing.commit is None:
            sentences.append(
                f"{standing.freeze.describe()}, and without a commit nothing shows what changed; "
                "end the freeze with 'promptgate thaw --approved-by NAME'"
            )
            continue
        checked = _check(project, repository, standing, candidate, now)
        if checked.ruling.blocked:
            sentences.append(checked.sentence)
    return tuple(dict.fromkeys(sentences))


@contextmanager
def blocking(blocked: tuple[str, ...]) -> Iterator[None]:
    """Let what is blocked end as blocked, also where its evidence fails.

    Raises:
        BlockedError: Something is in the way, and the evidence failed as well.
    """
    try:
        yield
    except EvidenceError as error:
        if blocked:
            raise BlockedError(
                f"Blocked: {'; '.join(blocked)}. The gate itself ended without a decision: {error}"
            ) from None
        raise


def _has_remote(repository: Repository) -> bool:
    return bool(repository.git("remote").strip())


def _unseen(project: Project, repository: Repository) -> str:
    branch, remote = project.settings.default_branch, base_remote(repository.line)
    return (
        f"git knows no branch {branch!r} here, so nobody can tell whether prompts are frozen; run "
        f"'git fetch {remote} {branch}:refs/remotes/{remote}/{branch}', or correct "
        "'default_branch' in promptgate.toml"
    )


def release_blocked(
    project: Project, now: datetime, prompts: Sequence[str] = ()
) -> tuple[str, ...]:
    """Say why nothing may be released now; () where nothing stands against it.

    Beside a change that a freeze blocks, this is a change of the lock: releasing a
    prompt that was edited before the freeze is a change during it.

    Args:
        project: As it is on disk.
        now: With its time zone.
        prompts: What is to be released; () is all.

    Raises:
        RevisionError: The repository cannot be read.
    """
    blocked = blocked_by_freeze(project, WORKTREE, now)
    if blocked:
        return blocked
    repository = find_repository(project.root)
    for standing in standing_freezes(project):
        changed = _would_be_released(project, standing.freeze)
        names = [name for name in changed if not prompts or name in prompts]
        if not names or repository is None or standing.commit is None:
            continue
        if not _check(project, repository, standing, WORKTREE, now).ruling.approval:
            sentence = (
                f"on {standing.where}, {standing.freeze.describe()}, and this would release "
                f"{', '.join(names)}; end the freeze with 'promptgate thaw --approved-by NAME'"
            )
            return (sentence,)
    return ()


def _would_be_released(project: Project, freeze: Freeze) -> list[str]:
    """Return the frozen prompts whose entry in the lock is not what is on disk."""
    tree = open_tree(project, WORKTREE)
    settings = project.settings
    lock = read_lock(tree)
    found = []
    for name in freeze.prompts or list_prompts(tree, settings.prompts):
        locked = lock.prompts.get(name) if lock is not None else None
        try:
            prompt = load_prompt(tree, name, folder=settings.prompts, default_model=settings.model)
        except PromptgateError:
            found.append(name)
            continue
        if locked is None or locked.fingerprint != prompt.fingerprint:
            found.append(name)
    return found
