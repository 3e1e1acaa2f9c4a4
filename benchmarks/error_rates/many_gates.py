"""Tables of what happens in a row: looks, suites, gates, attempts, repeats; and of rival rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from error_rates.report import shown
from error_rates.rivals import blocked_by_rule
from error_rates.simulation import ALPHA, Array, cases, diffuse, fails, local, passes, share, units
from promptgate.gate.statistics import drop_p, holm, non_inferior

if TYPE_CHECKING:
    from error_rates.report import Report


def ladder_table(report: Report, runs: int) -> None:
    """One to three to five repeats, with the level shared out and without."""
    rng = np.random.default_rng(105)
    rows = []
    for name, share_alpha in (
        ("level / 3 a look (the gate)", 3),
        ("the full level at each look", 1),
    ):
        found = []
        for n, margin in ((100, 0.05), (100, 0.10), (400, 0.05)):
            p = cases(rng, runs, n)
            for worse in (p, local(rng, p, margin), local(rng, p, 2 * margin)):
                verdict, repeats = _climb(rng, p, worse, margin, ALPHA / share_alpha)
                found.append((verdict, repeats))
        cells = []
        for index in range(0, len(found), 3):
            same, edge, drop = found[index : index + 3]
            cells += [
                shown(share(same[0] == -1)),
                shown(share(edge[0] == 1)),
                shown(share(same[0] == 1)),
                shown(share(drop[0] == -1)),
                f"{same[1].mean():.1f}",
            ]
        if share_alpha == 3:
            report.promise("ladder, false FAIL", share(found[0][0] == -1), runs, at_most=6.0)
            report.promise("ladder, false PASS", share(found[1][0] == 1), runs, at_most=6.5)
        rows.append((name, cells))
    report.title(
        "The ladder: 1, then 3, then 5 repeats, as long as a suite is inconclusive",
        "Per cent of runs, pass rate 80 %. False PASS: truth at the margin; FAIL found: a local "
        "drop of twice the margin; repeats: the mean number drawn when nothing changed.",
    )
    columns = ["false FAIL", "false PASS", "harmless passes", "FAIL found", "repeats"]
    table = []
    for position, size in enumerate(("100 cases, margin 5", "100 cases, margin 10",
                                     "400 cases, margin 5")):  # fmt: skip
        for name, cells in rows:
            table.append([f"{size}: {name}", *cells[5 * position : 5 * position + 5]])
    report.table(["", *columns], table)


def _climb(
    rng: np.random.Generator, p: Array, q: Array, margin: float, alpha: float
) -> tuple[Array, Array]:
    """Return the verdict (1 PASS, -1 FAIL, 0 open) and the repeats drawn, by run."""
    b, c = np.zeros(p.shape, int), np.zeros(p.shape, int)
    verdict, repeats, drawn = np.zeros(len(p), int), np.zeros(len(p), int), 0
    for rung in (1, 3, 5):
        b, c = b + passes(rng, p, rung - drawn), c + passes(rng, q, rung - drawn)
        drawn = rung
        open_still = verdict == 0
        repeats[open_still] = rung
        paired = units(b, c, rung)
        good = non_inferior(paired, margin, alpha)
        bad = ~good & (drop_p(paired) < alpha)
        verdict = np.where(open_still, good.astype(int) - bad.astype(int), verdict)
    return verdict, repeats


def suites_table(report: Report, runs: int) -> None:
    """Several suites: Holm for FAIL, an intersection-union test for RELEASE."""
    rng = np.random.default_rng(106)
    rows = []
    for count in (1, 3, 5, 10):
        p_values, released, dropped = [], np.ones(runs, bool), []
        for index in range(count):
            p = cases(rng, runs, 100)
            b, c = passes(rng, p, 3), passes(rng, p, 3)
            paired = units(b, c, 3)
            p_values.append(drop_p(paired))
            released &= non_inferior(paired, 0.10, ALPHA)
            if index == 0:
                worse = units(b, passes(rng, local(rng, p, 0.15), 3), 3)
                dropped.append(drop_p(worse))
            else:
                dropped.append(p_values[-1])
        raw = np.stack(p_values, axis=1)
        corrected = share((holm(raw) < ALPHA).any(axis=1))
        report.promise(f"false FAIL with Holm, {count} suites", corrected, runs, at_most=6.0)
        found = share(holm(np.stack(dropped, axis=1))[:, 0] < ALPHA)
        rows.append(
            [
                str(count),
                shown(share((raw < ALPHA).any(axis=1))),
                shown(corrected),
                shown(found),
                shown(share(released)),
            ]
        )
    report.title(
        "Several suites",
        "100×3 each, pass rate 80 %, margin 10. A drop proven in some suite although nothing "
        "changed, without correction and with Holm's; a local drop of 15 points in one suite "
        "proven after Holm; and a harmless edit released, for which every suite must pass.",
    )
    report.table(
        ["suites", "false, uncorrected", "false, Holm", "15-point drop proven", "released"], rows
    )


def succession_table(report: Report, runs: int) -> None:
    """Ten releases one after the other, none of which changes anything."""
    rng = np.random.default_rng(107)
    n, k, margin = 100, 3, 0.05
    ways = {
        "recorded anew for every gate": (True, True),
        "recorded anew after every release": (True, False),
        "the recordings that were let through": (False, False),
    }
    rows = []
    for name, (fresh, always) in ways.items():
        p = cases(rng, runs, n)
        b = passes(rng, p, k)
        found = []
        for _ in range(10):
            c = passes(rng, p, k)
            paired = units(b, c, k)
            found.append(share(fails(paired, margin)))
            after = passes(rng, p, k) if fresh else c
            let_through = non_inferior(paired, margin, ALPHA) | always
            b = np.where(let_through[:, None], after, b)
        if always:
            report.promise("ten releases, fresh baseline", max(found), runs, at_most=6.0)
        rows.append([name, *map(shown, found)])
    report.reference("winner's curse, gate 8", [float(rows[2][8])], [20])
    report.title(
        "Ten gates in succession, nothing changes",
        "False FAIL in per cent at each gate, by where its baseline comes from; 100×3, margin 5. "
        "Recordings that let a candidate through are better than the truth, and the next "
        "candidate pays for it. The middle row keeps a baseline as long as nothing is released: "
        "an unlucky one then stays, so a baseline that a gate has judged should not judge again.",
    )
    report.table(["baseline", *(str(gate) for gate in range(1, 11))], rows)


def attempts_table(report: Report, runs: int) -> None:
    """Rewording at the margin until it passes."""
    rng = np.random.default_rng(108)
    rows = []
    for n, margin in ((100, 0.05), (100, 0.10), (400, 0.05)):
        p = cases(rng, runs, n)
        b, same = passes(rng, p, 3), local(rng, p, margin)
        for name, anew in (("the same cases stay broken", False), ("other cases break", True)):
            ever, cells = np.zeros(runs, bool), []
            for attempt in range(1, 6):
                worse = local(rng, p, margin) if anew else same
                ever |= non_inferior(units(b, passes(rng, worse, 3), 3), margin, ALPHA)
                if attempt in (1, 2, 3, 5):
                    cells.append(shown(share(ever)))
            rows.append([f"{n}×3, margin {margin * 100:.0f}, {name}", *cells])
    report.title(
        "Trying until it passes",
        "False PASS in per cent after so many rewordings, each truly worse by the whole margin. "
        "Hence the report counts attempts.",
    )
    report.table(["", "1", "2", "3", "5"], rows)


def repeats_table(report: Report, runs: int) -> None:
    """Running some trials again because of how they ended."""
    rng = np.random.default_rng(111)
    n = 100
    p = cases(rng, runs, n)
    worse, edge = diffuse(p, 0.10), local(rng, p, 0.10)
    ways = (
        ("nothing is run again", lambda b, c, _: (b, c)),
        (
            "the candidate's failures once more",
            lambda b, c, q: (b, np.maximum(c, passes(rng, q, 1))),
        ),
        ("the cases that differ, both arms", lambda b, c, q: _discordant_again(rng, b, c, p, q)),
    )
    rows = []
    for name, again in ways:
        cells = []
        for truth, judge in (
            (worse, lambda m: drop_p(m) < ALPHA),
            (edge, lambda m: non_inferior(m, 0.10, ALPHA)),
        ):
            b, c = again(passes(rng, p, 1), passes(rng, truth, 1), truth)
            cells.append(shown(share(judge(units(b, c, 1)))))
        rows.append([name, *cells])
    report.title(
        "Running again only what went wrong",
        "100×1, pass rate 80 %. A diffuse 10-point drop proven, and a PASS of a local drop of the "
        "whole margin of 10. Repeats are good for all cases and both arms; chosen by their "
        "result they are not.",
    )
    report.table(["run again", "10-point drop proven", "false PASS"], rows)


def _discordant_again(
    rng: np.random.Generator, b: Array, c: Array, p: Array, q: Array
) -> tuple[Array, Array]:
    differ = b != c
    return np.where(differ, passes(rng, p, 1), b), np.where(differ, passes(rng, q, 1), c)


def critical_table(report: Report, runs: int) -> None:
    """Critical cases under a judge that errs."""
    rng = np.random.default_rng(109)
    n, k = 100, 3
    rows = []
    for name, rate, hit in (
        ("safe candidate, judge errs in 1 %", 0.01, 0.0),
        ("safe candidate, judge errs in 0.1 %", 0.001, 0.0),
        ("one case violates in 30 % of answers", 0.0, 0.30),
        ("one case violates in 80 % of answers", 0.0, 0.80),
        ("one case violates in 80 %, judge errs in 1 %", 0.01, 0.80),
    ):
        truth = np.full((runs, n), rate)
        if hit:
            truth[:, 0] = hit * (1 - rate) + (1 - hit) * rate
        violated = passes(rng, truth, k) > 0
        confirmed = violated & (passes(rng, truth, 4) >= 2)
        rows.append(
            [
                name,
                shown(share(violated.any(axis=1))),
                shown(share(confirmed.any(axis=1))),
                f"{violated.sum(axis=1).mean():.2f}",
            ]
        )
    report.title(
        "Critical cases",
        "100×3. Zero tolerance FAILs on any violation; the gate HOLDs, draws 4 fresh repeats of "
        "each such case and FAILs where 2 of them violate; a person adjudicates the rest.",
    )
    report.table(["", "zero tolerance: FAIL, %", "the gate: FAIL, %", "cases for a person"], rows)
    report.reference("zero tolerance", [float(rows[0][1])], [95])


def rivals_table(report: Report, runs: int) -> None:
    """The gate next to what others do."""
    rng = np.random.default_rng(110)
    grid = [(30, 1), (30, 3), (100, 1), (100, 3), (400, 3)]
    rows: dict[str, list[str]] = {}
    for n, k in grid:
        p = cases(rng, runs, n)
        b = passes(rng, p, k)
        blocked: dict[str, list[float]] = {}
        for worse in (p, local(rng, p, 0.10), diffuse(p, 0.10)):
            c = passes(rng, worse, k)
            for name, flags in blocked_by_rule(rng, b, c, k).items():
                blocked.setdefault(name, []).append(share(flags))
        for name, found in blocked.items():
            rows.setdefault(name, []).append(" / ".join(shown(x) for x in found))
    report.title(
        "Side by side",
        "Per cent of runs that each rule blocks: nothing changed / 10-point local drop / "
        "10-point diffuse drop; pass rate 80 %. The first number should be at most 5, the others "
        "high. The gate's last row is what it does not release, HOLD included, at margin 10.",
    )
    report.table(["", *(f"{n}×{k}" for n, k in grid)], [[name, *row] for name, row in rows.items()])
