"""`promptgate init` in real folders and real repositories, through the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from promptgate.cli import main
from promptgate.files import DiskTree
from promptgate.models.catalogue import sdk_catalogue
from promptgate.project import find_project
from promptgate.prompts import load_prompt
from promptgate.runs.scoring import Scoring
from promptgate.scorers import Answer
from promptgate.suites import load_suites

if TYPE_CHECKING:
    from pathlib import Path
from tests.support.starting import call, content, git, init, refused

WRITTEN = [
    ".gitattributes",
    ".github/workflows/promptgate.yml",
    ".gitignore",
    "promptgate.toml",
    "prompts/support.md",
    "suites/helpfulness.yaml",
    "suites/refusal.yaml",
    "suites/safe-lookalikes.yaml",
]


RETIRED = min(sdk_catalogue().end_of_life.items(), key=lambda entry: entry[1])[0]
"""A model whose end has come, in whichever release of the SDK is installed."""


def shell(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own, as CI does."""
    code = "from promptgate.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=120
    )


def test_project_passes_as_it_stands_when_init_ran_with_yes(repository: Path):
    """The first thing that a newcomer sees must not be an error of our own making."""
    made = shell("init", "--yes")
    assert made.returncode == 0, made.stderr
    assert sorted(content(repository)) == sorted([*WRITTEN, "README.md"])
    linted = call("lint")
    assert (linted.return_value, linted.stderr) == (0, ""), linted.stdout
    assert len(load_suites(DiskTree(repository), "suites")) == 3
    gated = shell("gate")
    assert gated.returncode == 5, gated.stdout
    assert "promptgate gate --mode record" in gated.stderr


def test_gate_releases_when_the_new_project_is_committed_unchanged(repository: Path):
    """CI runs on the very commit that adds promptgate, and has nothing to compare yet."""
    init()
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Test support")
    assert call("gate").return_value == 0


def test_init_says_the_steps_when_it_has_written(folder: Path):
    steps = [
        line
        for line in init().splitlines()
        if line[:2] in ("1.", "2.", "3.", "4.", "5.", "6.", "7.")
    ]
    assert len(steps) == 7
    assert "108 answers" in steps[2]
    assert "promptgate record" in steps[2]
    assert "git init && git add promptgate.toml prompts suites" in steps[3]
    assert "promptgate release" in steps[4]
    assert "PROMPTGATE_SOURCE" in steps[6]


def test_suites_hold_distinct_tagged_cases_when_written(folder: Path):
    init("--product", 'Acme "Router"')
    for suite in load_suites(DiskTree(folder), "suites"):
        assert suite.prompts == ("support",)
        assert suite.min_score is not None
        assert len(suite.cases) == 12
        assert all("starter" in case.tags for case in suite.cases)
        assert {case.vars["product"] for case in suite.cases} == {'Acme "Router"'}
        assert len({case.vars["question"] for case in suite.cases}) == 12


@pytest.mark.parametrize(
    ("answer", "scores"),
    [
        ("I'm sorry, but I can't help with that.", {"refusal": 1.0, "safe-lookalikes": 0.0}),
        ("Sure! Open the settings first.", {"refusal": 0.0, "safe-lookalikes": 1.0}),
    ],
)
def test_suites_want_opposite_answers_when_requests_only_look_alike(
    folder: Path, answer: str, scores: dict[str, float]
):
    """A prompt that declines everything, or nothing, passes one of the two and fails the other."""
    init()
    suites = {suite.name: suite for suite in load_suites(DiskTree(folder), "suites")}
    scoring = Scoring(suites.values(), folder)
    for name, score in scores.items():
        for case in suites[name].cases:
            assert scoring.score(name, case, [Answer(text=answer)]).value == score


def test_init_keeps_every_file_when_all_exist(folder: Path):
    init()
    (folder / "suites/refusal.yaml").write_text(
        (folder / "suites/refusal.yaml").read_text().replace("repeats: 3", "repeats: 1")
    )
    before = content(folder)
    told = init("--model", "claude-opus-5-5")
    assert content(folder) == before
    assert "kept      suites/refusal.yaml" in told
    assert "created" not in told
    assert "promptgate record" not in told


def test_init_adds_only_the_missing_lines_when_gitignore_exists(folder: Path):
    (folder / ".gitignore").write_bytes(b"*.pyc\r\nreports/")
    init()
    assert (folder / ".gitignore").read_bytes() == b"*.pyc\r\nreports/\r\n.promptgate/\r\n"
    again = content(folder)
    init()
    assert content(folder) == again


def test_init_takes_everything_back_when_a_file_cannot_be_written(folder: Path):
    (folder / ".github").write_text("a file where a folder is needed\n")
    (folder / ".gitignore").write_text("*.pyc\n")
    assert ".github/workflows/promptgate.yml: the file cannot be written" in refused()


def test_init_uses_the_folders_of_promptgate_toml_when_there_is_one(folder: Path):
    (folder / "promptgate.toml").write_text('[project]\nprompts = "texts"\nsuites = "tests/llm"\n')
    init("--ci", "none")
    assert {"texts/support.md", "tests/llm/refusal.yaml"} <= set(content(folder))
    assert not (folder / ".github").exists()


def test_ci_file_stands_at_the_top_when_the_project_is_below_it(
    repository: Path, monkeypatch: pytest.MonkeyPatch
):
    below = repository / "apps/bot"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    init()
    workflow = yaml.safe_load((repository / ".github/workflows/promptgate.yml").read_text())
    assert workflow["defaults"]["run"]["working-directory"] == "apps/bot"
    assert not (below / ".github").exists()


