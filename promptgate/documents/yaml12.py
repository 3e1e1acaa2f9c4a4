"""Read YAML by its 1.2 rules: `no`, `012` and `12:30` are no booleans, octals and minutes.

Duplicate keys, tags, anchors and aliases are refused: the first hide a mistake, the
others let a small file become code or a huge one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from promptgate.documents.document import Document, collector_paused
from promptgate.errors import InputError

if TYPE_CHECKING:
    from promptgate.documents.document import Path

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
