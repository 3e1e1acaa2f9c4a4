"""Ask the models: many requests at once, every answer on disk before it is reported.

The client decides how fast to send (an adaptive limit), what to send again (by
the kind of fault, alike for both arms) and where answers go (the cassettes). It
takes jobs one at a time from an iterable, so that a plan of any length, or one
that ends when its budget does, needs no memory. It refuses to know prompts,
suites and budgets.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from promptgate.errors import CassetteError
from promptgate.models.cassette_file import Recording, lay_out
from promptgate.models.faults import (
    CONGESTION,
    HOPELESS,
    Fault,
    FaultKind,
    retries_of,
)
from promptgate.models.pacing import Lanes, Room
from promptgate.models.session import Failure, Reply, Session
from promptgate.models.settings import ModelSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from promptgate.models.cassettes import Cassettes
    from promptgate.models.request import Request

HOPELESS_IN_A_ROW = 5
"""So many refusals of the key or the account, with no answer between, end a run."""
UNREACHED = 5
"""So many second attempts to connect that failed, where nothing ever answered, end a run."""


@dataclass(frozen=True)
class Job:
    """One answer that is wanted.

    Attributes:
        request: What to ask.
        sample: Which answer to it this is, from 0.
        folder: Suite and case, for the path of a new cassette.
        generation: The stamp of a refresh; None adds to the newest generation.
    """

    request: Request
    sample: int = 0
    folder: tuple[str, ...] = ()
    generation: str | None = None


@dataclass(frozen=True)
class Backoff:
    """How long to wait before another attempt, where the API does not say.

    Attributes:
        first: Seconds before the second attempt; each further wait is twice as long.
        longest: No wait is longer.
    """

    first: float = 0.5
    longest: float = 30.0

    def wait(self, attempts: int) -> float:
        """Return the seconds to wait after so many attempts, a quarter of them by chance."""
        seconds = min(self.longest, self.first * 2.0 ** min(attempts - 1, 30))
        return seconds * (1 - 0.25 * random.random())  # noqa: S311  # spreads load, hides nothing


@dataclass(frozen=True)
class Summary:
    """What a call of `record` did.

    Attributes:
        recorded: Answers stored.
        faults: Requests without an answer, by kind.
        sent: Requests that went out, repeated attempts included.
        retried: Those of them that were repeated attempts.
        served: For each model that was asked, the models that answered.
        most_in_flight: The largest number of requests under way at once.
    """

    recorded: int
    faults: Mapping[FaultKind, int]
    sent: int
    retried: int
    served: Mapping[str, tuple[str, ...]]
    most_in_flight: int

    @property
    def changed_models(self) -> tuple[str, ...]:
        """The models that were served by more than one model while recording."""
        return tuple(asked for asked, served in self.served.items() if len(served) > 1)


class Client:
    """Records answers into cassettes.

    Args:
        cassettes: Where answers go.
        settings: The section `[models]`.
        backoff: Waits between attempts.
    """

    def __init__(
        self,
        cassettes: Cassettes,
        settings: ModelSettings | None = None,
        *,
        backoff: Backoff | None = None,
    ) -> None:
        self._cassettes = cassettes
        self._settings = settings or ModelSettings()
        self._backoff = backoff or Backoff()

    async def record(
        self,
        jobs: Iterable[Job],
        *,
        on_result: Callable[[Job, Recording | Fault], None] | None = None,
    ) -> Summary:
        """Ask for every job, in order as far as concurrency allows.

        Args:
            jobs: Taken one by one as there is room, so it may be a generator that
                ends early.
            on_result: Called once for each job, as it ends; a recording is on disk
                by then. What it raises ends the run.

        Returns:
            Counts of what was done.

        Raises:
            InputError: There is no key.
            CassetteError: An answer cannot be stored; nothing more is sent.
            ModelError: The SDK sent something else than it was given.
        """
        async with Session(self._settings) as session:
            run = _Run(session, self._cassettes, self._settings, self._backoff, on_result)
            return await run.through(iter(jobs))


@dataclass
class _Run:
    """The state of one call of `record`."""

    session: Session
    cassettes: Cassettes
    settings: ModelSettings
    backoff: Backoff
    on_result: Callable[[Job, Recording | Fault], None] | None
    sent: int = 0
    retried: int = 0
    in_flight: int = 0
    ended: bool = False
    most_in_flight: int = 0
    recorded: int = 0
    faults: Counter[FaultKind] = field(default_factory=Counter)
    served: dict[str, set[str]] = field(default_factory=dict)
    refusals: list[Fault] = field(default_factory=list)
    reached: bool = False
    unreached: int = 0

    def __post_init__(self) -> None:
        self.room = Room(self.settings.concurrency, self.settings.longest_wait)
        self.lanes: Lanes[Recording] = Lanes()

    async def through(self, jobs: Iterator[Job]) -> Summary:
        """Work through the jobs with as many workers as may ever be needed.

        Half of them may be waiting for the disk: what is in flight is bounded by the room.
        """
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(2 * self.settings.concurrency):
                    group.create_task(self._work(jobs))
        except BaseExceptionGroup as errors:
            raise _first(errors) from None
        finally:
            await self.lanes.close()
        return Summary(
            self.recorded,
            dict(self.faults),
            self.sent,
            self.retried,
            {asked: tuple(sorted(models)) for asked, models in self.served.items()},
            self.most_in_flight,
        )

    async def _work(self, jobs: Iterator[Job]) -> None:
        """Take jobs until there are none, or until any worker was cancelled or failed.

        A transport may swallow a cancellation, and a worker that did not notice its own would
        go on to the end of the plan after a Ctrl-C.
        """
        try:
            while not self.ended:
                await self._work_once(jobs)
        except BaseException:
            self.ended = True
            raise

    async def _work_once(self, jobs: Iterator[Job]) -> None:
        """Take one job and see it to its end; where there is none, work is at an end."""
        await self.room.enter()
        job = None if self.ended else next(jobs, None)
        if job is None:
            self.room.leave()
            self.ended = True
        else:
            outcome = await self._answer(job)
            if isinstance(outcome, Fault):
                self.faults[outcome.kind] += 1
            else:
                self.recorded += 1
                self.served.setdefault(job.request.model, set()).add(outcome.served_model)
            if self.on_result is not None:
                self.on_result(job, outcome)

    async def _answer(self, job: Job) -> Recording | Fault:
        """Return a job's outcome. Comes with room for one request, leaves without."""
        digest = job.request.digest
        request = self.session.as_sent(job.request)
        unsent = self._unsent(request)
        if unsent is not None:
            self.room.leave()
            return unsent
        outcome = await self._ask(request)
        if isinstance(outcome, Fault) and outcome.kind in HOPELESS:
            self.refusals.append(outcome)
        else:
            self.refusals.clear()
        if isinstance(outcome, Fault):
            return outcome
        recording = Recording(
            digest=digest,
            sample=job.sample,
            body=lay_out(outcome.body),
            recorded_at=datetime.now(UTC).replace(microsecond=0),
            sdk=self.session.sdk,
            latency_ms=outcome.latency_ms,
            endpoint=self.session.endpoint,
        )
        return await self._store(job, request, recording)

    async def _store(self, job: Job, request: Request, recording: Recording) -> Recording:
        """Put an answer on disk, in a thread: waiting for the disk must not hold up the rest."""
        cassettes = self.cassettes
        try:
            return await self.lanes.run(
                lambda: cassettes.append(request, recording, job.folder, generation=job.generation)
            )
        except OSError as error:
            raise CassetteError(
                f"an answer cannot be stored ({error.strerror}); make room or check permissions. "
                "Nothing more was sent, and what was stored is kept.",
                file=str(error.filename or cassettes.root),
            ) from None

    async def _ask(self, request: Request) -> Reply | Fault:
        """Send until there is an answer or no point in going on.

        Comes with room for the first attempt; each further one waits for its own.
        """
        attempts = 0
        met: Counter[FaultKind] = Counter()
        while True:
            if attempts:
                await self.room.enter()
            attempts += 1
            self.sent += 1
            self.retried += attempts > 1
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
            try:
                result = await self.session.attempt(request)
                congested = isinstance(result, Failure) and result.kind in CONGESTION
                self.room.learn(congested=congested, headers=result.headers)
            finally:
                self.in_flight -= 1
                self.room.leave()
            if isinstance(result, Reply):
                self.reached = True
                return result
            self._learn_of_server(result, attempts)
            met[result.kind] += 1
            again = met[result.kind] <= retries_of(result.kind, self.settings.retries)
            if result.should_retry is not None:
                again = result.should_retry
            if not again or attempts > self.settings.retries or self._nobody_answers:
                return Fault(result.kind, result.message, result.status, attempts)
            await asyncio.sleep(self._wait(result, attempts))
            if self._nobody_answers:
                return Fault(result.kind, result.message, result.status, attempts)

    def _learn_of_server(self, failure: Failure, attempts: int) -> None:
        """Note whether there is a server at all: a first attempt may meet one that starts."""
        if failure.kind is not FaultKind.CONNECTION:
            self.reached = True
        elif attempts > 1:
            self.unreached += 1

    @property
    def _nobody_answers(self) -> bool:
        """Whether there is no point in waiting for a server that was never there."""
        return not self.reached and self.unreached >= UNREACHED

    def _wait(self, failure: Failure, attempts: int) -> float:
        if failure.retry_after is None:
            return self.backoff.wait(attempts)
        return min(failure.retry_after, self.settings.longest_wait)

    def _unsent(self, request: Request) -> Fault | None:
        """Return why a request must not, or need not, go out at all."""
        if len(self.refusals) >= HOPELESS_IN_A_ROW:
            last = self.refusals[-1]
            told = f"not sent, as {HOPELESS_IN_A_ROW} before it were refused: {last.message}"
            return Fault(last.kind, told, last.status, attempts=0)
        if self._nobody_answers:
            told = f"not sent, as nothing answers at {self.session.endpoint}."
            return Fault(FaultKind.CONNECTION, told, attempts=0)
        if self.session.holds_secret(request):
            told = "the request holds the API's key; remove it from the prompt or the case."
            return Fault(FaultKind.SECRET, told, attempts=0)
        return None


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the error that ended the workers, out of the group that asyncio wraps it in."""
    inner = errors.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner
