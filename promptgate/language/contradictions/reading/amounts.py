"""Read amounts: how many, how long, how much, by when."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Amount
from promptgate.language.contradictions.reading.bounds import NOWHERE, bounds
from promptgate.language.contradictions.reading.containers import NOT_NOUNS, container, is_adverb
from promptgate.language.contradictions.reading.listings import listings
from promptgate.language.contradictions.reading.nouns import STOP, canonical_words
from promptgate.language.contradictions.reading.numbers import VAGUE, YEAR, number_of, years
from promptgate.language.contradictions.reading.numbers import WORDS as NUMBER_WORDS
from promptgate.language.contradictions.reading.verbs import phrase
from promptgate.language.contradictions.words.lexicon import (
    GROUPS_OF,
    PART_STEMS,
    WHOLE_STEMS,
    canonical,
    canonical_set,
)
from promptgate.language.contradictions.words.measures import (
    GENRES,
    LOOSE,
    MONEY,
    PRODUCE,
    SAME_UNIT,
    SIGNS,
    TIME,
    WORDS_PER_UNIT,
)
from promptgate.language.stems import WORD, stem, stem_set, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.conditions import Words
    from promptgate.language.instructions import Instruction

_NUMBER = (
    r"(?:\d[\d,]*(?:\.\d+)?|(?:a |one )?(?:hundred|thousand|dozen|single|sole)|a (?:couple"
    r"|pair)(?: of)?|half a dozen|half an?|" + "|".join([*NUMBER_WORDS, *VAGUE]) + r")(?:-"
    r"| )?(?:hundred)?"
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
          |past|upwards\ of|not\ longer\ than|before|after)\ )?)
      (?:(?P<between>between\ |from\ )?(?P<first>(?<![\w.]){_NUMBER})\ ?(?:-|–|to|and|or)\ ?)?
      (?P<sign>[€$£])?(?P<number>(?<![\w.])(?:{_NUMBER}))(?![a-z])(?!\ (?:of\ (?:the|these|those
        |them|us)
        |another|by)\b)(?P<percent>\ ?%)?(?:-|\ )?(?P<noun>(?:[a-z][\w'-]*\ ?){{0,4}})""",
    re.VERBOSE,
)
# 'The article has 2,000 words' tells of a given text; 'the article must have' asks for one.
_LASTING = canonical_set(
    """spend last end take run expire close finish least most up have pass tell user max
        between accept
    allow valid due permit possible remain grant give can process make need require good active
    available open offer maximum minimum limit total time period exactly always only must"""
)
_IS_GIVEN = re.compile(
    r"^\W*(?:the|this) (?:article|text|document|page|transcript|review|book|paper|original|source)"
    r" (?:has|is|contains|consists|takes|runs|spans)\b"
)
_REMOVED = canonical_set("delete erase remove discard purge")
_KEPT = canonical_set("store keep retain save hold")
_STORED = canonical("store")
_BY_UNIT = {"question": "ask"}  # 'limit yourself to one question'
_KINDLESS = stem_set("mark size rate code name number type kind")  # 'question mark'
_BARE = word_set("max min maximum minimum up")
_MAKING = frozenset({"tell", "use", "write", "suggest", "cite"})
_TELLING = frozenset({"explain", "describ", "say", "stat", "name", "nam", "tell"})
_TASKS = stem_set("explain compare describe translate define contrast")
_NO_VERBS = NOT_NOUNS | STOP | NUMBER_WORDS.keys()
_TODAY = re.compile(
    r"\b(?:this year|(?:latest|current|newest|most recent|up-to-date|today's"
    r"|recent) (?:\w+ )?(?:data"
    r"|information|news|figures|sources?|studies|research|statistics|prices|numbers|events))\b"
)
_RECENT = 2024.0  # 'the latest data' is not from before


def amounts(instruction: Instruction) -> Iterator[Amount]:
    """Yield what an instruction says of how many, how long, how much and by when."""
    if _is_of_others(instruction) and not re.search(r"\d", instruction.text):
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
    yield from listings(instruction)
    for match in _PATTERN.finditer(YEAR.sub(lambda m: " " * len(m.group()), instruction.text)):
        yield from _read(instruction, match, verb)


