"""An investigation as one page of Markdown: for the incident's channel and the pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.investigate.shrinking import input_of, size
from promptgate.reports.escape import markdown, terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.investigate.attributing import Attribution
    from promptgate.investigate.bisecting import Bisection
    from promptgate.investigate.diagnosis import Diagnosis
    from promptgate.investigate.investigating import Investigation
    from promptgate.investigate.shrinking import Shrunk


def investigation_page(found: Investigation) -> str:
    """Return the page: the sentence to act on, then cause, commit, lines and input."""
    lines = [f"# {markdown(found.diagnosis.subject)}", "", f"**{markdown(found.summary())}**", ""]
    lines += _cause(found.diagnosis)
    if found.bisection is not None:
        lines += _commit(found.bisection)
    if found.attribution is not None:
        lines += _changes(found.attribution)
    if found.shrunk is not None:
        lines += _input(found.shrunk)
    notes = [*found.notes, *(note for step in found.steps for note in step.notes)]
    if notes:
        lines += ["## Notes", "", *(f"- {markdown(n)}" for n in dict.fromkeys(notes)), ""]
    return "\n".join(lines)


def _cause(found: Diagnosis) -> Iterator[str]:
    yield from ("## Cause", "")
    settled = "" if found.settled else f", not settled: {markdown(found.unsettled)}"
    yield f"{markdown(found.title)}{settled}. {markdown(found.move.sentence)}."
    yield ""
    if found.cells:
        yield from ("| | prompt | model | fails | an answer |", "|---|---|---|---|---|")
    for cell in found.cells:
        said = markdown((cell.example or "")[:120])
        where = f"{markdown(cell.prompt)} | {markdown(cell.model)}"
        yield f"| {cell.name} | {where} | {cell.fails} of {cell.answers} | {said} |"
    yield ""
    for finding in found.findings:
        mark = {True: "ok", False: "wrong", None: "not known"}[finding.ok]
        yield f"- {markdown(finding.check)}, {mark}: {markdown(finding.sentence)}"
    if found.findings:
        yield ""


def _commit(found: Bisection) -> Iterator[str]:
    yield from ("## Commit", "", "| version | | fails | first bad with |", "|---|---|---|---|")
    for place, version in enumerate(found.versions):
        seen = found.seen(place)
        chance = found.found.posterior.get(place, 0.0)
        told = f"{seen.fails} of {seen.calls}" if seen.calls else ""
        title = markdown(version.subject)
        yield f"| {version.revision} | {title} | {told} | {100 * chance:.0f} % |"
    yield ""


def _changes(found: Attribution) -> Iterator[str]:
    yield from ("## Lines", "")
    yield f"{found.told}."
    yield ""
    for report in found.guilty:
        hunk = report.hunk
        yield f"`{hunk.file.replace('`', '')}`, line {hunk.new_start}:"
        yield ""
        # Four spaces and not a fence: a prompt may hold fences of its own.
        yield from (f"    - {terminal(line.rstrip())}" for line in hunk.old)
        yield from (f"    + {terminal(line.rstrip())}" for line in hunk.new)
        yield ""


def _input(found: Shrunk) -> Iterator[str]:
    yield from ("## Input", "")
    yield f"{size(found.before)} characters shrink to {size(found.after)}, which still fail:"
    yield ""
    held = input_of(found.after)
    texts = [*held["vars"].values(), *(m["content"] for m in held["messages"])]
    for text in texts:
        yield from (f"    {terminal(line)}" for line in str(text).splitlines())
    yield ""
