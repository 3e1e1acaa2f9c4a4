"""End an isolation: what of it still stands, and the event once a freeze or a kill is lifted."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from promptgate.guard.flagfile import FlagError, read_flags
from promptgate.guard.switch import flags_file
from promptgate.incidents import kinds
from promptgate.incidents.log import Draft, Incidents
from promptgate.release.frozen import standing_freezes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from promptgate.incidents.state import Incident
    from promptgate.project import Project


def still_isolated(incidents: Incidents, found: Incident) -> Iterator[str]:
    """Yield what an incident switched off or froze and nobody gave back, with the command."""
    thawed, branch = _thawed(found), incidents.project.settings.default_branch
    mine = [one for one in standing_freezes(incidents.project) if one.freeze.incident == found.id]
    if thawed:  # one that stands here alone was not pulled yet
        mine = [one for one in mine if one.where.endswith((f"/{branch}", "/main"))]
    if mine:
        by = shlex.quote(mine[0].freeze.commander or found.commander)
        where = " and ".join(one.where for one in mine)
        yield f"prompts are frozen on {where} still: 'promptgate thaw --approved-by {by} --push'"
    for name in killed_flags(found):
        yield f"the flag {name!r} is off still: 'promptgate flag restore {shlex.quote(name)}'"


def _thawed(found: Incident) -> bool:
    """Tell whether the incident's freeze was thawed for everybody."""
    last = [data for _, data in found.all(kinds.Acted) if data.action in ("freeze", "thaw")]
    return bool(last) and last[-1].action == "thaw" and last[-1].only_here is None


def killed_flags(found: Incident) -> list[str]:
    """Return the flags that an incident killed and that read off, or of which nothing is known."""
    state: dict[str, bool] = {}
    for _, data in found.all(kinds.Acted):
        if data.action in ("kill", "restore"):
            state[data.target] = data.action == "kill"
    try:
        flags = read_flags(flags_file())
    except FlagError:
        flags = {}
    return [name for name, off in state.items() if off and not (name in flags and flags[name].on)]


def write_lifted(
    project: Project, incident: str | None, lifted: kinds.Acted, actor: str, now: datetime
) -> bool:
    """Note in an incident that a freeze or a kill was lifted; return whether there is one.

    Args:
        project: As it is on disk.
        incident: Its id; None: the latest that killed the flag and did not give it back.
        lifted: What was done.
        actor: Who did it.
        now: The clock.
    """
    incidents = Incidents(project)
    known = incidents.ids()
    if incident is None:
        killed = [one for one in known if lifted.target in _not_restored(incidents, one)]
        incident = killed[-1] if killed else None
    if incident is None or incident not in known:
        return False
    incidents.append(incident, [Draft(lifted)], actor, now)
    return True


def _not_restored(incidents: Incidents, incident: str) -> set[str]:
    state = {}
    for _, data in incidents.read(incident).fold().all(kinds.Acted):
        if data.action in ("kill", "restore"):
            state[data.target] = data.action == "kill"
    return {name for name, off in state.items() if off}
