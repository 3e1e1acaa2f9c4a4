"""How much the cases of a suite count: by the word of the base, and not of the change.

What a suite asks is the change's to say; the verdict lists what it edits. How a case
counts (the suite's margin, min_score and on_inconclusive, whether a case is critical,
whether it is in quarantine) is policy, and held to what the base has. A quarantine
that is over is over. Pure: two sets of suites and a day in, one set out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from promptgate.runs.suite_changes import name_cases, question_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from promptgate.suites import Case, Suite

_POLICY = ("margin", "min_score", "on_inconclusive")


@dataclass
class Held:
    """Suites whose cases count as the base says.

    Attributes:
        suites: With `quarantine` left only on cases that are in quarantine today.
        sentences: By suite, what that changed or sets aside.
    """

    suites: tuple[Suite, ...] = ()
    sentences: dict[str, tuple[str, ...]] = field(default_factory=dict)


def hold(suites: Sequence[Suite], base: Sequence[Suite] | None, where: str, today: date) -> Held:
    """Hold suites to the policy of the base's.

    Args:
        suites: As the change has them.
        base: As the base has them; None where nothing else governs.
        where: The base, as messages name it.
        today: The last day of a quarantine is a day in quarantine.
    """
    held = Held()
    for suite in suites:
        old = None if base is None else _counterpart(suite, base)
        own = suite if old is None else _with_policy_of(suite, old)
        sentences = [] if old is None else list(_differences(suite, own, where))
        sentences += _quarantined(own, today)
        cases = tuple(_as_of(case, today) for case in own.cases)
        held.suites += (replace(own, cases=cases),)
        if sentences:
            held.sentences[suite.name] = tuple(sentences)
    return held


def _counterpart(suite: Suite, base: Sequence[Suite]) -> Suite | None:
    """Return the same suite of the base: by its name, else by its file."""
    named = next((one for one in base if one.name == suite.name), None)
    return named or next((one for one in base if one.file == suite.file), None)


def _with_policy_of(suite: Suite, old: Suite) -> Suite:
    by_id = {case.id: case for case in old.cases}
    by_question = {question_of(case): case for case in old.cases}
    cases = tuple(
        _with_standing_of(case, by_id.get(case.id) or by_question.get(question_of(case)))
        for case in suite.cases
    )
    return replace(
        suite,
        cases=cases,
        margin=old.margin,
        min_score=old.min_score,
        on_inconclusive=old.on_inconclusive,
    )


def _with_standing_of(case: Case, old: Case | None) -> Case:
    """Return a case that counts at least as much as in the base; a new one counts in full.

    What makes it count more, the change may decide: a case made critical, a quarantine
    lifted.
    """
    if old is None:
        return replace(case, quarantine=None)
    critical = case.critical or old.critical
    aside = None if critical or case.quarantine is None else old.quarantine
    return replace(case, critical=critical, quarantine=aside)


def _differences(suite: Suite, own: Suite, where: str) -> Iterator[str]:
    """Yield what the change says of its own judgement and is not used."""
    policy = [name for name in _POLICY if getattr(suite, name) != getattr(own, name)]
    if policy:
        yield f"{' and '.join(policy)}: what {where} has counts, until the change is merged"
    pairs = list(zip(suite.cases, own.cases, strict=True))
    critical = [case.id for case, held in pairs if held.critical and not case.critical]
    if critical:
        yield f"still critical, as {where} has it: {name_cases(critical)}"
    counted = [
        case.id for case, held in pairs if case.quarantine is not None and held.quarantine is None
    ]
    if counted:
        yield f"not in quarantine before the change is merged: {name_cases(counted)}"


def _quarantined(suite: Suite, today: date) -> Iterator[str]:
    """Yield who answers for what is set aside, and what counts again."""
    inside: dict[str, list[str]] = {}
    over: list[str] = []
    for case in suite.cases:
        aside = case.quarantine
        if aside is None:
            continue
        if aside.active(today):
            inside.setdefault(f"until {aside.until}, {aside.owner}", []).append(case.id)
        else:
            over.append(f"{case.id!r} ({aside.owner}, until {aside.until})")
    for who, ids in inside.items():
        yield f"in quarantine {who}; run, and not counted: {name_cases(ids)}"
    if over:
        yield f"quarantine is over, so it counts again: {', '.join(over)}"


def _as_of(case: Case, today: date) -> Case:
    aside = case.quarantine
    return case if aside is None or aside.active(today) else replace(case, quarantine=None)


def joined(*told: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return sentences by suite, those of several sources one behind another."""
    names = dict.fromkeys(name for one in told for name in one)
    return {name: tuple(line for one in told for line in one.get(name, ())) for name in names}
