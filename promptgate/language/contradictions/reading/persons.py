"""Tell which nouns name a person, and to whom a clause has something said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.words.readers import ANYBODY, PEOPLE_BY_STEM
from promptgate.language.stems import stem, stem_set

if TYPE_CHECKING:
    from promptgate.language.contradictions.claims import Has

_ANYBODY = stem_set(ANYBODY)
ALL_OF_THEM = stem_set("customer client user visitor")
"""Words for whoever it is that the assistant talks to."""
_SINGLE = frozenset(
    phrase[0] for known in PEOPLE_BY_STEM.values() for phrase, _ in known if len(phrase) == 1
)
INTERLOCUTORS = stem_set(
    """user customer client caller visitor guest reader student patient player shopper everyone
    everybody people traveler traveller member them buyer person listener pupil learner"""
)
"""Whom the assistant talks to, by whichever word the prompt has for them."""
_PEOPLE = frozenset(phrase[-1] for known in PEOPLE_BY_STEM.values() for phrase, _ in known)
_PERSON = re.compile(
    r"(?:ers|ors|ists|ians|ants|ents|ees|ords|rians|men|women|olks|ents|ives|mates|nts)$"
)
_THINGS = stem_set(
    """computer number order offer paper matter letter answer header folder answer charter chapter
    error mirror factor color document comment argument statement department event payment
    treatment content client-side investment element moment amount account discount
    point front print subject item component ingredient accent agreement appointment restaurant
    plant want grant word record word ford committee fee coffee degree employee-id
    alternative objective adjective directive motive narrative"""
)


def is_person(word: str) -> bool:
    """Tell whether a noun names a person: 'readers', 'landlord', 'everyone'."""
    root = stem(word)
    known = root in _ANYBODY or root in _PEOPLE
    return known or (_PERSON.search(word) is not None and root not in _THINGS)


def person_named(words: list[str]) -> str | None:
    """Return the stem of the person named, None where it is anybody or no person."""
    if not words or not words[-1].isalpha():
        return None
    root = stem(words[-1])
    if root == "member" and len(words) > 1:
        return f"{stem(words[-2])} {root}"
    if root in _ANYBODY:
        return None
    known = root in _PEOPLE or (_PERSON.search(words[-1]) and root not in _THINGS)
    return root if known else None


_WITH_WHOM = re.compile(
    r"\b(?:to|for|with|towards?|show|tell|send|give|address|greet|ask|answer|serve|teach|treat"
    r"|from)"
    r" (?:(?:the|our|your|all|every|each|any|their|his|her|user's) )*"
    r"(?P<who>(?!to\b|for\b|with\b)[a-z][\w'-]*)"
)


def addressees(text: str) -> frozenset[str]:
    """Return to whom a clause has something said, stems: 'suppliers'; nothing where to anybody."""
    found = {match.group("who") for match in _WITH_WHOM.finditer(text)}
    return frozenset(
        stem(word)
        for word in found
        if stem(word) not in _ANYBODY | ALL_OF_THEM
        and (stem(word) in _SINGLE or (_PERSON.search(word) and stem(word) not in _THINGS))
    )


def said_to_others(a: Has, b: Has) -> bool:
    """Tell what is for guests from what is for suppliers."""
    first, second = addressees(a.instruction.text), addressees(b.instruction.text)
    return bool(first and second) and not first & second
