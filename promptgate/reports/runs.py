"""What a recording sent, and scored trials: one row a suite, and the cases that did not pass."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from promptgate.reports.escape import one_line
from promptgate.reports.styles import QUIET
from promptgate.reports.tables import plain_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from promptgate.models.client import Summary
    from promptgate.runs.costs import CacheUse
    from promptgate.runs.results import Trial

_MOST_SHOWN = 10


def recording_lines(summary: Summary, cache: CacheUse | None) -> Iterator[str]:
    """Yield what became of a round of recording, in plain text for a terminal.

    Args:
        summary: What was sent and what came of it.
        cache: What the prompt cache did; None where it was not used.
    """
    repeated = f", {summary.retried:,} of them repeated attempts" if summary.retried else ""
    answers = "answer" if summary.recorded == 1 else "answers"
    yield f"Recorded {summary.recorded:,} {answers} with {summary.sent:,} requests{repeated}."
    if summary.faults:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(summary.faults.items()))
        yield f"Without an answer: {kinds}."
    for model in summary.changed_models:
        served = ", ".join(summary.served[model])
        yield one_line(f"{model} was served by several models meanwhile: {served}.", 200)
    if cache is not None:
        yield f"{str(cache).capitalize()}."


def render_trials(trials: Sequence[Trial]) -> RenderableType:
    """Return the table of some trials of one or more arms for a terminal."""
    groups: dict[tuple[str, str], list[Trial]] = {}
    for trial in trials:
        groups.setdefault((trial.suite, trial.arm), []).append(trial)
    several = len({arm for _, arm in groups}) > 1
    numbers = ("cases", "trials", "mean score", "passed", "not scored", "cost")
    table = plain_table("suite", *numbers, right=numbers)
    for (suite, arm), own in groups.items():
        summary = summarize(own)
        table.add_row(
            Text(one_line(f"{suite} ({arm})" if several else suite)),
            f"{summary['cases']}",
            f"{summary['trials']}",
            _percent(summary["mean_score"]),
            _percent(summary["pass_rate"]),
            f"{summary['not_scored']}" if summary["not_scored"] else "",
            "unknown" if summary["cost_usd"] is None else f"${summary['cost_usd']:.4f}",
        )
    return Group(table, *_failures([trial for trial in trials if trial.passed is False]))


def _failures(failed: Sequence[Trial]) -> Iterator[RenderableType]:
    """Yield the cases with answers that do not pass, those with the most first."""
    worst = Counter((trial.suite, trial.case) for trial in failed)
    if not worst:
        return
    yield Text()
    yield Text(f"{len(worst)} cases have an answer that does not pass:", style=QUIET)
    for (suite, case), count in worst.most_common(_MOST_SHOWN):
        example = next(t for t in failed if (t.suite, t.case) == (suite, case))
        reasons = "; ".join(
            f"{part.scorer}: {part.reason}" for part in example.parts if not part.passed
        )
        yield Text("  " + one_line(f"{suite}:{case}  {count} ×  {reasons}", 160))
    if len(worst) > _MOST_SHOWN:
        yield Text(f"  and {len(worst) - _MOST_SHOWN} more", style=QUIET)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"


def summarize(trials: Sequence[Trial]) -> dict[str, float | int | None]:
    """Return counts, mean score, pass rate and cost of some trials.

    The mean and the rate are over scored trials, None where there is none; the
    cost is None where that of any trial is unknown.
    """
    scores = [trial.score for trial in trials if trial.score is not None]
    costs = [cost for trial in trials for cost in (trial.cost_usd, trial.judge_cost_usd)]
    known = [cost for cost in costs if cost is not None]
    return {
        "cases": len({trial.case for trial in trials}),
        "trials": len(trials),
        "mean_score": sum(scores) / len(scores) if scores else None,
        "pass_rate": sum(t.passed is True for t in trials) / len(scores) if scores else None,
        "not_scored": len(trials) - len(scores),
        "cost_usd": sum(known) if len(known) == len(costs) else None,
    }
