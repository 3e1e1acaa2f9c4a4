"""Every exit code and every named state of docs/exit-codes.md is reached by a test."""

from __future__ import annotations

import importlib.util
import re
import sys
from enum import Enum
from pathlib import Path

import pytest

from promptgate.errors import ExitCode

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("states", ROOT / "docs" / "states.py")
assert _spec is not None
assert _spec.loader is not None
states = importlib.util.module_from_spec(_spec)
sys.modules["states"] = states
_spec.loader.exec_module(states)
TABLES = states.read_tables()
LINES = [(table, line) for table in TABLES for line in table.lines]


def test_table_is_refused_when_it_lacks_a_state_that_the_code_knows(monkeypatch, tmp_path):
    short = tmp_path / "states.yaml"
    short.write_text("- {title: Exit codes, states: 'promptgate.errors:ExitCode', lines: {}}\n")
    monkeypatch.setattr(states, "FILE", short)
    with pytest.raises(ValueError, match=r"'Exit codes' does not list what the code knows: .*HOLD"):
        states.read_tables()


def test_rules_of_the_gate_are_those_that_its_code_asks():
    """In the order in which they are asked, as the page says."""
    source = (ROOT / "promptgate/gate/rules.py").read_text(encoding="utf-8")
    asked = re.findall(r'\bask\("([a-z_]+)"', source)
    (told,) = (table for table in TABLES if table.title == "Rules of the gate")
    assert [line.state for line in told.lines] == asked


def test_each_state_names_a_test_that_exists_and_knows_it():
    """The test's file says the state by its name or its value, as the test's cases do."""
    wrong = []
    for table, line in LINES:
        path, _, name = line.test.partition("::")
        source = (ROOT / "tests" / path).read_text(encoding="utf-8")
        known = _words(line.state)
        if f"def {name}(" not in source or not any(word in source for word in known):
            wrong.append(f"{table.title}: {line.state}: {line.test}")
    assert not wrong, "\n".join(wrong)


def _words(state: object) -> list[str]:
    if isinstance(state, Enum):
        told = (state.name.lower(), state.value)
        told = (state.name.lower(), str(state.value))
        return [f".{state.name}", *(f'"{word}"' for word in told)]
    return str(state).split()


def _bug(*_: object, **__: object) -> None:
    raise RuntimeError("as scripted")


def _interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


REACHED = {
    ExitCode.OK: ("good edit", ["gate"], None),
    ExitCode.WORSE: ("bad edit", ["gate"], None),
    ExitCode.BAD_INPUT: ("good edit", ["gate", "--suite", "refusl"], None),
    ExitCode.HOLD: ("good edit", ["gate", "--case", "bomb"], None),
    ExitCode.BLOCKED: ("frozen", ["gate"], None),
    ExitCode.INVALID_EVIDENCE: ("unrecorded edit", ["gate"], None),
    ExitCode.INTERNAL: ("good edit", ["status"], _bug),
    ExitCode.INTERRUPTED: ("good edit", ["status"], _interrupt),
}
"""Exit code to the stage, the command, and what befalls it."""


@pytest.mark.parametrize("code", list(ExitCode))
def test_exit_code_is_reached_through_the_command_line(code, reader, monkeypatch):
    """Through the command line as it is; a bug and Ctrl-C are put in its way."""
    stage, arguments, befalls = REACHED[code]
    standing = reader(stage)
    if befalls is not None:
        monkeypatch.setattr("promptgate.release.status.status", befalls)
    ended = standing.call(*arguments)
    assert ended.code == code, ended.out + ended.err
