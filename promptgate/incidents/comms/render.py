"""Messages from the events, through Jinja2 templates that a team may replace.

What a template names is a fact of the incident, or a field that has to be given:
one that is neither is an error, and so is a placeholder left in the text. What
goes out is redacted, and no terminal or chat obeys a word of it.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from datetime import timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import DictLoader, TemplateError, meta

from promptgate.errors import BlockedError, InputError
from promptgate.files import decode
from promptgate.incidents import choices, kinds
from promptgate.incidents.metrics import measure
from promptgate.incidents.sentences import cause as told_cause
from promptgate.incidents.state import State
from promptgate.incidents.timers import INTERNAL
from promptgate.incidents.times import iso, lasted, parse_clock, parse_time, stamp
from promptgate.language.redaction import redact
from promptgate.prompts.sandbox import PromptEnvironment
from promptgate.release.freeze import same_person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from promptgate.incidents.log import Incidents
    from promptgate.incidents.state import Incident

NAMES = (*INTERNAL, "status", "email", "resolution", "social")
_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\{%|\[[A-Z][A-Z0-9 _/:-]{2,}\]|\b(?:TODO|TBD|FIXME|XXX+)\b|\bXX:XX\b"
    r"|<[A-Z][A-Z _-]+>"
)
_LATE = timedelta(minutes=1)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_TELLING_STATE = {
    State.MONITORING: "recovered, we are watching it",
    State.RECOVERING: "a fix is being carried out",
    State.IDENTIFIED: "the cause is identified",
    State.CLOSED: "resolved",
}


@dataclass(frozen=True)
class Message:
    """A text that is ready to be posted.

    Attributes:
        template: Its name.
        audience: Who reads it.
        text: Redacted, without controls.
        eta: The time that it promises; None: none.
    """

    template: str
    audience: choices.Audience
    text: str
    eta: str | None


def audience_of(template: str) -> choices.Audience:
    """Return who reads a template's messages."""
    return "internal" if template in INTERNAL else "public"


def check_poster(incident: Incident, template: str, by: str) -> None:
    """Check that somebody may post a message, and that it may be posted now.

    Raises:
        BlockedError: A public one is for the commander and one communications person; nothing
            goes to social media before the resolution.
    """
    if template == "social" and incident.recovered is None and incident.state is not State.CLOSED:
        raise BlockedError(
            "nothing is posted on social media before the incident is resolved; verify the "
            "recovery first."
        )
    if audience_of(template) == "internal":
        return
    allowed = [incident.roles[r] for r in ("commander", "communications") if r in incident.roles]
    if not any(same_person(by, one) for one in allowed):
        raise BlockedError(
            f"{by!r} may not post to the public in {incident.id}: only {' and '.join(allowed)} "
            f"may. If that is you, add --by {shlex.quote(allowed[0])}; else hand over with "
            "'promptgate incident handover --role communications --to NAME'."
        )


def render(
    incidents: Incidents,
    incident: Incident,
    template: str,
    fields: Mapping[str, str],
    now: datetime,
) -> Message:
    """Return a message.

    Args:
        incidents: Where, with the templates that a team wrote.
        incident: That was declared.
        template: One of NAMES.
        fields: What the events do not say.
        now: The clock.

    Raises:
        InputError: A field is missing, unknown or wrong, a placeholder is left, or the template
            is wrong.
    """
    source, file = _source(incidents, template)
    environment = PromptEnvironment(DictLoader({}))
    try:
        wanted = meta.find_undeclared_variables(environment.parse(source))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        raise InputError(f"the template is wrong: {error}.", file=file, line=line) from None
    known = {**facts(incident, incidents, now), **_checked(fields, wanted, template, file)}
    missing = sorted(name for name in wanted if not known.get(name))
    if "recovered" in missing:
        raise InputError(
            f"{template}: it has not recovered yet; ask the exact failing input first with "
            "'promptgate incident verify'. Until then customers get 'status'."
        )
    if missing:
        options = " ".join(f'--field {name}="…"' for name in missing)
        raise InputError(f"{template}: the events do not say {', '.join(missing)}; add {options}.")
    eta = _eta(known["eta"], now) if "eta" in wanted else None
    try:
        text = environment.from_string(source).render(known)
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise InputError(f"the template fails: {error}.", file=file) from None
    clean = _CONTROLS.sub("", redact(text)).strip() + "\n"
    if left := _PLACEHOLDER.search(clean):
        raise InputError(f"{template}: the placeholder {left.group()!r} is left; fill it in.")
    return Message(template, audience_of(template), clean, eta)


