"""Ways to get a change past the rules of review or the evidence, each with real git.

The change under 'topic' is good: it is reviewed, has a case, and is recorded. Each way
makes it worse and hides that, or takes something away that it needs.
"""

from __future__ import annotations

import re
import shutil

import pytest

from promptgate.project import find_project
from tests.release.test_freeze_evasion import link
from tests.support.governed import CONFIG, NEW_CASE, SUITE
from tests.support.recorded import record, suite_of

DROP = "a proven drop"


def tampered(change, pattern, replacement):
    """Alter what a recording of the baseline says, digests and all."""
    from promptgate.models.cassette_file import Recording, lay_out
    from promptgate.models.cassettes import Cassettes
    from tests.support.messages import message

    cassettes = Cassettes(find_project(change.root).cassettes)
    held = change.git("ls-tree", "-r", "--name-only", "main", "cassettes").splitlines()
    ours = {path.partition("/")[2] for path in held}
    for file in [
        f for f in cassettes.files() if f.path.split("/clone/")[1].partition("/")[2] in ours
    ]:
        (old,) = cassettes.read(file)
        if re.search(pattern, old.body):
            (change.root / cassettes.shown(file.path)).unlink()
            cassettes.forget()
            request = requests_of(change)[old.digest]
            body = lay_out(message(replacement, model=request.model))
            cassettes.append(request, Recording(old.digest, 0, body, old.recorded_at, old.sdk, 5))


def requests_of(change):
    from promptgate.runs.arms import open_arm
    from promptgate.runs.plan import make_plan
    from promptgate.suites import load_suites

    project = find_project(change.root)
    arm = open_arm(project, "candidate", "main", None)
    plan = make_plan((arm,), load_suites(project.tree, "suites"))
    return {p.requests["candidate"].digest: p.requests["candidate"] for p in plan.cases}


def removed(change):
    """Take the base's recordings away, and record worse answers in their place."""
    for path in change.git("ls-tree", "-r", "--name-only", "main", "cassettes").splitlines():
        (change.root / path).unlink()
    record(change, lambda key: "red", "main", suites="worktree")


def moved(change):
    """Let the change keep its recordings in another folder, with worse ones of the baseline."""
    shutil.copytree(change.root / "cassettes", change.root / "mine")
    change.write("promptgate.toml", '[project]\ncassettes = "mine"\n' + CONFIG)
    tampered(change, "blue", "red")


def lock_with(change, text):
    """Write a lock that says of itself that some text is released."""
    prompt = change.read("prompts/support.md")
    change.write("prompts/support.md", prompt.replace("kindly", text))
    change.write_lock()
    change.write("prompts/support.md", prompt)


def in_quarantine(change):
    text = change.read(SUITE)
    for number in range(12):
        aside = "quarantine: {owner: ada, until: 2100-01-01, reason: flaky}"
        text = text.replace(f"{{id: q{number}, ", f"{{id: q{number}, {aside}, ")
    change.write(SUITE, text)


