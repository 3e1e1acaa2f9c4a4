"""Read the entries of `expect`.

An entry is a scorer's name, `{name: value}`, `{name: {option: value}}` or
`{not: entry}`; beside the name may stand `weight`, `threshold` and `metric`.
Whether the scorer exists and takes the argument is for `runs` to ask.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from promptgate.documents import Document, Path, describe
from promptgate.errors import SuiteError
from promptgate.suites.model import Expectation
from promptgate.suites.values import check_encodable, fill, has_holes

_BESIDE = ("weight", "threshold", "metric")


def parse_entries(entries: list[Any], document: Document, path: Path) -> tuple[Expectation, ...]:
    """Read a list of entries.

    Args:
        entries: What stands under `expect`.
        document: The file, for lines.
        path: Where in it the list stands.

    Raises:
        SuiteError: An entry is not of one of the four forms, or a number is out of range.
    """
    return tuple(
        _parse_entry(entry, document, (*path, index)) for index, entry in enumerate(entries)
    )


def _parse_entry(entry: Any, document: Document, path: Path) -> Expectation:
    check_encodable(entry, document, path)
    beside = {key: entry[key] for key in _BESIDE if key in entry} if _is_map(entry) else {}
    plain = {k: v for k, v in entry.items() if k not in beside} if _is_map(entry) else entry
    negate = _is_map(plain) and set(plain) == {"not"}
    inner = plain["not"] if negate else plain
    name, argument = _scorer(inner, document, (*path, "not") if negate else path)
    metric = beside.get("metric")
    if "metric" in beside and not (isinstance(metric, str) and metric.strip()):
        raise document.error(
            SuiteError, f"'metric' must be a name, but got {describe(metric)}.", (*path, "metric")
        )
    return Expectation(
        scorer=name,
        argument=argument,
        negate=negate,
        weight=_number(beside, "weight", sys.float_info.max, document, path),
        threshold=_number(beside, "threshold", 1.0, document, path),
        metric=metric,
        file=document.file,
        line=document.line(path),
    )


def _is_map(value: Any) -> bool:
    return isinstance(value, Mapping)


def _scorer(entry: Any, document: Document, path: Path) -> tuple[str, Any]:
    """Return the name and the argument of an entry without `not` and what stands beside."""
    if isinstance(entry, str):
        name, argument = entry, None
    elif not _is_map(entry):
        raise document.error(
            SuiteError,
            "an entry of 'expect' must be a scorer's name or a mapping such as "
            f"{{contains: text}}, but is {describe(entry)}.",
            path,
        )
    elif len(entry) == 1:
        ((name, argument),) = entry.items()
    else:
        found = f"names {len(entry)}: " + ", ".join(sorted(entry)) if entry else "names none"
        raise document.error(
            SuiteError,
            f"an entry of 'expect' names one scorer, but this one {found}. Write one entry "
            "for each; a scorer's options stand below its name.",
            path,
        )
    if name in _BESIDE:
        raise document.error(
            SuiteError, f"{name!r} stands beside the scorer or its 'not', not here.", path
        )
    if name == "not":
        raise document.error(
            SuiteError, "'not' takes an entry with a scorer, for example {not: refusal}.", path
        )
    if name.startswith("not-"):
        raise document.error(
            SuiteError,
            f"{name!r} is no scorer; write {{not: {name.removeprefix('not-')}}}, with the "
            "scorer's value if it has one.",
            path,
        )
    if not name.strip():
        raise document.error(SuiteError, "an entry of 'expect' is empty; name a scorer.", path)
    return name, argument


def _number(
    beside: Mapping[str, Any], key: str, most: float, document: Document, path: Path
) -> float:
    value = beside.get(key, 1.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        span = "from 0 to 1, for example 0.95" if most == 1 else "0 or more"
        raise document.error(
            SuiteError, f"{key!r} must be a number {span}, but got {describe(value)}.", (*path, key)
        )
    return float(value)


def fill_entries(
    entries: Iterable[Expectation], variables: Mapping[str, Any]
) -> tuple[Expectation, ...]:
    """Put a case's variables into the arguments that mention them.

    Raises:
        SuiteError: A variable that the case does not have; names the entry's line.
    """
    filled = []
    for entry in entries:
        if has_holes(entry.argument):
            try:
                entry = replace(entry, argument=fill(entry.argument, variables))
            except ValueError as error:
                raise SuiteError(
                    f"{entry.scorer!r}: {error}", file=entry.file, line=entry.line
                ) from None
        filled.append(entry)
    return tuple(filled)
