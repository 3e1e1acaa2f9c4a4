"""Checks that an answer is, or contains, SQL (extra `sql`).

The parser of sqlglot knows some thirty dialects. It reads almost any words as an
expression, so only statements count; commands that it does not parse, such as SHOW
or EXPLAIN, are not statements to it.
"""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from promptgate.documents import unknown_name
from promptgate.errors import ScorerError
from promptgate.scorers.interface import Case, Response, Score, missing_text
from promptgate.scorers.optional import require
from promptgate.scorers.registry import scorer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptgate.scorers.interface import Scorer

_FENCE = re.compile(
    r"^[ ]{0,3}```(?:sql|mysql|postgres(?:ql)?|sqlite|tsql|plsql)?[ \t]*\n(.*?)^[ ]{0,3}```[ \t]*$",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)


@scorer("is-sql")
def is_sql(dialect: str | None = None) -> Scorer:
    """The answer as a whole is one or more SQL statements.

    Example:
        {is-sql: postgres}

    Args:
        dialect: One that sqlglot knows; what most dialects share by default.
    """
    fault_of = _reader(dialect)

    def check(_case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        fault = fault_of(response.text)
        if fault is None:
            return Score(1.0, "the answer is SQL")
        return Score(0.0, f"the answer is not SQL: {fault}")

    return check


@scorer("contains-sql")
def contains_sql(dialect: str | None = None) -> Scorer:
    """The answer is SQL, or has a code block of SQL in it.

    Example:
        {contains-sql: postgres}

    Args:
        dialect: One that sqlglot knows; what most dialects share by default.
    """
    fault_of = _reader(dialect)

    def check(_case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        if fault_of(response.text) is None:
            return Score(1.0, "the answer is SQL")
        reason = "the answer contains no code block of SQL"
        for fence in _FENCE.finditer(response.text):
            fault = fault_of(fence.group(1))
            if fault is None:
                return Score(1.0, "the answer contains SQL", None, fence.span(1))
            reason = f"the code block in the answer is not SQL: {fault}"
        return Score(0.0, reason)

    return check


def _reader(dialect: str | None) -> Callable[[str], str | None]:
    """Return what finds the first fault of a text as SQL.

    Raises:
        ScorerError: sqlglot is not installed or does not know the dialect.
    """
    sqlglot = require("sqlglot", "sql")
    expressions = require("sqlglot.expressions", "sql")
    known = sorted(sqlglot.Dialects.__members__)
    if dialect is not None and dialect.upper() not in known:
        raise ScorerError(unknown_name("dialect", dialect, [name.lower() for name in known]))
    logger = logging.getLogger("sqlglot")
    kinds = ("Query", "DML", "DDL", "Drop", "Alter", "TruncateTable", "Merge")
    statements = tuple(getattr(expressions, kind) for kind in kinds)

    def fault_of(text: str) -> str | None:
        try:
            with _silent(logger):
                parsed = sqlglot.parse(text, dialect=dialect)
        except sqlglot.errors.SqlglotError as error:
            first: dict[str, Any] = next(iter(getattr(error, "errors", ())), {})
            return f"it breaks at line {first.get('line', 1)}, column {first.get('col', 1)}"
        except RecursionError:
            return "nested too deep"
        read = [statement for statement in parsed if statement is not None]
        if not read:
            return "there is no statement"
        odd = next((s for s in read if not isinstance(s, statements)), None)
        return None if odd is None else "there is text that is no statement"

    return fault_of


@contextmanager
def _silent(logger: logging.Logger) -> Iterator[None]:
    """Keep sqlglot from warning on stderr of what the score says anyway."""
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
