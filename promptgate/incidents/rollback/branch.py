"""Make the commit of a rollback in a work tree of its own: by revert where clean, else by restore.

The user's work tree, index and branch are never touched. A revert that is not
clean (a merge, a conflict, an unrelated file in the commit, a result that is not
the good version) is given up without a trace, and exactly the prompt's files are
restored from the text that was released.
"""

from __future__ import annotations

import posixpath
import re
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from promptgate.errors import InputError, PromptgateError
from promptgate.files import DiskTree, write_atomic
from promptgate.incidents.kinds import RolledBack
from promptgate.project import CONFIG, LOCK, open_project
from promptgate.prompts import Lock, dump_lock, load_prompt, open_tree, read_lock
from promptgate.prompts.revisions import WORKTREE
from promptgate.release.history import GitRefused, Repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.incidents.choices import Method
    from promptgate.incidents.rollback.good import Base, Good
    from promptgate.incidents.state import Incident
    from promptgate.project import Project

_QUIET = ("-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "gc.auto=0")
_MODEL_LINE = re.compile(r"^model\s*:[ \t]*(?P<model>\S.*?)[ \t]*(?:#.*)?$", re.M)
_CONFIG_MODEL = re.compile(r"^model\s*=\s*(?P<model>\"[^\"]*\"|'[^']*')", re.M)


@dataclass(frozen=True)
class Made:
    """A commit that rolls back.

    Attributes:
        commit: Its hash.
        method: How it was made.
        files: That it changes, from the project's root.
        tried: Why a revert was given up; '' where it was not.
    """

    commit: str
    method: Method
    files: tuple[str, ...]
    tried: str = ""


@contextmanager
def work_tree(repository: Repository, commit: str) -> Iterator[tuple[Repository, Project]]:
    """Give a work tree of its own at a commit, and the project in it; it is gone afterwards.

    Raises:
        GitRefused: Git cannot make one.
    """
    with tempfile.TemporaryDirectory(prefix="promptgate-rollback-") as name:
        top = Path(name).resolve() / "tree"
        repository.git(*_QUIET, "worktree", "add", "--quiet", "--detach", str(top), commit)
        try:
            aside = Repository(top, repository.prefix)
            root = top / repository.prefix
            yield aside, open_project(root, DiskTree(root))
        finally:
            repository.git("worktree", "remove", "--force", str(top))


def make_commit(
    aside: Repository, project: Project, base: Base, good: Good, name: str, message: str
) -> Made:
    """Put the good version of a prompt back, in the work tree that is given.

    Raises:
        InputError: It is there already.
        GitRefused: Nobody's name is configured.
    """
    if base.prompt is not None and base.prompt.fingerprint == good.fingerprint:
        raise InputError(
            f"{base.name} has {good.label} of {name!r} already: there is nothing to roll back. "
            "Deploy it, or look at the model."
        )
    why = _revert(aside, project, base, good, name)
    if why is None:
        commit = aside.commit_of("HEAD") or ""
        if _restore_lock(project, good, name):
            aside.git(*_QUIET, "add", "--", _literal(aside, LOCK))
            commit = _commit(aside, commit, f"{message}\n\nThe lock approves it again.")
        return _made(aside, base, commit, "revert", "")
    _clean(aside, base.commit)
    placed = _placed(base, good)
    for path, text in placed.items():
        write_atomic(project.root / path, text)
    paths = [*placed, LOCK] if _restore_lock(project, good, name) else [*placed]
    aside.git(*_QUIET, "add", "--force", "--", *(_literal(aside, path) for path in paths))
    commit = _commit(aside, base.commit, f"{message}\n\nRestored, as {why}.")
    return _made(aside, base, commit, "restore", why)


def _literal(aside: Repository, path: str) -> str:
    """Return the pathspec of one file of the project, whatever characters it has."""
    return f":(top,literal){posixpath.join(aside.prefix, path)}"


def _revert(aside: Repository, project: Project, base: Base, good: Good, name: str) -> str | None:
    """Revert every commit since the good one; return why that is not clean, or None."""
    known = aside.commit_of(good.commit) if good.commit else None
    if known is None:
        return "the history here does not reach back to the release"
    if base.file != good.file:
        return f"{good.file} is {base.file} now"
    if not aside.merge_bases(known, base.commit):
        return "the history here does not reach back to the release"
    prefix = f"{aside.prefix}/" if aside.prefix else ""
    scope = {prefix + path for path in _scope(base, good)} | {prefix + LOCK}
    log = aside.git(
        "log", "--first-parent", "--format=%H %P", f"{known}..{base.commit}", "--",
        *sorted(scope - {prefix + LOCK}),
    ).decode()  # fmt: skip
    for line in log.splitlines():
        commit, *parents = line.split()
        if len(parents) > 1:
            return f"{commit[:12]} is a merge"
        touched = aside.git(
            "diff-tree", "-r", "--root", "--no-commit-id", "--name-only", "-z", commit
        ).decode("utf-8", "surrogateescape")
        others = sorted(set(filter(None, touched.split("\0"))) - scope)
        if others:
            return f"{commit[:12]} changes {others[0]} too"
        try:
            aside.git(*_QUIET, "revert", "--no-edit", commit)
        except GitRefused:
            return f"reverting {commit[:12]} conflicts with a later edit"
    try:
        here = _load(project, name, base.folder)
    except PromptgateError:
        return "reverting leaves a prompt that cannot be read"
    return None if here == good.fingerprint else "reverting does not give what was released"


def _load(project: Project, name: str, folder: str) -> str:
    tree = open_tree(project, WORKTREE)
    return load_prompt(tree, name, folder=folder, default_model=project.settings.model).fingerprint


def _clean(aside: Repository, commit: str) -> None:
    """Give up whatever was begun."""
    with suppress(GitRefused):  # nothing was begun
        aside.git("revert", "--quit")
    aside.git(*_QUIET, "reset", "--quiet", "--hard", commit)
    aside.git(*_QUIET, "clean", "--quiet", "-ffdx")


def _scope(base: Base, good: Good) -> set[str]:
    now = set(base.prompt.closure) if base.prompt is not None else {base.file}
    return now | set(good.closure)


def _placed(base: Base, good: Good) -> dict[str, str]:
    """Return the good files where the base has them: a prompt that was renamed keeps its name."""
    folder = good.file.rpartition("/")[0]
    placed = {}
    for path, text in good.closure.items():
        inside = path.removeprefix(f"{folder}/")
        moved = posixpath.join(base.folder, inside) if path != inside else path
        placed[base.file if path == good.file else moved] = text
    return placed


def _restore_lock(project: Project, good: Good, name: str) -> bool:
    """Let the lock approve the good version again; return whether that changed it."""
    lock = read_lock(project.tree)
    if good.locked is None or lock is None or lock.prompts.get(name) == good.locked:
        return False
    entries = {**lock.prompts, name: good.locked}
    write_atomic(project.root / LOCK, dump_lock(Lock(entries, lock.applications)))
    return True


def pin_model(aside: Repository, project: Project, base: Base, model: str, message: str) -> Made:
    """Put a model pin back: in the prompt's front matter, or where the project sets it.

    Raises:
        InputError: The model stands in neither, or stands there already.
        GitRefused: Nobody's name is configured.
    """
    if base.prompt is not None and base.prompt.model == model:
        raise InputError(f"{base.name} asks {model!r} already: there is nothing to roll back.")
    for path, pattern, written in (
        (base.file, _MODEL_LINE, model),
        (CONFIG, _CONFIG_MODEL, f'"{model}"'),
    ):
        file = project.root / path
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        head, rest = _head(text) if path == base.file else (text, "")
        if found := pattern.search(head):
            begin, end = found.span("model")
            write_atomic(file, head[:begin] + written + head[end:] + rest)
            aside.git(*_QUIET, "add", "--", _literal(aside, path))
            return _made(aside, base, _commit(aside, base.commit, message), "model", "")
    raise InputError(
        f"the model stands neither in {base.file} nor in {CONFIG}; set it by hand where it is."
    )


def _head(text: str) -> tuple[str, str]:
    """Split a prompt into its front matter and the rest."""
    found = re.match(r"---\r?\n.*?\n(?=---\r?\n)", text, re.S)
    return (found.group(), text[found.end() :]) if found else ("", text)


def _commit(aside: Repository, parent: str, message: str) -> str:
    """Make one commit of what the index holds; return its hash.

    Raises:
        GitRefused: Nobody's name is configured.
    """
    tree = aside.git("write-tree").decode().strip()
    made = aside.git("commit-tree", tree, "-p", parent, given=message.encode())
    return made.decode().strip()


def _made(
    aside: Repository, base: Base, commit: str, method: Method,
    tried: str,
) -> Made:  # fmt: skip
    aside.git(*_QUIET, "reset", "--quiet", "--hard", commit)
    listed = aside.git("diff", "--name-only", "-z", base.commit, commit, "--").decode(
        "utf-8", "surrogateescape"
    )
    prefix = f"{aside.prefix}/" if aside.prefix else ""
    files = tuple(path.removeprefix(prefix) for path in listed.split("\0") if path)
    if not files:
        raise InputError(
            "the rollback changes no file: what was released is there already, byte for byte."
        )
    return Made(commit, method, files, tried)


def branch_name(repository: Repository, incident: Incident) -> tuple[str, str]:
    """Return a name for the branch of a rollback, and where it stands now: zeros where nowhere.

    A branch that this incident made and did not push is used again, unless somebody added
    to it or has it checked out.
    """
    wanted = f"incident/rollback-{incident.id}"
    listed = repository.git(
        "for-each-ref", "--format=%(refname) %(objectname) %(worktreepath)", "refs/heads/incident"
    ).decode()
    taken = {}
    for line in listed.splitlines():
        ref, commit, used = line.split(" ", 2)
        taken[ref.removeprefix("refs/heads/")] = "" if used else commit
    pushed = {data.branch for _, data in incident.all(RolledBack) if data.pushed}
    for _, data in incident.all(RolledBack):
        if data.branch not in pushed and taken.get(data.branch) == data.commit:
            return data.branch, data.commit
    names: Sequence[str] = [wanted, *(f"{wanted}.{n}" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken), "0" * 40
