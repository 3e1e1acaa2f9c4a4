"""A scripted judge on the loopback address, for tests of what a judge may reply. Not a model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.loopback import Scripted
from tests.support.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.loopback import Script, Seen


def verdict(label: str, reason: str = "As scripted.") -> str:
    """Return a reply that is exactly one verdict."""
    return json.dumps({"reason": reason, "verdict": label})


def is_judge(seen: Seen) -> bool:
    """Tell whether a request asks for a verdict rather than an answer."""
    return "output_config" in seen.body


def answering(
    judge: Callable[[Seen], str | dict[str, Any]],
    answer: Callable[[Seen], str] = lambda _seen: "It is blue.",
) -> Script:
    """Return a script: the judge's reply is a text or fields of a message, others get answers."""

    def script(seen: Seen) -> Scripted:
        model = seen.body["model"]
        if not is_judge(seen):
            return Scripted(message(answer(seen), model=model))
        reply = judge(seen)
        fields = {"text": reply} if isinstance(reply, str) else reply
        return Scripted(message(**{"model": model, **fields}))

    return script
