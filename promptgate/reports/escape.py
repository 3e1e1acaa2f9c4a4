"""Make text from models and customers harmless where it is shown.

A terminal obeys control sequences, Markdown and HTML obey mark-up, and
bidirectional marks make any of them lie about the order of characters.
"""

from __future__ import annotations

import re

# Controls except tab and newline, and the marks that reorder or hide text.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$])")
# Before what would begin a list, a heading or a rule: a sign, or the point behind a number.
_BLOCK_START = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[-+#=]))")


def terminal(text: str) -> str:
    """Return the text with each control or bidirectional character shown as an escape."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def one_line(text: str, limit: int = 120) -> str:
    """Return the text on one line, safe for a terminal, cut with an ellipsis."""
    flat = terminal(" ".join(text.split()))
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def markdown(text: str) -> str:
    """Return the text so that Markdown shows it literally, on one line, in a table too.

    A word joiner breaks what forges turn into links by themselves: addresses,
    mentions of people, numbers of issues.
    """
    flat = terminal(" ".join(text.split())).replace("&", "&amp;")
    flat = _BLOCK_START.sub(r"\1\\", _MARKDOWN.sub(r"\\\1", flat))
    for linked in ("://", "@", "#"):
        flat = flat.replace(linked, linked[:1] + "\u2060" + linked[1:])
    return flat
