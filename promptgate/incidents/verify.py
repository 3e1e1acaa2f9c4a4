"""Ask the exact failing input again, and keep it as a regression case.

The same requests that the product would send, answered as often as the rule needs:
one answer that happens to be right proves nothing of a failure that comes and goes.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptgate.documents import unknown_name
from promptgate.errors import ExitCode, InputError, MissingRecording, PromptgateError
from promptgate.gate import Policy
from promptgate.gate.proportions import clopper_pearson
from promptgate.incidents import kinds
from promptgate.incidents.diagnosis import failing_revision, failing_subject
from promptgate.incidents.sentences import short
from promptgate.investigate.asking import keep_private
from promptgate.investigate.saving import save
from promptgate.investigate.subject import CAPTURED
from promptgate.investigate.versions import open_version
from promptgate.language.redaction import redact
from promptgate.release.deployed import environments, running
from promptgate.runs.answers import get_answers
from promptgate.runs.arms import open_arm
from promptgate.runs.costs import cost_of
from promptgate.runs.evaluate import Evaluation, evaluate
from promptgate.runs.plan import make_plan
from promptgate.runs.scoring import Scoring

if TYPE_CHECKING:
    from datetime import datetime

    from promptgate.incidents.capture import Input
    from promptgate.incidents.log import Incidents
    from promptgate.incidents.state import Incident
    from promptgate.investigate.asking import Asker
    from promptgate.investigate.saving import Saved
    from promptgate.investigate.versions import Version
    from promptgate.project import Project
    from promptgate.runs.answers import Mode, Source
    from promptgate.runs.results import Trial


@dataclass(frozen=True)
class Verification:
    """What asking again gave.

    Attributes:
        target: What was asked.
        trials: Scored answers.
        failures: Those that failed the check.
        wanted: Answers that the rule needs.
        upper: Upper bound of the failure rate (Clopper and Pearson 1934); None: no answers.
        examples: Answers that failed, at most three.
    """

    target: str
    trials: int
    failures: int
    wanted: int
    upper: float | None
    examples: tuple[str, ...]

    def event(self, digest: str, rule: int, *, runs: bool) -> kinds.Verified:
        """Return what is written down; one that runs nowhere, or too few, moves no state.

        Args:
            digest: Of the input.
            rule: Answers that the rule wants.
            runs: Whether the target is what runs, or the rollback.
        """
        passed = self.exit_code is ExitCode.OK
        why = "" if runs else "it runs nowhere, and is not the rollback"
        if not why and passed and self.trials < rule:
            why = f"{self.trials} answers, and the rule wants {rule}"
        return kinds.Verified(
            target=self.target,
            digest=digest,
            trials=self.trials,
            failures=self.failures,
            passed=passed,
            upper=self.upper,
            uncounted=why,
        )

    @property
    def enough(self) -> bool:
        """Whether there were as many answers as the rule needs."""
        return self.trials >= self.wanted

    @property
    def exit_code(self) -> ExitCode:
        """0: it passes; 1: it fails; 3: too few answers to say."""
        if self.failures:
            return ExitCode.WORSE
        return ExitCode.OK if self.enough else ExitCode.HOLD


@dataclass(frozen=True)
class Target:
    """What is asked.

    Attributes:
        revision: Of the prompt.
        model: In place of the prompt's own.
        why: How it was chosen, for people.
        runs: Whether it is what runs, or the rollback: else asking it is a test alone.
    """

    revision: str
    model: str | None
    why: str
    runs: bool = True


def choose_target(
    project: Project, incident: Incident, prompt: str, given: str | None, environment: str | None
) -> Target:
    """Choose what to ask: as written, what is deployed, the rollback, or the released branch.

    Raises:
        InputError: The environment runs something that no release has.
        RevisionError: There is no such revision.
    """
    made = [data for _, data in incident.all(kinds.RolledBack) if not data.stopped]
    rolled = made[-1] if made else None
    if given is not None:
        runs = _runs(project, rolled, prompt, given)
        return Target(given, None, "as written" if runs else "as written; it runs nowhere", runs)
    if environment is not None:
        return _deployed(project, prompt, environment)
    if rolled is not None:
        return Target(rolled.commit, None, f"the rollback {rolled.branch}")
    known = environments(project)
    if len(known) == 1:
        return _deployed(project, prompt, known[0])
    where = failing_revision(project)
    return Target(where, None, "what the released branch has; nothing was rolled back yet")


def _runs(project: Project, rolled: kinds.RolledBack | None, prompt: str, revision: str) -> bool:
    """Tell whether a revision's prompt is the rollback's, the released branch's, or deployed."""
    asked = open_arm(project, "candidate", revision, None).prompt(prompt).fingerprint
    places = [failing_revision(project), *([rolled.commit] if rolled is not None else [])]
    known = {
        line.deployment.fingerprint
        for environment in environments(project)
        for line in running(project, environment)
        if line.deployment.prompt == prompt
    }
    for place in places:
        with suppress(PromptgateError):  # the branch may have no such prompt, or a broken one
            known.add(open_arm(project, "candidate", place, None).prompt(prompt).fingerprint)
    return asked in known


