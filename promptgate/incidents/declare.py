"""Declare an incident, reopen one, hand over: what is refused, and what is warned of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.errors import BlockedError, InputError
from promptgate.incidents.log import Draft, incident_id
from promptgate.incidents.times import parse_time
from promptgate.release.freeze import same_person

if TYPE_CHECKING:
    from datetime import datetime

    from promptgate.incidents.kinds import Opened
    from promptgate.incidents.log import Incidents
    from promptgate.incidents.state import Incident


def declare(
    incidents: Incidents,
    opened: Opened,
    actor: str,
    when: datetime,
    now: datetime,
    *,
    force: bool = False,
) -> Incident:
    """Declare an incident.

    Args:
        incidents: Where.
        opened: What is declared.
        actor: Who declares it.
        when: It was declared.
        now: The clock.
        force: Though an incident of the same product is open.

    Raises:
        BlockedError: One of the same product is open.
        InputError: A time is wrong, or nothing can be written.
    """
    if opened.began is not None and parse_time(opened.began) > when:
        raise InputError(f"--began {opened.began} is after the declaration; it began before.")
    for one in incidents.ids():
        other = incidents.read(one).fold()
        if other.over or other.opened is None or force:
            continue
        if " ".join(other.declaration.product.split()).casefold() == opened.product.casefold():
            raise BlockedError(
                f"{one} of {opened.product!r} is open already, since {other.opened:%H:%M} UTC; "
                "write there, or add --force for one more."
            )
    name = incident_id(incidents.ids(), opened.product, when)
    return incidents.append(name, [Draft(opened, when)], actor, now, create=True)


def role_warning(incident: Incident) -> str | None:
    """Return a warning where the commander also fixes, or None."""
    commander, fixer = incident.commander, incident.roles.get("fixer")
    if fixer is None or not same_person(commander, fixer):
        return None
    return (
        f"{commander} commands and fixes: whoever commands coordinates and does not fix; hand "
        "one over with 'promptgate incident handover --role fixer --to NAME'"
    )


def find_event(incident: Incident, prefix: str) -> str:
    """Return the id of the one event that begins with a prefix, or has it as its ending.

    Raises:
        InputError: There is none, or more than one.
    """
    found = [
        entry.event.id
        for entry in incident.timeline
        if entry.event.id.startswith(prefix) or entry.event.id.endswith(prefix)
    ]
    if len(found) != 1:
        told = "no event has" if not found else f"{len(found)} events have"
        raise InputError(f"{told} the id {prefix!r}; see 'promptgate incident status --timeline'.")
    return found[0]
