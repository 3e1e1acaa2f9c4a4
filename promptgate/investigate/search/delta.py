"""Which of many changes make it fail? Delta debugging on answers that differ from run to run.

The minimising is ddmin (A. Zeller, R. Hildebrandt, Simplifying and Isolating
Failure-Inducing Input, 2002). Its test must be sure: with a single answer for each
form it is wrong nearly always. Here a form is asked until its answers speak
clearly for one of two failure rates, which are learned from the forms before it.
What was found is then held against fresh answers: alone it must fail (sufficient), and
all without it must pass (necessary); else the search goes on, and asks more of each.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp, log
from typing import Generic, TypeVar

from promptgate.investigate.search.evidence import RATES, Oracle, Rates, Tally
from promptgate.investigate.search.sequential import State, odds_of_bad, reproduce

Item = TypeVar("Item", bound=Hashable)
Form = TypeVar("Form", bound=Hashable)

_STRICT = (19.0, 99.0, 999.0, 9999.0)
"""The odds that a form's answers must reach; each further pass asks for more."""
_KNOWN_WELL = 5
"""Answers that the failing end gives beside those that reproduced it: they set the rate."""


@dataclass
class Judge(Generic[Form]):
    """Classifies forms as bad or good, with the rates that it learns on the way.

    Attributes:
        oracle: Draws an answer of a form; None: it has none to give.
        rates: What is held of the failure rates beforehand.
        budget: The most answers of all forms together.
        most: The most answers of one form.
        odds: What the answers of a form must reach.
        told: Given a form and its tally after each answer.
    """

    oracle: Oracle[Form]
    rates: Rates = RATES
    budget: int = 200
    most: int = 40
    odds: float = _STRICT[0]
    told: Callable[[Form, Tally], None] = lambda _form, _seen: None
    seen: dict[Form, Tally] = field(default_factory=dict)
    states: dict[Form, State] = field(default_factory=dict)
    closed: set[Form] = field(default_factory=set)

    @property
    def calls(self) -> int:
        """All answers so far."""
        return sum(tally.calls for tally in self.seen.values())

    @property
    def spent(self) -> bool:
        """Whether the budget is used up."""
        return self.calls >= self.budget

    def reproduced(self, form: Form) -> State:
        """Ask whether a form fails at all, before any other was asked."""
        found = reproduce(
            self.oracle,
            form,
            budget=self.budget,
            told=lambda seen: self.told(form, seen),
        )
        self.seen[form] = found.seen
        return found.state

    def state(self, form: Form, *, fresh: int = 0) -> State:
        """Ask a form until it is clear what it is.

        Args:
            form: Of which.
            fresh: How many answers it must give in any case beside those that it gave.
        """
        least = self.seen.get(form, Tally()).calls + fresh
        while True:
            seen = self.seen.get(form, Tally())
            state = self._read(form)
            enough = state is not State.UNRESOLVED and seen.calls >= least
            if enough or self.spent or form in self.closed or seen.calls >= max(self.most, least):
                break
            failed = self.oracle(form)
            if failed is None:
                self.closed.add(form)
                break
            self.seen[form] = seen.plus(failed)
            self.told(form, self.seen[form])
        self.states[form] = state
        return state

    def log_odds(self, form: Form) -> float:
        """Return the logarithm of the odds that a form is bad, by all that is known."""
        return odds_of_bad(
            self.seen.get(form, Tally()),
            self._pool(State.BAD, form),
            self._pool(State.GOOD, form),
            self.rates,
        )

    def _read(self, form: Form) -> State:
        odds = self.log_odds(form)
        if odds >= log(self.odds):
            return State.BAD
        return State.GOOD if odds <= -log(self.odds) else State.UNRESOLVED

    def _pool(self, state: State, but: Form) -> Tally:
        """Return the answers of all other forms that were found to be of a state."""
        total = Tally()
        for form, found in self.states.items():
            if found is state and form != but:
                total += self.seen.get(form, Tally())
        return total


