"""The trials of applications: run on recordings, in rounds, until nothing is missing.

What an application asks its models is known only by running it. So every trial
runs until its first call without a recording, what is missing is recorded as for
prompts, and so on until all trials end. A trial is therefore always a replay, and
an application that does not ask the same again when it is answered the same is
found out at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from promptgate.runs.applications.call import ApplicationCall
from promptgate.runs.applications.performing import Host, Outcome, Performer
from promptgate.runs.applications.process import OtherRevision
from promptgate.runs.conversation import Find, Need

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from promptgate.models.playing import Call, Stage
    from promptgate.runs.arms import Arm
    from promptgate.runs.plan import Plan, PlannedCase


_TRIES = 8
"""How often a trial is run before it is said to ask something else each time. One of an
application's threads may miss a recording before another asked what it had asked before."""

_NOT_AGAIN = (
    "the application cannot be replayed: it asks something else each time it runs; what it asks "
    "must not depend on the clock, on chance or on the order of a set"
)


@dataclass(frozen=True)
class Performance:
    """One trial of an application that ended, or that lacks a recording.

    Attributes:
        outcome: What it answered or raised; of no meaning where a call is missing.
        calls: The requests it made, in order.
    """

    outcome: Outcome
    calls: tuple[Call, ...]

    @property
    def missing(self) -> Call | None:
        """The first call that has no recording; with threads others may come after it."""
        return next((call for call in self.calls if call.recording is None), None)


Performances: TypeAlias = Mapping[tuple[str, str, str], tuple[Performance, ...]]
"""(arm, suite, key of the case) to its trials, in order of repeat."""


@dataclass
class _Trial:
    """A trial on its way through the rounds."""

    arm: Arm
    planned: PlannedCase
    call: ApplicationCall
    repeat: int
    performance: Performance | None = None

    @property
    def ended(self) -> bool:
        """Whether it needs no further recording."""
        return self.performance is not None and self.performance.missing is None


@dataclass
class Applications:
    """The trials of a plan's applications; use it as a context.

    Attributes:
        plan: What is asked.
        find: Gives the recordings of a request digest.
    """

    plan: Plan
    find: Find
    _hosts: dict[str | None, Host | OtherRevision] = field(default_factory=dict)

    def __post_init__(self) -> None:
        arms = {arm.name: arm for arm in self.plan.arms}
        self._trials = [
            _Trial(arms[name], planned, call, repeat)
            for planned in self.plan.cases
            for name, call in planned.requests.items()
            if isinstance(call, ApplicationCall)
            and not (planned.identical and name != self.plan.arms[-1].name)
            for repeat in range(planned.repeats)
        ]

    def __enter__(self) -> Applications:
        return self

    def __exit__(self, *_: object) -> None:
        for host in self._hosts.values():
            host.close()
        self._hosts.clear()

    def start_over(self, find: Find) -> None:
        """Forget every trial, to run it on other recordings."""
        self.find = find
        for trial in self._trials:
            trial.performance = None

    def missing(self) -> Iterator[Need]:
        """Run every trial that has not ended as far as recordings go; yield what they lack.

        Raises:
            InputError: An application cannot be imported or loads an undeclared prompt.
            RevisionError: git cannot give its files.
        """
        self._advance()
        seen: set[tuple[str, int]] = set()
        for trial in self._trials:
            call = trial.performance.missing if trial.performance else None
            key = (call.request.digest, call.sample) if call else None
            if call is not None and key is not None and key not in seen:
                seen.add(key)
                yield Need(call.request, call.sample, trial.planned, trial.arm.name, trial.repeat)

    def performances(self) -> Performances:
        """Return every trial, run as far as recordings go."""
        self._advance()
        found: dict[tuple[str, str, str], tuple[Performance, ...]] = {}
        for trial in self._trials:
            assert trial.performance is not None
            key = (trial.arm.name, trial.planned.suite.name, trial.planned.key)
            found[key] = (*found.get(key, ()), trial.performance)
        return found

    def recorded_before(self, limit: datetime) -> set[str]:
        """Return the digests of the baseline's calls that were recorded before a moment."""
        self._advance()
        return {
            call.request.digest
            for trial in self._trials
            if trial.arm.name == "baseline" or trial.planned.identical
            for call in (trial.performance.calls if trial.performance else ())
            if call.recording is not None and call.recording.recorded_at < limit
        }

    def _advance(self) -> None:
        waiting = [trial for trial in self._trials if not trial.ended]
        with ExitStack() as stack:
            for trial in {t.arm.code_of(t.call.target).commit: t for t in waiting}.values():
                stack.enter_context(self._host(trial).ready())
            for trial in waiting:
                trial.performance = self._perform(trial)

    def _host(self, trial: _Trial) -> Host | OtherRevision:
        arm = trial.arm
        commit = arm.code_of(trial.call.target).commit
        if commit not in self._hosts:
            root = arm.project.root
            self._hosts[commit] = (
                Host(root) if commit is None else OtherRevision(arm.project, commit, arm.revision)
            )
        return self._hosts[commit]

    def _perform(self, trial: _Trial) -> Performance:
        from promptgate.models.playing import Stage

        settings = trial.arm.applications.of(trial.call.target)
        performer = Performer(trial.call.target, tuple(settings.prompts), trial.arm)
        before = trial.performance.calls if trial.performance else ()
        for _ in range(_TRIES):
            stage = Stage(trial.repeat, self.find)
            outcome = self._host(trial).perform(performer, trial.call.variables, stage)
            performance = Performance(outcome, tuple(stage.calls))
            if _asked_again(before, stage):
                return performance
            if performance.missing is None:
                break
        kept = tuple(call for call in before if call.recording is not None)
        return Performance(Outcome(error=_NOT_AGAIN), kept)


def _asked_again(before: tuple[Call, ...], stage: Stage) -> bool:
    """Tell whether a trial asked all that it asked when it was run with fewer recordings."""
    once: dict[str, int] = {}
    for call in before:
        once[call.request.digest] = once.get(call.request.digest, 0) + 1
    return all(stage.asked[digest] >= count for digest, count in once.items())
