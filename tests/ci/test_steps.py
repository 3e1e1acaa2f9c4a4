"""The steps of action.yml and of GitLab's template, run by a shell as a runner runs them.

What a runner does itself (checkout, Python, artifacts, pip install) is left out; the
expressions in `env` and `if` are filled in by the few words of them that are used.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci.conftest import ACTION, TEMPLATE, merge_request, pull_request
from tests.support.forge import ScriptedForge
from tests.support.loopback import Loopback, Scripted
from tests.support.messages import message

BIN = str(Path(sys.executable).parent)


def shell(script: str, more: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a script as runners do."""
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", **more}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


class Runner:
    """Runs the steps of the action."""

    def __init__(self, output: Path, **inputs: str) -> None:
        action = yaml.safe_load(ACTION.read_text())
        self.steps = action["runs"]["steps"]
        given = {name: str(one.get("default", "")) for name, one in action["inputs"].items()}
        self.inputs = {**given, **inputs}
        self.output = output
        self.outputs: dict[str, str] = {}
        self.ran: list[str] = []

    def value(self, expression: str) -> str:
        """Return what an expression of the few kinds in use stands for."""
        name = expression.strip()
        if name.startswith("inputs."):
            return self.inputs[name.removeprefix("inputs.")]
        assert name.startswith("steps.judge.outputs."), name
        return self.outputs.get(name.removeprefix("steps.judge.outputs."), "")

    def holds(self, condition: str) -> bool:
        """Return whether a condition in use holds."""
        for part in condition.split(" && "):
            if part == "always()":
                continue
            found = re.fullmatch(r"(\S+) (==|!=) '(.*)'", part)
            assert found is not None, condition
            if (self.value(found[1]) == found[3]) is not (found[2] == "=="):
                return False
        return True

    def run(self) -> int:
        """Run every step and return the exit code of the last that failed."""
        code = 0
        for step in self.steps:
            always = step.get("if", "").startswith("always()")
            if not self.holds(step.get("if", "always()")) or (code and not always):
                continue
            if "uses" in step or step["name"].startswith("Install"):
                continue
            more = {
                name: re.sub(r"\$\{\{(.*?)\}\}", lambda found: self.value(found[1]), text)
                for name, text in step.get("env", {}).items()
            }
            done = shell(step["run"], {**more, "GITHUB_OUTPUT": str(self.output)})
            self.ran.append(step["name"])
            if self.output.exists():
                lines = self.output.read_text().splitlines()
                self.outputs.update(line.split("=", 1) for line in lines)
            if done.returncode and not step.get("continue-on-error"):
                code = done.returncode
        return code


def test_action_judges_a_shallow_clone_and_keeps_one_comment(change, github, tmp_path, monkeypatch):
    head = change.git("rev-parse", "worse")
    clone = change.shallow(change.merged("worse"), tmp_path / "runner")
    monkeypatch.chdir(clone.root)
    with ScriptedForge("hello", "<!-- promptgate . -->\n\nold") as forge:
        github("pull_request", pull_request(head), forge.url, GITHUB_BASE_REF="main")
        runner = Runner(tmp_path / "output", token="t0ken")
        assert runner.run() == 1
    assert runner.outputs["outcome"] == "ROLLBACK"
    assert runner.ran[-1] == "End as the gate did"
    assert len(forge.comments) == 2
    assert "ROLLBACK" in forge.comments[1]["body"]


def test_action_ends_with_5_on_a_fork_and_needs_no_token(change, github, tmp_path):
    head = change.git("rev-parse", "unrecorded")
    change.merged("unrecorded")
    with ScriptedForge(refuse=403) as forge:
        github("pull_request", pull_request(head, fork=True), forge.url, GITHUB_BASE_REF="main")
        runner = Runner(tmp_path / "output", token="t0ken", arguments="--all --allow-gap")
        assert runner.run() == 5
    assert "Comment" in runner.ran


def test_template_judges_and_its_record_job_pushes_what_was_missing(change, tmp_path, monkeypatch):
    """What the one job says is missing the other records; then the first one decides."""
    template = yaml.safe_load(TEMPLATE.read_text())
    judging, recording = template["promptgate"], template["promptgate-record"]
    begin = [line for line in template[".promptgate"]["before_script"] if "pip" not in line]
    head = change.git("rev-parse", "unrecorded")
    change.git("push", "-q", "origin", f"{head}:refs/heads/edit")
    change.git("push", "-q", "origin", f"{head}:refs/merge-requests/7/head")
    change.git("checkout", "-q", "--detach", head)
    source = f"file://{change.remote}".removesuffix(".git")
    variables = {
        **template["variables"],
        **merge_request(CI_COMMIT_SHA=head, CI_MERGE_REQUEST_SOURCE_PROJECT_URL=source),
        "ANTHROPIC_API_KEY": "none",
        "PROMPTGATE_PUSH": "t0ken",
    }
    assert shell("\n".join([*begin, *judging["script"]]), variables).returncode == 5
    # A file is pushed to without a name and a token; and nothing knows what a test model costs.
    lines = [
        re.sub(r'"https://promptgate:\S+"', f'"file://{change.remote}"', line).replace(
            '--max-cost "$PROMPTGATE_MAX_COST"', "--max-calls 200"
        )
        for line in recording["script"]
    ]
    with Loopback(lambda _: Scripted(message("It is blue.", model="test-model"))) as server:
        done = shell("\n".join([*begin, *lines]), {**variables, "ANTHROPIC_BASE_URL": server.url})
    assert done.returncode == 0, done.stderr
    assert server.count == 40
    recorded = change.git("ls-remote", "origin", "refs/heads/edit").split()[0]
    change.git("fetch", "-q", "origin", "edit")
    change.git("checkout", "-q", "--detach", recorded)
    assert change.git("diff", "--name-only", head, recorded).count("cassettes/") == 40
    again = {**variables, "CI_COMMIT_SHA": recorded}
    assert shell("\n".join([*begin, *judging["script"]]), again).returncode == 0


@pytest.mark.parametrize("path", [ACTION, TEMPLATE])
def test_scripts_hold_no_expression_of_the_forge(path: Path):
    """A title or a branch that is pasted into a script is run by it; variables are not."""

    def scripts(value: Any) -> Any:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in ("run", "script", "before_script", "after_script"):
                    yield from [inner] if isinstance(inner, str) else inner
                else:
                    yield from scripts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from scripts(inner)

    found = list(scripts(yaml.safe_load(path.read_text())))
    assert found
    assert not [script for script in found if "${{" in script or "$[[" in script]
