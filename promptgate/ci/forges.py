"""What a forge says of the pipeline that runs: its variables and its event, as one value.

Reads the environment and the one file that GitHub writes beside it; asks neither git
nor the network. Which commit governs a change is not found here but in
promptgate.prompts.base, for every command alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptgate.documents import load_json
from promptgate.errors import InputError
from promptgate.files import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUEUED = re.compile(r"refs/heads/gh-readonly-queue/(?P<target>.+)/pr-(?P<number>\d+)-[0-9a-f]+")
_NONE = frozenset("0")


class Forge(StrEnum):
    """Where the pipeline runs."""

    GITHUB = "github"
    GITLAB = "gitlab"
    NONE = "none"


class Event(StrEnum):
    """Why it runs."""

    REQUEST = "pull request"
    QUEUE = "merge queue"
    PUSH = "push"
    OTHER = "by hand or by schedule"


@dataclass(frozen=True)
class Pipeline:
    """One pipeline.

    Attributes:
        forge: Where it runs.
        event: Why.
        request: Number of the pull or merge request; None where there is none.
        target: Branch that the change is to go into.
        source: Branch that the change is on.
        fork: The change comes from another repository, so that there are no secrets.
        head: The commit that was proposed; None where the forge does not tell.
        commits: Hashes that the gate may ask git for: before a push, below a queue.
        default_branch: Of the repository.
        repository: 'owner/name', or GitLab's number of the project.
        api: Address of the forge's API, without a slash at its end.
        run: Address of this run, for people.
    """

    forge: Forge = Forge.NONE
    event: Event = Event.OTHER
    request: int | None = None
    target: str | None = None
    source: str | None = None
    fork: bool = False
    head: str | None = None
    commits: tuple[str, ...] = ()
    default_branch: str | None = None
    repository: str = ""
    api: str = ""
    run: str = ""


def read_pipeline(environment: Mapping[str, str]) -> Pipeline:
    """Return the pipeline that an environment tells of; a bare Pipeline where there is none.

    Raises:
        InputError: GitHub's event file cannot be read.
    """
    if environment.get("GITHUB_ACTIONS") == "true" or environment.get("GITHUB_EVENT_NAME"):
        return _github(environment)
    if environment.get("GITLAB_CI") or environment.get("CI_PIPELINE_SOURCE"):
        return _gitlab(environment)
    return Pipeline()


def _github(environment: Mapping[str, str]) -> Pipeline:
    name = environment.get("GITHUB_EVENT_NAME", "")
    event = _event(environment.get("GITHUB_EVENT_PATH"))
    repository = environment.get("GITHUB_REPOSITORY", "")
    server = environment.get("GITHUB_SERVER_URL", "https://github.com")
    ran = environment.get("GITHUB_RUN_ID")
    common: dict[str, Any] = {
        "forge": Forge.GITHUB,
        "default_branch": _text(_at(event, "repository", "default_branch")),
        "repository": repository,
        "api": environment.get("GITHUB_API_URL", "https://api.github.com").rstrip("/"),
        "run": f"{server}/{repository}/actions/runs/{ran}" if ran else "",
    }
    if name in ("pull_request", "pull_request_target", "pull_request_review"):
        pull = event.get("pull_request")
        number = _at(pull, "number")
        own = _at(pull, "base", "repo", "full_name") or repository
        return Pipeline(
            event=Event.REQUEST,
            request=number if isinstance(number, int) else None,
            target=environment.get("GITHUB_BASE_REF") or _text(_at(pull, "base", "ref")),
            source=environment.get("GITHUB_HEAD_REF") or _text(_at(pull, "head", "ref")),
            fork=_at(pull, "head", "repo", "full_name") != own,
            head=_text(_at(pull, "head", "sha")),
            **common,
        )
    if name == "merge_group":
        group = event.get("merge_group")
        queued = _QUEUED.fullmatch(str(_at(group, "head_ref")))
        target = _text(_at(group, "base_ref")) or (queued["target"] if queued else None)
        return Pipeline(
            event=Event.QUEUE,
            request=int(queued["number"]) if queued else None,
            target=target.removeprefix("refs/heads/") if target else None,
            head=_text(_at(group, "head_sha")),
            commits=_commits(_at(group, "base_sha")),
            **common,
        )
    if name == "push":
        branch = environment.get("GITHUB_REF_NAME")
        before = _commits(event.get("before"))
        return Pipeline(event=Event.PUSH, source=branch, commits=before, **common)
    return Pipeline(source=environment.get("GITHUB_REF_NAME"), **common)


def _gitlab(environment: Mapping[str, str]) -> Pipeline:
    get = environment.get
    common: dict[str, Any] = {
        "forge": Forge.GITLAB,
        "default_branch": get("CI_DEFAULT_BRANCH"),
        "api": get("CI_API_V4_URL", "").rstrip("/"),
        "run": get("CI_JOB_URL", ""),
    }
    number = get("CI_MERGE_REQUEST_IID", "")
    if number:
        own = get("CI_MERGE_REQUEST_PROJECT_ID", "")
        train = get("CI_MERGE_REQUEST_EVENT_TYPE") == "merge_train"
        return Pipeline(
            event=Event.QUEUE if train else Event.REQUEST,
            request=int(number) if number.isdecimal() else None,
            target=get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME"),
            source=get("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"),
            fork=get("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", own) != own,
            head=get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") or get("CI_COMMIT_SHA"),
            repository=own,
            **common,
        )
    pushed = get("CI_PIPELINE_SOURCE") == "push"
    return Pipeline(
        event=Event.PUSH if pushed else Event.OTHER,
        source=get("CI_COMMIT_BRANCH") or get("CI_COMMIT_REF_NAME"),
        commits=_commits(get("CI_COMMIT_BEFORE_SHA")),
        repository=get("CI_PROJECT_ID", ""),
        **common,
    )


def _event(path: str | None) -> Mapping[str, Any]:
    """Return the event that GitHub wrote; {} where it names no file.

    Raises:
        InputError: There is none at that place, or it is no JSON object.
    """
    if not path:
        return {}
    shown = f"GITHUB_EVENT_PATH ({path})"
    data = load_json(read_text(Path(path), shown), shown).data
    if not isinstance(data, dict):
        raise InputError("the event is no JSON object; do not set this variable.", file=shown)
    return data


def _at(value: Any, *path: str) -> Any:
    """Return what stands at a path of mappings, or None."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _commits(*hashes: Any) -> tuple[str, ...]:
    """Return the hashes that are some commit's: forges write zeros for none."""
    return tuple(
        one
        for one in hashes
        if isinstance(one, str) and re.fullmatch(r"[0-9a-f]{40,64}", one) and set(one) != _NONE
    )
