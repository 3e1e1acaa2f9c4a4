import subprocess
import sys
from typing import Any, Literal

import pytest
import yaml

from promptgate.errors import ScorerError
from promptgate.scorers import (
    ALIASES,
    BUILT_IN,
    Answer,
    Score,
    build,
    describe_all,
    describe_scorer,
    names,
    reference,
    register,
    registry,
    scorer,
)
from promptgate.scorers.judge import Judge
from promptgate.scorers.registry import find

OPTIONAL = {"bleu", "contains-sql", "gleu", "is-sql", "meteor", "rouge-l", "rouge-n"}


@pytest.fixture
def declared(monkeypatch):
    """Declarations of a test do not outlive it."""
    monkeypatch.setattr(registry, "_declared", dict(registry._declared))


def fixed(value: float):
    return lambda case, response: Score(value, "fixed")


@pytest.mark.parametrize("name", BUILT_IN)
def test_built_in_module_declares_each_name_of_the_table(name):
    assert find(name).__module__.startswith(BUILT_IN[name])


def test_table_names_all_that_the_modules_declare():
    for name in BUILT_IN:
        find(name)
    built_in = {n for n, f in registry._declared.items() if f.__module__.startswith("promptgate.")}
    assert built_in == set(BUILT_IN)


def test_alias_builds_what_it_stands_for():
    for alias, name in ALIASES.items():
        assert find(alias) is find(name)


def test_registry_imports_no_scorer_until_one_is_built():
    """A suite pays only for what it uses, and the help of the command line for nothing."""
    code = (
        "import sys, promptgate.scorers.registry as r; before = set(sys.modules);"
        "r.build('contains', 'x');"
        "print([m for m in before if m.startswith('promptgate.scorers.')"
        " and m.rsplit('.', 1)[1] in ('text', 'structure', 'similarity', 'markup', 'sql')],"
        " 'promptgate.scorers.text' in sys.modules, 'jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] True False"


@pytest.mark.parametrize(
    ("name", "argument", "message"),
    [
        ("containz", "x", "unknown scorer 'containz'; did you mean 'contains'?"),
        ("", "x", "unknown scorer ''"),
        ("contains", None, "needs 'text'; write {contains: …} or {contains: {text: …}}."),
        ("contains", {}, "needs 'text'"),
        ("contains", 3, "'text' must be text, but got 3; quote it."),
        ("contains", True, "'text' must be text, but got True; quote it."),
        ("contains", ["a"], "'text' must be text, but got a list."),
        ("contains", {"txt": "x"}, "unknown option 'txt'; did you mean 'text'?"),
        ("contains", {"text": "x", "ignore_case": "yes"}, "'ignore_case' must be true or false"),
        ("contains-any", "x", "'texts' must be a list of text, but got 'x'."),
        ("contains-any", ["a", 3], "'texts' must be a list of text, but got a list with 3."),
        ("word-count", {"min": 1.5}, "'min' must be a whole number, but got 1.5."),
        ("word-count", {"min": True}, "'min' must be a whole number, but got True."),
        ("cost", float("nan"), "'max' must be a number, but got nan."),
        ("complete", "yes", "takes no value, but got 'yes'; write 'complete' alone."),
        ("complete", {"strict": True}, "unknown option 'strict'; remove it."),
        ("json-schema", "object", "'schema' must be a mapping, but got 'object'."),
        ("python", "checks:polite", "'function' must be a function, but got 'checks:polite'."),
    ],
)
def test_build_says_what_is_wrong_when_an_entry_is(name, argument, message):
    with pytest.raises(ScorerError) as raised:
        build(name, argument)
    assert message in str(raised.value)


def test_declared_scorer_is_built_like_a_built_in_one(declared):
    @scorer("shouts")
    def shouts(mark: Literal["!", "?"] = "!", *, least: float = 1, limits: list[int] | None = None):
        """The answer shouts."""
        return lambda case, response: Score(float(response.text.count(mark) >= least), "counted")

    assert build("shouts")(None, Answer("Hey!")).value == 1.0
    assert build("shouts", {"mark": "?", "least": 2})(None, Answer("What?")).value == 0.0
    assert "shouts" in names()
    with pytest.raises(ScorerError, match=r"'mark' must be '!' or '\?', but got 'x'"):
        build("shouts", "x")
    with pytest.raises(ScorerError, match="'limits' must be a list of whole number"):
        build("shouts", {"limits": ["a"]})


def test_register_refuses_a_second_factory_under_a_name(declared):
    def mine():
        return fixed(1.0)

    def other():
        return fixed(0.0)

    register("mine", mine)
    register("mine", mine)
    with pytest.raises(ScorerError, match="'mine' is declared twice"):
        register("mine", other)


@pytest.mark.parametrize("name", ["contains", "is-refusal"])
def test_register_refuses_the_name_of_a_built_in_scorer(declared, name):
    """A plugin that replaced a built-in scorer would change verdicts unseen."""

    def mine():
        return fixed(1.0)

    with pytest.raises(ScorerError, match="declared twice"):
        register(name, mine)


def test_build_names_the_scorer_when_its_factory_fails(declared):
    @scorer("fragile")
    def fragile(pattern: Any):
        return fixed(1 / 0)

    with pytest.raises(ScorerError, match="'fragile' does not accept 'x': ZeroDivisionError"):
        build("fragile", "x")


def test_build_says_so_when_annotations_cannot_be_read(declared):
    def late(path):
        return fixed(1.0)

    late.__annotations__ = {"path": "NotImported"}
    register("late", late)
    with pytest.raises(ScorerError, match="cannot be read"):
        build("late", "x")


def test_every_scorer_is_documented_with_summary_example_and_options():
    for description in describe_all():
        if not description.built_in:
            continue
        assert description.summary.endswith("."), description.name
        assert description.example, description.name
        assert all(option.text for option in description.options), description.name


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_documented_example_builds(name):
    """An example that does not run teaches a mistake."""
    if name in OPTIONAL:
        pytest.importorskip("sqlglot" if name.endswith("sql") else "rouge_score")
    entry = yaml.safe_load(describe_scorer(name).example)
    entry = {entry: None} if isinstance(entry, str) else dict(entry)
    entry = entry.pop("not", entry)
    entry = {entry: None} if isinstance(entry, str) else entry
    entry.pop("threshold", None)
    ((named, argument),) = entry.items()
    assert named == name
    if name == "judge":  # whoever scores puts the judge in the place of its name
        argument = {**argument, "name": Judge(argument["name"], ("m",), "It is right.")}
    build(named, max if name == "python" else argument)


def test_reference_lists_every_scorer_and_alias_once():
    page = reference()
    for name in names():
        assert page.count(f"### {name}\n") == 1
    for alias in ALIASES:
        assert f"`{alias}`" in page


def test_description_tells_required_options_from_defaults():
    by_name = {option.name: option for option in describe_scorer("contains").options}
    assert by_name["text"].default is None
    assert (by_name["ignore_case"].wants, by_name["ignore_case"].default) == (
        "true or false",
        "false",
    )
