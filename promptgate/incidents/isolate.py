"""Isolate the fault: kill the flag, freeze the prompts, and look whether it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.guard.flagfile import FlagError, kill, read_flags
from promptgate.guard.provider import FileProvider
from promptgate.guard.switch import SWITCH_VARIABLE, flags_file
from promptgate.incidents.choices import NOT_PUSHED
from promptgate.incidents.hooks import run_hook
from promptgate.incidents.kinds import Acted, Probed
from promptgate.incidents.times import iso
from promptgate.prompts.revisions import WORKTREE
from promptgate.release.freeze_text import Request
from promptgate.release.freezing import FrozenAlready, freeze
from promptgate.release.frozen import standing_freezes
from promptgate.release.history import find_repository

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from promptgate.incidents.kinds import Data
    from promptgate.incidents.log import Incidents
    from promptgate.incidents.state import Incident
    from promptgate.project import Project
    from promptgate.release.freezing import Placed


def kill_flag(file: Path | None, name: str, incident: Incident, now: datetime) -> tuple[Data, ...]:
    """Switch a flag off, then ask for it as a product does; return what was done and seen.

    Raises:
        InputError: There is no such flag, or the file cannot be read or written.
    """
    path = file or flags_file()
    if not path.exists():
        raise InputError(
            "there is no file of flags here. Name it with --flags FILE; or switch the feature off "
            f"where it runs ({SWITCH_VARIABLE}=false in its environment switches everything off), "
            "and write that down with --did TEXT --saw TEXT.",
            file=str(path),
        )
    try:
        before = read_flags(path).get(name)
        kill(path, name, iso(now), incident.id)
    except FlagError as error:
        raise InputError(str(error), file=str(path)) from None
    found = FileProvider(path).resolve_boolean_details(name, True)
    seen = "on" if found.value else "off"
    already = "it was off already, " if before is not None and before.on is False else ""
    return (
        Acted(action="kill", target=name, detail=f"{already}in {path.name}"),
        Probed(passed=not found.value, detail=f"{name} reads {seen} in {path.name}"),
    )


def freeze_prompts(
    incidents: Incidents, incident: Incident, actor: str, now: datetime, *, push: bool
) -> Acted:
    """Freeze prompts for the incident; return what was done, and why for this work tree alone.

    A freeze that stands already is told, not written again; one that only this work tree
    has is pushed where that is asked for.

    Raises:
        InputError: A value is wrong.
    """
    project = incidents.project
    standing = standing_freezes(project)
    if standing and not push:
        where = standing[0].where
        return _frozen(f"frozen already on {where}", NOT_PUSHED if where == WORKTREE else None)
    reason = " ".join(incident.declaration.summary.split())
    request = Request(reason, actor, incident=incident.id, commander=incident.commander)
    try:
        placed = freeze(project, request, now, push=push)
    except FrozenAlready:
        return _frozen(f"frozen already on {project.settings.default_branch}", None)
    if placed.commit is not None:
        remote = "" if placed.remote is None else f", pushed to {placed.remote}, the only remote"
        return _frozen(f"{placed.path} is on {placed.branch}{remote}", None)
    return _frozen(f"{placed.path} is in the work tree", only_here(project, placed, push=push))


def only_here(project: Project, placed: Placed, *, push: bool) -> str | None:
    """Return why a freeze or a thaw holds in this work tree alone; None: it holds for all."""
    repository = find_repository(project.root)
    alone = repository is None or not repository.git("remote").strip()
    if placed.commit is not None or (alone and not push):
        return None
    return placed.refused or NOT_PUSHED


def _frozen(detail: str, only_here: str | None) -> Acted:
    return Acted(action="freeze", target="prompts", detail=detail, only_here=only_here)


def run_probe(incidents: Incidents) -> Probed:
    """Run the team's probe.

    Raises:
        InputError: promptgate.toml has none.
    """
    settings = incidents.settings
    if settings.probe is None:
        raise InputError(
            'there is no probe; write one in promptgate.toml: [incidents] probe = "COMMAND", or '
            "say what you saw with --saw."
        )
    root = incidents.project.root
    ran = run_hook(settings.probe, "[incidents] probe", root, settings.hook_seconds)
    return Probed(passed=ran.passed, detail=f"{settings.probe}: {ran.told}")
