"""An edit as people read it: texts, requests that differ, answers that changed, scores that moved.

One view, shown on a terminal, as JSON and as HTML. Requests that differ in the same
way are shown once, with how many cases they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from promptgate.gate import SuiteTable
from promptgate.models.request import Request
from promptgate.reports.asking import read
from promptgate.reports.cases import CaseAccount
from promptgate.reports.difference import Line, difference
from promptgate.reports.summary import shown_revision
from promptgate.runs.tables import case_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from promptgate.prompts.diff import PromptDiff
    from promptgate.reports.asking import Asking, Said
    from promptgate.runs.behaviour import Behaviour, Edit
    from promptgate.runs.plan import PlannedCase
    from promptgate.runs.results import Trial


@dataclass(frozen=True)
class Rendered:
    """Requests that differ in one way.

    Attributes:
        cases: 'suite:case' of each.
        lines: The difference, of the first of them.
    """

    cases: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class SuiteMove:
    """What became of the answers of one suite's cases whose requests differ.

    Attributes:
        suite: Its name.
        cases: With answers of both revisions, in order of the fall of their score.
        changed: How many of them have other answers.
        unrecorded: How many cases lack an answer of either.
        units: For each of `cases` its unit, as a gate counts them: cases that share a
            source weigh as one.
    """

    suite: str
    cases: tuple[CaseAccount, ...]
    changed: int
    unrecorded: int
    units: tuple[int, ...] = ()

    def mean(self, arm: str) -> float | None:
        """Return the mean score of the units in one arm ('before' or 'after')."""
        units: dict[int, list[float]] = {}
        for unit, case in zip(self.units, self.cases, strict=True):
            if (score := getattr(case, arm)) is not None:
                units.setdefault(unit, []).append(score)
        means = [sum(scores) / len(scores) for scores in units.values()]
        return sum(means) / len(means) if means else None

    @property
    def fell(self) -> int:
        """How many cases have a lower mean score."""
        return sum((case.change or 0) < 0 for case in self.cases)

    @property
    def rose(self) -> int:
        """How many cases have a higher mean score."""
        return sum((case.change or 0) > 0 for case in self.cases)


@dataclass(frozen=True)
class PromptEdit:
    """What differs of one prompt.

    Attributes:
        prompt: Files, model, parameters.
        fault: Why the cases could not be rendered; ''.
        cases: How many cases there are; None where they could not be rendered.
        same: How many of them send the same request.
        new: How many the old revision cannot render.
        rendered: How the requests of the others differ, the most frequent first.
        moves: What became of their answers; () where none were looked at.
    """

    prompt: PromptDiff
    fault: str
    cases: int | None
    same: int
    new: int
    rendered: tuple[Rendered, ...]
    moves: tuple[SuiteMove, ...]


@dataclass(frozen=True)
class EditAccount:
    """What a report shows of an edit: its revisions, the prompts that differ, and notes."""

    before: str
    after: str
    prompts: tuple[PromptEdit, ...]
    notes: tuple[str, ...] = ()


def account_of_edit(edit: Edit) -> EditAccount:
    """Return what reports show of an edit; prompts that are the same are left out."""
    told = tuple(_prompt(one) for one in edit.prompts if one.prompt.differs)
    return EditAccount(shown_revision(edit.before), shown_revision(edit.after), told, edit.notes)


def _prompt(one: Behaviour) -> PromptEdit:
    cases = () if one.plan is None else one.plan.cases
    differing = [case for case in cases if not case.identical]
    new = sum(case.requests.get("baseline") is None for case in differing)
    return PromptEdit(
        one.prompt,
        one.fault,
        None if one.plan is None else len(cases),
        len(cases) - len(differing),
        new,
        tuple(_rendered([case for case in differing if case.requests.get("baseline")])),
        tuple(_moves(one.trials, {(c.suite.name, c.key): c for c in cases})),
    )


def _rendered(cases: Sequence[PlannedCase]) -> list[Rendered]:
    groups: dict[tuple[str, ...], tuple[list[str], tuple[Line, ...]]] = {}
    for case in cases:
        lines = _lines(case)
        key = tuple(f"{line.kind} {line.text}" for line in lines if line.kind in _CHANGES)
        groups.setdefault(key, ([], lines))[0].append(f"{case.suite.name}:{case.key}")
    ordered = sorted(groups.values(), key=lambda group: -len(group[0]))
    return [Rendered(tuple(names), lines) for names, lines in ordered]


_CHANGES = ("removed", "added")


def _lines(case: PlannedCase) -> tuple[Line, ...]:
    """Return how the requests of a case differ; what both begin and end with is left out."""
    before, after = (
        list(read(request.scrubbed).parts)
        for arm in ("baseline", "candidate")
        if isinstance(request := case.requests.get(arm), Request)
    )
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return _difference(_text(before), _text(after))


def _text(parts: Iterable[Said]) -> str:
    return "\n".join(f"[{part.label}]\n{part.text}" for part in parts)


@lru_cache(maxsize=64)
def _difference(before: str, after: str) -> tuple[Line, ...]:
    """Compare two texts; many cases of a suite ask for the same comparison."""
    return difference(before, after, context=1)


def _moves(
    trials: Sequence[Trial], planned: Mapping[tuple[str, str], PlannedCase]
) -> list[SuiteMove]:
    suites: dict[str, dict[str, tuple[list[Trial], list[Trial]]]] = {}
    for trial in trials:
        arms = suites.setdefault(trial.suite, {}).setdefault(trial.case, ([], []))
        arms[trial.arm == "candidate"].append(trial)
    return [_move(suite, cases, planned) for suite, cases in suites.items()]


def _move(
    suite: str,
    cases: Mapping[str, tuple[list[Trial], list[Trial]]],
    planned: Mapping[tuple[str, str], PlannedCase],
) -> SuiteMove:
    known = [
        CaseAccount(suite, case, tuple(before), tuple(after), asked=_asked(planned[suite, case]))
        for case, (before, after) in cases.items()
        if before and all(trial.state != "missing" for trial in (*before, *after))
    ]
    known.sort(key=lambda case: case.change or 0)
    changed = sum(
        sorted(t.answer for t in case.baseline) != sorted(t.answer for t in case.candidate)
        for case in known
    )
    units = _units(suite, [planned[suite, case.case] for case in known])
    return SuiteMove(suite, tuple(known), changed, len(cases) - len(known), units)


def _units(suite: str, cases: Sequence[PlannedCase]) -> tuple[int, ...]:
    rows = [case_row(planned) for planned in cases]
    return tuple(SuiteTable.from_rows(suite, rows, ()).unit.tolist())


def _asked(case: PlannedCase) -> tuple[Asking | None, Asking | None]:
    request = case.requests.get("candidate")
    return None, read(request.scrubbed) if isinstance(request, Request) else None


def edit_json(account: EditAccount) -> dict[str, Any]:
    """Return an edit as JSON."""
    return {
        "schema_version": 1,
        "before": account.before,
        "after": account.after,
        "prompts": [_prompt_json(prompt) for prompt in account.prompts],
        "notes": list(account.notes),
    }


def _prompt_json(one: PromptEdit) -> dict[str, Any]:
    change = one.prompt
    return {
        "prompt": change.name,
        "exists": {"before": change.exists[0], "after": change.exists[1]},
        "same_fingerprint": change.same_fingerprint,
        "values": [{"name": v.name, "before": v.before, "after": v.after} for v in change.values],
        "files": [{"file": f.file, "before": f.before, "after": f.after} for f in change.files],
        "requests": None
        if one.cases is None
        else {
            "cases": one.cases,
            "same": one.same,
            "new": one.new,
            "differing": [
                {
                    "cases": list(group.cases),
                    "lines": [{"kind": x.kind, "text": x.text} for x in group.lines],
                }
                for group in one.rendered
            ],
        },
        "fault": one.fault or None,
        "answers": [
            {
                "suite": move.suite,
                "compared": len(move.cases),
                "changed": move.changed,
                "not_recorded": move.unrecorded,
                "before": move.mean("before"),
                "after": move.mean("after"),
                "fell": move.fell,
                "rose": move.rose,
                "cases": [
                    {"case": case.case, "before": case.before, "after": case.after}
                    for case in move.cases
                    if case.change
                ],
            }
            for move in one.moves
        ],
    }
