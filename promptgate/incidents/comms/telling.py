"""Whether customers are told: tell, do not tell, or the commander decides.

Tell where it lasts over ten minutes, or the core is hit, or customers reported it,
or they can see it. Do not where it is over, few are hit and it is cosmetic. Both
can hold, and neither: then a person decides, and the rules say why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.incidents import choices, kinds
from promptgate.incidents.choices import Answer, Severity

if TYPE_CHECKING:
    from datetime import datetime

    from promptgate.incidents.settings import IncidentSettings
    from promptgate.incidents.state import Incident


@dataclass(frozen=True)
class Telling:
    """The answer, and every rule that held."""

    answer: choices.Answered
    rules: tuple[str, ...]


def whether_to_tell(
    incident: Incident, settings: IncidentSettings, now: datetime, *, visible: Answer
) -> Telling:
    """Decide whether customers are told.

    Args:
        incident: That was declared.
        settings: The thresholds.
        now: For how long it has lasted.
        visible: Whether customers can see it; unknown is no rule either way.
    """
    assert incident.opened is not None
    assessed = incident.last(kinds.Assessed)
    minutes = ((incident.recovered or now) - incident.opened).total_seconds() / 60
    share = assessed.share if assessed is not None else None
    tell = {
        f"tell: it lasts over {settings.tell_after_minutes:g} min ({minutes:.0f})": minutes
        > settings.tell_after_minutes,
        "tell: the core is hit": assessed is not None and assessed.core == "yes",
        "tell: customers reported it": incident.declaration.source in ("customer", "social"),
        "tell: customers can see it": visible == "yes",
    }
    cosmetic = incident.severity is Severity.LOW
    few = share is not None and share < settings.low_affected
    rule = f"do not tell: it is fixed, under {settings.low_affected:.0%} are hit, and it is low"
    quiet = incident.recovered is not None and few and cosmetic
    rules = tuple(told for told, holds in tell.items() if holds) + ((rule,) if quiet else ())
    if any(tell.values()) and quiet:
        return Telling("the commander decides", rules)
    if any(tell.values()):
        return Telling("tell", rules)
    if quiet:
        return Telling("do not tell", rules)
    return Telling("the commander decides", ("no rule holds",))
