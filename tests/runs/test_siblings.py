"""A check over several trials sees the other repeats of its case and of its cluster, no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from promptgate.models.cassettes import Cassettes
from promptgate.models.settings import ModelSettings
from promptgate.project import find_project
from promptgate.runs.answers import Source
from promptgate.runs.single import RunOptions, run_target
from tests.support.loopback import Loopback, Scripted
from tests.support.messages import message
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


@dataclass
class Line:
    """Answers in turn to each question, over the loopback."""

    answers: dict[str, list[str]]

    def __call__(self, seen: Any) -> Scripted:
        """Answer by the last message's last word."""
        return Scripted(message(self.answers[seen.question.split()[-1]].pop(0)))


def test_conversation_is_compared_turn_by_turn(project, monkeypatch):
    """What a later turn says of the cable is not held against what the first said of the box."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    project.write(
        "suites/facts.yaml",
        """suite: facts
prompt: support
repeats: 3
cases:
  - id: talk
    vars: {question: unused}
    messages:
      - {role: user, content: "What does the box cost?"}
      - {role: assistant, expect: [{not: self-contradiction}]}
      - {role: user, content: "And how long is the cable?"}
    expect: [{not: self-contradiction}]
""",
    )
    line = Line(
        {
            "cost?": ["It costs 9 euros.", "9 euros.", "It costs 12 euros."],
            "cable?": ["It is 2 metres long.", "It is 5 metres long.", "2 metres."],
        }
    )
    found = find_project(project.root)
    with Loopback(line) as server:
        source = Source(Cassettes(found.cassettes), ModelSettings(base_url=server.url, retries=0))
        trials = run_target(found, RunOptions(mode="record"), source, "promptgate record").trials
    said = {trial.answer: [part.score for part in trial.parts] for trial in trials}
    assert said.keys() == {"It is 2 metres long.", "It is 5 metres long.", "2 metres."}
    assert sorted(parts[0] for parts in said.values()) == [0, 0.5, 0.5]
    assert said["It is 5 metres long."][1] == 0
    assert said["2 metres."][1] == said["It is 2 metres long."][1] == 0.5


def test_application_is_compared_with_its_own_trials_and_those_of_its_cluster(shop):
    """The answer of the whole application counts, not what its calls gave."""
    shop.folder.write(
        "suites/bot.yaml",
        """suite: bot
target: python:shop.bot:answer
repeats: 2
defaults: {expect: [{not: self-contradiction}]}
cases:
  - {id: plain, cluster: price, vars: {question: "What does it cost?"}}
  - {id: other, cluster: price, vars: {question: "What is the price?"}}
  - {id: cable, vars: {question: "How long is the cable?"}}
""",
    )
    shop.bot(
        """
import anthropic
import promptgate


def answer(question):
    asked = promptgate.load("support").request(question=question)
    said = anthropic.Anthropic().messages.create(**asked).content[0].text
    return said.replace("one hundred", "100")
"""
    )
    line = Line(
        {
            "cost?": ["It costs 9 euros.", "It costs 9 euros."],
            "price?": ["It costs one hundred euros.", "The price is 9 euros."],
            "cable?": ["It is 2 metres long.", "It is 2 metres long."],
        }
    )
    trials = shop.run("record", line)
    scores = sorted((trial.answer, trial.score) for trial in trials)
    assert scores == [
        ("It costs 100 euros.", 0),
        ("It costs 9 euros.", pytest.approx(2 / 3)),
        ("It costs 9 euros.", pytest.approx(2 / 3)),
        ("It is 2 metres long.", 1),
        ("It is 2 metres long.", 1),
        ("The price is 9 euros.", pytest.approx(2 / 3)),
    ]
