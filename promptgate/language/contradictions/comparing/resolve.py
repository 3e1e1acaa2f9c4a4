"""Tell a contradiction from two rules that a condition, an exception or a priority keeps apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptgate.language.conditions import is_occasion, is_request
from promptgate.language.contradictions.claims import (
    Act,
    Ban,
    Has,
    Help,
    Limit,
    Over,
    Policy,
    Sequence,
    Turn,
    Wish,
)
from promptgate.language.contradictions.reading.languages import input_language
from promptgate.language.contradictions.reading.nouns import canonical_words
from promptgate.language.contradictions.reading.themes import tokens, touched
from promptgate.language.contradictions.words.lexicon import canonical
from promptgate.language.stems import stem_set

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptgate.language.conditions import When
    from promptgate.language.contradictions.claims import Claim

_SAME_CONDITION = 0.5
_ASKED = stem_set("ask asked want know wonder directly sincerely question explicitly")
_WITHHELD = stem_set("reveal disclose divulge leak expose")
_NEVER = re.compile(r"\W*never\b")
_ABSOLUTE = re.compile(
    r"\b(?:never|altogether|at all|entirely|completely|strictly|absolutely|nobody|any)\b"
)
_ROOT = 6  # letters that 'political' and 'politics' share
_LENGTH = frozenset({"brevity", "completeness", "length", "information"})


def applies_together(a: Claim, b: Claim) -> bool:
    """Tell whether two colliding claims can apply at the same time."""
    if isinstance(a, Policy) and isinstance(b, Policy):
        return True
    if isinstance(a, Wish | Ban | Limit):
        wish, ban = (a, b) if isinstance(a, Wish) else (b, a)
        return _meets(wish, ban)
    if isinstance(a, Has) and isinstance(b, Has) and a.kind == b.kind == "language":
        given = input_language(a)
        excepted = a.instruction.when.exception or b.instruction.when.exception
        if given is not None and given == input_language(b) and not excepted:
            return True
    first, second = a.instruction.when, b.instruction.when
    if isinstance(a, Help) and isinstance(b, Help):
        helps = second if a.refuses else first
        return helps.condition is None and helps.exception is None
    if first.condition is not None and second.condition is not None:
        return _same(first, second)
    for one, other in ((a, b), (b, a)):
        conditional, always = one.instruction.when, other.instruction.when
        if isinstance(one, Over) and is_occasion(conditional.said):
            continue
        covers = (
            always.emphatic
            or _is_never(other, one)
            or _is_flat(other, conditional)
            or (conditional.occasional and always.universal)
            or (always.universal and _is_bound_to(other))
            or (
                (_is_human(other) or _is_secret(other) or _is_withheld(other))
                and conditional.condition is not None
                and conditional.condition <= _ASKED
            )
        )
        if conditional.condition is not None and not covers:
            return False
        if isinstance(one, Turn) and "until" in (conditional.exception or ()):
            continue  # 'until the others are done' is the place itself
        if conditional.exception is not None and _is_excepted(one, other):
            return False
    return True


def _meets(wish: Claim, ban: Claim) -> bool:
    """Tell whether a request comes up while something is forbidden.

    An occasion that comes in any conversation, or that the user asks, is no exception to a flat
    prohibition; a case is ('if the customer is a partner'), unless it only names the forbidden.
    """
    asked, forbidden = wish.instruction.when, ban.instruction.when
    if (forbidden.exception or asked.exception) and (
        _is_excepted(ban, wish) or _is_excepted(wish, ban)
    ):
        return False
    if forbidden.condition is not None:
        if asked.condition is not None:
            return _same(asked, forbidden)
        return is_occasion(forbidden.said) and asked.universal
    if asked.condition is None or forbidden.emphatic or _is_absolute(ban):
        return True
    if not asked.said:  # a heading, or the line that opens a list
        return False
    if is_occasion(asked.said) or _is_of_forbidden(asked.said, ban):
        return True
    named = is_request(asked.said)
    if named is None or isinstance(ban, Limit):
        return named is not None
    words = frozenset(canonical_words(f"{wish.instruction.text} {ban.instruction.text}"))
    return frozenset(canonical(word) for word in named) <= words


def _is_of_forbidden(said: str, ban: Claim) -> bool:
    """Tell a condition that names what is forbidden: 'when users describe symptoms'."""
    themes = {found.theme for found in touched(tokens(said))}
    return isinstance(ban, Ban) and any(item & themes for item in ban.items)


def _is_absolute(ban: Claim) -> bool:
    """Tell 'never', which a case makes untrue, from 'do not', to which it is an exception."""
    return _ABSOLUTE.search(ban.instruction.text) is not None


def _is_flat(ban: Claim, conditional: When) -> bool:
    """Tell a manner that is ruled out flatly: 'no emotion at all', and on an occasion some."""
    if not isinstance(ban, Has) or ban.kind not in ("tone", "format"):
        return False
    if ban.positive:
        return ban.instruction.when.universal and conditional.said.startswith(("whenever", "each"))
    return _is_absolute(ban) or is_occasion(conditional.said)


def _is_never(one: Claim, other: Claim) -> bool:
    """Tell 'never interrupt them', which 'interrupt them if they ramble' makes untrue."""
    return (
        isinstance(one, Act)
        and isinstance(other, Act)
        and not one.positive
        and one.verb == other.verb
        and _NEVER.match(one.instruction.text) is not None
    )


def _is_secret(claim: Claim) -> bool:
    """Tell 'keep it secret', which holds all the more when somebody asks."""
    return isinstance(claim, Act) and not claim.positive and "kept secret" in claim.groups


def _is_withheld(claim: Claim) -> bool:
    """Tell 'do not reveal it' from 'do not mention it', which may mean of your own accord."""
    return isinstance(claim, Act) and not claim.positive and claim.verb in _WITHHELD


_WITHOUT_CASE = re.compile(
    r"\b(?:must|everyone|everybody|only|exclusively|nothing but|solely|no matter|every user)\b"
)


def _is_bound_to(claim: Claim) -> bool:
    """Tell 'all answers must be in English', which leaves no case out, from 'always answer in'."""
    text = claim.instruction.text
    return (
        isinstance(claim, Has)
        and claim.kind == "language"
        and _WITHOUT_CASE.search(text) is not None
    )


def _is_human(claim: Claim) -> bool:
    """Tell 'you are a human', which does not depend on who asks."""
    return isinstance(claim, Has) and claim.positive and claim.names == {"human"}


def _is_excepted(one: Claim, other: Claim) -> bool:
    """Tell whether an instruction's exception leaves room for the other claim."""
    exception = one.instruction.when.exception or frozenset()
    if other.instruction.when.condition is not None:
        return True
    words = frozenset(canonical_words(other.instruction.text))
    named = frozenset(w for word in exception for w in canonical_words(word))
    return bool(exception & words) or any(
        w[:_ROOT] == word[:_ROOT] for w in named for word in words if len(w) >= _ROOT
    )


