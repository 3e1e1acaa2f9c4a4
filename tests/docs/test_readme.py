"""The README's commands do what it shows."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.support.project import EXAMPLE

README = (EXAMPLE / "README.md").read_text(encoding="utf-8")


def shown_after(command: str) -> list[str]:
    """Return the lines of the first text block that follows a command; '…' stands for others."""
    place = README.index(command)
    block = re.compile(r"```text\n(.*?)```", re.DOTALL).search(README, place)
    assert block is not None
    return [line.rstrip() for line in block.group(1).splitlines() if line.strip() not in ("", "…")]


def commit_of(title: str) -> str:
    """Return the commit with a title, which a shallow clone may lack."""
    found = subprocess.run(
        ["git", "log", "--format=%H", f"--grep={title}", "-1"],
        cwd=EXAMPLE,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    if not found:
        pytest.skip("this clone has no history: the README asks for one that does")
    return found


def test_readme_shows_what_the_gate_says_of_the_edit(promptgate, monkeypatch, tmp_path):
    clone = ["git", "clone", "-q", "--shared", str(EXAMPLE), str(tmp_path / "clone")]
    subprocess.run(clone, check=True, capture_output=True)
    monkeypatch.chdir(tmp_path / "clone")
    title = re.search(r"--candidate 'HEAD\^\{/(.*?)\}'", README)
    assert title is not None
    commit_of(title.group(1))
    ended = promptgate("gate", "--candidate", f"HEAD^{{/{title.group(1)}}}")
    printed = [line.rstrip() for line in ended.out.splitlines()]
    assert ended.code == 1
    for line in shown_after("--candidate 'HEAD^{/"):
        assert line in printed


def test_readme_names_the_test_command_that_continuous_integration_runs():
    script = (EXAMPLE / ".ci" / "run").read_text(encoding="utf-8")
    found = re.search(r"sed -n '(.*?)' README.md", script)
    assert found is not None
    assert re.search(r"^pip install -e .*pytest.*$", README, re.MULTILINE)
