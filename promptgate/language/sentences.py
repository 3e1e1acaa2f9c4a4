"""Split text as models write it into sentences: prose, lists, headings, code, CJK.

A rule-based splitter, because a trained one costs a dependency and a thousand times
the time. It is lazy: a caller that needs the opening of an answer pays for the opening.
Fenced code is one unit, so that no full stop in a program ends a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]

_BREAK = re.compile(
    r"""
      (?P<code> ^[ ]{0,3}```.*?(?:^[ ]{0,3}```[^\n]*$|\Z) )   # a fence, to its end
    | (?P<cjk> [。！？]+[」』”’）]* )                           # no space follows these
    | (?P<stop> [.!?…]+["'”’»)\]*_]*(?=\s) )
    | (?P<line> \n[ \t]*\n
              | \n(?=[ \t]*(?:[-*•+>#|]|\d{1,3}[.)])[ \t]?)      # an item, a quote, a heading
              | (?<=[:：])[*_]*\n )
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_ABBREVIATED = """
    mr mrs ms dr prof sr jr st vs etc e.g i.e eg ie cf al approx dept est fig figs inc ltd co
    corp no nos op p pp ed eds vol vs u.s u.k u.s.a d.c a.m p.m ph.d m.d b.a m.a jan feb mar
    apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun gen col lt sgt rep sen
    gov rev hon z.b d.h u.a bzw ca usw evtl ggf vgl p.ex ej sra dott sig
"""
_TIME_OF_DAY = re.compile(r"\d ?[ap]\.m\Z", re.IGNORECASE)
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_LAST_WORD = re.compile(r"(?:[^\s(\[\"'“«]|(?<=\w)')*$")  # 'don't.' ends in no initial
_MEASURED = re.compile(r"(?:\d |\d|°|degrees? )[a-zA-Z]$")  # a unit, not an initial
_WINDOW = 24


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the sentences of a text, or of a part of it, as spans without outer white space.

    A list item, a heading and a fenced block of code end where they end, with or without a
    full stop. A full stop after an abbreviation, an initial or the number of an item, and one
    that a small letter follows, ends nothing.
    """
    limit = len(text) if end is None else end
    begin = start
    for match in _BREAK.finditer(text, start, limit):
        if match.lastgroup == "code":
            if (span := _strip(text, begin, match.start())) is not None:
                yield span
            yield match.span()
        elif match.lastgroup == "stop" and _goes_on(text, begin, match.start(), match.end()):
            continue
        elif (span := _strip(text, begin, match.end())) is not None:
            yield span
        begin = match.end()
    if (span := _strip(text, begin, limit)) is not None:
        yield span


def sentence_at(text: str, position: int, reach: int = 600) -> Span:
    """Return the sentence that a position is in.

    Args:
        text: The whole text.
        position: An index into it.
        reach: How far to look, in characters, either way; a longer sentence is cut there.
    """
    paragraph = text.rfind("\n\n", max(0, position - reach), position)
    begin = max(0, position - reach) if paragraph < 0 else paragraph
    for span in sentences(text, begin, min(len(text), position + reach)):
        if span[1] > position:
            return span
    return position, len(text)


def _strip(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _goes_on(text: str, begin: int, stop: int, end: int) -> bool:
    """Tell whether the sentence goes on after what looks like its end."""
    mark = text[stop:end]
    after = text[end : end + _WINDOW].lstrip()
    if after[:1].islower() and not mark.startswith(("!", "?")):
        return True
    if mark != ".":
        return False
    found = _LAST_WORD.search(text, max(begin, stop - _WINDOW), stop)
    word = found.group() if found else ""
    if len(word) == 1 and _MEASURED.search(text, max(begin, stop - _WINDOW), stop):  # '45 g.'
        return False
    if word.isdigit():  # the number of a list item, not a year that ends a sentence
        line = text.rfind("\n", 0, stop) + 1
        return not text[max(line, begin) : stop - len(word)].strip(" \t*_#>")
    if word.lower() in ("no", "nos"):  # 'no. 5', but not '… yes or no.'
        return after[:1].isdigit()
    if _TIME_OF_DAY.search(text, max(begin, stop - _WINDOW), stop):
        return False  # 'at 9 p.m. Then …'
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "I")
