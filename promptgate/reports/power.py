"""What the suites can see, as a table for a terminal and as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.text import Text

from promptgate.reports.styles import BAD, DOUBT, QUIET
from promptgate.reports.tables import plain_table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from promptgate.runs.power import Sight, SuiteSight


def render_power(sight: Sight) -> RenderableType:
    """Return the table of a project's power for a terminal."""
    counted = ("units × repeats", "margin", "catches 8 in 10", "drop")
    passes = "harmless edit passes"
    table = plain_table("suite", *counted, "needs", passes, "noise", right=(*counted, passes))
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
            Text(one.source, QUIET),
        )
    chance = sight.policy.release_chance
    return Group(
        table,
        Text(),
        Text(f"A harmless edit passes all of these suites in {chance:.0%} of gates."),
        *[Text(f"  ! {line}", style=DOUBT) for line in sight.policy.warnings],
        *[Text(f"  ! {one.refusal}", style=BAD) for one in sight.suites if one.refusal],
    )


def power_json(sight: Sight) -> dict[str, Any]:
    """Return a project's power as plain data."""
    return {
        "schema_version": 1,
        "alpha": sight.alpha,
        "release_chance": sight.policy.release_chance,
        "warnings": list(sight.policy.warnings),
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
    if one.power.mde80 <= one.drop:
        return "what it has"
    ways = [f"{one.units_to_detect:,} units"] if one.units_to_detect is not None else []
    ways += [f"{one.repeats_to_detect} repeats"] if one.repeats_to_detect is not None else []
    return " or ".join(ways) or "more than a million units"
