"""Read properties: format, tone, language, audience, persona, length in words such as 'brief'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Has
from promptgate.language.contradictions.lexicon import PART_STEMS, WHOLE_STEMS
from promptgate.language.contradictions.verbs import STOP, part_named, phrase
from promptgate.language.contradictions.vocabulary import LANGUAGES, PROPERTIES, Property
from promptgate.language.instructions import content
from promptgate.language.stems import WORD, stem, stem_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

# Verbs of what the assistant takes in, thinks or does to its input, not of what it answers.
_INWARD = stem_set(
    """understand read think consider know learn receive parse accept expect check study treat
    remember analyse analyze review detect recognise recognize ignore look translate convert
    extract support handle see notice open truncate click visit browse fetch reformat work solve
    reason proceed"""
)
_ABOUT_READER = ("audience", "human", "disclose")
_SCOPE = re.compile(r"\b(?:for|towards?|with|during|of)\b ([^,;:.]*)")
_WHATEVER = re.compile(r"\b(?:regardless|whatever|no matter|irrespective|even if|even when)\b")
_ONE_OF_SEVERAL = re.compile(r"\b(?:could|might|depending|whether)\b")
_THINKING = re.compile(r"\b(?:work|think|solve|reason|proceed)\b")
_WHOLE_ANSWER = re.compile(r"\b(?:whole|entire) (?:response|answer|reply|output|message)\b")
_LINKS_TO = re.compile(r"\W*(?:to|into)\b ([^,;:.]*)")
_IN_PART = re.compile(r"\bin (?:the |your |a |each |every |any )?([\w' -]*)")
_INSIDE_DATA = re.compile(r"\b(?:key|field|property|attribute|element|column|value)s?\b")
_IN_FIELD = re.compile(r"\b(?:in|inside|into|under) (?:[^,;]* )?(?:field|key|property|element)\b")
_IN_DATA = re.compile(r"\b(?:inside|within) (?:the|that|this) (?:json|object|array|document)\b")
_AROUND_DATA = ("outside_json", "prose")
_ONLY = re.compile(
    r"\b(?:only|exclusively|solely|nothing else|nothing but)\b|\bflowing\b|\bcontinuous\b"
)
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
_NAME = re.compile(
    r"\b(?i:your name is|you are called|you're called|call yourself|introduce yourself as"
    r"|you go by(?: the name of)?|sign (?:[\w-]+ ){0,4}?as|refer to yourself as|you are named"
    r"|identify yourself as|present yourself as)\W+(?P<name>[A-Z]\w+(?: [A-Z]\w+)*)"
)
_CALLED = re.compile(
    r"^\W*(?:You are|You're) (?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)*)"
    r"(?=,|\.|!|$| from\b| and\b| the\b)"
)
_OTHER_LANGUAGE = re.compile(
    r"\blanguages? (?:other than|but|except|besides|apart from) (?P<name>\w+)"
)
_ROLE = re.compile(
    r"\b(?:you are|you're|act as|play|pretend to be|act like|speak like|talk like"
    r"|in character as|role of|persona of"
    r"|behave like|as if you were|write like)\b(?: the role of)? (?:a|an"
    r"|the) (?P<role>(?:[\w-]+ ){0,2}?[\w-]+)(?= at| unless| and|[ ,.;:]*$| who| from| for"
    r"| in)"
)
_ADDRESS = re.compile(r"\b(?:address|call)\w* (?:(?!by\b)[\w-]+ ){0,4}?[\"“'](?P<form>\w+)[\"”']")
_ADDRESS_NAME = re.compile(
    r"\b(?:address|call)\w* (?:the )?\w+ by (?:their |his |her |the )?(?P<form>first|last"
    r"|family|full) name"
)
_ONLY_GIVEN = re.compile(
    r"\b(?:only|solely|exclusively)\b.*\b(?:provided|supplied|given|documents?|context)\b"
)
_QUOTED = ("person", "self")
_SUBJECT_END = 8  # characters: a property further left is the subject itself
_WHOLE_NOUNS = WHOLE_STEMS | stem_set(
    "writing style manner language detail tone form text feedback instruction information advice"
)
_LENGTHS = ("short", "long", "detailed")
_OF_PARTS = ("length", "tone", "audience", "tense", "spelling", "person")
# 'A short answer first, then a detailed one': neither is the whole answer.
_PASSING = re.compile(
    r"\b(?:first|then|afterwards?|next|initially|begin|start|open|followed by|finally|later)\b"
)
_COMPARED = re.compile(r"\b(?:too|how|no|so)\W*$")
_READER_NAMED = re.compile(r"reader|audience|user|customer|child")
_SAYS = re.compile(
    r"\b(?:is|are|be|must|should|can|may|has|have|contains?|uses?|writes?|answers?|replies"
    r"|responds?"
    r"|speaks?|avoids?|keeps?|gives?|does|do|never|always|stays?|no|sounds?|explains?|provides?)\b"
)
_ADJECTIVE = re.compile(
    r"(?:long|short|detailed|brief|concise|comprehensive|thorough"
    r"|extensive|exhaustive)(?:er)?$"
)
_WRITES = re.compile(
    r"\b(?:writ|address|explain|speak|tailor|aim|answer|pitch|talk|keep|make|word|draft|prepar|use"
    r"|suit|understand|audience|reader|text is|book is|story is|content is|answers? (?:is|are)"
    r"|intend|meant|simpl|clear|accessib|phras|teach|describ)\w*"
)
# 'No more than three lists', 'do not greet again': some of it is left.
_LIMITED = re.compile(
    r"\b(?:more|fewer|less|longer|other) than\b|\bexceed|\b(?:again|twice|repeatedly|overuse"
    r"|too (?:many|much|often)|unnecessar\w*|excessive\w*)\b"
)


def properties(instruction: Instruction) -> Iterator[Has]:
    """Yield what an instruction says the answer is like, or not like."""
    text = instruction.text
    found = phrase(instruction)
    inward = found is not None and found.verb in _INWARD
    for one in PROPERTIES:
        reader = one.name.startswith(_ABOUT_READER)
        if (inward and one.group != "audience") or (instruction.is_foreign and not reader):
            continue
        for match in one.pattern.finditer(instruction.quoted if one.group in _QUOTED else text):
            claim = _claim(instruction, one, match)
            if claim is not None:
                yield claim
                break
    if not inward and not instruction.is_foreign:
        yield from _languages(instruction)
    yield from _names(instruction)


def _claim(instruction: Instruction, one: Property, match: re.Match[str]) -> Has | None:
    text, name = instruction.text, one.name
    positive = not instruction.denies(match.start())
    if not _is_asked(instruction, one, match) or (not positive and _LIMITED.search(text)):
        return None
    if one.group == "data" and not _is_whole_format(text, match):
        return None
    if one.kind == "format" and one.group != "data" and _IN_FIELD.search(text):
        return None
    if name in _AROUND_DATA and (
        _INSIDE_DATA.search(text) or _IN_DATA.search(text) or not positive
    ):
        return None
    if name == "numbered" and not positive and instruction.subject not in ("", "list", "step"):
        return None
    if name == "outside" and positive and _ONLY_GIVEN.search(text):
        return None
    if name == "prose" and positive and _ONLY.search(text):
        name = "prose_only"
    before = text[: match.start()]
    whole = re.search(r"\b(?:every|each|all)\b", before)
    target = part_named(before) if one.kind in _OF_PARTS or one.group in _OF_PARTS else None
    if (
        not positive
        and one.kind == "format"
        and instruction.subject in PART_STEMS
        and match.start() > _SUBJECT_END
    ):
        target = instruction.subject  # 'subject lines contain no emoji'
    if one.kind == "audience" and match.group().startswith("as you would"):
        target = None
    if name in _LENGTHS and _PASSING.search(text):
        return None
    if name in _LENGTHS:
        part = _described(text, match)
        if part is None and _COMPARED.search(before):
            return None
        target = part or (None if whole else target) or _part_after(text[match.end() :])
    return _has(instruction, one, name, match, positive, target)


def _part_after(text: str) -> str | None:
    """Return the part of the answer in 'brief in the summary'."""
    part = re.match(r"\W*(?:in|of) (?:the|your) (\w+)", text)
    return stem(part.group(1)) if part and stem(part.group(1)) in PART_STEMS else None


def _is_asked(instruction: Instruction, one: Property, match: re.Match[str]) -> bool:
    """Tell a property that is asked for from one that is only spoken of."""
    before = instruction.text[: match.start()]
    if instruction.is_foreign and not _READER_NAMED.search(instruction.text):
        return False
    if match.group().startswith("step") and _THINKING.search(before):
        return False
    if one.kind == "scope" and phrase(instruction) is None:
        return False
    if one.kind == "tone" and (_ONE_OF_SEVERAL.search(instruction.text) or _aside(before)):
        return False
    if _fences_whole_answer(one, instruction.text):
        return False
    if one.kind in ("length", "tone") and phrase(instruction) is None:
        return bool(instruction.lead) or bool(_SAYS.search(before))
    if one.kind == "length" and not before.strip() and _ADJECTIVE.match(match.group()):
        return False
    if one.group == "audience" and re.match(r"(?:for|to|by)\b", match.group()):
        return bool(_WRITES.search(before)) or bool(instruction.lead)
    return True


def _aside(before: str) -> bool:
    """Tell whether a word stands in parentheses, where it is one example of several."""
    return before.count("(") > before.count(")")


def _fences_whole_answer(one: Property, text: str) -> bool:
    """Tell 'do not wrap the whole response in a fence' from 'use no fences'."""
    return one.name == "fence" and bool(_WHOLE_ANSWER.search(text))


def _has(
    instruction: Instruction, one: Property, name: str, match: re.Match[str], positive: bool,
    target: str | None,
) -> Has:  # fmt: skip
    said = match.group().strip()
    scope = frozenset() if one.group == "audience" else _scope(instruction.text, match)
    return Has(instruction, one.kind, frozenset({name}), said, positive, target, scope)


def _is_whole_format(text: str, match: re.Match[str]) -> bool:
    """Tell an answer in JSON from JSON that is spoken of."""
    return not re.match(
        r"\W*(?:file|key|field|input|files|schema|you|data you)\b", text[match.end() :]
    )


def _described(text: str, match: re.Match[str]) -> str | None:
    """Return the part that an adjective describes: 'sentence' in 'short, clear sentences'."""
    after = re.match(r"(?:,? (?:and )?[\w-]+){1,3}", text[match.end() :])
    if after is None or match.group().endswith("ly"):
        return None
    last = None
    for word in WORD.finditer(after.group()):
        root = stem(word.group())
        if root in PART_STEMS:
            return root
        if word.group() in STOP:
            break
        last = root
    # 'Detailed examples' are a part as well; 'detailed and helpful answers' are the whole.
    is_adjective = re.fullmatch(r"(?:elaborate|at|in|as|every|fully|to)\b.*", match.group()) is None
    return last if is_adjective and last not in _WHOLE_NOUNS else None


def _scope(text: str, match: re.Match[str]) -> frozenset[str]:
    scope: frozenset[str] = frozenset()
    beyond = _WHATEVER.search(text, match.end())
    limit = beyond.start() if beyond else len(text)
    for found in _SCOPE.finditer(text, match.end(), limit):
        scope |= content(found.group(1))
    if (part := _IN_PART.search(text, match.end())) and part_named(part.group(1)) is not None:
        scope |= content(part.group(1))
    if "link" in match.group() and (led := _LINKS_TO.match(text, match.end())):
        scope |= content(led.group(1))
    return scope - {"", "humor", "everyth"}


def _languages(instruction: Instruction) -> Iterator[Has]:
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
            scope = _scope(text, matches[-1][1])
            said = " or ".join(match.group() for _, match in matches)
            yield Has(instruction, "language", names, said, positive, target, scope)
    for pattern in (_ADDRESS, _ADDRESS_NAME):
        if address := pattern.search(instruction.quoted):
            form = address.group("form")
            names, said = frozenset({f"address:{form}"}), address.group()
            positive = not instruction.denies(address.start())
            yield Has(instruction, "language", names, said, positive, None, frozenset())


def _names(instruction: Instruction) -> Iterator[Has]:
    quoted = instruction.quoted
    original = instruction.original
    if (match := _NAME.search(original) or _CALLED.search(original)) is not None:
        name = match.group("name")
        names = frozenset(f"name:{word}" for word in name.lower().split())
        positive = not instruction.denies(match.start())
        yield Has(instruction, "persona", names, name, positive, None, frozenset())
    if match := _ROLE.search(quoted):
        role = match.group("role").split()[-1]
        positive = not instruction.denies(match.start())
        yield Has(
            instruction, "persona", frozenset({f"role:{role}"}), role, positive, None, frozenset()
        )
