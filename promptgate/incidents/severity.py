"""How severe an incident is: who is affected, whether the core is, whether there is a way round.

critical: all users; high: about half; medium: some, with a workaround; low:
cosmetic. What is unknown goes one level up: whoever is unsure takes the higher one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.gate.proportions import clopper_pearson
from promptgate.incidents.choices import Answer, Severity

if TYPE_CHECKING:
    from promptgate.incidents.settings import IncidentSettings

_COUNT = re.compile(r"(\d+)\s*(?:/|of)\s*(\d+)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_WORDS = {"all": 1.0, "none": 0.0}


@dataclass(frozen=True)
class Affected:
    """How many are hit.

    Attributes:
        told: As somebody said it.
        share: The share to reckon with: of '12/40' the upper bound; None: unknown.
        counted: (affected, looked at), where both are known.
    """

    told: str
    share: float | None
    counted: tuple[int, int] | None = None


@dataclass(frozen=True)
class Assessment:
    """A severity and why."""

    severity: Severity
    reasons: tuple[str, ...]


def read_affected(text: str, alpha: float) -> Affected:
    """Read how many are affected: '12/40', '30 %', 'all', 'none' or 'unknown'.

    Args:
        text: As written.
        alpha: One-sided level of the upper bound (Clopper and Pearson 1934) of a count.

    Raises:
        InputError: It is none of these.
    """
    told = text.strip()
    if told.casefold() == "unknown":
        return Affected(told, None)
    if told.casefold() in _WORDS:
        return Affected(told, _WORDS[told.casefold()])
    if counted := _COUNT.fullmatch(told):
        hit, of = int(counted[1]), int(counted[2])
        if 0 <= hit <= of and of > 0:
            return Affected(told, clopper_pearson(hit, of, alpha)[1], (hit, of))
    if (percent := _PERCENT.fullmatch(told)) and float(percent[1]) <= 100:
        return Affected(told, float(percent[1]) / 100)
    raise InputError(
        f"--affected must be 'HIT/LOOKED AT' as 12/40, a percentage as 30%, 'all', 'none' or "
        f"'unknown', but got {text!r}."
    )


def assess(
    affected: Affected, core: Answer, workaround: Answer, settings: IncidentSettings
) -> Assessment:
    """Return the severity of an incident.

    Args:
        affected: How many are hit.
        core: Whether a core function is.
        workaround: Whether users have a way round it.
        settings: The thresholds.
    """
    share = affected.share
    reasons = []
    if share is None:
        severity = Severity.MEDIUM
        reasons.append("affected is unknown: taken as some")
    elif share >= settings.critical_affected:
        severity = Severity.CRITICAL if core != "no" else Severity.HIGH
        reasons.append(f"all users (from {settings.critical_affected:.0%})")
    elif share >= settings.high_affected:
        severity = Severity.HIGH
        reasons.append(f"about half of the users (from {settings.high_affected:.0%})")
    elif share < settings.low_affected and core == "no" and workaround != "no":
        severity = Severity.LOW
        reasons.append(f"cosmetic: under {settings.low_affected:.0%} and not the core")
    else:
        severity = Severity.MEDIUM
        reasons.append("some users")
    if severity is Severity.MEDIUM and core == "yes" and workaround == "no":
        severity = Severity.HIGH
        reasons.append("the core is hit and there is no workaround")
    unknown = [
        name
        for name, is_unknown in (
            ("affected", share is None),
            ("core", core == "unknown"),
            ("workaround", workaround == "unknown"),
        )
        if is_unknown
    ]
    if unknown and severity is not Severity.CRITICAL:
        severity = list(Severity)[severity.rank + 1]
        reasons.append(f"one level up, as {', '.join(unknown)} is unknown")
    return Assessment(severity, tuple(reasons))
