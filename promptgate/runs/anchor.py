"""The anchor: a release that every candidate is compared with too, moved only by a person.

A true loss of two points passes each time, and ten releases lose twenty: what is
measured against the last release only goes downhill unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from promptgate.prompts import read_lock
from promptgate.prompts.revisions import ANCHOR
from promptgate.runs.plan import Plan, make_plan
from promptgate.runs.tables import suite_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from promptgate.gate import Policy, SuiteTable
    from promptgate.project import Project
    from promptgate.runs.arms import Arm
    from promptgate.runs.rounds import Ask


@dataclass
class Anchor:
    """The arm of the anchor, and how to get its trials.

    Attributes:
        arm: A baseline.
        ask: Gets and scores the trials of a plan.
    """

    arm: Arm
    ask: Ask
    _found: dict[tuple[int, ...], Mapping[str, SuiteTable]] = field(default_factory=dict)

    def tables(self, plan: Plan) -> Mapping[str, SuiteTable]:
        """Return the tables of anchor and candidate, of the suites that differ between the arms.

        Args:
            plan: The gate's, with the repeats of this look.

        Raises:
            MissingRecording: The anchor lacks recordings.
        """
        changed = plan.changed()
        look = tuple(planned.repeats for planned in changed.cases)
        if look not in self._found:
            # The lock has the text of prompts and no code: applications have no anchor there.
            suites = {
                planned.suite.name: planned.suite
                for planned in changed.cases
                if planned.suite.target is None or self.arm.revision != ANCHOR
            }
            repeats = {planned.suite.name: planned.repeats for planned in changed.cases}
            own = make_plan((self.arm, plan.arms[-1]), list(suites.values()))
            cases = tuple(replace(c, repeats=repeats[c.suite.name]) for c in own.cases)
            own = replace(own, cases=cases)
            self._found[look] = suite_tables(own, self.ask(own))
        return self._found[look]


def anchor_revision(project: Project, policy: Policy) -> str | None:
    """Return the revision of the anchor: of `[gate]`, else of the lock; None: there is none.

    Args:
        project: Governed by the base.
        policy: Its numbers.
    """
    if policy.anchor is not None:
        return policy.anchor
    lock = read_lock(project.governing)
    return None if lock is None or lock.anchor is None else ANCHOR
