"""Checks of how long an answer is and whether it came to its end.

Separate from the checks of text because these look at the answer as a whole and
read why the model stopped.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from promptgate.errors import ScorerError
from promptgate.scorers.interface import Case, Response, Score, missing_text
from promptgate.scorers.registry import scorer
from promptgate.scorers.words import count_words

if TYPE_CHECKING:
    from promptgate.scorers.interface import Scorer

_CUT = {
    "max_tokens": "the answer was cut at max_tokens",
    "model_context_window_exceeded": "the answer was cut at the end of the context window",
    "pause_turn": "the answer was paused, not ended",
    "refusal": "the answer was broken off by the API's refusal",
}
_ENDS = frozenset(".!?…。！？｡‼⁇⁈⁉؟۔।॥։።᙮᠃")
_CLOSERS = "\"'”’»«›‹)]}）」』】〉》*_`~"
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+•–◦▪]|\d{1,3}[.)]|[A-Za-z][.)])[ \t]+\S|[ \t]*\|.*\|$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_COMPLETE = Score(1.0, "the answer ends as a sentence")
_LIST = Score(1.0, "the answer ends with an item of a list or table")
_CODE = Score(1.0, "the answer ends with a code block")
_CALL = Score(1.0, "the answer ends with a tool call")
_OPEN_CODE = Score(0.0, "the answer ends inside a code block")


@scorer("word-count")
def word_count(
    count: int | None = None,
    *,
    min: int | None = None,  # noqa: A002  # what a suite writes
    max: int | None = None,  # noqa: A002  # what a suite writes
) -> Scorer:
    """The answer has this many words.

    Words are separated by white space; a Chinese character or Japanese kana is one.

    Example:
        {word-count: {min: 5, max: 60}}

    Args:
        count: The exact number, instead of limits.
        min: The smallest number.
        max: The largest number.
    """
    if count is not None and (min is not None or max is not None):
        raise ScorerError("a 'count' cannot stand beside 'min' or 'max'; keep one.")
    low, high = (count, count) if count is not None else (min, max)
    if low is None and high is None:
        raise ScorerError("no limit is given; write {word-count: {min: 5, max: 60}}.")
    if (low is not None and low < 0) or (high is not None and high < 1):
        raise ScorerError(
            f"'min' must be from 0 and 'max' from 1, but got {low!r} and {high!r}; "
            "an answer without a word never passes."
        )
    if low is not None and high is not None and low > high:
        raise ScorerError(f"'min' {low} is above 'max' {high}, so no answer could pass; swap them.")

    def check(_case: Case, response: Response) -> Score:
        missing = missing_text(response)
        if missing is not None:
            return missing
        words = count_words(response.text)
        if low is not None and words < low:
            return Score(0.0, f"the answer has {words} words, fewer than {low}")
        if high is not None and words > high:
            return Score(0.0, f"the answer has {words} words, more than {high}")
        return Score(1.0, f"the answer has {words} words")

    return check


@scorer("complete")
def complete() -> Scorer:
    """The answer came to its end: it was not cut, and ends as a sentence.

    An item of a list, a row of a table, a closed code block, a web address, an
    emoji or a tool call is an end too; a comma, a colon, an open code block or a
    bare word is not. Languages without a mark at the end of a sentence (Thai,
    Lao) are judged by the stop reason alone.

    Example:
        complete
    """
    return _complete


def _complete(_case: Case, response: Response) -> Score:
    cut = _CUT.get(response.stop_reason or "")
    missing = missing_text(response)
    if cut is not None and (missing is None or response.stop_reason != "refusal"):
        return Score(0.0, cut)
    if response.tool_calls:
        return _CALL
    if missing is not None:
        return missing
    text = response.text.rstrip()
    if text.count("```") % 2:
        return _OPEN_CODE
    if text[-1] in _ENDS:
        return _COMPLETE
    return _ending(text)


def _ending(text: str) -> Score:
    """Judge an answer whose last character is no full stop."""
    if text.endswith("```"):
        return _CODE
    body = text.rstrip(_CLOSERS)
    last = body[-1:]
    if last in _ENDS and last:
        return _COMPLETE
    line = text[text.rfind("\n") + 1 :]
    if last and last not in ",;:，、；：-–—(" and (_LIST_ITEM.match(line)):
        return _LIST
    symbol = unicodedata.category(text[-1]) in ("So", "Sk") or text[-1] == "\ufe0f"
    if symbol or _ADDRESS.search(line) or "\u0e01" <= last <= "\u0edf":
        return _COMPLETE
    start = max(0, len(text) - 24)
    return Score(
        0.0, f"the answer ends in the middle, at {text[start:]!r}", None, (start, len(text))
    )
