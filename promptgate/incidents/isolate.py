"""Isolate the fault: kill the flag, freeze the prompts, and look whether it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.guard.flagfile import FlagError, kill
from promptgate.guard.provider import FileProvider
from promptgate.guard.switch import flags_file
from promptgate.incidents.hooks import run_hook
from promptgate.incidents.kinds import Acted, Probed
from promptgate.incidents.times import iso
from promptgate.release.freeze_text import Request
from promptgate.release.freezing import freeze
from promptgate.release.frozen import standing_freezes

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from promptgate.incidents.kinds import Data
    from promptgate.incidents.log import Incidents
    from promptgate.incidents.state import Incident


def kill_flag(file: Path | None, name: str, incident: Incident, now: datetime) -> tuple[Data, ...]:
    """Switch a flag off, then ask for it as a product does; return what was done and seen.

    Raises:
        InputError: There is no such flag, or the file cannot be read or written.
    """
    path = file or flags_file()
    try:
        kill(path, name, iso(now), incident.id)
    except FlagError as error:
        raise InputError(str(error), file=str(path)) from None
    found = FileProvider(path).resolve_boolean_details(name, True)
    seen = "on" if found.value else "off"
    return (
        Acted(action="kill", target=name, detail=f"in {path.name}"),
        Probed(passed=not found.value, detail=f"{name} reads {seen} in {path.name}"),
    )


def freeze_prompts(
    incidents: Incidents, incident: Incident, actor: str, now: datetime, *, push: bool
) -> tuple[Acted, str | None]:
    """Freeze prompts for the incident; return what was done and why it was not pushed.

    A freeze that stands already is told, not written again.

    Raises:
        InputError: A value is wrong.
    """
    standing = standing_freezes(incidents.project)
    if standing:
        where = standing[0].where
        return Acted(action="freeze", target="prompts", detail=f"frozen already on {where}"), None
    reason = " ".join(incident.declaration.summary.split())
    request = Request(reason, actor, incident=incident.id, commander=incident.commander)
    placed = freeze(incidents.project, request, now, push=push)
    where = placed.branch if placed.commit else "the work tree; commit and push it"
    acted = Acted(action="freeze", target="prompts", detail=f"{placed.path} is on {where}")
    return acted, placed.refused


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
