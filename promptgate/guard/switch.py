"""The switch that a product asks before each call."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openfeature.client import OpenFeatureClient

FLAGS_VARIABLE = "PROMPTGATE_FLAGS"
"""Environment variable with the path of the file of flags; else flags.json, here or above."""
SWITCH_VARIABLE = "CLAUDE_ENABLED"
"""Environment variable that switches everything off: false, 0, no or off."""
DOMAIN = "promptgate"
FILE = "flags.json"
_OFF = frozenset({"false", "0", "no", "off"})
_clients: dict[Path, OpenFeatureClient] = {}
_found: dict[Path, Path] = {}
_lock = threading.Lock()


def enabled(name: str, *, default: bool = False) -> bool:
    """Tell whether a feature is switched on now.

    A change of the file counts at the next call. Where the file is missing, cut or
    half-written, what was read last counts. Never raises for the sake of the file.

    Args:
        name: The flag.
        default: What counts where no whole file was ever read, the flag is not in it,
            or has targeting rules. Off unless you know better.
    """
    if switched_off():
        return False
    return _client(flags_file()).get_boolean_value(name, default)


def switched_off() -> bool:
    """Tell whether the environment switches everything off."""
    return os.environ.get(SWITCH_VARIABLE, "").strip().casefold() in _OFF


def flags_file() -> Path:
    """Return the file of flags: as the environment names it, else the nearest here or above.

    Once found it stays the one for this folder: where it vanishes for a moment, no
    other file speaks in its place.
    """
    named = os.environ.get(FLAGS_VARIABLE)
    here = Path.cwd()
    if named:
        return here / named
    if here not in _found:
        above = (folder / FILE for folder in (here, *here.parents))
        found = next((file for file in above if file.is_file()), None)
        if found is None:
            return here / FILE
        _found[here] = found
    return _found[here]


def _client(path: Path) -> OpenFeatureClient:
    """Return the OpenFeature client of a file, made once."""
    client = _clients.get(path)
    if client is None:
        from openfeature import api

        from promptgate.guard.provider import FileProvider

        with _lock:
            domain = f"{DOMAIN}:{path}"
            if path not in _clients:
                api.set_provider_and_wait(FileProvider(path), domain)
                _clients[path] = api.get_client(domain)
            client = _clients[path]
    return client
