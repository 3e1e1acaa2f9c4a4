"""Read attributes that shut each other out, and names in a role: made of, written by, is in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.facts.lexicon import (
    ATTRIBUTE,
    COUNTRIES,
    PHRASED,
    STOP,
    STREETS,
    TITLES,
    TREND,
    VERBS,
    canonical,
)
from promptgate.language.facts.units import UNITS
from promptgate.language.facts.values import Trait
from promptgate.language.stems import WORD, stem, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.facts.values import Words

_NAME = re.compile(
    r"[A-Z][\w'’&-]*(?:(?: (?:of|de|la|van|von|der)(?= [A-Z]))? [A-Z][\w'’&-]*)*"
    r"(?:, [A-Z][\w'’&-]*)*"
)
_BEFORE = re.compile(r"([\w'-]+) (?:the |our |your |a )?$")
_ROLES = word_set("""by in at from to with near via is are was were called named as on""")
_SAME_ROLE = {"are": "is", "was": "is", "were": "is", "named": "called", "at": "in", "on": "in"}
_PREDICATE = re.compile(r"\b(?:is|are|was|were|be|turns?|becomes?|of|in|stays?|from|only|just)\W*$")
_LIST = re.compile(r",? ?(?:and |or |in )?")
_COPULA = re.compile(r"^ (?:is|was|are|were)\b(?! (?:\w+ed|not|a|an|made|found)\b)")
_ACTIVE = re.compile(r"^ (?:(?:has|have|had) )?(?:\w{2,}ed|wrote|built|made|won|sang|drew)\b")
_SUBJECT = re.compile(
    r"\b(?P<noun>[a-z][\w-]+) (?:is|are|was|were|stays?|becomes?|remains?|looks?)"
    r"(?: (?:all|made|only|mostly|entirely|always|now|still|of|completely|fully))* $"
)
MENTION = "mention"
"""The slot of a proper name wherever it stands."""
_ROLE_CLASS = {
    **dict.fromkeys(["in", "at", "on", "near", "inside", "outside"], "place"),
    "from": "from", "to": "to", "by": "by", "with": "with", "for": "for", "of": "of",
    **dict.fromkeys(["called", "named", "as"], "called"),
}  # fmt: skip
_DEMONYM = re.compile(r"(?:ish|ese|ean|[aeilr]an|ench|utch|eek)$")
DECADE = "decade"
"""The slot of 'the 1970s'."""
_DECADE = re.compile(r"\b(?:1[5-9]|20)\d0s\b")
_PHRASED = [(slot, re.compile(rf"\b{pattern}\b")) for slot, pattern in PHRASED.items()]
_NOUNS = re.compile(r"(?: [a-z][\w-]*){1,3}")
_CALENDAR = re.compile(
    r"^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$|^(?:january|february|march|april|may|june"
    r"|july|august|september|october|november|december)$"
)


def traits(folded: str) -> Iterator[Trait]:
    """Yield the attributes of a clause; those in a list are one trait."""
    for match in _DECADE.finditer(folded):
        yield Trait(DECADE, frozenset({match.group()}), match.group(), match.span())
    for slot, pattern in _PHRASED:
        for match in pattern.finditer(folded):
            name = match.group(1)
            yield Trait(slot, frozenset({name}), match.group(), match.span())
    found: list[Trait] = []
    for match in WORD.finditer(folded):
        word = match.group()
        attribute = ATTRIBUTE.get(word) or ATTRIBUTE.get(stem(word))
        if attribute is None:
            continue
        slot, name = attribute
        lone = _PREDICATE.search(folded[: match.start()]) is not None
        after = WORD.match(folded, match.end() + 1) if folded[match.end() :][:1] == " " else None
        modifies = after is not None and after.group() not in STOP and not lone
        before = found[-1] if found else None
        if (
            before
            and before.slot == slot
            and _LIST.fullmatch(folded[before.span[1] : match.start()])
        ):
            span = before.span[0], match.end()
            names = before.names | {name}
        else:
            span, names, before = match.span(), frozenset({name}), None
        if before:
            found.pop()
        head = _head(folded, span, modifies)
        modifies = modifies and slot != TREND
        found.append(Trait(slot, names, folded[slice(*span)], span, modifies, head))
    yield from found


def _head(folded: str, span: tuple[int, int], modifies: bool) -> str:
    """Return the stem of the noun that an attribute describes; '' where that is not plain."""
    if not modifies:
        subject = _SUBJECT.search(folded[: span[0]])
        return canonical(subject.group("noun")) if subject else ""
    run = _NOUNS.match(folded, span[1])
    if run is None:
        return ""
    head = ""
    for word in run.group().split():
        if word in STOP or (head and stem(word) in VERBS):
            break
        head = word
    return canonical(head) if head else ""


def names(original: str, folded: str, known: Words) -> Iterator[Trait]:
    """Yield the names of a clause that stand in a role.

    Args:
        original: The clause as it is written.
        folded: The clause, folded.
        known: Folded words that are names wherever they stand, the start of a sentence included.
    """
    for match in _NAME.finditer(original):
        first = match.group().split(", ")[0]
        words = [word for word in WORD.findall(first) if word.lower() not in TITLES]
        tokens = frozenset(word.lower() for word in words)
        if not tokens or all(
            token in STOP or _CALENDAR.match(token) or stem(token) in ATTRIBUTE for token in tokens
        ):
            continue
        before = _BEFORE.search(folded[: match.start()])
        role = before.group(1) if before else ""
        opens = not folded[: match.start()].strip(" \"“'*_-")
        if opens:
            if len(tokens) < 2 and not tokens & known:  # 'Breakfast is …'
                continue
            rest = folded[match.end() :]
            role = "by" if _ACTIVE.match(rest) else "is" if _COPULA.match(rest) else ""
        if role not in _ROLES:
            continue
        kind = _kind(words)
        slot = f"name:{_SAME_ROLE.get(role, role)}{kind}"
        yield Trait(slot, tokens - STREETS or tokens, match.group(), match.span())


def mentions(original: str, folded: str, known: Words) -> Iterator[Trait]:
    """Yield every proper name of a clause, in whatever role; the role is its slot.

    Args:
        original: The clause as it is written.
        folded: The clause, folded.
        known: Folded words that are names wherever they stand, the start of a sentence included.
    """
    for match in _NAME.finditer(original):
        first = match.group().split(", ")[0]
        tokens = frozenset(
            token
            for word in WORD.findall(first)
            if (token := word.lower().removesuffix("'s")) not in TITLES | STOP
        )
        if re.search(r"-[a-z]", first):  # 'a Warsaw-born scientist'
            continue
        opens = not re.search(r"\w", original[: match.start()])
        if opens and not tokens & known and len(tokens) < 2:
            continue
        if not tokens or all(
            _CALENDAR.match(token) or stem(token) in ATTRIBUTE for token in tokens
        ):
            continue
        if all(token in UNITS or len(token) < 2 or _DEMONYM.search(token) for token in tokens):
            continue
        before = _BEFORE.search(folded[: match.start()])
        role = _ROLE_CLASS.get(before.group(1), "") if before else ""
        role = "subject" if opens and not _COPULA.match(folded[match.end() :]) else role
        is_code = any(char.isdigit() for char in first)
        yield Trait(
            f"{MENTION}:{role}{':code' if is_code else _kind(WORD.findall(first))}",
            tokens,
            first,
            (match.start(), match.start() + len(first)),
        )


def known_names(text: str) -> Words:
    """Return the folded words that a text writes with a capital inside a sentence."""
    found = re.findall(r"(?<=[a-z,] )[A-Z][\w'’-]*", text)
    return frozenset(word.lower() for word in found)


def titled(text: str) -> Iterator[tuple[str, Words]]:
    """Yield the names of several words in a text: the last word, and the others.

    'North Sea' is 'sea' and {north}; what its last word says, another name may say of another.
    """
    for match in _NAME.finditer(text):
        first = match.group().split(", ")[0]
        words = [w.lower() for w in WORD.findall(first) if w.lower() not in TITLES | {"the", "our"}]
        if len(words) > 1 and not any(_CALENDAR.match(word) for word in words):
            yield words[-1], frozenset(words[:-1])


def _kind(words: list[str]) -> str:
    last = words[-1].lower()
    if last in STREETS and len(words) > 1:
        return ":street"
    return ":country" if last in COUNTRIES else ""
