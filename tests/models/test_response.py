import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.models.response import STOP_REASONS, ToolCall, UnusableAnswer, parse_response
from tests.support.messages import message, stream


def test_stop_reasons_are_those_of_the_sdk():
    from typing import get_args

    from anthropic.types import StopReason

    assert set(STOP_REASONS) == set(get_args(StopReason))


def test_parser_selects_blocks_by_type_when_thinking_comes_first():
    body = message(
        content=[
            {"type": "thinking", "thinking": "Hm.", "signature": "s"},
            {"type": "text", "text": "Hello"},
            {"type": "text", "text": " there"},
        ]
    )
    response = parse_response(body)
    assert (response.text, response.thinking) == ("Hello there", "Hm.")


def test_parser_reads_tools_usage_and_served_model():
    body = message(
        content=[{"type": "tool_use", "id": "t1", "name": "find", "input": {"q": "x"}}],
        stop_reason="tool_use",
        model="claude-haiku-5-5",
        usage={
            "input_tokens": 3,
            "output_tokens": 5,
            "cache_read_input_tokens": 7,
            "cache_creation_input_tokens": 11,
            "cache_creation": {"ephemeral_1h_input_tokens": 11, "ephemeral_5m_input_tokens": 0},
        },
    )
    response = parse_response(body)
    assert response.tool_calls == (ToolCall("find", {"q": "x"}, "t1"),)
    assert response.text == ""
    assert response.model == "claude-haiku-5-5"
    assert response.usage.total_input_tokens == 21
    assert response.usage.cache_creation_1h_input_tokens == 11


def test_parser_keeps_the_category_of_a_refusal():
    details = {"type": "refusal", "category": "cyber", "explanation": None}
    response = parse_response(message(stop_reason="refusal", stop_details=details))
    assert (response.stop_reason, response.stop_category) == ("refusal", "cyber")


@pytest.mark.parametrize("reason", STOP_REASONS)
def test_parser_keeps_every_stop_reason_streamed_or_not(reason):
    assert parse_response(message(stop_reason=reason)).stop_reason == reason
    assert parse_response(stream(message(stop_reason=reason))).stop_reason == reason


@pytest.mark.parametrize(
    ("body", "state", "told"),
    [
        ("", "empty", "is empty"),
        (b"\xff", "malformed", "not UTF-8"),
        ("<!doctype html><p>Sign in</p>", "html", "web page.*Sign in.*base_url"),
        ("{", "malformed", "not JSON"),
        ("[1]", "malformed", "not JSON|not an object"),
        ('{"type": "completion"}', "malformed", "'completion'"),
        (message(content="Hello"), "malformed", "list of blocks"),
        (message(stop_reason=None), "cut", "not complete"),
        (message(usage=None), "malformed", "no usage"),
        (message(usage={"input_tokens": "many"}), "malformed", "'many'"),
        (message(content=[{"type": "text", "text": None}]), "malformed", "'text'"),
        (
            '{"type":"error","error":{"type":"overloaded_error","message":"Busy"}}',
            "overloaded_error",
            "overloaded_error: Busy",
        ),
        (
            'event: error\ndata: {"type":"error","error":{"type":"api_error","message":"Oh"}}\n\n',
            "api_error",
            "api_error: Oh",
        ),
    ],
)
def test_parser_names_the_state_when_the_body_is_no_answer(body, state, told):
    with pytest.raises(UnusableAnswer, match=told) as caught:
        parse_response(body)
    assert caught.value.state == state


def test_parser_reports_a_cut_stream_wherever_it_ends():
    """The SDK makes a Message out of a stream that ended early, without an error."""
    body = stream(message(content=[{"type": "text", "text": "Hello"}]))
    last = body.index("event: message_stop")
    for end in (*range(1, last, 7), last, len(body) - 1):
        with pytest.raises(UnusableAnswer) as caught:
            parse_response(body[:end])
        assert caught.value.state in ("cut", "malformed")


def test_parser_raises_the_error_that_comes_in_the_middle_of_a_stream():
    body = stream(message(content=[{"type": "text", "text": "Hello"}]))
    error = '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'
    cut = body[: body.index("event: content_block_stop")] + f"event: error\ndata: {error}\n\n"
    with pytest.raises(UnusableAnswer, match="overloaded_error"):
        parse_response(cut)


BLOCKS = st.one_of(
    st.text().map(lambda text: {"type": "text", "text": text}),
    st.text().map(lambda text: {"type": "thinking", "thinking": text, "signature": "s"}),
    st.dictionaries(st.text(), st.text(), min_size=1).map(
        lambda data: {"type": "tool_use", "id": "t", "name": "f", "input": data}
    ),
)


@given(st.lists(BLOCKS, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_parser_reads_the_same_answer_streamed_or_not(blocks, newline):
    whole = message(content=blocks)
    assert parse_response(stream(whole).replace("\n", newline)) == parse_response(whole)


def test_parser_passes_over_events_that_it_does_not_know():
    """The API's versioning promises that new kinds of events may come."""
    body = stream(message(content=[{"type": "text", "text": "Hello"}]))
    news = 'event: news\ndata: {"type":"news"}\n\nevent: ping\ndata: {"type": "ping"}\n\n: hi\n\n'
    place = body.index("event: content_block_stop")
    assert parse_response(body[:place] + news + body[place:]).text == "Hello"


def test_parser_agrees_with_the_sdk_about_a_message():
    from anthropic.types import Message

    body = message(content=[{"type": "text", "text": "a"}], stop_reason="max_tokens")
    theirs = Message.model_validate(json.loads(body))
    ours = parse_response(body)
    assert (ours.model, ours.stop_reason) == (theirs.model, theirs.stop_reason)
    assert ours.usage.output_tokens == theirs.usage.output_tokens
