"""Ask a judge outside of a run: what is recorded is replayed, what is missing asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.errors import MissingRecording, ModelError
from promptgate.models.cassette_file import Recording
from promptgate.models.client import Job
from promptgate.runs.answers import record_jobs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from promptgate.models.request import Request
    from promptgate.runs.answers import Source

Wanted = tuple["Request", int]


def hear(
    wanted: Sequence[Wanted], source: Source, folder: tuple[str, ...], record: str, *, live: bool
) -> Mapping[tuple[str, int], Recording]:
    """Return what a judge said to each request, by digest and sample.

    Args:
        wanted: Requests, and which answer to each.
        source: Where recordings are and how more are made.
        folder: For the paths of new cassettes.
        record: The command that records what is missing.
        live: Whether to ask for what is missing.

    Raises:
        MissingRecording: Something is missing and may not be asked for.
        ModelError: Something was asked for and did not come.
    """
    jobs = {}
    heard: dict[tuple[str, int], Recording] = {}
    for request, sample in wanted:
        key = request.digest, sample
        held = {one.sample: one for one in source.cassettes.find(request.digest)}
        if sample in held:
            heard[key] = held[sample]
        else:
            jobs[key] = Job(request, sample, folder)
    if not jobs:
        return heard
    if not live:
        raise MissingRecording(
            f"{len(jobs)} of {len(jobs) + len(heard)} replies of the judge are not recorded; "
            f"record them with '{record}'."
        )
    source.announce(list(jobs.values()), [])
    for job, outcome in record_jobs(list(jobs.values()), source):
        if not isinstance(outcome, Recording):
            raise ModelError(
                f"the judge could not be asked: {outcome.kind}: {outcome.message} What came is "
                "kept; run the command again."
            )
        heard[job.request.digest, job.sample] = outcome
    return heard
