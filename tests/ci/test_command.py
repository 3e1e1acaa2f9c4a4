"""`promptgate ci` with the variables and event files of the forges, on real repositories."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from promptgate.models.catalogue import sdk_catalogue
from tests.ci.conftest import merge_request, pull_request
from tests.support.forge import ScriptedForge


def result_of(folder):
    return json.loads(folder.read("reports/ci/result.json"))


def test_pull_request_that_is_worse_ends_with_1_and_says_so_where_people_look(
    change, github, promptgate
):
    head = change.git("rev-parse", "worse")
    change.merged("worse")
    files = github("pull_request", pull_request(head), GITHUB_BASE_REF="main")
    ended = promptgate("ci")
    result = result_of(change)
    assert (ended.code, result["outcome"], result["event"]) == (1, "ROLLBACK", "pull request")
    assert result["base"]["revision"] == "origin/main"
    assert result["edits"] == [
        {"file": "prompts/support.md", "first": 7, "last": 7, "prompts": ["support"]}
    ]
    comment = change.read("reports/ci/comment.md")
    assert comment.startswith("<!-- promptgate . -->\n")
    assert "ROLLBACK" in comment
    assert "https://github.com/ada/router/actions/runs/99" in comment
    assert files["GITHUB_STEP_SUMMARY"].read_text() == comment
    told = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
    assert (told["exit-code"], told["outcome"], told["pull-request"]) == ("1", "ROLLBACK", "7")
    assert (
        "::error file=prompts/support.md,line=7,endLine=7,title=promptgate%3A gate::ROLLBACK: "
        in ended.out
    )
    assert list(ElementTree.parse(change.root / "reports/ci/junit.xml").iter("failure"))


def test_pull_request_that_adopts_promptgate_is_released_by_its_new_cases(
    change, github, promptgate
):
    """Nothing was tested before it, so each of its cases is new."""
    change.git("checkout", "-q", "--orphan", "product", "main")
    change.git("rm", "-rfq", ".")
    change.commit("a product without promptgate")
    change.git("push", "-qf", "origin", "HEAD:main")
    change.git("fetch", "-q", "origin")
    change.git("checkout", "-q", "main", "--", ".")
    change.git("rm", "-qf", "promptgate.lock", "promptgate.toml")
    change.write("promptgate.toml", "")
    change.replace("suites/facts.yaml", "repeats: 1", "repeats: 1\nmin_score: 0.6")
    head = change.commit("adopt promptgate")
    github("pull_request", pull_request(head), GITHUB_BASE_REF="main")
    assert promptgate("ci").code == 0
    case = next(rule for rule in result_of(change)["review"] if rule["rule"] == "case")
    assert (case["state"], "40" in case["value"] or "35 more" in case["value"]) == ("pass", True)


def test_pull_request_that_is_worse_and_lacks_a_case_is_told_the_harm_first(
    change, github, promptgate
):
    """The missing case keeps its exit code; nobody is to add it and only then hear the rest."""
    change.write("promptgate.toml", "")
    change.commit("the rules of review as they come")
    change.git("push", "-q", "origin", "main")
    head = change.git("rev-parse", "worse")
    change.merged("worse")
    github("pull_request", pull_request(head), GITHUB_BASE_REF="main")
    ended = promptgate("ci")
    comment = change.read("reports/ci/comment.md")
    assert ended.code == 4
    assert 0 < comment.index("## ⛔ ROLLBACK") < comment.index("HOLD**, too: Blocked: support")
    assert ended.out.index(" ROLLBACK   Worse in facts") < ended.out.index(
        " HOLD   Blocked: support"
    )
    harm, block = (line for line in ended.out.splitlines() if line.startswith("::error file="))
    assert "ROLLBACK: Worse in facts" in harm
    assert "facts went from 100.0%25 to 70.0%25, most in q0" in harm
    assert "HOLD: Blocked: support changes and no case" in block


def test_review_of_a_pull_request_is_judged_by_its_target(change, github, promptgate):
    """A pipeline that an approval starts has no GITHUB_BASE_REF."""
    change.git("push", "-q", "origin", "main:next")
    change.git("fetch", "-q", "origin")
    event = pull_request(change.git("rev-parse", "remark"))
    event["pull_request"]["base"]["ref"] = "next"
    change.merged("remark")
    github("pull_request_review", event)
    assert promptgate("ci").code == 0
    assert result_of(change)["base"]["revision"] == "origin/next"


def test_answers_of_models_command_nothing(change, github, promptgate):
    """An answer begins with '::error::' and holds mark-up, a mention and an escape."""
    head = change.git("rev-parse", "worse")
    change.merged("worse")
    github("pull_request", pull_request(head), GITHUB_BASE_REF="main")
    ended = promptgate("ci")
    stopped, obeyed, token = False, [], ""
    for line in ended.out.splitlines():
        if line.lstrip().startswith("::stop-commands::"):
            token, stopped = line.split("::")[2], True
        elif stopped and line.strip() == f"::{token}::":
            stopped = False
        elif line.lstrip().startswith("::") and not stopped:
            obeyed.append(line)
    assert len(token) >= 32
    assert len(obeyed) == 1
    assert obeyed[0].startswith("::error file=prompts/support.md")
    comment = change.read("reports/ci/comment.md")
    assert "<script>" not in comment
    assert "@ada" not in comment


@pytest.mark.parametrize("fork", [False, True])
def test_missing_answers_end_with_5_and_say_what_a_maintainer_records(
    change, github, promptgate, fork
):
    head = change.git("rev-parse", "unrecorded")
    change.merged("unrecorded")
    github("pull_request", pull_request(head, fork=fork), GITHUB_BASE_REF="main")
    ended = promptgate("ci")
    result, comment = result_of(change), change.read("reports/ci/comment.md")
    assert ended.code == 5
    assert result["lacking"]["suites"] == {"facts": 40}
    assert result["lacking"]["answers"] == 40
    assert result["fork"] is fork
    assert "| facts | 40 |" in comment
    assert "gh workflow run promptgate.yml -f pull_request=7" in comment
    assert "gh pr checkout 7" in comment
    assert "promptgate gate --mode record --max-calls 40 --base origin/main" in comment
    assert ("from a fork" in comment) is fork
    assert "::error file=prompts/support.md,line=7" in ended.out
    assert "gh pr checkout 7" in ended.out
    assert "git add cassettes && git commit" in ended.out  # the edit is in the pull request
    (error,) = ElementTree.parse(change.root / "reports/ci/junit.xml").iter("error")
    assert "no recording" in error.attrib["message"]


def test_remark_in_a_prompt_is_released_without_recordings(change, github, promptgate):
    head = change.git("rev-parse", "remark")
    change.merged("remark")
    github("pull_request", pull_request(head), GITHUB_BASE_REF="main")
    ended = promptgate("ci")
    assert (ended.code, result_of(change)["outcome"]) == (0, "RELEASE")
    assert "::error" not in ended.out


def test_merge_queue_is_judged_against_what_it_builds_on(change, github, promptgate):
    base = change.git("rev-parse", "main")
    head = change.merged("worse")
    ref = f"refs/heads/gh-readonly-queue/main/pr-7-{head}"
    group = {"base_sha": base, "base_ref": "refs/heads/main", "head_ref": ref, "head_sha": head}
    github("merge_group", {"merge_group": group})
    ended = promptgate("ci")
    result = result_of(change)
    assert (ended.code, result["event"], result["request"]) == (1, "merge queue", 7)
    assert result["base"]["commit"] == base
    assert result["target"] == "main"


def test_push_to_the_branch_is_judged_by_the_branch_before_it(change, github, promptgate):
    before = change.git("rev-parse", "main")
    change.git("merge", "-q", "--ff-only", "worse")
    change.git("push", "-q", "origin", "main")
    github("push", {"before": before, "ref": "refs/heads/main"}, GITHUB_REF_NAME="main")
    ended = promptgate("ci")
    result = result_of(change)
    assert (ended.code, result["event"], result["review"]) == (1, "push", [])
    assert result["base"]["commit"] == before


def test_merge_request_ends_alike_and_gets_a_code_quality_report(change, monkeypatch, promptgate):
    head = change.git("rev-parse", "worse")
    change.git("checkout", "-q", "--detach", head)
    for name, value in merge_request(CI_COMMIT_SHA=head).items():
        monkeypatch.setenv(name, value)
    ended = promptgate("ci")
    (remark,) = json.loads(change.read("reports/ci/code-quality.json"))
    assert ended.code == 1
    assert remark["location"] == {"path": "prompts/support.md", "lines": {"begin": 7}}
    assert remark["severity"] == "critical"
    assert "::" not in ended.out.replace("::error::x", "")


def test_merge_train_is_judged_against_its_first_parent(change, monkeypatch, promptgate):
    base = change.git("rev-parse", "main")
    head = change.merged("worse")
    train = merge_request(CI_COMMIT_SHA=head, CI_MERGE_REQUEST_EVENT_TYPE="merge_train")
    for name, value in train.items():
        monkeypatch.setenv(name, value)
    assert promptgate("ci").code == 1
    assert result_of(change)["base"]["commit"] == base
    assert result_of(change)["event"] == "merge queue"


def test_pull_request_target_is_refused_when_it_checked_out_the_base(change, github, promptgate):
    """Nothing differs there, and 'nothing changed' would be a release."""
    head = change.git("rev-parse", "worse")
    github("pull_request_target", pull_request(head, fork=True), GITHUB_BASE_REF="main")
    ended = promptgate("ci")
    assert ended.code == 2
    assert "what is checked out does not hold" in ended.err


def test_freeze_on_the_base_ends_with_4_also_when_answers_are_missing(change, github, promptgate):
    change.write(
        "PROMPT_FROZEN.txt",
        "Frozen at: 2026-11-23 09:35:00 UTC\nReason: refunds\nFrozen by: dana\n"
        "Do not modify until incident commander approves\n",
    )
    change.commit("freeze")
    change.git("push", "-q", "origin", "main")
    head = change.git("rev-parse", "unrecorded")
    change.merged("unrecorded")
    github("pull_request", pull_request(head), GITHUB_BASE_REF="main")
    assert promptgate("ci").code == 4
    comment = change.read("reports/ci/comment.md")
    assert "refunds" in comment
    assert "| facts | 40 |" in comment


def test_wrong_suite_ends_with_2_at_its_line(change, github, promptgate):
    change.git("checkout", "-q", "-b", "wrong")
    change.write("suites/facts.yaml", "suite: facts\nprompt: support\ncase: []\n")
    head = change.commit("a wrong suite")
    change.merged("wrong")
    github("pull_request", pull_request(head), GITHUB_BASE_REF="main")
    ended = promptgate("ci")
    assert ended.code == 2
    assert "::error file=suites/facts.yaml,line=3" in ended.out
    assert "unknown key 'case'" in change.read("reports/ci/comment.md")


def test_lint_error_alone_ends_with_1(change, github, promptgate):
    """Every request is the same, and the model that is asked is retired."""
    ends = sdk_catalogue().end_of_life
    change.replace("prompts/support.md", "test-model", min(ends, key=ends.__getitem__))
    change.git("rm", "-q", "promptgate.lock")
    change.commit("a model that is retired")
    change.git("push", "-q", "origin", "main")
    change.git("checkout", "-q", "-b", "harmless")
    change.replace("prompts/support.md", "You answer", "{# why #}You answer")
    head = change.commit("a remark")
    change.merged("harmless")
    github("pull_request", pull_request(head), GITHUB_BASE_REF="main")
    ended = promptgate("ci")
    assert ended.code == 1
    assert "::error file=prompts/support.md,line=2,title=promptgate%3A lint" in ended.out
    assert "The gate says RELEASE, but lint found 1 error" in change.read("reports/ci/comment.md")
    (suite,) = ElementTree.parse(change.root / "reports/ci/junit.xml").iterfind(
        "testsuite[@failures='1']"
    )
    assert suite.attrib["name"] == "lint"


def test_command_judges_a_laptop_too(change, promptgate):
    change.git("checkout", "-q", "worse")
    ended = promptgate("ci", "--json", "-")
    assert ended.code == 1
    assert json.loads(ended.out)["forge"] == "none"
    assert "gh pr" not in change.read("reports/ci/comment.md")


def test_author_is_told_to_commit_the_edit_with_its_recordings(change, promptgate):
    """What was recorded of an edit that stays behind on the laptop is of no use in CI."""
    change.replace("prompts/support.md", "You answer questions", "You like to answer questions")
    ended = promptgate("ci")
    assert ended.code == 5
    assert "promptgate gate --mode record --max-calls 40" in ended.out
    assert "git add prompts suites cassettes && git commit" in ended.out


def test_reviews_that_are_given_are_read_on_a_laptop_too(change, promptgate):
    change.git("checkout", "-q", "remark")
    ended = promptgate("ci", "--review", "nowhere.json")
    assert ended.code == 2
    assert "nowhere.json" in ended.out


def test_option_is_refused_in_front_of_a_subcommand(change, promptgate):
    ended = promptgate("ci", "--all", "post")
    assert ended.code == 2
    assert "--all belongs to 'ci' itself" in ended.err


def test_event_that_is_no_json_is_said_to_be(change, github, promptgate, tmp_path):
    github("pull_request", {})
    (tmp_path / "event.json").write_text("{")
    ended = promptgate("ci")
    assert ended.code == 2
    assert "GITHUB_EVENT_PATH" in ended.err


def test_fetch_makes_a_shallow_clone_whole_as_far_as_it_is_read(
    change, github, promptgate, tmp_path, monkeypatch
):
    """Three commits lie between the tip and where the change left main."""
    change.git("checkout", "-q", "worse")
    for number in range(3):
        change.write("notes.txt", str(number))
        head = change.commit(f"note {number}")
    commit = change.merged("worse")
    clone = change.shallow(commit, tmp_path / "runner")
    monkeypatch.chdir(clone.root)
    github("pull_request", pull_request(head), GITHUB_BASE_REF="main")
    assert promptgate("ci").code == 2  # git does not know the base
    assert promptgate("ci", "fetch").code == 0
    assert clone.git("merge-base", "HEAD", "origin/main") == change.git("rev-parse", "main")
    assert promptgate("ci").code == 1


def test_fetch_brings_reviews_when_there_is_a_token(change, github, promptgate, monkeypatch):
    change.write("promptgate.toml", CONFIG_THAT_ASKS)
    change.commit("a reviewer is needed")
    change.git("push", "-q", "origin", "main")
    head = change.git("rev-parse", "remark")
    change.merged("remark")
    monkeypatch.setenv("GITHUB_TOKEN", "t0ken")
    with ScriptedForge() as forge:
        github("pull_request", pull_request(head), forge.url, GITHUB_BASE_REF="main")
        assert promptgate("ci", "fetch").code == 0
        assert promptgate("ci").code == 4
        forge.reviews = [
            {"user": {"login": "dana"}, "state": "APPROVED", "commit_id": head,
             "submitted_at": "2026-01-01T00:00:00Z"}
        ]  # fmt: skip
        assert promptgate("ci", "fetch").code == 0
        assert promptgate("ci").code == 0
    assert "dana" in change.read("reports/ci/comment.md")
    monkeypatch.setenv("GITHUB_TOKEN", "tök3n")
    ended = promptgate("ci", "fetch")
    assert (ended.code, "GITHUB_TOKEN holds a letter" in ended.err) == (2, True)
    assert "tök" not in ended.err


CONFIG_THAT_ASKS = '[review]\ncase = "off"\nreviewer = "block"\n'
