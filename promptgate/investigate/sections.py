"""Investigations as sections of an HTML report."""

from __future__ import annotations

from promptgate.investigate.attributing import Attribution
from promptgate.investigate.bisecting import Bisection
from promptgate.investigate.diagnosis import Diagnosis
from promptgate.investigate.investigating import Investigation
from promptgate.investigate.rerunning import Matrix
from promptgate.investigate.shrinking import Shrunk, input_of, size
from promptgate.reports.sections import (
    Block,
    Chart,
    Curve,
    Facts,
    Paragraph,
    Section,
    Table,
    Verbatim,
)

Step = Diagnosis | Bisection | Attribution | Shrunk | Matrix


def sections_of(found: Investigation | Step) -> tuple[Section, ...]:
    """Return a section for each step of an investigation, or for one step alone."""
    steps = found.steps if isinstance(found, Investigation) else (found,)
    return tuple(_section(step) for step in steps)


def _section(step: Step) -> Section:
    if isinstance(step, Diagnosis):
        return _cause(step)
    if isinstance(step, Bisection):
        return _commit(step)
    if isinstance(step, Attribution):
        return _lines(step)
    if isinstance(step, Shrunk):
        return _input(step)
    return _matrix(step)


def _cause(found: Diagnosis) -> Section:
    rows = tuple(
        (f"{c.name}: {c.prompt}, {c.model}", f"{c.fails} of {c.answers}", _percent(c.bad))
        for c in found.cells
    )
    blocks: list[Block] = [
        Facts(
            (
                ("verdict", found.title + _more(found)),
                ("sure", _percent(found.confidence) if found.posterior else ""),
                ("answers", str(found.calls)),
                ("move", found.move.sentence),
            )
        )
    ]
    if rows:
        blocks.append(Table(("asked", "fails", "bad with"), rows))
    if found.findings:
        marks = {True: "fine", False: "wrong", None: "not known"}
        pairs = ((f"{f.check}, {marks[f.ok]}", f.sentence) for f in found.findings)
        blocks.append(Facts(tuple(pairs)))
    said = "\n".join(f"{c.name}: {c.example}" for c in found.cells if c.example is not None)
    return Section("Cause", (*blocks, *([Verbatim(said)] if said else []), *_notes(found.notes)))


def _more(found: Diagnosis) -> str:
    return "" if found.settled else f", not settled: {found.unsettled}"


def _commit(found: Bisection) -> Section:
    places = range(len(found.versions))
    chances = tuple(100 * found.found.posterior.get(place, 0.0) for place in places)
    labels = tuple(version.revision for version in found.versions)
    rows = []
    for place, version in enumerate(found.versions):
        seen = found.seen(place)
        told = f"{seen.fails} of {seen.calls}" if seen.calls else ""
        rows.append((f"{version.revision} {version.subject}", told, f"{chances[place]:.0f} %"))
    chart = Chart("first bad version, %", labels, (Curve("probability", chances),), 100.0, " %", 0)
    table = Table(("version", "fails", "first bad with"), tuple(rows))
    settled = "" if found.found.settled else "Not settled: most probably "
    lead = f"{settled}since {found.first_bad.revision} ({found.first_bad.subject})."
    return Section("Commit", (Paragraph(lead), chart, table, *_notes(found.notes)))


def _lines(found: Attribution) -> Section:
    blocks: list[Block] = [Paragraph(f"{found.told}.")]
    for report in found.hunks:
        mark = "makes the difference" if report.guilty else "makes no difference"
        mark = mark if found.found.settled else "not known"
        removed = "".join(f"- {line.rstrip()}\n" for line in report.hunk.old)
        added = "".join(f"+ {line.rstrip()}\n" for line in report.hunk.new)
        blocks.append(Facts(((f"{report.hunk.file}:{report.hunk.new_start}", mark),)))
        blocks.append(Verbatim(removed + added))
    return Section("Lines", (*blocks, *_notes(found.notes)))


def _input(found: Shrunk) -> Section:
    held = input_of(found.after)
    texts = [*held["vars"].values(), *(m["content"] for m in held["messages"])]
    told = (
        f"{size(found.before)} characters shrink to {size(found.after)}: {found.seen.fails} of "
        f"{found.seen.calls} answers fail."
    )
    return Section(
        "Input", (Paragraph(told), Verbatim("\n".join(map(str, texts))), *_notes(found.notes))
    )


def _matrix(found: Matrix) -> Section:
    rows = tuple(
        (
            f"{found.prompt}@{cell.revision} {cell.title}, {cell.model}",
            f"{cell.fails} of {len(cell.draws)}" if cell.draws else cell.note or "not recorded",
        )
        for cell in found.cells
    )
    return Section("Versions and models", (Table(("asked", "fails"), rows), *_notes(found.notes)))


def _notes(notes: tuple[str, ...]) -> list[Block]:
    return [Paragraph(f"Note: {note}.") for note in notes]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"