# Each makes the change worse in twelve cases, and hides it.
WORSE = {
    "margin lowered": (
        lambda c: c.write("promptgate.toml", CONFIG + "[gate]\nmargin = 0.9\n"),
        1,
        "The change sets margin = 0.9 of [gate]",
    ),
    "margin of the suite lowered": (
        lambda c: c.replace(SUITE, "repeats: 1\n", "repeats: 1\nmargin: 0.9\n"),
        1,
        "margin: what origin/main has counts",
    ),
    "policy of one suite lowered": (
        lambda c: c.write("promptgate.toml", CONFIG + "[gate.suites.facts]\nmargin = 0.9\n"),
        1,
        "suites.facts.margin = 0.9",
    ),
    "another branch named as the one to be released from": (
        lambda c: (
            c.write("promptgate.toml", '[project]\ndefault_branch = "topic"\n' + CONFIG
                    + "[gate]\nmargin = 0.9\n"),
            c.commit("mine"),
            c.push("topic"),
            c.git("fetch", "-q", "origin"),
        ),
        1,
        DROP,
    ),
    "cases deleted": (
        lambda c: c.write(SUITE, suite_of(30, skip=12) + NEW_CASE),
        1,
        "removed, and run as the base has it: 'q0'",
    ),
    "suite deleted": (
        lambda c: (
            (c.root / SUITE).unlink(),
            c.write("suites/other.yaml", suite_of(30, name="other") + NEW_CASE),
            c.replace("suites/other.yaml", "contains: blue", "contains: e"),
        ),
        1,
        "removes the whole suite",
    ),
    "cases put into quarantine": (in_quarantine, 1, "not in quarantine before the change"),
    "lock deleted": (lambda c: c.git("rm", "-q", "promptgate.lock"), 4, "deletes promptgate.lock"),
    "lock rewritten to a worse text": (
        lambda c: lock_with(c, "never"),
        4,
        "a text of 'support' that is neither released nor its own",
    ),
    "lock rewritten to the change itself": (lambda c: c.write_lock(), 1, DROP),
    "prompt taken out of the lock": (
        lambda c: c.write("promptgate.lock", "version: 1\nprompts: {}\n"),
        4,
        "takes 'support' out of promptgate.lock",
    ),
    "lock made a link": (
        lambda c: (
            c.write("other.lock", c.read("promptgate.lock")),
            link(c, "promptgate.lock", "other.lock"),
        ),
        2,
        "symbolic link",
    ),
    "baseline's recordings altered": (
        lambda c: tampered(c, "blue", "red"),
        5,
        "recordings that the base has were altered: cassettes/",
    ),
    "baseline's recordings removed": (
        removed,
        5,
        "recordings that the base has were altered",
    ),
    "recordings kept in another folder": (moved, 5, "recordings that the base has were altered"),
    "one of the recordings removed": (
        lambda c: shutil.rmtree(c.root / "cassettes" / "facts" / "q3"),
        5,
        "q3",
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WORSE)
def test_worse_change_is_not_released(change, gate, way):
    hide, code, said = WORSE[way]
    change.break_it()
    hide(change)
    change.commit("innocent")
    change.reviewed()
    ended, decision, err = gate()
    assert ended == code
    assert said in f"{err} {decision}".replace("\\'", "'").replace('"', "")


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


def test_prompt_under_another_name_is_new_and_not_compared_with_itself(change, gate):
    """Renaming loses the baseline: nothing is known to be good, which blocks here."""
    change.break_it()
    change.git("mv", "prompts/support.md", "prompts/help.md")
    change.replace(SUITE, "prompt: support", "prompt: help")
    record(change, lambda key: "red", "worktree")
    change.commit("renamed")
    change.reviewed()
    ended, decision, _ = gate()
    assert ended == 4
    assert "help was never released" in decision["reason"]


def test_prompt_made_a_link_is_refused(change, gate):
    change.write("app/other.md", change.read("prompts/support.md").replace("kindly", "rudely"))
    link(change, "prompts/support.md", "../app/other.md")
    change.commit("a link")
    change.reviewed()
    assert gate("--candidate", "HEAD")[0] == 2


def test_partial_outside_of_the_prompts_is_part_of_what_was_approved(change, gate):
    change.write("common/tone.md", "Be kind.")
    link(change, "prompts/linked", "../common")
    change.replace("prompts/support.md", "{% endblock %}\n{% block user",
                   '{% include "linked/tone.md" %}\n{% endblock %}\n{% block user')  # fmt: skip
    record(change, lambda key: "blue", "worktree")
    change.commit("a partial")
    change.reviewed()
    change.write("common/tone.md", "Be rude.")
    record(change, lambda key: "red", "worktree")
    change.commit("and rude")
    assert gate()[0] == 4


def test_model_pin_is_a_change_of_the_prompt(change, gate):
    """Nothing but the model differs, and it needs a review and a case all the same."""
    change.git("checkout", "-q", "-B", "topic", "main")
    change.replace("prompts/support.md", "test-model", "cheap-model")
    record(change, lambda key: "blue", "worktree")
    change.commit("cheaper")
    change.reviewed({"login": "ada"})
    ended, decision, _ = gate()
    assert ended == 4
    rules = {rule["rule"]: rule["value"] for rule in decision["rules"]}
    assert (rules["review.reviewer"], rules["review.case"]) == (
        "ada, the author: block",
        "none for support: block",
    )


def test_model_of_promptgate_toml_is_a_change_of_the_prompt(change, gate):
    def without():
        change.replace("prompts/support.md", "model: test-model\n", "")
        change.write("promptgate.toml", '[project]\nmodel = "test-model"\n' + CONFIG)

    change.on_main(without)
    change.git("checkout", "-q", "-B", "topic", "main")
    change.replace("promptgate.toml", "test-model", "cheap-model")
    record(change, lambda key: "blue", "worktree")
    change.commit("cheaper")
    change.reviewed()
    ended, decision, _ = gate()
    assert ended == 4
    assert "support changes and no case" in decision["reason"]


def test_tag_named_as_the_base_does_not_stand_in_for_it(change, gate):
    change.break_it()
    change.write("promptgate.toml", CONFIG + "[gate]\nmargin = 0.9\n")
    change.commit("lax")
    change.git("tag", "origin/main")
    change.git("tag", "main")
    change.reviewed()
    assert gate()[0] == 1


def test_judge_that_the_change_edits_is_named(change, gate):
    """Both arms are judged alike, so it decides nothing by itself; somebody has to look."""
    judge = '[judges.tone]\nmodel = "m"\nprompt = "rubric.md"\n'

    def begin():
        change.write("rubric.md", "Is it polite?")
        change.write("promptgate.toml", CONFIG + judge)

    change.on_main(begin)
    change.git("merge", "-q", "main")
    change.write("rubric.md", "Is it an answer?")
    change.commit("an easier rubric")
    ended, decision, _ = gate()
    assert ended == 4, "what was approved had another rubric"
    assert any("edits what judges it: rubric.md" in told for told in decision["warnings"])
