"""The investigating commands on a real repository, with a scripted server that fails by rule."""

from __future__ import annotations

import json

import pytest

from tests.investigate.conftest import never_blue, prompt_text

CASE = ("--case", "facts:colour")


def told(promptgate, *arguments):
    """Run a command and return how it ended and its JSON."""
    ended = promptgate(*arguments, "--json", "-")
    return ended, json.loads(ended.out) if ended.out.startswith("{") else None


def test_diagnose_blames_the_prompt_and_goes_on_from_recordings_without_a_key(
    history, promptgate, served, keyless, monkeypatch
):
    with_server = served(never_blue)
    ended, found = told(promptgate, "diagnose", *CASE, "--baseline", "HEAD~3")
    assert (ended.code, found["verdict"], found["settled"]) == (0, "prompt", True)
    assert found["confidence"] >= 0.95
    assert found["move"]["prompt"] == "HEAD~3"
    assert found["move"]["measured"][0] == 0
    assert found["recorded"] == found["calls"] == with_server.count
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"):
        monkeypatch.delenv(name)
    _, again = told(promptgate, "diagnose", *CASE, "--baseline", "HEAD~3")
    assert again == {**found, "recorded": 0}


def test_diagnose_blames_the_model_when_only_the_new_one_fails(history, promptgate, served):
    served(lambda body: body["model"] == "new-model")
    history.write("promptgate.toml", '[investigate]\nmodels = ["new-model", "test-model"]\n')
    _, found = told(
        promptgate, "diagnose", *CASE, "--candidate-model", "new-model", "--baseline", "HEAD~3"
    )
    assert (found["verdict"], found["settled"]) == ("model", True)
    assert found["move"]["model"] == "test-model"
    assert found["move"]["prompt"] is None


@pytest.mark.parametrize(
    ("fails", "verdict"),
    [
        (lambda body: never_blue(body) and body["model"] == "new-model", "interaction"),
        (lambda body: never_blue(body) or body["model"] == "new-model", "each suffices"),
        (lambda body: True, "pre-existing or upstream"),
        (lambda body: "colour" in str(body["messages"]), "input-specific"),
        (lambda body: False, "not reproduced"),
    ],
)
def test_diagnose_tells_every_other_cause_apart(history, promptgate, served, fails, verdict):
    served(fails)
    models = ("--candidate-model", "new-model", "--baseline-model", "test-model")
    ended, found = told(promptgate, "diagnose", *CASE, "--baseline", "HEAD~3", *models)
    assert (ended.code, found["verdict"], found["settled"]) == (0, verdict, True)


def test_diagnose_ends_with_3_and_the_posterior_when_the_limit_is_reached(
    history, promptgate, served
):
    served(never_blue)
    ended, found = told(promptgate, "diagnose", *CASE, "--baseline", "HEAD~3", "--max-calls", "4")
    assert (ended.code, found["settled"], found["calls"]) == (3, False, 4)
    assert sum(found["posterior"].values()) == pytest.approx(1)
    assert "--max-calls" in " ".join(found["notes"])
    assert found["unsettled"].endswith("95% are wanted")


def test_diagnose_ends_with_5_when_nothing_is_recorded_and_there_is_no_key(
    history, promptgate, keyless
):
    ended = promptgate("diagnose", *CASE, "--baseline", "HEAD~3")
    assert ended.code == 5
    assert "ANTHROPIC_API_KEY" in ended.err


def test_diagnose_blames_the_integration_without_asking_when_the_call_failed(
    history, promptgate, served
):
    server = served(never_blue)
    request = {"model": "test-model", "messages": [{"role": "user", "content": "What colour?"}]}
    history.write(
        "call.json", json.dumps({"request": request, "error": {"type": "APITimeoutError"}})
    )
    given = ("--input", "call.json", "--prompt", "support", "--expect", "contains: blue")
    ended, found = told(promptgate, "diagnose", *given)
    assert (ended.code, found["verdict"], server.count) == (0, "integration", 0)
    assert "APITimeoutError" in found["move"]["sentence"]


