"""Roll back: make the branch, gate it, record the approval, push it when it is green.

Whatever goes wrong ends in a state that can be told in a sentence: no branch, or a
branch here that is not pushed, with the reason and what to do.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from promptgate.documents import unknown_name
from promptgate.errors import BlockedError, EvidenceError, ExitCode, InputError
from promptgate.incidents.kinds import RolledBack
from promptgate.incidents.rollback.branch import branch_name, make_commit, pin_model, work_tree
from promptgate.incidents.rollback.good import base_commit, find_base, find_good
from promptgate.models.catalogue import sdk_catalogue
from promptgate.release.freeze import FreezeSettings
from promptgate.release.freezing import freeze_remote, push_approval
from promptgate.release.frozen import Checked, check_freeze
from promptgate.release.history import GitRefused, find_repository
from promptgate.runs.gate_options import GateOptions
from promptgate.runs.gating import run_gate

if TYPE_CHECKING:
    from datetime import datetime

    from promptgate.incidents.rollback.good import Base
    from promptgate.incidents.state import Incident
    from promptgate.project import Project
    from promptgate.release.history import Repository
    from promptgate.runs.answers import Mode, Source

_SAMPLING = ("temperature", "top_p", "top_k")


@dataclass(frozen=True)
class Wish:
    """What is to be rolled back.

    Attributes:
        prompt: Its name.
        to: A revision or 'released'; None: the newest release that differs.
        model: The model to go back to; None: the prompt goes back.
        push: Whether to push the branch, and the approval.
        mode: Where the gate's answers come from.
    """

    prompt: str
    to: str | None = None
    model: str | None = None
    push: bool = False
    mode: Mode = "replay"


def roll_back(
    project: Project, incident: Incident, wish: Wish, source: Source, actor: str, now: datetime
) -> RolledBack:
    """Make, gate, approve and push the rollback of an incident.

    Args:
        project: As it is on disk.
        incident: That was declared.
        wish: What to roll back.
        source: Where answers come from.
        actor: Who does it; only the commander's approval counts.
        now: The clock.

    Returns:
        What was done; where it is not pushed, `refused` says why.

    Raises:
        InputError: There is nothing to roll back, or nothing to go back to.
        BlockedError: The model to go back to is retired, or does not take the parameters.
        GitRefused: Git cannot make a work tree or a commit.
    """
    repository = find_repository(project.root)
    if repository is None:
        raise InputError("this is no git repository, so there is no branch to make.")
    base = find_base(project, repository, wish.prompt)
    if wish.model is not None:
        check_model(base, wish.model, now)
    branch, before = branch_name(repository, incident)
    subject = f"Roll back {wish.prompt} ({incident.id})"
    with work_tree(repository, base.commit) as (aside, there):
        if wish.model is not None:
            good = wish.model
            made = pin_model(aside, there, base, wish.model, f"{subject}: model {wish.model}")
        else:
            found = find_good(project, base, wish.prompt, wish.to)
            good = found.label
            made = make_commit(aside, there, base, found, wish.prompt, f"{subject} to {good}")
        told, green = _gate(there, source, wish.mode)
    repository.git("update-ref", f"refs/heads/{branch}", made.commit, before)
    event = RolledBack(
        branch=branch,
        commit=made.commit,
        base=base.name,
        good=good,
        method=made.method,
        files=made.files,
        gate=told + (f" (restored, as {made.tried})" if made.tried else ""),
        green=green,
        pushed=False,
        bad=base.commit,
    )
    return _publish(project, repository, incident, wish, base, event, actor, now)


def check_model(base: Base, model: str, now: datetime) -> None:
    """Check that a model can be gone back to: it is served, and takes the prompt's parameters.

    Raises:
        BlockedError: It is retired or unknown, or refuses a parameter.
    """
    catalogue = sdk_catalogue()
    status = catalogue.status(model)
    if status.retired(now.date()):
        raise BlockedError(
            f"{model!r} is retired since {status.end_of_life}: it answers nobody. Go back to one "
            f"that is served, such as {', '.join(sorted(catalogue.models)[-3:])}, or roll the "
            "prompt back."
        )
    if not status.known and model.startswith("claude-"):
        raise BlockedError(
            f"{unknown_name('model', model, catalogue.models)} The SDK lists it neither as served "
            "nor as deprecated, so it is gone or misspelt."
        )
    extra = base.prompt.parameters.get("extra_body", {}) if base.prompt is not None else {}
    refused = [name for name in _SAMPLING if name in extra]
    if refused and model in catalogue.models and not status.end_of_life:
        raise BlockedError(
            f"{model!r} does not take {', '.join(refused)}, which {base.file} sends in "
            "'extra_body'; remove it there first."
        )


def _gate(project: Project, source: Source, mode: Mode) -> tuple[str, bool]:
    """Gate the work tree of the rollback; return what to tell and whether it is green."""
    try:
        run = run_gate(project, GateOptions(mode=mode, command="incident rollback"), source)
    except EvidenceError as error:
        return f"no decision: {error}", False
    decision = run.decision
    return f"{decision.outcome}: {decision.reason}", decision.exit_code is ExitCode.OK


def _publish(
    project: Project,
    repository: Repository,
    incident: Incident,
    wish: Wish,
    base: Base,
    event: RolledBack,
    actor: str,
    now: datetime,
) -> RolledBack:
    """Let the branch through the freeze, and push it, as far as that is wanted and possible."""
    checked = check_freeze(project, base.commit if base.name == "HEAD" else base.name,
                           event.branch, now)  # fmt: skip
    frozen = checked is not None and checked.ruling.blocked
    if checked is not None:
        event = event.model_copy(update={"change": checked.change.digest})
    if not event.green:
        told = f"the gate is red: {event.gate}"
        return event.model_copy(update={"refused": told, "approved": not frozen, "stopped": True})
    remote = push_remote(project, repository)
    if not wish.push:
        told = f"not asked to; push it with 'git push {remote or 'REMOTE'} {event.branch}'"
        return event.model_copy(update={"refused": told, "approved": not frozen})
    if frozen:
        assert checked is not None
        why = _approve(project, incident, checked, actor, now)
        if why is not None:
            return event.model_copy(update={"refused": why, "stopped": True})
    event = event.model_copy(update={"approved": True})
    if remote is None:
        return event.model_copy(update={"refused": "no remote is configured here"})
    try:
        repository.git("push", "--quiet", "--no-verify", remote,
                       f"{event.commit}:refs/heads/{event.branch}")  # fmt: skip
    except GitRefused as refusal:
        told = f"{remote} refused it: {refusal.message}"
        return event.model_copy(update={"refused": told, "stopped": True})
    return event.model_copy(update={"pushed": True})


def push_remote(project: Project, repository: Repository) -> str | None:
    """Return where a rollback is pushed: as a freeze is, else to origin, else to the first."""
    remotes = repository.git("remote").decode().split()
    first = "origin" if "origin" in remotes else next(iter(remotes), None)
    return freeze_remote(project, repository) or first


def _approve(
    project: Project, incident: Incident, checked: Checked, actor: str, now: datetime
) -> str | None:
    """Record the commander's approval where the freeze stands; return why it is not there."""
    until = now + timedelta(minutes=project.section("freeze", FreezeSettings).approval_minutes)
    change = checked.change.digest
    try:
        push_approval(project, change, actor, until)
    except (BlockedError, InputError, GitRefused) as error:
        by = shlex.quote(incident.commander)
        told = str(error).rstrip(".")
        return (
            f"prompts are frozen, and {told}. {incident.commander} approves and pushes it with "
            f"'promptgate incident rollback --push --by {by}', or approves it alone with "
            f"'promptgate freeze approve {change} --by {by} --push'"
        )
    return None


def on_branch(project: Project, rolled: RolledBack) -> bool:
    """Tell whether the released branch contains a rollback: its commit, or once had its files."""
    repository = find_repository(project.root)
    if repository is None:
        return False
    _, tip = base_commit(project, repository)
    try:
        repository.git("merge-base", "--is-ancestor", rolled.commit, tip)
    except GitRefused:
        pass
    else:
        return True
    prefix = f"{repository.prefix}/" if repository.prefix else ""
    paths = [prefix + path for path in rolled.files]
    try:
        then = repository.entries(rolled.commit)
    except GitRefused:
        return False
    begun = repository.merge_bases(rolled.commit, tip)
    log = repository.git("log", "--format=%H", tip, *(f"^{one}" for one in begun), "--", *paths)
    for commit in log.decode().split():
        entries = repository.entries(commit)
        if all(then.get(path) == entries.get(path) for path in paths):
            return True
    return False
