"""Read which language an answer is in, and how it addresses the user."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Has
from promptgate.language.contradictions.reading.nouns import part_named, scope_of
from promptgate.language.contradictions.reading.persons import said_to_others
from promptgate.language.contradictions.words.lexicon import LANGUAGE_NAMES
from promptgate.language.contradictions.words.vocabulary import LANGUAGES
from promptgate.language.stems import stem, stem_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.conditions import Words
    from promptgate.language.instructions import Instruction

_LANGUAGE_LEAD = re.compile(
    r"\b(?:in|into|stick with|switch to|change to|use|uses|using|speak|speaking|only"
    r"|write|keep to|stick to|or|and|both|but"
    r"|not|no|avoid|never|exclusively|solely|strictly|entirely|always|"
    r"match|adopt|follow|mirror|be|is|are|as|to|with|of|reply|answer|respond|than)(?: (?:in"
    r"|the|only|to|fluent|formal|plain|simple|good|correct|clear|proper|any))*\W*$"
)  # fmt: skip
_LANGUAGE_USED = re.compile(
    r" (?:only|(?:must|should|has to|is to) be used|is the (?:only )?language of"
    r"|is the only language (?:that )?you"
    r" (?:may|can|must|should) (?:answer|reply|respond|write|speak|use|communicate))\b"
)
_NOT_OUTPUT = re.compile(
    r"\b(?:write|type|ask|speak|contact|address|message)s? (?:to you |you |us )?in\W*$"
)
_GIVEN_IN = re.compile(
    r"\b(?:come|comes|arrives?|reach(?:es)?|(?:are|is) (?:given|sent|provided))"
    r"(?: to)?(?: you| us)? in\W*$"
)
_OTHER_LANGUAGE = re.compile(
    r"\blanguages? (?:other than|but|except|besides|apart from) (?P<name>\w+)"
)
_ADDRESS = re.compile(r"\b(?:address|call)\w* (?:(?!by\b)[\w-]+ ){0,4}?[\"“'](?P<form>\w+)[\"”']")
_ADDRESS_NAME = re.compile(
    r"\b(?:address|call)\w* (?:the )?\w+ by (?:their |his |her |the )?(?P<form>first|last"
    r"|family|full) name"
)


_NAMES = "|".join(sorted(LANGUAGE_NAMES))
_WRITTEN_IN = re.compile(
    rf"\b(?:users?|customers?|someone|anyone|they|who|people|guests?|callers?|clients?)(?: \w+)?"
    rf" (?:writ\w+|speaks?|asks?|types?|contact\w*|switch\w*)(?: to)?(?: you| us)?"
    rf" (?:in |to |)(?P<a>{_NAMES})\b"
    rf"|\b(?:messages?|questions?|texts?|requests?|emails?|reviews?) in (?P<d>{_NAMES})\b"
    rf"(?= (?:are|is|must|should|get|have|has|need|will|can))|\b(?P<b>{_NAMES})[- ]speak\w+"
    rf"|\bto (?P<c>{_NAMES}) (?:messages|users|customers|questions|emails|requests|speakers)"
)
_SPOKEN = stem_set("greet greeting")
_ADDRESSED = re.compile(
    r"\b(?:address|call)\w* (?P<who>(?:[\w']+ ){1,5}?)(?=with\b|as\b|by\b|using\b|[\"'“]|$)"
)
_SHOWN_TO = re.compile(r"\b(?:show|send|give|hand) to (?:the |an? |our )(?P<who>\w+)")
_ANYBODY = stem_set(
    """user customer client caller guest them people reader person everyone visitor him her each
    student member patient"""
)


def addressee(text: str) -> Words:
    """Return who is addressed, a stem, where that is not the user: 'managers'."""
    match = _ADDRESSED.search(text)
    who = stem(match.group("who").split()[-1]) if match is not None else ""
    return frozenset() if who in _ANYBODY or not who else frozenset({who})


# 'An English slogan', 'its French translation': words of that language, though not all of them.
_ADDED = re.compile(
    rf"\b(?P<name>{'|'.join(sorted(LANGUAGE_NAMES))}) (?:\w+ )?(?P<what>translations?|sentences?"
    r"|slogans?|words?|greetings?|phrases?|versions?|summar(?:y|ies)|subtitles?|proverbs?|quotes?"
    r"|quotations?|terms?|expressions?|loanwords?|idioms?|equivalents?|paragraphs?|titles?"
    r"|headings?"
    r"|replies|reply|answers?|messages?|responses?|texts?|glossary|captions?|farewells?|names?)\b"
)
_PUTS = re.compile(
    r"\b(?:add|give|include|write|use|put|append|insert|end|start|begin|close|open|provide|finish"
    r"|follow|send|get|gets|sprinkle|show|offer|with|by|sign|greet|mix|employ|sing|tell)\b"
)
_ALONE = re.compile(
    r"\b(?:only|exclusively|solely|nothing but|entirely|alone|no (?:other )?language (?:but|except"
    r"|other than)|no other language|any (?:other )?language (?:other than|but|except)|the only"
    r" language|every (?:single )?(?:sentence|word)|all words|throughout|strictly|completely"
    r"|100%)\b"
)
_WHOLLY = stem_set("reply answer message response text")
_NO_OTHER = re.compile(r"\bno (?:other )?language (?:but|except|other than|besides) (?P<name>\w+)")


def _added(instruction: Instruction) -> Iterator[Has]:
    """Yield the languages of which there is to be something in an answer."""
    text = instruction.text
    for match in _ADDED.finditer(text):
        denied = instruction.denies_before(match.start())
        if not denied and not _PUTS.search(text[: match.start()]):
            continue
        whole = stem(match.group("what")) in _WHOLLY and not denied
        name = f"{'language' if whole else 'uses'}:{match.group('name')}"
        names = frozenset({name})
        yield Has(instruction, "language", names, match.group(), not denied, None, frozenset())
    other = _NO_OTHER.search(instruction.quoted)
    if other is not None and other.group("name") in LANGUAGE_NAMES:
        names = frozenset({f"language:{other.group('name')}"})
        yield Has(instruction, "language", names, other.group(), True, None, frozenset())


def languages(instruction: Instruction) -> Iterator[Has]:
    """Yield the languages that an instruction asks for or rules out."""
    text = instruction.text
    given = _WRITTEN_IN.search(text)
    found: dict[bool, list[tuple[str, re.Match[str]]]] = {True: [], False: []}
    for match in LANGUAGES.finditer(text):
        before = text[: match.start()]
        if not _LANGUAGE_LEAD.search(before) and not _LANGUAGE_USED.match(text[match.end() :]):
            continue
        if _NOT_OUTPUT.search(before) and re.search(r"\b(?:user|customer|they)\b", before):
            continue
        if _GIVEN_IN.search(before):
            continue
        if given is not None and given.start() <= match.start() < given.end():
            continue
        if re.search(r"\b(?:regardless|whatever|no matter|instead of)\b", before):
            continue
        if re.search(r"\b(?:words|documents?|sources?|reviews|texts) (?:in|from)\W*$", before):
            continue
        name = match.group("name") or "user"
        found[not instruction.denies(match.start())].append((name, match))
    other = _OTHER_LANGUAGE.search(instruction.quoted)
    if other is not None and instruction.denies(other.start()):
        names = frozenset({f"language:{other.group('name')}"})
        yield Has(instruction, "language", names, other.group("name"), True, None, frozenset())
    for positive, matches in found.items():
        if matches:
            names = frozenset(f"language:{name}" for name, _ in matches)
            first = matches[0][1]
            target = part_named(text[: first.start()])
            if target in _SPOKEN:
                target = None  # 'only Dutch' leaves no greeting in Polish
            scope = scope_of(text, matches[-1][1].group(), matches[-1][1].end(), "language")
            if (shown := _SHOWN_TO.search(text)) is not None:
                scope |= {stem(shown.group("who"))} - _ANYBODY
            said = " or ".join(match.group() for _, match in matches)
            yield Has(instruction, "language", names, said, positive, target, scope)
    yield from _added(instruction)
    for pattern in (_ADDRESS, _ADDRESS_NAME):
        if address := pattern.search(instruction.quoted):
            form = address.group("form")
            names, said = frozenset({f"address:{form}"}), address.group()
            positive = not instruction.denies(address.start())
            who = addressee(instruction.text)
            yield Has(instruction, "language", names, said, positive, None, who)


def input_language(claim: Has) -> str | None:
    """Return the language in which the messages are that a clause speaks of."""
    given = _WRITTEN_IN.search(claim.instruction.quoted)
    return None if given is None else next(part for part in given.groups() if part)


def mirrors(a: Has, b: Has) -> bool:
    """Tell 'in the user's language' from 'messages in Spanish in Spanish', which is the same."""
    for one, other in ((a, b), (b, a)):
        given = _WRITTEN_IN.search(other.instruction.quoted)
        if given is not None and "language:user" in one.names:
            name = next(part for part in given.groups() if part)
            return f"language:{name}" in other.names
    return False


