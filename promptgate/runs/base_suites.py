"""The suites of what a candidate is compared with, and which removed cases can still be run.

Separate from suite_changes.py, which only compares, because here git, the lock and
the recordings are asked.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from promptgate.errors import InputError, RevisionError
from promptgate.project import open_project
from promptgate.prompts import fork_point, open_tree, read_lock, start_of_change
from promptgate.prompts.revisions import RELEASED
from promptgate.runs.applications.trials import Applications
from promptgate.runs.arms import NOTHING
from promptgate.runs.conversation import missing
from promptgate.runs.judging.declared import open_judges
from promptgate.runs.plan import make_plan
from promptgate.runs.scoring import Scoring
from promptgate.runs.suite_changes import Union, name_cases
from promptgate.suites import load_suite, load_suites, suite_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.files import Tree
    from promptgate.project import Project
    from promptgate.runs.arms import Arm
    from promptgate.runs.conversation import Find
    from promptgate.suites import Case, Suite


def base_suites(
    project: Project, baseline: Arm, candidate: Arm, head: Sequence[Suite]
) -> tuple[Suite, ...]:
    """Return the suites as the baseline has them.

    Of a revision they are those where the candidate parted from it: a case that came
    later was not removed. What was released has those of the revisions that the lock
    names, where git still has them, else those of the commit at which HEAD left
    the base. Where there is neither, and where they cannot be read by today's rules, they
    are the head's: a change cannot be told then.

    Args:
        project: Where the repository is.
        baseline: The arm.
        candidate: The arm.
        head: The candidate's suites.
    """
    if baseline.revision == NOTHING:
        return tuple(head)
    found: dict[str, Suite] = {}
    trees = list(_trees(project, baseline, candidate))
    for tree in trees:
        try:
            folder = open_project(project.root, tree).settings.suites
            for suite in load_suites(tree, folder):
                found.setdefault(suite.name, suite)
        except InputError:
            return tuple(head)
    return tuple(found.values()) if trees else tuple(head)


def governing_suites(project: Project) -> tuple[Suite, ...] | None:
    """Return the suites of the files that govern; None where those are the files on disk.

    A suite that cannot be read there has never let anything through and says nothing.
    """
    tree = project.base
    if tree is None:
        return None
    found: dict[str, Suite] = {}
    for file in suite_files(tree, open_project(project.root, tree).settings.suites):
        with suppress(InputError):
            suite = load_suite(tree, file)
            found.setdefault(suite.name, suite)
    return tuple(found.values())


def _trees(project: Project, baseline: Arm, candidate: Arm) -> Iterator[Tree]:
    end = candidate.tree.commit or "HEAD"
    if baseline.revision != RELEASED:
        start = baseline.tree.commit
        parted = None if start is None else fork_point(project, start, end)
        yield baseline.tree if parted is None else open_tree(project, parted)
        return
    lock = read_lock(project.governing)
    revisions = [] if lock is None else [locked.revision for locked in lock.prompts.values()]
    known = False
    for revision in dict.fromkeys(revisions):
        try:
            tree = open_tree(project, revision)
            parted = fork_point(project, tree.commit or revision, end)
            yield tree if parted is None else open_tree(project, parted)
            known = True
        except RevisionError:  # rebased away, or a shallow clone
            continue
    if known:
        return
    try:
        start = start_of_change(project)
        if start is not None:
            yield open_tree(project, start)
    except RevisionError:  # no repository
        return


def keep_runnable(
    union: Union, chosen: Sequence[Suite], arms: tuple[Arm, Arm], find: Find | None, most: int
) -> tuple[tuple[Suite, ...], dict[str, tuple[str, ...]]]:
    """Leave out the removed cases that cannot be run, and say of all what became of them.

    A removed case that the candidate cannot be asked any more is said to be so: it may
    have lost its variable. One without recordings too, rather than that every removal
    needs a key: the reviewer of the removal sees it named. A critical case stays in,
    and its missing recordings end the gate: taking a case away must not open a way
    around it.

    Args:
        union: As unite() made it.
        chosen: Those of its suites that this gate is about.
        arms: The baseline first.
        find: Gives the recordings of a digest; None where what is missing is recorded.
        most: Repeats that a ladder can reach; 0 without one.

    Returns:
        The suites, and the sentences of each.
    """
    kept: list[Suite] = []
    told: dict[str, list[str]] = {}
    orphans: list[str] = []
    for suite in chosen:
        said = list(union.changes.get(suite.name, ()))
        fate: dict[str, list[str]] = {}
        left = []
        for case in suite.cases:
            if (suite.name, case.id) in union.removed:
                fault = _fault(replace(suite, cases=(case,)), case, arms, find, most)
                fate.setdefault(fault or "removed, and run as the base has it", []).append(case.id)
                if fault is not None:
                    continue
            left.append(case)
        said += [f"{what}: {name_cases(ids)}" for what, ids in fate.items()]
        if left:
            kept.append(replace(suite, cases=tuple(left)))
            told[suite.name] = said
        else:
            orphans += [f"suite {suite.name!r}: {sentence}" for sentence in said]
    if kept and orphans:
        told[kept[0].name] += orphans
    return tuple(kept), {name: tuple(said) for name, said in told.items()}


def _fault(
    alone: Suite, case: Case, arms: tuple[Arm, Arm], find: Find | None, most: int
) -> str | None:
    """Return why a removed case cannot be run, or None."""
    try:
        project = arms[0].project
        Scoring([alone], project.root, open_judges(project))
        plan = make_plan(arms, [alone], repeats=max(most, alone.repeats))
    except InputError:
        return "removed, and not run, as the candidate cannot be asked it"
    if find is None or case.critical:
        return None
    with Applications(plan, find) as applications:
        lacking = next(chain(missing(plan, find), applications.missing()), None)
    if lacking is None:
        return None
    return "removed, and not run, as it has no recordings (--mode record makes them)"
