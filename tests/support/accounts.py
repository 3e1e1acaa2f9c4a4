"""Accounts of gates made up for a test: trials decided by the gate itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptgate.gate import (
    Context,
    KnownGood,
    Policy,
    SuiteEvidence,
    SuiteTable,
    decide,
    decision_json,
)
from promptgate.gate.table import Arm, CaseRow, State, TrialRow
from promptgate.reports.asking import read_all
from promptgate.reports.cases import case_accounts
from promptgate.reports.summary import Account, headline
from promptgate.runs.results import Part, Trial

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptgate.runs.store import StoredJson

_MANNER = {"baseline": "kind", "candidate": "brief"}
_STATES = {state.name.lower(): state for state in State}


def trial(case: str, arm: str, answer: str, *, passed: bool | None = True, **more: Any) -> Trial:
    """Return one trial; a scored one has the score 1 or 0."""
    score = None if passed is None else float(passed)
    values: dict[str, Any] = {
        "suite": "facts",
        "case": case,
        "cluster": case,
        "prompt": "support",
        "arm": arm,
        "revision": "released" if arm == "baseline" else "worktree",
        "repeat": 0,
        "state": "errored" if passed is None else "scored",
        "score": score,
        "passed": passed,
        "critical": False,
        "parts": (Part("contains", "contains", score, passed, "as made up"),),
        "request_digest": f"sha256:{arm}-{case}",
        "response_digest": f"sha256:{arm}-{case}-answer",
        "answer": answer,
        "stop_reason": "end_turn",
        "model": "test-model",
        "served_model": "test-model",
        "recorded_at": "2026-01-01T00:00:00+00:00",
        "input_tokens": 12,
        "output_tokens": 5,
        "latency_ms": 800,
        "cost_usd": 0.0012,
    }
    return Trial(**{**values, **more})


def account_of(
    trials: Iterable[Trial], questions: dict[str, str] | None = None, **more: Any
) -> Account:
    """Return the account of a gate on these trials.

    Args:
        trials: Of both arms.
        questions: Case to what was asked.
        more: Further fields of the account.
    """
    held = list(trials)
    suites: dict[str, dict[str, list[Trial]]] = {}
    for one in held:
        suites.setdefault(one.suite, {}).setdefault(one.case, []).append(one)
    evidence = [SuiteEvidence(_table(suite, cases)) for suite, cases in suites.items()]
    good = KnownGood(revision="released")
    decision = decision_json(decide(evidence, Policy(), Context(known_good=good)))
    stored: StoredJson = {**decision, "baseline": "released", "candidate": "worktree"}
    requests = [
        (
            one.request_digest,
            {
                "model": "test-model",
                "max_tokens": 100,
                "system": f"You answer.\nAlways be {_MANNER.get(one.arm)} to customers.",
                "messages": [
                    {"role": "user", "content": (questions or {}).get(one.case, f"Ask {one.case}?")}
                ],
            },
        )
        for one in held
    ]
    account = Account(
        stored,
        headline(stored),
        "released",
        "worktree",
        cases=case_accounts(decision, held, read_all(requests)),
    )
    return Account(**{**account.__dict__, **more})


def _table(suite: str, cases: dict[str, list[Trial]]) -> SuiteTable:
    arms = {"baseline": Arm.BASELINE, "candidate": Arm.CANDIDATE, "both": Arm.BOTH}
    rows = [
        CaseRow(
            case,
            own[0].cluster,
            critical=own[0].critical,
            baseline=next((t.request_digest for t in own if t.arm == "baseline"), None),
            candidate=next((t.request_digest for t in own if t.arm == "candidate"), None),
            new=all(t.arm == "candidate" for t in own),
        )
        for case, own in cases.items()
    ]
    trials = [
        TrialRow(
            case=t.case,
            arm=arms[t.arm],
            repeat=t.repeat,
            score=t.score,
            passed=t.passed,
            state=_STATES[t.state],
            response=t.response_digest,
            cost=t.cost_usd,
            latency=None if t.latency_ms is None else t.latency_ms / 1000,
        )
        for own in cases.values()
        for t in own
    ]
    return SuiteTable.from_rows(suite, rows, trials)
