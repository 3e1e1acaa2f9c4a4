"""A change is judged by its base: real repositories with a bare remote, end to end."""

from __future__ import annotations

from tests.support.governed import NEW_CASE, SUITE


def test_good_change_is_released_and_its_release_updates_the_lock(change, gate, promptgate):
    code, decision, _ = gate()
    assert (code, decision["decision"]) == (0, "RELEASE")
    lock = change.read("promptgate.lock")
    assert promptgate("release", "--offline").code == 0
    assert change.read("promptgate.lock") != lock
    change.commit("release")
    change.reviewed()
    assert gate()[0] == 0, "the lock of the change is its own prompt's, so it may bring it along"


def test_change_without_a_case_ends_with_4(change, gate):
    change.replace(SUITE, NEW_CASE, "")
    change.commit("no case")
    change.reviewed()
    code, decision, _ = gate()
    assert code == 4
    assert "support changes and no case for it is added or made stricter" in decision["reason"]


def test_change_with_a_case_and_a_regression_ends_with_1(change, gate):
    change.break_it()
    change.commit("rude")
    change.reviewed()
    code, decision, _ = gate()
    assert (code, decision["decision"]) == (1, "ROLLBACK")


def test_remark_in_a_template_needs_no_case(change, gate):
    change.git("checkout", "-q", "-B", "topic", "main")
    change.write("prompts/support.md", change.read("prompts/support.md") + "{# why #}\n")
    change.commit("a remark")
    change.reviewed()
    code, decision, _ = gate()
    assert (code, decision["reason"][:15]) == (0, "Nothing changed")
