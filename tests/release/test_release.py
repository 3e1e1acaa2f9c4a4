"""Releasing: a fresh baseline, or an honest lack of one; and the anchor."""

from __future__ import annotations

import json

import pytest

from promptgate.project import find_project
from promptgate.prompts import read_lock
from tests.support.loopback import Loopback, Scripted
from tests.support.messages import message

KEYS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL")


@pytest.fixture(autouse=True)
def _without_a_key(monkeypatch):
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)


def lock_of(change):
    return read_lock(find_project(change.root).tree)


def online(monkeypatch, server):
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "scripted")


def says(text):
    return lambda seen: Scripted(message(text, model="test-model"))


def files(change):
    return sorted(path.name for path in (change.root / "cassettes").rglob("*.yaml"))


def test_release_refuses_without_a_key_and_writes_nothing(change, promptgate):
    lock = change.read("promptgate.lock")
    ended = promptgate("release")
    assert ended.code == 5
    assert "The gate passed, and nothing was released" in ended.err
    assert "RELEASE" in ended.out  # the gate that passed is shown all the same
    assert change.read("promptgate.lock") == lock


def test_release_offline_is_told_in_the_lock_and_by_the_next_gate(change, promptgate):
    assert promptgate("release", "--offline").code == 0
    assert lock_of(change).prompts["support"].recordings == "judged"
    change.commit("release")
    change.git("checkout", "-q", "main")
    change.git("merge", "-q", "topic")
    change.push()
    change.git("fetch", "-q", "origin")
    change.git("checkout", "-q", "topic")
    change.reword("gladly and")
    ended = promptgate("gate", "--json", "-")
    (told,) = json.loads(ended.out)["warnings"]
    assert ended.code == 0
    assert told.startswith("The baseline of support was released with --offline")


def test_release_online_asks_the_next_baseline_which_no_gate_sees_before_it_is_merged(
    change, gate, promptgate, monkeypatch
):
    """The fresh answers are all wrong: a gate that saw them would find a drop."""
    held = files(change)
    with Loopback(says("red")) as server:
        online(monkeypatch, server)
        assert promptgate("release").code == 0
        assert server.count == 31, "every request of the candidate, once"
    stamp = lock_of(change).prompts["support"].recordings
    assert len([name for name in files(change) if f".{stamp}." in name]) == 31
    assert set(held) < set(files(change)), "nothing recorded before is gone"
    change.commit("release")
    change.reviewed()
    code, decision, _ = gate()
    assert (code, decision["decision"]) == (0, "RELEASE")
    assert promptgate("release").code == 0, "and releasing again asks nothing"
    change.git("checkout", "-q", "main")
    change.git("merge", "-q", "topic")
    change.push()
    change.git("fetch", "-q", "origin")
    change.git("checkout", "-q", "topic")
    change.reword("gladly and")
    decision = json.loads(promptgate("gate", "--json", "-").out)
    (suite,) = decision["suites"]
    assert suite["comparison"]["baseline"] == 0, "merged, they are the baseline"
    assert not [w for w in decision["warnings"] if "more than once" in w], "as it was meant to be"


def test_release_is_refused_when_an_answer_of_the_next_baseline_fails(
    change, promptgate, monkeypatch
):
    def script(seen):
        if seen.number == 3:
            return Scripted(b'{"type": "error", "error": {"type": "x"}}', status=400)
        return says("blue")(seen)

    lock = change.read("promptgate.lock")
    with Loopback(script) as server:
        online(monkeypatch, server)
        ended = promptgate("release")
    assert ended.code == 5
    assert "the next baseline is incomplete" in ended.err
    assert change.read("promptgate.lock") == lock


def test_lock_cannot_set_aside_recordings_that_the_base_has(change, gate, promptgate):
    """Else a change could choose which generation its baseline is."""
    listed = change.git("ls-tree", "-r", "--name-only", "main", "cassettes").splitlines()
    source = change.root / listed[0]
    stamp = "20260201T000000Z"

    def newer():
        source.with_name(f"{source.stem}.{stamp}.yaml").write_bytes(source.read_bytes())

    change.on_main(newer)
    change.git("merge", "-q", "main")
    assert promptgate("release", "--offline").code == 0
    change.replace("promptgate.lock", '"judged"', f'"{stamp}"')
    change.commit("aside")
    change.reviewed()
    code, decision, _ = gate()
    assert code == 4
    assert f"sets recordings aside that the base has ({stamp}" in decision["reason"]


