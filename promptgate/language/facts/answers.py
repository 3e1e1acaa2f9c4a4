"""Read an answer together with its question: what it leaves out, the question says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.language.facts.lexicon import canonical
from promptgate.language.facts.statement import Statement
from promptgate.language.facts.statements import QUESTION_END, statements, values_of
from promptgate.language.facts.values import Amount
from promptgate.language.facts.wording import content, is_denied, phrases, words_of
from promptgate.language.folding import fold
from promptgate.language.sentences import sentences

if TYPE_CHECKING:
    from promptgate.language.facts.values import Words

_IT_IS = (
    r"(?:it|that|this|he|she|they|you|we|i|there)"
    r" (?:can|is|are|does|do|will|was|were|has|have|did)"
)
_YES_NO = re.compile(
    r"^\W*(?:(?P<no>no(?! need\b)|nope|unfortunately,? (?:not|no)|sorry,? (?:no|not)|i'm afraid not"
    rf"|{_IT_IS}(?: not|n't)(?=[.!,])|(?:can't|cannot)(?=[.!]))"
    r"|(?P<yes>yes|yep|correct|right|indeed|exactly|sure|absolutely|certainly|definitely|of course"
    rf"|{_IT_IS}(?=[.!]|, yes)))\b"
)
_HOW_MANY = re.compile(r"\bhow many (?:of (?:my|the|your|our|these|those) )?((?:\w+ )?)(\w+)")
_ASKS_TO_RECKON = re.compile(
    r"\bhow much (?:more|less|\w+er)\b|\bdifference\b|\b(?:in total|altogether|per person)\b"
    r"|\bhow (?:much|many) .{0,40}\b(?:left|save|each|expected)\b"
)


def of_answer(answer: str, question: str, known: Words) -> tuple[Statement, ...]:
    """Return the statements of an answer, read with the question that it answers.

    A clause without a subject of its own takes the question's words; 'Yes' and 'No' state or
    deny what was asked.
    """
    found = statements(answer, known)
    if not question:
        return found
    asked = question_of(question)
    words = content(asked)
    many = _HOW_MANY.search(fold(asked))
    read = [_asked(one, words, None if number else many) for number, one in enumerate(found)]
    if _ASKS_TO_RECKON.search(fold(asked)):
        read = [replace(one, reckons=True) for one in read]
    yes_no = _YES_NO.match(fold(answer))
    yes_or_no = re.match(
        r"\W*(?:is|are|was|were|do|does|did|can|could|may|will|would|has|have|must|should|am)\b",
        fold(asked),
    )
    if yes_no and yes_or_no and words and " or " not in asked:
        folded = phrases(fold(asked))
        denied = yes_no.group("no") is not None
        positive = not denied
        if is_denied(folded):  # 'Is it forbidden?' 'Yes.'
            positive = not positive
        values = tuple(values_of(asked, known))
        start, end = yes_no.span("no" if denied else "yes")
        own = Statement(
            (start, end), answer[start:end], words_of(folded, values), frozenset(), frozenset(),
            positive, not positive, values, elliptic=False, implied=True,
            claim=asked, denies=denied,
        )  # fmt: skip
        read.insert(0, own)
    return tuple(read)


def _asked(one: Statement, words: Words, many: re.Match[str] | None) -> Statement:
    values = one.values
    if many is not None:
        slot = f"count:{canonical(many.group(2))}"
        values = tuple(
            replace(value, slot=slot)
            if isinstance(value, Amount) and value.slot == "plain"
            else value
            for value in values
        )
    context = one.context | words if one.elliptic else one.context
    return replace(one, context=context, values=values, asked=words)


def question_of(text: str) -> str:
    """Return the last question of a text; the whole text where none is marked as one."""
    spans = [text[a:b] for a, b in sentences(text) if text[a:b].rstrip().endswith(QUESTION_END)]
    return spans[-1] if spans else text
