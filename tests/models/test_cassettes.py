import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import CassetteError
from promptgate.models.cassette_file import Recording, lay_out, read, render, split
from promptgate.models.cassettes import Cassettes, new_generation, path_part
from promptgate.models.request import Request
from promptgate.models.response import parse_response
from tests.support.messages import message, stream

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NASTY = "tab\t, bell\x07, NEL\x85, LS\u2028, emoji 😀, BOM\ufeff, 'quotes\", trailing \nline"


def asking(question: str, **more) -> Request:
    messages = [{"role": "user", "content": question}]
    return Request({"model": "claude-sonnet-5-5", "max_tokens": 9, "messages": messages, **more})


def answer(request: Request, sample: int, body: str | None = None) -> Recording:
    body = message(f"answer {sample}") if body is None else body
    return Recording(request.digest, sample, lay_out(body), NOW, "anthropic 2.12.0", 321)


@pytest.fixture
def cassettes(tmp_path):
    return Cassettes(tmp_path / "cassettes")


def only_file(cassettes: Cassettes) -> Path:
    return next(cassettes.root.rglob("*.yaml"))


def test_find_returns_samples_in_order_when_they_arrive_out_of_order(cassettes):
    request = asking("Hi")
    for sample in (2, 0, 1):
        cassettes.append(request, answer(request, sample), ("refusal", "bomb"))
    found = Cassettes(cassettes.root).find(request.digest)
    assert [r.sample for r in found] == [0, 1, 2]
    assert [r.response.text for r in found] == ["answer 0", "answer 1", "answer 2"]
    assert found[0].file == f"cassettes/refusal/bomb/claude-sonnet-5-5/{request.digest[7:39]}.yaml"
    assert (found[0].recorded_at, found[0].latency_ms) == (NOW, 321)
    assert (found[0].sdk, found[0].served_model) == ("anthropic 2.12.0", "claude-sonnet-5-5")


def test_find_returns_nothing_when_nothing_was_recorded(cassettes):
    assert cassettes.find(asking("Hi").digest) == ()
    assert not cassettes.root.exists()


def test_find_finds_a_file_wherever_it_was_moved(cassettes):
    """Renaming a suite loses nothing."""
    request = asking("Hi")
    cassettes.append(request, answer(request, 0), ("old", "case"))
    (cassettes.root / "old").rename(cassettes.root / "new")
    assert Cassettes(cassettes.root).find(request.digest)[0].file.startswith("cassettes/new/case/")


def test_two_cases_share_a_file_when_their_requests_are_the_same(cassettes):
    request = asking("Hi")
    cassettes.append(request, answer(request, 0), ("a", "one"))
    cassettes.append(request, answer(request, 1), ("b", "two"))
    assert len(list(cassettes.root.rglob("*.yaml"))) == 1
    assert len(cassettes.find(request.digest)) == 2


def test_append_returns_what_stands_when_another_was_faster_and_keeps_both(cassettes):
    """Both answers were paid for; what a run saw live is what its replay will see."""
    request = asking("Hi")
    cassettes.append(request, answer(request, 0, message("theirs")))
    stands = cassettes.append(request, answer(request, 0, message("ours")))
    assert stands.response.text == "theirs"
    assert [r.response.text for r in cassettes.find(request.digest)] == ["theirs", "ours"]


def test_find_returns_the_newest_generation_whole_and_append_continues_it(cassettes):
    request = asking("Hi")
    old, new = "20261101T000000Z", new_generation(NOW)
    for sample in (0, 1):
        cassettes.append(request, answer(request, sample), ("s", "c"))
    cassettes.append(request, answer(request, 0, message("old")), ("s", "c"), generation=old)
    cassettes.append(request, answer(request, 0, message("new")), ("s", "c"), generation=new)
    cassettes.append(request, answer(request, 1, message("newer")), ("s", "c"))
    reopened = Cassettes(cassettes.root)
    assert reopened.generations(request.digest) == ("", old, new)
    assert [r.response.text for r in reopened.find(request.digest)] == ["new", "newer"]
    assert [r.response.text for r in reopened.find(request.digest, generation=old)] == ["old"]
    assert len(reopened.find(request.digest, generation="")) == 2


@pytest.mark.parametrize("body", [message(NASTY), stream(message(NASTY))])
def test_cassette_keeps_every_character_in_readable_blocks(cassettes, body):
    request = asking(NASTY)
    cassettes.append(request, answer(request, 0, body))
    assert cassettes.find(request.digest)[0].response.text == NASTY
    text = only_file(cassettes).read_text()
    assert "body: |-\n" in text
    assert "string: |" in text
    assert '"content": "tab' in text


