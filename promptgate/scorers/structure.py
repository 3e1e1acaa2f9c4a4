"""Checks that an answer is, or contains, JSON, and that it satisfies a schema.

JSON is read strictly (no NaN, no comments, no trailing comma). A schema is checked
and compiled when the scorer is built; it may refer to its own parts only, so that
nothing is ever fetched.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from promptgate.documents import canonical_json, describe
from promptgate.errors import ScorerError
from promptgate.scorers.interface import Case, Response, Score, missing_text
from promptgate.scorers.registry import scorer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptgate.scorers.interface import Scorer

    Fault = Callable[[Any], str | None]
    """What is wrong with a value, or None."""


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)
_FENCE = re.compile(r"^[ ]{0,3}```[^\n`]*\n(.*?)^[ ]{0,3}```[ \t]*$", re.MULTILINE | re.DOTALL)
_OPENING = re.compile(r"[{\[]")


@scorer("is-json")
def is_json() -> Scorer:
    """The answer as a whole is JSON.

    Example:
        is-json
    """
    return _whole(lambda _value: None, "the answer is JSON")


@scorer("json-schema")
def json_schema(schema: dict[str, Any]) -> Scorer:
    """The answer as a whole is JSON that satisfies a JSON Schema.

    The schema follows draft 2020-12 unless its `$schema` names another.

    Example:
        {json-schema: {schema: {type: object, required: [order]}}}

    Args:
        schema: The schema, written out in the suite.
    """
    return _whole(_compile(schema), "the answer is JSON and satisfies the schema")


@scorer("contains-json")
def contains_json(schema: dict[str, Any] | None = None) -> Scorer:
    """The answer has JSON in it, which satisfies a JSON Schema if one is given.

    Counted are objects, lists with text or structure in them, and any value that
    fills a code block: '[1]' in prose is a footnote and '[ ]' a check box.

    Example:
        {contains-json: {schema: {type: object, required: [order]}}}

    Args:
        schema: The schema, written out in the suite; any JSON by default.
    """
    fault_of: Fault = _compile(schema) if schema is not None else (lambda _value: None)
    found = "the answer contains JSON" + ("" if schema is None else " that satisfies the schema")

    def check(_case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        reason = "the answer contains no JSON"
        for value, span in _values(response.text):
            fault = fault_of(value)
            if fault is None:
                return Score(1.0, found, None, span)
            reason = f"the JSON in the answer does not satisfy the schema: {fault}"
        return Score(0.0, reason)

    return check


@scorer("equals-json")
def equals_json(value: object) -> Scorer:
    """The answer as a whole is JSON equal to this value; the order of keys does not count.

    Example:
        {equals-json: {value: {order: 17, paid: true}}}

    Args:
        value: Any JSON value.
    """
    wanted = canonical_json(value)

    def fault_of(found: Any) -> str | None:
        return None if canonical_json(found) == wanted else "it is not the expected value"

    return _whole(fault_of, "the answer is the expected JSON")


def _whole(fault_of: Fault, right: str) -> Scorer:
    def check(_case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        try:
            value = _load(response.text)
        except ValueError as error:
            return Score(0.0, f"the answer is not JSON: {error}")
        fault = fault_of(value)
        return Score(1.0, right) if fault is None else Score(0.0, f"the answer's JSON: {fault}")

    return check


def _load(text: str) -> Any:
    """Parse JSON strictly.

    Raises:
        ValueError: It is not JSON, or nested too deep to be read.
    """
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _values(text: str) -> Iterator[tuple[Any, tuple[int, int]]]:
    """Yield the JSON values of a text with where they stand: code blocks first, then prose."""
    for fence in _FENCE.finditer(text):
        try:
            yield _load(fence.group(1)), fence.span(1)
        except ValueError:
            continue
    at = 0
    while opening := _OPENING.search(text, at):
        at = opening.start()
        try:
            value, end = _DECODER.raw_decode(text, at)
        except ValueError:
            at += 1
            continue
        except RecursionError:  # thousands of brackets are no JSON that anybody meant
            return
        if isinstance(value, dict) or any(isinstance(v, str | list | dict) for v in value):
            yield value, (at, end)
        at = end


def _compile(schema: dict[str, Any]) -> Fault:
    """Check a schema once and return what finds the first fault of a value.

    Raises:
        ScorerError: It is no schema, or refers to something outside itself.
    """
    from jsonschema.exceptions import SchemaError, best_match
    from jsonschema.validators import Draft202012Validator, validator_for
    from referencing import Registry

    kind = validator_for(schema, default=Draft202012Validator)
    try:
        kind.check_schema(schema)
    except SchemaError as error:
        place = "/".join(str(step) for step in error.path) or "its top"
        raise ScorerError(f"the schema is wrong at {place}: {error.message}.") from None
    _refuse_outside(schema)
    validator = kind(schema, registry=Registry())

    def fault_of(value: Any) -> str | None:
        error = best_match(validator.iter_errors(value))
        if error is None:
            return None
        place = "/".join(str(step) for step in error.absolute_path)
        message = error.message if len(error.message) <= 160 else error.message[:159] + "…"
        return f"{message} at {place!r}" if place else message

    return fault_of


def _refuse_outside(schema: dict[str, Any]) -> None:
    """Refuse a reference that the schema itself cannot resolve."""
    from referencing import Registry
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012, SchemaRegistry, SchemaResource

    def walk(resource: SchemaResource, resolver: Any) -> None:
        contents = resource.contents
        if isinstance(contents, dict) and isinstance(reference := contents.get("$ref"), str):
            try:
                resolver.lookup(reference)
            except Unresolvable:
                raise ScorerError(
                    f"the schema refers to {describe(reference)}, which is not in it; "
                    "put that part under '$defs' and refer to '#/$defs/…'."
                ) from None
        for part in resource.subresources():
            walk(part, resolver.in_subresource(part))

    resource = SchemaResource.from_contents(schema, default_specification=DRAFT202012)
    registry: SchemaRegistry = Registry()
    walk(resource, registry.resolver_with_root(resource))
