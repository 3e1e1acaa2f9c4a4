"""Tell a plain order from a sentence that, in a long text, is more likely misread than meant.

The pairs of instructions grow with the square of a prompt's length, and with them the chances that
two sentences look like orders about one thing. So in a long prompt only plain ones are compared: a
short clause in prose that commands, allows or forbids. In a short one every clause is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.directives import IMPERATIVE_STEMS
from promptgate.language.stems import WORD, stem, stem_set, word_set

if TYPE_CHECKING:
    from promptgate.language.instructions import Instruction

LONG_PROMPT = 60
"""Clauses from which on a prompt is long."""
_LONG_CLAUSE = 18
_CODE = re.compile(r"[{}<>=`|\\\[\]]|->|→|::|\w_\w|\w/\w|https?:|\w\(|\.\w+\(|\be\.g\b|^\W*\"")
_ORDERS = re.compile(
    r"\b(?:must|should|shall|never|always|do not|don't|may not|cannot|can't|is to|are to|has to"
    r"|have to"
    r"|only|exclusively|not allowed|forbidden|prohibited|required|mandatory)\b"
)
_LED_BY = word_set(
    """please and but or also then so now first finally always never do don't not strictly only just
    simply under no circumstances at all times you must should may can cannot will important note
    remember the assistant"""
)


_OF_ANSWER = stem_set(
    "tone style voice answer reply response output language format length title summary register"
)


def is_plain(instruction: Instruction) -> bool:
    """Tell whether a clause of a long prompt is short, in prose and plainly an order."""
    words = [match.group() for match in WORD.finditer(instruction.text)]
    if not words or len(words) > _LONG_CLAUSE or _CODE.search(instruction.original):
        return False
    if _ORDERS.search(instruction.text) or instruction.subject in _OF_ANSWER:
        return True
    first = next((word for word in words if word not in _LED_BY), "")
    return stem(first) in IMPERATIVE_STEMS and not first.endswith(("s", "ing", "ed"))