def _same(a: When, b: When) -> bool:
    first, second = a.condition or frozenset(), b.condition or frozenset()
    if a.opposed != b.opposed:
        return False
    if first == second:
        return True
    union = first | second
    return bool(union) and len(first & second) / len(union) > _SAME_CONDITION


def settled(a: Claim, b: Claim, claims: Iterable[Claim]) -> bool:
    """Tell whether a stated priority decides between two colliding claims."""
    if a.kind == "priority" or b.kind == "priority":
        return False
    first, second = _words(a), _words(b)
    own = (a.instruction, b.instruction) if isinstance(a, Sequence) else ()
    for claim in claims:
        if claim.instruction in own:  # 'the answer before the reasons' is an order of steps
            continue
        if isinstance(claim, Policy):
            if claim.winner <= {"first", "last"} or claim.winner & (first | second):
                return True
        elif isinstance(claim, Over) and not claim.second:
            if bool(claim.first & first) != bool(claim.first & second) and isinstance(a, Help):
                return True
        elif isinstance(claim, Over) and (
            (claim.first & first and claim.second & second)
            or (claim.first & second and claim.second & first)
        ):
            return True
    return False


def _words(claim: Claim) -> frozenset[str]:
    words = canonical_words(claim.instruction.quoted)
    if claim.kind == "length":
        words |= _LENGTH
    if isinstance(claim, Help):
        words |= {"safety", "refus"} if claim.refuses else {"help"}
    return words
