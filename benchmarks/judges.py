"""What people's labels are worth: false alarms of a judge that favours one arm, with and without.

Simulated with the gate's own functions. Cases pass at rates from Beta(.8, .2), three repeats
an arm; a judge passes right answers and fails wrong ones at the rates given; some cases are
labelled by people. Run it: python benchmarks/judges.py
"""

from __future__ import annotations

import numpy as np

from promptgate.gate import prediction_powered
from promptgate.gate.statistics import moments, plus_two_lower, t_bounds

RUNS = 2_000
ALPHA, MARGIN = 0.05, 0.10
JUDGES = {
    "same in both arms": ((0.95, 0.95), (0.9, 0.9)),
    "sensitivity .95 -> .88": ((0.95, 0.88), (0.9, 0.9)),
    "lenient with the candidate": ((0.95, 1.0), (0.9, 0.4)),
}


def rates(units: int, labelled: int, drop: float, judge: str, seed: int) -> list[float]:
    """Return FAIL and PASS in per cent: by the judge alone, then with labels."""
    rng = np.random.default_rng(seed)
    sensitivity, specificity = JUDGES[judge]
    hits = np.zeros(4)
    for _ in range(RUNS):
        base = rng.beta(0.8, 0.2, (units, 1))
        human = [rng.random((units, 3)) < rate for rate in (base, base * (1 - drop / 0.8))]
        judged = [
            np.where(said, rng.random(said.shape) < right, rng.random(said.shape) >= wrong)
            for said, right, wrong in zip(human, sensitivity, specificity, strict=True)
        ]
        seen = judged[1].mean(1) - judged[0].mean(1)
        errors = np.full(units, np.nan)
        some = rng.choice(units, labelled, replace=False)
        errors[some] = (human[1].mean(1) - human[0].mean(1) - seen)[some]
        found = prediction_powered(seen, errors, ALPHA)
        alone = moments(seen)
        hits += [
            t_bounds(alone, ALPHA)[1] < 0,
            plus_two_lower(alone, ALPHA) > -MARGIN,
            found.upper < 0,
            found.lower > -MARGIN,
        ]
    return [float(hit) for hit in 100 * hits / RUNS]


def main() -> None:
    """Print the table."""
    print("| judge | true drop | units, labelled | FAIL, PASS alone | FAIL, PASS with labels |")
    print("|---|---|---|---|---|")
    for judge in JUDGES:
        for drop in (0.0, 0.10):
            for units, labelled in ((100, 30), (100, 50), (400, 100)):
                a, b, c, d = rates(units, labelled, drop, judge, 7)
                print(
                    f"| {judge} | {drop:.0%} | {units}, {labelled} | {a:.1f}, {b:.1f} | "
                    f"{c:.1f}, {d:.1f} |"
                )


if __name__ == "__main__":
    main()
