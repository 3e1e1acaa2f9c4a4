"""Write, extend and end a freeze: on the protected branch, or in the work tree.

Pushing makes one commit of the one file on the branch as the remote has it now,
whatever is checked out here. What cannot be pushed is written here, and the way
to bring it there by hand is returned.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.documents import unknown_name
from promptgate.errors import InputError
from promptgate.files import write_atomic
from promptgate.prompts import list_prompts
from promptgate.prompts.revisions import WORKTREE
from promptgate.release.bases import find_bases
from promptgate.release.freeze import FREEZE_FILE, FreezeSettings, same_person
from promptgate.release.freeze_text import (
    Request,
    check_commander,
    freeze_text,
    with_approval,
    with_commander,
)
from promptgate.release.frozen import (
    check_freeze,
    freeze_at,
    freeze_on_disk,
    standing_freezes,
)
from promptgate.release.history import GitRefused, find_repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from promptgate.project import Project
    from promptgate.release.frozen import Checked, Standing
    from promptgate.release.history import Repository


class FrozenAlready(InputError):
    """Prompts are frozen where they were to be frozen."""


@dataclass(frozen=True)
class Placed:
    """Where a freeze, an approval or a thaw was written.

    Attributes:
        path: Of the freeze file, from the top of the repository.
        branch: That it is meant for.
        text: What the file holds now; None: it was deleted.
        commit: That was pushed; None: the work tree was written instead.
        refused: Why it was not pushed though it was asked for.
        remote: That it was pushed to where promptgate.toml names none; None: it names one, or
            nothing was pushed.
    """

    path: str
    branch: str
    text: str | None
    commit: str | None = None
    refused: str | None = None
    remote: str | None = None


def freeze_remote(project: Project, repository: Repository | None) -> str | None:
    """Return the remote to push a freeze to: as promptgate.toml has it, else the only one."""
    named = project.section("freeze", FreezeSettings).remote
    if named is not None or repository is None:
        return named
    remotes = repository.git("remote").decode().split()
    return remotes[0] if len(remotes) == 1 else None


def freeze(project: Project, request: Request, now: datetime, *, push: bool) -> Placed:
    """Freeze prompts. Pushing a freeze that only this work tree has pushes that one, as it is.

    Raises:
        InputError: A value is wrong, or a prompt is unknown.
        FrozenAlready: They are frozen.
    """
    known = list_prompts(project.tree, project.settings.prompts)
    for name in request.prompts:
        if name not in known:
            raise InputError(f"--prompt: {unknown_name('prompt', name, known)}")
    text = freeze_text(request, now)
    own = _unpushed(project, request) if push else None

    def edit(standing: Standing | None) -> bytes:
        if own is not None and (standing is None or standing.where == WORKTREE):
            return own.data
        if standing is not None:
            raise FrozenAlready(
                f"{standing.freeze.describe()} already; "
                "end that first with 'promptgate thaw --approved-by NAME'.",
                file=standing.path,
            )
        return text.encode()

    placed = _place(project, edit, f"Freeze prompts: {request.reason.strip()}", push=push)
    if own is not None:
        _tidy(project, placed)
    return placed


def _unpushed(project: Project, request: Request) -> Standing | None:
    """Return the freeze that the work tree alone has, or that belongs to the same incident."""
    repository = find_repository(project.root)
    own = freeze_on_disk(repository, project.root, None)
    if repository is None or own is None or own.freeze.fault is not None:
        return None
    same = own.freeze.incident == request.incident
    return own if same or not _tracked(repository, own.path) else None


def _tracked(repository: Repository, path: str) -> bool:
    return bool(repository.git("ls-files", "--", f":(top,literal){path}").strip())


def _tidy(project: Project, placed: Placed) -> None:
    """Remove the copy here that git does not track, once pushed: the next pull would stop at it."""
    repository = find_repository(project.root)
    if repository is not None and placed.commit and not _tracked(repository, placed.path):
        (repository.top / placed.path).unlink(missing_ok=True)


def approve(project: Project, change: str, by: str, until: datetime, *, push: bool) -> Placed:
    """Let one change through the freeze.

    Args:
        project: As it is on disk.
        change: Its 'sha256:…'.
        by: The incident commander.
        until: When the approval ends.
        push: Whether to push it to the protected branch.

    Raises:
        InputError: Nothing is frozen, or a value is wrong.
        BlockedError: Somebody else commands the incident.
    """
    return _place(project, _approving(change, by, until), _approval(change), push=push)


def push_approval(project: Project, change: str, by: str, until: datetime) -> str:
    """Let one change through the freeze on the protected branch; the work tree is not written.

    Returns:
        The commit that was pushed.

    Raises:
        InputError: Nothing is frozen, a value is wrong, or no remote is configured.
        BlockedError: Somebody else commands the incident.
        GitRefused: The branch cannot be fetched, or the remote refused the push.
    """
    repository = find_repository(project.root)
    remote = freeze_remote(project, repository)
    if repository is None or remote is None:
        raise InputError(_no_remote(repository))
    branch = project.settings.default_branch
    edit = _approving(change, by, until)
    placed = _push(repository, remote, branch, edit, _approval(change))
    assert placed.commit is not None
    return placed.commit


def _approving(change: str, by: str, until: datetime) -> Callable[[Standing | None], bytes | None]:
    def edit(standing: Standing | None) -> bytes:
        if standing is None:
            raise InputError("nothing is frozen, so nothing needs an approval.")
        return with_approval(standing.data, change, by, until).encode()

    return edit


def _approval(change: str) -> str:
    return f"Approve a change during the freeze: {change}"


def _no_remote(repository: Repository | None) -> str:
    if repository is None:
        return "this is no git repository, so there is nowhere to push to"
    remotes = repository.git("remote").decode().split()
    if not remotes:
        return "git has no remote here; add one with 'git remote add origin URL'"
    return (
        f"git has {len(remotes)} remotes ({', '.join(remotes)}); name one in promptgate.toml: "
        f'[freeze] remote = "{remotes[0]}"'
    )


def hand_over(project: Project, incident: str, commander: str) -> Placed | None:
    """Let a new commander approve and thaw, where the freeze of an incident stands.

    Returns:
        Where that was written; None: the incident has no freeze, or it names them already.

    Raises:
        InputError: It is no name, or the file cannot be read.
    """
    found = [one for one in standing_freezes(project) if one.freeze.incident == incident]
    named = [one.freeze.commander for one in found]
    if not found or all(name is not None and same_person(name, commander) for name in named):
        return None

    def edit(standing: Standing | None) -> bytes | None:
        if standing is None:
            raise InputError("the freeze was thawed meanwhile; nothing is to be handed over.")
        return with_commander(standing.data, commander).encode()

    message = f"Hand the freeze over to {commander.strip()}"
    return _place(project, edit, message, push=found[0].where != WORKTREE)


def thaw(project: Project, approved_by: str, *, push: bool) -> Placed:
    """End the freeze.

    Raises:
        InputError: Nothing is frozen, or it is no name.
        BlockedError: Somebody else commands the incident.
    """

    def edit(standing: Standing | None) -> None:
        if standing is None:
            raise InputError("nothing is frozen, so there is nothing to thaw.")
        check_commander(standing.freeze, approved_by, "--approved-by")

    placed = _place(project, edit, f"Thaw prompts: approved by {approved_by.strip()}", push=push)
    _tidy(project, placed)
    return placed


def _place(
    project: Project,
    edit: Callable[[Standing | None], bytes | None],
    message: str,
    *,
    push: bool,
) -> Placed:
    repository = find_repository(project.root)
    branch = project.settings.default_branch
    if not push:
        return _write(project, repository, edit, branch, None)
    remote = freeze_remote(project, repository)
    if repository is None or remote is None:
        return _write(project, repository, edit, branch, _no_remote(repository))
    try:
        placed = _push(repository, remote, branch, edit, message)
    except GitRefused as refusal:
        return _write(project, repository, edit, branch, refusal.message)
    named = project.section("freeze", FreezeSettings).remote is not None
    return placed if named else replace(placed, remote=remote)


def _push(
    repository: Repository,
    remote: str,
    branch: str,
    edit: Callable[[Standing | None], bytes | None],
    message: str,
) -> Placed:
    made: list[tuple[str, bytes | None]] = []

    def on_tip(tip: str) -> tuple[str, bytes | None, str]:
        standing = freeze_at(repository, f"{remote}/{branch}", tip)
        path = standing.path if standing else posixpath.join(repository.prefix, FREEZE_FILE)
        content = edit(standing)
        made.append((path, content))
        return path, content, message

    commit = repository.push_edit(remote, branch, on_tip)
    path, content = made[-1]
    return Placed(path, branch, None if content is None else content.decode(), commit)


def _write(
    project: Project,
    repository: Repository | None,
    edit: Callable[[Standing | None], bytes | None],
    branch: str,
    refused: str | None,
) -> Placed:
    """Write the work tree: from the freeze that it has, else from that of the base branch."""
    own = freeze_on_disk(repository, project.root, None)
    standing = own
    if own is None and repository is not None:
        found = (freeze_at(repository, *base) for base in find_bases(project, repository))
        standing = next((one for one in found if one is not None), None)
    content = edit(standing)
    top = project.root if repository is None else repository.top
    prefix = "" if repository is None else repository.prefix
    path = standing.path if standing is not None else posixpath.join(prefix, FREEZE_FILE)
    if content is not None:
        write_atomic(top / path, content)
        return Placed(path, branch, content.decode(), refused=refused)
    if own is None and standing is not None:
        raise InputError(
            f"the freeze is on {standing.where} and not here; use --push, or check that branch "
            "out and delete the file there.",
            file=path,
        )
    try:
        (top / path).unlink()
    except OSError as error:
        raise InputError(
            f"the freeze cannot be deleted ({error.strerror}); delete it by hand.", file=path
        ) from None
    return Placed(path, branch, None, refused=refused)


def change_of(project: Project, revision: str, base: str | None, now: datetime) -> Checked:
    """Hold a revision against the freeze that is in force, for its commander to look at.

    Args:
        project: As it is on disk.
        revision: The change.
        base: The branch with the freeze; None finds it.
        now: With its time zone.

    Raises:
        InputError: Nothing is frozen there, or the revision leaves frozen files alone.
    """
    if base is None:
        standing = standing_freezes(project)
        base = standing[0].where if standing and standing[0].where != WORKTREE else "HEAD"
    checked = check_freeze(project, base, revision, now)
    if checked is None:
        raise InputError(f"nothing is frozen on {base}, so nothing needs an approval.")
    if not checked.change.files:
        raise InputError(f"{revision} leaves what is frozen on {base} alone; it needs no approval.")
    return checked
