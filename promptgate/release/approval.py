"""Release the prompts of the work tree: gate them, then write promptgate.lock.

A prompt that was released before is compared with what was released. One that
never was is held to `min_score`: no comparison with itself can pass for evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.errors import ExitCode, LockError, SuiteError
from promptgate.files import write_atomic
from promptgate.project import LOCK
from promptgate.prompts import (
    Base,
    Lock,
    LockedApplication,
    dump_lock,
    find_base,
    govern,
    list_prompts,
    locked_prompt,
    open_tree,
    read_lock,
)
from promptgate.prompts.revisions import RELEASED, WORKTREE
from promptgate.release.next_baseline import next_baseline
from promptgate.runs.applications.code import code_fingerprint
from promptgate.runs.arms import NOTHING, open_arm
from promptgate.runs.gating import run_gate
from promptgate.runs.store import as_stored, store_gate
from promptgate.suites import load_suites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from promptgate.project import Project
    from promptgate.prompts import LockedPrompt
    from promptgate.runs.answers import Source
    from promptgate.runs.gate_options import GateOptions
    from promptgate.runs.gate_run import GateRun

HEAD = "HEAD"


@dataclass(frozen=True)
class Approval:
    """What a release did.

    Attributes:
        run: The gate that it stands on.
        released: Prompts whose entry in the lock is new or changed, by name.
        kept: Prompts that were released as they are already.
    """

    run: GateRun
    released: tuple[str, ...]
    kept: tuple[str, ...]


def release(
    project: Project,
    source: Source,
    options: GateOptions,
    prompts: Sequence[str] = (),
    *,
    offline: bool = False,
    told: Callable[[GateRun], None] = lambda _run: None,
) -> Approval:
    """Gate the work tree against what is released and, when it passes, write the lock.

    Args:
        project: As it is on disk.
        source: Where answers come from.
        options: Model and mode; the arms and the suites are not for choosing here.
        prompts: Release these alone, gated by the suites that test them; () is all.
        offline: Go without a fresh set of answers for the next baseline.
        told: Given the gate once it is decided, whatever then stands in the way of the lock.

    Raises:
        PromptError: There is no such prompt.
        SuiteError: No suite tests one of the prompts chosen.
        LockError: A prompt in the work tree is not committed as it is.
        InputError: As run_gate().
        EvidenceError: As run_gate(); or the next baseline cannot be recorded. The lock
            is then as it was.
    """
    commit = _committed(project)
    lock = read_lock(project.tree)
    base = options.base if isinstance(options.base, Base) else find_base(project, options.base)
    released = read_lock(govern(project, base).governing)
    baseline = NOTHING if released is None else RELEASED
    suites = tuple(_suites_of(project, prompts))
    run = run_gate(project, replace(options, baseline=baseline, suites=suites), source)
    store_gate(project, run)
    told(run)
    if run.decision.exit_code is not ExitCode.OK:
        return Approval(run, (), ())
    before = dict(lock.prompts) if lock is not None else {}
    kept = dict(released.prompts) if released is not None else {}
    after = dict(_entries(run, before, kept, prompts, commit))
    applications = dict(released.applications) if released is not None else {}
    applications |= _applications(project, run, commit)
    changed = tuple(name for name in after if after[name] != before.get(name))
    written = Lock(after, applications, None if lock is None else lock.anchor)
    if changed or written.applications != (lock or Lock({})).applications:
        recordings, asked = next_baseline(run, source, offline=offline)
        for name in asked.intersection(changed):
            after[name] = replace(after[name], recordings=recordings)
    if written != lock:
        write_atomic(project.root / LOCK, dump_lock(written))
    return Approval(run, changed, tuple(name for name in after if name not in changed))


def _entries(
    run: GateRun,
    before: Mapping[str, LockedPrompt],
    kept: Mapping[str, LockedPrompt],
    prompts: Sequence[str],
    commit: str,
) -> Iterator[tuple[str, LockedPrompt]]:
    """Yield the entry of each prompt after a release.

    Args:
        run: The gate that passed.
        before: What the lock on disk holds; an entry that says the same stays.
        kept: What is released; for the prompts that are left out.
        prompts: Those to be released; () is all.
        commit: That holds them.
    """
    digest = as_stored(run)["evidence"]
    for name in list_prompts(run.candidate.tree, run.candidate.folder):
        prompt = run.candidate.prompt(name)
        standing = before.get(name)
        if standing is not None and standing == locked_prompt(
            prompt,
            revision=standing.revision,
            evidence=standing.evidence,
            recordings=standing.recordings,
        ):
            yield name, standing
        elif not prompts or name in prompts:
            yield name, locked_prompt(prompt, revision=commit, evidence=digest)
        elif name in kept:
            yield name, kept[name]


def _applications(project: Project, run: GateRun, commit: str) -> dict[str, LockedApplication]:
    """Return the entry of each application that the gate has tested.

    Raises:
        LockError: Its code is not committed as it is on disk.
    """
    approved: dict[str, LockedApplication] = {}
    head, disk = open_tree(project, HEAD), open_tree(project, WORKTREE)
    for target in {planned.suite.target for planned in run.plan.cases} - {None}:
        assert target is not None
        settings = run.candidate.applications.of(target)
        here = code_fingerprint(disk, settings, target, strict=True)
        if here is None or here != code_fingerprint(head, settings, target, strict=False):
            raise LockError(
                f"the code of {target!r} is not committed as it is on disk; commit it first, so "
                "that the lock can name the revision that was released."
            )
        approved[target] = LockedApplication(here, commit)
    return approved


def _suites_of(project: Project, prompts: Sequence[str]) -> Iterator[str]:
    """Yield the names of the suites that test any of some prompts, through an application too."""
    arm = open_arm(project, "candidate", WORKTREE, None)
    tested: set[str] = set()
    for suite in load_suites(project.tree, project.settings.suites) if prompts else ():
        own = set(suite.prompts)
        if suite.target is not None:
            own.update(arm.applications.of(suite.target).prompts)
        if own.intersection(prompts):
            tested |= own
            yield suite.name
    for name in prompts:
        arm.prompt(name)
        if name not in tested:
            raise SuiteError(f"no suite tests the prompt {name!r}; add one before its release.")


def _committed(project: Project) -> str:
    """Return HEAD's commit, after checking that it holds every prompt as it is on disk."""
    head = open_tree(project, HEAD)
    assert head.commit is not None
    disk = open_tree(project, WORKTREE)
    folder = project.settings.prompts
    for path in disk.list(folder):
        if head.read(path) != disk.read(path):
            raise LockError(
                f"{path!r} is not committed as it is on disk; commit it first, so that the "
                "lock can name the revision that was released."
            )
    return head.commit
