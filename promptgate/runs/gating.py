"""Run the gate: open both arms, plan, get the answers, score, decide.

The one place that knows the whole way from two revisions to a decision. What
each step does is in its own module; the order, and what is skipped when nothing
changed, is here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from promptgate.documents import collector_paused
from promptgate.errors import ExitCode, MissingRecording
from promptgate.gate import (
    Decision,
    Fix,
    Outcome,
    Policy,
    SuiteEvidence,
    decide,
)
from promptgate.prompts import (
    Base,
    default_baseline,
    find_base,
    govern,
    governing_section,
    list_prompts,
)
from promptgate.runs.anchor import Anchor, anchor_revision
from promptgate.runs.answers import Source, get_answers, utc_now
from promptgate.runs.arms import Arm, open_arm
from promptgate.runs.attribution import Attribution, attribute
from promptgate.runs.base_suites import base_suites, governing_suites, keep_runnable
from promptgate.runs.circumstances import circumstances
from promptgate.runs.costs import cost_of
from promptgate.runs.counting import hold, joined
from promptgate.runs.evaluate import Evaluation, evaluate
from promptgate.runs.fixing import fix_size
from promptgate.runs.gate_options import GateOptions, record_command
from promptgate.runs.gate_run import GateRun
from promptgate.runs.generations import told_baseline, told_generations, without_next_baseline
from promptgate.runs.hopeless import refuse_hopeless
from promptgate.runs.judging.declared import open_judges
from promptgate.runs.judging.evidence import JudgeEvidence, judge_evidence
from promptgate.runs.origin import is_attempt, told_of_origin
from promptgate.runs.past import Past, past_gates
from promptgate.runs.plan import Plan, make_plan
from promptgate.runs.rounds import decide_in_rounds
from promptgate.runs.scoring import Scoring
from promptgate.runs.spot_check import kept_nowhere, spot_check
from promptgate.runs.suite_changes import unite
from promptgate.runs.tables import suite_tables
from promptgate.suites import load_suites, select

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from promptgate.project import Project
    from promptgate.runs.answers import Mode
    from promptgate.runs.results import Trial
    from promptgate.runs.rounds import Ask, Fresh
    from promptgate.suites import Suite


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
    base = options.base if isinstance(options.base, Base) else find_base(project, options.base)
    project = govern(project, base)
    policy = governing_section(project, "gate", Policy)
    revision = options.baseline or default_baseline(project)
    baseline = open_arm(project, "baseline", revision, options.model)
    candidate = open_arm(
        project, "candidate", options.candidate, options.candidate_model or options.model
    )
    source = without_next_baseline(project, candidate.tree, source)
    now = utc_now()
    chosen = _choose(project, options, policy, (baseline, candidate), source, base, now)
    planned = make_plan((baseline, candidate), chosen.suites)
    if not (options.cases or options.tags):
        refuse_hopeless(planned, policy, ladder=options.ladder)

    asking = partial(_asking, project, options, chosen.scoring, now)
    ask = asking(source, options.mode)
    tested = {suite.name for suite in chosen.suites}
    judges = judge_evidence(project, chosen.scoring, tested)
    bench = _Bench(options, policy, (baseline, candidate), chosen, now, judges)
    attempt = is_attempt(project, candidate)
    bench.past = past_gates(project, planned, attempt=attempt)
    if (revision_of_anchor := anchor_revision(project, policy)) is not None:
        arm = open_arm(project, "baseline", revision_of_anchor, options.model)
        bench.anchor = Anchor(arm, ask)
    if options.fix is not None:  # a revision that is not there is refused before anything is asked
        open_arm(project, "candidate", options.fix, options.candidate_model or options.model)
    plan, trials, decision = decide_in_rounds(
        planned, ask, bench.judge, policy=policy, ladder=options.ladder
    )
    if decision.exit_code is ExitCode.WORSE or decision.worse is not None:
        found = attribute(plan, trials, decision, ask, policy.alpha)
        bench.blame = found if options.cause is None else replace(found, cause=options.cause)
        bench.fix = _measured_fix(project, options, plan, source)
        decision = bench.judge(plan, trials, bench.fresh)
    with kept_nowhere(source) as live:
        told = _told(options, plan, trials, source, asking(live, "record"))
    decision = replace(decision, warnings=(*decision.warnings, *told))
    notes = (*options.notes, *told_of_origin(project, options.baseline, (baseline, candidate)))
    return GateRun(decision, plan, trials, chosen.skipped, policy, now, base, notes, attempt)


def _asking(
    project: Project,
    options: GateOptions,
    scoring: Scoring,
    now: datetime,
    source: Source,
    mode: Mode,
) -> Ask:
    """Return what gets and scores the trials of a plan, from a source and in a mode."""

    def ask(part: Plan) -> tuple[Trial, ...]:
        answers = get_answers(part, source, mode, now, scoring)
        how = Evaluation(
            scoring,
            answers.find,
            cost_of(project),
            answers.faults,
            answers.performances,
            record_command(options),
        )
        with collector_paused():
            return tuple(evaluate(part, how))

    return ask


def _told(
    options: GateOptions, plan: Plan, trials: Sequence[Trial], source: Source, live: Ask
) -> Iterator[str]:
    """Yield what a reader must know of the recordings that the decision stands on."""
    changed = plan.changed()
    for sentence in (
        told_baseline(changed, source.cassettes),
        told_generations(changed, source.cassettes),
    ):
        if sentence is not None:
            yield sentence
    if options.spot_check is not None:
        yield spot_check(plan, trials, options.spot_check, options.seed, live).sentence


@dataclass
class _Bench:
    """The decision as a function of trials; whatever else it needs is found once and kept.

    Attributes:
        judges: What is known of the judges of the suites.
        blame: Why the candidate is worse, once it is known to be.
        fix: That stands ready, once it is wanted.
        fresh: The fresh repeats that it decided with last.
        anchor: The release that is compared with too, if there is one.
    """

    options: GateOptions
    policy: Policy
    arms: tuple[Arm, Arm]
    chosen: _Chosen
    now: datetime
    judges: JudgeEvidence
    past: Past = field(default_factory=Past)
    blame: Attribution = field(default_factory=Attribution)
    fix: Fix | None = None
    fresh: Fresh = field(default_factory=dict)
    anchor: Anchor | None = None

    def judge(self, plan: Plan, trials: tuple[Trial, ...], fresh: Fresh) -> Decision:
        """Decide on the trials."""
        self.fresh = fresh
        context = replace(
            circumstances(self.options, self.arms, trials, self.chosen.untested, self.now),
            attempts=self.past.attempts(trials),
            cause=self.blame.cause,
            prompt_changed=self.blame.prompt_changed,
            fix=self.fix,
            affected=self.options.affected,
        )
        history = self.past.history(trials)
        evidence = _evidence(plan, trials, fresh, self.chosen.changes, history, self.judges)
        if self.anchor is not None:
            tables = self.anchor.tables(plan)
            evidence = [replace(one, anchor=tables.get(one.table.suite)) for one in evidence]
        return decide(evidence, self.policy, context)


def _measured_fix(project: Project, options: GateOptions, plan: Plan, source: Source) -> Fix | None:
    """Run the same gate, on the full suites, with the fix as the candidate.

    A fix whose answers were never recorded counts as not measured.
    """
    if options.fix is None:
        return None
    model = options.candidate_model or options.model
    lines, files = fix_size(plan, open_arm(project, "candidate", options.fix, model))
    full = replace(
        options,
        candidate=options.fix,
        fix=None,
        fix_minutes=None,
        suites=(),
        cases=(),
        tags=(),
        blocked=(),
        review=(),
        invalid=(),
        remarks=(),
        spot_check=None,
    )
    passes: bool | None = None
    try:
        passes = run_gate(project, full, source).decision.outcome is Outcome.RELEASE
    except MissingRecording:
        passes = None
    return Fix(options.fix, lines, files, passes, options.fix_minutes)


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
    base: Base,
    now: datetime,
) -> _Chosen:
    """Choose the suites: the union of the base's and the head's, as far as they are asked for."""
    baseline, candidate = arms
    head = load_suites(candidate.tree, project.settings.suites)
    union = unite(base_suites(project, baseline, candidate, head), head, policy)
    held = hold(union.suites, governing_suites(project), base.revision, now.date())
    union = replace(union, suites=held.suites, changes=joined(union.changes, held.sentences))
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
    scoring = Scoring(every.values(), project.root, open_judges(project))
    return _Chosen(suites, skipped, untested, changes, scoring)


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
    judges: JudgeEvidence,
) -> list[SuiteEvidence]:
    tables = suite_tables(plan, trials)
    people = judges.tables(plan, trials)
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
            judges=judges.judges.get(name, ()),
            people=people.get(name),
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
