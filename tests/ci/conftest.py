"""A released project on a remote, with branches that pull requests are made of."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from promptgate.project import find_project
from promptgate.prompts import Lock, dump_lock, load_prompt, locked_prompt, open_tree
from tests.support.project import Folder, bare_repository, small_project
from tests.support.recorded import record, suite_of

CONFIG = '[review]\ncase = "off"\nreviewer = "off"\n'
ACTION = Path(__file__).parents[2] / "action.yml"
TEMPLATE = Path(__file__).parents[2] / "ci/gitlab/promptgate.yml"


@dataclass(frozen=True)
class Change(Folder):
    """A clone, with the bare remote beside it."""

    @property
    def remote(self) -> Path:
        return self.root.parent / "remote.git"

    def merged(self, branch: str) -> str:
        """Check out what GitHub checks out for a pull request, and return its commit."""
        self.git("checkout", "-q", "--detach", "main")
        self.git("merge", "-q", "--no-ff", "-m", "merge", branch)
        return self.git("rev-parse", "HEAD")

    def shallow(self, commit: str, place: Path) -> Change:
        """Clone one commit alone, as actions/checkout does."""
        self.git("push", "-q", "origin", f"{commit}:refs/pull/7/merge")
        place.mkdir()
        clone = Change(place)
        clone.git("init", "-q")
        clone.git("remote", "add", "origin", f"file://{self.remote}")
        ref = f"+{commit}:refs/remotes/pull/7/merge"
        clone.git("fetch", "-q", "--no-tags", "--depth=1", "origin", ref)
        clone.git("checkout", "-q", "--detach", "refs/remotes/pull/7/merge")
        return clone


@pytest.fixture(autouse=True)
def _git_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("GIT_", "PROMPTGATE_"))]:
        monkeypatch.delenv(name)
    for name in ("GITLAB_CI", "GITLAB_TOKEN", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture(scope="session")
def change_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("change")
    remote = bare_repository(top / "remote.git")
    remote.git("config", "uploadpack.allowAnySHA1InWant", "true")
    (top / "clone").mkdir()
    small_project(top / "clone")
    change = Change(top / "clone")
    change.git("remote", "add", "origin", "../remote.git")
    change.write("promptgate.toml", CONFIG)
    change.write(".gitignore", "reports/\n.promptgate/\n")
    change.write("suites/facts.yaml", suite_of(40))
    now = datetime.now(UTC).replace(microsecond=0)  # else the baseline is due for a refresh
    record(change, lambda key: "It is blue.", "worktree", when=now)
    commit = change.commit("forty cases")
    prompt = load_prompt(open_tree(find_project(change.root), "worktree"), "support")
    entry = locked_prompt(prompt, revision=commit, evidence=None)
    change.write("promptgate.lock", dump_lock(Lock({"support": entry})))
    change.commit("released")
    change.git("checkout", "-q", "-b", "worse")
    change.replace("prompts/support.md", "You answer questions", "You guess at questions")
    told = "::error::x %0A <script> @ada"
    record(change, lambda key: told if int(key[1:]) < 12 else "It is blue.", "worktree", when=now)
    change.commit("an edit")
    change.git("checkout", "-q", "-b", "unrecorded", "main")
    change.replace("prompts/support.md", "You answer questions", "You may answer questions")
    change.commit("an edit without recordings")
    change.git("checkout", "-q", "-b", "remark", "main")
    change.replace("prompts/support.md", "You answer", "{# why #}You answer")
    change.commit("a remark")
    change.git("checkout", "-q", "main")
    change.git("push", "-q", "origin", "main")
    change.git("fetch", "-q", "origin")
    for repository in (change, remote):
        repository.pack()
    return top


@pytest.fixture
def change(change_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Change:
    """The clone on main, as the current folder; branches: worse, unrecorded, remark."""
    shutil.copytree(change_template, tmp_path, symlinks=True, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path / "clone")
    return Change(tmp_path / "clone")


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set GitHub's variables and event; return the files that a step writes to."""

    def begin(name: str, event: dict[str, Any], api: str = "", **more: str) -> dict[str, Path]:
        (tmp_path / "event.json").write_text(
            json.dumps({"repository": {"default_branch": "main"}, **event})
        )
        files = {n: tmp_path / n for n in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        values = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": name,
            "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
            "GITHUB_REPOSITORY": "ada/router",
            "GITHUB_RUN_ID": "99",
            "GITHUB_API_URL": api,
            **{n: str(file) for n, file in files.items()},
            **more,
        }
        for key, value in values.items():
            monkeypatch.setenv(key, value)
        return files

    return begin


def pull_request(head: str, *, fork: bool = False) -> dict[str, Any]:
    """Return the event of a pull request, as far as it is read."""
    return {
        "pull_request": {
            "number": 7,
            "head": {
                "ref": "edit",
                "sha": head,
                "repo": {"full_name": "bob/router" if fork else "ada/router"},
            },
            "base": {"ref": "main", "repo": {"full_name": "ada/router"}},
        }
    }


def merge_request(**more: str) -> dict[str, str]:
    """Return GitLab's variables of a merge request."""
    return {
        "GITLAB_CI": "true",
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_PROJECT_ID": "12",
        "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "12",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "edit",
        "CI_DEFAULT_BRANCH": "main",
        "CI_JOB_URL": "https://gitlab.example/job/1",
        **more,
    }
