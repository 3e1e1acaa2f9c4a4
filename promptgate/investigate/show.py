"""Investigations on a terminal, as Rich renderables; escaping what models and users wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.text import Text

from promptgate.investigate.search.evidence import Tally
from promptgate.investigate.shrinking import input_of, size
from promptgate.reports.escape import one_line, terminal
from promptgate.reports.styles import ADDED, BAD, GOOD, QUIET, REMOVED, STRONG
from promptgate.reports.tables import plain_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from promptgate.investigate.attributing import Attribution, HunkReport
    from promptgate.investigate.bisecting import Bisection
    from promptgate.investigate.diagnosis import Diagnosis
    from promptgate.investigate.investigating import Investigation
    from promptgate.investigate.rerunning import Matrix
    from promptgate.investigate.search.factorial import Cause, Cell
    from promptgate.investigate.shrinking import Shrunk

_BAR = 24


def render_matrix(matrix: Matrix) -> RenderableType:
    """Return the matrix, a row a cell, with one answer of each."""
    priced = any(cell.draws and cell.cost_usd is not None for cell in matrix.cells)
    table = _table("prompt", "model", "fails", "95 %", "", *(["cost"] if priced else []))
    for cell in matrix.cells:
        low, high = cell.interval or (None, None)
        cost = _cost(cell.cost_usd) if cell.draws else ""
        table.add_row(
            Text(one_line(f"{matrix.prompt}@{cell.revision}  {cell.title}", 40)),
            Text(one_line(cell.model, 28)),
            f"{cell.fails}/{len(cell.draws)}" if cell.draws else "-",
            "" if low is None or high is None else f"{100 * low:.0f}–{100 * high:.0f} %",
            _bar(cell.fails / len(cell.draws)) if cell.draws else Text("not recorded"),
            *([cost] if priced else []),
        )
    answers = []
    for cell in matrix.cells:
        shown = next((d for d in cell.draws if d.failed), next(iter(cell.draws), None))
        where = f"{matrix.prompt}@{cell.revision} · {cell.model}"
        if shown is None:
            if cell.note:
                answers.append(Text(f"  {one_line(where)}: {one_line(cell.note, 160)}"))
            continue
        mark = "fails " if shown.failed else "passes"
        answers.append(Text(f"  {mark} {one_line(where, 60)}"))
        answers.append(Text(f"         {one_line(shown.text, 110)}", style=QUIET))
        answers.append(Text(f"         {one_line(shown.reason, 110)}", style=QUIET))
    return Group(
        Text(one_line(f"{matrix.subject} of {matrix.prompt}", 120), style=STRONG),
        Text(),
        table,
        *([Text()] if answers else []),
        *answers,
        *_notes(matrix.notes),
    )


def render_diagnosis(found: Diagnosis) -> RenderableType:
    """Return a diagnosis: the verdict first, what to do, then what it stands on."""
    sure = f"{100 * found.confidence:.0f} % sure" if found.posterior and found.settled else ""
    head = Text.assemble(
        (f" {found.title.upper()} ", "reverse bold" if found.settled else STRONG),
        "  ",
        ", ".join(p for p in (sure, _spent(found.calls, found.recorded, found.cost_usd)) if p),
        "" if found.settled else f"; not settled: {found.unsettled}",
    )
    table = _table("", "prompt", "model", "fails", "", "bad with")
    for cell in found.cells:
        table.add_row(
            cell.name,
            Text(one_line(cell.prompt, 40)),
            Text(one_line(cell.model, 40)),
            f"{cell.fails}/{cell.answers}",
            _bar(cell.fails / cell.answers) if cell.answers else Text(""),
            "" if cell.bad is None else f"{100 * cell.bad:.0f} %",
        )
    looked = [
        Text(f"  {_mark(finding.ok)} {finding.check}: {one_line(finding.sentence, 130)}")
        for finding in found.findings
    ]
    said = [
        Text(f"  {cell.name}: {one_line(cell.example or '', 110)}", style=QUIET)
        for cell in found.cells
        if cell.example is not None
    ]
    others = sorted(found.posterior.items(), key=lambda item: -item[1])
    odds = ", ".join(f"{verdict.value} {100 * p:.0f} %" for verdict, p in others if p >= 0.005)
    shown: list[RenderableType] = [head, Text(one_line(found.subject, 120))]
    shown.append(Text.assemble("→ ", (one_line(found.move.sentence, 200), STRONG)))
    shown += [Text(), table] if found.cells else []
    shown += [Text(), *said] if said else []
    shown += [Text(), *looked] if looked else []
    shown += [Text(), Text(f"Probable causes: {odds}.")] if odds else []
    return Group(*shown, *_notes(found.notes))


def diagnosis_view(posterior: Mapping[Cause, float], seen: Mapping[Cell, Tally]) -> RenderableType:
    """Return the state of a diagnosis while it goes."""
    table = _table("asked", "fails", "")
    for cell, tally in seen.items():
        table.add_row(cell.value, f"{tally.fails}/{tally.calls}", _bar(tally.fails / tally.calls))
    causes = _table("cause", "")
    for cause, chance in posterior.items():
        causes.add_row(cause.value, Text.assemble(_bar(chance), f" {100 * chance:.0f} %"))
    return Group(table, causes) if posterior else table


def attribution_view(seen: Mapping[frozenset[int], Tally]) -> RenderableType:
    """Return the state of an attribution while it goes."""
    table = _table("changes applied", "fails", "")
    for applied, tally in list(seen.items())[-12:]:
        which = ", ".join(str(place + 1) for place in sorted(applied)) or "none"
        share = tally.fails / tally.calls if tally.calls else 0.0
        table.add_row(which, f"{tally.fails}/{tally.calls}", _bar(share))
    return table


def render_bisection(found: Bisection) -> RenderableType:
    """Return a bisection: the commit first, then the posterior over the history."""
    first, good = found.first_bad, found.last_good
    verdict = "since" if found.found.settled else "most probably since"
    sure = f"{'' if found.found.settled else 'not settled, '}{100 * found.confidence:.0f} % sure"
    head = Text.assemble(
        f"{one_line(found.subject, 60)} fails ",
        (f"{verdict} {first.revision}", STRONG),
        f" {one_line(first.subject, 70)}",
    )
    back = "" if good is None else f"go back to {found.prompt}@{good.revision}"
    return Group(
        head,
        Text(
            ", ".join(p for p in (sure, _spent(found.calls, found.recorded, found.cost_usd)) if p)
        ),
        Text.assemble("→ ", (back or "none before it was shown good to go back to", STRONG)),
        Text(),
        bisection_table(found.versions_shown(), found.answers_shown(), found.found.posterior),
        *_notes(found.notes),
    )


def bisection_table(
    versions: Sequence[tuple[str, str]],
    seen: Mapping[int, Tally],
    posterior: Mapping[int, float],
) -> Table:
    """Return a history with its answers and the probability of each to be the first bad one.

    Args:
        versions: Revision and title, oldest first.
        seen: The answers by place.
        posterior: The probability by place.
    """
    table = _table("", "version", "fails", "first bad")
    for place, (revision, title) in enumerate(versions):
        tally = seen.get(place, Tally())
        chance = posterior.get(place, 0.0)
        table.add_row(
            "▶" if chance >= 0.5 else "",
            Text(one_line(f"{revision}  {title}", 76)),
            f"{tally.fails}/{tally.calls}" if tally.calls else "-",
            Text.assemble(_bar(chance), f" {100 * chance:.0f} %" if chance >= 0.005 else ""),
        )
    return table


def render_attribution(found: Attribution) -> RenderableType:
    """Return an attribution: how sure, then the diff with what each hunk does."""
    guilty = found.guilty
    if found.found.settled:
        what = "1 change makes" if len(guilty) == 1 else f"{len(guilty)} changes make"
        told = f"{what} the difference, of {len(found.hunks)}"
    else:
        told = f"not settled which of {len(found.hunks)} changes makes the difference"
    sure = f"{100 * found.found.confidence:.0f} % sure" if found.found.settled else ""
    spent = _spent(found.calls, found.recorded, found.cost_usd)
    lines: list[Text] = []
    for report in found.hunks:
        lines += _hunk(report)
    sums: list[RenderableType] = []
    if found.found.settled:
        several = len(found.found.groups) > 1
        each = "each of them alone makes" if several else "alone it makes"
        sums = [
            Text(
                f"Sufficient: {each} {found.old.revision} fail. "
                f"Necessary: without it {found.new.revision} passes."
            )
        ]
    return Group(
        Text.assemble(
            (told, STRONG), f": {found.prompt} {found.old.revision} → {found.new.revision}"
        ),
        Text(", ".join(p for p in (sure, spent) if p)),
        Text(),
        *lines,
        *sums,
        *_notes(found.notes),
    )


def _hunk(report: HunkReport) -> Iterator[Text]:
    hunk = report.hunk
    mark, style = ("▶ ", STRONG) if report.guilty else ("  ", QUIET)
    measured = [
        f"{name} {tally.fails}/{tally.calls} fail"
        for name, tally in (("alone", report.alone), ("without it", report.without))
        if tally is not None and tally.calls
    ]
    where = f"{mark}{hunk.file}:{hunk.new_start}"
    yield Text(
        one_line(where, 100) + ("   " + ", ".join(measured) if measured else ""), style=style
    )
    for sign, texts, colour in (("-", hunk.old, REMOVED), ("+", hunk.new, ADDED)):
        for number, line in enumerate(texts):
            point = "▶" if report.guilty and number in report.lines else " "
            shown = terminal(line.rstrip("\n"))
            yield Text(f"  {point} {sign} {shown}", style=colour if report.guilty else QUIET)


def render_investigation(found: Investigation) -> RenderableType:
    """Return the whole chain: the sentence to act on, then each step."""
    parts: list[RenderableType] = [Text(one_line(found.summary(), 400), style=STRONG)]
    parts += [Text(), render_diagnosis(found.diagnosis)]
    if found.bisection is not None:
        parts += [Text(), render_bisection(found.bisection)]
    if found.attribution is not None:
        parts += [Text(), render_attribution(found.attribution)]
    if found.shrunk is not None:
        parts += [Text(), render_shrunk(found.shrunk)]
    return Group(*parts, *_notes(found.notes))


def state_view(step: str, state: tuple[Any, ...]) -> RenderableType:
    """Return the state of a step of an investigation while it goes."""
    if step == "diagnose":
        return Group(Text("cause"), diagnosis_view(*state))
    if step == "attribute":
        return Group(Text("lines"), attribution_view(*state))
    if step == "bisect":
        posterior, seen = state
        versions = [(f"version {place + 1}", "") for place in sorted(posterior or seen)]
        return Group(Text("commit"), bisection_table(versions, seen, posterior))
    case, calls = state
    return Text(f"input: {size(case)} characters, {calls} answers")


def render_shrunk(found: Shrunk) -> RenderableType:
    """Return what is left of an input."""
    lines = [Text(f"  {name}: {terminal(str(value))}") for name, value in _said(found)]
    rate = f"{found.seen.fails} of {found.seen.calls} answers fail"
    return Group(
        Text.assemble(
            (f"{size(found.before)} → {size(found.after)} characters", STRONG),
            f" of {one_line(found.subject, 80)}: {rate}",
        ),
        Text(_spent(found.calls, found.recorded, found.cost_usd)),
        Text(),
        *lines,
        *_notes(found.notes),
    )


def _said(found: Shrunk) -> Iterator[tuple[str, object]]:
    left = input_of(found.after)
    yield from left["vars"].items()
    for message in left["messages"]:
        yield message["role"], message["content"]


def _table(*titles: str) -> Table:
    return plain_table(*titles, right=("fails", "cost", "bad with", "first bad"))


def _bar(share: float) -> Text:
    full = round(share * _BAR / 2)
    return Text("█" * full + "·" * (_BAR // 2 - full), style=BAD if share >= 0.5 else GOOD)


def _mark(ok: bool | None) -> str:
    return {True: "✓", False: "✗", None: "?"}[ok]


def _spent(calls: int, recorded: int, cost: float | None) -> str:
    told = f"{calls} answers" if calls != 1 else "1 answer"
    if recorded:
        told += f", {recorded} of them new"
    return f"{told}, {_cost(cost)}" if cost is not None and calls else told


def _cost(cost: float | None) -> str:
    return "unknown" if cost is None else f"${cost:.4f}"


def _notes(notes: Sequence[str]) -> list[Text]:
    if not notes:
        return []
    return [Text(), *(Text(f"Note: {one_line(note, 240)}.", style=QUIET) for note in notes)]
