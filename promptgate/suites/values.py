"""What variables and arguments may hold, and variables inside arguments.

`{{ name }}` in an argument of `expect` stands for the case's variable, so that one
entry among the defaults can check every row of a data file. This is no template
language: prompts have one, expectations need a value put in its place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from promptgate.documents import Document, Path, describe, unknown_name
from promptgate.errors import SuiteError

_HOLE = re.compile(r"\{\{\s*([^\W\d]\w*)\s*\}\}")


def check_encodable(value: Any, document: Document, path: Path) -> None:
    """Refuse what JSON in UTF-8 cannot carry, so that every request can be sent.

    Raises:
        SuiteError: NaN, infinity or half a surrogate pair; names its line.
    """
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise document.error(
                SuiteError, f"the text {describe(value)} is not valid Unicode; rewrite it.", path
            )
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise document.error(
                SuiteError, f"the number {value} is not finite; write a finite one.", path
            )
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            check_encodable(key, document, path)
            check_encodable(inner, document, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            check_encodable(inner, document, (*path, index))


def has_holes(value: Any) -> bool:
    """Return whether a text anywhere in a value mentions a variable."""
    if isinstance(value, str):
        return "{{" in value and _HOLE.search(value) is not None
    if isinstance(value, Mapping):
        return any(map(has_holes, value.values()))
    return isinstance(value, list) and any(map(has_holes, value))


def fill(value: Any, variables: Mapping[str, Any]) -> Any:
    """Put variables in the places that mention them, anywhere in a value.

    A text that is nothing but one mention becomes the variable itself, a list or a
    number too; inside a longer text only text and numbers can stand.

    Raises:
        ValueError: An unknown variable, or one that cannot stand inside a text.
    """
    if isinstance(value, str):
        return _fill_text(value, variables) if "{{" in value else value
    if isinstance(value, Mapping):
        return {key: fill(inner, variables) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill(inner, variables) for inner in value]
    return value


def _fill_text(text: str, variables: Mapping[str, Any]) -> Any:
    if whole := _HOLE.fullmatch(text.strip()):
        return _variable(whole.group(1), variables)

    def shown(match: re.Match[str]) -> str:
        value = _variable(match.group(1), variables)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueError(
                f"the variable {match.group(1)!r} is {describe(value)} and cannot stand "
                "inside a text; use text or a number."
            )
        return str(value)

    return _HOLE.sub(shown, text)


def _variable(name: str, variables: Mapping[str, Any]) -> Any:
    if name not in variables:
        raise ValueError(unknown_name("variable", name, list(variables)))
    return variables[name]
