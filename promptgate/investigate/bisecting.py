"""Since which commit: the search of a history, over the versions of one prompt."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from promptgate.errors import ExitCode, InputError, PromptError
from promptgate.investigate.diagnosis import SCHEMA_VERSION
from promptgate.investigate.search.evidence import Tally
from promptgate.investigate.search.history import Bisected, bisect
from promptgate.investigate.search.sequential import REPRODUCE, State, reproduce

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from promptgate.investigate.asking import Asker
    from promptgate.investigate.subject import Subject
    from promptgate.investigate.versions import Version


@dataclass(frozen=True)
class Bisection:
    """The first version that fails.

    Attributes:
        subject: What was looked at.
        prompt: Name of the prompt.
        versions: All of them, oldest first.
        found: What the search found.
        beside: Recorded answers of versions that the search had no need to ask, by place.
        calls, recorded, cost_usd: As in a diagnosis.
        notes: What a reader must know beside.
    """

    subject: str
    prompt: str
    versions: tuple[Version, ...]
    found: Bisected
    beside: Mapping[int, Tally]
    calls: int
    recorded: int
    cost_usd: float | None
    notes: tuple[str, ...]

    def seen(self, place: int) -> Tally:
        """Return the answers of one version."""
        return self.found.seen.get(place) or self.beside.get(place) or Tally()

    @property
    def first_bad(self) -> Version:
        """The version since which it fails."""
        return self.versions[min(self.found.first_bad, len(self.versions) - 1)]

    @property
    def last_good(self) -> Version | None:
        """The newest version before it that was shown good, to go back to; None: none was."""
        for place in range(min(self.found.first_bad, len(self.versions)) - 1, -1, -1):
            if _shown_good(self.seen(place)):
                return self.versions[place]
        return None

    @property
    def passing_since(self) -> tuple[Version, ...]:
        """Versions after the first bad one, before the last, that were shown good all the same."""
        after = range(self.found.first_bad + 1, len(self.versions) - 1)
        return tuple(self.versions[at] for at in after if _shown_good(self.seen(at)))

    @property
    def failing_before(self) -> tuple[Version, ...]:
        """Versions before the first bad one, after the first, that were shown bad all the same."""
        before = range(1, min(self.found.first_bad, len(self.versions)))
        return tuple(self.versions[at] for at in before if _shown_bad(self.seen(at)))

    def versions_shown(self) -> list[tuple[str, str]]:
        """Return revision and title of each version, oldest first."""
        return [(version.revision, version.subject) for version in self.versions]

    def answers_shown(self) -> dict[int, Tally]:
        """Return all answers by place."""
        return {**self.beside, **self.found.seen}

    @property
    def confidence(self) -> float:
        """The probability of the first bad version."""
        return self.found.posterior.get(self.found.first_bad, 0.0)

    @property
    def exit_code(self) -> ExitCode:
        """0, or HOLD where the budget ended first."""
        return ExitCode.OK if self.found.settled else ExitCode.HOLD

    def to_json(self) -> dict[str, Any]:
        """Return the bisection as plain data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "subject": self.subject,
            "prompt": self.prompt,
            "settled": self.found.settled,
            "first_bad": _version(self.first_bad),
            "last_good": None if self.last_good is None else _version(self.last_good),
            "confidence": self.confidence,
            "calls": self.calls,
            "recorded": self.recorded,
            "cost_usd": self.cost_usd,
            "versions": [
                {
                    **_version(version),
                    "fails": self.seen(place).fails,
                    "answers": self.seen(place).calls,
                    "first_bad": self.found.posterior.get(place, 0.0),
                }
                for place, version in enumerate(self.versions)
            ],
            "notes": list(self.notes),
        }


_ASSUMED = (
    "it assumes one change-over: every version before passes and every one from it on fails; "
    "'promptgate rerun' shows them all"
)
_ENOUGH = 3
"""Answers without a failure from which on a version was shown good."""
_BESIDE = 8
"""Recorded answers that are looked at of a version that was not asked."""


def _shown_good(seen: Tally) -> bool:
    return seen.calls >= _ENOUGH and seen.fails == 0


