"""`[models]` in promptgate.toml: how models are called. Every number is here with its default."""

from __future__ import annotations

from pydantic import Field

from promptgate.documents import StrictModel


class ModelSettings(StrictModel):
    """`[models]`: the endpoint, patience, concurrency, and when a recording is too old."""

    base_url: str | None = Field(
        default=None,
        description="The API or gateway to record from. Default: the environment's "
        "ANTHROPIC_BASE_URL, else Anthropic's API.",
    )
    concurrency: int = Field(
        default=32,
        ge=1,
        le=1000,
        description="Most requests in flight; fewer where the API slows down.",
    )
    retries: int = Field(
        default=6,
        ge=0,
        le=20,
        description="How often a request that failed in passing is sent again.",
    )
    timeout: float = Field(
        default=600.0, gt=0, description="Seconds until an answer that is not complete is given up."
    )
    longest_wait: float = Field(
        default=60.0,
        ge=0,
        description="Most seconds to wait because the API asks for it (retry-after).",
    )
    stream: bool = Field(
        default=False,
        description="Receive every answer as a stream. Answers longer than the API sends whole "
        "are always streamed. Recordings are found either way.",
    )
    cache_system_prompt: bool = Field(
        default=False,
        description="Mark system prompts for the API's prompt cache. The mark is part of the "
        "request: turning it on or off asks for new recordings.",
    )
    baseline_max_age_days: int = Field(
        default=7,
        ge=0,
        description="Recording a candidate records a baseline older than this again, so that "
        "both arms met the same service.",
    )
