"""`promptgate gate explain`: every verdict can be checked with a calculator."""

from __future__ import annotations

import json
import math
import re

import pytest
from scipy import stats

from promptgate.gate import Outcome, Verdict
from promptgate.reports.console import OUTCOME_STYLE, VERDICT_STYLE
from promptgate.reports.working import ASKS
from tests.gate_cli.conftest import arm


@pytest.fixture
def explained(promptgate, results, tmp_path):
    """Compare two arms, then explain the JSON; returns the text and the JSON."""

    def run(baseline, candidate, *options):
        paths = [results("a.csv", baseline), results("b.csv", candidate)]
        file = tmp_path / "decision.json"
        promptgate("compare", *map(str, paths), "--json", str(file), *options)
        ended = promptgate("gate", "explain", str(file))
        assert ended.code == 0
        return " ".join(ended.out.split()), json.loads(file.read_text())

    return run


def number(text: str, pattern: str) -> float:
    found = re.search(pattern, text)
    assert found, f"{pattern} is not in {text}"
    return float(found.group(1))


def test_explain_prints_numbers_from_which_the_bounds_follow(explained):
    """Read n, mean and sd off the screen, use tables of t, and arrive at the printed bounds."""
    text, _ = explained(arm(3), arm(9))
    n = int(number(text, r"n = (\d+) units"))
    mean = number(text, r"mean d = [\d.]+ - [\d.]+ = (-?[\d.]+)")
    sd = number(text, r"sd s = ([\d.]+)")
    error = sd / math.sqrt(n)
    assert number(text, r"\) = (-?[\d.]+), p = P") == pytest.approx(mean / error, abs=1e-4)
    quantile = stats.t.ppf(0.95, n - 1)
    upper = number(text, r"= (-?[\d.]+); below 0")
    assert upper == pytest.approx(mean + quantile * error, abs=1e-5)
    shifted = n * mean / (n + 2)
    squares = (n - 1) * sd**2 + n * mean**2 + 2 - (n + 2) * shifted**2
    half = stats.t.ppf(0.95, n + 1) * math.sqrt(squares / (n + 1)) / math.sqrt(n + 2)
    lower = number(text, r"(-?[\d.]+) > -0.100000:")
    assert lower == pytest.approx(shifted - half, abs=1e-5)
    assert stats.t.cdf(mean / error, n - 1) == pytest.approx(
        number(text, r"is lower\) = ([\d.e-]+)"), rel=1e-3
    )


def test_explain_answers_each_question_as_the_verdict_has_it(explained):
    text, decision = explained(arm(), arm(20))
    assert decision["suites"][0]["verdict"] == "FAIL"
    assert "> -0.100000: no" in text
    assert "< 0.05: yes" in text
    assert "all_pass: does every suite pass, with no violation open?" in text


def test_explain_shows_the_floor_when_no_unit_differs(explained):
    text, _ = explained(arm(cases=20), arm(cases=20))
    assert "ln(alpha) / ln(1 - margin) = 29 too: no" in text


def test_explain_names_the_sign_test_when_all_units_differ_alike(explained):
    rows = [{**row, "score": 0.5} for row in arm(cases=40)]
    text, _ = explained(arm(cases=40), rows)
    assert "p = 0.5^n (sign test)" in text


def test_explain_shows_how_holm_adjusts_when_there_are_suites(explained):
    text, _ = explained(arm(4) + arm(suite="b"), arm(9) + arm(3, suite="b"))
    first = re.search(r"help: ([\d.e-]+) x 2 = ([\d.e-]+)", text)
    assert first
    assert float(first.group(2)) == pytest.approx(2 * float(first.group(1)), rel=1e-4)


def test_explain_says_that_a_rise_was_asked_when_superiority_was(explained):
    text, _ = explained(arm(20), arm(), "--superiority")
    assert "is the lower bound above 0?" in text
    assert "> 0.000000: yes" in text


def test_explain_shows_missing_trials_new_cases_and_violations(explained):
    rows = arm(1, cases=100) + arm(cases=30, suite="fresh")
    rows[9] |= {"error": "timeout"}
    text, _ = explained(arm(cases=100), rows, "--critical", "help", "--min-score", "0.5")
    assert "missing: 1 trials have no score" in text
    assert "with the worst for what is missing" in text
    assert "without a baseline: n = 30 units" in text
    assert ">= min_score 0.5: yes" in text
    assert "violation: c0 is open, 3 of 3 trials do not pass" in text


def test_explain_reads_the_newest_gate_and_one_by_its_beginning(violated, promptgate):
    assert promptgate("gate", "--baseline", "main").code == 3
    newest = promptgate("gate", "explain")
    (folder,) = (violated.root / "reports" / "gates").iterdir()
    assert newest.code == 0
    assert folder.name in newest.out
    assert "violation: q7 is open, 1 of 1 trials do not pass" in newest.out
    assert "sure, like this" in newest.out
    assert promptgate("gate", "explain", folder.name[:17]).out == newest.out
    stored = promptgate("gate", "explain", str(folder), "--json", "-")
    assert json.loads(stored.out)["decision"] == "HOLD"


def test_explain_refuses_what_is_no_stored_gate(project, promptgate):
    none = promptgate("gate", "explain")
    assert (none.code, "no gate is stored under reports/gates" in none.err) == (2, True)
    project.write("other.json", '{"a": 1}')
    other = promptgate("gate", "explain", "other.json")
    assert (other.code, "other.json: this is no stored decision" in other.err) == (2, True)
    project.write("reports/gates/20260101T000000Z-aa/decision.json", "{}")
    unknown = promptgate("gate", "explain", "2025")
    assert (unknown.code, "unknown gate '2025'" in unknown.err) == (2, True)


def test_explain_asks_a_question_for_every_rule_of_the_gate(explained):
    """A rule that is added without its question would be shown by its bare name."""
    source = __import__("inspect").getsource(__import__("promptgate.gate.rules").gate.rules)
    names = set(re.findall(r'ask\(\s*"(\w+)"', source)) | {
        f"fix_forward.{name}" for name in ("affected", "lines", "files", "minutes")
    }
    names |= {"fix_forward.cause", "fix_forward.measured"}
    names |= {f"review.{name}" for name in ("known_good", "reviewer", "case")}
    assert names == ASKS.keys()


def test_reports_have_a_style_for_every_outcome_and_verdict():
    assert OUTCOME_STYLE.keys() == set(Outcome)
    assert VERDICT_STYLE.keys() == set(Verdict)
