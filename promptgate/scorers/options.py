"""Bind what a suite wrote beside a scorer's name to the factory's parameters.

The rule has no guessing in it: a mapping binds by name, anything else binds the
first parameter. The factory's own annotations say what is right, so that what is
checked, what is documented and what the code uses cannot drift apart.
"""

from __future__ import annotations

import inspect
import math
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Union

from promptgate.documents import describe, unknown_name
from promptgate.errors import ScorerError

if typing.TYPE_CHECKING:
    from promptgate.scorers.interface import Factory


@dataclass(frozen=True)
class Option:
    """One parameter of a factory.

    Attributes:
        name: As a suite writes it.
        annotation: The type that a value must have.
        default: What applies when it is absent, as Python shows it; None when required.
    """

    name: str
    annotation: Any
    default: str | None

    @property
    def wants(self) -> str:
        """The type in words: 'text', 'a list of text', "'a' or 'b'"."""
        return _words(self.annotation)


@cache
def options(factory: Factory) -> tuple[Option, ...]:
    """Return the parameters of a factory in order.

    Raises:
        ScorerError: An annotation names what its module does not have at run time.
    """
    parameters = inspect.signature(factory).parameters.values()
    written = {p.name: p.annotation for p in parameters if p.annotation is not p.empty}
    try:
        hints = typing.get_type_hints(
            types.SimpleNamespace(__annotations__=written),
            globalns=getattr(inspect.unwrap(factory), "__globals__", {}),
        )
    except NameError as error:
        raise ScorerError(
            f"the options of the factory {factory.__qualname__!r} cannot be read ({error}); "
            "import the types of its parameters at run time."
        ) from None
    return tuple(
        Option(
            p.name,
            hints.get(p.name, Any),
            None if p.default is p.empty else repr(p.default),
        )
        for p in parameters
    )


def bind(name: str, factory: Factory, argument: Any) -> dict[str, Any]:
    """Turn a suite's argument into the keyword arguments of a factory.

    Args:
        name: The scorer's name, for messages.
        factory: Whose parameters they are.
        argument: A mapping of options by name; any other value for the first
            parameter; None for nothing.

    Raises:
        ScorerError: An option is unknown, missing or of the wrong type.
    """
    known = options(factory)
    if argument is None:
        given: dict[str, Any] = {}
    elif isinstance(argument, Mapping):
        given = dict(argument)
    elif known:
        given = {known[0].name: argument}
    else:
        raise ScorerError(
            f"scorer {name!r} takes no value, but got {describe(argument)}; write {name!r} alone."
        )
    by_name = {option.name: option for option in known}
    for key, value in given.items():
        option = by_name.get(key)
        if option is None:
            problem = unknown_name("option", str(key), list(by_name))
            raise ScorerError(f"scorer {name!r}: {problem}")
        if not _accepts(option.annotation, value):
            quote = "; quote it" if option.annotation is str and not _nested(value) else ""
            raise ScorerError(
                f"scorer {name!r}: {key!r} must be {option.wants}, but got "
                f"{_offender(option.annotation, value)}{quote}."
            )
    for option in known:
        if option.default is None and option.name not in given:
            short = f"{{{name}: …}} or " if option is known[0] else ""
            raise ScorerError(
                f"scorer {name!r} needs {option.name!r}; "
                f"write {short}{{{name}: {{{option.name}: …}}}}."
            )
    return given


def _nested(value: Any) -> bool:
    return value is None or isinstance(value, Mapping | list)


def _is_union(origin: Any) -> bool:
    return origin is Union or origin is types.UnionType


def _accepts(annotation: Any, value: Any) -> bool:
    """Say whether a value has a type, strictly: no text for numbers, no bool for int."""
    if annotation is Any or annotation is object:
        return True
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if _is_union(origin):
        return any(_accepts(choice, value) for choice in inner)
    if origin is Literal:
        return any(value == choice and type(value) is type(choice) for choice in inner)
    if origin is Callable or annotation is Callable:
        return callable(value)
    if origin in (list, Sequence):
        return isinstance(value, list | tuple) and all(_accepts(inner[0], v) for v in value)
    if origin in (dict, Mapping):
        return isinstance(value, Mapping) and all(_accepts(inner[1], v) for v in value.values())
    if annotation is float:
        return isinstance(value, int | float) and type(value) is not bool and math.isfinite(value)
    if annotation is int:
        return isinstance(value, int) and type(value) is not bool
    return isinstance(value, annotation)


def _offender(annotation: Any, value: Any) -> str:
    """Show what is wrong: the item of a list rather than the list."""
    if typing.get_origin(annotation) in (list, Sequence) and isinstance(value, list):
        (item,) = typing.get_args(annotation)
        return next((f"a list with {describe(v)}" for v in value if not _accepts(item, v)), "")
    return describe(value)


_WORDS = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    type(None): "nothing",
    Any: "a value",
    object: "a value",
}


def _words(annotation: Any) -> str:
    """Say a type in the words of someone who writes YAML."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if _is_union(origin):
        return " or ".join(_words(choice) for choice in inner if choice is not type(None))
    if origin is Literal:
        return " or ".join(repr(choice) for choice in inner)
    if origin is Callable or annotation is Callable:
        return "a function"
    if origin in (list, Sequence):
        words = _words(inner[0])
        return f"a list of {words.removeprefix('a ')}" + ("s" if words.startswith("a ") else "")
    if origin in (dict, Mapping):
        return "a mapping"
    plain = getattr(annotation, "__name__", str(annotation))
    return _WORDS.get(annotation) or str(getattr(annotation, "IN_WORDS", plain))