@given(st.text(), st.text())
def test_cassette_reads_back_what_was_written(question, text):
    request = asking(question)
    for body in (message(text), stream(message(text))):
        recording = answer(request, 0, body)
        block = render(request, recording)
        data = f"interactions:\n{block}version: 1\n".encode()
        assert read(data, "f.yaml", request.digest[7:]) == (
            Recording(**{**vars(recording), "file": "f.yaml"}),
        )
        assert parse_response(recording.body) == parse_response(body)


def test_cassette_ends_with_the_version_and_is_what_libyaml_would_write(cassettes):
    request = asking("Hi", system="one\ntwo")
    for sample in (0, 1):
        cassettes.append(request, answer(request, sample))
    text = only_file(cassettes).read_text()
    assert text.endswith("\nversion: 1\n")
    assert list(split(text)) == [0, 1]


def test_find_refuses_a_cassette_cut_anywhere(cassettes):
    """A file cut between two recordings is still YAML; its last line is what tells."""
    request = asking("Hi")
    for sample in (0, 1):
        cassettes.append(request, answer(request, sample))
    file = only_file(cassettes)
    whole = file.read_bytes()
    between = whole.rindex(b"- request:")
    for end in (0, 5, between, *range(20, len(whole) - 12, 131)):
        file.write_bytes(whole[:end])
        with pytest.raises(CassetteError, match=r"\.yaml: .*promptgate record") as caught:
            cassettes.find(request.digest)
        assert caught.value.exit_code == 5


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"content": "Hi"', '"content": "Ho"', "its request has the digest .* altered"),
        ("answer 1", "answer one", "answer of sample 1 was altered"),
        ("- '2026-10-21'", "- '2023-06-01'", "its request has the digest .* altered"),
        ("- '1'\n", "- '0'\n", "sample 0 stands twice"),
        ("method: POST\n", "method: POST\n<<<<<<< HEAD\n", "merge conflict"),
        ("uri: https", "url: https", "not readable"),
        ("version: 1", "version: 2", "version: 1"),
    ],
)
def test_find_refuses_a_cassette_that_was_altered(cassettes, old, new, reason):
    request = asking("Hi")
    for sample in (0, 1):
        cassettes.append(request, answer(request, sample))
    file = only_file(cassettes)
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    with pytest.raises(CassetteError, match=reason):
        cassettes.find(request.digest)


def test_a_yaml_tag_in_a_cassette_constructs_nothing(cassettes, capfd):
    """A cassette may come with a pull request from anyone."""
    request = asking("Hi")
    stored = cassettes.append(request, answer(request, 0))
    file = only_file(cassettes)
    tag = "!!python/object/apply:os.system ['echo constructed']"
    file.write_text(file.read_text().replace("interactions:", f"x: {tag}\ninteractions:"))
    assert cassettes.find(request.digest) == (stored,)
    assert "constructed" not in capfd.readouterr().out


def test_find_refuses_a_cassette_under_anothers_name(cassettes):
    one, two = asking("one"), asking("two")
    cassettes.append(one, answer(one, 0))
    file = only_file(cassettes)
    file.rename(file.with_name(f"{two.digest[7:39]}.yaml"))
    with pytest.raises(CassetteError, match="holds the request"):
        Cassettes(cassettes.root).find(two.digest)


def test_append_refuses_to_write_over_a_torn_cassette(cassettes):
    """An unreadable file that loads as empty and writable would lose what it holds."""
    request = asking("Hi")
    cassettes.append(request, answer(request, 0))
    file = only_file(cassettes)
    torn = file.read_bytes()[:-30]
    file.write_bytes(torn)
    with pytest.raises(CassetteError):
        cassettes.append(request, answer(request, 1))
    assert file.read_bytes() == torn


def test_cassettes_survive_a_checkout_with_other_line_ends(cassettes):
    request = asking("Hi")
    cassettes.append(request, answer(request, 0))
    file = only_file(cassettes)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert cassettes.find(request.digest)[0].response.text == "answer 0"
    cassettes.append(request, answer(request, 1))
    assert len(cassettes.find(request.digest)) == 2


