"""Rows of a CSV or JSONL file in blocks of columns: large files at low cost, strictly.

Separate from tabular.py because nothing here knows what a column means.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from promptgate.documents import describe
from promptgate.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = 1_000  # rows whose cells stay in the cache while each column is read

Block = tuple[Sequence[int], dict[str, list[Any]]]
"""The line of each row, and the cells of each column that was asked for and is there."""


def read_csv(
    path: Path, file: str, seen: dict[str, Any], columns: Sequence[str], required: Sequence[str]
) -> Iterator[Block]:
    """Yield the rows of a CSV file in blocks.

    Args:
        path: The file.
        file: As messages name it.
        seen: Filled with the names of all columns.
        columns: Those to give.
        required: Those that must be there.

    Raises:
        InputError: The file is no CSV, or a column is missing or stands twice.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        last = 0
        try:
            header = next((row for row in reader if row), None)
            if header is None:
                raise InputError("the file is empty; write a header and rows.", file=file)
            names = [name.strip() for name in header]
            _refuse_twice(names, columns, file, reader.line_num)
            _refuse_missing(names, required, file, reader.line_num)
            seen.update(dict.fromkeys(names))
            last = reader.line_num
            used = [(name, names.index(name)) for name in columns if name in names]
            while rows := list(islice(reader, BLOCK)):
                lines = _csv_lines(rows, last, reader.line_num)
                last = reader.line_num
                if set(map(len, rows)) != {len(names)}:
                    rows, lines = _whole_rows(rows, lines, len(names), file)
                if rows:
                    yield lines, {name: list(map(itemgetter(at), rows)) for name, at in used}
        except csv.Error as error:
            raise InputError(
                f"this is not valid CSV: {error}; quote the cell and double the quotes in it.",
                file=file,
                line=reader.line_num,
            ) from None


def _csv_lines(rows: Sequence[Sequence[str]], before: int, last: int) -> Sequence[int]:
    """Return the line at which each row begins, of a block that follows line `before`."""
    if last - before == len(rows):
        return range(before + 1, last + 1)
    lines = []
    line = before + 1
    for row in rows:
        lines.append(line)
        line += 1 + sum(cell.count("\n") for cell in row)
    return lines


def _whole_rows(
    rows: Sequence[list[str]], lines: Sequence[int], width: int, file: str
) -> tuple[list[list[str]], list[int]]:
    """Drop blank lines; refuse a row that has not as many cells as the header."""
    kept = [(row, line) for row, line in zip(rows, lines, strict=True) if row]
    for row, line in kept:
        if len(row) != width:
            raise InputError(
                f"the header has {width} columns but this row {len(row)}; quote a cell that "
                "holds a comma.",
                file=file,
                line=line,
            )
    return [row for row, _ in kept], [line for _, line in kept]


def _refuse_twice(names: Sequence[str], columns: Sequence[str], file: str, line: int) -> None:
    for name in columns:
        if names.count(name) > 1:
            raise InputError(f"the column {name!r} stands twice; keep one.", file=file, line=line)


def _refuse_missing(names: Sequence[str], required: Sequence[str], file: str, line: int) -> None:
    for name in required:
        if name not in names:
            listed = ", ".join(repr(n) for n in names[:12])
            raise InputError(
                f"the column {name!r} is missing, there is only: {listed}; add or rename one.",
                file=file,
                line=line,
            )


def read_jsonl(
    path: Path, file: str, seen: dict[str, Any], columns: Sequence[str], required: Sequence[str]
) -> Iterator[Block]:
    """Yield the rows of a JSONL file in blocks.

    Args:
        path: The file.
        file: As messages name it.
        seen: Filled with the names of all columns.
        columns: Those to give.
        required: Those that must be there.

    Raises:
        InputError: The file is no JSONL, or a column is missing.
    """
    scan: Any = json.JSONDecoder(object_pairs_hook=_pairs)
    scan = scan.scan_once  # decode() would walk over the white space twice
    number = 0
    with path.open(encoding="utf-8-sig") as stream:
        while texts := list(islice(stream, BLOCK)):
            lines: list[int] = []
            rows: list[dict[str, Any]] = []
            for text in texts:
                number += 1
                text = text.strip()
                if not text:
                    continue
                try:
                    row, end = scan(text, 0)
                except (ValueError, RecursionError, StopIteration) as error:
                    raise _bad_json(error, file, number) from None
                if end != len(text):
                    raise _bad_json(ValueError("more than one value"), file, number)
                if type(row) is not dict:
                    raise InputError(
                        f'a row must be an object such as {{"suite": …}}, but is {describe(row)}.',
                        file=file,
                        line=number,
                    )
                rows.append(row)
                lines.append(number)
                seen.update(row)
            if rows:
                _refuse_missing(tuple(seen), required, file, lines[0])
                yield lines, {name: _column(rows, name) for name in columns if name in seen}


def _column(rows: Sequence[dict[str, Any]], name: str) -> list[Any]:
    try:
        return list(map(itemgetter(name), rows))
    except KeyError:
        return [row.get(name) for row in rows]


def _bad_json(error: Exception, file: str, line: int) -> InputError:
    said = {json.JSONDecodeError: getattr(error, "msg", ""), StopIteration: "no value"}.get(
        type(error), str(error)
    )
    return InputError(
        f"this is not valid JSON: {said}; write one object a line.", file=file, line=line
    )


def _pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; a key that stands twice is refused, not overwritten."""
    row = dict(items)
    if len(row) != len(items):
        twice = next(key for i, (key, _) in enumerate(items) if key in dict(items[:i]))
        raise ValueError(f"the key {twice!r} stands twice")
    return row


def json_number(value: Any) -> float:
    """Return a JSON number; text and booleans are none.

    Raises:
        ValueError: It is no number.
    """
    if type(value) is float or type(value) is int:
        return float(value)
    raise ValueError
