"""Find the verb of an instruction and what it is done to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from promptgate.language.contradictions.reading.nouns import STOP
from promptgate.language.contradictions.words.lexicon import GROUPS_OF, WHOLE_STEMS
from promptgate.language.stems import WORD, stem, stem_set, word_set

if TYPE_CHECKING:
    from promptgate.language.conditions import Words
    from promptgate.language.instructions import Instruction


_SKIPPED = word_set(
    """please always never also then just only simply strictly do don't not you must should may can
    cannot can't will shall are allowed permitted forbidden prohibited banned to feel free that
    have fine ok okay acceptable need ought ever
    and but instead furthermore additionally finally remember try from it is important
    essential still nevertheless mustn't shouldn't aren't being welcome expected required
    supposed able authorised authorized entitled empowered encouraged instructed absolutely
        under no circumstances by all means so or
    does doesn't hesitate forget fail neglect ensure won't first second next
    therefore moreover otherwise today however explicitly proactively kindly now if"""
)
_EXPLICIT = word_set(
    """always never don't do doesn't not must should may can cannot can't mustn't shouldn't allowed
    permitted free hesitate forget fail"""
)
_WITHHOLD = stem_set("avoid exclude omit skip refrain ignore disregard")
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
_NOUN_FIRST = stem_set("question point note report list name order query call answer cover address")
_FINITE_VERBS = (
    frozenset(GROUPS_OF) | stem_set("end begin start open close finish conclude")
) - _NOUN_FIRST
FRAMES = stem_set("end begin start open close finish conclude wrap")
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


_LEADING = re.compile(
    r"^\W*(?:before|after|at|below|above|under|beneath|in|on|inside|within|during|to)\b"
    r" [^,;]*,(?= )"
)
_MAKE_SURE = re.compile(r"\bmake sure(?: that)?\b")
_ASSISTANT = re.compile(
    r"^\W*(?:(?:the |this |our )?(?:[\w'-]+ ){0,3}?(?:assistant|model|chatbot|bot|agent|ai"
    r"|claude|it))\b"
    r"(?= (?:\w+ly |also |then |only )?(?:must|should|may|can|cannot|does|will|never|always"
    r"|has|do|\w+s)\b)"
)
# Verbs whose passive has the one who gets something as its subject: 'vets are told the dose'.
_RECEIVING = stem_set(
    "tell told give given show shown offer ask send sent inform grant refuse deny"
)
_MEETING = stem_set("meet met answer greet sign counter reward")
_MET_WITH = re.compile(r" (?:off )?(?:with|by) (?P<what>.*)$")
_BE = word_set("is are was were be been being am")
_BEFORE_VERB = word_set("always also never only not must should may can will shall do does to")
_AND_VERB = re.compile(
    r"(?:,| and| or| nor|, and|, or)+(?: then| also| never| not)* (?P<verb>[a-z-]+)\b(?= [a-z'])"
)
_LIST = re.compile(r", (?:and |or |nor )?| and | or | nor |/")
PREPOSITION = re.compile(
    r" (?:in|on|at|to|for|with|by|from|about|of|into|as|that|which|who|when|if|unless|before|after"
    r"|during|without|until|than|like|such|per)\b"
)


# Words that lead to a verb of which the assistant is the subject.
_TOLD = word_set(
    "you your assistant it they users user customers customer players members when no without"
)
_STATED = re.compile(r"^ ?(?:is|are|was|were|has|have|do|does|will|would)\b")

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
                or root in ("exclud", "omit", "skip", "ignor", "disregard")
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
        if word in STOP or (root in WHOLE_STEMS and word.endswith("s")):
            return _said_of_product(text)
        if root not in _VERBS and not explicit and (instruction.subject or word.endswith("ly")):
            return None
        return _verb(text, match, explicit)
    return None


def is_order(instruction: Instruction, found: Phrase) -> bool:
    """Tell 'tell a joke', 'you may tell it' from 'our papers tell a story', told of others."""
    before = WORD.findall(_blanked(instruction.text)[: found.start])
    if all(
        word in _SKIPPED or word in _TOLD or word.endswith("ly") or stem(word) in _WITHHOLD
        for word in before
    ):
        return bool(before) or not _STATED.search(found.object_text) or found.explicit
    return bool(instruction.lead)


def _blanked(text: str) -> str:
    """Blank the name of the assistant, and 'make sure that'."""
    for pattern in (_LEADING, _ASSISTANT, _MAKE_SURE):
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
    return Phrase(root, match.start(), rest, _groups(root), explicit)


def verb_phrase(outer: Phrase, gerund: re.Match[str]) -> Phrase | None:
    """Return the phrase of a gerund inside another phrase: 'confirm by stating the price'."""
    root = stem(gerund.group("verb"))
    if root not in _VERBS:
        return None
    return Phrase(root, outer.start, outer.object_text[gerund.end() :], _groups(root), True)


def phrases(instruction: Instruction) -> tuple[Phrase, ...]:
    """Return an instruction's verb phrases: 'compliment and flatter the user' has two."""
    outer = phrase(instruction)
    if outer is None:
        return ()
    found = [outer]
    while (also := _AND_VERB.match(found[-1].object_text)) is not None:
        root = stem(also.group("verb"))
        if root not in _VERBS:
            break
        rest = found[-1].object_text[also.end() :]
        found[-1] = replace(found[-1], object_text=rest)
        found.append(replace(found[-1], verb=root, groups=_groups(root)))
    return tuple(found)


