"""Every error that promptgate raises on purpose, and the exit code of each.

The tree:

    PromptgateError
    ├── InputError             2   bad usage or bad input; nothing was run or written
    │   ├── ProjectError           promptgate.toml, or a folder that is no project
    │   ├── PromptError            front matter, template, rendering
    │   ├── SuiteError             a suite file, its cases, a selection of them
    │   ├── RevisionError          a revision that git, the lock or the disk cannot give
    │   ├── LockError              promptgate.lock
    │   ├── ScorerError            an unknown scorer or a wrong option of one
    │   └── PolicyError            a gate policy that is wrong or can never pass
    ├── BlockedError           4   a freeze or a policy stands in the way
    └── EvidenceError          5   what a decision would stand on is missing or unsound
        ├── MissingRecording       replay found no recording of a request
        ├── CassetteError          a recording is torn, altered or unreadable
        └── ModelError             the API failed, or answered what is not an answer

A message is one sentence that gives the place, the offending value and the fix.
Anything else that escapes is a bug and exits with ExitCode.INTERNAL.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller. The numbers are part of the interface."""

    OK = 0
    WORSE = 1
    BAD_INPUT = 2
    HOLD = 3
    BLOCKED = 4
    INVALID_EVIDENCE = 5
    INTERNAL = 70
    INTERRUPTED = 130


class PromptgateError(Exception):
    """Base of all deliberate errors.

    Args:
        message: One sentence: what is wrong with which value, and the fix.
        file: The file at fault, as the user would write it.
        line: Its 1-based line, when known.
    """

    exit_code = ExitCode.INTERNAL

    def __init__(self, message: str, *, file: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line

    def __str__(self) -> str:
        if self.file is None:
            return self.message
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


class InputError(PromptgateError):
    """Bad usage or bad input: nothing was run, nothing was written."""

    exit_code = ExitCode.BAD_INPUT


class ProjectError(InputError):
    """promptgate.toml is wrong, or the folder is no project."""


class PromptError(InputError):
    """A prompt's front matter, template or rendering is wrong."""


class SuiteError(InputError):
    """A suite file, its cases or a selection of them is wrong."""


class RevisionError(InputError):
    """A revision cannot be resolved or read."""


class LockError(InputError):
    """promptgate.lock is wrong or lacks what was asked of it."""


class ScorerError(InputError):
    """A scorer is unknown or was given a wrong option."""


class PolicyError(InputError):
    """A gate policy is wrong, or could never pass."""


class BlockedError(PromptgateError):
    """A freeze or a policy stands in the way."""

    exit_code = ExitCode.BLOCKED


class EvidenceError(PromptgateError):
    """What a decision would stand on is missing or unsound."""

    exit_code = ExitCode.INVALID_EVIDENCE


class MissingRecording(EvidenceError):
    """Replay needs an answer that was never recorded."""


class CassetteError(EvidenceError):
    """A cassette is torn, altered or unreadable."""


class ModelError(EvidenceError):
    """The API failed, or what it answered is not an answer."""
