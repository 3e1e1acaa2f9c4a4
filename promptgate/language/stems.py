"""Bring words to a common form, so that 'mentions a price' meets 'mentioning prices'.

A handful of suffix rules for English: forms that nobody reads, made only to be compared.
Separate because instructions, actions and priorities all compare words this way.
"""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")

_IRREGULAR = {
    "children": "child", "children's": "child", "kids": "child", "kid": "child", "men": "man",
    "women": "woman", "people": "person", "criteria": "criterion", "gave": "giv",
    "given": "giv", "spoken": "speak", "spoke": "speak", "written": "writ", "wrote": "writ",
    "told": "tell", "said": "say", "sent": "send", "shown": "show", "taken": "tak", "made": "mak",
    "kept": "keep", "used": "us", "using": "us", "use": "us", "uses": "us", "studies": "study",
    "note": "note", "notes": "note", "laypeople": "layperson", "laymen": "layperson",
    "layman": "layperson", "reply": "reply", "apply": "apply", "supply": "supply",
    "family": "family", "italy": "italy",
}  # fmt: skip


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the form under which a word is compared.

    Args:
        word: One word, folded (see fold()).
    """
    word = word.removesuffix("'s").removesuffix("'")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 3 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("zzes"):
        word = word[:-3]
    elif len(word) > 3 and word.endswith(("sses", "xes", "ches", "shes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "sis", "this")):
        word = word[:-1]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for suffix in ("ing", "ed", "ly"):
        if (
            len(word) > len(suffix) + 2
            and word.endswith(suffix)
            and re.search("[aeiouy]", word[: -len(suffix)])
        ):
            word = word[: -len(suffix)]
            if (
                len(word) > 3
                and word[-1] == word[-2]
                and (word[-1] not in "lsz" or (word[-1] == "l" and len(word) > 5))
            ):
                word = word[:-1]
            break
    if word.endswith("iz"):
        word = word[:-1] + "s"
    if word.endswith("ize"):
        word = word[:-2] + "s"
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word


def stems(text: str) -> list[str]:
    """Return the stems of a folded text's words, in order."""
    return [stem(match.group()) for match in WORD.finditer(text)]


def word_list(text: str) -> list[str]:
    """Return the words of a list that is written as text, in order."""
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(text.split())


def stem_set(text: str) -> frozenset[str]:
    """Return the stems of a list of words that is written as text."""
    return frozenset(stem(word) for word in text.split())
