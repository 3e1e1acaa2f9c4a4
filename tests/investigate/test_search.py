"""The searches against scripted and simulated oracles: no model, no file."""

from __future__ import annotations

import random
from collections import Counter
from math import isclose, log

import numpy as np
import pytest
from git_bayesect import Bisector
from hypothesis import given
from hypothesis import strategies as st

from promptgate.investigate.search.delta import Judge, blame, minimise
from promptgate.investigate.search.evidence import Beta, Rates, Tally
from promptgate.investigate.search.factorial import FIX, Cause, Cell, find_cause, hypotheses
from promptgate.investigate.search.history import bisect
from promptgate.investigate.search.sequential import Ratio, State, odds_of_bad, reproduce
from promptgate.investigate.search.suspects import Hypothesis, Suspects, find_suspect

NOW = Cell.NOW


def always(*bad):
    """Return an oracle whose bad cells always fail and whose good ones never do."""
    return lambda cell: cell in bad


def noisy(seed, is_bad, bad=0.8, good=0.05):
    rng = random.Random(seed)
    return lambda cell: rng.random() < (bad if is_bad(cell) else good)


def test_reproduction_stops_when_three_answers_fail():
    """By Wald's bounds: three failures at 5 against 30 % are beyond ln 49, two are not."""
    assert reproduce(always(NOW), NOW).seen == Tally(3, 0)
    assert 2 * log(0.30 / 0.05) < log(0.98 / 0.02) < 3 * log(0.30 / 0.05)


def test_reproduction_gives_up_when_thirteen_answers_pass():
    assert reproduce(always(), NOW).seen == Tally(0, 13)
    assert reproduce(always(), NOW).state is State.GOOD


def test_reproduction_is_unresolved_when_answers_run_out():
    """No answer is not a pass."""
    found = reproduce(lambda _cell: None, NOW)
    assert (found.state, found.seen) == (State.UNRESOLVED, Tally())


def test_reproduction_is_unresolved_when_the_budget_is_spent():
    assert reproduce(always(), NOW, budget=5).state is State.UNRESOLVED


def test_ratio_refuses_rates_when_they_are_not_in_order():
    with pytest.raises(ValueError, match="p0 < p1"):
        Ratio(p0=0.3, p1=0.3)


def test_reproduction_errs_as_seldom_as_it_says_when_the_rates_are_those_of_the_test():
    runs = 1000
    missed = sum(
        reproduce(noisy(seed, lambda _c: True, bad=0.3), NOW, budget=1000).state is State.GOOD
        for seed in range(runs)
    )
    false = sum(
        reproduce(noisy(seed, lambda _c: False), NOW, budget=1000).state is State.BAD
        for seed in range(runs)
    )
    assert missed / runs < 0.03
    assert false / runs < 0.03


@given(
    st.integers(2, 12),
    st.lists(st.tuples(st.integers(0, 11), st.booleans()), max_size=25),
)
def test_posterior_of_a_history_is_that_of_git_bayesect(count, answers):
    """The package's index 0 is the newest commit; ours is the oldest."""
    rates = Rates(Beta(0.5, 0.5), Beta(0.5, 0.5))
    truths = [Hypothesis(b, frozenset(range(b, count))) for b in range(count)]
    ours = Suspects(truths, range(count), rates)
    theirs = Bisector([1.0] * count)
    seen: dict[int, Tally] = {}
    for place, failed in answers:
        place %= count
        theirs.record(count - 1 - place, failed)
        seen[place] = seen.get(place, Tally()).plus(failed)
    posterior = ours.posterior(seen)
    expected = theirs.distribution[::-1]
    assert np.allclose([posterior[b] for b in range(count)], expected, atol=1e-9)


@given(st.lists(st.tuples(st.sampled_from(list(Cell)), st.booleans()), max_size=30))
def test_posterior_adds_up_to_one_and_ignores_the_order_of_answers(answers):
    suspects = Suspects(hypotheses(list(Cell)), list(Cell))

    def posterior(order):
        seen: dict[Cell, Tally] = {}
        for cell, failed in order:
            seen[cell] = seen.get(cell, Tally()).plus(failed)
        return suspects.posterior(seen)

    one, other = posterior(answers), posterior(answers[::-1])
    assert isclose(sum(one.values()), 1)
    assert one == other


TRUTHS = {
    Cause.PROMPT: {Cell.NOW, Cell.OLD_MODEL},
    Cause.MODEL: {Cell.NOW, Cell.OLD_PROMPT},
    Cause.INTERACTION: {Cell.NOW},
    Cause.EACH: {Cell.NOW, Cell.OLD_PROMPT, Cell.OLD_MODEL},
    Cause.UPSTREAM: set(Cell),
    Cause.INPUT: set(Cell) - {Cell.OTHERS},
    Cause.NOT_REPRODUCED: set(),
}


@pytest.mark.parametrize("cause", list(Cause))
def test_cause_is_found_when_cells_never_waver(cause):
    """Every member of the enumeration is reached, and its fix is a cell that is good."""
    found = find_cause(always(*TRUTHS[cause]))
    assert (found.cause, found.settled) == (cause, True)
    assert FIX[cause] is None or FIX[cause] not in TRUTHS[cause]


@pytest.mark.parametrize("cause", list(Cause))
def test_cause_is_nearly_always_found_when_cells_waver(cause):
    found = [find_cause(noisy(seed, TRUTHS[cause].__contains__)) for seed in range(20)]
    assert sum(f.settled and f.cause is cause for f in found) >= 17
    assert sum(f.settled and f.cause is not cause for f in found) <= 1


