"""Cut a text into statements: what each is about, whether it is denied, and what values it gives.

Words about which nothing is known are kept as stems: two statements are about the same thing
when these agree (compare.py). Questions, and what is supposed or reported, state nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import amounts
from promptgate.language.facts.calendar import clocks, days
from promptgate.language.facts.frequencies import frequencies
from promptgate.language.facts.lexicon import (
    CLAUSE_VERBS,
    PASTS,
    STOP,
    VERBS,
)
from promptgate.language.facts.names import DECADE, known_names, mentions, names, traits
from promptgate.language.facts.statement import ELLIPSIS, NOT, Statement
from promptgate.language.facts.values import Amount
from promptgate.language.facts.wording import (
    is_denied,
    negations,
    phrases,
    without_values,
    words_of,
)
from promptgate.language.folding import fold
from promptgate.language.negation import is_supposed
from promptgate.language.sentences import sentences
from promptgate.language.stems import WORD, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.language.facts.values import Value, Words
    from promptgate.language.sentences import Span


_RECKONS = re.compile(
    r"\b(?:(?<!get )(?<!got )(?<!come )together|in total|altogether|in all|combined|overall|in sum"
    r"|all told|in each|left(?= over|\W*$)|remaining|more than that|extra|difference"
    r"|twice(?! (?:an?|per|every|each|in)\b)|double|triple|half of|times the"
    r"|older than|later than|hours? (?:behind|ahead)|time zone|and you'(?:d|ll))\b"
)
_LONGEST_LABEL = 5
_CONDITION = re.compile(
    r"(?:^\W*|[ ,])(?P<word>if|when|whenever|unless|while"
    r"|(?<!at )once(?! (?:a|an|per|every|each|in|more|again|daily|weekly|monthly|yearly|bought)\b)"
    r"|in case|provided(?: that)?"
    r"|as long as|except(?: for)?|assuming)\b(?P<what>[^,;:]*)"
)
_BREAK = re.compile(
    r"(?P<and>,? (?:and|or)(?: (?:also|then|that))? )"
    r"|(?P<label>: )"
    r"|(?P<but>,? but |; | [–—-] |,? (?:while|whereas|whilst) |, (?:although|though) )"
    r"|(?P<so>,? (?:so(?! far\b)|because|since(?! \d)|therefore|which means|hence|as a result)"
    r"(?: that)? )"
    r"|(?P<not>, (?=not |without ))|(?P<which>, (?:which|who|where) )|(?P<comma>, )"
)
_AUX = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|will|must|may|should|does|do|did|cannot|gets?|got)\b|\b\w+n't\b"
)
_PRONOUN = re.compile(
    r"^\W*(?:and |but |so |also |yes,? |no,? |well,? |then )*"
    r"(?:it|they|this|that|these|those|he|she|its|their|his|her|it's|that's|they're|both|one)\b"
)
_OF_ITSELF = re.compile(r"^\W*(?:i|i'm|we|we're)\b")  # 'I can't help with that'
_LEAD = re.compile(
    r"^\W*(?:(?:yes|no|and|but|so|also|then|well|indeed|currently|however|therefore|sorry|please"
    r"|that|which|who|only)\b\W*)+"
)
_LATE_PRONOUN = re.compile(
    r"^\W*(?:in|on|at|by|since|after|before|for|during|with|from|until|over|now|today|here|there"
    r"|as)\b(?:\W*[\w'-]+){0,4}?\W+(?:it|they|he|she)(?:'ll|'s|'re)?\b"
)
_SUPPOSES = re.compile(
    r"\W*(?:(?:and|but|even|only|so|then|now|just),? )*(?P<word>if|suppose|say|imagine|assuming)\b"
)
_BETWEEN = re.compile(r"\bbetween\b[^,;]*$")
_PAST = re.compile(r"\w{3,}ed")
_ORDER = re.compile(
    r"take|leave|use|keep|make|apply|hold|run|store|return|sign|pay|buy|ship|start|begin|end|open"
    r"|close|bake|cook|heat|preheat|add|mix|stir|let|wash|water|feed|rinse|serve|chill|call|send"
)  # the plain form of a verb that opens a sentence asks for something: its subject is no ellipsis
_NEGATIVE_OPENERS = ("no", "don't", "do", "never", "if")
_OPENERS = ("please", "it", "they", "you", "we", "there", "it's", "you'll")
QUESTION_END = ("?", "？")


@lru_cache(maxsize=2048)
def statements(text: str, known: Words = frozenset()) -> tuple[Statement, ...]:
    """Return the statements of a text in order.

    Args:
        text: Facts, a prompt, a turn of a conversation or an answer.
        known: Folded words that are names wherever they stand.
    """
    folded = fold(text)
    found: list[Statement] = []
    known = known | known_names(text)
    for start, end in sentences(text):
        if text[start:end].rstrip("\"'”’*_ ").endswith(QUESTION_END):
            continue
        before = found[-1] if found else None
        sentence = list(_clauses_of(text, folded, start, end, known))
        reckons = _RECKONS.search(folded, start, end) is not None
        opening = _SUPPOSES.match(folded, start, end)
        supposed = opening.group("word") if opening else ""
        label: Words = frozenset()
        for number, clause in enumerate(sentence):
            if _is_label(sentence, number):  # 'Free tier: up to 5 projects'
                label = clause[0].words
                continue
            if _says_nothing(clause[0]):
                continue
            near = before if not label or (before and before.span[0] >= start) else None
            one = replace(_in_context(clause, near), reckons=reckons, sentence=(start, end))
            if supposed:
                one = replace(one, condition=one.condition | sentence[0][0].condition | {supposed})
            if label:
                one = replace(one, context=one.context | label, label=label)
            found.append(one)
            before = found[-1]
    return tuple(found)


def values_of(text: str, known: Words = frozenset()) -> list[Value]:
    """Return the values of a text, be it a question.

    Args:
        text: A sentence or several.
        known: Folded words that are names wherever they stand.
    """
    return _values(text, fold(text), known)


def _clauses_of(
    text: str, folded: str, start: int, end: int, known: Words
) -> Iterator[tuple[Statement, str]]:
    sentence = folded[start:end]
    values = _values(text[start:end], sentence, known)
    begin, link = 0, ""
    pieces: list[tuple[int, int, str]] = []
    for match in _BREAK.finditer(sentence):
        if any(a < match.end() and match.start() < b for a, b in (v.span for v in values)):
            continue
        kind = match.lastgroup or ""
        if sentence[: match.start()].count('"') % 2:  # '"Salt and Iron"'
            continue
        if kind in ("and", "comma") and not _splits(sentence, begin, match, values):
            continue
        if match.start() > begin:
            pieces.append((begin, match.start(), link))
        begin, link = match.end(), kind
    pieces.append((begin, len(sentence), link))
    for a, b, kind in pieces:
        clause = sentence[a:b]
        if not clause.strip():
            continue
        if is_supposed(folded, start + a):
            continue
        inside = [_moved(value, start) for value in values if a <= value.span[0] < b]
        called = [
            _moved(name, start + a)
            for name in mentions(text[start + a : start + b], clause, known)
            if not any(
                name.span[0] + a < v.span[1] and v.span[0] < name.span[1] + a
                for v in values
                if not v.slot.startswith("name:")
            )
        ]
        one = _statement(text, folded, (start + a, start + b), inside)
        yield replace(one, names=tuple(called)), kind


def _splits(sentence: str, begin: int, match: re.Match[str], values: Sequence[Value]) -> bool:
    """Tell whether what follows 'and' or a comma is a clause of its own."""
    after = sentence[match.end() :]
    stop = _BREAK.search(after)
    piece = after[: stop.start()] if stop else after
    first = WORD.search(piece)
    if first is None:
        return False
    if match.lastgroup == "comma" and sentence[begin : match.start()].lstrip().startswith(
        ("if ", "when ", "while ", "unless ", "once ", "after ", "before ")
    ):
        return False
    left_text = sentence[begin : match.start()]
    if first.group() in _NEGATIVE_OPENERS:
        return True
    if first.group() in _OPENERS and _has_verb(left_text):
        return True
    if (
        stem(first.group()) in CLAUSE_VERBS
        or first.group() in PASTS
        or _AUX.match(first.group())
        or (first.group().endswith("ed") and len(first.group()) > 4)
    ):
        return _has_verb(left_text)
    if _AUX.search(piece) and match.lastgroup == "and":
        return True
    if sentence[: match.start()][-1:].isdigit() and after[:1].isdigit():  # 'rooms 4 and 9'
        return False
    if match.lastgroup == "and" and _BETWEEN.search(sentence[begin : match.start()]):
        return False
    left = {v.slot for v in values if begin <= v.span[0] < match.start()}
    limit = match.end() + len(piece)
    right = {v.slot for v in values if match.end() <= v.span[0] < limit}
    both = {s for s in left & right if not s.startswith(("colour", "material", "language"))}
    if both or (left and right and match.lastgroup == "and"):
        return True
    return bool(left and right) and not _has_verb(piece) and first.group() not in STOP


def _moved(value: Value, by: int) -> Value:
    return replace(value, span=(value.span[0] + by, value.span[1] + by))


def _statement(text: str, folded: str, span: Span, values: Sequence[Value]) -> Statement:
    clause = folded[slice(*span)]
    condition: Words = frozenset()
    main = clause
    for match in _CONDITION.finditer(clause):
        if match.group("word") == "once" and not match.group("what").strip():
            continue
        what = phrases(match.group("what"))
        condition |= words_of(what) or frozenset({match.group("word")})
        if is_denied(what) != (match.group("word") == "unless"):
            condition |= {NOT}
        main = main[: match.start()] + " " * len(match.group()) + main[match.end() :]
    blanked = phrases(without_values(main, values, span[0]))
    words = words_of(blanked)
    first = WORD.search(_LEAD.sub("", main)) if main.strip() else None
    verb_first = (
        first is not None
        and (stem(first.group()) in VERBS or bool(_AUX.match(first.group())))
        and not first.group().endswith("ing")
    )
    is_order = verb_first and first is not None and _ORDER.fullmatch(first.group()) is not None
    elliptic = (
        not words
        or (verb_first and not is_order)
        or bool(_PRONOUN.match(main) or _LATE_PRONOUN.match(main))
        or bool(ELLIPSIS.search(main))
        or main.lstrip().startswith(("not ", "no "))
    )
    return Statement(
        span, text[slice(*span)], words, frozenset(), condition,
        not is_denied(phrases(main)), negations(main) % 2 == 1, tuple(values), elliptic,
    )  # fmt: skip


def _in_context(clause: tuple[Statement, str], before: Statement | None) -> Statement:
    one, link = clause
    if before is None or link == "so":
        return one
    if link in ("and", "comma") and not _has_verb(one.text.lower()):  # 'four ports and two keys'
        positive, negated = (False, True) if one.negated else (before.positive, before.negated)
        one = replace(one, elliptic=True, positive=positive, negated=negated)
    if link == "which":  # 'Matthias Roll, who died in 1865'
        one = replace(one, elliptic=True)
    if not one.elliptic:
        return one
    folded = fold(one.text)
    if _LATE_PRONOUN.match(folded):  # 'By cable it reaches 1000': not what was by Wi-Fi
        return replace(one, context=_subject_of(before))
    if link in ("and", "comma", "but", "which") and one.words and _opens_with_verb(folded):
        return replace(one, context=_subject_of(before))  # 'starts in June and ends in July'
    if link in ("and", "comma") and one.words and one.values and not _has_verb(folded):
        if _has_verb(fold(before.text)):
            subject = _subject_of(before)
            is_object = one.words <= _counted(one) or not one.text[:1].isalpha()
            return replace(one, context=subject if is_object else before.words - subject)
        return replace(one, context=before.context)  # a list: 'team meeting, 11:00 client call'
    return replace(one, context=before.words | before.context)


def _counted(one: Statement) -> Words:
    """Return the words that are only counted or measured: 'keys' of 'and two keys'."""
    found = (
        {value.slot.split(":")[-1]} | value.near
        for value in one.values
        if isinstance(value, Amount)
    )
    return frozenset().union(*found)


def _opens_with_verb(folded: str) -> bool:
    first = WORD.search(_LEAD.sub("", folded))
    return first is not None and (
        bool(_AUX.fullmatch(first.group()))
        or stem(first.group()) in CLAUSE_VERBS
        or first.group().endswith("ed")
    )


def _subject_of(one: Statement) -> Words:
    """Return the stems of what stands before the verb of a statement, or of what it borrows."""
    folded = fold(one.text)
    for match in WORD.finditer(folded):
        if _AUX.fullmatch(match.group()) or stem(match.group()) in VERBS:
            return words_of(phrases(folded[: match.start()])) or one.context
    return one.words | one.context


def _is_label(sentence: Sequence[tuple[Statement, str]], number: int) -> bool:
    """Tell whether a clause only names what the rest of its sentence is about."""
    one = sentence[number][0]
    after = sentence[number + 1 :]
    return (
        number == 0
        and bool(after)
        and after[0][1] == "label"
        and not _AUX.search(one.text.lower())
        and not _OF_ITSELF.match(one.text.lower())
        and len(one.text.split()) <= _LONGEST_LABEL
        and all(
            value.slot in ("plain", "date") or value.slot.startswith("name:")
            for value in one.values
        )
    )


def _has_verb(clause: str) -> bool:
    words = WORD.findall(clause)
    return bool(_AUX.search(clause)) or any(
        stem(word) in CLAUSE_VERBS or word in PASTS or _PAST.fullmatch(word) for word in words
    )


def _says_nothing(one: Statement) -> bool:
    """Tell 'Sure' and 'I can't help with that' from 'It is not' and '12 euros'."""
    text = one.text.lower()
    if one.words or one.values:
        return False
    return not _has_verb(text) or _OF_ITSELF.match(_LEAD.sub("", text)) is not None


def _values(original: str, folded: str, known: Words) -> list[Value]:
    dates: list[Value] = list(days(folded))
    times: list[Value] = list(clocks(folded))
    often: list[Value] = list(frequencies(folded))
    attributes: list[Value] = list(traits(folded))
    taken = [value.span for value in (*dates, *times, *often)]
    taken += [value.span for value in attributes if value.slot == DECADE]
    found: list[Value] = [*dates, *times, *often, *amounts(folded, taken)]
    taken += [value.span for value in found]
    found += attributes
    found += [
        one
        for one in names(original, folded, known)
        if not any(one.span[0] < b and a < one.span[1] for a, b in taken)
    ]
    return sorted(found, key=lambda value: value.span)
