"""Ways to get a change past the rules of review or the evidence, each with real git.

The change under 'topic' is good: it is reviewed, has a case, and is recorded. Each way
makes it worse and hides that, or takes something away that it needs.
"""

from __future__ import annotations

import re
import shutil

import pytest

from promptgate.project import find_project
from tests.support.evasions import link
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
