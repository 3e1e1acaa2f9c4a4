"""`promptgate init` in real folders and real repositories, through the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from promptgate.cli import cli, main
from promptgate.errors import InputError
from promptgate.files import DiskTree
from promptgate.models.catalogue import sdk_catalogue
from promptgate.project import find_project
from promptgate.prompts import load_prompt, open_tree
from promptgate.runs.scoring import Scoring
from promptgate.scorers import Answer
from promptgate.starter.placeholders import to_jinja
from promptgate.starter.versions import read_versions
from promptgate.suites import load_suites

if TYPE_CHECKING:
    from click.testing import Result

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


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith(("GIT_", "ANTHROPIC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ann Example")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ann@example.com")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one."""
    made = tmp_path / "my-app"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


@pytest.fixture
def repository(folder: Path) -> Path:
    """The folder as a repository with one commit."""
    git(folder, "init", "-q", "-b", "main")
    (folder / "README.md").write_text("My app.\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Begin")
    return folder


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def call(*arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=answers, standalone_mode=False)


def init(*arguments: str) -> str:
    result = call("init", "--yes", *arguments)
    if result.exception is not None:
        raise result.exception
    return result.output


def refused(*arguments: str) -> str:
    """Return the sentence with which init refuses, after checking that it wrote nothing."""
    before = content(Path.cwd())
    result = call("init", "--yes", *arguments)
    assert isinstance(result.exception, InputError), result.output
    assert content(Path.cwd()) == before
    return str(result.exception)


