"""What an instruction claims of the answer: the values that are compared with one another.

Reading them is apart (properties, amounts, actions, orders), and so is comparing them.
Every claim keeps its instruction, which knows condition, exception and place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from promptgate.language.conditions import Words
    from promptgate.language.instructions import Instruction


@dataclass(frozen=True)
class Claim:
    """Something that an instruction asks for or forbids.

    Attributes:
        instruction: Where it comes from.
        kind: What a contradiction about it is called: 'format', 'length', …
    """

    instruction: Instruction
    kind: str


@dataclass(frozen=True)
class Has(Claim):
    """The answer, or a part of it, has a property or lacks it.

    Attributes:
        names: The property; several where any of them will do ('English or French').
        said: How the text says it.
        positive: False where it is forbidden.
        target: The part of the answer, a stem; None for the answer as a whole.
        scope: What it is for ('for quotations'); empty where for everything.
    """

    names: Words
    said: str
    positive: bool
    target: str | None
    scope: Words


@dataclass(frozen=True)
class Amount(Claim):
    """There are at least `low` and at most `high` of a unit.

    Attributes:
        unit: Stem of what is counted, or 'word', 'minute', 'money:euro', …
        verb: What is done with them; '' where they are written.
        target: The part of the answer, a stem; None for the answer as a whole.
        low: Smallest amount, in units.
        high: Largest amount; infinity where there is no limit.
        words: The other content words of the clause.
        mods: Words before the unit, stems: 'follow-up' in 'two follow-up questions'.
        said: How the text says it.
    """

    unit: str
    verb: str
    target: str | None
    low: float
    high: float
    words: Words
    mods: Words
    said: str


@dataclass(frozen=True)
class Act(Claim):
    """Something is done, may be done or must not be done.

    Attributes:
        verb: Its stem.
        groups: Groups of verbs that it belongs to.
        words: Stems of what it is done to.
        heads: Those of them that are no attribute of the next.
        positive: False where it is forbidden.
        without: Words of what it is done without.
        permits: Whether it is allowed, not asked for.
        universal: Whether it is to be done to all of them.
        everything: Whether it is to be done to everything ('translate everything').
        said: How the text says it.
    """

    verb: str
    groups: Words
    words: Words
    heads: Words
    without: Words
    positive: bool
    permits: bool
    universal: bool
    everything: bool
    said: str


@dataclass(frozen=True)
class Only(Claim):
    """Something is done to one thing and to nothing else.

    Attributes:
        verb: Its stem.
        groups: Groups of verbs that it belongs to.
        words: Stems of what it is done to.
        heads: Those of them that are no attribute of the next.
        strict: Whether the text rules out the rest in so many words ('exclusively').
        said: How the text says it.
    """

    verb: str
    groups: Words
    words: Words
    heads: Words
    strict: bool
    said: str


@dataclass(frozen=True)
class Matter(Claim):
    """What a clause asks for or rules out as a whole: its content words in order, stems."""

    words: tuple[str, ...]
    positive: bool


@dataclass(frozen=True)
class Ban(Claim):
    """Something is forbidden.

    Attributes:
        families: Families of the verb; none where any verb will do ('no jokes').
        items: What must all be there, each as the themes and words that it may be.
        owner: Whose it is: 'own', 'user' or ''.
        words: The words that it has for what is forbidden.
        said: How the text says it.
    """

    families: Words
    items: tuple[Words, ...]
    owner: str
    words: Words
    said: str


@dataclass(frozen=True)
class Wish(Claim):
    """Something is asked for or allowed.

    Attributes:
        families: Families of its verbs.
        things: The themes that it touches, and its words.
        owner: Whose they are: 'own', 'user' or ''.
        inward: Whether nothing is given of it: 'follow it', 'send them elsewhere with it'.
    """

    families: Words
    things: Words
    owner: str
    inward: bool


@dataclass(frozen=True)
class Limit(Claim):
    """Something is done with one thing or subject, and with nothing else.

    Attributes:
        verbs: Stems of what is done.
        things: Words of what is left.
        themes: The themes that they touch.
        strict: Whether the rest is ruled out in so many words ('nothing else').
        said: How the text says what is left.
    """

    verbs: Words
    things: Words
    themes: Words
    strict: bool
    said: str


@dataclass(frozen=True)
class Help(Claim):
    """Every request is to be helped with (`refuses` False), or some are to be refused."""

    refuses: bool


@dataclass(frozen=True)
class Topic(Claim):
    """What may be talked about.

    Attributes:
        only: Whether nothing else may.
        anything: Whether no topic is left out.
        also: Whether it is said to come on top of another topic.
        words: The topic, stems.
    """

    only: bool
    anything: bool
    also: bool
    words: Words


@dataclass(frozen=True)
class Over(Claim):
    """One thing counts more than another; `second` is empty where it counts most of all.

    Where `equal`, both count alike.
    """

    first: Words
    second: Words
    equal: bool = False


@dataclass(frozen=True)
class Turn(Claim):
    """Something has its place in a queue or a ranking.

    Attributes:
        place: 'first', 'last', 'ahead' of something, or 'arrival'.
        words: What has it, stems.
        of_all: Whether it is said of the whole queue.
    """

    place: str
    words: Words
    of_all: bool


@dataclass(frozen=True)
class Policy(Claim):
    """Which of two conflicting instructions wins: 'first', 'last', or words of the winner."""

    winner: Words


@dataclass(frozen=True)
class Sequence(Claim):
    """One thing is done before another; `at_once` where the second waits for nothing."""

    first: Words
    second: Words
    at_once: bool = False


@dataclass(frozen=True)
class Identity(Claim):
    """The assistant is to be somebody, a stem, in a frame: 'be', 'act', 'play' or 'seem'."""

    frame: str
    who: str
    said: str


@dataclass(frozen=True)
class Slot(Claim):
    """Something is done at a time, never then, or only then.

    Attributes:
        scale: 'day', 'hour', 'month' or 'year'.
        points: Numbers of days, half hours, months or years.
        mode: 'asked', 'never' or 'only'.
        words: What the clause is about, stems.
        verbs: Families of what is done.
    """

    scale: str
    points: frozenset[int]
    mode: str
    words: Words
    verbs: Words


@dataclass(frozen=True)
class Often(Claim):
    """Something is done at `each` of a unit, or once in it; small ranks come often."""

    words: Words
    rank: float
    each: bool


@dataclass(frozen=True)
class Place(Claim):
    """Something stands at the start or at the end of the answer."""

    at_start: bool
    words: Words
    said: str
    target: str | None
