"""Reports in text formats: what CI and forges read, and their limits."""

from __future__ import annotations

import base64
import gzip
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.gate import Outcome
from promptgate.prompts import Finding, Severity
from promptgate.reports import embed
from promptgate.reports.asking import read
from promptgate.reports.cases import MEANINGS, Mark
from promptgate.reports.console import render
from promptgate.reports.difference import difference, words
from promptgate.reports.html import MEANING, gate_html, page_html
from promptgate.reports.junit import gate_junit
from promptgate.reports.markdown import render_markdown
from promptgate.reports.sarif import lint_sarif
from promptgate.reports.sections import (
    Chart,
    Curve,
    Difference,
    Facts,
    Paragraph,
    Section,
    Table,
    Verbatim,
)
from tests.support.accounts import account_of, trial

FORGE = 65_536


def arms(count, fell=0, *, suite="facts", answer="It is blue.", critical=False):
    for number in range(count):
        more = {"suite": suite, "critical": critical}
        passed = number >= fell
        yield trial(f"q{number}", "baseline", answer, **more)
        yield trial(f"q{number}", "candidate", answer + " Or so.", passed=passed, **more)


def failed_cases(text):
    root = ElementTree.fromstring(text)
    return {
        (test.get("classname"), test.get("name"))
        for test in root.iter("testcase")
        if test.find("failure") is not None
    }


def test_junit_holds_every_case_and_each_suite_s_gate():
    root = ElementTree.fromstring(gate_junit(account_of(arms(40))))
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == ["promptgate", "facts"]
    assert len(suites[1].findall("testcase")) == 41
    assert (root.get("tests"), root.get("failures")) == ("42", "0")


def test_junit_fails_the_decision_the_gate_and_the_cases_that_fell():
    found = failed_cases(gate_junit(account_of(arms(40, fell=20))))
    assert {("promptgate", "decision"), ("facts", "gate"), ("facts", "q0")} <= found
    assert len(found) == 22


def test_junit_has_no_failure_when_single_cases_fall_in_a_gate_that_releases():
    """Noise in a case turns no build red."""
    account = account_of(arms(300, fell=2))
    assert account.decision["decision"] == "RELEASE"
    assert failed_cases(gate_junit(account)) == set()


def test_junit_fails_a_violated_critical_case():
    account = account_of(arms(60, fell=1, critical=True))
    assert ("facts", "q0") in failed_cases(gate_junit(account))


@given(st.text())
def test_junit_is_xml_whatever_a_model_answers(answer):
    ElementTree.fromstring(gate_junit(account_of(arms(3, fell=1, answer=answer))))


def test_suite_without_a_baseline_shows_the_cases_that_score_the_least():
    """A first release that is refused has to say where to look."""
    found = account_of(one for one in arms(40, fell=5) if one.arm == "candidate")
    (suite,) = found.decision["suites"]
    new = {**suite, "comparison": None, "verdict": "INCONCLUSIVE", "regressed": []}
    assert [(case.case, case.after) for case in found.examples(new)] == [
        ("q0", 0.0), ("q1", 0.0), ("q2", 0.0)
    ]  # fmt: skip
    shown = replace(found, decision={**found.decision, "suites": [new]})
    assert "| q0 (0.00) | Ask q0? |" in render_markdown(shown)


def test_markdown_of_two_thousand_cases_fits_a_comment():
    trials = [*arms(2000, fell=900, answer="<b>*_|" * 400)]
    text = render_markdown(account_of(trials))
    assert len(text) <= FORGE
    assert text.startswith("## ⛔ ROLLBACK")
    assert "900 cases fell" in text


