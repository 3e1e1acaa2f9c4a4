"""Keep every gate: the decision, its trials and what was asked, in a folder under reports/."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NotRequired, TypeAlias

from typing_extensions import TypedDict

from promptgate.documents import canonical_json
from promptgate.files import write_atomic
from promptgate.gate import DecisionJson, decision_json
from promptgate.runs.asked import (
    PROMPTS,
    REQUESTS,
    dump_prompts,
    prompts_of,
    requests_of,
    write_requests,
)
from promptgate.runs.results import write_trials

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from promptgate.project import Project
    from promptgate.runs.arms import ArmName
    from promptgate.runs.asked import Asked
    from promptgate.runs.gate_run import GateRun
    from promptgate.runs.plan import Plan
    from promptgate.runs.results import Trial

DECISION = "decision.json"
TRIALS = "trials.jsonl"

Identities: TypeAlias = Mapping[str, str | Sequence[str] | None]
"""A prompt to its fingerprint and model, an application to its fingerprint; None: not there."""


class LeftOutJson(TypedDict):
    """The cases of a suite that only one of two compared files has."""

    suite: str
    baseline_only: list[str]
    candidate_only: list[str]


class StoredJson(DecisionJson):
    """A decision with what it was about: decision.json, and the JSON of `promptgate compare`.

    What files of earlier versions lack, and what one of the two alone knows, is not required.
    """

    baseline: NotRequired[str]
    candidate: NotRequired[str]
    decided_at: NotRequired[str]
    evidence: NotRequired[str]
    identities: NotRequired[dict[str, dict[str, str | list[str] | None]]]
    baseline_evidence: NotRequired[str]
    candidate_evidence: NotRequired[str]
    attempt: NotRequired[bool]
    notes: NotRequired[list[str]]
    skipped: NotRequired[list[str]]
    policy: NotRequired[dict[str, Any]]
    left_out: NotRequired[list[LeftOutJson]]
    unused_columns: NotRequired[list[str]]


def store_gate(project: Project, run: GateRun) -> Path:
    """Write a gate to `reports/gates/<time>-<digest>/` and return that folder."""
    stored = as_stored(run)
    digest = stored["evidence"].removeprefix("sha256:")
    folder = project.reports / "gates" / f"{run.decided_at:%Y%m%dT%H%M%SZ}-{digest[:8]}"
    write_trials(folder / TRIALS, run.trials)
    write_requests(folder / REQUESTS, asked(run))
    write_atomic(folder / PROMPTS, dump_prompts(prompts_of(run.plan)))
    write_atomic(folder / DECISION, json.dumps(stored, indent=2, ensure_ascii=False) + "\n")
    return folder


def as_stored(run: GateRun) -> StoredJson:
    """Return the decision with what it was about, as decision.json holds it."""
    decision = decision_json(run.decision)
    return {
        **decision,  # type: ignore[typeddict-item]  # keys of a comparison are not in it
        "baseline": run.baseline.revision,
        "candidate": run.candidate.revision,
        "decided_at": run.decided_at.isoformat(),
        "evidence": _evidence_digest(decision, run.trials),
        "identities": identities(run.plan),
        "baseline_evidence": evidence_of_arm(run.trials, "baseline"),
        "candidate_evidence": evidence_of_arm(run.trials, "candidate"),
        "attempt": run.attempt,
        "notes": list(run.notes),
        "skipped": list(run.skipped),
        "policy": run.policy.model_dump(mode="json"),
    }


def asked(run: GateRun) -> Iterator[Asked]:
    """Yield the requests that have trials."""
    return requests_of(run.plan, {trial.request_digest for trial in run.trials})


def _evidence_digest(decision: DecisionJson, trials: Sequence[Trial]) -> str:
    """Return the SHA-256 over the decision and the requests and answers it stands on."""
    stands_on = [[t.request_digest, t.repeat, t.response_digest, t.score] for t in trials]
    content = canonical_json([decision, stands_on])
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def identities(plan: Plan) -> dict[str, dict[str, str | list[str] | None]]:
    """Return what was compared: by arm, what each tested prompt or application was there."""
    tested = {planned.prompt: planned.suite.target is not None for planned in plan.cases}
    found: dict[str, dict[str, str | list[str] | None]] = {}
    for arm in plan.arms:
        found[arm.name] = {}
        for name, application in tested.items():
            own = None if application else arm.identity(name)
            found[arm.name][name] = (
                arm.application(name) if application else None if own is None else list(own)
            )
    return found


def evidence_of_arm(trials: Sequence[Trial], arm: ArmName) -> str:
    """Return the SHA-256 over the answers of an arm's trials, whatever their order."""
    drawn = sorted(
        [t.suite, t.case, t.repeat, t.request_digest, t.response_digest or "", t.recorded_at or ""]
        for t in trials
        if t.arm in (arm, "both")
    )
    return f"sha256:{hashlib.sha256(canonical_json(drawn)).hexdigest()}"
