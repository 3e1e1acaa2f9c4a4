"""Bodies of answers as the API sends them, for tests: one message, and the same one streamed."""

from __future__ import annotations

import json
from typing import Any

USAGE = {"input_tokens": 12, "output_tokens": 5}


def message(
    text: str = "Hello.",
    *,
    content: Any = None,
    model: str = "claude-sonnet-5-5",
    stop_reason: str | None = "end_turn",
    usage: Any = USAGE,
    **more: Any,
) -> str:
    """Return a message as the JSON of a 200."""
    blocks = [{"type": "text", "text": text}] if content is None else content
    return json.dumps(
        {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": model,
            "content": blocks,
            "stop_reason": stop_reason,
            "stop_sequence": None,
            "usage": usage,
            **more,
        },
        ensure_ascii=False,
    )


def stream(body: str) -> str:
    """Return the server-sent events that tell a message, texts in two pieces."""
    whole = json.loads(body)
    blocks = whole.pop("content")
    ending = {
        key: whole[key] for key in ("stop_reason", "stop_sequence", "stop_details") if key in whole
    }
    start = {**whole, "content": [], "stop_reason": None}
    events: list[dict[str, Any]] = [{"type": "message_start", "message": start}]
    for index, block in enumerate(blocks):
        empty, deltas = _pieces(block)
        events.append({"type": "content_block_start", "index": index, "content_block": empty})
        events += [{"type": "content_block_delta", "index": index, "delta": d} for d in deltas]
        events.append({"type": "content_block_stop", "index": index})
    events.append({"type": "message_delta", "delta": ending, "usage": whole["usage"]})
    events.append({"type": "message_stop"})
    return "".join(
        f"event: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
        for event in events
    )


def _pieces(block: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    kind = block["type"]
    if kind == "tool_use":
        text = json.dumps(block["input"])
        halves = (text[: len(text) // 2], text[len(text) // 2 :])
        return {**block, "input": {}}, [
            {"type": "input_json_delta", "partial_json": half} for half in halves
        ]
    text = block[kind]
    halves = (text[: len(text) // 2], text[len(text) // 2 :])
    deltas: list[dict[str, Any]] = [{"type": f"{kind}_delta", kind: half} for half in halves]
    if kind == "thinking":
        deltas.append({"type": "signature_delta", "signature": block["signature"]})
        return {**block, "thinking": "", "signature": ""}, deltas
    return {**block, kind: ""}, deltas
