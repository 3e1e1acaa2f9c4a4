"""Files of answers: rows read one at a time, and written as they were with columns added.

Nothing of a row changes on its way, neither quotes nor line ends nor the notation of a
number, and a file of any size needs the memory of one row. Separate from score_file.py,
which knows scorers: this knows only CSV (RFC 4180), JSONL and where the answer stands.
Start at read_rows().
"""

from __future__ import annotations

import csv
import itertools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from promptgate.documents import describe, load_json, unknown_name
from promptgate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Format = Literal["csv", "jsonl"]
SUFFIXES: dict[str, Format] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
LONGEST_CELL = 16 * 1024 * 1024
"""Most characters of a CSV cell: an answer is shorter, and a quote left open is found by it."""

_QUOTED = re.compile(r'[,"\r\n]')
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class AnswerFile:
    """Where the answers are.

    Attributes:
        name: How messages name the file.
        format: How it is read.
        response: The column of the answers.
        prompt: The column of what was asked; None where there is none.
        prefix: What the names of the added columns start with.
    """

    name: str
    format: Format
    response: str
    prompt: str | None = None
    prefix: str = ""


@dataclass(slots=True)
class Row:
    """One answer; also the case that a scorer is given.

    Attributes:
        file: How messages name the file.
        line: Its first line, 1-based.
        written: The row as it stands in the file, without its line end.
        end: The line end.
        names: The columns.
        cells: Their values.
        text: The answer.
        prompt: What was asked, where a column tells it.
    """

    file: str
    line: int
    written: str
    end: str
    names: Sequence[str]
    cells: Sequence[Any]
    text: str
    prompt: str | None

    @property
    def id(self) -> str:
        """The row's place."""
        return f"{self.file}:{self.line}"

    @property
    def vars(self) -> dict[str, Any]:
        """All columns of the row by name."""
        return dict(zip(self.names, self.cells, strict=True))

    @property
    def messages(self) -> list[dict[str, str]] | None:
        """What was asked, where a column tells it."""
        return None if self.prompt is None else [{"role": "user", "content": self.prompt}]


def format_of(name: str) -> Format:
    """Return how a file is read, by its suffix.

    Raises:
        InputError: The suffix tells nothing.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"the suffix {suffix!r} does not tell the format; add --format csv or --format jsonl.",
            file=name,
        )
    return SUFFIXES[suffix]


def read_rows(
    file: AnswerFile, columns: Sequence[str], source: BinaryIO, sink: BinaryIO | None
) -> Iterator[Row]:
    """Yield the rows; what stands before the first goes to the sink.

    Args:
        file: Format and columns.
        columns: The names of the columns that will be added.
        source: The file's bytes, UTF-8 with or without a byte order mark.
        sink: Where the rows go; None for nowhere.

    Raises:
        InputError: A column is missing or already there, or a row cannot be read.
    """
    opening = source.readline()
    lines = _lines(itertools.chain([opening.removeprefix(_BOM)], source), file.name)
    head = _BOM if opening.startswith(_BOM) else b""
    if file.format == "jsonl":
        if sink is not None:
            sink.write(head)
        yield from _jsonl_rows(lines, file, columns)
        return
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        records = _csv_records(lines, file.name)
        for start, written, end, cells in records:
            names = [name.strip() for name in cells]
            places = _places(file, names, columns, start)
            if sink is not None:
                title = ",".join([written, *map(_csv_cell, columns)]) + end
                sink.write(head + title.encode())
            yield from _csv_rows(records, file.name, names, places)
    finally:
        csv.field_size_limit(limit)


def _lines(source: Iterable[bytes], file: str) -> Iterator[str]:
    """Yield the lines with their ends."""
    for number, line in enumerate(source, start=1):
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise InputError(
                f"byte 0x{line[error.start]:02x} is not UTF-8; save the file as UTF-8.",
                file=file,
                line=number,
            ) from None


def _csv_records(lines: Iterator[str], file: str) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield each record: its first line, how it is written, its line end, its cells."""
    read: list[str] = []

    def noted() -> Iterator[str]:
        for line in lines:
            read.append(line)
            yield line

    reader = csv.reader(noted(), strict=True)
    start = 1
    try:
        for cells in reader:
            if cells:
                written = "".join(read)
                body = written.rstrip("\r\n")
                yield start, body, written[len(body) :] or "\n", cells
            read.clear()
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"this is not valid CSV: {error}; quote the cell and double the quotes in it.",
            file=file,
            line=start,
        ) from None


