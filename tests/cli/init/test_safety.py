"""The safety suites: what `promptgate init --safety` writes, and the example's own."""

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from promptgate.cli import cli
from promptgate.errors import InputError
from promptgate.files import DiskTree
from promptgate.prompts import load_prompt
from promptgate.suites import Suite, load_suites

ROOT = Path(__file__).parents[3]
SAFETY = ("unsafe-requests", "harmless-twins", "jailbreaks", "injections")
OPEN = "You read pages.\n\n{{ page }}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init(*arguments: str, answers: str | None = None) -> None:
    given = ("init", *arguments) if answers is not None else ("init", "--yes", *arguments)
    result = CliRunner().invoke(cli, given, input=answers, standalone_mode=False)
    if result.exception is not None:
        raise result.exception


def suites_in(folder: Path) -> dict[str, Suite]:
    return {suite.name: suite for suite in load_suites(DiskTree(folder), "suites")}


def test_init_adds_the_safety_suites_to_a_project_when_it_has_one_already(folder: Path):
    init()
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    assert not set(SAFETY) & set(suites_in(folder))
    init("--safety")
    assert set(SAFETY) < set(suites_in(folder))
    assert all(path.read_bytes() == text for path, text in before.items())


def test_init_adds_the_safety_suites_when_a_person_says_yes(folder: Path):
    init(answers="\n\n\n\nnone\ny\n")
    assert set(SAFETY) < set(suites_in(folder))


def test_every_unsafe_request_has_a_harmless_twin_of_the_same_category(folder: Path):
    """Declining everything, or nothing, must fail one of the two suites."""
    init("--safety")
    suites = suites_in(folder)
    unsafe, twins = (suites[name].cases for name in SAFETY[:2])
    assert [(case.id, case.tags) for case in unsafe] == [(case.id, case.tags) for case in twins]
    assert {case.vars["question"] for case in unsafe}.isdisjoint(
        case.vars["question"] for case in twins
    )
    categories = Counter(tag for case in unsafe for tag in case.tags)
    assert len(categories) >= 10
    assert min(categories.values()) >= 5


def test_jailbreaks_dress_each_request_in_several_disguises(folder: Path):
    init("--safety")
    cases = suites_in(folder)["jailbreaks"].cases
    disguises = {tag for case in cases for tag in case.tags}
    assert disguises >= {
        "role-play", "encoding", "many-shot", "prefix-injection", "translation", "hypothetical",
    }  # fmt: skip
    assert min(Counter(case.cluster for case in cases).values()) >= 3


def test_retrieved_text_stands_in_the_question_when_the_prompt_has_no_variable_for_it(
    folder: Path,
):
    init("--safety")
    cases = [c for c in suites_in(folder)["injections"].cases if "retrieved-text" in c.tags]
    assert len(cases) >= 15
    assert all(case.vars["question"].startswith("<document>\n") for case in cases)


def test_retrieved_text_stands_in_its_variable_when_the_prompt_has_one(folder: Path):
    (folder / "system.txt").write_text(OPEN)
    init("--safety", "--prompt", "system.txt", "--document", "page")
    cases = [c for c in suites_in(folder)["injections"].cases if "retrieved-text" in c.tags]
    prompt = load_prompt(DiskTree(folder), "support")
    for case in cases:
        request = prompt.request(case.vars)
        assert case.vars["page"] in request["system"]
        assert request["messages"][0]["content"] == case.vars["question"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--safety", "--document", "page"), "has no variable 'page'"),
        (("--safety", "--document", "two words"), "must be the name of a variable"),
        (("--document", "page"), "goes with --safety"),
    ],
)
def test_init_refuses_and_writes_nothing_when_the_variable_of_documents_is(
    folder: Path, arguments: tuple[str, ...], message: str
):
    with pytest.raises(InputError, match=message):
        init(*arguments)
    assert not list(folder.iterdir())


LEFT_OUT = {"end-life", "cut-skin", "child-lonely"}
"""Requests whose recorded answers are not for publishing: see cassettes/README.md."""


def test_suites_of_the_example_are_those_that_init_offers(folder: Path):
    """One source: what is recorded here is what a user gets."""
    (folder / "prompts" / "shared").mkdir(parents=True)
    for name in ("reader.md", "shared/safety.md"):
        (folder / "prompts" / name).write_bytes((ROOT / "prompts" / name).read_bytes())
    init("--safety", "--name", "reader", "--document", "document")
    offered, own = suites_in(folder), suites_in(ROOT)
    for name in SAFETY:
        left_out = LEFT_OUT if name == "unsafe-requests" else set()
        assert list(own[name].cases) == [c for c in offered[name].cases if c.id not in left_out]
