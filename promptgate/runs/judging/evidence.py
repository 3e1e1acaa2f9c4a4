"""What the gate is told of judges: their calibrations, and people's scores beside theirs.

Separate from standing.py, which knows files: here trials become rows for the gate.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from promptgate.runs.judging.declared import open_judges
from promptgate.runs.judging.standing import gate_judge, people_of
from promptgate.runs.tables import suite_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from promptgate.gate import Judge as GateJudge
    from promptgate.gate import SuiteTable
    from promptgate.project import Project
    from promptgate.runs.judging.labels import People
    from promptgate.runs.plan import Plan, PlannedCase
    from promptgate.runs.results import Trial
    from promptgate.runs.scoring import Scoring


@dataclass(frozen=True)
class JudgeEvidence:
    """What is known of the judges of some suites.

    Attributes:
        scoring: Knows who judges what.
        judges: By suite, what the gate is told of them.
        people: By digest of a judge, what people said.
    """

    scoring: Scoring
    judges: Mapping[str, tuple[GateJudge, ...]] = field(default_factory=dict)
    people: Mapping[str, People] = field(default_factory=dict)

    def tables(self, plan: Plan, trials: Sequence[Trial]) -> dict[str, SuiteTable]:
        """Return the table of each suite that people labelled a part of, with their scores.

        A trial that nobody labelled is missing there.
        """
        wanted = {
            planned.suite.name
            for planned in plan.cases
            if any(people.labels for people in self._people(planned))
        }
        if not wanted:
            return {}
        cases = {(p.suite.name, p.key): p for p in plan.cases if p.suite.name in wanted}
        part = replace(plan, cases=tuple(cases.values()))
        relabelled = [
            self._relabelled(trial, cases[trial.suite, trial.case])
            for trial in trials
            if trial.suite in wanted
        ]
        return suite_tables(part, relabelled)

    def _people(self, planned: PlannedCase) -> list[People]:
        checks = self.scoring.judges(planned.suite.name, planned.case)
        digests = {check.judge.digest for turn in checks for check in turn}
        return [self.people[digest] for digest in digests if digest in self.people]

    def _relabelled(self, trial: Trial, planned: PlannedCase) -> Trial:
        """Return a trial as people score it: the judge's part replaced by their label."""
        missing = replace(trial, state="missing", score=None, passed=None)
        share = self.scoring.judge_share(planned.suite.name, planned.case)
        people = self._people(planned)
        parts = [part for part in trial.parts if part.judge is not None]
        if trial.score is None or share is None or len(people) != 1 or len(parts) != 1:
            return missing
        label = people[0].label(trial.suite, planned.case.id, trial.answer)
        said = parts[0].score
        if label is None or said is None:
            return missing
        (check,) = (c for turn in self.scoring.judges(trial.suite, planned.case) for c in turn)
        if share < 0:  # under 'not' the part holds the opposite of what the judge said
            said = 1.0 - said
        score = trial.score + share * (check.judge.worth[label] - said)
        return replace(trial, score=min(max(score, 0.0), 1.0), passed=None)


def judge_evidence(project: Project, scoring: Scoring, suites: Iterable[str]) -> JudgeEvidence:
    """Return what is known of the judges of some suites, as the governing files have it.

    Raises:
        InputError: A calibration or a file of labels is wrong.
    """
    judges = open_judges(project)
    told: dict[str, tuple[GateJudge, ...]] = {}
    people: dict[str, People] = {}
    for suite in suites:
        found = scoring.gating_judges(suite)
        declared = {judge.digest: judges.settings.of(judge.name) for judge in found}
        told[suite] = tuple(
            gate_judge(project, judge, one.labels if (one := declared[judge.digest]) else None)
            for judge in found
        )
        for judge in found:
            if judge.digest not in people:
                people[judge.digest] = people_of(project, judges, judge)
    return JudgeEvidence(scoring, told, people)


def different_judges(trials: Sequence[Trial]) -> list[str]:
    """Return a sentence for each suite whose arms were scored by different judges."""
    seen: dict[tuple[str, str], dict[str, set[str]]] = {}
    for trial in trials:
        arms = ("baseline", "candidate") if trial.arm == "both" else (trial.arm,)
        for name, _, digest in (part.judge.partition("@") for part in trial.parts if part.judge):
            for arm in arms:
                seen.setdefault((trial.suite, name), {}).setdefault(arm, set()).add(digest)
    return [
        f"suite {suite!r}: the judge {name!r} is not the same in both arms "
        f"({_shown(arms['baseline'])} and {_shown(arms['candidate'])})"
        for (suite, name), arms in seen.items()
        if len(arms) == 2 and arms["baseline"] != arms["candidate"]
    ]


def _shown(digests: set[str]) -> str:
    return ", ".join(sorted(digest[: len("sha256:") + 12] for digest in digests))


def judge_models(trials: Sequence[Trial]) -> dict[str, set[str]]:
    """Return the models that answered for each judge, by its name and digest."""
    found: dict[str, set[str]] = {}
    for trial in trials:
        for part in trial.parts:
            if part.judge is not None and part.judge_models:
                found.setdefault(part.judge, set()).update(part.judge_models)
    return found
