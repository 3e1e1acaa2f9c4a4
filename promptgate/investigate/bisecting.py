"""Since which commit: the search of a history, over the versions of one prompt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from promptgate.errors import ExitCode, InputError, PromptError
from promptgate.investigate.diagnosis import SCHEMA_VERSION
from promptgate.investigate.search.evidence import Tally
from promptgate.investigate.search.history import Bisected, bisect
from promptgate.investigate.search.sequential import State, reproduce

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
        calls, recorded, cost_usd: As in a diagnosis.
        notes: What a reader must know beside.
    """

    subject: str
    prompt: str
    versions: tuple[Version, ...]
    found: Bisected
    calls: int
    recorded: int
    cost_usd: float | None
    notes: tuple[str, ...]

    @property
    def first_bad(self) -> Version:
        """The version since which it fails."""
        return self.versions[min(self.found.first_bad, len(self.versions) - 1)]

    @property
    def last_good(self) -> Version | None:
        """The newest version before it that was shown good, to go back to; None: none was."""
        for place in range(min(self.found.first_bad, len(self.versions)) - 1, -1, -1):
            if _shown_good(self.found.seen.get(place, Tally())):
                return self.versions[place]
        return None

    @property
    def passing_since(self) -> tuple[Version, ...]:
        """Versions after the first bad one, before the last, that were shown good all the same."""
        after = range(self.found.first_bad + 1, len(self.versions) - 1)
        seen = self.found.seen
        return tuple(self.versions[at] for at in after if _shown_good(seen.get(at, Tally())))

    def versions_shown(self) -> list[tuple[str, str]]:
        """Return revision and title of each version, oldest first."""
        return [(version.revision, version.subject) for version in self.versions]

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
                    "fails": self.found.seen.get(place, Tally()).fails,
                    "answers": self.found.seen.get(place, Tally()).calls,
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


def _shown_good(seen: Tally) -> bool:
    return seen.calls >= _ENOUGH and seen.fails == 0


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
        asker.calls,
        asker.recorded,
        asker.cost_usd,
        (*notes, _ASSUMED),
    )
    if not made.passing_since:
        return made
    passing = ", ".join(version.revision for version in made.passing_since)
    strange = f"it does not: {passing} passes after it, so more than one edit plays a part"
    return replace(made, notes=(*made.notes, strange))


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
