"""Read which language an answer is in, and how it addresses the user."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Has
from promptgate.language.contradictions.nouns import part_named, scope_of
from promptgate.language.contradictions.vocabulary import LANGUAGES
from promptgate.language.stems import stem, stem_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.conditions import Words
    from promptgate.language.instructions import Instruction

_LANGUAGE_LEAD = re.compile(
    r"\b(?:in|into|stick with|switch to|change to|use|uses|using|speak|speaking|only"
    r"|write|keep to|stick to|or|and|both|but"
    r"|not|no|avoid|never|"
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


_SPOKEN = stem_set("greet greeting")
_ADDRESSED = re.compile(r"\b(?:address|call)\w* (?:the |all |every |your )?(?P<who>\w+)")
_SHOWN_TO = re.compile(r"\b(?:show|send|give|hand) to (?:the |an? |our )(?P<who>\w+)")
_ANYBODY = stem_set(
    """user customer client caller guest them people reader person everyone visitor him her each
    student member patient"""
)


def addressee(text: str) -> Words:
    """Return who is addressed, a stem, where that is not the user: 'managers'."""
    match = _ADDRESSED.search(text)
    who = stem(match.group("who")) if match is not None else ""
    return frozenset() if who in _ANYBODY or not who else frozenset({who})


def languages(instruction: Instruction) -> Iterator[Has]:
    """Yield the languages that an instruction asks for or rules out."""
    text = instruction.text
    found: dict[bool, list[tuple[str, re.Match[str]]]] = {True: [], False: []}
    for match in LANGUAGES.finditer(text):
        before = text[: match.start()]
        if not _LANGUAGE_LEAD.search(before) and not _LANGUAGE_USED.match(text[match.end() :]):
            continue
        if _NOT_OUTPUT.search(before) and re.search(r"\b(?:user|customer|they)\b", before):
            continue
        if _GIVEN_IN.search(before):
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
    for pattern in (_ADDRESS, _ADDRESS_NAME):
        if address := pattern.search(instruction.quoted):
            form = address.group("form")
            names, said = frozenset({f"address:{form}"}), address.group()
            positive = not instruction.denies(address.start())
            who = addressee(instruction.text)
            yield Has(instruction, "language", names, said, positive, None, who)