def test_cause_can_only_be_the_prompt_when_the_model_did_not_change():
    cells = [Cell.NOW, Cell.OLD_PROMPT]
    assert {h.label for h in hypotheses(cells)} == {Cause.PROMPT, Cause.UPSTREAM}
    assert find_cause(always(Cell.NOW), cells).cause is Cause.PROMPT
    assert find_cause(always(*cells), cells).cause is Cause.UPSTREAM


def test_cause_is_not_settled_when_a_cell_gives_no_answer():
    """Without the old prompt nothing tells the prompt from what was always there."""
    found = find_cause(
        lambda cell: None if cell is Cell.OLD_PROMPT else True, [NOW, Cell.OLD_PROMPT]
    )
    assert not found.settled
    assert found.seen[NOW].fails >= 3


def test_cause_is_asked_of_the_fix_again_before_it_is_settled():
    asked: list[Cell] = []

    def oracle(cell):
        asked.append(cell)
        return cell in TRUTHS[Cause.PROMPT]

    find_cause(oracle)
    assert asked[-3:] == [Cell.OLD_PROMPT] * 3


def test_suspect_is_not_settled_when_the_budget_is_spent():
    suspects = Suspects([Hypothesis("a", frozenset({1})), Hypothesis("b", frozenset())], [1])
    found = find_suspect(suspects, lambda _cell: True, budget=1, confidence=0.999)
    assert (found.settled, found.calls) == (False, 1)


@pytest.mark.parametrize("first", range(1, 9))
def test_bisection_finds_the_first_bad_when_answers_never_waver(first):
    found = bisect(lambda place: place >= first, 9)
    assert (found.first_bad, found.settled) == (first, True)


def test_bisection_says_so_when_the_good_end_is_bad():
    found = bisect(lambda _place: True, 9)
    assert found.settled
    assert found.good_is_bad
    assert found.seen[0].fails > 0


def test_bisection_says_so_when_the_bad_end_is_good():
    found = bisect(lambda _place: False, 9)
    assert found.settled
    assert found.bad_is_good


def test_bisection_is_nearly_always_right_when_answers_waver():
    right = 0
    for seed in range(15):
        first = random.Random(f"first {seed}").randrange(1, 65)
        found = bisect(noisy(seed, lambda place, first=first: place >= first, 0.9, 0.02), 65)
        right += found.settled and found.first_bad == first
    assert right >= 14


def test_bisection_skips_a_revision_when_it_gives_no_answer():
    found = bisect(lambda place: None if place == 4 else place >= 7, 9)
    assert (found.first_bad, found.settled) == (7, True)


def test_odds_know_the_rates_when_other_cells_were_measured():
    """One failure says more where good cells never failed and bad ones always did."""
    plain = odds_of_bad(Tally(1, 0))
    taught = odds_of_bad(Tally(1, 0), bad=Tally(8, 0), good=Tally(0, 8))
    assert taught > plain > 0


@given(st.sets(st.integers(0, 11), min_size=1, max_size=4))
def test_minimise_returns_exactly_what_is_needed_together(needed):
    assert set(minimise(range(12), needed.issubset)) == needed


def test_minimise_keeps_order_when_several_items_stay():
    assert minimise("abcdef", lambda part: {"e", "b"} <= set(part)) == ("b", "e")


@pytest.mark.parametrize(
    ("is_bad", "groups"),
    [
        (lambda applied: 5 in applied, {(5,)}),
        (lambda applied: {2, 9} <= applied, {(2, 9)}),
        (lambda applied: bool({2, 9} & applied), {(2,), (9,)}),
        (lambda applied: len(applied) == 12, {tuple(range(12))}),
    ],
)
def test_blame_finds_what_suffices_and_is_needed_when_answers_never_waver(is_bad, groups):
    found = blame(Judge(is_bad, budget=2000), range(12))
    assert (set(found.groups), found.settled) == (groups, True)
    assert found.confidence > 0.9


def test_blame_is_nearly_always_exact_when_answers_waver():
    right = 0
    for seed in range(15):
        guilty = random.Random(f"guilty {seed}").randrange(12)
        found = blame(Judge(noisy(seed, lambda a, guilty=guilty: guilty in a)), range(12))
        right += found.settled and found.groups == ((guilty,),)
    assert right >= 13


def test_blame_finds_nothing_when_the_new_text_does_not_fail():
    found = blame(Judge(lambda _applied: False), range(4))
    assert (found.groups, found.with_all, found.settled) == ((), State.GOOD, False)


def test_blame_finds_nothing_when_the_old_text_fails_already():
    found = blame(Judge(lambda _applied: True), range(4))
    assert (found.groups, found.without, found.settled) == ((), State.BAD, False)


def test_blame_keeps_forms_unresolved_when_they_cannot_be_asked():
    """A text that does not render is neither good nor bad: hunks 1 and 2 need each other."""

    def oracle(applied):
        return None if (1 in applied) != (2 in applied) else 2 in applied

    found = blame(Judge(oracle), range(4))
    assert found.groups == ((1, 2),)
    assert all((1 in form) != (2 in form) for form in found.unresolved)
    assert found.unresolved


def test_judge_stops_when_the_budget_is_spent():
    asked: Counter[frozenset[int]] = Counter()

    def oracle(applied):
        asked[applied] += 1
        return 3 in applied

    found = blame(Judge(oracle, budget=12), range(12))
    assert asked.total() == found.calls == 12
    assert not found.settled
