"""Compare what instructions speak of: the words of an object, its head, the part of an answer."""

from __future__ import annotations

import re

from promptgate.language.conditions import Words, content
from promptgate.language.contradictions.words.lexicon import (
    LANGUAGE_NAMES,
    PART_STEMS,
    WHOLE_STEMS,
    canonical,
)
from promptgate.language.stems import WORD, stem, stem_set, word_set

STOP = word_set(
    """a an the of in on at to for with and or any every each all your their his her its our this
    that these those it them they you i we be is are as by from about into what which who whom how
    when where there than so such some more most very own please also too only just ever never
    always not no if can may must should will would do does did has have had up out over under
    whatever anything everything whenever whether there's he she him us me my without both either
    it's you're don't himself herself themselves yourself while but because since then even own
    nothing anyone everyone per until before after via during within between against toward towards
    across among like throughout upon onto off"""
)
_HUMAN = re.compile(
    r"\b(?:human (?:agent|operator|representative|colleague|being|person)s?|real persons?)\b"
)
RECIPIENTS = word_set("user person reader someone anyone people them audience")
_LANGUAGE = canonical("language")
_RELATIONAL = word_set("political medical legal financial religious sexual")
_DAYS = {day: canonical("weekend") for day in ("saturday", "saturdays", "sunday", "sundays")} | {
    day: canonical("weekday") for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
}
_OF_SOMEBODY = stem_set("data information detail record account profile name address number file")


def object_words(text: str) -> tuple[Words, Words]:
    """Return the stems of an object's content words, and those that are no attribute of the next.

    Args:
        text: What follows a verb, folded.
    """
    text = _HUMAN.sub(lambda match: "human".ljust(len(match.group())), text)
    words, heads, attributes = [], [], set()
    matches = list(WORD.finditer(text))
    for index, match in enumerate(matches):
        word = match.group()
        if word in STOP:
            continue
        root = canonical(word)
        words.append(root)
        if word in _DAYS:
            words.append(_DAYS[word])
            heads.append(_DAYS[word])
        if word in _RELATIONAL:  # 'political issues' are politics
            heads.append(root)
        following = matches[index + 1] if index + 1 < len(matches) else None
        apart = following is None or text[match.end() : following.start()] != " "
        if apart or (
            following is not None and (following.group() in STOP or following.group() == "?")
        ):
            heads.append(root)
            if word in LANGUAGE_NAMES:  # 'switch to French' switches languages
                words.append(_LANGUAGE)
                heads.append(_LANGUAGE)
        elif following is not None and stem(following.group()) in _OF_SOMEBODY:
            attributes.add(root)  # 'customer data' is not data for a customer
    kept = frozenset(words) - (RECIPIENTS - attributes) or frozenset(words)
    return kept, frozenset(heads) & kept


def canonical_words(text: str) -> Words:
    """Return the canonical stems of a text's content words."""
    return frozenset(canonical(m.group()) for m in WORD.finditer(text) if m.group() not in STOP)


def part_named(text: str) -> str | None:
    """Return the last part of an answer that a text names, None where that is the whole."""
    found, end = None, -1
    for match in WORD.finditer(text):
        root = stem(match.group())
        if root not in PART_STEMS and root not in WHOLE_STEMS:
            continue
        if not (root in WHOLE_STEMS and found in PART_STEMS and end + 1 == match.start()):
            found = root  # 'commit message' is a part
        end = match.end()
    return found


_SCOPE = re.compile(
    r"\b(?:for|towards?|with|during|of|around|inside|between|near|next to|under|above|beside)\b"
    r" ([^,;:.]*)"
)
_EVERY = re.compile(r"(?:every|all|any|each|everyone|everything)\b")
_NOTHING = re.compile(r"(?:nothing|no|none|only)\b")
_WHATEVER = re.compile(r"\b(?:regardless|whatever|no matter|irrespective|even if|even when)\b")
_LINKS_TO = re.compile(r"\W*(?:to|into)\b ([^,;:.]*)")
_IN_PART = re.compile(r"\bin (?:the |your |a |each |every |any )?([\w' -]*)")


def scope_of(text: str, said: str, end: int, kind: str) -> Words:
    """Return what a property that ends at a position is for: 'quotation' in 'bold for quotations'.

    Args:
        text: The clause, folded.
        said: The words that name the property.
        end: Where they end.
        kind: The kind of the property; a tone 'with every mistake' is for everything.
    """
    scope: Words = frozenset()
    beyond = _WHATEVER.search(text, end)
    limit = beyond.start() if beyond else len(text)
    for found in _SCOPE.finditer(text, end, limit):
        if _NOTHING.match(found.group(1)):
            continue  # 'JSON with nothing around it' is for everything
        if kind == "tone" and _EVERY.match(found.group(1)):
            continue
        scope |= content(found.group(1))
    if (part := _IN_PART.search(text, end)) and part_named(part.group(1)) is not None:
        scope |= content(part.group(1))
    if "link" in said and (led := _LINKS_TO.match(text, end)):
        scope |= content(led.group(1))
    return scope - {"", "humor", "everyth"} - STOP
