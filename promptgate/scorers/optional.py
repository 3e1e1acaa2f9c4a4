"""Packages that only some scorers need, imported when such a scorer is built."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from promptgate.errors import ScorerError

if TYPE_CHECKING:
    from types import ModuleType


def require(module: str, extra: str) -> ModuleType:
    """Import a module of an optional package.

    Args:
        module: Its dotted name.
        extra: The extra of promptgate that installs it.

    Raises:
        ScorerError: It is not installed; says how to install it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise ScorerError(
            f"the package {(error.name or module).partition('.')[0]!r} is not installed; "
            f"run: pip install 'promptgate[{extra}]'"
        ) from None
