"""Ways to get a change past the rules of review, each with real git: the change itself is good."""

from __future__ import annotations

import shutil

import pytest

from tests.support.governed import CONFIG, NEW_CASE, SUITE
from tests.support.recorded import record, suite_of

# Each is the good change with something of its review missing.
UNREVIEWED = {
    "reviewed by its author": ({"login": "ada"},),
    "reviewed by its author under another case": ({"login": "ADA"},),
    "reviewed by a robot": ({"login": "helper[bot]"},),
    "approval taken back": ({}, {"state": "DISMISSED"}),
    "approval followed by an objection": ({}, {"state": "CHANGES_REQUESTED"}),
    "objection of somebody else": ({}, {"login": "kay", "state": "CHANGES_REQUESTED"}),
    "only commented": ({"state": "COMMENTED"},),
    "approval of a commit that is unknown": ({"commit": "1" * 40},),
    "approval of what is no commit": ({"commit": "HEAD"},),
}


@pytest.mark.parametrize("way", UNREVIEWED)
def test_change_without_a_review_by_another_ends_with_4(change, gate, way):
    change.reviewed(*UNREVIEWED[way])
    ended, decision, _ = gate()
    assert ended == 4
    (rule,) = [rule for rule in decision["rules"] if rule["rule"] == "review.reviewer"]
    assert rule["fired"]


def test_approval_of_another_diff_does_not_hold(change, gate):
    """Approved first, and edited afterwards: in one character, of the prompt."""
    change.replace(
        "prompts/support.md", "{% block user %}{{ question", "{% block user %} {{ question"
    )
    change.commit("one space")
    assert gate()[0] == 4


def test_approval_holds_after_a_change_of_code_a_rebase_and_a_squash(change, gate):
    """It is bound to the content that was looked at, not to a hash."""
    change.write("app/main.py", "print('hello')\n")
    change.commit("code")
    assert gate()[0] == 0
    change.on_main(lambda: change.write("docs/page.md", "x"))
    change.git("rebase", "-q", "main")
    change.git("reset", "-q", "--soft", "main")
    change.commit("squashed")
    assert gate()[0] == 0


def test_author_of_one_commit_is_no_reviewer_of_the_change(change, gate):
    change.write("notes.txt", "x")
    change.git("add", "-A")
    change.git("commit", "-q", "-m", "notes", "--author", "G <1+grace@users.noreply.github.com>")
    change.reviewed()
    assert gate()[0] == 4


def test_coauthor_is_no_reviewer_of_the_change(change, gate):
    trailer = "x\n\nCo-authored-by: Grace <grace>"
    change.git("commit", "-q", "--allow-empty", "-m", trailer)
    change.reviewed()
    assert gate()[0] == 4


def test_export_that_the_change_brings_along_is_refused(change, promptgate):
    shutil.copy(change.export, change.root / "reviews.json")
    change.commit("my reviews")
    ended = promptgate("gate", "--review", "reviews.json")
    assert ended.code == 2
    assert "it is committed in this repository" in ended.err


@pytest.mark.parametrize("text", ["{}", "[1]", '{"reviews": [{"state": "APPROVED", "user": {}}]}'])
def test_export_that_is_not_understood_is_refused(change, gate, text):
    change.export.write_text(text, encoding="utf-8")
    ended, _, err = gate()
    assert ended == 2
    assert "gh pr view" in err


@pytest.mark.parametrize(("trailers", "code"), [("true", 0), ("false", 4)])
def test_trailer_that_the_author_types_only_warns(change, promptgate, trailers, code):
    change.on_main(lambda: change.write("promptgate.toml", f"{CONFIG}trailers = {trailers}\n"))
    change.git("commit", "-q", "--amend", "-m", "kindly\n\nReviewed-by: Grace <grace@x.org>")
    ended = promptgate("gate", "--review", "trailers")
    assert ended.code == code
    told = " ".join(ended.out.split())
    assert ("Grace <grace@x.org> has reviewed support only a commit says" in told) is (code == 0)


def test_rules_of_review_are_those_of_the_base(change, gate):
    change.write("promptgate.toml", '[review]\nreviewer = "off"\ncase = "off"\n')
    change.commit("no review")
    change.reviewed({"login": "ada"})
    ended, decision, _ = gate()
    assert ended == 4
    assert any("reviewer = off" in warning for warning in decision["warnings"])


CASES = {
    "none": "",
    "the same question, spelt otherwise": NEW_CASE.replace("Is it blue?", "QUESTION  3!"),
    "in quarantine": NEW_CASE.replace(
        "{id: new, ", "{id: new, quarantine: {owner: ada, until: 2100-01-01, reason: new}, "
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_case_that_adds_nothing_does_not_count(change, gate, case):
    change.replace(SUITE, NEW_CASE, CASES[case])
    record(change, lambda key: "blue", "main", "worktree", suites="worktree")
    change.commit("a case")
    change.reviewed()
    ended, decision, _ = gate()
    assert ended == 4
    assert "no case for it is added" in decision["reason"]


def test_expectation_that_is_replaced_is_named_and_counts_for_no_case(change, gate):
    """Both arms are held to it, so it decides nothing; a reviewer has to see it."""
    change.replace(SUITE, NEW_CASE, "")
    change.replace(SUITE, "contains: blue", "contains: e")
    change.commit("no colour")
    change.reviewed()
    ended, decision, _ = gate()
    assert ended == 4
    (suite,) = decision["suites"]
    assert suite["notes"][0].startswith("edited, expects another 'contains': 'q0'")


def test_case_for_another_prompt_does_not_count(change, gate):
    change.replace(SUITE, NEW_CASE, "")
    change.write("prompts/billing.md", "---\nmodel: m\n---\n{% block user %}x{% endblock %}\n")
    change.write("suites/bills.yaml", suite_of(30, name="bills").replace("support", "billing"))
    change.commit("a case for billing")
    change.reviewed()
    assert gate()[0] == 4
