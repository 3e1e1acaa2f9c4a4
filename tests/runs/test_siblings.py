"""A check over several trials sees the other repeats of its case and of its cluster, no more."""

from __future__ import annotations

import pytest

from promptgate.models.cassettes import Cassettes
from promptgate.models.settings import ModelSettings
from promptgate.project import find_project
from promptgate.runs.answers import Source
from promptgate.runs.single import RunOptions, run_target
from tests.support.recorded import record

SUITE = """suite: facts
prompt: support
repeats: {repeats}
defaults: {{expect: [{{not: {{self-contradiction: {scope}}}}}]}}
cases:
  - {{id: one, cluster: price, vars: {{question: "What does it cost?"}}}}
  - {{id: two, cluster: price, vars: {{question: "What is its price?"}}}}
  - {{id: other, vars: {{question: "What does the cable cost?"}}}}
"""
"""Two paraphrases, and a case of another cluster."""


@pytest.fixture
def run(project):
    def go(scope, answers, repeats=2):
        said = {key: iter(texts) for key, texts in answers.items()}
        project.write("suites/facts.yaml", SUITE.format(scope=scope, repeats=repeats))
        record(project, lambda key: next(said[key]), "worktree")
        found = find_project(project.root)
        source = Source(Cassettes(found.cassettes), ModelSettings())
        trials = run_target(
            found, RunOptions(suites=("facts",)), source, "promptgate record"
        ).trials
        return {(trial.case, trial.repeat): trial.score for trial in trials}

    return go


ANSWERS = {
    "one": ["It costs 9 euros.", "It costs 9 euros."],
    "two": ["It costs 12 euros.", "It costs 9 euros."],
    "other": ["It costs 5 euros.", "It costs 5 euros."],
}


def test_cluster_sees_the_repeats_and_the_paraphrases(run):
    scores = run("cluster", ANSWERS)
    assert scores["two", 0] == 0
    assert scores["one", 0] == scores["one", 1] == scores["two", 1] == pytest.approx(2 / 3)
    assert scores["other", 0] == scores["other", 1] == 1


def test_case_sees_its_repeats_only(run):
    scores = run("case", ANSWERS)
    assert [scores["one", 0], scores["one", 1], scores["other", 0]] == [1, 1, 1]
    assert [scores["two", 0], scores["two", 1]] == [0, 0]


def test_lone_answer_is_unscored_and_not_passed(run):
    """One repeat and no paraphrase: nothing could have contradicted it."""
    assert set(run("case", ANSWERS, repeats=1).values()) == {None}
