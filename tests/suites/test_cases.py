"""Cases made complete: defaults, products, turns, equality."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.documents import canonical_json
from promptgate.errors import SuiteError
from promptgate.suites import Quarantine, Suite, load_suite


def test_case_lies_over_defaults_when_both_say_something(cases):
    first, second = cases(
        "defaults: {vars: {a: 1, b: 1}, expect: [complete], critical: true, tags: [z]}\n"
        "cases:\n"
        "  - {id: x, vars: {b: 2}, expect: [refusal], critical: false, tags: [a, z]}\n"
        "  - {id: y}\n"
    )
    assert first.vars == {"a": 1, "b": 2}
    assert [entry.scorer for entry in first.expect] == ["complete", "refusal"]
    assert (first.critical, first.tags) == (False, ("a", "z"))
    assert second.vars == {"a": 1, "b": 1}
    assert (second.critical, second.tags) == (True, ("z",))


def test_case_is_its_own_cluster_when_it_names_none(cases):
    first, second = cases("cases: [{id: x, expect: [a]}, {id: y, cluster: k, expect: [a]}]")
    assert (first.cluster, second.cluster) == ("x", "k")


def test_case_knows_its_line_when_it_is_written_in_block_style(cases):
    case = cases("cases:\n  # about x\n  - id: x\n    expect:\n      - a\n      - b: 1\n")[0]
    assert (case.file, case.line) == ("suites/s.yaml", 5)
    assert [entry.line for entry in case.expect] == [7, 8]


def test_values_stay_what_they_are_when_yaml_1_1_would_change_them(cases):
    """`no` is a word, 012 a number without an octal past, 12:30 a time of day in text."""
    (case,) = cases("cases: [{id: x, vars: {a: no, b: 012, c: 12:30, d: [1, 2]}, expect: [e]}]")
    assert case.vars == {"a": "no", "b": 12, "c": "12:30", "d": [1, 2]}


def test_cases_are_equal_when_only_their_place_differs(cases):
    """The gate lists edited cases; moving one down a line is no edit."""
    text = "cases: [{id: x, messages: [{role: user, content: q}], expect: [a]}]"
    assert cases(text) == cases(f"\n# moved\n{text}")
    assert cases(text) != cases(text.replace("[a]", "[b]"))
    assert cases(text) != cases(text.replace("content: q", "content: r"))


def test_quarantine_ends_when_its_last_day_has_passed(cases):
    (case,) = cases(
        "cases:\n  - {id: x, expect: [a], quarantine: {owner: o, until: 2026-12-31, reason: r}}"
    )
    assert case.quarantine == Quarantine("o", date(2026, 12, 31), "r")
    assert case.quarantine.active(date(2026, 12, 31))
    assert not case.quarantine.active(date(2027, 1, 1))


def test_matrix_makes_a_case_for_each_combination(cases):
    made = cases(
        "defaults: {vars: {unit: K, tone: warm}}\n"
        "cases:\n"
        "  - id: now\n"
        "    vars: {days: [1, 2]}\n"
        "    matrix: {city: [Paris, New York], unit: [C, 1.5]}\n"
        "    expect: [{contains: '{{ city }}'}]\n"
    )
    assert [case.id for case in made] == [
        "now.Paris.C",
        "now.Paris.1.5",
        "now.New-York.C",
        "now.New-York.1.5",
    ]
    assert {case.cluster for case in made} == {"now"}
    assert made[3].vars == {"days": [1, 2], "unit": 1.5, "tone": "warm", "city": "New York"}
    assert made[3].expect[0].argument == "New York"


def test_matrix_names_a_case_by_its_value_when_the_list_grows(cases):
    """A new value must not rename the others: their history would be lost."""
    text = "cases: [{{id: x, matrix: {{q: [{}]}}, expect: [a]}}]"
    one = {case.id for case in cases(text.format("'¿qué?', '???', {a: 1}"))}
    more = {case.id for case in cases(text.format("new, '¿qué?', '???', {a: 1}"))}
    assert len(one) == 3
    assert one < more


def test_matrix_is_refused_when_it_explodes(cases):
    numbers = list(range(50))
    with pytest.raises(SuiteError, match=r"s.yaml:3: case 'x': the matrix makes 2500 cases"):
        cases(f"cases: [{{id: x, matrix: {{a: {numbers}, b: {numbers}}}, expect: [c]}}]")


def test_case_has_one_turn_without_messages_when_the_prompt_asks(cases):
    (case,) = cases("cases: [{id: x, expect: [a]}]")
    assert [turn.messages for turn in case.turns] == [()]
    assert case.messages is None


def test_case_has_one_turn_when_the_conversation_is_written(cases):
    (case,) = cases(
        "cases:\n"
        "  - id: x\n"
        "    messages:\n"
        "      - {role: user, content: one}\n"
        "      - {role: assistant, content: two}\n"
        "      - {role: user, content: [{type: text, text: three}]}\n"
        "    expect: [a]\n"
    )
    (turn,) = case.turns
    assert case.messages == (
        {"role": "user", "content": "one"},
        {"role": "assistant", "content": "two"},
        {"role": "user", "content": [{"type": "text", "text": "three"}]},
    )
    assert [entry.scorer for entry in turn.expect] == ["a"]


def test_case_has_a_turn_for_each_generated_answer(cases):
    """Each turn carries what is new since the answer before it."""
    (case,) = cases(
        "defaults: {expect: [complete]}\n"
        "cases:\n"
        "  - id: x\n"
        "    messages:\n"
        "      - {role: user, content: one}\n"
        "      - {role: assistant, expect: [first]}\n"
        "      - {role: user, content: two}\n"
        "      - {role: assistant}\n"
        "      - {role: user, content: three}\n"
        "    expect: [last]\n"
    )
    assert [[m["content"] for m in turn.messages] for turn in case.turns] == [
        ["one"],
        ["two"],
        ["three"],
    ]
    assert [[entry.scorer for entry in turn.expect] for turn in case.turns] == [
        ["first"],
        [],
        ["complete", "last"],
    ]
    assert case.messages == case.turns[0].messages
    assert case.expect == case.turns[-1].expect


def test_last_answer_carries_both_expectations_when_it_is_written_out(cases):
    """`{role: assistant}` at the end and its absence mean the same."""
    head = "cases:\n  - id: x\n    expect: [a]\n    messages:\n      - {role: user, content: q}\n"
    (implicit,) = cases(head)
    (explicit,) = cases(f"{head}      - {{role: assistant}}\n")
    (more,) = cases(f"{head}      - {{role: assistant, expect: [b]}}\n")
    assert implicit.turns == explicit.turns
    assert [entry.scorer for entry in more.expect] == ["a", "b"]


def test_case_is_good_when_a_weight_is_zero_but_not_all(cases):
    (case,) = cases("cases: [{id: x, expect: [{a: 1, weight: 0}, b]}]")
    assert [entry.weight for entry in case.expect] == [0.0, 1.0]


class OneFile:
    revision = "memory"

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self, path: str) -> bytes | None:
        return self.text.encode() if path == "s.yaml" else None

    def list(self, folder: str) -> list[str]:
        return ["s.yaml"]


def load_or_error(text: str) -> tuple[Suite | None, SuiteError | None]:
    try:
        return load_suite(OneFile(text), "s.yaml"), None
    except SuiteError as error:
        return None, error


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "x", "not", "weight", "complete", "{{ a }}", "user", "assistant"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "role", "content", "expect", "not", "weight", "contains", "x", ""]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
PLACES = ["suite", "prompt", "target", "repeats", "margin", "extends", "defaults", "cases"]
INNER = ["id", "cluster", "vars", "matrix", "messages", "expect", "critical", "tags", "quarantine"]


@given(st.sampled_from([*PLACES, *(f"cases.{key}" for key in INNER), "messages", "expect"]), JSON)
def test_suite_loads_or_is_refused_when_any_value_stands_anywhere(place, value):
    """A person's typing never ends in a traceback."""
    case = {"id": "a", "vars": {"a": 1}, "expect": ["complete"]}
    data = {"suite": "s", "prompt": "p", "cases": [case]}
    if place == "messages":
        case["messages"] = [{"role": "user", "content": "q"}, value]
    elif place == "expect":
        case["expect"] = ["complete", value]
    elif place.startswith("cases."):
        case[place.removeprefix("cases.")] = value
    else:
        data[place] = value
    suite, error = load_or_error(canonical_json(data).decode())
    if suite is None:
        assert error.file == "s.yaml"
        assert error.line is not None
        assert "\n" not in str(error)
    else:
        assert all(case.expect for case in suite.cases)


@given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=3, unique=True), max_size=3))
def test_matrix_has_as_many_cases_as_combinations_or_says_why_not(lists):
    matrix = {f"v{index}": values for index, values in enumerate(lists)}
    case = {"id": "a", "matrix": matrix, "expect": ["complete"]}
    text = canonical_json({"suite": "s", "prompt": "p", "cases": [case]}).decode()
    suite, error = load_or_error(text)
    if suite is None:
        assert "stands in line" in str(error) or "YAML" in str(error)
        return
    expected = 1
    for values in lists:
        expected *= len(values)
    assert len({case.id for case in suite.cases}) == expected
    assert [list(case.vars) for case in suite.cases] == [list(matrix)] * expected
