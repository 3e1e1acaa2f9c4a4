"""Places in which commands that pages show are run: what a reader would have at that point.

A stage is a folder, the names that stand for real ones there, and a scripted server in
place of the API. The server is no model: it answers by rule, so what a command finds is known.
"""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from promptgate.cli import cli
from promptgate.project import find_project
from promptgate.prompts import Lock, dump_lock, list_prompts, load_prompt, locked_prompt, open_tree
from promptgate.release.freeze_text import Request as FreezeRequest
from promptgate.release.freeze_text import freeze_text
from tests.support.judge import answering, verdict
from tests.support.loopback import Scripted
from tests.support.project import Folder
from tests.support.recorded import record
from tests.support.stage_files import (
    DECLINES,
    EDIT,
    SAFETY,
    SUITABLE,
    VERSIONS,
    answer,
    product_files,
    question,
)

if TYPE_CHECKING:
    from tests.support.loopback import Script, Seen

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""What every clock shows."""


def script() -> Script:
    """Return the script of the server in place of the API."""
    starter = files("promptgate.starter").joinpath("files/refusal.yaml").read_text("utf-8")

    def answered(seen: Seen) -> str:
        system = json.dumps(seen.body.get("system", ""))
        if "BILLING" in system:
            return "BILLING"
        asked = str(seen.question)
        return answer(system) if "How do I do" in asked or asked in starter else SUITABLE

    def judged(seen: Seen) -> str:
        if "contradictions" in json.dumps(seen.body["output_config"]):
            return json.dumps({"contradictions": []})
        return verdict("pass" if DECLINES in str(seen.question) else "fail")

    ask = answering(judged, answered)
    return lambda seen: ask(seen) if "model" in seen.body else Scripted("ok")  # a channel's hook


def empty_folder(top: Path) -> Path:
    """Make the folder of an engineer who has a prompt and no suites, with promptgate beside it."""
    root = Folder(top / "my-product")
    text = "You are a support assistant for Larch routers. Decline what is unsafe."
    root.write("my_system_prompt.txt", text)
    root.write("system_prompt.txt", text)
    root.write("app/prompts.py", VERSIONS)
    return root.root


def product(top: Path, *, bad: bool) -> Path:
    """Make a clone of a released product, with a bare remote beside it.

    Tags v1.4 and v1.5, with an edit between them. Where it is bad, the last one tells the
    assistant always to help; else the work tree holds an edit that harms nothing.
    """
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", top / "remote.git"], check=True)
    (top / "clone").mkdir()
    folder = Folder(top / "clone")
    folder.git("init", "-q", "-b", "main")
    folder.git("config", "user.name", "dana")
    folder.git("config", "user.email", "dana@example.org")
    folder.git("remote", "add", "origin", "../remote.git")
    for path, text in product_files().items():
        folder.write(path, text)
    _record(folder)
    folder.commit("good")
    _write_lock(folder)
    folder.commit("Release")
    folder.git("tag", "v1.4")
    for title, asked in (("be kind", "bomb"), ("be plain", None)):
        safety = folder.read("prompts/shared/safety.md")
        folder.write("prompts/shared/safety.md", f"{safety}{title.capitalize()}.\n")
        _record(folder, asked)
        folder.commit(title)
    folder.git("tag", "v1.5")
    folder.git("branch", "mend")
    if bad:
        folder.write("prompts/shared/safety.md", EDIT)
        _record(folder)
        folder.commit("always help")
    folder.git("push", "-q", "-u", "origin", "main", "--tags")
    for name in ("request.json", "failing.json"):
        folder.write(name, _captured(folder))
    if not bad:
        folder.write("prompts/shared/safety.md", SAFETY + "Be calm.\n")
        _record(folder)
    for place in (top / "remote.git", top / "clone"):
        Folder(place).pack()
    return folder.root


def _captured(folder: Folder) -> str:
    """Return the request that the product sent when it failed."""
    prompt = load_prompt(open_tree(find_project(folder.root), "worktree"), "support")
    return json.dumps({"request": prompt.request({"question": question("bomb")})})


def _record(folder: Folder, only: str | None = None) -> None:
    """Record what the work tree answers, to 'bomb' as often as an investigation may ask."""
    text = answer(folder.read("prompts/shared/safety.md"))
    for case, repeats in ((only, None), ("bomb", 12)):
        record(
            folder,
            lambda key: "BILLING" if key.startswith("bill") else text,
            "worktree",
            when=NOW,
            repeats=repeats,
            only=case,
        )


def _write_lock(folder: Folder) -> None:
    tree = open_tree(find_project(folder.root), "worktree")
    commit = folder.git("rev-parse", "HEAD")
    entries = {
        name: locked_prompt(load_prompt(tree, name), revision=commit, evidence="sha256:0")
        for name in list_prompts(tree)
    }
    folder.write("promptgate.lock", dump_lock(Lock(entries)))


def newest_gate(root: Path) -> str:
    """Return the name of the newest stored gate."""
    return max(path.name for path in (root / "reports/gates").iterdir())


def newest_event(root: Path) -> str:
    """Return the id of the newest event of an incident that a person wrote down."""
    [log] = (root / "incidents").glob("*/events.jsonl")
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    told = [event["id"] for event in events if event["type"].endswith(("noted", "action"))]
    return str(told[-1])


def github(root: Path, api: str) -> dict[str, str]:
    """Return GitHub's variables of a pull request from 'topic' to 'main'."""
    folder = Folder(root)
    own = {"full_name": "ada/router"}
    head = {"ref": "topic", "sha": folder.git("rev-parse", "topic"), "repo": own}
    event = {
        "repository": {"default_branch": "main"},
        "pull_request": {"number": 7, "head": head, "base": {"ref": "main", "repo": own}},
    }
    path = root.parent / "event.json"
    path.write_text(json.dumps(event), encoding="utf-8")
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_EVENT_PATH": str(path),
        "GITHUB_REPOSITORY": "ada/router",
        "GITHUB_RUN_ID": "99",
        "GITHUB_BASE_REF": "main",
        "GITHUB_API_URL": api,
        "GITHUB_TOKEN": "scripted",
        "GITHUB_OUTPUT": str(root.parent / "output"),
        "GITHUB_STEP_SUMMARY": str(root.parent / "summary"),
    }


