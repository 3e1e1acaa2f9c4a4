"""`promptgate scorers`: the list and the page of one."""

import json

import pytest
from click.testing import CliRunner

from promptgate.cli.scorers import GROUPS, scorers
from promptgate.errors import ScorerError
from promptgate.scorers import BUILT_IN, names, registry
from promptgate.scorers import scorer as declare


def shown(*arguments: str) -> str:
    done = CliRunner().invoke(scorers, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_scorers_lists_every_one_under_its_group():
    output = shown()
    for name in names():
        assert f"  {name} " in output
    assert output.index("Refusal\n") < output.index("  refusal ") < output.index("JSON\n")


def test_scorers_has_a_group_for_every_built_in_module():
    """A module without a title would crash the list."""
    assert {module.split(".")[2] for module in BUILT_IN.values()} == set(GROUPS)


def test_scorers_explains_one_with_example_options_and_defaults():
    output = shown("levenshtein")
    assert "levenshtein  (also edit-distance)" in output
    assert "- {levenshtein: {reference:" in output
    assert "required" in output
    assert "The largest number of edits." in output


def test_scorers_explains_by_alias():
    assert "stop-reason  (also finish-reason)" in shown("finish-reason")


def test_scorers_names_the_nearest_when_unknown():
    with pytest.raises(ScorerError, match="did you mean 'contains'"):
        shown("contain")


def test_scorers_json_has_every_scorer_with_its_options():
    described = json.loads(CliRunner().invoke(scorers, ["--json", "-"]).stdout)
    assert described["schema_version"] == 1
    by_name = {found["name"]: found for found in described["scorers"]}
    assert set(by_name) == set(names())
    assert by_name["contains"]["options"][0] == {
        "name": "text",
        "value": "text",
        "required": True,
        "default": None,
        "text": "What must be there.",
    }
    assert by_name["refusal"]["aliases"] == ["is-refusal"]


def test_scorers_lists_one_that_an_installed_package_declares(monkeypatch):
    monkeypatch.setattr(registry, "_declared", dict(registry._declared))

    @declare("polite")
    def polite():
        """The answer says please [or thank you]."""

    output = shown()
    assert "From installed packages\n" in output
    assert "The answer says please [or thank you]." in output


def test_every_scorer_explains_itself():
    """One page a scorer, each with a summary and each option with its meaning."""
    for name in names():
        output = json.loads(CliRunner().invoke(scorers, [name, "--json", "-"]).stdout)
        [found] = output["scorers"]
        assert found["summary"].endswith(".")
        assert found["example"]
        assert all(option["text"] for option in found["options"]), name


def test_every_module_of_scorers_has_a_heading():
    """A new module without one would break the list for everybody."""
    assert {module.split(".")[2] for module in BUILT_IN.values()} == set(GROUPS)
