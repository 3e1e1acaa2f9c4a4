"""Give a prompt its past: one git commit for each version, oldest first.

The commits are made from git's objects, and the branch is moved to the last of
them in one step: a failure on the way leaves branch and files as they were. The
repository's hooks do not run and nothing is signed, as for any history that is
imported.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptgate.documents import describe
from promptgate.errors import InputError, PromptError
from promptgate.prompts import load_prompt
from promptgate.prompts.frontmatter import FrontMatter
from promptgate.starter.drafts import Choices, compose, prompt_path, variables_of
from promptgate.starter.placeholders import double_braced, to_jinja
from promptgate.starter.plan import PlannedTree
from promptgate.starter.repository import open_repository

if TYPE_CHECKING:
    from git import Repo

    from promptgate.project import Project
    from promptgate.starter.placeholders import Style
    from promptgate.starter.versions import Version

_SAMPLING = ("temperature", "top_p", "top_k")
_KEYS = frozenset(FrontMatter.model_fields) - {"variables"}


@dataclass(frozen=True)
class PastVersion:
    """One version, ready to be committed.

    Attributes:
        name: As the dict calls it.
        text: The whole prompt file.
        message: Of the commit.
        model: The model that it asks.
    """

    name: str
    text: str
    message: str
    model: str


@dataclass(frozen=True)
class Past:
    """The versions of a prompt, oldest first.

    Attributes:
        root: The project's folder.
        path: Of the prompt, relative to it.
        versions: At least one.
    """

    root: Path
    path: str
    versions: tuple[PastVersion, ...]

    @property
    def tree(self) -> PlannedTree:
        """The project's files with the newest version among them."""
        return PlannedTree(self.root, {self.path: self.versions[-1].text})

    def commit(self) -> list[str]:
        """Commit every version, move the branch, and put the newest on disk.

        Returns:
            The full hash of each commit, in the order of the versions.

        Raises:
            InputError: The repository cannot take them; nothing has changed.
        """
        with _ready_repository(self.root, self.path) as repo:
            from git.exc import GitError

            try:
                return _commit_all(repo, self)
            except GitError as error:
                raise InputError(f"git refused the commits: {_told(error)}") from None


def plan_history(
    project: Project, choices: Choices, versions: Sequence[Version], style: Style | None
) -> Past:
    """Make a prompt file of each version and check it.

    Args:
        project: For its folders.
        choices: Name, question, and the model of versions that name none.
        versions: Oldest first.
        style: What `{{ name }}` means; None where no text has it.

    Raises:
        InputError: A version cannot be a prompt (with its line), or the repository
            cannot take commits.
    """
    choices.check()
    path = prompt_path(project, choices.name)
    _ready_repository(project.root, path).close()
    past = [_past(version, choices, style) for version in versions]
    for version, made in zip(versions, past, strict=True):
        try:
            load_prompt(
                PlannedTree(project.root, {path: made.text}),
                choices.name,
                folder=project.settings.prompts,
            )
        except PromptError as error:
            raise version.error(error.message) from None
    return Past(project.root, path, tuple(past))


def _past(version: Version, choices: Choices, style: Style | None) -> PastVersion:
    front: dict[str, Any] = {"model": choices.model}
    front |= {key: value for key, value in version.options.items() if key in _KEYS}
    sampling = {key: version.options[key] for key in _SAMPLING if key in version.options}
    if sampling:
        front["extra_body"] = {**_mapping(version, front.get("extra_body")), **sampling}
    notes = {k: v for k, v in version.options.items() if k not in front and k not in sampling}
    texts: dict[str, str] = {}
    variables: dict[str, None] = {}
    for role in ("text", "system", "user"):
        text = getattr(version, role)
        if text is None:
            continue
        if not text.strip():
            raise version.error("the text is empty; write the prompt, or remove the version.")
        texts[role], names = _jinja(version, text, style)
        variables |= dict.fromkeys(names)
    try:
        written = compose(front, choices.question, tuple(variables), **texts)
    except ValueError as error:
        raise version.error(f"{error}; write plain data.") from None
    body = "".join(f"{key}: {json.dumps(v, ensure_ascii=False)}\n" for key, v in notes.items())
    subject = f"Prompt {choices.name}: {version.name}"
    return PastVersion(version.name, written, f"{subject}\n\n{body}".strip(), str(front["model"]))