def test_locks_and_temporary_files_stay_out_of_the_cassettes(cassettes):
    request = asking("Hi")
    cassettes.append(request, answer(request, 0))
    assert [f.suffix for f in cassettes.root.rglob("*") if f.is_file()] == [".yaml"]
    assert (cassettes.root.parent / ".promptgate" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("name", ["../up", ".hidden", "a/b", "ä ö", "x" * 300, "", "C:\\x", "-"])
def test_path_part_is_one_plain_visible_folder(name):
    part = path_part(name)
    assert part
    assert part == Path(part).name
    assert not part.startswith((".", "-"))
    assert len(part) <= 80


def test_path_part_keeps_names_apart_and_plain_ones_as_they_are():
    assert path_part("claude-sonnet-5.5_x") == "claude-sonnet-5.5_x"
    assert path_part("a b") != path_part("a?b")


def test_cassette_replays_under_stock_vcr_with_the_sdk(cassettes):
    """The recordings are the user's: any tool that reads vcrpy's format can use them."""
    vcr = pytest.importorskip("vcr")
    import anthropic

    request = asking(NASTY, system="Be brief.")
    bodies = [message(NASTY), message("Two", stop_reason="max_tokens"), message("Three")]
    for sample, body in enumerate(bodies):
        cassettes.append(request, answer(request, sample, body))
    client = anthropic.Anthropic(api_key="none", max_retries=0)
    with vcr.use_cassette(
        str(only_file(cassettes)), match_on=["method", "path", "body"], record_mode="none"
    ):
        raw = [client.messages.with_raw_response.create(**request.body) for _ in bodies]
    client.close()
    ours = [recording.response for recording in cassettes.find(request.digest)]
    assert [parse_response(r.http_response.content) for r in raw] == ours
    assert [r.parse().content[0].text for r in raw] == [o.text for o in ours]


def test_streamed_cassette_replays_under_stock_vcr_with_the_sdk(cassettes):
    vcr = pytest.importorskip("vcr")
    import anthropic

    request = asking("Hi", stream=True)
    cassettes.append(request, answer(request, 0, stream(message(NASTY))))
    client = anthropic.Anthropic(api_key="none", max_retries=0)
    arguments = {key: value for key, value in request.body.items() if key != "stream"}
    with (
        vcr.use_cassette(
            str(only_file(cassettes)), match_on=["method", "path", "body"], record_mode="none"
        ),
        client.messages.stream(**arguments) as events,
    ):
        final = events.get_final_message()
    client.close()
    assert final.content[0].text == cassettes.find(request.digest)[0].response.text == NASTY


WRITER = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from promptgate.models.cassette_file import Recording, lay_out
from promptgate.models.cassettes import Cassettes
from promptgate.models.request import Request

root, name, count, shared = sys.argv[1:]
cassettes = Cassettes(Path(root))
for number in range(int(count)):
    question = "shared" if shared == "yes" else f"{name} {number}"
    request = Request({"model": "m", "messages": [{"role": "user", "content": question}]})
    body = json.dumps({
        "type": "message", "model": "m", "content": [{"type": "text", "text": f"{name} {number}"}],
        "stop_reason": "end_turn", "usage": {},
    })
    recording = Recording(request.digest, number, lay_out(body), datetime.now(UTC))
    cassettes.append(request, recording, ("s", "c"))
    print(request.digest, flush=True)
"""


def start_writer(root: Path, name: str, count: int, shared: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(root), name, str(count), shared]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_lose_nothing_when_they_record_the_same_request(cassettes):
    writers = [start_writer(cassettes.root, name, 40, "yes") for name in "ab"]
    digest = {line for w in writers for line in w.communicate()[0].split()}.pop()
    texts = [r.response.text for r in cassettes.find(digest)]
    assert sorted(texts) == sorted(f"{name} {n}" for name in "ab" for n in range(40))


def test_no_file_is_torn_and_nothing_reported_is_lost_when_the_process_is_killed(cassettes):
    for moment in range(5):
        writer = start_writer(cassettes.root, f"run {moment}", 10_000, "no")
        assert writer.stdout is not None
        reported = [writer.stdout.readline().strip()]
        time.sleep(0.02 * moment)
        os.kill(writer.pid, signal.SIGKILL)
        reported += [line for line in writer.communicate()[0].split("\n") if len(line) == 71]
        reopened = Cassettes(cassettes.root)
        assert all(reopened.find(digest) for digest in reported)
        for file in reopened.files():
            assert reopened.read(file)


def test_recording_refuses_a_body_that_is_no_answer(cassettes):
    recording = answer(asking("Hi"), 0, json.dumps({"type": "error"}))
    with pytest.raises(CassetteError, match="recording 0 is no answer"):
        _ = recording.response