def _repository(folder: Folder) -> None:
    folder.git("init", "-q", "-b", "main")
    folder.commit("Begin")


def _pull_request(folder: Folder) -> None:
    folder.git("checkout", "-q", "-b", "topic")
    folder.commit("be calm")
    folder.git("push", "-q", "-u", "origin", "topic")


def _worse_pull_request(folder: Folder) -> None:
    folder.write("prompts/shared/safety.md", EDIT)
    _record(folder)
    _pull_request(folder)


def _unrecorded(folder: Folder) -> None:
    folder.replace("prompts/shared/safety.md", "Be calm.", "Be very calm.")
    folder.git("add", "prompts")
    folder.git("commit", "-q", "-m", "be very calm")


def _frozen(folder: Folder) -> None:
    """A freeze on the remote's main; the current branch puts the released prompt back."""
    frozen = freeze_text(FreezeRequest("invents refunds", "dana", commander="dana"), NOW)
    folder.write("PROMPT_FROZEN.txt", frozen)
    folder.commit("freeze")
    folder.git("push", "-q")
    folder.git("checkout", "-q", "-b", "rollback-support", "HEAD~1")
    folder.write("prompts/shared/safety.md", SAFETY)
    folder.commit("Put the released prompt back")


def _without_case(folder: Folder) -> None:
    """A change of a prompt for which no case is added, approved by grace."""
    folder.git("stash", "-q")
    folder.replace("promptgate.toml", '[review]\ncase = "off"\n', "")
    folder.commit("the default rules of review")
    folder.git("push", "-q")
    folder.git("checkout", "-q", "-b", "topic")
    folder.git("stash", "pop", "-q")
    folder.commit("be calm")
    approval = {
        "author": {"login": "grace"},
        "state": "APPROVED",
        "submittedAt": "2026-11-23T09:00:00Z",
        "commit": {"oid": folder.git("rev-parse", "HEAD")},
    }
    told = {"author": {"login": "dana"}, "commits": [], "reviews": [approval]}
    folder.write("reviews.json", json.dumps(told))


def _started(folder: Folder) -> None:
    """What 'promptgate init' leaves; the suites expect nothing that the server would not say."""
    _repository(folder)
    here = Path.cwd()
    os.chdir(folder.root)
    try:
        cli(["init", "--yes", "--prompt", "system_prompt.txt"], standalone_mode=False)
    finally:
        os.chdir(here)
    for name in ("helpfulness", "safe-lookalikes"):  # one suite is asked as three are
        (folder.root / f"suites/{name}.yaml").unlink()


LATER = {
    "started": ("empty folder", _started),
    "repository": ("empty folder", _repository),
    "pull request": ("good edit", _pull_request),
    "worse pull request": ("good edit", _worse_pull_request),
    "unrecorded edit": ("good edit", _unrecorded),
    "frozen": ("bad edit", _frozen),
    "no case": ("good edit", _without_case),
}
"""Name to the stage that it begins as, and what is done there."""
