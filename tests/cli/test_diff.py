"""`promptgate diff` tells what an edit does: texts, requests, answers."""

from __future__ import annotations

import json

import pytest

from tests.support.recorded import record, suite_of


@pytest.fixture
def edited(project):
    """A prompt with a partial that was edited; answers of both versions to all but one case."""
    project.replace("prompts/support.md", "You answer", '{% include "tone.md" %}\nYou answer')
    project.write("prompts/tone.md", "Be kind to customers.\n")
    project.write("suites/facts.yaml", suite_of(4))
    project.commit("with a partial")
    project.replace("prompts/tone.md", "kind", "brief")
    project.replace("prompts/support.md", "model: test-model", "model: test-model\nmax_tokens: 9")
    return project


def diffed(ended) -> dict:
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def test_diff_shows_partials_parameters_and_requests(edited, promptgate):
    shown = promptgate("diff", "support", "HEAD", "worktree")
    assert shown.code == 0
    assert "max_tokens: 1024 → 9" in shown.out
    assert "prompts/tone.md" in shown.out
    assert "- Be kind to customers." in shown.out
    assert "+ Be brief to customers." in shown.out
    assert "4 cases: 0 send the same request, 4 another." in shown.out
    assert "4 cases alike, such as facts:q0" in shown.out


def test_diff_tells_which_answers_changed_and_which_are_missing(edited, promptgate):
    record(edited, lambda case: "It is blue.", "HEAD", suites="worktree")
    edited.write("suites/facts.yaml", suite_of(3))
    record(edited, lambda case: "It is red." if case == "q0" else "It is blue.", "worktree")
    edited.write("suites/facts.yaml", suite_of(4))
    (prompt,) = diffed(promptgate("diff", "support", "HEAD", "worktree", "--json", "-"))["prompts"]
    (suite,) = prompt["answers"]
    assert (suite["compared"], suite["changed"], suite["not_recorded"]) == (3, 1, 1)
    assert (suite["fell"], suite["rose"]) == (1, 0)
    assert suite["cases"] == [{"case": "q0", "before": 1.0, "after": 0.0}]


def test_diff_needs_no_recording_and_no_suite(edited, promptgate):
    (prompt,) = diffed(promptgate("diff", "--json", "-"))["prompts"]
    assert prompt["answers"][0]["not_recorded"] == 4
    (edited.root / "suites" / "facts.yaml").unlink()
    (prompt,) = diffed(promptgate("diff", "--json", "-"))["prompts"]
    assert (prompt["requests"], prompt["fault"]) == (None, "no suite tests it")


@pytest.mark.parametrize("fingerprint", ["same", "another"])
def test_diff_says_that_an_edit_changes_no_request(fingerprint, project, promptgate):
    """What people are told decides nothing; a comment might, but here it does not."""
    old, new = {
        "same": ("model: test-model", "model: test-model\nowner: somebody"),
        "another": ("{% block system %}", "{# why #}\n{% block system %}"),
    }[fingerprint]
    project.replace("prompts/support.md", old, new)
    shown = promptgate("diff")
    told = "Nothing that decides what 'support' does" in shown.out
    assert told == (fingerprint == "same")
    assert "2 cases: 2 send the same request." in shown.out


def test_diff_tells_a_new_prompt_and_one_that_is_gone(project, promptgate):
    project.write("prompts/other.md", "---\nmodel: m\n---\nHello.\n")
    (project.root / "prompts" / "support.md").unlink()
    (project.root / "suites" / "facts.yaml").unlink()
    prompts = diffed(promptgate("diff", "--json", "-"))["prompts"]
    assert {p["prompt"]: p["exists"] for p in prompts} == {
        "other": {"before": False, "after": True},
        "support": {"before": True, "after": False},
    }


def test_diff_shows_the_texts_of_a_prompt_whose_cases_cannot_be_rendered(project, promptgate):
    project.replace("prompts/support.md", "{{ question }}", "{{ question }} {{ city }}")
    (prompt,) = diffed(promptgate("diff", "--json", "-"))["prompts"]
    assert prompt["files"][0]["file"] == "prompts/support.md"
    assert "city" in prompt["fault"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["suport"], "did you mean 'support'?"),
        (["HEAD~99"], "git knows no commit 'HEAD~99'"),
        (["support", "nope"], "git knows no commit 'nope'"),
        (["HEAD", "HEAD", "HEAD"], "at most a prompt and two revisions"),
    ],
)
def test_diff_refuses_what_it_does_not_know(words, told, project, promptgate):
    ended = promptgate("diff", *words)
    assert (ended.code, told in ended.err) == (2, True), ended.err


def test_diff_takes_a_revision_without_a_prompt_and_writes_html(edited, promptgate):
    ended = promptgate("diff", "HEAD", "--html", "edit.html", "--no-answers")
    assert ended.code == 0
    page = edited.read("edit.html")
    assert "<mark>kind</mark>" in page
    assert "Content-Security-Policy" in page


def test_diff_shows_an_edit_of_a_partial_of_the_example_once_for_all_cases(example, promptgate):
    example.replace("prompts/shared/safety.md", "do not help", "help")
    shown = promptgate("diff", "support", "HEAD", "--no-answers", "--json", "-")
    (prompt,) = diffed(shown)["prompts"]
    assert [file["file"] for file in prompt["files"]] == ["prompts/shared/safety.md"]
    assert prompt["requests"]["same"] == 0
    assert len(prompt["requests"]["differing"]) == 1
