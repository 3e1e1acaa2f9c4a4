"""Builders of evidence that the tests of the gate share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import settings

from promptgate.gate import Arm, CaseRow, State, SuiteEvidence, SuiteTable, TrialRow

# The first call of a numerical library may take a second: time says nothing here.
settings.register_profile("gate", deadline=None, max_examples=50)
settings.load_profile("gate")

Scores = Sequence[Sequence[float | None]]


def build_table(
    baseline: Scores,
    candidate: Scores,
    *,
    suite: str = "helpfulness",
    critical: bool = False,
    clusters: Sequence[str] | None = None,
    identical: bool = False,
) -> SuiteTable:
    """One inner sequence of repeats a case; None is a trial without a score."""
    cases = [
        CaseRow(
            f"case-{index}",
            cluster=clusters[index] if clusters else None,
            critical=critical,
            baseline=f"old-{index}",
            candidate=f"old-{index}" if identical else f"new-{index}",
        )
        for index in range(max(len(baseline), len(candidate)))
    ]
    trials = [
        TrialRow(
            f"case-{index}",
            arm,
            repeat,
            score,
            state=State.SCORED if score is not None else State.MISSING,
            response=f"{arm.name}-{index}-{repeat}",
        )
        for arm, scores in ((Arm.BASELINE, baseline), (Arm.CANDIDATE, candidate))
        for index, repeats in enumerate(scores)
        for repeat, score in enumerate(repeats)
    ]
    return SuiteTable.from_rows(suite, cases, trials)


@pytest.fixture
def table() -> Callable[..., SuiteTable]:
    return build_table


@pytest.fixture
def evidence() -> Callable[..., SuiteEvidence]:
    def build(baseline: Scores, candidate: Scores, **options: object) -> SuiteEvidence:
        own = {"margin", "min_score", "anchor", "fresh", "history", "judge", "changes"}
        table_options = {name: value for name, value in options.items() if name not in own}
        rest = {name: value for name, value in options.items() if name in own}
        return SuiteEvidence(build_table(baseline, candidate, **table_options), **rest)

    return build


@pytest.fixture
def steady() -> Callable[..., SuiteEvidence]:
    """A suite whose requests changed and whose scores did not."""

    def build(n: int = 60, k: int = 3, **options: object) -> SuiteEvidence:
        return SuiteEvidence(build_table([[1.0] * k] * n, [[1.0] * k] * n, **options))

    return build


@pytest.fixture
def broken() -> Callable[..., SuiteEvidence]:
    """A suite of which half the cases break."""

    def build(n: int = 60, k: int = 3, **options: object) -> SuiteEvidence:
        after = [[float(index % 2)] * k for index in range(n)]
        return SuiteEvidence(build_table([[1.0] * k] * n, after, **options))

    return build


@pytest.fixture
def unsure() -> Callable[..., SuiteEvidence]:
    """A suite that is neither shown harmless nor shown to drop: 3 of 40 fall, 1 rises."""

    def build(n: int = 40, k: int = 3, **options: object) -> SuiteEvidence:
        before = [[0.0] * k] + [[1.0] * k] * (n - 1)
        after = [[1.0] * k] + [[0.0] * k] * 3 + [[1.0] * k] * (n - 4)
        return SuiteEvidence(build_table(before, after, **options))

    return build
