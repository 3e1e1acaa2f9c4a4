"""Cut a text into statements: what each is about, whether it is denied, and what values it gives.

Words about which nothing is known are kept as stems: two statements are about the same thing
when these agree (compare.py). Questions, and what is supposed or reported, state nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from promptgate.language.facts.amounts import amounts
from promptgate.language.facts.calendar import clocks, days
from promptgate.language.facts.lexicon import (
    CLAUSE_VERBS,
    PHRASES,
    POLAR,
    STOP,
    VERBS,
    canonical,
    opposite,
)
from promptgate.language.facts.names import known_names, names, traits
from promptgate.language.facts.values import Amount
from promptgate.language.folding import fold
from promptgate.language.negation import is_supposed
from promptgate.language.sentences import sentences
from promptgate.language.stems import WORD, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.language.facts.values import Value, Words
    from promptgate.language.sentences import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause that states something.

    Attributes:
        span: Where it stands in its text.
        text: As it is written.
        words: Stems of what it is about and says, without its amounts and dates.
        context: Stems that its subject or predicate borrows from what stands before it.
        condition: Stems of what must hold for it; empty where it always holds.
        positive: False where it is denied, by a negation or by an opposite word.
        negated: Whether a negation denies it.
        values: What it says in values.
        elliptic: Whether it has no subject of its own.
        reckons: Whether its sentence works an amount out ('together', 'twice the amount').
        implied: Whether it is a 'Yes' or 'No', read with the question.
    """

    span: Span
    text: str
    words: Words
    context: Words
    condition: Words
    positive: bool
    negated: bool
    values: tuple[Value, ...]
    elliptic: bool
    reckons: bool = False
    implied: bool = False


NOT = "not"
"""Stands among the words of a condition that is denied."""

_NEGATOR = re.compile(
    r"\b(?:not|never|cannot|no(?!\s+(?:later|more|less|fewer|earlier|longer\ than|problem))|without"
    r"|neither|nor|none|nobody|nothing|lacks?|lacking|fails?\ to|failed\ to|unable\ to"
    r"|rather\ than|instead\ of)\b|n't\b"
)
_RECKONS = re.compile(
    r"\b(?:together|in total|altogether|in all|combined|overall|in sum|all told|in each|left"
    r"|remaining|more than that|extra|difference|twice|double|triple|half of"
    r"|times the|older than|later than)\b"
)
_NO_DENIAL = re.compile(
    r"\bnot (?:only|just|more than|less than|exceed)|\bnot? (?:doubt|wonder|worr\w+)\b"
    r"|\bdon't (?:worry|hesitate)\b|\bno\. ?\d|^\W*no\b[,.!:]"
)
_CONDITION = re.compile(
    r"(?:^\W*|[ ,])(?P<word>if|when|whenever|unless|while|once|in case|provided(?: that)?"
    r"|as long as|except(?: for)?|assuming)\b(?P<what>[^,;:]*)"
)
_BREAK = re.compile(
    r"(?P<and>,? (?:and|or)(?: (?:also|then|that))? )"
    r"|(?P<but>,? but |; |: | [–—-] |, (?:while|whereas|although|though) )"
    r"|(?P<so>,? (?:so|because|since(?! \d)|therefore|which means|hence|as a result)(?: that)? )"
    r"|(?P<not>, (?=not |without ))|(?P<which>, (?:which|who|where) )|(?P<comma>, )"
)
_AUX = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|will|must|may|should|does|do|did|cannot)\b|\b\w+n't\b"
)
_PRONOUN = re.compile(
    r"^\W*(?:and |but |so |also |yes,? |no,? |well,? |then )*"
    r"(?:it|they|this|that|these|those|he|she|its|their|his|her|it's|that's|they're|both|one)\b"
)
_OF_ITSELF = re.compile(r"^\W*(?:i|i'm|we|we're)\b")  # 'I can't help with that'
_YES_NO = re.compile(r"^\W*(?P<word>yes|no|yep|nope|correct|right|indeed|exactly)\b")
_LEAD = re.compile(
    r"^\W*(?:(?:yes|no|and|but|so|also|then|well|indeed|currently|however|therefore|sorry|please"
    r"|that|which|who|only)\b\W*)+"
)
_ELLIPSIS = re.compile(r"\b(?:is|are|was|were|does|do|did|can|has|have|will)(?: not|n't)?\W*$")
_HOW_MANY = re.compile(r"\bhow many ((?:\w+ )?)(\w+)")
_STOP_STEMS = frozenset(map(stem, STOP))
_QUESTION_END = ("?", "？")


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
        if text[start:end].rstrip("\"'”’*_ ").endswith(_QUESTION_END):
            continue
        before = found[-1] if found else None
        sentence = list(_clauses_of(text, folded, start, end, known))
        reckons = _RECKONS.search(folded, start, end) is not None
        for clause in sentence:
            if _says_nothing(clause[0]):
                continue
            found.append(replace(_in_context(clause, before), reckons=reckons))
            before = found[-1]
    return tuple(found)


def content(text: str) -> Words:
    """Return the stems of a text that say what it is about."""
    return _words(_phrases(fold(text)))


