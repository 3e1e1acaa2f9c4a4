import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import ScorerError
from promptgate.scorers import Answer, build

ORDER = {
    "type": "object",
    "required": ["order"],
    "properties": {"order": {"type": "integer"}, "item": {"$ref": "#/$defs/item"}},
    "$defs": {"item": {"type": "string", "minLength": 2}},
}


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', "[]", " 3 \n", '"x"', "null", '{"a": {"b": [1, 2.5e3, true]}}', '{"ü": "注"}'],
)
def test_is_json_accepts_any_json_value(check, text):
    assert check("is-json", None, text).value == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "{'a': 1}",
        '{"a": 1,}',
        '{"a": 1} // done',
        'Here: {"a": 1}',
        '```json\n{"a": 1}\n```',
        "NaN",
        "[Infinity]",
        '{"a": 1',
        "yes",
        "[" * 200_000,
        "1" * 5_000,
    ],
    ids=lambda text: text[:20],
)
def test_is_json_rejects_what_a_strict_reader_rejects(check, text):
    score = check("is-json", None, text)
    assert score.value == 0.0
    assert score.reason.startswith("the answer is not JSON")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"order": 17}', 1.0),
        ('{"order": 17, "item": "router"}', 1.0),
        ('{"order": "17"}', 0.0),
        ('{"order": true}', 0.0),
        ('{"order": 17, "item": "r"}', 0.0),
        ("{}", 0.0),
        ("[]", 0.0),
        ("order 17", 0.0),
    ],
)
def test_json_schema_holds_the_answer_to_the_schema(check, text, value):
    assert check("json-schema", {"schema": ORDER}, text).value == value


def test_json_schema_says_what_is_wrong_and_where(check):
    score = check("json-schema", {"schema": ORDER}, '{"order": "17"}')
    assert score.reason == "the answer's JSON: '17' is not of type 'integer' at 'order'"


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"type": "objekt"}, "the schema is wrong at type"),
        ({"properties": {"a": {"minimum": "1"}}}, "the schema is wrong at properties/a/minimum"),
        ({"$ref": "https://example.com/order.json"}, "refers to 'https://example.com/order.json'"),
        ({"items": {"$ref": "#/$defs/absent"}}, "refers to '#/$defs/absent'"),
        ({"$ref": "file:///etc/passwd"}, "refers to 'file:///etc/passwd'"),
    ],
)
def test_json_schema_is_refused_when_the_schema_is_wrong(schema, message):
    """A reference is never fetched: scoring reads no file and opens no socket."""
    with pytest.raises(ScorerError) as raised:
        build("json-schema", {"schema": schema})
    assert message in str(raised.value)


def test_json_schema_accepts_a_part_that_is_referred_to_by_its_id(check):
    schema = {"$ref": "item", "$defs": {"x": {"$id": "item", "type": "string"}}}
    assert check("json-schema", {"schema": schema}, '"x"').value == 1.0
    assert check("json-schema", {"schema": schema}, "1").value == 0.0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('The order is {"order": 17}.', '{"order": 17}'),
        ('Two: [{"order": 1}, {"order": 2}] ok', '[{"order": 1}, {"order": 2}]'),
        ('Names: ["a", "b"]', '["a", "b"]'),
        ("```json\n[1, 2]\n```", "[1, 2]\n"),
        ("{not json} but {}", "{}"),
        ('{"a": {"b": 1}}', '{"a": {"b": 1}}'),
    ],
)
def test_contains_json_finds_json_in_prose(check, text, found):
    start, end = check("contains-json", None, text).span
    assert text[start:end] == found


@pytest.mark.parametrize(
    "text", ["See [1] and [2, 3].", "- [ ] to do", "f(x) = {x}", "none", '{"a": 1', "[" * 50_000]
)
def test_contains_json_does_not_take_prose_for_json(check, text):
    assert check("contains-json", None, text).value == 0.0


def test_contains_json_looks_for_one_that_satisfies_the_schema(check):
    text = 'Not {"id": 1} but {"order": 17}.'
    score = check("contains-json", {"schema": ORDER}, text)
    assert (score.value, text[slice(*score.span)]) == (1.0, '{"order": 17}')
    none = check("contains-json", {"schema": ORDER}, 'Only {"id": 1}.')
    assert none.value == 0.0
    assert "does not satisfy" in none.reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"paid": true, "order": 17}', 1.0),
        ('{"order": 17.0, "paid": true}', 1.0),
        ('{"order": 17, "paid": 1}', 0.0),
        ('{"order": 17}', 0.0),
        ("order 17", 0.0),
    ],
)
def test_equals_json_compares_values_and_not_their_writing(check, text, value):
    assert check("equals-json", {"value": {"order": 17, "paid": True}}, text).value == value


@given(st.text(alphabet='{}[]",:1a \n`', max_size=200))
def test_contains_json_gives_a_score_for_any_text(text):
    assert build("contains-json")(None, Answer(text)).value in (0.0, 1.0)


def test_is_json_leaves_the_recursion_limit_alone(check):
    before = sys.getrecursionlimit()
    check("is-json", None, "[" * 200_000)
    assert sys.getrecursionlimit() == before
