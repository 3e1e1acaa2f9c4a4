"""Prompts: templates with front matter, at any revision, with a fingerprint.

Start at `load_prompt` and `open_tree`; `lint`, with the rules of language, is imported from its
module by those who lint. Nothing here knows suites, models or the gate.
"""

from promptgate.prompts.base import (
    Base,
    default_baseline,
    find_base,
    fork_point,
    govern,
    governing_section,
    start_of_change,
)
from promptgate.prompts.finding import Finding, Severity
from promptgate.prompts.lock import (
    Lock,
    LockedAnchor,
    LockedApplication,
    LockedPrompt,
    LockTree,
    dump_lock,
    read_lock,
)
from promptgate.prompts.locking import locked_prompt
from promptgate.prompts.prompt import Prompt, Variable, list_prompts, load_prompt
from promptgate.prompts.revisions import (
    RevisionTree,
    open_tree,
)

__all__ = [
    "Base",
    "Finding",
    "Lock",
    "LockTree",
    "LockedAnchor",
    "LockedApplication",
    "LockedPrompt",
    "Prompt",
    "RevisionTree",
    "Severity",
    "Variable",
    "default_baseline",
    "dump_lock",
    "find_base",
    "fork_point",
    "govern",
    "governing_section",
    "list_prompts",
    "load_prompt",
    "locked_prompt",
    "open_tree",
    "read_lock",
    "start_of_change",
]
