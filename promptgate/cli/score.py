"""`promptgate score`: score answers that exist already, in a CSV or JSONL file."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from promptgate.cli.common import console, screen_for, write_json
from promptgate.cli.options import json_option
from promptgate.errors import EvidenceError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from rich.table import Table

    from promptgate.runs.external.answer_files import Format
    from promptgate.runs.external.score_file import Summary

_VISIBLE_AFTER = 1.0  # seconds


@click.command(
    epilog="""\b
Examples:
  promptgate score refusal answers.csv --response-column answer --out scored.csv
  promptgate score contains answers.jsonl --response-column text --option text=refund --json -"""
)
@click.argument("scorer")
@click.argument("file")
@click.option("--response-column", required=True, metavar="NAME", help="Where the answers are.")
@click.option(
    "--prompt-column", metavar="NAME", help="What was asked, for scorers that look at it."
)
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="KEY=VALUE",
    help="An option of the scorer, as in a suite; repeatable. See 'promptgate scorers SCORER'.",
)
@click.option(
    "--out",
    metavar="FILE",
    help="Where the rows go; '-' is standard output. Default: standard output, "
    "unless that is a terminal or takes the JSON.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl"]),
    help="How FILE is read. Default: by its suffix.",
)
@click.option(
    "--prefix", default="", metavar="TEXT", help="What the names of the added columns start with."
)
@json_option
def score(
    scorer: str,
    file: str,
    response_column: str,
    prompt_column: str | None,
    options: tuple[str, ...],
    out: str | None,
    form: Format | None,
    prefix: str,
    json_file: str | None,
) -> int:
    """Score the answers in FILE ('-' is standard input) with SCORER, without a project.

    Every row is kept as it is and gets the columns 'score' and 'reason'; for the scorer
    refusal also 'refusal' (1 where the answer refuses in full or in part, else 0) and
    'label' (full_compliance, partial_refusal, full_refusal). An answer that cannot be
    scored has a reason but no score. Exits 0 however the answers do, 2 when a row cannot
    be read, and then leaves FILE given to --out as it was, 5 when no answer could be scored.
    """
    from promptgate.runs.external.answer_files import AnswerFile, format_of
    from promptgate.runs.external.score_file import build_scorer, score_answers

    check = build_scorer(scorer, options, Path.cwd())
    shown = "<stdin>" if file == "-" else file
    answers = AnswerFile(shown, form or format_of(shown), response_column, prompt_column, prefix)
    rows_to = _destination(out, json_file, answers.format)
    with _opened(file) as source, _sink(rows_to) as sink:
        size = None if file == "-" else Path(file).stat().st_size
        with _progress(source, size) as tell:
            summary = score_answers((scorer, check), answers, source, sink, tell)
        if sink is not None:
            sink.flush()
    screen_for(rows_to, json_file).print(_table(scorer, summary))
    write_json(
        json_file,
        {
            "schema_version": 1,
            "scorer": scorer,
            "file": shown,
            "answers": summary.rows,
            "unscored": summary.unscored,
            "mean": summary.mean,
            "labels": dict(summary.labels),
            "first_unscored": summary.first_unscored,
        },
    )
    if summary.mean is None:
        raise EvidenceError(f"no answer could be scored; the first: {summary.first_unscored}.")
    return 0


def _destination(out: str | None, json_file: str | None, form: str) -> str | None:
    """Return where the rows go: a file, '-' for standard output, or None for nowhere."""
    from promptgate.runs.external.answer_files import SUFFIXES

    if out == "-" and json_file == "-":
        raise click.UsageError("--out and --json cannot both be '-'; give one a file.")
    if out is None:
        return None if json_file == "-" or sys.stdout.isatty() else "-"
    if out != "-" and SUFFIXES.get(Path(out).suffix.lower(), form) != form:
        raise InputError(
            f"rows are written as they are read, as {form}, but the suffix says otherwise; "
            f"write to a file that ends in .{form}.",
            file=out,
        )
    return out


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115  # closed below; only opening is translated
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror}); check the path.", file=file
        ) from None
    with stream:
        yield stream


def _sink(target: str | None) -> AbstractContextManager[BinaryIO | None]:
    from promptgate.files import output_file

    if target is None:
        return nullcontext()
    return nullcontext(sys.stdout.buffer) if target == "-" else output_file(Path(target))


@contextmanager
def _progress(source: BinaryIO, size: int | None) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how far the file is read, from the first second on."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    screen = console(to_stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=screen, transient=True, disable=not screen.is_terminal
    ) as progress:
        task = progress.add_task("scoring", total=size, visible=False)

        def tell(rows: int) -> None:
            elapsed = progress.tasks[0].elapsed or 0.0
            done = source.tell() if size else 0
            progress.update(
                task,
                description=f"scored {rows:,}",
                completed=done,
                visible=elapsed > _VISIBLE_AFTER,
            )

        yield tell


def _table(scorer: str, summary: Summary) -> Table:
    from rich.text import Text

    from promptgate.reports.escape import one_line
    from promptgate.reports.tables import plain_table

    table = plain_table(scorer, "answers", "share", right=("answers", "share"))
    for label, count in summary.labels.items():
        table.add_row(Text(one_line(label)), f"{count:,}", f"{count / summary.rows:.1%}")
    if summary.unscored:
        table.add_row("unscored", f"{summary.unscored:,}", f"{summary.unscored / summary.rows:.1%}")
    table.add_row("all", f"{summary.rows:,}", "")
    table.add_row("mean score", "–" if summary.mean is None else f"{summary.mean:.4f}", "")
    return table
