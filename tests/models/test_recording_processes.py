"""Recording in processes that are killed, interrupted or run side by side."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from promptgate.models.cassettes import Cassettes
from promptgate.models.client import Client, Job
from promptgate.models.maintenance import check
from promptgate.models.request import Request
from promptgate.models.settings import ModelSettings
from tests.support.loopback import Loopback, Scripted, error
from tests.support.messages import message

RECORDER = """
import asyncio, os, random, signal, sys, time
from pathlib import Path
import anthropic, vcr
from promptgate.models.cassettes import Cassettes
from promptgate.models.client import Backoff, Client, Job
from promptgate.models.request import Request
from promptgate.models.settings import ModelSettings

root, url, count, kills = sys.argv[1:]
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it

def plan(cassettes):
    for number in range(int(count)):
        body = {"model": "m", "messages": [{"role": "user", "content": f"q{number // 2}"}]}
        request = Request(body)
        if number % 2 not in {r.sample for r in cassettes.find(request.digest)}:
            yield Job(request, number % 2, ("suite", f"c{number // 2}"))

def report(job, outcome):
    line = f"{job.request.digest} {job.sample} {outcome.response.text}\\n"
    os.write(1, line.encode())  # one write: a kill leaves it whole or away

def run():
    cassettes = Cassettes(Path(root))
    settings = ModelSettings(base_url=url, concurrency=10)
    client = Client(cassettes, settings, backoff=Backoff(0.01, 0.1))
    print(asyncio.run(client.record(plan(cassettes), on_result=report)), flush=True)

chance = random.Random(3)
for _ in range(int(kills)):
    child = os.fork()
    if child == 0:
        run()
        os._exit(0)
    time.sleep(chance.uniform(0.02, 0.3))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
print("ready", flush=True)
run()
"""
JOBS = 300
KILLS = 20


def start(
    root: Path, server: Loopback, jobs: int = JOBS, kills: int = 0
) -> "subprocess.Popen[str]":
    """Start a process that records, after its children that did were killed so many times."""
    return subprocess.Popen(
        [sys.executable, "-c", RECORDER, str(root), server.url, str(jobs), str(kills)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "ANTHROPIC_API_KEY": "none"},
    )


def digest_of(number: int) -> str:
    return Request({"model": "m", "messages": [{"role": "user", "content": f"q{number}"}]}).digest


def recorded(cassettes: Cassettes) -> int:
    return sum(len(cassettes.read(file)) for file in cassettes.files())


def text_of(cassettes: Cassettes, digest: str, sample: str) -> str:
    """Return one answer; the one before it may be under way still."""
    (text,) = [r.response.text for r in cassettes.find(digest) if r.sample == int(sample)]
    return text


def reports(output: str) -> list[list[str]]:
    """Return the whole lines of finished trials; a kill may cut one."""
    lines = re.findall(r"^(sha256:[0-9a-f]{64}) (\d) (.+)$", output, re.MULTILINE)
    return [list(line) for line in lines]


def test_killed_runs_lose_nothing_that_they_reported_and_the_next_sends_only_the_rest(tmp_path):
    """SIGKILL at twenty random moments: no file is torn, every finished answer is on disk."""
    root = tmp_path / "cassettes"

    def script(seen):
        if seen.number % 23 == 5:
            return error(529, "overloaded_error", retry_after="0.01")
        return Scripted(message(f"echo {seen.question}"), delay=0.01)

    with Loopback(script) as server, start(root, server, kills=KILLS) as process:
        assert process.stdout is not None
        before = ""
        while "ready\n" not in before or not reports(before):
            before += process.stdout.readline()
        process.send_signal(signal.SIGSTOP)
        try:
            killed, sent = Cassettes(root), server.count
            already = recorded(killed)
            assert already >= len(reports(before)) > 0
            for digest, sample, text in reports(before):
                assert text_of(killed, digest, sample) == text
            assert not [problem for problem in check(killed) if problem.invalid]
        finally:
            process.send_signal(signal.SIGCONT)  # whoever stands still is waited for for ever
        after, errors = process.communicate(timeout=120)
        assert "Summary(" in after, errors
        shed = sum(seen.number % 23 == 5 for seen in server.seen[sent:])
        assert abs(server.count - sent - shed - (JOBS - already)) <= 10
    final = Cassettes(root)
    for number in range(JOBS // 2):
        texts = [recording.response.text for recording in final.find(digest_of(number))]
        assert texts == [f"echo q{number}"] * 2


def test_two_processes_that_record_the_same_plan_lose_nothing(tmp_path):
    """Each paid answer is kept, and both report what a replay will find."""
    root = tmp_path / "cassettes"
    with Loopback(lambda seen: Scripted(message(str(seen.number)), delay=0.01)) as server:
        processes = [start(root, server, 100) for _ in range(2)]
        outputs = [process.communicate(timeout=120)[0] for process in processes]
        answered = server.count
    cassettes = Cassettes(root)
    assert recorded(cassettes) == answered
    for digest, sample, text in (line for output in outputs for line in reports(output)):
        assert text_of(cassettes, digest, sample) == text
    assert check(cassettes) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_an_interrupted_run_ends_at_once_and_leaves_a_consistent_disk(tmp_path):
    root = tmp_path / "cassettes"
    endless = 1_000_000  # never done before the signal, however late a busy machine sends it
    with (
        Loopback(lambda _: Scripted(delay=0.05)) as server,
        start(root, server, endless) as process,
    ):
        assert process.stdout is not None
        while not process.stdout.readline().startswith("sha256:"):
            pass
        process.send_signal(signal.SIGINT)
        try:
            _, errors = process.communicate(timeout=60)
        finally:
            process.kill()  # it has an endless plan
    assert "KeyboardInterrupt" in errors
    assert process.returncode != 0
    cassettes = Cassettes(root)
    assert recorded(cassettes) >= 1
    assert check(cassettes) == []


REPLAY = """
import sys

def refuse(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(f"replay opened a socket: {event}")

sys.addaudithook(refuse)
from pathlib import Path
from promptgate.models import catalogue, client, maintenance, prices
from promptgate.models.cassettes import Cassettes

cassettes = Cassettes(Path(sys.argv[1]))
print([r.response.text for r in cassettes.find(sys.argv[2])])
maintenance.check(cassettes)
catalogue.sdk_catalogue()
costly = {"anthropic", "vcr", "httpx2", "pandas"} & set(sys.modules)
assert not costly, costly
"""


def test_replay_needs_neither_the_sdk_nor_vcrpy_nor_a_socket(tmp_path, monkeypatch):
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    root = tmp_path / "cassettes"
    request = Request({"model": "m", "messages": [{"role": "user", "content": "q0"}]})
    with Loopback() as server:
        client = Client(Cassettes(root), ModelSettings(base_url=server.url))
        asyncio.run(client.record(Job(request, sample) for sample in range(2)))
    output = subprocess.run(
        [sys.executable, "-c", REPLAY, str(root), digest_of(0)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert output.stdout == "['Hello.', 'Hello.']\n", output.stderr
    assert output.returncode == 0, output.stderr