def of_answer(answer: str, question: str, known: Words) -> tuple[Statement, ...]:
    """Return the statements of an answer, read with the question that it answers.

    A clause without a subject of its own takes the question's words; 'Yes' and 'No' state or
    deny what was asked.
    """
    found = statements(answer, known)
    if not question:
        return found
    asked = question_of(question)
    words = content(asked)
    many = _HOW_MANY.search(fold(asked))
    read = [_asked(one, words, None if number else many) for number, one in enumerate(found)]
    yes_no = _YES_NO.match(fold(answer))
    yes_or_no = re.match(
        r"\W*(?:is|are|was|were|do|does|did|can|could|may|will|would|has|have|must|should|am)\b",
        fold(asked),
    )
    if yes_no and yes_or_no and words and " or " not in asked:
        folded = _phrases(fold(asked))
        denied = yes_no.group("word") in ("no", "nope")
        positive = not denied
        if _is_denied(folded):  # 'Is it forbidden?' 'Yes.'
            positive = not positive
        values = tuple(_values(asked, fold(asked), known))
        start, end = yes_no.span("word")
        own = Statement(
            (start, end), answer[start:end], _words(folded, values), frozenset(), frozenset(),
            positive, not positive, values, elliptic=False, implied=True,
        )  # fmt: skip
        read.insert(0, own)
    return tuple(read)


def question_of(text: str) -> str:
    """Return the last question of a text; the whole text where none is marked as one."""
    spans = [text[a:b] for a, b in sentences(text) if text[a:b].rstrip().endswith(_QUESTION_END)]
    return spans[-1] if spans else text


def _asked(one: Statement, words: Words, many: re.Match[str] | None) -> Statement:
    values = one.values
    if many is not None:
        slot = f"count:{canonical(many.group(2))}"
        values = tuple(
            replace(value, slot=slot)
            if isinstance(value, Amount) and value.slot == "plain"
            else value
            for value in values
        )
    context = one.context | words if one.elliptic else one.context
    return replace(one, context=context, values=values)


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
        yield _statement(text, folded, (start + a, start + b), inside), kind


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
    if first.group() == "no":
        return True
    if stem(first.group()) in CLAUSE_VERBS or _AUX.match(first.group()):
        return bool(_AUX.search(sentence[begin : match.start()])) or bool(
            {stem(w) for w in WORD.findall(sentence[begin : match.start()])} & CLAUSE_VERBS
        )
    if _AUX.search(piece) and match.lastgroup == "and":
        return True
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
        what = _phrases(match.group("what"))
        condition |= _words(what) or frozenset({match.group("word")})
        if _is_denied(what) != (match.group("word") == "unless"):
            condition |= {NOT}
        main = main[: match.start()] + " " * len(match.group()) + main[match.end() :]
    blanked = _phrases(_without(main, values, span[0]))
    words = _words(blanked)
    first = WORD.search(_LEAD.sub("", main)) if main.strip() else None
    verb_first = (
        first is not None
        and (stem(first.group()) in VERBS or bool(_AUX.match(first.group())))
        and not first.group().endswith("ing")
    )
    elliptic = (
        not words
        or verb_first
        or bool(_PRONOUN.match(main))
        or bool(_ELLIPSIS.search(main))
        or main.lstrip().startswith(("not ", "no "))
    )
    return Statement(
        span, text[slice(*span)], words, frozenset(), condition,
        not _is_denied(_phrases(main)), _negations(main) % 2 == 1, tuple(values), elliptic,
    )  # fmt: skip


def _in_context(clause: tuple[Statement, str], before: Statement | None) -> Statement:
    one, link = clause
    if before is None or link == "so":
        return one
    if link in ("and", "comma") and not _has_verb(one.text.lower()):  # 'four ports and two keys'
        positive, negated = (False, True) if one.negated else (before.positive, before.negated)
        one = replace(one, elliptic=True, positive=positive, negated=negated)
    if not one.elliptic:
        return one
    return replace(one, context=before.words | before.context)


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
            number = re.match(r"[^a-z]*\S+", text[start:end])
            end = start + (number.end() if number else 0)
        elif value.slot.startswith("name:"):
            continue
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _values(original: str, folded: str, known: Words) -> list[Value]:
    dates: list[Value] = list(days(folded))
    times: list[Value] = list(clocks(folded))
    taken = [value.span for value in (*dates, *times)]
    found: list[Value] = [*dates, *times, *amounts(folded, taken)]
    taken += [value.span for value in found]
    found += traits(folded)
    found += [
        one
        for one in names(original, folded, known)
        if not any(one.span[0] < b and a < one.span[1] for a, b in taken)
    ]
    return sorted(found, key=lambda value: value.span)


def _phrases(text: str) -> str:
    """Put one word for each phrase that is one word; positions move."""
    for phrase, word in PHRASES.items():
        if phrase in text:
            text = text.replace(phrase, word)
    return text


def _words(text: str, values: Sequence[Value] = ()) -> Words:
    text = _without(text, values, 0)
    found = set()
    for match in WORD.finditer(text):
        word = match.group()
        if word in STOP or word.isdigit():
            continue
        root = opposite(word)
        if root not in _STOP_STEMS:
            found.add(root or canonical(word))
    return frozenset(found)


def _is_denied(text: str) -> bool:
    """Tell whether a clause is denied: an odd number of negations and opposite words."""
    words = WORD.findall(text)
    opposites = {root for word in words if (root := opposite(word)) is not None}
    plain = {stem(word) for word in words} & POLAR  # 'open or closed'
    return (_negations(text) + len(opposites - plain)) % 2 == 1


def _negations(text: str) -> int:
    return len(_NEGATOR.findall(_NO_DENIAL.sub(" ", text)))
