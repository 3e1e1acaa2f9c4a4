"""From a suite's table to its numbers: units, bounds, p, what is missing.

Separate from verdict.py because the verdict of one suite depends on the p-values
of all (Holm), while these numbers depend on the suite alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.gate.proportions import mcnemar_exact
from promptgate.gate.statistics import (
    MeanScore,
    Moments,
    as_number,
    drop_p,
    floor_units,
    mean_score,
    moments,
    non_inferior,
    plus_two,
    plus_two_lower,
    t_bounds,
    t_quantile,
    t_statistic,
)
from promptgate.gate.table import DECIMALS, Arm, State, SuiteTable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from promptgate.gate.agreement import Corrected

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Comparison:
    """The numbers of one paired comparison, enough to check it with a calculator.

    Attributes:
        units: Clusters, and cases that stand alone, measured in both arms.
        baseline: Mean over the units.
        candidate: Mean over the units.
        difference: candidate - baseline.
        sd: Of the units' differences; None for one unit.
        t: difference / (sd / sqrt(units)); None where sd is 0 or None.
        p: One-sided, of no drop; see statistics.drop_p().
        t_quantile: At 1 - alpha with units - 1 degrees of freedom; None for one unit.
        t_lower: difference - t_quantile * sd / sqrt(units); -1 for one unit, which
            bounds nothing.
        upper: difference + t_quantile * sd / sqrt(units): FAIL looks at it; 1 for
            one unit, which bounds nothing.
        plus_two_mean: Mean after one unit of +1 and one of -1 are added.
        plus_two_sd: Standard deviation after that.
        plus_two_quantile: At 1 - alpha with units + 1 degrees of freedom.
        lower: plus_two_mean - plus_two_quantile * plus_two_sd / sqrt(units + 2):
            PASS looks at it.
        imputed_lower: `lower` with the worst for every missing trial.
        margin: Largest harmless drop.
        alpha: Level of each bound.
        floor: Units that PASS needs where none differs.
        unchanged: No unit differs between the arms.
        passes: `lower` and `imputed_lower` are above -margin, and the floor holds.
        mcnemar_p: Exact two-sided p, for one repeat with scores of 0 and 1; else None.
        corrected: A judge's scores corrected by people's labels, which the numbers above
            then are; see correction.py.
    """

    units: int
    baseline: float
    candidate: float
    difference: float
    sd: float | None
    t: float | None
    p: float
    t_quantile: float | None
    t_lower: float
    upper: float
    plus_two_mean: float
    plus_two_sd: float
    plus_two_quantile: float
    lower: float
    imputed_lower: float
    margin: float
    alpha: float
    floor: int
    unchanged: bool
    passes: bool
    mcnemar_p: float | None
    corrected: Corrected | None = None

    @property
    def moments(self) -> Moments:
        """Number, mean and sd of the units' differences."""
        import numpy as np

        sd = np.nan if self.sd is None else self.sd
        return Moments(self.units, np.asarray(self.difference), np.asarray(sd))


@dataclass(frozen=True)
class CaseChange:
    """A case whose mean score differs between the arms."""

    case: str
    baseline: float
    candidate: float

    @property
    def difference(self) -> float:
        """candidate - baseline."""
        return self.candidate - self.baseline


@dataclass(frozen=True)
class Missing:
    """Trials without a score.

    Attributes:
        baseline: Share of the baseline's trials.
        candidate: Share of the candidate's trials.
        trials: How many in both arms.
        errored: Those that ended in an error.
        unscored: Those whose answer could not be scored.
    """

    baseline: float
    candidate: float
    trials: int
    errored: int
    unscored: int

    @property
    def share(self) -> float:
        """The larger arm's share."""
        return max(self.baseline, self.candidate)

    @property
    def imbalance(self) -> float:
        """How much larger the share is in one arm."""
        return abs(self.baseline - self.candidate)


def count_missing(table: SuiteTable) -> Missing:
    """Count the trials that gave no score; a new case owes none in the baseline."""
    import numpy as np

    planned = table.planned()
    owed = np.where(table.new, 0, planned)
    lacking_b = int((owed - np.where(table.new, 0, table.scored(Arm.BASELINE))).sum())
    lacking_c = int((planned - table.scored(Arm.CANDIDATE)).sum())
    return Missing(
        baseline=lacking_b / max(int(owed.sum()), 1),
        candidate=lacking_c / max(int(planned.sum()), 1),
        trials=lacking_b + lacking_c,
        errored=int((table.state == State.ERRORED).sum()),
        unscored=int((table.state == State.UNSCORED).sum()),
    )


