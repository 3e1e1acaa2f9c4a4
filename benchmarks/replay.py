"""How much more replay costs than parsing the recordings: 10,000 trials, interleaved medians.

    python benchmarks/replay.py [--trials 10000] [--rounds 5]

Makes a project with generated recordings (3 a case, answers of 3 kB) in a temporary
folder. Compares, in one process and alternating:

    parse    reading the same files and parsing their YAML with libyaml
    replay   plan, render, find, verify digests, score by four scorers, write JSONL

and prints the ratio of the medians of CPU time, and the memory of a process that replays
half as much beside one that replays this much. Reads /proc, so it needs Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import yaml

SUITE = """suite: bench
prompt: bench
repeats: 3
defaults:
  expect:
    - contains: router
    - regex: "[Rr]outer\\\\b"
    - word-count: {min: 5, max: 5000}
    - complete
cases:
"""
PROMPT = """---
model: bench-model
max_tokens: 1024
variables:
  question: {required: true}
---
{% block system %}
You are a support assistant. Answer from what you know, in plain words.
{% endblock %}
{% block user %}{{ question }}{% endblock %}
"""
WORDS = [
    "the",
    "router",
    "light",
    "blue",
    "amber",
    "cable",
    "reset",
    "button",
    "network",
    "settings",
    "password",
    "again",
]


def make_project(root: Path, trials: int) -> None:
    """Write prompts, a suite and its recordings."""
    from promptgate.models.cassette_file import Recording, insert, lay_out, render
    from promptgate.models.cassettes import KEY_LENGTH
    from promptgate.models.request import Request
    from promptgate.project import find_project
    from promptgate.prompts import load_prompt

    rng = random.Random(7)
    (root / "prompts").mkdir(parents=True)
    (root / "suites").mkdir()
    (root / "promptgate.toml").write_text("")
    (root / "prompts/bench.md").write_text(PROMPT)
    cases = [
        f"  - {{id: c{i}, vars: {{question: 'Question {i}?'}}}}\n" for i in range(-(-trials // 3))
    ]
    (root / "suites/bench.yaml").write_text(SUITE + "".join(cases))
    prompt = load_prompt(find_project(root).tree, "bench")
    for i in range(len(cases)):
        request = Request(prompt.request({"question": f"Question {i}?"}))
        text = None
        for sample in range(3):
            words = " ".join(rng.choices(WORDS, k=500))
            body = lay_out(json.dumps(message(f"{words} router.")))
            recording = Recording(
                request.digest, sample, body, datetime(2026, 1, 1, tzinfo=UTC), "generated"
            )
            text, _ = insert(text, sample, render(request, recording))
        key = request.digest.removeprefix("sha256:")[:KEY_LENGTH]
        path = root / f"cassettes/bench/c{i}/bench-model/{key}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text or "")


def message(text: str) -> dict[str, object]:
    """Return a message as the API sends it."""
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "bench-model",
        "content": [{"type": "text", "text": text}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 40, "output_tokens": 500},
    }


def parse(root: Path) -> None:
    """Read every cassette and parse its YAML."""
    for path in (root / "cassettes").rglob("*.yaml"):
        yaml.load(path.read_bytes(), yaml.CSafeLoader)


def replay(root: Path) -> None:
    """Run the suite from its recordings and write every trial."""
    from promptgate.models.cassettes import Cassettes
    from promptgate.project import find_project
    from promptgate.runs.answers import Source
    from promptgate.runs.results import trial_writer
    from promptgate.runs.single import RunOptions, run_target

    project = find_project(root)
    source = Source(Cassettes(project.cassettes))
    with trial_writer(root / "trials.jsonl") as write:
        run = run_target(project, RunOptions(), source, "record", write)
    assert all(trial.state == "scored" for trial in run.trials)


def memory(root: Path) -> float:
    """Return the largest memory, in MB, of a process that replays once."""
    script = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import replay; "
    script += f"from pathlib import Path; replay.replay(Path({str(root)!r})); "
    script += "print(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return int(done.stdout.split()[1]) / 1024  # getrusage would tell the parent's, if larger


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, half = Path(folder, "whole"), Path(folder, "half")
        root.mkdir()
        half.mkdir()
        make_project(root, options.trials)
        make_project(half, options.trials // 2)
        times: dict[str, list[float]] = {"parse": [], "replay": []}
        for _ in range(options.rounds):
            for name, work in (("parse", parse), ("replay", replay)):
                begun = time.process_time()
                work(root)
                times[name].append(time.process_time() - begun)
        medians = {name: statistics.median(values) for name, values in times.items()}
        for name, median in medians.items():
            print(f"{name:8} {median:6.2f} s CPU  ({options.trials / median:,.0f} trials/s)")
        print(f"ratio    {medians['replay'] / medians['parse']:6.2f}  (at most 2)")
        print(f"load     {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"memory   {memory(half):.0f} MB for half, {memory(root):.0f} MB for all")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
