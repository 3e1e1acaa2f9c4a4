import pytest

from promptgate.errors import ScorerError
from promptgate.scorers import Call, build

SEARCH = Call("search", {"city": "Paris", "days": 3, "filter": {"stars": [4, 5]}})
BOOK = Call("book", {})


@pytest.mark.parametrize(
    ("argument", "reason", "value"),
    [
        ("end_turn", "end_turn", 1.0),
        ("end_turn", "max_tokens", 0.0),
        (["end_turn", "stop_sequence"], "stop_sequence", 1.0),
        ({"reasons": "refusal"}, "refusal", 1.0),
        ("tool_use", "end_turn", 0.0),
    ],
)
def test_stop_reason_compares_with_what_the_api_said(check, argument, reason, value):
    assert check("stop-reason", argument, "It is.", stop_reason=reason).value == value


def test_stop_reason_accepts_a_refusal_without_text(check):
    assert check("stop-reason", "refusal", "", stop_reason="refusal").value == 1.0


def test_stop_reason_is_unscored_when_the_answer_has_none(check):
    """An application that returns text has no stop reason; that is no failure of its own."""
    assert check("stop-reason", "end_turn", "It is.").value is None


def test_stop_reason_suggests_the_apis_word_when_it_is_unknown():
    with pytest.raises(ScorerError, match="unknown stop reason 'max_token'; did you mean 'max_tok"):
        build("stop-reason", ["end_turn", "max_token"])
    with pytest.raises(ScorerError, match="is empty"):
        build("stop-reason", [])


@pytest.mark.parametrize(
    ("name", "limit", "field", "value"),
    [
        ("cost", 0.002, {"cost_usd": 0.002}, 1.0),
        ("cost", 0.002, {"cost_usd": 0.0021}, 0.0),
        ("cost", 1, {"cost_usd": 0.0}, 1.0),
        ("cost", 0.002, {}, None),
        ("latency", 2000, {"latency_ms": 2000.0}, 1.0),
        ("latency", 2000, {"latency_ms": 2000.5}, 0.0),
        ("latency", 2000, {}, None),
    ],
)
def test_limit_includes_itself_and_unknown_is_unscored(check, name, limit, field, value):
    """A price that is unknown is never 0."""
    assert check(name, limit, "It is.", **field).value == value


@pytest.mark.parametrize("name", ["cost", "latency"])
@pytest.mark.parametrize("limit", [0, -1, 0.0])
def test_limit_is_refused_when_nothing_could_pass(name, limit):
    with pytest.raises(ScorerError, match="above 0"):
        build(name, limit)


@pytest.mark.parametrize(
    ("argument", "calls", "value"),
    [
        (None, [BOOK], 1.0),
        (None, [], 0.0),
        ("search", [BOOK, SEARCH], 1.0),
        ("search", [BOOK], 0.0),
        ({"name": "search", "arguments": {"city": "Paris"}}, [SEARCH], 1.0),
        ({"name": "search", "arguments": {"days": 3.0}}, [SEARCH], 1.0),
        ({"name": "search", "arguments": {"filter": {"stars": [4, 5]}}}, [SEARCH], 1.0),
        ({"name": "search", "arguments": {"filter": {"stars": [5, 4]}}}, [SEARCH], 0.0),
        ({"name": "search", "arguments": {"city": "Rome"}}, [SEARCH], 0.0),
        ({"name": "search", "arguments": {"country": "France"}}, [SEARCH], 0.0),
        ({"arguments": {"city": "Paris"}}, [BOOK, SEARCH], 1.0),
        ({"name": "search", "arguments": {"city": None}}, [Call("search", {})], 0.0),
    ],
)
def test_tool_called_compares_name_and_arguments(check, argument, calls, value):
    assert check("tool-called", argument, "Let me look.", tool_calls=calls).value == value


def test_tool_called_does_not_take_true_for_one(check):
    call = Call("set", {"on": True})
    argument = {"name": "set", "arguments": {"on": 1}}
    assert check("tool-called", argument, "", tool_calls=[call]).value == 0.0


def test_tool_called_says_what_was_called_instead(check):
    reason = check("tool-called", "search", "", tool_calls=[BOOK]).reason
    assert reason == "the answer calls 'book', not 'search'"
    argument = {"name": "search", "arguments": {"city": "Rome"}}
    reason = check("tool-called", argument, "", tool_calls=[SEARCH]).reason
    assert '"city":"Paris"' in reason
    assert 'not with {"city":"Rome"}' in reason


@pytest.mark.parametrize(
    ("tools", "called", "value"),
    [
        (["search", "book"], [SEARCH, BOOK], 1.0),
        (["search", "book"], [SEARCH], 2 / 3),
        (["search"], [SEARCH, BOOK], 2 / 3),
        (["search"], [SEARCH, SEARCH], 1.0),
        (["cancel"], [SEARCH], 0.0),
        (["search"], [], 0.0),
    ],
)
def test_tool_call_f1_is_the_harmonic_mean_over_names(check, tools, called, value):
    assert check("tool-call-f1", tools, "ok", tool_calls=called).value == pytest.approx(value)


def test_tool_call_f1_is_refused_without_tools():
    with pytest.raises(ScorerError, match="not: tool-called"):
        build("tool-call-f1", [])