_EACH_THING = re.compile(
    r"^\W*(?:each|every|all|no) (?!user|customer|client|caller|visitor|person|patient|student|child"
    r"|team|manager|employee)|\b(?:must|should|may|are|is|can)(?: only| never| not)? (?:to )?be"
    r" (?:offered|given|told|sent|shown|asked)\b"
    r"|\b(?:gets?|receives?)\b|\b(?:is|are) (?:required|needed|enough|allowed|expected"
    r"|permitted|necessary|mandatory)\b"
)


def _is_of_others(instruction: Instruction) -> bool:
    """Tell 'customers have two accounts' from 'patients are offered two slots'."""
    return instruction.is_foreign and _EACH_THING.search(instruction.text) is None


_FULL = re.compile(
    r"(?<!one )(?<!two )\b(?:full|complete|whole|entire)[- ]"
    r"(?P<unit>sentences?|paragraphs?|pages?|essays?|chapters?|screens?)\b(?! of (?:the|this)\b)"
)
_ONE = re.compile(
    r"\b(?:in|within|into|on|with|to) (?:an?|one) (?:single )?"
    r"(?P<unit>sentence|paragraph|word|line|page|tweet|screen|one-liner|phrase)\b(?! of| that)"
)
_GENRE = re.compile(
    r"\b(?:writ\w+|compose|produce|give|create|deliver|with|form of|as|return|into|like|draft)"
    r" (?:me |them |the user |users |us )?an? (?:[\w-]+ )?(?P<unit>essay|novel|novella|book|haiku"
    r"|limerick|sonnet|treatise|thesis|dissertation|tweet)\b(?! question| title| about the length)"
    r"|\b(?P<size>essay|book|novel|paragraph|page|sentence|word|tweet|multi-paragraph|multi-page)"
    r"-(?:length|long|sized)\b"
)
_CLOCK = re.compile(
    r"\b(?P<what>open|close|start|begin|end|finish|arrive|leave|meet)(?:s|es|ing)?"
    r"(?: (?:at|until|till|from))+ (?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?"
    r"(?: ?(?P<half>[ap])\.?m)?\b(?! \w+s\b)"
)


# 'Write about a book of 800 pages': that is given.
_OF_GIVEN = re.compile(
    r"\b(?:about|from|read|summari[sz]e|of the|of an?) (?:an?"
    r"|the) [\w-]+ of\W*$"
)


_RELATIVE = re.compile(r"\b(?:that|which) (?:can|could|may) be \w+ $")
# 'No headings in answers of fewer than 200 words': the length says in which.
_FIRST = re.compile(r"\b(?:first|the last|next|previous) $")
_OF_INPUT = re.compile(
    r"of (?:your|the|this|my|their|its) (?:\w+ )?(?:prompt|text|document|article|input|message"
    r"|source"
    r"|original|transcript|history|conversation|instructions?)\b"
)
_IN_SUCH = re.compile(
    r"\b(?:in|for|to|with) (?:answers|replies|responses|texts|messages|posts|articles|summaries"
    r"|lists|tables) (?:of|with|that are|that have|which have|having)\W*$"
)
_SOME = re.compile(
    r"^\W*(?:most|many|some|few)\b|\b(?:for|in) most\b|\benough for\b|\bideally\b|\busually\b"
)


def _implied(instruction: Instruction) -> Iterator[Amount]:
    """Yield amounts without a number: 'in full sentences', 'in a sentence'."""
    text = instruction.text
    found = phrase(instruction)
    if instruction.is_foreign or (found is not None and found.verb == "ask"):
        return
    for pattern, high in ((_FULL, math.inf), (_ONE, 1.0), (_GENRE, 1.0)):
        match = pattern.search(text)
        if match and not _RELATIVE.search(text[: match.start()]):
            if instruction.denies(match.start()):
                continue
            unit = stem(match.group("unit") or match.group("size"))
            yield _amount(instruction, unit, "", 1.0, high, match)


_NONE = re.compile(
    r"\b(?:no|without(?: any)?|free of|free from|zero) (?:(?P<mod>\w+) )?(?P<unit>\w+s)"
    r"(?=\W*$|[,.;]| in (?:the|your|each|every|any|a)\b| at all| whatsoever)"
)


