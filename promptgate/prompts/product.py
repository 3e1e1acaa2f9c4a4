"""Prompts for the product itself: `promptgate.load(name).request(**variables)`.

Renders by the same code as the suites, from the files on disk. Reads no git and
imports nothing heavy, so that it can stand in a server's start.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptgate.project import find_project
from promptgate.prompts.lock import read_lock
from promptgate.prompts.prompt import Prompt, load_prompt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class LoadedPrompt:
    """A prompt as a product uses it.

    Attributes:
        revision: The commit that was released, where the files are what was
            released; else 'worktree'.
    """

    revision: str
    _prompt: Prompt

    @property
    def name(self) -> str:
        """The prompt's name."""
        return self._prompt.name

    @property
    def model(self) -> str:
        """The model that a request names."""
        return self._prompt.model

    @property
    def fingerprint(self) -> str:
        """'sha256:…' over what decides the prompt's behaviour: write it to the log."""
        return self._prompt.fingerprint

    def request(
        self, messages: Sequence[Mapping[str, Any]] | None = None, /, **variables: Any
    ) -> dict[str, Any]:
        """Return the keyword arguments of `client.messages.create`.

        Args:
            messages: A conversation that replaces the user block; sent as it is.
            **variables: The values of the prompt's variables.

        Raises:
            PromptError: A required variable is missing, or the template fails.
        """
        return self._prompt.request(variables, messages=messages)


def load(name: str, root: str | Path | None = None) -> LoadedPrompt:
    """Load a prompt from the files on disk.

    Args:
        name: As in `prompts/<name>.md`.
        root: A folder of the project; the current one by default.

    Raises:
        ProjectError: There is no promptgate.toml here or above.
        PromptError: There is no such prompt, or something is wrong with it.
        LockError: The lock is damaged.
    """
    project = find_project(Path(root) if root is not None else None)
    settings = project.settings
    prompt = load_prompt(project.tree, name, folder=settings.prompts, default_model=settings.model)
    lock = read_lock(project.tree)
    locked = lock.prompts.get(name) if lock is not None else None
    released = locked is not None and locked.fingerprint == prompt.fingerprint
    return LoadedPrompt(locked.revision if locked and released else "worktree", prompt)
