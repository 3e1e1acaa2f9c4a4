"""What the suites can see, as a table for a terminal and as plain data."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from promptgate.reports.styles import BAD, DOUBT, QUIET
from promptgate.reports.tables import plain_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from promptgate.runs.power import Sight, SuiteSight, Together


def render_power(sight: Sight) -> RenderableType:
    """Return the table of a project's power for a terminal."""
    counted = ("units", "margin", "catches", "wanted")
    table = plain_table("suite", *counted, "needs", "passes", "noise", right=(*counted, "passes"))
    for one in sight.suites:
        power = one.power
        table.add_row(
            power.suite,
            f"{power.units} × {power.repeats}",
            _points(power.margin),
            _points(power.mde80),
            _points(one.drop),
            _needs(one),
            f"{power.release_chance:.0%}",
            Text(one.source.partition(":")[0], QUIET),
        )
    return Group(
        table,
        Text(),
        *[Text(line, style=QUIET) for line in _legend(sight)],
        Text(),
        *[part for one in sight.gates for part in _gate(one, sight.least_chance)],
        *[
            _warning(f"{one.refusal} A gate that compares it ends with exit 2.", BAD)
            for one in sight.suites
            if one.refusal
        ],
    )


def _warning(line: str, style: str) -> Padding:
    return Padding(Text(f"! {line}", style=style), (0, 0, 0, 2))


def _legend(sight: Sight) -> list[str]:
    """Return what the columns hold."""
    sources = dict.fromkeys(one.source for one in sight.suites)
    return [
        "units: cases or clusters × repeats. passes: how often a harmless edit does.",
        "catches: the drop in points that is proven 8 times in 10. needs: to catch the wanted.",
        f"noise {'; '.join(sources)}.",
    ]


def _gate(one: Together, least: float) -> Iterator[RenderableType]:
    """Yield how often a gate lets a harmless edit through; where that is too seldom, which suites.

    The first of a policy's warnings says what this line says.
    """
    count = len(one.policy.suites)
    told = (
        f"A harmless edit of {one.tested} passes its {count} suite{'s' * (count != 1)} in "
        f"{one.policy.release_chance:.0%} of gates"
    )
    if not one.policy.warnings:
        yield Text(f"{told}.")
        return
    yield Text(f"{told}, below {least:.0%}:")
    for line in one.policy.warnings[1:]:
        yield _warning(line, DOUBT)


def _warnings(sight: Sight) -> list[str]:
    """Return all warnings; where suites are judged apart, with what they test."""
    several = len(sight.gates) > 1
    return [
        f"{one.tested}: {line}" if several else line
        for one in sight.gates
        for line in one.policy.warnings
    ]


def power_json(sight: Sight) -> dict[str, Any]:
    """Return a project's power as plain data."""
    return {
        "schema_version": 1,
        "alpha": sight.alpha,
        "release_chance": math.prod(one.power.release_chance for one in sight.suites),
        "gates": [
            {
                "tested": one.tested,
                "suites": [suite.suite for suite in one.policy.suites],
                "release_chance": one.policy.release_chance,
            }
            for one in sight.gates
        ],
        "warnings": _warnings(sight),
        "suites": [
            {
                "suite": one.power.suite,
                "units": one.power.units,
                "repeats": one.power.repeats,
                "variance": one.power.variance,
                "source": one.source,
                "margin": one.power.margin,
                "mde80": one.power.mde80,
                "release_chance": one.power.release_chance,
                "units_to_release": one.power.units_wanted,
                "drop": one.drop,
                "units_to_detect": one.units_to_detect,
                "repeats_to_detect": one.repeats_to_detect,
                "refusal": one.refusal,
            }
            for one in sight.suites
        ],
    }


def _points(share: float) -> str:
    return f"{100 * share:.1f}"


def _needs(one: SuiteSight) -> str:
    """Say what it takes to catch the drop: units at these repeats, or repeats at these units."""
    few = "too few: " if one.refusal else ""
    if one.power.mde80 <= one.drop:
        return "what it has"
    ways = [f"{one.units_to_detect:,} units"] if one.units_to_detect is not None else []
    ways += [f"{one.repeats_to_detect} repeats"] if one.repeats_to_detect is not None else []
    return few + (" or ".join(ways) or "more than a million units")