def _none(instruction: Instruction) -> Iterator[Amount]:
    """Yield 'no examples': none of them."""
    match = _NONE.search(instruction.text)
    if match is not None and not instruction.is_foreign:
        unit = stem(match.group("unit"))
        mods = frozenset({stem(match.group("mod") or "")}) - LOOSE - {""}
        one = _amount(instruction, SAME_UNIT.get(unit, unit), "", 0.0, 0.0, match)
        yield replace(one, mods=mods)


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
    unit, mods, tail = _unit(match)
    before = instruction.text[: match.start()]
    if unit in WORDS_PER_UNIT and (_FIRST.search(before) or _OF_INPUT.match(tail)):
        return
    if _OF_GIVEN.search(before) or _IN_SUCH.search(before) or _SOME.search(instruction.text):
        return
    if number is None or not unit or re.match(r"\W*(?:ago|old|earlier|later)\b", tail):
        return
    measured = unit.startswith("money") or unit in TIME or unit == "%"
    if not measured and (_is_of_others(instruction) or _IS_GIVEN.match(instruction.text)):
        return
    low, high = bounds(instruction, match, number, first, tail)
    if (low, high) == NOWHERE:
        return
    if unit in TIME:
        low, high, unit = low * TIME[unit], high * TIME[unit], "minut"
    if not measured and (
        _produces(verb, unit) or (verb in _TELLING and not _has_object(instruction, match))
    ):
        verb = ""
    verb = verb or _BY_UNIT.get(unit, "")
    one = _amount(instruction, unit, verb, max(low, 0), high, match)
    yield replace(one, mods=mods)


def _produces(verb: str, unit: str) -> bool:
    """Tell a verb that only says that something is to be there from one that says what is done."""
    if verb in ("answer", "reply", "respond"):
        return unit in WORDS_PER_UNIT
    return verb in PRODUCE or ((verb not in _TASKS) and bool(GROUPS_OF.get(verb, set()) & _MAKING))


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
    target = container(text, match, unit)
    return Amount(instruction, kind, unit, verb, target, low, high, words, frozenset(), said)


def _unit(match: re.Match[str]) -> tuple[str, Words, str]:
    """Return the stem of what is counted, the words before it, and the text behind it."""
    noun = match.group("noun")
    if match.group("sign"):
        return f"money:{SIGNS[match.group('sign')]}", frozenset(), noun
    if match.group("percent"):
        return "%", frozenset(), noun
    if match.group("number").strip() in ("once", "twice", "thrice"):
        return "tim", frozenset(), noun
    head, end = "", 0
    mods: list[str] = []
    if spare := re.match(r"or (?:more|fewer|less)\b", noun):
        noun = " " * spare.end() + noun[spare.end() :]
    for word in WORD.finditer(noun):
        if word.group() in ("most", "least", "very") and not head:
            continue
        if word.group() in NOT_NOUNS or is_adverb(word.group()):
            if word.group() in ("time", "times") and not head:
                return "tim", frozenset(), noun[word.end() :]
            break
        mods += [stem(head)] if head else []
        head, end = word.group(), word.end()
        if stem(head) in WORDS_PER_UNIT or stem(head) in TIME:
            break
    root = stem(head) if head else ""
    if not root and match.string[: match.start("number")].endswith("top "):
        root = "item"
    if root in WORDS_PER_UNIT and _is_compound(match, head, noun[end:]):
        return "", frozenset(), noun[end:]
    told = frozenset(mods) - LOOSE
    if root in _KINDLESS and (pair := re.search(rf"([\w-]+) {re.escape(head)}", noun[:end])):
        root = f"{stem(pair.group(1))} {root}"
    if root in MONEY:
        return f"money:{MONEY[root]}", frozenset(), noun[end:]
    after = match.string[match.start("noun") + end :].lstrip()
    root += "_" if root in GENRES else ""  # 'two novels' is a number, 'a novel' a length
    return SAME_UNIT.get(root, root), told, after


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
    return not (known or word in STOP or word in _LENGTH_SAID or word in NOT_NOUNS)
