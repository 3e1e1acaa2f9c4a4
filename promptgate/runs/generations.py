"""Which generations of recordings a gate could choose from, and which are not for it.

A refresh adds a generation and the newest counts: whoever refreshes often enough gets
a baseline to their liking, so all are told. The generation that a release has recorded
as the next baseline is left out while its prompt is still the candidate: answers that
let a candidate through would flatter the baseline that they become.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.models.cassettes import Cassettes
from promptgate.prompts import read_lock
from promptgate.prompts.lock import JUDGED
from promptgate.prompts.revisions import RELEASED

if TYPE_CHECKING:
    from promptgate.files import Tree
    from promptgate.project import Project
    from promptgate.runs.answers import Source
    from promptgate.runs.plan import Plan


def without_next_baseline(project: Project, candidate: Tree, source: Source) -> Source:
    """Return a source that does not see what the candidate's release has set aside.

    Args:
        project: Governed by the base.
        candidate: Whose lock may name a generation that the base's does not.
        source: The recordings.
    """
    aside = set(_named(candidate)) - set(_named(project.governing))
    if not aside:
        return source
    return replace(source, cassettes=Cassettes(source.cassettes.root, without=aside))


def _named(tree: Tree) -> list[str]:
    lock = read_lock(tree)
    found = [] if lock is None else [entry.recordings for entry in lock.prompts.values()]
    return [stamp for stamp in found if stamp and stamp != JUDGED]


def told_generations(plan: Plan, cassettes: Cassettes) -> str | None:
    """Say how often the requests of a plan were recorded; None where once.

    Answers that a release has set aside as the next baseline are no choice of anybody's:
    where those are the newest there is nothing to tell.

    Args:
        plan: Of a gate, governed by the base.
        cassettes: The recordings.
    """
    expected = set(_named(plan.arms[0].project.governing))
    found = [
        cassettes.generations(request.digest)
        for request in {
            request.digest: request
            for planned in plan.cases
            for request in planned.requests.values()
            if request is not None
        }.values()
    ]
    again = [stamps for stamps in found if len(stamps) > 1 and max(stamps) not in expected]
    if not again:
        return None
    counts = Counter(stamp for stamps in found for stamp in stamps)
    listed = ", ".join(f"{name or 'the first'} ({n})" for name, n in sorted(counts.items()))
    return (
        f"{len(again)} requests were recorded more than once and the newest answers count; "
        f"generations, with their requests: {listed}."
    )


def told_baseline(plan: Plan, cassettes: Cassettes) -> str | None:
    """Say that the baseline's answers let it through, where they did and are the only ones.

    Args:
        plan: Of a gate, governed by the base.
        cassettes: The recordings.
    """
    lock = read_lock(plan.arms[0].project.governing)
    if lock is None or plan.arms[0].revision != RELEASED:
        return None
    judged = {name for name, entry in lock.prompts.items() if entry.recordings == JUDGED}
    old = sorted(
        {
            planned.prompt
            for planned in plan.cases
            if planned.prompt in judged
            and (request := planned.requests.get("baseline")) is not None
            and len(cassettes.generations(request.digest)) == 1
        }
    )
    if not old:
        return None
    return (
        f"The baseline of {', '.join(old)} was released with --offline: its answers are those that "
        "let it through and flatter it, so that a harmless edit fails more often. "
        "'promptgate record --revision released --refresh' records others."
    )
