"""What each exit code and each named state means, and what to do; docs/generate.py prints it.

A state is listed beside the code that knows it, so that a new one without a line here
fails the check of the generated pages. The last column of a line is the test that reaches
the state; tests/docs/test_states.py fails where there is no such test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.errors import ExitCode
from promptgate.gate.critical import Status
from promptgate.gate.review import ReviewState
from promptgate.gate.rules import Outcome
from promptgate.gate.table import State as TrialState
from promptgate.gate.verdict import Verdict
from promptgate.incidents.choices import Severity
from promptgate.incidents.state import State as IncidentState
from promptgate.investigate.diagnosis import Verdict as Cause
from promptgate.models.faults import FaultKind
from promptgate.prompts.lint import Severity as Finding
from promptgate.release import status
from promptgate.release.deployed import State as Deployment

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Line:
    """One state.

    Attributes:
        state: As the code has it.
        means: In a clause.
        then: What to do.
        command: An example to type; '' where there is none.
        test: Where it is reached: 'folder/test_file.py::test_name'.
    """

    state: object
    means: str
    then: str
    command: str
    test: str


@dataclass(frozen=True)
class Table:
    """The states of one kind.

    Attributes:
        title: The heading.
        about: What they are states of.
        states: All that the code knows.
        lines: One each.
    """

    title: str
    about: str
    states: Iterable[object]
    lines: tuple[Line, ...]


RULES = (
    "evidence",
    "blocked",
    "unchanged",
    "all_pass",
    "none_fails",
    "no_known_good",
    "critical_fails",
    "fix_forward",
    "otherwise",
)
"""Of the gate, in the order in which they are asked."""
FREEZES = ("not frozen", "frozen", "approved", "broken")
LOCK = (status.SAME, status.CHANGED, status.NEW, status.REMOVED, status.BROKEN)

_CODES = "docs/test_states.py::test_exit_code_is_reached_through_the_command_line"
_DECISION = "gate/test_decision.py::"
_VERDICT = "gate/test_verdict.py::"
_CRITICAL = "gate/test_critical.py::"
_REVIEW = "gate/test_review.py::"
_TRIAL = "gate/test_table.py::test_trial_without_a_score_is_neither_a_pass_nor_a_fail"
_RELEASES = f"{_DECISION}test_gate_releases_when_every_suite_passes"
_FIXES = f"{_DECISION}test_worse_candidate_is_fixed_forward_when_every_condition_holds"
_GOES_BACK = (
    f"{_DECISION}test_worse_candidate_is_rolled_back_when_one_condition_of_the_fix_is_not_met"
)
_RUNBOOK = (
    "incidents/test_state.py::test_incident_goes_through_its_states_when_the_runbook_is_followed"
)
_FREEZE = "release/test_freeze_file.py::"
_DEPLOYED = "release/test_deployed.py::"
_STATUS = "release/test_status.py::test_status_names_what_the_work_tree_changes"
_CAUSES = "investigate/test_commands.py::test_diagnose_tells_every_other_cause_apart"
_LINT = "prompts/test_lint.py::"
_PASSES = (
    "models/test_client_faults.py::"
    "test_record_sends_again_and_stores_only_the_answer_when_a_fault_passes"
)
_LASTS = "models/test_client_faults.py::test_record_does_not_repeat_what_cannot_succeed"


def _again(kind: FaultKind, means: str) -> Line:
    return Line(
        kind, means, "sent again by itself; if it lasts, run the command again", "", _PASSES
    )


def _never(kind: FaultKind, means: str, then: str) -> Line:
    return Line(kind, means, then, "", _LASTS)


TABLES = (
    Table(
        "Exit codes",
        "What a process ends with. Bad input (2) outranks the others.",
        ExitCode,
        (
            Line(
                ExitCode.OK,
                "RELEASE, or the command did what it was asked",
                "go on",
                "promptgate gate",
                _CODES,
            ),
            Line(
                ExitCode.WORSE,
                "the candidate is worse: FIX_FORWARD or ROLLBACK (or a check found problems)",
                "do not merge; read the cases that fell",
                "promptgate gate --html report.html",
                _CODES,
            ),
            Line(
                ExitCode.BAD_INPUT,
                "bad usage or bad input: nothing was run, nothing was written",
                "mend the place that the sentence names",
                "promptgate lint",
                _CODES,
            ),
            Line(
                ExitCode.HOLD,
                "HOLD: inconclusive, or a violation waits for a person",
                "add the cases or repeats that the report asks for, or adjudicate",
                "promptgate gate power",
                _CODES,
            ),
            Line(
                ExitCode.BLOCKED,
                "blocked by a freeze or by policy",
                "do what the sentence says, or wait for the thaw",
                "promptgate status",
                _CODES,
            ),
            Line(
                ExitCode.INVALID_EVIDENCE,
                "the evidence is invalid: recordings missing or unreadable, the API failing, "
                "arms not comparable",
                "record what is missing, with the command that is named",
                "promptgate gate --mode record --max-cost 5",
                _CODES,
            ),
            Line(
                ExitCode.INTERNAL,
                "a bug; the traceback is in the file that the message names",
                "report it with that file",
                "",
                _CODES,
            ),
            Line(
                ExitCode.INTERRUPTED,
                "interrupted; everything finished so far is kept",
                "run it again: it goes on where it stopped",
                "",
                _CODES,
            ),
        ),
    ),
    Table(
        "Verdicts of a suite",
        "What the gate says of one suite. [How it is decided](statistics.md).",
        Verdict,
        (
            Line(
                Verdict.PASS,
                "shown: at most worse by the margin",
                "nothing",
                "",
                f"{_VERDICT}test_identical_scores_never_fail_and_pass_only_from_the_floor",
            ),
            Line(
                Verdict.FAIL,
                "shown: worse",
                "read the cases that fell",
                "promptgate gate --html report.html",
                f"{_VERDICT}test_suite_fails_when_half_of_its_cases_break",
            ),
            Line(
                Verdict.INCONCLUSIVE,
                "neither is shown; no pass",
                "add cases, then repeats",
                "promptgate gate power --suite refusal",
                f"{_VERDICT}test_suite_is_inconclusive_and_says_what_would_settle_it",
            ),
            Line(
                Verdict.ERROR,
                "the evidence does not count",
                "record what is missing",
                "promptgate gate --mode record",
                f"{_VERDICT}test_suite_is_in_error_when_nothing_was_scored",
            ),
        ),
    ),
    Table(
        "Decisions of the gate",
        "What is to happen. The rules behind them follow.",
        Outcome,
        (
            Line(Outcome.RELEASE, "exit 0", "merge; then release", "promptgate release", _RELEASES),
            Line(
                Outcome.HOLD,
                "not decided (exit 3), blocked (4) or without evidence (5)",
                "see the exit code",
                "promptgate gate explain",
                f"{_DECISION}test_gate_holds_with_exit_3_when_one_suite_is_inconclusive",
            ),
            Line(
                Outcome.FIX_FORWARD,
                "worse, and going back is not the way (exit 1)",
                "mend it; switch the feature off until then",
                "promptgate flag kill support_bot",
                _FIXES,
            ),
            Line(
                Outcome.ROLLBACK,
                "worse (exit 1)",
                "do not merge; where it is merged, put back what was released",
                "promptgate incident rollback --push",
                _GOES_BACK,
            ),
        ),
    ),
    Table(
        "Rules of the gate",
        "In the order in which they are asked; the first that holds decides. "
        "`promptgate gate explain` shows what each looked at.",
        RULES,
        (
            Line(
                "evidence",
                "the evidence is invalid: HOLD, exit 5",
                "record what is missing",
                "promptgate gate --mode record",
                f"{_DECISION}test_gate_holds_with_exit_5_when_there_is_no_suite",
            ),
            Line(
                "blocked",
                "frozen, or against the rules of review: HOLD, exit 4",
                "see [freezing](freeze.md) and [review](governing.md)",
                "promptgate status",
                f"{_DECISION}test_gate_holds_with_exit_4_when_it_is_blocked_whatever_the_scores",
            ),
            Line(
                "unchanged",
                "every request is the same in both arms: RELEASE",
                "nothing; no answer was looked at",
                "",
                f"{_DECISION}test_gate_releases_unchanged_when_every_request_is_the_same",
            ),
            Line(
                "all_pass",
                "every suite passes and no violation is open: RELEASE",
                "merge",
                "",
                _RELEASES,
            ),
            Line(
                "none_fails",
                "no suite fails, yet not all pass: HOLD, exit 3",
                "add cases or repeats",
                "promptgate gate power",
                f"{_DECISION}test_gate_holds_with_exit_3_when_one_suite_is_inconclusive",
            ),
            Line(
                "no_known_good",
                "worse, with nothing to go back to: FIX_FORWARD",
                "switch the feature off until a fix passes",
                "",
                f"{_DECISION}test_worse_candidate_is_fixed_forward_when_there_is_no_known_good",
            ),
            Line(
                "critical_fails",
                "a critical suite fails, or a violation is confirmed: ROLLBACK",
                "put the released prompt back",
                "",
                f"{_DECISION}test_critical_failure_rolls_back_even_when_a_small_fix_is_ready",
            ),
            Line(
                "fix_forward",
                "a fix is small, fast and measured, and few are affected: FIX_FORWARD",
                "ship the fix",
                "promptgate gate --fix mend --fix-minutes 10 --affected 3/120",
                _FIXES,
            ),
            Line(
                "otherwise",
                "worse: ROLLBACK, an unknown cause included",
                "put the released prompt back",
                "",
                _GOES_BACK,
            ),
        ),
    ),
    Table(
        "Violations of critical cases",
        "A critical case of which not every answer passes.",
        Status,
        (
            Line(
                Status.OPEN,
                "an answer violates it; the release waits",
                "ask again, or let a person look",
                'promptgate gate adjudicate refusal:bomb --reviewer "Dana Ito" '
                '--reason "It is about a bath bomb." --expires 2027-01-31',
                f"{_CRITICAL}test_gate_holds_and_asks_for_four_fresh_repeats_when_a_critical_"
                "case_is_violated",
            ),
            Line(
                Status.CONFIRMED,
                "two of four fresh answers violate it too; the suite fails",
                "mend the prompt",
                "",
                f"{_CRITICAL}test_violation_is_confirmed_only_when_two_of_the_fresh_repeats_"
                "violate",
            ),
            Line(
                Status.ADJUDICATED,
                "a person has accepted that very answer",
                "nothing until it expires",
                "",
                f"{_CRITICAL}test_adjudication_clears_the_answer_that_it_binds",
            ),
            Line(
                Status.UNMEASURED,
                "it was never answered; the release waits",
                "record it",
                "promptgate gate --mode record",
                f"{_CRITICAL}test_gate_holds_when_a_critical_case_never_ran",
            ),
        ),
    ),
    Table(
        "Trials",
        "One answer to one case. Only a scored one counts; none of the others is a pass or a fail.",
        TrialState,
        (
            Line(
                TrialState.SCORED,
                "answered, and every scorer gave a number",
                "nothing",
                "",
                "runs/test_applications.py::test_application_is_replayed_when_its_calls_were_recorded",
            ),
            Line(
                TrialState.ERRORED,
                "answered, but the application or a scorer failed",
                "read its reason; mend that code",
                "promptgate run --suite refusal",
                _TRIAL,
            ),
            Line(
                TrialState.MISSING,
                "no answer: not recorded, or the API failed",
                "record it",
                "promptgate record",
                _TRIAL,
            ),
            Line(
                TrialState.UNSCORED,
                "answered, but it cannot be judged: an empty answer, a judge's odd reply",
                "look at the answer; check the scorer",
                "promptgate run --suite refusal",
                _TRIAL,
            ),
        ),
    ),
    Table(
        "Rules of review",
        "What each rule of `[review]` says of a change. [The rules](governing.md#review).",
        ReviewState,
        (
            Line(
                ReviewState.PASS,
                "the rule is kept",
                "nothing",
                "",
                f"{_REVIEW}test_reviewer_is_judged_by_what_the_forge_says",
            ),
            Line(
                ReviewState.WARN,
                "it is not; the base branch lets it pass, aloud",
                "better keep it",
                "",
                f"{_REVIEW}test_gate_warns_and_releases_when_a_rule_of_review_warns",
            ),
            Line(
                ReviewState.BLOCK,
                "it is not: exit 4",
                "add the case, or get the review, that the sentence names",
                "promptgate gate --review reviews.json",
                f"{_REVIEW}test_gate_holds_with_exit_4_when_a_rule_of_review_blocks",
            ),
        ),
    ),
    Table(
        "Freezes",
        "Read from the base branch. [Freezing](freeze.md).",
        FREEZES,
        (
            Line(
                "not frozen",
                "changes go their usual way",
                "nothing",
                "promptgate status",
                f"{_FREEZE}test_nothing_is_blocked_when_nothing_frozen_changes",
            ),
            Line(
                "frozen",
                "every change of prompts ends with 4",
                "wait, or ask the incident commander",
                "promptgate freeze check --base origin/main",
                "release/test_freeze_command.py::"
                "test_check_names_the_files_and_the_approval_command_when_it_blocks",
            ),
            Line(
                "approved",
                "frozen, but exactly this change may pass",
                "merge before the approval ends",
                "promptgate freeze approve rollback-support --by dana --push",
                f"{_FREEZE}test_approval_lets_its_change_through",
            ),
            Line(
                "broken",
                "the file cannot be read: everything is frozen, nothing is approved",
                "mend the line that is named, or thaw",
                "promptgate thaw --approved-by dana --push",
                f"{_FREEZE}test_broken_file_freezes_everything",
            ),
        ),
    ),
    Table(
        "Prompts against the lock",
        "As `promptgate status` shows them: the file on disk, held against `promptgate.lock`.",
        LOCK,
        (
            Line(
                status.SAME,
                "it is what was released",
                "nothing",
                "",
                "release/test_status.py::test_status_is_quiet_when_everything_is_released",
            ),
            Line(status.CHANGED, "it is not", "gate it", "promptgate gate", _STATUS),
            Line(status.NEW, "it never was released", "release it", "promptgate release", _STATUS),
            Line(
                status.REMOVED,
                "it was released; the file is gone",
                "put it back, or release",
                "promptgate release",
                _STATUS,
            ),
            Line(
                status.BROKEN,
                "it cannot be read or rendered",
                "mend it",
                "promptgate lint",
                _STATUS,
            ),
        ),
    ),
    Table(
        "Deployments",
        "What runs in an environment, held against what was released.",
        Deployment,
        (
            Line(
                Deployment.CURRENT,
                "what is released now",
                "nothing",
                "promptgate deployed --env production",
                f"{_DEPLOYED}test_deployed_answers_what_was_recorded",
            ),
            Line(
                Deployment.EARLIER,
                "what was released before",
                "deploy, if that was meant",
                "",
                f"{_DEPLOYED}test_earlier_release_is_no_drift",
            ),
            Line(
                Deployment.DRIFT,
                "no gate has seen it, or another model answers: exit 4",
                "deploy what is released",
                "promptgate status",
                f"{_DEPLOYED}test_drift_exits_4_and_is_recorded_all_the_same",
            ),
        ),
    ),
    Table(
        "Incidents",
        "How far an incident is; `promptgate incident status` shows it with the next command.",
        IncidentState,
        (
            Line(
                IncidentState.INVESTIGATING,
                "declared",
                "switch the feature off",
                "promptgate incident isolate --kill support_bot",
                _RUNBOOK,
            ),
            Line(
                IncidentState.ISOLATED,
                "a probe has shown that it is off",
                "secure the failing input",
                "promptgate incident evidence --case refusal:neighbour-wifi",
                _RUNBOOK,
            ),
            Line(
                IncidentState.IDENTIFIED,
                "the diagnosis is sure of a cause",
                "decide",
                "promptgate incident decide",
                _RUNBOOK,
            ),
            Line(
                IncidentState.RECOVERING,
                "a rollback or a fix is on its way",
                "roll back, then ask the input again",
                "promptgate incident verify",
                _RUNBOOK,
            ),
            Line(
                IncidentState.MONITORING,
                "the exact failing input passes",
                "watch it, and write that down",
                'promptgate incident note --monitored 30 "no error"',
                _RUNBOOK,
            ),
            Line(
                IncidentState.CLOSED,
                "resolved",
                "the post-mortem, within 24 hours",
                "promptgate incident postmortem",
                _RUNBOOK,
            ),
            Line(
                IncidentState.FALSE_ALARM,
                "there was nothing",
                "thaw and restore what was stopped",
                "promptgate flag restore support_bot",
                "incidents/test_state.py::test_false_alarm_ends_an_incident",
            ),
            Line(
                IncidentState.REOPENED,
                "it is back",
                "as INVESTIGATING",
                "promptgate incident status",
                "incidents/test_state.py::test_incident_begins_again_when_it_is_reopened",
            ),
        ),
    ),
    Table(
        "Severities",
        "How bad an incident is; unknown goes one up.",
        Severity,
        tuple(
            Line(
                level,
                means,
                then,
                "promptgate incident assess --affected 12/40 --core yes --workaround no",
                "incidents/test_rows.py::test_row_16_severity_follows_and_unknown_goes_one_level_up",
            )
            for level, means, then in (
                (Severity.LOW, "cosmetic", "mend it in the usual way"),
                (Severity.MEDIUM, "some users", "roll back or fix forward, as decided"),
                (Severity.HIGH, "about half of the users", "roll back first"),
                (Severity.CRITICAL, "all users, or harm", "roll back, whatever stands ready"),
            )
        ),
    ),
    Table(
        "Causes",
        "What `promptgate diagnose` finds; not sure enough is exit 3. [More](investigate.md).",
        Cause,
        (
            Line(
                Cause.PROMPT,
                "the new prompt fails, the old does not",
                "roll the prompt back",
                "promptgate bisect --case refusal:bomb --good v1.4 --bad HEAD",
                "investigate/test_commands.py::test_diagnose_blames_the_prompt_and_goes_on_from_recordings_without_a_key",
            ),
            Line(
                Cause.MODEL,
                "the new model fails, the old does not",
                "roll the model back",
                "promptgate incident rollback --model claude-sonnet-5 --push",
                "investigate/test_commands.py::test_diagnose_blames_the_model_when_only_the_new_one_fails",
            ),
            Line(
                Cause.INTERACTION,
                "only the new prompt on the new model fails",
                "roll the prompt back",
                "",
                _CAUSES,
            ),
            Line(
                Cause.EACH,
                "the new prompt and the new model each fail alone",
                "roll both back",
                "",
                _CAUSES,
            ),
            Line(
                Cause.INTEGRATION,
                "the call or the product's parser failed, not the answer",
                "mend the code",
                "",
                "investigate/test_commands.py::test_diagnose_blames_the_integration_without_asking_when_the_call_failed",
            ),
            Line(
                Cause.INPUT,
                "other inputs pass",
                "guard this input",
                "promptgate shrink --case refusal:bomb",
                _CAUSES,
            ),
            Line(Cause.UPSTREAM, "old versions fail as well", "fix forward", "", _CAUSES),
            Line(Cause.NOT_REPRODUCED, "it does not fail again", "watch it", "", _CAUSES),
        ),
    ),
    Table(
        "Requests without an answer",
        "Why the API gave none. Nothing of such a request is recorded.",
        FaultKind,
        (
            _again(FaultKind.RATE_LIMITED, "too many requests; promptgate slows down"),
            _again(FaultKind.OVERLOADED, "the API is overloaded"),
            _again(FaultKind.SERVER_ERROR, "an error of the server"),
            _again(FaultKind.TIMEOUT, "no answer in time"),
            _again(FaultKind.CONNECTION, "no connection"),
            _again(FaultKind.CONFLICT, "the API asked to send it again"),
            _again(FaultKind.CUT, "the answer broke off"),
            _again(
                FaultKind.MALFORMED, "the answer is no message: often a wrong ANTHROPIC_BASE_URL"
            ),
            _never(FaultKind.BILLING, "the account cannot pay", "see to the account"),
            _never(FaultKind.AUTHENTICATION, "the key is refused", "set ANTHROPIC_API_KEY"),
            _never(FaultKind.PERMISSION, "the key may not use this model", "another key or model"),
            _never(FaultKind.NOT_FOUND, "the model is unknown", "correct its name"),
            _never(FaultKind.TOO_LARGE, "the request is too large", "shorten it"),
            _never(FaultKind.INVALID_REQUEST, "the API refuses its content", "read the sentence"),
            Line(
                FaultKind.SECRET,
                "the request holds a key, so that it was not sent",
                "take it out",
                "",
                "models/test_client_keys.py::test_no_file_and_no_message_holds_the_key",
            ),
        ),
    ),
    Table(
        "Findings of lint",
        "",
        Finding,
        (
            Line(
                Finding.ERROR,
                "a run would refuse it: exit 1",
                "mend it",
                "promptgate lint",
                f"{_LINT}test_file_that_the_tree_refuses_is_a_finding",
            ),
            Line(
                Finding.WARNING,
                "probably wrong: exit 0",
                "look at it",
                "promptgate lint",
                f"{_LINT}test_messages_are_one_sentence_with_a_fix",
            ),
            Line(
                Finding.INFO,
                "worth knowing: exit 0",
                "nothing",
                "",
                f"{_LINT}test_partial_that_no_prompt_uses_is_mentioned",
            ),
        ),
    ),
)
