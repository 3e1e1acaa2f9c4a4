"""The strict readers: what they accept, what they refuse, and the line that they name."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.documents import (
    StrictModel,
    canonical_json,
    load_json,
    load_toml,
    load_yaml,
    unknown_name,
    validate,
)
from promptgate.errors import InputError, SuiteError


class Inner(StrictModel):
    name: str = ""


class Outer(StrictModel):
    count: int = 1
    parts: tuple[Inner, ...] = ()


def test_yaml_keeps_words_and_times_when_yaml_1_1_would_convert_them():
    """`no` as a country or an answer must not become False."""
    data = load_yaml("a: no\nb: 12:30\nc: 012\nd: on\ne: 1_000\n", "f.yaml").data
    assert data == {"a": "no", "b": "12:30", "c": 12, "d": "on", "e": "1_000"}


def test_yaml_reads_plain_scalars_by_the_core_schema():
    data = load_yaml("[true, null, ~, -3, 1.5, 1e3, .5]", "f.yaml").data
    assert data == [True, None, None, -3, 1.5, 1000.0, 0.5]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2", r"f.yaml:2: the key 'a' stands twice"),
        ("a: !!python/object:os.system x", r"f.yaml:1: the YAML tag .* is not allowed"),
        ("a: !custom x", r"f.yaml:1: the YAML tag '!custom' is not allowed"),
        ("a: &x [1]\nb: *x", r"f.yaml:1: the YAML anchor or alias 'x' is not allowed"),
        ("a: [1", r"f.yaml:\d: this is not valid YAML"),
        ("? [1]\n: 2", r"f.yaml:1: a key must be plain text"),
        ("a: 1\n---\nb: 2", r"this is not valid YAML"),
    ],
)
def test_yaml_refuses_what_is_not_plain_data(text, message):
    with pytest.raises(InputError, match=message):
        load_yaml(text, "f.yaml")


def test_yaml_lines_start_where_the_text_stands_in_its_file():
    """Front matter begins on line 2 of a prompt file."""
    document = load_yaml("a:\n  b: [x, y]\n", "p.md", first_line=2)
    assert document.line(("a", "b", 1)) == 3
    assert document.line(("a", "missing")) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("count: x", r"f.yaml:1: 'count' must be a valid integer.* but got 'x'"),
        ("coun: 2", r"f.yaml:1: unknown key 'coun'; did you mean 'count'\?"),
        ("count: 1\nparts:\n  - name: a\n  - nam: b", r"f.yaml:4: unknown key 'nam'; did you"),
        ("[1]", r"f.yaml:1: the file must be a mapping of keys, but is a list"),
    ],
)
def test_validate_names_line_value_and_fix(text, message):
    with pytest.raises(SuiteError, match=message):
        validate(Outer, load_yaml(text, "f.yaml"), SuiteError)


def test_toml_lines_are_found_in_tables_and_dotted_keys():
    document = load_toml('[gate]\nmargin = 1\n[gate.suites.a]\nx.y = "z"\n', "p.toml")
    assert document.line(("gate", "margin")) == 2
    assert document.line(("gate", "suites", "a", "x", "y")) == 4


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', '{"a": NaN}', '{"a": ', "[" * 100_000])
def test_json_refuses_what_is_not_json(text):
    with pytest.raises(InputError):
        load_json(text, "f.json")


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(_JSON)
def test_canonical_json_gives_equal_bytes_for_equal_values(value):
    """A value that went through a file and back has the same digest."""
    assert canonical_json(json.loads(json.dumps(value))) == canonical_json(value)


def test_canonical_json_ignores_the_order_of_keys():
    assert canonical_json({"b": 1, "a": [1.0]}) == canonical_json({"a": [1], "b": 1.0})


def test_unknown_name_lists_all_when_none_is_near():
    assert unknown_name("scorer", "zzz", ["b", "a"]) == "unknown scorer 'zzz'; known: a, b."
