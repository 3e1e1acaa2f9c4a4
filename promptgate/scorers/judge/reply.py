"""Read one reply of a judge: exactly one JSON object with a reason and one known verdict.

Anything else has no verdict, and says why: prose around the JSON, two verdicts, a
label that the scale does not have, an empty reply, a refusal, a reply that was cut.
Nothing is searched for in the text, so nothing that a judge quotes can be taken for
its verdict.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from promptgate.scorers.interface import Response

_ENDS = ("end_turn", "stop_sequence")
_CUT = ("max_tokens", "model_context_window_exceeded")
_KEYS = {"reason", "verdict"}
_SHOWN = 60


@dataclass(frozen=True)
class Vote:
    """One verdict of one model.

    Attributes:
        label: One of the labels it was given; None where the reply is no verdict.
        reason: The judge's own; without a label, why there is none.
    """

    label: str | None
    reason: str


def read_reply(response: Response, labels: Sequence[str]) -> Vote:
    """Return the vote of a reply, which has no label unless it is exactly one verdict."""
    reply = reply_of(response)
    if isinstance(reply, str):
        return Vote(None, reply)
    if reply.keys() != _KEYS:
        return Vote(None, f"the judge's reply is not a reason and a verdict: {_short(reply)}")
    label, reason = reply["verdict"], reply["reason"]
    if not isinstance(label, str) or label not in labels:
        return Vote(None, f"the judge's verdict is {_short(label)}, which is no label")
    if not isinstance(reason, str):
        return Vote(None, f"the judge's reason is no text: {_short(reason)}")
    return Vote(label, " ".join(reason.split()))


def reply_of(response: Response) -> Mapping[str, Any] | str:
    """Return the one JSON object that a reply is, or why it is not one."""
    if response.stop_reason == "refusal":
        return "the judge refused"
    if response.stop_reason in _CUT:
        return f"the judge's reply was cut ({response.stop_reason})"
    if response.stop_reason not in _ENDS:
        return f"the judge stopped for {response.stop_reason!r}"
    text = response.text.strip()
    if not text:
        return "the judge's reply is empty"
    try:
        reply = json.loads(text, object_pairs_hook=_once)
    except _TwiceError as error:
        return f"the judge's reply gives {str(error)!r} twice"
    except (ValueError, RecursionError):
        return f"the judge's reply is not one JSON object: {_short(text)}"
    if not isinstance(reply, dict):
        return f"the judge's reply is not a reason and a verdict: {_short(reply)}"
    return reply


class _TwiceError(Exception):
    """A key stands twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