def _shown_bad(seen: Tally) -> bool:
    return REPRODUCE.state(seen) is State.BAD


def _version(version: Version) -> dict[str, Any]:
    return {
        "revision": version.revision,
        "commit": version.arm.tree.commit,
        "title": version.subject,
        "fingerprint": version.fingerprint,
    }


def find_commit(
    subject: Subject,
    versions: Sequence[Version],
    asker: Asker,
    *,
    told: Callable[[Mapping[int, float], Mapping[int, Tally]], None] = lambda _p, _s: None,
) -> Bisection:
    """Find the version of a prompt since which an input fails.

    Args:
        subject: The input and its check.
        versions: Oldest first; the first passes, the last fails.
        asker: Draws answers.
        told: Given the posterior by place and the answers, after each one.

    Raises:
        InputError: The first fails already, or the last does not; with the numbers.
        EvidenceError: Nothing is recorded of the last version, and nothing can be asked.
    """
    skipped: set[int] = set()

    def oracle(place: int) -> bool | None:
        try:
            request = subject.request(versions[place].arm)
        except PromptError:
            skipped.add(place)
            return None
        return asker.fails(subject, request)

    limits = asker.limits
    found = bisect(
        oracle, len(versions), confidence=limits.confidence, budget=limits.calls, told=told
    )
    if not asker.calls:
        raise asker.nothing_recorded(f"{subject.title} at {versions[-1].revision}")
    _check_ends(found, versions)
    beside = _recorded(subject, versions, asker, found)
    notes = list(asker.notes)
    if skipped:
        broken = ", ".join(versions[place].revision for place in sorted(skipped))
        notes.append(f"the prompt cannot be rendered with this input at {broken}: not asked there")
    notes += () if found.settled else asker.ended()
    made = Bisection(
        subject.title,
        subject.prompt,
        tuple(versions),
        found,
        beside,
        asker.calls,
        asker.recorded,
        asker.cost_usd,
        (*notes, _ASSUMED),
    )
    return replace(made, notes=(*made.notes, *_contradictions(made)))


def _contradictions(made: Bisection) -> list[str]:
    """Return what the answers say against one change-over."""
    strange = []
    for these, how in ((made.passing_since, "passes after"), (made.failing_before, "fails before")):
        if these:
            listed = ", ".join(version.revision for version in these)
            strange.append(
                f"recorded answers contradict that: {listed} {how} it, so more than one edit "
                "plays a part"
            )
    return strange


def _recorded(
    subject: Subject, versions: Sequence[Version], asker: Asker, found: Bisected
) -> dict[int, Tally]:
    """Return what is recorded of versions that the search did not ask: it costs nothing."""
    free = replace(asker.again(_BESIDE * len(versions)), mode="replay")
    beside: dict[int, Tally] = {}
    for place, version in enumerate(versions):
        if place in found.seen:
            continue
        with suppress(PromptError):  # it cannot be rendered there
            request = subject.request(version.arm)
            seen = Tally()
            while seen.calls < _BESIDE and (failed := free.fails(subject, request)) is not None:
                seen = seen.plus(failed)
            if seen.calls:
                beside[place] = seen
    return beside


def state_of(subject: Subject, version: Version, asker: Asker) -> tuple[State, Tally]:
    """Tell whether an input fails at one version: for bisections that others lead."""
    request = subject.request(version.arm)
    found = reproduce(lambda _place: asker.fails(subject, request), 0, budget=asker.limits.calls)
    return found.state, found.seen


def _check_ends(found: Bisected, versions: Sequence[Version]) -> None:
    """Refuse ends that are not what they are said to be, with their numbers."""
    if not found.settled:
        return
    if found.bad_is_good:
        seen = found.seen[len(versions) - 1]
        raise InputError(
            f"the bad end {versions[-1].revision} is good: {seen.fails} of {seen.calls} answers "
            "fail there; give a revision where this input fails as --bad."
        )
    if found.good_is_bad:
        seen = found.seen.get(0, Tally())
        raise InputError(
            f"the good end {versions[0].revision} is bad: {seen.fails} of {seen.calls} answers "
            "fail there already; give an older revision as --good."
        )
