"""Which hunks, lines and parameters of an edit make the difference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from promptgate.errors import ExitCode, InputError, PromptgateError
from promptgate.investigate.diagnosis import SCHEMA_VERSION
from promptgate.investigate.hunks import Form, Hunk, hunks_between, lines_of
from promptgate.investigate.search.delta import Blamed, Judge, blame
from promptgate.investigate.search.evidence import Tally
from promptgate.investigate.search.sequential import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from promptgate.investigate.asking import Asker
    from promptgate.investigate.subject import Subject
    from promptgate.investigate.versions import Version


_WAVER = "answers waver between failing and passing; with a key the same command goes on"


@dataclass(frozen=True)
class HunkReport:
    """One hunk and what it does.

    Attributes:
        hunk: The change.
        guilty: Whether it belongs to what makes the difference, as far as that is settled.
        alone: The answers of the old text with this hunk alone; None where it was not asked.
        without: The answers of the new text without this hunk alone; None likewise.
        lines: Of a guilty hunk, the numbers of its lines that matter, from 0; () where
            they were not told apart.
    """

    hunk: Hunk
    guilty: bool
    alone: Tally | None
    without: Tally | None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Attribution:
    """Which changes matter.

    Attributes:
        subject, prompt: What was looked at.
        old, new: The versions compared.
        hunks: All changes with what they do.
        found: What the search found; items are places in `hunks`.
        calls, recorded, cost_usd, notes: As in a diagnosis.
    """

    subject: str
    prompt: str
    old: Version
    new: Version
    hunks: tuple[HunkReport, ...]
    found: Blamed[int]
    calls: int
    recorded: int
    cost_usd: float | None
    notes: tuple[str, ...]

    @property
    def guilty(self) -> tuple[HunkReport, ...]:
        """The changes that make the difference."""
        return tuple(report for report in self.hunks if report.guilty)

    @property
    def told(self) -> str:
        """How many of the changes make the difference, without a full stop."""
        span = f"{len(self.hunks)} changes from {self.old.revision} to {self.new.revision}"
        if not self.found.settled:
            return f"It is not settled which of {span} makes the difference"
        count = len(self.guilty)
        return f"{count} of {span} {'makes' if count == 1 else 'make'} the difference"

    @property
    def exit_code(self) -> ExitCode:
        """0, or HOLD where it is not shown that they suffice and are needed."""
        return ExitCode.OK if self.found.settled else ExitCode.HOLD

    def to_json(self) -> dict[str, Any]:
        """Return the attribution as plain data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "subject": self.subject,
            "prompt": self.prompt,
            "old": self.old.revision,
            "new": self.new.revision,
            "settled": self.found.settled,
            "confidence": self.found.confidence,
            "sufficient": self.found.sufficient.value,
            "necessary": self.found.necessary.value,
            "groups": [list(group) for group in self.found.groups],
            "hunks": [_hunk(report) for report in self.hunks],
            "calls": self.calls,
            "recorded": self.recorded,
            "cost_usd": self.cost_usd,
            "notes": list(self.notes),
        }


def _hunk(report: HunkReport) -> dict[str, Any]:
    hunk = report.hunk
    return {
        "file": hunk.file,
        "line": hunk.start,
        "new_line": hunk.new_start,
        "removed": list(hunk.old),
        "added": list(hunk.new),
        "guilty": report.guilty,
        "lines": list(report.lines),
        "alone": None if report.alone is None else [report.alone.fails, report.alone.calls],
        "without": None if report.without is None else [report.without.fails, report.without.calls],
    }


