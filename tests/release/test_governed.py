"""A change is judged by its base: real repositories with a bare remote, end to end."""

from __future__ import annotations

import json

from tests.support.governed import NEW_CASE, SUITE, Governed


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


def merged(change):
    """Merge the good change and its release into main, as a forge would."""
    change.git("checkout", "-q", "main")
    change.git("merge", "-q", "--no-ff", "topic", "-m", "merge")
    change.push()
    change.git("fetch", "-q", "origin")


def test_released_resolves_in_a_shallow_clone_after_a_squash(
    change, promptgate, monkeypatch, tmp_path
):
    """The commit that the lock names is in no history any more."""
    change.git("checkout", "-q", "main")
    change.git("merge", "-q", "--squash", "topic")
    change.commit("squashed")
    assert promptgate("release", "--offline").code == 0
    change.commit("release")
    change.git("reset", "-q", "--soft", "HEAD~2")
    change.commit("all in one")
    change.push()
    remote = f"file://{tmp_path / 'remote.git'}"
    change.git("clone", "-q", "--depth", "1", remote, str(tmp_path / "shallow"))
    shallow = Governed(tmp_path / "shallow")
    monkeypatch.chdir(shallow.root)
    shallow.break_it()
    ended = promptgate("gate", "--json", "-")
    assert json.loads(ended.out)["decision"] == "ROLLBACK"
    assert ended.code == 1


def test_push_to_main_is_compared_with_main_before_the_push(change, promptgate, monkeypatch):
    """The release came along with the prompt: compared with itself nothing had changed."""
    before = change.git("rev-parse", "origin/main")
    assert promptgate("release", "--offline").code == 0
    change.commit("release")
    merged(change)
    assert json.loads(promptgate("gate", "--json", "-").out)["rules"][-1]["rule"] == "unchanged"
    monkeypatch.setenv("CI_PIPELINE_SOURCE", "push")
    monkeypatch.setenv("CI_COMMIT_BRANCH", "main")
    monkeypatch.setenv("CI_COMMIT_BEFORE_SHA", before)
    ended = promptgate("gate", "--json", "-")
    assert json.loads(ended.out)["rules"][-1]["rule"] == "all_pass"
    assert ended.code == 0


def test_entry_of_a_merge_queue_is_judged_alone(change, promptgate, monkeypatch):
    """The entry before it removes the rule that a case is needed; it is merged before this one."""
    change.git("checkout", "-q", "main")
    change.write("promptgate.toml", '[review]\nreviewer = "off"\ncase = "off"\n')
    change.commit("first in the queue")
    change.replace("prompts/support.md", "test-model", "test-model\ndescription: x")
    change.break_it()
    change.commit("second in the queue, on a branch")
    monkeypatch.setenv("CI_MERGE_REQUEST_EVENT_TYPE", "merge_train")
    ended = promptgate("gate", "--review", "trailers", "--json", "-")
    rules = [rule["rule"] for rule in json.loads(ended.out)["rules"]]
    assert ended.code == 1
    assert "review.case" not in rules
    monkeypatch.delenv("CI_MERGE_REQUEST_EVENT_TYPE")
    assert promptgate("gate", "--review", "trailers").code == 4
