"""Which recordings are still referred to, and clearing away the rest.

A recording counts while the work tree, the lock or a revision that the caller
names would ask for it. Everything else can be recorded again, or found in git.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.models.maintenance import prune, superseded, unused
from promptgate.models.request import Request
from promptgate.prompts import read_lock
from promptgate.prompts.revisions import ANCHOR, RELEASED, WORKTREE
from promptgate.runs.applications.trials import Applications
from promptgate.runs.arms import open_arm
from promptgate.runs.conversation import follow
from promptgate.runs.judging.calibration import labelled_digests
from promptgate.runs.judging.calls import judgement_digests
from promptgate.runs.judging.declared import open_judges
from promptgate.runs.judging.lint import lint_digests
from promptgate.runs.plan import make_plan
from promptgate.runs.scoring import Scoring
from promptgate.suites import load_suites

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from promptgate.files import Tree
    from promptgate.models.cassettes import CassettePath, Cassettes
    from promptgate.project import Project


@dataclass(frozen=True)
class Pruned:
    """What was cleared away.

    Attributes:
        unused: Cassettes that nobody referred to.
        kept: Such that stay, for what was recorded of late.
        superseded: Cassettes of generations that a newer one replaces.
        freed: Bytes.
    """

    unused: int
    superseded: int
    freed: int
    kept: int = 0


def clear_away(
    project: Project, cassettes: Cassettes, keep: Sequence[str], since: datetime | None = None
) -> Pruned:
    """Remove the recordings that nothing refers to, and those that newer ones replace.

    Args:
        project: As it is on disk.
        cassettes: Its recordings.
        keep: Revisions whose recordings stay, beside the work tree's, the released and the
            anchor's.
        since: What was recorded from then on stays, whatever asked for it: an open incident's
            investigation leaves answers to prompts that stand in no revision.

    Raises:
        InputError: A prompt, suite, application or revision cannot be read: nothing is
            removed.
        CassetteError: A recording cannot be read: likewise.
    """
    revisions = [WORKTREE, *keep]
    lock = read_lock(project.tree)
    if lock is not None:
        revisions.append(RELEASED)
        revisions += [ANCHOR] if lock.anchor is not None else []
    referred = {d for revision in revisions for d in asked_digests(project, cassettes, revision)}
    referred.update(labelled_digests(project, cassettes), lint_digests(project))
    orphans = unused(cassettes, referred)
    old = [file for file in superseded(cassettes) if file not in orphans]
    recent = {file for file in orphans if since is not None and _newer(cassettes, file, since)}
    gone = [file for file in orphans if file not in recent]
    files: list[CassettePath] = [*gone, *old]
    return Pruned(len(gone), len(old), prune(cassettes, files), len(recent))


def _newer(cassettes: Cassettes, file: CassettePath, since: datetime) -> bool:
    return any(recording.recorded_at >= since for recording in cassettes.read(file))


def asked_digests(
    project: Project, cassettes: Cassettes, revision: str, suites: Tree | None = None
) -> Iterator[str]:
    """Yield the digest of every request that suites make of one revision's prompts.

    Args:
        project: As it is on disk.
        cassettes: Its recordings, which an application's further calls depend on.
        revision: Of the prompts.
        suites: Where the suites are; by default the revision, for 'released' the disk.

    Raises:
        InputError: A prompt, suite, application or revision cannot be read.
    """
    arm = open_arm(project, "baseline", revision, None)
    tree = suites or (project.tree if revision in (RELEASED, ANCHOR) else arm.tree)
    loaded = load_suites(tree, project.settings.suites)
    plan = make_plan((arm,), loaded)
    scoring = Scoring(loaded, project.root, open_judges(project))
    with Applications(plan, cassettes.find) as applications:
        yield from judgement_digests(plan, scoring, applications)
        for performances in applications.performances().values():
            for performance in performances:
                yield from (call.request.digest for call in performance.calls)
    for planned in plan.cases:
        request = planned.requests["baseline"]
        if not isinstance(request, Request):
            continue
        for exchanges in follow(request, planned.case.turns, planned.repeats, cassettes.find):
            yield from (exchange.request.digest for exchange in exchanges)
