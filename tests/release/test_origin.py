"""What a gate and a diff tell of a baseline that nobody chose."""

from __future__ import annotations

from tests.support.governed import NEW_CASE, SUITE


def on_screen(ended):
    """Return what was printed, on one line."""
    return " ".join(ended.out.split())


def test_gate_says_that_nothing_was_asked_when_nothing_is_released_or_changed(project, promptgate):
    """The first commit after init: green, and no question was ever asked."""
    ended = promptgate("gate")
    shown = on_screen(ended)
    assert ended.code == 0
    assert "so nothing was asked" in shown
    assert "2 cases, none asked" in shown
    assert "Nothing is released yet" in shown
    assert "sound" not in shown
    assert "PASS" not in shown


def test_gate_and_diff_tell_an_edit_from_what_the_branch_was_ahead_by(change, promptgate):
    change.git("checkout", "-q", "main")
    change.reword("gladly")
    change.commit("answer gladly, not released")
    change.push()
    change.git("fetch", "-q", "origin")
    ahead = "1 commit up to HEAD changed support since the release"
    assert f"No edit of a prompt is uncommitted: {ahead}." in on_screen(promptgate("gate"))
    change.reword("very")
    told = f"Not all of this is your uncommitted edit: {ahead}. To see that alone: promptgate diff"
    assert told in on_screen(promptgate("diff", "--no-answers"))
    assert "since the release" not in promptgate("diff", "--no-answers", "HEAD").out


def test_gate_on_a_laptop_notes_what_a_pull_request_is_asked_for(change, promptgate):
    change.replace(SUITE, NEW_CASE, "")
    change.commit("no case")
    ended = promptgate("gate")
    assert ended.code == 0
    assert "A pull request would be blocked by review.case: support changes" in on_screen(ended)