def test_markdown_keeps_failing_suites_and_says_what_it_left_out():
    trials = [t for n in range(200) for t in arms(12, fell=0, suite=f"suite-{n:03d}" + "x" * 80)]
    trials += arms(60, fell=50, suite="the worst one", answer="*long* " * 400)
    text = render_markdown(account_of(trials))
    assert len(text) <= FORGE
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert rows[1].startswith("| the worst one | **FAIL** |")
    assert re.search(r"_Shortened: \d+ parts of what follows did not fit", text)
    assert len(render_markdown(account_of(trials), limit=10_000)) <= 10_000


@given(st.text())
def test_data_in_a_script_ends_no_element_and_reads_back(text):
    written = embed.script_json({"text": text})
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == {"text": text}


def test_report_of_a_thousand_cases_is_under_two_megabytes():
    """Six answers a case, of 600 characters each, in words that do not repeat one another."""
    from random import Random

    draw = Random(1)
    vocabulary = ["".join(draw.choices("etaoinshrdlu", k=draw.randint(2, 9))) for _ in range(3000)]
    weights = [1 / (rank + 2) for rank in range(len(vocabulary))]
    trials = [
        trial(f"q{n}", arm, " ".join(draw.choices(vocabulary, weights, k=100)), repeat=repeat)
        for n in range(1000)
        for arm in ("baseline", "candidate")
        for repeat in range(3)
    ]
    assert sum(len(t.answer) for t in trials) / len(trials) > 550
    assert len(gate_html(account_of(trials)).encode()) < 2_000_000


def test_pieces_hold_every_answer_once():
    account = account_of(arms(embed.PIECE + 1))
    pieces = [json.loads(gzip.decompress(base64.b64decode(p))) for p in embed.pieces(account.cases)]
    assert [len(piece["cases"]) for piece in pieces] == [embed.PIECE, 1]
    assert pieces[1]["cases"][0]["trials"][1][0]["answer"] == "It is blue. Or so."


def test_answers_are_cut_when_all_together_are_too_long(monkeypatch):
    monkeypatch.setattr(embed, "MOST_OF_ALL", 20_000)
    account = account_of(arms(10, answer="x" * 10_000))
    limit = embed.answer_limit(account.cases)
    assert limit * 20 <= 20_000
    piece = json.loads(gzip.decompress(base64.b64decode(embed.pieces(account.cases)[0])))
    first = piece["cases"][0]["trials"][0][0]
    assert (len(first["answer"]), first["cut"]) == (limit, 10_000 - limit)


def test_html_is_the_same_for_the_same_gate():
    assert gate_html(account_of(arms(5))) == gate_html(account_of(arms(5)))


def test_html_escapes_what_suites_are_called():
    text = gate_html(account_of(arms(12, suite="<img src=x>\u202e")))
    assert "<img src=x>" not in text
    assert "\u202e" not in text.partition('id="index"')[0]


def test_sections_show_every_block_and_escape_it():
    hostile = "<script>alert(1)</script>"
    blocks = (
        Paragraph(hostile),
        Facts(((hostile, hostile),)),
        Table((hostile,), ((hostile,),)),
        Verbatim(hostile),
        Difference(hostile, hostile, "other"),
        Chart(hostile, (hostile, "b"), (Curve(hostile, (0.5, None)),)),
    )
    text = page_html(hostile, hostile, [Section(hostile, blocks)])
    assert hostile not in text
    assert text.count("&lt;script&gt;alert(1)") > 12


def test_gate_report_shows_sections_of_others():
    section = Section("Cause of the drop", (Paragraph("The safety line was dropped."),))
    text = gate_html(account_of(arms(5)), [section])
    assert 'id="section-cause-of-the-drop"' in text
    assert "The safety line was dropped." in text


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_colour(outcome):
    assert MEANING[outcome] in ("good", "open", "bad")


@pytest.mark.parametrize("mark", Mark)
def test_every_mark_is_explained(mark):
    assert MEANINGS[mark]


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab \n"))
def test_difference_tells_both_texts(before, after):
    """With all its context a difference holds every line of both."""
    lines = difference(before, after, context=10_000)
    if not lines:
        assert before.splitlines() == after.splitlines()
        return
    told = {
        side: [line.text for line in lines if line.kind in ("same", side)]
        for side in ("removed", "added")
    }
    if before.splitlines() != after.splitlines():
        assert told == {"removed": before.splitlines(), "added": after.splitlines()}


