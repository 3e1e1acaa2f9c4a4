"""Read JSON strictly, and write values so that equal ones give equal bytes."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from promptgate.documents.document import Document
from promptgate.errors import InputError


def load_json(text: str, file: str, *, first_line: int = 1) -> Document:
    """Parse JSON; duplicate keys, NaN and Infinity are errors.

    Raises:
        InputError: Bad syntax.
    """

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in items:
            if key in seen:
                raise InputError(
                    f"the key {key!r} stands twice; keep one.", file=file, line=first_line
                )
            seen[key] = value
        return seen

    def constant(name: str) -> float:
        raise InputError(
            f"the value {name} is not JSON; use a number or null.", file=file, line=first_line
        )

    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        raise InputError(
            f"this is not valid JSON: {error.msg}.", file=file, line=error.lineno + first_line - 1
        ) from None
    except RecursionError:
        raise InputError("this is not valid JSON: nested too deep.", file=file) from None
    return Document(data, file, {(): first_line})


def canonical_json(value: Any) -> bytes:
    """Encode a value so that equal values give equal bytes.

    Keys are sorted, there is no white space, non-ASCII is written as UTF-8 and
    numbers that are whole are written as integers (1.0 as 1).

    Raises:
        ValueError: A number is NaN or infinite.
    """
    return json.dumps(
        _plain_numbers(value),
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
    ).encode("utf-8", "surrogatepass")


def _plain_numbers(value: Any) -> Any:
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(key): _plain_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_numbers(inner) for inner in value]
    return value
