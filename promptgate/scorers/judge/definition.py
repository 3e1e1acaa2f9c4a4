"""What a judge is: its models, its rubric, its scale, what it is told, the digest over all of it.

What it is told is made of the judge alone, so it is the same, byte for byte, whatever an
answer says; the form of the reply is asked for by the API's own structured output. Two
judges with one digest would ask the same and count the same. A calibration is bound to
the digest, so that whatever changes a judge asks for a new one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from promptgate.documents import canonical_json
from promptgate.scorers.judge.quoted import FIRST, QUOTED, SECOND, TIE

if TYPE_CHECKING:
    from collections.abc import Mapping

Tie = Literal["lowest", "mean", "unscored"]

DEFINITION = 1
"""Version of what a judge's digest is taken of; part of the hash."""

_ONE = "You judge one answer of an assistant, by this rubric and by nothing else."
_TWO = "You compare two answers of assistants to the same request, by this rubric and nothing else."

BETTER, SAME, WORSE = "better", "tie", "worse"
COMPARISON: Mapping[str, float] = {BETTER: 1.0, SAME: 0.5, WORSE: 0.0}
"""The labels of a judge that compares, and what each is worth."""


@dataclass(frozen=True)
class Judge:
    """A judge, complete.

    Attributes:
        name: As `[judges.NAME]` has it; no part of its identity.
        models: Pinned; more than one are a panel. Each is asked the same.
        rubric: What makes an answer good, in the author's words.
        scale: Label to its score, 0 to 1, best first.
        compares: It is shown two answers and says which is better.
        repeats: How often each model is asked.
        tie: What becomes of labels with equally many votes: the lowest of them, the
            mean of their scores, or no score.
        max_tokens: The longest reply; one that is cut is no verdict.
        parameters: What else is sent, such as `thinking`.
    """

    IN_WORDS: ClassVar[str] = "the name of a judge"

    name: str
    models: tuple[str, ...]
    rubric: str = field(repr=False)
    scale: Mapping[str, float] = field(default_factory=lambda: {"pass": 1.0, "fail": 0.0})
    compares: bool = False
    repeats: int = 1
    tie: Tie = "lowest"
    max_tokens: int = 1024
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of its verdict on an answer, best first."""
        scale = self.worth
        return tuple(sorted(scale, key=lambda label: (-scale[label], label)))

    @property
    def worth(self) -> Mapping[str, float]:
        """What each label of its verdict is worth, 0 to 1."""
        return COMPARISON if self.compares else self.scale

    @property
    def calls(self) -> int:
        """How many requests one answer takes: a comparison is asked in both orders."""
        return len(self.models) * self.repeats * (2 if self.compares else 1)

    @property
    def instructions(self) -> str:
        """The system prompt: the same for everything that it is shown."""
        if self.compares:
            shown = "<first> and <second> hold the two answers; their order says nothing."
            options = (
                f'Reply with your reason in one or two sentences, and the verdict: "{FIRST}" or '
                f'"{SECOND}" for the better answer, "{TIE}" where neither is.'
            )
        else:
            listed = ", ".join(f'"{label}"' for label in self.labels)
            shown = "<answer> holds the answer to judge."
            options = (
                "Reply with your reason in one or two sentences, and the verdict, which is one of "
                f"{listed}, the best first."
            )
        opening = _TWO if self.compares else _ONE
        rubric = self.rubric.strip()
        return f"{opening}\n\n<rubric>\n{rubric}\n</rubric>\n\n{QUOTED}\n\n{shown} {options}"

    @property
    def reply_schema(self) -> dict[str, Any]:
        """The JSON Schema of a reply: a reason and then one label."""
        labels = [FIRST, SECOND, TIE] if self.compares else list(self.labels)
        return {
            "type": "object",
            "properties": {
                "reason": {"type": "string"},
                "verdict": {"type": "string", "enum": labels},
            },
            "required": ["reason", "verdict"],
            "additionalProperties": False,
        }

    def body(self, model: str, data: str) -> dict[str, Any]:
        """Return the body of one request, as `client.messages.create` sends it."""
        return {
            "model": model,
            "max_tokens": self.max_tokens,
            **self.parameters,
            "system": self.instructions,
            "messages": [{"role": "user", "content": data}],
            "output_config": {
                **self.parameters.get("output_config", {}),
                "format": {"type": "json_schema", "schema": self.reply_schema},
            },
        }

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all that it sends beside the data, and how votes count: 'sha256:…'."""
        identity = {
            "definition": DEFINITION,
            "requests": [self.body(model, "") for model in sorted(self.models)],
            "worth": self.worth,
            "repeats": self.repeats,
            "tie": self.tie,
        }
        return f"sha256:{hashlib.sha256(canonical_json(identity)).hexdigest()}"

    @property
    def identity(self) -> str:
        """Name and digest, `helpful@sha256:…`: what results say of who judged."""
        return f"{self.name}@{self.digest}"