def minimise(items: Sequence[Item], is_bad: Callable[[tuple[Item, ...]], bool]) -> tuple[Item, ...]:
    """Return a part of the items that is still bad, and none of whose items can be left out.

    Args:
        items: All of them, which together are bad.
        is_bad: Tells it of a part, whose items keep their order; () is never asked.
    """
    kept = tuple(items)
    pieces = 2
    while len(kept) > 1:
        size = len(kept)
        pieces = min(pieces, size)
        bounds = [size * n // pieces for n in range(pieces + 1)]
        parts = [kept[a:b] for a, b in pairwise(bounds)]
        rests = [kept[:a] + kept[b:] for a, b in pairwise(bounds)]
        smaller = next((part for part in parts if is_bad(part)), None)
        if smaller is not None:
            kept, pieces = smaller, 2
            continue
        rest = next((r for r in rests if is_bad(r)), None) if pieces > 2 else None
        if rest is not None:
            kept, pieces = rest, max(pieces - 1, 2)
        elif pieces == size:
            break
        else:
            pieces *= 2
    return kept


@dataclass(frozen=True)
class Blamed(Generic[Item]):
    """Which changes make the difference.

    Attributes:
        groups: Each makes the old text fail by itself, and no part of it does; one group
            in most cases, () where the ends are not what they were said to be.
        sufficient: BAD, if every group alone makes the old text fail.
        necessary: What the new text without all of them is: GOOD, if nothing else does.
        confidence: The probability that they suffice and are needed.
        without: What the old text is, which should be GOOD.
        with_all: What the new text is, which should be BAD.
        seen: The answers, by the changes that were applied.
        unresolved: Forms that could not be judged: they do not render, or waver.
    """

    groups: tuple[tuple[Item, ...], ...]
    sufficient: State
    necessary: State
    confidence: float
    without: State
    with_all: State
    seen: dict[frozenset[Item], Tally]
    unresolved: tuple[frozenset[Item], ...]

    @property
    def settled(self) -> bool:
        """Whether the changes were shown to suffice and to be needed."""
        return self.sufficient is State.BAD and self.necessary is State.GOOD

    @property
    def calls(self) -> int:
        """All answers."""
        return sum(tally.calls for tally in self.seen.values())


def blame(judge: Judge[frozenset[Item]], items: Sequence[Item]) -> Blamed[Item]:
    """Find the changes, of those between a good old text and a bad new one, that matter.

    Args:
        judge: Of forms, each given as the set of changes that are applied.
        items: All changes, in their order; at least one.
    """
    nothing, everything = frozenset[Item](), frozenset(items)
    with_all = judge.reproduced(everything)
    if with_all is State.BAD:
        with_all = judge.state(everything, fresh=_KNOWN_WELL)
    without = judge.state(nothing) if with_all is State.BAD else State.UNRESOLVED
    groups: list[tuple[Item, ...]] = []
    sufficient = necessary = State.UNRESOLVED
    confidence = 0.0
    if (without, with_all) == (State.GOOD, State.BAD):
        for odds, surer in pairwise(_STRICT):
            judge.odds = odds
            groups, rest = _groups(judge, items)
            judge.odds = surer
            sufficient = _sufficiency(judge, groups)
            necessary = judge.state(rest, fresh=1)
            confidence = _chance(-judge.log_odds(rest))
            for group in groups:
                confidence *= _chance(judge.log_odds(frozenset(group)))
            if (sufficient, necessary) == (State.BAD, State.GOOD) or judge.spent:
                break
    unresolved = tuple(v for v, s in judge.states.items() if s is State.UNRESOLVED)
    return Blamed(
        tuple(groups), sufficient, necessary, confidence, without, with_all, judge.seen, unresolved
    )


def _groups(
    judge: Judge[frozenset[Item]], items: Sequence[Item]
) -> tuple[list[tuple[Item, ...]], frozenset[Item]]:
    """Return what fails by itself, one after the other, and the rest, which does not."""
    groups: list[tuple[Item, ...]] = []
    rest = tuple(items)
    while True:
        groups.append(minimise(rest, lambda part: judge.state(frozenset(part)) is State.BAD))
        rest = tuple(item for item in rest if item not in groups[-1])
        if not rest or judge.state(frozenset(rest)) is not State.BAD:
            return groups, frozenset(rest)


def _sufficiency(judge: Judge[frozenset[Item]], groups: Sequence[tuple[Item, ...]]) -> State:
    """Return BAD where each group fails and no item of it can be spared."""
    for group in groups:
        if judge.state(frozenset(group), fresh=1) is not State.BAD:
            return State.UNRESOLVED
        for item in group if len(group) > 1 else ():
            if judge.state(frozenset(group) - {item}) is not State.GOOD:
                return State.UNRESOLVED
    return State.BAD


def _chance(log_odds: float) -> float:
    return 1 / (1 + exp(-min(max(log_odds, -700.0), 700.0)))
