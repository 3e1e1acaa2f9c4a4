"""The gate: tables of scored trials in, verdicts and one decision out.

Pure: no file, clock, network, git, model or random source, so that every
decision can be repeated from what was written down, and simulated. Start at
decide(). The rule is in docs/statistics.md, its error rates in docs/error-rates.md.
"""

from promptgate.gate.agreement import Corrected, Kappa, cohen_kappa, prediction_powered
from promptgate.gate.calibration import Calibration, Labelled
from promptgate.gate.circumstances import Affected, Context, Fix, KnownGood, Recorded
from promptgate.gate.critical import Adjudication, FreshRepeats, Status, Violation
from promptgate.gate.decision import Decision, Need, NeedKind, decide
from promptgate.gate.factorial import Effect, Factorial, attribute_drop
from promptgate.gate.measure import CaseChange, Comparison, Missing
from promptgate.gate.policy import Policy, SuiteOverride, SuitePolicy
from promptgate.gate.power import (
    PolicyPower,
    SuitePlan,
    SuitePower,
    check_policy,
    expected_variance,
    policy_power,
    units_to_detect,
    units_to_release,
)
from promptgate.gate.review import (
    ChangedPrompt,
    Finding,
    Review,
    ReviewFacts,
    ReviewPolicy,
    ReviewState,
    review_change,
)
from promptgate.gate.rules import Outcome, Rule
from promptgate.gate.schema import DecisionJson, decision_json, decision_schema
from promptgate.gate.table import Arm, CaseRow, State, SuiteTable, TrialRow
from promptgate.gate.verdict import Judge, SuiteEvidence, SuiteVerdict, Verdict

__all__ = [
    "Adjudication",
    "Affected",
    "Arm",
    "Calibration",
    "CaseChange",
    "CaseRow",
    "ChangedPrompt",
    "Comparison",
    "Context",
    "Corrected",
    "Decision",
    "DecisionJson",
    "Effect",
    "Factorial",
    "Finding",
    "Fix",
    "FreshRepeats",
    "Judge",
    "Kappa",
    "KnownGood",
    "Labelled",
    "Missing",
    "Need",
    "NeedKind",
    "Outcome",
    "Policy",
    "PolicyPower",
    "Recorded",
    "Review",
    "ReviewFacts",
    "ReviewPolicy",
    "ReviewState",
    "Rule",
    "State",
    "Status",
    "SuiteEvidence",
    "SuiteOverride",
    "SuitePlan",
    "SuitePolicy",
    "SuitePower",
    "SuiteTable",
    "SuiteVerdict",
    "TrialRow",
    "Verdict",
    "Violation",
    "attribute_drop",
    "check_policy",
    "cohen_kappa",
    "decide",
    "decision_json",
    "decision_schema",
    "expected_variance",
    "policy_power",
    "prediction_powered",
    "review_change",
    "units_to_detect",
    "units_to_release",
]