def objects(text: str) -> tuple[str, ...]:
    """Return the members of a list that a verb is followed by: 'prices, discounts or rivals'.

    A member that is one word and no plural stays with the last one: 'personal or medical data'.
    What follows the list belongs to each.
    """
    end = PREPOSITION.search(text)
    head, tail = (text[: end.start()], text[end.start() :]) if end else (text, "")
    members = _LIST.split(head.strip())
    if len(members) == 1:
        return (text,)
    whole = [
        one
        for one in members[:-1]
        if " " in one.strip() or (one.endswith("s") and not one.endswith("ous"))
    ]
    modified = " " in members[0].strip() and all(" " not in one.strip() for one in members[1:])
    if len(whole) < len(members) - 1 or modified:
        return (text,)
    return tuple(f"{one}{tail}" for one in members if one.strip())


def _groups(root: str) -> Words:
    return frozenset(GROUPS_OF.get(root, ())) or frozenset({root})


def _said_of_product(text: str) -> Phrase | None:
    """Read 'each scene opens with news', 'the list states the illness': a subject and its verb."""
    before = ""
    for index, match in enumerate(WORD.finditer(text)):
        word, root = match.group(), stem(match.group())
        follows = before in _BEFORE_VERB
        is_verb = root in _FINITE_VERBS and (
            follows or (index > 1 and word.endswith("s") and root not in WHOLE_STEMS)
        )
        if is_verb and before not in _BE and before not in ("of", "the", "a", "an", "each", "to"):
            return Phrase(root, match.start(), text[match.end() :], _groups(root), follows)
        if word in _BE or (before and word in ("that", "which", "who", "if", "when")):
            return None
        before = word
    return None


def _passive(text: str, start: int, end: int) -> Phrase | None:
    """Read 'prices must not be mentioned', 'browsing the web is not allowed', 'politics is
    banned', 'vets are told the dose', 'a blunder is met with irony'."""
    match = _PASSIVE.search(text, end)
    if match is None:
        return None
    if match.group("verdict"):
        root = stem(text[start:end])
        if text[start:end].endswith("ing") and root in _VERBS:
            return Phrase(root, start, text[end : match.start()], _groups(root), True)
        return Phrase("any", start, text[start : match.start()], ANY_WAY, True)
    root = stem(match.group("verb"))
    if root not in _VERBS and root not in _MEETING:
        return None
    after = text[match.end() :]
    if root in _MEETING and (met := _MET_WITH.match(after)) is not None:
        return Phrase("use", match.start(), met.group("what"), _groups("us"), True)
    if root in _RECEIVING and WORD.search(after) and not PREPOSITION.match(after):
        return Phrase(root, match.start(), after, _groups(root), True)
    return Phrase(root, start, text[start : match.start()] + " " + after, _groups(root), True)
