"""The decision as JSON: its shape, its conversion, its JSON Schema.

Scripts rely on this shape. Keys are added from now on and never removed or
changed in meaning; SCHEMA_VERSION grows when keys are added. A number that does
not exist (a t with no variance) is null.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NotRequired

from typing_extensions import TypedDict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.gate.agreement import Corrected
    from promptgate.gate.critical import Violation
    from promptgate.gate.decision import Decision, Need
    from promptgate.gate.measure import CaseChange, Comparison
    from promptgate.gate.rules import Ruling
    from promptgate.gate.statistics import Ratio
    from promptgate.gate.verdict import Judge, SuiteVerdict

SCHEMA_VERSION = 3


class RuleJson(TypedDict):
    """One rule that was asked; the last one decided."""

    rule: str
    fired: bool
    value: float | str | None
    limit: float | str | None


class CorrectedJson(TypedDict):
    """How people's labels on a part of the units corrected the judge."""

    units: int
    labelled: int
    judged: float
    error: float
    se: float
    freedom: float


class JudgeJson(TypedDict):
    """A model that scored the suite."""

    judge: str
    digest: str
    kappa: float | None
    kappa_lower: float | None
    labels: int
    may_gate: bool
    faults: list[str]


class ComparisonJson(TypedDict):
    """A paired comparison, enough to check it with a calculator."""

    units: int
    baseline: float
    candidate: float
    difference: float
    sd: float | None
    t: float | None
    p: float
    p_adjusted: float | None
    alpha: float
    t_quantile: float | None
    t_lower: float
    upper: float
    plus_two_mean: float
    plus_two_sd: float
    plus_two_quantile: float
    lower: float
    imputed_lower: float
    margin: float
    floor: int
    unchanged: bool
    mcnemar_p: float | None
    corrected: NotRequired[CorrectedJson | None]


class ChangeJson(TypedDict):
    """A case whose mean score differs between the arms."""

    case: str
    baseline: float
    candidate: float


class ViolationJson(TypedDict):
    """A critical case that is not known to be clean."""

    case: str
    status: str
    violations: int
    trials: int
    pre_existing: bool
    request: str | None
    responses: list[str]
    notes: list[str]


class RatioJson(TypedDict):
    """Cost or latency, candidate over baseline."""

    ratio: float
    lower: float
    upper: float
    units: int


class ScoreJson(TypedDict):
    """The mean score of cases that the baseline does not have."""

    units: int
    mean: float
    sd: NotRequired[float | None]
    lower: float
    upper: float
    min_score: float | None
    p: NotRequired[float]
    p_adjusted: NotRequired[float | None]


class SuiteJson(TypedDict):
    """One suite's verdict."""

    suite: str
    verdict: str
    reason: str
    critical: bool
    identical: bool
    cases: int
    clusters: int
    repeats: int
    baseline: float | None
    candidate: float | None
    difference: float | None
    lower: float | None
    upper: float | None
    margin: float
    mde80: float | None
    release_chance: float | None
    missing: float
    missing_trials: int
    violation_upper: float | None
    notes: list[str]
    settle: str | None
    regressed: list[str]
    improved: list[str]
    flaky: list[str]
    changes: list[ChangeJson]
    violations: list[ViolationJson]
    comparison: ComparisonJson | None
    anchor: ComparisonJson | None
    score: ScoreJson | None
    cost: RatioJson | None
    latency: RatioJson | None
    judges: NotRequired[list[JudgeJson]]


class NeedJson(TypedDict):
    """Trials that would take the decision further."""

    kind: str
    suite: str
    cases: list[str]
    arms: list[str]
    repeats: int


class WorseJson(TypedDict):
    """What the gate would say of a blocked candidate that is worse, were nothing in the way."""

    decision: str
    reason: str
    roll_back: str | None


class DecisionJson(TypedDict):
    """What the gate decided."""

    schema_version: int
    decision: str
    exit_code: int
    reason: str
    rules: list[RuleJson]
    suites: list[SuiteJson]
    needs: list[NeedJson]
    advice: list[str]
    warnings: list[str]
    release_chance: float | None
    attempts: int
    roll_back: str | None
    worse: NotRequired[WorseJson | None]


def decision_json(decision: Decision) -> DecisionJson:
    """Return a decision as the plain data of decision.schema.json: no NaN, no infinity."""
    return {
        "schema_version": SCHEMA_VERSION,
        "decision": str(decision.outcome),
        "exit_code": int(decision.exit_code),
        "reason": decision.reason,
        "rules": [
            {"rule": r.rule, "fired": r.fired, "value": r.value, "limit": r.limit}
            for r in decision.rules
        ],
        "suites": [_suite(suite) for suite in decision.suites],
        "needs": [_need(need) for need in decision.needs],
        "advice": list(decision.advice),
        "warnings": list(decision.warnings),
        "release_chance": decision.release_chance,
        "attempts": decision.attempts,
        "roll_back": decision.roll_back,
        "worse": None if decision.worse is None else _worse(decision.worse),
    }


