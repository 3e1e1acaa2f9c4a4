"""People's labels of answers: a CSV or JSONL file, one answer a row.

The columns `label` and `answer` must be there. With `suite` and `case` a row means a
case of the project, and the judge is asked exactly what it is asked in that suite;
`answer` may then be empty, and the recorded one is taken. Without them every other
column is shown to the judge. Rows of stored trials with a label added are such a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from promptgate.documents import unknown_name
from promptgate.errors import InputError, MissingRecording
from promptgate.files import decode
from promptgate.models.request import Request
from promptgate.prompts.revisions import WORKTREE
from promptgate.runs.arms import open_arm
from promptgate.runs.conversation import follow
from promptgate.runs.external.answer_files import AnswerFile, format_of, read_rows
from promptgate.runs.plan import make_plan
from promptgate.runs.scoring import Scoring, answer_of, text_digest
from promptgate.scorers import Answer, missing_text
from promptgate.scorers.judge import JudgeCheck

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from promptgate.files import Tree
    from promptgate.models.cassettes import Cassettes
    from promptgate.project import Project
    from promptgate.runs.external.answer_files import Row
    from promptgate.runs.judging.declared import Judges
    from promptgate.runs.plan import PlannedCase
    from promptgate.scorers.judge import Judge
    from promptgate.suites import Suite

LABEL, ANSWER = "label", "answer"
_NOT_SHOWN = frozenset(
    {LABEL, ANSWER, "suite", "case", "arm", "revision", "repeat", "rater", "note"}
    | {"reference", "against"}
)
_ARMS = {"both": ""}
"""An answer that both arms share is of neither."""


@dataclass(frozen=True)
class Shown:
    """What a judge is shown of a row that means no case of the project."""

    id: str
    vars: Mapping[str, Any]
    messages: Sequence[Any] | None = None


@dataclass(frozen=True)
class LabelledAnswer:
    """One row.

    Attributes:
        place: File and line.
        label: What a person says.
        check: The judge, as the row or its suite has it asked.
        case: What was asked.
        answer: To it.
        arm: '' where the row names none.
    """

    place: str
    label: str
    check: JudgeCheck
    case: Any
    answer: Answer
    arm: str = ""


@dataclass(frozen=True)
class People:
    """What people said of answers, wherever those answers come up again.

    Attributes:
        labels: (suite, case, digest of the answer) to the label.
    """

    labels: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def label(self, suite: str, case: str, answer: str) -> str | None:
        """Return what people said of an answer to a case; None where nobody did."""
        return self.labels.get((suite, case, text_digest(answer)))


def file_digest(text: str) -> str:
    """Return the SHA-256 of a file of labels, 'sha256:…'; a checkout's line ends do not matter."""
    return text_digest(text)


def read_people(tree: Tree, path: str, judge: Judge) -> People:
    """Read the labels that name suite and case, for correcting a judge by them.

    Raises:
        InputError: The file is absent or wrong, or an answer is labelled in two ways.
    """
    labels: dict[tuple[str, str, str], str] = {}
    for row, label in _rows(_text(tree, path), path, judge):
        values = row.vars
        if not (values.get("suite") and values.get("case") and row.text):
            continue
        case = str(values["case"]).rpartition("/")[2]
        key = (str(values["suite"]), case, text_digest(row.text))
        if labels.setdefault(key, label) != label:
            raise InputError(
                f"this answer to {key[0]}:{key[1]} is labelled {labels[key]!r} and {label!r}; "
                "settle on one.",
                file=path,
                line=row.line,
            )
    return People(labels)


def _text(tree: Tree, path: str) -> str:
    data = tree.read(path)
    if data is None:
        raise InputError("there is no such file of labels; check the path.", file=path)
    return decode(data, path)


def _rows(text: str, path: str, judge: Judge) -> Iterator[tuple[Row, str]]:
    """Yield the rows that have a label, which must be one of the judge's."""
    file = AnswerFile(path, format_of(path), ANSWER)
    for row in read_rows(file, (), BytesIO(text.encode()), None):
        if LABEL not in row.names:
            message = unknown_name("column", LABEL, list(row.names))
            raise InputError(message, file=path, line=row.line)
        label = str(row.vars[LABEL] or "").strip()
        if not label:
            continue
        if label not in judge.labels:
            raise InputError(unknown_name("label", label, judge.labels), file=path, line=row.line)
        yield row, label


