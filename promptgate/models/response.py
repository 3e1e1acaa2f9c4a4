"""Read the raw body of an answer: the one parser that live and replay share.

A body is a message as JSON, or the server-sent events of a streamed one; both
become the same Response. Whatever else comes with status 200 (a gateway's HTML,
an error event, a stream that ends early) is an UnusableAnswer that names its
state, and is never mistaken for an answer. This module knows nothing of where
the bytes come from.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from promptgate.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STOP_REASONS = (
    "end_turn",
    "max_tokens",
    "stop_sequence",
    "tool_use",
    "pause_turn",
    "refusal",
    "model_context_window_exceeded",
)
"""The stop reasons that the API documents; a test compares them with the SDK's."""


class UnusableAnswer(ModelError):
    """Status 200, and yet no answer.

    Attributes:
        state: 'empty', 'html', 'malformed', 'cut' (the stream ended early) or, for
            an error sent inside a stream or body, the API's own type of error,
            such as 'overloaded_error'.
    """

    def __init__(self, state: str, message: str) -> None:
        super().__init__(message)
        self.state = state


@dataclass(frozen=True)
class ToolCall:
    """A tool that the model wants called, with which input."""

    name: str
    input: Mapping[str, Any]
    id: str = ""


@dataclass(frozen=True)
class Usage:
    """Tokens of one exchange. The input as a whole is the sum of the three input counts."""

    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_input_tokens: int = 0
    cache_creation_input_tokens: int = 0
    cache_creation_1h_input_tokens: int = 0

    @property
    def total_input_tokens(self) -> int:
        """Tokens of the prompt: read from the cache, written to it, and neither."""
        return self.input_tokens + self.cached_input_tokens

    @property
    def cached_input_tokens(self) -> int:
        """Tokens of the prompt that were read from the cache or written to it."""
        return self.cache_read_input_tokens + self.cache_creation_input_tokens


@dataclass(frozen=True)
class Response:
    """A model's whole answer.

    Attributes:
        text: The text blocks joined; '' where the answer has none.
        stop_reason: Why it ended, one of STOP_REASONS (or one that is newer).
        stop_category: For stop reason 'refusal' the API's category, if it names one.
        stop_sequence: For 'stop_sequence' which one.
        blocks: All content blocks in order, as the API sent them.
        tool_calls: The tools that the model wants called.
        thinking: The thinking blocks joined, as far as the API shows them.
        usage: Tokens.
        model: The model that answered, which may not be the one that was asked.
        id: The API's id of the message.
    """

    text: str
    stop_reason: str
    stop_category: str | None = None
    stop_sequence: str | None = None
    blocks: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    tool_calls: tuple[ToolCall, ...] = ()
    thinking: str = field(default="", repr=False)
    usage: Usage = Usage()
    model: str = ""
    id: str = ""


def parse_response(body: bytes | str) -> Response:
    """Parse the raw body of a message: JSON, or the events of a stream.

    Raises:
        UnusableAnswer: It is not a complete message; says what it is instead.
    """
    return _read_message(message_of(body))


def message_of(body: bytes | str) -> Mapping[str, Any]:
    """Return the message in a raw body as the API's own JSON, streamed or not.

    Raises:
        UnusableAnswer: There is no complete message in it.
    """
    try:
        text = body.decode("utf-8") if isinstance(body, bytes) else body
    except UnicodeDecodeError as error:
        raise UnusableAnswer("malformed", f"the answer is not UTF-8 ({error.reason}).") from None
    text = text.lstrip("\ufeff \t\r\n")
    start = text[:200]
    if not start:
        raise UnusableAnswer("empty", "the answer is empty.")
    if start.startswith("<"):
        raise UnusableAnswer(
            "html", f"the answer is a web page, not a message: {_short(start)}. Check base_url."
        )
    message = _assemble(text) if _is_stream(start) else _load(text)
    if message.get("type") == "error":
        raise _error_event(message)
    if message.get("type") != "message":
        raise _malformed(f"its type is {message.get('type')!r}, not 'message'")
    return message


def _is_stream(start: str) -> bool:
    return start.startswith(("event:", "data:", "id:", "retry:", ":"))


