"""The forms of an entry, and variables inside arguments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.suites import Expectation
from promptgate.suites.values import fill, has_holes


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("refusal", Expectation("refusal")),
        ("{refusal: }", Expectation("refusal")),
        ("{contains: x}", Expectation("contains", "x")),
        ("{contains-any: [x, y]}", Expectation("contains-any", ["x", "y"])),
        ("{word-count: {max: 40}}", Expectation("word-count", {"max": 40})),
        ("{not: refusal}", Expectation("refusal", negate=True)),
        ("{not: {contains: x}}", Expectation("contains", "x", negate=True)),
        (
            "{not: {contains: x}, weight: 2, threshold: 0.5, metric: calm}",
            Expectation("contains", "x", True, 2.0, 0.5, "calm"),
        ),
        ("{judge: {weight: 3}, weight: 0}", Expectation("judge", {"weight": 3}, weight=0.0)),
        ("{contains: x, threshold: 0}", Expectation("contains", "x", threshold=0.0)),
    ],
)
def test_entry_is_read_when_it_has_one_of_the_forms(cases, entry, expected):
    (case,) = cases(f"cases: [{{id: x, expect: [{entry}, complete]}}]")
    assert case.expect[0] == expected


def test_argument_takes_the_variable_when_it_mentions_one(cases):
    first, second = cases(
        "defaults:\n"
        "  expect:\n"
        "    - contains-any: ['{{ answer }}', '({{answer}})', '{{ 3 }}', '{{}}']\n"
        "    - {word-count: {max: '{{ most }}'}}\n"
        "cases:\n"
        "  - {id: x, vars: {answer: '80', most: 5}}\n"
        "  - {id: y, vars: {answer: 8080, most: 6}}\n"
    )
    assert first.expect[0].argument == ["80", "(80)", "{{ 3 }}", "{{}}"]
    assert first.expect[1].argument == {"max": 5}
    assert second.expect[0].argument == [8080, "(8080)", "{{ 3 }}", "{{}}"]
    assert second.expect[1].argument == {"max": 6}


def test_argument_takes_the_variable_in_every_turn(cases):
    (case,) = cases(
        "cases:\n"
        "  - id: x\n"
        "    vars: {name: Ann}\n"
        "    messages: [{role: user, content: q}, {role: assistant, expect: [{contains: "
        "'{{ name }}'}]}, {role: user, content: r}]\n"
        "    expect: [complete]\n"
    )
    assert case.turns[0].expect[0].argument == "Ann"


def test_variable_stays_what_it_is_when_it_looks_like_a_mention(cases):
    """Values come from users' data: filling once and not again keeps them data."""
    (case,) = cases("cases: [{id: x, vars: {a: '{{ b }}'}, expect: [{contains: '<{{ a }}>'}]}]")
    assert case.expect[0].argument == "<{{ b }}>"


ARGUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(ARGUMENTS)
def test_argument_is_unchanged_when_it_mentions_nothing(argument):
    if not has_holes(argument):
        assert fill(argument, {}) == argument


@given(ARGUMENTS, st.text())
def test_variable_becomes_the_whole_argument_when_nothing_stands_beside_it(value, beside):
    assert fill("{{ v }}", {"v": value}) == value
    if isinstance(value, str) and "{{" not in beside and beside.strip():
        assert fill(f"{beside}{{{{v}}}}", {"v": value}) == beside + value
