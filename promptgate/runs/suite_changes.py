"""What a change does to the suites: cases that it removes, edits or weakens, in sentences.

A change that makes the prompt worse can hide it by making the suites ask less. So
both arms also run the cases that the change removes, as the base defines them, and
whatever else became easier is said beside the verdict. Pure: two sets of suites in,
one out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from promptgate.gate import Policy
    from promptgate.suites import Case, Expectation, Suite

MOST_NAMED = 8
_POORER = ("weakened", "edited, expects another")


@dataclass(frozen=True)
class Union:
    """The suites that both arms run.

    Attributes:
        suites: As the head defines them, and what it removed as the base does.
        removed: (suite, case id) of what only the base has.
        changes: By suite, sentences on what the change made easier or other.
    """

    suites: tuple[Suite, ...]
    removed: frozenset[tuple[str, str]]
    changes: Mapping[str, tuple[str, ...]]


def unite(base: Sequence[Suite], head: Sequence[Suite], policy: Policy) -> Union:
    """Return the union of two sets of suites and what the head changed of the base.

    A suite is the same where its name is, or else its file; a case where its id is,
    or else what it asks: to rename either loses nothing.

    Args:
        base: The suites of what the candidate is compared with.
        head: The candidate's.
        policy: What holds where a suite's file gives no number.
    """
    suites, changes = [], {}
    removed: set[tuple[str, str]] = set()
    left = {suite.name: suite for suite in base}
    names = {suite.name for suite in head}
    for suite in head:
        old = left.pop(suite.name, None)
        if old is None:
            moved = (o for o in left.values() if o.file == suite.file and o.name not in names)
            old = next(moved, None)
            if old is not None:
                left.pop(old.name)
        if old is None:
            suites.append(suite)
            continue
        pairs, gone = _paired(old, suite)
        suites.append(replace(suite, cases=(*suite.cases, *gone)))
        removed.update((suite.name, case.id) for case in gone)
        sentences = (*_of_suite(old, suite, policy), *_of_cases(pairs))
        if sentences:
            changes[suite.name] = sentences
    for old in left.values():
        suites.append(old)
        removed.update((old.name, case.id) for case in old.cases)
        changes[old.name] = (f"the change removes the whole suite, {old.file}",)
    return Union(tuple(suites), frozenset(removed), changes)


def asks_less(union: Union) -> Iterator[str]:
    """Yield, for a reviewer, the suites that the change takes from or makes easier."""
    poorer = {suite for suite, _ in union.removed}
    for name, sentences in union.changes.items():
        if name in poorer or any(told.startswith(_POORER) for told in sentences):
            yield f"the suite {name!r}, which asks less or other"


def new_or_stricter(before: Sequence[Suite], after: Sequence[Suite]) -> Iterator[str]:
    """Yield 'suite:case' of each case that asks what none asked before, or that expects more.

    A question is the same however it is spelt: spacing, case and punctuation aside. A
    case in quarantine does not count, as it would not in a gate, and neither does an
    expectation that is replaced by another: nobody can tell which of the two asks more.

    Args:
        before: All suites, as they were.
        after: Those that a prompt is tested by.
    """
    known: dict[str, list[Case]] = {}
    for suite in before:
        for case in suite.cases:
            known.setdefault(_gist(case), []).append(case)
    for suite in after:
        for case in suite.cases:
            if case.quarantine is None and all(
                _is_stricter(old, case) for old in known.get(_gist(case), ())
            ):
                yield f"{suite.name}:{case.id}"


def _gist(case: Case) -> str:
    return "".join(one for one in question_of(case).casefold() if one.isalnum())


def _is_stricter(old: Case, new: Case) -> bool:
    told = list(_of_case(old, new))
    more = ("edited, also expects", "edited, threshold")
    gained = any(what.startswith(more) for what in told) or (new.critical and not old.critical)
    return gained and not any(what.startswith(_POORER) for what in told)


def name_cases(ids: Sequence[str]) -> str:
    """Name cases for a sentence, at most MOST_NAMED of them."""
    shown = ", ".join(repr(one) for one in ids[:MOST_NAMED])
    rest = len(ids) - MOST_NAMED
    return shown + (f" and {rest} more" if rest > 0 else "")


def _paired(old: Suite, new: Suite) -> tuple[list[tuple[Case, Case]], tuple[Case, ...]]:
    """Return the cases that both suites have, and those that only the old one has."""
    by_id = {case.id: case for case in new.cases}
    by_question = {question_of(case): case for case in new.cases}
    pairs, gone = [], []
    for case in old.cases:
        found = by_id.get(case.id) or by_question.get(question_of(case))
        if found is None:
            gone.append(case)
        else:
            pairs.append((case, found))
    return pairs, tuple(gone)


def question_of(case: Case) -> str:
    """Return what a case asks, to tell it from others whatever it is called."""
    return repr((sorted(case.vars.items()), [turn.messages for turn in case.turns]))


def _of_suite(old: Suite, new: Suite, policy: Policy) -> Iterator[str]:
    """Yield what changed of a suite as a whole."""
    if new.name != old.name:
        yield f"renamed: it was {old.name!r}"
    if (old.prompts, old.target) != (new.prompts, new.target):
        before, after = (s.target or ", ".join(s.prompts) for s in (old, new))
        yield f"edited: it tests {after}, and tested {before}"
    if old.repeats != new.repeats:
        word = "weakened" if new.repeats < old.repeats else "edited"
        yield f"{word}: {new.repeats} repeats instead of {old.repeats}"
    then, now = (
        policy.for_suite(
            suite.name,
            margin=suite.margin,
            min_score=suite.min_score,
            on_inconclusive=suite.on_inconclusive,
        )
        for suite in (old, new)
    )
    for name, was, is_, easier in (
        ("margin", then.margin, now.margin, now.margin > then.margin),
        ("min_score", then.min_score, now.min_score, (now.min_score or 0) < (then.min_score or 0)),
        (
            "on_inconclusive",
            then.on_inconclusive,
            now.on_inconclusive,
            now.on_inconclusive != "hold",
        ),
    ):
        if was != is_:
            yield f"{'weakened' if easier else 'edited'}: {name} is {is_}, and was {was}"


def _of_cases(pairs: Iterable[tuple[Case, Case]]) -> Iterator[str]:
    """Yield a sentence for each way in which cases changed, with the cases."""
    found: dict[str, list[str]] = {}
    for old, new in pairs:
        for what in _of_case(old, new):
            found.setdefault(what, []).append(new.id)
    for what, ids in sorted(found.items(), key=lambda item: item[0].startswith("edited")):
        yield f"{what}: {name_cases(ids)}"


def _of_case(old: Case, new: Case) -> Iterator[str]:
    """Yield how one case changed; what makes it easier is called weakened."""
    if old.critical and not new.critical:
        yield "weakened, no longer critical"
    if new.quarantine is not None and old.quarantine is None:
        yield "weakened, quarantined"
    if question_of(old) != question_of(new):
        yield "edited, asks something else"
    if old.cluster != new.cluster and (old.cluster, new.cluster) != (old.id, new.id):
        yield "edited, in another cluster"
    if len(old.turns) != len(new.turns):
        yield f"edited, {len(new.turns)} turns instead of {len(old.turns)}"
        return
    for before, after in zip(old.turns, new.turns, strict=True):
        yield from _of_expectations(before.expect, after.expect)


def _of_expectations(old: Sequence[Expectation], new: Sequence[Expectation]) -> Iterator[str]:
    """Compare what is expected of one answer, entry by entry."""
    after = {_entry(entry): entry for entry in new}
    before = {_entry(entry): entry for entry in old}
    lost = Counter(_name(e) for key, e in before.items() if key not in after)
    gained = Counter(_name(e) for key, e in after.items() if key not in before)
    for name in sorted((lost - gained).keys()):
        yield f"weakened, no longer expects {name!r}"
    for name in sorted((lost & gained).keys()):
        yield f"edited, expects another {name!r}"
    for name in sorted((gained - lost).keys()):
        yield f"edited, also expects {name!r}"
    for key in before.keys() & after.keys():
        then, now = before[key], after[key]
        for what, was, is_ in (
            ("threshold", then.threshold, now.threshold),
            ("weight", then.weight, now.weight),
        ):
            if was != is_:
                word = "weakened" if is_ < was else "edited"
                yield f"{word}, {what} of {_name(now)!r} is {is_:g}, and was {was:g}"


def _entry(entry: Expectation) -> tuple[str, str, bool]:
    return entry.scorer, repr(entry.argument), entry.negate


def _name(entry: Expectation) -> str:
    return f"not {entry.scorer}" if entry.negate else entry.scorer
