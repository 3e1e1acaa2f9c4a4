import logging

import pytest

from promptgate.errors import ScorerError
from promptgate.scorers import build

pytest.importorskip("sqlglot")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT a FROM t WHERE b = 1",
        "select 1;",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "INSERT INTO t VALUES (1); DELETE FROM t WHERE a = 1;",
        "UPDATE t SET a = 1",
        "CREATE TABLE t (a INT)",
        "DROP TABLE t",
        "SELECT 'é' -- note",
    ],
)
def test_is_sql_accepts_statements(check, text):
    assert check("is-sql", None, text).value == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "hello world",
        "I cannot do that.",
        "Create a refund.",
        "Drop the box",
        "SELECT FROM WHERE",
        "UPDATE t SET a = 1 WHERE",
        "```sql\nSELECT 1\n```",
        "-- only a note",
        "SELECT 'open",
        "(" * 5000,
    ],
    ids=lambda text: text[:20],
)
def test_is_sql_rejects_words_and_broken_statements(check, text):
    assert check("is-sql", None, text).value == 0.0


def test_is_sql_reads_the_dialect(check):
    text = "SELECT a::int FROM t LIMIT 3"
    assert check("is-sql", "postgres", text).value == 1.0
    with pytest.raises(ScorerError, match="unknown dialect 'postgress'; did you mean 'postgres'"):
        build("is-sql", "postgress")


def test_contains_sql_finds_a_code_block(check):
    text = "Run this:\n```sql\nSELECT 1\n```\nDone."
    score = check("contains-sql", None, text)
    assert (score.value, text[slice(*score.span)]) == (1.0, "SELECT 1\n")
    assert check("contains-sql", None, "SELECT 1").value == 1.0


@pytest.mark.parametrize(
    "text", ["Use SELECT.", "```python\nselect(1)\n```", "```sql\nSELECT FROM\n```"]
)
def test_contains_sql_scores_zero_without_a_statement(check, text):
    assert check("contains-sql", None, text).value == 0.0


def test_is_sql_writes_nothing_to_the_log(check, caplog):
    """The parser warns about what it does not know; the score says it already."""
    with caplog.at_level(logging.WARNING):
        check("is-sql", None, "SHOW TABLES")
    assert not caplog.records
    assert logging.getLogger("sqlglot").disabled is False
