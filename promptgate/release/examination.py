"""Everything beside the answers that a change is judged by, looked at in one call.

The freeze, the rules of review, tampering with recordings or lock, and a policy of the
change's own. `promptgate gate` and `promptgate ci` do the same:

    base = find_base(project, given)                      # given: None, or what CI knows
    found = examine(project, base, "worktree", now, Review(Path("reviews.json")))
    options = found.applied(GateOptions(command="ci"))    # that candidate, this base
    with blocking(found.in_the_way):                      # exit 4 outranks missing answers
        run = run_gate(project, options, source)

`found.review` is a tuple of promptgate.gate.Finding (rule, state, value, message), in
row 1 of the decision too, and `found.blocked` the sentences that stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.gate import Finding, ReviewPolicy, ReviewState, review_change
from promptgate.prompts import govern, governing_section
from promptgate.prompts.revisions import RELEASED
from promptgate.release.change import difference
from promptgate.release.evidence import rewritten_lock, tampered_recordings, told_of_judgement
from promptgate.release.frozen import blocked_by_freeze
from promptgate.release.reviewing import review_facts

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from promptgate.project import Project
    from promptgate.prompts import Base
    from promptgate.release.change import Difference
    from promptgate.runs.gate_options import GateOptions


@dataclass(frozen=True)
class Examination:
    """What stands against a change, or should be known of it, before any answer is looked at.

    Attributes:
        base: Whose rules were applied.
        blocked: Sentences: a freeze, a lock that was tampered with. Exit 4.
        review: What the rules of review say; () where they were not asked.
        invalid: Sentences: recordings that were tampered with. Exit 5.
        remarks: Sentences that decide nothing: warnings.
        notes: Sentences on what a pull request of the change would be asked for besides.
    """

    base: Base
    blocked: tuple[str, ...] = ()
    review: tuple[Finding, ...] = ()
    invalid: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def in_the_way(self) -> tuple[str, ...]:
        """Every sentence that ends in exit 4."""
        failing = (one.message for one in self.review if one.state is ReviewState.BLOCK)
        return (*self.blocked, *failing)

    def applied(self, options: GateOptions) -> GateOptions:
        """Return the options of a gate that knows all this."""
        return replace(
            options,
            base=self.base,
            blocked=(*options.blocked, *self.blocked),
            review=self.review,
            invalid=self.invalid,
            remarks=(*options.remarks, *self.remarks),
            notes=(*options.notes, *self.notes),
        )


@dataclass(frozen=True)
class Review:
    """That the rules of review are to be asked.

    Attributes:
        export: File with the forge's reviews; None: commit trailers are read.
    """

    export: Path | None = None


def examine(
    project: Project,
    base: Base,
    candidate: str,
    now: datetime,
    review: Review | None = None,
    *,
    foresee: bool = False,
) -> Examination:
    """Look at a change, by the rules that its base has.

    Args:
        project: As it is on disk.
        base: See find_base().
        candidate: The revision that a gate judges.
        now: With its time zone.
        review: Whether the rules of review are asked too, and by what they are answered.
        foresee: Where they are not, whether to note what a pull request would be asked for.

    Raises:
        InputError: Something that rules are read from is wrong: the base's promptgate.toml
            or lock, the change's lock, the forge's export.
    """
    blocked = blocked_by_freeze(project, candidate, now, base)
    governed = govern(project, base)
    change = difference(governed, base, candidate)
    if change is None or candidate == RELEASED:
        return Examination(base, blocked)
    findings: tuple[Finding, ...] = ()
    if review is not None:
        policy = governing_section(governed, "review", ReviewPolicy)
        facts = review_facts(governed, change, review.export, now.date())
        findings = review_change(facts, policy)
    return Examination(
        base,
        notes=_foreseen(governed, change, now) if foresee and review is None else (),
        blocked=(*blocked, *rewritten_lock(governed, change)),
        review=findings,
        invalid=tuple(tampered_recordings(governed, change)),
        remarks=tuple(told_of_judgement(governed, change, base.revision)),
    )


def _foreseen(governed: Project, change: Difference, now: datetime) -> tuple[str, ...]:
    """Return what would block a pull request of the change, whoever reviews it."""
    policy = governing_section(governed, "review", ReviewPolicy)
    policy = policy.model_copy(update={"reviewer": "off"})  # nobody can have looked at it yet
    if "block" not in (policy.case, policy.known_good):
        return ()
    try:
        findings = review_change(review_facts(governed, change, None, now.date()), policy)
    except InputError:  # the gate says what is wrong
        return ()
    return tuple(
        f"A pull request would be blocked by review.{one.rule}: {one.message}. To try it: "
        "promptgate gate --review trailers."
        for one in findings
        if one.state is ReviewState.BLOCK
    )
