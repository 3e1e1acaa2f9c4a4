"""Declare an incident, reopen one, hand over: what is refused, and what is warned of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.documents import unknown_name
from promptgate.errors import BlockedError, InputError
from promptgate.guard.flagfile import FlagError, read_flags
from promptgate.guard.switch import flags_file
from promptgate.incidents.events import with_fields
from promptgate.incidents.log import Draft, incident_id
from promptgate.incidents.times import parse_time
from promptgate.prompts import list_prompts
from promptgate.release.freeze import same_person

if TYPE_CHECKING:
    from collections.abc import Mapping
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


def check_names(incidents: Incidents, opened: Opened) -> None:
    """Check that the prompt and the flag of a declaration are there, as far as that is known here.

    Raises:
        InputError: There is no such prompt or flag.
    """
    project = incidents.project
    known = list_prompts(project.tree, project.settings.prompts)
    if opened.prompt is not None and known and opened.prompt not in known:
        raise InputError(f"--prompt: {unknown_name('prompt', opened.prompt, known)}")
    try:
        flags = list(read_flags(flags_file()))
    except FlagError:  # this machine has no file of flags, or a broken one: the kill will tell
        return
    if opened.flag is not None and flags and opened.flag not in flags:
        raise InputError(f"--flag: {unknown_name('flag', opened.flag, flags)}")


def check_fields(incident: Incident, event: str, fields: Mapping[str, str]) -> None:
    """Check that fields of an event can be corrected so.

    Raises:
        InputError: It has no such field, or the value is none.
    """
    data = next(entry.event.data for entry in incident.timeline if entry.event.id == event)
    known = list(type(data).model_fields)
    for name in fields:
        if name not in known:
            raise InputError(f"--set: {unknown_name(f'field of {data.kind}', name, known)}")
    if with_fields(data, dict(fields)) is None:
        told = ", ".join(f"{name}={value}" for name, value in fields.items())
        raise InputError(f"--set {told}: {data.kind} does not take that value.")


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
    """Return the id of the one event that begins or ends with some letters, or is of a kind.

    Raises:
        InputError: There is none, or more than one.
    """
    found = [
        entry.event.id
        for entry in incident.timeline
        if entry.event.id.startswith(prefix.upper())
        or entry.event.id.endswith(prefix.upper())
        or entry.event.kind == prefix
    ]
    if len(found) != 1:
        told = "no event has" if not found else f"{len(found)} events have"
        raise InputError(
            f"{told} the id {prefix!r}; 'promptgate incident status --timeline' shows the ids, "
            "'promptgate incident list --actions' those of actions."
        )
    return found[0]
