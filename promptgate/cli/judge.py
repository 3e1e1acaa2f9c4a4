"""`promptgate judge`: the judges of a project, and whether people agree with them."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from promptgate.cli.common import (
    live_source,
    open_checked_project,
    screen_for,
    write_json,
    write_output,
)
from promptgate.cli.options import COUNT, json_option, record_option
from promptgate.errors import ExitCode, InputError

if TYPE_CHECKING:
    from pathlib import Path

    from promptgate.investigate.asking import AskMode
    from promptgate.project import Project
    from promptgate.runs.judging.declared import Judges
    from promptgate.scorers.judge import Judge


@click.group(
    epilog="""\b
Examples:
  promptgate judge list
  promptgate judge sample --judge helpful --output labels.csv
  promptgate judge calibrate labels.csv --judge helpful --mode record"""
)
def judge() -> None:
    """List the judges, show what one is asked, or hold one against people's labels.

    A judge is a model that scores answers by a rubric: [judges.NAME] in promptgate.toml,
    {judge: NAME} in a suite. It gates only after people were shown to agree with it.
    """


@judge.command(
    "list",
    epilog="""\b
Example:
  promptgate judge list --json -""",
)
@json_option
def list_judges(json_file: str | None) -> int:
    """List the judges, with their models and what their calibration says."""
    from promptgate.reports.judges import render_judges, standing_json
    from promptgate.runs.judging.declared import open_judges
    from promptgate.runs.judging.standing import judges_in_use, standing

    project = _governed_project()
    judges = open_judges(project)
    found = [standing(project, judges, one) for one in judges_in_use(project, judges)]
    screen_for(json_file).print(render_judges(found))
    write_json(json_file, {"schema_version": 2, "judges": [standing_json(one) for one in found]})
    return ExitCode.OK


@judge.command(
    epilog="""\b
Example:
  promptgate judge show helpful"""
)
@click.argument("name")
@json_option
def show(name: str, json_file: str | None) -> int:
    """Show what a judge is told, the form of its reply, and its digest."""
    from promptgate.reports.judges import render_judge, standing_json
    from promptgate.runs.judging.declared import open_judges
    from promptgate.runs.judging.standing import standing

    project = _governed_project()
    judges = open_judges(project)
    found = standing(project, judges, judges.find(name))
    screen_for(json_file).print(render_judge(found))
    write_json(json_file, {"schema_version": 2, **standing_json(found)})
    return ExitCode.OK


@judge.command(
    epilog="""\b
Examples:
  promptgate judge sample --count 60 --output judges/helpful.labels.csv
  promptgate judge sample trials.jsonl --suite helpfulness --seed 7 --output labels.csv"""
)
@click.argument("what", required=False)
@click.option("--judge", "name", metavar="NAME", help="Whose labels.  [default: the only judge]")
@click.option("--suite", "suites", metavar="NAME", multiple=True, help="Only this; repeatable.")
@click.option("--count", type=COUNT, default=60, show_default=True, help="About how many.")
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Another one draws another sample."
)
@click.option("--output", metavar="FILE", help="A new CSV file.  [default: the judge's 'labels']")
@json_option
def sample(
    what: str | None,
    name: str | None,
    suites: tuple[str, ...],
    count: int,
    seed: int,
    output: str | None,
    json_file: str | None,
) -> int:
    """Draw answers by chance for people to label, for 'judge calibrate'.

    WHAT is the name of a folder under reports/gates, or how it begins, or a file of trials
    that 'run --output' wrote; by default the newest gate. Whole clusters are drawn, with an
    answer of each arm to each of their cases, and spread over arms and the judge's verdicts,
    each answer with the same chance. The file does not say what the judge said. Fill its
    column 'label'; the columns beside suite, case, arm, answer and label are for reading.
    """
    from pathlib import Path
    from random import Random

    from promptgate.reports.judges import render_sample, sample_json
    from promptgate.runs.judging.declared import open_judges
    from promptgate.runs.judging.sampling import draw, label_sheet, population
    from promptgate.runs.results import read_trials
    from promptgate.runs.stored import find_gate

    project = _governed_project()
    judges = open_judges(project)
    judge = _chosen(judges, name)
    file = _new_labels_file(project, judges, judge, output)
    if what is not None and Path(what).exists():
        trials = tuple(read_trials(Path(what)))
    else:
        trials = find_gate(project, what).trials()
    source = population(project, judges, judge, trials, suites)
    drawn = draw(source, count, Random(seed))  # noqa: S311  # no secret
    write_output(str(file), label_sheet(source, drawn))
    shown = _in_project(project, str(file))
    screen_for(json_file).print(render_sample(source, drawn, shown))
    write_json(json_file, sample_json(source, drawn, shown, seed))
    return ExitCode.OK


@judge.command(
    epilog="""\b
