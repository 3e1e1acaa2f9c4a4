"""Read amounts: how many, how long, how much, by when."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Amount
from promptgate.language.contradictions.lexicon import (
    GROUPS_OF,
    PART_STEMS,
    WHOLE_STEMS,
    canonical,
    canonical_set,
)
from promptgate.language.contradictions.nouns import STOP, canonical_words, part_named
from promptgate.language.contradictions.numbers import VAGUE, YEAR, number_of, years
from promptgate.language.contradictions.numbers import WORDS as NUMBER_WORDS
from promptgate.language.contradictions.verbs import phrase
from promptgate.language.stems import WORD, stem, stem_set, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_NUMBER = (
    r"(?:\d[\d,]*(?:\.\d+)?|(?:a |one )?(?:hundred|thousand|dozen|single|sole)|a (?:couple"
    r"|pair) of|half a dozen|" + "|".join([*NUMBER_WORDS, *VAGUE]) + r")(?:-| )?(?:hundred)?"
).replace(" ", r"\ ")
_PATTERN = re.compile(
    rf"""(?P<before>(?:\b(?:at\ most|no\ more\ than|not\ more\ than|(?:a\ )?maximum(?:\ of)?
        |max\.?|up\ to|under|below
        |fewer\ than|less\ than|within|exceed(?:ing)?|to|no\ longer\ than|shorter\ than|not\ over
          |no\ greater\ than
        |at\ least|(?:a\ )?min(?:imum)?\.?(?:\ of)?|no\ fewer\ than|no\ less\ than|more\ than
          |over|above
          |longer\ than|not\ less\ than
        |not\ fewer\ than|exactly|precisely|only|just|about|around|roughly|approximately|beyond
          |before|after)\ )?)
      (?:(?P<between>between\ |from\ )?(?P<first>(?<![\w.]){_NUMBER})\ ?(?:-|–|to|and|or)\ ?)?
      (?P<sign>[€$£])?(?P<number>(?<![\w.])(?:{_NUMBER}))(?![a-z])(?!\ (?:of\ (?:the|these|those
        |them|us)
        |another|by)\b)(?P<percent>\ ?%)?(?:-|\ )?(?P<noun>(?:[a-z][\w'-]*\ ?){{0,4}})""",
    re.VERBOSE,
)
_UPPER = re.compile(
    r"at most|no more|not more|max|up to|under|below|fewer|less than|within|exceed|no longer"
    r"|shorter|not over|no greater"
)
_LOWER = re.compile(
    r"at least|min|no fewer|no less|not less|not fewer|more than|over|above|longer than|beyond"
    r"|exceed"
)
_AFTER_UPPER = re.compile(r"^(?:or (?:fewer|less|shorter)|max(?:imum)?\b|at (?:the )?most|tops)")
_AFTER_LOWER = re.compile(r"^(?:or more|or longer|min(?:imum)?\b|at (?:the )?least|and up)")
_LIMIT = re.compile(r"\b(?:limit|restrict|cap|keep|cut|shorten|confine)\w*\b")
_TIME = {"second": 1 / 60, "minut": 1.0, "hour": 60.0, "day": 1440.0, "week": 10080.0,
         "month": 43200.0, "year": 525600.0}  # fmt: skip
_MONEY = {"euro": "euro", "eur": "euro", "dollar": "dollar", "usd": "dollar", "pound": "pound"}
_SIGNS = {"€": "euro", "$": "dollar", "£": "pound"}
# How many words one of a unit has, at least and at most: what a writer would call one.
WORDS_PER_UNIT = {
    "word": (1.0, 1.0), "sentenc": (4.0, 45.0), "paragraph": (20.0, 250.0), "pag": (200.0, 700.0),
    "lin": (2.0, 25.0), "character": (1 / 12, 1 / 4), "token": (0.4, 1.0), "char": (1 / 12, 1 / 4),
    "letter": (1 / 12, 1 / 4),
}  # fmt: skip
_UNITS = {
    "suggestion": "option", "recommendation": "option", "alternativ": "option", "idea": "option",
    "proposal": "option", "tip": "option", "choic": "option", "point": "bullet",
    "illustration": "example", "exampl": "example", "referenc": "citation", "sourc": "citation",
    "hit": "result",
}  # fmt: skip
_PRODUCE = stem_set(
    """give list suggest offer provide include use write return create generate show have contain
    present limit make output propose recommend add invent develop need require come break split
    divide organise structure keep answer reply respond exceed any restrict put finish has produce
    draft compose summarise summarize be select confine cut go stay run
    support back accompany illustrate enrich supplement aim target strive shoot read exceed post"""
)
# 'The article has 2,000 words' tells of a given text; 'the article must have' asks for one.
_LASTING = canonical_set(
    """spend last end take run expire close finish least most up have pass tell user max
        between accept
    allow valid due permit possible remain grant give can process make need require good active
    available open offer maximum minimum limit total time period exactly always only must"""
)
_IS_GIVEN = re.compile(
    r"^\W*(?:the|this) (?:article|text|document|report|story|essay|letter|email|page|post"
    r"|transcript"
    r"|review|book|paper|original|source) (?:has|is|contains|consists|takes|runs|spans)\b"
)
_REMOVED = canonical_set("delete erase remove discard purge")
_KEPT = canonical_set("store keep retain save hold")
_STORED = canonical("store")
_BY_UNIT = {"question": "ask"}  # 'limit yourself to one question'
_KINDLESS = stem_set("mark size rate code name number type kind")  # 'question mark'
_BARE = word_set("max min maximum minimum up")
_ENDING = re.compile(
    r"\b(?:end|expire|close|finish|stop|time out|delete|erase|remove|discard|purge)s?\b"
)
_MAKING = frozenset({"tell", "use", "write", "suggest", "cite"})
_TELLING = frozenset({"explain", "describ", "say", "stat", "name", "nam", "tell"})
_NOT_NOUNS = word_set(
    """of to in and or at for with per from by that which who if is are on as than each time times
    more less fewer long maximum max minimum min total must should may has have unless when but
    only before after a an the into most least so about you your not can will be was were one two
    three together altogether overall apiece here there everywhere then"""
)
_NO_VERBS = _NOT_NOUNS | STOP | NUMBER_WORDS.keys()
_TODAY = re.compile(
    r"\b(?:this year|(?:latest|current|newest|most recent|up-to-date|today's"
    r"|recent) (?:\w+ )?(?:data"
    r"|information|news|figures|sources?|studies|research|statistics|prices|numbers|events))\b"
)
_RECENT = 2024.0  # 'the latest data' is not from before
_WHOLE = re.compile(
    r"\b(?:in|during|over|for|throughout|per) (?:the |this |an? |each )?(?:whole |entire |full )?"
    r"(?:conversation|session|chat|call|interview|day|week|month|game|course|lesson|visit)\b"
    r"|\b(?:in total|overall|altogether|all in all|across (?:the|all) \w+)\b"
)


WHOLE_CONVERSATION = "conversation"
"""What an amount is of where it is of all answers together."""


def amounts(instruction: Instruction) -> Iterator[Amount]:
    """Yield what an instruction says of how many, how long, how much and by when."""
    if instruction.is_foreign and not re.search(r"\d", instruction.text):
        return
    found = phrase(instruction)
    verb = found.verb if found is not None else ""
    if found is None and instruction.is_foreign:
        verb = instruction.subject
    elif found is None and not instruction.subject and (first := WORD.search(instruction.text)):
        verb = stem(first.group()) if first.group() not in _NO_VERBS else ""
    verb = "" if verb in _BARE or verb in NUMBER_WORDS or verb.isdigit() else verb
    for match in YEAR.finditer(instruction.text):
        year = float(match.group("year"))
        low, high = years(match.group("word"), year, instruction.text[match.end() :])
        yield _amount(instruction, "date", "", low, high, match)
    today = _TODAY.search(instruction.text)
    if today is not None and not instruction.denies(today.start()):
        yield _amount(instruction, "date", "", _RECENT, math.inf, today)
    yield from _implied(instruction)
    yield from _clock(instruction)
    yield from _none(instruction)
    for match in _PATTERN.finditer(YEAR.sub(lambda m: " " * len(m.group()), instruction.text)):
        yield from _read(instruction, match, verb)


_FULL = re.compile(r"\b(?:full|complete|whole) (?P<unit>sentences?|paragraphs?)\b")
_ONE = re.compile(r"\bin an? (?:single )?(?P<unit>sentence|paragraph|word|line)\b(?! of| that)")
_CLOCK = re.compile(
    r"\b(?P<what>open|close|start|begin|end|finish|arrive|leave|meet)(?:s|es|ing)?"
    r"(?: (?:at|until|till|from))+ (?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?"
    r"(?: ?(?P<half>[ap])\.?m)?\b(?! \w+s\b)"
)


def _implied(instruction: Instruction) -> Iterator[Amount]:
    """Yield amounts without a number: 'in full sentences', 'in a sentence'."""
    text = instruction.text
    for pattern, high in ((_FULL, math.inf), (_ONE, 1.0)):
        match = pattern.search(text)
        if match and not instruction.is_foreign and not instruction.denies(match.start()):
            yield _amount(instruction, stem(match.group("unit")), "", 1.0, high, match)


_NONE = re.compile(r"\bno (?:\w+ )?(?P<unit>\w+s)(?=\W*$|[,.;])")


def _none(instruction: Instruction) -> Iterator[Amount]:
    """Yield 'no examples': none of them."""
    match = _NONE.search(instruction.text)
    if match is not None and not instruction.is_foreign:
        unit = stem(match.group("unit"))
        yield _amount(instruction, _UNITS.get(unit, unit), "", 0.0, 0.0, match)


def _clock(instruction: Instruction) -> Iterator[Amount]:
    """Yield times of the day, in hours: 'opens at 9', 'is open until 8 pm'."""
    match = _CLOCK.search(instruction.quoted)
    if match is not None:
        hour = float(match.group("hour")) + float(match.group("minute") or 0) / 60
        hour += 12 if match.group("half") == "p" and hour < 12 else 0
        what = "close" if re.search(r"\b(?:until|till)\b", match.group()) else match.group("what")
        one = _amount(instruction, "clock", "", hour, hour, match)
        yield replace(one, kind="time", words=one.words | {what}, target=None)


def _read(instruction: Instruction, match: re.Match[str], verb: str) -> Iterator[Amount]:
    number, first = number_of(match.group("number")), number_of(match.group("first") or "")
    if re.search(r"\b(?:how|too|so|as) $", instruction.text[: match.start("number")]):
        return
    unit, tail = _unit(match)
    if number is None or not unit or re.match(r"\W*(?:ago|old|earlier|later)\b", tail):
        return
    measured = unit.startswith("money") or unit in _TIME or unit == "%"
    if not measured and (instruction.is_foreign or _IS_GIVEN.match(instruction.text)):
        return
    low, high = _bounds(instruction, match, number, first, tail)
    if low == -math.inf and high == math.inf:
        return
    if unit in _TIME:
        low, high, unit = low * _TIME[unit], high * _TIME[unit], "minut"
    if not measured and (
        _produces(verb, unit) or (verb in _TELLING and not _has_object(instruction, match))
    ):
        verb = ""
    verb = verb or _BY_UNIT.get(unit, "")
    yield _amount(instruction, unit, verb, max(low, 0), high, match)


def _produces(verb: str, unit: str) -> bool:
    """Tell a verb that only says that something is to be there from one that says what is done."""
    if verb in ("answer", "reply", "respond"):
        return unit in WORDS_PER_UNIT
    return verb in _PRODUCE or bool(GROUPS_OF.get(verb, set()) & _MAKING)


def _has_object(instruction: Instruction, match: re.Match[str]) -> bool:
    """Tell 'explain the cause in one sentence' from 'explain in one sentence'."""
    found = phrase(instruction)
    between = instruction.text[found.start : match.start()] if found is not None else ""
    return len(canonical_words(between)) > 1


def _amount(
    instruction: Instruction, unit: str, verb: str, low: float, high: float, match: re.Match[str]
) -> Amount:
    kind = "length" if unit in WORDS_PER_UNIT else "time" if unit in ("minut", "date") else "count"
    if unit.startswith("money") or unit == "%":
        kind = "permission"
    text = instruction.text
    rest = text[: match.start()] + " " + text[match.end() :]
    words = canonical_words(rest) - _LASTING
    if words & _REMOVED and kind == "time":
        words = words - _REMOVED | {_STORED}  # 'delete after 7 days' keeps for 7 days
    if words & _KEPT and kind == "time":
        words = words - _KEPT | {_STORED}
    said = match.group().strip()
    return Amount(instruction, kind, unit, verb, _target(text, match), low, high, words, said)


def _unit(match: re.Match[str]) -> tuple[str, str]:
    """Return the stem of what is counted, and the text behind it."""
    noun = match.group("noun")
    if match.group("sign"):
        return f"money:{_SIGNS[match.group('sign')]}", noun
    if match.group("percent"):
        return "%", noun
    head, end = "", 0
    if spare := re.match(r"or (?:more|fewer|less)\b", noun):
        noun = " " * spare.end() + noun[spare.end() :]
    for word in WORD.finditer(noun):
        if word.group() in ("most", "least", "very") and not head:
            continue
        if word.group() in _NOT_NOUNS or word.group().endswith("ly"):
            break
        head, end = word.group(), word.end()
        if stem(head) in WORDS_PER_UNIT or stem(head) in _TIME:
            break
    root = stem(head) if head else ""
    if root in WORDS_PER_UNIT and _is_compound(match, head, noun[end:]):
        return "", noun[end:]
    if root in _KINDLESS and (pair := re.search(rf"([\w-]+) {re.escape(head)}", noun[:end])):
        root = f"{stem(pair.group(1))} {root}"
    if root in _MONEY:
        return f"money:{_MONEY[root]}", noun[end:]
    after = match.string[match.start("noun") + end :].lstrip()
    return _UNITS.get(root, root), after


_LENGTH_SAID = word_set("long max maximum limit minimum min or total apiece each wide")


def _is_compound(match: re.Match[str], head: str, after: str) -> bool:
    """Tell 'ten character flaws' and 'web pages' from 'ten characters' and 'a ten-word title'."""
    following = WORD.match(after.lstrip())
    if head.startswith("page") and (
        match.group("number").strip() in VAGUE
        or re.search(r"\b(?:web|home|landing) pages?", match.group())
    ):
        return True
    if head.endswith("s") or following is None or number_of(match.group("number")) == 1:
        return False
    word = following.group()
    known = stem(word) in PART_STEMS | WHOLE_STEMS
    return not (known or word in STOP or word in _LENGTH_SAID or word in _NOT_NOUNS)


def _bounds(
    instruction: Instruction, match: re.Match[str], number: float, first: float | None, tail: str
) -> tuple[float, float]:
    tail = tail.lstrip() or ""
    if found := re.match(r"or (?:more|fewer|less)\b", match.group("noun")):
        tail = found.group()
    before, text = match.group("before").strip(), instruction.text
    denied = instruction.denies(match.start())
    tail = tail.lstrip()
    if first is not None and first < number:
        return (-math.inf, math.inf) if denied else (first, number)
    if before in ("before", "after"):
        if before == "after" and _ENDING.search(text[: match.start()]):
            return number, number
        passed = before == "before" and denied
        return (number, math.inf) if passed or before == "after" else (-math.inf, number)
    if before in (
        "at most",
        "at least",
        "no more than",
        "not more than",
        "no fewer than",
        "no less than",
        "no longer than",
    ):
        denied = False
    if (
        _UPPER.search(before)
        and not before.startswith(("exceed", "no fewer", "no less", "not less", "not fewer"))
    ) or _AFTER_UPPER.match(tail):
        strict = (
            before in ("fewer than", "less than", "below", "under", "shorter than") and number < 20
        )
        return (number, math.inf) if denied else (0.0, number - 1 if strict else number)
    if _LOWER.search(before) or _AFTER_LOWER.match(tail):
        if denied:
            return 0.0, number
        strict = before in ("more than", "over", "above", "longer than", "beyond", "exceed")
        return (number + 1 if strict and number < 20 else number), math.inf
    if denied:
        return -math.inf, math.inf
    if before == "to" or (
        _LIMIT.search(text[: match.start()]) and before not in ("exactly", "precisely")
    ):
        limited = _LIMIT.search(text[: match.start()])
        return (0.0, number) if limited else (number, number)
    if before in ("about", "around", "roughly", "approximately"):
        return number * 0.7, number * 1.3
    if match.group("number").strip() in VAGUE:
        return number, math.inf
    return number, number


_DESCRIBED = re.compile(
    r"(?:[a-z]+ )*?[\w,]+(?:[-– ]\d+)?[ -](?:word|sentence|line|page|paragraph)[ -](\w+)"
)


_CALLED = re.compile(
    r"\b(?:section|part|list|sentence) (?:called|named|titled|labell?ed) (?P<name>\w+)"
)


def _target(text: str, match: re.Match[str]) -> str | None:
    """Return the part of the answer that an amount is of."""
    if (named := _CALLED.search(text)) is not None:
        return stem(named.group("name"))
    after = text[match.start() :]
    if _WHOLE.search(after):
        return WHOLE_CONVERSATION
    if per := re.search(
        r"\b(?:per|for each|in each|in every|for every|of each|each)\b(?: (\w+))?", after
    ):
        root = stem(per.group(1) or "each")
        return None if root in ("answer", "reply", "respons", "turn", "messag") else root
    described = _DESCRIBED.match(text, match.start())
    if described and stem(described.group(1)) in PART_STEMS:
        return stem(described.group(1))  # 'a 200-word summary'
    found: str | None = None
    subject = re.match(
        r"^[\W\d]*(?:(?:the|each|every|all|your|a|an|any) )*((?:[\w'-]+ ){0,3}?[\w'-]+) "
        r"(?:is|are|has|have|must|should|can|may|never|contains?|does|do not|needs?|runs?"
        r"|takes?|cannot|will)\b",
        text[: match.start()],
    )
    if subject and stem(subject.group(1).split()[-1]) not in ("you", "do", "not"):
        found = stem(subject.group(1).split()[-1])
    if found is None:
        found = part_named(text[: match.start()])
    if found is None and (
        made := re.search(r"(\w+) (?:of|with|in|containing|that has)\W*$", text[: match.start()])
    ):
        root = stem(made.group(1))
        found = root if root not in _PRODUCE and made.group(1) not in _NOT_NOUNS else None
    return None if found == "it" else found
