"""What answers cost: recorded ones by their tokens, planned ones by an estimate and a cap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.models.prices import PriceSettings, estimate, load_prices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from promptgate.models.cassette_file import Recording
    from promptgate.models.client import Job
    from promptgate.project import Project
    from promptgate.runs.evaluate import Costs


def cost_of(project: Project) -> Costs:
    """Return the function that prices a recording; None is unknown, never 0."""
    prices = load_prices(project.section("prices", PriceSettings))

    def cost(recording: Recording) -> float | None:
        usage = recording.response.usage
        return prices.cost(recording.served_model, usage, recording.recorded_at.date())

    return cost


@dataclass(frozen=True)
class Bill:
    """What some answers will cost.

    Attributes:
        calls: How many are asked for, repeated attempts after a failure left out.
        models: Which models are asked.
        likely_usd: A guess; None where a price is unknown.
        most_usd: Hardly ever exceeded; None likewise.
    """

    calls: int
    models: tuple[str, ...]
    likely_usd: float | None
    most_usd: float | None

    def __str__(self) -> str:
        """Say it on one line."""
        asked = f"{self.calls:,} answers from {', '.join(self.models)}"
        if self.likely_usd is None or self.most_usd is None:
            return f"{asked}; the cost is unknown, as the price is not in the table"
        return f"{asked}; about ${self.likely_usd:.2f}, at most ${self.most_usd:.2f}"


def bill_for(project: Project, jobs: Sequence[Job], today: date) -> Bill:
    """Estimate what some answers will cost before anything is sent."""
    prices = load_prices(project.section("prices", PriceSettings))
    by_digest = {job.request.digest: estimate(job.request, prices, today) for job in jobs}
    estimates = [by_digest[job.request.digest] for job in jobs]
    return Bill(
        len(jobs),
        tuple(sorted({job.request.model for job in jobs})),
        _total([one.likely_cost for one in estimates]),
        _total([one.most_cost for one in estimates]),
    )


def sum_of(bills: Sequence[Bill]) -> Bill:
    """Return several bills as one: the rounds of a ladder, the turns of conversations."""
    return Bill(
        sum(bill.calls for bill in bills),
        tuple(sorted({model for bill in bills for model in bill.models})),
        _total([bill.likely_usd for bill in bills]),
        _total([bill.most_usd for bill in bills]),
    )


def _total(costs: Sequence[float | None]) -> float | None:
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


@dataclass(frozen=True)
class CacheUse:
    """What the API's prompt cache did for some answers.

    Attributes:
        read_tokens: Input tokens that were read from it.
        written_tokens: Those that were written to it.
        saved_usd: Against the same answers without it, negative where it was written and
            not read; None where a price is unknown.
    """

    read_tokens: int
    written_tokens: int
    saved_usd: float | None

    def __str__(self) -> str:
        """Say it in one sentence."""
        used = f"{self.read_tokens:,} tokens read, {self.written_tokens:,} written"
        if self.saved_usd is None:
            return f"prompt cache: {used}; what it saved is unknown, as the price is"
        verb = "saved" if self.saved_usd >= 0 else "cost"
        return f"prompt cache: {used}, which {verb} ${abs(self.saved_usd):.4f}"


def cache_use(project: Project, recordings: Sequence[Recording]) -> CacheUse | None:
    """Return what the prompt cache did for some recordings; None where it was not used."""
    cached = [r for r in recordings if r.response.usage.cached_input_tokens]
    if not cached:
        return None
    prices = load_prices(project.section("prices", PriceSettings))
    usages = [recording.response.usage for recording in cached]
    return CacheUse(
        sum(usage.cache_read_input_tokens for usage in usages),
        sum(usage.cache_creation_input_tokens for usage in usages),
        _total(
            [
                prices.cache_saving(r.served_model, r.response.usage, r.recorded_at.date())
                for r in cached
            ]
        ),
    )


@dataclass(frozen=True)
class Caps:
    """What a recording may use at the most; None sets no limit."""

    calls: int | None = None
    usd: float | None = None

    def check(self, bill: Bill) -> None:
        """Refuse a recording that could exceed a limit.

        Raises:
            InputError: It could, or its cost cannot be known; nothing was sent.
        """
        if self.calls is not None and bill.calls > self.calls:
            raise InputError(
                f"{bill.calls:,} answers are needed, more than --max-calls {self.calls:,}; raise "
                "it, or narrow the run with --suite or --case."
            )
        if self.usd is None:
            return
        if bill.most_usd is None:
            raise InputError(
                f"--max-cost {self.usd:g} cannot be held: the price of {', '.join(bill.models)} "
                "is unknown; add it under [[prices.price]] in promptgate.toml, or use --max-calls."
            )
        if bill.most_usd > self.usd:
            raise InputError(
                f"the answers may cost ${bill.most_usd:.2f}, more than --max-cost {self.usd:g}; "
                "raise it, or narrow the run with --suite or --case."
            )
