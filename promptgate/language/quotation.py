"""Tell what a text says from what it quotes: quotation marks, code, block quotes, speakers.

A writer who quotes a sentence has not said it. Separate from the splitting of sentences
because a quotation may hold several, or a part of one.
"""

from __future__ import annotations

import re

_PAIRS = ("“”", "«»", "„“", "「」", "『』", "‹›", "»«")
_SPEAKER = re.compile(
    r"[ \t>*_\-]*(?:\*\*|__)?([A-Z][\w.'’-]{0,20}(?:[ ][A-Z][\w.'’-]{0,20}){0,2})"
    r"(?:\*\*|__)?\s?[:：](?:\*\*|__)?\s"
)


def inside_quotation(text: str, position: int) -> bool:
    """Tell whether a position is inside a quotation, inline or fenced code, or a block quote.

    Quotation marks are paired within the paragraph; an answer that begins with a paragraph
    in quotation marks as a whole quotes nobody there.
    """
    said = text[:position]
    if said.isascii() and '"' not in said and "`" not in said and ">" not in said:
        return False
    if said.count("```") % 2:
        return True
    line = text.rfind("\n", 0, position) + 1
    if text[line:position].lstrip().startswith(">"):
        return True
    start = text.rfind("\n\n", 0, position) + 1
    before = text[start:position]
    if before.count("`") % 2:
        return True
    whole = "" if text[:start].strip() else _first_paragraph(text, position)
    if before.count('"') % 2 and not _is_whole(whole, '"', '"'):
        return True
    return any(
        before.rfind(mark[0]) > before.rfind(mark[1]) and not _is_whole(whole, *mark)
        for mark in _PAIRS
        if mark[0] in before
    )


def speaker_of_line(text: str, position: int) -> str | None:
    """Return who speaks in the line of a position, as in 'Guard: Halt!'; None if nobody does."""
    line = text.rfind("\n", 0, position) + 1
    if text.find(":", line, position) < 0 and text.find("：", line, position) < 0:
        return None
    match = _SPEAKER.match(text, line, position)
    return match.group(1).strip() if match else None


def _first_paragraph(text: str, position: int) -> str:
    """Return the text up to the end of a position's paragraph, without white space and emphasis."""
    end = text.find("\n\n", position)
    return text[: end if end >= 0 else len(text)].strip(" \t\n*_")


def _is_whole(paragraph: str, opening: str, closing: str) -> bool:
    """Tell whether an answer begins with a paragraph that is one quotation, of nothing else."""
    return len(paragraph) > 1 and paragraph.startswith(opening) and paragraph.endswith(closing)
