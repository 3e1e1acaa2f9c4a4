"""Other ways to say the same input: normalised, cut short, without what looks injected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from promptgate.language.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from promptgate.suites.model import Case

_INJECTED = re.compile(
    r"\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(instruction|prompt|rule|above|"
    r"previous|polic)|\byou are now\b|\bsystem prompt\b|\bact as\b|\bpretend\b|\bdeveloper mode\b"
    r"|<\s*/?\s*(system|instructions?)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_SHORT = 400

Change = Callable[[str], str]


def forms(case: Case) -> Iterator[tuple[str, Case]]:
    """Yield what the input becomes by each change that changes it, with the change's name."""
    for name, change in (
        ("normalised", _normalised),
        ("truncated", _truncated),
        ("without what looks injected", _without_injection),
    ):
        other = changed(case, change)
        if other != case:
            yield name, other


def changed(case: Case, change: Change) -> Case:
    """Return the case with a change made to everything that the user says in it."""
    variables = {k: change(v) if isinstance(v, str) else v for k, v in case.vars.items()}
    turns = tuple(
        replace(turn, messages=tuple(_message(message, change) for message in turn.messages))
        for turn in case.turns
    )
    return replace(case, vars=variables, turns=turns)


def _message(message: Mapping[str, Any], change: Change) -> dict[str, Any]:
    if message["role"] != "user":
        return dict(message)
    content = message["content"]
    if isinstance(content, str):
        return {**message, "content": change(content) or content}
    blocks = [
        {**block, "text": change(block["text"]) or block["text"]} if "text" in block else block
        for block in content
    ]
    return {**message, "content": blocks}


def _normalised(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return re.sub(r"[ \t]+", " ", re.sub(r"\n{3,}", "\n\n", plain)).strip()


def _truncated(text: str) -> str:
    return text if len(text) <= _SHORT else text[:_SHORT].rsplit(" ", 1)[0]


def _without_injection(text: str) -> str:
    if not _INJECTED.search(text):
        return text
    kept = (text[start:end] for start, end in sentences(text))
    return " ".join(one for one in kept if not _INJECTED.search(one))