def decision_schema() -> dict[str, Any]:
    """Return the JSON Schema of decision_json(), as decision.schema.json ships it."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(DecisionJson).json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "promptgate decision",
    }


def schema_text() -> str:
    """Return decision.schema.json as the file stands."""
    return json.dumps(decision_schema(), indent=2, sort_keys=True) + "\n"


def _worse(ruling: Ruling) -> WorseJson:
    return {
        "decision": str(ruling.outcome),
        "reason": ruling.reason,
        "roll_back": ruling.roll_back,
    }


def _suite(suite: SuiteVerdict) -> SuiteJson:
    comparison = suite.comparison
    score = suite.score
    return {
        "suite": suite.suite,
        "verdict": str(suite.verdict),
        "reason": suite.reason,
        "critical": suite.critical,
        "identical": suite.identical,
        "cases": suite.cases,
        "clusters": suite.clusters,
        "repeats": suite.repeats,
        "baseline": None if comparison is None else comparison.baseline,
        "candidate": (
            comparison.candidate if comparison else score.mean if score is not None else None
        ),
        "difference": None if comparison is None else comparison.difference,
        "lower": None if comparison is None else comparison.lower,
        "upper": None if comparison is None else comparison.upper,
        "margin": suite.policy.margin,
        "mde80": suite.mde80,
        "release_chance": suite.release_chance,
        "missing": suite.missing.share,
        "missing_trials": suite.missing.trials,
        "violation_upper": suite.violation_upper,
        "notes": list(suite.notes),
        "settle": suite.settle,
        "regressed": [change.case for change in suite.regressed],
        "improved": [change.case for change in suite.improved],
        "flaky": list(suite.flaky),
        "changes": [_change(one) for one in (*suite.regressed, *suite.improved)],
        "violations": [_violation(violation) for violation in suite.violations],
        "comparison": _comparison(comparison, suite.p_adjusted),
        "anchor": _comparison(suite.anchor, suite.anchor_p_adjusted),
        "score": None
        if score is None
        else {
            "units": score.units,
            "mean": score.mean,
            "sd": score.sd,
            "lower": score.lower,
            "upper": score.upper,
            "min_score": suite.policy.min_score,
            "p": score.p,
            "p_adjusted": suite.p_adjusted if comparison is None else None,
        },
        "cost": _ratio(suite.cost),
        "latency": _ratio(suite.latency),
        "judges": [judge_json(judge, faults) for judge, faults in suite.judges],
    }


def judge_json(judge: Judge, faults: Sequence[str]) -> JudgeJson:
    """Return what a judge may do at the gate, and why, as plain data."""
    kappa = None if judge.calibration is None else judge.calibration.kappa
    return {
        "judge": judge.name,
        "digest": judge.digest,
        "kappa": None if kappa is None else kappa.kappa,
        "kappa_lower": None if kappa is None else kappa.lower,
        "labels": 0 if judge.calibration is None else len(judge.calibration.items),
        "may_gate": not faults,
        "faults": list(faults),
    }


def _comparison(numbers: Comparison | None, p_adjusted: float | None) -> ComparisonJson | None:
    if numbers is None:
        return None
    return {
        "units": numbers.units,
        "baseline": numbers.baseline,
        "candidate": numbers.candidate,
        "difference": numbers.difference,
        "sd": numbers.sd,
        "t": numbers.t,
        "p": numbers.p,
        "p_adjusted": p_adjusted,
        "alpha": numbers.alpha,
        "t_quantile": numbers.t_quantile,
        "t_lower": numbers.t_lower,
        "upper": numbers.upper,
        "plus_two_mean": numbers.plus_two_mean,
        "plus_two_sd": numbers.plus_two_sd,
        "plus_two_quantile": numbers.plus_two_quantile,
        "lower": numbers.lower,
        "imputed_lower": numbers.imputed_lower,
        "margin": numbers.margin,
        "floor": numbers.floor,
        "unchanged": numbers.unchanged,
        "mcnemar_p": numbers.mcnemar_p,
        "corrected": _corrected(numbers.corrected),
    }


def _corrected(found: Corrected | None) -> CorrectedJson | None:
    if found is None:
        return None
    return {
        "units": found.units,
        "labelled": found.labelled,
        "judged": found.judged,
        "error": found.error,
        "se": found.se,
        "freedom": found.freedom,
    }


def _change(change: CaseChange) -> ChangeJson:
    return {"case": change.case, "baseline": change.baseline, "candidate": change.candidate}


def _violation(violation: Violation) -> ViolationJson:
    return {
        "case": violation.case,
        "status": str(violation.status),
        "violations": violation.violations,
        "trials": violation.trials,
        "pre_existing": violation.pre_existing,
        "request": violation.request,
        "responses": list(violation.responses),
        "notes": list(violation.notes),
    }


def _ratio(ratio: Ratio | None) -> RatioJson | None:
    if ratio is None:
        return None
    return {
        "ratio": ratio.ratio,
        "lower": ratio.lower,
        "upper": ratio.upper,
        "units": ratio.units,
    }


def _need(need: Need) -> NeedJson:
    return {
        "kind": str(need.kind),
        "suite": need.suite,
        "cases": list(need.cases),
        "arms": [arm.name.lower() for arm in need.arms],
        "repeats": need.repeats,
    }
