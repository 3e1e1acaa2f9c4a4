"""Diagnose one failing input: integration, reproduction, prompt × model, other inputs.

The order is that of the price: what a capture shows costs nothing, reproducing costs a
handful of answers, and only what was reproduced is taken apart.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from promptgate.errors import PromptError
from promptgate.investigate.diagnosis import (
    CellReport,
    Diagnosis,
    Finding,
    Move,
    MoveKind,
    Verdict,
)
from promptgate.investigate.inputs import forms
from promptgate.investigate.integration import check_integration
from promptgate.investigate.search.delta import Judge
from promptgate.investigate.search.evidence import Tally
from promptgate.investigate.search.factorial import (
    FIX,
    Cause,
    Cell,
    Diagnosed,
    confirming,
    find_cause,
)
from promptgate.investigate.search.sequential import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from promptgate.investigate.asking import Asker, Draw
    from promptgate.investigate.subject import Subject
    from promptgate.investigate.versions import Version
    from promptgate.suites.model import Case

_MOST_NEIGHBOURS = 4

Told: TypeAlias = "Callable[[Mapping[Cause, float], Mapping[Cell, Tally]], None]"


@dataclass(frozen=True)
class Factors:
    """What may be to blame.

    Attributes:
        new: The prompt that failed.
        old: The one to go back to; None where there is none, or it is the same.
        new_model: The model that failed.
        old_model: The one to go back to; None likewise.
        parser: The product's parser of answers, 'module:function'.
        released: The prompt that production is held to run; None skips that comparison.
    """

    new: Version
    old: Version | None
    new_model: str
    old_model: str | None
    parser: str | None = None
    released: Version | None = None


@dataclass
class _Bench:
    """The cells of one diagnosis and what was drawn of each."""

    subject: Subject
    factors: Factors
    asker: Asker
    drawn: dict[Cell, list[Draw]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        near = self.subject.neighbours[:_MOST_NEIGHBOURS]
        self._neighbours = itertools.cycle(near) if near else None

    def version(self, cell: Cell) -> Version:
        old = cell in (Cell.OLD_PROMPT, Cell.BOTH_OLD) and self.factors.old is not None
        return self.factors.old if old and self.factors.old else self.factors.new

    def model(self, cell: Cell) -> str:
        old = cell in (Cell.OLD_MODEL, Cell.BOTH_OLD)
        return self.factors.old_model or self.factors.new_model if old else self.factors.new_model

    def cells(self) -> list[Cell]:
        return cells_of(self.subject, self.factors)

    def ask(self, cell: Cell) -> bool | None:
        """Draw one answer of a cell: the oracle of the search."""
        draw = self.draw(self.version(cell), self.model(cell), self._input(cell))
        if draw is None:
            return None
        self.drawn.setdefault(cell, []).append(draw)
        return draw.failed

    def draw(self, version: Version, model: str, case: Case) -> Draw | None:
        arm = version.arm.with_model(model)
        return self.asker.draw(self.subject, self.subject.request(arm, case), case)

    def _input(self, cell: Cell) -> Case:
        if cell is Cell.OTHERS and self._neighbours is not None:
            return next(self._neighbours)
        return self.subject.case

    def report(self, cell: Cell, bad: float | None) -> CellReport:
        drawn = self.drawn.get(cell, [])
        shown = next((d for d in drawn if d.failed), drawn[0] if drawn else None)
        return CellReport(
            cell.value,
            f"{self.subject.prompt}@{self.version(cell).revision}",
            self.model(cell),
            sum(draw.failed for draw in drawn),
            len(drawn),
            bad,
            shown.text if shown else None,
        )


def cells_of(subject: Subject, factors: Factors) -> list[Cell]:
    """Return the cells that exist: a factor without an old level has none of its own."""
    prompt, model = factors.old is not None, factors.old_model is not None
    there = {
        Cell.NOW: True,
        Cell.OLD_PROMPT: prompt,
        Cell.OLD_MODEL: model,
        Cell.BOTH_OLD: prompt and model,
        Cell.OTHERS: bool(subject.neighbours),
    }
    return [cell for cell, exists in there.items() if exists]


def diagnose(
    subject: Subject,
    factors: Factors,
    asker: Asker,
    *,
    told: Told = lambda _posterior, _seen: None,
) -> Diagnosis:
    """Find out why an input fails.

    Args:
        subject: The input and its check.
        factors: The prompts and models to compare.
        asker: Draws answers, within its limits.
        told: Given the state after each answer.

    Raises:
        PromptError: The input cannot be rendered on one of the prompts.
        EvidenceError: Nothing at all is recorded of what failed, and nothing can be asked.
    """
    bench = _Bench(subject, factors, asker)
    released = None
    if factors.released is not None:
        released = factors.released.arm
    findings = check_integration(subject, released, asker.project.root, factors.parser)
    if any(finding.ok is False for finding in findings):
        return _integration(bench, findings)
    for cell in bench.cells():
        _check_renders(bench, cell)
    cells = bench.cells()
    limits = asker.limits
    found = find_cause(
        bench.ask, cells, confidence=limits.confidence, budget=limits.calls, told=told
    )
    if not bench.drawn:
        failing = f"{subject.prompt}@{factors.new.revision} on {factors.new_model}"
        raise asker.nothing_recorded(f"{subject.title} for {failing}")
    more: list[Finding] = []
    if found.settled and found.cause in (Cause.INPUT, Cause.UPSTREAM):
        more = _look_at_input(bench, found)
    return _conclude(bench, found, (*findings, *more))


def _check_renders(bench: _Bench, cell: Cell) -> None:
    if cell is Cell.OTHERS:
        return
    version = bench.version(cell)
    try:
        bench.subject.request(version.arm.with_model(bench.model(cell)))
    except PromptError as error:
        raise PromptError(
            f"this input cannot be asked of {bench.subject.prompt!r} at {version.revision}: "
            f"{error}; name another revision with --baseline."
        ) from None


def _integration(bench: _Bench, findings: tuple[Finding, ...]) -> Diagnosis:
    wrong = "; ".join(f.sentence for f in findings if f.ok is False)
    return Diagnosis(
        subject=bench.subject.title,
        verdict=Verdict.INTEGRATION,
        settled=True,
        confidence=1.0,
        posterior={},
        calls=0,
        recorded=0,
        cost_usd=0.0,
        move=Move("fix integration", f"mend the integration, not the prompt: {wrong}"),
        findings=findings,
    )


def _look_at_input(bench: _Bench, found: Diagnosed) -> list[Finding]:
    """Ask whether a tidier form of the input passes where the input itself does not."""
    cases = dict(forms(bench.subject.case))

    def oracle(name: str) -> bool | None:
        draw = bench.draw(bench.factors.new, bench.factors.new_model, cases[name])
        return None if draw is None else draw.failed

    judge: Judge[str] = Judge(oracle, budget=40)
    judge.seen["as it is"] = found.seen[Cell.NOW]
    judge.states["as it is"] = State.BAD
    reports = []
    for name in cases:
        state = judge.state(name)
        seen = judge.seen.get(name, Tally())
        told = f"{name}: {seen.fails} of {seen.calls} answers fail"
        ok = {State.GOOD: True, State.BAD: False}.get(state)
        reports.append(Finding("input", ok, told if seen.calls else f"{name}: not recorded"))
    return reports


def _conclude(bench: _Bench, found: Diagnosed, findings: tuple[Finding, ...]) -> Diagnosis:
    posterior = {Verdict(cause.value): p for cause, p in found.posterior.items()}
    verdict = Verdict(found.cause.value)
    cells = tuple(
        bench.report(cell, found.bad_share.get(cell))
        for cell in bench.cells()
        if cell in found.seen
    )
    sure = posterior.get(verdict, 0.98 if found.settled else 0.5)
    return Diagnosis(
        subject=bench.subject.title,
        verdict=verdict,
        settled=found.settled,
        confidence=sure,
        posterior=posterior,
        calls=bench.asker.calls,
        recorded=bench.asker.recorded,
        cost_usd=bench.asker.cost_usd,
        move=_move(bench, found, findings),
        cells=cells,
        findings=findings,
        notes=(*bench.asker.notes, *(() if found.settled else bench.asker.ended())),
        unsettled=_unsettled(bench, found),
    )


def _unsettled(bench: _Bench, found: Diagnosed) -> str:
    """Return why a search ended before it was sure; '' where it was."""
    if found.settled:
        return ""
    if not found.posterior:
        now = found.seen[Cell.NOW]
        return f"{now.fails} of {now.calls} answers fail, too few to say whether it fails again"
    sure, wanted = found.posterior[found.cause], bench.asker.limits.confidence
    if sure < wanted:
        return f"{sure:.0%} sure, and {wanted:.0%} are wanted"
    cell = confirming(bench.cells())(found.cause)
    return f"{sure:.0%} by the answers so far, but fresh ones of '{cell}' have to confirm it"


_KINDS: Mapping[Cause, MoveKind] = {
    Cause.PROMPT: "roll back prompt",
    Cause.MODEL: "roll back model",
    Cause.INTERACTION: "roll back prompt",
    Cause.EACH: "roll back both",
    Cause.UPSTREAM: "fix forward",
    Cause.INPUT: "guard input",
    Cause.NOT_REPRODUCED: "watch",
}


def _move(bench: _Bench, found: Diagnosed, findings: tuple[Finding, ...]) -> Move:
    """Say what works now; what is not settled is only asked further."""
    if not found.settled:
        return Move("ask more", "too few answers to act on; roll back first if users are hit")
    kind = _KINDS[found.cause]
    fix = FIX[found.cause]
    if fix is None:
        return Move(kind, _without_rollback(found, findings))
    seen = found.seen[fix]
    prompt = f"{bench.subject.prompt}@{bench.version(fix).revision}"
    model = bench.model(fix)
    back_prompt = fix in (Cell.OLD_PROMPT, Cell.BOTH_OLD)
    back_model = fix in (Cell.OLD_MODEL, Cell.BOTH_OLD)
    where = " and ".join([prompt] * back_prompt + [model] * back_model)
    rates = f"{seen.fails} of {seen.calls} answers fail there"
    sentence = f"go back to {where}: {rates}"
    if found.cause is Cause.INTERACTION:
        sentence += f"; {bench.factors.old_model} with the new prompt would do as well"
    return Move(
        kind,
        sentence,
        prompt=bench.version(fix).revision if back_prompt else None,
        model=model if back_model else None,
        measured=(seen.fails, seen.calls),
    )


def _without_rollback(found: Diagnosed, findings: tuple[Finding, ...]) -> str:
    if found.cause is Cause.NOT_REPRODUCED:
        seen = found.seen[Cell.NOW]
        again = f"fails in {seen.fails} of {seen.calls}" if seen.fails else "does not fail again"
        return f"nothing to undo: it {again}; keep the input and watch for the next"
    helps = [f.sentence for f in findings if f.check == "input" and f.ok]
    if found.cause is Cause.INPUT:
        way = (
            f"change such inputs before they are asked ({helps[0]})"
            if helps
            else ("catch such inputs before they are asked, and add this one as a case")
        )
        return f"going back does not help, other inputs pass: {way}"
    extra = f"; {helps[0]}" if helps else ""
    return f"going back does not help, it failed before as well: fix forward{extra}"
