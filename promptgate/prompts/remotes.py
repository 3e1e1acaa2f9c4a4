"""Which remote's branches govern a change, where git knows several or calls it otherwise.

Only git's own configuration is asked, which no change that is judged can bring along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container

ORIGIN = "origin"


def base_remote(git: Callable[..., str | None], refs: Container[str] = ()) -> str:
    """Return the remote that a change goes to: origin, the only one, or the branch's own.

    'origin' also where there is no remote, or where several leave it open: no branch is
    found there then, which callers say.

    Args:
        git: Runs git with arguments and returns what it prints; None where it fails.
        refs: Full names of refs that are known; with one of origin's, git is not asked.
    """
    if any(f"refs/remotes/{ORIGIN}/{name}" in refs for name in ("HEAD", "main")):
        return ORIGIN
    remotes = (git("remote") or "").split()
    if ORIGIN in remotes or not remotes:
        return ORIGIN
    if len(remotes) == 1:
        return remotes[0]
    branch = git("symbolic-ref", "--quiet", "--short", "HEAD")
    own = git("config", "--get", f"branch.{branch}.remote") if branch else None
    return own if own in remotes else ORIGIN