def _load(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise _malformed(f"it is not JSON: {_short(text)}") from None
    if not isinstance(value, dict):
        raise _malformed(f"it is JSON, but not an object: {_short(text)}")
    return value


def _read_message(message: Mapping[str, Any]) -> Response:
    blocks = message.get("content")
    if not isinstance(blocks, list) or not all(
        isinstance(block, dict) and isinstance(block.get("type"), str) for block in blocks
    ):
        raise _malformed("its content is not a list of blocks")
    stop_reason = message.get("stop_reason")
    if not isinstance(stop_reason, str):
        raise UnusableAnswer("cut", "the answer has no stop_reason, so it is not complete.")
    details = message.get("stop_details")
    return Response(
        text="".join(_text(b, "text") for b in blocks if b["type"] == "text"),
        stop_reason=stop_reason,
        stop_category=details.get("category") if isinstance(details, dict) else None,
        stop_sequence=message.get("stop_sequence"),
        blocks=tuple(blocks),
        tool_calls=tuple(_tool_call(b) for b in blocks if b["type"] == "tool_use"),
        thinking="".join(_text(b, "thinking") for b in blocks if b["type"] == "thinking"),
        usage=_usage(message.get("usage")),
        model=_text(message, "model"),
        id=_text(message, "id") if "id" in message else "",
    )


def _text(block: Mapping[str, Any], key: str) -> str:
    value = block.get(key)
    if not isinstance(value, str):
        raise _malformed(f"{key!r} is not a text")
    return value


def _tool_call(block: Mapping[str, Any]) -> ToolCall:
    arguments = block.get("input")
    if not isinstance(arguments, dict):
        raise _malformed("the input of a tool is not an object")
    return ToolCall(_text(block, "name"), arguments, str(block.get("id", "")))


def _usage(usage: Any) -> Usage:
    if not isinstance(usage, dict):
        raise _malformed("it has no usage")
    split = usage.get("cache_creation")
    return Usage(
        input_tokens=_count(usage, "input_tokens"),
        output_tokens=_count(usage, "output_tokens"),
        cache_read_input_tokens=_count(usage, "cache_read_input_tokens"),
        cache_creation_input_tokens=_count(usage, "cache_creation_input_tokens"),
        cache_creation_1h_input_tokens=(
            _count(split, "ephemeral_1h_input_tokens") if isinstance(split, dict) else 0
        ),
    )


def _count(usage: Mapping[str, Any], key: str) -> int:
    value = usage.get(key)
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _malformed(f"{key} is {value!r}, not a count")
    return value


def stream_events(text: str) -> Iterator[tuple[str, str]]:
    """Yield (event, data) of a server-sent event stream, as far as it goes.

    An event that the stream breaks off in the middle of, before its blank line, is
    not yielded, as the standard has it.
    """
    name = ""
    data: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:-1]:
        if not line:
            if data:
                yield name, "\n".join(data)
            name, data = "", []
        elif not line.startswith(":"):
            key, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if key == "event":
                name = value
            elif key == "data":
                data.append(value)


def _assemble(text: str) -> Mapping[str, Any]:
    """Fold the events of a stream into the message that it tells."""
    message: dict[str, Any] | None = None
    for _, data in stream_events(text):
        event = _load(data)
        kind = event.get("type")
        if kind == "error":
            raise _error_event(event)
        try:
            if kind == "message_start":
                message = {**event["message"], "content": []}
                message["usage"] = dict(message.get("usage") or {})
            elif message is not None:
                _apply(kind, event, message)
            if kind == "message_stop" and message is not None:
                return _finish(message)
        except (KeyError, IndexError, TypeError, AttributeError):
            raise _malformed(f"a {kind!r} event of its stream has a wrong shape") from None
    raise UnusableAnswer("cut", "the stream ended before the message was complete.")


def _apply(kind: Any, event: Mapping[str, Any], message: dict[str, Any]) -> None:
    """Apply one event. Unknown kinds are passed over, as the API's versioning asks."""
    content: list[dict[str, Any]] = message["content"]
    if kind == "content_block_start":
        if event["index"] != len(content):
            raise IndexError(event["index"])
        content.append(dict(event["content_block"]))
    elif kind == "content_block_delta":
        _apply_delta(content[event["index"]], event["delta"])
    elif kind == "message_delta":
        message.update(event["delta"])
        usage = event.get("usage") or {}
        message["usage"].update({k: v for k, v in usage.items() if v is not None})


def _apply_delta(block: dict[str, Any], delta: Mapping[str, Any]) -> None:
    kind = delta["type"]
    if kind == "text_delta":
        block["text"] = block.get("text", "") + delta["text"]
    elif kind == "input_json_delta":
        block["_json"] = block.get("_json", "") + delta["partial_json"]
    elif kind == "thinking_delta":
        block["thinking"] = block.get("thinking", "") + delta["thinking"]
    elif kind == "signature_delta":
        block["signature"] = delta["signature"]
    elif kind == "citations_delta":
        block["citations"] = [*(block.get("citations") or ()), delta["citation"]]


def _finish(message: dict[str, Any]) -> Mapping[str, Any]:
    """Parse the tool inputs, which came as pieces of JSON."""
    for block in message["content"]:
        pieces = block.pop("_json", "")
        if not pieces:
            continue
        try:
            block["input"] = json.loads(pieces)
        except ValueError:
            if message.get("stop_reason") != "max_tokens":
                raise _malformed(f"a tool's input is not JSON: {_short(pieces)}") from None
            block["input"] = {}
            block["input_cut"] = pieces
    return message


def _error_event(event: Mapping[str, Any]) -> UnusableAnswer:
    error = event.get("error")
    details = error if isinstance(error, dict) else {}
    state = str(details.get("type") or "api_error")
    told = _short(str(details.get("message") or ""))
    return UnusableAnswer(state, f"the API sent an error inside its answer: {state}: {told}.")


def _malformed(why: str) -> UnusableAnswer:
    return UnusableAnswer("malformed", f"the answer is not a message of the API: {why}.")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else line[:99] + "…"
