"""Read TOML; the lines of its values are found by a scan, as no reader reports them."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from promptgate.documents.document import Document
from promptgate.errors import InputError

if TYPE_CHECKING:
    from promptgate.documents.document import Path


def load_toml(text: str, file: str) -> Document:
    """Parse TOML.

    Lines are found by a scan for tables and keys, as no reader reports them.

    Raises:
        InputError: Bad syntax.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        message = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise InputError(
            f"this is not valid TOML: {message}.",
            file=file,
            line=int(found.group(1)) if found else None,
        ) from None
    return Document(data, file, _toml_lines(text))


def _toml_lines(text: str) -> dict[Path, int]:
    lines: dict[Path, int] = {(): 1}
    table: Path = ()
    arrays: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*(\[{1,2})\s*([^\]]+?)\s*\]{1,2}\s*(?:#.*)?$", line):
            table = tuple(_toml_key(header.group(2)))
            if header.group(1) == "[[":
                index = arrays.get(table, -1) + 1
                arrays[table] = index
                table = (*table, index)
            lines.setdefault(table, number)
        elif assignment := re.match(
            r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*"""
            r"""(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""",
            line,
        ):
            lines.setdefault((*table, *_toml_key(assignment.group(1))), number)
    return lines


def _toml_key(text: str) -> list[str]:
    parts = re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", text)
    return [part.strip("\"'") for part in parts]
