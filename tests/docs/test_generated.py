"""The reference pages say what the code does, and the table for promptfoo's users is whole."""

import importlib.util
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from pydantic import Field

from promptgate.cli.common import sections
from promptgate.documents import StrictModel
from promptgate.scorers import ALIASES, names

DOCS = Path(__file__).parents[2] / "docs"
_spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
assert _spec is not None
assert _spec.loader is not None
generate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(generate)

# promptfoo 0.123, site/docs/configuration/expected-outputs/deterministic.md and the types of
# src/types/index.ts (BaseAssertionTypesSchema, SpecialAssertionTypesSchema).
DETERMINISTIC = """
assert-set bleu contains contains-all contains-any contains-html contains-json contains-sql
contains-xml cost equals finish-reason gleu guardrails icontains icontains-all icontains-any is-html
is-json is-refusal is-sql is-valid-function-call is-valid-openai-function-call
is-valid-openai-tools-call is-xml javascript latency levenshtein meteor perplexity perplexity-score
python regex rouge-n ruby skill-used starts-with tool-call-f1 trace-error-spans trace-span-count
trace-span-duration trajectory:step-count trajectory:tool-args-match trajectory:tool-sequence
trajectory:tool-used webhook word-count
"""
ASKING = """
answer-relevance classifier context-faithfulness context-recall context-relevance
conversation-relevance factuality g-eval human llm-rubric max-score model-graded-closedqa
model-graded-factuality moderation pi search-rubric select-best similar similar:cosine similar:dot
similar:euclidean trajectory:goal-success
"""


def promptfoo_rows() -> list[list[str]]:
    """The cells of the tables: promptfoo's names, status, ours, remark."""
    text = (DOCS / "from-promptfoo.md").read_text()
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in row] for row in rows]


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_pages_are_what_the_code_says():
    """Run 'python docs/generate.py' after a change of a command, a scorer or a key.

    In a process of its own: click keeps what it has shown of a command before.
    """
    script = [sys.executable, str(DOCS / "generate.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_page_is_checked_here():
    assert set(generate.pages()) == {
        "architecture.md",
        "commands.md",
        "configuration.md",
        "exit-codes.md",
        "scorers.md",
    }


def test_configuration_lists_every_key_of_every_section():
    page = generate.configuration_page()
    for name, model in sections().items():
        assert f"`[{name}]`" in page
        for field, info in model.model_fields.items():
            assert f"| `{info.alias or field}` |" in page


class Entry(StrictModel):
    """`[[demo.entry]]`: one of many."""

    day: date = Field(description="When.")


class Demo(StrictModel):
    """`[demo]`: every kind of key."""

    share: float = Field(0.5, gt=0, lt=1, description="A share.")
    count: int | None = Field(None, ge=1, le=9, description="A count.")
    mode: Literal["a", "b"] = Field("a", description="A mode.")
    entry: tuple[Entry, ...] = Field((), description="Entries.")
    named: dict[str, Entry] = Field(default_factory=dict, description="Entries by name.")


def test_configuration_shows_type_limits_and_default_of_a_key(monkeypatch):
    monkeypatch.setattr(generate, "sections", lambda: {"demo": Demo})
    page = generate.configuration_page()
    assert "## `[demo]`\n\nEvery kind of key.\n" in page
    assert "| `share` | a number, above 0 and below 1 | `0.5` | A share. |" in page
    assert "| `count` | a whole number, from 1 to 9 | none | A count. |" in page
    assert '| `mode` | `"a"` or `"b"` | `"a"` | A mode. |' in page
    assert "### `[[demo.entry]]`\n\nOne of many.\n" in page
    assert "### `[demo.named.NAME]`" in page
    assert "| `day` | a day, as 2026-01-31 | required | When. |" in page


def test_configuration_refuses_a_type_that_it_has_no_words_for(monkeypatch):
    """A page that shows a type as Python's is no page for people."""

    class Odd(StrictModel):
        """`[odd]`: a key of bytes."""

        raw: bytes = Field(b"", description="Bytes.")

    monkeypatch.setattr(generate, "sections", lambda: {"odd": Odd})
    with pytest.raises(TypeError, match="no words for the type"):
        generate.configuration_page()


@pytest.mark.parametrize("assertion", (DETERMINISTIC + ASKING).split())
def test_promptfoo_assertion_stands_in_the_table_once(assertion):
    assert sum(assertion in named(row[0]) for row in promptfoo_rows()) == 1


def test_promptfoo_table_names_only_scorers_that_exist():
    for row in promptfoo_rows():
        assert set(named(row[2])) <= set(names()), row[0]


def test_promptfoo_table_gives_a_scorer_or_a_reason():
    for assertions, status, ours, remark in promptfoo_rows():
        if status in ("none", "not yet"):
            assert not ours, assertions
            assert remark, assertions
        else:
            assert named(ours), assertions


def test_promptfoo_name_is_kept_where_the_table_says_same():
    """A suite that is carried over by hand may keep the name, or an alias of it."""
    for assertions, status, ours, _ in promptfoo_rows():
        if status == "same":
            [theirs] = named(assertions)
            assert ALIASES.get(theirs, theirs) == named(ours)[0]
