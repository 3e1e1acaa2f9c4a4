"""Strict readers of YAML, TOML and JSON that know the line of every value.

A person's file is validated once, here, against a pydantic model; what is wrong
becomes one sentence with file and line. YAML is read by its 1.2 rules (`no`,
`012` and `12:30` are not booleans, octals and minutes); duplicate keys, tags,
anchors and aliases are refused: the first hide a mistake, the others let a
small file become code or a huge one.
"""

from __future__ import annotations

import difflib
import gc
import json
import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from promptgate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound=BaseModel)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StrictModel(BaseModel):
    """Base of every file model: unknown keys are errors and values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Document:
    """A parsed file: its data, and the line where each value stands.

    Attributes:
        data: Plain dicts, lists and scalars.
        file: How messages name the file.
        lines: Path to a value, as keys and indices, to its 1-based line.
    """

    data: Any
    file: str
    lines: Mapping[Path, int] = field(repr=False)

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of a value, or of its nearest parent that has one."""
        steps = tuple(path)
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)

    def error(self, kind: type[InputError], message: str, path: Sequence[str | int]) -> InputError:
        """Return (not raise) an error of the given kind that stands at a value's line."""
        return kind(message, file=self.file, line=self.line(path))


class _Yaml12Loader(_Loader):  # type: ignore[misc]  # the C loader is not typed
    """The safe loader with the scalar rules of YAML 1.2's core schema."""


_DIGITS = [*"-+0123456789"]
_FLOAT = (
    r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
)
# tag → pattern and the first characters that a scalar of it may have ('' for an empty one)
_RESOLVERS = {
    "bool": (r"^(?:true|True|TRUE|false|False|FALSE)$", [*"tTfF"]),
    "int": (r"^[-+]?[0-9]+$", _DIGITS),
    "float": (_FLOAT, [*_DIGITS, "."]),
    "null": (r"^(?:~|null|Null|NULL|)$", [*"~nN", ""]),
}
_Yaml12Loader.yaml_implicit_resolvers = {}
for _name, (_pattern, _first) in _RESOLVERS.items():
    _Yaml12Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(_pattern), _first)


def _construct_float(loader: Any, node: yaml.ScalarNode) -> float:
    return float(re.sub(r"\.(inf|nan)", r"\1", loader.construct_scalar(node).lower()))


def _construct_int(loader: Any, node: yaml.ScalarNode) -> int:
    return int(loader.construct_scalar(node))


_Yaml12Loader.add_constructor("tag:yaml.org,2002:float", _construct_float)
_Yaml12Loader.add_constructor("tag:yaml.org,2002:int", _construct_int)
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")
)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the cyclic garbage collector where millions of live, acyclic values are made.

    Each of its passes would walk all of them: a fifth to a half of the time of a
    large file.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@collector_paused()
def load_yaml(text: str, file: str, *, first_line: int = 1) -> Document:
    """Parse YAML strictly.

    Args:
        text: The document.
        file: How messages name the file.
        first_line: The line of the file at which the text begins.

    Raises:
        InputError: Bad syntax, a duplicate key, a tag, an anchor or an alias.
    """
    loader = _Yaml12Loader(text)
    offset = first_line
    try:
        _refuse_anchors(text, file, offset)
        node = loader.get_single_node()
        lines: dict[Path, int] = {}
        if node is None:
            return Document(None, file, {(): offset})
        _walk(node, (), lines, file, offset)
        return Document(loader.construct_document(node), file, lines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise InputError(
            f"this is not valid YAML: {problem}.",
            file=file,
            line=(mark.line + offset) if mark is not None else None,
        ) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is not valid YAML: {error}.", file=file) from None
    finally:
        loader.dispose()


def _refuse_anchors(text: str, file: str, offset: int) -> None:
    """Refuse anchors and aliases, which composed nodes no longer show."""
    if "&" not in text and "*" not in text:
        return
    for event in yaml.parse(text, Loader=_Loader):
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            mark: Any = event.start_mark
            raise InputError(
                f"the YAML anchor or alias {anchor!r} is not allowed; write the value out.",
                file=file,
                line=mark.line + offset,
            )


def _walk(node: yaml.Node, path: Path, lines: dict[Path, int], file: str, offset: int) -> None:
    """Note the line of every node below this one and refuse what is not plain data."""
    line = node.start_mark.line + offset
    if node.tag not in _PLAIN_TAGS:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        raise InputError(f"the YAML tag {tag!r} is not allowed; remove it.", file=file, line=line)
    lines.setdefault(path, line)
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _walk(child, (*path, index), lines, file, offset)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key_node, child in node.value:
            key_line = key_node.start_mark.line + offset
            if not isinstance(key_node, yaml.ScalarNode):
                raise InputError("a key must be plain text.", file=file, line=key_line)
            key = key_node.value
            if key in seen:
                raise InputError(
                    f"the key {key!r} stands twice; keep one.", file=file, line=key_line
                )
            seen.add(key)
            if key_node.tag != "tag:yaml.org,2002:str":
                key_node.tag = "tag:yaml.org,2002:str"
            lines[(*path, key)] = key_line
            _walk(child, (*path, key), lines, file, offset)


def load_toml(text: str, file: str) -> Document:
    """Parse TOML.

    Lines are found by a scan for tables and keys, as no reader reports them.

    Raises:
        InputError: Bad syntax.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        message = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise InputError(
            f"this is not valid TOML: {message}.",
            file=file,
            line=int(found.group(1)) if found else None,
        ) from None
    return Document(data, file, _toml_lines(text))


def _toml_lines(text: str) -> dict[Path, int]:
    lines: dict[Path, int] = {(): 1}
    table: Path = ()
    arrays: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*(\[{1,2})\s*([^\]]+?)\s*\]{1,2}\s*(?:#.*)?$", line):
            table = tuple(_toml_key(header.group(2)))
            if header.group(1) == "[[":
                index = arrays.get(table, -1) + 1
                arrays[table] = index
                table = (*table, index)
            lines.setdefault(table, number)
        elif assignment := re.match(
            r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*"""
            r"""(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""",
            line,
        ):
            lines.setdefault((*table, *_toml_key(assignment.group(1))), number)
    return lines


def _toml_key(text: str) -> list[str]:
    parts = re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", text)
    return [part.strip("\"'") for part in parts]


def load_json(text: str, file: str, *, first_line: int = 1) -> Document:
    """Parse JSON; duplicate keys, NaN and Infinity are errors.

    Raises:
        InputError: Bad syntax.
    """

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in items:
            if key in seen:
                raise InputError(
                    f"the key {key!r} stands twice; keep one.", file=file, line=first_line
                )
            seen[key] = value
        return seen

    def constant(name: str) -> float:
        raise InputError(
            f"the value {name} is not JSON; use a number or null.", file=file, line=first_line
        )

    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        raise InputError(
            f"this is not valid JSON: {error.msg}.", file=file, line=error.lineno + first_line - 1
        ) from None
    except RecursionError:
        raise InputError("this is not valid JSON: nested too deep.", file=file) from None
    return Document(data, file, {(): first_line})


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


def canonical_json(value: Any) -> bytes:
    """Encode a value so that equal values give equal bytes.

    Keys are sorted, there is no white space, non-ASCII is written as UTF-8 and
    numbers that are whole are written as integers (1.0 as 1).

    Raises:
        ValueError: A number is NaN or infinite.
    """
    return json.dumps(
        _plain_numbers(value),
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
    ).encode("utf-8", "surrogatepass")


def _plain_numbers(value: Any) -> Any:
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(key): _plain_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_numbers(inner) for inner in value]
    return value
