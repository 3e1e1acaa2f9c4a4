"""See how a text is laid out: lists, tables, headings, JSON, emoji."""

from __future__ import annotations

import json
import re

SEEN = {
    "emoji": re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]"),
    "exclamation": re.compile("!"),
    "bullets": re.compile(r"^[ \t]*[-*•][ \t]+\S", re.MULTILINE),
    "numbered": re.compile(r"^[ \t]*\d+[.)][ \t]+\S", re.MULTILINE),
    "headings": re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE),
    "bold": re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__"),
    "table": re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE),
    "fence": re.compile(r"^[ \t]*```", re.MULTILINE),
    "links": re.compile(r"https?://|\]\("),
    "greeting": re.compile(r"\A\W*(?:hello|hi|hey|dear|good (?:morning|day|evening))\b", re.I),
    "html": re.compile(r"</?[a-z]+[^>]*>", re.I),
}
"""Name of a feature to the pattern that finds it."""


def is_json(text: str) -> bool:
    """Tell whether a text is one JSON value and nothing else."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
