"""Check a document against a model, and say in one sentence what is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from promptgate.documents.document import Document, Path
    from promptgate.errors import InputError

ModelT = TypeVar("ModelT", bound=BaseModel)


def validate(
    model: type[ModelT],
    document: Document,
    error: type[InputError],
    *,
    path: Sequence[str | int] = (),
    what: str = "the file",
) -> ModelT:
    """Check a document, or the part of it at a path, against a model.

    Args:
        model: What it must be.
        document: The parsed file.
        error: The kind of error to raise.
        path: Where in the document the part stands.
        what: What a message calls the part, e.g. 'the front matter'.

    Raises:
        InputError: Of the kind given; its one sentence names the first fault's
            place, value and fix.
    """
    part: Any = document.data
    for step in path:
        part = part[step]
    if part is None:
        part = {}
    if not isinstance(part, Mapping):
        raise document.error(
            error, f"{what} must be a mapping of keys, but is {describe(part)}.", path
        )
    try:
        return model.model_validate(part)
    except ValidationError as failure:
        faults = failure.errors(include_url=False)
        # A mistyped key is also a missing one; the unknown name is what helps.
        first = min(faults, key=lambda fault: fault["type"] != "extra_forbidden")
        where = (*path, *_real_path(part, first["loc"]))
        raise document.error(error, _sentence(first, model), where) from None


def _real_path(part: Any, loc: Sequence[str | int]) -> Path:
    """Drop what pydantic adds to a location (labels of unions) and the file does not have."""
    steps: list[str | int] = []
    for step in loc:
        if isinstance(part, list):
            if not (isinstance(step, int) and step < len(part)):
                continue
            part = part[step]
        elif isinstance(part, Mapping) and step in part:
            part = part[step]
        else:
            continue
        steps.append(step)
    return tuple(steps)


def _sentence(fault: ErrorDetails, model: type[BaseModel]) -> str:
    """Turn pydantic's first fault into a sentence with value and fix."""
    loc = fault["loc"]
    name = ".".join(str(step) for step in loc)
    kind = fault["type"]
    if kind == "extra_forbidden":
        known = _known_keys(model, loc[:-1])
        return unknown_name("key", str(loc[-1]), known)
    if kind == "missing":
        return f"the key {str(loc[-1])!r} is missing; add it."
    message = fault["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    message = message.rstrip(".")
    if kind in ("value_error", "assertion_error") and not loc:
        return f"{message}."
    shown = describe(fault.get("input"))
    if kind in ("value_error", "assertion_error"):
        return f"{name!r}: {message}, but got {shown}."
    message = message[:1].lower() + message[1:]
    message = message.removeprefix("input should be ").removeprefix("input should ")
    return f"{name!r} must be {message}, but got {shown}."


def _known_keys(model: Any, loc: Sequence[str | int]) -> list[str]:
    """Return the keys of the model that stands at a location, as far as annotations tell."""
    for step in loc:
        if isinstance(step, int):
            continue
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            return []
        info = next((f for n, f in model.model_fields.items() if step in (n, f.alias)), None)
        model = _inner_model(info.annotation) if info is not None else model
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [f.alias or n for n, f in model.model_fields.items()]
    return []


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        inner = _inner_model(argument)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return inner
    return annotation


def unknown_name(what: str, name: str, known: Sequence[str]) -> str:
    """Say that a name is unknown, with the nearest known one or the list of all."""
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"unknown {what} {name!r}; did you mean {near[0]!r}?"
    listed = ", ".join(sorted(known))
    return f"unknown {what} {name!r}; " + (f"known: {listed}." if known else "remove it.")


def describe(value: Any) -> str:
    """Show a value in a message: short, quoted, on one line."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "nothing"
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "…"
