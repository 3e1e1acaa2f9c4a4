"""Run suites on one target: plan, get the answers, score. No baseline, no decision."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from promptgate.documents import collector_paused
from promptgate.prompts.revisions import WORKTREE
from promptgate.runs.answers import Mode, get_answers, utc_now
from promptgate.runs.arms import open_arm
from promptgate.runs.costs import cost_of
from promptgate.runs.evaluate import Evaluation, evaluate
from promptgate.runs.judging.declared import open_judges
from promptgate.runs.plan import make_plan
from promptgate.runs.scoring import Scoring
from promptgate.suites import load_suites, select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptgate.project import Project
    from promptgate.runs.answers import Source
    from promptgate.runs.plan import Plan
    from promptgate.runs.results import Trial


@dataclass(frozen=True)
class RunOptions:
    """What to run.

    Attributes:
        revision: Of the prompts and the suites.
        model: Asked whatever front matter says.
        repeats: Trials a case, in place of what each suite says.
        suites: Names or patterns; () takes all.
        cases: Ids or 'suite:case'.
        tags: A case needs one of them.
        mode: Where answers come from.
    """

    revision: str = WORKTREE
    model: str | None = None
    repeats: int | None = None
    suites: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    mode: Mode = "replay"


@dataclass(frozen=True)
class Run:
    """Scored trials of one target."""

    plan: Plan
    trials: tuple[Trial, ...] = field(repr=False)
    recorded: int


def run_target(
    project: Project,
    options: RunOptions,
    source: Source,
    command: str,
    sink: Callable[[Trial], None] | None = None,
) -> Run:
    """Ask every case of the selected suites and score the answers.

    Args:
        project: As it is on disk.
        options: What to run.
        source: Where answers come from.
        command: What a missing recording's message tells to run.
        sink: Given every trial as it is scored. What is returned then lacks the answers,
            so that a run of any length fits in memory.

    Raises:
        InputError: Something that the user wrote is wrong.
        EvidenceError: A recording is missing or unsound.
    """
    arm = open_arm(project, "candidate", options.revision, options.model)
    suites = select(
        load_suites(arm.tree, project.settings.suites),
        options.suites,
        options.cases,
        options.tags,
    )
    scoring = Scoring(suites, project.root, open_judges(project))
    plan = make_plan((arm,), suites, repeats=options.repeats)
    answers = get_answers(plan, source, options.mode, utc_now(), scoring)
    how = Evaluation(
        scoring, answers.find, cost_of(project), answers.faults, answers.performances, command
    )
    with collector_paused():
        trials = evaluate(plan, how)
        if sink is not None:
            trials = _without_answers(trials, sink)
        return Run(plan, tuple(trials), answers.recorded)


def _without_answers(trials: Iterator[Trial], sink: Callable[[Trial], None]) -> Iterator[Trial]:
    """Hand each trial on whole and keep what tables need of it."""
    for trial in trials:
        sink(trial)
        yield replace(trial, answer="", parts=() if trial.passed else trial.parts)
