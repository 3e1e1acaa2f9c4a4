"""Calibrate a judge on people's labels, and keep what came of it beside its digest.

The record holds the labels, not the figures: the gate computes them again. It counts
only as the base branch has it, so that a change cannot calibrate its own judge.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from promptgate.documents import load_json
from promptgate.errors import InputError
from promptgate.files import decode, write_atomic
from promptgate.gate import Calibration, Labelled
from promptgate.models.request import Request
from promptgate.runs.judging.asking import hear
from promptgate.runs.judging.calls import hearing
from promptgate.runs.judging.declared import open_judges
from promptgate.runs.judging.labels import Labels, file_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from promptgate.files import Tree
    from promptgate.models.cassettes import Cassettes
    from promptgate.project import Project
    from promptgate.runs.answers import Source
    from promptgate.runs.judging.labels import LabelledAnswer
    from promptgate.scorers.judge import Judge

FOLDER = "judges/calibrations"
SCHEMA_VERSION = 1
_NAMED = 12


def calibrate(
    answers: Sequence[LabelledAnswer], source: Source, record: str, *, live: bool
) -> Calibration:
    """Hold a judge's verdicts against people's labels.

    Args:
        answers: Labelled, all for one judge.
        source: Where the judge's recordings are.
        record: The command that records what is missing.
        live: Whether to ask for what is missing.

    Raises:
        MissingRecording: The judge was not asked yet, and may not be.
        ModelError: It could not be asked.
    """
    judge = answers[0].check.judge
    wanted = [
        (Request(body), sample)
        for one in answers
        for body, sample in one.check.calls(one.case, one.answer)
    ]
    heard = hear(wanted, source, ("judges", judge.name), record, live=live)
    items = []
    for one in answers:
        (answer,) = hearing([one.answer], heard)
        assert answer.ask is not None
        votes = one.check.votes(one.case, answer, answer.ask)
        verdict = one.check.decided(votes)
        items.append(
            Labelled(
                one.label,
                verdict.label,
                one.arm,
                len(one.answer.text),
                verdict.value,
                one.check.orders(votes),
            )
        )
    return Calibration(dict(judge.worth), tuple(items))


def labelled_digests(project: Project, cassettes: Cassettes) -> Iterator[str]:
    """Yield the digest of every judgement of the answers that people labelled for a judge.

    Raises:
        InputError: A judge or a file of labels is wrong.
    """
    judges = open_judges(project)
    for name in judges.settings.names:
        declared = judges.settings.of(name)
        data = project.tree.read(declared.labels) if declared and declared.labels else None
        if declared is None or declared.labels is None or data is None:
            continue
        reader = Labels(project, judges, judges.find(name), cassettes)
        for one in reader.read(decode(data, declared.labels), declared.labels):
            yield from (Request(body).digest for body, _ in one.check.calls(one.case, one.answer))


@dataclass(frozen=True)
class Record:
    """A calibration as it is kept.

    Attributes:
        calibration: What people and the judge said.
        labels: The file of people's labels.
        labels_digest: Of that file as it was.
        calibrated_at: When, ISO 8601.
    """

    calibration: Calibration
    labels: str
    labels_digest: str
    calibrated_at: str


def record_path(judge: Judge) -> str:
    """Return where a judge's calibration is kept, in the project."""
    digest = judge.digest.removeprefix("sha256:")[:_NAMED]
    return f"{FOLDER}/{judge.name}-{digest}.json"


def store_calibration(
    project: Project,
    judge: Judge,
    calibration: Calibration,
    labels: str,
    text: str,
    now: datetime,
) -> Path:
    """Write a calibration down, unless it stands there already, and return its file.

    Args:
        project: Where.
        judge: Whose it is.
        calibration: To keep.
        labels: The file of labels, as the project names it.
        text: What it holds.
        now: UTC.
    """
    path = project.root / record_path(judge)
    held = read_record(project.tree, judge) if path.exists() else None
    if held is not None and (held.calibration, held.labels_digest) == (
        calibration,
        file_digest(text),
    ):
        return path
    kappa = calibration.kappa
    head = {
        "schema_version": SCHEMA_VERSION,
        "judge": judge.name,
        "digest": judge.digest,
        "models": list(judge.models),
        "calibrated_at": now.replace(microsecond=0).isoformat(),
        "labels": labels,
        "labels_digest": file_digest(text),
        "kappa": None if kappa is None else round(kappa.kappa, 4),
        "worth": dict(calibration.worth),
    }
    items = ",\n    ".join(
        json.dumps(asdict(item), ensure_ascii=False) for item in calibration.items
    )
    opening = json.dumps(head, indent=2, ensure_ascii=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, f'{opening[:-2]},\n  "items": [\n    {items}\n  ]\n}}\n')
    return path


def read_record(tree: Tree, judge: Judge) -> Record | None:
    """Return the calibration of a judge as it is; None where there is none for its digest.

    Raises:
        InputError: The file is no calibration of this judge.
    """
    path = record_path(judge)
    data = tree.read(path)
    if data is None:
        return None
    content = load_json(decode(data, path), path).data
    try:
        if content["digest"] != judge.digest or content["worth"] != dict(judge.worth):
            raise ValueError
        items = tuple(_item(item, judge.worth) for item in content["items"])
        stored = content["labels"], content["labels_digest"], content["calibrated_at"]
        return Record(Calibration(dict(judge.worth), items), *map(str, stored))
    except (KeyError, TypeError, ValueError):
        raise InputError(
            f"this is no calibration of the judge {judge.name!r} as it is; remove the file and "
            "run 'promptgate judge calibrate' again.",
            file=path,
        ) from None


def _item(item: Mapping[str, Any], worth: Mapping[str, float]) -> Labelled:
    """Return one stored item; whatever is not as it was written raises."""
    human, judge, value = item["human"], item["judge"], item["worth"]
    if human not in worth or (judge is not None and judge not in worth):
        raise ValueError
    if value is not None and not 0 <= float(value) <= 1:
        raise ValueError
    orders = tuple((str(first), str(second)) for first, second in item["orders"])
    return Labelled(
        human,
        judge,
        str(item["arm"]),
        int(item["length"]),
        None if value is None else float(value),
        orders,
    )
