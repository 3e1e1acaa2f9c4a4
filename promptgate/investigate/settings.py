"""`[investigate]` in promptgate.toml: the models to go back to, and how much may be asked."""

from __future__ import annotations

from pydantic import Field

from promptgate.documents import StrictModel


class InvestigateSettings(StrictModel):
    """`[investigate]`: the models in their order, what may be asked, when it is sure enough."""

    models: list[str] = Field(
        default_factory=list,
        description="Models that were or are in use, newest first: the one behind a model is "
        "the one to go back to.",
    )
    max_calls: int = Field(
        default=200,
        ge=1,
        description="Most answers that one investigation may stand on, recorded ones included.",
    )
    max_cost: float = Field(
        default=5.0,
        ge=0,
        description="Most US dollars for new answers, where their price is known.",
    )
    confidence: float = Field(
        default=0.95, gt=0.5, lt=1, description="The probability from which on a cause is told."
    )
    parser: str | None = Field(
        default=None,
        description="The product's function from the text of an answer to what it makes of it, "
        "'module:function'; a captured response on which it raises is the integration's fault.",
    )
