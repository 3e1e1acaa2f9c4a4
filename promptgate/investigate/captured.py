"""Read what production captured: an API request, an OpenTelemetry span, or plain text.

Only reading: what the input means for a prompt is for subject.py. The file is a
customer's words and somebody else's JSON, so everything is checked and named by place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from promptgate.documents import describe
from promptgate.errors import InputError
from promptgate.files import read_text

if TYPE_CHECKING:
    from pathlib import Path

_ROLES = ("user", "assistant")
_ENVELOPE = {"request", "response", "error", "prompt", "vars"}


@dataclass(frozen=True)
class Failure:
    """How the product's call ended, where it brought no answer."""

    kind: str
    message: str = ""


@dataclass(frozen=True)
class Captured:
    """One call of production.

    Attributes:
        file: Where it was read.
        source: 'API request', 'OpenTelemetry span' or 'text'.
        text: What the customer wrote; None for a request.
        request: The API's body; None for plain text.
        response: The recorded answer as the API's JSON; None where it was not captured.
        answer: The text of the answer, where only that was captured.
        stop_reason: Why the answer ended, where that was captured.
        failure: The exception that the product met instead of an answer.
        prompt: The prompt's name, where the capture tells it.
        vars: The prompt's variables, where the capture tells them.
    """

    file: str
    source: str
    text: str | None = None
    request: Mapping[str, Any] | None = None
    response: Mapping[str, Any] | None = None
    answer: str | None = None
    stop_reason: str | None = None
    failure: Failure | None = None
    prompt: str | None = None
    vars: Mapping[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> str | None:
        """The model that was asked."""
        return None if self.request is None else self.request.get("model")


def read_captured(path: Path) -> Captured:
    """Read a captured input; what it is, is told by its content.

    Raises:
        InputError: It cannot be read, is empty, or is JSON of another kind.
    """
    file = str(path)
    text = read_text(path, file)
    if not text.strip():
        raise InputError("the captured input is empty; give the request that failed.", file=file)
    if not text.lstrip().startswith(("{", "[")):
        return Captured(file, "text", text=text.strip("\n"))
    try:
        data = json.loads(text)
    except ValueError as error:
        if path.suffix != ".json":
            return Captured(file, "text", text=text.strip("\n"))
        raise InputError(f"this is not valid JSON ({error}).", file=file) from None
    span = _find_span(data)
    if span is not None:
        return _of_span(span, file)
    if not isinstance(data, Mapping):
        raise InputError(
            f"a captured request is an object with 'messages', but this is {describe(data)}.",
            file=file,
        )
    return _of_request(data, file)


def _of_request(data: Mapping[str, Any], file: str) -> Captured:
    """Read the API's request, alone or with what became of it around it."""
    whole: Mapping[str, Any] = data if "request" in data else {"request": data}
    if "request" in data and (unknown := sorted(set(data) - _ENVELOPE)):
        raise InputError(
            f"unknown key {unknown[0]!r} beside 'request'; known: {', '.join(sorted(_ENVELOPE))}.",
            file=file,
        )
    request, response, error = whole["request"], whole.get("response"), whole.get("error")
    if not isinstance(request, Mapping) or not isinstance(request.get("messages"), list):
        raise InputError(
            "the request has no list 'messages'; give the body that was sent to /v1/messages.",
            file=file,
        )
    _check_messages(request["messages"], file)
    if response is not None and not isinstance(response, Mapping):
        raise InputError(
            f"'response' must be the API's JSON, but is {describe(response)}.", file=file
        )
    prompt = whole.get("prompt")
    if prompt is not None and not isinstance(prompt, str):
        raise InputError(f"'prompt' must be a name, but is {describe(prompt)}.", file=file)
    variables = whole.get("vars", {})
    if not isinstance(variables, Mapping):
        raise InputError(f"'vars' must be an object, but is {describe(variables)}.", file=file)
    return Captured(
        file,
        "API request",
        request=request,
        response=response,
        failure=_failure(error, file),
        prompt=prompt,
        vars=variables,
    )


def _check_messages(messages: list[Any], file: str) -> None:
    if not messages:
        raise InputError("'messages' is empty; there is nothing to ask.", file=file)
    for number, message in enumerate(messages, start=1):
        role = message.get("role") if isinstance(message, Mapping) else None
        if role not in _ROLES:
            raise InputError(
                f"message {number} has the role {role!r}, which the API does not know; "
                "messages are of 'user' or 'assistant', and instructions stand under 'system'.",
                file=file,
            )
        if not isinstance(message.get("content"), str | list):
            raise InputError(
                f"message {number} has no content; it must be text or a list of blocks.", file=file
            )


def _failure(error: Any, file: str) -> Failure | None:
    if error is None:
        return None
    if isinstance(error, str):
        kind, _, message = error.partition(":")
        return Failure(kind.strip(), message.strip())
    if isinstance(error, Mapping):
        kind = error.get("type") or error.get("class") or error.get("status") or "error"
        return Failure(str(kind), str(error.get("message") or ""))
    raise InputError(f"'error' must be text or an object, but is {describe(error)}.", file=file)


def _find_span(data: Any) -> Mapping[str, Any] | None:
    """Return the first span with GenAI attributes in an export, or None where there is none."""
    if isinstance(data, list):
        return next((found for one in data if (found := _find_span(one))), None)
    if not isinstance(data, Mapping):
        return None
    if "attributes" in data and any(k.startswith("gen_ai.") for k in _attributes(data)):
        return data
    for key in ("resourceSpans", "scopeSpans", "spans"):
        if isinstance(data.get(key), list):
            return _find_span(data[key])
    return None


def _attributes(span: Mapping[str, Any]) -> dict[str, Any]:
    """Return a span's attributes, which exporters write as a mapping or as a list of pairs."""
    held = span.get("attributes")
    if isinstance(held, Mapping):
        return dict(held)
    pairs = held if isinstance(held, list) else []
    return {
        pair["key"]: _value(pair.get("value"))
        for pair in pairs
        if isinstance(pair, Mapping) and isinstance(pair.get("key"), str)
    }


def _value(value: Any) -> Any:
    """Unwrap OTLP's {"stringValue": …} and its like."""
    if isinstance(value, Mapping) and len(value) == 1:
        ((kind, inner),) = value.items()
        if kind == "arrayValue" and isinstance(inner, Mapping):
            return [_value(one) for one in inner.get("values", [])]
        return int(inner) if kind == "intValue" else inner
    return value


def _of_span(span: Mapping[str, Any], file: str) -> Captured:
    """Read a span by the GenAI conventions: messages as attributes, of parts."""
    held = _attributes(span)
    messages = [_flat(message, file) for message in _json(held.get("gen_ai.input.messages"))]
    system = [m["content"] for m in messages if m["role"] == "system"]
    system += [_text(part) for part in _json(held.get("gen_ai.system_instructions"))]
    messages = [m for m in messages if m["role"] != "system"]
    if not messages:
        raise InputError(
            "the span holds no 'gen_ai.input.messages'; have the instrumentation record the "
            "content of messages, or give the request itself.",
            file=file,
        )
    _check_messages(messages, file)
    request: dict[str, Any] = {"messages": messages}
    for key, name in (
        ("gen_ai.request.model", "model"),
        ("gen_ai.request.max_tokens", "max_tokens"),
    ):
        if held.get(key) is not None:
            request[name] = held[key]
    if system:
        request["system"] = "\n\n".join(system)
    output = [_flat(message, file) for message in _json(held.get("gen_ai.output.messages"))]
    reasons = held.get("gen_ai.response.finish_reasons") or []
    error = held.get("error.type")
    return Captured(
        file,
        "OpenTelemetry span",
        request=request,
        answer=output[-1]["content"] if output else None,
        stop_reason=str(reasons[0]) if isinstance(reasons, list) and reasons else None,
        failure=None if error is None else Failure(str(error)),
    )


def _json(value: Any) -> list[Any]:
    """Return a list attribute, which many exporters write as a text of JSON."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = [value]
    return value if isinstance(value, list) else [] if value is None else [value]


def _flat(message: Any, file: str) -> dict[str, Any]:
    if not isinstance(message, Mapping):
        raise InputError(f"a message of the span is {describe(message)}, no object.", file=file)
    content = message.get("content")
    if content is None:
        content = "".join(_text(part) for part in message.get("parts") or [])
    return {"role": message.get("role"), "content": content}


def _text(part: Any) -> str:
    if isinstance(part, Mapping):
        return str(part.get("content") or part.get("text") or "")
    return str(part)
