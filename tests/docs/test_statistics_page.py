"""The first table of docs/statistics.md is what the gate says of such answers."""

from __future__ import annotations

import re

import pytest

from promptgate.gate import (
    Arm,
    CaseRow,
    Context,
    Policy,
    SuiteEvidence,
    SuiteTable,
    TrialRow,
    decide,
)
from tests.support.project import EXAMPLE

PAGE = (EXAMPLE / "docs/statistics.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (\d+) \| (\d+) \| (\d+) \| (\w+) \| (\S+), from (\S+) to (\S+) points \|$", re.MULTILINE
)


def suite(worse: int, better: int, same: int) -> SuiteEvidence:
    """Return a suite of cases that were asked once: so many fell, so many rose."""
    scores = [(1.0, 0.0)] * worse + [(0.0, 1.0)] * better + [(1.0, 1.0)] * same
    cases = [CaseRow(str(n), baseline=f"old {n}", candidate=f"new {n}") for n in range(len(scores))]
    trials = [
        TrialRow(str(n), arm, 0, pair[arm])
        for n, pair in enumerate(scores)
        for arm in (Arm.BASELINE, Arm.CANDIDATE)
    ]
    return SuiteEvidence(SuiteTable.from_rows("refusal", cases, trials))


@pytest.mark.parametrize("row", ROW.findall(PAGE), ids=lambda row: row[3])
def test_example_of_a_verdict_is_the_gates_own(row):
    counts, (verdict, *points) = map(int, row[:3]), row[3:]
    found = decide([suite(*counts)], Policy(), Context()).suites[0]
    measured = found.comparison
    shown = [float(text.replace("−", "-")) for text in points]
    assert found.verdict == verdict
    assert [100 * measured.difference, 100 * measured.lower, 100 * measured.upper] == pytest.approx(
        shown, abs=0.051
    )


def test_page_gives_an_example_of_each_verdict_that_answers_give():
    assert [row[3] for row in ROW.findall(PAGE)] == ["PASS", "INCONCLUSIVE", "FAIL"]
