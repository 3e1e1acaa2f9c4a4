"""The team's own commands: run without a shell, timed, ended when they take too long."""

from __future__ import annotations

import shlex
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import InputError
from promptgate.language.redaction import redact

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = 300


@dataclass(frozen=True)
class Ran:
    """How a hook ended.

    Attributes:
        passed: With 0, in time.
        seconds: It took.
        told: The end of what it printed, redacted; or why it failed.
    """

    passed: bool
    seconds: float
    told: str


def run_hook(command: str, key: str, folder: Path, seconds: float) -> Ran:
    """Run a hook.

    Args:
        command: As promptgate.toml has it.
        key: Where it has it, for messages.
        folder: In which it runs.
        seconds: After which it is ended.

    Raises:
        InputError: The command is no command line.
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise InputError(f"{key} is no command line: {error}.") from None
    begun = time.monotonic()
    try:
        done = subprocess.run(
            words, cwd=folder, capture_output=True, timeout=seconds, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Ran(passed=False, seconds=seconds, told=f"it took longer than {seconds:g} s")
    except OSError as error:
        return Ran(passed=False, seconds=0.0, told=f"it cannot be run ({error.strerror})")
    took = time.monotonic() - begun
    printed = (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")
    end = " ".join(redact(printed).split())[-_SHOWN:]
    told = end or f"it ended with {done.returncode}"
    return Ran(passed=done.returncode == 0, seconds=took, told=told)