def _csv_rows(
    records: Iterator[tuple[int, str, str, list[str]]],
    file: str,
    names: Sequence[str],
    places: tuple[int, int | None],
) -> Iterator[Row]:
    response, prompt = places
    for start, written, end, cells in records:
        if len(cells) != len(names):
            raise InputError(
                f"the header has {len(names)} columns but this row {len(cells)}; quote a cell "
                "that holds a comma.",
                file=file,
                line=start,
            )
        asked = None if prompt is None else cells[prompt]
        yield Row(file, start, written, end, names, cells, cells[response], asked)


def _jsonl_rows(lines: Iterator[str], file: AnswerFile, columns: Sequence[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        written = line.strip()
        if not written:
            continue
        data = _json(written, file.name, number)
        if not isinstance(data, dict):
            raise InputError(
                f"a line must be an object, but is {describe(data)}.", file=file.name, line=number
            )
        names, cells = list(data), list(data.values())
        response, prompt = _places(file, names, columns, number)
        text = _text(cells[response], file.response, file.name, number)
        asked = None
        if prompt is not None:
            asked = _text(cells[prompt], names[prompt], file.name, number)
        end = line[len(line.rstrip("\r\n")) :] or "\n"
        yield Row(file.name, number, written, end, names, cells, text, asked)


def _json(text: str, file: str, line: int) -> Any:
    """Parse a line as load_json() does, with one reader for all lines, which is much faster."""
    try:
        return _READER.decode(text)
    except (ValueError, RecursionError):
        return load_json(text, file, first_line=line).data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_constant(_name: str) -> float:
    raise ValueError


_READER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)


def _text(value: Any, column: str, file: str, line: int) -> str:
    """Return the text of a JSON value; null is no text, as an empty cell is."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(
            f"column {column!r} must hold text, but got {describe(value)}.", file=file, line=line
        )
    return value


def _places(
    file: AnswerFile, names: Sequence[str], columns: Sequence[str], line: int
) -> tuple[int, int | None]:
    """Return where the answer and the prompt stand among the columns of a row.

    Raises:
        InputError: One is missing or stands twice, or a column to be added is there.
    """
    for column in columns:
        if column in names:
            raise InputError(
                f"there is a column {column!r} already; give the added columns other names, "
                "for example with --prefix new_.",
                file=file.name,
                line=line,
            )
    response = _place(file.response, names, file.name, line)
    if file.prompt is None:
        return response, None
    return response, _place(file.prompt, names, file.name, line)


def _place(column: str, names: Sequence[str], file: str, line: int) -> int:
    if column not in names:
        raise InputError(unknown_name("column", column, names), file=file, line=line)
    if names.count(column) > 1:
        raise InputError(f"the column {column!r} stands twice; rename one.", file=file, line=line)
    return names.index(column)


def extended(form: Format, row: Row, added: Mapping[str, Any]) -> bytes:
    """Return a row as it was written, with further columns and its line end."""
    if form == "csv":
        line = ",".join([row.written, *map(_csv_cell, added.values())])
    else:
        line = f"{row.written[:-1].rstrip()}, {json.dumps(added, ensure_ascii=False)[1:]}"
    return (line + row.end).encode("utf-8", "backslashreplace")  # as JSON escapes a lone surrogate


def _csv_cell(value: Any) -> str:
    text = "" if value is None else str(value)
    if _QUOTED.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text
