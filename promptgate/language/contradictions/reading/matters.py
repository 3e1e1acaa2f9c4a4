"""Read what a clause is about as a whole: the same words asked for here and ruled out there.

The last resort beside properties, amounts and actions, for words that are in no table: 'jokes are
not appropriate' and 'lighten the mood with a joke'. What is ruled out must stand in the other
clause nearly word for word, with nothing between that changes its meaning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Matter
from promptgate.language.contradictions.reading.nouns import STOP
from promptgate.language.contradictions.reading.verbs import phrase
from promptgate.language.contradictions.words.lexicon import ANTONYMS, canonical
from promptgate.language.directives import IMPERATIVE_STEMS
from promptgate.language.stems import WORD, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_DENIAL = re.compile(
    r"\b(?:not|never|cannot|no|avoid(?:ing)?|forbidden|prohibited|banned|refrain|stop|unacceptable"
    r"|inappropriate)\b|n't\b"
)
# What limits a denial, or a wish, so that something of it is left.
_LIMITS = re.compile(
    r"""\b(?:without|before|until|unless|only|just|more|less|fewer|than|too|again|instead
        |rather|first
    |last|other|else|but|except|anything|anyone|twice|every|all|always|overly?|excessive\w*|because
    |unnecessar\w+|needlessly|what|how|whether|which|who|if|when|while|or|nor|neither
    |yourself|once|any\ longer|as)\b""",
    re.VERBOSE,
)
_WISH_LIMITS = re.compile(
    r"\b(?:without|instead|rather|only|unless|except|if|not|other than|how (?:to|they can)"
    r"|explain (?:that|why)"
    r"|say (?:that|why))\b"
)
_OFTEN = re.compile(r"\b(?:every|once an?|each|once every) (?P<unit>hour|day|week|month|year)\b")
_OFTEN_WORD = {
    "hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly", "year": "yearly",
}  # fmt: skip
_STATES = re.compile(r"\b(?:is|are|stays?|remains?) [\w-]+")
_DIGITS = re.compile(r"\d+")
_MAY = re.compile(
    r"^\W*(?:the |all |our )?\w+ (?:may|can|are (?:allowed|permitted|free|welcome) to)\b"
)
_LIGHT = word_set(
    """please should must shall appropriate acceptable allowed permitted needed use uses used using
    used make makes give given feel free let ensure include included try want user users customer
    customers appear okay fine say tell mention always sure"""
)
_ENDINGS = (("ussion", "uss"), ("ation", ""), ("ion", ""), ("ment", ""), ("ance", ""))
_SOMEBODY = re.compile(r"\b(?:users?|customers?)\b")
_FAR = 2


def matters(instruction: Instruction) -> Iterator[Matter]:
    """Yield what a clause rules out or asks for, as its content words in order."""
    text = instruction.text
    told = f"{instruction.lead} {text}"
    denials = len(_DENIAL.findall(told))
    if denials > 1 or (denials and _LIMITS.search(_DENIAL.sub(" ", told))):
        return
    if not denials and (
        _WISH_LIMITS.search(text)
        or (instruction.is_foreign and not _MAY.match(text))
        or (not _commands(instruction) and not _MAY.match(text) and not _STATES.search(text))
    ):
        return
    if not denials and (may := _MAY.match(text)) is not None:
        text = text[may.end() :]
    text = _OFTEN.sub(lambda match: f" {_OFTEN_WORD[match.group('unit')]} ", text)
    words = tuple(
        word
        for match in WORD.finditer(text)
        if (word := _matter(match.group())) is not None and not match.group().isdigit()
    )
    if len(words) == 1 and _SOMEBODY.search(text):  # 'deleting users' is not deleting
        return
    if words:
        yield Matter(instruction, "permission", words, positive=not denials)


def _commands(instruction: Instruction) -> bool:
    """Tell 'lighten the mood' from a fragment such as 'introduction of ideas'."""
    found = phrase(instruction)
    return found is not None and (
        found.explicit or found.verb in IMPERATIVE_STEMS or bool(found.groups - {found.verb})
    )


def ruled_out(wish: Matter, denial: Matter) -> bool:
    """Tell whether a wish is, nearly word for word, what a denial rules out."""
    wanted = set(denial.words)
    if not wanted <= set(wish.words):
        return False
    if len(wanted) == 1 and len(wish.words) > _FAR and not wanted <= _TELLING_ALONE:
        return False
    places = [index for index, word in enumerate(wish.words) if word in wanted]
    last = wish.words[places[-1]]
    if last == denial.words[0] and f" to {last}" in wish.instruction.text:
        return False  # 'draft an email to send' sends none
    span = places[-1] - places[0] + 1
    return span <= len(wanted) + (_FAR - 1)


def without_opposite(wish: Matter) -> Iterator[frozenset[str]]:
    """Yield a wish's words without one that has an opposite, for each such word."""
    words = frozenset(wish.words)
    for word in words & _OPPOSABLE:
        if len(words) > 1:
            yield words - {word}


_OPPOSABLE = frozenset(word for pair in ANTONYMS for word in pair)


def are_opposite(a: Matter, b: Matter) -> bool:
    """Tell whether two wishes differ in a word and its opposite: 'closed', 'open on Sundays'."""
    first, second = set(a.words), set(b.words)
    rest = first & second
    numbers = [_DIGITS.findall(one.instruction.text) for one in (a, b)]
    return (
        bool(rest)
        and numbers[0] == numbers[1]
        and frozenset((first | second) - rest) in ANTONYMS
        and len(first) == len(second) == len(rest) + 1
    )


_TELLING_ALONE = frozenset(
    canonical(word)
    for word in word_set(
        "joke jokes sarcasm emoji slang jargon gossip politics apologise flatter speculate swear"
    )
)


def _matter(word: str) -> str | None:
    if word in STOP or word in _LIGHT or _DENIAL.fullmatch(word):
        return None
    root = canonical(word)
    for ending, plain in _ENDINGS:
        if root.endswith(ending) and len(root) > len(ending) + 3:
            return root[: -len(ending)] + plain
    return root
