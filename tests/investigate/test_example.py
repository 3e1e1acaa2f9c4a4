"""The example's own history, from real recordings alone: what is true of it must come out.

tests/docs runs the commands of docs/investigate.md one by one; here they are chained.
"""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.support.project import EXAMPLE

CASE = "triage:bill-too-high"
GOOD = "HEAD^{/^Sort messages: a prompt for machines}"
BEFORE = "HEAD^{/^triage: a courier who does not ring}"
BAD = "HEAD^{/^triage: in whatever language}"


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone of this repository with its history, which a shallow clone lacks."""
    folder = tmp_path_factory.mktemp("clone")
    found = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", GOOD],
        cwd=EXAMPLE,
        capture_output=True,
        check=False,
    )
    if found.returncode:
        pytest.skip("this clone has no history to search; clone it in full")
    subprocess.run(
        ["git", "clone", "-q", "--shared", str(EXAMPLE), str(folder)],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def offline(clone, keyless, promptgate, monkeypatch):
    """Run a command in the clone without a key; return how it ended and its JSON."""
    monkeypatch.chdir(clone)

    def run(*arguments):
        ended = promptgate(*arguments, "--json", "-")
        assert ended.code == 0, ended.err
        return json.loads(ended.out)

    return run


def test_investigate_tells_the_whole_story(offline, tmp_path):
    page = tmp_path / "page.md"
    found = offline(
        "investigate", CASE, "--candidate", BAD, "--baseline", BEFORE, "--page", str(page)
    )
    assert found["diagnosis"]["verdict"] == "prompt"
    assert found["bisection"]["first_bad"]["title"].startswith("triage: shorten it")
    assert [hunk["guilty"] for hunk in found["attribution"]["hunks"]].count(True) == 1
    assert "triage: shorten it" in page.read_text(encoding="utf-8")
