"""Is it our integration? What a captured call shows before any model is asked.

The envelope (an exception, a stop reason, an answer that is no message), the product's
own parser on the recorded answer, the recorded answer against the check, and the
request against what the released prompt renders.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from promptgate.errors import PromptgateError
from promptgate.investigate.diagnosis import Finding
from promptgate.models.response import UnusableAnswer, parse_response
from promptgate.runs.plugins import load_callable
from promptgate.runs.scoring import Scoring
from promptgate.scorers import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from promptgate.investigate.subject import Subject
    from promptgate.models.request import Request
    from promptgate.runs.arms import Arm

_CUT = ("max_tokens", "model_context_window_exceeded", "pause_turn", "length")
_DECIDES = ("model", "system", "max_tokens", "tools", "tool_choice", "thinking", "stop_sequences")


def check_integration(
    subject: Subject, arm: Arm | None, root: Path, parser: str | None
) -> tuple[Finding, ...]:
    """Look at everything around the model's answer, without asking one.

    Args:
        subject: A captured input; of a suite's case there is nothing to look at.
        arm: The prompt that production is held to run; None skips the comparison.
        root: Where the product's parser is looked for.
        parser: The product's parser, 'module:function'.
    """
    captured = subject.captured
    if captured is None or captured.request is None:
        return ()
    found: list[Finding] = []
    if captured.failure is not None:
        told = f"{captured.failure.kind}: {captured.failure.message}".rstrip(": ")
        found.append(Finding("exception", False, f"the call ended with {told}"))
    text, reason = captured.answer, captured.stop_reason
    if captured.response is not None:
        try:
            response = parse_response(json.dumps(captured.response))
        except UnusableAnswer as error:
            found.append(Finding("envelope", False, error.message))
        else:
            text, reason = response.text, response.stop_reason
            found.append(Finding("envelope", True, "the response is a whole message"))
    if reason is not None:
        cut = reason in _CUT
        told = "was cut off" if cut else "came to its end"
        found.append(Finding("stop reason", not cut, f"the answer {told} ({reason})"))
    if text is not None:
        found += _of_answer(subject, text, reason, root, parser)
    if arm is not None:
        found.append(_drift(subject, arm))
    return tuple(found)


def _of_answer(
    subject: Subject, text: str, reason: str | None, root: Path, parser: str | None
) -> Iterator[Finding]:
    if parser is not None:
        function = load_callable(parser, root)
        try:
            function(text)
        except Exception as error:  # noqa: BLE001  # a product's parser may raise anything
            told = f"{parser} raises {type(error).__name__} on the recorded answer"
            yield Finding("parser", False, told)
        else:
            yield Finding("parser", True, f"{parser} reads the recorded answer")
    if subject.case.expect:
        scoring = Scoring((subject.suite,), root)
        answers = [Answer(text, stop_reason=reason)] * len(subject.case.turns)
        passed = scoring.score(subject.suite.name, subject.case, answers).passed
        if passed:
            told = "the recorded answer passes the check: what went wrong came after the model"
            yield Finding("recorded answer", False, told)
        elif passed is False:
            yield Finding("recorded answer", True, "the recorded answer fails the check, too")


def _drift(subject: Subject, arm: Arm) -> Finding:
    """Compare what production sent with what a prompt renders to."""
    captured = subject.captured
    assert captured is not None
    assert captured.request is not None
    try:
        request: Request = subject.request(arm)
    except PromptgateError as error:
        return Finding("drift", None, f"{arm.revision} cannot be rendered: {error.message}")
    ours: dict[str, Any] = dict(request.body)
    sent = captured.request
    # A span may leave parameters out; what is not there is not compared.
    names = [n for n in _DECIDES if n in sent or (n in ours and captured.source == "API request")]
    differ = [name for name in names if _plain(ours.get(name)) != _plain(sent.get(name))]
    if not differ:
        return Finding("drift", True, f"the request is what {arm.revision} renders")
    return Finding(
        "drift", False, f"production sent another {', '.join(differ)} than {arm.revision} renders"
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(b, dict) and "text" in b for b in value):
        return "\n".join(str(block["text"]) for block in value).strip()
    return value.strip() if isinstance(value, str) else value
