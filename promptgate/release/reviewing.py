"""The facts that the rules of review are asked about, found in git, suites and a forge's export.

What the rules make of them is promptgate.gate.review's business, which is pure.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.errors import InputError, PromptgateError, RevisionError
from promptgate.gate import ChangedPrompt, Policy, Review, ReviewFacts
from promptgate.models.catalogue import sdk_catalogue
from promptgate.project import CONFIG, LOCK, open_project
from promptgate.prompts import governing_section, list_prompts, open_tree, read_lock
from promptgate.prompts.revisions import WORKTREE
from promptgate.release.evidence import edited_judges
from promptgate.release.forge import read_export
from promptgate.runs.adjudications import FILE as ADJUDICATIONS
from promptgate.runs.arms import open_arm
from promptgate.runs.authors import people, same_person
from promptgate.runs.plan import plan_cases
from promptgate.runs.suite_changes import asks_less, new_or_stricter, unite
from promptgate.suites import load_suites

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from promptgate.project import Project
    from promptgate.prompts import Lock
    from promptgate.release.change import Difference
    from promptgate.runs.arms import Arm
    from promptgate.suites import Suite

_NOREPLY = re.compile(r"(?:\d+\+)?(?P<login>[^@+]+)@users\.noreply\.[\w.-]+", re.IGNORECASE)
_TRAILERS = "--format=%x00%H%n%(trailers:key=Reviewed-by,valueonly,unfold)"


def review_facts(
    project: Project, change: Difference, export: Path | None, today: date
) -> ReviewFacts:
    """Return what the rules of review need to know of a change.

    Args:
        project: Governed by the base.
        change: What is judged.
        export: File with a forge's export of the reviews; None: commit trailers are read.
        today: A model whose last day has come is retired.

    Raises:
        InputError: The export cannot be read, is part of the repository, or a suite is wrong.
    """
    after = load_suites(open_tree(project, change.candidate), project.settings.suites)
    changed = _Changed(
        open_arm(project, "baseline", change.start, None),
        open_arm(project, "candidate", change.candidate, None),
        _suites_before(project, change.start, after),
        after,
    )
    names = list(changed.names())
    prompts = tuple(_prompt(changed, name, read_lock(project.governing), today) for name in names)
    policy = governing_section(project, "gate", Policy)
    governing = (
        *(name for name in (CONFIG, LOCK, ADJUDICATIONS) if name in change.paths),
        *(f"the prompt {name!r}, which goes" for name in changed.gone()),
        *(name for name in edited_judges(project, change) if name != "[judges]"),
        *asks_less(unite(changed.before, changed.after, policy)),
    )
    scope = (*_scope(project, changed, names), *edited_judges(project, change))
    authors = people(project, change.start, change.candidate, everything=True)
    if export is not None:
        reviews = tuple(_exported(change, _outside(change, export), authors, scope))
    else:
        reviews = tuple(_trailers(change, authors, scope))
    return ReviewFacts(prompts, tuple(governing), reviews, exported=export is not None)


@dataclass(frozen=True)
class _Changed:
    """Prompts and suites before the change and after it."""

    baseline: Arm
    candidate: Arm
    before: tuple[Suite, ...]
    after: tuple[Suite, ...]

    def names(self) -> Iterator[str]:
        """Yield the prompts that the change adds or edits; one that cannot be read is edited."""
        for name in list_prompts(self.candidate.tree, self.candidate.folder):
            try:
                if self.baseline.identity(name) == self.candidate.identity(name):
                    continue
            except PromptgateError:
                pass
            yield name

    def gone(self) -> Iterator[str]:
        """Yield the prompts that the change takes away."""
        for name in list_prompts(self.baseline.tree, self.baseline.folder):
            if not self.candidate.has(name):
                yield name

    def tests(self, name: str) -> list[Suite]:
        """Return the suites that test a prompt, through an application too."""
        return [
            suite
            for suite in self.after
            if name in suite.prompts
            or (
                suite.target is not None
                and name in self.candidate.applications.of(suite.target).prompts
            )
        ]


def _suites_before(project: Project, start: str, after: tuple[Suite, ...]) -> tuple[Suite, ...]:
    """Return the suites before the change, none before the first.

    Where today's rules cannot read them they count as those after it: nothing is shown
    to be new.
    """
    tree = open_tree(project, start)
    try:
        return load_suites(tree, open_project(project.root, tree).settings.suites)
    except InputError:
        return after


def _prompt(changed: _Changed, name: str, lock: Lock | None, today: date) -> ChangedPrompt:
    suites = changed.tests(name)
    released = lock.prompts.get(name) if lock is not None else None
    return ChangedPrompt(
        name,
        asks_otherwise=_asks_otherwise(changed, name, suites),
        cases=tuple(new_or_stricter(changed.before, suites)),
        known_good=None if released is None else f"released {released.revision[:9]}",
        model_retired=released is not None and _retired(released.model, today),
    )


def _asks_otherwise(changed: _Changed, name: str, suites: Sequence[Suite]) -> bool:
    """Tell whether any request of a prompt differs; where nothing shows, it may."""
    own = [replace(suite, prompts=(name,)) for suite in suites if name in suite.prompts]
    planned = plan_cases((changed.baseline, changed.candidate), own)
    try:
        return not own or any(not case.identical for case in planned)
    except PromptgateError:
        return True


def _retired(model: str, today: date) -> bool:
    try:
        return sdk_catalogue().status(model).retired(today)
    except InputError:  # no table: unknown is not retired
        return False


def _scope(project: Project, changed: _Changed, names: Sequence[str]) -> tuple[str, ...]:
    """Return the files and folders that a review of the change is about."""
    settings = project.settings
    closures: set[str] = set()
    for name in names:
        with suppress(PromptgateError):
            closures.update(changed.candidate.prompt(name).closure)
    # On disk a partial may be reached through a link: what it leads to is meant too.
    led_to = ((project.root / path).resolve() for path in closures)
    root = project.root.resolve()
    closures |= {p.relative_to(root).as_posix() for p in led_to if p.is_relative_to(root)}
    fixed = (settings.prompts, settings.suites, CONFIG, LOCK, ADJUDICATIONS)
    return (*fixed, *sorted(closures))


def _touched(change: Difference, scope: Sequence[str]) -> Iterator[str]:
    return (path for place in scope for path in change.below(place))


def _exported(
    change: Difference, export: Path, authors: Sequence[str], scope: Sequence[str]
) -> Iterator[Review]:
    """Yield what the forge says; an approval holds for the content that was approved."""
    told = read_export(export)
    known = [*authors, *told.authors]
    known += [found["login"] for one in known if (found := _NOREPLY.fullmatch(one))]
    for review in told.reviews:
        current = review.commit is None or _holds(change, review.commit, scope)
        own = same_person(review.reviewer, known)
        yield Review(review.reviewer, review.approves, own, current, exported=True)


def _holds(change: Difference, commit: str, scope: Sequence[str]) -> bool:
    """Tell whether what the change touches is as it was at a commit, in what reviews are about."""
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        return False
    found = change.repository.commit_of(commit)
    return found is not None and change.same_at(found, _touched(change, scope))


def _outside(change: Difference, export: Path) -> Path:
    """Return the export's path, after checking that no author could have committed it.

    Raises:
        InputError: It is part of the repository.
    """
    place = export.resolve()
    if place.is_relative_to(change.repository.top):
        path = place.relative_to(change.repository.top).as_posix()
        if change.repository.line("ls-files", "--", f":(top,literal){path}") is not None:
            raise InputError(
                "it is committed in this repository, so its author could be the change's; export "
                "the reviews from the forge into a file that is not.",
                file=str(export),
            )
    return export


def _trailers(change: Difference, authors: Sequence[str], scope: Sequence[str]) -> Iterator[Review]:
    """Yield what commits say of themselves; it holds where the last of them says it."""
    prefix = f"{change.repository.prefix}/" if change.repository.prefix else ""
    places = [f":(top,literal){prefix}{place}" for place in scope]
    try:
        told = change.repository.git(
            "log", _TRAILERS, f"{change.start}..{change.end}", "--", *places
        )
    except RevisionError:  # a history that a shallow clone does not have
        return
    committed = change.candidate != WORKTREE or not _dirty(change, scope)
    for index, block in enumerate(told.decode("utf-8", "replace").split("\0")[1:]):
        for line in block.splitlines()[1:]:
            if line.strip():
                who = line.strip()
                current = committed and index == 0
                yield Review(who, own=same_person(who, authors), current=current, exported=False)


def _dirty(change: Difference, scope: Sequence[str]) -> bool:
    """Tell whether the files on disk go beyond what is committed."""
    return not change.same_at(change.end, _touched(change, scope))
