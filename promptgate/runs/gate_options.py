"""What a caller of the gate may choose, and the command that records what it then needs."""

from __future__ import annotations

import math
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.prompts.revisions import WORKTREE

if TYPE_CHECKING:
    from promptgate.gate import Affected, Finding
    from promptgate.gate.circumstances import Cause
    from promptgate.prompts import Base
    from promptgate.runs.answers import Mode


@dataclass(frozen=True)
class GateOptions:
    """What a caller may choose; the defaults are the command's.

    Attributes:
        baseline: Revision; None: what was released, else where the branch began.
        candidate: Revision.
        base: Whose files govern, found or as a revision; None: see find_base().
        model: Asked in both arms whatever front matter says.
        candidate_model: Asked in the candidate arm.
        suites: Names or patterns; () takes the suites of the prompts that changed.
        cases: Ids or 'suite:case'.
        tags: A case needs one of them.
        mode: Where answers come from.
        everything: Also the suites of prompts that did not change.
        command: The command that a missing recording's message tells to run again.
        ladder: Begin with the first look of the policy's ladder and ask for more where
            a suite is not decided.
        allow_gap: Arms may be recorded far apart, or served by different models.
        blocked: Sentences: freezes and policies in the way, as the caller found them.
        review: What the rules of review say of the change, as the caller found it.
        invalid: Sentences: why the evidence does not count, as the caller found it.
        remarks: Sentences for the reader, as the caller has them: warnings.
        notes: The same, of what is worth knowing and warns of nothing.
        fix: Revision of a fix that stands ready; it is measured where the candidate is worse.
        fix_minutes: Time until the fix is out.
        affected: How many of those looked at are hit.
        spot_check: Share of the replayed trials that are asked again, live; None: none.
        seed: That chooses these.
        cause: Of the drop, as somebody found it; None: attributed where that is possible.
    """

    baseline: str | None = None
    candidate: str = WORKTREE
    base: Base | str | None = None
    model: str | None = None
    candidate_model: str | None = None
    suites: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    mode: Mode = "replay"
    everything: bool = False
    command: str = "gate"
    ladder: bool = False
    allow_gap: bool = False
    blocked: tuple[str, ...] = ()
    review: tuple[Finding, ...] = ()
    invalid: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fix: str | None = None
    fix_minutes: float | None = None
    affected: Affected | None = None
    cause: Cause | None = None
    spot_check: float | None = None
    seed: int | None = None

    def __post_init__(self) -> None:
        if self.spot_check is not None and not 0 < self.spot_check <= 1:
            raise InputError(
                f"--spot-check must be above 0 and at most 1, but got {self.spot_check!r}; write "
                "0.05 for one trial in twenty."
            )
        if self.fix_minutes is not None and self.fix is None:
            raise InputError("--fix-minutes is the time until a fix is out; name it with --fix.")
        if self.fix_minutes is not None and not 0 <= self.fix_minutes < math.inf:
            raise InputError(f"--fix-minutes must be 0 or more, but got {self.fix_minutes!r}.")


def record_command(options: GateOptions) -> str:
    """Return the command that records what this gate needs."""
    words = ["promptgate", *options.command.split(), "--mode", "record"]
    if options.command != "gate":  # which chooses its arms itself
        return shlex.join(words)
    for name, value in (
        ("--baseline", options.baseline),
        ("--candidate", None if options.candidate == WORKTREE else options.candidate),
        ("--base", options.base if isinstance(options.base, str) else None),
        ("--model", options.model),
        ("--candidate-model", options.candidate_model),
        ("--fix", options.fix),
    ):
        words += [name, value] if value else []
    words += ["--ladder"] if options.ladder else []
    for name, values in (
        ("--suite", options.suites),
        ("--case", options.cases),
        ("--tag", options.tags),
    ):
        words += [word for value in values for word in (name, value)]
    return shlex.join(words)
