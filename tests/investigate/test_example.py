"""The example's own history, from real recordings alone: what is true of it must come out."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.support.project import EXAMPLE

CASE = "triage:bill-too-high"
GOOD = "HEAD^{/^Sort messages: a prompt for machines}"
BEFORE = "HEAD^{/^triage: a courier who does not ring}"
EDIT = "HEAD^{/^triage: shorten it}"
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


def test_bisect_finds_the_commit_that_dropped_the_examples(offline):
    found = offline("bisect", "--case", CASE, "--good", GOOD, "--bad", BAD)
    assert found["first_bad"]["title"].startswith("triage: shorten it")
    assert len(found["versions"]) == 7
    assert found["confidence"] >= 0.95


def test_attribute_finds_the_examples_among_five_changes(offline):
    found = offline("attribute", "--case", CASE, BEFORE, EDIT)
    guilty = [hunk for hunk in found["hunks"] if hunk["guilty"]]
    assert len(found["hunks"]) >= 4
    assert len(guilty) == 1
    assert guilty[0]["removed"][0] == "examples:\n"
