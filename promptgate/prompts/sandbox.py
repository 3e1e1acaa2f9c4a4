"""The Jinja2 environment that prompts are rendered in: strict, sandboxed and bounded.

A template may be anyone's: an old revision, a branch from a fork. Jinja2's
sandbox keeps it from Python's internals; what is added here keeps it from
filling the memory (`'a' * 10**9`, a doubling loop, a filter asked for a width
of a billion) and from chance (`lipsum`, `random`), so that one template and
one set of variables give one text. A bound that is passed is a SecurityError;
`promptgate.prompts.template` turns it into a sentence with file and line.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2.compiler import Frame
    from jinja2.runtime import Context

MAX_TEXT = 4_000_000
"""Characters that one rendered block, or one value on the way to it, may have."""

MAX_BITS = 65_536
"""Bits that an integer may have."""

_MAX_WORK = 100_000_000
"""Length of a value times the largest argument of one operation on it."""

_SIZING_FILTERS = frozenset(
    {"batch", "center", "format", "indent", "join", "replace", "slice", "tojson", "wordwrap"}
)
_PERCENT_WIDTH = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(?:\*|\d{8,}|\d*\.(?:\*|\d{8,}))")
_BRACE_WIDTH = re.compile(r"\{[^{}]*(?:\{|:[^{}]*\d{8,})")


def limited_join(parts: Iterable[str]) -> str:
    """Join the pieces of a text.

    Raises:
        SecurityError: It is longer than MAX_TEXT.
    """
    kept: list[str] = []
    length = 0
    for part in parts:
        length += len(part)
        if length > MAX_TEXT:
            raise SecurityError(f"the text grows beyond {MAX_TEXT:,} characters")
        kept.append(part)
    return "".join(kept)


def _size(value: object) -> int:
    """How much an argument can multiply a text: a number by itself, a text by its length."""
    if isinstance(value, int):
        return max(1, abs(value))
    return max(1, len(value)) if isinstance(value, str | bytes | list | tuple | dict) else 1


def _check_work(value: object, arguments: Iterable[object]) -> None:
    """Refuse an operation that could give a huge text: the product bounds every result."""
    if _size(value) * max(map(_size, arguments), default=1) > _MAX_WORK:
        raise SecurityError("the operation could give a text of any size")


def _check_format(pattern: str, widths: re.Pattern[str]) -> None:
    """Refuse a format whose width is huge or comes from an argument."""
    if widths.search(pattern.replace("{{", "")):
        raise SecurityError("the format could give a text of any size")


def _bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a filter that makes texts longer, so that its arguments are checked first."""
    skipped = 1 if hasattr(function, "jinja_pass_arg") else 0

    @functools.wraps(function)
    def checked(*arguments: Any, **options: Any) -> Any:
        context, (value, *rest) = arguments[:skipped], arguments[skipped:]
        if name == "format":
            _check_format(str(value), _PERCENT_WIDTH)
        else:
            if name == "join" and not isinstance(value, str | list | tuple | dict):
                value = list(value)
            _check_work(str(value) if isinstance(value, int) else value, [*rest, *options.values()])
        return function(*context, value, *rest, **options)

    return checked


class _Generator(CodeGenerator):
    """Sends the operator `~`, which a sandbox cannot intercept, through the same limit."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.concat(str(part) for part in (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class PromptEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2 as prompts use it. One environment serves one tree."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"*", "**", "+", "%"})
    concat = staticmethod(limited_join)

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(loader=loader, undefined=StrictUndefined, autoescape=False, cache_size=-1)
        del self.globals["lipsum"]
        self.filters = {
            name: _bounded(name, function) if name in _SIZING_FILTERS else function
            for name, function in self.filters.items()
            if name != "random"
        }

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute `left operator right` after a check of how large it could be."""
        whole = isinstance(left, int) and isinstance(right, int)
        if operator == "**" and whole:
            if abs(left) > 1 and left.bit_length() * right > MAX_BITS:
                raise SecurityError("the power is beyond every use")
        elif operator == "*" and whole:
            if left.bit_length() + right.bit_length() > MAX_BITS:
                raise SecurityError("the product is beyond every use")
        elif operator == "*":
            text, count = (right, left) if isinstance(left, int) else (left, right)
            if isinstance(count, int) and _size(text) * count > MAX_TEXT:
                raise SecurityError(f"the text grows beyond {MAX_TEXT:,} characters")
        elif operator == "+" and not whole and _size(left) + _size(right) > MAX_TEXT:
            raise SecurityError(f"the text grows beyond {MAX_TEXT:,} characters")
        elif operator == "%" and isinstance(left, str):
            _check_format(left, _PERCENT_WIDTH)
        return super().call_binop(context, operator, left, right)

    def call(
        __self,
        __context: Context,
        __obj: Any,
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        """Call a method or macro; a method of a built-in value is bounded like a filter."""
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, str | bytes | int):
            _check_work("" if isinstance(owner, int) else owner, (*args, *kwargs.values()))
        return super().call(__context, __obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Bound the widths that `str.format` is asked for."""
        formatter = super().wrap_str_format(value)
        if formatter is None:
            return None

        @functools.wraps(formatter)
        def checked(*args: Any, **kwargs: Any) -> str:
            _check_format(value.__self__, _BRACE_WIDTH)
            return formatter(*args, **kwargs)

        return checked
