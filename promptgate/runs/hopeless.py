"""Refuse, before anything is asked, a suite that its policy could never pass or never fail.

Such a gate would be paid for and say nothing. Separate from gating.py because it
needs the planned cases only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.gate import check_policy
from promptgate.runs.tables import suite_tables

if TYPE_CHECKING:
    from promptgate.gate import Policy
    from promptgate.runs.plan import Plan


def refuse_hopeless(plan: Plan, policy: Policy, *, ladder: bool) -> None:
    """Hold every suite of which a request differs between the arms against its policy.

    What counts are the units that can be compared; a suite that is new as a whole is
    held to `min_score`. A selection of cases is not for this: a person who picks three
    cases wants to see them, and the decision says that they are too few.

    Args:
        plan: All cases that were not picked one by one.
        policy: Its numbers.
        ladder: Whether looks share alpha.

    Raises:
        PolicyError: A suite can never pass, or never fail; says what would do.
    """
    changed = plan.changed()
    by_name = {planned.suite.name: planned.suite for planned in changed.cases}
    tables = suite_tables(changed, ())
    for name, table in tables.items():
        suite = by_name[name]
        first = bool(table.new.all())
        counted = table.unit if first else table.unit[~table.new]
        check_policy(
            len(set(counted.tolist())),
            policy,
            suite=name,
            margin=suite.margin,
            min_score=suite.min_score,
            first=first,
            suites=len(tables),
            ladder=ladder,
        )
