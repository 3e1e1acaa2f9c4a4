"""Read orders: what comes before what, and where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Place, Sequence
from promptgate.language.contradictions.reading.nouns import canonical_words, part_named
from promptgate.language.contradictions.words.lexicon import canonical, canonical_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.instructions import Instruction

_AT_ONCE = re.compile(
    r"\b(?:immediately|right away|at once|straight ?away|instantly|without (?:waiting|delay"
    r"|asking|confirmation|hesitation)|directly|as the first thing|within seconds"
    r"|(?:the (?:moment|minute|second|instant)|as soon as) (?:a|the|any|they|it) [\w' ]+)\b"
)
_BEFORE = re.compile(r"^(?P<a>.+?),? (?:before|prior to|ahead of) (?P<b>.+)$")
_BEFORE_LED = re.compile(r"^\W*(?:before|prior to) (?P<b>[^,]+), (?P<a>.+)$")
_AFTER = re.compile(
    r"^(?P<b>.+?),? (?:after|(?<!at )once|only when|only after|only once|not until) (?P<a>.+)$"
)
_NOT_UNTIL = re.compile(
    r"^\W*(?:do not|don't|never) (?P<b>.+?) (?:until|till) (?:(?:after|you have|the|an?|they"
    r"|we) )*(?P<a>.+)$"
)
_AFTER_LED = re.compile(r"^\W*(?:after|once) (?P<a>[^,]+), (?P<b>.+)$")
_FIRST_THEN = re.compile(
    r"^\W*(?:first,? )?(?P<a>.+?)(?: first)?(?:,| and)+ (?:and )?(?:only )?(?:then|afterwards"
    r"|after that)\b,? ?(?P<b>.+)$"
)
_FIRST_AFTERWARDS = re.compile(
    r"^\W*(?P<a>.+?) first(?:,| and)(?: and)?(?: only)?(?: then)? (?P<b>.+?)"
    r"(?: afterwards?| later| second)?$"
)
_START = re.compile(
    r"\b(?:begin|start|open|lead)s?(?:ing)?(?: (?:your|the|every|each|all|an?|any|off|out|answers?"
    r"|replies|reply|responses?|messages?|conversations?|texts?|emails?|e-mails?|letters?|it))*"
    r" (?:with|by) (?P<a>[^,;]*)"
    r"|\b(?:put|place|state|give|write|show|ask(?: for)?|request|mention|explain|list|name"
    r"|present|tell|get|check|verify|confirm|collect|find out|take|greet) (?P<b>[^,;]*?)"
    r" (?:at the (?:very )?(?:start"
    r"|beginning|top)|up front|first)\b"
    r"|\bthe (?:very )?first (?:thing|sentence|line|part|element|item)(?: (?:in|of) [\w' ]+?)?"
    r" (?:is|must be|should be|has to be|will be) (?P<c>[^,;]*)"
)
_END = re.compile(
    r"\b(?:end|close|finish|conclude|wrap up|sign off)s?(?:ing)?(?: (?!with)\w+){0,4}? (?:with"
    r"|by) (?P<a>[^,;]*)|\b(?:put|place|state|give|write|show|ask(?: for)?|request|mention"
    r"|explain|list|name|present|tell) (?P<b>[^,;]*?) (?:at the (?:very )?(?:end|bottom)|last)\b"
    r"|\bthe (?:very )?last (?:thing|sentence|line|part|element|item)(?: (?:in|of) [\w' ]+?)?"
    r" (?:is|must be|should be|has to be|will be) (?P<c>[^,;]*)"
)
_HANDING = canonical_set("put give present provide state show write place")
_NOISE = canonical_set(
    """user rule answer reply response always use give before after first begin start end else time
    have ask short brevity brief clear friendliness warm one single clarity sentence paragraph line
    word"""
)


def orders(instruction: Instruction, before: Instruction | None) -> Iterator[Sequence | Place]:
    """Yield the orders that an instruction sets.

    Args:
        instruction: The clause.
        before: The clause before it, which 'do not send it until …' speaks of.
    """
    whole = instruction.quoted.strip(" .!*_-\n")
    yield from _sequences(instruction, whole, before)
    for pattern, at_start in ((_START, True), (_END, False)):
        match = pattern.search(instruction.text)
        if match is None or instruction.denies(match.start()) or instruction.is_foreign:
            continue
        said = match.group("a") or match.group("b") or match.group("c") or ""
        said = re.sub(r"\b(?:that|which|who|without|by|of|to|in|for|and)\b.*", "", said)
        words = canonical_words(said) - _NOISE
        if words:
            part = part_named(match.group())
            target = None if part is not None and canonical(part) in words else part
            yield Place(instruction, "time", at_start, words, match.group().strip(), target)


def _step(text: str) -> frozenset[str]:
    """Return the words of a step; 'give the answer' is the answer."""
    words = canonical_words(text)
    return words - _HANDING or words


def _sequences(
    instruction: Instruction, whole: str, before: Instruction | None
) -> Iterator[Sequence]:
    if instruction.is_foreign or (instruction.denies(0) and _AT_ONCE.search(whole)):
        return
    for pattern in (
        _NOT_UNTIL, _BEFORE_LED, _BEFORE, _AFTER_LED, _AFTER, _FIRST_THEN, _FIRST_AFTERWARDS
    ):  # fmt: skip
        if (match := pattern.search(whole)) is None:
            continue
        a = _step(re.sub(r"^.*\b(?:do not|don't|never)\b", "", match.group("a")))
        b = _step(match.group("b"))
        if pattern is _NOT_UNTIL and before is not None and " it" in f" {match.group('b')}":
            b = _step(before.quoted) - a or b
        if instruction.denies(match.end("a")) and pattern in (_BEFORE, _BEFORE_LED):
            a, b = b, a
        if a and b and not re.search(r"\d", whole):
            yield Sequence(instruction, "time", a, b)
        break
    else:
        if (match := _AT_ONCE.search(whole)) is not None:
            words = canonical_words(whole[: match.start()] + whole[match.end() :])
            yield Sequence(instruction, "time", frozenset(), words, at_once=True)
