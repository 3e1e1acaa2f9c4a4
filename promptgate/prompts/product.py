"""Prompts for the product itself: `promptgate.load(name).request(**variables)`.

Renders by the same code as the suites, from the files on disk. Reads no git and
imports nothing heavy, so that it can stand in a server's start. While a suite
tests an application, `standing_in` gives it the prompts of the revision under test,
also where it loaded them before.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptgate.project import find_project
from promptgate.prompts.lock import read_lock
from promptgate.prompts.prompt import Prompt, load_prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_stand_in: Callable[[str], tuple[Prompt, str]] | None = None


@contextmanager
def standing_in(prompts: Callable[[str], tuple[Prompt, str]]) -> Iterator[None]:
    """Replace every loaded prompt of the process while a suite tests an application.

    Args:
        prompts: A name to the prompt that stands in, and the model that it is to ask.
    """
    global _stand_in
    before = _stand_in
    _stand_in = prompts
    try:
        yield
    finally:
        _stand_in = before


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
        return self._played()[1]

    @property
    def fingerprint(self) -> str:
        """'sha256:…' over what decides the prompt's behaviour: write it to the log."""
        return self._played()[0].fingerprint

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
        prompt, model = self._played()
        return prompt.request(variables, messages=messages, model=model)

    def _played(self) -> tuple[Prompt, str]:
        """Return the prompt that counts and the model that it asks."""
        return _stand_in(self.name) if _stand_in else (self._prompt, self._prompt.model)


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
    if _stand_in is not None:
        prompt, _ = _stand_in(name)
        return LoadedPrompt(prompt.revision, prompt)
    project = find_project(Path(root) if root is not None else None)
    settings = project.settings
    prompt = load_prompt(project.tree, name, folder=settings.prompts, default_model=settings.model)
    lock = read_lock(project.tree)
    locked = lock.prompts.get(name) if lock is not None else None
    released = locked is not None and locked.fingerprint == prompt.fingerprint
    return LoadedPrompt(locked.revision if locked and released else "worktree", prompt)
