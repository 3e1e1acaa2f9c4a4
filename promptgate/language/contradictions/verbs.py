"""Find the verb of an instruction and what it is done to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from promptgate.language.contradictions.lexicon import (
    CANONICAL,
    GROUPS_OF,
    PART_STEMS,
    WHOLE_STEMS,
)
from promptgate.language.conditions import content
from promptgate.language.stems import WORD, stem, stem_set, word_set

if TYPE_CHECKING:
    from promptgate.language.conditions import Words
    from promptgate.language.instructions import Instruction


STOP = word_set(
    """a an the of in on at to for with and or any every each all your their his her its our this
    that these those it them they you i we be is are as by from about into what which who whom how
    when where there than so such some more most very own please also too only just ever never
    always not no if can may must should will would do does did has have had up out over under
    whatever anything everything whenever whether there's he she him us me my without both either
    it's you're don't himself herself themselves yourself while but because since then even own
    nothing anyone everyone per until before after via during within between against toward towards
    across among like throughout upon onto off"""
)
_SKIPPED = word_set(
    """please always never also then just only simply strictly do don't not you must should may can
    cannot can't will shall are allowed permitted forbidden prohibited banned to feel free that
    have fine ok okay acceptable need ought ever
    and but instead furthermore additionally finally remember try from it is important
    essential still nevertheless mustn't shouldn't aren't being welcome expected required
    supposed able encouraged instructed absolutely under no circumstances by all means so or
    does doesn't hesitate forget fail neglect ensure won't first second next
    therefore moreover otherwise today however explicitly proactively kindly now if"""
)
_EXPLICIT = word_set(
    """always never don't do doesn't not must should may can cannot can't mustn't shouldn't allowed
    permitted free hesitate forget fail"""
)
_WITHHOLD = stem_set("avoid exclude omit skip refrain")
_OTHER_VERBS = stem_set(
    """be keep stay use answer reply respond write speak talk help assist refuse decline reject
    follow wait stop format wrap apologise greet translate number compare illustrate lead walk
    tell handle limit stick base draw quote think consider read understand check obey ignore pick
    choose treat assume consult look find solve calculate count put place sound adopt maintain
    prefer favor favour value sign call introduce drop break leave thank cancel close open finish
    conclude end start begin draft tailor pitch aim encourage discourage interrupt correct judge
    criticise diagnose prescribe guarantee promise bet flatter argue disagree agree guess link
    upload download save book order charge schedule invite move go turn let set fill add round
    convert spell capitalise abbreviate bold highlight underline"""
)
_VERBS = _OTHER_VERBS | frozenset(GROUPS_OF)
_HUMAN = re.compile(
    r"\b(?:human (?:agent|operator|representative|colleague|being|person)s?|real persons?)\b"
)
RECIPIENTS = word_set("user person reader someone anyone people them audience")
_OF_SOMEBODY = stem_set("data information detail record account profile name address number file")
FRAMES = stem_set("end begin start open close finish conclude")
_SECRET = re.compile(
    r"\b(?:confidential|secret|private|hidden|to yourself|undisclosed|under wraps)\b"
)
_SECRETLY = "kept secret"
ANY_WAY = frozenset({"tell", "use", "write", "grant"})
_PASSIVE = re.compile(
    r"(?P<verdict>\b(?:is|are)(?: strictly| never| not|n't)* (?:forbidden|prohibited|banned"
    r"|off[- ]limits|allowed|permitted|unacceptable|fine|acceptable|ok)\b(?! to be \w+))"
    r"|\b(?:must|should|may|can|shall|will|are|is)(?: (?:not|never|always|only))*(?: to)? (?:be )?"
    r"(?P<verb>\w+(?:ed|en|t|wn|de|ght|id|ld))\b"
)


_MAKE_SURE = re.compile(r"\bmake sure(?: that)?\b")
_ASSISTANT = re.compile(
    r"^\W*(?:the |this )?(?:assistant|model|chatbot|bot|agent|ai|claude|it)\b"
    r"(?= (?:\w+ly |also |then |only )?(?:must|should|may|can|cannot|does|will|never|always"
    r"|has|do|\w+s)\b)"
)


SECRETLY = _SECRETLY


@dataclass(frozen=True)
class Phrase:
    """A verb with what follows it.

    Attributes:
        verb: Its stem; 'any' where only the object is named ('no discounts').
        start: Where it begins in the clause.
        object_text: What it is done to, folded.
        groups: The groups of verbs that it belongs to.
        explicit: Whether a modal verb or a negation leads to it.
    """

    verb: str
    start: int
    object_text: str
    groups: Words
    explicit: bool


@lru_cache(maxsize=4096)
def phrase(instruction: Instruction) -> Phrase | None:
    """Return an instruction's verb phrase; None where it has no verb that asks for something."""
    text = _blanked(instruction.text)
    explicit = bool(instruction.lead)
    for match in WORD.finditer(text):
        word, root = match.group(), stem(match.group())
        if root in _WITHHOLD or word in ("no", "without"):
            after = WORD.search(text, match.end())
            if (
                word == "no"
                or root in ("exclud", "omit", "skip")
                or (root == "avoid" and after and not after.group().endswith("ing"))
            ):
                return Phrase("any", match.end(), text[match.end() :], ANY_WAY, True)
            explicit = True
            continue
        if word in _SKIPPED:
            explicit = explicit or word in _EXPLICIT
            continue
        if (passive := _passive(text, match.start(), match.end())) is not None:
            return passive
        if word in STOP:
            return None
        if root not in _VERBS and not explicit and (instruction.subject or word.endswith("ly")):
            return None
        return _verb(text, match, explicit)
    return None


