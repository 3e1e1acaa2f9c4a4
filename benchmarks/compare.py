"""Time `promptgate compare` on large files of results, each in a process of its own.

    python benchmarks/compare.py

Targets: 100,000 cases of 3 repeats in 2 arms from CSV in 5 s and 1 GB; 1,000,000
rows of JSONL in 20 s. Where others use the machine too, read the CPU time.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 4
Row = tuple[str, str, int, str, float]


def rows(cases: int, repeats: int, seed: int) -> Iterator[Row]:
    """Yield suite, case, repeat, cluster and score of every trial of one arm."""
    draw = random.Random(seed).random
    for case in range(cases):
        for repeat in range(repeats):
            yield f"suite-{case % 5}", f"case-{case}", repeat, f"source-{case // 10}", draw() < 0.8


def write_csv(path: Path, cases: int, repeats: int, seed: int) -> None:
    """Write one arm as CSV."""
    with path.open("w") as stream:
        stream.write("suite,case,repeat,cluster,score,error,latency\n")
        for suite, case, repeat, cluster, score in rows(cases, repeats, seed):
            stream.write(f"{suite},{case},{repeat},{cluster},{score:.1f},,1.25\n")


def write_jsonl(path: Path, cases: int, repeats: int, seed: int) -> None:
    """Write one arm as JSON lines."""
    with path.open("w") as stream:
        for suite, case, repeat, cluster, score in rows(cases, repeats, seed):
            row = {"suite": suite, "case": case, "repeat": repeat, "cluster": cluster}
            stream.write(json.dumps({**row, "score": float(score)}) + "\n")


def measure(baseline: Path, candidate: Path) -> tuple[float, float, float, int]:
    """Return seconds, seconds of CPU time, largest resident megabytes, and the exit code."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "promptgate", "compare", str(baseline), str(candidate)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    cpu = used.ru_utime + used.ru_stime
    return seconds, cpu, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main() -> None:
    """Write the files, compare them, print one row a format."""
    print(f"{'input':44} {'seconds':>8} {'CPU s':>6} {'MB':>6} {'exit':>5}")
    with tempfile.TemporaryDirectory() as folder:
        for name, write, cases, repeats in (
            ("CSV, 100,000 cases x 3 repeats x 2 arms", write_csv, 100_000, 3),
            ("JSONL, 500,000 rows x 2 arms", write_jsonl, 100_000, 5),
            ("JSONL, 1,000,000 rows x 2 arms", write_jsonl, 200_000, 5),
        ):
            files = [Path(folder, f"{arm}.{name.split(',')[0].lower()}") for arm in ("a", "b")]
            for seed, file in enumerate(files, start=SEED):
                write(file, cases, repeats, seed)
            seconds, cpu, megabytes, code = measure(*files)
            print(f"{name:44} {seconds:8.1f} {cpu:6.1f} {megabytes:6.0f} {code:5}")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
