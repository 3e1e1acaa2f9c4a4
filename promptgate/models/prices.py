"""What tokens cost: a dated, tiered table, overridden in `[prices]`.

The table is data (prices.toml beside this module). What it does not hold is
unknown: None, which is shown as unknown and never added up as 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date  # noqa: TC003  # pydantic reads the annotation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, Field

from promptgate.documents import StrictModel, load_toml, validate
from promptgate.errors import InputError
from promptgate.files import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.models.request import Request
    from promptgate.models.response import Usage

_MILLION = 1_000_000
_DATED = re.compile(r"-\d{8}$")

LIKELY_BYTES_PER_TOKEN = 3.5
LEAST_BYTES_PER_TOKEN = 1.5
"""Bytes of UTF-8 to a token, as a rule and in text that tokenises badly (code, CJK)."""

LIKELY_IMAGE_TOKENS = 1_600
MOST_IMAGE_TOKENS = 5_000


class Price(StrictModel):
    """One entry: a model's price from a day on, above a size of prompt."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    model: str = Field(description="The model's id; a dated id uses the entry of the undated one.")
    since: date | None = Field(
        default=None, alias="from", description="First day that it applies to; none: always."
    )
    above: int = Field(
        default=0, ge=0, description="It applies to prompts of more tokens than this."
    )
    input: float = Field(ge=0, description="Dollars for a million input tokens.")
    output: float = Field(ge=0, description="Dollars for a million output tokens.")
    cache_write: float = Field(
        default=1.25, ge=0, description="Factor on input for writing to the cache for 5 minutes."
    )
    cache_write_1h: float = Field(
        default=2.0, ge=0, description="Factor on input for writing to the cache for an hour."
    )
    cache_read: float = Field(
        default=0.1, ge=0, description="Factor on input for reading from the cache."
    )
    batch: float = Field(default=0.5, ge=0, description="Factor on everything in a batch.")

    def cost(self, usage: Usage, *, batch: bool = False) -> float:
        """Return the dollars of one exchange."""
        long_lived = usage.cache_creation_1h_input_tokens
        short_lived = usage.cache_creation_input_tokens - long_lived
        weighted_input = (
            usage.input_tokens
            + usage.cache_read_input_tokens * self.cache_read
            + short_lived * self.cache_write
            + long_lived * self.cache_write_1h
        )
        dollars = (weighted_input * self.input + usage.output_tokens * self.output) / _MILLION
        return dollars * self.batch if batch else dollars


class PriceSettings(StrictModel):
    """`[prices]`: entries that replace the shipped ones of the same model."""

    price: tuple[Price, ...] = Field(default=(), description="One entry each; see prices.toml.")


@dataclass(frozen=True)
class Prices:
    """All entries that apply.

    Attributes:
        entries: In no particular order.
    """

    entries: Sequence[Price]

    def find(self, model: str, on: date, prompt_tokens: int = 0) -> Price | None:
        """Return the entry for a model on a day at a size of prompt; None where unknown.

        Args:
            model: Its id; 'claude-x-20261001' is found as 'claude-x' too.
            on: The day of the exchange.
            prompt_tokens: All tokens of the prompt, cached ones included.
        """
        for name in dict.fromkeys((model, _DATED.sub("", model))):
            dated = [p for p in self.entries if p.model == name and (not p.since or p.since <= on)]
            if not dated:
                continue
            newest = max((p.since for p in dated if p.since), default=None)
            tiers = [p for p in dated if p.since == newest and _applies(p, prompt_tokens)]
            if tiers:
                return max(tiers, key=lambda price: price.above)
        return None

    def cost(self, model: str, usage: Usage, on: date, *, batch: bool = False) -> float | None:
        """Return the dollars of one exchange; None where the price is unknown."""
        price = self.find(model, on, usage.total_input_tokens)
        return None if price is None else price.cost(usage, batch=batch)

    def cache_saving(self, model: str, usage: Usage, on: date) -> float | None:
        """Return the dollars that the prompt cache saved in one exchange.

        Negative where the cache was written and not read; None where the price is unknown.
        """
        price = self.find(model, on, usage.total_input_tokens)
        if price is None:
            return None
        plain = usage.total_input_tokens * price.input + usage.output_tokens * price.output
        return plain / _MILLION - price.cost(usage)


