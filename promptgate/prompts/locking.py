"""From a prompt to its entry in the lock; lock.py reads and writes the entries as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptgate.prompts.lock import LockedPrompt

if TYPE_CHECKING:
    from promptgate.prompts.prompt import Prompt


def locked_prompt(
    prompt: Prompt, *, revision: str, evidence: str | None, recordings: str | None = None
) -> LockedPrompt:
    """Return the entry that releases a prompt.

    Args:
        prompt: What was approved.
        revision: The commit that holds it.
        evidence: Digest of what the decision stood on.
        recordings: Of the next baseline; see LockedPrompt.
    """
    return LockedPrompt(
        file=prompt.file,
        fingerprint=prompt.fingerprint,
        revision=revision,
        model=prompt.model,
        parameters=prompt.parameters,
        evidence=evidence,
        closure=prompt.closure,
        recordings=recordings,
    )
