"""Measure the search for contradictions on pairs of prompts that differ in a word or two.

    python benchmarks/contradictions.py

The files of pairs are in tests/language; each says at its top who wrote it and whether the rules
were developed on it. Those that are 'kept apart' tell how the rules generalise. Printed for each:
precision, recall, both by kind, and the processor time for prompts of 1,900 words.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import yaml

from promptgate.language.contradictions import contradictions

PAIRS = Path(__file__).parents[1] / "tests" / "language"
FILES = {
    "developed on": "contradiction_pairs.yaml",
    "written before the rules": "contradiction_pairs_held_out.yaml",
    "many authors": "contradiction_pairs_authors.yaml",
    "short": "contradiction_pairs_short.yaml",
    "direct": "contradiction_pairs_plain.yaml",
    "direct, kept apart": "contradiction_pairs_plain_held_out.yaml",
    "direct, two more goes": "contradiction_pairs_everyday.yaml",
    "direct, three strangers": "contradiction_pairs_strangers.yaml",
    "direct, two strangers, kept apart": "contradiction_pairs_strangers_held_out.yaml",
    "hard": "contradiction_pairs_hard.yaml",
    "hard, kept apart": "contradiction_pairs_hard_held_out.yaml",
}
ROUNDS = 5


def counts(data: dict[str, list]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return hits, misses and false alarms by kind; prompts of no pair count as 'other'."""
    hits, misses, alarms = Counter(), Counter(), Counter()
    for pair in data["pairs"]:
        (hits if contradictions(pair["conflict"]) else misses)[pair["kind"]] += 1
        alarms[pair["kind"]] += bool(contradictions(pair["fine"]))
    alarms["other"] = sum(bool(contradictions(text)) for text in data.get("fine", []))
    return hits, misses, alarms


def ratio(part: int, whole: int) -> str:
    """Return a fraction as it is printed; a dash where there is nothing to divide."""
    return f"{part / whole:.3f}" if whole else "—"


def seconds(text: str) -> float:
    """Return the least processor time of some rounds, with an empty cache in each."""
    best = float("inf")
    for number in range(ROUNDS):
        start = time.process_time()
        contradictions(f"{text}\n{number}\n")
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Print the tables."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    ).parse_args()
    for title, name in FILES.items():
        data = yaml.safe_load((PAIRS / name).read_text(encoding="utf-8"))
        hits, misses, alarms = counts(data)
        prompts = 2 * len(data["pairs"]) + len(data.get("fine", []))
        found, wrong, missed = hits.total(), alarms.total(), misses.total()
        print(f"{title}: {len(data['pairs'])} pairs, {prompts} prompts")
        print(f"  precision {ratio(found, found + wrong)}  recall {ratio(found, found + missed)}")
        for kind in sorted({*hits, *misses}):
            print(f"  {kind:11}{hits[kind]:3} found{misses[kind]:3} missed{alarms[kind]:3} false")
    for file in sorted((PAIRS / "long_prompts").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        print(
            f"{file.stem}: {len(text.split())} words, {len(contradictions(text))} findings, "
            f"{seconds(text) * 1000:.0f} ms"
        )


if __name__ == "__main__":
    main()
