"""Recover the variables of a prompt from a request that it rendered.

The prompt is rendered once with a mark in place of each variable; what stands between
the fixed texts in the captured request are the values. Where a variable is used in a
condition, both of its branches are tried. What cannot be told for sure is not guessed.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from promptgate.errors import PromptError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from promptgate.prompts import Prompt

_MOST_OPTIONAL = 5


def recover(
    prompt: Prompt, request: Mapping[str, Any], known: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Return the variables that make a prompt render to a request, or None where none do.

    Args:
        prompt: Who may have rendered it.
        request: The captured body.
        known: Variables that are known; they are kept.
    """
    for values in _candidates(prompt, request, known):
        try:
            again = prompt.request(values)
        except PromptError:
            continue
        if _said(again) == _said(request):
            return values
    return None


def recover_partly(
    prompt: Prompt, request: Mapping[str, Any], known: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what variables a request tells where the prompt did not render the whole of it.

    The system prompt and the last message are read each for itself: production may run
    another revision, which is what is to be found out.
    """
    found = dict(known)
    captured = _said(request)
    for name in prompt.variables:
        marks = {n: f"\ue000{i}\ue001" for i, n in enumerate(prompt.variables) if n not in found}
        if name not in marks:
            continue
        try:
            rendered = _said(prompt.request({**found, **marks}))
        except PromptError:
            break
        for place in (0, -1):
            values = _read_off([rendered[place]], [captured[place]], marks) or {}
            found |= values
    return found


def without_examples(prompt: Prompt, request: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return a request's messages behind the prompt's few-shot turns, where it begins with them."""
    messages = list(request["messages"])
    count = len(prompt.examples)
    if count and [_plain(m) for m in messages[:count]] == [_plain(m) for m in prompt.examples]:
        return messages[count:]
    return messages


def _candidates(
    prompt: Prompt, request: Mapping[str, Any], known: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    names = [name for name in prompt.variables if name not in known]
    optional = [name for name in names if not prompt.variables[name].required][:_MOST_OPTIONAL]
    required = [name for name in names if name not in optional]
    for size in range(len(optional), -1, -1):
        for chosen in itertools.combinations(optional, size):
            marked = (*required, *chosen)
            marks = {name: f"\ue000{number}\ue001" for number, name in enumerate(marked)}
            try:
                rendered = prompt.request({**known, **marks})
            except PromptError:
                continue
            values = _read_off(_said(rendered), _said(request), marks)
            if values is not None:
                yield {**known, **values}


def _read_off(
    rendered: Sequence[str], captured: Sequence[str], marks: Mapping[str, str]
) -> dict[str, str] | None:
    """Return the values that stand where the marks do, if all texts agree on them."""
    if len(rendered) != len(captured):
        return None
    values: dict[str, str] = {}
    by_mark = {mark: name for name, mark in marks.items()}
    for pattern, text in zip(rendered, captured, strict=True):
        pieces = re.split("(\ue000\\d+\ue001)", pattern)
        expression = "".join(
            f"(?P<v{number}>.*?)" if piece in by_mark else re.escape(piece)
            for number, piece in enumerate(pieces)
        )
        found = re.fullmatch(expression, text, re.DOTALL)
        if found is None:
            return None
        for number, piece in enumerate(pieces):
            if piece in by_mark:
                value = found.group(f"v{number}")
                if values.setdefault(by_mark[piece], value) != value:
                    return None
    return values


def _said(request: Mapping[str, Any]) -> list[str]:
    """Return everything that a request says, the system prompt first."""
    return [_flat(request.get("system") or ""), *(_plain(m) for m in request["messages"])]


def _plain(message: Mapping[str, Any]) -> str:
    return f"{message['role']}: {_flat(message['content'])}"


def _flat(content: Any) -> str:
    if isinstance(content, str):
        return content.strip()
    return "\n".join(str(block.get("text", block)) for block in content).strip()
