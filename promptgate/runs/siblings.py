"""Hand a check that looks at several trials the other answers to the same question.

The other repeats of a case on the same arm, and those of the other cases of its cluster.
Separate from evaluate(), which goes trial by trial: only the answers of one cluster are
held at a time, and only where a check asks for them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from promptgate.runs.applications.call import ApplicationCall
from promptgate.runs.conversation import follow
from promptgate.runs.scoring import performed_answer, turn_answers
from promptgate.scorers import Other

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptgate.runs.applications.trials import Performances
    from promptgate.runs.arms import Arm
    from promptgate.runs.conversation import Find
    from promptgate.runs.plan import Plan, PlannedCase
    from promptgate.runs.scoring import Scoring
    from promptgate.scorers import Answer


class Siblings:
    """The answers of a plan by cluster, read when a check asks for them.

    Args:
        plan: All trials.
        scoring: Tells which cases have a check over several trials.
        find: Gives the recordings of a request.
        performances: The trials of applications.
    """

    def __init__(
        self, plan: Plan, scoring: Scoring, find: Find, performances: Performances
    ) -> None:
        self._scoring, self._find, self._performances = scoring, find, performances
        self._clusters: dict[tuple[str, str, str], list[PlannedCase]] = defaultdict(list)
        for planned in plan.cases:
            self._clusters[_cluster(planned)].append(planned)
        self._held: dict[tuple[str, str], Sequence[Sequence[Answer]]] = {}
        self._holding: tuple[str, str, str] | None = None

    def beside(
        self, arm: Arm, planned: PlannedCase, repeat: int, answers: Sequence[Answer]
    ) -> Sequence[Answer]:
        """Return the answers of one trial, each with the others to the same question.

        Args:
            arm: Whose trial it is.
            planned: The case.
            repeat: Which of its trials.
            answers: One for each turn.
        """
        scope = self._scoring.scope(planned.suite.name, planned.case)
        if scope == "trial":
            return answers
        cluster = self._clusters[_cluster(planned)] if scope == "cluster" else [planned]
        others: list[list[Other]] = [[] for _ in answers]
        for case in cluster:
            for number, held in enumerate(self._answers(arm, case)):
                if case.key == planned.key and number == repeat:
                    continue
                for turn, answer in enumerate(held[: len(answers)]):
                    others[turn].append(Other(case.case, answer))
        return [replace(a, others=tuple(o)) for a, o in zip(answers, others, strict=True)]

    def _answers(self, arm: Arm, planned: PlannedCase) -> Sequence[Sequence[Answer]]:
        """Return the answers of every trial of a case, () for one that has none."""
        if self._holding != _cluster(planned):
            self._holding = _cluster(planned)
            self._held.clear()
        key = (arm.name, planned.key)
        if key not in self._held:
            self._held[key] = self._read(arm, planned)
        return self._held[key]

    def _read(self, arm: Arm, planned: PlannedCase) -> Sequence[Sequence[Answer]]:
        request, case = planned.requests[arm.name], planned.case
        if request is None:
            return ()
        if isinstance(request, ApplicationCall):
            trials = self._performances[arm.name, planned.suite.name, planned.key]
            return [
                [performed_answer(trial, None)]
                if trial.missing is None and trial.outcome.error is None
                else []
                for trial in trials
            ]
        return [
            turn_answers(case, request, [e.recording for e in exchanges if e.recording is not None])
            for exchanges in follow(request, case.turns, planned.repeats, self._find)
        ]


def _cluster(planned: PlannedCase) -> tuple[str, str, str]:
    return planned.suite.name, planned.prompt, planned.case.cluster
