"""An arm: one revision of the prompts, with the model that it asks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from promptgate.documents import canonical_json
from promptgate.errors import InputError
from promptgate.models.request import cache_system_prompt
from promptgate.models.settings import ModelSettings
from promptgate.project import Project, open_project
from promptgate.prompts import (
    Prompt,
    RevisionTree,
    list_prompts,
    load_prompt,
    open_tree,
    read_lock,
)
from promptgate.prompts.revisions import ANCHOR, RELEASED, WORKTREE
from promptgate.runs.applications.code import ApplicationsSettings, code_fingerprint

if TYPE_CHECKING:
    from promptgate.models.request import Request

ArmName = Literal["baseline", "candidate"]
NOTHING = "nothing"
"""The revision that has no prompts: the baseline of a first release."""


class _NoFiles:
    """The tree of a project before its first release."""

    revision = NOTHING
    commit: str | None = None

    def read(self, path: str) -> bytes | None:  # noqa: ARG002  # the protocol's signature
        """Return None: there is no file."""
        return None

    def list(self, folder: str) -> list[str]:  # noqa: ARG002  # the protocol's signature
        """Return []: there is no file."""
        return []


@dataclass(frozen=True)
class Arm:
    """One side of a comparison.

    Attributes:
        name: 'baseline' or 'candidate'.
        tree: The files of its revision.
        folder: Where the prompts are in that tree.
        default_model: Asked where front matter names no model.
        model: Asked whatever front matter says; None to obey it.
        project: As it is on disk.
        applications: What is declared of them, on disk for both arms alike.
        models: How models are called, on disk for both arms alike.
    """

    name: ArmName
    tree: RevisionTree
    folder: str
    default_model: str | None
    model: str | None
    project: Project
    applications: ApplicationsSettings
    models: ModelSettings
    _loaded: dict[str, Prompt] = field(default_factory=dict, repr=False, compare=False)
    _applications: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)
    _code: dict[str, RevisionTree] = field(default_factory=dict, repr=False, compare=False)

    @property
    def revision(self) -> str:
        """The revision as the user wrote it."""
        return self.tree.revision

    def prompt(self, name: str) -> Prompt:
        """Load a prompt at this arm's revision.

        Raises:
            PromptError: There is no such prompt, or it is wrong.
        """
        if name not in self._loaded:
            self._loaded[name] = load_prompt(
                self.tree,
                name,
                folder=self.folder,
                default_model=self.default_model,
            )
        return self._loaded[name]

    def has(self, name: str) -> bool:
        """Tell whether the revision has the prompt at all."""
        return name in self._loaded or name in list_prompts(self.tree, self.folder)

    def identity(self, name: str) -> tuple[str, str] | None:
        """Return what decides a prompt's behaviour: fingerprint and model that is asked.

        None where this revision has no such prompt.

        Raises:
            PromptError: The prompt is broken.
        """
        if not self.has(name):
            return None
        prompt, model = self.asking(name)
        return prompt.fingerprint, model

    def asking(self, name: str) -> tuple[Prompt, str]:
        """Return a prompt and the model that it asks in this arm.

        Raises:
            PromptError: There is no such prompt, or it is wrong.
        """
        prompt = self.prompt(name)
        return prompt, self.model or prompt.model

    def shaped(self, request: Request) -> Request:
        """Return a prompt's request as the project has it sent."""
        return cache_system_prompt(request) if self.models.cache_system_prompt else request

    def with_model(self, model: str | None) -> Arm:
        """Return the same revision asking another model; None obeys front matter."""
        return replace(self, model=model)

    def application(self, target: str) -> str | None:
        """Return 'sha256:…' over the declared files and prompts of an application.

        None where this arm has no such one: its module, or a prompt that it loads.

        Raises:
            ProjectError: The candidate lacks a declared file or module, or what is declared
                leaves the function's own module out.
            PromptError: The candidate lacks a declared prompt, or it is broken.
        """
        if target not in self._applications:
            self._applications[target] = self._fingerprint_of(target)
        return self._applications[target]

    def _fingerprint_of(self, target: str) -> str | None:
        settings, strict = self.applications.of(target), self.name == "candidate"
        code = code_fingerprint(self.code_of(target), settings, target, strict=strict)
        if code is None or (not strict and not all(map(self.has, settings.prompts))):
            return None
        asked = {name: self.asking(name) for name in settings.prompts}
        prompts = {name: [prompt.fingerprint, model] for name, (prompt, model) in asked.items()}
        content = canonical_json({"code": code, "prompts": prompts})
        return f"sha256:{hashlib.sha256(content).hexdigest()}"

    def code_of(self, target: str) -> RevisionTree:
        """Return the files that hold an application's code in this arm.

        Those of its revision. For 'released' those on disk while they are what was
        released, which needs no git; else those of the commit that the lock names.

        Raises:
            RevisionError: git cannot give that commit.
        """
        if self.revision != RELEASED:
            return self.tree
        if target not in self._code:
            self._code[target] = self._released_code(target)
        return self._code[target]

    def _released_code(self, target: str) -> RevisionTree:
        lock = read_lock(self.project.governing)
        locked = lock.applications.get(target) if lock is not None else None
        if locked is None:
            return _NoFiles()
        disk = open_tree(self.project, WORKTREE)
        here = code_fingerprint(disk, self.applications.of(target), target, strict=False)
        return disk if here == locked.fingerprint else open_tree(self.project, locked.revision)


def open_arm(project: Project, name: ArmName, revision: str, model: str | None) -> Arm:
    """Open one side of a comparison.

    Args:
        project: As it is on disk.
        name: Which side.
        revision: 'worktree', 'released', 'anchor', 'nothing' or any git revision.
        model: Replaces the model of every prompt; None obeys front matter.

    Raises:
        RevisionError: The revision cannot be had.
        ProjectError: Its promptgate.toml is wrong.
        InputError: The model is named by an empty text, as an unset variable of a script gives.
    """
    if model is not None and not model.strip():
        raise InputError(f"the model of the {name} is empty; name one, or leave the option out.")
    tree = _NoFiles() if revision == NOTHING else open_tree(project, revision)
    # The lock holds prompts with their models, and no configuration of its own.
    settings = (
        project.settings
        if revision in (RELEASED, ANCHOR)
        else open_project(project.root, tree).settings
    )
    default = settings.candidate_model if name == "candidate" else None
    return Arm(
        name,
        tree,
        settings.prompts,
        default or settings.model,
        model,
        project=project,
        applications=project.section("applications", ApplicationsSettings),
        models=project.section("models", ModelSettings),
    )
