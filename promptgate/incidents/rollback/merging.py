"""How a rollback that was pushed gets onto the released branch: what a person types or opens."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from promptgate.incidents.rollback.prepare import push_remote
from promptgate.release.history import find_repository

if TYPE_CHECKING:
    from promptgate.incidents.kinds import RolledBack
    from promptgate.project import Project

_ADDRESS = re.compile(
    r"(?:https?://(?:[^@/]+@)?|ssh://(?:[^@/]+@)?|[^@/]+@)(?P<host>[\w.-]+)(?::\d+)?[:/]"
    r"(?P<path>[\w.~/-]+?)(?:\.git)?/?"
)


def ways_to_merge(project: Project, rolled: RolledBack) -> tuple[str, ...]:
    """Return the lines to type or to open; the pull request's address where the forge is known."""
    repository = find_repository(project.root)
    remote = None if repository is None else push_remote(project, repository)
    if repository is None or remote is None:
        return (f"git merge {shlex.quote(rolled.branch)}",)
    branch, target = shlex.quote(rolled.branch), project.settings.default_branch
    found = _ADDRESS.fullmatch(repository.line("remote", "get-url", remote) or "")
    ways = [f"git push {shlex.quote(remote)} {branch}:{shlex.quote(target)}    # where you may"]
    if found is not None and "github" in found["host"]:
        page = f"compare/{target}...{rolled.branch}?expand=1"
        ways.append(f"https://{found['host']}/{found['path']}/{page}")
    elif found is not None and "gitlab" in found["host"]:
        page = f"-/merge_requests/new?merge_request[source_branch]={rolled.branch}"
        ways.append(f"https://{found['host']}/{found['path']}/{page}")
    else:
        ways.append(f"or a pull request of {rolled.branch} into {target}")
    return tuple(ways)
