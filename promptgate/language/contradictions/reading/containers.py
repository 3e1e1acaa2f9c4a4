"""Tell what an amount is of: the answer, a part of it, or the quiz that has ten questions."""

from __future__ import annotations

import re

from promptgate.language.contradictions.reading.nouns import STOP, part_named
from promptgate.language.contradictions.reading.numbers import WORDS as NUMBER_WORDS
from promptgate.language.contradictions.words.lexicon import PART_STEMS, WHOLE_STEMS
from promptgate.language.contradictions.words.measures import PRODUCE
from promptgate.language.contradictions.words.readers import ANYBODY, PEOPLE_BY_STEM
from promptgate.language.directives import IMPERATIVE_STEMS
from promptgate.language.stems import WORD, stem, stem_set, word_set

WHOLE_CONVERSATION = "conversation"
"""What an amount is of where it is of all answers together."""

ANSWER = "answer"
"""What an amount is of where the clause says 'answer', 'reply', 'message', …"""

NOT_NOUNS = word_set(
    """of to in and or at for with per from by that which who if is are on as than each time times
    more less fewer long maximum max minimum min total must should may has have unless when but
    only before after a an the into most least so about you your not can will be was were one two
    three together altogether overall apiece here there everywhere then even every all any no
    because since would could might their its it them this these those always never also too another
    both either
    where while like needs need gets does do without within during throughout"""
)
_WHOLE = re.compile(
    r"\b(?:in|during|over|for|throughout|per|across) (?:the |this |an? |each )?"
    r"(?:whole |entire |full )?(?:conversation|session|chat|call|interview|day|week|month|game"
    r"|course|visit)\b"
    r"|\b(?:in total|overall|altogether|all in all|across (?:the|all) \w+)\b"
)
PERIODS = word_set("day week month year hour")
"""Spans of time in which so many are to be."""
_PERIOD = re.compile(
    rf"\b(?:per|each|every|an?|in an?) (?:single )?(?P<what>{'|'.join(sorted(PERIODS))})\b"
)
_DESCRIBED = re.compile(
    r"(?:[a-z]+ )*?[\w,]+(?:[-– ]\d+)?[ -](?:word|sentence|line|page|paragraph|character)[ -](\w+)"
)
_CALLED = re.compile(
    r"\b(?:section|part|list|sentence) (?:called|named|titled|labell?ed) (?P<name>\w+)"
)
_PER = re.compile(
    r"\b(?:per|apiece|(?:for|in|to|of|under|from) (?:each|every|all|any)"
    r"|(?<!on )(?<!with )(?<!about )(?<!at )(?:each|every))\b(?: of)?(?: (?:the|your"
    r"|our))? ?(?P<what>(?:[\w'-]+ ?){0,3})"
)
_ASKED = re.compile(
    r"\b(?:to|for) (?:each|every|all|any) (?:\w+ )?(?:questions?|requests?|quer(?:y|ies)"
    r"|prompts?)\b"
)
_ON = re.compile(r"\b(?:on|with) (?:each|every|all) (?P<what>(?:[\w'-]+ ?){1,3})")
_INTO = re.compile(
    r"\b(?:in|to|on|of|inside|within|for) (?:the|your|an?"
    r"|its) (?P<what>(?:[\w'-]+ ?){1,3})"
)
_SUBJECT = re.compile(
    r"^[\W\d]*(?:(?:the|each|every|all|your|our|a|an|any|no|its|their) )*"
    r"(?P<what>(?:[\w'-]+ ){0,3}?[\w'-]+?)"
    r"(?: (?:you|we) (?:write|make|give|send|produce|create|run|post|draft|suggest|ask))? "
    r"(?:is|are|has|have|must|should|can|cannot|may|never|always|contains?|does|do not|needs?"
    r"|runs?|takes?|will|consists?|gets?|comes?|goes|covers?|includes?|lasts?|spans?|fits?|carr\w+"
    r"|asks?|recommends?|offers?|shows?|uses?|holds?|comprises?|features?|lists?|requires?"
    r"|stays?)\b"
)
_OBJECT = re.compile(
    r"\b(?:each|every|all|the|your|our|an?|any|both) (?P<what>(?:[\w'-]+ ){0,2}?[\w'-]+?)"
    r"(?: down| up| out)? (?:into|with|to|from|in|at|on|under|below|within|of|by|between|no"
    r"|not)\W*(?:\w+\W*)?$"
)
_MADE_OF = re.compile(r"(\w+) (?:of|with|in|containing|that has|that have|from|to|into)\W*$")
_ANSWERS = stem_set("answer reply response turn message output")
_NO_CONTAINER = stem_set("time case way occasion")
_LIMITING = word_set("limit restrict cap cut shorten reduce trim")
_VERB_FIRST = re.compile(
    r"^[\W\d]*(?:(?:do|not|don't|never|always|please|you|must|should|may|can|only|also|then|cannot"
    r"|will|to|strictly|simply|just) )*(?P<verb>[a-z-]+[^s\W]|discuss|address|express|process)\b"
)
_CONTAINERS = stem_set(
    """quiz lesson recipe list plan deck section chapter survey test exam worksheet itinerary menu
    playlist set round module unit exercise outline agenda table form story poem song verse scene
    dialogue pack batch newsletter post thread carousel caption tweet profile bio ad advert review
    course class meal workout routine session checklist template sheet slide video script"""
)
_NOBODY = stem_set(
    f"{ANYBODY} you do not patient student user customer client guest teacher it they there we she"
) | frozenset(phrase[-1] for known in PEOPLE_BY_STEM.values() for phrase, _ in known)


