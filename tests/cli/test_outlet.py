"""A reader that leaves early changes no verdict."""

from __future__ import annotations

import os
import subprocess
import sys

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
