"""A product's repository: a bare remote, a released prompt on main, and a change on a branch.

The recordings are made up. Ada makes the change; the forge's export, which lies outside
of the repository, tells who has reviewed it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from promptgate.project import find_project
from promptgate.prompts import Lock, dump_lock, load_prompt, locked_prompt, open_tree
from tests.support.project import PROMPT, Folder, bare_repository
from tests.support.recorded import record, suite_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONFIG = '[review]\nreviewer = "block"\nknown_good = "block"\n'
CASES = 30
NEW_CASE = '  - {id: new, vars: {question: "Is it blue?"}}\n'
SUITE = "suites/facts.yaml"


@dataclass(frozen=True)
class Governed(Folder):
    """The clone, on the branch 'topic'."""

    @property
    def export(self) -> Path:
        """The forge's export."""
        return self.root.parent / "reviews.json"

    def push(self, branch: str = "main") -> None:
        """Push HEAD to a branch of the remote."""
        self.git("push", "-q", "origin", f"HEAD:refs/heads/{branch}")

    def on_main(self, edit: Callable[[], object], message: str = "on main") -> None:
        """Commit and push something on main, and come back."""
        self.git("checkout", "-q", "main")
        edit()
        self.commit(message)
        self.push()
        self.git("checkout", "-q", "topic")

    def reword(self, how: str, answer: Callable[[str], str] | None = None) -> None:
        """Reword the prompt on disk, and record what it answers: 'blue' to all by default."""
        self.replace("prompts/support.md", "answer questions", f"{how} answer questions")
        record(self, answer or (lambda key: "blue"), "worktree")

    def break_it(self, how: str = "rudely") -> None:
        """Reword the prompt so that twelve cases fall."""
        self.reword(how, lambda key: "red" if key in {f"q{i}" for i in range(12)} else "blue")

    def write_lock(self, **changes: Any) -> None:
        """Write the lock that releases the prompt on disk, or one that lies about it."""
        prompt = load_prompt(open_tree(find_project(self.root), "worktree"), "support")
        entry = locked_prompt(prompt, revision=self.git("rev-parse", "HEAD"), evidence="sha256:0")
        self.write("promptgate.lock", dump_lock(Lock({"support": entry})))

    def reviewed(self, *reviews: dict[str, Any], **more: Any) -> None:
        """Write the export of a pull request of ada's; by default grace approves HEAD."""
        own = reviews or ({},)
        head = self.git("rev-parse", "HEAD")
        told = [
            {
                "author": {"login": review.get("login", "grace")},
                "state": review.get("state", "APPROVED"),
                "submittedAt": f"2026-01-01T00:00:{index:02}Z",
                "commit": {"oid": review.get("commit", head)},
            }
            for index, review in enumerate(own)
        ]
        data = {"author": {"login": "ada"}, "commits": [], "reviews": told, **more}
        self.export.write_text(json.dumps(data), encoding="utf-8")


def governed_project(top: Path) -> Governed:
    """Return the repository with a good change on 'topic': reviewed, with a case, recorded."""
    remote = bare_repository(top / "remote.git")
    (top / "clone").mkdir()
    folder = Governed(top / "clone")
    folder.git("init", "-q", "-b", "main")
    folder.git("remote", "add", "origin", "../remote.git")
    folder.write("promptgate.toml", CONFIG)
    folder.write("prompts/support.md", PROMPT)
    folder.write(SUITE, suite_of(CASES))
    folder.write(".gitignore", "reports/\n.promptgate/\n")
    folder.commit("a prompt")
    folder.write_lock()
    record(folder, lambda key: "blue", "worktree")
    folder.commit("released")
    folder.push()
    folder.git("fetch", "-q", "origin")
    folder.git("checkout", "-q", "-b", "topic")
    folder.write(SUITE, folder.read(SUITE) + NEW_CASE)
    record(folder, lambda key: "blue", "main", suites="worktree")
    folder.reword("kindly")
    folder.commit("answer kindly")
    folder.reviewed()
    for repository in (folder, remote):
        repository.pack()
    return folder
