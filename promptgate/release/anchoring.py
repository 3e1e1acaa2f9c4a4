"""Move the anchor: the release that every candidate is compared with too, against slow decline.

It stands in the lock with the text of its prompts, its mover's name and the reason, and
counts once the lock is merged, like everything that governs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.errors import InputError, LockError
from promptgate.files import write_atomic
from promptgate.project import LOCK
from promptgate.prompts import LockedAnchor, dump_lock, read_lock

if TYPE_CHECKING:
    from datetime import datetime

    from promptgate.project import Project


def move_anchor(project: Project, by: str, reason: str, now: datetime) -> LockedAnchor:
    """Make what is released now the anchor, and write the lock.

    Raises:
        InputError: The name or the reason is blank.
        LockError: Nothing is released, or the lock is damaged.
    """
    for option, value in (("--by", by), ("--reason", reason)):
        if not value.strip():
            raise InputError(f"{option} is blank; say who moves the anchor, and why.")
    lock = read_lock(project.tree)
    if lock is None:
        raise LockError(f"there is no {LOCK}; release something first, with 'promptgate release'.")
    anchor = LockedAnchor(by.strip(), reason.strip(), f"{now:%Y-%m-%d}", lock.prompts)
    write_atomic(project.root / LOCK, dump_lock(replace(lock, anchor=anchor)))
    return anchor