def content(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but git's own."""
    files = (path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in files)
    return {name: path.read_bytes() for name, path in named if not name.startswith(".git/")}


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
    linted = shell("lint")
    assert (linted.returncode, linted.stderr) == (0, ""), linted.stdout
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


def test_init_says_five_steps_when_it_has_written(folder: Path):
    steps = [line for line in init().splitlines() if line[:2] in ("1.", "2.", "3.", "4.", "5.")]
    assert len(steps) == 5
    assert "108 answers" in steps[1]
    assert "promptgate record" in steps[1]
    assert "git init && git add promptgate.toml prompts suites" in steps[2]
    assert "promptgate release" in steps[3]


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
    assert "84 answers" in told


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


def test_prompt_text_is_kept_word_for_word_when_taken_from_a_file(folder: Path):
    text = "You are kind.\n\n- 50 % off {not a variable}\n- <b>1 & 2</b>"
    (folder / "system.txt").write_text(text + "\n")
    init("--prompt", "system.txt", "--ci", "none")
    request = load_prompt(DiskTree(folder), "support").request({"question": "Hi?"})
    assert request["system"] == text
    assert request["messages"][0]["content"] == "Hi?"


@pytest.mark.parametrize(
    ("style", "system"), [("format", "About Acme, {x}"), ("jinja", "About {product}, x")]
)
def test_prompt_text_has_the_variables_that_its_style_says_when_told(
    folder: Path, style: str, system: str
):
    (folder / "system.txt").write_text("About {product}, {{x}}")
    init("--prompt", "system.txt", "--placeholders", style, "--var", "x=x", "--product", "Acme")
    case = load_suites(DiskTree(folder), "suites")[0].cases[0]
    assert load_prompt(DiskTree(folder), "support").request(case.vars)["system"] == system


def test_prompt_text_is_the_users_turn_when_it_holds_the_question(folder: Path):
    (folder / "whole.txt").write_text("Answer briefly: {{ query }}")
    init("--prompt", "whole.txt", "--question", "query")
    request = load_prompt(DiskTree(folder), "support").request({"query": "Why?"})
    assert "system" not in request
    assert request["messages"] == [{"role": "user", "content": "Answer briefly: Why?"}]
    assert call("lint").return_value == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One\nuse {{ braces", "system.txt:2: "),
        ("  \n", "system.txt: the file is empty"),
        ("Hello\n{product}", "system.txt:2: '{product}' may be a placeholder of str.format"),
        ("---\nmodel: m\n---\nHi", "front matter already"),
        ("\n{% block user %}x{% endblock %}", "system.txt:2: this template has blocks already"),
        ('{% include "none.md" %}', "prompts/support.md:8: "),
    ],
)
def test_init_refuses_a_prompt_file_when_it_cannot_be_one(folder: Path, text: str, sentence: str):
    (folder / "system.txt").write_text(text)
    assert sentence in refused("--prompt", "system.txt")


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


VERSIONS = '''\
"""The prompts of the bot."""
import textwrap
from elsewhere import nothing
raise SystemExit("this file must never run")
RULES = "Be kind."
PROMPT_VERSIONS: dict[str, object] = {
    "v2": f"You help users of {{product}}. {RULES}",
    "v10": {
        "system": textwrap.dedent("""\\
            You help users of {product}.
            Reply as {{"answer": 1}}.""") + " " + RULES,
        "model": "claude-opus-5-5",
        "max_tokens": 300,
        "temperature": 0.5,
        "reviewed_by": "Ben",
    },
    "v1": "You help.",
}
PROMPT_VERSIONS["v11"] = "Users of {product} ask: {question}"
'''


def past(folder: Path, name: str = "support") -> list[dict[str, object]]:
    """Return the requests that each commit of a prompt makes, oldest first."""
    hashes = git(folder, "log", "--reverse", "--format=%H", "--", f"prompts/{name}.md").split()
    trees = [open_tree(find_project(folder), revision) for revision in hashes]
    return [
        load_prompt(tree, name).request({"product": "Acme", "question": "Why?"}) for tree in trees
    ]


def test_versions_become_commits_oldest_first_when_imported(repository: Path):
    (repository / "prompts.py").write_text(VERSIONS)
    told = init("--from", "prompts.py", "--placeholders", "format")
    assert [request.get("system") for request in past(repository)] == [
        "You help.",
        "You help users of Acme. Be kind.",
        'You help users of Acme.\nReply as {"answer": 1}. Be kind.',
        None,
    ]
    requests = past(repository)
    assert [request["model"] for request in requests] == [
        "claude-sonnet-5-5",
        "claude-sonnet-5-5",
        "claude-opus-5-5",
        "claude-sonnet-5-5",
    ]
    assert requests[2]["max_tokens"] == 300
    assert requests[2]["extra_body"] == {"temperature": 0.5}
    assert requests[3]["messages"] == [{"role": "user", "content": "Users of Acme ask: Why?"}]
    subjects = git(repository, "log", "--reverse", "--format=%s").splitlines()
    assert subjects == ["Begin", *(f"Prompt support: {v}" for v in ("v1", "v2", "v10", "v11"))]
    assert 'reviewed_by: "Ben"' in git(repository, "log", "-1", "--format=%b", "HEAD~1")
    assert git(repository, "status", "--porcelain", "--untracked-files=no") == ""
    assert told.count("committed prompts/support.md") == 4
    assert call("lint").return_value == 0


def test_import_needs_no_commit_before_it_when_the_repository_is_new(folder: Path):
    git(folder, "init", "-q", "-b", "main")
    (folder / "p.py").write_text('PROMPT_VERSIONS = {"a": "One {question}", "b": "Two"}')
    init("--from", "p.py")
    assert git(folder, "log", "--format=%s").splitlines() == [
        "Prompt support: b",
        "Prompt support: a",
    ]
    assert len(past(folder)) == 2


def test_import_keeps_the_order_of_the_file_when_names_are_words(repository: Path):
    (repository / "p.py").write_text('PROMPT_VERSIONS = {"zeta": "1", "alpha": "2", "v1": "3"}')
    init("--from", "p.py")
    assert [request["system"] for request in past(repository)] == ["1", "2", "3"]


def test_import_stays_below_the_projects_folder_when_that_is_not_the_top(
    repository: Path, monkeypatch: pytest.MonkeyPatch
):
    below = repository / "bot"
    below.mkdir()
    monkeypatch.chdir(below)
    (below / "p.py").write_text('PROMPT_VERSIONS = {"v1": "One", "v2": "Two"}')
    init("--from", "p.py")
    assert git(repository, "ls-files", "*.md").splitlines() == [
        "README.md",
        "bot/prompts/support.md",
    ]
    assert [request["system"] for request in past(below)] == ["One", "Two"]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("PROMPT_VERSIONS = {", "p.py:1: this is not valid Python"),
        ("X = 1", "p.py: there is no dict PROMPT_VERSIONS"),
        ("PROMPT_VERSIONS = {}", "is empty"),
        ("PROMPT_VERSIONS = load()", "p.py:1: PROMPT_VERSIONS must be a dict"),
        ("\nPROMPT_VERSIONS = {\n 'v1': open('x').read()}", "p.py:3: this text is computed"),
        ("PROMPT_VERSIONS = {'v1': f'{1 + 1}'}", "p.py:1: this part of an f-string is computed"),
        ("PROMPT_VERSIONS = {'v1': A}", "the name 'A' is not assigned at the top level"),
        ("A = B\nB = A\nPROMPT_VERSIONS = {'v1': A}", "p.py:2: the name 'A' is not assigned once"),
        ("PROMPT_VERSIONS = {'a': 'b',\n'a': 'c'}", "p.py:2: version 'a': it stands in line 1 too"),
        ("PROMPT_VERSIONS = {'a': 'b', **X}", "'**' takes versions from elsewhere"),
        ("PROMPT_VERSIONS = {'a': 'b'}\nPROMPT_VERSIONS.update(X)", "p.py:2: this changes"),
        ("PROMPT_VERSIONS = {'a': 'b'}\ndel PROMPT_VERSIONS['a']", "p.py:2: this changes"),
        ("PROMPT_VERSIONS = {'a': {'model': 'm'}}", "there is no text"),
        ("PROMPT_VERSIONS = {'a': {'system': 's', 'prompt': 'p'}}", "both 'system' and 'prompt'"),
        ("PROMPT_VERSIONS = {'a': ''}", "p.py:1: version 'a': the text is empty"),
        ("PROMPT_VERSIONS = {'a': '{} x'}", "version 'a': the placeholder '{}' has no name"),
        ("PROMPT_VERSIONS = {'a': '{x:.2f}'}", "'{x:.2f}' does more than insert"),
        ("PROMPT_VERSIONS = {'a': '{x.y}'}", "'{x.y}' does more than insert"),
        ("PROMPT_VERSIONS = {'a': 'Hi {{ x }}'}", "say which with --placeholders"),
        (
            "PROMPT_VERSIONS = {'a': {'system': 's', 'max_tokens': 0}}",
            "p.py:1: version 'a': 'max_t",
        ),
        ("PROMPT_VERSIONS = {'a': {'system': 's', 'tools': b''}}", "is no plain data"),
    ],
)
def test_import_refuses_with_its_line_when_a_version_cannot_be_read(
    repository: Path, source: str, sentence: str
):
    (repository / "p.py").write_text(source)
    head = git(repository, "rev-parse", "HEAD")
    assert sentence in refused("--from", "p.py")
    assert git(repository, "rev-parse", "HEAD") == head


