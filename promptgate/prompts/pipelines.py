"""What continuous integration says of the change that it runs for.

Apart from base.py, which asks git, because here only the environment is read, and
the file with the event that GitHub writes beside it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGETS = ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
"""Variables that name the branch which a pull or merge request is for."""
_FIRST_PARENT = "HEAD^1"


@dataclass(frozen=True)
class Named:
    """The base as continuous integration names it.

    Attributes:
        revisions: The first that git knows is the base. Branches are named in full, lest
            a tag of that name stands in for one.
        why: Behind 'the base is …'.
    """

    revisions: tuple[str, ...]
    why: str


def named_base(environment: Mapping[str, str], released_from: str) -> Named | None:
    """Return the base that continuous integration names; None outside of it.

    A merge queue builds on the target and on the entries before this one, which are
    merged before it: its base is the commit that it builds on. A push to the branch
    that is released from is compared with that branch before the push; where the clone
    is too shallow for that, with the first parent, else with what was pushed.

    Args:
        environment: Of the process.
        released_from: The branch that is released from.
    """
    event = environment.get("GITHUB_EVENT_NAME")
    if event == "merge_group":
        sha = _event(environment).get("merge_group", {}).get("base_sha")
        return Named((str(sha or _FIRST_PARENT),), "what the merge queue builds on")
    if environment.get("CI_MERGE_REQUEST_EVENT_TYPE") == "merge_train":
        return Named((_FIRST_PARENT,), "what the merge train builds on")
    for variable in TARGETS:
        if branch := environment.get(variable):
            refs = (f"refs/remotes/origin/{branch}", f"refs/heads/{branch}")
            return Named(refs, "the target of the pull request")
    pushed, before = None, None
    if event == "push":
        pushed = environment.get("GITHUB_REF_NAME")
        before = _event(environment).get("before")
    elif environment.get("CI_PIPELINE_SOURCE") == "push":
        pushed = environment.get("CI_COMMIT_BRANCH")
        before = environment.get("CI_COMMIT_BEFORE_SHA")
    if pushed != released_from:
        return None
    known = str(before) if before and set(str(before)) != {"0"} else ""
    after = (known, _FIRST_PARENT, "HEAD") if known else (_FIRST_PARENT, "HEAD")
    return Named(after, f"{pushed} before the push")


def _event(environment: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the event that GitHub wrote into a file; {} where it cannot be read."""
    try:
        data = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_bytes())
    except (KeyError, OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
