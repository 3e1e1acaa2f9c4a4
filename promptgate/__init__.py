"""promptgate: regression tests and release gates for prompts."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from promptgate.prompts.product import load

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import promptgate` stays cheap."""
    if name == "load":
        from promptgate.prompts.product import load

        return load
    raise AttributeError(f"module 'promptgate' has no attribute {name!r}")
