"""A request as texts to read: who says what, in order, and what else was sent.

Equal texts are kept once: the requests of a suite differ in a question and share the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN_APART = ("system", "messages", "model")
_LONGEST_VALUE = 2000
"""Characters of a value inside a block that is no text, such as an image's data."""


class Said(NamedTuple):
    """One part of a request: its label ('system', 'user', 'parameters', …) and its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What one request asked.

    Attributes:
        question: The text of the last user message, or of an application's variables.
        parts: Everything that was sent, in order.
    """

    question: str
    parts: tuple[Said, ...]


def read_all(requests: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Asking]:
    """Return what each request asked, by its digest."""
    kept: dict[Said, Said] = {}
    found = {}
    for digest, body in requests:
        asking = read(body)
        parts = tuple(kept.setdefault(part, part) for part in asking.parts)
        found[digest] = Asking(asking.question, parts)
    return found


def read(body: Mapping[str, Any]) -> Asking:
    """Return what a request's body, or the call of an application, asks."""
    if "target" in body and "variables" in body:
        variables = body["variables"]
        lines = [f"{name}: {_plain(value)}" for name, value in variables.items()]
        question = "\n".join(lines)
        return Asking(question, (Said("application", body["target"]), Said("variables", question)))
    parts = [Said("model", _plain(body.get("model", "")))]
    if body.get("system") is not None:
        parts.append(Said("system", text_of(body["system"])))
    messages = body.get("messages") or ()
    parts += [Said(_plain(m.get("role", "")), text_of(m.get("content"))) for m in messages]
    rest = {key: value for key, value in body.items() if key not in _SHOWN_APART}
    if rest:
        parts.append(Said("parameters", "\n".join(f"{k}: {_plain(v)}" for k, v in rest.items())))
    asked = [part.text for part in parts if part.label == "user"]
    return Asking(asked[-1] if asked else "", tuple(parts))


def text_of(content: Any) -> str:
    """Return the text of a message's content; blocks that are no text as their JSON."""
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        return "\n".join(
            str(block.get("text", ""))
            if isinstance(block, Mapping) and block.get("type") == "text"
            else _plain(_shortened(block))
            for block in content
        )
    return _plain(content)


def _shortened(value: Any) -> Any:
    """Return a value with its long texts replaced by their length."""
    if isinstance(value, str) and len(value) > _LONGEST_VALUE:
        return f"[{len(value):,} characters]"
    if isinstance(value, Mapping):
        return {key: _shortened(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shortened(inner) for inner in value]
    return value


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
