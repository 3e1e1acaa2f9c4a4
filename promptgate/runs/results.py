"""Scored trials: rows that are stored as JSON lines and read back, or put in a DataFrame."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from promptgate.errors import InputError
from promptgate.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import pandas as pd

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Part:
    """What one entry of `expect` said of one answer."""

    metric: str
    scorer: str
    score: float | None
    passed: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One generation of one case on one arm, scored.

    Attributes:
        state: 'scored', or why there is no score: 'missing', 'errored', 'unscored'.
        score: Weighted mean of the parts, 0..1; None unless scored.
        passed: Every part reached its threshold; None unless scored.
        answer: The text of the answer, as the model gave it.
        latency_ms: Milliseconds; None where unknown, as is cost_usd.
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


_COLUMNS = tuple(field.name for field in fields(Trial) if field.name != "parts")
_PART = tuple(field.name for field in fields(Part))


def write_trials(path: Path, trials: Iterable[Trial]) -> None:
    """Write one JSON object a line, each with its schema version."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    write_atomic(path, "".join(f"{encode(_row(trial))}\n" for trial in trials))


def _row(trial: Trial) -> dict[str, Any]:
    """Return a trial as plain data; dataclasses.asdict would copy every value deeply."""
    row = {"schema_version": SCHEMA_VERSION, **{n: getattr(trial, n) for n in _COLUMNS}}
    row["parts"] = [{name: getattr(part, name) for name in _PART} for part in trial.parts]
    return row


def read_trials(path: Path) -> Iterator[Trial]:
    """Read stored trials back, one at a time.

    Raises:
        InputError: A line is not a stored trial; names it.
    """
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                row: dict[str, Any] = json.loads(line)
                parts = tuple(Part(**part) for part in row.pop("parts"))
                known = {name: row[name] for name in _COLUMNS if name in row}
                yield Trial(parts=parts, **known)
            except (ValueError, KeyError, TypeError, AttributeError):
                raise InputError(
                    "this line is not a stored trial; run the suites again.",
                    file=str(path),
                    line=number,
                ) from None


def to_frame(trials: Sequence[Trial]) -> pd.DataFrame:
    """Return the trials as a DataFrame: one row a trial, the parts left out."""
    import pandas as pd

    rows = [[getattr(trial, column) for column in _COLUMNS] for trial in trials]
    return pd.DataFrame(rows, columns=list(_COLUMNS))
