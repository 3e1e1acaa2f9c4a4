"""Render a prompt's blocks, and say where in which file a rendering failed.

Each role is rendered by itself: the template's root is run first, which fills
inherited blocks and top-level `{% set %}`, then its blocks `system` and `user`.
A body without a block is the system prompt. A block's outer white space is
stripped, inner white space is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from promptgate.errors import PromptError
from promptgate.prompts.library import syntax_error
from promptgate.prompts.sandbox import limited_join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Template
    from jinja2.runtime import Context

    from promptgate.prompts.library import Library, Source

_RENDERING = (
    TemplateError, ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError,
    TypeError, ValueError,
)  # fmt: skip
_TEMPLATED = ("{{", "{%", "{#")


@dataclass(frozen=True)
class Rendered:
    """The texts of one request; a role is None where it has no block or an empty one."""

    system: str | None
    user: str | None


class PromptTemplate:
    """One prompt's template, compiled when it is first rendered.

    Args:
        library: The templates of the tree.
        source: The prompt's own file.
        by_blocks: Whether blocks give the roles; else the body is the system prompt.
        roles: Which of 'system' and 'user' the template gives.
    """

    def __init__(
        self, library: Library, source: Source, *, by_blocks: bool, roles: frozenset[str]
    ) -> None:
        self.roles = roles
        self._library = library
        self._source = source
        self._by_blocks = by_blocks
        self._compiled: Template | None = None
        self._snippet = lru_cache(maxsize=256)(self._compile_snippet)

    def render(self, variables: Mapping[str, Any]) -> Rendered:
        """Render both roles.

        Raises:
            PromptError: The template cannot be compiled, a variable is undefined, the
                sandbox was to be left, or a text is too long; with file and line.
        """
        template = self._compiled = self._compiled or self._library.compile(self._source)
        with _Places(self._source.file):
            context = template.new_context(dict(variables))
            if not self._by_blocks:
                body = limited_join(template.root_render_func(context))
                return Rendered(body.strip() or None, None)
            for chain in context.blocks.values():
                chain.insert(0, _nothing)
            limited_join(template.root_render_func(context))
            for chain in context.blocks.values():
                if _nothing in chain:
                    chain.remove(_nothing)
            texts = {
                role: limited_join(context.blocks[role][0](context)).strip() or None
                for role in self.roles
            }
        return Rendered(texts.get("system"), texts.get("user"))

    def render_text(
        self, text: str, variables: Mapping[str, Any], *, file: str | None, line: int | None
    ) -> str:
        """Render a text that stands outside the template: an example or a case's message.

        Args:
            text: May use variables and filters; may not refer to other templates.
            variables: The values.
            file: Where the text stands, for messages.
            line: The line there at which it begins.
        """
        if not any(mark in text for mark in _TEMPLATED):
            return text
        with _Places(file, first_line=line):
            template = self._snippet(text)
            context = template.new_context(dict(variables))
            return limited_join(template.root_render_func(context))

    def render_messages(
        self,
        messages: Sequence[Mapping[str, Any]],
        variables: Mapping[str, Any],
        *,
        place: Callable[[int], tuple[str | None, int | None]],
    ) -> list[dict[str, Any]]:
        """Render the texts of messages: contents that are strings, and `text` blocks.

        Args:
            messages: As the API takes them.
            variables: The values.
            place: From a message's index to its file and line, for messages of errors.
        """

        def rendered(content: Any, index: int) -> Any:
            if isinstance(content, str):
                file, line = place(index)
                return self.render_text(content, variables, file=file, line=line)
            if isinstance(content, Mapping) and content.get("type") == "text":
                return {**content, "text": rendered(content.get("text"), index)}
            if isinstance(content, list | tuple):
                return [rendered(b, index) if isinstance(b, Mapping) else b for b in content]
            return content

        return [
            {**message, "content": rendered(message.get("content"), index)}
            for index, message in enumerate(messages)
        ]

    def _compile_snippet(self, text: str) -> Template:
        return self._library.environment.from_string(self._library.parse_text(text))


def _nothing(context: Context) -> Iterator[str]:  # noqa: ARG001  # as blocks are called
    """Stand in for a block while the root runs, so that no block is rendered twice."""
    return iter(())


class _Places:
    """Translates what Jinja2 and templates raise into a PromptError with file and line."""

    def __init__(self, file: str | None, *, first_line: int | None = None) -> None:
        self._file = file
        self._first_line = first_line

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, TemplateSyntaxError):
            found = syntax_error(error, self._file or "")
            raise PromptError(
                found.message,
                file=error.filename or self._file,
                line=self._shift(found.line),
            ) from None
        if isinstance(error, _RENDERING):
            file, line = _last_template_line(error)
            if file is None:
                file, line = self._file, self._shift(line)
            raise PromptError(_sentence(error), file=file, line=line) from None

    def _shift(self, line: int | None) -> int | None:
        if self._first_line is None:
            return line if self._file is not None else None
        return self._first_line + (line or 1) - 1


def _last_template_line(error: BaseException) -> tuple[str | None, int | None]:
    """Return file and line of the innermost template on the stack; no file for a bare text."""
    file, line = None, None
    for frame, number in _frames(error):
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            file = None if template.filename in (None, "<template>") else template.filename
            line = template.get_corresponding_lineno(number)
    return file, line


def _frames(error: BaseException) -> Iterator[tuple[Any, int]]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def _sentence(error: BaseException) -> str:
    message = str(error).rstrip(".")
    if isinstance(error, UndefinedError):
        if name := re.fullmatch(r"'(\w+)' is undefined", message):
            return (
                f"the variable {name.group(1)!r} is undefined; "
                "give it a value, or a default in the front matter."
            )
        return f"{message}; correct the name or give the value."
    if isinstance(error, SecurityError):
        return f"the sandbox refuses this: {message}; write it another way."
    if isinstance(error, TemplateNotFound):
        return f"there is no template {message!r}; create it or correct the name."
    if isinstance(error, RecursionError):
        return "the template calls itself without end; break the circle."
    return f"the template failed: {message or type(error).__name__}; correct the expression."