def test_words_marks_what_changed_and_nothing_where_little_is_alike():
    left, right = words("Be kind to all customers.", "Be brief to all customers.")
    assert [p.text for p in left if p.changed] == ["kind"]
    assert [p.text for p in right if p.changed] == ["brief"]
    assert not any(p.changed for p in words("one two three", "Completely different!")[0])


def test_request_is_read_without_the_data_of_images():
    body = {
        "model": "m",
        "max_tokens": 5,
        "messages": [
            {
                "role": "user",
                "content": [
                    {"type": "image", "source": {"type": "base64", "data": "A" * 100_000}},
                    {"type": "text", "text": "What is this?"},
                ],
            }
        ],
    }
    asking = read(body)
    assert asking.question.endswith("What is this?")
    assert len(asking.question) < 200
    assert [part.label for part in asking.parts] == ["model", "user", "parameters"]


def test_sarif_gives_each_finding_a_place_and_a_stable_fingerprint():
    one = Finding("prompts/a b.md", 3, "missing-include", Severity.ERROR, "no", "prompts/c.md:9")
    two = Finding("prompts", 0, "no-prompts", Severity.INFO, "none")
    log = json.loads(lint_sarif([one, two, two], "1.0", folder="sub"))
    (run,) = log["runs"]
    first, second, third = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "sub/prompts/a%20b.md"
    assert place["region"] == {"startLine": 3}
    related = first["relatedLocations"][0]["physicalLocation"]
    assert related["region"] == {"startLine": 9}
    assert [r["level"] for r in run["results"]] == ["error", "note", "note"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[r["ruleIndex"]] for r in run["results"]] == [r["ruleId"] for r in run["results"]]
    assert second["partialFingerprints"] != third["partialFingerprints"]
    moved = Finding("prompts/a b.md", 30, "missing-include", Severity.ERROR, "no")
    again = json.loads(lint_sarif([moved], "1.0", folder="sub"))["runs"][0]["results"][0]
    assert again["partialFingerprints"] == first["partialFingerprints"]


def test_console_shows_one_suite_of_an_account():
    from rich.console import Console

    account = account_of([*arms(12), *arms(12, suite="other")]).of_suite("other")
    screen = Console(width=120)
    with screen.capture() as shown:
        screen.print(render(account))
    begins = [line.partition(" ")[0] for line in shown.get().splitlines()]
    assert ("facts" in begins, "other" in begins) == (False, True)


def on_a_terminal(account, width):
    from rich.console import Console

    screen = Console(width=width)
    with screen.capture() as shown:
        screen.print(render(account))
    return shown.get()


def test_console_says_of_a_suite_that_it_is_the_same_when_there_is_no_room_for_intervals():
    account = account_of(arms(40, fell=5))
    (suite,) = account.decision["suites"]
    same = {**suite, "suite": "calm", "identical": True, "comparison": None}
    account = replace(account, decision={**account.decision, "suites": [suite, same]})
    (row,) = [line for line in on_a_terminal(account, 80).splitlines() if line.startswith("calm")]
    assert row.split()[-1] == "same"
    assert "identical requests" in on_a_terminal(account, 120)


def test_console_draws_no_axis_when_nothing_is_compared():
    """A first release has a mean and a bound, which the line beneath tells."""
    account = account_of(one for one in arms(40) if one.arm == "candidate")
    (suite,) = account.decision["suites"]
    account = replace(account, decision={**account.decision, "suites": [suite]})
    head, *_ = [line for line in on_a_terminal(account, 140).splitlines() if "verdict" in line]
    assert " ".join(head.split()) == "suite verdict cases baseline candidate change p (Holm)"
