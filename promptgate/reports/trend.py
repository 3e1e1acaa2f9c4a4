"""Pass rate, cost and latency by released version: a table, JSON, or a page with curves."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from rich.text import Text

from promptgate.reports.cases import mean
from promptgate.reports.escape import one_line
from promptgate.reports.html import page_html
from promptgate.reports.sections import Chart, Curve, Paragraph, Section, Table
from promptgate.reports.tables import plain_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType

    from promptgate.runs.released import Released
    from promptgate.runs.results import Trial

_NOTHING = "No stored gate has measured a released version; run 'promptgate gate' after an edit."


@dataclass(frozen=True)
class TrendRow:
    """How one released version did in one suite.

    Attributes:
        prompt: The prompt, or the application's target.
        version: The beginning of its fingerprint.
        model: That it asks; '' for an application.
        first: When a gate first measured it, ISO 8601.
        now: Whether it is what is released now.
        suite: The suite.
        cases: How many were measured.
        trials: How many answers.
        pass_rate: Of the scored answers, 0..1; None without one.
        mean_score: Of the scored answers, 0..1; None without one.
        cost_usd: Mean of an answer; None where none is known.
        latency_ms: Median of an answer; None where none is known.
    """

    prompt: str
    version: str
    model: str
    first: str
    now: bool
    suite: str
    cases: int
    trials: int
    pass_rate: float | None
    mean_score: float | None
    cost_usd: float | None
    latency_ms: float | None


def trend_rows(versions: Sequence[Released]) -> list[TrendRow]:
    """Return a row for each version and suite, the first version first."""
    rows = []
    for released in versions:
        suites: dict[str, list[Trial]] = {}
        for trial in released.trials:
            suites.setdefault(trial.suite, []).append(trial)
        rows += [_row(released, suite, trials) for suite, trials in suites.items()]
    return rows


def _row(released: Released, suite: str, trials: Sequence[Trial]) -> TrendRow:
    latencies = [trial.latency_ms for trial in trials if trial.latency_ms is not None]
    return TrendRow(
        released.version.name,
        released.version.fingerprint.removeprefix("sha256:")[:8],
        released.version.model,
        released.first,
        released.now,
        suite,
        len({trial.case for trial in trials}),
        len(trials),
        mean(trials, lambda t: None if t.passed is None else float(t.passed)),
        mean(trials, lambda t: t.score),
        mean(trials, lambda t: t.cost_usd),
        median(latencies) if latencies else None,
    )


def trend_json(rows: Sequence[TrendRow]) -> dict[str, Any]:
    """Return the trend as JSON."""
    return {"schema_version": 1, "versions": [asdict(row) for row in rows]}


_HEAD = ("suite", "version", "since", "cases", "answers", "passed", "score", "cost", "latency")


def _cells(row: TrendRow) -> tuple[str, ...]:
    return (
        one_line(row.suite),
        row.version + (" (now)" if row.now else ""),
        row.first[:10],
        f"{row.cases:,}",
        f"{row.trials:,}",
        "–" if row.pass_rate is None else f"{100 * row.pass_rate:.1f} %",
        "–" if row.mean_score is None else f"{row.mean_score:.3f}",
        "unknown" if row.cost_usd is None else f"${row.cost_usd:.5f}",
        "–" if row.latency_ms is None else f"{row.latency_ms:,.0f} ms",
    )


def render_trend(rows: Sequence[TrendRow]) -> RenderableType:
    """Return the table for a terminal: the versions of each suite beneath one another."""
    if not rows:
        return Text(_NOTHING)
    table = plain_table("prompt", *_HEAD, right=_HEAD[2:])
    for row in _by_suite(rows):
        table.add_row(one_line(row.prompt), *(Text(cell) for cell in _cells(row)))
    return table


def _by_suite(rows: Sequence[TrendRow]) -> list[TrendRow]:
    order = list(dict.fromkeys((row.prompt, row.suite) for row in rows))
    return sorted(rows, key=lambda row: order.index((row.prompt, row.suite)))


def trend_html(rows: Sequence[TrendRow]) -> str:
    """Return the trend as one HTML file: curves of each prompt's suites, and the table."""
    sections = []
    for prompt in dict.fromkeys(row.prompt for row in rows):
        own = _by_suite([row for row in rows if row.prompt == prompt])
        blocks = (
            _chart(own, "Answers that pass, %", lambda r: r.pass_rate, 100, top=100, unit=" %"),
            _chart(own, "Median latency of an answer, ms", lambda r: r.latency_ms, 1, digits=0),
            _chart(own, "Mean cost of an answer, US dollars", lambda r: r.cost_usd, 1, digits=5),
            Table(_HEAD, tuple(_cells(row) for row in own)),
        )
        known = [block for block in blocks if not isinstance(block, Chart) or _has_values(block)]
        sections.append(Section(prompt, tuple(known)))
    if not rows:
        sections.append(Section("Nothing yet", (Paragraph(_NOTHING),)))
    lead = "What each released version did in the gates that are stored, the first one first."
    return page_html("Released versions", lead, sections)


def _has_values(chart: Chart) -> bool:
    return any(value is not None for curve in chart.curves for value in curve.values)


def _chart(
    rows: Sequence[TrendRow],
    title: str,
    value: Callable[[TrendRow], float | None],
    factor: float,
    **how: Any,
) -> Chart:
    versions = list(dict.fromkeys(row.version for row in rows))
    curves = []
    for suite in dict.fromkeys(row.suite for row in rows):
        held = {row.version: value(row) for row in rows if row.suite == suite}
        found = (held.get(version) for version in versions)
        curves.append(Curve(suite, tuple(None if v is None else factor * v for v in found)))
    return Chart(title, tuple(versions), tuple(curves), **how)
