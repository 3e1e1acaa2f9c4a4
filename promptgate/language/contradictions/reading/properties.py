"""Read properties: format, tone, audience, length in words such as 'brief'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Has
from promptgate.language.contradictions.reading.audiences import (
    WORDING,
    audiences,
    reader_text,
)
from promptgate.language.contradictions.reading.containers import after_verb
from promptgate.language.contradictions.reading.denials import rules_out
from promptgate.language.contradictions.reading.languages import languages
from promptgate.language.contradictions.reading.nouns import (
    STOP,
    canonical_words,
    part_named,
)
from promptgate.language.contradictions.reading.personas import personas
from promptgate.language.contradictions.reading.purposes import Found, purpose_of
from promptgate.language.contradictions.reading.samples import samples
from promptgate.language.contradictions.reading.tones import WHOLE_NOUNS, is_said_of_tone
from promptgate.language.contradictions.reading.verbs import ANY_WAY, FRAMES, phrase
from promptgate.language.contradictions.words.lexicon import PART_STEMS, WHOLE_STEMS
from promptgate.language.contradictions.words.manners import PHRASES
from promptgate.language.contradictions.words.vocabulary import PROPERTIES
from promptgate.language.stems import WORD, stem, stem_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

# Verbs of what the assistant takes in, thinks or does to its input, not of what it answers.
_INWARD = stem_set(
    """understand read think consider know learn receive parse accept expect check study treat
    remember analyse analyze review detect recognise recognize ignore look translate convert
    extract support handle see notice open truncate click visit browse fetch reformat work solve
    reason proceed evaluate assess examine inspect identify digest retrieve search"""
)
_ABOUT_READER = ("audience", "human", "disclose")
_THINKING = re.compile(r"\b(?:work|think|solve|reason|proceed)\b")
_WHOLE_ANSWER = re.compile(r"\b(?:whole|entire) (?:response|answer|reply|output|message)\b")
_INSIDE_DATA = re.compile(r"\b(?:key|field|property|attribute|element|column|value)s?\b")
_IN_FIELD = re.compile(r"\b(?:in|inside|into|under) (?:[^,;]* )?(?:field|key|property|element)\b")
_IN_DATA = re.compile(r"\b(?:inside|within) (?:the|that|this) (?:json|object|array|document)\b")
_AROUND_DATA = ("outside_json", "prose")
_ONLY = re.compile(
    r"\b(?:only|exclusively|solely|nothing else|nothing but)\b|\bflowing\b|\bcontinuous\b"
)
_ONLY_GIVEN = re.compile(
    r"\b(?:only|solely|exclusively)\b.*\b(?:provided|supplied|given|documents?|context)\b"
)
_QUOTED = ("person", "self", "you")
_SUBJECT_END = 8  # characters: a property further left is the subject itself
_LENGTHS = ("short", "long", "detailed")
_OF_PARTS = (
    "length", "tone", "audience", "tense", "spelling", "person", "case", "numbers", "quotes",
)  # fmt: skip
# 'A short answer first, then a detailed one': neither is the whole answer.
_PASSING = re.compile(
    r"\b(?:first|then|afterwards?|next|initially|begin|start|open|followed by|finally|later)\b"
)
_MEASURED = re.compile(
    r"\b(?:words?|sentences?|lines?|pages?|paragraphs?|characters?|minutes?|seconds?|letters?) $"
)
_COMPARED = re.compile(r"\b(?:too|how|no|so|more|less)\W*$")
_AT_END = re.compile(r"\b(?:end|start|begin|close|open|finish)s?\b[^,;]* with\W*$")
_TAKES = re.compile(r"\b(?:take|treat)s?\b[^,;.]*$")
_OF_EACH = re.compile(
    r"\b(?:for|of|from|about|describe|explain|summari[sz]e|read|convert) (?:the|each|every|any) $"
)
_READABLE = re.compile(r"\b(?:readable|viewable|legible) in\W*$")
_READER_NAMED = re.compile(
    r"reader|audience|user|customer|child|meant for|written for|aimed"
    r"|intended for|people"
)
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
# 'No more than three lists', 'do not greet again', 'not too formal': some of it is left.
_LIMITED = re.compile(
    r"\b(?:more|fewer|less|longer|other) than\b|\bexceed|\b(?:again|twice|repeatedly|overuse"
    r"|too|overly|unnecessar\w*|excessive\w*|needless\w*)\b"
)
# What an adjective of tone may stand before and still be said of how the answer sounds.
_SHORT_FRAGMENT = 5


def properties(instruction: Instruction) -> Iterator[Has]:
    """Yield what an instruction says the answer is like, or not like."""
    found = phrase(instruction)
    inward = found is not None and found.verb in _INWARD
    for one in (*_by_pattern(instruction, inward), *_by_word(instruction, inward)):
        claim = _claim(instruction, one)
        if claim is not None:
            yield claim
    yield from audiences(instruction)
    yield from samples(instruction)
    if not inward and not instruction.is_foreign:
        yield from languages(instruction)
    yield from personas(instruction)


def _by_pattern(instruction: Instruction, inward: bool) -> Iterator[Found]:
    """Yield the properties that are found by patterns, one of each."""
    foreign, to_reader = instruction.is_foreign, reader_text(instruction)
    for one in PROPERTIES:
        text = instruction.quoted if one.group in _QUOTED else instruction.text
        text = to_reader if one.kind == "audience" else text
        if not one.trace.may_be_in(text):
            continue
        reader = one.name.startswith(_ABOUT_READER)
        if (inward and one.kind != "audience") or (foreign and not reader):
            continue
        for match in one.pattern.finditer(text):
            start = match.start()
            none = _NONE_OF.match(match.group()) if one.kind == "persona" else None
            if none is not None:
                start += none.end()  # 'have no opinions' denies them
            found = Found(one.kind, one.name, start, match.end(), match.group().strip())
            if _is_asked(instruction, found):
                yield found
                break


def _by_word(instruction: Instruction, inward: bool) -> Iterator[Found]:
    """Yield the manners of speaking that are named by their words, one of each family."""
    if inward or instruction.is_foreign:
        return
    text = instruction.text
    words = [(stem(match.group()), *match.span()) for match in WORD.finditer(text)]
    seen = set()
    last = -1
    for index, (root, start, _) in enumerate(words):
        for phrase_, family in PHRASES.get(root, ()):
            if family in seen or tuple(w for w, _, _ in words[index : index + len(phrase_)]) != (
                phrase_
            ):
                continue
            end = words[index + len(phrase_) - 1][2]
            if family == "serious" and _TAKES.search(text[:start]):
                family = "polite"  # 'take complaints seriously'
            found = Found("tone", family, start, end, text[start:end])
            if not _is_asked(instruction, found):
                continue
            # 'Do not soften criticism' forbids the softening.
            if last >= 0 and text[last:start] == " " and instruction.denies(start):
                continue
            last = end
            seen.add(family)
            yield found


def _claim(instruction: Instruction, one: Found) -> Has | None:
    text, name = instruction.text, one.name
    inside = one.group == "audience"  # 'the reader cannot cook' denies in its own words
    positive = not (instruction.denies_before if inside else instruction.denies)(one.start)
    if not positive and (
        _LIMITED.search(text)
        or (one.kind == "format" and not rules_out(instruction, one.start, one.end))
    ):
        return None
    if one.kind == "format" and not _is_format(instruction, one, positive):
        return None
    if one.kind == "audience" and _is_of_words(instruction, one, positive):
        return None
    if not positive and _IS_NOT_TO_BE.match(text, one.end):
        return None  # 'headings must not be jokes' leaves headings
    if name == "outside" and positive and _ONLY_GIVEN.search(text):
        return None
    if (
        name == "prose"
        and positive
        and (
            _ONLY.search(text)
            or (instruction.subject in WHOLE_STEMS and one.said.startswith("in "))
        )
    ):
        name = "prose_only"
    before = text[: one.start]
    if name == "long" and _MEASURED.search(before):
        return None
    if name in _LENGTHS and (
        _PASSING.search(text) or (_COMPARED.search(before) and _described(text, one) is None)
    ):
        return None
    if one.group == "person" and (told := _TOLD_OF.search(before)) is not None:
        return _third(instruction, one, told)
    target, scope = (
        _target(instruction, one, name, positive),
        purpose_of(text, one, instruction.subject),
    )
    if one.kind == "tone" and not positive and (about := _ABOUT.match(text, one.end)):
        scope |= canonical_words(about.group("what"))  # 'no jokes about religion' leaves others
    return Has(instruction, one.kind, frozenset({name}), one.said, positive, target, scope)


def _is_of_words(instruction: Instruction, one: Found, positive: bool) -> bool:
    """Tell 'do not define everyday words', 'the terms that the user uses' from a way of writing."""
    found = phrase(instruction)
    explains = found is not None and found.verb in ("defin", "explain", "translat")
    if one.name == "audience:novice" and not positive:
        return explains and one.said.endswith(("words", "terms", "word", "term"))
    return (
        one.name == "jargon"
        and re.match(r" (?:that|which|from)\b", instruction.text[one.end :]) is not None
    )


def _is_format(instruction: Instruction, one: Found, positive: bool) -> bool:
    """Tell a format of the answer from one that is spoken of, or of a field inside data."""
    text = instruction.text
    if one.group == "data":
        readable = _READABLE.search(text[: one.start]) or _AT_END.search(text[: one.start])
        return readable is None and _is_whole_format(text, one.end)
    if _IN_FIELD.search(text) or (positive and _OF_EACH.search(text[: one.start])):
        return False
    if one.name in _AROUND_DATA:
        written = one.name != "outside_json" or _is_written(instruction)
        inside = _INSIDE_DATA.search(text) or _IN_DATA.search(text)
        return positive and written and inside is None
    return one.name != "numbered" or positive or instruction.subject in ("", "list", "step")


def _target(instruction: Instruction, one: Found, name: str, positive: bool) -> str | None:
    """Return the part of the answer that a property is said of."""
    text, before = instruction.text, instruction.text[: one.start]
    before = after_verb(before)
    if name in ("line_breaks", "one_line") and (each := _EACH.search(before)) is not None:
        what = stem(each.group("what"))
        return None if what in PART_STEMS | WHOLE_STEMS else what
    denied = not positive and one.kind == "format"
    if denied and instruction.subject in PART_STEMS and one.start > _SUBJECT_END:
        return instruction.subject  # 'subject lines contain no emoji'
    if one.kind == "audience" and one.said.startswith("as you would"):
        return None
    parted = one.kind in _OF_PARTS or one.group in _OF_PARTS or name in _GENRES
    target = part_named(before) if parted or (name == "data:plain" and positive) else None
    if one.kind == "audience" and target in WORDING:
        return None
    if target == "subject" and "subject line" not in text:
        target = None
    if name in _LENGTHS:
        whole = re.search(r"\b(?:every|each|all)\b", before)
        after = _part_after(text[one.end :])
        return _described(text, one) or (None if whole else target) or after
    return target


_ABOUT = re.compile(r"\W*(?:about|on|at|over) (?P<what>[^,;:.]*)")
_EACH = re.compile(r"\b(?:each|every|all)(?: the)? (?P<what>\w+)")
_IS_NOT_TO_BE = re.compile(
    r" (?:must|should|may|can|shall)(?: not|n't| never) be (?!\w+(?:ed|en|wn)\b|used|shown|put|made"
    r"|there|present|sent|kept|given|found|any\b)"
)
_NONE_OF = re.compile(r"\w+ (?:no|not|never) ")
_GENRES = ("prose_only", "one_line", "script", "verse", "stanza", "one_paragraph")
_TOLD_OF = re.compile(
    r"\b(?:refer to|speak of|speak about|talk about|write about|describe|call|mention)"
    r" (?:the |an? |all )?(?!yourself)(?P<who>\w+)"
)


def _third(instruction: Instruction, one: Found, told: re.Match[str]) -> Has:
    """Read 'refer to the hero in the third person', which is about the hero."""
    about = frozenset({stem(told.group("who"))})
    positive = not instruction.denies(one.start)
    return Has(instruction, one.kind, frozenset({one.name}), one.said, positive, None, about)


def _is_written(instruction: Instruction) -> bool:
    """Tell an explanation that is to be written from one that is spoken of."""
    found = phrase(instruction)
    return found is not None and bool(found.groups & ANY_WAY or found.verb in FRAMES)


def _part_after(text: str) -> str | None:
    """Return the part of the answer in 'brief in the summary'."""
    part = re.match(r"\W*(?:in|of) (?:the|your) (\w+)", text)
    return stem(part.group(1)) if part and stem(part.group(1)) in PART_STEMS else None


def _is_asked(instruction: Instruction, one: Found) -> bool:
    """Tell a property that is asked for from one that is only spoken of."""
    text, before = instruction.text, instruction.text[: one.start]
    if instruction.is_foreign and not _READER_NAMED.search(text):
        return False
    if one.said.startswith("step") and _THINKING.search(before):
        return False
    if one.kind == "scope" and phrase(instruction) is None:
        return False
    if one.kind == "tone" and not is_said_of_tone(instruction, one.start, one.end):
        return False
    if _fences_whole_answer(one, text):
        return False
    if one.kind in ("length", "tone") and phrase(instruction) is None:
        return (
            bool(instruction.lead)
            or bool(_SAYS.search(before))
            or (one.kind == "tone" and len(text.split()) <= _SHORT_FRAGMENT)
        )
    if one.kind == "length" and not before.strip() and _ADJECTIVE.match(one.said):
        return False
    if one.group == "audience" and re.match(r"(?:for|to|by)\b", one.said):
        return bool(_WRITES.search(before)) or bool(instruction.lead)
    return True


def _fences_whole_answer(one: Found, text: str) -> bool:
    """Tell 'do not wrap the whole response in a fence' from 'use no fences'."""
    return one.name == "fence" and bool(_WHOLE_ANSWER.search(text))


def _is_whole_format(text: str, end: int) -> bool:
    """Tell an answer in JSON from JSON that is spoken of."""
    return not re.match(
        r"\W*(?:file|tags?|box|label|key|field|input|files|schema|you|data you|encoded"
        r"|arguments?|config"
        r"|parser|parsing)\b",
        text[end:],
    )


def _described(text: str, one: Found) -> str | None:
    """Return the part that an adjective describes: 'sentence' in 'short, clear sentences'."""
    after = re.match(r"(?:,? (?:and |or )?[\w-]+){1,3}", text[one.end :])
    if after is None or one.said.endswith("ly"):
        return None
    last, joined = None, False
    for word in WORD.finditer(after.group()):
        root = stem(word.group())
        if root in PART_STEMS:
            return root
        if word.group() in ("and", "or"):
            joined = True
            continue
        if word.group() in STOP:
            break
        # In 'long and exhaustive' the second word is no noun either; in 'short or generic queries'
        # the third is.
        last, joined = (None if joined else root), False
    # 'Detailed examples' are a part as well; 'detailed and helpful answers' are the whole.
    is_adjective = re.fullmatch(r"(?:elaborate|at|in|as|every|fully|to)\b.*", one.said) is None
    return last if is_adjective and last not in WHOLE_NOUNS else None