def test_dry_run_says_what_is_expected_and_asks_nothing(history, promptgate, served):
    server = served(never_blue)
    ended, plan = told(promptgate, "diagnose", *CASE, "--baseline", "HEAD~3", "--dry-run")
    assert (ended.code, server.count) == (0, 0)
    assert 4 <= plan["often"] <= plan["sometimes"] <= plan["most"]
    assert not (history.root / "cassettes").exists()


def test_bisect_says_that_more_than_one_edit_plays_a_part_when_recorded_answers_show_it(
    history, promptgate, served
):
    """The edit that hurts was rolled back, and came again: one change-over is not the truth."""
    served(never_blue)
    bad = history.read("prompts/support.md")
    for text, title in ((history.git("show", "HEAD~3:prompts/support.md") + "\n", "back"),
                        (bad, "again")):  # fmt: skip
        history.write("prompts/support.md", text)
        history.commit(title)
    span = ("--revisions", "HEAD~7..HEAD", "--repeats", "4")
    assert promptgate("rerun", *CASE, *span).code == 0
    ended, found = told(promptgate, "bisect", *CASE, "--good", "HEAD~7", "--bad", "HEAD")
    assert ended.code in (0, 3)
    assert "more than one edit plays a part" in found["notes"][-1]
    assert all(version["answers"] for version in found["versions"]), "what is recorded is shown"


def test_bisect_finds_the_commit_that_brought_the_line(history, promptgate, served):
    served(never_blue)
    ended, found = told(promptgate, "bisect", *CASE, "--good", "HEAD~5", "--bad", "HEAD")
    assert (ended.code, found["settled"]) == (0, True)
    assert (found["first_bad"]["title"], found["last_good"]["title"]) == ("be bold", "be brief")
    assert found["confidence"] >= 0.95


def test_bisect_is_not_led_astray_by_commits_that_leave_the_prompt_as_it_is(
    history, promptgate, served
):
    served(never_blue)
    history.write("notes.txt", "nothing of a prompt")
    history.commit("notes")
    _, found = told(promptgate, "bisect", *CASE, "--good", "HEAD~6", "--bad", "HEAD")
    assert len(found["versions"]) == 6
    assert found["first_bad"]["title"] == "be bold"


def test_bisect_skips_a_version_that_does_not_render(history, promptgate, served):
    served(never_blue)
    history.write("prompts/support.md", "---\nmodel: test-model\n---\n{% if %}\n")
    history.commit("broken")
    history.write("prompts/support.md", prompt_text("Never say blue."))
    history.commit("whole again")
    ended, found = told(promptgate, "bisect", *CASE, "--good", "HEAD~7", "--bad", "HEAD")
    assert (ended.code, found["first_bad"]["title"]) == (0, "be bold")


@pytest.mark.parametrize(
    ("ends", "numbers"),
    [
        (("--good", "HEAD~1", "--bad", "HEAD"), "the good end"),
        (("--good", "HEAD~5", "--bad", "HEAD~3"), "the bad end"),
    ],
)
def test_bisect_refuses_ends_that_are_not_what_they_are_said_to_be(
    history, promptgate, served, ends, numbers
):
    served(never_blue)
    ended = promptgate("bisect", *CASE, *ends)
    assert ended.code == 2
    assert numbers in ended.err
    assert " of " in ended.err


@pytest.mark.parametrize(("revision", "code"), [("HEAD", 1), ("HEAD~3", 0)])
def test_bisect_answers_git_bisect_run_with_an_exit_code(
    history, promptgate, served, revision, code
):
    served(never_blue)
    history.git("checkout", "-q", revision)
    assert promptgate("bisect", *CASE, "--exit-code").code == code


def test_bisect_tells_git_to_skip_when_it_cannot_tell(history, promptgate, keyless):
    assert promptgate("bisect", *CASE, "--exit-code").code == 125


def test_attribute_finds_the_one_change_of_several_that_matters(history, promptgate, served):
    served(never_blue)
    ended, found = told(promptgate, "attribute", *CASE, "HEAD~3", "HEAD~2")
    assert (ended.code, found["settled"]) == (0, True)
    guilty = [hunk for hunk in found["hunks"] if hunk["guilty"]]
    assert len(found["hunks"]) >= 3
    assert len(guilty) == 1
    assert any("Never say blue" in line for line in guilty[0]["added"])


