"""Who reads: one that leaves early changes no verdict; on a terminal something moves meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.recorded import suite_of


def test_command_keeps_its_exit_code_and_its_files_when_nobody_reads(project):
    """`promptgate ci | head` is a green check wherever the code is lost with the reader."""
    project.write("suites/facts.yaml", suite_of(40))
    project.replace("prompts/support.md", "a router", "two routers")  # which nobody was asked
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "-m", "promptgate", "ci", "--json", "found.json"],
        stdout=writer,
        stderr=writer,
        check=False,
    )
    os.close(writer)
    assert ended.returncode == 5
    assert '"exit_code": 5' in project.read("found.json")


@pytest.mark.parametrize(("command", "said"), [("gate", "Judging …"), ("diff", "Comparing …")])
def test_command_shows_that_it_is_at_work_on_a_terminal_alone(
    project, promptgate, monkeypatch, command, said
):
    """On standard error: what is printed stays the same."""
    project.write("suites/facts.yaml", suite_of(40))
    silent = promptgate(command)
    assert silent.err == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    moving = promptgate(command)
    assert said in moving.err
    assert said not in moving.out
    assert moving.code == silent.code == 0
