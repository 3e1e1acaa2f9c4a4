"""The house stays tidy: sizes, exceptions with their reasons, and the design's words."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "promptgate").rglob("*.py"))
SCRIPTS = sorted((ROOT / "promptgate").rglob("*.js"))
PROSE = [
    *SOURCES,
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
]
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60
REASON = re.compile(r"#\s*long: \w+")
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore)")
SILENCED_WITH_REASON = re.compile(
    r"# (?:noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\])\s+(?:#|-) [\w']+"
)
# What the design calls otherwise, and by which word. Product words of others (flagd's variants,
# JUnit's testcase, pytest's fixtures) are theirs.
REPLACED = {
    r"test[- ]cases?": "case",
    r"test runs?": "run",
    r"experiments?": "gate",
    r"control (?:group|arm)|treatment (?:group|arm)": "baseline, candidate",
    r"champion|challenger|incumbent": "baseline, candidate",
    r"iterations?": "repeat",
    r"evaluators?|graders?|assertions?": "scorer, expect",
    r"golden (?:set|file|answer)s?": "recording",
    r"snapshots?": "recording, revision",
    r"variants?": "prompt version, candidate",
    r"checksums?": "digest, fingerprint",
    r"prompt templates?": "prompt",
    r"systems? under test": "target",
}
OTHERS = {
    "promptgate/guard/flagfile.py": r"variants?",  # flagd's format
    "docs/flags.md": r"variants?",
    "promptgate/documents/validation.py": r"assertions?",  # pydantic's message
    "promptgate/language/contradictions/words/vocabulary.py": r"graders?",  # words of prompts
    "docs/from-promptfoo.md": r"assertions?",  # promptfoo's word
}


def shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def test_modules_are_short():
    """What does not fit is two modules, or says at its top why not."""
    long = [
        shown(file)
        for file in [*SOURCES, *SCRIPTS]
        if len(lines(file)) > LONGEST_MODULE
        and not any(REASON.search(line) for line in lines(file)[:20])
    ]
    assert long == []


def test_functions_are_short():
    long = []
    for file in SOURCES:
        for node in ast.walk(ast.parse("\n".join(lines(file)))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                if size > LONGEST_FUNCTION and not REASON.search(lines(file)[node.lineno - 1]):
                    long.append(f"{shown(file)}:{node.lineno} {node.name}: {size} lines")
    assert long == []


def test_exceptions_to_the_checks_say_why():
    """`noqa` and `type: ignore` name what they silence and, behind it, the reason."""
    bare = [
        f"{shown(file)}:{number} {line.strip()}"
        for file in SOURCES
        for number, line in enumerate(lines(file), start=1)
        if SILENCED.search(line) and not SILENCED_WITH_REASON.search(line)
    ]
    assert bare == []


def test_layers_have_no_exceptions():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    assert [c["name"] for c in contracts["contracts"] if "ignore_imports" in c] == []


@pytest.mark.parametrize("word", REPLACED)
def test_words_that_the_design_replaced_are_gone(word):
    """One thing has one name, in code and in prose."""
    pattern = re.compile(rf"(?<![\w-])(?:{word})(?![\w-])", re.IGNORECASE)
    found = [
        f"{shown(file)}:{number} {line.strip()[:100]}"
        for file in PROSE
        for number, line in enumerate(lines(file), start=1)
        if (hit := pattern.search(line))
        and not re.fullmatch(OTHERS.get(shown(file), ""), hit.group(), re.IGNORECASE)
    ]
    assert found == [], f"the design's word is {REPLACED[word]!r}"
