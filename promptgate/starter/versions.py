"""Read the PROMPT_VERSIONS of a Python file, without running it.

The dict is read from the syntax tree. What a person keeps in such a file is
literal: texts, texts joined by `+`, names of other texts, f-strings of those,
`.strip()`, `dedent()`. Anything else would need the program to run, and is
refused with its line.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from promptgate.documents import describe
from promptgate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


DICT = "PROMPT_VERSIONS"

_TEXT_KEYS = ("system", "template", "prompt")
_USER_KEY = "user"
_NUMBERED = re.compile(r"[vV]?(\d+(?:\.\d+)*)")
_METHODS: Mapping[str, Callable[[str], str]] = {
    "strip": str.strip,
    "lstrip": str.lstrip,
    "rstrip": str.rstrip,
}
_FUNCTIONS: Mapping[str, Callable[[str], str]] = {
    "dedent": textwrap.dedent,
    "cleandoc": inspect.cleandoc,
}
T = TypeVar("T")


@dataclass(frozen=True)
class Version:
    """One version of a prompt, as the file has it.

    Attributes:
        name: Its key in the dict.
        file: The Python file, as the user named it.
        line: Where it stands there.
        system: The text under 'system'; None where there is none.
        user: The text under 'user'; None where there is none.
        text: A text of which the file does not say whose turn it is.
        options: Everything else that it says, such as its model.
    """

    name: str
    file: str
    line: int
    system: str | None = None
    user: str | None = None
    text: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def error(self, message: str) -> InputError:
        """Return (not raise) an error that stands at this version."""
        return InputError(f"version {self.name!r}: {message}", file=self.file, line=self.line)


def read_versions(source: str, file: str) -> tuple[Version, ...]:
    """Return the versions, oldest first.

    The order is that of the file, unless every key is a number such as v1, v2, v1.10:
    then it is that of the numbers.

    Args:
        source: The Python file.
        file: How messages name it.

    Raises:
        InputError: It is no Python, has no such dict or not one that can be read
            without running it; names the line.
    """
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        reason = getattr(error, "msg", None) or str(error)
        raise InputError(f"this is not valid Python: {reason}.", file=file, line=line) from None
    versions: dict[str, Version] = {}
    reader = _Reader(module, file)
    for key, value in reader.entries():
        version = reader.version(key, value)
        if version.name in versions:
            first = versions[version.name].line
            raise version.error(f"it stands in line {first} too; keep one.")
        versions[version.name] = version
    if not versions:
        raise InputError(f"{DICT} is empty; there is nothing to take over.", file=file)
    return tuple(_by_age(list(versions.values())))


def _by_age(versions: list[Version]) -> list[Version]:
    numbers = [_NUMBERED.fullmatch(version.name) for version in versions]
    if not all(numbers):
        return versions
    parts = [[int(part) for part in found.group(1).split(".")] for found in numbers if found]
    order = sorted(range(len(versions)), key=lambda index: parts[index])
    return [versions[index] for index in order]


class _Reader:
    """Evaluates the few forms of expression that need no program to run."""

    def __init__(self, module: ast.Module, file: str) -> None:
        self._module = module
        self._file = file
        self._names: dict[str, list[ast.expr]] = {}
        self._open: set[str] = set()
        for statement in module.body:
            for name, value in _assignments(statement):
                self._names.setdefault(name, []).append(value)

    def entries(self) -> Iterator[tuple[ast.expr, ast.expr]]:
        """Yield key and value of each version, those assigned later included."""
        found = self._names.get(DICT, [])
        if len(found) != 1:
            what = "no dict" if not found else f"{len(found)} assignments to"
            raise InputError(
                f"there is {what} {DICT} at the top level of the file; write one "
                f'{DICT} = {{"v1": "…", …}}.',
                file=self._file,
                line=found[1].lineno if found else None,
            )
        literal = found[0]
        if not isinstance(literal, ast.Dict):
            raise self._computed(literal, f"{DICT} must be a dict that is written out")
        for key, value in zip(literal.keys, literal.values, strict=True):
            if key is None:
                raise self._computed(value, "'**' takes versions from elsewhere")
            yield key, value
        for statement in self._module.body:
            yield from self._later(statement)

    def _later(self, statement: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr]]:
        """Yield `PROMPT_VERSIONS["v3"] = …`; refuse other statements that change the dict."""
        if isinstance(statement, ast.Assign) and any(map(_is_item, statement.targets)):
            for target in statement.targets:
                if _is_item(target):
                    yield target.slice, statement.value  # type: ignore[attr-defined]  # _is_item
        elif isinstance(statement, ast.Expr | ast.AugAssign | ast.Delete) and any(
            isinstance(node, ast.Name) and node.id == DICT for node in ast.walk(statement)
        ):
            changes = not isinstance(statement, ast.Expr) or _calls_method(statement.value)
            if changes:
                raise self._computed(statement, f"this changes {DICT} when the file runs")

    def version(self, key: ast.expr, value: ast.expr) -> Version:
        """Return one version."""
        name = self._literal(key)
        if not isinstance(name, str | int | float) or not str(name).strip():
            raise self._computed(key, f"a version's name must be text, but is {describe(name)}")
        version = Version(str(name), self._file, value.lineno)
        if not str(name).isprintable():
            raise version.error("the name must be one line of plain text.")
        value = self._resolved(value)
        if not isinstance(value, ast.Dict):
            return Version(version.name, self._file, version.line, text=self._text(value))
        options: dict[str, Any] = {}
        texts: dict[str, str] = {}
        for inner, node in zip(value.keys, value.values, strict=True):
            if inner is None:
                raise self._computed(node, "'**' takes keys from elsewhere")
            word = self._literal(inner)
            if not isinstance(word, str):
                raise self._computed(inner, f"a key must be text, but is {describe(word)}")
            if word in (*_TEXT_KEYS, _USER_KEY):
                texts[word] = self._text(node)
            else:
                options[word] = self._literal(node)
        return self._assembled(version, texts, options)

    def _assembled(
        self, version: Version, texts: Mapping[str, str], options: Mapping[str, Any]
    ) -> Version:
        given = [key for key in _TEXT_KEYS if key in texts]
        if len(given) > 1:
            raise version.error(f"both {given[0]!r} and {given[1]!r} give a text; keep one.")
        if not texts:
            known = ", ".join(repr(key) for key in (*_TEXT_KEYS, _USER_KEY))
            raise version.error(f"there is no text; write it under one of {known}.")
        main = texts[given[0]] if given else None
        says_whose = given == ["system"] or _USER_KEY in texts
        return Version(
            version.name,
            version.file,
            version.line,
            system=main if says_whose else None,
            user=texts.get(_USER_KEY),
            text=None if says_whose else main,
            options=options,
        )

    def _text(self, node: ast.expr) -> str:
        value = self._value(node, self._text_call)
        if not isinstance(value, str):
            raise self._computed(node, f"a version's text must be text, but is {describe(value)}")
        return value

    def _text_call(self, node: ast.expr) -> Any:
        """Evaluate the expressions that make texts of texts."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self._text(node.left) + self._text(node.right)
        if isinstance(node, ast.JoinedStr):
            return "".join(map(self._piece, node.values))
        if isinstance(node, ast.Call) and not node.keywords:
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else ""
            if name in _METHODS and not node.args and isinstance(function, ast.Attribute):
                return _METHODS[name](self._text(function.value))
            name = function.id if isinstance(function, ast.Name) else name
            if name in _FUNCTIONS and len(node.args) == 1:
                return _FUNCTIONS[name](self._text(node.args[0]))
        raise self._computed(node, "this text is computed")

    def _piece(self, node: ast.expr) -> str:
        """Return a part of an f-string; a name that the file does not define is a placeholder."""
        if not isinstance(node, ast.FormattedValue):
            return self._text(node)
        if not isinstance(node.value, ast.Name) or node.conversion != -1 or node.format_spec:
            raise self._computed(node, "this part of an f-string is computed")
        if node.value.id not in self._names:
            return f"{{{node.value.id}}}"
        return str(self._literal(node.value))

    def _literal(self, node: ast.expr) -> Any:
        return self._value(node, self._collection)

    def _collection(self, node: ast.expr) -> Any:
        if isinstance(node, ast.List | ast.Tuple):
            return [self._literal(item) for item in node.elts]
        if isinstance(node, ast.Dict) and None not in node.keys:
            keys = [self._literal(key) for key in node.keys if key is not None]
            if all(isinstance(key, str) for key in keys):
                return dict(zip(keys, map(self._literal, node.values), strict=True))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            number = self._literal(node.operand)
            if isinstance(number, int | float):
                return -number
        return self._text_call(node)

    def _value(self, node: ast.expr, otherwise: Callable[[ast.expr], Any]) -> Any:
        """Evaluate a constant or a name of one; hand on any other expression."""
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str | int | float | None):
                return node.value
            raise self._computed(node, f"{describe(node.value)} is no plain data")
        if not isinstance(node, ast.Name):
            return otherwise(node)
        return self._within(node.id, node, lambda value: self._value(value, otherwise))

    def _resolved(self, node: ast.expr) -> ast.expr:
        """Follow a name to the expression that it stands for."""
        if isinstance(node, ast.Name):
            return self._within(node.id, node, self._resolved)
        return node

    def _within(self, name: str, node: ast.expr, use: Callable[[ast.expr], T]) -> T:
        """Use the one value that the file assigns to a name."""
        values = self._names.get(name, [])
        if len(values) != 1 or name in self._open:
            times = "not assigned" if not values else "not assigned once"
            raise self._computed(node, f"the name {name!r} is {times} at the top level of the file")
        self._open.add(name)
        try:
            return use(values[0])
        finally:
            self._open.discard(name)

    def _computed(self, node: ast.AST, what: str) -> InputError:
        return InputError(
            f"{what}, and the file is read, never run; write the text out.",
            file=self._file,
            line=getattr(node, "lineno", None),
        )


def _assignments(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            if isinstance(target, ast.Name):
                yield target.id, statement.value
    elif (
        isinstance(statement, ast.AnnAssign)
        and isinstance(statement.target, ast.Name)
        and statement.value is not None
    ):
        yield statement.target.id, statement.value


def _is_item(target: ast.expr) -> bool:
    return (
        isinstance(target, ast.Subscript)
        and isinstance(target.value, ast.Name)
        and target.value.id == DICT
    )


def _calls_method(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == DICT
    )
