"""Find instructions of one prompt that cannot both be followed.

Text in, pairs of spans out. A prompt is read as instructions (promptgate.language.instructions),
each as claims about the answer; every two claims of different instructions are compared, and a
collision counts unless a condition, an exception or a stated priority resolves it. No model is
asked. Separate from lint, which knows files, includes and suppression. Start at contradictions().
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING

from promptgate.language.contradictions.claims import (
    Act,
    Amount,
    Ban,
    Has,
    Help,
    Limit,
    Matter,
    Only,
    Place,
    Sequence,
    Wish,
)
from promptgate.language.contradictions.comparing.compare import clash
from promptgate.language.contradictions.comparing.crowds import Crowd
from promptgate.language.contradictions.comparing.resolve import applies_together, settled
from promptgate.language.contradictions.examples import Breach, breaches_of
from promptgate.language.contradictions.reading.actions import actions
from promptgate.language.contradictions.reading.amounts import amounts
from promptgate.language.contradictions.reading.bans import bans, wishes
from promptgate.language.contradictions.reading.exclusives import exclusives
from promptgate.language.contradictions.reading.identities import identities
from promptgate.language.contradictions.reading.limits import limits
from promptgate.language.contradictions.reading.matters import matters, without_opposite
from promptgate.language.contradictions.reading.nouns import part_named
from promptgate.language.contradictions.reading.orders import orders
from promptgate.language.contradictions.reading.plainness import LONG_PROMPT, is_plain
from promptgate.language.contradictions.reading.properties import properties
from promptgate.language.contradictions.reading.ranks import ranks
from promptgate.language.contradictions.reading.times import times
from promptgate.language.instructions import instructions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptgate.language.contradictions.claims import Claim
    from promptgate.language.instructions import Instruction
    from promptgate.language.sentences import Span

__all__ = ["Breach", "Contradiction", "breaches", "contradictions"]


_MANY = 3  # collisions of one instruction


@dataclass(frozen=True)
class Contradiction:
    """Two instructions that cannot both be followed.

    Attributes:
        kind: format, count, length, language, tone, audience, scope, permission, priority,
            persona or time.
        first: Span of the earlier one in the text.
        second: Span of the later one.
        reason: Why, as a clause.
        is_sure: Whether numbers or the very words say so, not a weighing of meaning.
    """

    kind: str
    first: Span
    second: Span
    reason: str
    is_sure: bool


def claims_of(instruction: Instruction, before: Instruction | None) -> list[Claim]:
    """Return everything that one instruction claims of the answer.

    Args:
        instruction: The instruction.
        before: The one before it, which a pronoun may speak of.
    """
    said = [*properties(instruction), *amounts(instruction)]
    if before is not None and _NEVER_FOR.match(instruction.text):
        said = [_of_part(claim, before) for claim in said]
    if not instruction.directs:
        told = [claim for claim in said if claim.kind in ("audience", "time") or _is_told_of(claim)]
        return [*told, *times(instruction)]
    return [*said, *actions(instruction), *exclusives(instruction), *orders(instruction, before),
            *times(instruction), *identities(instruction), *ranks(instruction, before),
            *matters(instruction), *bans(instruction, before), *limits(instruction),
            *wishes(instruction, before)]  # fmt: skip


_NEVER_FOR = re.compile(r"\W*(?:and |but )?(?:never|not) (?:for|to|as|with|in)\b")


def _of_part(claim: Claim, before: Instruction) -> Claim:
    """Return what is said of the part of which the clause before speaks: '…, never for staff'."""
    if isinstance(claim, Has) and claim.target is None:
        return replace(claim, target=part_named(before.text))
    return claim


def _is_told_of(claim: Claim) -> bool:
    """Tell 'a blurb has two paragraphs', which asks for them as much as 'write two' does."""
    return isinstance(claim, Amount) and claim.kind in ("count", "length") and bool(claim.target)


def contradictions(text: str) -> list[Contradiction]:
    """Return the contradictions of a prompt in order of their place, one for every two
      instructions.

    Args:
        text: The prompt as it is sent.
    """
    claims = _claims(text)
    crowd = Crowd(claims)
    found: dict[tuple[Span, Span], Contradiction] = {}
    for one, other in _comparable(claims):
        a, b = sorted((one, other), key=lambda claim: claim.instruction.span)
        spans = (a.instruction.span, b.instruction.span)
        if spans[0] == spans[1] or spans in found:
            continue
        reason = clash(a, b)
        if reason and crowd.is_chance(a, b):
            continue
        if reason and applies_together(a, b) and not settled(a, b, claims):
            kind = a.kind if type(a) is type(b) or isinstance(a, Amount) else b.kind
            found[spans] = Contradiction(kind, *spans, reason, _is_sure(a, b))
    return _without_misread(_without_alternatives([found[spans] for spans in sorted(found)]))


def _without_alternatives(found: list[Contradiction]) -> list[Contradiction]:
    """Leave out three instructions or more that all exclude one another: a table of cases."""
    met: dict[Span, set[Span]] = {}
    for one in found:
        met.setdefault(one.first, set()).add(one.second)
        met.setdefault(one.second, set()).add(one.first)
    return [one for one in found if not met[one.first] & met[one.second]]


def _without_misread(found: list[Contradiction]) -> list[Contradiction]:
    """Leave out what is more likely misread than wrong: an instruction at odds with many others.

    Of one that collides with three or more, only a sure collision is kept, and the first alone: in
    long prompts of production nearly all others were false, and one finding is enough to look.
    """
    met = Counter(span for one in found for span in (one.first, one.second))
    told: set[Span] = set()
    kept = []
    for one in found:
        many = {span for span in (one.first, one.second) if met[span] >= _MANY}
        if many and (not one.is_sure or many & told):
            continue
        told |= many
        kept.append(one)
    return kept


def _comparable(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs that can collide at all; all others cost time only."""
    sorts: dict[tuple[type[Claim], str], list[Claim]] = {}
    for claim in claims:
        side = claim.kind if isinstance(claim, Has) else ""
        if isinstance(claim, Act | Matter):
            side = "asked" if claim.positive else "denied"
        sorts.setdefault((type(claim), side), []).append(claim)
    for (sort, _), members in sorts.items():
        if sort not in (Act, Matter, Ban, Wish, Limit):
            yield from combinations(members, 2)
    for sort in (Act, Matter):
        yield from product(sorts.get((sort, "asked"), ()), sorts.get((sort, "denied"), ()))
    for ban in sorts.get((Ban, ""), ()):
        if isinstance(ban, Ban):
            rarest = ban.items[-1]
            yield from (
                (wish, ban)
                for wish in sorts.get((Wish, ""), ())
                if isinstance(wish, Wish) and not rarest.isdisjoint(wish.things)
            )
    yield from product(sorts.get((Wish, ""), ()), sorts.get((Limit, ""), ()))
    acts = sorts.get((Act, "asked"), ())
    yield from product(acts, [act for act in acts if isinstance(act, Act) and act.without])
    yield from product(sorts.get((Only, ""), ()), acts)
    yield from product(sorts.get((Amount, ""), ()), sorts.get((Has, "length"), ()))
    whole = [
        claim
        for claim in sorts.get((Has, "format"), ())
        if isinstance(claim, Has) and any(name.startswith("data:") for name in claim.names)
    ]
    yield from product(whole, sorts.get((Place, ""), ()))
    yield from product(sorts.get((Place, ""), ()), sorts.get((Sequence, ""), ()))
    yield from _alike_but_one(sorts.get((Matter, "asked"), ()))