_NO_ADVERB = word_set("reply family supply assembly anomaly bully belly fly ally italy july")


def is_adverb(word: str) -> bool:
    """Tell 'exactly' from 'reply'."""
    return word.endswith("ly") and word not in _NO_ADVERB


def head_of(words: str) -> str | None:
    """Return the stem of the noun that a few words end with, before any preposition or verb."""
    last = None
    for match in WORD.finditer(words):
        word = match.group()
        if word in NOT_NOUNS or (word in STOP and last) or is_adverb(word):
            break
        last = stem(word)
    return last


def container(text: str, match: re.Match[str], unit: str) -> str | None:
    """Return what an amount is of, a stem; None where it is of the answer.

    Args:
        text: The clause, folded.
        match: The amount in it.
        unit: Stem of what is counted.
    """
    if (named := _CALLED.search(text)) is not None:
        return stem(named.group("name"))
    after = text[match.start() :]
    if (period := _PERIOD.search(after)) is not None:
        return period.group("what")
    if _WHOLE.search(after):
        return WHOLE_CONVERSATION
    if _ASKED.search(after):
        return ANSWER
    for pattern in (_PER, _INTO):
        if (found := pattern.search(after)) is not None:
            root = head_of(found.group("what"))
            if pattern is _INTO and root not in _CONTAINERS | PART_STEMS | WHOLE_STEMS:
                continue
            if root is None and pattern is _PER:
                break
            if root != unit:
                return _named(root)
    described = _DESCRIBED.match(text, match.start())
    if described and stem(described.group(1)) in PART_STEMS - {"word"}:
        return stem(described.group(1))  # 'a 200-word summary'
    named_before = _before(text[: match.start()], unit)
    on = None if named_before is not None else _ON.search(after)
    return named_before if on is None else _named(head_of(on.group("what")))


def _named(root: str | None) -> str | None:
    if root in _ANSWERS:
        return ANSWER
    return None if root in _NO_CONTAINER or root in _NOBODY else root


def after_verb(text: str) -> str:
    """Return a clause without the verb that it begins with: 'name every class' names no name."""
    verb = _VERB_FIRST.match(text)
    return (
        text
        if verb is None or stem(verb.group("verb")) not in IMPERATIVE_STEMS
        else (text[verb.end() :])
    )


def _before(before: str, unit: str) -> str | None:
    """Return what an amount is of where that stands before it."""
    verb = _VERB_FIRST.match(before)
    if verb is not None and stem(verb.group("verb")) not in IMPERATIVE_STEMS:
        verb = None
    if verb is None and (subject := _SUBJECT.match(before)) is not None:
        root = head_of(subject.group("what"))
        if root is not None and root not in _NOBODY and root != unit:
            return _named(root)
    if verb is not None:
        before = before[verb.end() :]  # 'tag each ticket' speaks of no tag
        if verb.group("verb") in _LIMITING and (limited := head_of(before)) is not None:
            return _named(limited)
        if verb.group("verb") in ("answer", "reply", "respond") and part_named(before) is None:
            return ANSWER
    root = part_named(before)
    if root is not None and root != unit:
        return _named(root)
    if (given := _OBJECT.search(before)) is not None:
        root = head_of(given.group("what"))
        if root is not None and root != unit and root not in _NOBODY:
            return _named(root)
    if (made := _MADE_OF.search(before)) is not None:
        root = stem(made.group(1))
        if root not in PRODUCE and root not in NOT_NOUNS and root not in NUMBER_WORDS:
            return _named(root)
    return None
