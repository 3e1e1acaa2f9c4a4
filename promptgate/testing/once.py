"""Compute a thing once, however many test processes need it.

The first to come takes a lock and writes what it found; the others wait for it
and read. Without a shared folder there is one process, and its memory.
"""

from __future__ import annotations

import fcntl
import json
from typing import TYPE_CHECKING, Any

from promptgate.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Once:
    """Results by name.

    Args:
        shared: A folder that the processes of this run have in common; None: there is one.
    """

    def __init__(self, shared: Path | None) -> None:
        self._shared = shared if shared is not None and shared.is_dir() else None
        self._held: dict[str, Any] = {}

    def get(self, name: str, compute: Callable[[], Any]) -> Any:
        """Return what compute() gave, here or in another process, as plain JSON data.

        Args:
            name: Of the thing, fit for a file's name.
            compute: What it raises is raised here, and the next to come tries again.
        """
        if name not in self._held:
            self._held[name] = self._across(name, compute)
        return self._held[name]

    def _across(self, name: str, compute: Callable[[], Any]) -> Any:
        if self._shared is None:
            return compute()
        file = self._shared / f"{name}.json"
        with (self._shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if file.exists():
                return json.loads(file.read_text(encoding="utf-8"))
            result = compute()
            write_atomic(file, json.dumps(result))
            return result