def compare_arms(
    table: SuiteTable, *, margin: float, alpha: float, must_improve: bool = False
) -> Comparison | None:
    """Compare the arms over the units that both have measured.

    Args:
        table: The suite; its new cases are left out.
        margin: Largest harmless drop.
        alpha: Level of each bound.
        must_improve: PASS needs the bound above 0 instead of above -margin.

    Returns:
        None where no unit was measured in both arms.
    """
    import numpy as np

    old = ~table.new
    baseline = np.where(old, table.case_means(Arm.BASELINE), np.nan)
    candidate = np.where(old, table.case_means(Arm.CANDIDATE), np.nan)
    both = ~np.isnan(baseline) & ~np.isnan(candidate)
    differences = table.by_unit(np.where(both, candidate - baseline, np.nan))
    if differences.size == 0:
        return None
    worst = table.imputed_means(Arm.CANDIDATE) - table.imputed_means(Arm.BASELINE)
    imputed = moments(table.by_unit(np.where(old, worst, np.nan)))
    units = moments(differences)
    adjusted = plus_two(units)
    unchanged = not differences.any()
    t_lower, upper = t_bounds(units, alpha)
    lower, imputed_lower = plus_two_lower(units, alpha), plus_two_lower(imputed, alpha)
    if must_improve:
        passes = bool(lower > 0) and bool(imputed_lower > 0)
    else:
        passes = all(bool(non_inferior(which, margin, alpha)) for which in (units, imputed))
    mean_b = float(moments(table.by_unit(np.where(both, baseline, np.nan))).mean)
    mean_c = float(moments(table.by_unit(np.where(both, candidate, np.nan))).mean)
    return Comparison(
        units=units.n,
        baseline=mean_b,
        candidate=mean_c,
        difference=float(units.mean),
        sd=as_number(units.sd),
        t=as_number(t_statistic(units)),
        p=float(drop_p(units)),
        t_quantile=as_number(t_quantile(1 - alpha, units.n - 1)),
        t_lower=float(t_lower) if units.n > 1 else -1.0,
        upper=float(upper) if units.n > 1 else 1.0,
        plus_two_mean=float(adjusted.mean),
        plus_two_sd=float(adjusted.sd),
        plus_two_quantile=t_quantile(1 - alpha, adjusted.n - 1),
        lower=float(lower),
        imputed_lower=float(imputed_lower),
        margin=margin,
        alpha=alpha,
        floor=floor_units(margin, alpha),
        unchanged=unchanged,
        passes=passes,
        mcnemar_p=_mcnemar(table, baseline[both], candidate[both]),
    )


def _mcnemar(table: SuiteTable, baseline: Floats, candidate: Floats) -> float | None:
    """Return the exact p of one repeat with binary scores and no clusters, else None."""
    import numpy as np

    if table.repeats != 1 or int(table.unit.max(initial=-1)) + 1 != len(table.cases):
        return None
    if not (np.isin(baseline, (0, 1)).all() and np.isin(candidate, (0, 1)).all()):
        return None
    worse, better = int((baseline > candidate).sum()), int((baseline < candidate).sum())
    return mcnemar_exact(worse, better)


def score_new_cases(table: SuiteTable, required: float, alpha: float) -> MeanScore | None:
    """Bound the candidate's mean over the cases that the baseline does not have.

    A missing answer scores 0: no bound may be met by leaving answers out.

    Returns:
        None where there is no such case.
    """
    import numpy as np

    values = table.by_unit(np.where(table.new, table.imputed_means(Arm.CANDIDATE), np.nan))
    if values.size == 0:
        return None
    binary = table.repeats == 1 and bool(np.isin(values, (0, 1)).all())
    return mean_score(values, required, alpha, binary=binary)


def changed_cases(table: SuiteTable) -> tuple[tuple[CaseChange, ...], tuple[CaseChange, ...]]:
    """Return the cases that fell and those that rose, the largest change first."""
    import numpy as np

    baseline, candidate = table.case_means(Arm.BASELINE), table.case_means(Arm.CANDIDATE)
    difference = np.round(np.nan_to_num(candidate - baseline), DECIMALS)

    def pick(indices: NDArray[np.int64]) -> tuple[CaseChange, ...]:
        return tuple(
            CaseChange(table.cases[i].id, float(baseline[i]), float(candidate[i]))
            for i in indices.tolist()
        )

    order = np.argsort(difference, kind="stable")
    fell = order[difference[order] < 0]
    rising = np.argsort(-difference, kind="stable")
    return pick(fell), pick(rising[difference[rising] > 0])


def repeat_variance(table: SuiteTable) -> float | None:
    """Return the part of the units' variance that more repeats would shrink.

    The variance of a unit's difference that is due to the repeats disagreeing
    within a case and arm; None with one repeat, where it cannot be told apart.
    """
    import numpy as np

    if table.repeats < 2:
        return None
    size = len(table.cases)
    total = np.zeros(size)
    for arm in (Arm.BASELINE, Arm.CANDIDATE):
        rows = (table.arm == arm) & (table.state == State.SCORED)
        count = table.scored(arm)
        squares = np.bincount(
            table.case[rows], weights=np.square(table.score[rows]), minlength=size
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            within = (squares - np.square(table.sums(arm)) / count) / (count - 1) / count
        total += np.where(count > 1, within, 0.0)
    members = np.bincount(table.unit, minlength=1)
    each = np.bincount(table.unit, weights=total, minlength=1) / np.square(members)
    return max(0.0, float(each.mean()))
