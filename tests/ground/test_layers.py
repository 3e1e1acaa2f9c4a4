"""Imports point one way; the contracts are in pyproject.toml."""

import shutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_layers_hold():
    """A package that reaches up, or a pure one that does I/O, breaks the design silently."""
    linter = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    if linter is None:
        pytest.skip("import-linter comes with the extra 'dev'; .ci/run installs it and checks")
    run = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def test_no_modules_import_each_other_in_a_circle():
    """Nor for types alone: whoever reads one of them would have to read all of them first."""
    grimp = pytest.importorskip("grimp", reason="it comes with the extra 'dev'")
    graph = grimp.build_graph("promptgate", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle
