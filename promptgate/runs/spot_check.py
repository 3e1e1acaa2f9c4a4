"""Ask a share of the replayed trials again, live, and compare: are the recordings what they say?

Answers waver, so single trials may differ; recordings that were made up, or made under
other circumstances, differ in one direction. The live answers are kept nowhere, and the
decision stands on the recordings: the check reports.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from promptgate.gate.proportions import mcnemar_exact
from promptgate.models.cassettes import Cassettes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.runs.answers import Source
    from promptgate.runs.arms import ArmName
    from promptgate.runs.plan import Plan
    from promptgate.runs.results import Trial
    from promptgate.runs.rounds import Ask

SUSPICIOUS = 0.01
"""Two-sided p of the exact McNemar test below which the sentence says so."""


@dataclass(frozen=True)
class SpotCheck:
    """What came of it.

    Attributes:
        seed: That chose the trials.
        of: Replayed trials that it chose from.
        asked: Trials that were asked again.
        answered: Of those, with a score now and then.
        recorded: Mean score of the recordings of these; None where none was answered.
        live: Mean score of the live answers; None as above.
        lost: Trials that passed when recorded and do not pass live.
        gained: The other way round.
        p: Exact McNemar, two-sided: how surprising `lost` against `gained` would be.
    """

    seed: int
    of: int
    asked: int
    answered: int
    recorded: float | None
    live: float | None
    lost: int
    gained: int
    p: float

    @property
    def sentence(self) -> str:
        """What a reader has to know of it."""
        told = f"Spot-check (seed {self.seed}): asked {self.asked} of {self.of} trials again, live"
        if self.recorded is None or self.live is None:
            return f"{told}; none could be compared."
        agree = self.answered - self.lost - self.gained
        told += (
            f"; mean score {self.recorded:.2f} recorded, {self.live:.2f} live; {agree} of "
            f"{self.answered} agree, {self.lost} passed only when recorded, {self.gained} only "
            f"live (exact McNemar p {self.p:.3f})"
        )
        if self.p < SUSPICIOUS:
            return f"{told}. The recordings do not look like what the model answers: record anew."
        return f"{told}."


@contextmanager
def kept_nowhere(source: Source) -> Iterator[Source]:
    """Give a source without recordings, whose answers are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield replace(source, cassettes=Cassettes(Path(folder) / "cassettes"))


def spot_check(
    plan: Plan, trials: Sequence[Trial], share: float, seed: int | None, ask: Ask
) -> SpotCheck:
    """Ask a random share of scored trials again.

    Args:
        plan: Of the gate.
        trials: As replayed.
        share: Of them, above 0 and at most 1; at least one is asked.
        seed: Chooses them; None draws one.
        ask: Asks live.

    Raises:
        InputError: There is no key to ask with.
        ModelError: Nothing was answered.
    """
    seed = random.SystemRandom().randrange(10**6) if seed is None else seed
    scored = [trial for trial in trials if trial.passed is not None]
    count = min(len(scored), ceil(share * len(scored)))
    chosen = random.Random(seed).sample(scored, count)  # noqa: S311  # repeatable, not secret
    wanted = Counter((trial.suite, trial.case, trial.arm) for trial in chosen)
    live: dict[tuple[str, str, str], list[Trial]] = {}
    for trial in ask(_again(plan, wanted)) if chosen else ():
        live.setdefault((trial.suite, trial.case, trial.arm), []).append(trial)
    pairs = []
    for then in chosen:
        key = then.suite, then.case, "candidate" if then.arm == "both" else then.arm
        now = live[key].pop()
        if now.passed is not None:
            pairs.append((then, now))
    lost = sum(bool(then.passed) and not now.passed for then, now in pairs)
    gained = sum(bool(now.passed) and not then.passed for then, now in pairs)
    return SpotCheck(
        seed,
        len(scored),
        count,
        len(pairs),
        fmean(then.score or 0.0 for then, _ in pairs) if pairs else None,
        fmean(now.score or 0.0 for _, now in pairs) if pairs else None,
        lost,
        gained,
        mcnemar_exact(lost, gained) if lost + gained else 1.0,
    )


def _again(plan: Plan, wanted: Counter[tuple[str, str, str]]) -> Plan:
    """Return the cases to ask, each on one arm and as often as it was chosen."""
    arms: tuple[tuple[str, ArmName], ...] = (
        ("baseline", "baseline"),
        ("candidate", "candidate"),
        ("both", "candidate"),
    )
    cases = [
        replace(planned, requests={name: planned.requests[name]}, repeats=count)
        for planned in plan.cases
        for arm, name in arms
        if (count := wanted[planned.suite.name, planned.key, arm])
    ]
    return replace(plan, cases=tuple(cases))
