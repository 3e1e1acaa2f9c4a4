import math
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgate.errors import InputError
from promptgate.models.request import (
    API_VERSION,
    Request,
    cache_system_prompt,
    scrub,
)

BODY = {
    "model": "claude-sonnet-5-5",
    "max_tokens": 64,
    "system": "Be brief.",
    "messages": [{"role": "user", "content": "Hi"}],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(string.ascii_letters), inner),
    max_leaves=10,
)


def test_version_is_the_one_that_the_sdk_sends():
    """What is tested is what ships: the product sends the SDK's default."""
    from anthropic._constants import ANTHROPIC_API_VERSION

    assert API_VERSION == ANTHROPIC_API_VERSION


@given(st.dictionaries(st.text(string.ascii_letters), JSON))
def test_digest_ignores_order_of_keys(body):
    backwards = dict(reversed(body.items()))
    assert Request(body).digest == Request(backwards).digest


def test_digest_ignores_streaming_and_how_numbers_are_written():
    """`stream` decides how an answer travels, not what it says."""
    plain = Request({**BODY, "top_k": 1})
    assert plain.digest == Request({**BODY, "top_k": 1.0, "stream": True}).digest


@pytest.mark.parametrize(
    "other",
    [
        Request({**BODY, "max_tokens": 65}),
        Request({**BODY, "messages": [{"role": "user", "content": "Hi "}]}),
        Request(BODY, path="/v1/complete"),
        Request(BODY, query="beta=true"),
        Request(BODY, version="2023-06-01"),
        Request(BODY, beta=("mcp-client-2025-11-20",)),
    ],
)
def test_digest_changes_when_any_part_of_the_request_does(other):
    assert other.digest != Request(BODY).digest


def test_digest_ignores_order_of_betas_and_query():
    one = Request(BODY, query="a=1&b=2", beta=("x", "y"))
    assert one.digest == Request(BODY, query="b=2&a=1", beta=("y", "x", "y")).digest


def test_digest_is_the_same_with_and_without_the_secret():
    """Replay in CI has no token, and must find what was recorded with one."""
    with_token = {**BODY, "mcp_servers": [{"url": "https://m", "authorization_token": "t-1"}]}
    scrubbed = scrub(with_token)
    assert "t-1" not in str(scrubbed)
    assert Request(with_token).digest == Request(scrubbed).digest


def test_scrub_replaces_a_key_wherever_it_stands_in_a_text():
    body = {"metadata": {"user_id": "u sk-ant-api03-abcdefghijkl!"}, "tools": ["sk-ant-abcdefgh"]}
    assert scrub(body) == {"metadata": {"user_id": "u [redacted]!"}, "tools": ["[redacted]"]}


def test_scrub_keeps_a_schema_whose_property_is_named_like_a_secret():
    schema = {"properties": {"authorization_token": {"type": "string"}}}
    assert scrub(schema) == schema


@pytest.mark.parametrize("value", [math.nan, math.inf, {1, 2}, b"x"])
def test_digest_refuses_when_the_body_is_not_json(value):
    with pytest.raises(InputError, match=r"claude-sonnet-5-5 is not JSON .*use plain"):
        _ = Request({**BODY, "extra": value}).digest


def test_cache_system_prompt_marks_the_last_system_block():
    blocks = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    shaped = cache_system_prompt(Request({**BODY, "system": blocks}))
    assert [("cache_control" in block) for block in shaped.body["system"]] == [False, True]
    assert cache_system_prompt(Request(BODY)).body["system"] == [
        {"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}
    ]


def test_cache_system_prompt_leaves_a_request_that_has_its_own_marks():
    marked = [{"type": "text", "text": "a", "cache_control": {"type": "ephemeral", "ttl": "1h"}}]
    own = Request({**BODY, "system": marked})
    bare = Request({k: v for k, v in BODY.items() if k != "system"})
    assert cache_system_prompt(own) is own
    assert cache_system_prompt(bare) is bare
