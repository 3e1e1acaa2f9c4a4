"""`[gate]` of promptgate.toml: every number that the gate uses, with its default.

The numbers live apart from the rules so that a change of either shows as what
it is. A policy is validated when it is loaded: one that can never pass, or never
detect, would be a gate that is switched off without anybody having decided so.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from promptgate.documents import StrictModel


class SuiteOverride(StrictModel):
    """`[gate.suites.NAME]`: what one suite does differently."""

    margin: float | None = Field(
        default=None, gt=0, lt=1, description="Largest harmless drop, in points."
    )
    min_score: float | None = Field(
        default=None, gt=0, lt=1, description="Mean score to be shown where there is no baseline."
    )
    must_improve: bool | None = Field(default=None, description="PASS needs a proven rise.")
    critical: bool | None = Field(
        default=None, description="Whether all cases are critical, whatever the suite says."
    )
    on_inconclusive: Literal["hold", "warn"] | None = Field(
        default=None, description="What an inconclusive suite that is not critical does."
    )


class Policy(StrictModel):
    """`[gate]`: the numbers of the rule, of the evidence and of the decision."""

    margin: float = Field(
        default=0.10,
        gt=0,
        lt=1,
        description="Largest harmless drop, in points of score: .10 is 10.",
    )
    alpha: float = Field(
        default=0.05,
        gt=0,
        lt=0.5,
        description="One-sided level of PASS and of FAIL, before corrections.",
    )
    ladder: tuple[int, ...] = Field(
        default=(1, 3, 5),
        description="Repeats of the looks, where the gate may ask for more trials.",
    )
    min_score: float | None = Field(
        default=None, gt=0, lt=1, description="Mean score to be shown where there is no baseline."
    )
    must_improve: bool = Field(default=False, description="PASS needs a proven rise.")
    on_inconclusive: Literal["hold", "warn"] = Field(
        default="hold", description="What an inconclusive suite that is not critical does."
    )
    max_missing: float = Field(
        default=0.02, ge=0, lt=1, description="Share of trials an arm may lack."
    )
    max_imbalance: float = Field(
        default=0.01, ge=0, lt=1, description="How much larger that share may be in one arm."
    )
    fresh_repeats: int = Field(default=4, ge=1, description="Fresh repeats that a violation draws.")
    confirm_violations: int = Field(
        default=2, ge=1, description="Violations among the fresh repeats that confirm it."
    )
    max_age_days: float = Field(
        default=7.0, gt=0, description="How far apart in time the arms' recordings may be."
    )
    anchor: str | None = Field(
        default=None,
        min_length=1,
        description="Revision that every candidate is compared with too, against slow decline.",
    )
    anchor_margin: float = Field(
        default=0.10, gt=0, lt=1, description="Largest harmless drop against the anchor release."
    )
    max_cost_ratio: float = Field(
        default=1.2, gt=1, description="Advisory: cost, candidate to baseline."
    )
    max_latency_ratio: float = Field(
        default=1.2, gt=1, description="Advisory: latency, candidate to baseline."
    )
    min_kappa: float = Field(
        default=0.6,
        gt=0,
        lt=1,
        description="Agreement with people that a judge needs before it may gate.",
    )
    min_kappa_lower: float = Field(
        default=0.4,
        ge=-1,
        lt=1,
        description="What the lower end of that agreement's 95 % interval must reach.",
    )
    min_labels: int = Field(
        default=40, ge=2, description="People's labels that a judge's calibration needs."
    )
    uncalibrated_judges: Literal["hold", "gate"] = Field(
        default="hold",
        description="Whether the suites of a judge that may not gate are inconclusive, or gate "
        "all the same.",
    )
    min_release_chance: float = Field(
        default=0.80, gt=0, lt=1, description="Warn where a harmless edit is released less often."
    )
    max_affected: float = Field(
        default=0.10, gt=0, lt=1, description="Fix forward: upper bound of the affected share."
    )
    max_fix_lines: int = Field(default=10, ge=1, description="Fix forward: changed lines.")
    max_fix_files: int = Field(default=1, ge=1, description="Fix forward: changed files.")
    max_fix_minutes: float = Field(default=30.0, gt=0, description="Fix forward: time to fix.")
    suites: dict[str, SuiteOverride] = Field(
        default_factory=dict, description="What single suites do differently."
    )

    @field_validator("ladder")
    @classmethod
    def _rising(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if not value or value[0] < 1 or any(b <= a for a, b in pairwise(value)):
            raise ValueError("must be rising numbers of repeats, for example [1, 3, 5]")
        return value

    @model_validator(mode="after")
    def _can_confirm(self) -> Self:
        if self.confirm_violations > self.fresh_repeats:
            raise ValueError(
                f"'confirm_violations' is {self.confirm_violations} of only "
                f"{self.fresh_repeats} 'fresh_repeats': no violation could ever be confirmed; "
                f"write at most {self.fresh_repeats}"
            )
        return self

    def look_alpha(self, *, ladder: bool) -> float:
        """Return the level of one look: alpha, shared out where there is a ladder of looks."""
        return self.alpha / len(self.ladder) if ladder else self.alpha

    def for_suite(
        self,
        name: str,
        *,
        margin: float | None = None,
        min_score: float | None = None,
        on_inconclusive: Literal["hold", "warn"] | None = None,
    ) -> SuitePolicy:
        """Return the numbers of one suite.

        `[gate.suites.NAME]` stands over the suite's file, and that over `[gate]`.

        Args:
            name: The suite.
            margin: As the suite's own file has it.
            min_score: As the suite's own file has it.
            on_inconclusive: As the suite's own file has it.
        """
        own = self.suites.get(name, SuiteOverride())
        return SuitePolicy(
            margin=own.margin or margin or self.margin,
            min_score=own.min_score or min_score or self.min_score,
            must_improve=self.must_improve if own.must_improve is None else own.must_improve,
            critical=own.critical,
            on_inconclusive=own.on_inconclusive or on_inconclusive or self.on_inconclusive,
        )


@dataclass(frozen=True)
class SuitePolicy:
    """The numbers that hold for one suite; see Policy."""

    margin: float
    min_score: float | None
    must_improve: bool
    critical: bool | None
    on_inconclusive: Literal["hold", "warn"]
