"""What a scorer is given and what it returns: the contract that extensions rely on.

A scorer is a pure function of a case and a response. It knows no file, model,
clock or run; whatever it needs (a compiled schema, a way to ask a judge) was
bound when it was built. Separate from the registry so that naming the types
costs nothing and no implementation can leak into them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

EMPTY_LABEL = "empty"
"""Label of a score given because there was no answer. Such a score is not negated: an
empty answer passes neither a check nor its opposite."""


class ToolCall(Protocol):
    """One call of a tool that the answer asks for."""

    @property
    def name(self) -> str:
        """The tool's name."""
        ...

    @property
    def input(self) -> Mapping[str, Any]:
        """The arguments, as parsed JSON."""
        ...


class Usage(Protocol):
    """Tokens that the exchange was billed for."""

    @property
    def input_tokens(self) -> int:
        """Tokens read at the full price."""
        ...

    @property
    def output_tokens(self) -> int:
        """Tokens written, thinking included."""
        ...


class Case(Protocol):
    """What was asked."""

    @property
    def id(self) -> str:
        """The case's name within its suite."""
        ...

    @property
    def vars(self) -> Mapping[str, Any]:
        """The variables that the prompt was rendered with, and others that scorers read."""
        ...

    @property
    def messages(self) -> Sequence[Any] | None:
        """The conversation, where the case gives one instead of variables."""
        ...


class Response(Protocol):
    """What was answered. None means not known: an application returned only its text."""

    @property
    def text(self) -> str:
        """All text of the answer, without thinking; '' where there is none."""
        ...

    @property
    def stop_reason(self) -> str | None:
        """Why the model stopped, in the API's words: 'end_turn', 'max_tokens', …"""
        ...

    @property
    def stop_category(self) -> str | None:
        """The category of a stop for refusal, where the API gives one."""
        ...

    @property
    def tool_calls(self) -> Sequence[ToolCall]:
        """The tools that the answer calls, in order."""
        ...

    @property
    def usage(self) -> Usage | None:
        """The tokens of the exchange."""
        ...

    @property
    def latency_ms(self) -> float | None:
        """Milliseconds from request to last byte, as measured when it was recorded."""
        ...

    @property
    def cost_usd(self) -> float | None:
        """US dollars that the exchange cost; None where the model's price is unknown."""
        ...

    @property
    def asked(self) -> Sequence[Mapping[str, Any]] | None:
        """What was said before this answer; None where the case's own messages are all."""
        ...

    @property
    def system(self) -> str | None:
        """The system prompt as it was sent; None where it is not known."""
        ...

    @property
    def others(self) -> Sequence[Other]:
        """Other answers to the same question; empty but for a check over several trials."""
        ...

    @property
    def ask(self) -> Ask | None:
        """The way to ask a judge's model; None where no model can be asked."""
        ...


@dataclass(frozen=True, slots=True)
class Score:
    """What a scorer found.

    Attributes:
        value: 0 (not at all) to 1 (fully); None when it could not be measured
            ('unscored'), which is neither a pass nor a fail.
        reason: One clause of fact about the answer ("'refund' is not in the
            answer"), true whichever way the check is meant: a negated score keeps it.
        label: A class that the scorer names, such as 'refusal'.
        span: Start and end in the answer's text of what decided, in characters.
        judge: Digest of the judge that gave it; None where no model was asked.
    """

    value: float | None
    reason: str
    label: str | None = None
    span: tuple[int, int] | None = None
    judge: str | None = None


Scorer: TypeAlias = Callable[[Case, Response], Score]
"""A check, ready to be applied to any number of answers."""

Scope: TypeAlias = Literal["trial", "case", "cluster"]
"""What a check sees: one trial, all repeats of its case, or of all cases of its cluster."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another trial of the same target: an answer to the same case, or to one of its cluster."""

    case: Case
    response: Response


def over_trials(check: Scorer, scope: Scope) -> Scorer:
    """Declare that a check looks at other trials too: they will be in `response.others`."""
    check.scope = scope  # type: ignore[attr-defined]  # a function takes attributes
    return check


def scope_of(check: Scorer) -> Scope:
    """Return what a check sees, 'trial' where it declares nothing."""
    scope: Scope = getattr(check, "scope", "trial")
    return scope


Ask: TypeAlias = Callable[[Mapping[str, Any], int], Response]
"""Takes the body of a request and which sample of its answers is meant; gives the answer."""

Factory: TypeAlias = Callable[..., Scorer]
"""What `@scorer` decorates: takes the options of a suite's entry, returns a Scorer."""


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call as a plain value."""

    name: str
    input: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A Response as a plain value: for an application's text, and for tests of a scorer."""

    text: str
    stop_reason: str | None = None
    stop_category: str | None = None
    tool_calls: Sequence[ToolCall] = ()
    usage: Usage | None = None
    latency_ms: float | None = None
    cost_usd: float | None = None
    asked: Sequence[Mapping[str, Any]] | None = None
    system: str | None = None
    others: Sequence[Other] = ()
    ask: Ask | None = None


def missing_text(response: Response) -> Score | None:
    """Return the score of an answer that has no text, or None where it has some.

    Every check of text asks this first, so that an empty answer passes none of
    them. White space and invisible characters are no text. An answer that only
    calls tools, or that the API refused, is not empty: it lacks text, and the
    opposite of a check ("does not contain") holds for it.
    """
    text = response.text
    if text[:1].isalnum():  # nearly always; the rest is for answers that start otherwise
        return None
    if any(character.isprintable() and not character.isspace() for character in text):
        return None
    if response.tool_calls:
        return Score(0.0, "the answer has no text, only tool calls")
    if response.stop_reason == "refusal":
        return Score(0.0, "the answer has no text: the API refused")
    return Score(0.0, "the answer is empty", EMPTY_LABEL)