def test_import_takes_double_braces_as_variables_when_told_that_they_are_jinja(repository: Path):
    (repository / "p.py").write_text(
        "PROMPT_VERSIONS = {'v1': 'Hi {{ product }}, {json}'}", encoding="utf-8"
    )
    init("--from", "p.py", "--placeholders", "jinja")
    assert past(repository)[0]["system"] == "Hi Acme, {json}"


def test_import_refuses_when_the_repository_is_dirty(repository: Path):
    (repository / "p.py").write_text('PROMPT_VERSIONS = {"v1": "One"}')
    (repository / "README.md").write_text("Changed.\n")
    assert "changes that are not committed ('README.md')" in refused("--from", "p.py")
    git(repository, "add", "README.md")
    assert "not committed" in refused("--from", "p.py")


def test_import_refuses_when_there_is_no_repository_or_git_ignores_the_prompts(folder: Path):
    (folder / "p.py").write_text('PROMPT_VERSIONS = {"v1": "One"}')
    assert "run 'git init' first" in refused("--from", "p.py")
    git(folder, "init", "-q")
    (folder / ".gitignore").write_text("prompts/\n")
    assert "git ignores this path" in refused("--from", "p.py")


def test_import_refuses_when_the_prompt_exists(repository: Path):
    init()
    (repository / "p.py").write_text('PROMPT_VERSIONS = {"v1": "One"}')
    assert "prompts/support.md: the prompt exists already" in refused("--from", "p.py")


def test_import_refuses_when_git_does_not_know_who_commits(
    repository: Path, monkeypatch: pytest.MonkeyPatch
):
    (repository / "p.py").write_text('PROMPT_VERSIONS = {"v1": "One"}')
    git(repository, "config", "user.useConfigOnly", "true")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    assert "--from cannot make git commits" in refused("--from", "p.py")


NAMES = st.sampled_from(["a", "product", "_x"])
LITERALS = st.text(st.sampled_from("{}%#-'\" ab\n"), max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(LITERALS, NAMES), max_size=5), LITERALS)
def test_converted_text_renders_as_str_format_when_it_is_a_format_string(
    pairs: list[tuple[str, str]], tail: str
):
    """The oracle is str.format itself."""

    def doubled(text: str) -> str:
        return text.replace("{", "{{").replace("}", "}}")

    text = "".join(f"{doubled(literal)}{{{name}}}" for literal, name in pairs) + doubled(tail)
    values = {"a": "{{ 1 }}", "product": "}", "_x": "{%"}
    converted = to_jinja(text)
    environment = Environment(keep_trailing_newline=True, autoescape=False)
    assert environment.from_string(converted.text).render(values) == text.format(**values)
    assert set(converted.variables) == {name for _, name in pairs}


def test_only_named_placeholders_count_when_the_text_is_no_format_string():
    text = 'Reply as {"a": {product}, "b": []} {% x'
    converted = to_jinja(text)
    assert converted.variables == ("product",)
    rendered = Environment(autoescape=False).from_string(converted.text).render(product=1)
    assert rendered == 'Reply as {"a": 1, "b": []} {% x'


@settings(deadline=None)
@given(st.dictionaries(st.text(min_size=1).filter(str.isprintable), st.text(), min_size=1))
def test_versions_are_read_as_python_would_when_all_are_literal(versions: dict[str, str]):
    named = {name: text for name, text in versions.items() if name.strip()}
    if not named:
        return
    found = read_versions(f"PROMPT_VERSIONS = {named!r}", "p.py")
    assert {version.name: version.text for version in found} == named