def _alike_but_one(wishes: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the wishes that differ in one word that has an opposite."""
    met: dict[frozenset[str], list[Claim]] = {}
    for wish in wishes:
        if isinstance(wish, Matter):
            for rest in without_opposite(wish):
                yield from ((wish, other) for other in met.get(rest, ()))
                met.setdefault(rest, []).append(wish)


def breaches(text: str, answer: str) -> list[Breach]:
    """Return the instructions of a prompt that an example answer breaks.

    Args:
        text: The prompt as it is sent.
        answer: What the example has the assistant say.
    """
    return list(breaches_of(_claims(text), answer))


@lru_cache(maxsize=16)
def _claims(text: str) -> tuple[Claim, ...]:
    read = instructions(text)
    is_long = len(read) >= LONG_PROMPT
    return tuple(
        claim
        for before, one in zip([None, *read], read, strict=False)
        for claim in (
            ranks(one, before) if is_long and not is_plain(one) else claims_of(one, before)
        )
    )


def _is_sure(a: Claim, b: Claim) -> bool:
    if isinstance(a, Has) and isinstance(b, Has):
        same = {name.split(":")[0] for name in a.names} & {name.split(":")[0] for name in b.names}
        return bool(same)
    if isinstance(a, Amount) and isinstance(b, Amount):
        return True
    return type(a) is type(b) and isinstance(a, Act | Help)
