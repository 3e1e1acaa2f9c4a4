"""How many answers a search will take: simulated with the search itself, before it runs."""

from __future__ import annotations

import random
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from promptgate.investigate.search.delta import Judge, blame
from promptgate.investigate.search.factorial import Cell, find_cause
from promptgate.investigate.search.history import bisect
from promptgate.models.client import Job
from promptgate.runs.costs import bill_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from promptgate.investigate.asking import Asker
    from promptgate.models.request import Request

_RUNS = 11
_OFTEN, _SOMETIMES, _GOOD = 0.8, 0.5, 0.05


@dataclass(frozen=True)
class Expected:
    """How many answers a search takes.

    Attributes:
        often: The median where the failing cell fails 4 times of 5.
        sometimes: The median where it fails every second time.
        most: The limit.
        usd: What `sometimes` new answers cost; None where the price is unknown.
    """

    often: int
    sometimes: int
    most: int
    usd: float | None

    def __str__(self) -> str:
        """Say it on one line."""
        cost = (
            "the cost is unknown"
            if self.usd is None
            else f"about ${self.usd:.2f} if none is recorded"
        )
        return (
            f"about {self.often} answers if it fails 4 times of 5, {self.sometimes} if every "
            f"second time, at most {self.most}; {cost}"
        )

    def to_json(self) -> dict[str, Any]:
        """Return the numbers as plain data."""
        return vars(self)


def expected(
    search: Callable[[Callable[[Any], bool]], int], asker: Asker, request: Request
) -> Expected:
    """Return how many answers a search takes, and what they cost.

    Args:
        search: Runs the search on an oracle of simulated answers, given whether a cell is
            bad by the first letter of its name ('bad' or 'good'), and returns its answers.
        asker: Its limits.
        request: One of the requests, for the price.
    """
    often, sometimes = (_median(search, rate) for rate in (_OFTEN, _SOMETIMES))
    most = asker.limits.calls
    calls = min(sometimes, most)
    bill = bill_for(asker.project, [Job(request)], asker.today)
    usd = None if bill.likely_usd is None else bill.likely_usd * calls
    return Expected(min(often, most), calls, most, usd)


def _median(search: Callable[[Callable[[Any], bool]], int], rate: float) -> int:
    taken = []
    for seed in range(_RUNS):
        rng = random.Random(seed)  # noqa: S311  # a simulation, the same every time

        def answer(is_bad: bool, rng: random.Random = rng) -> bool:
            return rng.random() < (rate if is_bad else _GOOD)

        taken.append(search(answer))
    return round(median(taken))


def diagnosis_search(cells: Sequence[Cell]) -> Callable[[Callable[[Any], bool]], int]:
    """Return the search of a diagnosis whose cause is the prompt, or the model."""
    guilty = {Cell.NOW, Cell.OLD_MODEL, Cell.OTHERS}
    return lambda answer: find_cause(lambda cell: answer(cell in guilty), cells).calls


def bisection_search(count: int) -> Callable[[Callable[[Any], bool]], int]:
    """Return the search of a history whose middle is the first bad version."""
    return lambda answer: bisect(lambda place: answer(place >= (count + 1) // 2), count).calls


def attribution_search(hunks: int) -> Callable[[Callable[[Any], bool]], int]:
    """Return the search of one guilty hunk among some."""
    return lambda answer: blame(Judge(lambda a: answer(hunks // 2 in a)), range(hunks)).calls
