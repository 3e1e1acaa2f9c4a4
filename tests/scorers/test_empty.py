"""No scorer takes an answer without content for a good one."""

import pytest

from promptgate.scorers import Answer, Call, Score, build, missing_text, negate

POSITIVE = [
    ("contains", "x"),
    ("icontains", "x"),
    ("contains-any", ["x"]),
    ("contains-all", ["x"]),
    ("icontains-any", ["x"]),
    ("icontains-all", ["x"]),
    ("starts-with", "x"),
    ("equals", "x"),
    ("regex", ".*"),
    ("regex", "^$"),
    ("word-count", {"max": 10}),
    ("word-count", 0 + 1),
    ("complete", None),
    ("levenshtein", {"reference": "ab", "max": 1}),
    ("edit-similarity", "x"),
    ("is-json", None),
    ("json-schema", {"schema": {}}),
    ("contains-json", None),
    ("equals-json", {"value": None}),
    ("is-xml", None),
    ("contains-xml", None),
    ("is-html", None),
    ("contains-html", None),
    ("stop-reason", "end_turn"),
    ("cost", 1.0),
    ("latency", 1000),
    ("tool-called", None),
    ("tool-call-f1", ["search"]),
]
BLANK = ["", " ", "\n\t ", "\u200b", "\ufeff\u2060", "\u00a0\u3000", "\x00"]


def answer(text: str) -> Answer:
    return Answer(text, stop_reason="end_turn", latency_ms=1.0, cost_usd=0.0)


@pytest.mark.parametrize("text", BLANK, ids=ascii)
@pytest.mark.parametrize(("name", "argument"), POSITIVE)
def test_check_scores_zero_when_the_answer_is_empty(case, name, argument, text):
    assert build(name, argument)(case, answer(text)).value == 0.0


@pytest.mark.parametrize(("name", "argument"), POSITIVE)
def test_negated_check_scores_zero_when_the_answer_is_empty(case, name, argument):
    """A target that returns nothing must not pass a suite of 'must not contain'."""
    assert negate(build(name, argument))(case, answer("")).value == 0.0


@pytest.mark.parametrize("argument", ["x", {"text": "x", "ignore_case": True}])
def test_negated_check_holds_when_only_tools_are_called(case, argument):
    """A tool call without words is an answer, and it does not contain the text."""
    called = Answer("", tool_calls=(Call("search", {}),))
    assert build("contains", argument)(case, called).value == 0.0
    assert negate(build("contains", argument))(case, called).value == 1.0


def test_negated_check_holds_when_the_api_refused_without_text(case):
    """'Must not give the steps' is satisfied by a refusal that the API itself makes."""
    refused = Answer("", stop_reason="refusal", stop_category="cyber")
    assert negate(build("icontains", "step 1"))(case, refused).value == 1.0
    assert build("regex", ".*")(case, refused).value == 0.0


@pytest.mark.parametrize("text", ["x", " . ", "👍", "注", "\u200bx"], ids=ascii)
def test_missing_text_is_none_when_there_is_something_to_see(text):
    assert missing_text(Answer(text)) is None


def test_missing_text_tells_the_three_ways_apart():
    assert missing_text(Answer("")) == Score(0.0, "the answer is empty", "empty")
    assert "tool calls" in missing_text(Answer("", tool_calls=(Call("a", {}),))).reason
    assert "refused" in missing_text(Answer("", stop_reason="refusal")).reason
