"""Find regular expressions that can take exponential time, before an answer hangs a run.

Python's `re` tries every way to match before it gives up, and has no timeout; one
would make a score depend on the machine. A pattern is exponential when a loop in it
can read the same text in two ways, as in `(a+)+$`. That is a property of the pattern,
so it is decided here, when the suite is read: the positions of the pattern become a
graph of what may follow what, and two different walks from one position back to
itself over the same characters prove the fault (Weideman et al. 2016, "Analyzing
matching time behavior of backtracking regular expression matchers by using ambiguity
of NFA").

Not decided: loops with an anchor or look-around in them, back references, and patterns
of more than a few hundred positions; they are accepted. What remains is polynomial.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

_PARSER: Any = import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_MANY = 8  # a repeat that may come more often is treated as without end
_LARGEST = 400  # positions; above, no verdict

_SAMPLES = frozenset(map(chr, range(128))) | frozenset("éßЯя中あ٣—😀\u00a0\u2028")
_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


class _Undecided(Exception):
    """The pattern has what this analysis does not model."""


@dataclass
class _Piece:
    """A part of the pattern: which positions it may start and end at, and whether it may be ''."""

    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    nullable: bool = True


def is_exponential(pattern: str) -> bool:
    """Say whether a valid pattern is proven to take exponential time on some text."""
    tree = _PARSER.parse(pattern)
    if not _has_nested_choice(tree, False):
        return False
    try:
        graph = _Graph(tree, re.compile(pattern).flags)
    except _Undecided:
        return False
    return graph.is_ambiguous()


def _has_nested_choice(tree: Any, looping: bool) -> bool:
    """Say cheaply whether there is a loop with a choice in it: no other can be at fault."""
    for op, value in tree:
        name, inside = str(op), looping
        if name in _REPEATS:
            if looping and value[0] != value[1]:
                return True
            inside = looping or _endless(value[1])
        elif name == "BRANCH" and looping:
            return True
        if any(_has_nested_choice(body, inside) for body in _bodies(name, value)):
            return True
    return False


def _bodies(name: str, value: Any) -> list[Any]:
    """Return the parts of the pattern that stand inside an item of the parsed tree."""
    if name in _REPEATS:
        return [value[2]]
    if name == "BRANCH":
        return list(value[1])
    if name == "SUBPATTERN":
        return [value[3]]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    return [value] if name in ("ATOMIC_GROUP", "IN") else []


def _endless(high: int) -> bool:
    return high > _MANY


class _Graph:
    """The positions of a pattern and what may follow each (Glushkov's construction)."""

    def __init__(self, tree: Any, flags: int) -> None:
        self.alphabet = _SAMPLES | _literals(tree)
        self.labels: list[frozenset[str]] = []
        self.follow: Counter[tuple[int, int]] = Counter()
        self.zero_width = False
        self.parts: list[_Graph] = []
        self.whole = self._sequence(tree, flags, looping=False)

    def is_ambiguous(self) -> bool:
        """Say whether some position leads back to itself in two ways over one text."""
        after: dict[int, set[int]] = defaultdict(set)
        before: dict[int, set[int]] = defaultdict(set)
        for source, target in self.follow:
            after[source].add(target)
            before[target].add(source)
        for loop in _loops(after, before, len(self.labels)):
            if not self.zero_width and loop <= set(self.whole.last):
                continue  # the match may end anywhere in the loop: nothing is ever retried
            doubled = any(
                count > 1 and source in loop and target in loop
                for (source, target), count in self.follow.items()
            )
            if doubled or self._two_ways(loop, after, before):
                return True
        return any(part.is_ambiguous() for part in self.parts)

    def _two_ways(
        self, loop: set[int], after: dict[int, set[int]], before: dict[int, set[int]]
    ) -> bool:
        start = min(loop)
        ahead = self._pairs(start, loop, after)
        return any(a != b for a, b in ahead & self._pairs(start, loop, before))

    def _pairs(
        self, start: int, loop: set[int], edges: dict[int, set[int]]
    ) -> set[tuple[int, int]]:
        """Return the pairs of positions that two walks over one text may be at."""
        seen = {(start, start)}
        stack = [(start, start)]
        while stack:
            first, second = stack.pop()
            for a in edges[first] & loop:
                for b in edges[second] & loop:
                    pair = (min(a, b), max(a, b))
                    if pair not in seen and self.labels[a] & self.labels[b]:
                        seen.add(pair)
                        stack.append(pair)
        return seen

    def _sequence(self, tree: Any, flags: int, *, looping: bool) -> _Piece:
        whole = _Piece()
        for op, value in tree:
            piece = self._piece(str(op), value, flags, looping)
            self._append(whole, piece, optional=piece.nullable)
        return whole

    def _append(self, whole: _Piece, piece: _Piece, *, optional: bool) -> None:
        """Put a piece behind what there is of a sequence."""
        self._join(whole.last, piece.first)
        if whole.nullable:
            whole.first = whole.first + piece.first
        whole.last = piece.last + (whole.last if optional else [])
        whole.nullable = whole.nullable and optional

    def _piece(self, name: str, value: Any, flags: int, looping: bool) -> _Piece:
        if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            return self._position(self._label(name, value, flags))
        if name == "SUBPATTERN":
            _, add, remove, body = value
            return self._sequence(body, (flags | add) & ~remove, looping=looping)
        if name == "BRANCH":
            branches = [self._sequence(part, flags, looping=looping) for part in value[1]]
            return _Piece(
                [p for branch in branches for p in branch.first],
                [p for branch in branches for p in branch.last],
                any(branch.nullable for branch in branches),
            )
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            return self._repeat(value, flags, looping)
        if name in ("POSSESSIVE_REPEAT", "ATOMIC_GROUP"):
            part = self._part(_bodies(name, value)[0], flags)
            if not part.labels:
                return _Piece()
            piece = self._position(frozenset().union(*part.labels))
            optional = part.whole.nullable or (name == "POSSESSIVE_REPEAT" and value[0] == 0)
            return _Piece(piece.first, piece.last, optional)
        if looping or name not in ("AT", "ASSERT", "ASSERT_NOT", "GROUPREF"):
            raise _Undecided
        self.zero_width = True
        for body in _bodies(name, value):
            self._part(body, flags)
        return _Piece()

    def _repeat(self, value: Any, flags: int, looping: bool) -> _Piece:
        low, high, body = value
        if _endless(high):
            piece = self._sequence(body, flags, looping=True)
            self._join(piece.last, piece.first)
            return _Piece(piece.first, piece.last, low == 0 or piece.nullable)
        whole = _Piece()
        for index in range(high):
            piece = self._sequence(body, flags, looping=looping)
            self._append(whole, piece, optional=piece.nullable or index >= low)
        return whole

    def _part(self, body: Any, flags: int) -> _Graph:
        """Analyse what is matched on its own: a look-around, or what is never retried."""
        part = _Graph(body, flags)
        self.parts.append(part)
        return part

    def _position(self, label: frozenset[str]) -> _Piece:
        if len(self.labels) >= _LARGEST:
            raise _Undecided
        self.labels.append(label)
        position = len(self.labels) - 1
        return _Piece([position], [position], nullable=False)

    def _join(self, sources: list[int], targets: list[int]) -> None:
        for source in sources:
            for target in targets:
                self.follow[source, target] += 1

    def _label(self, name: str, value: Any, flags: int) -> frozenset[str]:
        """Return which of the sample characters one position accepts."""
        if name == "ANY":
            return self.alphabet if flags & re.DOTALL else self.alphabet - {"\n"}
        items = value if name == "IN" else [("LITERAL", value)]
        accepted: set[str] = set()
        negated = name == "NOT_LITERAL"
        for op, item in items:
            kind = str(op)
            if kind == "NEGATE":
                negated = True
            elif kind == "LITERAL":
                accepted.add(chr(item))
            elif kind == "RANGE":
                accepted |= {c for c in self.alphabet if item[0] <= ord(c) <= item[1]}
            else:
                matches = re.compile(_CATEGORIES[str(item)], flags & re.ASCII).match
                accepted |= {c for c in self.alphabet if matches(c)}
        if flags & re.IGNORECASE:
            accepted |= {c for c in self.alphabet if c.lower() in accepted or c.upper() in accepted}
        return self.alphabet - accepted if negated else frozenset(accepted)


def _literals(tree: Any) -> frozenset[str]:
    """Return every character that a pattern names, so that the samples hold them all."""
    found: set[str] = set()
    for op, value in tree:
        name = str(op)
        if name in ("LITERAL", "NOT_LITERAL"):
            found.add(chr(value))
        elif name == "RANGE":
            found |= {chr(value[0]), chr(value[1])}
        for body in _bodies(name, value):
            found |= _literals(body)
    return frozenset(found | {c.swapcase() for c in found if len(c.swapcase()) == 1})


def _loops(
    after: dict[int, set[int]], before: dict[int, set[int]], positions: int
) -> list[set[int]]:
    """Return the strongly connected sets of positions that hold a cycle."""
    loops: list[set[int]] = []
    placed: set[int] = set()
    for position in range(positions):
        if position not in placed:
            loop = _reach(position, after) & _reach(position, before)
            placed |= loop
            if loop:
                loops.append(loop)
    return loops


def _reach(start: int, edges: dict[int, set[int]]) -> set[int]:
    """Return what can be reached in one step or more."""
    seen: set[int] = set()
    stack = [start]
    while stack:
        fresh = edges[stack.pop()] - seen
        seen |= fresh
        stack.extend(fresh)
    return seen
