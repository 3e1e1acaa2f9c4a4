"""Read scored results from anywhere: a CSV or JSONL file with one trial a row.

A file becomes columns in one pass, in blocks, so that a million rows cost
seconds and little memory. Every bad row is one sentence with its line. What the
rows mean for a decision is the business of comparing.py.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from itertools import count
from typing import TYPE_CHECKING, Any, NoReturn

from promptgate.documents import collector_paused, describe
from promptgate.errors import InputError
from promptgate.files import read_text
from promptgate.runs.external.rows import json_number, read_csv, read_jsonl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

REQUIRED = ("suite", "case", "score")
DIGESTS = ("scorer_digest", "judge_digest")
OPTIONAL = ("cluster", "repeat", "error", "cost", "latency", "recorded_at", *DIGESTS)
COLUMNS = (*REQUIRED, *OPTIONAL)
Key = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Results:
    """One file of scored trials, as columns with one entry a trial.

    Attributes:
        file: As messages name it.
        keys: (suite, case) of every case, in order of appearance.
        key: For each trial the number of its case in `keys`.
        repeat: For each trial its number within the case, from 0 without gaps.
        score: From 0 to 1; NaN exactly where the trial errored.
        errored: For each trial.
        cost: NaN where unknown; None without the column.
        latency: Seconds; NaN where unknown; None without the column.
        clusters: Number of a case to its cluster, where the file gives one.
        digests: Of DIGESTS, those that the file has: number of a case to its digests.
        recorded: The earliest and the latest time; None without the column.
        unused: Columns that nothing reads, in order of appearance.
    """

    file: str
    keys: tuple[Key, ...]
    key: Ints
    repeat: Ints
    score: Floats
    errored: Bools
    cost: Floats | None
    latency: Floats | None
    clusters: Mapping[int, str]
    digests: Mapping[str, Mapping[int, frozenset[str]]]
    recorded: tuple[datetime, datetime] | None
    unused: tuple[str, ...]


@collector_paused()
def read_results(path: Path) -> Results:
    """Read a file of scored trials.

    Columns: `suite`, `case`, `score` (0..1), and optionally `cluster`, `repeat`,
    `error` (not empty: the trial errored and its score is ignored), `cost`,
    `latency` (seconds), `recorded_at` (ISO 8601; without a zone it is UTC),
    `scorer_digest`, `judge_digest`. Others are ignored and listed as unused,
    unless one is a misspelt optional column.

    Raises:
        InputError: The file is absent, neither CSV nor JSONL, empty, or lacks a
            column or misspells one; a score is no number from 0 to 1; a trial stands twice.
    """
    file = str(path)
    reader = {".csv": read_csv, ".jsonl": read_jsonl, ".ndjson": read_jsonl}.get(
        path.suffix.lower()
    )
    if reader is None:
        raise InputError(
            f"results must be a .csv or .jsonl file, but the name ends in {path.suffix!r}; "
            "convert or rename it.",
            file=file,
        )
    columns = _Columns(file, numeric=float if reader is read_csv else json_number)
    try:
        for lines, block in reader(path, file, columns.seen, COLUMNS, REQUIRED):
            columns.add(lines, block)
    except UnicodeDecodeError:
        read_text(path)  # says where the byte is
        raise
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror}); check the path.", file=file
        ) from None
    return columns.results()


class _Columns:
    """What has been read of a file, checked block by block.

    Args:
        file: As messages name it.
        numeric: Turns a cell into a number or raises ValueError.
    """

    def __init__(self, file: str, numeric: Callable[[Any], float]) -> None:
        self.file = file
        self.seen: dict[str, Any] = {}
        self._numeric = numeric
        self._numbers: defaultdict[Key, int] = defaultdict(count().__next__)
        self._lines: list[Ints] = []
        self._parts: dict[str, list[Any]] = {
            name: [] for name in ("key", "repeat", "score", "errored", "cost", "latency")
        }
        self._clusters: dict[int, str] = {}
        self._digests: dict[str, dict[int, set[str]]] = {}
        self._times: dict[Any, datetime] = {}

    def add(self, lines: Sequence[int], block: dict[str, list[Any]]) -> None:
        """Check one block of rows and keep what it says."""
        import numpy as np

        size = len(lines)
        nothing: list[Any] = [None] * size
        keys = self._keys(lines, block)
        told = block.get("error", nothing)
        errored = [False] * size if _blank(told) else [_told(error) for error in told]
        self._lines.append(np.asarray(lines, dtype=np.int64))
        self._parts["key"].append(np.asarray(keys, dtype=np.int64))
        self._parts["errored"].append(np.asarray(errored, dtype=np.bool_))
        self._parts["score"].append(self._scores(lines, block, errored))
        self._parts["repeat"].append(self._repeats(lines, block.get("repeat", nothing)))
        for name in ("cost", "latency"):
            self._parts[name].append(self._amounts(lines, name, block.get(name, nothing)))
        self._note_clusters(lines, keys, block.get("cluster", []))
        for name in DIGESTS:
            for key, digest in zip(keys, block.get(name, ()), strict=False):
                if digest:
                    known = self._digests.setdefault(name, {}).setdefault(key, set())
                    known.add(str(digest))
        self._note_times(lines, block.get("recorded_at", []))

    def results(self) -> Results:
        """Return everything that was added.

        Raises:
            InputError: There was no row, or a trial stands twice.
        """
        import numpy as np

        if not self._lines:
            raise InputError("the file has no rows; write one a trial.", file=self.file)
        unused = tuple(name for name in self.seen if name not in COLUMNS)
        self._refuse_misspelt(unused)
        whole = {name: np.concatenate(parts) for name, parts in self._parts.items()}
        times = self._times.values()
        return Results(
            file=self.file,
            keys=tuple(self._numbers),
            key=whole["key"],
            repeat=self._numbered(whole["key"], whole["repeat"]),
            score=whole["score"],
            errored=whole["errored"],
            cost=whole["cost"] if "cost" in self.seen else None,
            latency=whole["latency"] if "latency" in self.seen else None,
            clusters=self._clusters,
            digests={
                name: {key: frozenset(found) for key, found in of.items()}
                for name, of in self._digests.items()
            },
            recorded=(min(times), max(times)) if times else None,
            unused=unused,
        )

    def _refuse_misspelt(self, unused: Sequence[str]) -> None:
        """Refuse a column that nothing reads where its author surely meant one that is."""
        absent = [name for name in OPTIONAL if name not in self.seen]
        for name in unused:
            near = get_close_matches(name.lower(), absent, n=1, cutoff=0.85)
            if near:
                raise InputError(
                    f"nothing reads the column {name!r}; did you mean {near[0]!r}? Rename it, or "
                    "leave it out.",
                    file=self.file,
                )

    def _keys(self, lines: Sequence[int], block: dict[str, list[Any]]) -> list[int]:
        """Return the number of each row's case."""
        missing: list[Any] = [None] * len(lines)
        suites, cases = block.get("suite", missing), block.get("case", missing)
        numbers = self._numbers
        plain = {*map(type, suites), *map(type, cases)} <= {str}
        if plain and "" not in suites and "" not in cases:
            return list(map(numbers.__getitem__, zip(suites, cases, strict=True)))
        return [
            numbers[self._name("suite", suite, line), self._name("case", case, line)]
            for suite, case, line in zip(suites, cases, lines, strict=True)
        ]

    def _name(self, column: str, value: Any, line: int) -> str:
        if type(value) is int:
            return str(value)
        if not isinstance(value, str) or not value:
            self._refuse(line, f"{column!r} must be a name, but got {describe(value)}; fill it in")
        return value

    def _scores(
        self, lines: Sequence[int], block: dict[str, list[Any]], errored: list[bool]
    ) -> Floats:
        import numpy as np

        nan, numeric = float("nan"), self._numeric
        raw = block.get("score", [None] * len(lines))
        try:
            if any(errored):
                raise ValueError
            column = np.fromiter(map(numeric, raw), np.float64, len(raw))
        except (ValueError, TypeError, OverflowError):  # one at a time, to find out which
            values = []
            for score, error, line in zip(raw, errored, lines, strict=True):
                try:
                    values.append(nan if error else numeric(score))
                except (ValueError, TypeError, OverflowError):
                    self._refuse_score(line, score)
            column = np.asarray(values, dtype=np.float64)
        with np.errstate(invalid="ignore"):
            bad = ~((column >= 0) & (column <= 1)) & ~np.asarray(errored)
        if bad.any():
            first = int(bad.argmax())
            self._refuse_score(lines[first], raw[first])
        return column

    def _refuse_score(self, line: int, value: Any) -> NoReturn:
        if value is None or value == "":
            self._refuse(
                line,
                "'score' is empty; write a number from 0 to 1, or why there is none into 'error'",
            )
        self._refuse(
            line,
            f"'score' must be a number from 0 to 1, but got {describe(value)}; write a "
            "fraction, for example 0.95",
        )

    def _repeats(self, lines: Sequence[int], raw: list[Any]) -> Ints:
        """Return each row's repeat; -1 where it has none."""
        import numpy as np

        if _blank(raw):
            return np.full(len(lines), -1, dtype=np.int64)
        try:
            known = {value: self._repeat(lines, raw, value) for value in set(raw)}
        except TypeError:  # a list or a mapping
            value = next(value for value in raw if isinstance(value, list | dict))
            self._refuse_repeat(lines, raw, value)
        return np.fromiter(map(known.__getitem__, raw), np.int64, len(raw))

    def _repeat(self, lines: Sequence[int], raw: list[Any], value: Any) -> int:
        if value is None or value == "":
            return -1
        try:
            found = self._numeric(value)
        except (ValueError, OverflowError):
            found = -1.0
        if not (0 <= found < 2**31 and found == int(found)):
            self._refuse_repeat(lines, raw, value)
        return int(found)

    def _refuse_repeat(self, lines: Sequence[int], raw: list[Any], value: Any) -> NoReturn:
        self._refuse(
            lines[raw.index(value)],
            f"'repeat' must be a whole number from 0, but got {describe(value)}; "
            "number the repeats of each case",
        )

    def _amounts(self, lines: Sequence[int], name: str, raw: list[Any]) -> Floats:
        """Return a cost or latency; NaN where the cell is empty."""
        import numpy as np

        if _blank(raw):
            return np.full(len(lines), np.nan)
        try:
            column = np.fromiter(map(self._numeric, raw), np.float64, len(raw))
            if bool(((column >= 0) & (column < np.inf)).all()):
                return column
        except (ValueError, TypeError, OverflowError):
            pass  # cells that are empty or wrong: one at a time, then
        values = []
        for value, line in zip(raw, lines, strict=True):
            try:
                found = float("nan") if value is None or value == "" else self._numeric(value)
            except (ValueError, OverflowError):
                found = -1.0
            if not (value is None or value == "" or 0 <= found < float("inf")):
                self._refuse(
                    line,
                    f"{name!r} must be a number of at least 0, but got {describe(value)}; "
                    "leave it empty where it is unknown",
                )
            values.append(found)
        return np.asarray(values, dtype=np.float64)

    def _note_clusters(self, lines: Sequence[int], keys: list[int], raw: list[Any]) -> None:
        if not raw:
            return
        if set(map(type, raw)) == {str} and "" not in raw:
            told = dict(zip(keys, raw, strict=True))
            fresh = [key for key in told if key not in self._clusters]
            self._clusters.update((key, told[key]) for key in fresh)
            if list(map(self._clusters.get, keys)) == raw:
                return
            for key in fresh:  # a case in two clusters: find the line
                del self._clusters[key]
        for key, cluster, line in zip(keys, raw, lines, strict=False):
            if cluster is None or cluster == "":
                continue
            name = self._name("cluster", cluster, line)
            known = self._clusters.setdefault(key, name)
            if known != name:
                suite, case = list(self._numbers)[key]
                self._refuse(
                    line,
                    f"case {case!r} of suite {suite!r} is in cluster {name!r} here and in "
                    f"{known!r} above; give it one",
                )

    def _note_times(self, lines: Sequence[int], raw: list[Any]) -> None:
        for value, line in zip(raw, lines, strict=False):
            if value is None or value == "":
                continue
            try:
                if value in self._times:
                    continue
                time = datetime.fromisoformat(value)
            except (TypeError, ValueError):
                self._refuse(
                    line,
                    f"'recorded_at' must be a time in ISO 8601, but got {describe(value)}; "
                    "write for example 2026-01-31T12:00:00Z",
                )
            self._times[value] = time if time.tzinfo else time.replace(tzinfo=UTC)

    def _numbered(self, key: Ints, repeat: Ints) -> Ints:
        """Number the trials of each case from 0; refuse one that stands twice."""
        import numpy as np

        lines = np.concatenate(self._lines)
        if (repeat < 0).any() and (repeat >= 0).any():
            line = int(lines[int((repeat < 0).argmax())])
            self._refuse(line, "'repeat' is empty here but not in other rows; number them all")
        order = np.lexsort((repeat, key))
        ordered = key[order]
        same = ordered[1:] == ordered[:-1]
        twice = np.flatnonzero(same & (repeat[order][1:] == repeat[order][:-1]))
        if twice.size:
            first, second = sorted(int(lines[order[i]]) for i in (twice[0], twice[0] + 1))
            suite, case = list(self._numbers)[int(ordered[twice[0]])]
            shown = int(repeat[order[twice[0]]])
            which = f", repeat {shown}," if shown >= 0 else ""
            self._refuse(
                second,
                f"case {case!r} of suite {suite!r}{which} stands in line {first} already; keep "
                "one, or number the repeats in a column 'repeat'",
            )
        starts = np.flatnonzero(np.concatenate([[True], ~same]))
        position = np.arange(key.size) - np.repeat(starts, np.diff([*starts, key.size]))
        numbered = np.empty_like(repeat)
        numbered[order] = position
        return numbered

    def _refuse(self, line: int, message: str) -> NoReturn:
        raise InputError(f"{message}.", file=self.file, line=line)


def _blank(cells: list[Any]) -> bool:
    """Whether a column is empty."""
    return cells.count(None) + cells.count("") == len(cells)


def _told(error: Any) -> bool:
    """Whether a cell of the column 'error' names one."""
    return not (error is None or error is False or (isinstance(error, str) and not error.strip()))
