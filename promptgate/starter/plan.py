"""Plan every file of a new project, check them together, then write them.

The files are checked in memory by what will judge them on disk: lint's rules, the
reader of suites, the scorers, and a rendering of every case. Only then is
anything written; where writing itself fails, what was written is taken back.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from promptgate.errors import InputError, PromptError
from promptgate.files import DiskTree, decode, write_atomic
from promptgate.project import CONFIG, open_project
from promptgate.prompts import Severity, load_prompt
from promptgate.prompts.lint import lint
from promptgate.starter.drafts import filled, plain
from promptgate.starter.repository import look_around
from promptgate.suites import load_suites

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from promptgate.project import Project
    from promptgate.starter.drafts import Choices, Draft
    from promptgate.starter.repository import Surroundings
    from promptgate.suites import Suite

SUITES = ("helpfulness", "refusal", "safe-lookalikes")
SAFETY = ("unsafe-requests", "harmless-twins", "jailbreaks", "injections")
_READS = re.compile(r"!reads (\[.*\])$", re.MULTILINE)
_LINES = {".gitattributes": "gitattributes", ".gitignore": "gitignore"}


class PlannedTree(DiskTree):
    """The files on disk with planned ones over them.

    Args:
        root: The project's folder.
        planned: Path to text.
    """

    def __init__(self, root: Path, planned: Mapping[str, str]) -> None:
        super().__init__(root)
        self._planned = planned

    def read(self, path: str) -> bytes | None:
        """Return a planned file's bytes, else those on disk; None when absent."""
        if path in self._planned:
            return self._planned[path].encode()
        return super().read(path)

    def list(self, folder: str) -> list[str]:
        """Return the paths of all files below a folder, planned ones too, sorted."""
        prefix = folder.rstrip("/") + "/"
        planned = {path for path in self._planned if path.startswith(prefix)}
        return sorted(planned | set(super().list(folder)))


@dataclass(frozen=True)
class Plan:
    """What init will do.

    Attributes:
        root: The project's folder.
        prompt: Path of the prompt.
        suites: The folder of the suites.
        created: Path to text of every new file; paths are relative to the root.
        extended: Path to the lines that an existing file lacks.
        kept: Files that exist and stay as they are.
        answers: How many answers the suites of the prompt ask for.
        versioned: Whether the folder is in a git repository.
        recordings: The folder that recordings will be in.
    """

    root: Path
    prompt: str
    suites: str
    created: Mapping[str, str] = field(repr=False)
    extended: Mapping[str, tuple[str, ...]]
    kept: tuple[str, ...]
    answers: int
    versioned: bool
    recordings: str

    @property
    def begins(self) -> bool:
        """Whether there is something new to ask: a suite, or the prompt itself."""
        return any(path == self.prompt or _is_in(path, self.suites) for path in self.created)

    @property
    def to_commit(self) -> tuple[str, ...]:
        """What to add to git once answers are recorded: files at the top, and folders."""
        recorded = [f"{self.recordings}/"] if self.begins else []
        paths = [*self.created, *self.extended, *recorded]
        tops = (p if p.startswith("../") else p.split("/", 1)[0] for p in paths)
        return tuple(dict.fromkeys(tops))

    def write(self) -> None:
        """Write all files; where one cannot be written, take the others back.

        Raises:
            InputError: Names the file that cannot be written and why.
        """
        before: dict[Path, bytes | None] = {}
        path = ""
        try:
            for path, text in self.created.items():
                file = self.root / path
                if os.path.lexists(file):
                    raise InputError("the file has appeared meanwhile; run init again.", file=path)
                before[file] = None
                write_atomic(file, text)
            for path, lines in self.extended.items():
                file = self.root / path
                there = file.read_bytes()
                before[file] = there
                write_atomic(file, _with_lines(there, lines))
        except BaseException as error:
            for file, data in before.items():
                _restore(file, data)
            if isinstance(error, OSError):
                raise InputError(
                    f"the file cannot be written ({error.strerror}); no file was changed.",
                    file=path,
                ) from None
            raise


def _is_in(path: str, folder: str) -> bool:
    return path.startswith(f"{folder.rstrip('/')}/")


def _with_lines(data: bytes, lines: tuple[str, ...]) -> bytes:
    """Return a file with lines added, in the file's own way to end lines."""
    end = b"\r\n" if b"\r\n" in data else b"\n"
    gap = b"" if not data or data.endswith(b"\n") else end
    return data + gap + b"".join(line.encode() + end for line in lines)


def _restore(file: Path, data: bytes | None) -> None:
    if data is not None:
        write_atomic(file, data)
    elif os.path.lexists(file):
        file.unlink()


def plan_project(
    project: Project,
    choices: Choices,
    draft: Draft,
    *,
    today: datetime.date,
    retirements: Mapping[str, datetime.date],
    committed: str | None = None,
) -> Plan:
    """Plan all files and check that they pass as they stand.

    Args:
        project: The folder; its promptgate.toml, if it has one, says where things go.
        choices: What the person chose.
        draft: The prompt.
        today: The date that tells a retired model.
        retirements: Model to the date at which it retires.
        committed: Text of the prompt that history.py will commit before.

    Raises:
        InputError: A choice cannot stand in the files, a file that exists does not
            fit, or what is planned would not pass; nothing has been written.
    """
    choices.check()
    end = retirements.get(choices.model)
    if draft.text is not None and end is not None and end <= today:
        raise InputError(f"--model: {choices.model!r} retired on {end}; choose a current model.")
    around = look_around(project.root)
    wanted, lines = _texts(project, choices, draft, around)
    created = {p: text for p, text in wanted.items() if not os.path.lexists(project.root / p)}
    if draft.text is None and committed is None and _is_tested(project, choices.name):
        for path in _paths(project, SUITES):  # samples are for who has no suites
            if created.pop(path, None) is not None:
                del wanted[path]
    kept = [path for path in wanted if path not in created]
    if draft.text is None and committed is None:
        kept.insert(0, draft.path)
    extended: dict[str, tuple[str, ...]] = {}
    for path, all_lines in lines.items():
        if not os.path.lexists(project.root / path):
            created[path] = "".join(f"{line}\n" for line in all_lines)
            continue
        there = decode((project.root / path).read_bytes(), path).splitlines()
        lacking = tuple(line for line in all_lines if line not in there)
        extended.update({path: lacking} if lacking else {})
    planned = {**created, **({draft.path: committed} if committed is not None else {})}
    answers = _check(project, choices, planned, today)
    return Plan(
        project.root,
        draft.path,
        project.settings.suites,
        created,
        extended,
        tuple(kept),
        answers,
        around.versioned,
        project.settings.cassettes,
    )