@dataclass
class Labels:
    """Reads a file of labels for one judge.

    Attributes:
        project: Whose cases rows may mean.
        judges: Of the project.
        judge: Whose labels these are.
        cassettes: Where an answer is taken from that the file does not hold.
    """

    project: Project
    judges: Judges
    judge: Judge
    cassettes: Cassettes
    _suites: dict[str, Suite] | None = None
    _scoring: Scoring | None = None
    _planned: dict[str, dict[tuple[str, str], PlannedCase]] = field(default_factory=dict)

    def read(self, text: str, path: str) -> tuple[LabelledAnswer, ...]:
        """Return the labelled answers of a file.

        Raises:
            InputError: A row is wrong, or rows mean judges of different digests.
            MissingRecording: A row's answer is neither in the file nor recorded.
        """
        rows = _rows(text, path, self.judge)
        found = tuple(self._labelled(row, label, path) for row, label in rows)
        if not found:
            raise InputError("no row has a label; fill the column 'label'.", file=path)
        for one in found:
            if one.check.judge.digest != found[0].check.judge.digest:
                raise InputError(
                    f"this row and {found[0].place} mean judges of different rubrics; label them "
                    "in files of their own.",
                    file=path,
                    line=int(one.place.rpartition(":")[2]),
                )
        return found

    def _labelled(self, row: Row, label: str, path: str) -> LabelledAnswer:
        values = row.vars
        arm = str(values.get("arm") or "")
        reference, against = (str(values.get(name) or "") for name in ("reference", "against"))
        case: Any
        text = row.text
        if values.get("suite") and values.get("case"):
            case, check = self._case(row, path)
            if not text.strip():
                text = self._recorded(row, path)
        else:
            shown = {k: v for k, v in values.items() if k not in _NOT_SHOWN and v not in (None, "")}
            case, check = Shown(row.id, shown), JudgeCheck(self.judge, reference, against)
        if check.judge.compares and not check.against.strip():
            raise self._error(row, path, "the judge compares; give the other answer as 'against'")
        answer = Answer(text)
        if missing_text(answer) is not None:
            raise self._error(row, path, "the answer is empty: no judge is asked about it")
        return LabelledAnswer(row.id, label, check, case, answer, _ARMS.get(arm, arm))

    def _case(self, row: Row, path: str) -> tuple[Any, JudgeCheck]:
        """Return the case that a row means, and how its suite has the judge asked."""
        from promptgate.suites import load_suites

        if self._suites is None:
            loaded = load_suites(self.project.tree, self.project.settings.suites)
            self._suites = {suite.name: suite for suite in loaded}
            self._scoring = Scoring(loaded, self.project.root, self.judges)
        assert self._scoring is not None
        name, wanted = str(row.vars["suite"]), str(row.vars["case"]).rpartition("/")[2]
        suite = self._suites.get(name)
        if suite is None:
            raise self._error(row, path, unknown_name("suite", name, list(self._suites)))
        case = next((case for case in suite.cases if case.id == wanted), None)
        if case is None:
            ids = [case.id for case in suite.cases]
            raise self._error(row, path, unknown_name("case", wanted, ids))
        if len(case.turns) > 1:
            told = f"case {wanted!r} has several turns; label answers to a single one"
            raise self._error(row, path, told)
        checks = [
            check
            for checks in self._scoring.judges(name, case)
            for check in checks
            if check.judge.name == self.judge.name
        ]
        values = row.vars
        own = JudgeCheck(
            self.judge, str(values.get("reference") or ""), str(values.get("against") or "")
        )
        return case, checks[0] if checks else own

    def _recorded(self, row: Row, path: str) -> str:
        """Return the recorded answer that a row means by case, revision and repeat (from 0)."""
        values = row.vars
        revision = str(values.get("revision") or WORKTREE)
        try:
            repeat = int(values.get("repeat") or 0)
        except (TypeError, ValueError):
            told = f"'repeat' must be a whole number, but got {values['repeat']!r}"
            raise self._error(row, path, told) from None
        planned = self._plan(revision).get((str(values["suite"]), str(values["case"])))
        request = planned.requests["candidate"] if planned else None
        if planned is None or not isinstance(request, Request):
            raise self._error(row, path, "the answer is empty, and the case is none of a prompt")
        held = follow(request, planned.case.turns, repeat + 1, self.cassettes.find)
        recording = held[repeat][-1].recording if repeat >= 0 else None
        if recording is None:
            raise MissingRecording(
                f"{path}:{row.line}: no recording of repeat {repeat} of {values['suite']}:"
                f"{values['case']} at {revision}; record it with 'promptgate record --revision "
                f"{revision}', or write the answer into the file."
            )
        return answer_of(recording, None).text

    def _plan(self, revision: str) -> dict[tuple[str, str], PlannedCase]:
        if revision not in self._planned:
            assert self._suites is not None
            arm = open_arm(self.project, "candidate", revision, None)
            plan = make_plan((arm,), list(self._suites.values()))
            self._planned[revision] = {(p.suite.name, p.key): p for p in plan.cases}
        return self._planned[revision]

    def _error(self, row: Row, path: str, told: str) -> InputError:
        return InputError(told.rstrip(".") + ".", file=path, line=row.line)