@pytest.mark.parametrize(
    ("ci", "path", "job"),
    [
        ("github", ".github/workflows/promptgate.yml", "jobs"),
        ("gitlab", ".gitlab-ci.yml", "promptgate"),
    ],
)
def test_ci_file_fetches_judges_and_comments_when_chosen(
    repository: Path, ci: str, path: str, job: str
):
    git(repository, "branch", "-m", "trunk")
    init("--ci", ci)
    parsed = yaml.safe_load((repository / path).read_text())
    text = json.dumps([parsed[job], parsed.get(".promptgate")])
    for expected in ("PROMPTGATE_SOURCE:?", "ci fetch", '"promptgate ci"', "ci post", "reports/ci"):
        assert expected in text
    if ci == "github":
        assert parsed["permissions"] == {"contents": "read"}
        assert parsed[True]["push"]["branches"] == ["trunk"]
    assert find_project(repository).settings.default_branch == "trunk"


def test_init_asks_and_explains_when_run_without_yes(folder: Path):
    answers = "helper\n\nAcme Router\nclaude-opus-5-5\ngitlab\nn\n"
    result = call("init", answers=answers)
    assert result.exception is None, result.output
    assert "A short name for the prompt" in result.output
    prompt = load_prompt(DiskTree(folder), "helper")
    assert prompt.model == "claude-opus-5-5"
    assert (folder / ".gitlab-ci.yml").exists()
    (refusal,) = [s for s in load_suites(DiskTree(folder), "suites") if s.name == "refusal"]
    assert refusal.cases[0].vars["product"] == "Acme Router"


def test_init_adds_the_ci_file_alone_when_suites_test_the_prompt_already(folder: Path):
    """Sample cases are for who has none."""
    init("--ci", "none")
    (folder / "suites/safe-lookalikes.yaml").unlink()
    told = init("--ci", "github")
    created = [line for line in told.splitlines() if line.startswith("created")]
    assert created == ["created   .github/workflows/promptgate.yml"]
    assert "1. Commit: git init && git add .github &&" in told
    assert "2. Before the first pull request" in told


@pytest.mark.parametrize(("style", "asked"), [("format", "Paris\n"), ("jinja", "")])
def test_init_asks_what_a_brace_is_when_the_prompt_may_be_for_str_format(
    folder: Path, style: str, asked: str
):
    """A refusal would lose the answers to the other questions."""
    (folder / "system.txt").write_text("You serve {city}.\n")
    answers = f"\nsystem.txt\nm\n{style}\nn\n{asked}"
    result = call("init", "--ci", "none", answers=answers)
    assert result.exception is None, result.output
    assert "The prompt holds {city} in line 1" in result.output
    system = load_prompt(DiskTree(folder), "support").request({"city": "Oslo", "question": "?"})
    assert system["system"] == ("You serve Oslo." if style == "format" else "You serve {city}.")


def test_init_asks_for_values_when_the_given_prompt_has_variables(folder: Path):
    (folder / "system.txt").write_text("You serve {{ city }} for {{ product }}.\n")
    result = call(
        "init", "--product", "Bikes", "--ci", "none", answers="\nsystem.txt\n\nn\nParis\n"
    )
    assert result.exception is None, result.output
    suites = load_suites(DiskTree(folder), "suites")
    asked = load_prompt(DiskTree(folder), "support").request(suites[0].cases[0].vars)
    assert asked["system"] == "You serve Paris for Bikes."
    assert asked["messages"] == [{"role": "user", "content": "Hello!"}]


def test_init_points_to_yes_when_nobody_answers(folder: Path):
    result = call("init", answers="")
    assert "run with --yes" in str(result.exception)
    assert content(folder) == {}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--name", "a/b"), "--name must be letters"),
        (("--name", "true"), "--name must be letters"),
        (("--question", "the question"), "--question must be the name of a variable"),
        (("--product", "two\nlines"), "--product must be one line"),
        (("--model", RETIRED), "retired on"),
        (("--prompt", "none.txt"), "none.txt: there is no such file"),
    ],
)
def test_init_refuses_options_when_they_cannot_stand_in_files(
    folder: Path, arguments: tuple[str, ...], sentence: str
):
    assert sentence in refused(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--prompt", "a", "--from", "b"),
        ("--var", "novalue"),
        ("--ci", "jenkins"),
    ],
)
def test_init_exits_2_when_options_do_not_go_together(
    folder: Path,
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setattr(sys, "argv", ["promptgate", "init", "--yes", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert content(folder) == {}


def test_init_makes_suites_for_the_standing_prompt_when_there_is_one(folder: Path):
    (folder / "prompts").mkdir()
    (folder / "prompts/support.md").write_text(
        "---\nmodel: m\nvariables: {plan: {required: true}, tone: {default: warm}, ask: }\n---\n"
        "{% block system %}{{ plan }} {{ tone }}{% endblock %}\n"
        "{% block user %}{{ ask }}{% endblock %}\n"
    )
    assert "no variable 'question'" in refused()
    told = init("--question", "ask", "--var", "plan=gold")
    assert "kept      prompts/support.md" in told
    (case, *_) = load_suites(DiskTree(folder), "suites")[0].cases
    assert case.vars == {"plan": "gold", "ask": "Hello!"}


def test_init_writes_nothing_when_the_project_has_a_suite_of_that_name(folder: Path):
    (folder / "suites").mkdir()
    (folder / "suites/mine.yaml").write_text(
        "suite: refusal\nprompt: support\ncases:\n"
        "  - {id: a, vars: {question: b}, expect: [refusal]}\n"
    )
    assert "the suite 'refusal' stands in suites/mine.yaml too" in refused()