def test_attribute_tells_lines_apart_where_it_is_asked_to(history, promptgate, served):
    served(never_blue)
    _, found = told(promptgate, "attribute", *CASE, "HEAD~3", "HEAD~2", "--lines")
    (guilty,) = [hunk for hunk in found["hunks"] if hunk["guilty"]]
    assert [guilty["added"][n] for n in guilty["lines"]] == ["Never say blue.\n"]


def test_attribute_finds_a_parameter(history, promptgate, served):
    served(lambda body: body["max_tokens"] == 120)
    _, found = told(promptgate, "attribute", *CASE, "HEAD~3", "HEAD~2")
    (guilty,) = [hunk for hunk in found["hunks"] if hunk["guilty"]]
    assert guilty["added"] == ["max_tokens: 120\n"]


def test_attribute_refuses_versions_that_are_the_same(history, promptgate, served):
    served(never_blue)
    ended = promptgate("attribute", *CASE, "HEAD", "HEAD")
    assert ended.code == 2
    assert "the same" in ended.err


def test_shrink_leaves_what_still_fails(history, promptgate, served):
    served(lambda body: "colour" in str(body["messages"]))
    history.write(
        "text.txt", "I bought it in May. My cat likes it. Tell me what colour it has. Thank you."
    )
    given = ("--input", "text.txt", "--prompt", "support", "--expect", "contains: blue")
    ended, found = told(promptgate, "shrink", *given)
    assert (ended.code, found["complete"]) == (0, True)
    assert found["after"]["vars"] == {"question": "colour"}


def test_rerun_shows_every_cell_and_keeps_the_case_redacted(history, promptgate, served):
    served(never_blue)
    history.write("text.txt", "What colour is it? Write to ada@shop.example or +49 170 1234567.")
    given = ("--input", "text.txt", "--prompt", "support", "--expect", "contains: blue")
    ended, found = told(
        promptgate, "rerun", *given, "--revisions", "HEAD~5..HEAD", "--repeats", "3",
        "--save-case", "no-blue",
    )  # fmt: skip
    assert (ended.code, len(found["cells"])) == (0, 6)
    assert [cell["fails"] for cell in found["cells"]] == [0, 0, 0, 3, 3, 3]
    assert history.read("cassettes/captured/.gitignore") == "*\n", (
        "what a customer wrote is private"
    )
    kept = history.read("suites/support-regressions.yaml")
    assert "ada@shop.example" not in kept
    assert "1234567" not in kept
    assert promptgate("lint").code == 0
    assert promptgate("run", "--suite", "support-regressions", "--mode", "record").code == 0


def test_answers_are_no_secret_any_more_when_nothing_in_the_kept_case_had_to_be_redacted(
    history, promptgate, served
):
    """Else a gate elsewhere would lack them, and nobody could record what is there already."""
    served(never_blue)
    history.write("text.txt", "What colour is it?")
    given = ("--input", "text.txt", "--prompt", "support", "--expect", "contains: blue")
    asked = ("rerun", *given, "--revisions", "HEAD", "--repeats", "1", "--save-case", "plain")
    assert promptgate(*asked).code == 0
    assert promptgate("run", "--suite", "support-regressions").code == 0
    assert list(history.root.glob("cassettes/support-regressions/plain/*/*.yaml"))
    assert not list(history.root.glob("cassettes/captured/**/*.yaml"))


def test_rerun_does_not_save_a_case_that_no_longer_fails(history, promptgate, served):
    served(lambda body: False)
    given = (*CASE, "--revisions", "HEAD", "--repeats", "1", "--save-case", "fine")
    ended = promptgate("rerun", *given)
    assert ended.code == 2
    assert not (history.root / "suites/support-regressions.yaml").exists()


