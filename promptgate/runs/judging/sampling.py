"""Draw recorded answers for people to label, by chance and without a word of the judge's.

Drawn are clusters, the unit of statistics: of each of their cases one answer an arm, as a
correction by labels needs both. Sorted by arm and verdict they are taken in equal steps from a
random start (systematic sampling): each has the same chance, and each verdict its share.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.documents import unknown_name
from promptgate.errors import InputError
from promptgate.runs.judging.labels import ANSWER, LABEL
from promptgate.runs.scoring import Scoring
from promptgate.scorers import Answer, missing_text
from promptgate.scorers.given import text_of
from promptgate.suites import load_suites

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from promptgate.project import Project
    from promptgate.runs.judging.declared import Judges
    from promptgate.runs.results import Part, Trial
    from promptgate.scorers.judge import Judge, JudgeCheck
    from promptgate.suites import Case

BESIDE = ("reference", "against")
"""What a suite gives its judge beside the answer; a column only where one does."""


@dataclass(frozen=True)
class Population:
    """The answers that a sample is drawn from, and what was asked.

    Attributes:
        trials: Each with an answer that a judge can be asked about.
        judge: By whose verdicts the sample is spread.
        cases: (suite, id) to the case and to how its suite has the judge asked.
        is_judged: Whether the judge has seen them; else they are spread over the arms alone.
    """

    trials: tuple[Trial, ...]
    judge: Judge
    cases: dict[tuple[str, str], tuple[Case, JudgeCheck | None]]
    is_judged: bool

    def verdict(self, trial: Trial) -> str:
        """Return what the judge's entries were worth; '' where it gave no verdict."""
        return " ".join(f"{part.score:g}" for part in self._parts(trial) if part.score is not None)

    def _parts(self, trial: Trial) -> list[Part]:
        return [part for part in trial.parts if _is_of(part, self.judge)]

    def asked(self, trial: Trial) -> tuple[Case, JudgeCheck | None]:
        """Return the case of a trial, and how its suite has the judge asked."""
        return self.cases[_case(trial)]


def population(
    project: Project,
    judges: Judges,
    judge: Judge,
    trials: Iterable[Trial],
    suites: Sequence[str] = (),
) -> Population:
    """Return what a sample can be drawn from.

    Where the judge has judged some of the suites, only cases that it judges; else all.

    Args:
        project: Whose cases were asked.
        judges: Of the project.
        judge: Whose labels are wanted.
        trials: Of a gate or a run.
        suites: Only these; all where none is named.

    Raises:
        InputError: A suite is unknown, or no answer can be labelled.
    """
    loaded = load_suites(project.tree, project.settings.suites)
    for name in suites:
        if name not in (names := [suite.name for suite in loaded]):
            raise InputError(unknown_name("suite", name, names))
    scoring = Scoring(loaded, project.root, judges)
    cases = {
        (suite.name, case.id): (case, _check(scoring, suite.name, case, judge))
        for suite in loaded
        for case in suite.cases
        if len(case.turns) == 1 and (not suites or suite.name in suites)
    }
    usable = [
        trial
        for trial in trials
        if _case(trial) in cases and missing_text(Answer(trial.answer)) is None
    ]
    judged = {_case(trial) for trial in usable if any(_is_of(part, judge) for part in trial.parts)}
    kept = tuple(trial for trial in usable if not judged or _case(trial) in judged)
    if not kept:
        raise InputError(
            "there is no answer to label: labels are for recorded answers to cases of one turn "
            "that the suites still hold."
        )
    return Population(kept, judge, cases, bool(judged))


def draw(source: Population, count: int, chance: Random) -> tuple[Trial, ...]:
    """Return about `count` answers in random order, those of one cluster together.

    Args:
        source: What is drawn from.
        count: How many answers are wanted; whole clusters come, so it may be some more or less.
        chance: Where the draw comes from.
    """
    held: dict[tuple[str, str, str], dict[tuple[str, str], list[Trial]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for trial in source.trials:
        cluster = trial.suite, trial.prompt, trial.cluster
        held[cluster][trial.case, trial.arm].append(trial)
    units = []
    for cluster in sorted(held):
        answers = held[cluster]
        units.append([chance.choice(answers[key]) for key in sorted(answers)])
    chance.shuffle(units)
    units.sort(key=lambda unit: sorted((t.arm, source.verdict(t)) for t in unit))
    wanted = min(len(units), max(1, round(count * len(units) / sum(map(len, units)))))
    step = len(units) / wanted
    start = chance.random() * step
    chosen = [units[int(start + number * step)] for number in range(wanted)]
    chance.shuffle(chosen)
    for unit in chosen:
        chance.shuffle(unit)
    return tuple(trial for unit in chosen for trial in unit)


def label_sheet(source: Population, drawn: Sequence[Trial]) -> str:
    """Return the CSV that people label and `judge calibrate` reads; the column 'label' is empty."""
    rows = [_row(source, trial) for trial in drawn]
    beside = [name for name in BESIDE if any(row[name] for row in rows)]
    columns = ["suite", "case", "arm", "repeat", "asked", *beside, ANSWER, LABEL]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _row(source: Population, trial: Trial) -> dict[str, str]:
    case, check = source.asked(trial)
    return {
        "suite": trial.suite,
        "case": trial.case,
        "arm": trial.arm,
        "repeat": str(trial.repeat),
        "asked": _asked(case),
        "reference": check.reference if check else "",
        "against": check.against if check else "",
        ANSWER: trial.answer,
        LABEL: "",
    }


def _asked(case: Case) -> str:
    """Return what was asked, for people: the one variable, or all by name, and the messages."""
    given = {name: str(value) for name, value in case.vars.items() if value not in (None, "")}
    lines = list(given.values()) if len(given) == 1 else [f"{n}: {v}" for n, v in given.items()]
    lines += [
        f"{message['role']}: {text_of(message['content'])}" for message in case.messages or ()
    ]
    return "\n".join(lines)


def _case(trial: Trial) -> tuple[str, str]:
    return trial.suite, trial.case.rpartition("/")[2]


def _check(scoring: Scoring, suite: str, case: Case, judge: Judge) -> JudgeCheck | None:
    checks = [check for turn in scoring.judges(suite, case) for check in turn]
    return next((check for check in checks if check.judge.name == judge.name), None)


def _is_of(part: Part, judge: Judge) -> bool:
    return part.judge is not None and part.judge.partition("@")[0] == judge.name