Examples:
  promptgate judge calibrate labels.csv
  promptgate judge calibrate labels.jsonl --judge helpful --mode record --max-cost 1"""
)
@click.argument("labels", required=False)
@click.option("--judge", "name", metavar="NAME", help="Which judge.  [default: the only one]")
@record_option
@click.option("--dry-run", is_flag=True, help="Do not write the calibration down.")
@json_option
def calibrate(
    labels: str | None,
    name: str | None,
    mode: AskMode,
    max_calls: int | None,
    max_cost: float | None,
    dry_run: bool,
    json_file: str | None,
) -> int:
    """Hold a judge against people's labels, and say whether it may gate.

    LABELS is a CSV or JSONL file with the columns 'answer' and 'label' (one of the judge's
    labels); by default the judge's own 'labels'. With 'suite' and 'case' a row means a case
    of the project; without, all other columns are shown to the judge as what was asked.
    Name the arm of each answer in 'arm' to see whether the judge treats both alike.

    Writes the calibration under judges/calibrations/; it counts once the base branch has
    it. Exits 0 where the judge may gate, 1 where it may not.
    """
    from pathlib import Path

    from promptgate.files import read_text
    from promptgate.gate import Policy
    from promptgate.prompts.base import governing_section
    from promptgate.reports.judges import calibration_json, render_calibration
    from promptgate.runs.answers import utc_now
    from promptgate.runs.judging.calibration import calibrate as hold
    from promptgate.runs.judging.calibration import store_calibration
    from promptgate.runs.judging.declared import open_judges
    from promptgate.runs.judging.labels import Labels

    project = _governed_project()
    judges = open_judges(project)
    judge = _chosen(judges, name)
    path = _labels_file(project, judges, judge, labels)
    text = read_text(Path(path))
    shown = _in_project(project, path)
    words = ["promptgate", "judge", "calibrate", path, "--judge", judge.name, "--mode", "record"]
    with live_source(project, max_calls, max_cost) as source:
        answers = Labels(project, judges, judge, source.cassettes).read(text, path)
        judge = answers[0].check.judge
        found = hold(answers, source, shlex.join(words), live=mode == "record")
    policy = governing_section(project, "gate", Policy)
    faults = found.faults(policy)
    screen = screen_for(json_file)
    screen.print(render_calibration(judge, found, policy))
    stored: str | None = None
    if not dry_run:
        file = store_calibration(project, judge, found, shown, text, utc_now())
        stored = file.relative_to(project.root).as_posix()
        screen.print(f"Written to {stored}; commit it.", markup=False)
    write_json(json_file, calibration_json(judge, found, policy, stored))
    return ExitCode.WORSE if faults else ExitCode.OK


def _governed_project() -> Project:
    """Return the project here, with policy and calibrations as the base branch has them."""
    from promptgate.prompts.base import find_base, govern

    project = open_checked_project()
    return govern(project, find_base(project))


def _chosen(judges: Judges, name: str | None) -> Judge:
    names = judges.settings.names
    if name is None and len(names) > 1:
        raise InputError(f"there are several judges: {', '.join(names)}; name one with --judge.")
    return judges.find(name or next(iter(names), "default"))


def _labels_file(project: Project, judges: Judges, judge: Judge, given: str | None) -> str:
    if given is not None:
        return given
    declared: Any = judges.settings.of(judge.name)
    if declared.labels is None:
        raise InputError(
            f"there are no labels to hold the judge {judge.name!r} against; give a file, or name "
            f"one as 'labels' under [judges.{judge.name}]."
        )
    return str(project.root / declared.labels)


def _new_labels_file(project: Project, judges: Judges, judge: Judge, given: str | None) -> Path:
    """Return where labels are to be written, which must not exist."""
    from pathlib import Path

    declared: Any = judges.settings.of(judge.name)
    if given is None and (declared is None or declared.labels is None):
        raise InputError("no file is named; write --output FILE, for example labels.csv.")
    file = Path(given) if given is not None else project.root / declared.labels
    if file.suffix != ".csv":
        raise InputError(
            "labels are drawn as CSV; choose a name that ends in .csv.", file=str(file)
        )
    if file.exists():
        raise InputError(
            "it exists, and labels are never overwritten; choose another --output.", file=str(file)
        )
    return file


def _in_project(project: Project, path: str) -> str:
    """Return a path as it is seen from the project's root, where it is below that."""
    from pathlib import Path

    full = Path(path).resolve()
    return full.relative_to(project.root).as_posix() if full.is_relative_to(project.root) else path
