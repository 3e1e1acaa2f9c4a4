"""How often the gate is right: its error rates and power, simulated with its own code.

    python benchmarks/operating_characteristics.py            print the tables
    python benchmarks/operating_characteristics.py --write    and put them into docs/error-rates.md
    python benchmarks/operating_characteristics.py --check    exit 1 where a promise is broken

Cases pass with probabilities p_i ~ Beta with the given mean and an intra-class
correlation of .5; scores are 0 or 1. A "local" drop breaks a share of the cases
outright, a "diffuse" one lowers every p_i by the same factor. Seeds are fixed:
the same numbers come out every time. Takes two to five minutes on one core.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from error_rates.many_gates import (
    attempts_table,
    critical_table,
    ladder_table,
    repeats_table,
    rivals_table,
    succession_table,
    suites_table,
)
from error_rates.one_gate import base_rate_tables, margin_table, power_tables, rule_table
from error_rates.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS = Path(__file__).parents[1] / "docs" / "error-rates.md"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
RUNS = 4_000
TABLES: tuple[Callable[[Report, int], None], ...] = (
    rule_table,
    margin_table,
    base_rate_tables,
    power_tables,
    ladder_table,
    suites_table,
    succession_table,
    attempts_table,
    repeats_table,
    critical_table,
    rivals_table,
)


def main() -> int:
    """Run all tables; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=RUNS, help="runs a cell")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {DOCS.name}")
    parser.add_argument("--check", action="store_true", help="exit 1 where a promise is broken")
    options = parser.parse_args()
    report = Report()
    for table in TABLES:
        started = time.perf_counter()
        table(report, options.runs)
        print(f"{table.__name__}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    text = "\n".join(report.lines).rstrip() + "\n"
    print(text)
    for line in report.broken:
        print(f"BROKEN {line}", file=sys.stderr)
    if options.write:
        page = DOCS.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        after = rest.split(END)[1]
        note = f"{options.runs:,} runs a cell unless said otherwise; fixed seeds."
        DOCS.write_text(f"{before}{BEGIN}\n{note}\n\n{text}{END}{after}", encoding="utf-8")
    return 1 if options.check and report.broken else 0


if __name__ == "__main__":
    sys.exit(main())
