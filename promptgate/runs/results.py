"""Scored trials: rows that are stored as JSON lines and read back, or put in a DataFrame."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from promptgate.errors import InputError
from promptgate.files import output_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import pandas as pd

SCHEMA_VERSION = 2
PARQUET = ".parquet"


@dataclass(frozen=True, slots=True)
class Part:
    """What one entry of `expect` said of one answer.

    Attributes:
        judge: Name and digest of the model that judged, `helpful@sha256:…`; None where
            no model was asked.
        judge_models: The models that answered for the judge.
    """

    metric: str
    scorer: str
    score: float | None
    passed: bool | None
    reason: str
    judge: str | None = None
    judge_models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """One generation of one case on one arm, scored.

    Attributes:
        state: 'scored', or why there is no score: 'missing', 'errored', 'unscored'.
        score: Weighted mean of the parts, 0..1; None unless scored.
        passed: Every part reached its threshold; None unless scored.
        answer: The text of the answer, as the model gave it.
        latency_ms: Milliseconds; None where unknown, as is cost_usd.
        judge_cost_usd: What its judges cost; one judgement of several equal answers is
            counted once. None where unknown.
    """

    suite: str
    case: str
    cluster: str
    prompt: str
    arm: str
    revision: str
    repeat: int
    state: str
    score: float | None
    passed: bool | None
    critical: bool
    parts: tuple[Part, ...]
    request_digest: str
    response_digest: str | None
    answer: str
    stop_reason: str | None
    model: str
    served_model: str | None
    recorded_at: str | None
    input_tokens: int | None
    output_tokens: int | None
    latency_ms: float | None
    cost_usd: float | None
    note: str = ""
    judge_cost_usd: float | None = 0.0


_COLUMNS = tuple(field.name for field in fields(Trial) if field.name != "parts")
_PART = tuple(field.name for field in fields(Part))
_LATER: dict[str, Any] = {"judge_cost_usd": 0.0}
"""Columns that rows of SCHEMA_VERSION 1 do not have, with what is read for them."""


@contextmanager
def trial_writer(path: Path) -> Iterator[Callable[[Trial], None]]:
    """Open a file for trials, given one by one: JSON lines, or Parquet where the name ends so.

    JSON lines are written as they come and need no memory; Parquet is written at
    the end. The file takes its place only when all is written.

    Raises:
        InputError: Parquet is asked for and its package is not installed, or the
            file cannot be written.
    """
    if path.suffix == PARQUET:
        trials: list[Trial] = []
        yield trials.append
        _write_parquet(path, trials)
        return
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with output_file(path) as stream:

        def write(trial: Trial) -> None:
            stream.write(f"{encode(_row(trial))}\n".encode("utf-8", "surrogatepass"))

        yield write


def write_trials(path: Path, trials: Sequence[Trial]) -> None:
    """Write trials that are all there, as trial_writer() does."""
    with trial_writer(path) as write:
        for trial in trials:
            write(trial)


def _write_parquet(path: Path, trials: Sequence[Trial]) -> None:
    try:
        import pyarrow  # noqa: F401  # is it there?
    except ImportError:
        raise InputError(
            "Parquet needs the package pyarrow; run: pip install 'promptgate[parquet]'.",
            file=str(path),
        ) from None
    frame = to_frame(trials)
    frame["parts"] = [json.dumps(_row(trial)["parts"], ensure_ascii=False) for trial in trials]
    with output_file(path) as stream:
        frame.to_parquet(stream, index=False)


def _row(trial: Trial) -> dict[str, Any]:
    """Return a trial as plain data; dataclasses.asdict would copy every value deeply."""
    row = {"schema_version": SCHEMA_VERSION, **{n: getattr(trial, n) for n in _COLUMNS}}
    row["parts"] = [{name: getattr(part, name) for name in _PART} for part in trial.parts]
    return row


def read_trials(path: Path) -> Iterator[Trial]:
    """Read stored trials back, one at a time, from JSON lines or Parquet.

    Raises:
        InputError: There is no such file, or a row is not a stored trial; names it.
    """
    if path.suffix == PARQUET:
        yield from _read_parquet(path)
        return
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                try:
                    row = json.loads(line)
                except ValueError:
                    row = None
                yield _trial(row, path, number)
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror}); check the path.", file=str(path)
        ) from None
    except UnicodeDecodeError:
        raise InputError("the file is not UTF-8; run the suites again.", file=str(path)) from None


def _read_parquet(path: Path) -> Iterator[Trial]:
    import pandas as pd

    try:
        frame = pd.read_parquet(path)
    except ImportError:
        raise InputError(
            "Parquet needs the package pyarrow; run: pip install 'promptgate[parquet]'.",
            file=str(path),
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(f"this is no Parquet file ({error}).", file=str(path)) from None
    frame = frame.astype(object).where(frame.notna(), None)
    for number, row in enumerate(frame.to_dict("records"), start=1):
        row["parts"] = json.loads(row.get("parts") or "null")
        yield _trial(row, path, number)


def _trial(row: Any, path: Path, number: int) -> Trial:
    """Return the trial that a stored row is."""
    try:
        row = {**_LATER, **row}
        return Trial(
            parts=tuple(_part(part) for part in row["parts"]),
            **{name: row[name] for name in _COLUMNS},
        )
    except (KeyError, TypeError):
        raise InputError(
            "this row is not a stored trial; run the suites again.", file=str(path), line=number
        ) from None


def _part(stored: Any) -> Part:
    later = {"judge": None, **stored, "judge_models": tuple(stored.get("judge_models", ()))}
    return Part(**{name: later[name] for name in _PART})


def to_frame(trials: Sequence[Trial]) -> pd.DataFrame:
    """Return the trials as a DataFrame: one row a trial, the parts left out."""
    import pandas as pd

    rows = [[getattr(trial, column) for column in _COLUMNS] for trial in trials]
    return pd.DataFrame(rows, columns=list(_COLUMNS))
