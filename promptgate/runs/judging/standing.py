"""What may be said of a judge today: its calibration, as the base branch has it.

Read there, like policy and adjudications: a change must not vouch for its own judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptgate.files import decode
from promptgate.gate import Judge as GateJudge
from promptgate.gate import Policy
from promptgate.prompts.base import governing_section
from promptgate.runs.judging.calibration import read_record
from promptgate.runs.judging.labels import People, file_digest, read_people
from promptgate.runs.scoring import Scoring
from promptgate.suites import load_suites

if TYPE_CHECKING:
    from promptgate.project import Project
    from promptgate.runs.judging.declared import Judges
    from promptgate.scorers.judge import Judge


@dataclass(frozen=True)
class Standing:
    """A judge and whether it may gate.

    Attributes:
        judge: Who.
        evidence: What the gate is told of it.
        faults: Why it may not gate, in clauses; () where it may.
    """

    judge: Judge
    evidence: GateJudge
    faults: tuple[str, ...]


def gate_judge(project: Project, judge: Judge, labels: str | None) -> GateJudge:
    """Return what the gate is told of a judge.

    Args:
        project: Whose governing files say how it is calibrated.
        judge: As it is now.
        labels: The file of people's labels that it is declared with.

    Raises:
        InputError: Its calibration is damaged.
    """
    record = read_record(project.governing, judge)
    if record is None:
        remark = ""
        if read_record(project.tree, judge) is not None:
            remark = "its calibration is not on the base branch yet"
        return GateJudge(judge.name, judge.digest, None, remark)
    remark = ""
    if labels is not None and record.labels == labels:
        data = project.governing.read(labels)
        if data is None or file_digest(decode(data, labels)) != record.labels_digest:
            remark = f"{labels} has changed since it was calibrated: calibrate again"
    return GateJudge(judge.name, judge.digest, record.calibration, remark)


def standing(project: Project, judges: Judges, judge: Judge) -> Standing:
    """Return how a judge stands, by the policy that governs.

    Raises:
        InputError: Its calibration, or the policy, is wrong.
    """
    declared = judges.settings.of(judge.name)
    evidence = gate_judge(project, judge, declared.labels if declared else None)
    return Standing(judge, evidence, evidence.faults(governing_section(project, "gate", Policy)))


def people_of(project: Project, judges: Judges, judge: Judge) -> People:
    """Return what people said of answers, for correcting a judge; nothing where nobody did.

    Raises:
        InputError: The file of labels is wrong.
    """
    declared = judges.settings.of(judge.name)
    if declared is None or declared.labels is None:
        return People()
    if project.governing.read(declared.labels) is None:
        return People()
    return read_people(project.governing, declared.labels, judge)


def judges_in_use(project: Project, judges: Judges) -> list[Judge]:
    """Return the judges that are declared with a rubric or that suites give one, by name.

    Raises:
        InputError: A judge or a suite is wrong.
    """
    declared = [judges.find(name) for name in judges.settings.names]
    found = {judge.digest: judge for judge in declared if judge.rubric}
    suites = load_suites(project.tree, project.settings.suites)
    scoring = Scoring(suites, project.root, judges)
    for suite in suites:
        found |= {judge.digest: judge for judge in scoring.gating_judges(suite.name)}
    return sorted(found.values(), key=lambda judge: (judge.name, judge.digest))
