"""Decide whether an answer can have two properties: two values of a slot, two ends of a scale."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.comparing.quantities import is_answer, same_part
from promptgate.language.contradictions.comparing.readerships import ladders_apart, readers_apart
from promptgate.language.contradictions.reading.languages import languages_apart, mirrors
from promptgate.language.contradictions.reading.nouns import canonical_words
from promptgate.language.contradictions.reading.persons import is_person, said_to_others
from promptgate.language.contradictions.words.lexicon import TOPIC_OF, WHOLE_STEMS, canonical
from promptgate.language.contradictions.words.vocabulary import EXCLUSIVE_GROUPS, IMPLIES, OPPOSED
from promptgate.language.stems import WORD, stem, stem_set, stems

if TYPE_CHECKING:
    from promptgate.language.contradictions.claims import Has


def properties_apart(a: Has, b: Has) -> str | None:
    """Return why no answer has both properties, or has one and lacks the other; else None."""
    if a.kind == b.kind == "language" and (mirrors(a, b) or _elsewhere(a) or _elsewhere(b)):
        return None
    if a.kind == b.kind == "language" and (why := languages_apart(a, b)) is not None:
        return why
    if a.kind == b.kind == "format" and (_is_all_in(a, b) or _is_all_in(b, a)):
        return f"“{a.said}” and “{b.said}” shut each other out"
    if not _in_one_place(a, b):
        return None
    if a.kind != "audience" and said_to_others(a, b):
        return None
    if a.kind == b.kind == "audience" and (_fields_differ(a, b) or _things_differ(a, b)):
        return None
    if _ANOTHER.search(a.instruction.text) or _ANOTHER.search(b.instruction.text):
        return None
    if a.kind == b.kind == "tone" and _topics_differ(a, b):
        return None
    if a.positive and b.positive:
        if not _for_one_thing(a, b) and not (_purpose_only(a, b) or _purpose_only(b, a)):
            return None
        if a.kind == b.kind == "audience" and (why := readers_apart(a, b)) is not None:
            return why
        if a.kind == "format" and _names_both(a, b):
            return None
        if not a.names & b.names and all(_shut_out(x, y) for x in a.names for y in b.names):
            return f"“{a.said}” and “{b.said}” shut each other out"
        return None
    if not a.positive or b.positive:
        return None
    if b.scope and not b.scope <= a.scope and not _for_one_thing(a, b):
        return None
    implied = {other for name in a.names for other in (name, *IMPLIES.get(name, ()))}
    if implied & b.names:
        return f"one asks for “{a.said}”, the other forbids “{b.said}”"
    return None


_EVERYTHING = re.compile(
    r"\b(?:whole|entire|everything|all text|all your text|only|throughout|exclusively)\b"
)


def _is_all_in(whole: Has, part: Has) -> bool:
    """Tell 'everything in lower case' from 'titles in lower case', where names are in capitals."""
    cases = (_case_of(whole), _case_of(part))
    return (
        None not in cases
        and cases[0] != cases[1]
        and whole.positive
        and part.positive
        and not whole.scope
        and is_answer(whole.target)
        and _EVERYTHING.search(whole.instruction.text) is not None
    )


def _case_of(claim: Has) -> str | None:
    return next((name for name in claim.names if name.startswith("case:")), None)


def _names_both(a: Has, b: Has) -> bool:
    """Tell 'numbers for steps, bullets for the rest', which keeps the two apart by itself."""
    return a.said in b.instruction.text or b.said in a.instruction.text


# 'The second course is for experts': of another one.
_ANOTHER = re.compile(r"^\W*(?:the|a|an|every|each|all) (?:second|third|other|next|remaining)\b")
_ELSEWHERE = re.compile(r"\b(?:outside|everyone else|all others|the rest|the others)\b")
_TOPIC = re.compile(r"\b(?:about|on|towards?|regarding|over) (?P<what>[^,;:.]*)")


def _elsewhere(claim: Has) -> bool:
    """Tell what is for the customers outside a country from what is for those in it."""
    return _ELSEWHERE.search(claim.instruction.text) is not None


def _things_differ(a: Has, b: Has) -> bool:
    """Tell 'write for parents' from 'describe games for toddlers', which is of games."""
    for one, other in ((a, b), (b, a)):
        if one.target is not None and other.target is None and one.target not in WHOLE_STEMS:
            return one.target not in stems(other.instruction.text)
    return False


def _topics_differ(a: Has, b: Has) -> bool:
    """Tell 'neutral on politics' from 'enthusiastic about sports'."""
    found = [_TOPIC.search(one.instruction.text, _end_of(one)) for one in (a, b)]
    first, second = (canonical_words(m.group("what")) if m else frozenset() for m in found)
    return bool(first and second) and not first & second


def _end_of(claim: Has) -> int:
    return max(0, claim.instruction.text.find(claim.said)) + len(claim.said)


def _in_one_place(a: Has, b: Has) -> bool:
    """Tell whether two properties are of the same part of the answer, as target or as scope."""
    if same_part(a.target, b.target):
        return True
    for one, other in ((a, b), (b, a)):
        if one.target is not None and other.target is None:
            named = stems(other.instruction.text)
            return one.target in other.scope or one.target in named
    return False


def _for_one_thing(a: Has, b: Has) -> bool:
    """Tell 'snake_case for variables', 'variables in camelCase' from two things' two cases."""
    shared = len(a.scope & b.scope)
    if a.scope == b.scope or shared * 2 > min(len(a.scope), len(b.scope)) or _covers(a, b):
        return True
    for one, other in ((a, b), (b, a)):
        if one.scope and not other.scope:
            named = frozenset(stems(other.instruction.text))
            return one.scope <= named or other.target in one.scope
    return False


