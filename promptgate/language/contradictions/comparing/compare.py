"""Decide whether two claims can both be met.

Two claims collide when nothing in common is left to do that meets both: disjoint ranges,
values that shut each other out, something done that is forbidden. Whether a condition, an
exception or a stated priority resolves the collision is asked in `resolve`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import (
    Act,
    Amount,
    Ban,
    Has,
    Help,
    Identity,
    Limit,
    Matter,
    Often,
    Only,
    Over,
    Place,
    Policy,
    Sequence,
    Slot,
    Topic,
    Turn,
    Wish,
)
from promptgate.language.contradictions.comparing.forbidden import falls_under
from promptgate.language.contradictions.comparing.quantities import (
    amounts_apart,
    length_apart,
    same_part,
)
from promptgate.language.contradictions.comparing.ranking import (
    ranks_apart,
    turns_apart,
    winners_differ,
)
from promptgate.language.contradictions.comparing.traits import properties_apart
from promptgate.language.contradictions.reading.identities import apart
from promptgate.language.contradictions.reading.limits import goes_beyond, of_one_theme
from promptgate.language.contradictions.reading.matters import are_opposite, ruled_out
from promptgate.language.contradictions.reading.nouns import RECIPIENTS, canonical_words
from promptgate.language.contradictions.reading.times import often_apart, slots_apart
from promptgate.language.contradictions.reading.verbs import ANY_WAY, FRAMES
from promptgate.language.contradictions.words.lexicon import (
    ADVICE,
    TOPIC_OF,
    canonical,
)
from promptgate.language.directives import IMPERATIVE_STEMS
from promptgate.language.stems import stem, stem_set, stems

if TYPE_CHECKING:
    from promptgate.language.contradictions.claims import Claim


def clash(a: Claim, b: Claim) -> str | None:
    """Return why two claims cannot both be met, as a clause; None where they can.

    The order of the two does not matter.
    """
    if frozenset((type(a), type(b))) not in _COMPARED:
        return None
    return _clash(a, b) or _clash(b, a)


_COMPARED = frozenset(
    frozenset(sorts)
    for sorts in (
        (Has,), (Amount,), (Amount, Has), (Act,), (Wish, Ban), (Wish, Limit), (Help,), (Topic,),
        (Over,), (Policy,), (Turn,), (Slot,), (Often,), (Identity,), (Only, Act), (Matter,),
        (Has, Place), (Place, Sequence), (Sequence,), (Place,),
    )
)  # fmt: skip


def _clash(a: Claim, b: Claim) -> str | None:
    match a, b:
        case Has(), Has():
            return properties_apart(a, b)
        case Amount(), Amount():
            return amounts_apart(a, b)
        case Amount(), Has():
            return length_apart(a, b)
        case Act(), Act():
            return _acts(a, b)
        case Wish(), Ban() if falls_under(a, b):
            return f"one asks for what falls under what the other forbids (“{b.said}”)"
        case Wish(), Limit() if goes_beyond(a, b):
            return f"one is limited to “{b.said}”, the other goes beyond it"
        case Help(), Help() if not a.refuses and b.refuses:
            return "one leaves no request out, the other has some refused"
        case Topic(), Topic():
            return _topics(a, b)
        case Over(), Over():
            return ranks_apart(a, b)
        case Policy(), Policy() if winners_differ(a, b):
            return "they name different winners where instructions conflict"
        case Identity(), Identity() if apart(a, b):
            return f"nobody is both “{a.said}” and “{b.said}”"
        case Slot(), Slot():
            return slots_apart(a, b)
        case Often(), Often() if often_apart(a, b):
            return "one has done each time what the other has done more rarely"
        case Place(), Sequence() if a.at_start and _comes_later(a, b):
            return f"“{a.said}” leaves nothing to come before it"
        case Turn(), Turn():
            return turns_apart(a, b)
        case Only(), Act():
            return _exclusive(a, b)
        case Matter(), Matter() if a.positive and b.positive and are_opposite(a, b):
            return "they say the opposite of one thing"
        case Matter(), Matter() if a.positive and not b.positive and ruled_out(a, b):
            return "one asks for what the other rules out"
        case Has(), Place():
            return _around_data(a, b)
        case Sequence(), Sequence():
            return _sequences(a, b)
        case Place(), Place():
            return _places(a, b)
    return None


def _acts(a: Act, b: Act) -> str | None:
    if a.positive and b.positive:
        return _done_without(a, b)
    if not a.positive or b.positive:
        return None
    if (
        b.verb in _MAKING
        and len(b.words) == 1
        and (a.verb in IMPERATIVE_STEMS and canonical(a.verb) in b.words)
    ):
        return f"one asks to {a.verb}, the other forbids it"
    if _advises(a, b):
        return f"one asks for what the other forbids (“{b.said}”)"
    if _contacts(a, b):
        return f"one asks for what the other forbids (“{b.said}”)"
    framed = a.verb in FRAMES and b.verb not in FRAMES and bool(b.groups & ANY_WAY)
    if _asks_only(a, b) or _of_other_rules(a, b):
        return None
    shared = a.groups & b.groups
    if b.verb not in _CHANGING:
        shared -= {"change"}  # what is moved is not deleted
    alike = a.verb == b.verb or bool(shared) or b.verb == "any" or framed
    if not alike:
        return None
    if not b.words or (b.words <= RECIPIENTS and "anything" in b.said):
        return f"one asks to {a.verb}, the other forbids it" if a.verb == b.verb else None
    if b.without and not (a.without & b.without):
        return None
    covered = b.words - b.without <= a.words and bool(b.heads) and b.heads - b.without <= a.heads
    if a.everything and a.verb == b.verb and not a.permits:
        return f"one asks for all of it, the other leaves some out (“{b.said}”)"
    universal = (
        a.universal and bool(a.words) and a.words <= b.words and a.heads <= b.heads | a.words
    )
    if covered or (universal and a.verb == b.verb):
        what = "allows" if a.permits else "asks for"
        return f"one {what} what the other forbids (“{b.said}”)"
    return None


_CHANGING = stem_set("change modify edit alter update touch adjust rewrite")
_OWN_RULES = re.compile(
    r"\b(?:your|these|this|system)(?: \w+)? (?:instructions?|rules?|prompts?|guidelines?)\b"
)


def _asks_only(a: Act, b: Act) -> bool:
    """Tell 'ask for their opinion' from giving one, where there must be no opinions."""
    return b.verb == "any" and "ask" in a.groups and "ask" not in b.groups


def _of_other_rules(a: Act, b: Act) -> bool:
    """Tell instructions for a kettle from those that the assistant has."""
    own = [_OWN_RULES.search(one.instruction.quoted) is not None for one in (a, b)]
    return own == [False, True]


_TALKING = stem_set("talk discuss answer help chat respond reply assist handle speak cover")
_ALSO = re.compile(
    r"^\W*(?:\w+ ){0,2}?(?:also|additionally|besides|in addition|moreover)\b|\b(?:too|as well)\W*$"
)
_OTHER = re.compile(r"\b(?:other|others|remaining|rest of the) (?P<what>\w+)")
_WHOLE = re.compile(r"\b(?:whole|entire|full|all of)\b")
_OUTPUTS = stem_set("output return respond reply print emit write give answer produce")
_BESIDE = re.compile(
    r"\b(?:below|after|before|above|beneath|under|around) (?:the |your )?"
    r"(?P<what>\w+)(?=\W*$|[,.;])"
)
_ALL = re.compile(r"\b(?:all|every|each|entire|whole|any)\b(?: (?:the|of|your|our))* (?P<what>\w+)")


def _exclusive(a: Only, b: Act) -> str | None:
    """Tell 'review only the style' and 'also point out bugs' from two tasks side by side."""
    if not b.positive or not a.groups & b.groups or not b.words:
        return None
    text = b.instruction.text
    if (
        a.verb in _OUTPUTS
        and (place := _BESIDE.search(b.instruction.quoted)) is not None
        and (place.group("what") == "it" or canonical(place.group("what")) in a.words)
    ):
        return f"one is limited to “{a.said}”, the other puts something beside it"
    whole = _ALL.search(text)
    if whole is not None and canonical(whole.group("what")) in a.words and not b.words <= a.words:
        return f"one is limited to “{a.said}”, the other is not"
    if (
        _WHOLE.search(text)
        and a.verb == b.verb
        and a.verb not in _OUTPUTS
        and not a.words & b.words
    ):
        return f"one is limited to “{a.said}”, the other is not"
    other = _OTHER.search(text)
    if other is not None and canonical(other.group("what")) in a.words:
        return f"one is limited to “{a.said}”, the other goes beyond it"
    if a.verb in _TALKING or not (a.groups & b.groups) - ANY_WAY:
        return None
    if not a.words & b.words and (_ALSO.search(text) or (a.strict and a.verb == b.verb)):
        return f"one is limited to “{a.said}”, the other goes beyond it"
    return None


def _done_without(a: Act, b: Act) -> str | None:
    """Tell 'confirm every order' from 'place orders without confirmation'."""
    done = canonical(a.verb)
    if a.permits or not b.without or done not in b.without or a.without or a.verb in _BARE:
        return None
    same = canonical(b.verb) in canonical_words(a.instruction.quoted) or b.verb in _BARE
    return (
        f"one asks to do what the other does without (“{b.said}”)"
        if a.words & (b.words | b.without) and (same or not a.instruction.quoted.count(" before "))
        else None
    )


# 'Use no abbreviations', 'make no purchases': the verb is in the noun.
_MAKING = stem_set("any use make give include add write offer provide do")
_BARE = stem_set("use do have give make be")


def _contacts(a: Act, b: Act) -> bool:
    """Tell whether somebody is written to who must not be contacted."""
    people = b.words & RECIPIENTS
    return (
        b.verb == "contact"
        and "contact" in a.groups
        and bool(people)
        and people <= canonical_words(a.instruction.text)
    )


_ADVISING = stem_set("recommend suggest advise prescribe diagnose propose name tell pick choose")


def _advises(a: Act, b: Act) -> bool:
    """Tell whether a recommendation is the advice that must not be given."""
    advice = canonical("advice")
    return (
        a.verb in _ADVISING
        and advice in b.words
        and any(field in b.words and a.heads & things for field, things in ADVICE.items())
    )


_PARTS_OF_DATA = stem_set(
    "newline bracket brace key field comment tag header row line declaration element column value"
)


def _around_data(a: Has, b: Place) -> str | None:
    """Tell data and nothing else from data with a sentence before or behind it."""
    data = {name.removeprefix("data:") for name in a.names if name.startswith("data:")}
    if not a.positive or a.scope or a.target or b.target or "plain" in data or "html" in data:
        return None
    said = set(stems(b.said)) | b.words
    if said & (_PARTS_OF_DATA | data):
        return None
    return f"“{a.said}” leaves no place for “{b.said}”"


def _topics(a: Topic, b: Topic) -> str | None:
    if not a.only or (b.only and a.words & b.words):
        return None
    if b.only:
        first = {TOPIC_OF[word] for word in a.words if word in TOPIC_OF}
        second = {TOPIC_OF[word] for word in b.words if word in TOPIC_OF}
        return "each allows only its own topic" if first and second and not first & second else None
    if b.anything and not b.words & a.words:
        return "one allows only one topic, the other any"
    if a.words & b.words and not _is_another(a, b):
        return None
    if of_one_theme(a.instruction.quoted, b.instruction.quoted):
        return None
    domains = {TOPIC_OF[word] for word in a.words if word in TOPIC_OF}
    others = {TOPIC_OF[word] for word in b.words if word in TOPIC_OF}
    if (
        b.words and b.also and not domains & others and (others or "other" in b.instruction.quoted)
    ) or (domains and others and not domains & others):
        return "one allows only its own topic, the other asks for another"
    return None


def _is_another(a: Topic, b: Topic) -> bool:
    """Tell 'our products' and 'other companies' products' from 'wine' and 'any other wine'."""
    other = re.search(r"\bother (\w+)", b.instruction.quoted)
    return b.also and other is not None and stem(other.group(1)) not in a.words


def _sequences(a: Sequence, b: Sequence) -> str | None:
    if a.at_once and not b.at_once:
        done = b.second
        return "one does at once what the other has wait" if _same_thing(a.second, done) else None
    if (
        not a.at_once
        and not b.at_once
        and _same_thing(a.first, b.second)
        and _same_thing(a.second, b.first)
    ):
        return "they want the same two steps in opposite order"
    return None


def _comes_later(first: Place, order: Sequence) -> bool:
    """Tell whether something comes before what is to be the first thing of all."""
    return (
        not order.at_once
        and "first" in first.said.split()
        and first.words <= order.second
        and not first.words & order.first
    )


def _same_thing(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a & b) and len(a & b) > 0.5 * min(len(a), len(b))


def _places(a: Place, b: Place) -> str | None:
    if not same_part(a.target, b.target):
        return None
    shared = a.words & b.words
    if a.at_start == b.at_start:
        return f"“{a.said}” and “{b.said}” cannot both hold" if not shared else None
    return f"“{a.said}” and “{b.said}” put one thing in two places" if a.words == b.words else None
