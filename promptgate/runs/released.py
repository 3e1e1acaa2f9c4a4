"""How released versions did over the stored gates: their trials, version by version.

A version is a prompt's fingerprint with the model that it asks, or an application's
fingerprint. It counts as released where a gate had it as what is released, or where
the lock has it now. A recording counts once however many gates replayed it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from promptgate.errors import InputError
from promptgate.prompts import read_lock
from promptgate.prompts.revisions import RELEASED
from promptgate.runs.stored import read_gate, stored_gates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptgate.project import Project
    from promptgate.runs.results import Trial
    from promptgate.runs.stored import StoredGate

_ARMS = ("baseline", "candidate")


class Version(NamedTuple):
    """What was released: a prompt, or the target that is an application."""

    name: str
    fingerprint: str
    model: str


@dataclass
class Released:
    """One released version with what it answered.

    Attributes:
        version: What it is.
        first: When a gate first measured it, ISO 8601.
        gates: How many gates did.
        now: Whether the lock has it now.
        trials: Each recording once.
    """

    version: Version
    first: str
    gates: int = 0
    now: bool = False
    trials: list[Trial] = field(default_factory=list, repr=False)


def released_versions(project: Project) -> list[Released]:
    """Return the released versions that stored gates measured, the first measured first.

    Raises:
        InputError: No gate is stored, or a stored file is damaged.
    """
    files = stored_gates(project)
    if not files:
        shown = f"{project.settings.reports}/gates"
        raise InputError(f"no gate is stored under {shown}; run 'promptgate gate' first.")
    gates = [read_gate(file) for file in files]
    now = _locked(project)
    wanted = now | {
        version for gate in gates if gate.baseline == RELEASED for version in _versions(gate, 0)
    }
    found: dict[Version, Released] = {}
    seen: set[tuple[Any, ...]] = set()
    for gate in gates:
        measured = [[v for v in _versions(gate, arm) if v in wanted] for arm in (0, 1)]
        if any(measured):
            _add(gate, measured, found, seen)
    for version, released in found.items():
        released.now = version in now
    return list(found.values())


def _locked(project: Project) -> set[Version]:
    lock = read_lock(project.governing)
    if lock is None:
        return set()
    prompts = {Version(name, one.fingerprint, one.model) for name, one in lock.prompts.items()}
    applications = {Version(name, one.fingerprint, "") for name, one in lock.applications.items()}
    return prompts | applications


def _versions(gate: StoredGate, arm: int) -> Iterator[Version]:
    """Yield what a gate compared in one arm; nothing of a gate that does not tell."""
    held = (gate.decision.get("identities") or {}).get(_ARMS[arm]) or {}
    for name, identity in held.items():
        if isinstance(identity, str):
            yield Version(name, identity, "")
        elif isinstance(identity, list) and len(identity) == 2:
            yield Version(name, *identity)


def _add(
    gate: StoredGate,
    measured: Sequence[Sequence[Version]],
    found: dict[Version, Released],
    seen: set[tuple[Any, ...]],
) -> None:
    """Add a gate's trials to the versions that it measured."""
    trials = gate.trials()
    if not trials:
        return
    when = gate.decision.get("decided_at", "")
    for arm, versions in enumerate(measured):
        by_name = {version.name: version for version in versions}
        for version in versions:
            found.setdefault(version, Released(version, when)).gates += 1
        for trial in trials:
            version_of_it = by_name.get(trial.prompt)
            if version_of_it is None or trial.arm not in (_ARMS[arm], "both"):
                continue
            asked = (version_of_it, trial.suite, trial.case, trial.request_digest, trial.repeat)
            draw = (*asked, trial.response_digest, trial.recorded_at)
            if draw not in seen:
                seen.add(draw)
                found[version_of_it].trials.append(trial)