def _covers(a: Has, b: Has) -> bool:
    """Tell 'always be calm' and 'be agitated about delays' from two manners for two subjects."""
    return a.kind == b.kind == "tone" and any(
        not one.scope and one.instruction.when.universal for one in (a, b)
    )


def _purpose_only(whole: Has, feature: Has) -> bool:
    """Tell 'plain text' and 'bold for emphasis' from 'plain text' and 'bold for reports'."""
    is_whole = any(name.startswith(("data:", "prose_only")) for name in whole.names)
    return is_whole and not whole.scope and not feature.scope & (WHOLE_STEMS | {"tool", "cal"})


_FIELD = re.compile(r"\b(?:of|in|about|new to|familiar with|knows?) (?:the )?(?P<field>[\w-]+)")
_EXPERIENCE = re.compile(
    r"\b(?P<field>[\w-]+) (?:experience|knowledge|background|expertise|skills|training|terms)\b"
)
_NO_FIELD = stem_set(
    """field subject topic area domain user reader audience level detail no any prior previous
    expert deep advanced special specialist technical experience year knowledge training time
    whom them who"""
)


def _fields_differ(a: Has, b: Has) -> bool:
    """Tell an expert in medicine from a beginner in programming."""
    first, second = _fields(a.instruction.text), _fields(b.instruction.text)
    return bool(first - second and second - first)


def _fields(text: str) -> frozenset[str]:
    """Return the fields of knowledge that a text names, by their topics where they have one."""
    named = {
        match.group("field")
        for pattern in (_FIELD, _EXPERIENCE)
        for match in pattern.finditer(text)
        if stem(match.group("field")) not in _NO_FIELD and not is_person(match.group("field"))
    }
    topics = {TOPIC_OF[word] for word in map(canonical, WORD.findall(text)) if word in TOPIC_OF}
    return frozenset({TOPIC_OF.get(canonical(word), stem(word)) for word in named} | topics)


_STEPS = ("ladder", "able", "stage")


def _shut_out(first: str, second: str) -> bool:
    group = first.split(":")[0]
    if group in _STEPS and second.split(":")[0] in _STEPS:
        return ladders_apart(first, second)
    same = group == second.split(":")[0] and first != second and ":" in first and ":" in second
    return (same and group in EXCLUSIVE_GROUPS) or frozenset({first, second}) in OPPOSED