def attribute(
    subject: Subject,
    old: Version,
    new: Version,
    asker: Asker,
    *,
    by_line: bool = False,
    told: Callable[[Mapping[frozenset[int], Tally]], None] = lambda _seen: None,
) -> Attribution:
    """Find the changes between two versions of a prompt that make an input fail.

    Args:
        subject: The input and its check.
        old: Where it passes.
        new: Where it fails.
        asker: Draws answers.
        by_line: Whether to take guilty hunks apart into lines, too.
        told: Given the answers by applied hunks, after each one.

    Raises:
        InputError: The versions are the same, or the old fails, or the new does not.
        EvidenceError: Nothing is recorded, and nothing can be asked.
    """
    hunks = hunks_between(old.arm.prompt(subject.prompt), new.arm.prompt(subject.prompt))
    if not hunks:
        raise InputError(
            f"{subject.prompt!r} is the same at {old.revision} and {new.revision}; there is "
            "nothing to attribute."
        )
    bench = _Bench(subject, old, new, asker)
    judge = bench.judge(hunks, told)
    found = blame(judge, range(len(hunks)))
    if not asker.calls:
        raise asker.nothing_recorded(f"{subject.title} at {new.revision}")
    _check_ends(found, judge, old, new)
    reports = [_report(hunks, place, judge, found) for place in range(len(hunks))]
    if by_line and found.settled:
        reports = [
            replace(one, lines=bench.lines(hunks, place, found)) if one.guilty else one
            for place, one in enumerate(reports)
        ]
    notes = list(asker.notes)
    if bench.broken:
        notes.append(f"{len(bench.broken)} forms of the edit do not render and were not judged")
    if not found.settled:
        notes += asker.ended() or (_WAVER,)
    return Attribution(
        subject.title,
        subject.prompt,
        old,
        new,
        tuple(reports),
        found,
        asker.calls,
        asker.recorded,
        asker.cost_usd,
        tuple(notes),
    )


def _report(
    hunks: Sequence[Hunk], place: int, judge: Judge[frozenset[int]], found: Blamed[int]
) -> HunkReport:
    """Return what was found of one hunk."""
    return HunkReport(
        hunks[place],
        guilty=found.settled and any(place in group for group in found.groups),
        alone=judge.seen.get(frozenset({place})),
        without=judge.seen.get(frozenset(range(len(hunks))) - {place}),
    )


@dataclass
class _Bench:
    """Forms of a prompt between two versions, as something to ask."""

    subject: Subject
    old: Version
    new: Version
    asker: Asker

    def __post_init__(self) -> None:
        prompt = self.old.arm.prompt(self.subject.prompt)
        self._files = dict(prompt.closure)
        there = self.new.arm.prompt(self.subject.prompt).file
        if there != prompt.file:
            self._files[there] = self._files.pop(prompt.file)
        self.broken: set[str] = set()

    def judge(
        self,
        hunks: Sequence[Hunk],
        told: Callable[[Mapping[frozenset[int], Tally]], None],
    ) -> Judge[frozenset[int]]:
        """Return the judge of which subsets of hunks fail."""

        def oracle(applied: frozenset[int]) -> bool | None:
            return self.ask([hunks[place] for place in sorted(applied)])

        judge = Judge(oracle, budget=self.asker.limits.calls)
        judge.told = lambda _form, _seen: told(judge.seen)
        return judge

    def ask(self, hunks: Sequence[Hunk]) -> bool | None:
        """Draw an answer of the old text with hunks applied; None where it does not render."""
        arm = replace(
            self.new.arm, tree=Form(self._files, hunks), _loaded={}, model=self.new.arm.model
        )
        try:
            request = self.subject.request(arm)
        except PromptgateError as error:
            self.broken.add(str(error))
            return None
        return self.asker.fails(self.subject, request)

    def lines(self, hunks: Sequence[Hunk], place: int, found: Blamed[int]) -> tuple[int, ...]:
        """Return which lines of a guilty hunk matter, with the rest of its group applied."""
        parts = lines_of(hunks[place])
        if len(parts) < 2:
            return ()
        group = next(group for group in found.groups if place in group)
        others = [hunks[other] for other in group if other != place]

        def oracle(applied: frozenset[int]) -> bool | None:
            return self.ask([*others, *(parts[line] for line in sorted(applied))])

        judge = Judge(oracle, budget=self.asker.limits.calls - self.asker.calls)
        lines = blame(judge, range(len(parts)))
        return (
            tuple(sorted({line for one in lines.groups for line in one})) if lines.settled else ()
        )


def _check_ends(
    found: Blamed[int], judge: Judge[frozenset[int]], old: Version, new: Version
) -> None:
    everything = max(judge.seen, key=len, default=frozenset[int]())
    if found.with_all is State.GOOD:
        seen = judge.seen[everything]
        raise InputError(
            f"the new version {new.revision} is good: {seen.fails} of {seen.calls} answers fail "
            "there; name the version where this input fails second."
        )
    if found.without is State.BAD:
        seen = judge.seen.get(frozenset(), Tally())
        raise InputError(
            f"the old version {old.revision} is bad: {seen.fails} of {seen.calls} answers fail "
            "there already; name a version where this input passes first."
        )
