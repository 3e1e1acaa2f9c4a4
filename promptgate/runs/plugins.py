"""Code that suites name: scorers of installed packages, and functions by their path."""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from promptgate.errors import InputError, ScorerError
from promptgate.scorers import ENTRY_POINTS, register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def discover_scorers() -> None:
    """Declare the scorers that installed packages offer.

    Raises:
        ScorerError: One cannot be loaded.
    """
    for point in entry_points(group=ENTRY_POINTS):
        try:
            factory = point.load()
        except Exception as error:  # importing a plugin may raise anything
            raise ScorerError(
                f"the scorer {point.name!r} of an installed package cannot be loaded from "
                f"{point.value!r} ({type(error).__name__}: {error}); correct or uninstall it."
            ) from error
        register(point.name, factory)


def load_callable(path: str, root: Path) -> Callable[..., Any]:
    """Import a function by its path.

    Args:
        path: 'package.module:function'.
        root: The project's root; modules are looked for there first.

    Raises:
        InputError: The path is malformed, the module cannot be imported, or it has
            no such function.
    """
    module_name, colon, name = path.partition(":")
    if not colon or not module_name or not name.isidentifier():
        raise InputError(f"{path!r} names no function; write 'package.module:function'.")
    sys.path.insert(0, str(root))
    try:
        module = importlib.import_module(module_name)
    except Exception as error:  # importing a user's module may raise anything
        raise InputError(
            f"the module {module_name!r} cannot be imported ({type(error).__name__}: {error}); "
            "it is looked for in the project's root and among installed packages."
        ) from error
    finally:
        sys.path.remove(str(root))
    found = getattr(module, name, None)
    if not callable(found):
        raise InputError(f"the module {module_name!r} has no function {name!r}; check the name.")
    return found  # type: ignore[no-any-return]  # callable() told so
