"""The verdict of one suite, and the evidence that it is given on, as values.

assess.py fills them in. They stand apart so that whoever shows a verdict, or
decides on one, need not know how it was reached.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from promptgate.gate.calibration import Calibration
    from promptgate.gate.critical import FreshRepeats, Violation
    from promptgate.gate.measure import CaseChange, Comparison, Missing
    from promptgate.gate.policy import Policy, SuitePolicy
    from promptgate.gate.statistics import MeanScore, Ratio
    from promptgate.gate.table import SuiteTable


class Verdict(StrEnum):
    """What the gate says of one suite."""

    PASS = "PASS"  # noqa: S105 - a verdict
    FAIL = "FAIL"
    INCONCLUSIVE = "INCONCLUSIVE"
    ERROR = "ERROR"


@dataclass(frozen=True)
class Judge:
    """A model that scored the suite, and what people's labels say of it.

    Attributes:
        name: As the suite names it.
        digest: Of all that decides its verdicts.
        calibration: Bound to that digest; None where there is none.
        remark: Why the calibration is absent or does not count, in a clause; '' where
            there is nothing to say.
    """

    name: str
    digest: str = ""
    calibration: Calibration | None = None
    remark: str = ""

    def faults(self, policy: Policy) -> tuple[str, ...]:
        """Return why it may not gate, in clauses; () where it may."""
        if self.calibration is None:
            return (self.remark or "it was never calibrated (promptgate judge calibrate)",)
        told = (self.remark,) if self.remark else ()
        return (*self.calibration.faults(policy), *told)


@dataclass(frozen=True)
class SuiteEvidence:
    """All that the gate is given about one suite.

    Attributes:
        table: Its trials.
        margin: As the suite's own file has it.
        min_score: As the suite's own file has it.
        on_inconclusive: As the suite's own file has it.
        anchor: The same suite with the anchor release as the baseline.
        fresh: Fresh repeats of critical cases, by case id.
        history: Earlier trials of the baseline alone, by case id: (passed, trials).
        judges: The models whose verdicts decide whether its trials pass.
        people: The suite again with people's scores; MISSING where nobody labelled.
        changes: Sentences on cases that the change removes, edits or weakens.
    """

    table: SuiteTable
    margin: float | None = None
    min_score: float | None = None
    on_inconclusive: Literal["hold", "warn"] | None = None
    anchor: SuiteTable | None = None
    fresh: Mapping[str, FreshRepeats] = field(default_factory=dict)
    history: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    judges: tuple[Judge, ...] = ()
    people: SuiteTable | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SuiteVerdict:
    """A suite's verdict and what it rests on.

    Attributes:
        suite: Its name.
        verdict: After Holm's correction over suites.
        reason: One sentence: the number that decided and the limit it met.
        critical: All of its cases are critical.
        policy: The numbers that held.
        alpha: Level of this look.
        cases: How many.
        clusters: Units: clusters, and cases that stand alone.
        repeats: The largest number of repeats of a case.
        comparison: Against the baseline; None where there was nothing to compare.
        score: Of the cases that the baseline does not have.
        p_adjusted: comparison.p (or score.p) after Holm; None without a test.
        anchor: Against the anchor release.
        anchor_p_adjusted: anchor.p after Holm.
        missing: Trials without a score.
        mde80: Drop that is proven 8 times in 10; None where nothing was compared.
        release_chance: That a harmless edit passes; None where nothing was compared.
        violation_upper: Upper bound of the share of critical units with a violation:
            1 - alpha ** (1 / n) where n are clean; None without a critical unit.
        violations: Critical cases not known to be clean.
        regressed: Cases that fell, the largest fall first.
        improved: Cases that rose, the largest rise first.
        flaky: Cases that the baseline's own history shows both passing and failing.
        cost: Advisory.
        latency: Advisory.
        notes: Sentences that belong beside the verdict.
        settle: What would settle an inconclusive suite.
        identical: Every request is the same in both arms.
        judges: The models that scored it, each with why it may not gate; () where it may.
        judge_may_gate: No judge scored it, or people agree with each, or the policy lets
            others gate too.
    """

    suite: str
    verdict: Verdict
    reason: str
    critical: bool
    policy: SuitePolicy
    alpha: float
    cases: int
    clusters: int
    repeats: int
    comparison: Comparison | None
    score: MeanScore | None
    p_adjusted: float | None
    anchor: Comparison | None
    anchor_p_adjusted: float | None
    missing: Missing
    mde80: float | None
    release_chance: float | None
    violation_upper: float | None
    violations: tuple[Violation, ...]
    regressed: tuple[CaseChange, ...]
    improved: tuple[CaseChange, ...]
    flaky: tuple[str, ...]
    cost: Ratio | None
    latency: Ratio | None
    notes: tuple[str, ...]
    settle: str | None
    identical: bool
    judges: tuple[tuple[Judge, tuple[str, ...]], ...]
    judge_may_gate: bool

    @property
    def proven_drop(self) -> bool:
        """Whether the candidate is shown to be worse than the baseline, margin or not."""
        return (
            self.comparison is not None
            and self.p_adjusted is not None
            and self.p_adjusted < self.alpha
        )

    @property
    def wants_trials(self) -> bool:
        """Whether the scores, rather than a person or a judge, leave the suite open."""
        comparison = self.comparison
        return (
            self.verdict is Verdict.INCONCLUSIVE
            and self.judge_may_gate
            and comparison is not None
            and not (comparison.passes and (self.anchor is None or self.anchor.passes))
        )

    @property
    def open_violations(self) -> tuple[Violation, ...]:
        """Violations that no adjudication has cleared."""
        return tuple(violation for violation in self.violations if violation.open)

    @property
    def p_values(self) -> tuple[float | None, float | None]:
        """Unadjusted p of the suite and of its anchor, None without a test."""
        if self.identical:
            return None, None if self.anchor is None else self.anchor.p
        own = self.comparison or self.score
        return None if own is None else own.p, None if self.anchor is None else self.anchor.p
