"""Checks of the exchange rather than the text: why it stopped, what it took, which tools.

What the exchange did not tell (an application that returns only text, a model
without a known price) is unscored, never assumed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptgate.documents import canonical_json, unknown_name
from promptgate.errors import ScorerError
from promptgate.scorers.interface import EMPTY_LABEL, Case, Response, Score, missing_text
from promptgate.scorers.registry import scorer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from promptgate.scorers.interface import Scorer, ToolCall

STOP_REASONS = (
    "end_turn",
    "max_tokens",
    "model_context_window_exceeded",
    "pause_turn",
    "refusal",
    "stop_sequence",
    "tool_use",
)
"""The stop reasons of the API, in its words."""
_NORMAL_ENDS = ("end_turn", "stop_sequence")


@scorer("stop-reason")
def stop_reason(reasons: str | list[str]) -> Scorer:
    """The model stopped for this reason, or one of these.

    An empty answer does not count as a normal end.

    Example:
        {stop-reason: [end_turn, stop_sequence]}

    Args:
        reasons: In the API's words.
    """
    wanted = [reasons] if isinstance(reasons, str) else list(reasons)
    if not wanted:
        raise ScorerError("the list of reasons is empty, so no answer could pass; name one.")
    for reason in wanted:
        if reason not in STOP_REASONS:
            raise ScorerError(unknown_name("stop reason", reason, STOP_REASONS))

    def check(_case: Case, response: Response) -> Score:
        reason = response.stop_reason
        if reason is None:
            return Score(None, "the answer does not say why it stopped")
        empty = _empty(response) if reason in _NORMAL_ENDS else None
        return empty or Score(float(reason in wanted), f"the model stopped for {reason!r}")

    return check


@scorer("cost")
def cost(max: float) -> Scorer:  # noqa: A002  # what a suite writes
    """The exchange cost at most this many US dollars.

    Unscored where the price of the model is unknown.

    Example:
        {cost: 0.002}

    Args:
        max: US dollars.
    """
    _positive(max)

    def check(_case: Case, response: Response) -> Score:
        spent = response.cost_usd
        if spent is None:
            return Score(None, "the cost of the answer is unknown; give the model's price")
        return _empty(response) or Score(
            float(spent <= max), f"the answer cost {spent:.6f} USD of {max:g}"
        )

    return check


@scorer("latency")
def latency(max: float) -> Scorer:  # noqa: A002  # what a suite writes
    """The answer took at most this many milliseconds when it was recorded.

    Example:
        {latency: 2000}

    Args:
        max: Milliseconds from request to last byte.
    """
    _positive(max)

    def check(_case: Case, response: Response) -> Score:
        taken = response.latency_ms
        if taken is None:
            return Score(None, "the time that the answer took was not recorded")
        return _empty(response) or Score(
            float(taken <= max), f"the answer took {taken:.0f} ms of {max:g}"
        )

    return check


@scorer("tool-called")
def tool_called(name: str | None = None, arguments: dict[str, Any] | None = None) -> Scorer:
    """The answer calls this tool, with these arguments among others.

    Alone: it calls any tool. Arguments are compared as JSON; those not named are
    not looked at.

    Example:
        {tool-called: {name: search, arguments: {city: Paris}}}

    Args:
        name: The tool; any tool by default.
        arguments: Which must be given, each with this value.
    """
    wanted = {key: canonical_json(value) for key, value in (arguments or {}).items()}
    tool = "a tool" if name is None else repr(name)
    with_arguments = f" with {canonical_json(arguments).decode()}" if arguments else ""

    def check(_case: Case, response: Response) -> Score:
        calls = response.tool_calls
        named = [call for call in calls if name is None or call.name == name]
        if any(_has(call, wanted) for call in named):
            return Score(1.0, f"the answer calls {tool}{with_arguments}")
        if named:
            given = canonical_json(named[0].input).decode()
            return Score(0.0, f"the answer calls {tool} with {given}, not{with_arguments}")
        if calls:
            called = ", ".join(repr(call.name) for call in calls)
            return Score(0.0, f"the answer calls {called}, not {tool}")
        return _empty(response) or Score(0.0, "the answer calls no tool")

    return check


@scorer("tool-call-f1")
def tool_call_f1(tools: list[str]) -> Scorer:
    """How well the set of called tools agrees with the expected set: 0 to 1.

    The harmonic mean of precision and recall over the tools' names. Give the entry
    a threshold; without one the sets must be equal.

    Example:
        {tool-call-f1: [search, book], threshold: 0.6}

    Args:
        tools: The names of the tools expected.
    """
    expected = set(tools)
    if not expected:
        raise ScorerError("the list of tools is empty; for none write {not: tool-called}.")

    def check(_case: Case, response: Response) -> Score:
        called = {call.name for call in response.tool_calls}
        if not called:
            return _empty(response) or Score(0.0, "the answer calls no tool")
        value = 2 * len(called & expected) / (len(called) + len(expected))
        return Score(value, f"the F1 of the called tools {sorted(called)} is {value:.2f}")

    return check


def _has(call: ToolCall, wanted: Mapping[str, bytes]) -> bool:
    return all(
        key in call.input and canonical_json(call.input[key]) == value
        for key, value in wanted.items()
    )


def _empty(response: Response) -> Score | None:
    """Return the score of a wholly empty answer; one without text may still be an answer."""
    missing = missing_text(response)
    return missing if missing is not None and missing.label == EMPTY_LABEL else None


def _positive(limit: float) -> None:
    if limit <= 0:
        raise ScorerError(f"'max' must be above 0, but got {limit!r}; no answer could pass.")
