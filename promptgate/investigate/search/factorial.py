"""Is it the prompt or the model? The four cells of old and new, and other inputs beside them.

The failing cell is the new prompt on the new model, and it is known to be bad: what did
not fail again is never brought here. Which of the other three are bad as well decides
the cause. A fifth cell holds the new prompt and model on *other* inputs: where
everything fails, it tells an input that is special from a fault that was always there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from promptgate.investigate.search.evidence import RATES, Oracle, Rates, Tally
from promptgate.investigate.search.sequential import (
    REPRODUCE,
    Ratio,
    Reproduction,
    State,
    reproduce,
)
from promptgate.investigate.search.suspects import Found, Hypothesis, Suspects, find_suspect


class Cell(StrEnum):
    """What is asked: a prompt on a model, or other inputs."""

    NOW = "new prompt, new model"
    OLD_PROMPT = "old prompt, new model"
    OLD_MODEL = "new prompt, old model"
    BOTH_OLD = "old prompt, old model"
    OTHERS = "other inputs"


class Cause(StrEnum):
    """What makes the input fail."""

    PROMPT = "prompt"
    MODEL = "model"
    INTERACTION = "interaction"
    EACH = "each suffices"
    UPSTREAM = "pre-existing or upstream"
    INPUT = "input-specific"
    NOT_REPRODUCED = "not reproduced"


_OLD = (Cell.OLD_PROMPT, Cell.OLD_MODEL, Cell.BOTH_OLD)
_PATTERNS: Sequence[tuple[Cause, frozenset[Cell], float]] = (
    (Cause.PROMPT, frozenset({Cell.OLD_MODEL}), 1.0),
    (Cause.MODEL, frozenset({Cell.OLD_PROMPT}), 1.0),
    (Cause.INTERACTION, frozenset(), 1.0),
    (Cause.EACH, frozenset({Cell.OLD_MODEL, Cell.OLD_PROMPT}), 1.0),
    (Cause.UPSTREAM, frozenset(_OLD), 1.0),
    # The old prompt on the old model fails, and yet one of the two mixtures does not.
    (Cause.UPSTREAM, frozenset({Cell.BOTH_OLD}), 0.1),
    (Cause.UPSTREAM, frozenset({Cell.BOTH_OLD, Cell.OLD_PROMPT}), 0.1),
    (Cause.UPSTREAM, frozenset({Cell.BOTH_OLD, Cell.OLD_MODEL}), 0.1),
)

FIX: Mapping[Cause, Cell | None] = {
    Cause.PROMPT: Cell.OLD_PROMPT,
    Cause.MODEL: Cell.OLD_MODEL,
    Cause.INTERACTION: Cell.OLD_PROMPT,
    Cause.EACH: Cell.BOTH_OLD,
    Cause.UPSTREAM: None,
    Cause.INPUT: None,
    Cause.NOT_REPRODUCED: None,
}
"""Where to go back to: the cell that the cause says is good. The prompt goes back before the
model where either would do."""


def confirming(cells: Sequence[Cell]) -> Callable[[Cause], Cell | None]:
    """Return the cell that must bear a cause out once more: the fix, or what it says is bad.

    A single answer of the old prompt that fails by chance would else look like a fault
    that was always there.
    """
    oldest = next((c for c in (Cell.BOTH_OLD, Cell.OLD_PROMPT, Cell.OLD_MODEL) if c in cells), None)
    other = {Cause.UPSTREAM: oldest, Cause.INPUT: Cell.OTHERS}
    return lambda cause: FIX[cause] or other.get(cause)


def hypotheses(cells: Sequence[Cell]) -> list[Hypothesis[Cause, Cell]]:
    """Return every pattern of bad cells with its cause.

    Args:
        cells: Those that can be asked. Where a factor has no old level its cells are
            left out, and with them the causes that it could be.
    """
    there = frozenset(cells)
    weights: dict[tuple[Cause, frozenset[Cell]], float] = {}
    for cause, old, prior in _PATTERNS:
        if not _possible(cause, old, there):
            continue
        bad = (old | {Cell.NOW}) & there
        if Cell.OTHERS not in there:
            _add(weights, cause, bad, prior)
            continue
        everything = cause is Cause.UPSTREAM
        alone = Cause.INPUT if everything else cause
        _add(weights, cause, bad | {Cell.OTHERS}, prior if everything else prior / 2)
        _add(weights, alone, bad, prior if everything else prior / 2)
    return [Hypothesis(cause, bad, prior) for (cause, bad), prior in weights.items()]


def _possible(cause: Cause, old: frozenset[Cell], there: frozenset[Cell]) -> bool:
    """Tell whether a cause can be told with these cells: what did not change is none."""
    if cause is Cause.PROMPT:
        return Cell.OLD_PROMPT in there
    if cause is Cause.MODEL:
        return Cell.OLD_MODEL in there
    return there.issuperset(_OLD) or old == frozenset(_OLD)


def _add(
    weights: dict[tuple[Cause, frozenset[Cell]], float],
    cause: Cause,
    bad: frozenset[Cell],
    prior: float,
) -> None:
    weights[cause, bad] = weights.get((cause, bad), 0.0) + prior


Telling: TypeAlias = Callable[[Mapping[Cause, float], Mapping[Cell, Tally]], None]
"""Given the posterior (empty while the failure is reproduced) and the answers so far."""


@dataclass(frozen=True)
class Diagnosed:
    """What the search found.

    Attributes:
        cause: The most probable one.
        settled: Whether it is probable enough, and confirmed at the fix.
        posterior: The probability of every cause; {} where the failure was not reproduced.
        seen: The answers by cell.
        bad_share: By cell, the probability that it is a bad one; {} likewise.
    """

    cause: Cause
    settled: bool
    posterior: Mapping[Cause, float]
    seen: Mapping[Cell, Tally]
    bad_share: Mapping[Cell, float]

    @property
    def calls(self) -> int:
        """All answers."""
        return sum(tally.calls for tally in self.seen.values())


def find_cause(
    oracle: Oracle[Cell],
    cells: Sequence[Cell] = tuple(Cell),
    *,
    test: Ratio = REPRODUCE,
    rates: Rates = RATES,
    confidence: float = 0.95,
    budget: int = 100,
    told: Telling = lambda _posterior, _seen: None,
) -> Diagnosed:
    """Reproduce a failure, then find out which change makes it.

    Args:
        oracle: Draws an answer of a cell.
        cells: The cells that can be asked; Cell.NOW must be among them.
        test: Of the reproduction.
        rates: What is held of the failure rates of bad and good cells.
        confidence: The probability to reach.
        budget: The most answers.
        told: Given the state after each answer.
    """
    first: Reproduction = reproduce(
        oracle, Cell.NOW, test=test, budget=budget, told=lambda seen: told({}, {Cell.NOW: seen})
    )
    seen = {Cell.NOW: first.seen}
    if first.state is not State.BAD:
        return Diagnosed(Cause.NOT_REPRODUCED, first.state is State.GOOD, {}, seen, {})
    suspects = Suspects(hypotheses(cells), cells, rates)
    found: Found[Cause, Cell] = find_suspect(
        suspects,
        oracle,
        seen=seen,
        confidence=confidence,
        budget=budget,
        confirm=confirming(cells),
        told=told,
    )
    share = suspects.bad_share(found.seen)
    return Diagnosed(found.label, found.settled, found.posterior, found.seen, share)
