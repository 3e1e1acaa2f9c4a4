"""The gate in Python: `promptgate.gate()` and `promptgate.compare()`."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

import promptgate
from promptgate.errors import InputError, PolicyError
from promptgate.gate import Decision, Outcome
from tests.gate_cli.conftest import arm


def test_gate_returns_the_frozen_decision(violated):
    decision = promptgate.gate(baseline="main", candidate="edit")
    assert isinstance(decision, Decision)
    assert decision.outcome is Outcome.HOLD
    assert decision.violations[0].case == "q7"
    with pytest.raises(dataclasses.FrozenInstanceError):
        decision.outcome = Outcome.RELEASE
    assert not (violated.root / "reports").exists()


def test_compare_returns_the_frozen_decision(results):
    base, candidate = results("a.csv", arm()), results("b.jsonl", arm(20))
    assert promptgate.compare(base, candidate).outcome is Outcome.ROLLBACK
    assert promptgate.compare(base, candidate, margin=0.6).outcome is Outcome.RELEASE


def test_functions_refuse_options_that_they_do_not_know(project, results):
    with pytest.raises(InputError, match="unknown option 'basline'"):
        promptgate.gate(basline="main")
    base = results("a.csv", arm())
    with pytest.raises(InputError, match="unknown key 'marign'; did you mean 'margin'"):
        promptgate.compare(base, base, marign=0.1)
    with pytest.raises(PolicyError, match="'margin' must be less than 1"):
        promptgate.compare(base, base, margin=2)


@pytest.mark.parametrize(
    "first",
    [
        "import promptgate",
        "from promptgate.gate import decide; import promptgate",
        "import promptgate.gate; import promptgate",
        "import promptgate; promptgate.gate; import promptgate.gate.rules",
        "from promptgate import gate; import promptgate",
    ],
)
def test_gate_is_callable_and_a_package_whatever_was_imported_first(first):
    check = (
        "assert callable(promptgate.gate); from promptgate.gate import decide; "
        "import promptgate.gate as g; assert g.decide is decide is promptgate.gate.decide; "
        "assert g is promptgate.gate"
    )
    code = f"{first}; {check}"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_every_public_name_can_be_imported():
    assert all(getattr(promptgate, name) is not None for name in promptgate.__all__)
    with pytest.raises(AttributeError, match="no attribute 'gates'"):
        _ = promptgate.gates


def test_importing_the_package_imports_nothing_heavy():
    code = (
        "import sys, promptgate; heavy = {'numpy', 'pydantic', 'anthropic', 'git', 'click'}; "
        "assert not heavy & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
