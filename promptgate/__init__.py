"""promptgate: regression tests and release gates for prompts.

`promptgate.gate` is a function that decides, and the package of the rules behind
it: calling it gates a project, its attributes are those of the package.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from promptgate.prompts.product import load
    from promptgate.runs.api import compare, gate

__version__ = "0.1.0"
__all__ = ["__version__", "compare", "gate", "load"]

_HOMES = {"load": "promptgate.prompts.product", "compare": "promptgate.runs.api"}


class _GatePackage(ModuleType):
    """The package `promptgate.gate`, callable."""

    def __call__(self, **options: object) -> object:
        """Gate a project; see promptgate.runs.api.gate()."""
        from promptgate.runs.api import gate

        return gate(**options)  # type: ignore[arg-type]  # typed for callers by the import above


class _Promptgate(ModuleType):
    """This package: the import system hands it its subpackages one by one."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "gate" and isinstance(value, ModuleType):
            value.__class__ = _GatePackage
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Promptgate


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import promptgate` stays cheap."""
    from importlib import import_module

    if name == "gate":
        return import_module("promptgate.gate")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'promptgate' has no attribute {name!r}")