def test_rerun_names_the_nearest_model_when_nothing_is_recorded_for_a_misspelt_one(
    history, promptgate, keyless
):
    history.write("promptgate.toml", '[investigate]\nmodels = ["test-model"]\n')
    ended = promptgate("rerun", *CASE, "--revisions", "HEAD", "--models", "test-modle")
    assert ended.code == 3
    assert "no model 'test-modle' is known here; the nearest is 'test-model'" in ended.out
    ended = promptgate("rerun", *CASE, "--revisions", "HEAD", "--before", "1")
    assert ended.code == 2
    assert "nothing stands behind 'test-model'" in ended.err


def test_rerun_adds_the_models_before_one(history, promptgate, served):
    served(lambda body: body["model"] == "c")
    history.write("promptgate.toml", '[investigate]\nmodels = ["c", "b", "a"]\n')
    _, found = told(
        promptgate, "rerun", *CASE, "--revisions", "HEAD", "--models", "c", "--before", "2",
        "--repeats", "2",
    )  # fmt: skip
    assert [(cell["model"], cell["fails"]) for cell in found["cells"]] == [
        ("c", 2),
        ("b", 0),
        ("a", 0),
    ]


def test_investigate_chains_cause_commit_and_lines_on_one_page(history, promptgate, served):
    served(never_blue)
    ended, found = told(
        promptgate, "investigate", "facts:colour", "--baseline", "HEAD~3", "--page", "page.md"
    )
    assert ended.code == 0
    assert found["diagnosis"]["verdict"] == "prompt"
    assert found["bisection"]["first_bad"]["title"] == "be bold"
    assert [h["guilty"] for h in found["attribution"]["hunks"]].count(True) == 1
    page = history.read("page.md")
    assert found["summary"].split(":")[0] in page.replace("\\", "")
    assert "Never say blue." in page


def test_investigate_ends_with_3_when_the_limit_leaves_nothing_for_the_commit(
    history, promptgate, served
):
    """The cause alone is settled; that is not all that was asked."""
    served(never_blue)
    _, cause = told(promptgate, "diagnose", *CASE, "--baseline", "HEAD~3")
    limit = str(cause["calls"])
    ended, found = told(
        promptgate, "investigate", "facts:colour", "--baseline", "HEAD~3", "--max-calls", limit
    )
    assert ended.code == 3
    assert found["diagnosis"]["settled"]
    assert found["bisection"] is None
    assert "--max-calls" in found["notes"][0]


BAD_INPUT = [
    (("diagnose",), "one input"),
    (("diagnose", *CASE, "--input", "text.txt"), "one input"),
    (("diagnose", "--case", "facts:colr"), "colour"),
    (("diagnose", *CASE, "--baseline", "nowhere"), "nowhere"),
    (("diagnose", *CASE, "--candidate-model", "claude-mythos-preview"), "nearest"),
    (("diagnose", "--input", "text.txt", "--prompt", "support"), "--expect"),
    (("diagnose", "--input", "roles.json", "--expect", "complete"), "'system'"),
    (("diagnose", "--input", "empty.txt", "--expect", "complete"), "empty"),
    (("diagnose", "--input", "text.txt", "--expect", "no-such-scorer"), "no-such-scorer"),
    (("bisect", *CASE), "--good"),
    (("bisect", *CASE, "--good", "HEAD", "--bad", "HEAD"), "does not contain"),
    (("bisect", *CASE, "--good", "HEAD", "--bad", "HEAD~2"), "first parents"),
    (("rerun", *CASE, "--models", "x", "--before", "1"), "[investigate]"),
    (("rerun", *CASE, "--max-cost", "nan"), "dollars"),
    (("investigate", "nothing-here"), "neither a file nor a case"),
]


@pytest.mark.parametrize(("arguments", "says"), BAD_INPUT, ids=lambda value: " ".join(value)[:60])
def test_bad_input_is_one_sentence_and_exit_2(history, promptgate, served, arguments, says):
    server = served(never_blue)
    history.write("text.txt", "What colour is it?")
    history.write("empty.txt", " \n")
    history.write(
        "roles.json", json.dumps({"messages": [{"role": "system", "content": "Be kind."}]})
    )
    ended = promptgate(*arguments)
    assert (ended.code, server.count) == (2, 0)
    assert says in ended.err.replace("\n", " ")
    assert len(ended.err.strip().splitlines()) == 1
