"""`record --check` and `record --prune`, on copies of the example's recordings."""

from __future__ import annotations

import json
import shutil

from tests.support.project import EXAMPLE, Folder


def with_own_cassettes(example: Folder) -> int:
    (example.root / "cassettes").unlink()
    shutil.copytree(EXAMPLE / "cassettes" / "refusal", example.root / "cassettes" / "refusal")
    return len(list((example.root / "cassettes").rglob("*.yaml")))


def test_check_finds_nothing_wrong_with_the_example(example, promptgate):
    ended = promptgate("record", "--check", "--json", "-")
    assert ended.code == 0
    assert json.loads(ended.out)["problems"] == []


def test_check_names_a_cassette_that_was_cut(example, promptgate):
    with_own_cassettes(example)
    file = sorted((example.root / "cassettes").rglob("*.yaml"))[3]
    file.write_text(file.read_text()[:900])
    ended = promptgate("record", "--check", "--json", "-")
    assert ended.code == 5
    (problem,) = json.loads(ended.out)["problems"]
    assert problem["file"] == file.relative_to(example.root).as_posix()


def test_prune_keeps_what_the_work_tree_and_the_lock_ask_for(example, promptgate):
    """Recordings of edits that were rolled back go; a gate still has all that it needs."""
    before = with_own_cassettes(example)
    (example.root / "suites" / "helpfulness.yaml").unlink()
    (example.root / "suites" / "contradiction.yaml").unlink()
    config, _, _ = example.read("promptgate.toml").partition("[judges.")  # asks about helpfulness
    example.write("promptgate.toml", config)
    first = promptgate("gate")
    ended = promptgate("record", "--prune", "--json", "-")
    assert ended.code == 0
    removed = json.loads(ended.out)["unused"]
    after = len(list((example.root / "cassettes").rglob("*.yaml")))
    assert 0 < removed == before - after
    assert promptgate("gate").code == first.code


def test_prune_keeps_what_was_recorded_since_an_open_incident_began(example, promptgate):
    """An investigation asks prompts that stand in no revision; their answers are evidence."""
    with_own_cassettes(example)
    (example.root / "suites" / "refusal.yaml").unlink()
    declare = ("--product", "router", "--summary", "leaks", "--source", "customer")
    when = ("--severity", "high", "--commander", "dana", "--at", "2026-01-01 00:00 UTC")
    assert promptgate("incident", "open", *declare, *when).code == 0
    ended = promptgate("record", "--prune", "--json", "-")
    assert ended.code == 0, ended.err
    assert json.loads(ended.out)["unused"] == 0
    assert json.loads(ended.out)["kept"] > 0


def test_record_refuses_two_jobs_at_once(example, promptgate):
    assert promptgate("record", "--check", "--prune").code == 2
    assert promptgate("record", "--keep", "HEAD").code == 2
