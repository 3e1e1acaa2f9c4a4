"""Turn the placeholders of `str.format` into Jinja2 variables.

Separate because it is a small language of its own: what is a variable, what is
an escaped brace, and what Jinja2 would take for a statement. For every text it
accepts, rendering the result gives what `str.format` would have given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter
from typing import Literal

from promptgate.documents import describe

Style = Literal["format", "jinja"]

_NAME = re.compile(r"[^\W\d]\w*")
_BARE = re.compile(r"\{\{\s*[^\W\d]\w*\s*\}\}|\{(?P<name>[^\W\d]\w*)\}")
_DOUBLE = re.compile(r"\{\{\s*([^\W\d]\w*)\s*\}\}")
_STATEMENTS = re.compile(r"\{(?=[{%#])")


@dataclass(frozen=True)
class Converted:
    """A text as Jinja2.

    Attributes:
        text: The template.
        variables: The names that were placeholders, in order of appearance.
    """

    text: str
    variables: tuple[str, ...]


def to_jinja(text: str) -> Converted:
    """Convert a text with placeholders `{name}`.

    Where the whole text is a valid format string, `{{` and `}}` are escaped braces.
    Where it is not (it holds JSON, say), it cannot have been meant for `str.format`:
    only `{name}` is a placeholder, and every other brace stands for itself, those of
    `{{name}}` too.

    Raises:
        ValueError: A placeholder does more than insert a variable; says which.
    """
    pieces = _format_pieces(text)
    if pieces is None:
        pieces = _bare_pieces(text)
    parts: list[str] = []
    for literal, name in pieces:
        escaped = _STATEMENTS.sub("{{ '{' }}", literal)
        if name is not None and escaped.endswith("{"):  # or the brace would join the next two
            escaped = escaped[:-1] + "{{ '{' }}"
        parts.append(escaped)
        if name is not None:
            parts.append(f"{{{{ {name} }}}}")
    return Converted("".join(parts), tuple(dict.fromkeys(n for _, n in pieces if n)))


def double_braced(text: str) -> str | None:
    """Return the first `{{ name }}` of a text, which may be Jinja2's or an escape; or None."""
    found = _DOUBLE.search(text)
    return found.group() if found else None


def single_braced(text: str) -> tuple[str, int] | None:
    """Return the first `{name}` of a text, which may be a placeholder, and its line; or None."""
    for found in _BARE.finditer(text):
        if found["name"] is not None:
            return found.group(), text.count("\n", 0, found.start()) + 1
    return None


def _format_pieces(text: str) -> list[tuple[str, str | None]] | None:
    """Return literals and the names after them, or None where it is no format string."""
    try:
        parsed = list(Formatter().parse(text))
    except ValueError:
        return None
    if any(name and not _NAME.match(name) and not name.isdigit() for _, name, _, _ in parsed):
        return None
    pieces: list[tuple[str, str | None]] = []
    for literal, name, spec, conversion in parsed:
        if name is not None:
            _check_plain(name, spec or "", conversion)
        if pieces and pieces[-1][1] is None:  # an escaped brace ends a piece
            literal = pieces.pop()[0] + literal
        pieces.append((literal, name))
    return pieces


def _check_plain(name: str, spec: str, conversion: str | None) -> None:
    whole = name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
    shown = describe(f"{{{whole}}}")
    if not name or name.isdigit():
        raise ValueError(
            f"the placeholder {shown} has no name; name it, or double the braces that stand "
            "for themselves"
        )
    if not _NAME.fullmatch(name) or spec or conversion:
        raise ValueError(
            f"the placeholder {shown} does more than insert a variable; give the finished text "
            "as a variable, or double the braces that stand for themselves"
        )


def _bare_pieces(text: str) -> list[tuple[str, str | None]]:
    pieces: list[tuple[str, str | None]] = []
    end = 0
    for found in _BARE.finditer(text):
        if found["name"] is not None:
            pieces.append((text[end : found.start()], found["name"]))
            end = found.end()
    pieces.append((text[end:], None))
    return pieces
