"""The exact input is asked again; only what is shown to fail in its redacted form is kept."""

import json
from dataclasses import replace

import pytest

from promptgate.incidents.kinds import Kept
from promptgate.incidents.state import State, fold
from promptgate.incidents.verify import Verification, after_failure
from promptgate.project import find_project
from promptgate.prompts import open_tree, read_lock
from tests.support.incident import ID, event, history

KEPT = "suites/support-regressions.yaml"


@pytest.fixture
def secured(product):
    """An incident whose failing input is a customer's own words."""
    product.open()
    given = {"messages": [{"role": "user", "content": "Which colour? Write to ada@example.org."}],
             "vars": {"question": "-"}, "expect": [{"contains": "blue"}]}  # fmt: skip
    product.write("../x.json", json.dumps(given))
    product.incident("evidence", "--input", "../x.json")
    return product


def says_red(body):
    return "Say red" in json.dumps(body["system"])


def test_input_is_kept_redacted_once_it_was_shown_to_fail(secured, served):
    """The version is that which was rolled back, also when the released branch has it no more."""
    ended = secured.incident("verify", "--keep", code=5)
    assert "cannot be told yet" in ended.err
    assert "--mode record" in ended.err
    assert not (secured.root / KEPT).exists()
    secured.incident("rollback")
    secured.git("push", "-q", "origin", f"incident/rollback-{ID}:main")
    secured.git("fetch", "-q")
    served(says_red)
    ended = secured.incident("verify", "--keep", "--mode", "record")
    assert "(redacted; 3 of 3 answers fail on" in ended.out
    text = secured.read(KEPT)
    assert "ada@" not in text
    assert "[e-mail]" in text
    assert "critical: true" in text
    kept = secured.found.last(Kept)
    assert (kept.suite, kept.case, kept.file) == ("support-regressions", ID, KEPT)
    assert secured.run("run", "--suite", "support-regressions").code == 0, "it is recorded"
    again = secured.incident("verify", "--keep", code=2)
    assert "has a case" in again.err


def test_input_is_not_kept_when_its_redacted_form_passes(secured, served):
    served(lambda body: "ada@" in json.dumps(body["messages"]))
    ended = secured.incident("verify", "--keep", "--mode", "record", code=2)
    assert "no longer fails" in ended.err
    assert secured.found.last(Kept) is None
    assert not (secured.root / KEPT).exists()


def test_answers_to_a_private_input_are_kept_out_of_git(secured, served):
    served(says_red)
    secured.incident("verify", "--mode", "record", "--repeats", "1", code=1)
    secured.incident("diagnose", "--max-calls", "2", code=3)
    assert secured.read("cassettes/captured/.gitignore") == "*\n"
    assert "captured" not in secured.git("status", "--short", "--untracked-files=all")


def test_verify_asks_what_an_environment_runs(product):
    """The release that production has is asked without being named; what no release has, is not."""
    product.open()
    product.incident("evidence", "--case", "facts:q0")
    product.incident("decide", code=1)
    lock = read_lock(open_tree(find_project(product.root), "worktree"))
    good = lock.prompts["support"].fingerprint
    product.run("deployed", "--env", "production", "--fingerprint", good)
    ended = product.incident("verify")
    assert "(deployed in production): 0 of 10 answers fail" in ended.out
    assert product.found.state is State.MONITORING
    strange = ("--fingerprint", "sha256:" + "0" * 64, "--prompt", "support")
    product.run("deployed", "--env", "canary", *strange)
    ended = product.incident("verify", "--env", "canary", code=2)
    assert "which no release has" in ended.err
    assert "--target REV" in ended.err
    assert "unknown environment" in product.incident("verify", "--env", "nowhere", code=2).err


def test_verify_says_what_may_be_done_when_the_rollback_fails_too():
    """The version that was gone back to may fail now and then itself."""
    before = history()[:3]
    log = [
        *before,
        event("captured", 5, prompt="support", digest="sha256:1", case="facts:q0"),
        event("diagnosed", 8, verdict="prompt", cause="prompt", deployed=(8, 10)),
        history()[6],
    ]
    failed = Verification("c0ffee", trials=10, failures=2, wanted=10, upper=None, examples=())
    told = "\n".join(after_failure(fold(ID, log), failed))
    assert "What was deployed failed 8 of 10." in told
    assert "that fails too: this fault is older than the change" in told
    assert "promptgate rerun --case facts:q0 --revisions A..B" in told
    assert "resolve --feature-off" in told
    elsewhere = after_failure(fold(ID, before), replace(failed, target="other"))
    assert "--input FILE" in elsewhere[0]