def _blanked(text: str) -> str:
    """Blank the name of the assistant, and 'make sure that'."""
    for pattern in (_ASSISTANT, _MAKE_SURE):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def _verb(text: str, match: re.Match[str], explicit: bool) -> Phrase:
    """Return the phrase that begins at a verb, or at the verb inside it that matters."""
    root, rest = stem(match.group()), text[match.end() :]
    if root == "leav" and (out := re.match(r"(?: [^,;]*?)? out\b", rest)):
        groups = ANY_WAY if out.group() == " out" else ANY_WAY | {_SECRETLY}
        start = match.end() + (out.end() if out.group() == " out" else 0)
        return Phrase("any", start, rest.replace(" out", "    ", 1), groups, True)
    if root == "keep" and (kept := _SECRET.search(rest)):
        return Phrase(
            "reveal", match.start(), rest[: kept.start()], frozenset({"tell", _SECRETLY}), True
        )
    if root in FRAMES and (inner := re.match(r"[^,;]*?\bby (?P<verb>\w+ing)\b", rest)):
        root, rest = stem(inner.group("verb")), rest[inner.end() :]
    groups = frozenset(GROUPS_OF.get(root, ())) or frozenset({root})
    return Phrase(root, match.start(), rest, groups, explicit)


def verb_phrase(outer: Phrase, gerund: re.Match[str]) -> Phrase | None:
    """Return the phrase of a gerund inside another phrase: 'confirm by stating the price'."""
    root = stem(gerund.group("verb"))
    if root not in _VERBS:
        return None
    groups = frozenset(GROUPS_OF.get(root, ())) or frozenset({root})
    return Phrase(root, outer.start, outer.object_text[gerund.end() :], groups, True)


def _passive(text: str, start: int, end: int) -> Phrase | None:
    """Read 'prices must not be mentioned', 'browsing the web is not allowed', 'politics is
    banned'."""
    match = _PASSIVE.search(text, end)
    if match is None:
        return None
    if match.group("verdict"):
        root = stem(text[start:end])
        if text[start:end].endswith("ing") and root in _VERBS:
            groups = frozenset(GROUPS_OF.get(root, ())) or frozenset({root})
            return Phrase(root, start, text[end : match.start()], groups, True)
        return Phrase("any", start, text[start : match.start()], ANY_WAY, True)
    root = stem(match.group("verb"))
    if root not in _VERBS:
        return None
    groups = frozenset(GROUPS_OF.get(root, ())) or frozenset({root})
    object_text = text[start : match.start()] + " " + text[match.end() :]
    return Phrase(root, start, object_text, groups, True)


def object_words(text: str) -> tuple[Words, Words]:
    """Return the stems of an object's content words, and those that are no attribute of the next.

    Args:
        text: What follows a verb, folded.
    """
    text = _HUMAN.sub(lambda match: "human".ljust(len(match.group())), text)
    words, heads, attributes = [], [], set()
    matches = list(WORD.finditer(text))
    for index, match in enumerate(matches):
        word = match.group()
        if word in STOP:
            continue
        root = canonical(word)
        words.append(root)
        following = matches[index + 1] if index + 1 < len(matches) else None
        apart = following is None or text[match.end() : following.start()] != " "
        if apart or (
            following is not None and (following.group() in STOP or following.group() == "?")
        ):
            heads.append(root)
        elif following is not None and stem(following.group()) in _OF_SOMEBODY:
            attributes.add(root)  # 'customer data' is not data for a customer
    kept = frozenset(words) - (RECIPIENTS - attributes) or frozenset(words)
    return kept, frozenset(heads) & kept


def canonical(word: str) -> str:
    """Return the stem that stands for a word and its synonyms."""
    root = stem(word)
    return CANONICAL.get(root, root)


def canonical_words(text: str) -> Words:
    """Return the canonical stems of a text's content words."""
    return frozenset(canonical(m.group()) for m in WORD.finditer(text) if m.group() not in STOP)


def part_named(text: str) -> str | None:
    """Return the last part of an answer that a text names, None where that is the whole."""
    found, end = None, -1
    for match in WORD.finditer(text):
        root = stem(match.group())
        if root not in PART_STEMS and root not in WHOLE_STEMS:
            continue
        if not (root in WHOLE_STEMS and found in PART_STEMS and end + 1 == match.start()):
            found = root  # 'commit message' is a part
        end = match.end()
    return found


_SCOPE = re.compile(r"\b(?:for|towards?|with|during|of)\b ([^,;:.]*)")
_WHATEVER = re.compile(r"\b(?:regardless|whatever|no matter|irrespective|even if|even when)\b")
_LINKS_TO = re.compile(r"\W*(?:to|into)\b ([^,;:.]*)")
_IN_PART = re.compile(r"\bin (?:the |your |a |each |every |any )?([\w' -]*)")


def scope_of(text: str, said: str, end: int) -> Words:
    """Return what a property that ends at a position is for: 'quotation' in 'bold for quotations'.

    Args:
        text: The clause, folded.
        said: The words that name the property.
        end: Where they end.
    """
    scope: Words = frozenset()
    beyond = _WHATEVER.search(text, end)
    limit = beyond.start() if beyond else len(text)
    for found in _SCOPE.finditer(text, end, limit):
        scope |= content(found.group(1))
    if (part := _IN_PART.search(text, end)) and part_named(part.group(1)) is not None:
        scope |= content(part.group(1))
    if "link" in said and (led := _LINKS_TO.match(text, end)):
        scope |= content(led.group(1))
    return scope - {"", "humor", "everyth"}
