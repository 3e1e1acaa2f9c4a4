"""The comment: within the forge's limit, and nothing in it commands a forge."""

from __future__ import annotations

import re

import pytest

from promptgate.ci.annotating import Annotation, code_quality, workflow_commands
from promptgate.ci.comment import LIMITS, comment, marker
from promptgate.ci.forges import Event, Forge, Pipeline
from promptgate.ci.judging import Judgement
from promptgate.ci.lacking import Lacking
from promptgate.errors import ExitCode, InputError, MissingRecording
from promptgate.prompts import Base, Finding, Severity
from promptgate.runs.costs import Bill
from tests.support.accounts import account_of, trial

NASTY = (
    "\n/close\n::error::x\n@ada #1 <img src=x> | ` [a](javascript:x) \x1b[31m\u202e" + "x" * 3000
)


def pipeline(forge: Forge, **more) -> Pipeline:
    return Pipeline(forge, Event.REQUEST, request=7, head="c0ffee0" * 6, **more)


@pytest.fixture(scope="module")
def large():
    """2,000 cases in 100 suites, half of which fell, with long answers of a hostile model."""
    return account_of(
        trial(f"case-{suite}-{n}", arm, NASTY, passed=arm == "baseline" or n % 2 == 0,
              suite=f"suite-{suite}")
        for suite in range(100) for n in range(20) for arm in ("baseline", "candidate")
    )  # fmt: skip


def judgement(reason: str = "Worse.", **more) -> Judgement:
    base = Base("origin/main", "b" * 40, "given")
    return Judgement(ExitCode.WORSE, "ROLLBACK", reason, base, **more)


@pytest.mark.parametrize("forge", list(Forge))
def test_comment_keeps_the_limit_when_there_are_2000_cases(large, forge):
    findings = tuple(
        Finding("prompts/a.md", n, "rule", Severity.ERROR, NASTY) for n in range(1, 200)
    )
    text = comment(judgement(findings=findings), large, pipeline(forge), "apps/bot")
    limit = LIMITS[forge]
    assert len(text) <= limit
    assert text.startswith("<!-- promptgate apps/bot -->\n")
    assert "ROLLBACK" in text
    assert "### Lint" in text
    assert "rules of origin/main" in text
    if forge is Forge.GITHUB:
        assert len(text) > limit / 2
    assert all(f"suite-{n}" in text for n in range(100))


@pytest.mark.parametrize("forge", list(Forge))
def test_comment_keeps_the_limit_when_answers_of_2000_suites_are_missing(forge):
    bill = Bill(60_000, ("test-model",), 1.0, 12.3)
    lacking = Lacking({f"suite-{n}": 30 for n in range(2000)}, "cassettes", bill)
    error = MissingRecording(NASTY * 50)
    made = Judgement(ExitCode.INVALID_EVIDENCE, "HOLD", str(error), lacking=lacking, error=error)
    text = comment(made, None, pipeline(forge, fork=True), "apps/my bot")
    assert "cd 'apps/my bot'" in text
    assert len(text) <= LIMITS[forge]
    assert "1980 more | 59,400 |" in text
    assert "--max-cost 13" in text
    assert "from a fork" in text


@pytest.mark.parametrize("forge", [Forge.GITHUB, Forge.GITLAB])
def test_comment_commands_nothing_when_names_and_reasons_are_hostile(large, forge):
    made = judgement(NASTY, error=InputError(NASTY, file="suites/a.yaml", line=3))
    for account in (None, large):
        text = comment(made, account, pipeline(forge))
        assert not re.search(r"^\s*/", text, flags=re.MULTILINE)
        assert "@ada" not in text
        assert not re.search(r"(?<!\\)<img", text)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert not re.search(r"(?<!\\)\[a(?<!\\)\]\(", text)


def test_marker_cannot_end_its_own_remark():
    assert marker("a--><b") == "<!-- promptgate a___b -->"
    assert marker("") == marker(".")


def test_workflow_command_stays_on_its_line_when_the_message_would_leave_it():
    one = Annotation("error", "100 %\n::set-output::\r" + NASTY, "a,b:c\n.md", 3, 4, "x::y")
    (line,) = workflow_commands([one])
    assert "\n" not in line
    assert "\r" not in line
    assert line.startswith("::error file=a%2Cb%3Ac .md,line=3,endLine=4,title=promptgate%3A x%3A")
    assert "::100 %25 ::set-output::" in line
    assert len(line) < 1300


def test_workflow_commands_are_as_many_as_github_shows_with_the_worst_first():
    many = [Annotation("warning", str(n)) for n in range(30)] + [Annotation("error", "worst")]
    lines = workflow_commands(many)
    assert lines[0].endswith("worst")
    assert len(lines) == 11


def test_code_quality_tells_remarks_apart_and_leaves_out_those_about_no_file():
    remarks = [Annotation("error", "a", "f.md", 1), Annotation("error", "a", "f.md", 2)]
    report = code_quality([*remarks, Annotation("error", "nowhere")])
    assert len({one["fingerprint"] for one in report}) == 2
    assert report == code_quality(remarks)