def _deployed(project: Project, prompt: str, environment: str) -> Target:
    found = {one.deployment.prompt: one for one in running(project, environment)}
    if prompt not in found:
        raise InputError(unknown_name(f"prompt in {environment}", prompt, list(found)))
    one = found[prompt]
    if one.revision is None:
        raise InputError(
            f"{environment} runs {one.deployment.fingerprint[:19]}…, which no release has: "
            f"{one.told}. Name what it is with --target REV."
        )
    return Target(one.revision, one.deployment.model, f"deployed in {environment}")


def verify(
    project: Project,
    given: Input,
    target: Target,
    source: Source,
    mode: Mode,
    wanted: int,
    now: datetime,
) -> Verification:
    """Ask the exact failing input.

    Args:
        project: As it is on disk.
        given: The input.
        target: What is asked.
        source: Where answers come from.
        mode: 'replay' uses the answers that there are, also fewer than wanted.
        wanted: Answers.
        now: The clock.

    Raises:
        InputError: The target cannot be had, or cannot render the input.
        ModelError: Nothing could be recorded.
        CassetteError: A recording is damaged.
    """
    trials = _ask(project, given, target, source, mode, wanted, now)
    scored = [trial for trial in trials if trial.passed is not None]
    failed = [trial for trial in scored if not trial.passed]
    alpha = project.section("gate", Policy).alpha
    upper = clopper_pearson(len(failed), len(scored), alpha)[1] if scored else None
    shown = tuple(" ".join(redact(trial.answer).split()) for trial in failed[:3])
    return Verification(target.revision, len(scored), len(failed), wanted, upper, shown)


def _ask(
    project: Project,
    given: Input,
    target: Target,
    source: Source,
    mode: Mode,
    wanted: int,
    now: datetime,
) -> list[Trial]:
    """Return the scored trials of one input on one target; in replay those that are recorded."""
    arm = open_arm(project, "candidate", target.revision, target.model)
    scoring = Scoring([given.suite], project.root)
    plan = make_plan((arm,), [given.suite], repeats=wanted)
    if given.suite.name == CAPTURED and mode != "replay":
        keep_private(project.cassettes / CAPTURED)
    answers = get_answers(plan, source, mode, now, scoring)
    how = Evaluation(
        scoring,
        answers.find,
        cost_of(project),
        answers.faults,
        answers.performances,
        "promptgate incident verify --mode record",
    )
    trials: list[Trial] = []
    with suppress(MissingRecording):  # those before it were recorded
        for trial in evaluate(plan, how):
            trials.append(trial)  # noqa: PERF402 - those before a missing one count
    return trials


def after_failure(incident: Incident, done: Verification) -> tuple[str, ...]:
    """Return what a failure says beside what ran before, and what may be done now.

    Args:
        incident: Before this was written down.
        done: With at least one failure.
    """
    told = []
    found, rolled = incident.last(kinds.Diagnosed), incident.last(kinds.RolledBack)
    if found is not None and found.deployed and found.deployed[1]:
        fails, answers = found.deployed
        told.append(f"What was deployed failed {fails} of {answers}.")
    if rolled is not None and done.target == rolled.commit:
        told.append(
            f"The rollback brought back {rolled.good}, and that fails too: this fault is older "
            "than the change, at least in part."
        )
    captured = incident.last(kinds.Captured)
    case = f"--case {captured.case}" if captured is not None and captured.case else "--input FILE"
    return (
        *told,
        f"Another revision? 'promptgate rerun {case} --revisions A..B' shows where it passes.",
        "  then: 'promptgate incident rollback --to REV --push'.",
        "A fix? 'promptgate incident decide --fix REV --fix-minutes N'.",
        "Neither tonight? Leave the feature off: 'promptgate incident resolve --feature-off'.",
    )


def keep_case(
    incidents: Incidents, incident: Incident, asker: Asker, given: str | None
) -> tuple[kinds.Kept, Saved | None]:
    """Keep the failing input as a regression case, shown still to fail where it failed.

    Args:
        incidents: Where.
        incident: Whose input.
        asker: Draws answers to the redacted input.
        given: The revision where it fails, as written; None: what was diagnosed or rolled back.

    Returns:
        What is written down, and how it was shown; None where it is a suite's case already.

    Raises:
        InputError: It is kept already, is not here, or no longer fails; nothing is written.
        EvidenceError: Too few answers are recorded to tell.
    """
    subject = failing_subject(incidents, incident)
    captured = incident.last(kinds.Captured)
    if captured is not None and captured.case is not None:
        suite, _, case = captured.case.partition(":")
        return kinds.Kept(suite=suite, case=case, file=subject.suite.file), None
    bad = _bad_version(incidents.project, incident, subject.prompt, given)
    saved = save(incidents.project, subject, bad, incident.id, asker)
    suite, _, case = saved.case.partition(":")
    return kinds.Kept(suite=suite, case=case, file=saved.file), saved


def _bad_version(project: Project, incident: Incident, prompt: str, given: str | None) -> Version:
    """Return where the input failed: as written, as diagnosed, what was rolled back, or released.

    Raises:
        RevisionError: The revision cannot be had.
    """
    found = incident.last(kinds.Diagnosed)
    undone = [data.bad for _, data in incident.all(kinds.RolledBack) if data.bad]
    model = None
    if given is None and found is not None and found.bad_prompt is not None:
        given, model = found.bad_prompt, found.bad_model
    revision = given or next(iter(undone), None) or failing_revision(project)
    version = open_version(project, prompt, revision, model)
    return replace(version, revision=short(revision))
