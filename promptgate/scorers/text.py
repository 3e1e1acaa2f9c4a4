"""Checks of the answer's text against given text or a pattern.

Case is ignored as Unicode defines it (casefold), and where text is not plain
ASCII both sides are compared in composed form (NFC), so that two ways to write
'é' are one letter; a pattern searches the answer as it was written. White space
around an answer never counts.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from promptgate.documents import describe
from promptgate.errors import ScorerError
from promptgate.scorers.interface import Case, Response, Score, missing_text
from promptgate.scorers.patterns import is_exponential
from promptgate.scorers.registry import scorer

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptgate.scorers.interface import Scorer


@scorer("contains")
def contains(text: str, *, ignore_case: bool = False) -> Scorer:
    """The answer has this text in it.

    Example:
        {contains: "Open Orders"}

    Args:
        text: What must be there.
        ignore_case: Whether capitals and small letters are the same.
    """
    return _all_of([text], _fold if ignore_case else _compose)


@scorer("icontains")
def icontains(text: str) -> Scorer:
    """The answer has this text in it, in capitals or not.

    Example:
        {icontains: "open orders"}

    Args:
        text: What must be there.
    """
    return _all_of([text], _fold)


@scorer("contains-any")
def contains_any(texts: list[str], *, ignore_case: bool = False) -> Scorer:
    """The answer has at least one of these texts in it.

    Example:
        {contains-any: ["refund", "money back"]}

    Args:
        texts: Of which one must be there.
        ignore_case: Whether capitals and small letters are the same.
    """
    return _any_of(texts, _fold if ignore_case else _compose)


@scorer("icontains-any")
def icontains_any(texts: list[str]) -> Scorer:
    """The answer has at least one of these texts in it, in capitals or not.

    Example:
        {icontains-any: ["refund", "money back"]}

    Args:
        texts: Of which one must be there.
    """
    return _any_of(texts, _fold)


@scorer("contains-all")
def contains_all(texts: list[str], *, ignore_case: bool = False) -> Scorer:
    """The answer has all of these texts in it.

    Example:
        {contains-all: ["Settings", "Reset"]}

    Args:
        texts: Which must all be there, in any order.
        ignore_case: Whether capitals and small letters are the same.
    """
    return _all_of(texts, _fold if ignore_case else _compose)


@scorer("icontains-all")
def icontains_all(texts: list[str]) -> Scorer:
    """The answer has all of these texts in it, in capitals or not.

    Example:
        {icontains-all: ["settings", "reset"]}

    Args:
        texts: Which must all be there, in any order.
    """
    return _all_of(texts, _fold)


@scorer("starts-with")
def starts_with(text: str, *, ignore_case: bool = False) -> Scorer:
    """The answer starts with this text; white space before it does not count.

    Example:
        {starts-with: "Dear customer"}

    Args:
        text: What must stand first.
        ignore_case: Whether capitals and small letters are the same.
    """
    wanted = _needle(text).lstrip()
    start = _fold(wanted) if ignore_case else _compose(wanted)
    there = f"the answer starts with {describe(text)}"
    absent = f"the answer does not start with {describe(text)}"

    def check(_case: Case, response: Response) -> Score:
        answer = response.text.lstrip()
        head = _fold(answer) if ignore_case else _compose(answer)
        if head.startswith(start):
            return Score(1.0, there)
        return missing_text(response) or Score(0.0, absent)

    return check


@scorer("equals")
def equals(text: str, *, ignore_case: bool = False) -> Scorer:
    """The answer is this text; white space around it does not count.

    Example:
        {equals: "Paris"}

    Args:
        text: What the whole answer must be.
        ignore_case: Whether capitals and small letters are the same.
    """
    normal = _fold if ignore_case else _compose
    wanted = normal(_needle(text).strip())
    same = f"the answer is {describe(text)}"
    other = f"the answer is not {describe(text)}"

    def check(_case: Case, response: Response) -> Score:
        if normal(response.text.strip()) == wanted:
            return Score(1.0, same)
        return missing_text(response) or Score(0.0, other)

    return check


@scorer("regex")
def regex(pattern: str) -> Scorer:
    """A regular expression is found in the answer.

    The pattern is Python's, searched anywhere (write ^ and $ for the ends, (?i) to
    ignore case, (?s) to let a dot match a line end). A pattern that could take
    exponential time on some answers is refused.

    Example:
        {regex: '(?i)within [0-9]+ (days|weeks)'}

    Args:
        pattern: The expression.
    """
    shown = describe(pattern).replace("\\\\", "\\")
    try:
        search = re.compile(_needle(pattern)).search
    except (re.error, OverflowError, RecursionError) as error:
        raise ScorerError(
            f"the pattern {shown} is no regular expression ({error}); correct it."
        ) from None
    if is_exponential(pattern):
        raise ScorerError(
            f"the pattern {shown} can take exponential time, as a loop in it reads some text in "
            "several ways; make the inner loop possessive (a++) or separate what it repeats."
        )
    found = f"the pattern {shown} is found in the answer"
    absent = f"the pattern {shown} is not found in the answer"

    def check(_case: Case, response: Response) -> Score:
        match = search(response.text)
        missing = missing_text(response)
        if missing is not None:
            return missing
        return Score(1.0, found, None, match.span()) if match else Score(0.0, absent)

    return check


def _compose(text: str) -> str:
    """Return the text in composed form; plain ASCII and composed text as it is."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _fold(text: str) -> str:
    """Return the composed text without difference of capitals."""
    return _compose(_compose(text).casefold())


def _needle(text: str) -> str:
    if not text.strip():
        raise ScorerError(
            f"the text {describe(text)} is blank and would always be found; name one."
        )
    return text


def _needles(texts: list[str], normal: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return each text as it is searched for and as it is shown."""
    if not texts:
        raise ScorerError("the list of texts is empty, so nothing could be found; name one.")
    return [(normal(_needle(text)), describe(text)) for text in texts]


def _any_of(texts: list[str], normal: Callable[[str], str]) -> Scorer:
    needles = _needles(texts, normal)
    absent = f"none of {', '.join(shown for _, shown in needles)} is in the answer"

    def check(_case: Case, response: Response) -> Score:
        answer = normal(response.text)
        for needle, shown in needles:
            start = answer.find(needle)
            if start >= 0:
                span = _span(response.text, answer, start, needle)
                return Score(1.0, f"{shown} is in the answer", None, span)
        return missing_text(response) or Score(0.0, absent)

    return check


def _all_of(texts: list[str], normal: Callable[[str], str]) -> Scorer:
    needles = _needles(texts, normal)
    there = (
        f"{', '.join(shown for _, shown in needles)} {'are' if needles[1:] else 'is'} in the answer"
    )

    def check(_case: Case, response: Response) -> Score:
        answer = normal(response.text)
        span = None
        for needle, shown in needles:
            start = answer.find(needle)
            if start < 0:
                return missing_text(response) or Score(0.0, f"{shown} is not in the answer")
            span = _span(response.text, answer, start, needle)
        return Score(1.0, there, None, span)

    return check


def _span(text: str, answer: str, start: int, needle: str) -> tuple[int, int] | None:
    """Return where the text stands in the answer, unless its normal form may have moved it."""
    moved = answer is not text and not text.isascii()
    return None if moved else (start, start + len(needle))
