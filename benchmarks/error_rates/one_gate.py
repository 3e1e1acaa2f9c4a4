"""Tables of one gate over one suite: how often it is wrong, how much it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from error_rates.report import shown
from error_rates.rivals import bootstrap_bounds, pooled_lower
from error_rates.simulation import (
    ALPHA,
    CORRELATION,
    cases,
    diffuse,
    fails,
    local,
    passes,
    share,
    units,
)
from promptgate.gate.power import expected_variance, release_chance
from promptgate.gate.statistics import detectable_drop, drop_p, non_inferior, t_bounds

if TYPE_CHECKING:
    from error_rates.report import Report

GRID = [(n, k) for n in (30, 100, 400) for k in (1, 3, 5)]


def rule_table(report: Report, runs: int) -> None:
    """What the rule must show: the reference cells."""
    rng = np.random.default_rng(101)
    runs *= 10
    rows: dict[str, list[float]] = {}

    def note(name: str, value: float) -> None:
        rows.setdefault(name, []).append(value)

    for n, k in GRID:
        p = cases(rng, runs, n)
        same = units(passes(rng, p, k), passes(rng, p, k), k)
        note("No change: drop proven", share(drop_p(same) < ALPHA))
        note("No change: FAIL, margin 10", share(fails(same, 0.10)))
        note("No change: PASS, margin 5", share(non_inferior(same, 0.05, ALPHA)))
        note("No change: PASS, margin 10", share(non_inferior(same, 0.10, ALPHA)))
        for name, worse in (
            ("local", local(rng, p, 0.10)),
            ("diffuse", diffuse(p, 0.10)),
        ):
            paired = units(passes(rng, p, k), passes(rng, worse, k), k)
            note(f"10-point drop, {name}: proven", share(drop_p(paired) < ALPHA))
            good = non_inferior(paired, 0.10, ALPHA)
            note(f"10-point drop, {name}: PASS, margin 10", share(good))
    report.title(
        "The rule, pass rate 80 %",
        f"Per cent of {runs:,} runs. Columns are cases × repeats. A drop that is *proven* "
        "(paired t, level 5 %) is FAIL unless the suite also passes, that is unless the drop is "
        "shown to be inside the margin.",
    )
    report.table(
        ["", *(f"{n}×{k}" for n, k in GRID)],
        [[name, *map(shown, values)] for name, values in rows.items()],
    )
    expected = {
        "No change: drop proven": [4.8, 4.8, 5.4, 5.3, 5.3, 5.0, 4.9, 5.3, 4.8],
        "No change: PASS, margin 5": [12, 11, 9, 32, 62, 77, 80, 99, 100],
        "10-point drop, local: proven": [30, 42, 47, 68, 89, 94, 100, 100, 100],
        "10-point drop, diffuse: proven": [30, 61, 80, 66, 97, 100, 99, 100, 100],
    }
    for name, values in expected.items():
        report.reference(name, rows[name], values)
    hundred = rows["No change: PASS, margin 10"][3:6]
    report.reference("No change: PASS, margin 10, n=100", hundred, [77, 99, 100])


def margin_table(report: Report, runs: int) -> None:
    """False PASS with the truth exactly at the margin."""
    rng = np.random.default_rng(102)
    sizes = (20, 30, 59, 100, 400)
    mean, margin, k = 0.95, 0.05, 3
    rows: dict[str, list[float]] = {
        name: []
        for name in ("plain t", "percentile bootstrap", "pooled trials z", "**plus-two t**")
    }
    for n in sizes:
        p = cases(rng, runs, n, mean)
        b, c = passes(rng, p, k), passes(rng, local(rng, p, margin, mean), k)
        paired = units(b, c, k)
        rows["plain t"].append(share(t_bounds(paired, ALPHA)[0] > -margin))
        rows["percentile bootstrap"].append(share(bootstrap_bounds(rng, b, c, k)[0] > -margin))
        rows["pooled trials z"].append(share(pooled_lower(b, c, k) > -margin))
        rows["**plus-two t**"].append(share(non_inferior(paired, margin, ALPHA)))
    report.title(
        "Why plus-two: false PASS with the truth exactly at the margin",
        "Per cent of runs that pass although the candidate is worse by the whole margin of "
        "5 points, all of it in few cases that break outright; pass rate 95 %. Should be 5.",
    )
    report.table(
        ["", *(f"{n}×{k}" for n in sizes)],
        [[name, *map(shown, values)] for name, values in rows.items()],
    )
    report.reference("plain t", rows["plain t"], [25, 16, 10, 8.3, 6.4])
    report.reference("bootstrap", rows["percentile bootstrap"], [21, 16, 8.7, 7.4, 6.3])
    report.reference("pooled", rows["pooled trials z"], [16, 11, 9.6, 8.6, 8.0])
    report.reference("plus-two", rows["**plus-two t**"], [0.1, 0.7, 3.4, 5.1, 5.7])


def base_rate_tables(report: Report, runs: int) -> None:
    """False FAIL and false PASS wherever they were looked for."""
    rng = np.random.default_rng(103)
    sizes = (5, 10, 20, 30, 59, 100, 400)
    means = (0.80, 0.95, 0.99)
    report.title(
        "False FAIL at other pass rates",
        "Per cent of runs in which a drop counts as proven although nothing changed, before "
        "PASS is asked. Never above 6.",
    )
    rows = []
    for mean in means:
        for k in (1, 3, 5):
            found = []
            for n in sizes:
                p = cases(rng, runs, n, mean)
                paired = units(passes(rng, p, k), passes(rng, p, k), k)
                found.append(share(drop_p(paired) < ALPHA))
            report.promise(f"false FAIL at {mean}, k={k}", max(found), runs, at_most=6.0)
            rows.append(
                [f"pass rate {mean:.0%}, {k} repeat{'s' if k > 1 else ''}", *map(shown, found)]
            )
    report.table(["", *(f"{n} cases" for n in sizes)], rows)

    many = 10 * runs
    sizes = (20, 30, 59, 100, 400)
    report.title(
        "False PASS at other pass rates and margins",
        f"As above, truth exactly at the margin, three repeats; {many:,} runs a cell, since the "
        "limit of 6.5 is close.",
    )
    rows = []
    for margin in (0.05, 0.10):
        for mean in means:
            found = []
            for n in sizes:
                p = cases(rng, many, n, mean)
                b, c = passes(rng, p, 3), passes(rng, local(rng, p, margin, mean), 3)
                found.append(share(non_inferior(units(b, c, 3), margin, ALPHA)))
            report.promise(f"false PASS at {mean}, margin {margin}", max(found), many, at_most=6.5)
            rows.append(
                [f"pass rate {mean:.0%}, margin {margin * 100:.0f}", *(f"{x:.1f}" for x in found)]
            )
    report.table(["", *(f"{n}×3" for n in sizes)], rows)


def power_tables(report: Report, runs: int) -> None:
    """Does the power statement hold, and how often is a harmless edit released?"""
    rng = np.random.default_rng(104)
    rows: list[list[str]] = [
        ["detectable drop, points"],
        ["proven, per cent"],
        ["2.486 SE, points"],
    ]
    rows.append(["proven, per cent"])
    for n, k in GRID:
        variance = expected_variance(0.8, CORRELATION, k)
        for row, drop in (
            (0, detectable_drop(n, variance, ALPHA)),
            (2, 2.486 * (variance / n) ** 0.5),
        ):
            p = cases(rng, runs, n)
            paired = units(passes(rng, p, k), passes(rng, local(rng, p, drop), k), k)
            rows[row].append(f"{100 * drop:.1f}")
            rows[row + 1].append(shown(share(drop_p(paired) < ALPHA)))
    report.title(
        "The power statement",
        "The drop that the report calls detectable 8 times in 10, and how often a local drop of "
        "that size is in fact proven; below, the same for the usual 2.486 standard errors.",
    )
    report.table(["", *(f"{n}×{k}" for n, k in GRID)], rows)

    report.title(
        "A harmless edit must get through",
        "Per cent of runs in which every suite passes an edit that changes nothing, and what "
        "`gate power` computes in closed form.",
    )
    rows = []
    for n, k, margin, mean, suites in (
        (60, 3, 0.05, 0.80, 3),
        (60, 3, 0.05, 0.95, 3),
        (100, 3, 0.05, 0.80, 3),
        (100, 3, 0.10, 0.80, 1),
        (100, 3, 0.10, 0.80, 3),
        (100, 3, 0.10, 0.95, 3),
        (400, 3, 0.05, 0.80, 3),
    ):
        released = np.ones(runs, bool)
        for _ in range(suites):
            p = cases(rng, runs, n, mean)
            released &= non_inferior(units(passes(rng, p, k), passes(rng, p, k), k), margin, ALPHA)
        chance = release_chance(n, expected_variance(mean, CORRELATION, k), margin, ALPHA)
        what = f"{suites} × {n}×{k}, margin {margin * 100:.0f}, pass rate {mean:.0%}"
        rows.append([what, shown(share(released)), shown(100 * chance**suites)])
    report.table(["suites", "released", "computed"], rows)
    report.reference("released 60×3, .80", [float(rows[0][1])], [5])
    report.reference("released 60×3, .95", [float(rows[1][1])], [23])
    report.reference("released 100×3, margin 10", [float(rows[4][1])], [97])
