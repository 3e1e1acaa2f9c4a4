"""What a judge is asked of a prompt: instructions in it that cannot both be followed.

The reply quotes both instructions; a quote that is not in the prompt, word for word,
is no finding. The prompt is shown as data, like an answer.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from promptgate.scorers.judge.quoted import QUOTED, element
from promptgate.scorers.judge.reply import reply_of

if TYPE_CHECKING:
    from promptgate.scorers.interface import Response
    from promptgate.scorers.judge.definition import Judge

_INSTRUCTIONS = (
    "You check a prompt, written for an assistant, for contradictions: two instructions in it "
    "that no single answer could both follow, in the situations that both are meant for. "
    "Instructions are no contradiction where a condition, an exception or a stated priority "
    "says which of them holds, or where they are about different things."
)
_REPLY = (
    "Reply with the list of contradictions, which is empty where there is none. Quote each "
    "instruction word for word from the prompt, as short as it can stand alone, and say in one "
    "sentence why both cannot be followed."
)
_KEYS = ("first", "second", "why")


@dataclass(frozen=True)
class Pair:
    """Two instructions that a judge says contradict each other.

    Attributes:
        first: Start and end of the one in the prompt's text.
        second: Of the other.
        why: The judge's words.
    """

    first: tuple[int, int]
    second: tuple[int, int]
    why: str


@dataclass(frozen=True)
class Pairs:
    """What a judge found in a prompt.

    Attributes:
        found: Each with its places.
        unplaced: How many more it named with a quote that is not in the prompt.
        fault: Why the reply cannot be read; '' where it can.
    """

    found: tuple[Pair, ...] = ()
    unplaced: int = 0
    fault: str = ""


def contradictions_body(judge: Judge, model: str, text: str) -> dict[str, Any]:
    """Return the body of the request that asks a model for contradictions in a prompt's text."""
    schema = {
        "type": "object",
        "properties": {
            "contradictions": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {key: {"type": "string"} for key in _KEYS},
                    "required": list(_KEYS),
                    "additionalProperties": False,
                },
            }
        },
        "required": ["contradictions"],
        "additionalProperties": False,
    }
    return {
        "model": model,
        "max_tokens": judge.max_tokens,
        **judge.parameters,
        "system": f"{_INSTRUCTIONS}\n\n{QUOTED}\n\n{_REPLY}",
        "messages": [{"role": "user", "content": element("prompt", text)}],
        "output_config": {
            **judge.parameters.get("output_config", {}),
            "format": {"type": "json_schema", "schema": schema},
        },
    }


def read_pairs(response: Response, text: str) -> Pairs:
    """Read a reply strictly, and find its quotes in the text that was shown."""
    reply = reply_of(response)
    if isinstance(reply, str):
        return Pairs(fault=reply)
    named = reply.get("contradictions")
    if reply.keys() != {"contradictions"} or not isinstance(named, list):
        return Pairs(fault="the judge's reply is not a list of contradictions")
    found, unplaced = [], 0
    for one in named:
        if not isinstance(one, dict) or set(one) != set(_KEYS):
            return Pairs(fault=f"the judge names no two quotes: {json.dumps(one)[:60]}")
        if not all(isinstance(one[key], str) for key in _KEYS):
            return Pairs(fault=f"the judge names no two quotes: {json.dumps(one)[:60]}")
        first, second = (_place(text, one[key]) for key in _KEYS[:2])
        if first is None or second is None or first == second:
            unplaced += 1
        else:
            found.append(Pair(first, second, " ".join(one["why"].split())))
    return Pairs(tuple(found), unplaced)


def _place(text: str, quote: str) -> tuple[int, int] | None:
    """Return where a quote stands, however its white space is broken; None where nowhere."""
    words = quote.split()
    if not words:
        return None
    pattern = r"\s+".join(re.escape(word) for word in words)
    match = re.search(pattern, text)
    return match.span() if match else None
