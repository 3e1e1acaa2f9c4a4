"""Tell what a text says from what it quotes: quotation marks, code, block quotes, speakers.

A writer who quotes a sentence has not said it. Separate from the splitting of sentences
because a quotation may hold several, or a part of one.
"""

from __future__ import annotations

import re

_PAIRS = ("“”", "«»", "„“", "「」", "『』", "‹›", "»«")
_SPEAKER = re.compile(r"[ \t>*_\-]*(?:\*\*|__)?([A-Z][\w.'’ -]{0,28}?)(?:\*\*|__)?\s?[:：](?:\*\*|__)?\s")


def inside_quotation(text: str, position: int) -> bool:
    """Tell whether a position is inside a quotation, inline or fenced code, or a block quote.

    Quotation marks are paired within the paragraph; a text that is one quotation as a whole
    is not a quotation of anything.
    """
    if text.count("```", 0, position) % 2:
        return True
    line = text.rfind("\n", 0, position) + 1
    if text[line:position].lstrip().startswith(">"):
        return True
    paragraph = max(text.rfind("\n\n", 0, position) + 1, 0)
    before = text[paragraph:position]
    if before.count("`") % 2:
        return True
    if before.count('"') % 2 and not _is_whole(text, '"', '"'):
        return True
    return any(
        before.rfind(mark[0]) > before.rfind(mark[1]) and not _is_whole(text, *mark)
        for mark in _PAIRS
        if mark[0] in before
    )


def speaker_of_line(text: str, position: int) -> str | None:
    """Return who speaks in the line of a position, as in 'Guard: Halt!'; None if nobody does."""
    line = text.rfind("\n", 0, position) + 1
    match = _SPEAKER.match(text, line, position)
    return match.group(1).strip() if match else None


def _is_whole(text: str, opening: str, closing: str) -> bool:
    bare = text.strip()
    return bare.startswith(opening) and bare.endswith(closing) and len(bare) > 1
