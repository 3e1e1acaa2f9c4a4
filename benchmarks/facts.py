"""Measure what is found of answers that contradict their facts, by kind.

    python benchmarks/facts.py

Of the files in tests/language, each row is facts, an answer that contradicts them and one that
does not, or only the latter. Printed for each: precision, recall, both by kind, and the time.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import yaml

from promptgate.language.facts import conflicts

PAIRS = Path(__file__).parents[1] / "tests" / "language"
FILES = (
    "fact_pairs.yaml",
    "fact_pairs_held_out.yaml",
    "fact_pairs_authors.yaml",
    "fact_pairs_plain.yaml",
    "fact_pairs_plain_held_out.yaml",
    "fact_pairs_strangers.yaml",
    "fact_pairs_strangers_held_out.yaml",
    "fact_pairs_author.yaml",
    "fact_answers_fine.yaml",
)


def found(row: dict[str, str], answer: str) -> bool:
    """Tell whether an answer of a row is found to contradict its facts."""
    return bool(conflicts(row["facts"], row[answer], row.get("question", "")))


def ratio(part: int, whole: int) -> str:
    """Return a fraction as it is printed; a dash where there is nothing to divide."""
    return f"{part / whole:.2f}" if whole else "—"


def main() -> None:
    """Print the tables."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    ).parse_args()
    for name in FILES:
        data = yaml.safe_load((PAIRS / name).read_text(encoding="utf-8"))
        rows, fine = data.get("pairs", []), data.get("fine", [])
        hits, misses, alarms = Counter(), Counter(), Counter()
        start = time.process_time()
        for row in rows:
            (hits if found(row, "wrong") else misses)[row["kind"]] += 1
            alarms[row["kind"]] += found(row, "right")
        alarms["other"] = sum(found(row, "right") for row in fine)
        each = (time.process_time() - start) / (2 * len(rows) + len(fine))
        right, wrong, missed = hits.total(), alarms.total(), misses.total()
        print(f"{name}: {len(rows)} pairs, {2 * len(rows) + len(fine)} answers")
        if rows:
            hit = ratio(right, right + missed)
            print(f"  precision {ratio(right, right + wrong)}  recall {hit}")
        print(f"  {wrong} false alarms on {len(rows) + len(fine)} answers that are right")
        for kind in sorted({*hits, *misses}):
            all_of = hits[kind] + misses[kind]
            print(f"  {kind:10}{ratio(hits[kind], all_of):>5} of {all_of:2}{alarms[kind]:3} false")
        print(f"  {each * 1e6:.0f} µs of processor time an answer")


if __name__ == "__main__":
    main()
