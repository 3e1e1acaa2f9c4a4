"""Keep every gate: the decision and its trials, in a folder of its own under reports/."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from promptgate.documents import canonical_json
from promptgate.files import write_atomic
from promptgate.runs.results import write_trials

if TYPE_CHECKING:
    from pathlib import Path

    from promptgate.project import Project
    from promptgate.runs.gating import GateRun

DECISION = "decision.json"
TRIALS = "trials.jsonl"


def store_gate(project: Project, run: GateRun) -> Path:
    """Write a gate to `reports/gates/<time>-<digest>/` and return that folder."""
    decision = run.decision.to_json()
    digest = evidence_digest(run)
    name = f"{run.decided_at:%Y%m%dT%H%M%SZ}-{digest.removeprefix('sha256:')[:8]}"
    folder = project.reports / "gates" / name
    write_trials(folder / TRIALS, run.trials)
    stored = {
        **decision,
        "baseline": run.baseline.revision,
        "candidate": run.candidate.revision,
        "decided_at": run.decided_at.isoformat(),
        "evidence": digest,
        "policy": run.policy.model_dump(mode="json"),
    }
    write_atomic(folder / DECISION, json.dumps(stored, indent=2, ensure_ascii=False) + "\n")
    return folder


def evidence_digest(run: GateRun) -> str:
    """Return the SHA-256 over the decision and the requests and answers it stands on."""
    stands_on = [[t.request_digest, t.repeat, t.response_digest, t.score] for t in run.trials]
    content = canonical_json([run.decision.to_json(), stands_on])
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
