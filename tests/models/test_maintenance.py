from datetime import UTC, datetime

import pytest

from promptgate.models.cassette_file import Recording, lay_out
from promptgate.models.cassettes import Cassettes
from promptgate.models.maintenance import (
    check,
    prune,
    unused,
)
from promptgate.models.request import Request
from tests.support.messages import message

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
REFRESH = "20261123T120000Z"


def asking(question: str) -> Request:
    return Request({"model": "m", "messages": [{"role": "user", "content": question}]})


def put(cassettes, question, sample=0, text="Hello", folder=("s", "c"), generation=None, at=NOW):
    request = asking(question)
    recording = Recording(request.digest, sample, lay_out(message(text)), at, "anthropic 2.12.0")
    return cassettes.append(request, recording, folder, generation=generation)


@pytest.fixture
def cassettes(tmp_path):
    made = Cassettes(tmp_path / "cassettes")
    put(made, "one")
    put(made, "two", folder=("s", "d"))
    return made


def test_check_finds_nothing_when_all_is_well(cassettes):
    assert check(cassettes) == []
    assert check(Cassettes(cassettes.root / "absent")) == []


def test_check_names_a_torn_file_and_what_a_killed_process_left(cassettes):
    file = next(cassettes.root.joinpath("s", "c").rglob("*.yaml"))
    file.write_bytes(file.read_bytes()[:-20])
    left = file.with_name(f".{file.name}.x7f3")
    left.write_text("half")
    problems = check(cassettes)
    assert [(p.file.rsplit("/", 1)[1], p.invalid) for p in problems] == [
        (left.name, False),
        (file.name, True),
    ]


def test_check_names_two_files_that_contradict_each_other(cassettes):
    """Two branches that recorded the same request under two names merge without a conflict."""
    other = Cassettes(cassettes.root.parent / "other")
    put(other, "one", text="Goodbye", folder=("t", "c"))
    moved = next(other.root.rglob("*.yaml"))
    moved.rename(cassettes.root / "s" / moved.name)
    cassettes.forget()
    (problem,) = check(cassettes)
    assert problem.invalid
    assert "sample 0 of the same request stands in cassettes/s/" in problem.message


def test_check_names_a_recording_that_is_no_answer(cassettes):
    request = asking("three")
    recording = Recording(request.digest, 0, lay_out('{"type": "error"}'), NOW)
    cassettes.append(request, recording)
    (problem,) = check(cassettes)
    assert problem.invalid
    assert "is no answer" in problem.message


def test_unused_is_what_no_digest_refers_to(cassettes):
    assert unused(cassettes, [asking("one").digest, asking("two").digest]) == []
    (file,) = unused(cassettes, [asking("one").digest])
    assert "/s/d/" in file.path


def test_prune_removes_files_leftovers_and_empty_folders(cassettes):
    left = cassettes.root / "s" / ".x.yaml.abc"
    left.write_text("half")
    freed = prune(cassettes, unused(cassettes, [asking("one").digest]))
    assert freed > 500
    assert not left.exists()
    assert [f.name for f in (cassettes.root / "s").iterdir()] == ["c"]
    assert cassettes.find(asking("two").digest) == ()
    assert len(cassettes.find(asking("one").digest)) == 1
