"""Everything the decision depends on that is not a trial, as plain values.

Who looked these things up, and where, is not the gate's business: time, freezes,
authors, causes and fixes are handed in, so that a decision can be repeated from
what was written down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from promptgate.gate.critical import Adjudication
    from promptgate.gate.review import Finding

Cause = Literal["prompt", "model", "interaction", "input", "integration"]


@dataclass(frozen=True)
class Recorded:
    """When one arm's recordings were made and which models answered.

    Trials that both arms share are left out: they cannot differ.

    Attributes:
        oldest: The earliest.
        newest: The latest.
        served: Requested model id to the ids that the answers name.
    """

    oldest: datetime
    newest: datetime
    served: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class KnownGood:
    """What a rollback would go back to.

    Attributes:
        revision: The released target.
        model_retired: True only where its model is known to be retired; None is
            unknown, which offline does not stand in the way.
        better: Whether it does better than the candidate on what failed; None
            where it is the baseline of this gate, which then is the evidence.
    """

    revision: str
    model_retired: bool | None = None
    better: bool | None = None

    def fault(self, *, proven_better: bool) -> str | None:
        """Return why it is no place to go back to, or None."""
        if self.model_retired:
            return f"the model of {self.revision} is retired"
        better = proven_better if self.better is None else self.better
        if not better:
            return f"{self.revision} does no better on what failed"
        return None


@dataclass(frozen=True)
class Fix:
    """A fix that stands ready.

    Attributes:
        revision: Where it is.
        lines: Changed lines.
        files: Changed files.
        passes: Whether it was measured and passed the full suites; None: not measured.
        minutes: Time until it is out; None: unknown.
    """

    revision: str
    lines: int
    files: int
    passes: bool | None = None
    minutes: float | None = None


@dataclass(frozen=True)
class Affected:
    """How many of those looked at are hit."""

    affected: int
    of: int


@dataclass(frozen=True)
class Context:
    """The circumstances of one decision.

    Attributes:
        ladder: This gate began at the first rung of the policy's ladder and may
            climb: every look has its share of alpha.
        now: When the gate is held; adjudications need it.
        authors: Of the change; none of them can adjudicate it.
        adjudications: As the base branch has them.
        blocked: Sentences: freezes and policies in the way.
        review: What the rules of review say of the change; see review_change().
        remarks: Sentences that a reader must not miss and that decide nothing.
        invalid: Sentences: why the evidence does not count (recordings missing
            or unreadable, the API failing, scorers that differ between the arms).
        baseline_recorded: None where no time is known.
        candidate_recorded: None where no time is known.
        allow_gap: Whether arms may be apart in time or model; it is then a warning.
        prompt_changed: Whether the candidate's prompt differs from the baseline's.
        known_good: What a rollback would go back to; None: there is none.
        cause: The one attributed cause; None: unknown.
        fix: None: there is none.
        affected: None: unknown.
        attempts: How often a candidate was gated against this baseline, this time included.
    """

    ladder: bool = False
    now: datetime | None = None
    authors: tuple[str, ...] = ()
    adjudications: tuple[Adjudication, ...] = ()
    blocked: tuple[str, ...] = ()
    review: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()
    baseline_recorded: Recorded | None = None
    candidate_recorded: Recorded | None = None
    allow_gap: bool = False
    prompt_changed: bool = True
    known_good: KnownGood | None = None
    cause: Cause | None = None
    fix: Fix | None = None
    affected: Affected | None = None
    attempts: int = 1


def arms_gap(context: Context, max_age_days: float) -> str | None:
    """Return how the arms' recordings are not comparable, or None where they are."""
    old, new = context.baseline_recorded, context.candidate_recorded
    if old is None or new is None:
        return None
    gap = max(abs(old.oldest - new.oldest), abs(old.newest - new.newest)).total_seconds() / 86400
    if gap > max_age_days:
        return (
            f"the arms were recorded {gap:.1f} days apart, more than {max_age_days:g}; "
            "record the baseline again"
        )
    for model in sorted(old.served.keys() & new.served.keys()):
        before, after = old.served[model], new.served[model]
        if before != after:
            return (
                f"the model {model!r} was served by {', '.join(sorted(before))} in the baseline "
                f"and by {', '.join(sorted(after))} in the candidate"
            )
    return None
