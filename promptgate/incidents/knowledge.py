"""Look up what a decision needs beside the events: the known-good version, and a fix's measure."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from promptgate.errors import InputError, MissingRecording
from promptgate.gate import Fix, KnownGood, Outcome
from promptgate.incidents import kinds
from promptgate.incidents.decide import Knowledge
from promptgate.incidents.rollback.good import find_base, find_good
from promptgate.models.catalogue import sdk_catalogue
from promptgate.prompts import open_tree
from promptgate.release.history import find_repository
from promptgate.runs.arms import open_arm
from promptgate.runs.fixing import changed_lines
from promptgate.runs.gate_options import GateOptions
from promptgate.runs.gating import run_gate

if TYPE_CHECKING:
    from datetime import datetime

    from promptgate.incidents.state import Incident
    from promptgate.project import Project
    from promptgate.runs.answers import Mode, Source


def look_up(
    project: Project,
    incident: Incident,
    now: datetime,
    *,
    good: str | None,
    none: bool,
    fix: Fix | None,
    harm: str | None,
) -> Knowledge:
    """Return what a decision needs beside the events.

    Args:
        project: As it is on disk.
        incident: That was declared.
        now: For the models that are retired.
        good: The revision to go back to, as somebody says; None: found.
        none: Somebody says that there is none.
        fix: That stands ready.
        harm: Why rolling back would do harm.

    Raises:
        RevisionError: The revision is unknown.
    """
    if none:
        return Knowledge(None, fix, harm)
    return Knowledge(known_good(project, incident, now, good), fix, harm)


def known_good(
    project: Project, incident: Incident, now: datetime, wanted: str | None
) -> KnownGood | None:
    """Return what a rollback would go back to, and whether that would help; None: nothing."""
    found = incident.last(kinds.Diagnosed)
    name = _prompt(incident)
    repository = find_repository(project.root)
    if name is None or repository is None:
        if wanted is not None:
            open_tree(project, wanted)
        return None if wanted is None else KnownGood(wanted)
    if found is not None and found.good_model is not None and wanted is None:
        return KnownGood(found.good_model, _retired(found.good_model, now), _better(found))
    base = find_base(project, repository, name)
    measured = found.good_prompt if found is not None else None
    try:
        good = find_good(project, base, name, wanted or measured)
    except InputError:
        if wanted is not None:
            raise
        return None
    better = False if wanted is None and _tried(incident) else _better(found)
    return KnownGood(good.label, _retired(good.model, now), better)


def _tried(incident: Incident) -> bool:
    """Tell whether a rollback was carried out and the exact input failed on it since."""
    rolled: kinds.RolledBack | None = None
    failed = False
    for event in incident.events:
        if isinstance(event.data, kinds.RolledBack) and not event.data.stopped:
            rolled = event.data
            failed = False
        elif isinstance(event.data, kinds.Verified) and not event.data.uncounted:
            on_it = rolled is not None and event.data.target == rolled.commit
            failed = failed or (on_it and event.data.failures > 0)
    return failed


def _prompt(incident: Incident) -> str | None:
    captured = incident.last(kinds.Captured)
    return captured.prompt if captured is not None else incident.declaration.prompt


def _retired(model: str, now: datetime) -> bool | None:
    """Tell whether a model is retired; None where it is not one that the SDK could know."""
    status = sdk_catalogue().status(model)
    if status.known:
        return status.retired(now.date())
    return True if model.startswith("claude-") else None


def _better(found: kinds.Diagnosed | None) -> bool | None:
    """Tell whether the move that was measured fails less often than what runs; None: not asked."""
    if found is None or not found.deployed or not found.remedy:
        return None
    (bad, asked), (still, answers) = found.deployed, found.remedy
    return None if not asked or not answers else still / answers < bad / asked


def measure_fix(
    project: Project,
    incident: Incident,
    revision: str,
    minutes: float | None,
    source: Source,
    mode: Mode,
) -> Fix:
    """Gate a fix against what is released: its size, and whether it passes the full suites.

    Lines are those removed and those added against the released branch: a line that is
    replaced counts as two.

    Raises:
        InputError: There is no such revision, or the incident names no prompt.
    """
    name, repository = _prompt(incident), find_repository(project.root)
    if name is None or repository is None:
        raise InputError("whose fix is it? Secure the failing input first: incident evidence.")
    base = find_base(project, repository, name)
    before = base.prompt.closure if base.prompt is not None else {}
    after = open_arm(project, "candidate", revision, None).prompt(name).closure
    paths = before.keys() | after.keys()
    lines = sum(changed_lines(before.get(path, ""), after.get(path, "")) for path in paths)
    files = sum(before.get(path) != after.get(path) for path in paths)
    options = GateOptions(candidate=revision, mode=mode, command="incident decide")
    passes: bool | None = None
    with suppress(MissingRecording):
        passes = run_gate(project, options, source).decision.outcome is Outcome.RELEASE
    return Fix(revision, lines, files, passes, minutes)
