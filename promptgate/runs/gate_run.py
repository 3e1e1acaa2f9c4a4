"""What a gate came to, with all that it stands on: what is stored, shown and released from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from promptgate.gate import Decision, Policy
    from promptgate.prompts import Base
    from promptgate.runs.arms import Arm
    from promptgate.runs.plan import Plan
    from promptgate.runs.results import Trial


@dataclass(frozen=True)
class GateRun:
    """A decision with all that it stands on.

    Attributes:
        decision: What the gate decided.
        plan: What was asked.
        trials: Every scored trial; none of a suite whose requests are all the same.
        skipped: Suites left out because none of their prompts changed.
        policy: The numbers that held.
        decided_at: When, UTC.
        base: Whose policy, lock and adjudications held.
        notes: Sentences for the reader that warn of nothing.
        attempt: Whether the candidate is an edit that somebody wants released.
    """

    decision: Decision
    plan: Plan
    trials: tuple[Trial, ...] = field(repr=False)
    skipped: tuple[str, ...]
    policy: Policy
    decided_at: datetime
    base: Base
    notes: tuple[str, ...] = ()
    attempt: bool = True

    @property
    def baseline(self) -> Arm:
        """The arm that the candidate is compared with."""
        return self.plan.arms[0]

    @property
    def candidate(self) -> Arm:
        """The arm that is to be released."""
        return self.plan.arms[-1]