def _applies(price: Price, prompt_tokens: int) -> bool:
    return price.above == 0 or prompt_tokens > price.above


def load_prices(settings: PriceSettings | None = None) -> Prices:
    """Return the shipped entries, those of a model in the settings replaced.

    Raises:
        InputError: The shipped table was altered and is wrong.
    """
    file = Path(__file__).with_name("prices.toml")
    document = load_toml(read_text(file, "prices.toml"), "prices.toml")
    shipped = validate(PriceSettings, document, InputError, what="the price table")
    own = settings.price if settings is not None else ()
    replaced = {price.model for price in own}
    return Prices((*own, *(p for p in shipped.price if p.model not in replaced)))


@dataclass(frozen=True)
class Estimate:
    """What a request may use and cost, before it is sent.

    Attributes:
        likely_input_tokens: A guess from its size; None where it holds a document,
            whose pages cannot be counted from outside.
        most_input_tokens: Hardly ever exceeded; None likewise.
        likely_output_tokens: As given, else half of `max_tokens`.
        most_output_tokens: `max_tokens`; None where the request sets none.
        likely_cost: Dollars; None where a part of it is unknown.
        most_cost: Dollars; None likewise.
    """

    likely_input_tokens: int | None
    most_input_tokens: int | None
    likely_output_tokens: int | None
    most_output_tokens: int | None
    likely_cost: float | None
    most_cost: float | None


def estimate(
    request: Request, prices: Prices, on: date, *, output_tokens: float | None = None
) -> Estimate:
    """Estimate one request without asking anyone.

    Args:
        request: As it would be sent.
        prices: The table.
        on: Today.
        output_tokens: How long answers to such requests were, where that is known.
    """
    size, images, countable = _measure({k: v for k, v in request.body.items() if k != "model"})
    likely_input = most_input = None
    if countable:
        likely_input = round(size / LIKELY_BYTES_PER_TOKEN) + images * LIKELY_IMAGE_TOKENS
        most_input = round(size / LEAST_BYTES_PER_TOKEN) + images * MOST_IMAGE_TOKENS
    longest = request.body.get("max_tokens")
    most_output = longest if isinstance(longest, int) else None
    likely_output = most_output // 2 if most_output is not None else None
    if output_tokens is not None:
        likely_output = round(output_tokens)
        if most_output is not None:
            likely_output = min(likely_output, most_output)
    return Estimate(
        likely_input,
        most_input,
        likely_output,
        most_output,
        _dollars(prices, request.model, on, likely_input, likely_output),
        _dollars(prices, request.model, on, most_input, most_output),
    )


def _dollars(
    prices: Prices, model: str, on: date, tokens_in: int | None, tokens_out: int | None
) -> float | None:
    if tokens_in is None or tokens_out is None:
        return None
    price = prices.find(model, on, tokens_in)
    if price is None:
        return None
    return (tokens_in * price.input + tokens_out * price.output) / _MILLION


def _measure(value: Any) -> tuple[int, int, bool]:
    """Return (bytes of text, images, whether that is all there is) of a part of a body."""
    if isinstance(value, str):
        return len(value.encode("utf-8", "surrogatepass")), 0, True
    if isinstance(value, dict):
        if value.get("type") == "image":
            return 0, 1, True
        if value.get("type") == "document" and not _is_text(value.get("source")):
            return 0, 0, False
        keys = sum(len(str(key)) for key in value)
        parts = [_measure(inner) for inner in value.values()]
        return keys + sum(p[0] for p in parts), sum(p[1] for p in parts), all(p[2] for p in parts)
    if isinstance(value, list | tuple):
        parts = [_measure(inner) for inner in value]
        return sum(p[0] for p in parts), sum(p[1] for p in parts), all(p[2] for p in parts)
    return len(str(value)), 0, True


def _is_text(source: Any) -> bool:
    return isinstance(source, dict) and source.get("type") in ("text", "content")
