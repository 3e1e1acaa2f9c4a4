"""What the gate and the release do during a freeze.

The edits are remarks in a template: no request shows them, so that without a
freeze the gate needs no recording and ends with RELEASE.
"""

from __future__ import annotations

from promptgate.release.frozen import blocked_by_freeze, release_blocked
from tests.release.conftest import NOW, PROMPT


def remark(shared):
    shared.write("prompts/support.md", PROMPT + "{# A remark. #}\n")
    return shared.commit("a remark")


def test_gate_exits_4_during_a_freeze_and_0_before(shared, promptgate):
    remark(shared)
    assert promptgate("gate").code == 0
    shared.freeze()
    during = promptgate("gate")
    assert during.code == 4
    told = " ".join((during.out + during.err).split())
    assert "prompts/support.md (a prompt, a partial or the way to one)" in told
    assert "promptgate freeze approve sha256:" in told


def test_gate_exits_4_when_the_change_deletes_the_freeze(frozen, promptgate):
    frozen.git("merge", "-q", "origin/main")
    frozen.git("rm", "-q", "PROMPT_FROZEN.txt")
    frozen.commit("free")
    assert promptgate("gate").code == 4


def test_gate_exits_4_when_recordings_are_missing_too(shared, promptgate):
    """A freeze is told first: recording what may not be merged would cost for nothing."""
    shared.replace("prompts/support.md", "the shop", "the bank")
    shared.commit("edit")
    assert promptgate("gate").code == 5
    shared.freeze()
    ended = promptgate("gate")
    assert ended.code == 4
    assert "ended without a decision" in ended.err


def test_gate_exits_0_when_nothing_frozen_changed(frozen, promptgate):
    frozen.replace("app/main.py", "hello", "goodbye")
    frozen.commit("code")
    assert promptgate("gate").code == 0


def test_gate_exits_0_when_the_change_was_approved(shared, promptgate):
    commit = remark(shared)
    freeze = ("freeze", "--reason", "refunds", "--by", "dana", "--push")
    assert promptgate(*freeze).code == 0
    assert promptgate("gate").code == 4
    assert promptgate("freeze", "approve", commit, "--by", "dana", "--push").code == 0
    assert promptgate("gate").code == 0


def test_release_writes_the_lock_before_a_freeze_and_not_during_it(shared, promptgate):
    remark(shared)
    lock = shared.read("promptgate.lock")
    shared.freeze()
    ended = promptgate("release")
    assert ended.code == 4
    assert "Not released; promptgate.lock is as it was." in ended.out
    assert shared.read("promptgate.lock") == lock
    assert promptgate("thaw", "--approved-by", "dana", "--push").code == 0
    shared.git("branch", "-f", "main", "origin/main")
    assert promptgate("release").code == 0
    assert shared.read("promptgate.lock") != lock


def test_release_of_another_prompt_is_not_blocked(shared):
    """A freeze of one prompt must not stop the team of another."""
    shared.on_main(lambda: [shared.replace(f"prompts/{name}.md", "model", "max_tokens: 9\nmodel")
                            for name in ("support", "billing")])  # fmt: skip
    shared.freeze(prompts=("support",))
    shared.git("merge", "-q", "origin/main")
    assert release_blocked(shared.project, NOW, ["billing"]) == ()
    for prompts in (["support"], []):
        (sentence,) = release_blocked(shared.project, NOW, prompts)
        assert "and this would release support; end the freeze with" in sentence


def test_release_exits_4_when_the_edit_was_merged_before_the_freeze(shared, promptgate):
    """Nothing differs from main, and yet the lock would change during the freeze."""
    shared.on_main(lambda: remark(shared))
    shared.freeze()
    shared.git("merge", "-q", "origin/main")
    assert promptgate("gate").code == 0
    assert promptgate("release").code == 4


def test_release_passes_when_nothing_is_left_to_release(frozen, promptgate):
    assert promptgate("release").code == 0


def test_gate_says_that_a_freeze_is_overdue_when_it_blocks(shared):
    """It ends by a thaw alone, and whoever is blocked may be the one to remind somebody."""
    shared.freeze("Until: 2026-11-23 09:30 UTC")
    shared.replace("prompts/support.md", "the shop", "the bank")
    shared.commit("edit")
    told, *_ = blocked_by_freeze(shared.project, "worktree", NOW)
    assert "the freeze was to end at 2026-11-23 09:30:00 UTC and is still in force" in told
