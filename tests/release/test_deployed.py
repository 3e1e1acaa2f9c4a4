"""What runs where, and whether a gate has seen it."""

from __future__ import annotations

import json

import pytest

from promptgate.prompts import load_prompt, open_tree
from tests.release.conftest import PROMPT


def fingerprint(shared, name="support"):
    return load_prompt(open_tree(shared.project, "worktree"), name).fingerprint


def deploy(promptgate, found, *more, env="production"):
    return promptgate("deployed", "--env", env, "--fingerprint", found, *more)


def test_deployed_answers_what_was_recorded(shared, promptgate):
    assert deploy(promptgate, fingerprint(shared)).code == 0
    assert deploy(promptgate, fingerprint(shared, "billing")).code == 0
    ended = promptgate("deployed", "--env", "production", "--json", "-")
    assert ended.code == 0
    running = json.loads(ended.out)["running"]
    assert [(one["prompt"], one["state"]) for one in running] == [
        ("billing", "released"),
        ("support", "released"),
    ]
    assert len(shared.read("deployments/production.jsonl").splitlines()) == 2


def test_earlier_release_is_no_drift(shared, promptgate):
    """After a rollback production runs what was released before."""
    old = fingerprint(shared)
    deploy(promptgate, old)
    shared.write("prompts/support.md", PROMPT.replace("the shop", "the bank"))
    shared.write_lock()
    shared.commit("release another")
    ended = promptgate("deployed", "--env", "production")
    assert ended.code == 0
    assert "released earlier" in ended.out
    assert deploy(promptgate, fingerprint(shared)).code == 0
    assert "released earlier" not in promptgate("deployed", "--env", "production").out


def test_release_of_a_branch_that_was_never_merged_is_drift(shared, promptgate):
    shared.git("checkout", "-q", "-b", "wild")
    shared.write("prompts/support.md", PROMPT.replace("the shop", "the bank"))
    shared.write_lock()
    shared.commit("wild release")
    wild = fingerprint(shared)
    shared.git("checkout", "-q", "topic")
    assert deploy(promptgate, wild, "--prompt", "support").code == 4


def test_drift_exits_4_and_is_recorded_all_the_same(shared, promptgate):
    shared.write("prompts/support.md", PROMPT.replace("the shop", "the bank"))
    ended = deploy(promptgate, fingerprint(shared), "--prompt", "support")
    assert ended.code == 4
    assert "no gate has seen what runs" in ended.out
    answer = promptgate("deployed", "--env", "production")
    assert answer.code == 4
    assert "drift" in answer.out
    deploy(promptgate, json.loads(promptgate("status", "--json", "-").out)["prompts"][1]
           ["released"]["fingerprint"])  # fmt: skip
    assert promptgate("deployed", "--env", "production").code == 0, "it was put right"


def test_model_pinned_in_the_environment_is_drift(shared, promptgate):
    """The prompt is the released one; a variable makes another model answer it."""
    found = fingerprint(shared)
    assert deploy(promptgate, found, "--model", "test-model").code == 0
    ended = deploy(promptgate, found, "--model", "cheap-model")
    assert ended.code == 4
    assert "'cheap-model' answers, and 'support' was released with 'test-model'" in ended.out


def test_lock_edited_by_hand_is_refused(shared, promptgate):
    """A text beside another's fingerprint would make anything look released."""
    wrong = "sha256:" + "0" * 64
    shared.replace("promptgate.lock", fingerprint(shared), wrong)
    ended = deploy(promptgate, wrong)
    assert ended.code == 2
    assert "promptgate.lock" in ended.err
    assert not (shared.root / "deployments").exists()


def test_everything_is_drift_when_nothing_was_released(project, promptgate):
    ended = deploy(promptgate, "sha256:" + "1" * 64)
    assert ended.code == 4
    assert json.loads(project.read("deployments/production.jsonl"))["prompt"] == "support"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--env", "production"), "nothing is recorded for 'production'; record it with"),
        (("--env", "../x"), "--env must be letters"),
        (("--env", "p", "--fingerprint", "abc"), "--fingerprint must be 'sha256:'"),
        (("--env", "p", "--fingerprint", "sha256:" + "0" * 64), "say whose it is with --prompt"),
        (("--env", "p", "--model", "m"), "describe what --fingerprint records"),
    ],
)
def test_bad_usage_exits_2_and_writes_nothing(shared, promptgate, arguments, told):
    ended = promptgate("deployed", *arguments)
    assert ended.code == 2
    assert told in ended.err
    assert not (shared.root / "deployments").exists()


@pytest.mark.parametrize("line", ["{", '{"at": "x", "prompt": "a", "fingerprint": "b"}', "{}"])
def test_damaged_log_is_refused_with_its_line(shared, promptgate, line):
    assert deploy(promptgate, fingerprint(shared)).code == 0
    damaged = shared.read("deployments/production.jsonl") + line + "\n"
    shared.write("deployments/production.jsonl", damaged)
    for ended in (promptgate("deployed", "--env", "production"),
                  deploy(promptgate, fingerprint(shared))):  # fmt: skip
        assert ended.code == 2
        assert "deployments/production.jsonl:2" in ended.err
    assert shared.read("deployments/production.jsonl") == damaged
