"""Where a comparison stands in history: is something released, is all of it the edit at hand?

Decides nothing. A branch that is ahead of what is released, as it is between a merge and
the next release, has its gate and its diff show more than the edit that somebody just
made; what is in the base's history already is no attempt of theirs to get it released.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import InputError, RevisionError
from promptgate.prompts import fork_point, list_prompts, open_tree, read_lock
from promptgate.prompts.revisions import RELEASED, WORKTREE, git_errors, open_repository
from promptgate.runs.arms import open_arm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.project import Project
    from promptgate.runs.arms import Arm

HEAD = "HEAD"


@dataclass(frozen=True)
class _Start:
    """Where an edit began.

    Attributes:
        arm: The prompts there.
        shown: For a command.
        edit: What the edit is, in words.
        none: That there is no such edit.
    """

    arm: Arm
    shown: str
    edit: str
    none: str


def told_of_origin(project: Project, given: str | None, arms: tuple[Arm, Arm]) -> Iterator[str]:
    """Yield what is to be known of a baseline that nobody chose.

    Args:
        project: Governed by the base.
        given: The baseline that somebody chose; of that nothing is told.
        arms: The baseline first.
    """
    if given is not None:
        return
    baseline, candidate = arms
    if baseline.revision != RELEASED:
        where = "HEAD" if baseline.revision == HEAD else "the commit where this branch began"
        yield (
            f"Nothing is released yet, so {where} stands in for it: record what is missing with "
            "'promptgate record', then 'promptgate release'."
        )
    elif candidate.revision == WORKTREE:
        with suppress(InputError):  # a prompt that is broken elsewhere is not this one's fault
            yield from _ahead(project, baseline, candidate)


def is_attempt(project: Project, candidate: Arm) -> bool:
    """Tell whether a candidate is somebody's edit, and not what the base has or once had.

    Args:
        project: Governed by the base.
        candidate: That is judged.
    """
    base = getattr(project.governing, "commit", None)
    if base is None:
        return True
    if candidate.tree.commit is not None:
        return fork_point(project, base, candidate.tree.commit) != candidate.tree.commit
    with suppress(InputError):
        return _differ(open_arm(project, "candidate", base, candidate.model), candidate)
    return True


def _ahead(project: Project, baseline: Arm, candidate: Arm) -> Iterator[str]:
    start = _start(project, candidate)
    names = [
        name
        for name in list_prompts(start.arm.tree, start.arm.folder)
        if baseline.has(name) and baseline.identity(name) != start.arm.identity(name)
    ]
    if not names:
        return
    told = f"{_commits(project, start, names)} {', '.join(names)} since the release"
    if not _differ(open_arm(project, "candidate", start.shown, candidate.model), candidate):
        yield f"{start.none}: {told}."
        return
    yield (
        f"Not all of this is {start.edit}: {told}. To see that alone: "
        f"promptgate diff {start.shown}, promptgate gate --baseline {start.shown}."
    )


def _start(project: Project, candidate: Arm) -> _Start:
    """Return where the edit began: at HEAD while it is not committed, else where it left the base.

    Raises:
        InputError: That cannot be read.
    """
    head = open_tree(project, HEAD).commit
    base = getattr(project.governing, "commit", None)
    fork = fork_point(project, base, HEAD) if base is not None else None
    uncommitted = _differ(open_arm(project, "candidate", HEAD, candidate.model), candidate)
    if uncommitted or fork in (None, head):
        arm = open_arm(project, "baseline", HEAD, candidate.model)
        return _Start(arm, HEAD, "your uncommitted edit", "No edit of a prompt is uncommitted")
    assert fork is not None
    arm = open_arm(project, "baseline", fork, candidate.model)
    return _Start(arm, fork[:9], "this branch's edit", "This branch edits no prompt")


def _differ(one: Arm, other: Arm) -> bool:
    """Tell whether any prompt of two arms differs."""
    names = {name for arm in (one, other) for name in list_prompts(arm.tree, arm.folder)}
    return any(one.identity(name) != other.identity(name) for name in names)


def _commits(project: Project, start: _Start, names: Sequence[str]) -> str:
    """Say how many commits changed some prompts since they were released, where git knows."""
    lock = read_lock(project.governing)
    unknown = f"what is committed up to {start.shown} changed"
    if lock is None:
        return unknown
    released = lock.prompts[names[0]].revision
    files = sorted({file for name in names for file in start.arm.prompt(name).closure})
    failures: tuple[type[Exception], ...] = (RevisionError, *git_errors())
    with open_repository(project) as repo, suppress(*failures):
        paths = [str(project.root / file) for file in files]
        count = int(repo.git.rev_list("--count", f"{released}..{start.shown}", "--", *paths))
        if count:
            return f"{count} commit{'s' * (count != 1)} up to {start.shown} changed"
    return unknown
