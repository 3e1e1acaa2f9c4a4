"""What recording costs beside a bare loop over the SDK, and a soak with every fault.

    python benchmarks/live.py [--calls 500] [--rounds 5] [--latency 0.5] [--concurrency 100]
    python benchmarks/live.py --soak 20000

Answers come from a scripted server on the loopback address, in a process of its own.
It is no model: it waits, answers with a fixed text, and in a soak makes 2 % of each
fault. The first form alternates, in one process,

    bare     asyncio workers that call AsyncAnthropic.messages.create and keep nothing
    record   promptgate's client: paced, checked, every answer in a cassette with fsync

and prints the ratio of the medians (at most 1.3 in wall time). The second records so
many answers while the server misbehaves and checks, against the server's own tally,
that nothing was lost, that nothing was sent more often than its faults ask for, and
prints the memory along the way. Reads /proc, so it needs Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from promptgate.models.cassettes import Cassettes
from promptgate.models.client import Client, Summary
from promptgate.models.client import Job as RecordJob
from promptgate.models.faults import Fault
from promptgate.models.request import Request
from promptgate.models.settings import ModelSettings
from tests.support.loopback import Loopback, Scripted, Seen, error
from tests.support.messages import message, stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from promptgate.models.cassette_file import Recording

SHARE = 0.02
"""How often each fault is made."""

FILLER = "The light at the front is blue when the router is connected. " * 8
FAULTS: dict[str, Callable[[], Scripted]] = {
    "429": lambda: error(429, "rate_limit_error", retry_after="0.2"),
    "529": lambda: error(529, "overloaded_error"),
    "500": lambda: error(500, "api_error"),
    "402": lambda: error(402, "billing_error"),
    "dropped": lambda: Scripted(message("never seen"), drop=40),
    "malformed": lambda: Scripted('{"type": "message", "content": ['),
    "stream cut": lambda: Scripted(stream(message("never seen"))[:-60]),
    "error in 200": lambda: Scripted(
        'event: error\ndata: {"type": "error", "error": {"type": "overloaded_error", '
        '"message": "As scripted"}}\n\n'
    ),
}
SLOW = "slow"
"""Not a fault: an answer that comes two seconds later than the others."""


def body_of(question: str) -> dict[str, Any]:
    """Return the arguments of a call."""
    return {
        "model": "claude-sonnet-5-5",
        "max_tokens": 256,
        "system": "You are a support assistant. Answer from what you know, in plain words.",
        "messages": [{"role": "user", "content": question}],
    }


def answer_to(question: str) -> str:
    """Return the text that the server answers."""
    return f"{question} {FILLER}"


def serve(latency: float, share: float) -> None:
    """Be the server: print the address, and when told so what arrived and was answered."""
    arrived: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    made: Counter[str] = Counter()

    def script(seen: Seen) -> Scripted:
        question = seen.question
        arrived[question] += 1
        drawn = random.Random(f"{question}/{arrived[question]}").random()
        place = int(drawn / share) if share else len(FAULTS) + 1
        names = [*FAULTS, SLOW]
        name = names[place] if place < len(names) else ""
        made[name or "answered"] += 1
        if name in FAULTS:
            return FAULTS[name]()
        answered[question] += 1
        return Scripted(message(answer_to(question)), delay=latency + 2 * (name == SLOW))

    with Loopback(script, keep=False) as server:
        print(server.url, flush=True)
        for _ in sys.stdin:
            print(json.dumps({"arrived": arrived, "answered": answered, "made": made}), flush=True)


@dataclass(frozen=True)
class Server:
    """The server's process."""

    process: subprocess.Popen[str]
    url: str

    def tally(self) -> dict[str, dict[str, int]]:
        """Return what arrived and what was answered, by question, and what was made of it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("tally\n")
        self.process.stdin.flush()
        found: dict[str, dict[str, int]] = json.loads(self.process.stdout.readline())
        return found


@contextmanager
def serving(latency: float, share: float) -> Iterator[Server]:
    """Have a server in a process of its own."""
    command = [sys.executable, __file__, "--serve", "--latency", str(latency)]
    process = subprocess.Popen(
        [*command, "--share", str(share)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Server(process, process.stdout.readline().strip())
    finally:
        process.stdin.close()
        process.wait()


async def bare(url: str, questions: Sequence[str], concurrency: int) -> None:
    """Ask with the SDK alone."""
    from anthropic import AsyncAnthropic

    async with AsyncAnthropic(base_url=url) as sdk:
        following = iter(questions)

        async def work() -> None:
            for question in following:
                reply = await sdk.messages.create(**body_of(question))
                assert reply.content[0].text == answer_to(question)

        async with asyncio.TaskGroup() as group:
            for _ in range(concurrency):
                group.create_task(work())


async def record(
    url: str,
    questions: Sequence[str],
    concurrency: int,
    folder: Path,
    note: Callable[[RecordJob, Recording | Fault], None] | None = None,
) -> Summary:
    """Ask with promptgate's client and keep every answer."""
    settings = ModelSettings(base_url=url, concurrency=concurrency)
    jobs = (RecordJob(Request(body_of(q)), 0, ("live", q)) for q in questions)
    return await Client(Cassettes(folder), settings).record(jobs, on_result=note)