def _checked(
    fields: Mapping[str, str], wanted: set[str], template: str, file: str
) -> dict[str, str]:
    for name, value in fields.items():
        if name not in wanted:
            known = ", ".join(sorted(wanted))
            raise InputError(f"{template} has no field {name!r}; it has {known}.", file=file)
        if not value.strip():
            raise InputError(f"--field {name} is empty; say it, or write 'unknown'.")
    return {name: value.strip() for name, value in fields.items()}


def _eta(text: str, now: datetime) -> str | None:
    """Return the ETA as a time, or None where it says that it is unknown.

    Raises:
        InputError: It is neither.
    """
    if text.strip().casefold() == "unknown":
        return None
    try:
        when = parse_clock(text, now)
    except InputError as error:
        raise InputError(f"--field eta: {error.message} Or write 'unknown'.") from None
    if when < now - _LATE:
        raise InputError(
            f"--field eta: {text!r} is over, it is {stamp(now)} now; give a time to come, with its "
            "day where that is tomorrow, or write 'unknown'."
        )
    return iso(when)


def _source(incidents: Incidents, template: str) -> tuple[str, str]:
    """Return a template's text and its file: the team's own, else ours."""
    own = f"{incidents.settings.templates}/{template}.md"
    data = incidents.project.tree.read(own)
    if data is not None:
        return decode(data, own), own
    place = resources.files("promptgate.incidents.comms") / "templates" / f"{template}.md"
    return place.read_text(encoding="utf-8"), f"{template}.md"


def facts(incident: Incident, incidents: Incidents, now: datetime) -> dict[str, Any]:
    """Return what the events say, in the words of the templates; what they do not is absent."""
    assert incident.opened is not None
    settings, declared = incidents.settings, incident.declaration
    executing = incident.state is State.RECOVERING
    every = settings.executing_update_minutes if executing else settings.update_minutes
    found: dict[str, Any] = {
        "incident": incident.id,
        "product": declared.product,
        "summary": declared.summary,
        "source": declared.source,
        "severity": str(incident.severity),
        "commander": incident.commander,
        "state": str(incident.state),
        "opened": stamp(incident.opened),
        "began": stamp(parse_time(declared.began) if declared.began else incident.opened),
        "elapsed": lasted(now - incident.opened),
        "next_update": stamp(now + timedelta(minutes=every)),
        "next_public_update": stamp(now + timedelta(minutes=settings.public_update_minutes)),
        "public_status": _public_status(incident),
        "review_minutes": f"{settings.review_minutes:g}",
    }
    diagnosed = incident.last(kinds.Diagnosed)
    if diagnosed is not None:
        found["cause"] = found["known"] = _sentence(diagnosed)
    if (solution := _solution(incident)) is not None:
        found["solution"] = solution
    if (extended := incident.last(kinds.Extended)) is not None:
        answer = "yes" if extended.within_reach else "no"
        found["within_reach"] = f"{answer}, {extended.reason}"
    if incident.recovered is not None:
        found["recovered"] = stamp(incident.recovered)
        impact = measure(incident, now).impact
        assert impact is not None
        found["duration"] = lasted(impact)
    return found


def _public_status(incident: Incident) -> str:
    """Return the state in words for customers."""
    if incident.state is State.CLOSED and incident.recovered is None:
        return "switched off until a fix is tested"
    return _TELLING_STATE.get(incident.state or State.INVESTIGATING, "investigating")


_SOLUTIONS = {
    "roll-back-prompt": "the prompt goes back to what was released before",
    "roll-back-model": "the model goes back to the previous one",
    "fix-forward": "a tested fix goes out",
    "kill-feature": "the feature stays switched off until a fix is tested",
}


def _solution(incident: Incident) -> str | None:
    """Return what was done about it, else what was decided; None: neither."""
    told: str | None = None
    done: str | None = None
    for event in incident.events:
        if isinstance(event.data, kinds.Decided):
            told = _SOLUTIONS[event.data.move]
        elif isinstance(event.data, kinds.RolledBack) and event.data.pushed:
            what = "the model" if event.data.method == "model" else "the prompt"
            told = done = f"{what} went back to the version before"
    return done if done is not None and incident.recovered is not None else told


def _sentence(found: kinds.Diagnosed) -> str:
    asked = f" after {found.calls} answers" if found.calls else ""
    return f"{told_cause(found)}{asked}" + (f"; {found.detail}" if found.detail else "")