def test_generations_are_told_when_a_request_was_recorded_again(change, gate):
    source = next(path for path in (change.root / "cassettes").rglob("*.yaml") if "q3" in str(path))
    source.with_name(f"{source.stem}.20260201T000000Z.yaml").write_bytes(source.read_bytes())
    change.commit("again")
    code, decision, _ = gate()
    assert code == 0
    assert "20260201T000000Z (1)" in " ".join(decision["warnings"])


def test_anchor_is_moved_with_name_and_reason_and_counts_once_merged(change, gate, promptgate):
    move = ("release", "--anchor", "--by", "dana", "--reason", "known wording")
    ended = promptgate(*move, "--json", "-")
    assert ended.code == 0
    assert json.loads(ended.out)["anchor"]["prompts"] == ["support"]
    anchor = lock_of(change).anchor
    assert (anchor.by, anchor.reason) == ("dana", "known wording")
    assert anchor.prompts == lock_of(change).prompts
    moved = change.read("promptgate.lock")
    assert promptgate("release", "--offline").code == 0
    assert lock_of(change).anchor == anchor, "a release leaves it where it is"
    assert lock_of(change).prompts != anchor.prompts
    change.write("promptgate.lock", moved)
    lock = change.read("promptgate.lock")
    change.commit("anchor")
    change.reviewed()
    code, decision, _ = gate()
    assert code == 0
    assert any("moves the anchor (by dana: known wording)" in w for w in decision["warnings"])
    assert decision["suites"][0]["anchor"] is None
    change.on_main(lambda: change.write("promptgate.lock", lock))
    _, decision, _ = gate()
    assert decision["suites"][0]["anchor"]["candidate"] == 1.0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--anchor",), "--anchor needs --by NAME and --reason TEXT"),
        (("--anchor", "--by", " ", "--reason", "x"), "--by is blank"),
        (("--by", "dana"), "go with --anchor"),
        (("--anchor", "--by", "a", "--reason", "b", "--prompt", "support"), "leave --prompt out"),
    ],
)
def test_anchor_is_refused_without_name_and_reason(change, promptgate, options, said):
    ended = promptgate("release", *options)
    assert ended.code == 2
    assert said in ended.err


def test_anchor_that_was_never_released_is_blocked(change, gate, promptgate):
    promptgate("release", "--anchor", "--by", "dana", "--reason", "known")
    lock = change.read("promptgate.lock")
    head, _, tail = lock.partition("anchor:")
    change.write("promptgate.lock", f"{head}anchor:{tail.replace('a router', 'nothing')}")
    change.commit("made up")
    change.reviewed()
    code, decision, _ = gate()
    assert code == 4
    assert "was never released" in decision["reason"]
    change.on_main(lambda: change.write("promptgate.lock", lock))
    change.git("checkout", "-q", "-B", "topic", "main")
    change.write("promptgate.lock", head)
    change.commit("taken out")
    change.reviewed()
    code, decision, _ = gate()
    assert code == 4
    assert "takes the anchor out of promptgate.lock" in decision["reason"]


@pytest.mark.parametrize(("answer", "said"), [("blue", "31 agree"), ("red", "look like")])
def test_spot_check_asks_live_and_compares(change, promptgate, monkeypatch, answer, said):
    """Recordings that were made up pass until somebody asks."""
    held = files(change)
    with Loopback(says(answer)) as server:
        online(monkeypatch, server)
        ended = promptgate("gate", "--spot-check", "0.5", "--seed", "7", "--json", "-")
        assert server.count == 31
    told = " ".join(json.loads(ended.out)["warnings"])
    assert ended.code == 0
    assert told.startswith("Spot-check (seed 7): asked 31 of 62 trials again, live")
    assert said in told
    assert files(change) == held, "live answers are kept nowhere"


def test_spot_check_needs_a_key_and_a_share(change, promptgate):
    assert promptgate("gate", "--spot-check", "0.1").code == 2
    ended = promptgate("gate", "--spot-check", "2")
    assert "--spot-check must be above 0 and at most 1" in ended.err


def test_rollback_has_nothing_to_go_back_to_when_the_released_model_is_retired(
    change, gate, monkeypatch
):
    """The SDK's own table says so; here it is told of the test's model."""
    from datetime import date

    from promptgate.models.catalogue import ModelCatalogue
    from promptgate.runs import circumstances

    table = ModelCatalogue(("test-model",), {"test-model": date(2020, 1, 1)})
    change.break_it()
    change.commit("rude")
    change.reviewed()
    assert gate()[1]["decision"] == "ROLLBACK"
    monkeypatch.setattr(circumstances, "sdk_catalogue", lambda: table)
    code, decision, _ = gate()
    assert (code, decision["decision"]) == (1, "FIX_FORWARD")
    assert "the model of released is retired" in decision["reason"]
