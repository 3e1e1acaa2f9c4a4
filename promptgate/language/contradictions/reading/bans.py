"""Read what a clause forbids or asks for as themes and words: 'no legal advice', 'say whom to sue'.

A prohibition is a list of items, each a set of things of which one must be there: a theme that it
names, a word that it keeps. A request is the set of themes that it touches and of words that it
has. Whether one falls under the other is decided in `forbidden`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import Ban, Wish
from promptgate.language.contradictions.reading.nouns import STOP
from promptgate.language.contradictions.reading.themes import Token, named, tokens, touched
from promptgate.language.contradictions.reading.verbs import (
    PREPOSITION,
    SECRETLY,
    Phrase,
    is_order,
    phrases,
)
from promptgate.language.contradictions.words.families import (
    INWARD,
    LIGHT_NOUNS,
    LIGHT_VERBS,
    PEOPLE,
    REFUSING,
    deeds,
    family,
    kinds_of,
)
from promptgate.language.contradictions.words.lexicon import PART_STEMS, canonical
from promptgate.language.directives import IMPERATIVE_STEMS
from promptgate.language.stems import WORD, stem, stem_set, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptgate.language.conditions import Words
    from promptgate.language.instructions import Instruction

_DENIAL = re.compile(
    r"\b(?:never|not|cannot|no|nobody|nothing|none|without|nor|avoid\w*|refrain\w*|forbidden"
    r"|prohibited|banned|off[- ]limits|abstain\w*|stop|leave out|skip|omit|exclude|ban"
    r"|prohibit)\b|n't\b"
)
# What leaves something of the forbidden thing: 'not too many', 'not before', 'no longer than'.
_LIMITS = word_set(
    """too only just before until more less fewer than again first yet same both unless rather
    instead much many merely solely longer without unnecessary unnecessarily excessive excessively
    overly needlessly twice simultaneously immediately directly unprompted unsolicited unasked
    otherwise"""
)
_WISHING = stem_set("like want wish need try dare plan")
_WITHOUT_SUBJECT = re.compile(r"^\W*(?:must|may|can|should) (?:not|never) be \w+\W*$")
# 'The system adds one', 'a tenant writes': somebody else does it.
_TOLD_OF = re.compile(r"(?:^|; )\W*(?:the|an?|our|each|every|some|many|it|they|he|she|we) \w")
_HANDS_ON = re.compile(
    r"\b(?:send|forward|hand|pass|give|leave|refer|direct|point)\b.*\bto (?:a|an|the|our|another"
    r"|your)"
    r" (?:\w+ )?(?:team|colleague|agent|human|department|specialist|manager|expert|desk|person"
    r"|supervisor|hotline|staff|page|form)\b"
)
_NARROW = word_set("not other than outside except unrelated beyond but besides")
_SOME = re.compile(r"^\W*(?:not (?:every|all)|these|this|those|that|such)\b")
_PARTIAL = re.compile(
    r"\b(?:other than|except|outside|but not|besides|(?:any|no)(?:body|one|thing) but)\b"
)
_OR = re.compile(r",(?: and| or| nor)? | and | or | nor |/")
_FALLBACK = re.compile(
    r"(?:\b(?:never|not|cannot)|n't|\b(?:has|have|with|knows?) no|^\W*you are .* without)"
    r"(?: (?:be|been|being|ever|(?:like|want|wish|need|try) to \w+))*(?P<what>(?:\W.*)?)$"
)
_OWNED = re.compile(
    r"\b(?P<own>our|your|the store's|the shop's|the company's|my|its)\b"
    r"|\b(?P<user>(?:user|customer|client|caller|guest|patient|student|visitor|person)s?'s?"
    r"|their|his|her|them)(?= )"
)
_NOMINAL = ("ation", "ion", "ment", "ance", "al")
_MAY = re.compile(r"\b(?:may|can|are (?:free|allowed|permitted|welcome|entitled) to|get|receive)\b")
# What says by itself what is done with it: whatever the verb, the web is browsed.
_BY_THEMSELVES = frozenset({"t:browsing", "t:api", "t:commands", "t:packages"})
_SOMEBODY = frozenset({"user"})
_SOMEBODY_NAMED = PEOPLE | word_set("them him her they their")
_PRONOUN = re.compile(
    r"^(?: (?:to|of|for|about|on|in|with|\w+ly))?"
    r" (?:it\b"
    r"|them\b(?! (?:the|an?|how|what|who|where|when|that|your|their|to|whether|if|about))"
    r"|(?:one|any|these|those|this|that)(?=\W*$))"
)
_BEFORE_VERB = re.compile(r"^.*?(?=\b(?:is|are|must|may|can|should)\b)")
_OUGHT = re.compile(r"\b(?:may|can|could|must|should|shall|cannot|can't|mustn't)\b")
_ANAPHORIC = re.compile(r"^\W*(?:\w+ly )?(?:(?:it|one|them|this|that|so|him|her)\b.*)?$")


def bans(instruction: Instruction, before: Instruction | None) -> Iterator[Ban]:
    """Yield what an instruction forbids, one for each member of a list.

    Args:
        instruction: The clause.
        before: The clause before it, which 'do not share it' speaks of.
    """
    text = instruction.text
    told = f"{instruction.lead} {text}"
    if (
        instruction.when.exception
        or _SOME.match(text)
        or _WITHOUT_SUBJECT.match(text)
        or instruction.subject in PART_STEMS
        or _PARTIAL.search(text)
    ):
        return
    for found, verb in _forbidden(instruction, told):
        said = found.object_text
        if _PRONOUN.match(said):
            if before is None or _asks(before):  # 'name it, and do not repeat it'
                continue
            said = f" {_spoken_of(before)}"
        for member in _members(said):
            items = _items(member, verb)
            if items:
                yield Ban(
                    instruction, "permission", _families(verb, items), items, _owner(member),
                    _content(member), " ".join(text[found.start :].split()).strip(" .!"),
                )  # fmt: skip


def _families(verb: str, items: tuple[Words, ...]) -> Words:
    """Return the families of a verb; none where it names a theme, of which any verb may be."""
    names_theme = any(item & deeds(verb) and len(item) > len(deeds(verb)) for item in items)
    return frozenset() if verb and names_theme else family(verb)


def _forbidden(instruction: Instruction, told: str) -> Iterator[tuple[Phrase, str]]:
    """Yield the phrases of a clause that forbid, each with its verb; '' where that says nothing."""
    said = [found for found in phrases(instruction) if is_order(instruction, found)]
    denies = _DENIAL.search(told) is not None
    for found in said:
        limited = _LIMITS.intersection(WORD.findall(found.object_text))
        if limited or (found.verb in _WISHING and found.object_text.startswith(" to ")):
            continue
        if SECRETLY in found.groups or (denies and instruction.denies(found.start)):
            yield found, "" if found.verb == "any" else found.verb
        elif (
            found.verb in REFUSING
            and not denies
            and not instruction.denies(found.start)
            and not _NARROW.intersection(WORD.findall(found.object_text))
        ):
            yield found, ""
    told_of = instruction.is_foreign and _OUGHT.search(instruction.text) is None
    if (
        denies
        and not said
        and not told_of
        and (match := _FALLBACK.search(instruction.text)) is not None
    ):
        rest = match.group("what")
        if not _LIMITS.intersection(WORD.findall(rest)):
            yield Phrase("any", match.start(), rest, frozenset({"any"}), True), ""


def _members(text: str) -> list[str]:
    """Return the members of a list; what follows a preposition belongs to the last one."""
    text = text.strip(" .!;")
    end = PREPOSITION.search(f" {text}", 2)
    about = re.match(r"(?:\S+ ){0,3}?(?:about|on|of|regarding|for|concerning) ", text)
    if about is not None and not _OR.search(text[: about.end()]):
        return [text[: about.end()] + one for one in _OR.split(text[about.end() :]) if one.strip()]
    if end is None:
        return [one for one in _OR.split(text) if one.strip()] or [text]
    return [text]


def _items(text: str, verb: str) -> tuple[Words, ...]:
    """Return the items of a prohibition, empty where it says nothing that can be compared."""
    verb = "" if verb in LIGHT_VERBS else verb
    words = [*tokens(text)]
    if verb:
        words.insert(0, Token(verb, verb, 0, 0))
    covered: dict[int, int] = {}
    alternatives: dict[tuple[int, int], set[str]] = {}
    for found in sorted(named(words), key=lambda one: one.first - one.last):
        span = (found.first, found.last)
        if span in alternatives:
            alternatives[span].add(found.theme)
        elif not any(index in covered for index in range(*span)):
            alternatives[span] = {found.theme}
            covered.update(dict.fromkeys(range(*span), span[0]))
    telling = {
        span: themes
        for span, themes in alternatives.items()
        if any(words[index].stem not in LIGHT_NOUNS for index in range(*span))
    }  # in 'questions about rivals' no questions are forbidden
    items = [
        frozenset(themes | deeds(verb) if span == (0, 1) else themes)
        for span, themes in (telling or alternatives).items()
    ]
    for index, token in enumerate(words):
        if index in covered or _is_light(token, index):
            continue
        if index == 0 and verb:
            if not any(item & _BY_THEMSELVES for item in items):
                items.append(deeds(verb))
        else:
            items.append(kinds_of(_plain(token)))
    if verb and len(items) == 1 and (0, 1) not in alternatives and 0 not in covered:
        if not any(token.stem in PEOPLE for token in words):  # 'do not change anything'
            return () if len(words) > 1 else tuple(items)
        items.append(_SOMEBODY)  # 'do not interrupt the user'
    elif verb and len(items) == 1 and any(token.stem in PEOPLE for token in words):
        items += [_SOMEBODY] if (0, 1) in alternatives else []
    return tuple(items)


def _content(text: str) -> Words:
    return frozenset(
        _plain(token)
        for index, token in enumerate(tokens(text))
        if not _is_light(token, index) and token.stem not in LIGHT_VERBS
    )


def _is_light(token: Token, index: int) -> bool:
    if token.word in STOP or token.stem in LIGHT_NOUNS or token.word.endswith("ly"):
        return True
    if token.stem in PEOPLE:
        return True
    return index == 0 and token.stem in LIGHT_VERBS


def _plain(token: Token) -> str:
    return canonical(token.word)


def _owner(text: str) -> str:
    """Return whose a thing is: 'own', 'user', or '' where that is not said."""
    match = _OWNED.search(text)
    return "" if match is None else str(match.lastgroup)


def wishes(instruction: Instruction, before: Instruction | None) -> Iterator[Wish]:
    """Yield what an instruction asks for or allows, as a whole.

    Args:
        instruction: The clause.
        before: The clause before it, which 'send it to them' speaks of.
    """
    text = instruction.text
    if instruction.lead and _DENIAL.search(instruction.lead):
        return
    if instruction.is_foreign and _MAY.search(text) is None:
        return
    denied = _DENIAL.search(text) is not None
    said = [
        found for found in phrases(instruction) if not denied or not instruction.denies(found.start)
    ]
    said = [found for found in said if is_order(instruction, found)]
    if not any(map(_commands, said)):
        return
    verbs = frozenset(found.verb for found in said)
    if verbs & REFUSING or any(map(_keeps_back, said)) or any(SECRETLY in f.groups for f in said):
        return
    words = _asked_words(instruction, said, before)
    if denied:
        words = [token for token in words if not instruction.denies(token.start)]
    things = {one for token in words if token.word not in STOP for one in _forms(token)}
    things |= {found.theme for found in touched(words, tokens(instruction.quoted))}
    if any(token.stem in _SOMEBODY_NAMED for token in words):
        things |= _SOMEBODY
    things |= {deed for verb in verbs for deed in deeds(verb)}
    begin = said[0].start if said else 0
    yield Wish(
        instruction, "permission", frozenset(name for verb in verbs for name in family(verb)),
        frozenset(things), _owner(text[begin:]), bool(verbs & INWARD) or _HANDS_ON.search(text) is
        not None,
    )  # fmt: skip


def _keeps_back(found: Phrase) -> bool:
    return (
        found.verb == "keep"
        and re.match(r" (?:back|quiet|silent|mum)", found.object_text) is not None
    )


def _commands(found: Phrase) -> bool:
    """Tell 'tell a joke' from 'jokes about cats', which asks for nothing."""
    known = found.verb in IMPERATIVE_STEMS or bool(found.groups - {found.verb})
    return found.explicit or known


def _forms(token: Token) -> set[str]:
    """Return the words that a word stands for: a cancellation is a word, and cancels."""
    forms = {canonical(token.word)}
    for end in _NOMINAL:
        if token.stem.endswith(end):
            verb = stem(token.stem.removesuffix(end))
            forms |= {verb, *deeds(verb)}
    return forms


def _asked_words(
    instruction: Instruction, said: list[Phrase], before: Instruction | None
) -> list[Token]:
    """Return the words of a request; for 'it', those of its condition or the clause before."""
    words = [*tokens(instruction.text)]
    object_text = said[-1].object_text if said else ""
    more = []
    if instruction.when.said and (not said or _ANAPHORIC.match(object_text)):
        more.append(instruction.when.said)
    if before is not None and _PRONOUN.match(object_text):
        more.append(_spoken_of(before))
    end = len(instruction.text)
    return words + [
        Token(one.word, one.stem, end - 1, end) for text in more for one in tokens(text)
    ]


def _asks(instruction: Instruction) -> bool:
    return any(
        _commands(found) and not instruction.denies(found.start) for found in phrases(instruction)
    )


def _spoken_of(before: Instruction) -> str:
    """Return what a clause is about: the object of its verb, or its subject."""
    found = phrases(before)
    if found and found[-1].object_text.strip(" .!"):
        return found[-1].object_text
    subject = _BEFORE_VERB.match(before.text)
    return subject.group() if subject is not None else ""
