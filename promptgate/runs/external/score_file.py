"""Score answers that exist already: a CSV or JSONL file, row by row, without a project.

A row passes through as it was written and gets columns at its end, so nothing of it
changes and a file of any size needs the memory of one row. Separate from scoring.py,
which knows suites and trials: here a row is the case and its cell is the answer. How
rows are read and written is in answer_files.py.
Start at score_answers().
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from promptgate.documents import load_yaml
from promptgate.errors import InputError, ScorerError
from promptgate.runs.external.answer_files import AnswerFile, extended, read_rows
from promptgate.runs.plugins import discover_scorers, load_callable
from promptgate.scorers import (
    ALIASES,
    BUILT_IN,
    Answer,
    Entry,
    Score,
    Scorer,
    apply,
    build,
)
from promptgate.scorers.options import options
from promptgate.scorers.registry import find

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_TELL_EVERY = 512
_EXCHANGE = "promptgate.scorers.exchange"
_REFUSES = {"full_compliance": 0, "partial_refusal": 1, "full_refusal": 1}


@dataclass(frozen=True)
class Summary:
    """What scoring a file gave.

    Attributes:
        rows: How many answers there were.
        unscored: How many of them could not be scored.
        mean: Mean score of the others, 0 to 1; None where there are none.
        labels: How many of the others have each label that the scorer named, most first.
        first_unscored: Place and reason of the first answer that could not be scored.
    """

    rows: int
    unscored: int
    mean: float | None
    labels: Mapping[str, int]
    first_unscored: str | None


def build_scorer(name: str, pairs: Sequence[str], root: Path) -> Scorer:
    """Make a scorer from what the command line says.

    Args:
        name: The scorer's name or alias.
        pairs: Options as 'key=value'. The value of an option that takes text is the
            text as it stands; any other is read as YAML, as in a suite.
        root: Where the function of the scorer `python` is looked for first.

    Raises:
        ScorerError: An unknown scorer, one that needs more than a text, or an option
            that is unknown, wrong or without a value.
        InputError: The function of `python` cannot be loaded.
    """
    discover_scorers()
    known = options(find(name))
    kinds = {option.name: option.annotation for option in known}
    if BUILT_IN.get(ALIASES.get(name, name)) == _EXCHANGE:
        raise ScorerError(
            f"the scorer {name!r} looks at the exchange with the API, which a file of answers "
            "does not have; use it in a suite."
        )
    if ALIASES.get(name, name) == "judge":
        raise ScorerError(
            "the scorer 'judge' asks a model; use it in a suite, or hold a judge against a file "
            "of labels with 'promptgate judge calibrate'."
        )
    given: dict[str, Any] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise ScorerError(f"the option {pair!r} has no value; write --option KEY=VALUE.")
        if key in given:
            raise ScorerError(f"the option {key!r} stands twice; keep one.")
        if kinds.get(key) is str:
            given[key] = value
            continue
        try:
            given[key] = load_yaml(value, f"--option {key}").data
        except InputError as error:
            raise ScorerError(f"the option {key!r}, {value!r}: {error.message}") from None
    missing = [o.name for o in known if o.default is None and o.name not in given]
    if missing and given.keys() <= kinds.keys():
        raise ScorerError(f"the scorer {name!r} needs {missing[0]!r}; add --option {missing[0]}=….")
    if name == "python" and isinstance(given.get("function"), str):
        given["function"] = load_callable(given["function"], root)
    return build(name, given or None)


def score_answers(
    scorer: tuple[str, Scorer],
    file: AnswerFile,
    source: BinaryIO,
    sink: BinaryIO | None = None,
    tell: Callable[[int], None] = lambda _rows: None,
) -> Summary:
    """Score every row of a file.

    Each row is written as it was, with further columns: `score` (0 to 1, empty or null
    where it could not be measured) and `reason`; for the scorer `refusal` first `refusal`
    (1 where the answer refuses in full or in part, 0 where it does not) and `label`.

    Args:
        scorer: Its name or alias, and what `build_scorer()` made.
        file: Format and columns.
        source: The file's bytes, UTF-8 with or without a byte order mark.
        sink: Where the rows go; None for nowhere.
        tell: Told now and then how many rows are done.

    Raises:
        InputError: A column is missing or already there, a row cannot be read, or there
            is none; with the line. Rows before it are in the sink.
    """
    name = ALIASES.get(scorer[0], scorer[0])
    entry = Entry(name, scorer[1])
    added = ("refusal", "label") if name == "refusal" else ()
    columns = [file.prefix + column for column in (*added, "score", "reason")]
    done, scored, total = 0, 0, 0.0
    labels: Counter[str] = Counter()
    first = None
    for row in read_rows(file, columns, source, sink):
        score = apply(entry, row, Answer(row.text))
        done += 1
        if score.value is not None:
            scored += 1
            total += score.value
            if score.label is not None:
                labels[score.label] += 1
        elif first is None:
            first = f"{row.id}: {score.reason}"
        if sink is not None:
            cells = _cells(score, refusal=bool(added))
            sink.write(extended(file.format, row, dict(zip(columns, cells, strict=True))))
        if done % _TELL_EVERY == 0:
            tell(done)
    if done == 0:
        raise InputError("there is no answer to score: the file has no row.", file=file.name)
    mean = min(total / scored, 1.0) if scored else None
    return Summary(done, done - scored, mean, dict(labels.most_common()), first)


def _cells(score: Score, *, refusal: bool) -> list[Any]:
    """Return the values of the added columns."""
    value = score.value
    number = int(value) if value in (0.0, 1.0) else value
    if not refusal:
        return [number, score.reason]
    return [_REFUSES.get(score.label or ""), score.label, number, score.reason]
