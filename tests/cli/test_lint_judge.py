"""`promptgate lint --judge`: a scripted model names contradictions; its quotes must be there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.judge import answering
from tests.support.loopback import Loopback

if TYPE_CHECKING:
    from collections.abc import Callable

PROMPT = """---
model: test-model
variables:
  question: {required: true}
---
{% block system %}
Spare the reader our history.
Set out how we began in 1921.{% if question %} Be kind.{% endif %}
{% endblock %}
{% block user %}{{ question }}{% endblock %}
"""
PAIR = {
    "first": "Set out how\n we began in 1921.",
    "second": "Spare the reader our history.",
    "why": "How it began is history.",
}


def reply(*pairs: Any) -> str:
    return json.dumps({"contradictions": list(pairs)})


@pytest.fixture
def lint(project, promptgate, monkeypatch) -> Any:
    """Run lint with a judge that replies as told; return the findings on the prompt."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    monkeypatch.delenv("ANTHROPIC_AUTH_TOKEN", raising=False)
    project.write("prompts/support.md", PROMPT)
    declared = '[judges.careful]\nmodel = "judge-model"\n'
    project.write("promptgate.toml", declared)

    def run(script: Callable[[Any], Any], *options: str) -> tuple[Any, list[Any]]:
        with Loopback(answering(script)) as server:
            monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
            done = promptgate("lint", "--judge", "careful", "--json", "-", *options)
            run.seen = server.seen  # type: ignore[attr-defined]
        found = json.loads(done.out)["findings"] if done.out else []
        return done, [one for one in found if one["rule"] in ("contradiction", "judge")]

    run.project = project  # type: ignore[attr-defined]
    return run


def test_lint_adds_what_a_judge_finds_with_both_places(lint):
    done, (found,) = lint(lambda _: reply(PAIR), "--mode", "record")
    assert done.code == 0
    assert (found["file"], found["line"]) == ("prompts/support.md", 7)
    assert found["related"] == "prompts/support.md:8"
    assert (found["rule"], found["severity"]) == ("contradiction", "warning")
    assert "says the judge 'careful': How it began is history" in found["message"]
    (asked,) = lint.seen
    assert asked.body["output_config"]["format"]["type"] == "json_schema"
    assert "Spare the reader" in asked.question
    again, (same,) = lint(lambda _: reply())
    assert (again.code, same, lint.seen) == (0, found, [])


def test_lint_says_what_to_run_when_the_judge_was_not_asked(lint):
    done, _ = lint(lambda _: reply())
    assert done.code == 5
    assert "promptgate lint --judge careful --mode record" in done.err


def test_lint_leaves_out_quotes_that_are_not_in_the_prompt_and_says_so(lint):
    made_up = {**PAIR, "second": "Always mention our history."}
    _, (found,) = lint(lambda _: reply(made_up), "--mode", "record")
    assert (found["rule"], found["severity"]) == ("judge", "info")
    assert "1 contradictions with quotes that are not in the prompt" in found["message"]


@pytest.mark.parametrize(
    "said", ["None found.", "", '{"contradictions": "none"}', reply({"first": "a"})]
)
def test_lint_fails_when_the_reply_cannot_be_read(lint, said):
    """A judge that could not be understood is no clean bill."""
    done, (found,) = lint(lambda _: said or {"content": []}, "--mode", "record")
    assert done.code == 1
    assert found["rule"] == "judge"
    assert "says nothing of this prompt" in found["message"]


def test_lint_counts_what_most_of_a_panel_say(lint):
    lint.project.write("promptgate.toml", '[judges.careful]\npanel = ["a", "b", "c"]\n')
    found = lint(
        lambda seen: reply(PAIR) if seen.body["model"] != "b" else reply(), "--mode", "record"
    )[1]
    assert len(found) == 1
    lint.project.write("promptgate.toml", '[judges.careful]\npanel = ["a", "b", "d"]\n')
    assert lint(lambda _: reply(), "--mode", "record")[1] == []  # only "a" says so, of three


def test_lint_keeps_quiet_when_a_comment_allows_the_contradiction(lint):
    allowed = "{# promptgate: allow contradiction — legal wants both #}\nSpare the reader"
    lint.project.replace("prompts/support.md", "Spare the reader", allowed)
    assert lint(lambda _: reply(PAIR), "--mode", "record")[1] == []
