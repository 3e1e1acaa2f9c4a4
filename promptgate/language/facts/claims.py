"""Find what an answer says of one side and the facts of the other: allowed and forbidden.

A claim is a side of an axis (axes.py) together with what it is said of. Two claims contradict
where they are on the two sides of one axis, and what is denied is no narrower than what is
stated: 'no pets on the terrace' leaves 'pets are welcome' alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.language.facts.axes import AXES, PATTERN
from promptgate.language.facts.conflict import Conflict
from promptgate.language.facts.families import family, family_set
from promptgate.language.facts.lexicon import POLAR, STOP, VERBS, canonical, opposite
from promptgate.language.facts.novelty import KNOWS_NOT, is_hedged
from promptgate.language.facts.statement import ELLIPSIS, is_within
from promptgate.language.facts.values import Amount, Day, Trait, agree
from promptgate.language.facts.wording import NEITHER, NO_DENIAL, content
from promptgate.language.folding import fold
from promptgate.language.stems import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.language.facts.statement import Statement
    from promptgate.language.facts.values import Value, Words

_NEGATOR = r"(?:not|never|no|nor|neither|none|nobody|nothing|cannot|hardly|rarely)"
_BEFORE = re.compile(rf"(?:\b(?:{_NEGATOR}|without)\b|n't\b)(?P<between>(?:[ -][\w'-]+){{0,4}}) ?$")
_AFTER = re.compile(rf"^(?: (?:is|are|be|to|any|currently|yet|of))?,? {_NEGATOR}\b|^n?'t\b")
_STOPS = re.compile(r"\b(?:and|but|or|so|because|if|when|which|that)\b")
_AUXILIARY = re.compile(
    r"^(?: not| never| also| already| just| now)*(?: been| had| got| \w+ed| \w+en)\b"
)
_COSTS = ("pay", "paid", "cost", "costs", "fee", "charge", "price")
_PROVISO = re.compile(r"\b(?:as long as|provided|unless|only if)\b")
_HAVE = ("has", "have", "had")
_PLACE = re.compile(
    r"\b(?:in|on|at|for|during|after|before|with|from|to|by|over|under|inside|near|outside|within)"
    r" (?:the |a |an |our |your |its |any |all )?([\w'-]+)(?: ([\w'-]+))?"
)
_LIGHT = frozenset(map(family, VERBS)) | family_set(
    """customer guest visitor option thing way use make take time day unfortunately service
    currently cost item product get bring note also early"""
)
_EMPTY = family_set("be have do get make take use also still currently well just note")
_EXCEPT = re.compile(r"\b(?:except|other than|apart from|excluding|but not)\b")
_SEGMENT = re.compile(r"[,;:] | and | but | though | although | while ")
_EARLIER, _LATER = re.compile(r"\b(?:until|before|up to)\b"), re.compile(r"\b(?:after|from|once)\b")
_YET = re.compile(r"\b(?:yet|so far|has not been|hasn't been|have not been|haven't been)\b")
_WILL = re.compile(r"\b(?:will|'ll|going to|tomorrow|soon)\b")
_DENIED = re.compile(
    rf"(?:\b(?:{_NEGATOR}|without|lacks?)\b|n't\b)"
    r"(?: (?:be|been|a|an|the|any|of|our|these|yet|also|currently|get))* ([\w'-]+)"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|can|will|must|may|should|does|do|did|cannot)\b|n't\b"
    r"|\b\w{2,}(?:s|ed)\b"
)
_WITH_OBJECT = frozenset({"include", "require"})
_RESTRICTED = frozenset({"allow", "open", "available", "do"})
_RESTRICTION = re.compile(r"\b(?:without|only)\b")
_FREE_OF = re.compile(r"\b([a-z]{3,})[- ]free\b(?! (?:of|for)\b)")
_NO = re.compile(r"^\W*(?:but |and |with )?no [a-z]")
_NEXT = re.compile(r" ([a-z]{3,})")
_TAKES = re.compile(
    r"\btakes?\b(?= (?:cash|cards?|cheques?|checks|paypal|bookings|reservations|dogs|pets|credit"
    r"|debit))"
)
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|can|will|must|may|should|does|do|did|cannot|no|not)\b|n't\b"
)
_POLAR = frozenset(map(family, POLAR))
_GENERAL = frozenset({"allow", "include", "free", "require", "open", "available", "do"})
_DO, _LEFT_OUT = "do", "left out"
_PART, _HALF = 1 / 3, 0.5


@dataclass(frozen=True, slots=True)
class Claim:
    """A side of an axis, and what is said to be on it.

    Attributes:
        of: Its statement.
        axis: For example 'allow'; 'do' for what a whole clause says.
        positive: Which side.
        about: Families of the words that it is said of.
        borrowed: Those of what stands before it.
        placed: Those of `about` that narrow it: 'on the terrace'.
        values: That narrow it: 'on Mondays'.
        object: Families of what is denied or lacking: 'a battery' of 'without a battery'.
    """

    of: Statement
    axis: str
    positive: bool
    about: Words
    borrowed: Words
    placed: Words
    values: tuple[Value, ...]
    object: Words = frozenset()


def claims(statements: Sequence[Statement]) -> list[Claim]:
    """Return what statements claim, each on every axis that it has a word of."""
    titles = frozenset(
        family(word)
        for one in statements
        if one.span == one.sentence
        and not one.label
        and not one.implied
        and not _PREDICATE.search(fold(one.text))
        and not PATTERN.search(fold(one.text))
        and not one.words & VERBS
        for word in one.words
    )
    return [
        replace(claim, borrowed=claim.borrowed | titles)
        for one in statements
        for claim in _claims(one)
    ]


def opposed(given: Sequence[Claim], mine: Claim) -> Conflict | None:
    """Return the conflict of a claim with one on the other side."""
    if is_hedged(fold(mine.of.text)) and not mine.of.implied:
        return None
    if mine.of.implied and (mine.of.values or any(claim.axis == _LEFT_OUT for claim in given)):
        return None
    both_imply = any(claim.of.implied for claim in given)
    best: tuple[int, Claim] | None = None
    agreed = 0
    for claim in given:
        if claim.axis != mine.axis or (both_imply and claim.of.implied != mine.of.implied):
            continue
        words = (claim.about | claim.borrowed) & (mine.about | mine.borrowed)
        shared = len(words - (_EMPTY if mine.axis == _DO else _LIGHT))
        if claim.positive == mine.positive:
            if mine.axis not in _WITH_OBJECT or claim.object & mine.object or not mine.object:
                agreed = max(agreed, shared)
        elif (best is None or shared > best[0]) and _meet(claim, mine):
            best = shared, claim
    if best is None or agreed >= max(best[0], 1):
        return None
    fact = best[1].of
    denies = "denies" if best[1].positive else "states"
    said = "states" if best[1].positive else "denies"
    return Conflict("negation", fact.span, mine.of.span, f"it {denies} what the other {said}")


def _meet(claim: Claim, mine: Claim) -> bool:
    """Tell whether two claims are about the same, and the denied one is no narrower."""
    denied, stated = (mine, claim) if claim.positive else (claim, mine)
    if not _same_condition(mine.of, claim.of) or not _same_values(denied, stated):
        return False
    if mine.of.implied and any(map(_bound, claim.values)):
        return False
    if mine.axis == "free" and any(v.slot.startswith("money:") for v in stated.values):
        return False  # 'free from 50 euros'
    if (
        stated is mine
        and denied.placed & denied.about - stated.about - _asked(mine)
        and mine.placed
    ):
        return False  # 'closed on holidays', 'open on weekdays'
    if _is_of_another_time(fold(denied.of.text), fold(stated.of.text)):
        return False
    if mine.axis in _RESTRICTED and _restriction(mine) != _restriction(claim):
        return False
    light = _EMPTY if mine.axis == _DO else _LIGHT
    if not claim.about and not claim.of.context:  # 'Vegan.'
        return mine.axis not in _GENERAL
    if claim.of.label and claim.axis != _DO and not claim.about - _labels(claim):
        return True  # 'Status: accepted.'
    theirs = claim.about | claim.borrowed
    own = (mine.about - light) or ((mine.about | mine.borrowed) - light)
    if not own & theirs:
        return False
    if mine.axis not in _GENERAL and denied is claim:
        return True  # who is said to be guilty, not where and when
    everything = stated.about | stated.borrowed
    if stated is mine and mine.of.elliptic:
        everything |= _asked(mine)
    narrower = denied.about - everything - light
    if denied is mine and mine.axis != _DO:
        narrower -= _asked(mine) & denied.placed
    if narrower & denied.placed or (denied.object - everything - _EMPTY):
        return False
    most = 0.0 if denied is mine else _PART * len(denied.about - light)
    if mine.axis != _DO and denied is claim:
        most = _HALF * len(denied.about - light)
    if len(narrower) > most:
        return False
    return mine.axis != _DO or len(denied.about & everything - light) > 1


def _labels(claim: Claim) -> Words:
    return frozenset(map(family, claim.of.label))


def _restriction(claim: Claim) -> list[str]:
    """Return what restricts a claim: 'only with a ticket' is no 'without a ticket'."""
    return sorted(set(_RESTRICTION.findall(fold(claim.of.text))))


def _asked(mine: Claim) -> Words:
    return frozenset(map(family, mine.of.asked))


def _same_values(denied: Claim, stated: Claim) -> bool:
    """Tell whether what narrows a denial narrows the statement too."""
    for value in denied.values:
        if isinstance(value, Trait) and value.slot.startswith("name:"):
            named = [name.names for name in stated.of.names if isinstance(name, Trait)]
            if named and not any(value.names & names for names in named):
                return False  # 'does not stop in Visp', 'stops in Bern'
            continue
        alike = [other for other in stated.values if other.slot == value.slot]
        if isinstance(value, Day) and any(
            isinstance(day, Day) and isinstance(other, Day) and is_within(other, day, denied.of)
            for other in alike
            for day in denied.values
        ):
            continue
        if denied.axis == "free" and value.slot.startswith("money:") and not _bound(value):
            continue
        if not any(agree(other, value) and _bound(other) == _bound(value) for other in alike):
            return False
    return True


def _bound(value: Value) -> str:
    return getattr(value, "bound", "")


def _is_of_another_time(denied: str, stated: str) -> bool:
    """Tell 'until the start' from 'after the start', and 'not yet' from 'tomorrow'."""
    if _LATER.search(denied) and _EARLIER.search(stated):
        return True
    if _EARLIER.search(denied) and _LATER.search(stated):
        return True
    return bool(_YET.search(denied) and _WILL.search(stated))


def _claims(one: Statement) -> Iterator[Claim]:
    if KNOWS_NOT.search(fold(one.text)):
        return
    if one.words and ELLIPSIS.search(fold(one.text)):  # 'Interns may not.'
        yield Claim(one, _LEFT_OUT, one.positive, one.words, frozenset(), frozenset(), ())
        return
    text = NO_DENIAL.sub(lambda match: " " * len(match.group()), fold(one.claim or one.text))
    text = text.replace("turned down", "rejected").replace("cannot", "can not")
    text = _TAKES.sub("accept", NEITHER.sub(r"not \1 and", text))
    placed = frozenset(
        family(canonical(word))
        for match in _PLACE.finditer(text)
        for word in match.groups()
        if word
    )
    exception = _EXCEPT.search(text)
    stop = one.span[0] + exception.start() if exception else one.span[1]
    whole = Claim(
        one,
        _DO,
        one.positive,
        frozenset(map(family, one.words | one.label)),
        frozenset(map(family, one.context)),
        placed,
        tuple(value for value in one.values if value.span[0] < stop),
    )
    others = tuple(value for value in one.values if value.span[0] >= stop)
    for claim in (*_lacking(whole, text), *_on_axes(whole, text), *_of_clause(whole, text)):
        yield claim
        if others and claim.axis != "include":  # 'daily except Monday'
            yield replace(claim, positive=not claim.positive, values=others)


def _lacking(whole: Claim, text: str) -> Iterator[Claim]:
    """Yield what is said to be without something: 'sugar-free', '… but no Wi-Fi'."""
    for match in _FREE_OF.finditer(text):
        lacking = frozenset({family(canonical(match.group(1)))})
        side = whole.of.denies != _is_negated(text, match.start(), match.end())
        about = frozenset(word for word in whole.about if not word.endswith(("-fre", "-free")))
        yield replace(whole, axis="include", positive=side, about=about | lacking, object=lacking)
    if _NO.match(text) is not None:
        yield replace(whole, axis="include", positive=False, placed=frozenset(), object=whole.about)


def _on_axes(whole: Claim, text: str) -> Iterator[Claim]:
    """Yield a claim for each axis that a clause has a word of."""
    seen: set[tuple[str, bool]] = set()
    money = [
        value
        for value in whole.values
        if isinstance(value, Amount) and value.slot.startswith("money:")
    ]
    for match in PATTERN.finditer(text):
        word = match.group()
        if word in _HAVE and _AUXILIARY.match(text[match.end() :]):
            continue
        flipped = whole.of.denies != _is_negated(text, match.start(), match.end())
        if word in _COSTS and money and (flipped or money[0].low == 0):
            continue  # 'Cost: 0 euros', 'It doesn't cost 10 euros.'
        own = _POLAR | frozenset(family(canonical(part)) for part in _axis_words(word))
        after = _NEXT.match(text, match.end())
        modifies = after is not None and after.group(1) not in STOP  # 'no wireless charging'
        for axis, positive in AXES[word]:
            side = positive != flipped
            if (axis, side) in seen or (axis not in _GENERAL and modifies):
                continue
            seen.add((axis, side))
            lacks = _after(text, match, whole.about) if axis in _WITH_OBJECT else frozenset()
            yield replace(
                whole,
                axis=axis,
                positive=side,
                about=_segment(text, match, whole.about) - own,
                borrowed=whole.borrowed - own,
                placed=whole.placed - own,
                object=lacks - own,
            )


def _of_clause(whole: Claim, text: str) -> Iterator[Claim]:
    """Yield what a clause with a verb says as a whole."""
    if not (whole.of.implied or _VERB.search(text)):
        return
    opposites = (opposite(word) for word in WORD.findall(text))
    yield replace(
        whole,
        object=_denied_word(text) | frozenset(family(root) for root in opposites if root),
    )


def _axis_words(word: str) -> list[str]:
    """Return what of a word of an axis says nothing else: not 'pet' of 'pet-friendly'."""
    parts = WORD.findall(word)
    return [part.rsplit("-", 1)[-1] for part in parts]


def _segment(text: str, match: re.Match[str], words: Words) -> Words:
    """Return the words that stand in the same part of a clause as a word of an axis."""
    begin = max((one.end() for one in _SEGMENT.finditer(text[: match.start()])), default=0)
    after = _SEGMENT.search(text, match.end())
    part = text[begin : after.start() if after else len(text)]
    near = frozenset(map(family, content(part))) | frozenset(
        family(canonical(piece)) for word in WORD.findall(part) for piece in word.split("-")
    )
    inside = near & (words | _near_hyphens(part))
    return inside if inside - _LIGHT else words


def _after(text: str, match: re.Match[str], words: Words) -> Words:
    """Return the words that follow a word of an axis in its part of the clause."""
    stop = _SEGMENT.search(text, match.end())
    part = text[match.end() : stop.start() if stop else len(text)]
    return frozenset(map(family, content(part))) & words


def _denied_word(text: str) -> Words:
    """Return the family of the first word that a negation is about."""
    return frozenset(family(canonical(match.group(1))) for match in _DENIED.finditer(text))


def _near_hyphens(text: str) -> Words:
    """Return the families of the parts of hyphenated words: 'pet' of 'pet-friendly'."""
    return frozenset(
        family(canonical(piece))
        for word in WORD.findall(text)
        if "-" in word
        for piece in word.split("-")
    )


def _is_negated(text: str, start: int, end: int) -> bool:
    """Tell whether a word is denied, by what stands before it or directly after."""
    count = 0
    if (before := _BEFORE.search(text[:start])) is not None and not _STOPS.search(
        before.group("between")
    ):
        count += 1
    if _AFTER.match(text[end:]):
        count += 1
    return count % 2 == 1


def _same_condition(one: Statement, fact: Statement) -> bool:
    """Tell whether a condition leaves room for both; none does where the facts rule all out."""
    if bool(one.condition) == bool(fact.condition):
        return True
    return (
        _PROVISO.search(fold(one.text)) is not None
        and not fact.positive
        and not fact.condition
        and one.positive
    )
