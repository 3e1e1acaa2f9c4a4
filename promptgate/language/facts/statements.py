"""Cut a text into statements: what each is about, whether it is denied, and what values it gives.

Words about which nothing is known are kept as stems: two statements are about the same thing
when these agree (compare.py). Questions, and what is supposed or reported, state nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import amounts, is_number_word
from promptgate.language.facts.calendar import clocks, days
from promptgate.language.facts.frequencies import frequencies
from promptgate.language.facts.lexicon import (
    CLAUSE_VERBS,
    PHRASES,
    POLAR,
    STOP,
    VERBS,
    canonical,
    opposite,
)
from promptgate.language.facts.names import DECADE, known_names, mentions, names, traits
from promptgate.language.facts.statement import ELLIPSIS, NOT, Statement
from promptgate.language.facts.values import Amount
from promptgate.language.folding import fold
from promptgate.language.negation import is_supposed
from promptgate.language.sentences import sentences
from promptgate.language.stems import WORD, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.language.facts.values import Value, Words
    from promptgate.language.sentences import Span


_NEGATOR = re.compile(
    r"\b(?:not|never|cannot|no(?!\s+(?:later|more|less|fewer|earlier|longer\ than|problem))|without"
    r"|neither|nor|none|nobody|nothing|lacks?|lacking|fails?\ to|failed\ to|unable\ to"
    r"|rather\ than|instead\ of)\b|n't\b"
)
_RECKONS = re.compile(
    r"\b(?:(?<!get )(?<!got )(?<!come )together|in total|altogether|in all|combined|overall|in sum"
    r"|all told|in each|left(?= over|\W*$)|remaining|more than that|extra|difference"
    r"|twice(?! (?:an?|per|every|each|in)\b)|double|triple|half of|times the"
    r"|older than|later than|hours? (?:behind|ahead)|time zone|and you'(?:d|ll))\b"
)
NO_DENIAL = re.compile(
    r"^\W*(?:(?:probably|perhaps|maybe|certainly|definitely|sorry|unfortunately|better),? )?not"
    r"(?: (?:really|yet|quite|necessarily|entirely|exactly|always|any ?more))?[,:;.]"
    r"|\bnot (?:only|just|more than|less than|exceed|be \w+er than|\w+er than)|\bnot? (?:doubt|wonder|worr\w+)\b"
    r"|\bdon't (?:worry|hesitate)\b|\bno\. ?(?:[a-z]{1,4}-?)?\d|^\W*no\b[,.!:]"
)
_CONDITION = re.compile(
    r"(?:^\W*|[ ,])(?P<word>if|when|whenever|unless|while"
    r"|once(?! (?:a|an|per|every|each|in|more|again|daily|weekly|monthly|yearly|bought)\b)"
    r"|in case|provided(?: that)?"
    r"|as long as|except(?: for)?|assuming)\b(?P<what>[^,;:]*)"
)
_BREAK = re.compile(
    r"(?P<and>,? (?:and|or)(?: (?:also|then|that))? )"
    r"|(?P<label>: )|(?P<but>,? but |; | [–—-] |, (?:while|whereas|although|though) )"
    r"|(?P<so>,? (?:so|because|since(?! \d)|therefore|which means|hence|as a result)(?: that)? )"
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
_CONTRACTED = re.compile(r"'(?:d|ll|ve|re|m|s)$")
_STOP_STEMS = frozenset(map(stem, STOP))
_OPENERS = ("no", "don't", "do", "never", "please", "it", "they", "you", "we", "there", "it's", "you'll")
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
            one = replace(_in_context(clause, before), reckons=reckons, sentence=(start, end))
            if supposed:
                one = replace(one, condition=one.condition | sentence[0][0].condition | {supposed})
            if label:
                one = replace(one, context=one.context | label, label=label)
            found.append(one)
            before = found[-1]
    return tuple(found)


def content(text: str) -> Words:
    """Return the stems of a text that say what it is about."""
    return words_of(phrases(fold(text)))


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
    if first.group() in _OPENERS:
        return True
    if stem(first.group()) in CLAUSE_VERBS or _AUX.match(first.group()):
        return bool(_AUX.search(sentence[begin : match.start()])) or bool(
            {stem(w) for w in WORD.findall(sentence[begin : match.start()])} & CLAUSE_VERBS
        )
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
    blanked = phrases(_without(main, values, span[0]))
    words = words_of(blanked)
    first = WORD.search(_LEAD.sub("", main)) if main.strip() else None
    verb_first = (
        first is not None
        and (stem(first.group()) in VERBS or bool(_AUX.match(first.group())))
        and not first.group().endswith("ing")
    )
    elliptic = (
        not words
        or verb_first
        or bool(_PRONOUN.match(main) or _LATE_PRONOUN.match(main))
        or bool(ELLIPSIS.search(main))
        or main.lstrip().startswith(("not ", "no "))
    )
    return Statement(
        span, text[slice(*span)], words, frozenset(), condition,
        not is_denied(phrases(main)), _negations(main) % 2 == 1, tuple(values), elliptic,
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
            return replace(one, context=_subject_of(before))
        return replace(one, context=before.context)  # a list: 'team meeting, 11:00 client call'
    return replace(one, context=before.words | before.context)


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
        and not _has_verb(one.text.lower())
        and all(value.slot == "plain" for value in one.values)
    )


def _has_verb(clause: str) -> bool:
    return bool(_AUX.search(clause)) or any(stem(word) in VERBS for word in WORD.findall(clause))


def _says_nothing(one: Statement) -> bool:
    """Tell 'Sure' and 'I can't help with that' from 'It is not' and '12 euros'."""
    text = one.text.lower()
    if one.words or one.values:
        return False
    return not _has_verb(text) or _OF_ITSELF.match(_LEAD.sub("", text)) is not None


def _without(text: str, values: Sequence[Value], offset: int) -> str:
    """Blank amounts, dates and times, but leave the nouns that are counted."""
    for value in values:
        start, end = value.span[0] - offset, value.span[1] - offset
        if isinstance(value, Amount) and value.slot.startswith(("count:", "ordinal:")):
            number = re.match(r"\W*\S+", text[start:end])
            end = start + (number.end() if number else 0)
        elif value.slot.startswith("name:"):
            continue
        text = text[:start] + " " * (end - start) + text[end:]
    return text


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


def phrases(text: str) -> str:
    """Put one word for each phrase that is one word; positions move."""
    for phrase, word in PHRASES.items():
        if phrase in text:
            text = text.replace(phrase, word)
    return text


def words_of(text: str, values: Sequence[Value] = ()) -> Words:
    """Return the stems of a folded text that say what it is about, without its values.

    Args:
        text: Folded, with phrases() put in.
        values: Blanked, but for the nouns that are counted.
    """
    text = _without(text, values, 0)
    found = set()
    for match in WORD.finditer(text):
        word = match.group()
        word = _CONTRACTED.sub("", word)
        if word in STOP or word.isdigit() or is_number_word(word):
            continue
        root = opposite(word)
        if root not in _STOP_STEMS:
            found.add(root or canonical(word))
    return frozenset(found)


def is_denied(text: str) -> bool:
    """Tell whether a clause is denied: an odd number of negations and opposite words."""
    words = WORD.findall(text)
    opposites = {root for word in words if (root := opposite(word)) is not None}
    plain = {stem(word) for word in words} & POLAR  # 'open or closed'
    return (_negations(text) + len(opposites - plain)) % 2 == 1


def _negations(text: str) -> int:
    return len(_NEGATOR.findall(NO_DENIAL.sub(" ", text)))
