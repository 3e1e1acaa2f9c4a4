"""Correct a comparison that a judge scored by what people say of a part of its answers.

The judge sees every unit, people a part. What they add on that part is added to the
whole (agreement.prediction_powered), so that a judge that favours one arm does no harm.
A unit is labelled where each arm has at least one answer with a label; its error is
taken over those answers alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.gate.agreement import prediction_powered
from promptgate.gate.statistics import t_quantile
from promptgate.gate.table import DECIMALS, Arm, State, SuiteTable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from promptgate.gate.measure import Comparison
    from promptgate.gate.table import CaseRow

    Floats = NDArray[np.float64]

FEWEST = 10
"""Labelled units below which a correction says too little to be used."""


def correct(
    comparison: Comparison, table: SuiteTable, people: SuiteTable, *, must_improve: bool
) -> Comparison:
    """Return a comparison with the numbers of the correction.

    Args:
        comparison: Of the judge's scores.
        table: The suite, as the judge scored it.
        people: The same trials with people's scores; MISSING where nobody labelled.
        must_improve: Whether PASS needs the bound above 0.

    Returns:
        The comparison as it was where fewer than FEWEST units are labelled. `sd`, `t` and
        the plus-two numbers are those that give the corrected bounds by the usual formulas.
    """
    import numpy as np

    old = ~table.new
    judged = table.case_means(Arm.CANDIDATE) - table.case_means(Arm.BASELINE)
    worst = table.imputed_means(Arm.CANDIDATE) - table.imputed_means(Arm.BASELINE)
    errors = _errors(table, people)
    certain = np.array([same(case) for case in table.cases])
    seen = _Units(table, old & ~np.isnan(judged))
    every = _Units(table, old)
    if int((~np.isnan(seen.mean(errors)) & ~seen.all(certain)).sum()) < FEWEST:
        return comparison
    alpha, n = comparison.alpha, comparison.units
    found, imputed = (
        prediction_powered(units.mean(values), units.mean(errors), alpha, units.all(certain))
        for units, values in ((seen, judged), (every, worst))
    )
    quantile = t_quantile(1 - alpha, found.freedom)
    unchanged = comparison.unchanged and not np.nan_to_num(errors).any()
    goal = 0.0 if must_improve else -comparison.margin
    floor = must_improve or not unchanged or n >= comparison.floor
    spread = (found.difference - found.lower) / comparison.plus_two_quantile
    return replace(
        comparison,
        difference=found.difference,
        candidate=comparison.baseline + found.difference,
        sd=found.se * math.sqrt(n),
        t=found.difference / found.se if found.se > 0 else None,
        p=found.p,
        t_quantile=quantile,
        t_lower=found.difference - quantile * found.se,
        upper=found.upper,
        plus_two_mean=found.difference,
        plus_two_sd=spread * math.sqrt(n + 2),
        lower=found.lower,
        imputed_lower=imputed.lower,
        unchanged=unchanged,
        passes=floor and found.lower > goal and imputed.lower > goal,
        mcnemar_p=None,
        corrected=found,
    )


def same(case: CaseRow) -> bool:
    """Tell whether both arms were asked the same: they cannot differ."""
    return case.baseline is not None and case.baseline == case.candidate and not case.new


@dataclass(frozen=True)
class _Units:
    """Means over the cases of each unit, of some cases only."""

    table: SuiteTable
    cases: NDArray[np.bool_]

    def mean(self, values: Floats) -> Floats:
        """One mean a unit; NaN where that of a case is."""
        import numpy as np

        units = self.table.unit[self.cases]
        members = np.bincount(units)
        total = np.bincount(units, weights=values[self.cases])
        return np.round(total[members > 0] / members[members > 0], DECIMALS)

    def all(self, flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether all cases of a unit have a flag."""
        import numpy as np

        return np.asarray(self.mean(flags.astype(float)) == 1.0)


def _errors(table: SuiteTable, people: SuiteTable) -> Floats:
    """Return for each case how much more people see of a rise; NaN where an arm has no label."""
    import numpy as np

    known = (table.state == State.SCORED) & (people.state == State.SCORED)
    size = len(table.cases)
    excess = []
    for arm in (Arm.CANDIDATE, Arm.BASELINE):
        rows = known & (table.arm == arm)
        total = np.bincount(
            table.case[rows], weights=people.score[rows] - table.score[rows], minlength=size
        )
        with np.errstate(invalid="ignore"):
            excess.append(total / np.bincount(table.case[rows], minlength=size))
    return np.where([same(case) for case in table.cases], 0.0, excess[0] - excess[1])