def languages_apart(a: Has, b: Has) -> str | None:
    """Return why an answer cannot keep to one language and have something of the other in it."""
    if said_to_others(a, b):
        return None
    for one, other in ((a, b), (b, a)):
        kept = _named(one, "language:")
        if not (kept and one.positive and _keeps_to(one)):
            continue
        if not other.positive or _is_elsewhere(one, other):
            continue
        if _OTHERS.search(one.instruction.text) or _OTHERS.search(other.instruction.text):
            continue
        used = _named(other, "language:") | _named(other, "uses:")
        if used and not used <= kept and "user" not in used | kept:
            joined = len(used) > 1 and _JOINED.search(other.instruction.text)
            if joined or not used & kept:
                return f"“{one.said}” alone leaves no room for “{other.said}”"
    return None


_OTHERS = re.compile(r"\b(?:outside|other|others|rest|remaining|else|except)\b(?! than)")
_JOINED = re.compile(r"\b(?:both|two languages|and|as well as|plus|bilingual\w*)\b")


def _named(claim: Has, group: str) -> frozenset[str]:
    return frozenset(name.removeprefix(group) for name in claim.names if name.startswith(group))


def _keeps_to(claim: Has) -> bool:
    """Tell 'only in French' from 'in French', and of the whole answer from a part of it."""
    if _AT_ONE_END.match(claim.instruction.text):
        return False
    whole = claim.target is None or claim.target in _WHOLLY or claim.target in _SENTENCES
    return whole and not claim.scope and _ALONE.search(claim.instruction.quoted) is not None


_AT_ONE_END = re.compile(r"^\W*(?:greet|sign|close|open|begin|end|start|finish|say goodbye)\b")
_SENTENCES = stem_set("sentence word")


def _is_elsewhere(one: Has, other: Has) -> bool:
    """Tell the language of what is given or meant for somebody else."""
    here, there = (_ELSEWHERE.search(claim.instruction.text) for claim in (one, other))
    return there is not None and here is None


_ELSEWHERE = re.compile(r"\b(?:code|comments?|notes?|internal|logs?|file names?|variables?)\b")
