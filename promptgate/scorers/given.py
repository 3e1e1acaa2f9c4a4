"""What an answer can be held against: the question, and what the case, prompt and talk state.

Scorers of contradiction and helpfulness read the same things of a case. What a customer claims
is no fact: of the user's own words only what they say of themselves counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from promptgate.language import sentences

if TYPE_CHECKING:
    from promptgate.scorers.interface import Case, Response

_QUESTION_NAMES = frozenset(
    {"question", "query", "message", "input", "request", "user_input", "prompt", "ask"}
)
_OWN = re.compile(r"\b(?:i|i'm|i've|my|we|we've|our|mine)\b", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(?:heard|hear|think|thought|believe|read|told|guess|suppose|maybe|perhaps|saw|says?|said"
    r"|want|would|could|should|can|wonder|assume|expect|hope|need|like|please|if)\b",
    re.IGNORECASE,
)


def question(case: Case, response: Response) -> str:
    """Return what was asked last; '' where that is not known.

    Where the case gives variables, it is the one called 'question' or the like, else the one
    with a question mark.
    """
    for message in reversed(_messages(case, response)):
        if message.get("role") == "user":
            return text_of(message.get("content"))
    texts = _texts(case)
    for name, text in texts.items():
        if name.lower() in _QUESTION_NAMES:
            return text
    return next((text for text in texts.values() if "?" in text), "")


def facts_of_vars(case: Case) -> list[str]:
    """Return the case's text variables that state something, without what the user asks."""
    return [
        text
        for name, text in _texts(case).items()
        if name.lower() not in _QUESTION_NAMES and "?" not in text
    ]


def conversation(case: Case, response: Response) -> list[str]:
    """Return what was said before the answer: earlier answers, and what users say of themselves."""
    messages = _messages(case, response)
    said = [message for message in messages if message.get("role") in ("user", "assistant")]
    found = []
    for message in said:
        text = text_of(message.get("content"))
        found.append(_own_words(text) if message.get("role") == "user" else text)
    if not said:
        found.append(_own_words(question(case, response)))
    return [text for text in found if text]


def text_of(content: Any) -> str:
    """Return the text of a message's content, which is a text or a list of blocks."""
    if isinstance(content, str):
        return content
    if not isinstance(content, Sequence):
        return ""
    blocks = [block for block in content if isinstance(block, Mapping)]
    return "\n".join(str(b.get("text", "")) for b in blocks if b.get("type") == "text")


def _messages(case: Case, response: Response) -> Sequence[Mapping[str, Any]]:
    asked = response.asked if response.asked is not None else case.messages
    return asked or ()


def _texts(case: Case) -> dict[str, str]:
    return {name: value for name, value in case.vars.items() if isinstance(value, str) and value}


def _own_words(text: str) -> str:
    """Return the sentences in which somebody tells of themselves, and not what they were told."""
    return " ".join(_own_sentences(text))


def _own_sentences(text: str) -> Iterator[str]:
    for start, end in sentences(text):
        sentence = text[start:end]
        if _OWN.search(sentence) and not _REPORTED.search(sentence) and "?" not in sentence:
            yield sentence
