"""Where answers come from: recordings alone, or recordings after asking for what is missing.

Replay reads and never opens a socket. Recording asks for what the plan lacks, in
random order over both arms so that neither meets a better hour, and then replays:
live and replayed trials take one path. A baseline that is too old to stand beside
fresh answers is recorded again with them.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Literal

from promptgate.errors import ModelError
from promptgate.models.cassette_file import Recording
from promptgate.models.cassettes import Cassettes, new_generation
from promptgate.models.client import Client, Job, Summary
from promptgate.models.faults import Fault, FaultKind
from promptgate.models.request import Request
from promptgate.models.settings import ModelSettings
from promptgate.runs.applications.trials import Applications, Performances
from promptgate.runs.conversation import Find, Need, missing
from promptgate.runs.judging.calls import expected_judgements, missing_judgements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from promptgate.runs.plan import Plan
    from promptgate.runs.scoring import Scoring

Mode = Literal["replay", "record", "refresh"]


@dataclass(frozen=True)
class Source:
    """Where answers are kept and how to ask for more.

    Attributes:
        cassettes: The recordings.
        settings: How models are called.
        announce: Told what is about to be asked, before anything is sent, and stand-ins
            for what judges will be asked once that is answered; it may raise to prevent it.
        progress: Told after each answer how many are done, of how many.
        ended: Told after each round what was sent and which answers came of it.
    """

    cassettes: Cassettes
    settings: ModelSettings = field(default_factory=ModelSettings)
    announce: Callable[[Sequence[Job], Sequence[Job]], None] = lambda _jobs, _later: None
    progress: Callable[[int, int], None] = lambda _done, _total: None
    ended: Callable[[Summary, Sequence[Recording]], None] = lambda _summary, _recorded: None


@dataclass(frozen=True)
class Answers:
    """What was found or recorded.

    Attributes:
        find: Gives the recordings of a request digest.
        faults: (request digest, sample) to why there is no answer.
        recorded: How many answers were recorded just now.
        performances: The trials of applications.
    """

    find: Find
    faults: dict[tuple[str, int], str]
    recorded: int
    performances: Performances


def get_answers(plan: Plan, source: Source, mode: Mode, now: datetime, scoring: Scoring) -> Answers:
    """Make sure that the plan's answers are there, as far as the mode allows.

    Args:
        plan: What is asked.
        source: Where answers are kept.
        mode: 'replay' sends nothing, 'record' asks for what is missing, 'refresh'
            asks for everything as a new generation.
        now: The time that a recording's age is measured from.
        scoring: Knows which answers are judged by a model.

    Raises:
        ModelError: Nothing could be recorded at all.
        InputError: There is no key to ask with.
    """
    find = source.cassettes.find
    with Applications(plan, find) as applications:
        if mode == "replay":
            return Answers(find, {}, 0, applications.performances())
        stamp = new_generation(now)
        renewed = _Renewed(source.cassettes, stamp, everything=mode == "refresh")
        if mode == "record" and _lacks(plan, find, applications):
            limit = now - timedelta(days=source.settings.baseline_max_age_days)
            renewed.digests.update(applications.recorded_before(limit))
            renewed.digests.update(_stale(plan, source.cassettes, limit))
        if renewed.everything or renewed.digests:
            applications.start_over(renewed.find)
        faults, recorded = _record_all(plan, source, renewed, applications, scoring)
        return Answers(renewed.find, faults, recorded, applications.performances())


def _record_all(
    plan: Plan, source: Source, renewed: _Renewed, applications: Applications, scoring: Scoring
) -> tuple[dict[tuple[str, int], str], int]:
    """Record in rounds until nothing more can be; return the faults and how many answers came."""
    faults: dict[tuple[str, int], str] = {}
    recorded = 0
    while jobs := _jobs(
        chain(
            missing(plan, renewed.find),
            applications.missing(),
            missing_judgements(plan, scoring, applications),
        ),
        faults,
        renewed,
    ):
        source.announce(jobs, expected_judgements(plan, scoring, applications))
        outcomes = record_jobs(jobs, source)
        recorded += sum(isinstance(outcome, Recording) for _, outcome in outcomes)
        for job, outcome in outcomes:
            if isinstance(outcome, Fault):
                faults[job.request.digest, job.sample] = f"{outcome.kind}: {outcome.message}"
    if faults and not recorded:
        why = next(iter(faults.values()))
        if why.startswith(FaultKind.CONNECTION):
            why += " Start the server, or correct ANTHROPIC_BASE_URL or [models] base_url."
        raise ModelError(f"Nothing could be recorded: {why}")
    return faults, recorded


def _lacks(plan: Plan, find: Find, applications: Applications) -> bool:
    """Tell whether anything is missing."""
    return next(chain(missing(plan, find), applications.missing()), None) is not None


@dataclass
class _Renewed:
    """Finds recordings; for what is renewed only those of the new generation."""

    cassettes: Cassettes
    stamp: str
    everything: bool
    digests: set[str] = field(default_factory=set)

    def generation(self, digest: str) -> str | None:
        """Return the generation that a request's answers must be of; None for the newest."""
        return self.stamp if self.everything or digest in self.digests else None

    def find(self, digest: str) -> Sequence[Recording]:
        """Return the recordings of a request."""
        return self.cassettes.find(digest, generation=self.generation(digest))


def _stale(plan: Plan, cassettes: Cassettes, limit: datetime) -> Iterator[str]:
    """Yield the baseline's requests that were recorded before the limit."""
    for planned in plan.cases:
        request = planned.requests.get("baseline")
        if isinstance(request, Request):
            recordings = cassettes.find(request.digest)
            if recordings and min(r.recorded_at for r in recordings) < limit:
                yield request.digest


def _jobs(
    needs: Iterator[Need], faults: dict[tuple[str, int], str], renewed: _Renewed
) -> list[Job]:
    """Return what can be asked now and has not failed yet, in random order."""
    jobs = [
        Job(
            need.request,
            need.sample,
            need.folder or (need.planned.suite.name, need.planned.case.id),
            renewed.generation(need.request.digest),
        )
        for need in needs
        if (need.request.digest, need.sample) not in faults
    ]
    random.shuffle(jobs)
    return jobs


def record_jobs(jobs: Sequence[Job], source: Source) -> list[tuple[Job, Recording | Fault]]:
    """Ask for answers and return what came of each, in the order in which they came."""
    outcomes: list[tuple[Job, Recording | Fault]] = []

    def note(job: Job, outcome: Recording | Fault) -> None:
        outcomes.append((job, outcome))
        source.progress(len(outcomes), len(jobs))

    client = Client(source.cassettes, source.settings)
    summary = asyncio.run(client.record(jobs, on_result=note))
    source.ended(summary, [one for _, one in outcomes if isinstance(one, Recording)])
    return outcomes


def utc_now() -> datetime:
    """Return the current time, UTC: the only clock of a run."""
    return datetime.now(UTC)