def _mapping(version: Version, value: Any) -> Mapping[str, Any]:
    if value is None or isinstance(value, Mapping):
        return value or {}
    raise version.error(f"'extra_body' must be a dict, but is {describe(value)}.")


def _jinja(version: Version, text: str, style: Style | None) -> tuple[str, tuple[str, ...]]:
    """Return a text as Jinja2, and its variables."""
    doubled = double_braced(text)
    if style is None and doubled is not None:
        raise version.error(
            f"{doubled!r} may be a Jinja2 variable, or braces that str.format leaves as text; say "
            "which with --placeholders jinja or --placeholders format."
        )
    if style == "jinja":
        try:
            return text, variables_of(text, version.file)
        except PromptError as error:
            raise version.error(error.message) from None
    try:
        converted = to_jinja(text)
    except ValueError as error:
        raise version.error(f"{error}.") from None
    return converted.text, converted.variables


def _ready_repository(root: Path, path: str) -> Repo:
    """Open the repository, after checking that it can take commits of a new prompt."""
    repo = open_repository(root)
    if repo is None:
        raise InputError(
            f"--from makes a git commit of each version, and {root} is in no git repository; "
            "run 'git init' first."
        )
    try:
        _check_repository(repo, root, path)
    except BaseException:
        repo.close()
        raise
    return repo


def _check_repository(repo: Repo, root: Path, path: str) -> None:
    from git.exc import GitError

    try:
        changed = str(repo.git.status("--porcelain", "--untracked-files=no")).splitlines()
        if changed:
            raise InputError(
                f"--from makes git commits, and the repository has changes that are not committed "
                f"({changed[0][2:].strip()!r}); commit or stash them first."
            )
        for role in ("AUTHOR", "COMMITTER"):
            repo.git.var(f"GIT_{role}_IDENT")
    except GitError as error:
        raise InputError(f"--from cannot make git commits: {_told(error)}") from None
    if (root / path).exists() or (root / path).is_symlink():
        raise InputError(
            "the prompt exists already; give the imported one another name with --name.",
            file=path,
        )
    if repo.ignored(str(root / path)):
        raise InputError(
            "git ignores this path, so the versions could not be committed; change .gitignore.",
            file=path,
        )


def _told(error: Exception) -> str:
    """Return what git said, on one line."""
    text = str(getattr(error, "stderr", "") or error).strip().removeprefix("stderr:")
    return " ".join(text.strip(" '\n").split()).rstrip(".") + "."


def _commit_all(repo: Repo, past: Past) -> list[str]:
    head = str(repo.head.commit.hexsha) if repo.head.is_valid() else None
    top = Path(str(repo.working_tree_dir)).resolve()
    place = (past.root.resolve() / past.path).relative_to(top).as_posix()
    hashes: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        environment = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        text = Path(folder, "prompt")
        if head is not None:
            repo.git.read_tree(head, env=environment)
        for version in past.versions:
            text.write_bytes(version.text.encode())
            blob = repo.git.hash_object("-w", "--no-filters", str(text))
            entry = f"100644,{blob},{place}"
            repo.git.update_index("--add", "--cacheinfo", entry, env=environment)
            tree = repo.git.write_tree(env=environment)
            parent = hashes[-1] if hashes else head
            arguments = ["-p", parent] if parent is not None else []
            hashes.append(str(repo.git.commit_tree(tree, *arguments, "-m", version.message)))
    arguments = [hashes[-1], head] if head is not None else [hashes[-1]]
    repo.git.update_ref("-m", "promptgate init: import of prompt versions", "HEAD", *arguments)
    repo.git.checkout("HEAD", "--", place)
    return hashes
