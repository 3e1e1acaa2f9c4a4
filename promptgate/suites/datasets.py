"""Cases from CSV and JSONL.

A data file is a table. A column with the name of a key of a case (`id`, `cluster`,
`vars`, `matrix`, `messages`, `expect`, `critical`, `tags`, `quarantine`) is that key;
every other column is a variable of its own name. `vars.NAME` is the variable NAME
whatever its name.

CSV: an empty cell says nothing, so that the default applies; a variable's cell is
text as it stands; `tags` are separated by commas or spaces; `critical` is true or
false; `vars`, `matrix`, `messages`, `expect` and `quarantine` hold JSON.
JSONL: one object a line; values are what they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from promptgate.documents import Document, describe, load_json
from promptgate.errors import InputError, SuiteError
from promptgate.suites.schema import CaseModel

KEYS = frozenset(CaseModel.model_fields)
_VARIABLE = "vars."


def read_rows(text: str, file: str) -> Iterator[Document]:
    """Yield each row of a data file as a case that stands at the row's first line.

    Args:
        text: The file's content.
        file: Its path; the suffix, .csv or .jsonl, decides how it is read.

    Raises:
        SuiteError: Names the line, and in CSV the column.
    """
    return _csv_rows(text, file) if file.endswith(".csv") else _jsonl_rows(text, file)


def _jsonl_rows(text: str, file: str) -> Iterator[Document]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            document = load_json(line, file, first_line=number)
        except InputError as error:
            raise SuiteError(error.message, file=file, line=number) from None
        if not isinstance(document.data, Mapping):
            raise document.error(
                SuiteError, f"a line must be an object, but is {describe(document.data)}.", ()
            )
        columns = _columns(list(document.data), file, number)
        yield Document(_case(columns, list(document.data.values())), file, document.lines)


def _csv_rows(text: str, file: str) -> Iterator[Document]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: list[tuple[str, bool]] | None = None
    start = 1
    try:
        for row in reader:
            if row and columns is None:
                columns = _columns([name.strip() for name in row], file, start)
            elif row and columns is not None:
                yield _csv_case(columns, row, file, start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise SuiteError(
            f"this is not valid CSV: {error}; quote the cell and double the quotes in it.",
            file=file,
            line=start,
        ) from None


def _columns(names: Sequence[str], file: str, line: int) -> list[tuple[str, bool]]:
    """Return for each column the key or variable that it is, and whether it is a variable."""
    columns: list[tuple[str, bool]] = []
    for name in names:
        variable = name not in KEYS
        target = name.removeprefix(_VARIABLE) if variable else name
        if not target:
            raise SuiteError(
                f"the column {len(columns) + 1} has no name; name or remove it.",
                file=file,
                line=line,
            )
        if (target, variable) in columns:
            raise SuiteError(f"the column {name!r} stands twice; keep one.", file=file, line=line)
        columns.append((target, variable))
    if ("id", False) not in columns:
        shown = ", ".join(names[:10])
        raise SuiteError(
            f"there is no column 'id', only: {shown}. Add one that names each case.",
            file=file,
            line=line,
        )
    return columns


def _csv_case(
    columns: Sequence[tuple[str, bool]], row: Sequence[str], file: str, line: int
) -> Document:
    if len(row) != len(columns):
        raise SuiteError(
            f"the header has {len(columns)} columns but this row {len(row)}; quote a cell that "
            "holds a comma.",
            file=file,
            line=line,
        )
    given = [(column, cell) for column, cell in zip(columns, row, strict=True) if cell != ""]
    values = [
        cell if variable else _cell(name, cell, file, line) for (name, variable), cell in given
    ]
    return Document(_case([column for column, _ in given], values), file, {(): line})


def _cell(key: str, cell: str, file: str, line: int) -> Any:
    """Return the value of a cell in a column that is a key of a case."""
    if key in ("id", "cluster"):
        return cell.strip()
    if key == "tags":
        return cell.replace(",", " ").split()
    if key == "critical":
        word = cell.strip().lower()
        if word not in ("true", "false"):
            raise SuiteError(
                f"column 'critical': write true or false, not {describe(cell)}.",
                file=file,
                line=line,
            )
        return word == "true"
    try:
        return load_json(cell, file).data
    except InputError as error:
        example = '["refusal"] or [{"contains": "Paris"}]' if key == "expect" else "{} or []"
        raise SuiteError(
            f"column {key!r}: {error.message.rstrip('.')}, but got {describe(cell)}. "
            f"Write JSON, for example {example}.",
            file=file,
            line=line,
        ) from None


def _case(columns: Sequence[tuple[str, bool]], values: Sequence[Any]) -> dict[str, Any]:
    """Return a row as the mapping that a suite file would hold for the case."""
    case: dict[str, Any] = {}
    variables: dict[str, Any] = {}
    for (name, variable), value in zip(columns, values, strict=True):
        (variables if variable else case)[name] = value
    if not variables:
        return case
    written = case.get("vars", {})
    case["vars"] = {**written, **variables} if isinstance(written, Mapping) else written
    return case
