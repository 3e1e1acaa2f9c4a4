"""For which change an approval of a commander counts, with real git."""

from __future__ import annotations

from datetime import timedelta

import pytest

from promptgate.release.freeze_text import with_approval
from promptgate.release.frozen import blocked_by_freeze
from tests.release.conftest import NOW
from tests.support.evasions import EVASIONS


def approve(shared, head="HEAD", *, until=NOW + timedelta(minutes=1), by="dana"):
    digest = shared.check(head).change.digest

    def write():
        data = (shared.root / "PROMPT_FROZEN.txt").read_bytes()
        shared.write("PROMPT_FROZEN.txt", with_approval(data, digest, by, until))

    shared.on_main(write, "approve")


@pytest.fixture
def approved(shared):
    """A branch with an edit that its commander approved."""
    shared.freeze(commander="Dana", incident="inc-42")
    EVASIONS["prompt edited"](shared)
    shared.commit("edit")
    assert shared.blocked()
    approve(shared)
    assert not shared.blocked()
    return shared


def test_approved_change_passes_the_gate_too(approved):
    assert blocked_by_freeze(approved.project, "worktree", NOW) == ()


def test_approval_counts_after_a_rebase_and_after_a_merge_of_main(approved):
    """Bringing the branch up to date, as a protected branch asks for, is no other change."""
    before = approved.git("rev-parse", "HEAD")
    approved.git("merge", "-q", "--no-edit", "origin/main")
    assert not approved.blocked()
    approved.git("reset", "-q", "--hard", before)
    approved.git("rebase", "-q", "origin/main")
    assert not approved.blocked()


def test_approval_counts_after_a_squash(approved):
    approved.replace("prompts/support.md", "the bank", "the bakery")
    approved.commit("there")
    approved.replace("prompts/support.md", "the bakery", "the bank")
    approved.commit("and back")
    approved.git("reset", "-q", "--soft", approved.git("merge-base", "main", "HEAD"))
    approved.commit("squashed")
    assert not approved.blocked()


@pytest.mark.parametrize("evasion", ["partial edited", "model in the environment", "mode changed"])
def test_approval_does_not_count_when_something_is_added(approved, evasion):
    EVASIONS[evasion](approved)
    approved.commit("and this")
    assert approved.blocked()
    assert "is for another change" in approved.check().sentence


def test_approval_does_not_count_when_main_has_changed_the_prompt(approved):
    """What was approved is a difference: from another text it leads somewhere else."""
    approved.on_main(lambda: approved.write("prompts/shared/safety.md", "Be careful."))
    approved.git("rebase", "-q", "origin/main")
    assert not approved.blocked(), "another file"
    approved.on_main(lambda: approved.replace("prompts/support.md", "the shop", "the shop, always"))
    approved.git("rebase", "-q", "-X", "theirs", "origin/main")
    assert approved.blocked()


def test_approval_does_not_count_when_it_has_expired(frozen):
    EVASIONS["prompt edited"](frozen)
    frozen.commit("edit")
    approve(frozen, until=NOW)
    assert frozen.blocked()
    assert "ended at 2026-11-23 10:00:00 UTC" in frozen.check().sentence


def test_approval_does_not_count_when_it_is_for_another_branch(approved):
    approved.git("checkout", "-q", "-b", "second", "main")
    approved.replace("prompts/support.md", "the shop", "the casino")
    approved.commit("edit")
    assert approved.blocked()


def test_approval_that_the_change_writes_itself_does_not_count(frozen):
    EVASIONS["prompt edited"](frozen)
    frozen.commit("edit")
    frozen.git("merge", "-q", "--no-edit", "origin/main")
    digest = frozen.check().change.digest
    data = (frozen.root / "PROMPT_FROZEN.txt").read_bytes()
    text = with_approval(data, digest, "dana", NOW + timedelta(hours=1))
    frozen.write("PROMPT_FROZEN.txt", text)
    frozen.commit("approved, honestly")
    assert frozen.blocked()


def test_nothing_is_approved_when_the_freeze_cannot_be_read(approved):
    approved.on_main(
        lambda: approved.write(
            "PROMPT_FROZEN.txt", approved.read("PROMPT_FROZEN.txt") + "all clear?\n"
        )
    )
    assert approved.blocked()
    assert "everything is frozen, as PROMPT_FROZEN.txt cannot be read" in approved.check().sentence
