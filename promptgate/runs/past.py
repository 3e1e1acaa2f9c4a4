"""What earlier gates against the same release say: how many attempts, which cases are flaky.

Read from the gates stored under reports/. They are looked at by what was compared
(the identities of the prompts), never by the names of revisions, which move.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from promptgate.errors import InputError
from promptgate.runs.results import read_trials
from promptgate.runs.store import DECISION, TRIALS, Identities, evidence_of_arm, identities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from promptgate.project import Project
    from promptgate.runs.plan import Plan
    from promptgate.runs.results import Trial

_INVALID_EVIDENCE = 5


@dataclass(frozen=True)
class PastGate:
    """One earlier gate against the same release.

    Attributes:
        folder: Where it is stored.
        candidate: What the candidate was, of the prompts that this gate tests.
        judged: Whether it judged an edit that somebody wants released: the evidence
            counted and something differed.
        evidence: Digest of the baseline's trials.
        answers: Digest of the candidate's trials.
    """

    folder: Path
    candidate: Identities
    judged: bool
    evidence: str
    answers: str


@dataclass(frozen=True)
class Past:
    """The earlier gates against the same release.

    Attributes:
        own: What the candidate is now.
        gates: In the order of their time.
        attempt: Whether the candidate is an edit that somebody wants released.
    """

    own: Identities = field(default_factory=dict)
    gates: tuple[PastGate, ...] = ()
    attempt: bool = True

    def attempts(self, trials: Sequence[Trial]) -> int:
        """Return how many different candidates were judged against the release, with this one.

        Candidates that answer from the same recordings are one: their requests are the same.

        Args:
            trials: Of this gate; without any it tries nothing.
        """
        if not trials or not self.attempt:
            return 1
        answers = {evidence_of_arm(trials, "candidate")}
        others: set[str] = set()
        for gate in self.gates:
            differs = any(self.own.get(n) != one for n, one in gate.candidate.items())
            if gate.judged and differs and gate.answers not in answers:
                answers.add(gate.answers)
                others.add(json.dumps(gate.candidate, sort_keys=True))
        return len(others) + 1

    def history(self, trials: Sequence[Trial]) -> dict[str, dict[str, tuple[int, int]]]:
        """Return earlier trials of the baseline alone: suite to case to (passed, trials).

        A recording counts once however often it was replayed, and not at all where it
        is among this gate's own trials: a case that is mixed now is not flaky by that.

        Args:
            trials: Of this gate.
        """
        seen = {_draw(trial) for trial in trials}
        asked = {(t.suite, t.case, t.request_digest) for t in _of_baseline(trials)}
        known = {evidence_of_arm(trials, "baseline")}
        found: dict[str, dict[str, tuple[int, int]]] = {}
        for gate in self.gates:
            if gate.evidence in known:
                continue
            known.add(gate.evidence)
            for trial in _stored(gate.folder):
                draw = _draw(trial)
                same = (trial.suite, trial.case, trial.request_digest) in asked
                if not same or draw in seen or trial.passed is None:
                    continue
                seen.add(draw)
                passed, count = found.setdefault(trial.suite, {}).get(trial.case, (0, 0))
                found[trial.suite][trial.case] = (passed + trial.passed, count + 1)
        return found


def past_gates(project: Project, plan: Plan, *, attempt: bool = True) -> Past:
    """Find the stored gates that had this plan's baseline.

    One that cannot be read, or was stored before identities were, does not count.

    Args:
        project: Where they are.
        plan: What is compared now.
        attempt: Whether its candidate is an edit that somebody wants released.
    """
    own = identities(plan)
    folder = project.reports / "gates"
    stored = sorted(folder.glob(f"*/{DECISION}"))
    gates = (_past(file, own) for file in stored)
    known = tuple(gate for gate in gates if gate is not None)
    return Past(own["candidate"], known, attempt)


def _past(file: Path, own: Mapping[str, Identities]) -> PastGate | None:
    """Return a stored gate where it had the same baseline, else None."""
    try:
        data = json.loads(file.read_bytes())
        held = data["identities"]
        common = own["baseline"].keys() & held["baseline"].keys()
        if not common or any(own["baseline"][n] != held["baseline"][n] for n in common):
            return None
        candidate = {name: held["candidate"][name] for name in common}
        unchanged = data["rules"][-1]["rule"] == "unchanged"
        decided = data["exit_code"] != _INVALID_EVIDENCE and not unchanged
        judged = decided and data.get("attempt", True)
        answers = data.get("candidate_evidence", file.parent.name)
        return PastGate(file.parent, candidate, judged, data["baseline_evidence"], answers)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _stored(folder: Path) -> Iterator[Trial]:
    try:
        yield from _of_baseline(read_trials(folder / TRIALS))
    except InputError:  # torn or taken away: it tells nothing more
        return


def _of_baseline(trials: Iterable[Trial]) -> Iterator[Trial]:
    return (trial for trial in trials if trial.arm in ("baseline", "both"))


def _draw(trial: Trial) -> tuple[Any, ...]:
    """Return what tells one generated answer from another."""
    return trial.request_digest, trial.repeat, trial.response_digest, trial.recorded_at
