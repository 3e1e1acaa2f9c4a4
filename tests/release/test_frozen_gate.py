"""What the gate and the release do during a freeze, on the example's recordings."""

from __future__ import annotations

import pytest


@pytest.fixture
def comment(example):
    """A branch of the example whose only change is one that no request shows: exit 0."""
    example.git("checkout", "-q", "-b", "topic")
    return example


def edit(example):
    name = "prompts/support.md"
    example.write(name, example.read(name) + "{# A remark. #}\n")
    return example.commit("a remark")


def freeze_main(example, text="2026-11-23 09:35\nwhy\ndana\n"):
    example.git("checkout", "-q", "main")
    notice = "Do not modify until incident commander approves\n"
    example.write("PROMPT_FROZEN.txt", text + notice)
    example.commit("freeze")
    example.git("checkout", "-q", "topic")


def test_gate_exits_4_during_a_freeze_and_not_before(comment, promptgate):
    edit(comment)
    before = promptgate("gate")
    freeze_main(comment)
    during = promptgate("gate")
    assert before.code != 4
    assert during.code == 4
    assert "prompts/support.md" in during.out + during.err
    assert "promptgate freeze approve sha256:" in " ".join((during.out + during.err).split())


def test_gate_exits_4_when_the_change_deletes_the_freeze(comment, promptgate):
    freeze_main(comment)
    comment.git("merge", "-q", "main")
    comment.git("rm", "-q", "PROMPT_FROZEN.txt")
    comment.commit("free")
    assert promptgate("gate").code == 4


def test_gate_exits_4_when_recordings_are_missing_too(comment, promptgate):
    """A freeze is told first: recording what may not be merged would cost for nothing."""
    comment.replace("prompts/support.md", "home router", "garden hose")
    comment.commit("edit")
    assert promptgate("gate").code == 5
    freeze_main(comment)
    ended = promptgate("gate")
    assert ended.code == 4
    assert "ended without a decision" in ended.err


def test_gate_is_as_before_when_nothing_frozen_changed(comment, promptgate):
    before = promptgate("gate").code
    freeze_main(comment)
    assert promptgate("gate").code == before != 4


def test_release_exits_4_during_a_freeze_and_leaves_the_lock(comment, promptgate):
    edit(comment)
    lock = comment.read("promptgate.lock")
    freeze_main(comment)
    ended = promptgate("release")
    assert ended.code == 4
    assert "Not released; promptgate.lock is as it was." in ended.out
    assert comment.read("promptgate.lock") == lock


def test_release_exits_4_when_the_edit_was_merged_before_the_freeze(comment, promptgate):
    """Nothing differs from main, and yet the lock would change during the freeze."""
    edit(comment)
    comment.git("checkout", "-q", "main")
    comment.git("merge", "-q", "topic")
    freeze_main(comment)
    comment.git("merge", "-q", "main")
    assert promptgate("release").code == 4
