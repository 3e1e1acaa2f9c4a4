"""Prompts: templates with front matter, at any revision, with a fingerprint.

Start at `load_prompt` and `open_tree`. Nothing here knows suites, models or the
gate.
"""

from promptgate.prompts.lint import Finding, Severity, lint
from promptgate.prompts.lock import (
    Lock,
    LockedApplication,
    LockedPrompt,
    LockTree,
    dump_lock,
    locked_prompt,
    read_lock,
)
from promptgate.prompts.prompt import Prompt, Variable, list_prompts, load_prompt
from promptgate.prompts.revisions import (
    RevisionTree,
    default_baseline,
    merge_base,
    open_tree,
)

__all__ = [
    "Finding",
    "Lock",
    "LockTree",
    "LockedApplication",
    "LockedPrompt",
    "Prompt",
    "RevisionTree",
    "Severity",
    "Variable",
    "default_baseline",
    "dump_lock",
    "lint",
    "list_prompts",
    "load_prompt",
    "locked_prompt",
    "merge_base",
    "open_tree",
    "read_lock",
]
