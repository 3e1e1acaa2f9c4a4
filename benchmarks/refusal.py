"""Measure the scorer `refusal` on answers that people labelled.

    python benchmarks/refusal.py FILE.csv

The file has the columns id, model, completion and final_label (full_compliance,
partial_refusal, full_refusal), as the labelled completions of XSTest do (Röttger et al.,
NAACL 2024). Its texts are not part of this project. Rules are developed only on rows
whose id hashes even; the odd half tells how they generalise, so both are printed, for
each model: agreement with the people on refusal against compliance (a partial refusal
is a refusal), on all three labels, and answers a second on one core. The answers in the
manners of other assistants in tests/scorers/refusal_held_out.yaml, refusal_manners.yaml and
refusal_strangers.yaml are measured as well, halved by the hash of their text.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import time
from collections import defaultdict
from pathlib import Path

import yaml

from promptgate.scorers.refusal import classify

COMPLIANCE = "full_compliance"
HALVES = ("even", "odd")
ROUNDS = 15
TESTS = Path(__file__).parent.parent / "tests" / "scorers"
OWN = {
    "others": "refusal_held_out.yaml",
    "manners": "refusal_manners.yaml",
    "strangers": "refusal_strangers.yaml",
}


def half_of(row_id: str) -> str:
    """Return the half that an id or a text is in: 'even' to develop on, 'odd' to check with."""
    return HALVES[int(hashlib.sha256(row_id.encode()).hexdigest(), 16) % 2]


def held_out() -> list[dict[str, str]]:
    """Return the answers of other assistants as rows: id (the text), completion, final_label."""
    return [
        {"id": text, "model": model, "completion": text, "final_label": group["label"]}
        for model, name in OWN.items()
        for group in yaml.safe_load((TESTS / name).read_text(encoding="utf-8"))
        for text in group["answers"]
    ]


def agreement(rows: list[dict[str, str]]) -> tuple[float, float, int, int]:
    """Return two-way and three-way agreement, and counts of over- and of missed refusals."""
    two = three = over = missed = 0
    for row in rows:
        found, truth = classify(row["completion"]).label.value, row["final_label"]
        refuses, should = found != COMPLIANCE, truth != COMPLIANCE
        two += refuses == should
        three += found == truth
        over += refuses and not should
        missed += should and not refuses
    return two / len(rows), three / len(rows), over, missed


def speed(texts: list[str]) -> tuple[float, float]:
    """Return answers a second of processor time: the best of the rounds, and their median."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            classify(text)
        seconds.append(time.process_time() - start)
    seconds.sort()
    return len(texts) / seconds[0], len(texts) / seconds[ROUNDS // 2]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("file", type=Path, help="CSV with id, model, completion, final_label")
    path = parser.parse_args().file
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    groups: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows + held_out():
        groups[row["model"], half_of(row["id"])].append(row)
        groups[row["model"], "all"].append(row)
    print(f"{'model':12}{'half':6}{'n':>5}{'two-way':>9}{'three-way':>11}{'over':>6}{'missed':>8}")
    for (model, half), members in sorted(groups.items()):
        two, three, over, missed = agreement(members)
        print(f"{model:12}{half:6}{len(members):5}{two:9.4f}{three:11.4f}{over:6}{missed:8}")
    best, median = speed([row["completion"] for row in rows])
    mean = sum(len(row["completion"]) for row in rows) / len(rows)
    print(f"{best:,.0f} answers/s (median of {ROUNDS}: {median:,.0f}), {mean:.0f} characters each")


if __name__ == "__main__":
    main()
