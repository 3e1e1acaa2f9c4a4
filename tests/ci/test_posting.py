"""The comment in a pull request: one, kept up to date, by either forge's words."""

from __future__ import annotations

import pytest

from tests.ci.conftest import merge_request, pull_request
from tests.support.forge import ScriptedForge

MARK = "<!-- promptgate . -->"


@pytest.fixture
def written(change):
    change.write("reports/ci/comment.md", f"{MARK}\n\nnew\n")
    return change


def test_comment_takes_the_place_of_the_one_before(written, github, promptgate, monkeypatch):
    others = [f"comment {n}" for n in range(120)]
    monkeypatch.setenv("GITHUB_TOKEN", "t0ken")
    with ScriptedForge(*others, f"{MARK}\n\nold\n", "<!-- promptgate other -->") as forge:
        github("pull_request", pull_request("0" * 40), forge.url)
        assert "Comment updated" in promptgate("ci", "post").out
        assert "Comment unchanged" in promptgate("ci", "post").out
    assert [c["body"] for c in forge.comments[120:]] == [
        f"{MARK}\n\nnew\n",
        "<!-- promptgate other -->",
    ]
    assert "PATCH /repos/ada/router/issues/comments/121" in forge.calls
    assert forge.tokens == {"Bearer t0ken"}


def test_comment_is_written_once_on_gitlab(written, promptgate, monkeypatch):
    monkeypatch.setenv("PROMPTGATE_TOKEN", "t0ken")
    with ScriptedForge() as forge:
        for name, value in merge_request(CI_API_V4_URL=forge.url).items():
            monkeypatch.setenv(name, value)
        assert "Comment written" in promptgate("ci", "post").out
        written.write("reports/ci/comment.md", f"{MARK}\n\nnewer\n")
        assert "Comment updated" in promptgate("ci", "post").out
    assert [c["body"] for c in forge.comments] == [f"{MARK}\n\nnewer\n"]
    assert "PUT /projects/12/merge_requests/7/notes/1" in forge.calls
    assert forge.tokens == {"t0ken"}


def test_fork_is_not_commented_when_its_token_may_only_read(
    written, github, promptgate, monkeypatch
):
    monkeypatch.setenv("GITHUB_TOKEN", "t0ken")
    with ScriptedForge(refuse=403) as forge:
        github("pull_request", pull_request("0" * 40, fork=True), forge.url)
        ended = promptgate("ci", "post")
        assert ended.code == 0
        assert "Not commented, from a fork" in ended.out
        github("pull_request", pull_request("0" * 40), forge.url)
        refused = promptgate("ci", "post")
    assert refused.code == 2
    assert "HTTP 403; give the job 'pull-requests: write'" in refused.err
    assert "t0ken" not in refused.err + ended.out


def test_nothing_is_commented_when_it_is_no_pull_request(written, github, promptgate):
    github("push", {"before": "1" * 40}, GITHUB_REF_NAME="main")
    ended = promptgate("ci", "post")
    assert ended.code == 0
    assert "no pull request" in ended.out
