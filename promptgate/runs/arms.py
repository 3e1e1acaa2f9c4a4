"""An arm: one revision of the prompts, with the model that it asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from promptgate.project import Project, open_project
from promptgate.prompts import Prompt, RevisionTree, list_prompts, load_prompt, open_tree
from promptgate.prompts.revisions import RELEASED

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
    """

    name: ArmName
    tree: RevisionTree
    folder: str
    default_model: str | None = None
    model: str | None = None
    _loaded: dict[str, Prompt] = field(default_factory=dict, repr=False, compare=False)

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
        return name in list_prompts(self.tree, self.folder)

    def identity(self, name: str) -> tuple[str, str] | None:
        """Return what decides a prompt's behaviour: fingerprint and model that is asked.

        None where this revision has no such prompt.

        Raises:
            PromptError: The prompt is broken.
        """
        if not self.has(name):
            return None
        prompt = self.prompt(name)
        return prompt.fingerprint, self.model or prompt.model


def open_arm(project: Project, name: ArmName, revision: str, model: str | None) -> Arm:
    """Open one side of a comparison.

    Args:
        project: As it is on disk.
        name: Which side.
        revision: 'worktree', 'released', 'nothing' or any git revision.
        model: Replaces the model of every prompt; None obeys front matter.

    Raises:
        RevisionError: The revision cannot be had.
        ProjectError: Its promptgate.toml is wrong.
    """
    tree = _NoFiles() if revision == NOTHING else open_tree(project, revision)
    # The lock holds prompts with their models, and no configuration of its own.
    settings = (
        project.settings if revision == RELEASED else open_project(project.root, tree).settings
    )
    default = settings.candidate_model if name == "candidate" else None
    return Arm(name, tree, settings.prompts, default or settings.model, model)