def _texts(
    project: Project, choices: Choices, draft: Draft, around: Surroundings
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return path to text of every file, and path to lines of those that share a file."""
    settings = project.settings
    given = {"product": choices.product, **choices.values}
    values = {name: given.get(name, f"({name})") for name in draft.variables}
    pairs = (f"{plain(name)}: {json.dumps(v, ensure_ascii=False)}" for name, v in values.items())
    folders = {name: getattr(settings, name) for name in ("prompts", "suites", "cassettes")}
    below = f"{around.folder}/" if around.folder else ""
    words = {
        "NAME": plain(choices.name),
        "MODEL": choices.model,
        "QUESTION": choices.question,
        "VARS": "{" + ", ".join(pairs) + "}",
        "BRANCH": json.dumps(around.branch, ensure_ascii=False),
        "RESULTS": json.dumps(f"{below}{settings.reports}/ci", ensure_ascii=False)[1:-1],
        **{name.upper(): json.dumps(folder) for name, folder in folders.items()},
    }
    wanted = {CONFIG: filled("promptgate.toml", words)}
    if draft.text is not None:
        wanted[draft.path] = draft.text
    for name, path in zip(SUITES, _paths(project, SUITES), strict=True):
        wanted[path] = filled(f"{name}.yaml", words)
    for name in SAFETY if choices.safety else ():
        text = filled(f"safety/{name}.yaml", words)
        wanted[f"{settings.suites}/{name}.yaml"] = _READS.sub(partial(_reads, choices), text)
    wanted.update(_ci_file(project.root, choices, around, words))
    bare = {"CASSETTES": settings.cassettes, "REPORTS": settings.reports}
    lines = {path: tuple(filled(name, bare).splitlines()) for path, name in _LINES.items()}
    return wanted, lines


def _paths(project: Project, suites: Sequence[str]) -> list[str]:
    return [f"{project.settings.suites}/{name}.yaml" for name in suites]


def _is_tested(project: Project, prompt: str) -> bool:
    """Tell whether a suite on disk tests a prompt."""
    suites = load_suites(project.tree, project.settings.suites)
    return any(prompt in suite.prompts for suite in suites)


def _reads(choices: Choices, found: re.Match[str]) -> str:
    """Return the variables of a case whose question goes with a retrieved text."""
    document, question = json.loads(found.group(1))
    if choices.document:
        values = {choices.document: document, choices.question: question}
    else:
        values = {choices.question: f"<document>\n{document}\n</document>\n\n{question}"}
    return json.dumps(values, ensure_ascii=False)


def _ci_file(
    root: Path, choices: Choices, around: Surroundings, words: Mapping[str, str]
) -> dict[str, str]:
    """Return the CI file, which stands at the top of the repository."""
    folder = json.dumps(around.folder, ensure_ascii=False)
    if choices.ci == "none":
        return {}
    if choices.ci == "github":
        path = ".github/workflows/promptgate.yml"
        below = f"defaults:\n  run:\n    working-directory: {folder}\n" if around.folder else ""
        text = filled("github.yml", {**words, "WORKING_DIRECTORY": below})
    else:
        path = ".gitlab-ci.yml"
        below = f"    - cd {folder}\n" if around.folder else ""
        text = filled("gitlab.yml", {**words, "CD": below})
    return {Path(os.path.relpath(around.top / path, root.resolve())).as_posix(): text}


def _check(
    project: Project, choices: Choices, planned: Mapping[str, str], today: datetime.date
) -> int:
    """Judge the planned files as the commands will; return how many answers they ask for."""
    from promptgate.runs.scoring import Scoring

    tree = PlannedTree(project.root, planned)
    settings = open_project(project.root, tree).settings
    for found in lint(
        tree, today=today, retirements={}, folder=settings.prompts, default_model=settings.model
    ):
        if found.severity is Severity.ERROR:
            raise PromptError(found.message, file=found.file, line=found.line or None)
    suites = load_suites(tree, settings.suites)
    Scoring(suites, project.root)
    prompt = load_prompt(tree, choices.name, folder=settings.prompts, default_model=settings.model)
    if choices.document and choices.document not in prompt.variables:
        known = ", ".join(prompt.variables)
        raise InputError(
            f"--document: the prompt {choices.name!r} has no variable {choices.document!r} (its "
            f"variables: {known}); without the option, retrieved text stands in the question."
        )
    own = [suite for suite in suites if choices.name in suite.prompts]
    for suite in own:
        for case in suite.cases:
            prompt.request(case.vars, messages=case.messages)
    return sum(_answers(suite) for suite in own)


def _answers(suite: Suite) -> int:
    return suite.repeats * sum(len(case.turns) for case in suite.cases)
