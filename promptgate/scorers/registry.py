"""Scorers by name: declare one, build one, list them all.

A scorer is declared by decorating a factory:

    @scorer("contains")
    def contains(text: str, *, ignore_case: bool = False) -> Scorer:
        '''The answer has this text in it.'''

The factory's parameters are the options a suite may write, its docstring is the
documentation. Built-in scorers are found through a table of names, so that a
suite pays only for the modules it uses; a plugin's are declared when whoever
looks for entry points imports it. Nothing here looks for them.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from promptgate.documents import describe, unknown_name
from promptgate.errors import ScorerError
from promptgate.scorers.interface import Factory, Scorer
from promptgate.scorers.options import bind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ENTRY_POINTS = "promptgate.scorers"
"""The group of entry points under which a package offers scorers of its own."""

FactoryT = TypeVar("FactoryT", bound=Factory)

_MODULES = {
    "contradiction": "contradiction self-contradiction",
    "custom": "python",
    "helpfulness": "helpfulness",
    "exchange": "cost latency stop-reason tool-call-f1 tool-called",
    "judge": "judge",
    "markup": "contains-html contains-xml is-html is-xml",
    "refusal": "refusal",
    "shape": "complete word-count",
    "similarity": "bleu edit-similarity gleu levenshtein meteor rouge-l rouge-n",
    "sql": "contains-sql is-sql",
    "structure": "contains-json equals-json is-json json-schema",
    "text": "contains contains-all contains-any equals icontains icontains-all icontains-any "
    "regex starts-with",
}
BUILT_IN: Mapping[str, str] = MappingProxyType(
    {
        name: f"promptgate.scorers.{module}"
        for module, names in _MODULES.items()
        for name in names.split()
    }
)
"""Name of each built-in scorer to the module that declares it."""

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "edit-distance": "levenshtein",
        "finish-reason": "stop-reason",
        "is-refusal": "refusal",
    }
)
"""Other names, of promptfoo or of the field, for the same thing."""

_declared: dict[str, Factory] = {}


def register(name: str, factory: Factory) -> None:
    """Declare a factory under a name. Declaring the same one again changes nothing.

    Raises:
        ScorerError: Another factory has the name.
    """
    holder = _declared.get(name)
    owner = BUILT_IN.get(ALIASES.get(name, name))
    taken = _identity(holder) if holder is not None else None
    if (taken is not None and taken != _identity(factory)) or (
        owner is not None and not factory.__module__.startswith(owner)
    ):
        raise ScorerError(
            f"the scorer {name!r} is declared twice, by {taken or owner!r} and by "
            f"{_identity(factory)!r}; give yours another name."
        )
    _declared[name] = factory


def scorer(name: str) -> Callable[[FactoryT], FactoryT]:
    """Declare the decorated factory as the scorer of that name.

    Args:
        name: As suites write it: lower case, words joined by hyphens.

    Raises:
        ScorerError: Another factory has the name.
    """

    def declare(factory: FactoryT) -> FactoryT:
        register(name, factory)
        return factory

    return declare


def names() -> list[str]:
    """Return the names of all scorers, built in and declared, sorted, without aliases."""
    return sorted(BUILT_IN.keys() | _declared.keys())


def find(name: str) -> Factory:
    """Return the factory of a scorer by its name or alias.

    Raises:
        ScorerError: There is none; says the nearest name.
    """
    name = ALIASES.get(name, name)
    if name not in _declared and name in BUILT_IN:
        import_module(BUILT_IN[name])
    try:
        return _declared[name]
    except KeyError:
        raise ScorerError(unknown_name("scorer", name, [*names(), *ALIASES])) from None


def build(name: str, argument: Any = None) -> Scorer:
    """Make a scorer from an entry of a suite.

    Args:
        name: The scorer's name or alias.
        argument: What stands beside it: None for nothing, a mapping of options
            by name, any other value for the first option.

    Raises:
        ScorerError: Unknown scorer or option, wrong or missing value, or a package
            that the scorer needs is not installed. The caller adds file and line.
    """
    factory = find(name)
    arguments = bind(name, factory, argument)
    try:
        return factory(**arguments)
    except ScorerError as error:
        raise ScorerError(f"scorer {name!r}: {error.message}") from None
    except Exception as error:
        raise ScorerError(
            f"scorer {name!r} does not accept {describe(argument)}: {type(error).__name__}: {error}"
        ) from error


def _identity(factory: Factory) -> str:
    return f"{factory.__module__}.{factory.__qualname__}"