def compare(options: argparse.Namespace) -> None:
    """Alternate both and print medians."""
    wall: dict[str, list[float]] = {"bare": [], "record": []}
    cpu: dict[str, list[float]] = {"bare": [], "record": []}
    with serving(options.latency, 0) as server, tempfile.TemporaryDirectory() as folder:
        for number in range(options.rounds + 1):
            asked = options.calls if number else options.concurrency
            questions = [f"round-{number}-question-{i}" for i in range(asked)]
            root = Path(folder, str(number), "cassettes")
            for name, work in (
                ("bare", bare(server.url, questions, options.concurrency)),
                ("record", record(server.url, questions, options.concurrency, root)),
            ):
                begun = time.perf_counter(), time.process_time()
                done = asyncio.run(work)  # type: ignore[arg-type]  # either coroutine
                if number:  # the first round only warms up
                    wall[name].append(time.perf_counter() - begun[0])
                    cpu[name].append(time.process_time() - begun[1])
                assert not isinstance(done, Summary) or done.recorded == asked
    print(f"{options.calls} calls, {options.concurrency} at once, {options.latency:g} s an answer")
    for name in wall:
        print(
            f"{name:7} {statistics.median(wall[name]):6.2f} s wall  "
            f"{statistics.median(cpu[name]) / options.calls * 1000:5.2f} ms CPU a call"
        )
    ratios = [statistics.median(of["record"]) / statistics.median(of["bare"]) for of in (wall, cpu)]
    print(f"ratio   {ratios[0]:6.2f} wall (at most 1.3)  {ratios[1]:.2f} CPU")
    print(f"load    {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def memory() -> float:
    """Return this process's resident memory in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("/proc/self/status tells no VmRSS")


def soak(options: argparse.Namespace) -> None:
    """Record through faults, then hold disk, outcomes and the server's tally together."""
    outcomes: dict[str, int | Fault] = {}
    sizes: list[float] = []
    repeated: list[str] = []

    def note(job: RecordJob, outcome: Recording | Fault) -> None:
        question = job.request.body["messages"][0]["content"]
        if question in outcomes:
            repeated.append(question)
        outcomes[question] = outcome if isinstance(outcome, Fault) else outcome.sample
        if len(outcomes) % max(1, options.soak // 5) == 0:
            sizes.append(memory())

    questions = [f"question-{i}" for i in range(options.soak)]
    with tempfile.TemporaryDirectory() as folder, serving(options.latency, SHARE) as server:
        root = Path(folder, "cassettes")
        begun = time.perf_counter(), time.process_time()
        work = record(server.url, questions, options.concurrency, root, note)
        summary = asyncio.run(work)
        wall, cpu = time.perf_counter() - begun[0], time.process_time() - begun[1]
        tally = server.tally()
        stored = read_back(root, questions)
    problems = repeated + list(check(questions, outcomes, stored, tally))
    print(f"{options.soak:,} calls, {options.concurrency} at once: {wall:.0f} s, {cpu:.0f} s CPU")
    print("server  " + ", ".join(f"{n} {c:,}" for n, c in sorted(tally["made"].items())))
    print(f"client  sent {summary.sent:,}, of them again {summary.retried:,}; ", end="")
    print(f"recorded {summary.recorded:,}; faults {dict(summary.faults)}")
    print(f"in flight at most {summary.most_in_flight}")
    print("memory  " + ", ".join(f"{size:.0f}" for size in sizes) + " MB after each fifth")
    if summary.sent != sum(tally["arrived"].values()):
        problems.append(f"sent {summary.sent}, arrived {sum(tally['arrived'].values())}")
    for problem in problems[:20]:
        print(f"WRONG   {problem}")
    print("nothing lost, nothing sent twice" if not problems else f"{len(problems)} problems")
    sys.exit(1 if problems else 0)


def read_back(root: Path, questions: Sequence[str]) -> dict[str, list[str]]:
    """Return the texts that the disk holds, by question, read by a fresh reader."""
    cassettes = Cassettes(root)
    digests = {question: Request(body_of(question)).digest for question in questions}
    return {q: [r.response.text for r in cassettes.find(d)] for q, d in digests.items()}


def check(
    questions: Sequence[str],
    outcomes: dict[str, int | Fault],
    stored: dict[str, list[str]],
    tally: dict[str, dict[str, int]],
) -> Iterator[str]:
    """Yield what does not fit together."""
    for question in questions:
        outcome = outcomes.get(question)
        arrived = tally["arrived"].get(question, 0)
        answered = tally["answered"].get(question, 0)
        if outcome is None:
            yield f"{question}: no outcome"
        elif isinstance(outcome, Fault):
            if stored[question] or answered or arrived != outcome.attempts:
                yield f"{question}: {outcome}, but {arrived} arrived, {answered} were answered"
        elif stored[question] != [answer_to(question)] or answered != 1:
            yield f"{question}: {len(stored[question])} on disk, {answered} were answered"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--latency", type=float, default=0.5, help="seconds an answer takes")
    parser.add_argument("--concurrency", type=int, default=100)
    parser.add_argument("--soak", type=int, metavar="CALLS", help="record so many, with faults")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--share", type=float, default=SHARE, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.latency, options.share)
        return
    os.environ.setdefault("ANTHROPIC_API_KEY", "loopback")
    for name in ("HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        os.environ.pop(name, None)
    if options.soak:
        soak(options)
    else:
        compare(options)


if __name__ == "__main__":
    main()
