"""Run the gate: open both arms, plan, get the answers, score, decide.

The one place that knows the whole way from two revisions to a decision. What
each step does is in its own module; the order, and what is skipped when nothing
changed, is here.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from promptgate.documents import collector_paused
from promptgate.gate import Context, Decision, KnownGood, Policy, Recorded, SuiteEvidence, decide
from promptgate.prompts import default_baseline, list_prompts
from promptgate.prompts.revisions import RELEASED, WORKTREE
from promptgate.runs.adjudications import authors_like, read_adjudications
from promptgate.runs.answers import Mode, Source, get_answers, utc_now
from promptgate.runs.arms import Arm, open_arm
from promptgate.runs.authors import people
from promptgate.runs.base_suites import base_suites, keep_runnable
from promptgate.runs.costs import cost_of
from promptgate.runs.evaluate import Evaluation, evaluate
from promptgate.runs.hopeless import refuse_hopeless
from promptgate.runs.past import past_gates
from promptgate.runs.plan import Plan, make_plan
from promptgate.runs.rounds import decide_in_rounds
from promptgate.runs.scoring import Scoring
from promptgate.runs.suite_changes import unite
from promptgate.runs.tables import suite_tables
from promptgate.suites import load_suites, select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from promptgate.project import Project
    from promptgate.runs.results import Trial
    from promptgate.runs.rounds import Fresh
    from promptgate.suites import Suite


@dataclass(frozen=True)
class GateOptions:
    """What a caller may choose; the defaults are the command's.

    Attributes:
        baseline: Revision; None: what was released, else where the branch began.
        candidate: Revision.
        model: Asked in both arms whatever front matter says.
        candidate_model: Asked in the candidate arm.
        suites: Names or patterns; () takes the suites of the prompts that changed.
        cases: Ids or 'suite:case'.
        tags: A case needs one of them.
        mode: Where answers come from.
        everything: Also the suites of prompts that did not change.
        command: The command that a missing recording's message tells to run again.
        ladder: Begin with the first look of the policy's ladder and ask for more where
            a suite is not decided.
        allow_gap: Arms may be recorded far apart, or served by different models.
        blocked: Sentences: freezes and policies in the way, as the caller found them.
    """

    baseline: str | None = None
    candidate: str = WORKTREE
    model: str | None = None
    candidate_model: str | None = None
    suites: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    mode: Mode = "replay"
    everything: bool = False
    command: str = "gate"
    ladder: bool = False
    allow_gap: bool = False
    blocked: tuple[str, ...] = ()


@dataclass(frozen=True)
class GateRun:
    """A decision with all that it stands on.

    Attributes:
        decision: What the gate decided.
        plan: What was asked.
        trials: Every scored trial; none of a suite whose requests are all the same.
        skipped: Suites left out because none of their prompts changed.
        policy: The numbers that held.
        decided_at: When, UTC.
    """

    decision: Decision
    plan: Plan
    trials: tuple[Trial, ...] = field(repr=False)
    skipped: tuple[str, ...]
    policy: Policy
    decided_at: datetime

    @property
    def baseline(self) -> Arm:
        """The arm that the candidate is compared with."""
        return self.plan.arms[0]

    @property
    def candidate(self) -> Arm:
        """The arm that is to be released."""
        return self.plan.arms[-1]


def run_gate(project: Project, options: GateOptions, source: Source) -> GateRun:
    """Compare two arms and decide.

    Args:
        project: As it is on disk.
        options: What to compare.
        source: Where answers come from, and how progress is shown.

    Raises:
        InputError: Something that the user wrote is wrong.
        PolicyError: A suite could never pass, or never fail, by its numbers.
        EvidenceError: A recording is missing or unsound.
    """
    policy = project.section("gate", Policy)
    revision = options.baseline or default_baseline(project)
    baseline = open_arm(project, "baseline", revision, options.model)
    candidate = open_arm(
        project, "candidate", options.candidate, options.candidate_model or options.model
    )
    chosen = _choose(project, options, policy, (baseline, candidate), source)
    planned = make_plan((baseline, candidate), chosen.suites)
    if not (options.cases or options.tags):
        refuse_hopeless(planned, policy, ladder=options.ladder)
    now = utc_now()

    def ask(part: Plan) -> tuple[Trial, ...]:
        answers = get_answers(part, source, options.mode, now)
        how = Evaluation(
            chosen.scoring,
            answers.find,
            cost_of(project),
            answers.faults,
            answers.performances,
            _record_command(options),
        )
        with collector_paused():
            return tuple(evaluate(part, how))

    past = past_gates(project, planned)

    def judge(plan: Plan, trials: tuple[Trial, ...], fresh: Fresh) -> Decision:
        context = _context(options, baseline, trials, chosen.untested, now)
        context = replace(context, attempts=past.attempts)
        if any(trial.passed is False for trial in trials):  # else nothing is to adjudicate
            context = _with_adjudications(context, project, baseline, candidate)
        return decide(
            _evidence(plan, trials, fresh, chosen.changes, past.history(trials)), policy, context
        )

    plan, trials, decision = decide_in_rounds(
        planned, ask, judge, policy=policy, ladder=options.ladder
    )
    return GateRun(decision, plan, trials, chosen.skipped, policy, now)


@dataclass(frozen=True)
class _Chosen:
    """The suites that a gate is about.

    Attributes:
        suites: With the cases that the change removed, where those can be run.
        skipped: Names of those left out.
        untested: Prompts that changed and that no suite tests.
        changes: By suite, sentences on what the change did to it.
        scoring: For all suites, the chosen or not: a wrong scorer is found in each.
    """

    suites: tuple[Suite, ...]
    skipped: tuple[str, ...]
    untested: tuple[str, ...]
    changes: Mapping[str, tuple[str, ...]]
    scoring: Scoring


def _choose(
    project: Project,
    options: GateOptions,
    policy: Policy,
    arms: tuple[Arm, Arm],
    source: Source,
) -> _Chosen:
    """Choose the suites: the union of the base's and the head's, as far as they are asked for."""
    baseline, candidate = arms
    head = load_suites(candidate.tree, project.settings.suites)
    union = unite(base_suites(project, baseline, head), head, policy)
    wanted = select(union.suites, options.suites, options.cases, options.tags)
    suites = wanted
    skipped: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()
    if not (options.everything or options.suites or options.cases or options.tags):
        suites, skipped = _of_changed_prompts(wanted, baseline, candidate)
        untested = _untested(head, baseline, candidate)
    if not suites:  # no prompt changed: plan all suites, to show that every request is the same
        suites, skipped = wanted, ()
    find = source.cassettes.find if options.mode == "replay" else None
    most = max(policy.ladder) if options.ladder else 0
    suites, changes = keep_runnable(union, suites, arms, find, most)
    every = {suite.name: suite for suite in (*head, *suites)}
    return _Chosen(suites, skipped, untested, changes, Scoring(every.values(), project.root))


def _of_changed_prompts(
    suites: Sequence[Suite], baseline: Arm, candidate: Arm
) -> tuple[tuple[Suite, ...], tuple[str, ...]]:
    """Split the suites into those whose prompt or application changed and names of the others."""
    prompts = {prompt for suite in suites for prompt in suite.prompts}
    changed = {p for p in prompts if baseline.identity(p) != candidate.identity(p)}
    chosen = tuple(
        suite
        for suite in suites
        if changed.intersection(suite.prompts)
        or (
            suite.target is not None
            and baseline.application(suite.target) != candidate.application(suite.target)
        )
    )
    return chosen, tuple(suite.name for suite in suites if suite not in chosen)


def _evidence(
    plan: Plan,
    trials: Sequence[Trial],
    fresh: Fresh,
    changes: Mapping[str, tuple[str, ...]],
    history: Mapping[str, Mapping[str, tuple[int, int]]],
) -> list[SuiteEvidence]:
    tables = suite_tables(plan, trials)
    by_name = {planned.suite.name: planned.suite for planned in plan.cases}
    return [
        SuiteEvidence(
            table,
            margin=by_name[name].margin,
            min_score=by_name[name].min_score,
            on_inconclusive=by_name[name].on_inconclusive,
            fresh=fresh.get(name, {}),
            changes=changes.get(name, ()),
            history=history.get(name, {}),
        )
        for name, table in tables.items()
    ]


def _untested(suites: Sequence[Suite], baseline: Arm, candidate: Arm) -> tuple[str, ...]:
    """Return the prompts that changed and that no suite tests."""
    tested = {prompt for suite in suites for prompt in suite.prompts}
    for suite in suites:
        if suite.target is not None:
            tested.update(candidate.applications.of(suite.target).prompts)
    return tuple(
        name
        for name in list_prompts(candidate.tree, candidate.folder)
        if name not in tested and baseline.identity(name) != candidate.identity(name)
    )


def _context(
    options: GateOptions,
    baseline: Arm,
    trials: Sequence[Trial],
    untested: Sequence[str],
    now: datetime,
) -> Context:
    """Return the circumstances that are not trials."""
    good = KnownGood(revision=baseline.revision) if baseline.revision == RELEASED else None
    return Context(
        ladder=options.ladder,
        now=now,
        known_good=good,
        blocked=options.blocked,
        allow_gap=options.allow_gap,
        invalid=tuple(
            f"the prompt {name!r} changed and no suite tests it; add a suite" for name in untested
        ),
        baseline_recorded=_recorded(trials, "baseline"),
        candidate_recorded=_recorded(trials, "candidate"),
    )


def _with_adjudications(
    context: Context, project: Project, baseline: Arm, candidate: Arm
) -> Context:
    """Add what people have said of single answers, and who may not say it."""
    words = read_adjudications(project)
    if not words:
        return context
    authors = people(project, baseline.revision, candidate.revision)
    reviewers = [word.reviewer for word in words]
    return replace(context, adjudications=words, authors=authors_like(reviewers, authors))


def _recorded(trials: Sequence[Trial], arm: str) -> Recorded | None:
    """Return when an arm's own recordings were made and by which models."""
    own = [t for t in trials if t.arm == arm and t.recorded_at and t.served_model]
    if not own:
        return None
    times = [datetime.fromisoformat(trial.recorded_at or "") for trial in own]
    served: dict[str, set[str]] = {}
    for trial in own:
        served.setdefault(trial.model, set()).add(trial.served_model or "")
    return Recorded(min(times), max(times), {k: frozenset(v) for k, v in served.items()})


def _record_command(options: GateOptions) -> str:
    """Return the command that records what this gate needs."""
    words = ["promptgate", options.command, "--mode", "record"]
    if options.command != "gate":  # which chooses its arms itself
        return shlex.join(words)
    for name, value in (
        ("--baseline", options.baseline),
        ("--candidate", None if options.candidate == WORKTREE else options.candidate),
        ("--model", options.model),
        ("--candidate-model", options.candidate_model),
    ):
        words += [name, value] if value else []
    words += ["--ladder"] if options.ladder else []
    for name, values in (
        ("--suite", options.suites),
        ("--case", options.cases),
        ("--tag", options.tags),
    ):
        words += [word for value in values for word in (name, value)]
    return shlex.join(words)
