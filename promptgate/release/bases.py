"""The branches that a change here may be for: where its freeze and its releases are looked up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from promptgate.prompts.pipelines import TARGETS
from promptgate.prompts.remotes import base_remote

if TYPE_CHECKING:
    from promptgate.project import Project
    from promptgate.release.history import Repository


def find_bases(project: Project, repository: Repository) -> list[tuple[str, str]]:
    """Return the branches that a change here may be for, with their commits.

    The default branch as promptgate.toml, the remote and continuous integration
    name it, and 'main': a change of `default_branch` cannot choose the only one.
    """
    listed = repository.git("for-each-ref", "--format=%(refname) %(objectname) %(symref)")
    refs: dict[str, str] = {}
    points_to: dict[str, str] = {}
    names = [project.settings.default_branch, "main"]
    names += [name for target in TARGETS if (name := os.environ.get(target))]
    for line in listed.decode("utf-8", "surrogateescape").splitlines():
        ref, commit, *symbolic = line.split(" ")
        refs[ref] = commit
        if symbolic[0]:
            points_to[ref] = symbolic[0]
    remote = base_remote(repository.line, refs)
    there = f"refs/remotes/{remote}/"
    if default := points_to.get(f"{there}HEAD"):
        names.append(default.removeprefix(there))
    found = []
    for name in dict.fromkeys(names):
        for short, ref in ((f"{remote}/{name}", there), (name, "refs/heads/")):
            if ref + name in refs:
                found.append((short, refs[ref + name]))
    return found
