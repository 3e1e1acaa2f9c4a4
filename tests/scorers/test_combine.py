import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import ScorerError
from promptgate.scorers import Answer, Entry, Score, build, combine, negate

ANSWER = Answer("Open Orders, then Track.")


def constant(value, label=None):
    return lambda case, response: Score(value, "given", label)


def score(*entries):
    return combine(entries)(None, ANSWER)


def test_trial_score_is_the_weighted_mean():
    result = score(Entry("a", constant(1.0), weight=3), Entry("b", constant(0.0), weight=1))
    assert result.value == 0.75
    assert result.passed is False


def test_trial_passes_when_each_entry_reaches_its_threshold():
    entries = [Entry("a", constant(0.5), threshold=0.5), Entry("b", constant(1.0))]
    assert score(*entries).passed is True
    assert score(entries[0], Entry("b", constant(0.99))).passed is False


def test_weight_zero_adds_nothing_but_must_still_pass():
    """A weight is about the score; a pass needs every entry, whatever its weight."""
    result = score(Entry("a", constant(1.0)), Entry("b", constant(0.0), weight=0))
    assert (result.value, result.passed) == (1.0, False)


def test_part_takes_the_scorers_name_when_no_metric_is_given():
    result = score(Entry("contains", constant(1.0)), Entry("regex", constant(1.0), metric="tone"))
    assert [(part.metric, part.scorer) for part in result.parts] == [
        ("contains", "contains"),
        ("tone", "regex"),
    ]


@pytest.mark.parametrize("value", [math.nan, math.inf, -0.01, 1.01, -math.inf])
def test_trial_is_unscored_when_a_scorer_gives_no_score(value):
    result = score(Entry("a", constant(1.0)), Entry("odd", constant(value)))
    assert (result.value, result.passed) == (None, None)
    assert "'odd'" in result.parts[1].score.reason


def test_trial_is_unscored_when_a_scorer_raises():
    def broken(case, response):
        raise KeyError("answer")

    result = score(Entry("mine", broken), Entry("a", constant(0.0)))
    assert (result.value, result.passed) == (None, None)
    assert result.parts[0].score.reason == "scorer 'mine' raised KeyError: 'answer'"
    assert result.parts[1].passed is False


@pytest.mark.parametrize("returned", [None, True, "1.0", 1.0])
def test_trial_is_unscored_when_a_scorer_returns_something_else(returned):
    result = score(Entry("mine", lambda case, response: returned))
    assert (result.value, result.passed) == (None, None)


def test_interrupt_passes_through_a_scorer():
    def interrupted(case, response):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score(Entry("mine", interrupted))


def test_negation_turns_the_score_and_keeps_the_reason():
    check = build("contains", "Track")
    plain, turned = check(None, ANSWER), negate(check)(None, ANSWER)
    assert (turned.value, turned.reason, turned.span) == (0.0, plain.reason, plain.span)


def test_negation_leaves_unscored_unscored():
    result = score(Entry("not cost", negate(build("cost", 1.0))))
    assert (result.value, result.passed) == (None, None)


def test_negation_does_not_make_a_number_of_nan():
    assert score(Entry("not odd", negate(constant(math.nan)))).value is None


@given(st.floats(0, 1))
def test_negation_twice_is_the_same_score(value):
    twice = negate(negate(constant(value)))(None, ANSWER).value
    assert twice == pytest.approx(value, abs=1e-15)


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 1e6, allow_subnormal=False), st.floats(0, 1)),
        min_size=1,
        max_size=8,
    ).filter(lambda entries: any(weight for _, weight, _ in entries))
)
def test_trial_score_lies_between_its_parts(entries):
    made = [
        Entry(f"s{i}", constant(v), weight=w, threshold=t) for i, (v, w, t) in enumerate(entries)
    ]
    result = score(*made)
    weighed = [v for v, w, _ in entries if w > 0]
    assert min(weighed) - 1e-9 <= result.value <= max(weighed) + 1e-9
    assert result.passed == all(v >= t for v, _, t in entries)


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([], "without 'expect'"),
        ([Entry("a", constant(1.0), weight=-1)], "'weight' of 'a'"),
        ([Entry("a", constant(1.0), weight=math.nan)], "'weight' of 'a'"),
        ([Entry("a", constant(1.0), weight=math.inf)], "'weight' of 'a'"),
        ([Entry("a", constant(1.0), threshold=1.5)], "'threshold' of 'a'"),
        ([Entry("a", constant(1.0), threshold=math.nan)], "'threshold' of 'a'"),
        ([Entry("a", constant(1.0), weight=0)], "weight 0"),
    ],
)
def test_combine_refuses_entries_that_give_no_score(entries, message):
    with pytest.raises(ScorerError, match=message):
        combine(entries)
