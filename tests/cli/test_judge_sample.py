"""`promptgate judge sample`: a sheet of answers for people to label, drawn by chance."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from promptgate.project import find_project
from promptgate.runs.judging.declared import open_judges
from promptgate.runs.judging.sampling import draw, population
from promptgate.runs.results import Part, Trial, read_trials, write_trials

CONFIG = """
[judges.helpful]
model = "judge-model"
prompt = "judges/helpful.md"
labels = "judges/helpful.labels.csv"
"""
SUITE = """suite: facts
prompt: support
repeats: 2
defaults: {expect: [{judge: {name: helpful, reference: It is blue.}}]}
cases:
"""
CASES = 40


@pytest.fixture
def trials(project):
    """Two arms of 40 cases in 20 clusters, twice each; the judge likes a quarter of the answers."""
    cases = [
        f'  - {{id: q{n}, cluster: c{n // 2}, vars: {{question: "Question {n}?"}}}}\n'
        for n in range(CASES)
    ]
    project.write("promptgate.toml", CONFIG)
    project.write("judges/helpful.md", "The answer says yes.\n")
    project.write("suites/facts.yaml", SUITE + "".join(cases))
    project.commit("a judged suite")
    made = [
        trial(n, arm, repeat)
        for n in range(CASES)
        for arm in ("baseline", "candidate")
        for repeat in range(2)
    ]
    write_trials(project.root / "trials.jsonl", made)
    return made


def trial(number, arm, repeat, **changes):
    said = 1.0 if number % 4 == 0 else 0.0
    part = Part("judge", "judge", said, said == 1, "r", "helpful@sha256:0", ("judge-model",))
    made = Trial(
        suite="facts", case=f"q{number}", cluster=f"c{number // 2}", prompt="support", arm=arm,
        revision="worktree", repeat=repeat, state="scored", score=said, passed=said == 1,
        critical=False, parts=(part,), request_digest="sha256:1", response_digest="sha256:2",
        answer=f"{arm} says {number}, for the {repeat}. time", stop_reason="end_turn", model="m",
        served_model="m", recorded_at=None, input_tokens=1, output_tokens=1, latency_ms=1.0,
        cost_usd=0.0,
    )  # fmt: skip
    return replace(made, **changes)


def rows(project, name="labels.csv"):
    return list(csv.DictReader(io.StringIO(project.read(name))))


def test_sample_is_a_sheet_that_calibrate_reads(project, trials, promptgate):
    done = promptgate("judge", "sample", "trials.jsonl", "--count", "16", "--output", "labels.csv")
    assert done.code == 0
    sheet = rows(project)
    assert len(sheet) == 16
    assert list(sheet[0]) == [
        "suite", "case", "arm", "repeat", "asked", "reference", "answer", "label",
    ]  # fmt: skip
    assert {row["label"] for row in sheet} == {""}
    assert sheet[0]["asked"].startswith("Question ")
    assert sheet[0]["reference"] == "It is blue."
    nothing = promptgate("judge", "calibrate", "labels.csv")
    assert nothing.code == 2
    assert "no row has a label" in nothing.err
    project.write("labels.csv", project.read("labels.csv").replace('time",\n', 'time",pass\n'))
    asked = promptgate("judge", "calibrate", "labels.csv")
    assert asked.code == 5  # every row is a label now; nobody has asked the judge yet
    assert "judge calibrate" in asked.err


def test_sample_draws_whole_clusters_with_both_arms(project, trials, promptgate):
    promptgate("judge", "sample", "trials.jsonl", "--count", "24", "--output", "labels.csv")
    drawn = Counter((row["case"], row["arm"]) for row in rows(project))
    assert set(drawn.values()) == {1}
    cases = {case for case, _ in drawn}
    assert {(case, arm) for case in cases for arm in ("baseline", "candidate")} == set(drawn)
    assert {f"q{int(case[1:]) ^ 1}" for case in cases} == cases


def test_sample_gives_every_verdict_its_share_and_every_answer_its_chance(project, trials):
    found = find_project(project.root)
    judges = open_judges(found)
    source = population(found, judges, judges.find("helpful"), trials)
    seen: Counter[tuple[str, str, int]] = Counter()
    for seed in range(400):
        drawn = draw(source, 16, Random(seed))
        assert len(drawn) == 16
        liked = sum(source.verdict(one) == "1" for one in drawn)
        assert liked == 4
        seen.update((one.case, one.arm, one.repeat) for one in drawn)
    assert len(seen) == len(trials)
    assert max(abs(count - 400 * 16 / len(trials)) for count in seen.values()) < 25  # 4 sd


def test_sample_is_the_same_with_its_seed_and_another_with_another(project, trials, promptgate):
    names = []
    for seed, name in (("1", "a.csv"), ("1", "b.csv"), ("2", "c.csv")):
        promptgate("judge", "sample", "trials.jsonl", "--seed", seed, "--output", name)
        names.append(project.read(name))
    assert names[0] == names[1] != names[2]


def test_sample_never_overwrites_labels(project, trials, promptgate):
    """The default is the judge's own file, which may hold a day of somebody's work."""
    assert promptgate("judge", "sample", "trials.jsonl").code == 0
    before = project.read("judges/helpful.labels.csv")
    refused = promptgate("judge", "sample", "trials.jsonl", "--seed", "9")
    assert refused.code == 2
    assert "never overwritten" in refused.err
    assert project.read("judges/helpful.labels.csv") == before


def test_sample_leaves_out_what_cannot_be_labelled(project, trials, promptgate):
    """An empty answer, a case that is gone, a suite that this judge does not see."""
    project.write("suites/more.yaml", "suite: more\nprompt: support\ncases:\n"
                  '  - {id: q1, vars: {question: "Why?"}, expect: [complete]}\n')  # fmt: skip
    made = [
        trial(0, "baseline", 0, answer=" "),
        trial(1, "baseline", 0),
        trial(2, "baseline", 0, case="gone"),
        trial(1, "baseline", 0, suite="more", parts=()),
    ]
    write_trials(project.root / "few.jsonl", made)
    done = promptgate(
        "judge", "sample", "few.jsonl", "--output", "labels.csv", "--json", "-"
    )  # fmt: skip
    assert [(row["suite"], row["case"]) for row in rows(project)] == [("facts", "q1")]
    told = json.loads(done.out)
    assert (told["answers"], told["drawn"], told["judged"]) == (1, 1, True)
    assert told["strata"] == [{"arm": "baseline", "verdict": "0", "answers": 1, "drawn": 1}]


def test_sample_says_so_when_the_judge_has_seen_nothing(project, trials, promptgate):
    unjudged = [replace(one, parts=()) for one in read_trials(project.root / "trials.jsonl")]
    write_trials(project.root / "trials.jsonl", unjudged)
    done = promptgate("judge", "sample", "trials.jsonl", "--output", "labels.csv")
    assert done.code == 0
    assert "spread over arms alone" in done.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--suite", "fcts", "--output", "x.csv"), "fcts"),
        (("--output", "x.xlsx"), ".csv"),
        (("--judge", "kind", "--output", "x.csv"), "kind"),
    ],
)
def test_sample_refuses_what_it_cannot_do(project, trials, promptgate, arguments, told):
    done = promptgate("judge", "sample", "trials.jsonl", *arguments)
    assert done.code == 2
    assert told in done.err
    assert not (project.root / "x.csv").exists()
